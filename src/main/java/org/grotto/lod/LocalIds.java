package org.grotto.lod;

import java.util.Arrays;

/**
 * Numbers vertices from 0 in the order in which they are first asked for: by a table for those of a window, by a hash for
 * the few outside.
 */
final class LocalIds {
    private final int low;
    /** By vertex of the window: its number + 1. */
    private final int[] window;
    /** Vertices outside, in slots, each + 1. */
    private int[] keys = new int[256];

    private int[] values = new int[256];
    private int outside;
    /** The vertices by number. */
    private int[] vertices;

    private int count;

    LocalIds(int low, int high) {
        this.low = low;
        this.window = new int[high - low];
        this.vertices = new int[Math.max(64, (high - low) / 4)];
    }

    int count() {
        return count;
    }

    /** The vertices by number. */
    int[] vertices() {
        return Arrays.copyOf(vertices, count);
    }

    /** The numbers of {@code vertices}. */
    int[] of(int[] vertices) {
        int[] out = new int[vertices.length];
        for (int i = 0; i < out.length; i++) {
            int w = vertices[i] - low;
            int known = w >= 0 && w < window.length ? window[w] - 1 : -1;
            out[i] = known >= 0 ? known : of(vertices[i]);
        }
        return out;
    }

    int of(int vertex) {
        int w = vertex - low;
        if (w >= 0 && w < window.length) {
            if (window[w] == 0) {
                window[w] = next(vertex);
            }
            return window[w] - 1;
        }
        int slot = slot(keys, vertex);
        if (keys[slot] == 0) {
            if (2 * ++outside > keys.length) {
                grow();
                slot = slot(keys, vertex);
            }
            keys[slot] = vertex + 1;
            values[slot] = next(vertex);
        }
        return values[slot] - 1;
    }

    private int next(int vertex) {
        if (count == vertices.length) {
            vertices = Arrays.copyOf(vertices, 2 * count);
        }
        vertices[count] = vertex;
        return ++count;
    }

    private static int slot(int[] keys, int vertex) {
        int s = vertex * 0x9E3779B9 >>> 7 & keys.length - 1;
        while (keys[s] != 0 && keys[s] != vertex + 1) {
            s = s + 1 & keys.length - 1;
        }
        return s;
    }

    private void grow() {
        int[] k = new int[2 * keys.length];
        int[] v = new int[k.length];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0) {
                int s = slot(k, keys[i] - 1);
                k[s] = keys[i];
                v[s] = values[i];
            }
        }
        keys = k;
        values = v;
    }
}
