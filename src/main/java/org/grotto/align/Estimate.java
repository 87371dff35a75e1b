package org.grotto.align;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.grotto.geometry.Symmetric;
import org.jspecify.annotations.Nullable;

/**
 * The move that takes one station's surface onto the other's, with what is known of its error. Distances scatter by the
 * patches' own sigmas times a scale found from them; places near each other share points and relief, so the covariance is
 * the sandwich of sums over blocks of space (Liang and Zeger 1986), not of single places.
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
 * @param loosest the length of the move, rotation times lever, and twice the standard error in the direction that is known
 *     worst, metres; infinite where one is not known
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
        double loosest,
        int blocks,
        int places) {
    /** A direction is known where it holds more than this share of the weight: normals spread by more than 4 degrees. */
    static final double WEAK = 0.005;

    private static final double TUKEY = 4.7;

    /** Rows of a move's places. */
    private static final class Rows {
        static final int WIDE = 11;
        double[] data = new double[WIDE * 1024];
        int size;

        void add(double[] row, double e, double variance, double[] at) {
            if ((size + 1) * WIDE > data.length) {
                data = Arrays.copyOf(data, 2 * data.length);
            }
            int k = size++ * WIDE;
            System.arraycopy(row, 0, data, k, 6);
            data[k + 6] = e;
            data[k + 7] = variance;
            System.arraycopy(at, 0, data, k + 8, 3);
        }
    }

    /** From a start that lies within a few sigmas; null where too little is common. */
    static @Nullable Estimate of(Couple couple, Move start, int most) {
        return of(couple, start, most, WEAK);
    }

    /**
     * The same with another share of the weight from which a direction is known: less than {@link #WEAK} where relief is low
     * but shows, more than what the noise of the normals feigns.
     */
    static @Nullable Estimate low(Couple couple, Move start, int most) {
        double a = couple.a.sigma / Math.max(1e-9, couple.a.radius);
        double b = couple.b.sigma / Math.max(1e-9, couple.b.radius);
        // a slope over 24 points of a disc has the variance 4 sigma^2 / (24 r^2)
        return of(couple, start, most, Math.max(WEAK / 8, 10 * Math.max(a * a, b * b) / 6));
    }

    private static @Nullable Estimate of(Couple couple, Move start, int most, double weak) {
        Patches a = couple.a;
        Patches b = couple.b;
        double lever = couple.extent();
        double sigma = Math.sqrt(a.sigma * a.sigma + b.sigma * b.sigma);
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
            couple.places(move, reach, last ? most : most / 3, c, lever, now::add);
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
            double[] d = solved(rows, scale, lever, weak);
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
        return judged(couple, move, about, rows, scale, lever, weak);
    }

    private static double weight(double[] d, int k, double scale) {
        double v = d[k + 7];
        double u = d[k + 6] / (TUKEY * scale * Math.sqrt(v));
        return u * u < 1 ? (1 - u * u) * (1 - u * u) / v : 0;
    }

    /** The step of one round: H and g over the rows. */
    private static double @Nullable [] solved(Rows rows, double scale, double lever, double weak) {
        double[] h = new double[36];
        double[] g = new double[6];
        double sum = 0;
        for (int i = 0; i < rows.size; i++) {
            int k = Rows.WIDE * i;
            double w = weight(rows.data, k, scale);
            sum += w;
            for (int p = 0; p < 6; p++) {
                g[p] += w * rows.data[k + 6] * rows.data[k + p];
                for (int q = 0; q < 6; q++) {
                    h[6 * p + q] += w * rows.data[k + p] * rows.data[k + q];
                }
            }
        }
        if (!(sum > 0)) {
            return null;
        }
        double[] inverse = inverse(h, 6, weak * sum, new int[1], new double[6]);
        double[] d = new double[6];
        for (int p = 0; p < 6; p++) {
            for (int q = 0; q < 6; q++) {
                d[p] -= inverse[6 * p + q] * g[q];
            }
        }
        for (int p = 3; p < 6; p++) {
            d[p] /= lever;
        }
        return d;
    }

    /** The inverse in the directions whose eigenvalue is over {@code least}; their number and the weakest direction. */
    private static double[] inverse(double[] h, int n, double least, int[] known, double[] weakest) {
        double[] e = h.clone();
        double[] v = Symmetric.eigen(e, n);
        double[] out = new double[n * n];
        known[0] = 0;
        int weak = 0;
        for (int k = 0; k < n; k++) {
            weak = e[(n + 1) * k] < e[(n + 1) * weak] ? k : weak;
            if (e[(n + 1) * k] > least) {
                known[0]++;
                for (int p = 0; p < n; p++) {
                    for (int q = 0; q < n; q++) {
                        out[n * p + q] += v[n * p + k] * v[n * q + k] / e[(n + 1) * k];
                    }
                }
            }
        }
        for (int p = 0; p < Math.min(n, weakest.length); p++) {
            weakest[p] = v[n * p + weak];
        }
        return out;
    }

    private static Estimate judged(
            Couple couple, Move move, double[] about, Rows rows, double scale, double lever, double weak) {
        double[] c = new double[3];
        move.apply(about[0], about[1], about[2], c);
        // neighbours share points up to two radii apart, so sums are taken with those of all cells around
        double side = Math.max(2.2 * Math.max(couple.a.radius, couple.b.radius), lever / 100);
        Map<Cell, double[]> blocks = new TreeMap<>();
        double[] h = new double[49];
        double sum = 0;
        double[] row = new double[7];
        int used = 0;
        double steep = 0;
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
            Cell key =
                    new Cell(cell(rows.data[k + 8], side), cell(rows.data[k + 9], side), cell(rows.data[k + 10], side));
            double[] g = blocks.computeIfAbsent(key, none -> new double[7]);
            for (int p = 0; p < 7; p++) {
                g[p] += w * rows.data[k + 6] * row[p];
                for (int q = 0; q < 7; q++) {
                    h[7 * p + q] += w * row[p] * row[q];
                }
            }
        }
        int[] known = new int[1];
        double[] weakest = new double[6];
        double[] h6 = new double[36];
        double[] m6 = new double[36];
        double[] m7 = middle(blocks);
        for (int p = 0; p < 6; p++) {
            for (int q = 0; q < 6; q++) {
                h6[6 * p + q] = h[7 * p + q];
                m6[6 * p + q] = m7[7 * p + q];
            }
        }
        // a window of cells on a surface holds some nine of them, and those that overlap tell the same
        int parts = blocks.size() / 4;
        double bent = sum / Math.max(0.25 * sum, steep); // how much less than the weights the robust fit's slope is
        // T2 of six numbers (Hotelling): its 95 % quantile is p / (p - 9) of the normal one's, within a few hundredths
        double grow = bent * bent * (parts > 18 ? parts / (parts - 9.0) : 2);
        double[] all = new double[36];
        double[] inverse = inverse(h6, 6, weak * sum, known, weakest);
        double[] cov = sandwich(inverse, m6, 6, grow);
        double[] seven = inverse(h, 7, 1e-9 * sum, new int[1], new double[6]);
        double stretchError = Math.sqrt(sandwich(seven, m7, 7, grow)[48]) / lever;
        double stretch = 0;
        double[] g7 = new double[7];
        for (double[] g : blocks.values()) {
            for (int p = 0; p < 7; p++) {
                g7[p] += g[p];
            }
        }
        for (int q = 0; q < 7; q++) {
            stretch -= seven[42 + q] * g7[q] / lever;
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
                moved += d[p] * d[q] * h6[6 * p + q] / sum;
                error += cov[6 * p + q] * h6[6 * p + q] / sum;
            }
        }
        // what is not known may be anything up to the extent
        double[] e = h6.clone();
        double[] v = Symmetric.eigen(e, 6);
        System.arraycopy(cov, 0, all, 0, 36);
        double[] own = cov.clone();
        Symmetric.eigen(own, 6);
        double widest = 0;
        double length = 0;
        for (int k = 0; k < 6; k++) {
            widest = Math.max(widest, own[7 * k]);
            length += d[k] * d[k];
        }
        for (int k = 0; k < 6; k++) {
            if (e[7 * k] <= weak * sum) {
                for (int p = 0; p < 6; p++) {
                    for (int q = 0; q < 6; q++) {
                        all[6 * p + q] += v[6 * p + k] * v[6 * q + k] * lever * lever;
                    }
                }
            }
        }
        return new Estimate(
                move,
                about,
                metric(all, lever, turn),
                square,
                known[0],
                known[0] == 6 ? null : weakest,
                Math.sqrt(Math.max(0, moved)),
                Math.sqrt(Math.max(0, error)),
                stretch,
                stretchError,
                scale,
                known[0] < 6 ? Double.POSITIVE_INFINITY : Math.sqrt(length) + 2 * Math.sqrt(widest),
                parts,
                used);
    }

    private static long cell(double v, double side) {
        return (long) Math.floor(v / side);
    }

    /** A cell of space. */
    private record Cell(long x, long y, long z) implements Comparable<Cell> {
        @Override
        public int compareTo(Cell o) {
            int c = Long.compare(x, o.x);
            c = c == 0 ? Long.compare(y, o.y) : c;
            return c == 0 ? Long.compare(z, o.z) : c;
        }
    }

    /**
     * The covariance of the sums: every cell with itself and its neighbours (Conley 1999), but in no direction less than
     * cells alone say.
     */
    private static double[] middle(Map<Cell, double[]> cells) {
        double[] alone = new double[49];
        double[] with = new double[49];
        for (Map.Entry<Cell, double[]> e : cells.entrySet()) {
            double[] g = e.getValue();
            double[] near = new double[7];
            Cell c = e.getKey();
            for (int k = 0; k < 27; k++) {
                double[] n = cells.get(new Cell(c.x + k % 3 - 1, c.y + k / 3 % 3 - 1, c.z + k / 9 - 1));
                for (int p = 0; n != null && p < 7; p++) {
                    near[p] += n[p];
                }
            }
            for (int p = 0; p < 7; p++) {
                for (int q = 0; q < 7; q++) {
                    alone[7 * p + q] += g[p] * g[q];
                    with[7 * p + q] += (g[p] * near[q] + g[q] * near[p]) / 2;
                }
            }
        }
        double[] e = with.clone();
        double[] v = Symmetric.eigen(e, 7);
        double[] out = new double[49];
        for (int k = 0; k < 7; k++) {
            double least = 0;
            for (int p = 0; p < 7; p++) {
                for (int q = 0; q < 7; q++) {
                    least += v[7 * p + k] * alone[7 * p + q] * v[7 * q + k];
                }
            }
            double value = Math.max(e[8 * k], least);
            for (int p = 0; p < 7; p++) {
                for (int q = 0; q < 7; q++) {
                    out[7 * p + q] += value * v[7 * p + k] * v[7 * q + k];
                }
            }
        }
        return out;
    }

    private static double[] sandwich(double[] inverse, double[] middle, int n, double grow) {
        double[] left = product(inverse, middle, n);
        double[] out = product(left, inverse, n);
        for (int i = 0; i < out.length; i++) {
            out[i] *= grow;
        }
        return out;
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
