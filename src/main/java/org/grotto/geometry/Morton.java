package org.grotto.geometry;

import org.grotto.base.Work;

/** Morton (Z-order) codes: 21 bits an axis, x lowest. */
public final class Morton {
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
     * The order that sorts {@code codes} ascending, equal codes by index: {@code codes[order[0]]} is the smallest.
     * Stable radix sort, 11 bits a pass, passes over constant digits skipped; the codes are left as they are.
     */
    public static int[] sort(long[] codes, Work work) {
        int n = codes.length;
        int[] order = counting(n);
        if (n < 2) {
            return order;
        }
        int block = Math.max(1 << 16, (n + 63) / 64);
        int blocks = (n + block - 1) / block;
        long all = differing(codes);
        int[] from = order;
        int[] to = new int[n];
        int[][] counts = new int[blocks][2048];
        for (int shift = 0; shift < 64; shift += 11) {
            if ((all >>> shift & 2047) == 0) {
                continue;
            }
            int s = shift;
            int[] src = from;
            int[] dst = to;
            work.each(blocks, b -> count(codes, src, s, counts[b], b * block, (int) Math.min(n, (b + 1L) * block)));
            sums(counts);
            work.each(blocks, b -> deal(codes, src, dst, s, counts[b], b * block, (int) Math.min(n, (b + 1L) * block)));
            from = dst;
            to = src;
        }
        return from;
    }

    private static int[] counting(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        return order;
    }

    private static long differing(long[] codes) {
        long all = 0;
        long first = codes[0];
        for (long c : codes) {
            all |= c ^ first;
        }
        return all;
    }

    private static void count(long[] codes, int[] order, int shift, int[] count, int from, int to) {
        java.util.Arrays.fill(count, 0);
        for (int i = from; i < to; i++) {
            count[(int) (codes[order[i]] >>> shift & 2047)]++;
        }
    }

    /** Turns counts by block and digit into where each block's first of each digit goes. */
    private static void sums(int[][] counts) {
        int sum = 0;
        for (int d = 0; d < 2048; d++) {
            for (int[] c : counts) {
                int k = c[d];
                c[d] = sum;
                sum += k;
            }
        }
    }

    private static void deal(long[] codes, int[] order, int[] into, int shift, int[] next, int from, int to) {
        for (int i = from; i < to; i++) {
            into[next[(int) (codes[order[i]] >>> shift & 2047)]++] = order[i];
        }
    }
}
