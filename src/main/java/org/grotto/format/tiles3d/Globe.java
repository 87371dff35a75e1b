package org.grotto.format.tiles3d;

/** The ellipsoid WGS 84, in whose frame (ECEF, EPSG:4978) tilesets of the world stand. */
final class Globe {
    private static final double A = 6_378_137;
    private static final double F = 1 / 298.257223563;
    private static final double E2 = F * (2 - F);
    /** Metres from the Earth's middle between which a place is one on the Earth. */
    private static final double LOW = 6_300_000;

    private static final double HIGH = 6_500_000;

    private Globe() {}

    static boolean near(double[] p) {
        double r = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
        return r > LOW && r < HIGH;
    }

    /** @param place longitude and latitude in radians, metres above the ellipsoid */
    static double[] cartesian(double[] place) {
        double s = Math.sin(place[1]);
        double n = A / Math.sqrt(1 - E2 * s * s);
        double r = (n + place[2]) * Math.cos(place[1]);
        return new double[] {r * Math.cos(place[0]), r * Math.sin(place[0]), (n * (1 - E2) + place[2]) * s};
    }

    /** The inverse of {@link #cartesian} (Bowring's iteration, to the last digit on the ground). */
    static double[] geographic(double[] p) {
        double r = Math.hypot(p[0], p[1]);
        double lat = Math.atan2(p[2], r * (1 - E2));
        double n = A;
        for (int i = 0; i < 12; i++) {
            double s = Math.sin(lat);
            n = A / Math.sqrt(1 - E2 * s * s);
            lat = Math.atan2(p[2] + E2 * n * s, r);
        }
        double height = r > A / 2 ? r / Math.cos(lat) - n : Math.abs(p[2]) / Math.abs(Math.sin(lat)) - n * (1 - E2);
        return new double[] {Math.atan2(p[1], p[0]), lat, height};
    }

    /** From the level frame at {@code origin} to the Earth's: its columns are east, north, up and {@code origin}. */
    static double[] standing(double[] origin) {
        double[] g = geographic(origin);
        double sl = Math.sin(g[0]);
        double cl = Math.cos(g[0]);
        double sp = Math.sin(g[1]);
        double cp = Math.cos(g[1]);
        return new double[] {
            -sl, cl, 0, 0, -sp * cl, -sp * sl, cp, 0, cp * cl, cp * sl, sp, 0, origin[0], origin[1], origin[2], 1
        };
    }

    /** From the Earth's frame to the level one at {@code origin}: x east, y north, z up along the ellipsoid's normal. */
    static double[] level(double[] origin) {
        double[] s = standing(origin);
        double[] m = {s[0], s[4], s[8], 0, s[1], s[5], s[9], 0, s[2], s[6], s[10], 0, 0, 0, 0, 1};
        for (int axis = 0; axis < 3; axis++) {
            m[12 + axis] = -(m[axis] * origin[0] + m[4 + axis] * origin[1] + m[8 + axis] * origin[2]);
        }
        return m;
    }
}
