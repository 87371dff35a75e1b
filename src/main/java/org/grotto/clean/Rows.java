package org.grotto.clean;

import java.util.Arrays;

/** Growing rows of doubles. */
final class Rows {
    private double[] data = new double[64];
    private int size;

    void add(double... row) {
        if (size + row.length > data.length) {
            data = Arrays.copyOf(data, 2 * data.length + row.length);
        }
        System.arraycopy(row, 0, data, size, row.length);
        size += row.length;
    }

    double[] trimmed() {
        return Arrays.copyOf(data, size);
    }
}
