package org.grotto.kiosk.stream;

/**
 * What a cut may cost.
 *
 * @param pixels a tile whose error on the screen is at most this is fine enough
 * @param triangles at most this many are shown at once
 * @param bytes at most this much tile data is kept in memory (and once more on the graphics card)
 */
public record Limits(double pixels, long triangles, long bytes) {}
