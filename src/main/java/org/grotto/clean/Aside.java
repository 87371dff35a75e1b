package org.grotto.clean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.sight.Contradiction;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/** Points taken out whose place tells of something, kept beside the others: with the columns of the scans and why. */
final class Aside {
    private final List<ColumnType> columns;
    private final Engine engine;
    private final List<Cloud> parts = new ArrayList<>();

    /** @param columns those that the points keep */
    Aside(List<ColumnType> columns, Engine engine) {
        this.columns = columns;
        this.engine = engine;
    }

    /** Why a point that has this in {@link Removed#REASON} is kept aside; 0 where it is not. */
    private static byte why(byte reason) {
        return switch (reason) {
            case Removed.MOVED -> (byte) Contradiction.MOVED.code();
            case Removed.DUST -> (byte) Contradiction.DUST.code();
            case Removed.MIXED -> (byte) Contradiction.MIXED.code();
            case Removed.REFLECTED -> (byte) Contradiction.REFLECTED.code();
            default -> 0;
        };
    }

    /** Takes what is marked so. */
    void add(Store marked) {
        Set<String> needs = new HashSet<>(Set.of(Removed.REASON.name()));
        columns.forEach(c -> needs.add(c.name()));
        parts.addAll(engine.map(marked, Craft.of(needs, 0, (region, work) -> {
            Cloud cloud = region.cloud();
            byte[] reason = Outliers.reason(region);
            byte[] why = new byte[reason.length];
            int[] index = new int[reason.length];
            int n = 0;
            for (int k = 0; k < reason.length; k++) {
                if (why(reason[k]) != 0) {
                    why[n] = why(reason[k]);
                    index[n++] = region.from() + k;
                }
            }
            Cloud some = cloud.pick(Arrays.copyOf(index, n));
            return some.with(Removed.REASON, null).with(Contradiction.COLUMN, Arrays.copyOf(why, n));
        })));
    }

    /** All that was taken, or null where that is nothing. */
    @Nullable
    Store store(int target) {
        int n = parts.stream().mapToInt(c -> c.size).sum();
        return n == 0 ? null : engine.store(Cloud.joined(parts.getFirst().lattice, parts), target);
    }
}
