package org.grotto.store;

import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;

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

    /** The mesh as regions of at most about {@code target} vertices, beside the points around it. */
    MeshStore mesh(Mesh mesh, Store points, int target);

    /** The parts that {@code craft} gives, in the order of the regions. */
    <R> List<R> map(MeshStore store, MeshCraft<R> craft);

    /** The store with the columns {@code gives} that {@code craft} gives for the core of each region. */
    default MeshStore add(MeshStore store, List<ColumnType> gives, MeshCraft<Columns> craft) {
        return both(store, gives, craft.giving((r, work) -> new Craft.Both<>(craft.run(r, work), r.index())))
                .store();
    }

    /** The store with the columns {@code gives} that {@code craft} gives, and the rest, in the order of the regions. */
    default <R> AddedToMesh<R> both(MeshStore store, List<ColumnType> gives, MeshCraft<Craft.Both<R>> craft) {
        MeshStore.Sink sink = store.sink(gives);
        List<R> rest = map(store, craft.giving((region, work) -> {
            int index = region.index();
            Craft.Both<R> part = craft.run(region, work);
            sink.put(index, part.columns());
            return part.rest();
        }));
        return new AddedToMesh<>(sink.done(), rest);
    }

    /** What {@link #both} gives. */
    record AddedToMesh<R>(MeshStore store, List<R> rest) {}

    /** What {@link #add(Store, List, Craft)} gives. */
    record Added<R>(Store store, List<R> rest) {}
}
