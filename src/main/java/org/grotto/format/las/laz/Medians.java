package org.grotto.format.las.laz;

/**
 * Running medians of differences, one for each context: five values kept sorted, of which the largest and the smallest
 * leave in turn. A new value pushes out one from the end where it does not belong.
 */
final class Medians {
    private static final int STRIDE = 6;
    private final int[] v;

    Medians(int contexts) {
        v = new int[contexts * STRIDE];
    }

    int get(int context) {
        return v[context * STRIDE + 2];
    }

    void add(int context, int value) {
        int[] a = v;
        int o = context * STRIDE;
        if (a[o + 5] == 0) { // the largest leaves
            if (value < a[o + 2]) {
                a[o + 4] = a[o + 3];
                a[o + 3] = a[o + 2];
                if (value < a[o]) {
                    a[o + 2] = a[o + 1];
                    a[o + 1] = a[o];
                    a[o] = value;
                } else if (value < a[o + 1]) {
                    a[o + 2] = a[o + 1];
                    a[o + 1] = value;
                } else {
                    a[o + 2] = value;
                }
            } else {
                if (value < a[o + 3]) {
                    a[o + 4] = a[o + 3];
                    a[o + 3] = value;
                } else {
                    a[o + 4] = value;
                }
                a[o + 5] = 1;
            }
        } else { // the smallest leaves
            if (a[o + 2] < value) {
                a[o] = a[o + 1];
                a[o + 1] = a[o + 2];
                if (a[o + 4] < value) {
                    a[o + 2] = a[o + 3];
                    a[o + 3] = a[o + 4];
                    a[o + 4] = value;
                } else if (a[o + 3] < value) {
                    a[o + 2] = a[o + 3];
                    a[o + 3] = value;
                } else {
                    a[o + 2] = value;
                }
            } else {
                if (a[o + 1] < value) {
                    a[o] = a[o + 1];
                    a[o + 1] = value;
                } else {
                    a[o] = value;
                }
                a[o + 5] = 0;
            }
        }
    }
}
