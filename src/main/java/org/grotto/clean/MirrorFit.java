package org.grotto.clean;

import org.grotto.geometry.Symmetric;
import org.jspecify.annotations.Nullable;

/**
 * One step of Gauss and Newton to the plane in which places mirror surface best: heights of the images over the patches
 * they fall on, as functions of the plane's distance and two tilts about a pivot in it.
 */
final class MirrorFit {
    /** What patches are uncertain by beside noise and shape, metres. */
    private static final double FINE = 0.001;

    private final Glance scene;
    private final MirrorPlane plane;
    private final double[] pivot;
    private final double[] a = new double[9];
    private final double[] g = new double[3];
    private int used;

    /** @param at a place near which it shall fit */
    MirrorFit(Glance scene, MirrorPlane plane, double[] at) {
        this.scene = scene;
        this.plane = plane;
        double s = plane.over(at[0], at[1], at[2]);
        double[] n = plane.n();
        this.pivot = new double[] {at[0] - s * n[0], at[1] - s * n[1], at[2] - s * n[2]};
    }

    /** Adds a place and the image that was found of it. */
    void add(double x, double y, double z, double sigma, Glance.Match image) {
        int j = image.index;
        double[] t = plane.t();
        double[] b = plane.b();
        double mn = scene.dot(j, plane.n());
        double s = plane.over(x, y, z);
        double qx = x - pivot[0];
        double qy = y - pivot[1];
        double qz = z - pivot[2];
        double wt = t[0] * qx + t[1] * qy + t[2] * qz;
        double wb = b[0] * qx + b[1] * qy + b[2] * qz;
        double[] row = {2 * mn, -2 * (wt * mn + s * scene.dot(j, t)), -2 * (wb * mn + s * scene.dot(j, b))};
        double doubt = FINE + sigma + scene.rms(j);
        double weight = 1 / (doubt * doubt);
        for (int k = 0; k < 3; k++) {
            for (int l = 0; l < 3; l++) {
                a[3 * k + l] += weight * row[k] * row[l];
            }
            g[k] -= weight * row[k] * image.off;
        }
        used++;
    }

    /** The better plane; null where too few places say too little. */
    @Nullable
    MirrorPlane solve() {
        double scale = Math.max(a[0], Math.max(a[4], a[8]));
        for (int k = 0; k < 3; k++) {
            a[4 * k] += 1e-6 * scale;
        }
        if (used < 6 || !Symmetric.solve(a, g, 3)) {
            return null;
        }
        double[] n = new double[3];
        for (int k = 0; k < 3; k++) {
            n[k] = plane.n()[k] + g[1] * plane.t()[k] + g[2] * plane.b()[k];
        }
        double l = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        double d = (n[0] * pivot[0] + n[1] * pivot[1] + n[2] * pivot[2]) / l + g[0];
        return MirrorPlane.of(n[0] / l, n[1] / l, n[2] / l, d);
    }
}
