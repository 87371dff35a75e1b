package org.grotto.pipeline;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Symmetric;
import org.jspecify.annotations.Nullable;

/**
 * Whether points are one line, straight or bent as a profile scanner's single sweep: nearly every point's neighbours lie
 * along a line, and a grid over all has no more filled cells than so short a line can fill. Many lines side by side, or a
 * long tunnel seen sparsely, fail one of the two. Cost: two thousand searches and one pass for each of at most six grids.
 */
final class LineScan {
    private static final int ASKED = 2000;
    private static final int NEIGHBOURS = 24;
    /** Second spread over the first, as lengths. */
    private static final double THIN = 0.15;

    private static final double SHARE = 0.9;
    private static final int FINEST = 512;
    private static final int COARSEST = 16;
    /** Points in a filled cell at least, so that gaps between points are no gaps between cells. */
    private static final int FULL = 4;
    /** Length of a line that is one sweep, in extents: all around a square room are four. */
    private static final double LONGEST = 6;

    private LineScan() {}

    /** Refuses to lay a surface through a line. */
    static void refuse(Loaded scans) {
        if (is(scans.cloud())) {
            throw new GrottoException(
                    GrottoException.Kind.BAD_INPUT,
                    GrottoException.subject(scans.files())
                            + ": its points lie along one line: one scan line is no surface. Name scans whose lines lie"
                            + " side by side.",
                    null);
        }
    }

    static boolean is(Cloud cloud) {
        return straight(cloud) || isShort(cloud) && linear(cloud);
    }

    /** All points on one straight line, to a millionth of its length. */
    private static boolean straight(Cloud c) {
        double[] m = moments(c, null, c.size);
        return m[1] <= 1e-6 * m[0];
    }

    private static boolean linear(Cloud c) {
        if (c.size <= NEIGHBOURS) {
            return false;
        }
        KdTree.Query q = KdTree.of(c).query();
        int step = Math.max(1, c.size / ASKED);
        int asked = 0;
        int thin = 0;
        for (int i = 0; i < c.size; i += step) {
            int n = q.nearest(c.px(i), c.py(i), c.pz(i), NEIGHBOURS + 1);
            double[] m = moments(c, q.index, n);
            asked++;
            thin += m[1] <= THIN * m[0] ? 1 : 0;
        }
        return thin >= SHARE * asked;
    }

    /** The two greatest spreads (standard deviations) of the points {@code of}, or of the first {@code n}. */
    private static double[] moments(Cloud c, int @Nullable [] of, int n) {
        double[] mean = new double[3];
        for (int pass = 0; pass < n; pass++) {
            int i = of == null ? pass : of[pass];
            mean[0] += c.px(i) / n;
            mean[1] += c.py(i) / n;
            mean[2] += c.pz(i) / n;
        }
        double[] s = new double[6];
        for (int pass = 0; pass < n; pass++) {
            int i = of == null ? pass : of[pass];
            double x = c.px(i) - mean[0];
            double y = c.py(i) - mean[1];
            double z = c.pz(i) - mean[2];
            s[0] += x * x / n;
            s[1] += x * y / n;
            s[2] += x * z / n;
            s[3] += y * y / n;
            s[4] += y * z / n;
            s[5] += z * z / n;
        }
        double[] a = {s[0], s[1], s[2], s[1], s[3], s[4], s[2], s[4], s[5]};
        Symmetric.eigen(a, 3);
        double[] values = {a[0], a[4], a[8]};
        Arrays.sort(values);
        return new double[] {Math.sqrt(Math.max(0, values[2])), Math.sqrt(Math.max(0, values[1]))};
    }

    private static boolean isShort(Cloud c) {
        Box b = c.bounds();
        for (int g = FINEST; g >= COARSEST; g /= 2) {
            double cell = b.longest() / g;
            Set<Long> filled = new HashSet<>();
            for (int i = 0; i < c.size && filled.size() <= LONGEST * FINEST; i++) {
                long x = (long) ((c.px(i) - b.minX()) / cell);
                long y = (long) ((c.py(i) - b.minY()) / cell);
                long z = (long) ((c.pz(i) - b.minZ()) / cell);
                filled.add((x << 40) + (y << 20) + z);
            }
            if ((long) filled.size() * FULL <= c.size) {
                return filled.size() <= LONGEST * g;
            }
        }
        return false;
    }
}
