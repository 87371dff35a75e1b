package org.grotto.surface;

import org.grotto.geometry.Cloud;

/**
 * What one station saw: the shortest range in each direction, on the six faces of a cube around its eye, in pixels about
 * one and a half ray distances wide. Tells whether a place lies in space that the laser crossed.
 */
final class EvidenceRangeMap {
    private static final double RAYS_A_PIXEL = 1.5;

    private final double[] eye;
    /** Pixels along a unit of face coordinate. */
    private final double scale;

    private final int[] u0 = new int[6];
    private final int[] v0 = new int[6];
    private final int[] width = new int[6];
    private final int[] height = new int[6];
    private final float[][] range = new float[6][];

    /** Cost: four passes over the station's points; memory about a float a point. */
    EvidenceRangeMap(Cloud cloud, int[] members, double[] eye) {
        this.eye = eye;
        double rayDistance = rayDistance(cloud, members, eye);
        this.scale = 1 / (RAYS_A_PIXEL * rayDistance);
        double[] uv = new double[2];
        int[] u1 = new int[6];
        int[] v1 = new int[6];
        java.util.Arrays.fill(u0, Integer.MAX_VALUE);
        java.util.Arrays.fill(v0, Integer.MAX_VALUE);
        java.util.Arrays.fill(u1, Integer.MIN_VALUE);
        java.util.Arrays.fill(v1, Integer.MIN_VALUE);
        for (int i : members) {
            int f = face(cloud.px(i) - eye[0], cloud.py(i) - eye[1], cloud.pz(i) - eye[2], uv);
            int u = (int) Math.floor(uv[0] * scale);
            int v = (int) Math.floor(uv[1] * scale);
            u0[f] = Math.min(u0[f], u);
            v0[f] = Math.min(v0[f], v);
            u1[f] = Math.max(u1[f], u);
            v1[f] = Math.max(v1[f], v);
        }
        for (int f = 0; f < 6; f++) {
            width[f] = u0[f] <= u1[f] ? u1[f] - u0[f] + 1 : 0;
            height[f] = u0[f] <= u1[f] ? v1[f] - v0[f] + 1 : 0;
            range[f] = new float[width[f] * height[f]];
        }
        for (int i : members) {
            double x = cloud.px(i) - eye[0];
            double y = cloud.py(i) - eye[1];
            double z = cloud.pz(i) - eye[2];
            int f = face(x, y, z, uv);
            int at = ((int) Math.floor(uv[1] * scale) - v0[f]) * width[f] + (int) Math.floor(uv[0] * scale) - u0[f];
            float r = (float) Math.sqrt(x * x + y * y + z * z);
            if (range[f][at] == 0 || r < range[f][at]) {
                range[f][at] = r;
            }
        }
    }

    /** The cube's face a direction meets, 0 to 5, and where on it, each coordinate in [-1, 1]. */
    private static int face(double x, double y, double z, double[] uv) {
        double ax = Math.abs(x);
        double ay = Math.abs(y);
        double az = Math.abs(z);
        double most = Math.max(ax, Math.max(ay, az));
        if (most == 0) {
            uv[0] = 0;
            uv[1] = 0;
            return 0;
        }
        if (ax == most) {
            uv[0] = y / most;
            uv[1] = z / most;
            return x > 0 ? 0 : 1;
        }
        if (ay == most) {
            uv[0] = x / most;
            uv[1] = z / most;
            return y > 0 ? 2 : 3;
        }
        uv[0] = x / most;
        uv[1] = y / most;
        return z > 0 ? 4 : 5;
    }

    /** The angle between rays: from the number of points and the share of the sphere that they cover. */
    private static double rayDistance(Cloud cloud, int[] members, double[] eye) {
        int n = Math.max(1, members.length);
        double[] uv = new double[2];
        double d = Math.sqrt(24.0 / n); // of the cube's surface, 24 square units
        for (int round = 0; round < 2; round++) {
            int cells = (int) Math.max(1, Math.min(2048, Math.ceil(2 / (4 * d))));
            java.util.BitSet seen = new java.util.BitSet(6 * cells * cells);
            for (int i : members) {
                int f = face(cloud.px(i) - eye[0], cloud.py(i) - eye[1], cloud.pz(i) - eye[2], uv);
                int u = Math.min(cells - 1, (int) ((uv[0] + 1) / 2 * cells));
                int v = Math.min(cells - 1, (int) ((uv[1] + 1) / 2 * cells));
                seen.set((f * cells + v) * cells + u);
            }
            double side = 2.0 / cells;
            d = Math.min(0.5, Math.sqrt(Math.max(1, seen.cardinality()) * side * side / n));
        }
        return Math.max(d, 2e-5);
    }

    /**
     * Whether all rays around a place went past it: the nearest of the 3 x 3 pixels around its direction lies further
     * than the place by more than {@code tolerance}, and at least five of them hold rays.
     */
    boolean crossed(double px, double py, double pz, double tolerance, double[] uv) {
        double x = px - eye[0];
        double y = py - eye[1];
        double z = pz - eye[2];
        int f = face(x, y, z, uv);
        int u = (int) Math.floor(uv[0] * scale) - u0[f];
        int v = (int) Math.floor(uv[1] * scale) - v0[f];
        if (u < 1 || v < 1 || u >= width[f] - 1 || v >= height[f] - 1) {
            return false;
        }
        double r = Math.sqrt(x * x + y * y + z * z) + tolerance;
        int rays = 0;
        for (int dv = -1; dv <= 1; dv++) {
            for (int du = -1; du <= 1; du++) {
                float m = range[f][(v + dv) * width[f] + u + du];
                if (m > 0) {
                    if (m < r) {
                        return false;
                    }
                    rays++;
                }
            }
        }
        return rays >= 5;
    }
}
