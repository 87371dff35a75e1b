package org.grotto.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;

/**
 * Points in Morton order, cut into regions. The borders of regions are those of cells of an octree on the lattice: they
 * follow from the points alone, never from memory or threads. A store never changes; columns are added and points taken
 * out by making another one, which shares what stays.
 */
public interface Store {
    /** The Morton code of a point's finest cell: equal places have equal codes, and points stand in its order. */
    ColumnType MORTON = ColumnType.choice("morton", ColumnType.Kind.INT64, "store");

    Lattice lattice();

    /** How many points there are. */
    long size();

    /** The columns beside the positions; {@link #MORTON} may be asked for, too. */
    List<ColumnType> columns();

    /** How many regions there are. */
    int regions();

    /** How many points region {@code i} has. */
    int count(int i);

    /** The tight bounds of all points, metres. */
    Box bounds();

    /**
     * Region {@code i} with all points within {@code halo} metres of its core's bounds, in each axis.
     *
     * @param columns what to bring of the columns; those that the store lacks are left out
     */
    Region region(int i, double halo, Set<String> columns);

    /** All points inside {@code box}, in the store's order. Cost: the ranges of the Morton curve that meet the box. */
    Cloud within(Box box, Set<String> columns);

    /** The points numbered {@code from} up to, not including, {@code to}, in the store's order. */
    Cloud run(long from, long to, Set<String> columns);

    /**
     * All points, in the store's order: for what is global by nature and has no form by regions yet. No craft may ask for
     * it.
     */
    Cloud whole();

    /** A place for columns, filled region by region, in any order and from any thread. */
    Sink sink(List<ColumnType> types);

    /** The same points without the named columns. */
    Store without(Collection<String> columns);

    /** The points whose entry in the named one-byte column is 0, without that column. */
    Store keep(String column, Work work);

    /** Takes columns and gives the store that has them. */
    interface Sink {
        /** The entries of region {@code i}'s points, for all of the sink's columns. */
        void put(int i, Columns columns);

        /** The store with the columns, complete once every region was put. */
        Store done();
    }
}
