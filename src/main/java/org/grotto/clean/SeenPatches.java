package org.grotto.clean;

import java.util.Arrays;
import org.grotto.sight.RangeMap;

/**
 * Tells things that are wide for both scans from what is thinner than rays are apart. Places that a station looks past fall
 * into fine cells of its view, a quarter of a pixel or a multiple of that. A patch is full where each of nine windows, three
 * by three, has such a place at about one depth; a window is as wide as rays of the coarser scan are apart, so that a thing
 * with a full patch could not have slipped between them. What hangs together with the middle of a full patch within a few
 * windows belongs to it.
 *
 * <p>A key is a window's width, a step of depth and a cell, as one number.
 */
final class SeenPatches {
    /** Cells of the finest level along a pixel, as a power of two. */
    private static final int FINER = 2;
    /** A window has 3, 4 or 5 cells of its level; finer steps than twice as wide leave fewer things too small for it. */
    private static final int LEAST = 3;

    private static final int WIDTHS = 3;
    private static final int LEVELS = 12;
    /** Places whose distances differ by less than this factor may hang together. */
    private static final double DEPTH = Math.log(1.15);
    /** So many steps from a full patch, the first at its middle. */
    private static final int STEPS = 6;

    private static final int CELL = 41;
    private static final int DEPTHS = 9;

    private SeenPatches() {}

    /**
     * The least group, a width on a level, whose windows hold neighbouring points.
     *
     * @param apart what a window is at least as wide as, in pixels
     */
    static int group(double apart) {
        double cells = Math.max(LEAST, apart * (1 << FINER));
        int level = 0;
        while (level < LEVELS - 1 && cells > (1 << level) * (LEAST + WIDTHS - 1)) {
            level++;
        }
        int width = (int) Math.ceil(cells / (1 << level));
        return WIDTHS * level + Math.clamp(width - LEAST, 0, WIDTHS - 1);
    }

    /** The group after this one. */
    static int next(int group) {
        return Math.min(WIDTHS * LEVELS - 1, group + 1);
    }

    /** The key of a place that {@code m} looks past. */
    static long key(RangeMap m, int group, double x, double y, double z, double[] uv) {
        long depth = (long) Math.max(
                1, Math.min(510, 256 + Math.floor(Math.log(Math.max(1e-9, m.distance(x, y, z))) / DEPTH)));
        return (group << DEPTHS | depth) << CELL | m.pixel(x, y, z, group / WIDTHS - FINER, uv);
    }

    /** Of the keys, ascending and each once, those of full patches and what hangs on them; ascending. */
    static long[] of(long[] keys) {
        byte[] steps = new byte[keys.length];
        int[] front = new int[keys.length];
        int n = 0;
        for (int k = 0; k < keys.length; k++) {
            if (full(keys, k)) {
                steps[k] = 1;
                front[n++] = k;
            }
        }
        for (int at = 0; at < n; at++) {
            int k = front[at];
            int w = width(keys[k]);
            for (int row = 0; row < 3 * (2 * w + 1) && steps[k] < STEPS; row++) {
                int du = row / 3 - w;
                int d = row % 3 - 1;
                long from = shifted(keys[k], du, -w, d);
                long to = shifted(keys[k], du, w, d);
                if (from < 0 || to < 0) {
                    continue;
                }
                for (int next = least(keys, from); next < keys.length && keys[next] <= to; next++) {
                    if (steps[next] == 0) {
                        steps[next] = (byte) (steps[k] + 1);
                        front[n++] = next;
                    }
                }
            }
        }
        long[] out = new long[n];
        for (int k = 0; k < n; k++) {
            out[k] = keys[front[k]];
        }
        Arrays.sort(out);
        return out;
    }

    private static int width(long key) {
        return LEAST + (int) (key >>> CELL + DEPTHS) % WIDTHS;
    }

    private static boolean full(long[] keys, int k) {
        for (int b = 0; b < 9; b++) {
            if (!any(keys, keys[k], b % 3 - 1, b / 3 - 1)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the window that lies so many windows beside the one around a cell has anything. */
    private static boolean any(long[] keys, long key, int wu, int wv) {
        int w = width(key);
        int u = wu * w - (w - 1) / 2;
        int v = wv * w - (w - 1) / 2;
        for (int d = -1; d <= 1; d++) {
            for (int i = 0; i < w; i++) {
                long from = shifted(key, u + i, v, d);
                long to = shifted(key, u + i, v + w - 1, d);
                if (from >= 0 && to >= 0) {
                    int at = least(keys, from);
                    if (at < keys.length && keys[at] <= to) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The key beside one, or -1 where the face ends there. */
    private static long shifted(long key, int du, int dv, int depth) {
        long cell = RangeMap.beside(key & (1L << CELL) - 1, du, dv);
        return cell < 0 ? -1 : (key >>> CELL) + depth << CELL | cell;
    }

    private static int least(long[] keys, long key) {
        int at = Arrays.binarySearch(keys, key);
        return at < 0 ? -at - 1 : at;
    }
}
