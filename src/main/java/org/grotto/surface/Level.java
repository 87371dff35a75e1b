package org.grotto.surface;

import org.grotto.base.Work;

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
    /**
     * The 27 neighbours of each block, itself at 13, x fastest; -1 where there is none. Two thirds of a level's memory:
     * there while the level is worked on, made anew from the coarser level's for the next pass.
     */
    int[] neighbour = new int[0];
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
    /** The merged samples of cells, while the level is being solved for. */
    Points points = Points.NONE;
    /** The function's value at each corner. */
    float[] u = new float[0];

    Level(int depth, long[] key, boolean[] real, byte[] active, boolean[] border, int[] from, int[] to) {
        this.depth = depth;
        this.n = key.length;
        this.key = key;
        this.real = real;
        this.active = active;
        this.border = border;
        this.from = from;
        this.to = to;
    }

    /** Blocks handled by one task: borders of tasks must not depend on the number of threads. */
    static final int TASK = 2048;

    /** For the block at corner c of its parent, neighbour k (index 27c + k): which of the parent's 27 it is a child of. */
    static final int[] UNDER = new int[216];

    /** And at which corner of that one. */
    static final int[] CORNER = new int[216];

    static {
        for (int i = 0; i < 216; i++) {
            int c = i / 27;
            int x = (c & 1) + i % 3 - 1;
            int y = (c >> 1 & 1) + i / 3 % 3 - 1;
            int z = (c >> 2) + i % 27 / 9 - 1;
            UNDER[i] = (x >> 1) + 1 + 3 * ((y >> 1) + 1) + 9 * ((z >> 1) + 1);
            CORNER[i] = x & 1 | (y & 1) << 1 | (z & 1) << 2;
        }
    }

    /** Makes the table of neighbours out of the one of the level above. */
    void neighboursFrom(Level coarse, Work work) {
        int[] table = new int[27 * n];
        work.blocks(coarse.n, TASK, (first, end) -> {
            int[] start = new int[27];
            int[] mask = new int[27];
            for (int p = first; p < end; p++) {
                int own = coarse.childMask[p] & 255;
                if (own == 0) {
                    continue;
                }
                for (int k = 0; k < 27; k++) {
                    int nb = coarse.neighbour[27 * p + k];
                    mask[k] = nb < 0 ? 0 : coarse.childMask[nb] & 255;
                    start[k] = nb < 0 ? 0 : coarse.childStart[nb];
                }
                int at = 27 * coarse.childStart[p];
                for (; own != 0; own &= own - 1) {
                    int c = 27 * Integer.numberOfTrailingZeros(own);
                    for (int k = c; k < c + 27; k++) {
                        int m = mask[UNDER[k]];
                        int corner = 1 << CORNER[k];
                        table[at++] = (m & corner) == 0 ? -1 : start[UNDER[k]] + Integer.bitCount(m & corner - 1);
                    }
                }
            }
        });
        neighbour = table;
    }

    /** Lets go of the table of neighbours, but for the first level, from which all others' come. */
    void forgetNeighbours() {
        if (depth > 1) {
            neighbour = new int[0];
        }
    }

    /** The next level's block at corner {@code slot} of block {@code b}, or -1. */
    int child(int b, int slot) {
        int mask = childMask[b] & 255;
        return (mask >> slot & 1) == 0 ? -1 : childStart[b] + Integer.bitCount(mask & (1 << slot) - 1);
    }

    /**
     * One merged sample a cell: mean position in the cell (0 to 1) and screening weight, for cells that hold any.
     * {@code start[b]} plus the number of lower bits in {@code mask[b]} is the index of a cell's entry.
     */
    record Points(byte[] mask, int[] start, float[] x, float[] y, float[] z, float[] weight) {
        static final Points NONE =
                new Points(new byte[0], new int[0], new float[0], new float[0], new float[0], new float[0]);
    }
}
