package org.grotto.image.uastc;

import java.util.ArrayList;
import java.util.List;

/**
 * The nineteen modes of a block of 4 x 4 pixels in 16 bytes, by number, and the tables that they share. A mode's bits are,
 * the lowest first: its name, hints for other formats, a pattern of subsets, which channel has weights of its own, the
 * endpoints in a sequence of whole numbers (trits and quints of five and three first, then the bits of each), the weights;
 * the first weight of each subset has its highest bit left out, since it is 0.
 */
final class Modes {
    static final int COUNT = 19;
    static final int SOLID = 8;
    static final int BLOCK = 16;

    static final int[] NAME = {
        0x1, 0x35, 0x1D, 0x3, 0x13, 0xB, 0x1B, 0x7, 0x17, 0xF, 0x2, 0x0, 0x6, 0x1F, 0xD, 0x5, 0x15, 0x25, 0x9
    };
    static final int[] NAME_BITS = {4, 6, 5, 5, 5, 5, 5, 5, 5, 5, 3, 2, 3, 5, 5, 7, 6, 6, 4};
    static final int[] HINT_BITS = {15, 15, 15, 15, 15, 15, 15, 15, 23, 23, 17, 17, 17, 23, 23, 23, 23, 23, 15};
    static final int[] WEIGHT_BITS = {4, 2, 3, 2, 2, 3, 2, 2, 0, 2, 4, 2, 3, 1, 2, 4, 2, 2, 5};
    static final int[] SUBSETS = {1, 1, 2, 3, 2, 1, 1, 2, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1};
    static final int[] PLANES = {1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 2, 1, 1, 1, 2, 1};
    /** 2: grey and alpha. */
    static final int[] CHANNELS = {3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 2, 2, 2, 3};
    /** How endpoints are counted: 0 up to so many. */
    private static final int[] LEVELS = {
        192, 256, 16, 12, 40, 256, 160, 40, 256, 16, 48, 48, 192, 256, 256, 256, 256, 256, 32
    };

    /** Which modes tell which channel has weights of its own; mode 17 has them for alpha. */
    static final boolean[] CHOOSES = new boolean[COUNT];

    /** Mode by the lowest seven bits of a block; -1 for none. */
    static final byte[] BY_BITS = new byte[128];

    /** How endpoints of a mode are counted. */
    static final Ends[] ENDS = new Ends[COUNT];

    /** Weights in 64ths, by their bits. */
    static final int[][] WEIGHTS = new int[6][];

    /** The subset of each pixel, row by row: of two subsets (modes 2, 4, 9, 16), of two in mode 7, of three in mode 3. */
    static final byte[][] TWO = patterns(2, new int[] {
        28, 20, 16, 29, 91, 9, 107, 72, 149, 204, 50, 114, 496, 17, 78, 39, 252, 828, 43, 156, 116, 210, 476, 273, 684,
        359, 246, 195, 694, 524
    });

    static final byte[][] TWO_OF_MODE_7 = patterns(
            2, new int[] {36, 48, 61, 137, 161, 183, 226, 281, 302, 307, 479, 495, 593, 594, 605, 799, 812, 988, 993});
    static final byte[][] THREE = patterns(3, new int[] {260, 74, 32, 156, 183, 15, 745, 0, 335, 902, 254});
    private static final byte[][] ONE = {new byte[BLOCK]};

    static {
        java.util.Arrays.fill(BY_BITS, (byte) -1);
        List<Ends> made = new ArrayList<>();
        for (int m = 0; m < COUNT; m++) {
            for (int i = NAME[m]; i < 128; i += 1 << NAME_BITS[m]) {
                BY_BITS[i] = (byte) m;
            }
            CHOOSES[m] = PLANES[m] == 2 && CHANNELS[m] > 2;
            int levels = LEVELS[m];
            ENDS[m] = made.stream().filter(e -> e.levels == levels).findFirst().orElseGet(() -> {
                Ends e = new Ends(levels);
                made.add(e);
                return e;
            });
        }
        for (int bits = 1; bits < WEIGHTS.length; bits++) {
            WEIGHTS[bits] = new int[1 << bits];
            for (int w = 0; w < 1 << bits; w++) {
                int six = replicated(w, bits, 6);
                WEIGHTS[bits][w] = six > 32 ? six + 1 : six;
            }
        }
    }

    private Modes() {}

    static byte[][] patterns(int mode) {
        return switch (mode) {
            case 2, 4, 9, 16 -> TWO;
            case 7 -> TWO_OF_MODE_7;
            case 3 -> THREE;
            default -> ONE;
        };
    }

    /** Bits that say the pattern. */
    static int patternBits(int mode) {
        return SUBSETS[mode] == 1 ? 0 : SUBSETS[mode] == 2 ? 5 : 4;
    }

    /** The same bits again and again, from the top. */
    private static int replicated(int v, int bits, int wanted) {
        int out = 0;
        for (int at = wanted - bits; at > -bits; at -= bits) {
            out |= at >= 0 ? v << at : v >> -at;
        }
        return out;
    }

    /** How endpoints are counted: in bits alone, or bits over a trit or a quint. */
    static final class Ends {
        final int levels;
        final int bits;
        /** 3, 5, or 1 where there are bits alone. */
        final int base;
        /** Value 0 to 255 by number as it is stored. */
        final int[] value;
        /** Number of the value nearest to one of 0 to 255 that is not above it, and not below it. */
        final int[] below = new int[256];

        final int[] above = new int[256];

        private Ends(int levels) {
            this.levels = levels;
            this.base = levels % 3 == 0 ? 3 : levels % 5 == 0 ? 5 : 1;
            this.bits = Integer.numberOfTrailingZeros(levels / base);
            this.value = new int[levels];
            int[] by = new int[256];
            java.util.Arrays.fill(by, -1);
            for (int i = 0; i < levels; i++) {
                value[i] = value(i);
                by[value[i]] = i;
            }
            for (int v = 0; v < 256; v++) {
                below[v] = by[v] >= 0 ? by[v] : below[v - 1]; // 0 and 255 are always there
            }
            for (int v = 255; v >= 0; v--) {
                above[v] = by[v] >= 0 ? by[v] : above[v + 1];
            }
        }

        /** Unquantised as ASTC does (Khronos Data Format Specification, "Endpoint Unquantization"). */
        private int value(int i) {
            if (base == 1) {
                return replicated(i, bits, 8);
            }
            int low = i & (1 << bits) - 1;
            int high = low >> 1; // its lowest bit turns the scale round
            int b = switch (levels) {
                case 12 -> high << 8 | high << 4 | high << 2 | high << 1;
                case 40 -> high << 7 | high << 1 | high >> 1;
                case 48 -> high << 6 | high;
                case 160 -> high << 5 | high >> 3;
                case 192 -> high << 4 | high >> 4;
                default -> throw new IllegalStateException();
            };
            int c = switch (levels) {
                case 12 -> 93;
                case 40 -> 26;
                case 48 -> 22;
                case 160 -> 6;
                case 192 -> 5;
                default -> throw new IllegalStateException();
            };
            int a = (low & 1) == 0 ? 0 : 511;
            int t = (i >> bits) * c + b ^ a;
            return a & 0x80 | t >> 2;
        }
    }

    private static byte[][] patterns(int subsets, int[] seeds) {
        byte[][] out = new byte[seeds.length][BLOCK];
        for (int p = 0; p < seeds.length; p++) {
            for (int i = 0; i < BLOCK; i++) {
                out[p][i] = (byte) subset(seeds[p], i & 3, i >> 2, subsets);
            }
        }
        return out;
    }

    /** ASTC's function of patterns, for blocks of less than 31 pixels (the same specification, "Partition Pattern Generation"). */
    private static int subset(int seed, int column, int row, int subsets) {
        int x = 2 * column;
        int y = 2 * row;
        int all = seed + (subsets - 1) * 1024;
        int r = hash(all);
        int[] s = new int[12];
        int[] from = {0, 4, 8, 12, 16, 20, 24, 28, 18, 22, 26, 30};
        for (int k = 0; k < 12; k++) {
            int four = Integer.rotateRight(r, from[k]) & 15;
            s[k] = four * four;
        }
        int even = (all & 1) != 0 ? (all & 2) != 0 ? 4 : 5 : subsets == 3 ? 6 : 5;
        int odd = (all & 1) != 0 ? subsets == 3 ? 6 : 5 : (all & 2) != 0 ? 4 : 5;
        for (int k = 0; k < 8; k++) {
            s[k] >>= k % 2 == 0 ? even : odd;
        }
        int a = s[0] * x + s[1] * y + (r >>> 14) & 63;
        int b = s[2] * x + s[3] * y + (r >>> 10) & 63;
        int c = subsets < 3 ? 0 : s[4] * x + s[5] * y + (r >>> 6) & 63;
        return a >= b && a >= c ? 0 : b >= c ? 1 : 2;
    }

    private static int hash(int seed) {
        int p = seed;
        p ^= p >>> 15;
        p -= p << 17;
        p += p << 7;
        p += p << 4;
        p ^= p >>> 5;
        p += p << 16;
        p ^= p >>> 7;
        p ^= p >>> 3;
        p ^= p << 6;
        p ^= p >>> 17;
        return p;
    }
}
