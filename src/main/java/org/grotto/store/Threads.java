package org.grotto.store;

import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Mesh;

/** The engine of one process: a region at a time on each thread of its {@link Work}. */
public record Threads(Work work) implements Engine {
    @Override
    public Store store(Cloud cloud, int target) {
        return HeapStore.of(cloud, target, work);
    }

    @Override
    public <R> List<R> map(Store store, Craft<R> craft) {
        return work.map(store.regions(), i -> craft.run(store.region(i, craft.halo(), craft.needs()), work));
    }

    @Override
    public Store add(Store store, Craft.ForColumns craft) {
        Store.Sink sink = store.sink(craft.gives());
        work.each(store.regions(), i -> sink.put(i, craft.run(store.region(i, craft.halo(), craft.needs()), work)));
        return sink.done();
    }

    @Override
    public <R> Added<R> add(Store store, List<ColumnType> gives, Craft<Craft.Both<R>> craft) {
        Store.Sink sink = store.sink(gives);
        List<R> rest = work.map(store.regions(), i -> {
            Craft.Both<R> both = craft.run(store.region(i, craft.halo(), craft.needs()), work);
            sink.put(i, both.columns());
            return both.rest();
        });
        return new Added<>(sink.done(), rest);
    }

    @Override
    public MeshStore mesh(Mesh mesh, Store points, int target) {
        return MeshStore.of(mesh, points, target, work);
    }

    @Override
    public <R> List<R> map(MeshStore store, MeshCraft<R> craft) {
        return work.map(store.regions(), i -> craft.run(store.region(i, craft), work));
    }
}
