package org.grotto.lod;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A tile's vertices split where a seam of its picture runs or an edge is hard: one for each place of a vertex in the picture
 * and each of its {@link Sides}. A curtain's triangle has the colour of the border it hangs from, all its corners in one
 * place of the picture.
 */
final class Wedges {
    /** By wedge: the vertex that it is. */
    final int[] vertex;
    /** By wedge: its place in the picture, two numbers; zeros without one. */
    final float[] uv;
    /** By wedge: the side of its vertex. */
    final byte[] side;
    /** Three wedges a triangle. */
    final int[] triangles;

    private Wedges(Splitter s, int[] triangles) {
        this.vertex = Arrays.copyOf(s.vertex, s.count);
        this.uv = Arrays.copyOf(s.uv, 2 * s.count);
        this.side = Arrays.copyOf(s.side, s.count);
        this.triangles = triangles;
    }

    /**
     * @param triangles three vertices each; those of the surface first, then the curtain's
     * @param own how many of their corners are the surface's
     * @param places of the surface's corners in the picture, two numbers each; null without one
     * @param sides of the surface's corners; null where each vertex has one normal
     * @param vertices how many vertices there are, the curtain's included
     * @param hangs for each vertex of the curtain, which come last, the surface's vertex that it hangs from, or -1
     */
    static Wedges of(
            int[] triangles, int own, float @Nullable [] places, byte @Nullable [] sides, int vertices, int[] hangs) {
        Splitter s = new Splitter(vertices, triangles.length);
        int[] out = new int[triangles.length];
        int first = vertices - hangs.length;
        // by vertex, the first wedge of the surface + 1
        int[] border = new int[vertices];
        for (int i = 0; i < own; i++) {
            int v = triangles[i];
            out[i] = s.wedge(
                    v,
                    places == null ? 0 : places[2 * i],
                    places == null ? 0 : places[2 * i + 1],
                    sides == null ? 0 : sides[i]);
            border[v] = border[v] == 0 ? out[i] + 1 : border[v];
        }
        float u = 0;
        float w = 0;
        for (int i = own; i < triangles.length; i += 3) {
            for (int k = 0; k < 3; k++) {
                int known = border(triangles[i + k], first, hangs, border);
                if (known >= 0) {
                    u = s.uv[2 * known];
                    w = s.uv[2 * known + 1];
                    break;
                }
            }
            for (int k = 0; k < 3; k++) {
                int known = border(triangles[i + k], first, hangs, border);
                out[i + k] = s.wedge(triangles[i + k], u, w, known < 0 ? 0 : s.side[known]);
            }
        }
        return new Wedges(s, out);
    }

    /** The first wedge of the surface at a vertex, or where it hangs from; -1 where there is none. */
    private static int border(int v, int first, int[] hangs, int[] border) {
        int at = v < first ? v : hangs[v - first];
        return at < 0 ? -1 : border[at] - 1;
    }

    /** Numbers vertices by place and side in the order they are first met. */
    private static final class Splitter {
        private int[] vertex;
        private float[] uv;
        private byte[] side;
        private int count;
        /** By vertex, its latest wedge + 1; by wedge, the vertex' wedge before it + 1. */
        private final int[] latest;

        private int[] before;

        Splitter(int vertices, int corners) {
            latest = new int[vertices];
            int room = Math.max(16, Math.min(corners, vertices + vertices / 4));
            vertex = new int[room];
            uv = new float[2 * room];
            side = new byte[room];
            before = new int[room];
        }

        int wedge(int v, float u, float w, byte of) {
            for (int k = latest[v]; k > 0; k = before[k - 1]) {
                if (uv[2 * k - 2] == u && uv[2 * k - 1] == w && side[k - 1] == of) {
                    return k - 1;
                }
            }
            if (count == vertex.length) {
                vertex = Arrays.copyOf(vertex, 2 * count);
                uv = Arrays.copyOf(uv, 4 * count);
                side = Arrays.copyOf(side, 2 * count);
                before = Arrays.copyOf(before, 2 * count);
            }
            vertex[count] = v;
            uv[2 * count] = u;
            uv[2 * count + 1] = w;
            side[count] = of;
            before[count] = latest[v];
            latest[v] = ++count;
            return count - 1;
        }
    }
}
