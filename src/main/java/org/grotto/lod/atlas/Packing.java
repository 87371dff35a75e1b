package org.grotto.lod.atlas;

import java.util.List;

/** Puts rectangles into one, the tallest first, each as low as it goes (skyline, bottom left; Jylanki 2010). */
final class Packing {
    private final int width;
    private final int limit;
    /** The skyline: where each step begins, and how high it is. */
    private int[] from = new int[64];

    private int[] high = new int[64];
    private int steps = 1;
    private int height;

    private Packing(int width, int limit) {
        this.width = width;
        this.limit = limit;
    }

    /** Width and height of the whole, each a multiple of 8 and at most {@code most}; null where they do not fit. */
    static int @org.jspecify.annotations.Nullable [] place(List<Patch> patches, int most) {
        Patch[] order = patches.toArray(new Patch[0]);
        java.util.Arrays.sort(order, (a, b) -> a.height != b.height ? b.height - a.height : b.width - a.width);
        long area = 0;
        int widest = 8;
        for (Patch p : order) {
            area += p.area();
            widest = Math.max(widest, p.width);
        }
        if (widest > most || area > (long) most * most) {
            return null;
        }
        int[] best = null;
        for (double share = 0.95; share > 0.3; share -= 0.1) { // ever more room, until it fits in about a square
            int w = Math.max(widest, (int) Math.ceil(Math.sqrt(area / share)));
            w = Math.min(most, (w + 7) / 8 * 8);
            Packing p = new Packing(w, most);
            if (p.run(order)) {
                int h = (p.height + 7) / 8 * 8;
                if (best == null || (long) w * h < (long) best[0] * best[1]) {
                    best = new int[] {w, h};
                }
                if (h <= w * 5L / 4) {
                    break;
                }
            }
        }
        if (best != null) {
            new Packing(best[0], most).run(order);
        }
        return best;
    }

    private boolean run(Patch[] order) {
        for (Patch p : order) {
            if (!add(p)) {
                return false;
            }
        }
        return true;
    }

    private boolean add(Patch p) {
        int bestStep = -1;
        int bestTop = Integer.MAX_VALUE;
        for (int s = 0; s < steps; s++) {
            if (from[s] + p.width > width) {
                break;
            }
            int y = 0;
            for (int k = s; k < steps && from[k] < from[s] + p.width; k++) {
                y = Math.max(y, high[k]);
            }
            if (y < bestTop) {
                bestTop = y;
                bestStep = s;
            }
        }
        if (bestStep < 0 || bestTop + p.height > limit) {
            return false;
        }
        p.x = from[bestStep];
        p.y = bestTop;
        height = Math.max(height, bestTop + p.height);
        raise(bestStep, p.x, p.x + p.width, bestTop + p.height);
        return true;
    }

    /** The skyline over [x0, x1), which begins at step {@code s}, becomes {@code top}. */
    private void raise(int s, int x0, int x1, int top) {
        int end = s;
        int last = high[s];
        while (end < steps && from[end] < x1) {
            last = high[end++];
        }
        boolean rest = x1 < width && (end == steps || from[end] > x1);
        int now = 1 + (rest ? 1 : 0);
        int grown = steps - (end - s) + now;
        if (grown > from.length) {
            from = java.util.Arrays.copyOf(from, 2 * grown);
            high = java.util.Arrays.copyOf(high, 2 * grown);
        }
        System.arraycopy(from, end, from, s + now, steps - end);
        System.arraycopy(high, end, high, s + now, steps - end);
        from[s] = x0;
        high[s] = top;
        if (rest) {
            from[s + 1] = x1;
            high[s + 1] = last;
        }
        steps = grown;
    }
}
