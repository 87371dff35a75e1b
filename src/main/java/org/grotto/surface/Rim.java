package org.grotto.surface;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rim of a hole, by the moments of its places: whether it is even and round, and whether a scanner's tripod stood in
 * it, where no scanner sees the floor. Metres, in the mesh's own coordinates.
 */
final class Rim {
    private static final int FEWEST = 12;
    /** Of the radius: how far an even rim lies from its plane, RMS. */
    private static final double EVEN = 0.02;
    /** Of the radius: what closes the hole further off than this from the floor is no floor. */
    private static final double BULGE = 0.3;
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

    private double n;
    private final double[] first = new double[3];
    /** xx xy xz yy yz zz. */
    private final double[] second = new double[6];

    void add(double x, double y, double z) {
        n++;
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

    void add(Rim other) {
        n += other.n;
        for (int k = 0; k < 3; k++) {
            first[k] += other.first[k];
        }
        for (int k = 0; k < 6; k++) {
            second[k] += other.second[k];
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
        double most() {
            return BULGE * radius;
        }
    }

    /** The floor around the tripod of one of the scanners at {@code eyes}, or null where this is no such rim. */
    @Nullable
    Floor tripod(List<double[]> eyes) {
        if (n < FEWEST) {
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
        if (off > EVEN * radius || Math.hypot(a, b) > STEEPEST) {
            return null;
        }
        Floor floor = new Floor(x, y, z, a, b, radius);
        for (double[] e : eyes) {
            double high = floor.above(e[0], e[1], e[2]);
            if (high > 0
                    && high <= HIGHEST
                    && radius <= WIDEST * high
                    && Math.hypot(e[0] - x, e[1] - y) <= BESIDE * radius) {
                return floor;
            }
        }
        return null;
    }
}
