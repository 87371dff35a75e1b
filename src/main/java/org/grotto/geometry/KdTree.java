package org.grotto.geometry;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A static kd-tree: the nearest points and the points within a radius, exactly, ties by (distance, index).
 *
 * <p>Points are sorted along the Morton curve of 2^30 cells around them, and every node is cut where its cell of the
 * octree splits; empty halves are passed over. The few points of one finest cell are cut at the median of the widest side
 * of their tight bounds (Friedman, Bentley and Finkel 1977). Leaves hold up to 16 points that lie side by side in memory.
 * Coordinates are whole numbers, distances doubles, so that a distance depends on the two points alone: the answer is the
 * same whatever subset, chunk or order the tree was made from, as long as the point is in it. Questions that follow each
 * other closely share what they look at ({@link KdBlocks}). Building takes a radix sort
 * and n steps on one thread; the tree has 16 bytes a point and 12 a node, is constant and may be asked from any number of
 * threads, each with its own {@link Query}.
 */
public final class KdTree {
    private static final int LEAF = 16;
    /** Bits an axis of the cells that points are sorted by. */
    private static final int BITS = 10;

    private static final int MASK = (1 << BITS) - 1;
    /** Stands where an inner node has its axis. */
    static final int NO_AXIS = 3;

    private final int size;
    private final double originX;
    private final double originY;
    private final double originZ;
    private final double step;
    /** Coordinates in leaf order. */
    final int[] x;

    final int[] y;
    final int[] z;
    /** The caller's index of the point at each place in leaf order. */
    final int[] index;
    /**
     * Three numbers a node. Inner ones: the axis (0, 1, 2), where it is cut (the left side is at or below it, the right side
     * at or above) and the number of its right child; the left one follows it. Leaves: {@link #NO_AXIS}, the first place
     * and the one after the last.
     */
    int[] nodes;

    private int used;

    /** A tree over the points of the arrays with the given indices (null: all). */
    private KdTree(int[][] xyz, int @Nullable [] subset, double ox, double oy, double oz, double step) {
        this.size = subset == null ? xyz[0].length : subset.length;
        this.originX = ox;
        this.originY = oy;
        this.originZ = oz;
        this.step = step;
        this.nodes = new int[3 * (2 + size / 4)];
        this.x = new int[size];
        this.y = new int[size];
        this.z = new int[size];
        this.index = new int[size];
        int[] first = new int[3];
        int shift = cells(xyz, subset, first);
        long[] sorted = sorted(xyz, subset, first, shift);
        for (int k = 0; k < size; k++) {
            int at = (int) sorted[k];
            int i = subset == null ? at : subset[at];
            index[k] = i;
            x[k] = xyz[0][i];
            y[k] = xyz[1][i];
            z[k] = xyz[2][i];
        }
        cut(sorted, 0, size, first, shift);
        this.nodes = Arrays.copyOf(nodes, 3 * used);
    }

    /** A tree over all points of {@code cloud}. */
    public static KdTree of(Cloud cloud) {
        return of(cloud, null);
    }

    /** A tree over the points of {@code cloud} with the given indices (null: all); answers are indices into the cloud. */
    public static KdTree of(Cloud cloud, int @Nullable [] subset) {
        Lattice l = cloud.lattice;
        return new KdTree(
                new int[][] {cloud.x, cloud.y, cloud.z}, subset, l.originX(), l.originY(), l.originZ(), l.step());
    }

    /**
     * A tree over finite float positions, x y z interleaved. They are snapped to a lattice of 2^-30 of the longest side
     * or finer, which is below the resolution of floats of that size but for points near zero; distances are those of
     * the snapped points.
     */
    public static KdTree of(float[] xyz) {
        int n = xyz.length / 3;
        float most = 0;
        for (float v : xyz) {
            most = Math.max(most, Math.abs(v));
        }
        if (!Float.isFinite(most)) {
            throw new IllegalArgumentException("a coordinate is not a finite number");
        }
        double step = most == 0 ? 1 : Math.scalb(1.0, Math.getExponent(most) + 1 - 30);
        int[][] snapped = new int[3][n];
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                snapped[a][i] = (int) Math.rint(xyz[3 * i + a] / step);
            }
        }
        return new KdTree(snapped, null, 0, 0, 0, step);
    }

    /** How many points the tree holds. */
    public int size() {
        return size;
    }

    // --- building

    /** Lays cells around the points: their corner goes to {@code first}; gives how many bits each side has. */
    private int cells(int[][] xyz, int @Nullable [] subset, int[] first) {
        long extent = 0;
        for (int a = 0; a < 3; a++) {
            int least = Integer.MAX_VALUE;
            int most = Integer.MIN_VALUE;
            for (int k = 0; k < size; k++) {
                int v = xyz[a][subset == null ? k : subset[k]];
                least = Math.min(least, v);
                most = Math.max(most, v);
            }
            first[a] = least;
            extent = Math.max(extent, (long) most - least);
        }
        return Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(extent) - BITS);
    }

    /** For each place in leaf order the cell's Morton code, and below it in 32 bits the place in {@code subset}. */
    private long[] sorted(int[][] xyz, int @Nullable [] subset, int[] first, int shift) {
        long[] from = new long[size];
        for (int k = 0; k < size; k++) {
            int i = subset == null ? k : subset[k];
            from[k] = Morton.encode(
                                    (int) (((long) xyz[0][i] - first[0]) >>> shift),
                                    (int) (((long) xyz[1][i] - first[1]) >>> shift),
                                    (int) (((long) xyz[2][i] - first[2]) >>> shift))
                            << Integer.SIZE
                    | k;
        }
        long[] to = new long[size > LEAF ? size : 0];
        for (int bit = Integer.SIZE; to.length > 0 && bit < Integer.SIZE + 3 * BITS; bit += BITS) {
            int[] next = new int[(1 << BITS) + 1];
            for (long v : from) {
                next[(int) (v >>> bit & MASK) + 1]++;
            }
            for (int d = 0; d < MASK; d++) {
                next[d + 1] += next[d];
            }
            for (long v : from) {
                to[next[(int) (v >>> bit & MASK)]++] = v;
            }
            long[] other = from;
            from = to;
            to = other;
        }
        return from;
    }

    private int add(int axis, int a, int b) {
        if (3 * used == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * nodes.length);
        }
        nodes[3 * used] = axis;
        nodes[3 * used + 1] = a;
        nodes[3 * used + 2] = b;
        return used++;
    }

    /** Cuts where the highest bit changes in which codes differ: the smallest cell around all, so no side is empty. */
    private void cut(long[] sorted, int from, int to, int[] first, int shift) {
        long differing = to - from <= LEAF ? 0 : (sorted[from] ^ sorted[to - 1]) >>> Integer.SIZE;
        if (differing == 0) {
            halves(from, to);
            return;
        }
        int bit = Long.SIZE - 1 - Long.numberOfLeadingZeros(differing);
        int mid = from;
        for (int hi = to - 1; mid < hi; ) {
            int m = (mid + hi) >>> 1;
            if ((sorted[m] >>> Integer.SIZE >>> bit & 1) == 0) {
                mid = m + 1;
            } else {
                hi = m;
            }
        }
        int axis = bit % 3;
        long border = (long) (Morton.decode(sorted[mid] >>> Integer.SIZE, axis) >>> bit / 3) << bit / 3 << shift;
        int node = add(axis, (int) (first[axis] + border), 0);
        cut(sorted, from, mid, first, shift);
        nodes[3 * node + 2] = used;
        cut(sorted, mid, to, first, shift);
    }

    private void halves(int from, int to) {
        if (to - from <= LEAF) {
            add(NO_AXIS, from, to);
            return;
        }
        int node = add(0, 0, 0);
        int mid = split(node, from, to);
        halves(from, mid);
        nodes[3 * node + 2] = used;
        halves(mid, to);
    }

    /** Cuts the node in the middle of its points across their widest side; returns the first place of the right half. */
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
        nodes[3 * node] = a;
        nodes[3 * node + 1] = key[mid];
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
        /** In lattice units squared: nothing beyond it is wanted. */
        private double worst;

        private int k;
        private int found;
        private boolean counting;
        private final KdBlocks blocks = new KdBlocks(KdTree.this);

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
            int known = k > 0 ? blocks.nearest(ux, uy, uz, k, worst, index, distance) : 0;
            if (known >= 0) {
                found = known;
            } else {
                double farthest = worst;
                search(0, 0, 0, 0);
                blocks.told(ux, uy, uz, k, found == k ? worst : farthest);
            }
            scale();
            return found;
        }

        /** All points within {@code radius} of a place, in ascending order of their indices; returns how many. */
        public int within(double px, double py, double pz, double radius) {
            start((px - originX) / step, (py - originY) / step, (pz - originZ) / step, radius);
            counting = false;
            collect(0, 0, 0, 0);
            sortByIndex(0, found - 1);
            scale();
            return found;
        }

        /** How many points lie within {@code radius} of a lattice point; stops counting at {@code enough}. */
        public int countAt(int lx, int ly, int lz, double radius, int enough) {
            start(lx, ly, lz, radius);
            counting = true;
            k = enough;
            collect(0, 0, 0, 0);
            return Math.min(found, enough);
        }

        private void start(double ux, double uy, double uz, double radius) {
            qx = ux;
            qy = uy;
            qz = uz;
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

        /** Looks at node {@code n}, whose cell is ax, ay, az away along the axes. */
        private void search(int n, double ax, double ay, double az) {
            int axis = nodes[3 * n];
            if (axis == NO_AXIS) {
                leaf(nodes[3 * n + 1], nodes[3 * n + 2]);
                return;
            }
            double d = (axis == 0 ? qx : axis == 1 ? qy : qz) - nodes[3 * n + 1];
            int right = nodes[3 * n + 2];
            search(d < 0 ? n + 1 : right, ax, ay, az);
            double bx = axis == 0 ? d : ax;
            double by = axis == 1 ? d : ay;
            double bz = axis == 2 ? d : az;
            // rounding is monotone, so this never exceeds the distance of a point beyond the cut
            if (bx * bx + by * by + bz * bz <= worst) {
                search(d < 0 ? right : n + 1, bx, by, bz);
            }
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

        private void collect(int n, double ax, double ay, double az) {
            int axis = nodes[3 * n];
            if (axis == NO_AXIS) {
                gather(nodes[3 * n + 1], nodes[3 * n + 2]);
                return;
            }
            double d = (axis == 0 ? qx : axis == 1 ? qy : qz) - nodes[3 * n + 1];
            double bx = axis == 0 ? d : ax;
            double by = axis == 1 ? d : ay;
            double bz = axis == 2 ? d : az;
            boolean both = bx * bx + by * by + bz * bz <= worst;
            if (d <= 0) {
                collect(n + 1, ax, ay, az);
            } else if (both) {
                collect(n + 1, bx, by, bz);
            }
            if (counting && found >= k) {
                return;
            }
            if (d >= 0) {
                collect(nodes[3 * n + 2], ax, ay, az);
            } else if (both) {
                collect(nodes[3 * n + 2], bx, by, bz);
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
