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
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        if (n < 2) {
            return order;
        }
        int block = Math.max(1 << 16, (n + 63) / 64);
        int blocks = (n + block - 1) / block;
        long all = 0;
        long first = codes[0];
        for (long c : codes) {
            all |= c ^ first;
        }
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
            work.each(blocks, b -> {
                int[] c = counts[b];
                java.util.Arrays.fill(c, 0);
                int end = (int) Math.min(n, (b + 1L) * block);
                for (int i = b * block; i < end; i++) {
                    c[(int) (codes[src[i]] >>> s & 2047)]++;
                }
            });
            int sum = 0;
            for (int d = 0; d < 2048; d++) {
                for (int b = 0; b < blocks; b++) {
                    int c = counts[b][d];
                    counts[b][d] = sum;
                    sum += c;
                }
            }
            work.each(blocks, b -> {
                int[] c = counts[b];
                int end = (int) Math.min(n, (b + 1L) * block);
                for (int i = b * block; i < end; i++) {
                    dst[c[(int) (codes[src[i]] >>> s & 2047)]++] = src[i];
                }
            });
            from = dst;
            to = src;
        }
        return from;
    }
}
