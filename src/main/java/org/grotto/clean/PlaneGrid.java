package org.grotto.clean;

import java.util.Arrays;

/**
 * Square cells of a window in a plane, {@code nu} columns of u and {@code nv} rows of v, one row after the other, and what
 * parts of it look like: a part is a number a cell, 0 outside.
 *
 * @param u0 where the first column begins, metres
 * @param v0 where the first row begins, metres
 * @param cell side of a cell, metres
 */
record PlaneGrid(double u0, double v0, double cell, int nu, int nv) {
    /** Which ways round a place may lie. */
    static final int SECTORS = 16;

    int size() {
        return nu * nv;
    }

    /** The cell of a place; -1 where the window does not hold it. */
    int of(double u, double v) {
        int iu = (int) Math.floor((u - u0) / cell);
        int iv = (int) Math.floor((v - v0) / cell);
        return iu < 0 || iv < 0 || iu >= nu || iv >= nv ? -1 : iv * nu + iu;
    }

    /** The cell so many columns and rows beside one; -1 outside. */
    int beside(int c, int du, int dv) {
        int iu = c % nu + du;
        int iv = c / nu + dv;
        return iu < 0 || iv < 0 || iu >= nu || iv >= nv ? -1 : iv * nu + iu;
    }

    /** The b-th of the nine cells around one, itself included, row by row; -1 outside. */
    int neighbour(int c, int b) {
        return beside(c, b % 3 - 1, b / 3 - 1);
    }

    /** The sum over the cells up to {@code by} beside one, itself included. */
    int around(int[] n, int c, int by) {
        int sum = 0;
        for (int dv = -by; dv <= by; dv++) {
            for (int du = -by; du <= by; du++) {
                int o = beside(c, du, dv);
                sum += o < 0 ? 0 : n[o];
            }
        }
        return sum;
    }

    /** The cells of a part and those up to {@code by} beside it. */
    boolean[] widened(byte[] part, int by) {
        boolean[] out = new boolean[size()];
        for (int c = 0; c < out.length; c++) {
            if (part[c] != 0) {
                for (int dv = -by; dv <= by; dv++) {
                    for (int du = -by; du <= by; du++) {
                        int o = beside(c, du, dv);
                        if (o >= 0) {
                            out[o] = true;
                        }
                    }
                }
            }
        }
        return out;
    }

    /** Tells inner cells of a part, all cells beside which are in it, by 2, and the others in it by 1. */
    void settle(byte[] part) {
        byte[] in = part.clone();
        for (int c = 0; c < in.length; c++) {
            boolean inner = in[c] != 0;
            for (int b = 0; inner && b < 9; b++) {
                int n = neighbour(c, b);
                inner = n >= 0 && in[n] != 0;
            }
            part[c] = (byte) (inner ? 2 : Math.min(1, in[c]));
        }
    }

    /** Of the cells that show something the heaviest that hang together, over corners, too; those of least number first. */
    int[] heaviest(boolean[] shows, int[] weight) {
        int[] best = {};
        long most = 0;
        boolean[] seen = new boolean[size()];
        int[] queue = new int[size()];
        for (int first = 0; first < seen.length; first++) {
            if (!shows[first] || seen[first]) {
                continue;
            }
            int m = 0;
            long sum = 0;
            queue[m++] = first;
            seen[first] = true;
            for (int q = 0; q < m; q++) {
                sum += weight[queue[q]];
                for (int b = 0; b < 9; b++) {
                    int n = neighbour(queue[q], b);
                    if (n >= 0 && shows[n] && !seen[n]) {
                        seen[n] = true;
                        queue[m++] = n;
                    }
                }
            }
            if (sum > most) {
                most = sum;
                best = Arrays.copyOf(queue, m);
            }
        }
        return best;
    }

    /** First and last column, first and last row of a part. */
    int[] bounds(byte[] part) {
        int[] b = {nu, -1, nv, -1};
        for (int c = 0; c < part.length; c++) {
            if (part[c] != 0) {
                b[0] = Math.min(b[0], c % nu);
                b[1] = Math.max(b[1], c % nu);
                b[2] = Math.min(b[2], c / nu);
                b[3] = Math.max(b[3], c / nu);
            }
        }
        return b;
    }

    /** Where a cell lies among so many times so many equal blocks of its bounds, one row of blocks after the other. */
    int block(int c, int[] bounds, int blocks) {
        return blocks * ((c / nu - bounds[2]) * blocks / (bounds[3] - bounds[2] + 1))
                + (c % nu - bounds[0]) * blocks / (bounds[1] - bounds[0] + 1);
    }

    /** Mean column and row of a part. */
    double[] middle(byte[] part) {
        double mu = 0;
        double mv = 0;
        int n = 0;
        for (int c = 0; c < part.length; c++) {
            if (part[c] != 0) {
                mu += c % nu;
                mv += c / nu;
                n++;
            }
        }
        return new double[] {mu / n, mv / n};
    }

    /** Which way round a cell lies, seen from a column and row: the first way begins towards -u, the fifth towards -v. */
    int sector(int c, double column, double row) {
        double a = Math.atan2(c / nu - row, c % nu - column);
        return (int) Math.min(SECTORS - 1, Math.floor((a / (2 * Math.PI) + 0.5) * SECTORS));
    }

    /** The cells within a part's convex hull, but for its rim along the rows. */
    boolean[] hull(byte[] part) {
        int[] left = new int[nv];
        int[] right = new int[nv];
        Arrays.fill(left, nu);
        Arrays.fill(right, -1);
        for (int c = 0; c < part.length; c++) {
            if (part[c] != 0) {
                left[c / nu] = Math.min(left[c / nu], c % nu);
                right[c / nu] = Math.max(right[c / nu], c % nu);
            }
        }
        boolean[] out = new boolean[size()];
        for (int row = 0; row < nv; row++) {
            double from = nu;
            double to = -1;
            for (int a = 0; a <= row; a++) {
                for (int b = row; b < nv && right[a] >= 0; b++) {
                    if (right[b] >= 0) {
                        double f = a == b ? 0 : (row - a) / (double) (b - a);
                        from = Math.min(from, left[a] + f * (left[b] - left[a]));
                        to = Math.max(to, right[a] + f * (right[b] - right[a]));
                    }
                }
            }
            for (int column = (int) Math.ceil(from) + 1; column < to; column++) {
                out[row * nu + column] = true;
            }
        }
        return out;
    }
}
