package org.grotto.align;

import java.util.Arrays;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.PlaneFit;
import org.grotto.geometry.Symmetric;

/** A curved patch (a quadric over the tangent plane) through the points nearest to a place, with all it says. One a thread. */
final class PatchSurface {
    private final Cloud cloud;
    private final PlaneFit plane = new PlaneFit();
    private final double[] h = new double[36];
    private final double[] g = new double[6];
    private final double[] f = new double[6];
    /** The place moved onto the surface, metres, relative to the place asked for. */
    final double[] foot = new double[3];

    final double[] normal = new double[3];
    /** Curvature uu, uv, vv over the surface's own tangent plane, 1/m, axes as in {@link Patches#beside}. */
    final double[] bend = new double[3];

    double sigma;
    double radius;

    PatchSurface(Cloud cloud) {
        this.cloud = cloud;
    }

    /**
     * Fits every {@code every}-th of the first {@code found} points of the query's answer.
     *
     * @return false where they do not lie on a sheet around the place
     */
    boolean fit(KdTree.Query q, int found, int every, double px, double py, double pz) {
        plane.clear();
        int n = 0;
        for (int j = 0; j < found; j += every) {
            int i = q.index[j];
            plane.add(1, cloud.px(i) - px, cloud.py(i) - py, cloud.pz(i) - pz);
            n++;
        }
        if (n < 12 || !plane.solve()) {
            return false;
        }
        if (plane.middle < 0.05 * plane.most || plane.least > 0.1 * plane.middle) {
            return false;
        }
        radius = Math.sqrt(2 * (plane.middle + plane.most));
        double nx = plane.normalX;
        double ny = plane.normalY;
        double nz = plane.normalZ;
        double off = nx * plane.meanX + ny * plane.meanY + nz * plane.meanZ;
        double mm = plane.meanX * plane.meanX + plane.meanY * plane.meanY + plane.meanZ * plane.meanZ;
        if (mm - off * off > 0.25 * radius * radius) {
            return false; // the place lies at the rim: what goes on beyond it nobody knows
        }
        double[] e = new double[3];
        double[] k = new double[3];
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
            f[0] = 1;
            f[1] = u;
            f[2] = v;
            f[3] = u * u;
            f[4] = u * v;
            f[5] = v * v;
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
        sigma = Math.sqrt(Math.max(0, ww - explained) / (n - 6));
        double su = g[1] / radius;
        double sv = g[2] / radius;
        double l = Math.sqrt(1 + su * su + sv * sv);
        foot[0] = g[0] * nx;
        foot[1] = g[0] * ny;
        foot[2] = g[0] * nz;
        for (int a = 0; a < 3; a++) {
            normal[a] = ((a == 0 ? nx : a == 1 ? ny : nz) - su * e[a] - sv * k[a]) / l;
        }
        // the second form along the axes of the tangent plane at the foot: old axes to new by what they have in common
        double[] e2 = new double[3];
        double[] k2 = new double[3];
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

    /** Turns the surface round. */
    void flip() {
        double[] e = new double[3];
        double[] k = new double[3];
        double[] e2 = new double[3];
        double[] k2 = new double[3];
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
    static void axes(double nx, double ny, double nz, double[] e, double[] k) {
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
