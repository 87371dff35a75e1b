package org.grotto.kiosk.visit;

import org.grotto.geometry.Box;

/**
 * Between which depths something is drawn, metres: from the nearest part of the bounds to the farthest, so that a seal of two
 * centimetres and a cliff of two kilometres both have all the steps that the depth buffer knows.
 */
public record Depths(double near, double far) {
    /** In the middle of things, as near as this, or this share of their size. */
    private static final double NEAREST = 0.04;

    private static final double NEAREST_SHARE = 0.01;
    /** The farthest is at most so many times the nearest: a depth buffer of 24 bits. */
    private static final double RATIO = 20_000;

    /** @param bounds relative to the scene's origin, as the eye is */
    public static Depths of(Eye e, Box bounds) {
        double[] p = e.position();
        double[] min = {bounds.minX(), bounds.minY(), bounds.minZ()};
        double[] max = {bounds.maxX(), bounds.maxY(), bounds.maxZ()};
        double near = 0;
        double far = 0;
        for (int k = 0; k < 3; k++) {
            double out = Math.max(0, Math.max(min[k] - p[k], p[k] - max[k]));
            double beyond = Math.max(Math.abs(p[k] - min[k]), Math.abs(max[k] - p[k]));
            near += out * out;
            far += beyond * beyond;
        }
        double size = Math.max(bounds.diagonal(), 1e-6);
        double farthest = 1.05 * Math.sqrt(far) + 0.01 * size;
        double inside = Math.max(Math.min(NEAREST, NEAREST_SHARE * size), farthest / RATIO);
        // a picture's corner lies farther out than its depth says
        return new Depths(Math.max(inside, 0.5 * Math.sqrt(near)), farthest);
    }
}
