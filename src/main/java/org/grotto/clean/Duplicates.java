package org.grotto.clean;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.store.Craft;
import org.grotto.store.Region;
import org.grotto.store.Store;

/**
 * Points on the same lattice position: the first in the store's order stays. They share a Morton cell, and with it a
 * region, so no halo is needed.
 */
final class Duplicates implements Craft.ForColumns {
    @Override
    public Set<String> needs() {
        return Set.of(Store.MORTON.name());
    }

    @Override
    public List<ColumnType> gives() {
        return List.of(Removed.REASON);
    }

    @Override
    public double halo() {
        return 0;
    }

    /** Linear but for crowded Morton cells, which are sorted. */
    @Override
    public Columns run(Region region, Work work) {
        Cloud c = region.cloud();
        long[] code = (long[]) c.columns.array(Store.MORTON.name());
        byte[] reason = new byte[region.count()];
        for (int from = region.from(); code != null && from < region.to(); ) {
            int to = from + 1;
            while (to < region.to() && code[to] == code[from]) {
                to++;
            }
            if (to - from > 16) {
                crowded(c, from, to, region.from(), reason);
            } else if (to - from > 1) {
                small(c, from, to, region.from(), reason);
            }
            from = to;
        }
        return Columns.NONE.with(Removed.REASON, reason);
    }

    private static boolean same(Cloud c, int i, int j) {
        return c.x[i] == c.x[j] && c.y[i] == c.y[j] && c.z[i] == c.z[j];
    }

    private static void small(Cloud c, int from, int to, int first, byte[] reason) {
        for (int i = from + 1; i < to; i++) {
            for (int j = from; j < i; j++) {
                if (same(c, i, j)) {
                    reason[i - first] = Removed.DUPLICATE;
                    break;
                }
            }
        }
    }

    private static void crowded(Cloud c, int from, int to, int first, byte[] reason) {
        Integer[] order = IntStream.range(from, to).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order,
                Comparator.comparingInt((Integer i) -> c.x[i])
                        .thenComparingInt(i -> c.y[i])
                        .thenComparingInt(i -> c.z[i])
                        .thenComparingInt(i -> i));
        for (int k = 1; k < order.length; k++) {
            if (same(c, order[k - 1], order[k])) {
                reason[order[k] - first] = Removed.DUPLICATE;
            }
        }
    }
}
