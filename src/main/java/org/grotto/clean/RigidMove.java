package org.grotto.clean;

import java.util.Arrays;
import org.grotto.geometry.Symmetric;
import org.jspecify.annotations.Nullable;

/**
 * The small rigid move that takes one station's surface onto another's, from signed distances along normals: linearised
 * point-to-plane least squares (Chen and Medioni 1992) with Tukey's weights. Directions that the overlap does not
 * determine (a wall lets everything slide along it) are left at zero.
 */
final class RigidMove {
    /** Numbers a place: position, normal, signed distance (first station minus second). */
    static final int ROW = 7;
    /** Fewer places say nothing. */
    static final int LEAST = 100;

    private final double[] centre;
    /** Translation at the centre, then rotation vector times {@link #size}. */
    private final double[] x;

    private final double size;
    private final int observable;
    /** RMS of the move along the normals, metres. */
    final double shift;
    /** Standard error of {@link #shift} where nothing moved. */
    private final double error;

    private RigidMove(double[] centre, double[] x, double size, int observable, double shift, double error) {
        this.centre = centre;
        this.x = x;
        this.size = size;
        this.observable = observable;
        this.shift = shift;
        this.error = error;
    }

    /** How the move displaces a point. */
    double[] at(double px, double py, double pz) {
        double dx = (px - centre[0]) / size;
        double dy = (py - centre[1]) / size;
        double dz = (pz - centre[2]) / size;
        return new double[] {x[0] + x[4] * dz - x[5] * dy, x[1] + x[5] * dx - x[3] * dz, x[2] + x[3] * dy - x[4] * dx};
    }

    /**
     * Fits a move to places whose distances were measured after {@code before} was applied, and adds it to that.
     *
     * @param noise both stations' noise together, metres
     * @return null where there are too few places
     */
    static @Nullable RigidMove fit(double[] rows, double noise, @Nullable RigidMove before) {
        int n = rows.length / ROW;
        if (n < LEAST) {
            return before;
        }
        double[] c = before != null ? before.centre : centre(rows);
        double size = before != null ? before.size : size(rows, c);
        double[] x = new double[6];
        double[] residual = new double[n];
        double[] j = new double[6];
        double scale = 0;
        int observable = 0;
        double effective = 0;
        for (int round = 0; round < 8; round++) {
            for (int k = 0; k < n; k++) {
                jacobian(rows, k, c, size, j);
                residual[k] = rows[k * ROW + 6] + dot(j, x);
            }
            scale = Math.max(spread(residual, round == 0), 1e-9);
            double cut = 4.685 * scale;
            double[] h = new double[36];
            double[] g = new double[6];
            effective = 0;
            for (int k = 0; k < n; k++) {
                double t = residual[k] / cut;
                if (Math.abs(t) >= 1) {
                    continue;
                }
                double w = (1 - t * t) * (1 - t * t);
                effective += w;
                jacobian(rows, k, c, size, j);
                for (int a = 0; a < 6; a++) {
                    g[a] -= w * j[a] * rows[k * ROW + 6];
                    for (int b = 0; b < 6; b++) {
                        h[a * 6 + b] += w * j[a] * j[b];
                    }
                }
            }
            double[] v = Symmetric.eigen(h, 6);
            double largest = 0;
            for (int a = 0; a < 6; a++) {
                largest = Math.max(largest, h[a * 7]);
            }
            // determined to a tenth of the noise, or nearly as well as the best direction
            double needed = 100 * (scale / Math.max(noise, 1e-9)) * (scale / Math.max(noise, 1e-9));
            double weak = Math.max(0.005 * largest, Math.min(needed, 0.02 * largest));
            Arrays.fill(x, 0);
            observable = 0;
            for (int a = 0; a < 6; a++) {
                double l = h[a * 7];
                if (!(l > 0) || l < weak) {
                    continue;
                }
                observable++;
                double s = 0;
                for (int b = 0; b < 6; b++) {
                    s += v[b * 6 + a] * g[b];
                }
                for (int b = 0; b < 6; b++) {
                    x[b] += v[b * 6 + a] * s / l;
                }
            }
        }
        if (before != null) {
            for (int a = 0; a < 6; a++) {
                x[a] += before.x[a];
            }
        }
        double sum = 0;
        for (int k = 0; k < n; k++) {
            jacobian(rows, k, c, size, j);
            double d = dot(j, x);
            sum += d * d;
        }
        // neighbouring places share the other station's points, so the error is taken twice as large
        double error = 2 * scale * Math.sqrt(Math.max(1, observable) / Math.max(1, effective));
        return new RigidMove(c, x, size, observable, Math.sqrt(sum / n), error);
    }

    /** A robust standard deviation: about the median at first, about zero later. */
    private static double spread(double[] residual, boolean aboutMedian) {
        double[] a = residual.clone();
        Arrays.sort(a);
        double m = aboutMedian ? Quantiles.at(a, 0.5) : 0;
        for (int k = 0; k < a.length; k++) {
            a[k] = Math.abs(residual[k] - m);
        }
        Arrays.sort(a);
        double mad = 1.4826 * Quantiles.at(a, 0.5);
        return aboutMedian ? mad + Math.abs(m) : mad;
    }

    private static double dot(double[] a, double[] b) {
        double s = 0;
        for (int i = 0; i < a.length; i++) {
            s += a[i] * b[i];
        }
        return s;
    }

    private static void jacobian(double[] rows, int k, double[] c, double size, double[] j) {
        int o = k * ROW;
        double px = (rows[o] - c[0]) / size;
        double py = (rows[o + 1] - c[1]) / size;
        double pz = (rows[o + 2] - c[2]) / size;
        double nx = rows[o + 3];
        double ny = rows[o + 4];
        double nz = rows[o + 5];
        j[0] = nx;
        j[1] = ny;
        j[2] = nz;
        j[3] = py * nz - pz * ny;
        j[4] = pz * nx - px * nz;
        j[5] = px * ny - py * nx;
    }

    private static double[] centre(double[] rows) {
        int n = rows.length / ROW;
        double[] c = new double[3];
        for (int k = 0; k < n; k++) {
            for (int a = 0; a < 3; a++) {
                c[a] += rows[k * ROW + a] / n;
            }
        }
        return c;
    }

    private static double size(double[] rows, double[] c) {
        int n = rows.length / ROW;
        double s = 0;
        for (int k = 0; k < n; k++) {
            for (int a = 0; a < 3; a++) {
                double d = rows[k * ROW + a] - c[a];
                s += d * d / n;
            }
        }
        return Math.max(Math.sqrt(s), 1e-6);
    }

    /** Puts a pair's numbers together: {@code rows} as measured before any move. */
    static PairResidual verdict(int a, int b, double[] rows, double noise, @Nullable RigidMove move) {
        int n = rows.length / ROW;
        double[] h = new double[n];
        double sum = 0;
        for (int k = 0; k < n; k++) {
            h[k] = rows[k * ROW + 6];
            sum += h[k] * h[k];
        }
        Arrays.sort(h);
        double median = Quantiles.at(h, 0.5);
        for (int k = 0; k < n; k++) {
            h[k] = Math.abs(h[k]);
        }
        Arrays.sort(h);
        double p95 = Quantiles.at(h, 0.95);
        double rms = Math.sqrt(sum / Math.max(1, n));
        if (move == null || move.observable == 0) {
            return new PairResidual(
                    a,
                    b,
                    n,
                    median,
                    rms,
                    p95,
                    centre(rows),
                    new double[3],
                    new double[3],
                    0,
                    0,
                    0,
                    PairResidual.Verdict.TOO_SMALL);
        }
        double[] t = new double[3];
        double[] r = new double[3];
        for (int k = 0; k < 3; k++) {
            t[k] = 1000 * move.x[k];
            r[k] = 1000 * move.x[3 + k] / move.size;
        }
        double threshold = Math.max(0.5 * noise, 4 * move.error);
        PairResidual.Verdict verdict =
                move.shift > threshold ? PairResidual.Verdict.DOUBLED_WALL : PairResidual.Verdict.CONSISTENT;
        return new PairResidual(
                a,
                b,
                n,
                median,
                rms,
                p95,
                move.centre,
                t,
                r,
                move.observable,
                1000 * move.shift,
                1000 * threshold,
                verdict);
    }
}
