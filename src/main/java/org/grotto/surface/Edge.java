package org.grotto.surface;

/**
 * Where along an octree edge the function takes a value. Between the two corners it is a cubic with their values and,
 * where the corners beyond exist at the same level, central differences as slopes; the smoothed step across a surface is
 * far from straight over one cell, and a straight line misses it by some per cent of the cell.
 */
final class Edge {
    private Edge() {}

    /** Vertices keep this distance from corners (in edges), so that no triangle is empty. */
    private static final double MARGIN = 1.0 / 1024;

    /** 0 to 1 along the edge from corner {@code slot} of the block at 13 of {@code neighbour}. */
    static double root(Level l, int[] neighbour, int slot, int axis, float iso) {
        double f0 = value(l, neighbour, slot, axis, 0) - (double) iso;
        double f1 = value(l, neighbour, slot, axis, 1) - (double) iso;
        double slope = f1 - f0;
        boolean before = (l.active[neighbour[13]] >> slot & 1) != 0;
        boolean after = active(l, neighbour, slot, axis);
        double s0 = before ? (f1 - (value(l, neighbour, slot, axis, -1) - (double) iso)) / 2 : slope;
        double s1 = after ? (value(l, neighbour, slot, axis, 2) - (double) iso - f0) / 2 : slope;
        double t = cubicRoot(f0, f1, s0, s1);
        return Math.max(MARGIN, Math.min(1 - MARGIN, t));
    }

    private static boolean active(Level l, int[] neighbour, int slot, int axis) {
        int bit = 1 << axis;
        if ((slot & bit) == 0) {
            return (l.active[neighbour[13]] >> (slot | bit) & 1) != 0;
        }
        int nb = neighbour[13 + STEP[axis]];
        return nb >= 0 && (l.active[nb] >> (slot ^ bit) & 1) != 0;
    }

    private static final int[] STEP = {1, 3, 9};

    /** The value {@code steps} (-1 to 2) corners further along the axis; 0 where there is none. */
    private static float value(Level l, int[] neighbour, int slot, int axis, int steps) {
        int at = (slot >> axis & 1) + steps;
        int nb = neighbour[13 + STEP[axis] * (at >> 1)];
        return nb < 0 ? 0 : l.u[8 * nb + (slot & ~(1 << axis) | (at & 1) << axis)];
    }

    /**
     * The root in [0, 1] of the cubic with values f0, f1 of opposite sign and slopes s0, s1 at the ends: Newton's method
     * kept inside a shrinking bracket.
     */
    static double cubicRoot(double f0, double f1, double s0, double s1) {
        double c2 = 3 * (f1 - f0) - 2 * s0 - s1;
        double c3 = 2 * (f0 - f1) + s0 + s1;
        double lo = 0;
        double hi = 1;
        double t = f0 / (f0 - f1);
        for (int i = 0; i < 20; i++) {
            double f = f0 + t * (s0 + t * (c2 + t * c3));
            if (f == 0) {
                return t;
            }
            if (f > 0 == f0 > 0) {
                lo = t;
            } else {
                hi = t;
            }
            double d = s0 + t * (2 * c2 + t * 3 * c3);
            double next = t - f / d;
            if (!(next > lo && next < hi)) {
                next = (lo + hi) / 2;
            }
            if (Math.abs(next - t) < 1e-7) {
                return next;
            }
            t = next;
        }
        return t;
    }
}
