package org.grotto.geometry;

import org.grotto.base.Work;

/** Morton (Z-order) codes: 21 bits an axis, x lowest. */
public final class Morton {
    /** Bits that are dealt by at once. */
    private static final int DIGIT = 11;

    private static final int MASK = (1 << DIGIT) - 1;

    private Morton() {}

    /** Interleaves the low 21 bits of x, y, z; x gives bit 0. */
    public static long encode(int x, int y, int z) {
        return spread(x) | spread(y) << 1 | spread(z) << 2;
    }

    private static long spread(int v) {
        long r = v & 0x1FFFFFL;
        r = (r | r << 32) & 0x1F00000000FFFFL;
        r = (r | r << 16) & 0x1F0000FF0000FFL;
        r = (r | r << 8) & 0x100F00F00F00F00FL;
        r = (r | r << 4) & 0x10C30C30C30C30C3L;
        r = (r | r << 2) & 0x1249249249249249L;
        return r;
    }

    /** One axis out of a code: x for axis 0, y for 1, z for 2. */
    public static int decode(long code, int axis) {
        long r = (code >>> axis) & 0x1249249249249249L;
        r = (r | r >>> 2) & 0x10C30C30C30C30C3L;
        r = (r | r >>> 4) & 0x100F00F00F00F00FL;
        r = (r | r >>> 8) & 0x1F0000FF0000FFL;
        r = (r | r >>> 16) & 0x1F00000000FFFFL;
        r = (r | r >>> 32) & 0x1FFFFFL;
        return (int) r;
    }

    /**
     * The order that sorts {@code codes} ascending, equal codes by index: {@code codes[order[0]]} is the smallest. Dealt by
     * the highest 11 bits in which they differ, so that what is left of each share fits near memory; the codes are left as
     * they are.
     */
    public static int[] sort(long[] codes, Work work) {
        int n = codes.length;
        int[] order = new int[n];
        long all = differing(codes);
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(all) - DIGIT);
        int block = Math.max(1 << 16, (n + 63) / 64);
        int blocks = (n + block - 1) / block;
        int[][] counts = new int[blocks][1 << DIGIT];
        work.each(blocks, b -> count(codes, shift, counts[b], b * block, (int) Math.min(n, (b + 1L) * block)));
        int[] starts = sums(counts, n);
        work.each(blocks, b -> deal(codes, order, shift, counts[b], b * block, (int) Math.min(n, (b + 1L) * block)));
        if (shift > 0) {
            work.each(1 << DIGIT, d -> sort(codes, order, starts[d], starts[d + 1], shift));
        }
        return order;
    }

    private static long differing(long[] codes) {
        long all = 0;
        for (long c : codes) {
            all |= c ^ codes[0];
        }
        return all;
    }

    private static void count(long[] codes, int shift, int[] count, int from, int to) {
        for (int i = from; i < to; i++) {
            count[(int) (codes[i] >>> shift) & MASK]++;
        }
    }

    /** Turns counts by block and digit into where each block's first of each digit goes; gives where each digit begins. */
    private static int[] sums(int[][] counts, int n) {
        int[] starts = new int[(1 << DIGIT) + 1];
        int sum = 0;
        for (int d = 0; d <= MASK; d++) {
            starts[d] = sum;
            for (int[] c : counts) {
                int k = c[d];
                c[d] = sum;
                sum += k;
            }
        }
        starts[MASK + 1] = n;
        return starts;
    }

    private static void deal(long[] codes, int[] into, int shift, int[] next, int from, int to) {
        for (int i = from; i < to; i++) {
            into[next[(int) (codes[i] >>> shift) & MASK]++] = i;
        }
    }

    /** Sorts a part of the order, in which indices ascend, by the lowest {@code bits} bits; the codes' others are equal. */
    private static void sort(long[] codes, int[] order, int from, int to, int bits) {
        int n = to - from;
        if (n < 2) {
            return;
        }
        int room = Math.min(Long.SIZE - 1 - bits, 16); // for the place, below a code's bits
        if (n > 1 << room) {
            dealt(codes, order, from, to, bits);
            return;
        }
        long[] keys = new long[n];
        long mask = (1L << bits) - 1;
        for (int k = 0; k < n; k++) {
            keys[k] = (codes[order[from + k]] & mask) << room | k;
        }
        java.util.Arrays.sort(keys);
        int[] was = java.util.Arrays.copyOfRange(order, from, to);
        for (int k = 0; k < n; k++) {
            order[from + k] = was[(int) keys[k] & (1 << room) - 1];
        }
    }

    /** As {@link #sort(long[], int[], int, int, int)}, of many: dealt by the next digit. */
    private static void dealt(long[] codes, int[] order, int from, int to, int bits) {
        int shift = Math.max(0, bits - DIGIT);
        int mask = (1 << bits - shift) - 1;
        int[] next = new int[mask + 2];
        for (int i = from; i < to; i++) {
            next[((int) (codes[order[i]] >>> shift) & mask) + 1]++;
        }
        for (int d = 0; d < mask; d++) {
            next[d + 1] += next[d];
        }
        int[] starts = next.clone();
        int[] was = java.util.Arrays.copyOfRange(order, from, to);
        for (int i : was) {
            order[from + next[(int) (codes[i] >>> shift) & mask]++] = i;
        }
        for (int d = 0; shift > 0 && d <= mask; d++) {
            sort(codes, order, from + starts[d], d == mask ? to : from + starts[d + 1], shift);
        }
    }
}
