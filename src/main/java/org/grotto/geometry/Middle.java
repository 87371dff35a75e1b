package org.grotto.geometry;

import java.util.BitSet;

/**
 * The ends of an axis, and the whole metre next to its median: an origin that neither the order of the values nor a few of
 * them far away move.
 */
public record Middle(double low, double high, double origin) {
    private static final int BINS = 1 << 16;
    /** Beyond this doubles do not tell all whole metres apart. */
    private static final double LARGEST = 1e15;

    /**
     * Of the {@code n} values that stand at {@code offset}, {@code offset + stride} and so on, all finite.
     *
     * @param out which of them do not count
     */
    public static Middle of(double[] v, int stride, int offset, int n, BitSet out) {
        boolean any = !out.isEmpty();
        long count = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            if (!any || !out.get(i)) {
                low = Math.min(low, v[offset + i * stride]);
                high = Math.max(high, v[offset + i * stride]);
                count++;
            }
        }
        if (count == 0) {
            return new Middle(0, 0, 0);
        }
        if (Math.max(-low, high) > LARGEST) {
            return new Middle(low, high, Math.rint(low / 2 + high / 2));
        }
        // narrowed until a bin is one metre: the bins are whole metres, so the answer is exact
        double from = Math.rint(low);
        double to = Math.rint(high);
        long before = 0;
        while (to > from) {
            double width = Math.max(1, Math.ceil((to - from + 1) / BINS));
            long[] bins = new long[BINS];
            for (int i = 0; i < n; i++) {
                if (any && out.get(i)) {
                    continue;
                }
                double metre = Math.rint(v[offset + i * stride]);
                if (metre >= from && metre <= to) {
                    bins[(int) ((metre - from) / width)]++;
                }
            }
            int b = 0;
            while (2 * (before + bins[b]) < count) {
                before += bins[b++];
            }
            from += b * width;
            to = Math.min(to, from + width - 1);
        }
        return new Middle(low, high, from);
    }
}
