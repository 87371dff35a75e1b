package org.grotto.lod;

import java.util.Arrays;

/**
 * A tile's vertices split where a seam of its picture runs: one for each place of a vertex in the picture. A curtain's
 * triangle has the colour of the border it hangs from, all its corners in one place of the picture.
 */
final class Wedges {
    /** By wedge: the vertex that it is. */
    final int[] vertex;
    /** By wedge: its place in the picture, two numbers. */
    final float[] uv;
    /** Three wedges a triangle. */
    final int[] triangles;

    private Wedges(int[] vertex, float[] uv, int[] triangles) {
        this.vertex = vertex;
        this.uv = uv;
        this.triangles = triangles;
    }

    /**
     * @param triangles three vertices each; those of the surface first, then the curtain's
     * @param corners places of the surface's corners, six numbers a triangle
     * @param vertices how many vertices there are, the curtain's included
     * @param hangs for each vertex of the curtain, which come last, the surface's vertex that it hangs from, or -1
     */
    static Wedges of(int[] triangles, float[] corners, int vertices, int[] hangs) {
        Splitter s = new Splitter(vertices, triangles.length);
        int[] out = new int[triangles.length];
        int own = corners.length / 2;
        int first = vertices - hangs.length;
        float[] border = new float[2 * vertices];
        boolean[] known = new boolean[vertices];
        for (int i = 0; i < own; i++) {
            int v = triangles[i];
            out[i] = s.wedge(v, corners[2 * i], corners[2 * i + 1]);
            if (!known[v]) {
                known[v] = true;
                border[2 * v] = corners[2 * i];
                border[2 * v + 1] = corners[2 * i + 1];
            }
        }
        float u = 0;
        float w = 0;
        for (int i = own; i < triangles.length; i += 3) {
            for (int k = 0; k < 3; k++) {
                int v = triangles[i + k];
                int at = v < first ? v : hangs[v - first];
                if (at >= 0 && known[at]) {
                    u = border[2 * at];
                    w = border[2 * at + 1];
                    break;
                }
            }
            for (int k = 0; k < 3; k++) {
                out[i + k] = s.wedge(triangles[i + k], u, w);
            }
        }
        return new Wedges(Arrays.copyOf(s.vertex, s.count), Arrays.copyOf(s.uv, 2 * s.count), out);
    }

    /** Numbers pairs of vertex and place in the order they are first met. */
    private static final class Splitter {
        private int[] vertex;
        private float[] uv;
        private int count;
        /** By vertex, its latest wedge + 1; by wedge, the vertex' wedge before it + 1. */
        private final int[] latest;

        private int[] before;

        Splitter(int vertices, int corners) {
            latest = new int[vertices];
            int room = Math.max(16, Math.min(corners, vertices + vertices / 4));
            vertex = new int[room];
            uv = new float[2 * room];
            before = new int[room];
        }

        int wedge(int v, float u, float w) {
            for (int k = latest[v]; k > 0; k = before[k - 1]) {
                if (uv[2 * k - 2] == u && uv[2 * k - 1] == w) {
                    return k - 1;
                }
            }
            if (count == vertex.length) {
                vertex = Arrays.copyOf(vertex, 2 * count);
                uv = Arrays.copyOf(uv, 4 * count);
                before = Arrays.copyOf(before, 2 * count);
            }
            vertex[count] = v;
            uv[2 * count] = u;
            uv[2 * count + 1] = w;
            before[count] = latest[v];
            latest[v] = ++count;
            return count - 1;
        }
    }
}
