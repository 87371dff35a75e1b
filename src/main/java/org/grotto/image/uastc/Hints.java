package org.grotto.image.uastc;

/**
 * What a block says of itself in ETC1 and EAC, for programs that hand it to graphics cards that know nothing better: how
 * the block is halved, how far its pixels lie from the mean of each half. Hints for BC1 say that there are none.
 */
final class Hints {
    /** How far pixels of each of ETC1's tables lie from their base: near and far. */
    private static final int[][] TABLES = {{2, 8}, {5, 17}, {9, 29}, {13, 42}, {18, 60}, {24, 80}, {33, 106}, {47, 183}
    };

    /** The bias that moves no base. */
    private static final int NO_BIAS = 13;

    /** EAC's table whose values lie most evenly, from -11 to 10. */
    private static final int EVEN = 7;

    private static final int EVEN_WIDTH = 21;

    private final int[] base = new int[3];
    private final int[] other = new int[3];

    /** Those of a block of one colour: mode of the bases, table, selector, bases. */
    void solid(int[] colour, BlockBits out) {
        int bestTable = 0;
        int bestSelector = 0;
        int least = Integer.MAX_VALUE;
        for (int t = 0; t < TABLES.length; t++) {
            for (int s = 0; s < 4; s++) {
                int move = move(t, s);
                int sum = 0;
                for (int c = 0; c < 3; c++) {
                    int at = nearest(colour[c] - move);
                    int e = clamped((at << 3 | at >> 2) + move) - colour[c];
                    sum += e * e;
                }
                if (sum < least) {
                    least = sum;
                    bestTable = t;
                    bestSelector = s;
                }
            }
        }
        out.put(1, 1);
        out.put(bestTable, 3);
        out.put(bestSelector, 2);
        for (int c = 0; c < 3; c++) {
            out.put(nearest(colour[c] - move(bestTable, bestSelector)), 5);
        }
    }

    /** By selector, the lowest first. */
    private static int move(int table, int selector) {
        int[] t = TABLES[table];
        return switch (selector) {
            case 0 -> -t[1];
            case 1 -> -t[0];
            case 2 -> t[0];
            default -> t[1];
        };
    }

    private static int clamped(int v) {
        return Math.max(0, Math.min(255, v));
    }

    private static int nearest(int v) {
        return (clamped(v) * 31 + 127) / 255;
    }

    /** Those of a block of several colours. */
    void put(int mode, int[] pixels, BlockBits out) {
        boolean all = Modes.HINT_BITS[mode] != 17;
        out.put(0, all ? 2 : 1);
        boolean upright = within(pixels, false) <= within(pixels, true);
        means(pixels, !upright, false, 31, base);
        means(pixels, !upright, true, 31, other);
        boolean near = true;
        for (int c = 0; c < 3; c++) {
            int d = other[c] - base[c];
            near &= d >= -4 && d <= 3;
        }
        if (!near) {
            means(pixels, !upright, false, 15, base);
            means(pixels, !upright, true, 15, other);
        }
        out.put(upright ? 0 : 1, 1);
        out.put(near ? 1 : 0, 1);
        out.put(table(pixels, !upright, false, base, near), 3);
        out.put(table(pixels, !upright, true, other, near), 3);
        if (all) {
            out.put(NO_BIAS, 5);
        }
        if (Modes.CHANNELS[mode] != 3) {
            int least = 255;
            int most = 0;
            for (int i = 3; i < 64; i += 4) {
                least = Math.min(least, pixels[i]);
                most = Math.max(most, pixels[i]);
            }
            int times = Math.max(1, Math.min(15, (most - least + EVEN_WIDTH / 2) / EVEN_WIDTH));
            out.put(times << 4 | EVEN, 8);
        }
    }

    /** Whether a pixel lies in the second half: right, or below. */
    private static boolean second(int i, boolean flat) {
        return (flat ? i >> 2 : i & 3) >= 2;
    }

    private static int within(int[] pixels, boolean flat) {
        int sum = 0;
        for (int c = 0; c < 3; c++) {
            int first = 0;
            int second = 0;
            for (int i = 0; i < 16; i++) {
                if (second(i, flat)) {
                    second += pixels[4 * i + c];
                } else {
                    first += pixels[4 * i + c];
                }
            }
            sum -= first * first + second * second; // squares of the pixels are the same either way
        }
        return sum;
    }

    private static void means(int[] pixels, boolean flat, boolean half, int most, int[] out) {
        for (int c = 0; c < 3; c++) {
            int sum = 0;
            for (int i = 0; i < 16; i++) {
                sum += second(i, flat) == half ? pixels[4 * i + c] : 0;
            }
            out[c] = (sum * most + 1020) / 2040;
        }
    }

    private static int table(int[] pixels, boolean flat, boolean half, int[] base, boolean five) {
        int middle = 0;
        for (int c = 0; c < 3; c++) {
            middle += five ? base[c] << 3 | base[c] >> 2 : base[c] * 17;
        }
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int t = 0; t < TABLES.length; t++) {
            int sum = 0;
            for (int i = 0; i < 16; i++) {
                if (second(i, flat) == half) {
                    int far = Math.abs(pixels[4 * i] + pixels[4 * i + 1] + pixels[4 * i + 2] - middle);
                    int e = Math.min(Math.abs(far - 3 * TABLES[t][0]), Math.abs(far - 3 * TABLES[t][1]));
                    sum += e * e;
                }
            }
            if (sum < least) {
                least = sum;
                best = t;
            }
        }
        return best;
    }
}
