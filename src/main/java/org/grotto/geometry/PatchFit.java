package org.grotto.geometry;

import java.util.Arrays;

/**
 * A curved patch through the points nearest to a place: where it passes, how it faces and bends there, how far points lie
 * off it. A quadric over the tangent plane, and where that is too little, as on a column of which one side is seen, one
 * whose sections are circles: a parabola through half a circle passes its top by a twentieth of its height. One a thread,
 * filled again and again.
 */
public final class PatchFit {
    /** Eight ways round. */
    private static final double[] RING = {
        1,
        0,
        Math.sqrt(0.5),
        Math.sqrt(0.5),
        0,
        1,
        -Math.sqrt(0.5),
        Math.sqrt(0.5),
        -1,
        0,
        -Math.sqrt(0.5),
        -Math.sqrt(0.5),
        0,
        -1,
        Math.sqrt(0.5),
        -Math.sqrt(0.5)
    };

    /** Sections are taken for circles where these lie off their parabolas, at the rim, by more than this share of sigma. */
    private static final double ROUND = 0.1;
    /** Steps towards the round patch, each along the normal of the one before it. */
    private static final int STEPS = 4;

    private final Cloud cloud;
    private final PlaneFit plane = new PlaneFit();
    private final double[] h = new double[36];
    private final double[] g = new double[6];
    private final double[] right = new double[6];
    private final double[] f = new double[6];
    /** The direction over which the surface is a height. */
    private final double[] along = new double[3];
    /** The curvature of the circles that sections are taken for, as {@link #bend}. */
    private final double[] taken = new double[3];
    /** Two axes across it, and across the surface's normal. */
    private final double[] e = new double[3];

    private final double[] k = new double[3];
    private final double[] e2 = new double[3];
    private final double[] k2 = new double[3];
    /** Where the surface is along the plane's normal, relative to the place asked for, metres. */
    public final double[] foot = new double[3];
    /** The surface's unit normal there, its sign arbitrary, see {@link #face}. */
    public final double[] normal = new double[3];
    /** Curvature uu, uv, vv over the surface's own tangent plane, 1/m, in the axes of {@link #axes}. */
    public final double[] bend = new double[3];
    /** Radius of the disc that the points fill, metres. */
    public double radius;
    /** Distance of the place from the middle of the points, across the normal, metres. */
    public double aside;
    /** How far points lie off the patch: unbiased standard deviation, metres. */
    public double sigma;
    /** How many points were fitted. */
    public int count;
    /** The middle of the points across the plane's normal, in radii. */
    private double middleU;

    private double middleV;

    public PatchFit(Cloud cloud) {
        this.cloud = cloud;
    }

    /**
     * Fits every {@code every}-th of the first {@code found} points of the query's answer around the place (px, py, pz), metres.
     *
     * @return false where the points do not lie on a sheet
     */
    public boolean fit(KdTree.Query q, int found, int every, double px, double py, double pz) {
        count = (found + every - 1) / every;
        if (count < 9) {
            return false;
        }
        plane.clear();
        for (int j = 0; j < found; j += every) {
            int i = q.index[j];
            plane.add(1, cloud.px(i) - px, cloud.py(i) - py, cloud.pz(i) - pz);
        }
        if (!plane.solve()) {
            return false;
        }
        radius = Math.sqrt(2 * (plane.middle + plane.most));
        double mx = plane.meanX;
        double my = plane.meanY;
        double mz = plane.meanZ;
        double off = plane.normalX * mx + plane.normalY * my + plane.normalZ * mz;
        aside = Math.sqrt(Math.max(0, mx * mx + my * my + mz * mz - off * off));
        if (plane.middle < 0.05 * plane.most || plane.least > 0.1 * plane.middle) {
            return false; // a line, or a heap
        }
        axis(plane.normalX, plane.normalY, plane.normalZ);
        if (!quadric(q, found, every, px, py, pz, false)) {
            return false;
        }
        double curved = Math.max(Math.abs(bend[0]), Math.abs(bend[2])) + Math.abs(bend[1]) / 2;
        if (curved * curved * curved * radius * radius * radius * radius < ROUND * sigma) {
            return true;
        }
        double parabola = sigma;
        for (int step = 0; step < STEPS; step++) {
            axis(normal[0], normal[1], normal[2]);
            for (int a = 0; a < 3; a++) { // from a parabola's curvature, which is too large, each step would go too far
                taken[a] = step == 0 ? bend[a] : 0.5 * (taken[a] + bend[a]);
            }
            if (!quadric(q, found, every, px, py, pz, true)) {
                return false;
            }
        }
        if (sigma <= parabola) {
            return true;
        }
        axis(plane.normalX, plane.normalY, plane.normalZ);
        return quadric(q, found, every, px, py, pz, false);
    }

    private void axis(double x, double y, double z) {
        along[0] = x;
        along[1] = y;
        along[2] = z;
    }

    /**
     * How much farther a circle is off its tangent than its parabola.
     *
     * @param bend the parabola's height, metres; and {@code aside}, the distance along the tangent
     */
    public static double rounder(double bend, double aside) {
        double s = aside > 0 ? 2 * bend / aside : 0;
        return bend * (2 / (1 + Math.sqrt(Math.max(0.04, 1 - s * s))) - 1);
    }

    /** @param round whether sections are circles, as curved as {@link #taken} says: of a patch fitted along its own normal */
    private boolean quadric(KdTree.Query q, int found, int every, double px, double py, double pz, boolean round) {
        double nx = along[0];
        double ny = along[1];
        double nz = along[2];
        axes(nx, ny, nz, e, k);
        Arrays.fill(h, 0);
        Arrays.fill(g, 0);
        double ww = 0;
        for (int j = 0; j < found; j += every) {
            int i = q.index[j];
            double dx = cloud.px(i) - px;
            double dy = cloud.py(i) - py;
            double dz = cloud.pz(i) - pz;
            double u = (dx * e[0] + dy * e[1] + dz * e[2]) / radius;
            double v = (dx * k[0] + dy * k[1] + dz * k[2]) / radius;
            double w = dx * nx + dy * ny + dz * nz;
            if (round) {
                double r2 = radius * radius;
                w -= rounder(
                        r2 * (taken[0] * u * u + taken[1] * u * v + taken[2] * v * v),
                        radius * Math.sqrt(u * u + v * v));
            }
            row(u, v);
            ww += w * w;
            for (int a = 0; a < 6; a++) {
                g[a] += f[a] * w;
                for (int b = 0; b <= a; b++) {
                    h[a * 6 + b] += f[a] * f[b];
                }
            }
        }
        middleU = h[6] / count;
        middleV = h[12] / count;
        System.arraycopy(g, 0, right, 0, 6);
        if (!Symmetric.solve(h, g, 6)) {
            return false;
        }
        double explained = 0;
        for (int a = 0; a < 6; a++) {
            explained += g[a] * right[a];
        }
        sigma = Math.sqrt(Math.max(0, ww - explained) / Math.max(1, count - 6));
        foot[0] = g[0] * nx;
        foot[1] = g[0] * ny;
        foot[2] = g[0] * nz;
        double su = g[1] / radius;
        double sv = g[2] / radius;
        double l = Math.sqrt(1 + su * su + sv * sv);
        normal[0] = (nx - su * e[0] - sv * k[0]) / l;
        normal[1] = (ny - su * e[1] - sv * k[1]) / l;
        normal[2] = (nz - su * e[2] - sv * k[2]) / l;
        // the second form along the axes of the tangent plane at the foot: old axes to new by what they have in common
        axes(normal[0], normal[1], normal[2], e2, k2);
        double ee = dot(e, e2);
        double ek = dot(e, k2);
        double ke = dot(k, e2);
        double kk = dot(k, k2);
        double r2 = radius * radius * l * l * l;
        double a = g[3] / r2;
        double b = g[4] / r2;
        double c = g[5] / r2;
        bend[0] = a * ee * ee + b * ee * ke + c * ke * ke;
        bend[1] = 2 * a * ee * ek + b * (ee * kk + ek * ke) + 2 * c * ke * kk;
        bend[2] = a * ek * ek + b * ek * kk + c * kk * kk;
        return true;
    }

    /**
     * How badly the points tell the surface over the disc they fill: the largest variance of its place on a ring of 0.8 radii,
     * in variances of a single point. Of points spread evenly it is 6 over their number; two rows of a raster far apart leave
     * what lies between and beside them open, however many points they have. Of the patch fitted last.
     */
    public double loose() {
        double most = 0;
        double[] y = new double[6];
        for (int d = 0; d < 16; d += 2) {
            row(middleU + 0.8 * RING[d], middleV + 0.8 * RING[d + 1]);
            double sum = 0;
            for (int a = 0; a < 6; a++) { // h holds its root, a lower triangle
                double t = f[a];
                for (int b = 0; b < a; b++) {
                    t -= h[a * 6 + b] * y[b];
                }
                y[a] = t / h[a * 7];
                sum += y[a] * y[a];
            }
            most = Math.max(most, sum);
        }
        return most;
    }

    private void row(double u, double v) {
        f[0] = 1;
        f[1] = u;
        f[2] = v;
        f[3] = u * u;
        f[4] = u * v;
        f[5] = v * v;
    }

    /** Turns the surface round where it faces away from the direction. */
    public void face(double dx, double dy, double dz) {
        if (normal[0] * dx + normal[1] * dy + normal[2] * dz >= 0) {
            return;
        }
        axes(normal[0], normal[1], normal[2], e, k);
        for (int a = 0; a < 3; a++) {
            normal[a] = -normal[a];
        }
        axes(normal[0], normal[1], normal[2], e2, k2);
        double s = dot(e, e2) * dot(k, k2); // each axis stays or turns round
        bend[0] = -bend[0];
        bend[1] = -bend[1] * Math.signum(s);
        bend[2] = -bend[2];
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    /** Two axes across a unit normal. */
    private static void axes(double nx, double ny, double nz, double[] e, double[] k) {
        if (Math.abs(nz) > 0.7) {
            double l = Math.sqrt(ny * ny + nz * nz);
            e[0] = 0;
            e[1] = -nz / l;
            e[2] = ny / l;
        } else {
            double l = Math.sqrt(nx * nx + ny * ny);
            e[0] = -ny / l;
            e[1] = nx / l;
            e[2] = 0;
        }
        k[0] = ny * e[2] - nz * e[1];
        k[1] = nz * e[0] - nx * e[2];
        k[2] = nx * e[1] - ny * e[0];
    }
}
