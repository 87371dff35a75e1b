package org.grotto.subject;

import java.util.Arrays;
import org.grotto.base.Work;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.PlaneFit;

/**
 * A surface as some thousand discs, spread evenly over its area however unevenly it was scanned: one of each occupied cell
 * of a grid that is just so coarse, with the plane through its neighbours and the gap to them. What stands alone in the
 * air (dust) is left out.
 */
final class Surfels {
    /** Fewer tell nothing. */
    static final int LEAST = 60;

    private static final int MOST = 10_000;
    private static final int NEIGHBOURS = 12;
    /** The gap is the distance of this neighbour: on a square grid, its diagonal. */
    private static final int GAP = 6;
    /** Discs overlap by so much: half a square's diagonal would just close. */
    private static final double RADIUS = 0.75;
    /** No disc is wider than so many typical ones: what is sparser is a gap. */
    private static final double WIDEST = 6;
    /** A given normal tells the side where it lies so near to the plane's, as cosine. */
    private static final double SLANT = 0.3;

    /** Variance across the plane over the lesser one in it: a bent surface has a tenth of this, leaves have more. */
    private static final double LOOSE = 0.25;

    final int n;
    /** Centres relative to {@link #zero}, interleaved, metres. */
    final double[] p;
    /** Unit normals of the planes, interleaved; signs mean nothing. */
    final double[] axis;
    /** Distance to the neighbours round a disc, metres. */
    final double[] gap;
    /** 1 where the given normals point as {@link #axis}, -1 where against it, 0 where nothing is given. */
    final byte[] given;

    /** Whether these are measured points, not triangles. */
    final boolean scanned;

    /** Whether the neighbours lie in no plane: leaves, wires, dust. */
    final boolean[] scattered;

    final char[] station;
    final double[] zero;
    /** Least x, y, z and greatest x, y, z of all candidates, relative to {@link #zero}. */
    final double[] bounds;
    /** The middle one of {@link #gap}. */
    final double typicalGap;
    /** Whether normals are given and neighbours agree about their side. */
    final boolean oriented;

    private Surfels(
            double[] p,
            double[] axis,
            double[] gap,
            byte[] given,
            boolean[] scattered,
            char[] station,
            double[] zero,
            double[] bounds,
            boolean scanned,
            boolean o) {
        this.n = gap.length;
        this.p = p;
        this.axis = axis;
        this.gap = gap;
        this.given = given;
        this.scattered = scattered;
        this.station = station;
        this.zero = zero;
        this.bounds = bounds;
        this.scanned = scanned;
        this.oriented = o;
        double[] sorted = gap.clone();
        Arrays.sort(sorted);
        this.typicalGap = n == 0 ? 0 : sorted[n / 2];
    }

    double radius(int i) {
        return RADIUS * gap[i];
    }

    /** @param scanned whether these are measured points: a mesh's triangles are surface, however thin or wild they lie */
    static Surfels of(Candidates c, boolean scanned, Work work) {
        double[] b = c.bounds();
        int[] chosen = thinned(c, b);
        int n = chosen.length;
        double[] zero = {c.zero[0], c.zero[1], c.zero[2]};
        double[] p = new double[3 * n];
        double[] middle = {(b[0] + b[3]) / 2, (b[1] + b[4]) / 2, (b[2] + b[5]) / 2};
        for (int k = 0; k < p.length; k++) {
            p[k] = c.p[3 * chosen[k / 3] + k % 3] - middle[k % 3];
        }
        for (int d = 0; n > 0 && d < 3; d++) {
            zero[d] += middle[d];
            b[d] -= middle[d];
            b[d + 3] -= middle[d];
        }
        float[] at = new float[p.length];
        for (int k = 0; k < at.length; k++) {
            at[k] = (float) p[k];
        }
        double[] axis = new double[3 * n];
        double[] gap = new double[n];
        char[] station = new char[n];
        boolean[] scattered = new boolean[n];
        int[][] near = new int[n][];
        if (n >= LEAST) {
            KdTree tree = KdTree.of(at);
            work.blocks(n, 512, (from, to) -> {
                KdTree.Query q = tree.query();
                PlaneFit fit = new PlaneFit();
                for (int i = from; i < to; i++) {
                    int found = q.nearest(at[3 * i], at[3 * i + 1], at[3 * i + 2], NEIGHBOURS + 1);
                    plane(p, axis, i, q.index, found, fit);
                    scattered[i] = scanned && fit.least > LOOSE * fit.middle;
                    gap[i] = Math.sqrt(q.distance[Math.min(found - 1, GAP)]);
                    near[i] = Arrays.copyOf(q.index, found);
                }
            });
            double[] sorted = gap.clone();
            Arrays.sort(sorted);
            double widest = WIDEST * sorted[n / 2];
            for (int i = 0; i < n; i++) {
                gap[i] = Math.min(gap[i], widest);
            }
        }
        byte[] given = new byte[n];
        for (int i = 0; i < n; i++) {
            station[i] = c.station[chosen[i]];
            float[] m = c.normal;
            int k = 3 * chosen[i];
            double dot = m[k] * axis[3 * i] + m[k + 1] * axis[3 * i + 1] + m[k + 2] * axis[3 * i + 2];
            given[i] = (byte) (dot > SLANT ? 1 : dot < -SLANT ? -1 : 0);
        }
        return new Surfels(
                p, axis, gap, given, scattered, station, zero, b, scanned, n >= LEAST && agree(axis, given, near));
    }

    private static void plane(double[] p, double[] axis, int i, int[] index, int found, PlaneFit fit) {
        fit.clear();
        for (int j = 0; j < found; j++) {
            int q = 3 * index[j];
            fit.add(1, p[q] - p[3 * i], p[q + 1] - p[3 * i + 1], p[q + 2] - p[3 * i + 2]);
        }
        if (fit.solve()) {
            axis[3 * i] = fit.normalX;
            axis[3 * i + 1] = fit.normalY;
            axis[3 * i + 2] = fit.normalZ;
        } else {
            axis[3 * i + 2] = 1;
        }
    }

    /** Whether most have a sign and neighbours in one plane have the same: drawn by chance, every second pair would. */
    private static boolean agree(double[] axis, byte[] given, int[][] near) {
        long known = 0;
        long pairs = 0;
        long same = 0;
        for (int i = 0; i < given.length; i++) {
            known += given[i] != 0 ? 1 : 0;
            for (int j : near[i]) {
                double dot = axis[3 * i] * axis[3 * j]
                        + axis[3 * i + 1] * axis[3 * j + 1]
                        + axis[3 * i + 2] * axis[3 * j + 2];
                if (j != i && given[i] != 0 && given[j] != 0 && Math.abs(dot) > 0.8) {
                    pairs++;
                    same += dot * given[i] * given[j] > 0 ? 1 : 0;
                }
            }
        }
        return 2 * known > given.length && pairs > 0 && same > 0.9 * pairs;
    }

    /** One candidate of each occupied cell, the one with the least hash, in the order of cells; without dust. */
    private static int[] thinned(Candidates c, double[] b) {
        int n = c.size();
        if (n == 0) {
            return new int[0];
        }
        double longest = Candidates.longest(b);
        double fine = longest / 50_000;
        double coarse = longest / 8;
        if (longest > 0 && cells(c, b, fine).length > MOST) {
            for (int round = 0; round < 14; round++) {
                double mid = Math.sqrt(fine * coarse);
                if (cells(c, b, mid).length > MOST) {
                    fine = mid;
                } else {
                    coarse = mid;
                }
            }
        } else {
            coarse = fine;
        }
        double cell = Math.max(coarse, Double.MIN_NORMAL);
        long[] occupied = cells(c, b, cell);
        int[] best = new int[occupied.length];
        Arrays.fill(best, -1);
        long[] least = new long[occupied.length];
        for (int i = 0; i < n; i++) {
            int k = Arrays.binarySearch(occupied, cell(c, i, b, cell));
            long h = Candidates.hash(
                    Double.doubleToLongBits(c.p[3 * i]),
                    Double.doubleToLongBits(c.p[3 * i + 1]),
                    Double.doubleToLongBits(c.p[3 * i + 2]));
            if (best[k] < 0 || h < least[k]) {
                best[k] = i;
                least[k] = h;
            }
        }
        return n > 4 * occupied.length ? withoutDust(occupied, best) : best;
    }

    /** Those of a surface have neighbours in the cells around; unless many have none, then the scan is sparse there. */
    private static int[] withoutDust(long[] occupied, int[] best) {
        int[] kept = new int[best.length];
        int n = 0;
        for (int k = 0; k < occupied.length; k++) {
            int around = 0;
            for (int d = 0; d < 27; d++) {
                long q = occupied[k] + key(d % 3 - 1, d / 3 % 3 - 1, d / 9 - 1);
                around += d != 13 && Arrays.binarySearch(occupied, q) >= 0 ? 1 : 0;
            }
            if (around >= 2) {
                kept[n++] = best[k];
            }
        }
        return n > 0.7 * best.length ? Arrays.copyOf(kept, n) : best;
    }

    private static long[] cells(Candidates c, double[] b, double cell) {
        long[] all = new long[c.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = cell(c, i, b, cell);
        }
        Arrays.sort(all);
        int n = 0;
        for (int i = 0; i < all.length; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[n++] = all[i];
            }
        }
        return Arrays.copyOf(all, n);
    }

    private static long cell(Candidates c, int i, double[] b, double cell) {
        return key(
                (long) ((c.p[3 * i] - b[0]) / cell) + 1,
                (long) ((c.p[3 * i + 1] - b[1]) / cell) + 1,
                (long) ((c.p[3 * i + 2] - b[2]) / cell) + 1);
    }

    private static long key(long x, long y, long z) {
        return (z * (1 << 20) + y) * (1 << 20) + x;
    }
}
