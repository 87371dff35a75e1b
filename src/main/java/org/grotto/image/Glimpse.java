package org.grotto.image;

/**
 * What a place shows: the triangle of every sample and its depth; four samples a pixel.
 *
 * @param width of the picture in samples, and {@code height}
 * @param shown for each sample, row by row: a triangle that turns its face here; {@code -1} for nothing; {@code -2 - t} for
 *     triangle t seen from behind
 * @param depth along the direction of view, metres; NaN where nothing is
 */
public record Glimpse(int width, int height, int[] shown, float[] depth) {
    /** Whether a sample shows the face of a triangle. */
    public boolean front(int sample) {
        return shown[sample] >= 0;
    }

    /** Whether a sample shows a triangle from behind. */
    public boolean behind(int sample) {
        return shown[sample] < Raster.NOTHING;
    }
}
