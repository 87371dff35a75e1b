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
    /** So many points are read at once. */
    private static final int RUN = 1 << 14;

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
            Nearest nearest = new Nearest(k);
            PlaneFit plane = new PlaneFit();
            Cloud c = null;
            long base = 0;
            for (int m = from; m < to; m++) {
                long i = m * stride;
                long first = Math.max(0, i - WINDOW);
                long last = Math.min(store.size(), i + WINDOW + 1);
                if (c == null || last > base + c.size) {
                    base = first;
                    long end = stride < WINDOW ? Math.max(last, first + RUN) : last; // windows that overlap are one run
                    c = store.run(first, Math.min(store.size(), end), Set.of());
                }
                int at = (int) (i - base);
                int n = nearest.of(c, (int) (first - base), (int) (last - base), at);
                kth[m] = n == 0 ? 0 : Math.sqrt(nearest.near[n - 1]) * step;
                sheet[m] = onSheet(c, at, nearest.index, n, plane);
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

    /** The k points nearest to one, nearest first, of equally near ones the first; distances squared in lattice units. */
    private static final class Nearest {
        /** So many places before and after a point usually hold k of its nearest: what is farther is passed over. */
        private static final int BESIDE = 32;

        final double[] near;
        final int[] index;
        private final double[] square = new double[2 * WINDOW + 1];
        private final int[] picked = new int[2 * WINDOW + 2];

        Nearest(int k) {
            near = new double[k];
            index = new int[k];
        }

        /** Looks at the points {@code from} to {@code to} but for {@code i}, one of them; says how many there are, up to k. */
        int of(Cloud c, int from, int to, int i) {
            squares(c, from, to, i);
            int n = 0;
            for (int j = Math.max(from, i - BESIDE); j < Math.min(to, i + BESIDE + 1); j++) {
                n = j == i ? n : put(n, square[j - from], j);
            }
            double limit = n == near.length ? near[n - 1] : Double.POSITIVE_INFINITY;
            int m = 0;
            for (int j = 0; j < to - from; j++) {
                picked[m] = j;
                m += square[j] <= limit ? 1 : 0;
            }
            n = 0;
            for (int p = 0; p < m; p++) {
                n = picked[p] + from == i ? n : put(n, square[picked[p]], picked[p] + from);
            }
            return n;
        }

        private void squares(Cloud c, int from, int to, int i) {
            double x = c.x[i];
            double y = c.y[i];
            double z = c.z[i];
            for (int j = from; j < to; j++) {
                double dx = c.x[j] - x;
                double dy = c.y[j] - y;
                double dz = c.z[j] - z;
                square[j - from] = dx * dx + dy * dy + dz * dz;
            }
        }

        private int put(int n, double d, int j) {
            int k = near.length;
            if (n == k && d >= near[k - 1]) {
                return n;
            }
            int at = n < k ? n : k - 1;
            while (at > 0 && near[at - 1] > d) {
                near[at] = near[at - 1];
                index[at] = index[at - 1];
                at--;
            }
            near[at] = d;
            index[at] = j;
            return Math.min(n + 1, k);
        }
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
