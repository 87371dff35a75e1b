package org.grotto.surface;

import java.util.Arrays;
import org.grotto.base.Work;
import org.grotto.geometry.Morton;

/**
 * The normals as a vector field: each sample's normal, times the surface it stands for, spread over the corners of its
 * cell at the two levels around its own depth. Values are in units of cells.
 */
final class Field {
    private static final float[] GONE = new float[0];

    private float[] x;
    private float[] y;
    private float[] z;

    private Field(float[] x, float[] y, float[] z) {
        this.x = x;
        this.y = y;
        this.z = z;
    }

    static Field zero(Level l) {
        return new Field(new float[8 * l.n], new float[8 * l.n], new float[8 * l.n]);
    }

    /** This field carried from {@code coarse} to the next level; of this one nothing is left. */
    Field carry(Level coarse, Level fine, Work work) {
        float[] fx = new float[8 * fine.n];
        Transfer.prolong(coarse, x, fine, fx, 0.5f, Transfer.Target.ALL, work);
        x = GONE;
        float[] fy = new float[8 * fine.n];
        Transfer.prolong(coarse, y, fine, fy, 0.5f, Transfer.Target.ALL, work);
        y = GONE;
        float[] fz = new float[8 * fine.n];
        Transfer.prolong(coarse, z, fine, fz, 0.5f, Transfer.Target.ALL, work);
        z = GONE;
        return new Field(fx, fy, fz);
    }

    /** The samples spread at this level, ascending. */
    static int[] spreadAt(Level l, Samples s, Work work) {
        int block = 1 << 16;
        int blocks = (s.n + block - 1) / block;
        int[] start = new int[blocks + 1];
        work.blocks(s.n, block, (from, to) -> {
            int n = 0;
            for (int i = from; i < to; i++) {
                n += share(s.splat[i], l.depth) > 0 ? 1 : 0;
            }
            start[from / block + 1] = n;
        });
        for (int b = 0; b < blocks; b++) {
            start[b + 1] += start[b];
        }
        int[] list = new int[start[blocks]];
        work.blocks(s.n, block, (from, to) -> {
            int at = start[from / block];
            for (int i = from; i < to; i++) {
                if (share(s.splat[i], l.depth) > 0) {
                    list[at++] = i;
                }
            }
        });
        return list;
    }

    /** The part of a sample with depth {@code splat} that falls to level {@code depth}. */
    static float share(float splat, int depth) {
        return 1 - Math.abs(splat - depth);
    }

    /** Adds the samples of this level to the field. */
    void spread(Level l, Samples s, Work work) {
        int[] list = spreadAt(l, s, work);
        if (list.length == 0) {
            return;
        }
        int bits = RootCube.BITS - l.depth;
        int low = (1 << bits) - 1;
        float unit = (float) (1.0 / (1L << bits));
        int shift = 3 * (Samples.CODE_BITS - l.depth);
        float face = (float) Math.scalb(1.0, 2 * l.depth);
        int[] start = new int[l.n];
        int[] end = new int[l.n];
        work.blocks(l.n, Level.TASK, (from, to) -> {
            for (int b = from; b < to; b++) {
                if (l.from[b] < l.to[b]) {
                    start[b] = lowerBound(list, l.from[b]);
                    end[b] = lowerBound(list, l.to[b]);
                }
            }
        });
        work.blocks(l.n, Level.TASK, (from, to) -> {
            float[] w = new float[8];
            float[] sx = new float[64];
            float[] sy = new float[64];
            float[] sz = new float[64];
            for (int b = from; b < to; b++) {
                boolean any = false;
                for (int k = 0; k < 8; k++) {
                    int nb = l.neighbour[27 * b + Stencil.LOWER[k]];
                    if (nb < 0) {
                        continue;
                    }
                    for (int j = start[nb]; j < end[nb]; j++) {
                        int i = list[j];
                        int c = (int) (s.code[i] >>> shift & 7);
                        if ((Stencil.TOUCHING[k] >> c & 1) == 0) {
                            continue;
                        }
                        if (!any) {
                            any = true;
                            Arrays.fill(sx, 0);
                            Arrays.fill(sy, 0);
                            Arrays.fill(sz, 0);
                        }
                        Stencil.weights((s.x[i] & low) * unit, (s.y[i] & low) * unit, (s.z[i] & low) * unit, w);
                        float a = share(s.splat[i], l.depth) * s.area[i] * face;
                        float nx = a * s.normal[3 * i];
                        float ny = a * s.normal[3 * i + 1];
                        float nz = a * s.normal[3 * i + 2];
                        int at = Stencil.CELL_AT[8 * k + c];
                        for (int e = 0; e < 8; e++) {
                            sx[at + Stencil.CORNER[e]] += nx * w[e];
                            sy[at + Stencil.CORNER[e]] += ny * w[e];
                            sz[at + Stencil.CORNER[e]] += nz * w[e];
                        }
                    }
                }
                if (any) {
                    for (int c = 0; c < 8; c++) {
                        x[8 * b + c] += sx[Stencil.OWN[c]];
                        y[8 * b + c] += sy[Stencil.OWN[c]];
                        z[8 * b + c] += sz[Stencil.OWN[c]];
                    }
                }
            }
        });
    }

    private static int lowerBound(int[] list, int value) {
        int i = Arrays.binarySearch(list, value);
        return i < 0 ? -i - 1 : i;
    }

    /** Adds the integral of grad B . field for every corner function B of the level, divided by the cell's side. */
    void addDivergence(Level l, float[] out, Work work) {
        int cells = 1 << l.depth;
        work.blocks(l.n, Level.TASK, (from, to) -> {
            float[] lx = new float[64];
            float[] ly = new float[64];
            float[] lz = new float[64];
            for (int b = from; b < to; b++) {
                Stencil.gather(l, b, x, lx);
                Stencil.gather(l, b, y, ly);
                Stencil.gather(l, b, z, lz);
                int bx = l.border[b] ? 2 * Morton.decode(l.key[b], 0) : 0;
                int by = l.border[b] ? 2 * Morton.decode(l.key[b], 1) : 0;
                int bz = l.border[b] ? 2 * Morton.decode(l.key[b], 2) : 0;
                for (int c = 0; c < 8; c++) {
                    if (l.border[b]) {
                        out[8 * b + c] += Operator.borderRow(cells, bx, by, bz, c, lx, Stencil.DERIVATIVE, 0)
                                + Operator.borderRow(cells, bx, by, bz, c, ly, Stencil.DERIVATIVE, 64)
                                + Operator.borderRow(cells, bx, by, bz, c, lz, Stencil.DERIVATIVE, 128);
                    } else {
                        int i = Stencil.OWN[c];
                        out[8 * b + c] += 0.5f
                                * (smooth(lx, i - 1, 4, 16)
                                        - smooth(lx, i + 1, 4, 16)
                                        + smooth(ly, i - 4, 1, 16)
                                        - smooth(ly, i + 4, 1, 16)
                                        + smooth(lz, i - 16, 1, 4)
                                        - smooth(lz, i + 16, 1, 4));
                    }
                }
            }
        });
    }

    /** The mass stencil (1/6, 2/3, 1/6) along two axes. */
    private static float smooth(float[] v, int i, int p, int q) {
        return (1 / 36f)
                * (16 * v[i]
                        + 4 * (v[i - p] + v[i + p] + v[i - q] + v[i + q])
                        + (v[i - p - q] + v[i - p + q] + v[i + p - q] + v[i + p + q]));
    }
}
