package org.grotto.format.las;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.grotto.format.las.point.LasPoints;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;

/** What shows only while the points of a LAS file are read: chunks that cannot be decoded, bounds that are not theirs. */
final class LasFindings {
    /** Bounds that are wider by this share of themselves are told, too. */
    private static final double WIDE = 0.01;

    private final TreeMap<Integer, Long> chunks = new TreeMap<>();
    private @Nullable Span span;

    /** The raw positions of the points that a cursor has given. */
    static final class Span {
        private final int[] min = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        private final int[] max = {Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE};

        void add(LasPoints p, int from, int n) {
            int[][] axes = {p.x, p.y, p.z};
            for (int k = 0; k < 3; k++) {
                int[] v = axes[k];
                int lo = min[k];
                int hi = max[k];
                for (int i = from; i < from + n; i++) {
                    lo = Math.min(lo, v[i]);
                    hi = Math.max(hi, v[i]);
                }
                min[k] = lo;
                max[k] = hi;
            }
        }
    }

    /** Chunk {@code index}, of so many points, could not be decoded; from any thread. */
    synchronized void chunk(int index, long lost) {
        chunks.put(index, lost);
    }

    /** All points have been read. */
    synchronized void span(Span all) {
        span = all;
    }

    synchronized List<String> lost() {
        int n = chunks.size();
        long points = chunks.values().stream().mapToLong(Long::longValue).sum();
        return n == 0
                ? List.of()
                : List.of(points + " points of " + n + (n == 1 ? " chunk that is" : " chunks that are") + " damaged");
    }

    /** That the header's bounds do not hold all points, once these have been read. */
    synchronized List<String> said(LasHeader h) {
        Span s = span;
        Box b = h.bounds();
        if (s == null || s.min[0] > s.max[0]) {
            return List.of();
        }
        double[] lo = new double[3];
        double[] hi = new double[3];
        boolean held = b != null;
        boolean wide = false;
        for (int k = 0; k < 3; k++) {
            double u = s.min[k] * h.scale()[k] + h.offset()[k];
            double v = s.max[k] * h.scale()[k] + h.offset()[k];
            lo[k] = Math.min(u, v);
            hi[k] = Math.max(u, v);
            double slack = Math.abs(h.scale()[k]) + 1e-9 * Math.max(Math.abs(lo[k]), Math.abs(hi[k]));
            if (b != null) {
                double least = k == 0 ? b.minX() : k == 1 ? b.minY() : b.minZ();
                double most = k == 0 ? b.maxX() : k == 1 ? b.maxY() : b.maxZ();
                held &= lo[k] >= least - slack && hi[k] <= most + slack;
                double far = slack + WIDE * (b.longest() > 0 ? b.longest() : 1);
                wide |= lo[k] - least > far || most - hi[k] > far;
            }
        }
        wide &= h.lost().isEmpty() && chunks.isEmpty();
        List<String> list = new ArrayList<>();
        if (!held || wide) {
            list.add(String.format(
                    Locale.ROOT,
                    "points from %.3f %.3f %.3f to %.3f %.3f %.3f, "
                            + (held ? "less than the bounds in the header" : "beyond the bounds in the header"),
                    lo[0],
                    lo[1],
                    lo[2],
                    hi[0],
                    hi[1],
                    hi[2]));
        }
        return list;
    }
}
