package org.grotto.store;

import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;

/**
 * Applies crafts to stores. The same code runs on the threads of this process ({@link Threads}) or elsewhere; results do
 * not depend on which.
 */
public interface Engine {
    /** What a craft gets besides its region: threads, progress, faults. */
    Work work();

    /** A store of the points of {@code cloud}, of regions of at most about {@code target} points. */
    Store store(Cloud cloud, int target);

    /** The parts that {@code craft} gives, in the order of the regions. */
    <R> List<R> map(Store store, Craft<R> craft);

    /** The store with the columns that {@code craft} gives. */
    Store add(Store store, Craft.ForColumns craft);

    /** The store with the columns {@code gives} that {@code craft} gives, and the rest, in the order of the regions. */
    <R> Added<R> add(Store store, List<ColumnType> gives, Craft<Craft.Both<R>> craft);

    /** What {@link #add(Store, List, Craft)} gives. */
    record Added<R>(Store store, List<R> rest) {}
}
