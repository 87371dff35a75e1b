package org.grotto.clean;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.PlaneFit;
import org.grotto.store.Craft;
import org.grotto.store.Region;

/**
 * Points further apart than surfaces are scanned, and on no surface: dust that is dense enough for its points to keep each
 * other company, as it is close before a scanner. A sparse far wall stays, its edges and corners and a thin rod too:
 * neighbours of theirs lie on sheets, or on a line, that pass through them. Dust fills space, and passes no such test but
 * by chance.
 *
 * <p>Only points sparser than {@link #SPARSE} times a typical spacing are asked, so that the cost is that of a look at
 * their neighbours.
 */
final class Adrift implements Craft.ForColumns {
    /** In typical distances to the k-th neighbour; trimming believes no points as far apart as this. */
    private static final double SPARSE = 2.4;
    /** The mean distance to the k nearest over that to the k-th, on an even plane. */
    private static final double MEAN = 2 / 3.0;
    /** How many of the neighbours' sheets must pass through a point. */
    private static final int SHEETS = 3;
    /** Points around a neighbour that its sheet is laid through: few, so that those beside an edge are of one side. */
    private static final int FIT = 8;
    /** Scatter off a sheet over that along its lesser axis, as variances. */
    private static final double ROUGH = 0.1;
    /** How far off a sheet a point may lie, in mean distances between its points, and in its scatter. */
    private static final double OFF = 0.2;

    private static final double SCATTER = 3;
    /** Scatter off a line over that along it, as variances. */
    private static final double THIN = 0.03;

    private final int k;
    private final double reach;
    private final double sparse;
    private final ColumnType mean;

    /**
     * @param typical distance to the k-th neighbour, metres
     * @param mean the column of the mean distance to the k nearest
     */
    Adrift(int k, double reach, double typical, ColumnType mean) {
        this.k = k;
        this.reach = reach;
        this.sparse = SPARSE * MEAN * typical;
        this.mean = mean;
    }

    @Override
    public Set<String> needs() {
        return Set.of(mean.name(), Removed.REASON.name());
    }

    @Override
    public List<ColumnType> gives() {
        return List.of(Removed.REASON);
    }

    @Override
    public double halo() {
        return 2 * reach;
    }

    @Override
    public Columns run(Region region, Work work) {
        byte[] reason = Outliers.reason(region);
        float[] distance = Objects.requireNonNull(region.cloud().columns.floats(mean.name()));
        One one = null;
        for (int i = region.from(); i < region.to(); i++) {
            int at = i - region.from();
            if (reason[at] == Removed.KEPT && distance[i] > sparse) {
                one = one == null ? new One(region.cloud(), distance) : one;
                if (!one.borne(i)) {
                    reason[at] = Removed.ISOLATED;
                }
            }
        }
        return Columns.NONE.with(Removed.REASON, reason);
    }

    /** One region's questions. */
    private final class One {
        private final Cloud cloud;
        private final float[] distance;
        private final KdTree.Query q;
        private final PlaneFit plane = new PlaneFit();
        private final int[] around;

        One(Cloud cloud, float[] distance) {
            this.cloud = cloud;
            this.distance = distance;
            this.q = KdTree.of(cloud).query();
            this.around = new int[k + 1];
        }

        /** Whether enough of the sheets around pass through point i. */
        boolean borne(int i) {
            int found = look(i, k + 1);
            System.arraycopy(q.index, 0, around, 0, found);
            int sheets = 0;
            for (int j = 0; j < found && sheets < SHEETS; j++) {
                int p = around[j];
                int m = p == i ? Math.min(FIT + 1, found) : look(p, FIT + 1);
                sheets += m > SHEETS && passes(p, m, i) ? 1 : 0;
            }
            return sheets >= SHEETS;
        }

        private int look(int i, int most) {
            return q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], most, reach);
        }

        /** Whether the {@code m} points around p lie on a sheet or a line that passes through i; i itself is not one. */
        private boolean passes(int p, int m, int i) {
            double step = cloud.lattice.step();
            plane.clear();
            for (int j = 0; j < m; j++) {
                int o = p == i ? around[j] : q.index[j];
                if (o != i) {
                    plane.add(
                            1,
                            step * ((double) cloud.x[o] - cloud.x[i]),
                            step * ((double) cloud.y[o] - cloud.y[i]),
                            step * ((double) cloud.z[o] - cloud.z[i]));
                }
            }
            if (!plane.solve()) {
                return true; // on one line
            }
            double off = plane.normalX * plane.meanX + plane.normalY * plane.meanY + plane.normalZ * plane.meanZ;
            double near = Math.max(SCATTER * Math.sqrt(plane.least), OFF * distance[p]);
            if (plane.least <= ROUGH * plane.middle && Math.abs(off) <= near) {
                return true;
            }
            double away = plane.meanX * plane.meanX + plane.meanY * plane.meanY + plane.meanZ * plane.meanZ;
            return plane.middle <= THIN * plane.most && away <= 4 * plane.most;
        }
    }
}
