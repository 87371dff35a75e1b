package org.grotto.store;

import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;

/**
 * What a craft sees of a store: the points of one region, its core, and those within the halo around it, as columns of
 * their own. Nothing else of the store can be reached from here, and what is written here reaches nobody.
 */
public final class Region {
    private final int index;
    private final Cloud cloud;
    private final long[] ids;
    private final int from;
    private final int to;

    /**
     * @param index of the region in its store
     * @param cloud core and halo in the store's order, with the columns that were asked for
     * @param ids each point's number in the store, ascending
     * @param from first point of the core in {@code cloud}; {@code to}, the one after its last
     */
    public Region(int index, Cloud cloud, long[] ids, int from, int to) {
        this.index = index;
        this.cloud = cloud;
        this.ids = ids;
        this.from = from;
        this.to = to;
    }

    public int index() {
        return index;
    }

    /** Core and halo, in the store's order. */
    public Cloud cloud() {
        return cloud;
    }

    /** The first point of the core in {@link #cloud}. */
    public int from() {
        return from;
    }

    /** The point after the core's last in {@link #cloud}. */
    public int to() {
        return to;
    }

    /** How many points the core has. */
    public int count() {
        return to - from;
    }

    /** The number in the store of point {@code i} of {@link #cloud}: the same whatever region or halo it is seen in. */
    public long id(int i) {
        return ids[i];
    }

    /** The tight bounds of the core, metres. */
    public Box core() {
        return cloud.bounds(from, to);
    }

    /** The first point of the core, in {@link #cloud}, whose number is a multiple of {@code stride}: for even samples. */
    public int firstOfEvery(long stride) {
        if (from == to) {
            return to;
        }
        long first = ids[from];
        long next = (first + stride - 1) / stride * stride;
        return (int) Math.min(to, from + (next - first));
    }
}
