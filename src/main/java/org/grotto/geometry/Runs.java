package org.grotto.geometry;

import java.util.Arrays;

/** Ascending places of an array as runs without gaps: what is picked by them is copied in whole pieces. */
public final class Runs {
    private int[] bounds = new int[64];
    private int size;
    private int count;

    /** The places from {@code start} up to, not including, {@code end}. */
    public static Runs of(int start, int end) {
        Runs r = new Runs();
        r.add(start, end);
        return r;
    }

    /** Adds the places from {@code start} up to, not including, {@code end}; none before the end of the last ones. */
    public void add(int start, int end) {
        if (start >= end) {
            return;
        }
        if (size > 0 && start < bounds[2 * size - 1]) {
            throw new IllegalArgumentException(start + " does not follow " + bounds[2 * size - 1]);
        }
        count = Math.addExact(count, end - start);
        if (size > 0 && start == bounds[2 * size - 1]) {
            bounds[2 * size - 1] = end;
            return;
        }
        if (2 * size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 4 * size);
        }
        bounds[2 * size] = start;
        bounds[2 * size + 1] = end;
        size++;
    }

    /** How many runs there are. */
    public int size() {
        return size;
    }

    /** How many places they hold. */
    public int count() {
        return count;
    }

    /** The first place of run {@code r}. */
    public int start(int r) {
        return bounds[2 * r];
    }

    /** The place after the last one of run {@code r}. */
    public int end(int r) {
        return bounds[2 * r + 1];
    }

    /** Copies these places of {@code from}, each of {@code width} elements, to the beginning of {@code to}. */
    void copy(Object from, int width, Object to) {
        int at = 0;
        for (int r = 0; r < size; r++) {
            int n = width * (end(r) - start(r));
            System.arraycopy(from, width * start(r), to, at, n);
            at += n;
        }
    }
}
