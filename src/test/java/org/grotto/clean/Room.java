package org.grotto.clean;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Pose;
import org.grotto.scene.Station;

/**
 * A room of 4 x 3.5 x 3 m in closed form, with a pillar, a ball and a wall of 4 mm ridges, scanned by rays; the beam is
 * 3 mm wide and mixes ranges at edges. For tests.
 */
final class Room {
    static final Lattice LATTICE = new Lattice(0, 0, 0, 1e-6);
    static final double RIDGE = 0.004;

    final List<Station> stations = new ArrayList<>();
    final List<double[]> eyes = new ArrayList<>();
    /** Of each point: whether its range is a mixture, and the true normal. */
    boolean[] mixed = new boolean[1024];

    /** Distance of the point as measured from the true surface along the ray, metres. */
    double[] error = new double[1024];

    float[] normal = new float[3 * 1024];
    private int[][] xyz = new int[3][1024];
    private char[] station = new char[1024];
    int size;

    private double hx;
    private double hy;
    private double hz;

    /** The range of the surface from o along unit d; leaves the normal in hx, hy, hz. */
    private double cast(double[] o, double dx, double dy, double dz) {
        double best = 1e9;
        double[] lo = {0, 0, 0};
        double[] hi = {4, 3.5, 3};
        double[] d = {dx, dy, dz};
        for (int a = 0; a < 3; a++) {
            double t = d[a] > 0 ? (hi[a] - o[a]) / d[a] : d[a] < 0 ? (lo[a] - o[a]) / d[a] : 1e9;
            if (t < best) {
                best = t;
                hx = a == 0 ? -Math.signum(d[0]) : 0;
                hy = a == 1 ? -Math.signum(d[1]) : 0;
                hz = a == 2 ? -Math.signum(d[2]) : 0;
            }
        }
        if (hx == -1) {
            // ridges of 10 mm every 50 mm on the wall x = 4, standing out by RIDGE
            double t = (4 - RIDGE - o[0]) / dx;
            double y = o[1] + t * dy;
            if (y - 0.05 * Math.floor(y / 0.05) < 0.01) {
                best = t;
            }
        }
        // the pillar: a cylinder of 0.2 m about (2.6, 1.2)
        double ax = o[0] - 2.6;
        double ay = o[1] - 1.2;
        double qa = dx * dx + dy * dy;
        double qb = ax * dx + ay * dy;
        double qc = ax * ax + ay * ay - 0.04;
        double disc = qb * qb - qa * qc;
        if (disc > 0) {
            double t = (-qb - Math.sqrt(disc)) / qa;
            if (t > 0 && t < best) {
                best = t;
                hx = (ax + t * dx) / 0.2;
                hy = (ay + t * dy) / 0.2;
                hz = 0;
            }
        }
        // the ball: 0.35 m about (1.2, 2.6, 1.4)
        double bx = o[0] - 1.2;
        double by = o[1] - 2.6;
        double bz = o[2] - 1.4;
        qb = bx * dx + by * dy + bz * dz;
        qc = bx * bx + by * by + bz * bz - 0.35 * 0.35;
        disc = qb * qb - qc;
        if (disc > 0) {
            double t = -qb - Math.sqrt(disc);
            if (t > 0 && t < best) {
                best = t;
                hx = (bx + t * dx) / 0.35;
                hy = (by + t * dy) / 0.35;
                hz = (bz + t * dz) / 0.35;
            }
        }
        return best;
    }

    /**
     * Scans from an eye.
     *
     * @param step angle between rays
     * @param noise of the range
     * @param move what the registration got wrong: translation in metres, rotation vector in radians about the eye
     */
    Room scan(double[] eye, double step, double noise, boolean mix, double[] move, long seed) {
        Random random = new Random(seed);
        char s = (char) stations.size();
        int before = size;
        int rows = (int) (Math.PI / step);
        for (int row = 0; row < rows; row++) {
            double phi = -Math.PI / 2 + (row + 0.5) * step;
            int cols = (int) Math.max(1, 2 * Math.PI * Math.cos(phi) / step);
            for (int col = 0; col < cols; col++) {
                double theta = 2 * Math.PI * (col + 0.5) / cols;
                double dx = Math.cos(phi) * Math.cos(theta);
                double dy = Math.cos(phi) * Math.sin(theta);
                double dz = Math.sin(phi);
                double r = cast(eye, dx, dy, dz);
                float nx = (float) hx;
                float ny = (float) hy;
                float nz = (float) hz;
                double measured = r;
                if (mix) {
                    // four rays at the rim of the spot; a jump among them mixes
                    double w = 0.0015 / r;
                    double far = r;
                    double near = r;
                    for (int k = 0; k < 4; k++) {
                        double e = k < 2 ? (k == 0 ? w : -w) : 0;
                        double f = k >= 2 ? (k == 2 ? w : -w) : 0;
                        double p = phi + e;
                        double t = theta + f / Math.max(0.05, Math.cos(phi));
                        double q = cast(eye, Math.cos(p) * Math.cos(t), Math.cos(p) * Math.sin(t), Math.sin(p));
                        far = Math.max(far, q);
                        near = Math.min(near, q);
                    }
                    if (far - near > 0.03) {
                        measured = near + (far - near) * random.nextDouble();
                    }
                }
                boolean isMixed = measured != r;
                double err = measured - r;
                measured += noise * random.nextGaussian();
                add(s, eye, measured, dx, dy, dz, move, isMixed, err, nx, ny, nz);
            }
        }
        stations.add(
                new Station("s" + (int) s, "test", null, new Pose(1, 0, 0, 0, eye[0], eye[1], eye[2]), size - before));
        eyes.add(eye);
        return this;
    }

    private void add(
            char s,
            double[] eye,
            double r,
            double dx,
            double dy,
            double dz,
            double[] move,
            boolean isMixed,
            double err,
            float nx,
            float ny,
            float nz) {
        if (size == station.length) {
            int n = size * 2;
            mixed = java.util.Arrays.copyOf(mixed, n);
            error = java.util.Arrays.copyOf(error, n);
            normal = java.util.Arrays.copyOf(normal, 3 * n);
            station = java.util.Arrays.copyOf(station, n);
            for (int a = 0; a < 3; a++) {
                xyz[a] = java.util.Arrays.copyOf(xyz[a], n);
            }
        }
        double x = r * dx;
        double y = r * dy;
        double z = r * dz;
        xyz[0][size] = LATTICE.ix(eye[0] + x + move[0] + move[4] * z - move[5] * y);
        xyz[1][size] = LATTICE.iy(eye[1] + y + move[1] + move[5] * x - move[3] * z);
        xyz[2][size] = LATTICE.iz(eye[2] + z + move[2] + move[3] * y - move[4] * x);
        station[size] = s;
        mixed[size] = isMixed;
        error[size] = err;
        normal[3 * size] = nx;
        normal[3 * size + 1] = ny;
        normal[3 * size + 2] = nz;
        size++;
    }

    static final double[] STILL = new double[6];

    Cloud cloud() {
        return new Cloud(
                LATTICE,
                java.util.Arrays.copyOf(xyz[0], size),
                java.util.Arrays.copyOf(xyz[1], size),
                java.util.Arrays.copyOf(xyz[2], size),
                null,
                null,
                null,
                java.util.Arrays.copyOf(station, size));
    }

    /** Three stations, one of them moved. */
    static Room three(double step, double noise, boolean mix, double[] move) {
        return new Room()
                .scan(new double[] {0.8, 0.7, 1.5}, step, noise, mix, STILL, 1)
                .scan(new double[] {3.2, 2.7, 1.4}, step, noise, mix, move, 2)
                .scan(new double[] {0.7, 1.9, 1.7}, step, noise, mix, STILL, 3);
    }
}
