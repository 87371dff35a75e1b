package org.grotto.format;

import java.util.List;

/**
 * Some points on their way from a reader or to a writer: x, y, z in metres in the scan's own frame, and one double array
 * for each column, all of the same capacity. Reused from batch to batch; readers fill it, callers must not keep it.
 */
public final class PointBatch {
    public final int capacity;
    public int size;
    public final double[] x;
    public final double[] y;
    public final double[] z;
    /** One array for each of {@link #schema}, in that order. */
    public final double[][] columns;

    public final List<Column> schema;

    public PointBatch(List<Column> schema, int capacity) {
        this.schema = List.copyOf(schema);
        this.capacity = capacity;
        this.x = new double[capacity];
        this.y = new double[capacity];
        this.z = new double[capacity];
        this.columns = new double[schema.size()][capacity];
    }

    /** The index of the named column in {@link #columns}, or -1. */
    public int indexOf(String name) {
        for (int i = 0; i < schema.size(); i++) {
            if (schema.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
