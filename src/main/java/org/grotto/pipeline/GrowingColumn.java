package org.grotto.pipeline;

import java.lang.reflect.Array;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.ColumnType.Kind;
import org.grotto.geometry.Columns;
import org.grotto.geometry.ScanColumns;

/** One column of one number a point, filled from its start; indices that outgrow 16 bits move to 32. */
final class GrowingColumn {
    private ColumnType type;
    private Object array;
    private double none;
    private int size;

    GrowingColumn(ColumnType type, int expected) {
        this.type = type;
        this.array = Columns.make(type, Math.max(1024, expected));
        this.none = type.none();
    }

    ColumnType type() {
        return type;
    }

    /** Appends {@code n} values; one that the kind cannot say becomes {@link ColumnType#none}, or the kind's end. */
    void add(double[] values, int n) {
        room(n);
        for (int i = 0; i < n; i++) {
            if (none == 65535 && values[i] >= 65535) {
                widen(i);
            }
            put(size + i, values[i]);
        }
        size += n;
    }

    /** Appends {@code n} points of which nothing is known. */
    void addNone(int n) {
        room(n);
        for (int i = 0; i < n; i++) {
            put(size + i, none);
        }
        size += n;
    }

    private void put(int i, double v) {
        switch (type.kind()) {
            case UINT8 -> ((byte[]) array)[i] = (byte) whole(v, 255);
            case UINT16 -> ((char[]) array)[i] = (char) whole(v, 65535);
            case INT32 -> ((int[]) array)[i] = (int) whole(v, Integer.MAX_VALUE);
            case INT64 -> ((long[]) array)[i] = whole(v, Long.MAX_VALUE);
            case FLOAT32 -> ((float[]) array)[i] = (float) v;
            case FLOAT64 -> ((double[]) array)[i] = v;
        }
    }

    private long whole(double v, long most) {
        return v >= 0 ? Math.min(most, Math.round(v)) : (long) none; // no number, too
    }

    /** {@code begun} of the batch on its way are in. */
    private void widen(int begun) {
        char[] narrow = (char[]) array;
        int[] wide = new int[narrow.length];
        for (int i = 0; i < size + begun; i++) {
            wide[i] = narrow[i] == 65535 ? -1 : narrow[i];
        }
        type = ScanColumns.as(type, Kind.INT32);
        array = wide;
        none = type.none();
    }

    private void room(int n) {
        int length = Array.getLength(array);
        if (size + (long) n > length) {
            resize((int) Math.max(size + (long) n, Math.min(Integer.MAX_VALUE / 4, length + (long) length / 2)));
        }
    }

    private void resize(int length) {
        Object to = Columns.make(type, length);
        System.arraycopy(array, 0, to, 0, size);
        array = to;
    }

    /** The whole column; nothing is added afterwards. */
    Object array() {
        if (size != Array.getLength(array)) {
            resize(size);
        }
        return array;
    }
}
