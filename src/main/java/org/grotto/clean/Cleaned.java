package org.grotto.clean;

import java.util.Objects;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.sight.Contradiction;
import org.grotto.sight.Sights;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Points fit for use.
 *
 * @param aside points taken out of {@code store} that tell of something, with the column {@link Contradiction#COLUMN}: what
 *     moved between scans, dust, mixed pixels, reflections; null where there is none
 * @param sights of the points of {@code store}
 * @param store with unit normals on the open side, and the spacing of each point to its neighbours, all stations together
 */
public record Cleaned(Store store, @Nullable Store aside, Sights sights, CleanReport report) {
    /** The same without the sights, which are large. */
    public Cleaned blind() {
        return new Cleaned(store, aside, Sights.NONE, report);
    }

    /** All points at once. */
    public Cloud cloud() {
        return store.whole();
    }

    /** The spacing of each point of {@link #cloud}, metres. */
    public float[] spacing() {
        return Objects.requireNonNull(cloud().columns.floats(Columns.SPACING.name()));
    }
}
