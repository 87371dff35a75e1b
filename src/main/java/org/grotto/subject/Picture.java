package org.grotto.subject;

import java.util.Arrays;

/**
 * Whether what an eye saw fills a rectangle, as the picture of a depth camera does: then it was cut off by the picture's
 * border, and what was scanned goes on beyond it. Things that stand free have outlines of their own.
 */
final class Picture {
    /** Cells along a side of the rectangle. */
    private static final int SIDE = 16;
    /** Angles of the rectangle that are tried, over a right angle. */
    private static final int ROLLS = 45;
    /** No camera sees more to either side: 65 degrees, as cosine. */
    private static final double WIDE = 0.42;
    /** And nobody takes a picture through a keyhole: the tangent of 12 degrees. */
    private static final double NARROW = 0.2;
    /** The rectangle is that of all discs but this share on each side. */
    private static final double BEYOND = 0.003;

    private static final int FEWEST = 400;

    private Picture() {}

    /**
     * The share of cells along the border of the best rectangle that are filled, 0 to 1; 0 where the discs do not lie in one
     * picture. A ball fills half, what hangs from one side less.
     *
     * @param e the eye, relative to the surfels' zero
     */
    static double bordered(Surfels s, double[] e) {
        double[] d = new double[3 * s.n];
        double[] m = new double[3];
        int n = 0;
        for (int i = 0; i < s.n; i++) {
            double x = s.p[3 * i] - e[0];
            double y = s.p[3 * i + 1] - e[1];
            double z = s.p[3 * i + 2] - e[2];
            double far = Math.sqrt(x * x + y * y + z * z);
            if (far > 0) {
                d[3 * n] = x / far;
                d[3 * n + 1] = y / far;
                d[3 * n + 2] = z / far;
                for (int k = 0; k < 3; k++) {
                    m[k] += d[3 * n + k];
                }
                n++;
            }
        }
        double l = Math.sqrt(m[0] * m[0] + m[1] * m[1] + m[2] * m[2]);
        if (n < FEWEST || l < WIDE * n) {
            return 0;
        }
        double[] flat = flat(d, n, new double[] {m[0] / l, m[1] / l, m[2] / l});
        double best = 0;
        for (int k = 0; flat.length > 0 && k < ROLLS; k++) {
            best = Math.max(best, border(flat, Math.PI / 2 * k / ROLLS));
        }
        return best;
    }

    /** Directions on the plane before the eye, two numbers each; none where some lie too far to the side. */
    private static double[] flat(double[] d, int n, double[] m) {
        boolean steep = Math.abs(m[2]) > 0.7;
        double[] u = steep ? new double[] {0, -m[2], m[1]} : new double[] {-m[1], m[0], 0};
        double l = Math.sqrt(u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
        double[] v = {(m[1] * u[2] - m[2] * u[1]) / l, (m[2] * u[0] - m[0] * u[2]) / l, (m[0] * u[1] - m[1] * u[0]) / l
        };
        double[] out = new double[2 * n];
        for (int i = 0; i < n; i++) {
            double ahead = d[3 * i] * m[0] + d[3 * i + 1] * m[1] + d[3 * i + 2] * m[2];
            if (ahead < WIDE) {
                return new double[0];
            }
            out[2 * i] = (d[3 * i] * u[0] + d[3 * i + 1] * u[1] + d[3 * i + 2] * u[2]) / (l * ahead);
            out[2 * i + 1] = (d[3 * i] * v[0] + d[3 * i + 1] * v[1] + d[3 * i + 2] * v[2]) / ahead;
        }
        return out;
    }

    private static double border(double[] flat, double roll) {
        int n = flat.length / 2;
        double c = Math.cos(roll);
        double s = Math.sin(roll);
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = c * flat[2 * i] + s * flat[2 * i + 1];
            y[i] = c * flat[2 * i + 1] - s * flat[2 * i];
        }
        double[] bx = within(x);
        double[] by = within(y);
        if (bx[1] - bx[0] < NARROW || by[1] - by[0] < NARROW) {
            return 0;
        }
        boolean[] full = new boolean[SIDE * SIDE];
        for (int i = 0; i < n; i++) {
            int a = (int) Math.floor((x[i] - bx[0]) / (bx[1] - bx[0]) * SIDE);
            int b = (int) Math.floor((y[i] - by[0]) / (by[1] - by[0]) * SIDE);
            if (a >= 0 && b >= 0 && a < SIDE && b < SIDE) {
                full[SIDE * b + a] = true;
            }
        }
        int there = 0;
        for (int k = 0; k < SIDE - 1; k++) {
            there += full[k] ? 1 : 0;
            there += full[SIDE * (SIDE - 1) + k + 1] ? 1 : 0;
            there += full[SIDE * (k + 1)] ? 1 : 0;
            there += full[SIDE * k + SIDE - 1] ? 1 : 0;
        }
        return there / (4.0 * (SIDE - 1));
    }

    private static double[] within(double[] t) {
        double[] sorted = t.clone();
        Arrays.sort(sorted);
        int out = (int) (BEYOND * sorted.length);
        return new double[] {sorted[out], sorted[sorted.length - 1 - out]};
    }
}
