package org.grotto.surface;

import org.grotto.geometry.Box;

/**
 * The cube that the octree divides, metres. Positions inside it are whole numbers of side / 2^30, so which cell holds a
 * sample at any depth is a shift, exact.
 */
record RootCube(double x0, double y0, double z0, double side) {
    /** Bits of a position along one axis. */
    static final int BITS = 30;

    /** The cube about {@code box}, {@code scale} times as long; with a spacing, a power of two of it. */
    static RootCube around(Box box, double scale, double spacing) {
        double side = box.longest() * scale;
        if (!Double.isNaN(spacing)) {
            double s = spacing;
            while (s < side) {
                s *= 2;
            }
            side = s;
        }
        return new RootCube(
                (box.minX() + box.maxX() - side) / 2,
                (box.minY() + box.maxY() - side) / 2,
                (box.minZ() + box.maxZ() - side) / 2,
                side);
    }

    int grid(double p, double origin) {
        double q = Math.floor((p - origin) / side * (1 << BITS));
        return (int) Math.max(0, Math.min((1 << BITS) - 1, q));
    }

    double cell(int depth) {
        return side / (1L << depth);
    }
}
