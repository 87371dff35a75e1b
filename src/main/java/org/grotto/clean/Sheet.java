package org.grotto.clean;

import java.util.Arrays;

/**
 * The points of one window on a surface, as depth over two directions across the beams, and how far they scatter about
 * smooth surfaces fitted to ever smaller parts of it. A part is fitted by least squares in as many terms as its points
 * determine, and what is left is divided by the degrees of freedom that are left: white noise gives the same at every
 * scale, relief less the smaller the part. Points that no smooth surface explains (spikes) are found first, by a fit of
 * least absolute deviations. One a thread.
 */
final class Sheet {
    /** Points in a window. */
    static final int POINTS = 96;
    /** Fewer points than this are no window. */
    static final int LEAST = 60;
    /** Points further off than this many standard deviations are spikes. */
    private static final double SPIKE = 3.5;
    /** The share of the variance of a normal distribution that lies within that. */
    private static final double WITHIN = 0.9939;
    /** More spikes than this share of the points, and it is no sheet. */
    private static final double MANY = 0.15;
    /** A part's halvings: the window, a quarter, an eighth, a sixteenth. */
    private static final int[] HALVINGS = {0, 2, 3, 4};
    /** The surface fitted at each scale: a quadric, in the end a plane. */
    private static final int[] TERMS = {6, 6, 6, 3};

    static final int SCALES = 4;
    /** The scale whose parts hold a quarter of the window. */
    static final int QUARTER = 1;

    /** Position across, and depth; {@code weight} times a residual in depth is one along the beam. Filled by the caller. */
    final double[] u = new double[POINTS];

    final double[] v = new double[POINTS];
    final double[] depth = new double[POINTS];
    final double[] weight = new double[POINTS];
    int n;

    /** Sum of squares at each scale, square metres along the beam, and its degrees of freedom. */
    final double[] squares = new double[SCALES];

    final double[] freedom = new double[SCALES];
    /** How steep the window is against the beams: the square of the tangent of the incidence. */
    double steep;

    private final int[] order = new int[POINTS];
    private final boolean[] spike = new boolean[POINTS];
    private final double[] left = new double[POINTS];
    private final double[] soft = new double[POINTS];
    private final double[][] basis = new double[6][POINTS];
    private final double[] rest = new double[POINTS];
    private final double[] sorted = new double[POINTS];
    private int rank;

    /**
     * Measures the window.
     *
     * @param fine below this, metres, nothing is a spike
     * @return false where the points are no sheet
     */
    boolean measure(double fine) {
        if (n < LEAST) {
            return false;
        }
        for (int k = 0; k < n; k++) {
            order[k] = k;
            spike[k] = false;
        }
        halve(0, n, 0);
        int spikes = spikes(fine);
        if (spikes > MANY * n) {
            return false;
        }
        for (int s = 0; s < SCALES; s++) {
            squares[s] = 0;
            freedom[s] = 0;
            parts(0, n, 0, s);
            squares[s] /= WITHIN;
        }
        return freedom[QUARTER] > 0 && freedom[SCALES - 1] > 0;
    }

    private void parts(int from, int to, int depth, int scale) {
        if (depth < HALVINGS[scale]) {
            int mid = (from + to) >>> 1;
            parts(from, mid, depth + 1, scale);
            parts(mid, to, depth + 1, scale);
            return;
        }
        int m = fit(from, to, TERMS[scale], false);
        double sum = 0;
        for (int k = from; k < to; k++) {
            if (!spike[order[k]]) {
                sum += left[order[k]] * left[order[k]];
            }
        }
        if (m > rank) {
            squares[scale] += sum;
            freedom[scale] += m - rank;
        }
    }

    /** Marks spikes; gives their number. */
    private int spikes(double fine) {
        int terms = robust(0, n, 0);
        for (int k = 0; k < n; k++) {
            sorted[k] = Math.abs(left[k]);
        }
        Arrays.sort(sorted, 0, n);
        // a fit of least absolute deviations passes through as many points as it has terms
        double sigma = 1.4826 * sorted[Math.min(n - 1, terms + (n - terms) / 2)];
        double most = Math.max(SPIKE * sigma, fine);
        int count = 0;
        for (int k = 0; k < n; k++) {
            spike[k] = Math.abs(left[k]) > most;
            count += spike[k] ? 1 : 0;
        }
        return count;
    }

    /** Fits each quarter by least absolute deviations; gives the number of terms of all. */
    private int robust(int from, int to, int depth) {
        if (depth < HALVINGS[QUARTER]) {
            int mid = (from + to) >>> 1;
            return robust(from, mid, depth + 1) + robust(mid, to, depth + 1);
        }
        for (int k = from; k < to; k++) {
            soft[order[k]] = 1;
        }
        for (int round = 0; ; round++) {
            fit(from, to, 6, true);
            if (round == 5) {
                return rank;
            }
            int m = 0;
            for (int k = from; k < to; k++) {
                sorted[m++] = Math.abs(left[order[k]]);
            }
            Arrays.sort(sorted, 0, m);
            double typical = sorted[m / 2];
            for (int k = from; k < to; k++) {
                double a = Math.abs(left[order[k]]);
                soft[order[k]] = typical > 0 ? Math.sqrt(typical / (a + 0.1 * typical)) : 1;
            }
        }
    }

    /** Orders the points so that every half of a range is a half of its place, across the wider side. */
    private void halve(int from, int to, int depth) {
        if (depth == HALVINGS[SCALES - 1]) {
            return;
        }
        double u0 = Double.POSITIVE_INFINITY;
        double u1 = -u0;
        double v0 = u0;
        double v1 = -u0;
        for (int k = from; k < to; k++) {
            u0 = Math.min(u0, u[order[k]]);
            u1 = Math.max(u1, u[order[k]]);
            v0 = Math.min(v0, v[order[k]]);
            v1 = Math.max(v1, v[order[k]]);
        }
        double[] key = u1 - u0 >= v1 - v0 ? u : v;
        for (int k = from + 1; k < to; k++) {
            int o = order[k];
            int j = k;
            while (j > from && key[order[j - 1]] > key[o]) {
                order[j] = order[j - 1];
                j--;
            }
            order[j] = o;
        }
        int mid = (from + to) >>> 1;
        halve(from, mid, depth + 1);
        halve(mid, to, depth + 1);
    }

    /**
     * Fits the points [from, to) of the order that are no spikes; what is left along the beam stands in {@link #left}, how
     * many terms the points determine in {@link #rank}. Columns are made orthogonal one by one, and one of which nothing
     * is left (all points on two scan lines, say) takes no part.
     *
     * @param softly whether residuals weigh by {@link #soft}
     * @return how many points took part
     */
    private int fit(int from, int to, int terms, boolean softly) {
        int m = 0;
        double mu = 0;
        double mv = 0;
        double md = 0;
        for (int k = from; k < to; k++) {
            int i = order[k];
            if (!spike[i]) {
                mu += u[i];
                mv += v[i];
                md += depth[i];
                m++;
            }
        }
        rank = 0;
        if (m == 0) {
            return 0;
        }
        mu /= m;
        mv /= m;
        md /= m;
        double size = 0;
        for (int k = from; k < to; k++) {
            int i = order[k];
            if (!spike[i]) {
                size = Math.max(size, Math.max(Math.abs(u[i] - mu), Math.abs(v[i] - mv)));
            }
        }
        size = size > 0 ? size : 1;
        int r = 0;
        for (int k = from; k < to; k++) {
            int i = order[k];
            if (spike[i]) {
                continue;
            }
            double a = (u[i] - mu) / size;
            double b = (v[i] - mv) / size;
            double w = softly ? weight[i] * soft[i] : weight[i];
            basis[0][r] = w;
            basis[1][r] = w * a;
            basis[2][r] = w * b;
            if (terms > 3) {
                basis[3][r] = w * a * a;
                basis[4][r] = w * a * b;
                basis[5][r] = w * b * b;
            }
            rest[r++] = w * (depth[i] - md);
        }
        for (int t = 0; t < terms; t++) {
            double[] q = basis[t];
            double before = 0;
            for (int k = 0; k < m; k++) {
                before += q[k] * q[k];
            }
            for (int s = 0; s < t; s++) {
                project(basis[s], q, m);
            }
            double after = 0;
            for (int k = 0; k < m; k++) {
                after += q[k] * q[k];
            }
            if (!(after > 1e-8 * before) || rank >= m) {
                Arrays.fill(q, 0, m, 0);
                continue;
            }
            double l = 1 / Math.sqrt(after);
            for (int k = 0; k < m; k++) {
                q[k] *= l;
            }
            rank++;
            project(q, rest, m);
        }
        r = 0;
        for (int k = from; k < to; k++) {
            int i = order[k];
            if (!spike[i]) {
                left[i] = softly ? rest[r] / soft[i] : rest[r];
                r++;
            }
        }
        return m;
    }

    private static void project(double[] unit, double[] from, int m) {
        double dot = 0;
        for (int k = 0; k < m; k++) {
            dot += unit[k] * from[k];
        }
        for (int k = 0; k < m; k++) {
            from[k] -= dot * unit[k];
        }
    }

    /** How far the window's plane is inclined, and the offsets of the points from it, into {@code off}; false without. */
    boolean plane(double[] off) {
        for (int k = 0; k < n; k++) {
            order[k] = k;
            spike[k] = false;
        }
        int m = fit(0, n, 3, false);
        if (m < 3 || rank < 3) {
            return false;
        }
        System.arraycopy(left, 0, off, 0, n);
        double uu = 0;
        double uv = 0;
        double vv = 0;
        double ud = 0;
        double vd = 0;
        double mu = 0;
        double mv = 0;
        for (int k = 0; k < n; k++) {
            mu += u[k] / n;
            mv += v[k] / n;
        }
        for (int k = 0; k < n; k++) {
            double d = depth[k] - left[k] / weight[k];
            uu += (u[k] - mu) * (u[k] - mu);
            uv += (u[k] - mu) * (v[k] - mv);
            vv += (v[k] - mv) * (v[k] - mv);
            ud += (u[k] - mu) * d;
            vd += (v[k] - mv) * d;
        }
        double det = uu * vv - uv * uv;
        slopeU = (ud * vv - vd * uv) / det;
        slopeV = (vd * uu - ud * uv) / det;
        steep = slopeU * slopeU + slopeV * slopeV;
        return steep < Double.POSITIVE_INFINITY;
    }

    /** The plane's rise along u and v; after {@link #plane}. */
    double slopeU;

    double slopeV;
}
