package org.grotto.store;

import java.util.List;

/**
 * Applies crafts to stores. The same code runs on the threads of this process ({@link Threads}) or elsewhere; results do
 * not depend on which.
 */
public interface Engine {
    /** The parts that {@code craft} gives, in the order of the regions. */
    <R> List<R> map(Store store, Craft<R> craft);

    /** The store with the columns that {@code craft} gives. */
    Store add(Store store, Craft.ForColumns craft);
}
