package org.grotto.surface;

import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.store.HeapStore;
import org.grotto.store.Store;

/** Clouds with the spacing of each point to its 12 nearest, as cleaning gives it. For tests. */
final class Spaced {
    private Spaced() {}

    static Store store(Cloud cloud, Work work) {
        return HeapStore.of(cloud(cloud, work), 5000, work);
    }

    static Cloud cloud(Cloud cloud, Work work) {
        KdTree.Query q = KdTree.of(cloud).query();
        float[] s = new float[cloud.size];
        for (int i = 0; i < s.length; i++) {
            int found = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], 13, Double.POSITIVE_INFINITY);
            double d = Math.sqrt(q.distance[found - 1]);
            s[i] = (float) Math.max(cloud.lattice.step(), d * Math.sqrt(Math.PI / Math.max(1, found - 1)));
        }
        return cloud.with(Columns.SPACING, s);
    }
}
