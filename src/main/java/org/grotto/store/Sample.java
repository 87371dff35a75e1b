package org.grotto.store;

import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.grotto.geometry.Cloud;

/** A few of a store's points put together: what is small enough to be looked at whole. */
public final class Sample {
    private Sample() {}

    /** The points whose number in the store is a multiple of {@code stride}, in its order. */
    public static Cloud every(Store store, long stride, Set<String> columns, Engine engine) {
        long n = (store.size() + stride - 1) / stride;
        return of(store, n, k -> k * stride, columns, engine);
    }

    /**
     * The points with the given numbers in the store.
     *
     * @param n how many
     * @param number of the k-th point, greater than that of the one before
     */
    public static Cloud of(Store store, long n, LongUnaryOperator number, Set<String> columns, Engine engine) {
        return Cloud.joined(
                store.lattice(), engine.map(store, Craft.of(columns, 0, (region, work) -> part(region, n, number))));
    }

    private static Cloud part(Region region, long n, LongUnaryOperator number) {
        if (region.count() == 0) {
            return region.cloud().pick(new int[0]);
        }
        long first = region.id(region.from());
        long a = first(n, number, first);
        long b = first(n, number, first + region.count());
        int[] index = new int[(int) (b - a)];
        for (int k = 0; k < index.length; k++) {
            index[k] = region.from() + (int) (number.applyAsLong(a + k) - first);
        }
        return region.cloud().pick(index);
    }

    /** The first k whose number is at least {@code id}. */
    private static long first(long n, LongUnaryOperator number, long id) {
        long lo = 0;
        long hi = n;
        while (lo < hi) {
            long mid = (lo + hi) >>> 1;
            if (number.applyAsLong(mid) < id) {
                lo = mid + 1;
            } else {
                hi = mid;
            }
        }
        return lo;
    }
}
