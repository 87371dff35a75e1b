package org.grotto.format.las.laz;

import org.jspecify.annotations.Nullable;

/**
 * Codes whole numbers by their difference to a prediction: first how many bits k the difference needs (a symbol, in a
 * context of the caller's choice), then the difference itself, its upper eight bits with a model for each k. Models are
 * made when first used.
 */
public final class IntegerModel {
    private static final int HIGH_BITS = 8;

    private final boolean decoding;
    private final int bits;
    private final int range;
    private final int min;
    private final int max;
    private final int[] @Nullable [] width;
    private final int[] @Nullable [] corrector;
    private final int[] zeroOrOne = Model.bit();
    private int k;

    /**
     * @param bits 8, 16 or 32
     * @param contexts how many contexts the width is coded in
     */
    public IntegerModel(boolean decoding, int bits, int contexts) {
        this.decoding = decoding;
        this.bits = bits;
        this.range = bits < 32 ? 1 << bits : 0;
        this.min = bits < 32 ? -(range / 2) : Integer.MIN_VALUE;
        this.max = bits < 32 ? min + range - 1 : Integer.MAX_VALUE;
        this.width = new int[contexts][];
        this.corrector = new int[bits + 1][];
    }

    /** How many bits the last difference needed: a context for what comes next. */
    int k() {
        return k;
    }

    private int[] widths(int context) {
        int[] m = width[context];
        if (m == null) {
            m = decoding ? Model.decoding(bits + 1) : Model.encoding(bits + 1);
            width[context] = m;
        }
        return m;
    }

    private int[] correctors(int k) {
        int[] m = corrector[k];
        if (m == null) {
            int symbols = 1 << Math.min(k, HIGH_BITS);
            m = decoding ? Model.decoding(symbols) : Model.encoding(symbols);
            corrector[k] = m;
        }
        return m;
    }

    public int decode(RangeDecoder d, int prediction, int context) {
        int w = d.symbol(widths(context));
        k = w;
        int c;
        if (w == 0) {
            c = d.bit(zeroOrOne);
        } else if (w < 32) {
            c = d.symbol(correctors(w));
            if (w > HIGH_BITS) {
                int low = w - HIGH_BITS;
                c = c << low | d.raw(low);
            }
            if (c >= 1 << (w - 1)) {
                c++;
            } else {
                c -= (1 << w) - 1;
            }
        } else {
            c = min;
        }
        int real = prediction + c;
        if (bits < 32) {
            if (real < 0) {
                real += range;
            } else if (real >= range) {
                real -= range;
            }
        }
        return real;
    }

    public void encode(RangeEncoder e, int prediction, int real, int context) {
        int c = real - prediction;
        if (c < min) {
            c += range;
        } else if (c > max) {
            c -= range;
        }
        int w = 32 - Integer.numberOfLeadingZeros(c <= 0 ? -c : c - 1);
        k = w;
        e.symbol(widths(context), w);
        if (w == 0) {
            e.bit(zeroOrOne, c);
        } else if (w < 32) {
            c += c < 0 ? (1 << w) - 1 : -1;
            if (w <= HIGH_BITS) {
                e.symbol(correctors(w), c);
            } else {
                int low = w - HIGH_BITS;
                e.symbol(correctors(w), c >>> low);
                e.raw(low, c & ((1 << low) - 1));
            }
        }
    }
}
