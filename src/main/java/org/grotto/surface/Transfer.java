package org.grotto.surface;

import org.grotto.base.Work;

/** Takes corner values from one level to the next finer (trilinear, exact) and right-hand sides the other way. */
final class Transfer {
    private Transfer() {}

    static final int[] UPPER = new int[27]; // where corner (x, y, z) in 0..2 of a block lies: neighbour
    static final int[] UPPER_SLOT = new int[27];
    /** What the corner {@code k} of the 27 around one counts. */
    private static final float[] WEIGHT = new float[27];

    static {
        for (int i = 0; i < 27; i++) {
            int x = i % 3;
            int y = i / 3 % 3;
            int z = i / 9;
            UPPER[i] = (x >> 1) + 1 + 3 * ((y >> 1) + 1) + 9 * ((z >> 1) + 1);
            UPPER_SLOT[i] = x & 1 | (y & 1) << 1 | (z & 1) << 2;
            WEIGHT[i] = (x == 1 ? 1 : 0.5f) * (y == 1 ? 1 : 0.5f) * (z == 1 ? 1 : 0.5f);
        }
    }

    /** Which corners a prolongation writes. */
    enum Target {
        ALL,
        /** Those that are not solved for at the finer level. */
        INACTIVE
    }

    /** fine = factor * (coarse values interpolated). */
    static void prolong(Level c, float[] coarse, Level f, float[] fine, float factor, Target target, Work work) {
        work.blocks(c.n, Level.TASK, (from, to) -> {
            float[] v = new float[27];
            for (int p = from; p < to; p++) {
                int mask = c.childMask[p] & 255;
                if (mask == 0) {
                    continue;
                }
                for (int i = 0; i < 27; i++) {
                    int nb = c.neighbour[27 * p + UPPER[i]];
                    v[i] = nb < 0 ? 0 : coarse[8 * nb + UPPER_SLOT[i]];
                }
                int b = c.childStart[p];
                for (int s = 0; s < 8; s++) {
                    if ((mask >> s & 1) == 0) {
                        continue;
                    }
                    int i = (s & 1) + 3 * (s >> 1 & 1) + 9 * (s >> 2);
                    int skip = target == Target.ALL ? 0 : f.active[b] & 255;
                    for (int t = 0; t < 8; t++) {
                        if ((skip >> t & 1) == 0) {
                            int dx = t & 1;
                            int dy = 3 * (t >> 1 & 1);
                            int dz = 9 * (t >> 2);
                            // in this order, so that equal signs stay equal
                            float a = 0.5f * v[i] + 0.5f * v[i + dx];
                            float e = 0.5f * v[i + dy] + 0.5f * v[i + dy + dx];
                            float g = 0.5f * v[i + dz] + 0.5f * v[i + dz + dx];
                            float h = 0.5f * v[i + dz + dy] + 0.5f * v[i + dz + dy + dx];
                            fine[8 * b + t] = factor * (0.5f * (0.5f * a + 0.5f * e) + 0.5f * (0.5f * g + 0.5f * h));
                        }
                    }
                    b++;
                }
            }
        });
    }

    /**
     * coarse += 1/2 of the transposed interpolation of fine: right-hand sides, each in units of its cells; from
     * {@code levels[i]} to the one before it.
     */
    static void restrict(Level[] levels, int i, float[] fine, float[] coarse, Work work) {
        Level c = levels[i - 1];
        work.blocks(c.n, Level.TASK, (from, to) -> {
            Around around = new Around(levels);
            for (int p = from; p < to; p++) {
                int mask = c.childMask[p] & 255;
                int b = c.childStart[p];
                for (int s = 0; s < 8; s++) {
                    if ((mask >> s & 1) == 0) {
                        continue;
                    }
                    int[] neighbour = around.of(i, b);
                    float sum = 0;
                    for (int k = 0; k < 27; k++) {
                        int nb = neighbour[Level.UNDER[k]];
                        if (nb >= 0) {
                            sum += WEIGHT[k] * fine[8 * nb + Level.CORNER[k]];
                        }
                    }
                    coarse[8 * p + s] += 0.5f * sum;
                    b++;
                }
            }
        });
    }
}
