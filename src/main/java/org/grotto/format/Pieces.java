package org.grotto.format;

import org.grotto.format.PointReader.PointCursor;

/** The pieces of a cloud, each a node of an octree or a tile, in the order in which their points come. */
public interface Pieces {
    int size();

    /** How many points piece {@code i} is said to hold, or -1. */
    long points(int i);

    /** What sentences call it. */
    String name(int i);

    /**
     * Opens a piece, on any thread; several may be open. Every failure is a {@link org.grotto.base.GrottoException} that
     * names its file, and a piece that holds another number of points than {@link #points} is one.
     */
    PointCursor open(int i);
}
