package org.grotto.surface;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.geometry.Morton;

/**
 * Builds the octree level by level. A cell is divided if it lies at or above the full depth, or if a sample whose leaf
 * is deeper lies in it or within one child cell of it: so the cell of every sample has all its neighbours, hence eight
 * corners that are solved for. Everything is found by looking at the 27 neighbours of the level above: nothing is
 * sorted, nothing hashed.
 */
final class Octree {
    private Octree() {}

    /**
     * For cell c of a block's neighbour k with samples in the octants o (index (8k + c) << 8 | o, a bit an octant): which of
     * the block's own cells one of them touches, being within one child cell of it; a bit a cell.
     */
    private static final byte[] REFINES = new byte[27 * 8 << 8];

    static {
        for (int own = 0; own < 8; own++) {
            for (int beside = 0; beside < 27; beside++) {
                int[] d = {beside % 3 - 1, beside / 3 % 3 - 1, beside / 9 - 1};
                int k = 0;
                int cell = 0;
                int near = 255;
                for (int a = 2; a >= 0; a--) {
                    int at = (own >> a & 1) + d[a];
                    k = 3 * k + (at >> 1) + 1;
                    cell = 2 * cell + (at & 1);
                    for (int o = 0; o < 8; o++) {
                        near &= d[a] == 0 || (o >> a & 1) == (d[a] < 0 ? 1 : 0) ? 255 : ~(1 << o);
                    }
                }
                for (int o = 0; o < 256; o++) {
                    REFINES[(8 * k + cell) << 8 | o] |= (byte) ((o & near) == 0 ? 0 : 1 << own);
                }
            }
        }
    }

    /** The levels 1 to the deepest leaf; entry i has depth i + 1. Only the first one has a table of neighbours then. */
    static List<Level> build(Samples s, int fullDepth, Work work) {
        int deepest = fullDepth;
        for (int i = 0; i < s.n; i++) {
            deepest = Math.max(deepest, s.leaf[i]);
        }
        List<Level> levels = new ArrayList<>();
        levels.add(first(s.n));
        while (levels.size() < deepest) {
            Level l = levels.get(levels.size() - 1);
            refine(l, s, l.depth < fullDepth, work);
            levels.add(next(l, s, work));
            l.forgetNeighbours();
        }
        Level last = levels.get(levels.size() - 1);
        last.forgetNeighbours();
        last.refined = new byte[last.n];
        last.childMask = new byte[last.n];
        last.childStart = new int[last.n];
        return levels;
    }

    /** Depth 1: two cells an axis. */
    private static Level first(int samples) {
        long[] key = new long[8];
        boolean[] real = new boolean[8];
        boolean[] border = new boolean[8];
        int[] neighbour = new int[27 * 8];
        byte[] active = new byte[8];
        real[0] = true;
        for (int b = 0; b < 8; b++) {
            key[b] = b;
            border[b] = true;
            for (int k = 0; k < 27; k++) {
                int x = (b & 1) + k % 3 - 1;
                int y = (b >> 1 & 1) + k / 3 % 3 - 1;
                int z = (b >> 2) + k / 9 - 1;
                boolean in = x >= 0 && x < 2 && y >= 0 && y < 2 && z >= 0 && z < 2;
                neighbour[27 * b + k] = in ? x | y << 1 | z << 2 : -1;
            }
            for (int c = 0; c < 8; c++) {
                if ((b & c) == 0) { // an upper block has corners only at its lower side
                    active[b] |= (byte) (1 << c);
                }
            }
        }
        int[] to = new int[8];
        to[0] = samples;
        Level l = new Level(1, key, real, active, border, new int[8], to);
        l.neighbour = neighbour;
        return l;
    }

    private static void refine(Level l, Samples s, boolean all, Work work) {
        byte[] refined = new byte[l.n];
        if (all) {
            for (int b = 0; b < l.n; b++) {
                refined[b] = (byte) (l.real[b] ? 255 : 0);
            }
        } else {
            byte[] occupied = occupied(l, s, work);
            work.blocks(l.n, Level.TASK, (from, to) -> {
                for (int b = from; b < to; b++) {
                    if (l.real[b]) {
                        refined[b] = (byte) refinedCells(l, b, occupied);
                    }
                }
            });
        }
        l.refined = refined;
        byte[] mask = new byte[l.n];
        work.blocks(l.n, Level.TASK, (from, to) -> {
            for (int b = from; b < to; b++) {
                mask[b] = (byte) cornersOf(l, b, refined);
            }
        });
        int[] start = new int[l.n];
        long sum = 0;
        for (int b = 0; b < l.n; b++) {
            start[b] = (int) sum;
            sum += Integer.bitCount(mask[b] & 255);
        }
        if (sum > Integer.MAX_VALUE / 27) {
            throw GrottoException.badRequest("The surface octree would need " + sum
                    + " blocks on one level; give a larger --spacing or split the scan.");
        }
        l.childMask = mask;
        l.childStart = start;
    }

    /** Per cell, which of its octants hold a sample whose leaf is deeper than this level. */
    private static byte[] occupied(Level l, Samples s, Work work) {
        byte[] out = new byte[8 * l.n];
        int shift = 3 * (Samples.CODE_BITS - l.depth - 1);
        work.blocks(l.n, Level.TASK, (from, to) -> {
            for (int b = from; b < to; b++) {
                for (int i = l.from[b]; i < l.to[b]; i++) {
                    if (s.leaf[i] > l.depth) {
                        int c = (int) (s.code[i] >>> shift) & 63;
                        out[8 * b + (c >> 3)] |= (byte) (1 << (c & 7));
                    }
                }
            }
        });
        return out;
    }

    private static int refinedCells(Level l, int b, byte[] occupied) {
        int mask = 0;
        for (int k = 0; k < 27 && mask != 255; k++) {
            int nb = l.neighbour[27 * b + k];
            for (int c = 8 * nb; nb >= 0 && c < 8 * nb + 8; c++) {
                if (occupied[c] != 0) {
                    mask |= REFINES[(8 * k + (c & 7)) << 8 | occupied[c] & 255];
                }
            }
        }
        return mask;
    }

    /** The corners of block b that a refined cell has: the blocks of the next level. */
    private static int cornersOf(Level l, int b, byte[] refined) {
        int mask = 0;
        for (int k = 0; k < 8; k++) { // the block itself and its lower neighbours
            int nb = l.neighbour[27 * b + Stencil.LOWER[k]];
            int r = nb < 0 ? 0 : refined[nb] & 255;
            while (r != 0) {
                int c = Integer.numberOfTrailingZeros(r);
                r &= r - 1;
                mask |= Stencil.CORNERS_IN_BLOCK[8 * k + c];
            }
        }
        return mask;
    }

    private static Level next(Level l, Samples s, Work work) {
        int n = l.n == 0 ? 0 : l.childStart[l.n - 1] + Integer.bitCount(l.childMask[l.n - 1] & 255);
        int depth = l.depth + 1;
        long[] key = new long[n];
        boolean[] real = new boolean[n];
        boolean[] border = new boolean[n];
        byte[] active = new byte[n];
        int[] first = new int[n];
        int[] end = new int[n];
        int top = 1 << depth - 1;
        int shift = 3 * (Samples.CODE_BITS - depth + 1);
        work.blocks(l.n, Level.TASK, (from, to) -> {
            for (int p = from; p < to; p++) {
                int mask = l.childMask[p] & 255;
                int b = l.childStart[p];
                for (int c = 0; c < 8; c++) {
                    if ((mask >> c & 1) == 0) {
                        continue;
                    }
                    key[b] = l.key[p] << 3 | c;
                    real[b] = (l.refined[p] >> c & 1) != 0;
                    int x = Morton.decode(key[b], 0);
                    int y = Morton.decode(key[b], 1);
                    int z = Morton.decode(key[b], 2);
                    border[b] = x == 0 || y == 0 || z == 0 || x == top || y == top || z == top;
                    if (real[b]) {
                        first[b] = s.lowerBound(l.from[p], l.to[p], key[b] << shift);
                        long after = (key[b] + 1) << shift; // negative where no code is as large
                        end[b] = after < 0 ? l.to[p] : s.lowerBound(first[b], l.to[p], after);
                    }
                    b++;
                }
            }
        });
        Level fine = new Level(depth, key, real, active, border, first, end);
        fine.neighboursFrom(l, work);
        work.blocks(n, Level.TASK, (from, to) -> {
            for (int b = from; b < to; b++) {
                active[b] = (byte) activeCorners(b, key[b], top, real, fine.neighbour);
            }
        });
        return fine;
    }

    /** The corners of block b around which every cell inside the root cube exists. */
    private static int activeCorners(int b, long key, int top, boolean[] real, int[] neighbour) {
        int bx = Morton.decode(key, 0);
        int by = Morton.decode(key, 1);
        int bz = Morton.decode(key, 2);
        int mask = 0;
        for (int c = 0; c < 8; c++) {
            int cx = 2 * bx + (c & 1);
            int cy = 2 * by + (c >> 1 & 1);
            int cz = 2 * bz + (c >> 2);
            if (cx > 2 * top || cy > 2 * top || cz > 2 * top) {
                continue;
            }
            boolean all = true;
            for (int d = 0; d < 8 && all; d++) {
                int x = cx - (d & 1);
                int y = cy - (d >> 1 & 1);
                int z = cz - (d >> 2);
                if (x < 0 || y < 0 || z < 0 || x >= 2 * top || y >= 2 * top || z >= 2 * top) {
                    continue;
                }
                int nb = neighbour[27 * b + (x >> 1) - bx + 1 + 3 * ((y >> 1) - by + 1) + 9 * ((z >> 1) - bz + 1)];
                all = nb >= 0 && real[nb];
            }
            if (all) {
                mask |= 1 << c;
            }
        }
        return mask;
    }

    /**
     * Merges the samples of every cell of a level: mean position weighted by area, and the weight with which the cell
     * draws the surface: {@code alpha} times the area in cell faces (Kazhdan and Hoppe 2013, 4.2: the weight doubles
     * with every level, which makes it the same in units of cells).
     */
    static Level.Points merge(Level l, Samples s, double alpha, Work work) {
        byte[] mask = new byte[l.n];
        int shift = 3 * (Samples.CODE_BITS - l.depth);
        work.blocks(l.n, Level.TASK, (from, to) -> {
            for (int b = from; b < to; b++) {
                int m = 0;
                for (int i = l.from[b]; i < l.to[b]; i++) {
                    m |= 1 << (int) (s.code[i] >>> shift & 7);
                }
                mask[b] = (byte) m;
            }
        });
        int[] start = new int[l.n];
        int n = 0;
        for (int b = 0; b < l.n; b++) {
            start[b] = n;
            n += Integer.bitCount(mask[b] & 255);
        }
        float[] x = new float[n];
        float[] y = new float[n];
        float[] z = new float[n];
        float[] weight = new float[n];
        int bits = RootCube.BITS - l.depth;
        int low = (1 << bits) - 1;
        double unit = 1.0 / (1L << bits);
        double face = Math.scalb(alpha, 2 * l.depth);
        work.blocks(l.n, Level.TASK, (from, to) -> {
            for (int b = from; b < to; b++) {
                int at = start[b];
                int i = l.from[b];
                while (i < l.to[b]) {
                    long cell = s.code[i] >>> shift;
                    double sx = 0;
                    double sy = 0;
                    double sz = 0;
                    double sw = 0;
                    for (; i < l.to[b] && s.code[i] >>> shift == cell; i++) {
                        double a = s.area[i];
                        sx += a * (s.x[i] & low);
                        sy += a * (s.y[i] & low);
                        sz += a * (s.z[i] & low);
                        sw += a;
                    }
                    x[at] = (float) (sx / sw * unit);
                    y[at] = (float) (sy / sw * unit);
                    z[at] = (float) (sz / sw * unit);
                    weight[at] = (float) (sw * face);
                    at++;
                }
            }
        });
        return new Level.Points(mask, start, x, y, z, weight);
    }
}
