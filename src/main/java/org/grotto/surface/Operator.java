package org.grotto.surface;

import org.grotto.base.Work;
import org.grotto.geometry.Morton;

/**
 * The screened Laplacian of one level, applied without a matrix: every block gathers the 4 x 4 x 4 corners around it and
 * the merged samples of the 27 cells that touch it, and computes its own eight rows. Units are cells: the equation of
 * Kazhdan and Hoppe divided by the cell's side.
 */
final class Operator {
    private final Level l;

    Operator(Level l) {
        this.l = l;
    }

    /** out = A v on active corners, 0 elsewhere; gives the sum of v . A v over them. */
    double apply(float[] v, float[] out, Work work) {
        return work.sum(l.n, Level.TASK, (from, to) -> {
            float[] local = new float[64];
            float[] sum = new float[64];
            float[] w = new float[8];
            double dot = 0;
            for (int b = from; b < to; b++) {
                int active = l.active[b] & 255;
                if (active == 0) {
                    for (int c = 8 * b; c < 8 * b + 8; c++) {
                        out[c] = 0;
                    }
                    continue;
                }
                Stencil.gather(l, b, v, local);
                rows(b, active, local, sum, w);
                for (int c = 0; c < 8; c++) {
                    float y = (active >> c & 1) == 0 ? 0 : sum[Stencil.OWN[c]];
                    out[8 * b + c] = y;
                    dot += (double) y * v[8 * b + c];
                }
            }
            return dot;
        });
    }

    /** r = b - A u on active corners, 0 elsewhere; r may be b. */
    void residual(float[] u, float[] b, float[] r, Work work) {
        work.blocks(l.n, Level.TASK, (from, to) -> {
            float[] local = new float[64];
            float[] sum = new float[64];
            float[] w = new float[8];
            for (int k = from; k < to; k++) {
                int active = l.active[k] & 255;
                if (active != 0) {
                    Stencil.gather(l, k, u, local);
                    rows(k, active, local, sum, w);
                }
                for (int c = 0; c < 8; c++) {
                    r[8 * k + c] = (active >> c & 1) == 0 ? 0 : b[8 * k + c] - sum[Stencil.OWN[c]];
                }
            }
        });
    }

    /** Rows of block b into {@code sum} at its own local places. */
    private void rows(int b, int active, float[] v, float[] sum, float[] w) {
        boolean screened = screen(b, v, sum, w);
        if (l.border[b]) {
            int cells = 1 << l.depth;
            int x = 2 * Morton.decode(l.key[b], 0);
            int y = 2 * Morton.decode(l.key[b], 1);
            int z = 2 * Morton.decode(l.key[b], 2);
            for (int c = 0; c < 8; c++) {
                int at = Stencil.OWN[c];
                float s = (active >> c & 1) == 0 ? 0 : borderRow(cells, x, y, z, c, v, Stencil.STIFFNESS, 0);
                sum[at] = screened ? sum[at] + s : s;
            }
            return;
        }
        for (int c = 0; c < 8; c++) {
            int i = Stencil.OWN[c];
            float edges = (v[i - 5] + v[i - 3] + v[i + 3] + v[i + 5])
                    + (v[i - 17] + v[i - 15] + v[i + 15] + v[i + 17])
                    + (v[i - 20] + v[i - 12] + v[i + 12] + v[i + 20]);
            float corners =
                    (v[i - 21] + v[i - 19] + v[i - 13] + v[i - 11]) + (v[i + 11] + v[i + 13] + v[i + 19] + v[i + 21]);
            float s = (1 / 12f) * (32 * v[i] - 2 * edges - corners);
            sum[i] = screened ? sum[i] + s : s;
        }
    }

    /**
     * One row where the root cube cuts the stencil: the sum over the cells that are inside.
     *
     * @param cells along a side of the root cube
     * @param x where the block's first corner lies, in cells; y and z, too
     */
    static float borderRow(int cells, int x, int y, int z, int slot, float[] v, float[] element, int offset) {
        float s = 0;
        for (int a = 0; a < 8; a++) { // the corner's number in the cell
            int cx = x + (slot & 1) - (a & 1);
            int cy = y + (slot >> 1 & 1) - (a >> 1 & 1);
            int cz = z + (slot >> 2) - (a >> 2);
            if (cx < 0 || cy < 0 || cz < 0 || cx >= cells || cy >= cells || cz >= cells) {
                continue;
            }
            int at = Stencil.OWN[slot] - Stencil.CORNER[a];
            int e = offset + 8 * a;
            s += element[e] * v[at];
            s += element[e + 1] * v[at + 1];
            s += element[e + 2] * v[at + 4];
            s += element[e + 3] * v[at + 5];
            s += element[e + 4] * v[at + 16];
            s += element[e + 5] * v[at + 17];
            s += element[e + 6] * v[at + 20];
            s += element[e + 7] * v[at + 21];
        }
        return s;
    }

    /** Adds what the samples around block b do to its rows; false if there are none (sum is then untouched). */
    private boolean screen(int b, float[] v, float[] sum, float[] w) {
        Level.Points p = l.points;
        boolean any = false;
        for (int k = 0; k < 8; k++) {
            int nb = l.neighbour[27 * b + Stencil.LOWER[k]];
            if (nb < 0 || p.mask()[nb] == 0) {
                continue;
            }
            int mask = p.mask()[nb] & 255;
            int m = mask & Stencil.TOUCHING[k];
            while (m != 0) {
                int c = Integer.numberOfTrailingZeros(m);
                m &= m - 1;
                if (!any) {
                    java.util.Arrays.fill(sum, 0);
                    any = true;
                }
                int i = p.start()[nb] + Integer.bitCount(mask & (1 << c) - 1);
                Stencil.weights(p.x()[i], p.y()[i], p.z()[i], w);
                int a = Stencil.CELL_AT[8 * k + c];
                float f = w[0] * v[a]
                        + w[1] * v[a + 1]
                        + w[2] * v[a + 4]
                        + w[3] * v[a + 5]
                        + w[4] * v[a + 16]
                        + w[5] * v[a + 17]
                        + w[6] * v[a + 20]
                        + w[7] * v[a + 21];
                f *= p.weight()[i];
                sum[a] += f * w[0];
                sum[a + 1] += f * w[1];
                sum[a + 4] += f * w[2];
                sum[a + 5] += f * w[3];
                sum[a + 16] += f * w[4];
                sum[a + 17] += f * w[5];
                sum[a + 20] += f * w[6];
                sum[a + 21] += f * w[7];
            }
        }
        return any;
    }

    /** One over the diagonal of A on active corners, 0 elsewhere. */
    void inverseDiagonal(float[] out, Work work) {
        Level.Points p = l.points;
        work.blocks(l.n, Level.TASK, (from, to) -> {
            float[] sum = new float[64];
            float[] w = new float[8];
            for (int b = from; b < to; b++) {
                java.util.Arrays.fill(sum, 0);
                for (int k = 0; k < 8; k++) {
                    int nb = l.neighbour[27 * b + Stencil.LOWER[k]];
                    int mask = nb < 0 ? 0 : p.mask()[nb] & 255;
                    int m = mask & Stencil.TOUCHING[k];
                    while (m != 0) {
                        int c = Integer.numberOfTrailingZeros(m);
                        m &= m - 1;
                        int i = p.start()[nb] + Integer.bitCount(mask & (1 << c) - 1);
                        Stencil.weights(p.x()[i], p.y()[i], p.z()[i], w);
                        for (int e = 0; e < 8; e++) {
                            sum[Stencil.CELL_AT[8 * k + c] + Stencil.CORNER[e]] += p.weight()[i] * w[e] * w[e];
                        }
                    }
                }
                for (int c = 0; c < 8; c++) {
                    boolean on = (l.active[b] >> c & 1) != 0;
                    out[8 * b + c] = on ? 1 / (stiffnessDiagonal(b, c) + sum[Stencil.OWN[c]]) : 0;
                }
            }
        });
    }

    private float stiffnessDiagonal(int b, int slot) {
        if (!l.border[b]) {
            return 8 / 3f;
        }
        int cells = 1 << l.depth;
        int x = 2 * Morton.decode(l.key[b], 0) + (slot & 1);
        int y = 2 * Morton.decode(l.key[b], 1) + (slot >> 1 & 1);
        int z = 2 * Morton.decode(l.key[b], 2) + (slot >> 2);
        float d = 8 / 3f;
        d *= x == 0 || x == cells ? 0.5f : 1;
        d *= y == 0 || y == cells ? 0.5f : 1;
        d *= z == 0 || z == cells ? 0.5f : 1;
        return d;
    }
}
