package org.grotto.clean;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.PlaneFit;
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
     * How far apart the points of sheets lie, whatever hangs in the air between them.
     *
     * @param kth distances to the k-th neighbour, metres, of the sampled points that lie on the plane of their neighbours;
     *     where noise is as wide as the spacing, of {@value #WIDE} neighbours; of all points, where hardly any do
     * @param typical their median, each counted by the area it stands for: a close look at one face does not make all
     *     else look sparse
     */
    record Sheets(Quantiles kth, double typical) {}

    /** Scatter off a plane over that along its lesser axis, as variances: more is no sheet. */
    private static final double ROUGH = 0.1;
    /** Where a smaller share of the points lies on sheets, a wider look is taken, and then all of them count. */
    private static final double FEW = 0.2;

    private static final int WIDE = 256;

    /**
     * The coarse solution that every region's work starts from: distances to the k-th neighbour, metres, of about 20,000
     * points spread evenly over the Morton order, among the {@value #WINDOW} points before and after. These are never
     * too small, and do not depend on how the store is cut. Cost: 20,000 short runs of the store.
     */
    static Quantiles sample(Store store, int k, Work work) {
        return Quantiles.of(distances(store, k, new BitSet(), work));
    }

    /** As {@link #sample}, of the points that lie on sheets: dust of one point in a hundred does not change it. */
    static Sheets sheets(Store store, int k, Work work) {
        BitSet even = new BitSet();
        double[] kth = distances(store, k, even, work);
        if (even.cardinality() < FEW * kth.length) {
            even = wide(store, kth.length, work);
        }
        double[] own = even.cardinality() < FEW * kth.length
                ? kth
                : even.stream().mapToDouble(m -> kth[m]).toArray();
        Quantiles q = Quantiles.of(own);
        double all = 0;
        for (double d : own) {
            all += d * d;
        }
        double sum = 0;
        int at = 0;
        while (at + 1 < own.length && sum + own[at] * own[at] < all / 2) {
            sum += own[at] * own[at];
            at++;
        }
        return new Sheets(q, own.length == 0 ? 0 : own[at]);
    }

    /** Distances of the sampled points; {@code even} gets those that lie on a sheet. */
    private static double[] distances(Store store, int k, BitSet even, Work work) {
        long stride = Math.max(1, store.size() / 20_000);
        double step = store.lattice().step();
        double[] kth = new double[(int) ((store.size() + stride - 1) / stride)];
        boolean[] sheet = new boolean[kth.length];
        work.blocks(kth.length, 512, (from, to) -> {
            double[] near = new double[k];
            int[] index = new int[k];
            PlaneFit plane = new PlaneFit();
            for (int m = from; m < to; m++) {
                long i = m * stride;
                long first = Math.max(0, i - WINDOW);
                Cloud c = store.run(first, Math.min(store.size(), i + WINDOW + 1), Set.of());
                int at = (int) (i - first);
                int n = nearest(c, at, near, index);
                kth[m] = n == 0 ? 0 : Math.sqrt(near[n - 1]) * step;
                sheet[m] = onSheet(c, at, index, n, plane);
            }
        });
        for (int m = 0; m < sheet.length; m++) {
            even.set(m, sheet[m]);
        }
        return kth;
    }

    /** Which of the sampled points lie on the plane of {@value #WIDE} neighbours. */
    private static BitSet wide(Store store, int sampled, Work work) {
        long stride = Math.max(1, store.size() / 20_000);
        boolean[] sheet = new boolean[sampled];
        work.blocks(sampled, 512, (from, to) -> {
            PlaneFit plane = new PlaneFit();
            int[] index = new int[2 * WINDOW + 1];
            for (int m = from; m < to; m++) {
                long i = m * stride;
                long first = Math.max(0, i - WINDOW);
                Cloud c = store.run(first, Math.min(store.size(), i + WINDOW + 1), Set.of());
                int at = (int) (i - first);
                double[] far = new double[c.size];
                for (int j = 0; j < c.size; j++) {
                    far[j] = squared(c, at, j);
                }
                double[] sorted = far.clone();
                Arrays.sort(sorted);
                double most = sorted[Math.min(WIDE, c.size - 1)];
                int n = 0;
                for (int j = 0; j < c.size; j++) {
                    if (far[j] <= most) {
                        index[n++] = j;
                    }
                }
                sheet[m] = onSheet(c, at, index, n, plane);
            }
        });
        BitSet even = new BitSet();
        for (int m = 0; m < sampled; m++) {
            even.set(m, sheet[m]);
        }
        return even;
    }

    private static double squared(Cloud c, int i, int j) {
        double dx = (double) c.x[j] - c.x[i];
        double dy = (double) c.y[j] - c.y[i];
        double dz = (double) c.z[j] - c.z[i];
        return dx * dx + dy * dy + dz * dz;
    }

    private static int nearest(Cloud c, int i, double[] near, int[] index) {
        int n = 0;
        int k = near.length;
        for (int j = 0; j < c.size; j++) {
            double d = squared(c, i, j);
            if (j == i || (n == k && d >= near[k - 1])) {
                continue;
            }
            int at = n < k ? n++ : k - 1;
            while (at > 0 && near[at - 1] > d) {
                near[at] = near[at - 1];
                index[at] = index[at - 1];
                at--;
            }
            near[at] = d;
            index[at] = j;
        }
        return n;
    }

    /** Whether {@code n} neighbours of point i are even, and the point lies among them. */
    private static boolean onSheet(Cloud c, int i, int[] index, int n, PlaneFit plane) {
        plane.clear();
        for (int j = 0; j < n; j++) {
            int p = index[j];
            plane.add(1, (double) c.x[p] - c.x[i], (double) c.y[p] - c.y[i], (double) c.z[p] - c.z[i]);
        }
        if (!plane.solve() || plane.least > ROUGH * plane.middle) {
            return false;
        }
        double off = plane.normalX * plane.meanX + plane.normalY * plane.meanY + plane.normalZ * plane.meanZ;
        return off * off <= 9 * Math.max(plane.least, 0.01 * plane.middle);
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
