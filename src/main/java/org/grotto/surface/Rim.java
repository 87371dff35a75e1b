package org.grotto.surface;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outer rim of a hole as a scanner over it sees it: the farthest place of the rim in each of {@link #SECTORS} directions
 * around the scanner, so that islands of surface inside the hole (feet of the tripod, stray echoes) are none of it. Says whether
 * it is even and round, as the floor is around a tripod, where no scanner sees it. Metres, in the mesh's own coordinates.
 */
final class Rim {
    private static final int SECTORS = 24;
    /** So many sectors side by side may be without rim: 60 degrees with those beside them. */
    private static final int GAP = 3;
    /** Of the radius: the rim comes no nearer to its middle, and goes no further away. */
    private static final double NEAREST = 0.5;

    private static final double FARTHEST = 1.6;
    /** Of the radius: how far an even rim lies from its plane, RMS. */
    private static final double EVEN = 0.02;
    /** Of the radius: what closes the hole is no dome where it goes further off the floor than this. */
    private static final double DOME = 0.8;
    /** Of the radius: what was seen within the hole further off the floor than this is something that stands there. */
    private static final double ISLAND = 0.3;
    /** Of the radius: the floor goes on beyond the rim at least so far, */
    private static final double BELT = 1.3;
    /** so level, */
    private static final double LEVEL = 0.1;
    /** over this share of the belt. */
    private static final double SHARE = 0.5;
    /** Steepest floor, rise over run. */
    private static final double STEEPEST = 0.2;
    /** Of the radius: how far the scanner may stand beside the middle. */
    private static final double BESIDE = 0.35;
    /** Of the scanner's height: the blind cone under it is at most so wide, 50 degrees from straight down. */
    private static final double WIDEST = 1.2;
    /** A tripod is so high at the most, metres. */
    private static final double HIGHEST = 4;
    /** Of the larger second moment: the smaller one of what is round. */
    private static final double ROUND = 0.5;

    private final double[] eye;
    /** Of each sector: square of the distance from the eye in plan, x, y, z; the first is 0 where the rim has none. */
    private final double[] far = new double[4 * SECTORS];

    /** @param eye where the scanner stood */
    Rim(double[] eye) {
        this.eye = eye;
    }

    static List<Rim> of(List<double[]> eyes) {
        return eyes.stream().map(Rim::new).toList();
    }

    /** Whether a scanner's tripod can have hidden what a rim with these bounds goes around. */
    static boolean within(double[] eye, double[] low, double[] high) {
        return eye[0] >= low[0]
                && eye[0] <= high[0]
                && eye[1] >= low[1]
                && eye[1] <= high[1]
                && eye[2] > low[2]
                && Math.max(high[0] - low[0], high[1] - low[1]) <= 4 * WIDEST * HIGHEST;
    }

    void add(double x, double y, double z) {
        double dx = x - eye[0];
        double dy = y - eye[1];
        double turn = StrictMath.atan2(dy, dx) / (2 * Math.PI) + 0.5;
        put(4 * Math.min(SECTORS - 1, (int) (turn * SECTORS)), dx * dx + dy * dy, x, y, z);
    }

    /** Adds what another region has of the same rim. */
    void add(Rim other) {
        for (int s = 0; s < far.length; s += 4) {
            put(s, other.far[s], other.far[s + 1], other.far[s + 2], other.far[s + 3]);
        }
    }

    /** Among places equally far the highest counts, so that order does not. */
    private void put(int s, double square, double x, double y, double z) {
        if (square > far[s] || square == far[s] && z > far[s + 3]) {
            far[s] = square;
            far[s + 1] = x;
            far[s + 2] = y;
            far[s + 3] = z;
        }
    }

    /**
     * A floor: z = z0 + slopeX (x - x0) + slopeY (y - y0).
     *
     * @param radius of the rim around x0, y0
     */
    record Floor(double x0, double y0, double z0, double slopeX, double slopeY, double radius) {
        /** How far a place lies above it. */
        double above(double x, double y, double z) {
            return z - z0 - slopeX * (x - x0) - slopeY * (y - y0);
        }

        /** The most that what closes the hole may lie above or below before it is laid flat. */
        double dome() {
            return DOME * radius;
        }

        /** The most that an island in it may. */
        double island() {
            return ISLAND * radius;
        }

        /** Whether a place is level with it, just outside the rim. */
        boolean beside(double x, double y, double z) {
            double out = Math.hypot(x - x0, y - y0);
            return out > radius && out <= BELT * radius && Math.abs(above(x, y, z)) <= LEVEL * radius;
        }

        /** Whether so much area beside it, square metres, makes it a floor and not the wall of a shaft. */
        boolean lies(double beside) {
            return beside >= SHARE * Math.PI * (BELT * BELT - 1) * radius * radius;
        }
    }

    /** The floor around the tripod of the scanner, or null where this is no such rim. */
    @Nullable
    Floor tripod() {
        int n = 0;
        double[] first = new double[3];
        double[] second = new double[6]; // xx xy xz yy yz zz
        for (int s = 0; s < far.length; s += 4) {
            if (far[s] > 0) {
                n++;
                double x = far[s + 1] - eye[0];
                double y = far[s + 2] - eye[1];
                double z = far[s + 3] - eye[2];
                first[0] += x;
                first[1] += y;
                first[2] += z;
                second[0] += x * x;
                second[1] += x * y;
                second[2] += x * z;
                second[3] += y * y;
                second[4] += y * z;
                second[5] += z * z;
            }
        }
        if (gap() > GAP) {
            return null;
        }
        double x = first[0] / n;
        double y = first[1] / n;
        double z = first[2] / n;
        double xx = second[0] / n - x * x;
        double xy = second[1] / n - x * y;
        double xz = second[2] / n - x * z;
        double yy = second[3] / n - y * y;
        double yz = second[4] / n - y * z;
        double zz = second[5] / n - z * z;
        double half = (xx + yy) / 2;
        double turn = Math.sqrt((xx - yy) * (xx - yy) / 4 + xy * xy);
        double det = xx * yy - xy * xy;
        if (!(half - turn >= ROUND * (half + turn)) || !(det > 0)) {
            return null;
        }
        double a = (xz * yy - yz * xy) / det;
        double b = (yz * xx - xz * xy) / det;
        double radius = Math.sqrt(xx + yy);
        double off = Math.sqrt(Math.max(0, zz - a * xz - b * yz));
        if (off > EVEN * radius || Math.hypot(a, b) > STEEPEST || !around(eye[0] + x, eye[1] + y, radius)) {
            return null;
        }
        Floor floor = new Floor(eye[0] + x, eye[1] + y, eye[2] + z, a, b, radius);
        double high = floor.above(eye[0], eye[1], eye[2]);
        return high > 0 && high <= HIGHEST && radius <= WIDEST * high && Math.hypot(x, y) <= BESIDE * radius
                ? floor
                : null;
    }

    /** The longest run of sectors without rim. */
    private int gap() {
        int longest = 0;
        int run = 0;
        for (int s = 0; s < 2 * SECTORS; s++) {
            run = far[4 * (s % SECTORS)] > 0 ? 0 : run + 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private boolean around(double x, double y, double radius) {
        for (int s = 0; s < far.length; s += 4) {
            double d = Math.hypot(far[s + 1] - x, far[s + 2] - y);
            if (far[s] > 0 && (d < NEAREST * radius || d > FARTHEST * radius)) {
                return false;
            }
        }
        return true;
    }
}
