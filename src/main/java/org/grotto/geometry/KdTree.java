package org.grotto.geometry;

import java.util.Arrays;
import org.grotto.base.Work;
import org.jspecify.annotations.Nullable;

/**
 * A static kd-tree: the nearest points and the points within a radius, exactly, ties by (distance, index).
 *
 * <p>A perfectly balanced tree in heap order (Friedman, Bentley and Finkel 1977): every node is cut at the median of the
 * widest side of its tight bounds, leaves hold 6 to 12 points that lie side by side in memory. Coordinates are whole
 * numbers, distances doubles, so that a distance depends on the two points alone: the answer is the same whatever
 * subset, chunk or order the tree was made from, as long as the point is in it. Building takes n log n on all cores and
 * 17 bytes a point; a tree is constant and may be asked from any number of threads, each with its own {@link Query}.
 */
public final class KdTree {
    private static final int LEAF = 12;

    private final int size;
    private final double originX;
    private final double originY;
    private final double originZ;
    private final double step;
    private final int levels;
    /** Coordinates in leaf order. */
    private final int[] x;

    private final int[] y;
    private final int[] z;
    /** The caller's index of the point at each place in leaf order. */
    private final int[] index;
    /** Where the inner node is cut; the left side is at or below it, the right side at or above. */
    private final int[] cut;
    /** On which axis: 0, 1 or 2. */
    private final byte[] axis;

    private KdTree(int[] x, int[] y, int[] z, int[] index, double ox, double oy, double oz, double step, Work work) {
        this.size = x.length;
        this.x = x;
        this.y = y;
        this.z = z;
        this.index = index;
        this.originX = ox;
        this.originY = oy;
        this.originZ = oz;
        this.step = step;
        int l = 0;
        while (((long) LEAF << l) < size) {
            l++;
        }
        this.levels = l;
        this.cut = new int[1 << l];
        this.axis = new byte[1 << l];
        build(work);
    }

    /** A tree over all points of {@code cloud}. */
    public static KdTree of(Cloud cloud, Work work) {
        return of(cloud, null, work);
    }

    /** A tree over the points of {@code cloud} with the given indices (null: all); answers are indices into the cloud. */
    public static KdTree of(Cloud cloud, int @Nullable [] subset, Work work) {
        Lattice l = cloud.lattice;
        return of(cloud.x, cloud.y, cloud.z, subset, l.originX(), l.originY(), l.originZ(), l.step(), work);
    }

    /** A tree over lattice points {@code origin + step * (x, y, z)}, all or those of {@code subset}. */
    public static KdTree of(
            int[] x,
            int[] y,
            int[] z,
            int @Nullable [] subset,
            double originX,
            double originY,
            double originZ,
            double step,
            Work work) {
        int n = subset == null ? x.length : subset.length;
        int[] index = new int[n];
        int[] px = new int[n];
        int[] py = new int[n];
        int[] pz = new int[n];
        for (int k = 0; k < n; k++) {
            int i = subset == null ? k : subset[k];
            index[k] = i;
            px[k] = x[i];
            py[k] = y[i];
            pz[k] = z[i];
        }
        return new KdTree(px, py, pz, index, originX, originY, originZ, step, work);
    }

    /**
     * A tree over finite float positions, x y z interleaved. They are snapped to a lattice of 2^-30 of the longest side
     * or finer, which is below the resolution of floats of that size but for points near zero; distances are those of
     * the snapped points.
     */
    public static KdTree of(float[] xyz, Work work) {
        int n = xyz.length / 3;
        float most = 0;
        for (float v : xyz) {
            most = Math.max(most, Math.abs(v));
        }
        if (!Float.isFinite(most)) {
            throw new IllegalArgumentException("a coordinate is not a finite number");
        }
        double step = most == 0 ? 1 : Math.scalb(1.0, Math.getExponent(most) + 1 - 30);
        int[] index = new int[n];
        int[] px = new int[n];
        int[] py = new int[n];
        int[] pz = new int[n];
        for (int i = 0; i < n; i++) {
            index[i] = i;
            px[i] = (int) Math.rint(xyz[3 * i] / step);
            py[i] = (int) Math.rint(xyz[3 * i + 1] / step);
            pz[i] = (int) Math.rint(xyz[3 * i + 2] / step);
        }
        return new KdTree(px, py, pz, index, 0, 0, 0, step, work);
    }

    /** How many points the tree holds. */
    public int size() {
        return size;
    }

    // --- building

    private void build(Work work) {
        int parallel = Math.min(levels, 10); // 1024 subtrees are enough for any machine; fixed, so the tree is too
        for (int l = 0; l < parallel; l++) {
            int level = l;
            int first = 1 << level;
            work.each(first, k -> {
                int[] range = range(first + k, level);
                split(first + k, range[0], range[1]);
            });
        }
        if (levels > parallel) {
            int first = 1 << parallel;
            work.each(first, k -> {
                int[] range = range(first + k, parallel);
                splitAll(first + k, range[0], range[1], parallel);
            });
        }
    }

    private int[] range(int node, int level) {
        int from = 0;
        int to = size;
        for (int l = level - 1; l >= 0; l--) {
            int mid = (from + to) >>> 1;
            if ((node >>> l & 1) == 0) {
                to = mid;
            } else {
                from = mid;
            }
        }
        return new int[] {from, to};
    }

    private void splitAll(int node, int from, int to, int level) {
        if (level == levels) {
            return;
        }
        int mid = split(node, from, to);
        splitAll(2 * node, from, mid, level + 1);
        splitAll(2 * node + 1, mid, to, level + 1);
    }

    private int split(int node, int from, int to) {
        int x0 = Integer.MAX_VALUE;
        int y0 = x0;
        int z0 = x0;
        int x1 = Integer.MIN_VALUE;
        int y1 = x1;
        int z1 = x1;
        for (int i = from; i < to; i++) {
            x0 = Math.min(x0, x[i]);
            x1 = Math.max(x1, x[i]);
            y0 = Math.min(y0, y[i]);
            y1 = Math.max(y1, y[i]);
            z0 = Math.min(z0, z[i]);
            z1 = Math.max(z1, z[i]);
        }
        long sx = (long) x1 - x0;
        long sy = (long) y1 - y0;
        long sz = (long) z1 - z0;
        int a = sx >= sy && sx >= sz ? 0 : sy >= sz ? 1 : 2;
        int mid = (from + to) >>> 1;
        int[] key = a == 0 ? x : a == 1 ? y : z;
        select(key, from, to - 1, mid);
        axis[node] = (byte) a;
        cut[node] = key[mid];
        return mid;
    }

    /** Moves the points in [lo, hi] so that the one at {@code k} is in its sorted place (Hoare's quickselect). */
    private void select(int[] key, int lo, int hi, int k) {
        while (hi > lo) {
            int p = pivot(key, lo, hi);
            int i = lo - 1;
            int j = hi + 1;
            while (true) {
                do {
                    i++;
                } while (key[i] < p);
                do {
                    j--;
                } while (key[j] > p);
                if (i >= j) {
                    break;
                }
                swap(i, j);
            }
            if (k <= j) {
                hi = j;
            } else {
                lo = j + 1;
            }
        }
    }

    /** The median of three, of nine for long ranges. */
    private static int pivot(int[] key, int lo, int hi) {
        int n = hi - lo;
        int mid = lo + (n >>> 1);
        if (n < 64) {
            // with two left the smaller one, so that both sides get a point
            return n == 1 ? Math.min(key[lo], key[hi]) : median(key[lo], key[mid], key[hi]);
        }
        int s = n >>> 3;
        return median(
                median(key[lo], key[lo + s], key[lo + 2 * s]),
                median(key[mid - s], key[mid], key[mid + s]),
                median(key[hi - 2 * s], key[hi - s], key[hi]));
    }

    private static int median(int a, int b, int c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private void swap(int i, int j) {
        int t = x[i];
        x[i] = x[j];
        x[j] = t;
        t = y[i];
        y[i] = y[j];
        y[j] = t;
        t = z[i];
        z[i] = z[j];
        z[j] = t;
        t = index[i];
        index[i] = index[j];
        index[j] = t;
    }

    // --- asking

    /** A place to ask from; one a thread, used again and again without allocating. */
    public Query query() {
        return new Query();
    }

    /** One thread's questions to the tree; an answer stands in {@link #index} and {@link #distance} until the next. */
    public final class Query {
        /** Indices of the points found. */
        public int[] index = new int[16];
        /** Their squared distances in square metres (squared units of the input for float positions). */
        public double[] distance = new double[16];

        private double qx;
        private double qy;
        private double qz;
        private double ox;
        private double oy;
        private double oz;
        /** In lattice units squared: nothing beyond it is wanted. */
        private double worst;

        private int k;
        private int found;
        private boolean counting;

        private Query() {}

        /** The k points nearest to a place in metres, nearest first; returns how many (less than k in a small tree). */
        public int nearest(double px, double py, double pz, int k) {
            return nearest(px, py, pz, k, Double.POSITIVE_INFINITY);
        }

        /** The k points nearest to a place and not further than {@code radius} from it, nearest first. */
        public int nearest(double px, double py, double pz, int k, double radius) {
            return ask((px - originX) / step, (py - originY) / step, (pz - originZ) / step, k, radius);
        }

        /** As {@link #nearest(double, double, double, int, double)} around a lattice point, free of rounding. */
        public int nearestAt(int lx, int ly, int lz, int k, double radius) {
            return ask(lx, ly, lz, k, radius);
        }

        private int ask(double ux, double uy, double uz, int k, double radius) {
            if (index.length < k) {
                index = new int[k];
                distance = new double[k];
            }
            start(ux, uy, uz, radius);
            this.k = k;
            counting = false;
            if (k > 0) {
                search(1, 0, size, 0);
            }
            scale();
            return found;
        }

        /** All points within {@code radius} of a place, in ascending order of their indices; returns how many. */
        public int within(double px, double py, double pz, double radius) {
            start((px - originX) / step, (py - originY) / step, (pz - originZ) / step, radius);
            counting = false;
            collect(1, 0, size, 0);
            sortByIndex(0, found - 1);
            scale();
            return found;
        }

        /** How many points lie within {@code radius} of a lattice point; stops counting at {@code enough}. */
        public int countAt(int lx, int ly, int lz, double radius, int enough) {
            start(lx, ly, lz, radius);
            counting = true;
            k = enough;
            collect(1, 0, size, 0);
            return Math.min(found, enough);
        }

        private void start(double ux, double uy, double uz, double radius) {
            qx = ux;
            qy = uy;
            qz = uz;
            ox = 0;
            oy = 0;
            oz = 0;
            found = 0;
            double r = radius / step;
            worst = r * r;
        }

        private void scale() {
            double s = step * step;
            for (int i = 0; i < found; i++) {
                distance[i] *= s;
            }
        }

        private void search(int node, int from, int to, int level) {
            if (level == levels) {
                leaf(from, to);
                return;
            }
            int mid = (from + to) >>> 1;
            int a = axis[node];
            double d = (a == 0 ? qx : a == 1 ? qy : qz) - cut[node];
            if (d < 0) {
                search(2 * node, from, mid, level + 1);
            } else {
                search(2 * node + 1, mid, to, level + 1);
            }
            double old = enter(a, d);
            // rounding is monotone, so this never exceeds the distance of a point beyond the cut
            if (ox * ox + oy * oy + oz * oz <= worst) {
                if (d < 0) {
                    search(2 * node + 1, mid, to, level + 1);
                } else {
                    search(2 * node, from, mid, level + 1);
                }
            }
            enter(a, old);
        }

        /** Sets the offset along an axis and returns the former one. */
        private double enter(int a, double d) {
            double old;
            if (a == 0) {
                old = ox;
                ox = d;
            } else if (a == 1) {
                old = oy;
                oy = d;
            } else {
                old = oz;
                oz = d;
            }
            return old;
        }

        private void leaf(int from, int to) {
            double w = worst;
            for (int i = from; i < to; i++) {
                double dx = x[i] - qx;
                double dy = y[i] - qy;
                double dz = z[i] - qz;
                double d = dx * dx + dy * dy + dz * dz;
                if (d <= w) {
                    insert(d, KdTree.this.index[i]);
                    w = worst;
                }
            }
        }

        private void insert(double d, int i) {
            int[] ix = index;
            double[] ds = distance;
            int at = found;
            if (at == k) {
                if (d == ds[k - 1] && i > ix[k - 1]) {
                    return;
                }
                at--;
            } else {
                found++;
            }
            while (at > 0 && (ds[at - 1] > d || (ds[at - 1] == d && ix[at - 1] > i))) {
                ds[at] = ds[at - 1];
                ix[at] = ix[at - 1];
                at--;
            }
            ds[at] = d;
            ix[at] = i;
            if (found == k) {
                worst = ds[k - 1];
            }
        }

        private void collect(int node, int from, int to, int level) {
            if (level == levels) {
                gather(from, to);
                return;
            }
            int mid = (from + to) >>> 1;
            int a = axis[node];
            double d = (a == 0 ? qx : a == 1 ? qy : qz) - cut[node];
            for (int side = 0; side < 2; side++) {
                boolean left = side == 0;
                boolean far = left ? d > 0 : d < 0;
                double old = far ? enter(a, d) : 0;
                if (!far || ox * ox + oy * oy + oz * oz <= worst) {
                    if (left) {
                        collect(2 * node, from, mid, level + 1);
                    } else {
                        collect(2 * node + 1, mid, to, level + 1);
                    }
                }
                if (far) {
                    enter(a, old);
                }
                if (counting && found >= k) {
                    return;
                }
            }
        }

        private void gather(int from, int to) {
            for (int i = from; i < to; i++) {
                double dx = x[i] - qx;
                double dy = y[i] - qy;
                double dz = z[i] - qz;
                double d = dx * dx + dy * dy + dz * dz;
                if (d <= worst) {
                    if (!counting) {
                        if (found == index.length) {
                            index = Arrays.copyOf(index, 2 * found);
                            distance = Arrays.copyOf(distance, 2 * found);
                        }
                        index[found] = KdTree.this.index[i];
                        distance[found] = d;
                    }
                    found++;
                }
            }
        }

        /** Quicksort of the answer by index; indices are distinct. */
        private void sortByIndex(int lo, int hi) {
            while (hi - lo > 12) {
                int p = median(index[lo], index[(lo + hi) >>> 1], index[hi]);
                int i = lo - 1;
                int j = hi + 1;
                while (true) {
                    do {
                        i++;
                    } while (index[i] < p);
                    do {
                        j--;
                    } while (index[j] > p);
                    if (i >= j) {
                        break;
                    }
                    exchange(i, j);
                }
                if (j - lo < hi - j) {
                    sortByIndex(lo, j);
                    lo = j + 1;
                } else {
                    sortByIndex(j + 1, hi);
                    hi = j;
                }
            }
            for (int i = lo + 1; i <= hi; i++) {
                for (int j = i; j > lo && index[j - 1] > index[j]; j--) {
                    exchange(j - 1, j);
                }
            }
        }

        private void exchange(int i, int j) {
            int t = index[i];
            index[i] = index[j];
            index[j] = t;
            double d = distance[i];
            distance[i] = distance[j];
            distance[j] = d;
        }
    }
}
