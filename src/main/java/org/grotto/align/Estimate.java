package org.grotto.align;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.grotto.geometry.Symmetric;
import org.jspecify.annotations.Nullable;

/**
 * The move that takes one station's surface onto the other's, with what is known of its error. Distances scatter by the
 * patches' own sigmas times a scale found from them; places near each other share points and relief, so the covariance is
 * that of the moves found without one block of space after the other (the jackknife over clusters, CR3: MacKinnon, Nielsen
 * and Webb 2023), not of single places.
 *
 * @param move a onto b, told from the patches' origin
 * @param about the middle of the common surface, in a's place
 * @param covariance of shift and rotation vector, row by row, m and rad
 * @param square of the distance from no move, in the covariance's measure (T2), directions that are known alone
 * @param known how many of the six directions the common surface tells
 * @param loose the least known direction (translation, rotation times lever), where not all are known
 * @param shift RMS of the move along the normals, metres
 * @param error RMS standard error of it, metres
 * @param stretch how much larger b is than a, less one; and its standard error
 * @param scale of distances in the patches' sigmas
 * @param apart by how much the surfaces lie apart, place by place, where the move has them as near as it can: RMS over
 *     clusters of what their single places do not explain, metres
 * @param loosest the length of the move, rotation times lever, and twice the standard error in the direction that is known
 *     worst, metres
 * @param blocks independent parts of the common surface, about
 */
record Estimate(
        Move move,
        double[] about,
        double[] covariance,
        double square,
        int known,
        double @Nullable [] loose,
        double shift,
        double error,
        double stretch,
        double stretchError,
        double scale,
        double apart,
        double loosest,
        int blocks,
        int places) {
    /**
     * A direction is known where it holds more than this share of the weight, normals spread by more than a degree, and more
     * than the noise of the normals feigns.
     */
    private static final double WEAK = 0.0005;

    private static final double TUKEY = 4.7;
    /** Sides of the largest and the smallest clusters, in radii of patches. */
    private static final double WIDE = 12;

    private static final double NARROW = 4.2;
    /**
     * Places beside each other share points across the borders of clusters: of the middles of quadrics through discs this
     * many radii over a cluster's side, along either axis, is the share of their covariance that lies so.
     */
    private static final double ACROSS = 0.2;
    /** Of fewer free squares no covariance is told. */
    private static final double FREE = 13;
    /** Clusters of which no more are wanted: then they are made smaller no further. */
    private static final double PLENTY = 40;

    /** Rows of a move's places. */
    private static final class Rows {
        static final int WIDE = 12;
        double[] data = new double[WIDE * 1024];
        int size;

        void add(double[] row, double e, double variance, double slope, double[] at) {
            if ((size + 1) * WIDE > data.length) {
                data = Arrays.copyOf(data, 2 * data.length);
            }
            int k = size++ * WIDE;
            System.arraycopy(row, 0, data, k, 6);
            data[k + 6] = e;
            data[k + 7] = variance;
            System.arraycopy(at, 0, data, k + 8, 3);
            data[k + 11] = slope;
        }
    }

    /**
     * The direction in which the move is known least: translation, and rotation times {@code lever}, of length 1.
     */
    double[] weakest(double lever) {
        if (loose != null) {
            return loose;
        }
        double[] c = covariance.clone();
        for (int i = 0; i < 36; i++) {
            c[i] *= (i / 6 > 2 ? lever : 1) * (i % 6 > 2 ? lever : 1);
        }
        double[] v = Symmetric.eigen(c, 6);
        int w = 0;
        for (int i = 1; i < 6; i++) {
            w = c[7 * i] > c[7 * w] ? i : w;
        }
        double[] out = new double[6];
        for (int i = 0; i < 6; i++) {
            out[i] = v[6 * i + w];
        }
        return out;
    }

    /** From a start that lies within a few sigmas; null where too little is common. */
    static @Nullable Estimate of(Couple couple, Move start, int most) {
        Patches a = couple.a;
        Patches b = couple.b;
        double lever = couple.extent();
        double sigma = couple.sigma();
        double reach = 8 * sigma + Math.max(a.step, b.step);
        Move move = start;
        double[] about = a.middle.clone();
        double[] c = new double[3];
        Rows rows = new Rows();
        double scale = 1;
        for (int k = 0; k < 8; k++) {
            boolean last = k == 7;
            Rows now = new Rows();
            move.apply(about[0], about[1], about[2], c);
            couple.places(move, reach, 0, last ? most : most / 3, c, lever, now::add);
            rows = now;
            if (rows.size < 60) {
                return null;
            }
            double[] z = new double[rows.size];
            int n = 0;
            for (int i = 0; i < rows.size; i++) {
                double v = rows.data[Rows.WIDE * i + 6] / Math.sqrt(rows.data[Rows.WIDE * i + 7]);
                if (Math.abs(v) < 8) {
                    z[n++] = v;
                }
            }
            scale = Math.max(0.05, Couple.scale(z, n));
            double[] d = new Clusters(rows, scale, c, lever, Double.POSITIVE_INFINITY, 1).step(lever);
            if (d == null) {
                return null;
            }
            move = Move.about(c, d[0], d[1], d[2], d[3], d[4], d[5]).after(move);
            if (k < 6) {
                double[] middle = new double[3];
                for (int i = 0; i < rows.size; i++) {
                    for (int p = 0; p < 3; p++) {
                        middle[p] += rows.data[Rows.WIDE * i + 8 + p] / rows.size;
                    }
                }
                move.inverse().apply(middle[0], middle[1], middle[2], about);
                double moved = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2])
                        + lever * Math.sqrt(d[3] * d[3] + d[4] * d[4] + d[5] * d[5]);
                if (k >= 2 && moved < 0.02 * scale * sigma / Math.sqrt(rows.size)) {
                    k = 6;
                }
            }
        }
        return judged(couple, move, about, rows, scale, lever);
    }

    private static double weight(double[] d, int k, double scale) {
        double v = d[k + 7];
        double u = d[k + 6] / (TUKEY * scale * Math.sqrt(v));
        return u * u < 1 ? (1 - u * u) * (1 - u * u) / v : 0;
    }

    /** The directions that rows tell, and how surely. */
    private static final class Basis {
        final int n;
        /** Columns are directions. */
        final double[] v;
        /** One over the square root of what holds each direction; 0 where it is not known. */
        final double[] root;

        final int known;
        private int weakest;

        /** @param feigned what the noise of normals adds to h; already taken off, and no direction is known by less than that */
        Basis(double[] h, int n, double least, double @Nullable [] feigned) {
            this.n = n;
            double[] e = h.clone();
            this.v = Symmetric.eigen(e, n);
            this.root = new double[n];
            int count = 0;
            for (int k = 0; k < n; k++) {
                double noise = 0;
                for (int p = 0; feigned != null && p < n; p++) {
                    for (int q = 0; q < n; q++) {
                        noise += v[n * p + k] * feigned[n * p + q] * v[n * q + k];
                    }
                }
                double held = e[(n + 1) * k];
                if (held > Math.max(least, noise)) {
                    root[k] = 1 / Math.sqrt(held);
                    count++;
                }
                weakest = held < e[(n + 1) * weakest] ? k : weakest;
            }
            this.known = count;
        }

        /** The direction that is held least. */
        double[] weakest() {
            double[] out = new double[n];
            for (int p = 0; p < n; p++) {
                out[p] = v[n * p + weakest];
            }
            return out;
        }

        double[] inverse() {
            double[] out = new double[n * n];
            for (int k = 0; k < n; k++) {
                for (int p = 0; p < n; p++) {
                    for (int q = 0; q < n; q++) {
                        out[n * p + q] += v[n * p + k] * v[n * q + k] * root[k] * root[k];
                    }
                }
            }
            return out;
        }
    }

    private static double[] inverse(double[] h, int n, double least) {
        return new Basis(h, n, least, null).inverse();
    }

    private static Estimate judged(Couple couple, Move move, double[] about, Rows rows, double scale, double lever) {
        double[] c = new double[3];
        move.apply(about[0], about[1], about[2], c);
        // clusters as large as leaves enough of them: places share points up to two radii apart, and relief beyond
        double radius = Math.max(couple.a.radius, couple.b.radius);
        Clusters wide = new Clusters(rows, scale, c, lever, WIDE, radius);
        Clusters narrow = new Clusters(rows, scale, c, lever, NARROW, radius);
        Clusters blocks = wide;
        for (double side = WIDE / Math.sqrt(2); side > NARROW && blocks.parts < PLENTY; side /= Math.sqrt(2)) {
            blocks = new Clusters(rows, scale, c, lever, side, radius);
        }
        blocks = blocks.parts < PLENTY ? narrow : blocks;
        double sum = blocks.sum;
        Basis basis = blocks.basis();
        double[] cov = blocks.covariance(basis);
        double[] plain = blocks.first(blocks.h, 7);
        double[] seven = inverse(plain, 7, 1e-9 * sum);
        double stretchError = Math.sqrt(blocks.covariance(new Basis(plain, 7, 1e-9 * sum, null))[48]) / lever;
        double stretch = 0;
        for (int q = 0; q < 7; q++) {
            stretch -= seven[42 + q] * blocks.g[q] / lever;
        }
        // the move as a vector in the same measure: translation, rotation times lever
        double[] shift = move.shift(about);
        double[] turn = move.turn();
        double[] d = {shift[0], shift[1], shift[2], lever * turn[0], lever * turn[1], lever * turn[2]};
        double square = square(cov, d);
        double moved = 0;
        double error = 0;
        for (int p = 0; p < 6; p++) {
            for (int q = 0; q < 6; q++) {
                moved += d[p] * d[q] * plain[7 * p + q] / sum;
                error += cov[6 * p + q] * plain[7 * p + q] / sum;
            }
        }
        // what is not known may be anything up to the extent
        double[] all = cov.clone();
        for (int k = 0; k < 6; k++) {
            for (int p = 0; basis.root[k] == 0 && p < 6; p++) {
                for (int q = 0; q < 6; q++) {
                    all[6 * p + q] += basis.v[6 * p + k] * basis.v[6 * q + k] * lever * lever;
                }
            }
        }
        double[] own = all.clone();
        Symmetric.eigen(own, 6);
        double widest = 0;
        double length = 0;
        for (int k = 0; k < 6; k++) {
            widest = Math.max(widest, own[7 * k]);
            length += d[k] * d[k];
        }
        return new Estimate(
                move,
                about,
                metric(all, lever, turn),
                square,
                basis.known,
                basis.known == 6 ? null : basis.weakest(),
                Math.sqrt(Math.max(0, moved)),
                Math.sqrt(Math.max(0, error)),
                stretch,
                stretchError,
                scale,
                wide.apart(narrow),
                Math.sqrt(length) + 2 * Math.sqrt(widest),
                (int) blocks.parts,
                blocks.used);
    }

    /** The rows of a fit summed over cells of space. The seventh number is the stretch about {@code c}. */
    private static final class Clusters {
        /** Where a cell's numbers stand: H (7 x 7), g, the sum of distances, the weight, what the noise of normals adds to H. */
        private static final int G = 49;

        private static final int E = 56;
        private static final int W = 57;
        private static final int N = 58;

        private final Map<Cell, double[]> cells = new TreeMap<>();
        /** H, 7 x 7, and g of all, and what the noise of normals adds to H. */
        final double[] h = new double[49];

        private final double[] feigned = new double[49];
        final double[] g = new double[7];
        /** The mean square of the cells' mean distances. */
        private final double square;

        double sum;
        int used;
        /** How many cells of like weight tell as much (Kish), by what each holds of all six directions. */
        final double parts;
        /** How much less than the weights the robust fit's slope is. */
        private final double bent;
        /** How much larger the covariance is than what lies within clusters. */
        private final double across;

        /** @param radii of patches, of {@code radius} metres, that a cluster's side has */
        Clusters(Rows rows, double scale, double[] c, double lever, double radii, double radius) {
            double side = radii * radius;
            double within = 1 - ACROSS / radii;
            across = 1 / (within * within);
            double steep = 0;
            double[] row = new double[7];
            double[] three = new double[18];
            for (int i = 0; i < rows.size; i++) {
                int k = Rows.WIDE * i;
                double w = weight(rows.data, k, scale);
                if (w == 0) {
                    continue;
                }
                used++;
                System.arraycopy(rows.data, k, row, 0, 6);
                row[6] = 0;
                for (int p = 0; p < 3; p++) {
                    row[6] += row[p] * (rows.data[k + 8 + p] - c[p]) / lever;
                }
                sum += w;
                double v = rows.data[k + 6] / (TUKEY * scale * Math.sqrt(rows.data[k + 7]));
                steep += (1 - v * v) * (1 - 5 * v * v) / rows.data[k + 7];
                Cell key = Cell.of(rows.data[k + 8], rows.data[k + 9], rows.data[k + 10], side);
                double[] own = cells.computeIfAbsent(key, none -> new double[N + 49]);
                own[E] += w * rows.data[k + 6];
                own[W] += w;
                for (int p = 0; p < 7; p++) {
                    own[G + p] += w * rows.data[k + 6] * row[p];
                    for (int q = 0; q < 7; q++) {
                        own[7 * p + q] += w * row[p] * row[q];
                    }
                }
                // a normal that is off by a slope in two directions: n n' grows by slope^2 (1 - 3 n n')
                double f = w * rows.data[k + 11];
                axes(three, rows.data, k + 8, c, lever);
                for (int p = 0; p < 6; p++) {
                    for (int q = 0; q < 6; q++) {
                        own[N + 7 * p + q] += f
                                * (three[p] * three[q]
                                        + three[6 + p] * three[6 + q]
                                        + three[12 + p] * three[12 + q]
                                        - 3 * row[p] * row[q]);
                    }
                }
            }
            for (double[] own : cells.values()) {
                for (int p = 0; p < 49; p++) {
                    h[p] += own[p];
                    feigned[p] += own[N + p];
                }
                for (int p = 0; p < 7; p++) {
                    g[p] += own[G + p];
                }
            }
            bent = sum / Math.max(0.25 * sum, steep);
            double[] all = inverse(first(h, 6), 6, 1e-6 * sum);
            double one = 0;
            double two = 0;
            double off = 0;
            for (double[] own : cells.values()) {
                double held = 0;
                for (int p = 0; p < 6; p++) {
                    for (int q = 0; q < 6; q++) {
                        held += all[6 * p + q] * own[7 * p + q];
                    }
                }
                one += held;
                two += held * held;
                off += own[E] * own[E] / own[W];
            }
            square = off / sum;
            parts = two > 0 ? one * one / two : 0;
        }

        /**
         * What the mean distances of these cells hold that does not go with their number, as that of places each for itself does:
         * root mean square, metres.
         */
        double apart(Clusters smaller) {
            double q = cells.size() / (double) smaller.cells.size();
            return q < 1 ? Math.sqrt(Math.max(0, (square - q * smaller.square) / (1 - q))) : Math.sqrt(square);
        }

        /** The upper left n x n of a 7 x 7 matrix. */
        static double[] first(double[] m, int n) {
            double[] out = new double[n * n];
            for (int p = 0; p < n; p++) {
                System.arraycopy(m, 7 * p, out, n * p, n);
            }
            return out;
        }

        /** The six directions, and what holds them beyond what the noise of normals feigns. */
        Basis basis() {
            double[] told = first(h, 6);
            double[] noise = first(feigned, 6);
            for (int i = 0; i < 36; i++) {
                told[i] -= noise[i];
            }
            return new Basis(told, 6, WEAK * sum, noise);
        }

        /** The step that the rows ask for in the directions that they know; null where they say nothing. */
        double @Nullable [] step(double lever) {
            if (!(sum > 0)) {
                return null;
            }
            double[] inverse = basis().inverse();
            double[] d = new double[6];
            for (int p = 0; p < 6; p++) {
                for (int q = 0; q < 6; q++) {
                    d[p] -= inverse[6 * p + q] * g[q] / (p < 3 ? 1 : lever);
                }
            }
            return d;
        }

        /**
         * The covariance in the directions that are known: of what leaving out each cell changes, (H - H_c)^-1 g_c, in
         * coordinates in which H is one.
         */
        double[] covariance(Basis basis) {
            int n = basis.n;
            double[] root = new double[n * n]; // whitened to plain
            for (int i = 0; i < n * n; i++) {
                root[i] = basis.v[i] * basis.root[i % n];
            }
            boolean six = n == 6;
            double[] out = new double[n * n];
            double[] held = new double[n * n];
            double[] left = new double[n * cells.size()];
            int cell = 0;
            double[] y = new double[n];
            double[] d = new double[n];
            for (double[] own : cells.values()) {
                for (int k = 0; k < n; k++) {
                    y[k] = 0;
                    for (int p = 0; p < n; p++) {
                        y[k] += root[n * p + k] * own[G + p];
                    }
                    for (int l = 0; l < n; l++) {
                        double s = 0;
                        for (int p = 0; p < n; p++) {
                            for (int q = 0; q < n; q++) {
                                s += root[n * p + k]
                                        * (own[7 * p + q] - (six ? own[N + 7 * p + q] : 0))
                                        * root[n * q + l];
                            }
                        }
                        held[n * k + l] = s;
                    }
                }
                double[] u = Symmetric.eigen(held, n);
                Arrays.fill(d, 0);
                for (int k = 0; k < n; k++) {
                    double s = 0;
                    for (int p = 0; p < n; p++) {
                        s += u[n * p + k] * y[p];
                    }
                    s /= Math.max(
                            0.05,
                            1 - held[(n + 1) * k]); // a cell that holds a direction alone says little of its error
                    for (int p = 0; p < n; p++) {
                        d[p] += s * u[n * p + k];
                    }
                }
                for (int p = 0; p < n; p++) {
                    y[p] = 0;
                    for (int q = 0; q < n; q++) {
                        y[p] += root[n * p + q] * d[q];
                    }
                }
                for (int p = 0; p < n; p++) {
                    for (int q = 0; q < n; q++) {
                        out[n * p + q] += y[p] * y[q];
                    }
                }
                System.arraycopy(y, 0, left, n * cell++, n);
            }
            // T2 of six numbers (Hotelling): its 95 % quantile is p / (p - 9) of the normal one's, within a few
            // hundredths
            double free = Math.max(FREE, free(out, left, n));
            double grow = across * bent * bent * free / (free - 9);
            for (int i = 0; i < out.length; i++) {
                out[i] *= grow;
            }
            return out;
        }
    }

    /**
     * How many squares of like size the variance is a sum of (Satterthwaite 1946), 3 (sum d2)2 / sum d4 of normal ones: the
     * harmonic mean over the directions that are known.
     *
     * @param d what leaving out each cluster changes, {@code n} numbers each, of which {@code cov} is the sum of squares
     */
    static double free(double[] cov, double[] d, int n) {
        double[] e = cov.clone();
        double[] v = Symmetric.eigen(e, n);
        double sum = 0;
        int known = 0;
        for (int k = 0; k < n; k++) {
            double two = 0;
            double four = 0;
            for (int c = 0; c < d.length; c += n) {
                double s = 0;
                for (int p = 0; p < n; p++) {
                    s += v[n * p + k] * d[c + p];
                }
                two += s * s;
                four += s * s * s * s;
            }
            if (four > 0) {
                sum += four / (3 * two * two);
                known++;
            }
        }
        return sum > 0 ? known / sum : Double.MAX_VALUE;
    }

    /** What moves along and turns about x, y and z do to a place along each axis: three rows of six. */
    private static void axes(double[] out, double[] at, int k, double[] c, double lever) {
        double x = (at[k] - c[0]) / lever;
        double y = (at[k + 1] - c[1]) / lever;
        double z = (at[k + 2] - c[2]) / lever;
        Arrays.fill(out, 0);
        out[0] = 1;
        out[4] = z;
        out[5] = -y;
        out[7] = 1;
        out[9] = -z;
        out[11] = x;
        out[14] = 1;
        out[15] = y;
        out[16] = -x;
    }

    private static double[] product(double[] a, double[] b, int n) {
        double[] out = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    out[n * i + j] += a[n * i + k] * b[n * k + j];
                }
            }
        }
        return out;
    }

    /** d' C^-1 d over the directions in which C is not nothing. */
    static double square(double[] cov, double[] d) {
        double[] e = cov.clone();
        double[] v = Symmetric.eigen(e, 6);
        double most = 0;
        for (int k = 0; k < 6; k++) {
            most = Math.max(most, e[7 * k]);
        }
        double sum = 0;
        for (int k = 0; k < 6; k++) {
            if (e[7 * k] > 1e-10 * most) {
                double s = 0;
                for (int p = 0; p < 6; p++) {
                    s += v[6 * p + k] * d[p];
                }
                sum += s * s / e[7 * k];
            }
        }
        return sum;
    }

    /** Rotation from lengths to radians, and from a turn after the move to a change of its rotation vector. */
    private static double[] metric(double[] cov, double lever, double[] turn) {
        double a = Math.sqrt(turn[0] * turn[0] + turn[1] * turn[1] + turn[2] * turn[2]);
        double half = a / 2;
        // the inverse of the left Jacobian of rotations: 1 - w/2 + k w^2
        double k = a < 1e-4 ? 1 / 12.0 : (1 - half / StrictMath.tan(half)) / (a * a);
        double[] w = {0, -turn[2], turn[1], turn[2], 0, -turn[0], -turn[1], turn[0], 0};
        double[] b = new double[36];
        for (int i = 0; i < 3; i++) {
            b[7 * i] = 1;
            for (int j = 0; j < 3; j++) {
                double ww = 0;
                for (int q = 0; q < 3; q++) {
                    ww += w[3 * i + q] * w[3 * q + j];
                }
                b[6 * (3 + i) + 3 + j] = ((i == j ? 1 : 0) - 0.5 * w[3 * i + j] + k * ww) / lever;
            }
        }
        double[] t = new double[36];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                t[6 * j + i] = b[6 * i + j];
            }
        }
        return product(product(b, cov, 6), t, 6);
    }
}
