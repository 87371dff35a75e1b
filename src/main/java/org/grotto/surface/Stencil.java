package org.grotto.surface;

/**
 * The exact integrals of products of trilinear hat functions and their derivatives, in units of a cell, and the index
 * tables that bring a block's surroundings into a local 4 x 4 x 4 array of corners, x fastest, offsets -1 to 2.
 */
final class Stencil {
    private Stencil() {}

    /** Neighbour numbers (of 27) of a block's eight lower neighbours; bit a of the index set: one less on axis a. */
    static final int[] LOWER = new int[8];

    /** For cell c of lower neighbour k (index 8k + c): which of the block's own eight corners are the cell's. */
    static final int[] CORNERS_IN_BLOCK = new int[64];

    /** Cells of lower neighbour k that touch the block: bit mask. */
    static final int[] TOUCHING = new int[8];

    /** Local index of the lowest corner of cell c of lower neighbour k (index 8k + c). */
    static final int[] CELL_AT = new int[64];

    /** Local index of the block's own corner c. */
    static final int[] OWN = new int[8];

    /** Local offset of a cell's corner c from its lowest. */
    static final int[] CORNER = new int[8];

    /** Integral over a cell of grad a . grad b for its corners a and b (index 8a + b). */
    static final float[] STIFFNESS = new float[64];

    /** Integral over a cell of (d a / d axis) b (index 64 axis + 8a + b). */
    static final float[] DERIVATIVE = new float[192];

    static {
        for (int k = 0; k < 8; k++) {
            int dx = -(k & 1);
            int dy = -(k >> 1 & 1);
            int dz = -(k >> 2);
            LOWER[k] = dx + 1 + 3 * (dy + 1) + 9 * (dz + 1);
            OWN[k] = local(k & 1, k >> 1 & 1, k >> 2);
            CORNER[k] = (k & 1) + 4 * (k >> 1 & 1) + 16 * (k >> 2);
            for (int c = 0; c < 8; c++) {
                int x = 2 * dx + (c & 1);
                int y = 2 * dy + (c >> 1 & 1);
                int z = 2 * dz + (c >> 2);
                if (x < -1 || y < -1 || z < -1) {
                    continue;
                }
                TOUCHING[k] |= 1 << c;
                CELL_AT[8 * k + c] = local(x, y, z);
                for (int e = 0; e < 8; e++) {
                    int ex = x + (e & 1);
                    int ey = y + (e >> 1 & 1);
                    int ez = z + (e >> 2);
                    if ((ex & ~1) == 0 && (ey & ~1) == 0 && (ez & ~1) == 0) {
                        CORNERS_IN_BLOCK[8 * k + c] |= 1 << (ex | ey << 1 | ez << 2);
                    }
                }
            }
        }
        for (int a = 0; a < 8; a++) {
            for (int b = 0; b < 8; b++) {
                double[] mass = new double[3];
                double[] stiff = new double[3];
                double[] slope = new double[3];
                for (int i = 0; i < 3; i++) {
                    boolean same = (a >> i & 1) == (b >> i & 1);
                    mass[i] = same ? 1 / 3.0 : 1 / 6.0;
                    stiff[i] = same ? 1 : -1;
                    slope[i] = (a >> i & 1) == 0 ? -0.5 : 0.5;
                }
                STIFFNESS[8 * a + b] = (float)
                        (stiff[0] * mass[1] * mass[2] + mass[0] * stiff[1] * mass[2] + mass[0] * mass[1] * stiff[2]);
                DERIVATIVE[8 * a + b] = (float) (slope[0] * mass[1] * mass[2]);
                DERIVATIVE[64 + 8 * a + b] = (float) (mass[0] * slope[1] * mass[2]);
                DERIVATIVE[128 + 8 * a + b] = (float) (mass[0] * mass[1] * slope[2]);
            }
        }
    }

    static int local(int x, int y, int z) {
        return x + 1 + 4 * (y + 1) + 16 * (z + 1);
    }

    /** Brings the values around block b into {@code out}; 0 where there is no block. */
    static void gather(Level l, int b, float[] v, float[] out) {
        int[] neighbour = l.neighbour;
        // rows of four corners each: one of the block before, two of the one beside, one of the next
        for (int row = 0; row < 16; row++) {
            int y = row & 3;
            int z = row >> 2;
            int k = 27 * b + 3 * (y + 1 >> 1) + 9 * (z + 1 >> 1);
            int slot = 2 * (y + 1 & 1) + 4 * (z + 1 & 1);
            int below = neighbour[k];
            int own = neighbour[k + 1];
            int above = neighbour[k + 2];
            int to = 4 * row;
            out[to] = below < 0 ? 0 : v[8 * below + slot + 1];
            out[to + 1] = own < 0 ? 0 : v[8 * own + slot];
            out[to + 2] = own < 0 ? 0 : v[8 * own + slot + 1];
            out[to + 3] = above < 0 ? 0 : v[8 * above + slot];
        }
    }

    /** The weights of a cell's eight corners at (x, y, z) inside it. */
    static void weights(float x, float y, float z, float[] out) {
        float x0 = 1 - x;
        float y0 = 1 - y;
        float z0 = 1 - z;
        out[0] = x0 * y0 * z0;
        out[1] = x * y0 * z0;
        out[2] = x0 * y * z0;
        out[3] = x * y * z0;
        out[4] = x0 * y0 * z;
        out[5] = x * y0 * z;
        out[6] = x0 * y * z;
        out[7] = x * y * z;
    }
}
