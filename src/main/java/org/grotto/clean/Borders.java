package org.grotto.clean;

import java.util.Arrays;

/**
 * Votes of pairs of points, added up by the pair of patches that the points belong to: first {@link #see} every pair,
 * then {@link #sort}, then {@link #vote}. Memory: 16 bytes a pair of points.
 */
final class Borders {
    private long[] keys;
    private double[] sums = new double[0];
    private int size;

    Borders(int most) {
        keys = new long[most];
    }

    private static long key(int a, int b) {
        return (long) Math.min(a, b) << 32 | Math.max(a, b);
    }

    void see(int a, int b) {
        keys[size++] = key(a, b);
    }

    /** Makes one of all equal pairs. */
    void sort() {
        Arrays.sort(keys, 0, size);
        int n = 0;
        for (int k = 0; k < size; k++) {
            if (n == 0 || keys[n - 1] != keys[k]) {
                keys[n++] = keys[k];
            }
        }
        size = n;
        keys = Arrays.copyOf(keys, n);
        sums = new double[n];
    }

    /** Positive for alike, negative for opposite; votes are added in the order they come. */
    void vote(int a, int b, double vote) {
        sums[Arrays.binarySearch(keys, key(a, b))] += vote;
    }

    /** How many pairs there are, after {@link #sort}. */
    int size() {
        return size;
    }

    int low(int border) {
        return (int) (keys[border] >>> 32);
    }

    int high(int border) {
        return (int) keys[border];
    }

    double sum(int border) {
        return sums[border];
    }

    /**
     * The borders that are the surest one of a patch, surest first, then in order of the patches.
     *
     * @param ids above every patch's number
     * @param waits a patch that is only chosen, and does not choose
     */
    int[] surest(int ids, int waits) {
        int[] best = new int[ids];
        Arrays.fill(best, -1);
        for (int b = 0; b < size; b++) {
            prefer(best, low(b), b);
            prefer(best, high(b), b);
        }
        int[] chosen = new int[size];
        int n = 0;
        for (int b = 0; b < size; b++) {
            if (low(b) != waits && best[low(b)] == b || high(b) != waits && best[high(b)] == b) {
                chosen[n++] = b;
            }
        }
        // by falling strength: non-negative doubles order as their bits do
        long[] order = new long[n];
        for (int k = 0; k < n; k++) {
            long strength = Float.floatToIntBits((float) Math.abs(sums[chosen[k]]));
            order[k] = (Integer.MAX_VALUE - strength) << 32 | chosen[k];
        }
        Arrays.sort(order);
        int[] out = new int[n];
        for (int k = 0; k < n; k++) {
            out[k] = (int) order[k];
        }
        return out;
    }

    private void prefer(int[] best, int patch, int border) {
        if (best[patch] < 0 || Math.abs(sums[border]) > Math.abs(sums[best[patch]])) {
            best[patch] = border;
        }
    }
}
