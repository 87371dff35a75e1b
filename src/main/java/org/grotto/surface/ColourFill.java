package org.grotto.surface;

import java.util.Arrays;

/** Colours for vertices that no sample colours: carried inward ring by ring along the mesh's edges, then smoothed. */
final class ColourFill {
    private static final int SMOOTHING = 8;

    private ColourFill() {}

    /**
     * Fills linear colours (three a vertex) where {@code known} is false. Vertices in parts without any known one get the
     * mean of all known ones, or grey where there is none. Each ring is the mean of the one before: the result does not
     * depend on an order.
     */
    static void run(float[] colour, boolean[] known, int[] triangles) {
        int n = known.length;
        int unknown = 0;
        for (boolean k : known) {
            unknown += k ? 0 : 1;
        }
        if (unknown == 0) {
            return;
        }
        int[] open = touching(known, triangles);
        boolean[] filled = known.clone();
        float[] sum = new float[3 * n];
        int[] count = new int[n];
        boolean more = true;
        while (more) {
            gather(open, triangles, filled, filled, colour, sum, count);
            more = false;
            // new ones are told only after the whole ring has been summed
            for (int k : open) {
                for (int c = 0; c < 3; c++) {
                    int v = triangles[k + c];
                    if (!filled[v] && count[v] > 0) {
                        for (int a = 0; a < 3; a++) {
                            colour[3 * v + a] = sum[3 * v + a] / count[v];
                            sum[3 * v + a] = 0;
                        }
                        count[v] = -1;
                        more = true;
                    }
                }
            }
            int left = 0;
            for (int k : open) {
                boolean all = true;
                for (int c = 0; c < 3; c++) {
                    int v = triangles[k + c];
                    if (count[v] < 0) {
                        filled[v] = true;
                    }
                    all &= filled[v];
                }
                if (!all) {
                    open[left++] = k;
                }
            }
            open = Arrays.copyOf(open, left);
        }
        open = touching(known, triangles);
        for (int round = 0; round < SMOOTHING; round++) {
            Arrays.fill(sum, 0);
            Arrays.fill(count, 0);
            gather(open, triangles, filled, known, colour, sum, count);
            for (int v = 0; v < n; v++) {
                if (!known[v] && count[v] > 0) {
                    for (int a = 0; a < 3; a++) {
                        colour[3 * v + a] = sum[3 * v + a] / count[v];
                    }
                }
            }
        }
        mean(colour, known, filled);
    }

    /** Sums the colours of filled neighbours into every vertex that is not {@code fixed}. */
    private static void gather(
            int[] open, int[] t, boolean[] filled, boolean[] fixed, float[] colour, float[] sum, int[] count) {
        for (int k : open) {
            for (int c = 0; c < 3; c++) {
                int a = t[k + c];
                if (fixed[a]) {
                    continue;
                }
                for (int o = 1; o < 3; o++) {
                    int b = t[k + (c + o) % 3];
                    if (filled[b]) {
                        sum[3 * a] += colour[3 * b];
                        sum[3 * a + 1] += colour[3 * b + 1];
                        sum[3 * a + 2] += colour[3 * b + 2];
                        count[a]++;
                    }
                }
            }
        }
    }

    /** Offsets of the triangles with an unknown vertex. */
    private static int[] touching(boolean[] known, int[] t) {
        int[] open = new int[1024];
        int m = 0;
        for (int k = 0; k < t.length; k += 3) {
            if (!known[t[k]] || !known[t[k + 1]] || !known[t[k + 2]]) {
                if (m == open.length) {
                    open = Arrays.copyOf(open, 2 * m);
                }
                open[m++] = k;
            }
        }
        return Arrays.copyOf(open, m);
    }

    private static void mean(float[] colour, boolean[] known, boolean[] filled) {
        double[] s = new double[3];
        long n = 0;
        for (int v = 0; v < known.length; v++) {
            if (known[v]) {
                n++;
                for (int a = 0; a < 3; a++) {
                    s[a] += colour[3 * v + a];
                }
            }
        }
        for (int v = 0; v < known.length; v++) {
            for (int a = 0; a < 3 && !filled[v]; a++) {
                colour[3 * v + a] = n == 0 ? Colour.STONE : (float) (s[a] / n);
            }
        }
    }
}
