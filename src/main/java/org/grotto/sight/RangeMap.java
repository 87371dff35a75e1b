package org.grotto.sight;

import java.util.Arrays;
import java.util.List;

/**
 * What one station saw: the shortest range in each direction, on the six faces of a cube around its eye, in pixels about
 * one and a half ray distances wide. Tells whether a place lies in space that the laser crossed.
 */
public final class RangeMap {
    private static final double RAYS_A_PIXEL = 1.5;
    private static final int BITS = 19;
    private static final int HALF = 1 << BITS - 1;

    private final int station;
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
    RangeMap(int station, double[] eye, double scale, List<Pixels> parts) {
        this.station = station;
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
        parts.forEach(this::nearer);
    }

    /** The map that {@code old} is, but for the pixels {@code anew}, which have what {@code parts} say. */
    RangeMap(RangeMap old, long[] anew, List<Pixels> parts) {
        this.station = old.station;
        this.eye = old.eye;
        this.scale = old.scale;
        for (int f = 0; f < 6; f++) {
            u0[f] = old.u0[f];
            v0[f] = old.v0[f];
            width[f] = old.width[f];
            height[f] = old.height[f];
            range[f] = old.range[f].clone();
        }
        for (long k : anew) {
            int f = (int) (k >>> 2 * BITS);
            range[f][(v(k) - v0[f]) * width[f] + u(k) - u0[f]] = 0;
        }
        parts.forEach(this::nearer);
    }

    private void nearer(Pixels p) {
        for (int j = 0; j < p.keys.length; j++) {
            long k = p.keys[j];
            int f = (int) (k >>> 2 * BITS);
            int at = (v(k) - v0[f]) * width[f] + u(k) - u0[f];
            if (range[f][at] == 0 || p.range[j] < range[f][at]) {
                range[f][at] = p.range[j];
            }
        }
    }

    /** Pixels a unit of face coordinate where rays are this far apart. */
    static double scale(double rayDistance) {
        return 1 / (RAYS_A_PIXEL * rayDistance);
    }

    /** One number for a pixel: face, then u, then v, each from {@code -2^18} to below {@code 2^18}. */
    static long key(int face, int u, int v) {
        return ((long) face << BITS | u + HALF) << BITS | v + HALF;
    }

    private static int u(long key) {
        return (int) (key >>> BITS & 2 * HALF - 1) - HALF;
    }

    private static int v(long key) {
        return (int) (key & 2 * HALF - 1) - HALF;
    }

    /** Whose it is, in the list of stations. */
    public int station() {
        return station;
    }

    /** How far apart rays are on the average, radians: pixels are even on the cube, whose faces seem smaller at their rims. */
    public double rayDistance() {
        return Math.sqrt(Math.PI / 6) / (RAYS_A_PIXEL * scale);
    }

    /** How wide a pixel is in the middle of a face, where it is widest, as the tangent of its angle. */
    public double pixelWidth() {
        return 1 / scale;
    }

    /** The shortest range in the pixel in which the station sees a place, metres; 0 where it has no ray. */
    public double range(double px, double py, double pz, double[] uv) {
        int f = face(px - eye[0], py - eye[1], pz - eye[2], uv);
        return shortest(f, (int) Math.floor(uv[0] * scale), (int) Math.floor(uv[1] * scale), uv);
    }

    /** Where the station stood, metres: coordinate {@code axis}. */
    public double eye(int axis) {
        return eye[axis];
    }

    /** From the station to a place, metres. */
    public double distance(double px, double py, double pz) {
        double x = px - eye[0];
        double y = py - eye[1];
        double z = pz - eye[2];
        return Math.sqrt(x * x + y * y + z * z);
    }

    /**
     * The pixel in which the station sees a place, as {@link #key}.
     *
     * @param coarser halvings of the resolution, 0 to 10; -1 and -2 double it
     * @param uv scratch of two numbers
     */
    public long pixel(double px, double py, double pz, int coarser, double[] uv) {
        int f = face(px - eye[0], py - eye[1], pz - eye[2], uv);
        double fine = coarser < 0 ? scale * (1 << -coarser) : scale;
        int less = Math.max(0, coarser);
        return key(f, (int) Math.floor(uv[0] * fine) >> less, (int) Math.floor(uv[1] * fine) >> less);
    }

    /** The pixel beside one, or -1 where the face ends there. */
    public static long beside(long key, int du, int dv) {
        int u = u(key) + du;
        int v = v(key) + dv;
        return u < -HALF || v < -HALF || u >= HALF || v >= HALF ? -1 : key((int) (key >>> 2 * BITS), u, v);
    }

    /** In how many of the 3 x 3 pixels around a place the shortest range differs from its own by at most {@code tolerance}. */
    public int echoes(double px, double py, double pz, double tolerance, double[] uv) {
        int f = face(px - eye[0], py - eye[1], pz - eye[2], uv);
        int u = (int) Math.floor(uv[0] * scale);
        int v = (int) Math.floor(uv[1] * scale);
        double r = distance(px, py, pz);
        int n = 0;
        for (int dv = -1; dv <= 1; dv++) {
            for (int du = -1; du <= 1; du++) {
                float m = shortest(f, u + du, v + dv, uv);
                n += m > 0 && Math.abs(m - r) <= tolerance ? 1 : 0;
            }
        }
        return n;
    }

    /** The shortest range in a pixel, over the edge of the face in that of its neighbour; 0 where there is no ray. */
    private float shortest(int face, int u, int v, double[] uv) {
        double cu = (u + 0.5) / scale;
        double cv = (v + 0.5) / scale;
        int f = face;
        int pu = u;
        int pv = v;
        if (Math.abs(cu) > 1 || Math.abs(cv) > 1) {
            double sign = (face & 1) == 0 ? 1 : -1;
            f = face < 2 ? face(sign, cu, cv, uv) : face < 4 ? face(cu, sign, cv, uv) : face(cu, cv, sign, uv);
            pu = (int) Math.floor(uv[0] * scale);
            pv = (int) Math.floor(uv[1] * scale);
        }
        int x = pu - u0[f];
        int y = pv - v0[f];
        return x < 0 || y < 0 || x >= width[f] || y >= height[f] ? 0 : range[f][y * width[f] + x];
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
    public boolean crossed(double px, double py, double pz, double tolerance, double[] uv) {
        double x = px - eye[0];
        double y = py - eye[1];
        double z = pz - eye[2];
        int f = face(x, y, z, uv);
        int u = (int) Math.floor(uv[0] * scale);
        int v = (int) Math.floor(uv[1] * scale);
        double r = Math.sqrt(x * x + y * y + z * z) + tolerance;
        int rays = 0;
        for (int dv = -1; dv <= 1; dv++) {
            for (int du = -1; du <= 1; du++) {
                float m = shortest(f, u + du, v + dv, uv);
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
