package org.grotto.format.las;

/**
 * A node of a COPC octree.
 *
 * @param level 0 at the root
 * @param x and y, z: which of the 2^level cells of each axis
 * @param at byte offset of the compressed points
 * @param bytes how many bytes they take
 * @param points how many points, 0 where only deeper nodes have some
 */
public record CopcNode(int level, int x, int y, int z, long at, int bytes, int points) {}
