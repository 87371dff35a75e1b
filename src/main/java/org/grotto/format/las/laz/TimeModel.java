package org.grotto.format.las.laz;

/**
 * Codes GPS times: up to four interleaved sequences of times, each predicted by a multiple of its last difference (as
 * whole numbers made of the doubles' bits).
 */
final class TimeModel {
    private static final int MULTI = 500;
    private static final int MULTI_MINUS = -10;
    private static final int FULL = MULTI - MULTI_MINUS + 1;

    private final int[] multiple;
    private final int[] afterZero;
    private final IntegerModel integers;
    private final int shift;
    private final long[] last = new long[4];
    private final int[] difference = new int[4];
    private final int[] extremes = new int[4];
    private int current;
    private int newest;

    /**
     * @param unchangedCoded true in the pointwise format (version 2), which spends a symbol on "unchanged"; the layered
     *     one knows of a change from elsewhere
     * @param first the time that is stored raw
     */
    TimeModel(boolean decoding, boolean unchangedCoded, long first) {
        shift = unchangedCoded ? 1 : 0;
        multiple = decoding ? Model.decoding(FULL + 4 + shift) : Model.encoding(FULL + 4 + shift);
        afterZero = decoding ? Model.decoding(5 + shift) : Model.encoding(5 + shift);
        integers = new IntegerModel(decoding, 32, 9);
        last[0] = first;
    }

    long decode(RangeDecoder d) {
        while (true) {
            int c = current;
            int diff = difference[c];
            if (diff == 0) {
                int s = d.symbol(afterZero) - shift;
                if (s < 0) {
                    return last[c];
                }
                if (s == 0) {
                    difference[c] = integers.decode(d, 0, 0);
                    extremes[c] = 0;
                    return last[c] += difference[c];
                }
                if (s == 1) {
                    return restart(d);
                }
                current = (c + s - 1) & 3;
            } else {
                int s = d.symbol(multiple);
                if (s < FULL) {
                    return last[c] += small(d, c, s, diff);
                }
                s -= shift;
                if (s < FULL) {
                    return last[c];
                }
                if (s == FULL) {
                    return restart(d);
                }
                current = (c + s - FULL) & 3;
            }
        }
    }

    private int small(RangeDecoder d, int c, int s, int diff) {
        if (s == 1) {
            extremes[c] = 0;
            return integers.decode(d, diff, 1);
        }
        if (s == 0) {
            return extreme(c, integers.decode(d, 0, 7));
        }
        if (s < MULTI) {
            return integers.decode(d, s * diff, s < 10 ? 2 : 3);
        }
        if (s == MULTI) {
            return extreme(c, integers.decode(d, MULTI * diff, 4));
        }
        int multi = MULTI - s;
        return multi > MULTI_MINUS
                ? integers.decode(d, multi * diff, 5)
                : extreme(c, integers.decode(d, MULTI_MINUS * diff, 6));
    }

    /** A difference far from the expected one; the fourth in a row becomes the expected one. */
    private int extreme(int c, int diff) {
        if (++extremes[c] > 3) {
            difference[c] = diff;
            extremes[c] = 0;
        }
        return diff;
    }

    private long restart(RangeDecoder d) {
        int high = integers.decode(d, (int) (last[current] >>> 32), 8);
        newest = (newest + 1) & 3;
        last[newest] = (long) high << 32 | d.raw32() & 0xFFFFFFFFL;
        current = newest;
        difference[newest] = 0;
        extremes[newest] = 0;
        return last[newest];
    }

    /** Codes a time that is known to have changed (layered format only). */
    void encode(RangeEncoder e, long time) {
        while (true) {
            int c = current;
            long wide = time - last[c];
            int diff = (int) wide;
            int expected = difference[c];
            if (wide == diff) {
                if (expected == 0) {
                    e.symbol(afterZero, 0);
                    integers.encode(e, 0, diff, 0);
                    difference[c] = diff;
                    extremes[c] = 0;
                } else {
                    small(e, c, diff, expected);
                }
                last[c] = time;
                return;
            }
            int other = otherSequence(time);
            int[] model = expected == 0 ? afterZero : multiple;
            int first = expected == 0 ? 1 : FULL;
            e.symbol(model, first + other);
            if (other == 0) {
                integers.encode(e, (int) (last[c] >>> 32), (int) (time >>> 32), 8);
                e.raw32((int) time);
                newest = (newest + 1) & 3;
                current = newest;
                difference[newest] = 0;
                extremes[newest] = 0;
                last[newest] = time;
                return;
            }
            current = (c + other) & 3;
        }
    }

    /** How many sequences ahead the one stands that {@code time} fits to, or 0. */
    private int otherSequence(long time) {
        for (int i = 1; i < 4; i++) {
            long d = time - last[(current + i) & 3];
            if (d == (int) d) {
                return i;
            }
        }
        return 0;
    }

    private void small(RangeEncoder e, int c, int diff, int expected) {
        int multi = rounded((float) diff / (float) expected);
        if (multi == 1) {
            e.symbol(multiple, 1);
            integers.encode(e, expected, diff, 1);
            extremes[c] = 0;
        } else if (multi > 0 && multi < MULTI) {
            e.symbol(multiple, multi);
            integers.encode(e, multi * expected, diff, multi < 10 ? 2 : 3);
        } else if (multi >= MULTI) {
            e.symbol(multiple, MULTI);
            integers.encode(e, MULTI * expected, diff, 4);
            extreme(c, diff);
        } else if (multi < 0 && multi > MULTI_MINUS) {
            e.symbol(multiple, MULTI - multi);
            integers.encode(e, multi * expected, diff, 5);
        } else if (multi < 0) {
            e.symbol(multiple, MULTI - MULTI_MINUS);
            integers.encode(e, MULTI_MINUS * expected, diff, 6);
            extreme(c, diff);
        } else {
            e.symbol(multiple, 0);
            integers.encode(e, 0, diff, 7);
            extreme(c, diff);
        }
    }

    /** Half away from zero; what no int holds becomes the smallest one, as on the machines LASzip runs on. */
    private static int rounded(float f) {
        double r = f >= 0 ? f + 0.5 : f - 0.5;
        return r >= 0x1p31 || r <= -0x1p31 - 1 ? Integer.MIN_VALUE : (int) r;
    }
}
