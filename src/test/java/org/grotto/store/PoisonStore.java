package org.grotto.store;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;

/**
 * A store for tests of crafts: small regions, handed out as copies of just what was asked for, in reverse order. When the
 * next region is handed out the copies before it are filled with NaN and wild numbers, so a craft that keeps a region's
 * arrays, looks beyond its halo or asks for columns it did not name gives another result or fails. The whole cloud is not
 * to be had.
 */
public final class PoisonStore implements Store {
    private final HeapStore inner;

    private PoisonStore(HeapStore inner) {
        this.inner = inner;
    }

    /** The engine that makes such stores, whatever region size is asked for. */
    public record Engine(int target, Work work) implements org.grotto.store.Engine {
        @Override
        public Store store(Cloud cloud, int asked) {
            return new PoisonStore(HeapStore.of(cloud, target, work));
        }

        @Override
        public <R> List<R> map(Store store, Craft<R> craft) {
            Object[] out = new Object[store.regions()];
            List<Object> lent = new ArrayList<>();
            for (int i = store.regions() - 1; i >= 0; i--) {
                Region r = copy(store.region(i, craft.halo(), craft.needs()), lent);
                out[i] = craft.run(r, work);
                lent.forEach(PoisonStore::poison);
                lent.clear();
            }
            List<R> list = new ArrayList<>();
            for (Object o : out) {
                @SuppressWarnings("unchecked")
                R r = (R) o;
                list.add(r);
            }
            return list;
        }

        @Override
        public Store add(Store store, Craft.ForColumns craft) {
            return add(
                            store,
                            craft.gives(),
                            Craft.of(
                                    craft.needs(),
                                    craft.halo(),
                                    (region, w) -> new Craft.Both<Object>(craft.run(region, w), region)))
                    .store();
        }

        @Override
        public <R> Added<R> add(Store store, List<ColumnType> gives, Craft<Craft.Both<R>> craft) {
            Sink sink = store.sink(gives);
            List<R> rest = map(store, Craft.of(craft.needs(), craft.halo(), (region, w) -> {
                int index = region.index();
                Craft.Both<R> both = craft.run(region, w);
                sink.put(index, both.columns());
                return both.rest();
            }));
            return new Added<>(sink.done(), rest);
        }

        @Override
        public MeshStore mesh(Mesh mesh, Store points, int asked) {
            return MeshStore.of(mesh, points, target, work);
        }

        /** The regions of a mesh are copies as they are. */
        @Override
        public <R> List<R> map(MeshStore store, MeshCraft<R> craft) {
            List<R> list = new ArrayList<>();
            for (int i = store.regions() - 1; i >= 0; i--) {
                MeshRegion r = store.region(i, craft);
                list.add(craft.run(r, work));
                poison(r);
            }
            return list.reversed();
        }
    }

    private static void poison(MeshRegion r) {
        Cloud c = r.cloud();
        Mesh m = r.mesh();
        m.columns.types().forEach(t -> poison(Objects.requireNonNull(m.columns.array(t.name()))));
        c.columns.types().forEach(t -> poison(Objects.requireNonNull(c.columns.array(t.name()))));
        List.of(m.xyz, m.triangles, r.ids(), r.faces(), c.x, c.y, c.z).forEach(PoisonStore::poison);
    }

    private static Region copy(Region r, List<Object> lent) {
        Cloud c = r.cloud();
        Columns columns = Columns.NONE;
        for (ColumnType t : c.columns.types()) {
            Object from = c.columns.array(t.name());
            Object array = Columns.make(t, c.size);
            System.arraycopy(from, 0, array, 0, Array.getLength(array));
            columns = columns.with(t, array);
            lent.add(array);
        }
        Cloud own = new Cloud(c.lattice, c.x.clone(), c.y.clone(), c.z.clone(), columns);
        lent.addAll(List.of(own.x, own.y, own.z));
        long[] ids = new long[c.size];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = r.id(i);
        }
        lent.add(ids);
        return new Region(r.index(), own, ids, r.from(), r.to());
    }

    private static void poison(Object array) {
        switch (array) {
            case byte[] a -> Arrays.fill(a, (byte) 0xA5);
            case char[] a -> Arrays.fill(a, (char) 0xA5A5);
            case int[] a -> Arrays.fill(a, Integer.MIN_VALUE + 5);
            case long[] a -> Arrays.fill(a, Long.MIN_VALUE + 5);
            case float[] a -> Arrays.fill(a, Float.NaN);
            case double[] a -> Arrays.fill(a, Double.NaN);
            default -> throw new IllegalArgumentException(array.getClass().toString());
        }
    }

    /** The points, for the test itself. */
    public Cloud uncovered() {
        return inner.whole();
    }

    @Override
    public Lattice lattice() {
        return inner.lattice();
    }

    @Override
    public long size() {
        return inner.size();
    }

    @Override
    public List<ColumnType> columns() {
        return inner.columns();
    }

    @Override
    public int regions() {
        return inner.regions();
    }

    @Override
    public int count(int i) {
        return inner.count(i);
    }

    @Override
    public Box bounds() {
        return inner.bounds();
    }

    @Override
    public Region region(int i, double halo, Set<String> columns) {
        return inner.region(i, halo, columns);
    }

    @Override
    public Cloud within(Box box, Set<String> columns) {
        return inner.within(box, columns);
    }

    @Override
    public Cloud run(long from, long to, Set<String> columns) {
        return inner.run(from, to, columns);
    }

    @Override
    public Cloud whole() {
        throw new AssertionError("a craft asked for the whole cloud");
    }

    @Override
    public Sink sink(List<ColumnType> types) {
        Sink sink = inner.sink(types);
        return new Sink() {
            @Override
            public void put(int i, Columns columns) {
                sink.put(i, columns);
            }

            @Override
            public Store done() {
                return new PoisonStore((HeapStore) sink.done());
            }
        };
    }

    @Override
    public Store without(Collection<String> columns) {
        return new PoisonStore((HeapStore) inner.without(columns));
    }

    @Override
    public Store keep(String column, Work work) {
        return new PoisonStore((HeapStore) inner.keep(column, work));
    }
}
