package org.grotto.surface;

import java.util.SplittableRandom;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;

/**
 * A closed chamber given by a formula, open inside: a rounded box with a pillar, boulders and ripples. Scans of it are
 * random by area with exact normals; its distance is found by Newton steps along the gradient.
 */
final class AnalyticCave {
    /** The open side is positive; near the surface about a distance, in metres. */
    @FunctionalInterface
    interface Shape {
        double at(double x, double y, double z);
    }

    final Shape shape;
    final Box box;

    AnalyticCave(Shape shape, Box box) {
        this.shape = shape;
        this.box = box;
    }

    static AnalyticCave chamber(double s) {
        Shape f = (x0, y0, z0) -> {
            double x = x0 / s;
            double y = y0 / s;
            double z = z0 / s;
            double d = -(roundBox(x, y, z, 2, 1.7, 1.5, 0.4));
            d = smin(d, Math.sqrt(sq(x - 0.6) + sq(y + 0.3)) - 0.25 - 0.03 * Math.sin(9 * z), 0.1);
            d = smin(d, Math.sqrt(sq(x + 1.1) + sq(y - 0.8) + sq(z + 1.2)) - 0.6, 0.08);
            d = smin(d, Math.sqrt(sq(x + 0.2) + sq(y - 1.5) + sq(z - 0.2)) - 0.35, 0.02);
            d = smin(d, roundBox(x - 1.2, y - 1.1, z + 1, 0.4, 0.3, 0.5, 0.02), 0.01);
            d += 0.012 * Math.sin(11 * x + 1) * Math.sin(13 * y) * Math.sin(12 * z + 2);
            d += 0.003 * Math.sin(41 * x) * Math.sin(37 * y + 1) * Math.sin(43 * z);
            return s * d;
        };
        return new AnalyticCave(f, new Box(-2.2 * s, -1.9 * s, -1.7 * s, 2.2 * s, 1.9 * s, 1.7 * s));
    }

    static AnalyticCave sphere(double r) {
        return new AnalyticCave(
                (x, y, z) -> r - Math.sqrt(x * x + y * y + z * z),
                new Box(-1.1 * r, -1.1 * r, -1.1 * r, 1.1 * r, 1.1 * r, 1.1 * r));
    }

    static double roundBox(double x, double y, double z, double a, double b, double c, double r) {
        double p = Math.abs(x) - a + r;
        double q = Math.abs(y) - b + r;
        double t = Math.abs(z) - c + r;
        return Math.sqrt(sq(Math.max(p, 0)) + sq(Math.max(q, 0)) + sq(Math.max(t, 0)))
                + Math.min(Math.max(p, Math.max(q, t)), 0)
                - r;
    }

    private static double smin(double a, double b, double k) {
        double h = Math.max(k - Math.abs(a - b), 0) / k;
        return Math.min(a, b) - h * h * k / 4;
    }

    private static double sq(double v) {
        return v * v;
    }

    /** Writes the gradient into g and gives the value. */
    double gradient(double x, double y, double z, double[] g) {
        double h = 1e-6 * box.longest();
        g[0] = (shape.at(x + h, y, z) - shape.at(x - h, y, z)) / (2 * h);
        g[1] = (shape.at(x, y + h, z) - shape.at(x, y - h, z)) / (2 * h);
        g[2] = (shape.at(x, y, z + h) - shape.at(x, y, z - h)) / (2 * h);
        return shape.at(x, y, z);
    }

    /** Moves p to the surface along the gradient; gives the distance moved, negative from inside the rock. */
    double project(double[] p, double[] g) {
        double x = p[0];
        double y = p[1];
        double z = p[2];
        double first = 0;
        for (int i = 0; i < 6; i++) {
            double f = gradient(p[0], p[1], p[2], g);
            if (i == 0) {
                first = f;
            }
            double l = g[0] * g[0] + g[1] * g[1] + g[2] * g[2];
            if (Math.abs(f) < 1e-9 * box.longest() || l < 1e-12) {
                break;
            }
            p[0] -= f * g[0] / l;
            p[1] -= f * g[1] / l;
            p[2] -= f * g[2] / l;
        }
        double d = Math.sqrt(sq(p[0] - x) + sq(p[1] - y) + sq(p[2] - z));
        return first < 0 ? -d : d;
    }

    /** Distance to the surface. */
    double distance(double x, double y, double z) {
        return project(new double[] {x, y, z}, new double[3]);
    }

    /** n random points by area, with noise along the normal. */
    Cloud scan(int n, double noise, long seed) {
        SplittableRandom r = new SplittableRandom(seed);
        double band = 0.01 * box.longest();
        double[] p = new double[3];
        double[] g = new double[3];
        Lattice lattice = new Lattice(0, 0, 0, 1e-6);
        int[] x = new int[n];
        int[] y = new int[n];
        int[] z = new int[n];
        float[] normals = new float[3 * n];
        for (int i = 0; i < n; ) {
            p[0] = r.nextDouble(box.minX(), box.maxX());
            p[1] = r.nextDouble(box.minY(), box.maxY());
            p[2] = r.nextDouble(box.minZ(), box.maxZ());
            double f = shape.at(p[0], p[1], p[2]);
            if (Math.abs(f) > 2 * band || Math.abs(project(p, g)) > band) {
                continue;
            }
            double l = Math.sqrt(g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
            double e = noise == 0 ? 0 : noise * r.nextGaussian();
            x[i] = lattice.ix(p[0] + e * g[0] / l);
            y[i] = lattice.iy(p[1] + e * g[1] / l);
            z[i] = lattice.iz(p[2] + e * g[2] / l);
            for (int a = 0; a < 3; a++) {
                normals[3 * i + a] = (float) (g[a] / l);
            }
            i++;
        }
        return new Cloud(lattice, x, y, z, normals, null, null, null);
    }
}
