package org.grotto.clean;

import java.util.Objects;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Points fit for use.
 *
 * @param contradicted what moved between scans and dust, taken out of {@code store}; null where there is none
 * @param reflected mirror images, taken out of {@code store}; null where there is none
 * @param store with unit normals on the open side, and the spacing of each point to its neighbours, all stations together
 */
public record Cleaned(
        Store store, @Nullable Store contradicted, @Nullable Store reflected, CleanReport report) {
    /** All points at once. */
    public Cloud cloud() {
        return store.whole();
    }

    /** The spacing of each point of {@link #cloud}, metres. */
    public float[] spacing() {
        return Objects.requireNonNull(cloud().columns.floats(Columns.SPACING.name()));
    }
}
