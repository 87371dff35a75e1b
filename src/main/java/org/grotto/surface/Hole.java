package org.grotto.surface;

import org.grotto.geometry.Box;

/**
 * An opening of a surface: one closed border line.
 *
 * @param edges how many border edges it has
 * @param perimeter metres
 * @param area metres squared of the flat patch that closes it best (its vector area); what bends is larger
 * @param centre mean of the border by length, metres
 * @param bounds of the border, metres
 * @param rim the border's vertices, one after the other
 */
public record Hole(int edges, double perimeter, double area, double[] centre, Box bounds, int[] rim) {}
