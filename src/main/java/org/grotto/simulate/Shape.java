package org.grotto.simulate;

/**
 * A part of the cave as a function of position with slope at most 1: positive in the open, negative in rock. The cave is
 * the minimum of its shapes. A shape of many primitives names those that matter in a cell by the bits of a mask.
 */
abstract class Shape {
    /** All primitives. */
    static final long ALL = -1L;

    /** The value, exact where the primitives outside {@code mask} do not matter. */
    abstract double at(double x, double y, double z, long mask);

    /**
     * A lower bound on the distance to the shape's surface for points in the open: {@link #at} near it, something
     * cheaper and larger farther off. Not above 0 where {@link #at} is not.
     */
    double bound(double x, double y, double z, long mask) {
        return at(x, y, z, mask);
    }

    /** The primitives of {@code mask} that can change the value within {@code r} of the point. */
    long prune(double x, double y, double z, double r, long mask) {
        return mask;
    }

    /**
     * Colour and wetness of the surface at a point on it.
     *
     * @param n unit normal
     * @param out red, green, blue in 0..1 (sRGB transfer) and wetness 0..1
     */
    abstract void paint(double x, double y, double z, double[] n, Paint paint, double[] out);
}
