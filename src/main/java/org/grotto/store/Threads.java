package org.grotto.store;

import java.util.List;
import org.grotto.base.Work;

/** The engine of one process: a region at a time on each thread of its {@link Work}. */
public record Threads(Work work) implements Engine {
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
}
