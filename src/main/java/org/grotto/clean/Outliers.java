package org.grotto.clean;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.PlaneFit;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Region;
import org.grotto.store.Store;

/**
 * Points that hang in the air: with too few others around (radius), or much further from their neighbours than these are
 * from theirs (statistical). The second is Rusu's mean plus n sigma (2008), taken of the ratio to the neighbourhood
 * instead of the distance itself, so that a sparse far wall beside a dense close-up is not an outlier; and a point on its
 * neighbours' plane is none either, so the rim of a dense patch stays. Dust that is dense enough to keep itself company is
 * left to {@link Adrift}.
 */
final class Outliers {
    /** No threshold is lower, however even the spacing. */
    private static final double LEAST_RATIO = 3;

    private static final ColumnType MEAN = ColumnType.number("mean-distance", ColumnType.Kind.FLOAT32, "m", "clean");
    private static final ColumnType RATIO = ColumnType.number("distance-ratio", ColumnType.Kind.FLOAT32, "1", "clean");
    /** Sums are of whole numbers of this fineness, so that they do not depend on the order of the regions. */
    private static final double FINE = 1 << 30;

    private final CleanOptions options;
    private final double reach;
    private final double radius;
    private final double typical;
    private final Engine engine;

    Outliers(CleanOptions options, Spacing.Sheets sheets, Engine engine) {
        this.options = options;
        this.reach = Spacing.reach(sheets.kth());
        this.radius = options.radius() > 0 ? options.radius() : Spacing.alone(sheets.kth());
        this.typical = sheets.typical();
        this.engine = engine;
    }

    /** The store with outliers marked in its {@link Removed#REASON}, where nothing stands yet. */
    Store mark(Store store) {
        if (options.radiusCount() == 0 && !(options.sigma() > 0)) {
            return store;
        }
        Store s = engine.add(
                store,
                Craft.of(
                        Set.of(Removed.REASON.name()),
                        List.of(MEAN, Removed.REASON),
                        Math.max(reach, radius),
                        this::alone));
        if (options.sigma() > 0) {
            s = statistical(s);
        }
        if (options.radiusCount() > 0) {
            s = engine.add(s, new Adrift(options.neighbours(), reach, typical, MEAN));
        }
        return s.without(List.of(MEAN.name(), RATIO.name()));
    }

    private Columns alone(Region region, Work work) {
        Cloud cloud = region.cloud();
        float[] mean = new float[region.count()];
        byte[] reason = reason(region);
        KdTree.Query q = KdTree.of(cloud).query();
        for (int i = region.from(); i < region.to(); i++) {
            int k = i - region.from();
            int found = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], options.neighbours() + 1, reach);
            mean[k] = (float) meanDistance(q, found);
            if (options.radiusCount() > 0
                    && reason[k] == Removed.KEPT
                    && !crowd(q, found)
                    && q.countAt(cloud.x[i], cloud.y[i], cloud.z[i], radius, options.radiusCount() + 1)
                            <= options.radiusCount()) {
                reason[k] = Removed.ISOLATED;
            }
        }
        return Columns.NONE.with(MEAN, mean).with(Removed.REASON, reason);
    }

    /** What stands already of the core's points; nothing where there is no such column. */
    static byte[] reason(Region region) {
        byte[] given = region.cloud().columns.bytes(Removed.REASON.name());
        return given == null ? new byte[region.count()] : Arrays.copyOfRange(given, region.from(), region.to());
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

    private Store statistical(Store store) {
        Store s = engine.add(store, Craft.of(Set.of(MEAN.name()), List.of(RATIO), reach, this::ratios));
        // the cloud's mean and deviation of the ratio, wild values clipped
        double average = sum(s, Outliers::clipped) / s.size();
        double variance = sum(s, r -> (clipped(r) - average) * (clipped(r) - average)) / s.size();
        double limit = Math.max(LEAST_RATIO, 1 + average + options.sigma() * Math.sqrt(variance));
        return engine.add(
                s, Craft.of(Set.of(RATIO.name(), Removed.REASON.name()), List.of(Removed.REASON), 0, (region, work) -> {
                    float[] ratio = column(region, RATIO);
                    byte[] reason = reason(region);
                    for (int k = 0; k < reason.length; k++) {
                        if (ratio[region.from() + k] > limit && reason[k] == Removed.KEPT) {
                            reason[k] = Removed.STATISTICAL;
                        }
                    }
                    return Columns.NONE.with(Removed.REASON, reason);
                }));
    }

    private Columns ratios(Region region, Work work) {
        Cloud cloud = region.cloud();
        float[] mean = column(region, MEAN);
        float[] ratio = new float[region.count()];
        KdTree.Query q = KdTree.of(cloud).query();
        float[] around = new float[options.neighbours()];
        PlaneFit plane = new PlaneFit();
        for (int i = region.from(); i < region.to(); i++) {
            ratio[i - region.from()] = (float) ratio(cloud, q, i, mean, around, plane);
        }
        return Columns.NONE.with(RATIO, ratio);
    }

    private static float[] column(Region region, ColumnType type) {
        return Objects.requireNonNull(region.cloud().columns.floats(type.name()));
    }

    private double sum(Store store, DoubleUnaryOperator term) {
        long all = 0;
        for (long part : engine.map(store, Craft.of(Set.of(RATIO.name()), 0, (region, work) -> {
            float[] ratio = column(region, RATIO);
            long s = 0;
            for (int i = region.from(); i < region.to(); i++) {
                s += Math.round(term.applyAsDouble(ratio[i]) * FINE);
            }
            return s;
        }))) {
            all += part;
        }
        return all / FINE;
    }

    private static double clipped(double ratio) {
        return Math.min(1, ratio - 1);
    }

    private double ratio(Cloud cloud, KdTree.Query q, int i, float[] mean, float[] around, PlaneFit plane) {
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
        return r > LEAST_RATIO && onPlane(cloud, q, found, i, mean[i], plane) ? 1 : r;
    }

    /** Whether point i lies on the plane of its neighbours: a surface's rim, not a stray point. */
    private static boolean onPlane(Cloud cloud, KdTree.Query q, int found, int i, double distance, PlaneFit plane) {
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
