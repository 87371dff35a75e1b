package org.grotto.clean;

import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.PlaneFit;
import org.grotto.store.Chunks;

/**
 * Points that hang in the air: with too few others around (radius), or much further from their neighbours than these are
 * from theirs (statistical). The second is Rusu's mean plus n sigma (2008), taken of the ratio to the neighbourhood
 * instead of the distance itself, so that a sparse far wall beside a dense close-up is not an outlier; and a point on its
 * neighbours' plane is none either, so the rim of a dense patch stays.
 */
final class Outliers {
    /** No threshold is lower, however even the spacing. */
    private static final double LEAST_RATIO = 3;

    private final Chunks chunks;
    private final Cloud cloud;
    private final CleanOptions options;
    private final double reach;
    private final double radius;
    private final Work work;

    Outliers(Chunks chunks, CleanOptions options, Quantiles kth, Work work) {
        this.chunks = chunks;
        this.cloud = chunks.cloud();
        this.options = options;
        this.reach = Spacing.reach(kth);
        this.radius = options.radius() > 0 ? options.radius() : Spacing.alone(kth);
        this.work = work;
    }

    /** Marks outliers in {@code reason}, where nothing stands yet. */
    void mark(byte[] reason) {
        if (options.radiusCount() == 0 && !(options.sigma() > 0)) {
            return;
        }
        int n = cloud.size;
        float[] mean = new float[n];
        double halo = Math.max(reach, radius);
        chunks.map(
                halo,
                (chunk, all) -> {
                    KdTree.Query q = KdTree.of(cloud, all, work).query();
                    for (int i = chunk.from(); i < chunk.to(); i++) {
                        int found = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], options.neighbours() + 1, reach);
                        mean[i] = (float) meanDistance(q, found);
                        if (options.radiusCount() > 0
                                && reason[i] == Removed.KEPT
                                && !crowd(q, found)
                                && q.countAt(cloud.x[i], cloud.y[i], cloud.z[i], radius, options.radiusCount() + 1)
                                        <= options.radiusCount()) {
                            reason[i] = Removed.ISOLATED;
                        }
                    }
                    return 0;
                },
                work);
        if (options.sigma() > 0) {
            statistical(mean, reason);
        }
    }

    /** Whether the neighbours just found settle that enough lie within the radius. */
    private boolean crowd(KdTree.Query q, int found) {
        int m = options.radiusCount();
        return m <= options.neighbours() && found > m && q.distance[m] <= radius * radius;
    }

    /** The mean distance to the k nearest; a missing one counts as the reach. */
    private double meanDistance(KdTree.Query q, int found) {
        int k = options.neighbours();
        double sum = (k + 1 - found) * reach;
        for (int j = 1; j < found; j++) {
            sum += Math.sqrt(q.distance[j]);
        }
        return sum / k;
    }

    private void statistical(float[] mean, byte[] reason) {
        float[] ratio = new float[cloud.size];
        chunks.map(
                reach,
                (chunk, all) -> {
                    KdTree.Query q = KdTree.of(cloud, all, work).query();
                    float[] around = new float[options.neighbours()];
                    PlaneFit plane = new PlaneFit();
                    for (int i = chunk.from(); i < chunk.to(); i++) {
                        ratio[i] = (float) ratio(q, i, mean, around, plane);
                    }
                    return 0;
                },
                work);
        // the cloud's mean and deviation of the ratio, wild values clipped
        int n = cloud.size;
        double average = work.sum(n, 1 << 16, (from, to) -> {
                    double s = 0;
                    for (int i = from; i < to; i++) {
                        s += clipped(ratio[i]);
                    }
                    return s;
                })
                / n;
        double variance = work.sum(n, 1 << 16, (from, to) -> {
                    double s = 0;
                    for (int i = from; i < to; i++) {
                        double d = clipped(ratio[i]) - average;
                        s += d * d;
                    }
                    return s;
                })
                / n;
        double limit = Math.max(LEAST_RATIO, 1 + average + options.sigma() * Math.sqrt(variance));
        for (int i = 0; i < n; i++) {
            if (ratio[i] > limit && reason[i] == Removed.KEPT) {
                reason[i] = Removed.STATISTICAL;
            }
        }
    }

    private static double clipped(float ratio) {
        return Math.min(1, ratio - 1);
    }

    private double ratio(KdTree.Query q, int i, float[] mean, float[] around, PlaneFit plane) {
        int found = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], options.neighbours() + 1, reach);
        int n = 0;
        for (int j = 0; j < found; j++) {
            if (q.index[j] != i && n < around.length) {
                float m = mean[q.index[j]];
                int at = n++;
                while (at > 0 && around[at - 1] > m) {
                    around[at] = around[at - 1];
                    at--;
                }
                around[at] = m;
            }
        }
        if (n == 0 || around[n / 2] == 0) {
            return n == 0 ? Float.POSITIVE_INFINITY : 1;
        }
        double r = mean[i] / around[n / 2];
        return r > LEAST_RATIO && onPlane(q, found, i, mean[i], plane) ? 1 : r;
    }

    /** Whether point i lies on the plane of its neighbours: a surface's rim, not a stray point. */
    private boolean onPlane(KdTree.Query q, int found, int i, double distance, PlaneFit plane) {
        plane.clear();
        double s = cloud.lattice.step();
        for (int j = 0; j < found; j++) {
            int p = q.index[j];
            if (p != i) {
                plane.add(
                        1,
                        s * ((double) cloud.x[p] - cloud.x[i]),
                        s * ((double) cloud.y[p] - cloud.y[i]),
                        s * ((double) cloud.z[p] - cloud.z[i]));
            }
        }
        if (!plane.solve()) {
            return false;
        }
        double off = Math.abs(plane.normalX * plane.meanX + plane.normalY * plane.meanY + plane.normalZ * plane.meanZ);
        return off <= Math.max(3 * Math.sqrt(plane.least), 0.2 * distance) && plane.least < 0.1 * plane.middle;
    }
}
