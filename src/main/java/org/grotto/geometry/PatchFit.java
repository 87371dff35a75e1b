package org.grotto.geometry;

import java.util.Arrays;

/** A curved patch (a quadric over the tangent plane) through the points nearest to a place. One a thread. */
public final class PatchFit {
    private final Cloud cloud;
    private final PlaneFit plane = new PlaneFit();
    private final double[] h = new double[36];
    private final double[] g = new double[6];
    private final double[] f = new double[6];

    /** The plane's unit normal; after {@link #fit} its sign is arbitrary, see {@link #face}. */
    public double nx;

    public double ny;
    public double nz;
    /** Distance from the patch to the place along the normal, metres. */
    public double height;
    /** Radius of the disc that the points fill. */
    public double radius;
    /** Distance of the place from the middle of the points, across the normal. */
    public double aside;
    /** How far points lie off the patch: unbiased standard deviation. */
    public double sigma;

    public PatchFit(Cloud cloud) {
        this.cloud = cloud;
    }

    /**
     * Fits the first {@code found} points of the query's answer around the place (px, py, pz), metres.
     *
     * @return false where the points do not lie on a sheet
     */
    public boolean fit(KdTree.Query q, int found, double px, double py, double pz) {
        if (found < 9) {
            return false;
        }
        plane.clear();
        for (int j = 0; j < found; j++) {
            int i = q.index[j];
            plane.add(1, cloud.px(i) - px, cloud.py(i) - py, cloud.pz(i) - pz);
        }
        if (!plane.solve()) {
            return false;
        }
        nx = plane.normalX;
        ny = plane.normalY;
        nz = plane.normalZ;
        radius = Math.sqrt(2 * (plane.middle + plane.most));
        double mx = plane.meanX;
        double my = plane.meanY;
        double mz = plane.meanZ;
        double off = nx * mx + ny * my + nz * mz;
        aside = Math.sqrt(Math.max(0, mx * mx + my * my + mz * mz - off * off));
        if (plane.middle < 0.05 * plane.most || plane.least > 0.1 * plane.middle) {
            return false; // a line, or a heap
        }
        return quadric(q, found, px, py, pz);
    }

    private boolean quadric(KdTree.Query q, int found, double px, double py, double pz) {
        boolean steep = Math.abs(nz) > 0.7;
        double ex = steep ? 0 : -ny;
        double ey = steep ? -nz : nx;
        double ez = steep ? ny : 0;
        double e = Math.sqrt(ex * ex + ey * ey + ez * ez);
        ex /= e;
        ey /= e;
        ez /= e;
        double fx = ny * ez - nz * ey;
        double fy = nz * ex - nx * ez;
        double fz = nx * ey - ny * ex;
        Arrays.fill(h, 0);
        Arrays.fill(g, 0);
        double ww = 0;
        for (int j = 0; j < found; j++) {
            int i = q.index[j];
            double dx = cloud.px(i) - px;
            double dy = cloud.py(i) - py;
            double dz = cloud.pz(i) - pz;
            double u = (dx * ex + dy * ey + dz * ez) / radius;
            double v = (dx * fx + dy * fy + dz * fz) / radius;
            double w = dx * nx + dy * ny + dz * nz;
            row(u, v);
            ww += w * w;
            for (int a = 0; a < 6; a++) {
                g[a] += f[a] * w;
                for (int b = 0; b <= a; b++) {
                    h[a * 6 + b] += f[a] * f[b];
                }
            }
        }
        double[] right = g.clone();
        if (!Symmetric.solve(h, g, 6)) {
            return false;
        }
        double explained = 0;
        for (int a = 0; a < 6; a++) {
            explained += g[a] * right[a];
        }
        sigma = Math.sqrt(Math.max(0, ww - explained) / Math.max(1, found - 6));
        // the surface's slope at the place turns distance along the plane's normal into distance across the surface
        height = -g[0] / Math.sqrt(1 + (g[1] * g[1] + g[2] * g[2]) / (radius * radius));
        return true;
    }

    private void row(double u, double v) {
        f[0] = 1;
        f[1] = u;
        f[2] = v;
        f[3] = u * u;
        f[4] = u * v;
        f[5] = v * v;
    }

    /** Turns the normal towards an eye. */
    public void face(double[] eye, double px, double py, double pz) {
        if (nx * (eye[0] - px) + ny * (eye[1] - py) + nz * (eye[2] - pz) < 0) {
            nx = -nx;
            ny = -ny;
            nz = -nz;
            height = -height;
        }
    }
}
