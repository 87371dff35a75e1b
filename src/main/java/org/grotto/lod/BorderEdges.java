package org.grotto.lod;

import java.util.Arrays;

/**
 * The border of a surface as a chain: every directed edge of every triangle, opposite ones cancelled. It is exact for any
 * triangles, manifold or not; borders of surfaces that close each other cancel, whatever happened inside.
 */
final class BorderEdges {
    private final long[] keys;
    private final int[] counts;
    private final int mask;

    private BorderEdges(int edges) {
        int size = Integer.highestOneBit(Math.max(8, edges)) << 2;
        keys = new long[size];
        counts = new int[size];
        mask = size - 1;
    }

    /** The border of triangles [from, to) of {@code triangles}, in the order of their edges. */
    static int[] of(int[] triangles, int from, int to) {
        BorderEdges b = new BorderEdges(3 * (to - from));
        for (int i = 3 * from; i < 3 * to; i++) {
            b.add(triangles[i], triangles[i % 3 == 2 ? i - 2 : i + 1]);
        }
        int[] out = new int[64];
        int n = 0;
        for (int i = 3 * from; i < 3 * to; i++) {
            if (b.take(triangles[i], triangles[i % 3 == 2 ? i - 2 : i + 1])) {
                out = n + 2 > out.length ? Arrays.copyOf(out, 2 * n) : out;
                out[n++] = triangles[i];
                out[n++] = triangles[i % 3 == 2 ? i - 2 : i + 1];
            }
        }
        return Arrays.copyOf(out, n);
    }

    /** What is left of {@code edges} (two vertices each) when opposite ones and those without length are cancelled. */
    static int[] cancelled(int[] edges) {
        BorderEdges b = new BorderEdges(edges.length / 2);
        for (int i = 0; i < edges.length; i += 2) {
            if (edges[i] != edges[i + 1]) {
                b.add(edges[i], edges[i + 1]);
            }
        }
        int[] out = new int[edges.length];
        int n = 0;
        for (int i = 0; i < edges.length; i += 2) {
            if (edges[i] != edges[i + 1] && b.take(edges[i], edges[i + 1])) {
                out[n++] = edges[i];
                out[n++] = edges[i + 1];
            }
        }
        return Arrays.copyOf(out, n);
    }

    private int slot(int a, int b) {
        // the larger vertex is never 0, so no key is 0
        long key = a < b ? (long) b << 32 | a : (long) a << 32 | b;
        long h = key * 0x9E3779B97F4A7C15L;
        int s = (int) (h >>> 32) & mask;
        while (keys[s] != key) {
            if (keys[s] == 0) {
                keys[s] = key;
                break;
            }
            s = s + 1 & mask;
        }
        return s;
    }

    private void add(int a, int b) {
        counts[slot(a, b)] += a < b ? 1 : -1;
    }

    private boolean take(int a, int b) {
        int s = slot(a, b);
        if (a < b ? counts[s] > 0 : counts[s] < 0) {
            counts[s] -= a < b ? 1 : -1;
            return true;
        }
        return false;
    }
}
