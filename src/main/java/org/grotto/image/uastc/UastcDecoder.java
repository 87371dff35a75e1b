package org.grotto.image.uastc;

/** Pixels from blocks, exactly as the specification says, linear (not the sRGB) interpolation. For one thread. */
public final class UastcDecoder {
    private final int[] ends = new int[18];
    private final int[] trits = new int[6];
    /** By subset, end and channel: 0 to 255. */
    private final int[] low = new int[12];

    private final int[] high = new int[12];
    private long bits;
    private long rest;

    /** Takes {@code n} bits, at most 32. */
    private int take(int n) {
        int v = (int) (bits & (1L << n) - 1);
        if (n > 0) {
            bits = bits >>> n | rest << 64 - n;
            rest >>>= n;
        }
        return v;
    }

    /**
     * Decodes one block.
     *
     * @param lower the first eight bytes, the lowest first, and {@code upper} the others
     * @param rgba takes sixteen pixels row by row, four numbers each, 0 to 255
     * @return false where the block is none of a valid mode and pattern: then {@code rgba} is opaque black
     */
    public boolean decode(long lower, long upper, byte[] rgba) {
        bits = lower;
        rest = upper;
        int mode = Modes.BY_BITS[(int) lower & 127];
        if (mode < 0) {
            return black(rgba);
        }
        take(Modes.NAME_BITS[mode]);
        if (mode == Modes.SOLID) {
            int c = take(32);
            for (int i = 0; i < 64; i++) {
                rgba[i] = (byte) (c >> 8 * (i & 3));
            }
            return true;
        }
        take(Modes.HINT_BITS[mode]);
        int at = take(Modes.patternBits(mode));
        byte[][] patterns = Modes.patterns(mode);
        if (at >= patterns.length) {
            return black(rgba);
        }
        int own = Modes.CHOOSES[mode] ? take(2) : 3;
        endpoints(mode);
        pixels(mode, patterns[at], own, rgba);
        return true;
    }

    private static boolean black(byte[] rgba) {
        for (int i = 0; i < 64; i++) {
            rgba[i] = (i & 3) == 3 ? (byte) 255 : 0;
        }
        return false;
    }

    private void endpoints(int mode) {
        Modes.Ends e = Modes.ENDS[mode];
        int channels = Modes.CHANNELS[mode];
        int n = 2 * channels * Modes.SUBSETS[mode];
        int bundle = e.base == 3 ? 5 : 3;
        if (e.base > 1) {
            for (int i = 0; i * bundle < n; i++) {
                trits[i] = take(BlockBits.wide(e.base, Math.min(bundle, n - i * bundle)));
            }
        }
        for (int i = 0; i < n; i++) {
            int number = take(e.bits);
            if (e.base > 1) {
                int t = trits[i / bundle];
                number |= t % e.base << e.bits;
                trits[i / bundle] = t / e.base;
            }
            ends[i] = e.value[number];
        }
        for (int s = 0; s < Modes.SUBSETS[mode]; s++) {
            for (int c = 0; c < 4; c++) {
                int from = channels == 2 ? c == 3 ? 1 : 0 : c;
                low[4 * s + c] = from < channels ? ends[2 * (channels * s + from)] : 255;
                high[4 * s + c] = from < channels ? ends[2 * (channels * s + from) + 1] : 255;
            }
        }
    }

    private void pixels(int mode, byte[] pattern, int own, byte[] rgba) {
        int wide = Modes.WEIGHT_BITS[mode];
        int[] weights = Modes.WEIGHTS[wide];
        boolean two = Modes.PLANES[mode] == 2;
        int begun = 0;
        for (int i = 0; i < 16; i++) {
            int s = pattern[i];
            int first = (begun >> s & 1) ^ 1;
            begun |= 1 << s;
            int w = weights[take(wide - first)];
            int o = two ? weights[take(wide - first)] : w;
            for (int c = 0; c < 4; c++) {
                rgba[4 * i + c] = (byte) BlockBits.between(low[4 * s + c], high[4 * s + c], c == own ? o : w);
            }
        }
    }
}
