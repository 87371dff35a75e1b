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

    /**
     * The border of triangles [from, to) of {@code triangles}: their edges dealt out by the lower numbered end, then
     * matched among the few of each.
     *
     * @param ids empty, its window where most of the vertices are
     */
    static int[] of(int[] triangles, int from, int to, LocalIds ids) {
        int[] at = ids.of(Arrays.copyOfRange(triangles, 3 * from, 3 * to));
        int[] vertices = ids.vertices();
        int[] start = starts(at, vertices.length);
        int[] ends = dealt(at, start.clone());
        int[] out = new int[64];
        int n = 0;
        for (int low = 0; low < vertices.length; low++) {
            Arrays.sort(ends, start[low], start[low + 1]);
            for (int i = start[low]; i < start[low + 1]; ) {
                int high = ends[i] >> 1;
                int up = 0;
                for (; i < start[low + 1] && ends[i] >> 1 == high; i++) {
                    up += (ends[i] & 1) == 0 ? 1 : -1;
                }
                for (; up != 0; up -= Integer.signum(up)) {
                    out = n + 2 > out.length ? Arrays.copyOf(out, 2 * n) : out;
                    out[n++] = vertices[up > 0 ? low : high];
                    out[n++] = vertices[up > 0 ? high : low];
                }
            }
        }
        return Arrays.copyOf(out, n);
    }

    private static int next(int[] triangles, int i) {
        return triangles[i % 3 == 2 ? i - 2 : i + 1];
    }

    /** Where the edges of each lower end begin. */
    private static int[] starts(int[] triangles, int vertices) {
        int[] start = new int[vertices + 1];
        for (int i = 0; i < triangles.length; i++) {
            start[Math.min(triangles[i], next(triangles, i)) + 1]++;
        }
        for (int v = 0; v < vertices; v++) {
            start[v + 1] += start[v];
        }
        return start;
    }

    /** By lower end the edges' higher ends, doubled, and 1 added where the edge runs down to the lower. */
    private static int[] dealt(int[] triangles, int[] place) {
        int[] ends = new int[triangles.length];
        for (int i = 0; i < triangles.length; i++) {
            int a = triangles[i];
            int b = next(triangles, i);
            ends[place[Math.min(a, b)]++] = a < b ? 2 * b : 2 * a + 1;
        }
        return ends;
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
