package org.grotto.surface;

/**
 * One depth of the octree: cells and their corners in blocks of 2 x 2 x 2, sorted by Morton code.
 *
 * <p>Block (i, j, k) holds the cells and the corners whose coordinates at this depth are 2i + x, 2j + y, 2k + z with
 * x, y, z in {0, 1}; slot {@code x | y << 1 | z << 2}. A <i>real</i> block has its eight cells; any other is there for
 * corners that lie on the upper sides of real ones. Values live at corners: the function inside a cell is trilinear.
 * Slots that are no cell's corner exist in arrays, and nothing reads them.
 */
final class Level {
    final int depth;
    final int n;
    /** Morton code of the block. */
    final long[] key;
    /** Whether the block's cells exist. */
    final boolean[] real;
    /** The 27 neighbours of each block, itself at 13, x fastest; -1 where there is none. */
    final int[] neighbour;
    /** Per block, one bit a corner: all cells around it exist, so its value is solved for at this depth. */
    final byte[] active;
    /** Whether the block touches the root cube's border, where stencils are cut. */
    final boolean[] border;
    /** Samples [from, to) inside a real block. */
    final int[] from;

    final int[] to;
    /** Per block, one bit a cell: it has children. Set when the next level is made. */
    byte[] refined = new byte[0];
    /** Per block, one bit a corner: the next level has the block with the corner's coordinates; and its index there. */
    byte[] childMask = new byte[0];

    int[] childStart = new int[0];
    /** The merged samples of cells. */
    Points points = Points.NONE;
    /** The function's value at each corner. */
    float[] u = new float[0];

    Level(
            int depth,
            long[] key,
            boolean[] real,
            int[] neighbour,
            byte[] active,
            boolean[] border,
            int[] from,
            int[] to) {
        this.depth = depth;
        this.n = key.length;
        this.key = key;
        this.real = real;
        this.neighbour = neighbour;
        this.active = active;
        this.border = border;
        this.from = from;
        this.to = to;
    }

    /** Blocks handled by one task: borders of tasks must not depend on the number of threads. */
    static final int TASK = 2048;

    /** The next level's block at corner {@code slot} of block {@code b}, or -1. */
    int child(int b, int slot) {
        int mask = childMask[b] & 255;
        return (mask >> slot & 1) == 0 ? -1 : childStart[b] + Integer.bitCount(mask & (1 << slot) - 1);
    }

    /**
     * One merged sample a cell: mean position in the cell (0 to 1) and screening weight, for cells that hold any.
     * {@code start[b]} plus the number of lower bits in {@code mask[b]} is the index of a cell's entry.
     */
    record Points(byte[] mask, int[] start, float[] x, float[] y, float[] z, float[] weight, int[] count) {
        static final Points NONE =
                new Points(new byte[0], new int[0], new float[0], new float[0], new float[0], new float[0], new int[0]);
    }
}
