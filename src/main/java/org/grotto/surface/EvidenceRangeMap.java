package org.grotto.surface;

import java.util.Arrays;
import java.util.List;

/**
 * What one station saw: the shortest range in each direction, on the six faces of a cube around its eye, in pixels about
 * one and a half ray distances wide. Tells whether a place lies in space that the laser crossed.
 */
final class EvidenceRangeMap {
    private static final double RAYS_A_PIXEL = 1.5;
    private static final int BITS = 18;
    private static final int HALF = 1 << BITS - 1;

    private final double[] eye;
    /** Pixels along a unit of face coordinate. */
    private final double scale;

    private final int[] u0 = new int[6];
    private final int[] v0 = new int[6];
    private final int[] width = new int[6];
    private final int[] height = new int[6];
    private final float[][] range = new float[6][];

    /**
     * The shortest ranges that one region has for a station.
     *
     * @param keys pixels by {@link #key}, ascending, each once
     * @param range beside each, metres
     */
    record Pixels(long[] keys, float[] range) {}

    /** Puts together what the regions saw. Memory: four bytes for each pixel between the outermost on every face. */
    EvidenceRangeMap(double[] eye, double scale, List<Pixels> parts) {
        this.eye = eye;
        this.scale = scale;
        int[] u1 = new int[6];
        int[] v1 = new int[6];
        Arrays.fill(u0, Integer.MAX_VALUE);
        Arrays.fill(v0, Integer.MAX_VALUE);
        Arrays.fill(u1, Integer.MIN_VALUE);
        Arrays.fill(v1, Integer.MIN_VALUE);
        for (Pixels p : parts) {
            for (long k : p.keys) {
                int f = (int) (k >>> 2 * BITS);
                u0[f] = Math.min(u0[f], u(k));
                v0[f] = Math.min(v0[f], v(k));
                u1[f] = Math.max(u1[f], u(k));
                v1[f] = Math.max(v1[f], v(k));
            }
        }
        for (int f = 0; f < 6; f++) {
            width[f] = u0[f] <= u1[f] ? u1[f] - u0[f] + 1 : 0;
            height[f] = u0[f] <= u1[f] ? v1[f] - v0[f] + 1 : 0;
            range[f] = new float[width[f] * height[f]];
        }
        for (Pixels p : parts) {
            for (int j = 0; j < p.keys.length; j++) {
                long k = p.keys[j];
                int f = (int) (k >>> 2 * BITS);
                int at = (v(k) - v0[f]) * width[f] + u(k) - u0[f];
                if (range[f][at] == 0 || p.range[j] < range[f][at]) {
                    range[f][at] = p.range[j];
                }
            }
        }
    }

    /** Pixels a unit of face coordinate where rays are this far apart. */
    static double scale(double rayDistance) {
        return 1 / (RAYS_A_PIXEL * rayDistance);
    }

    /** One number for a pixel: face, then u, then v, each from {@code -2^17} to below {@code 2^17}. */
    static long key(int face, int u, int v) {
        return ((long) face << BITS | u + HALF) << BITS | v + HALF;
    }

    private static int u(long key) {
        return (int) (key >>> BITS & 2 * HALF - 1) - HALF;
    }

    private static int v(long key) {
        return (int) (key & 2 * HALF - 1) - HALF;
    }

    /** The cube's face a direction meets, 0 to 5, and where on it, each coordinate in [-1, 1]. */
    static int face(double x, double y, double z, double[] uv) {
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
