package org.grotto.clean;

import java.util.List;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.store.Store;

/** How far apart points lie on the surface, from the distance to the k-th neighbour. */
final class Spacing {
    private static final int WINDOW = 512;

    private Spacing() {}

    /** The grid spacing of a surface of which k others lie within {@code distance} of a point of it. */
    static double of(double distance, int k) {
        return k == 0 ? 0 : distance * Math.sqrt(Math.PI / k);
    }

    /**
     * The coarse solution that every region's work starts from: distances to the k-th neighbour, metres, of about 20,000
     * points spread evenly over the Morton order, among the {@value #WINDOW} points before and after. These are never
     * too small, and do not depend on how the store is cut. Cost: 20,000 short runs of the store.
     */
    static Quantiles sample(Store store, int k, Work work) {
        long stride = Math.max(1, store.size() / 20_000);
        double step = store.lattice().step();
        double[] kth = new double[(int) ((store.size() + stride - 1) / stride)];
        work.blocks(kth.length, 512, (from, to) -> {
            double[] near = new double[k];
            for (int m = from; m < to; m++) {
                long i = m * stride;
                long first = Math.max(0, i - WINDOW);
                Cloud c = store.run(first, Math.min(store.size(), i + WINDOW + 1), Set.of());
                kth[m] = Math.sqrt(kthSquared(c, (int) (i - first), near)) * step;
            }
        });
        return Quantiles.of(kth);
    }

    private static double kthSquared(Cloud c, int i, double[] near) {
        int n = 0;
        int k = near.length;
        for (int j = 0; j < c.size; j++) {
            double dx = (double) c.x[j] - c.x[i];
            double dy = (double) c.y[j] - c.y[i];
            double dz = (double) c.z[j] - c.z[i];
            double d = dx * dx + dy * dy + dz * dz;
            if (j == i || (n == k && d >= near[k - 1])) {
                continue;
            }
            int at = n < k ? n++ : k - 1;
            while (at > 0 && near[at - 1] > d) {
                near[at] = near[at - 1];
                at--;
            }
            near[at] = d;
        }
        return n == 0 ? 0 : near[n - 1];
    }

    static double[] join(List<double[]> parts) {
        int n = 0;
        for (double[] p : parts) {
            n += p.length;
        }
        double[] all = new double[n];
        int at = 0;
        for (double[] p : parts) {
            System.arraycopy(p, 0, all, at, p.length);
            at += p.length;
        }
        return all;
    }

    /** Within what radius neighbours are looked for: far enough for the sparsest thousandth of the points. */
    static double reach(Quantiles kth) {
        return Math.max(Math.max(6 * kth.median(), 2 * kth.p999()), 1e-9);
    }

    /** Where fewer than a few others lie within this radius, a point is alone. */
    static double alone(Quantiles kth) {
        return Math.min(reach(kth), Math.max(3 * kth.median(), 1.2 * kth.p999()));
    }
}
