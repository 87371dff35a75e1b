package org.grotto.clean;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.grotto.geometry.Cloud;
import org.grotto.store.Chunks;

/** Points on the same lattice position: the first in (Morton, input) order stays. */
final class Duplicates {
    private Duplicates() {}

    /** Marks in {@code reason} what is to go; returns how many. Linear but for crowded Morton cells, which are sorted. */
    static long mark(Chunks chunks, byte[] reason) {
        int n = chunks.cloud().size;
        long count = 0;
        for (int from = 0; from < n; ) {
            int to = from + 1;
            while (to < n && chunks.code(to) == chunks.code(from)) {
                to++;
            }
            if (to - from > 1) {
                count += to - from <= 16
                        ? small(chunks.cloud(), from, to, reason)
                        : crowded(chunks.cloud(), from, to, reason);
            }
            from = to;
        }
        return count;
    }

    private static boolean same(Cloud c, int i, int j) {
        return c.x[i] == c.x[j] && c.y[i] == c.y[j] && c.z[i] == c.z[j];
    }

    private static long small(Cloud c, int from, int to, byte[] reason) {
        long count = 0;
        for (int i = from + 1; i < to; i++) {
            for (int j = from; j < i; j++) {
                if (same(c, i, j)) {
                    reason[i] = Removed.DUPLICATE;
                    count++;
                    break;
                }
            }
        }
        return count;
    }

    private static long crowded(Cloud c, int from, int to, byte[] reason) {
        Integer[] order = IntStream.range(from, to).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order,
                Comparator.comparingInt((Integer i) -> c.x[i])
                        .thenComparingInt(i -> c.y[i])
                        .thenComparingInt(i -> c.z[i])
                        .thenComparingInt(i -> i));
        long count = 0;
        for (int k = 1; k < order.length; k++) {
            if (same(c, order[k - 1], order[k])) {
                reason[order[k]] = Removed.DUPLICATE;
                count++;
            }
        }
        return count;
    }
}
