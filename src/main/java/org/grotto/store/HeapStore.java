package org.grotto.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Morton;
import org.grotto.geometry.Runs;

/** The store that keeps all points in memory: 12 bytes a point, and those of its columns. */
public final class HeapStore implements Store {
    /** How many points a region holds at most, unless the caller says otherwise. */
    public static final int TARGET = 250_000;

    /** A cell of so many points is looked through rather than split. */
    private static final int LEAF = 128;

    private final Cloud cloud;
    private final int shift;
    private final int x0;
    private final int y0;
    private final int z0;
    private final int target;
    private final int[] starts;

    private HeapStore(Cloud cloud, int shift, int x0, int y0, int z0, int target, int[] starts) {
        this.cloud = cloud;
        this.shift = shift;
        this.x0 = x0;
        this.y0 = y0;
        this.z0 = z0;
        this.target = target;
        this.starts = starts;
    }

    /**
     * Sorts {@code input} by (Morton code, input index) and cuts it where the octree cell that holds more than
     * {@code target} points splits.
     *
     * @param target about how many points a region holds at most; cells are split until they hold fewer
     */
    public static HeapStore of(Cloud input, int target, Work work) {
        int n = input.size;
        int[] b = input.latticeBounds(null, 0, n);
        int x0 = b[0];
        int y0 = b[1];
        int z0 = b[2];
        long extent = n == 0 ? 1 : 1 + Math.max((long) b[3] - x0, Math.max((long) b[4] - y0, (long) b[5] - z0));
        int bits = 64 - Long.numberOfLeadingZeros(extent);
        int shift = Math.max(0, bits - 21); // 21 bits an axis fit a 63-bit code
        long[] code = new long[n];
        work.blocks(n, 1 << 16, (from, to) -> {
            for (int i = from; i < to; i++) {
                code[i] = Morton.encode(
                        (int) (((long) input.x[i] - x0) >>> shift), (int) (((long) input.y[i] - y0) >>> shift), (int)
                                (((long) input.z[i] - z0) >>> shift));
            }
        });
        int[] order = Morton.sort(code, work);
        long[] sorted = new long[n];
        for (int i = 0; i < n; i++) {
            sorted[i] = code[order[i]];
        }
        int[] starts = starts(sorted, target);
        return new HeapStore(input.pick(order), shift, x0, y0, z0, target, starts);
    }

    /** Where the octree cells begin that hold at most {@code target} of the sorted codes, and the end of the last one. */
    static int[] starts(long[] sorted, int target) {
        int[][] box = {new int[16]};
        int[] count = {0};
        cut(sorted, 0, sorted.length, 60, target, count, box);
        int[] starts = Arrays.copyOf(box[0], count[0] + 1);
        starts[count[0]] = sorted.length;
        return starts;
    }

    private static void cut(long[] codes, int from, int to, int level, int target, int[] count, int[][] out) {
        if (from == to) {
            return;
        }
        if (to - from <= target || level < 0) {
            if (count[0] + 1 >= out[0].length) {
                out[0] = Arrays.copyOf(out[0], out[0].length * 2);
            }
            out[0][count[0]++] = from;
            return;
        }
        int at = from;
        for (int c = 0; c < 8; c++) {
            int end = c == 7 ? to : lowerBound(codes, at, to, ((codes[from] >>> (level + 3)) << 3 | (c + 1)) << level);
            cut(codes, at, end, level - 3, target, count, out);
            at = end;
        }
    }

    private static int lowerBound(long[] a, int from, int to, long key) {
        while (from < to) {
            int mid = (from + to) >>> 1;
            if (a[mid] < key) {
                from = mid + 1;
            } else {
                to = mid;
            }
        }
        return from;
    }

    @Override
    public Lattice lattice() {
        return cloud.lattice;
    }

    @Override
    public long size() {
        return cloud.size;
    }

    @Override
    public List<ColumnType> columns() {
        return cloud.columns.types();
    }

    @Override
    public int regions() {
        return starts.length - 1;
    }

    @Override
    public int count(int i) {
        return starts[i + 1] - starts[i];
    }

    @Override
    public Box bounds() {
        return cloud.bounds();
    }

    @Override
    public Region region(int i, double halo, Set<String> columns) {
        int from = starts[i];
        int to = starts[i + 1];
        Runs all = halo > 0 ? inside(cloud.bounds(from, to).grow(halo)) : Runs.of(from, to);
        long[] ids = new long[all.count()];
        int first = 0;
        int n = 0;
        for (int r = 0; r < all.size(); r++) {
            first += Math.max(0, Math.min(from, all.end(r)) - all.start(r));
            for (int k = all.start(r); k < all.end(r); k++) {
                ids[n++] = k;
            }
        }
        return new Region(i, picked(all, columns), ids, first, first + to - from);
    }

    @Override
    public Cloud within(Box box, Set<String> columns) {
        return picked(inside(box), columns);
    }

    @Override
    public Cloud run(long from, long to, Set<String> columns) {
        return picked(Runs.of(Math.toIntExact(from), Math.toIntExact(to)), columns);
    }

    @Override
    public Cloud whole() {
        return cloud;
    }

    private Cloud picked(Runs runs, Set<String> columns) {
        Cloud c = cloud.only(columns).pick(runs);
        if (!columns.contains(MORTON.name())) {
            return c;
        }
        long[] code = new long[runs.count()];
        int n = 0;
        for (int r = 0; r < runs.size(); r++) {
            for (int k = runs.start(r); k < runs.end(r); k++) {
                code[n++] = code(k);
            }
        }
        return c.with(MORTON, code);
    }

    @Override
    public Sink sink(List<ColumnType> types) {
        List<Object> arrays =
                types.stream().map(t -> Columns.make(t, cloud.size)).toList();
        return new Sink() {
            @Override
            public void put(int i, Columns columns) {
                columns.check(count(i));
                for (int k = 0; k < types.size(); k++) {
                    ColumnType t = types.get(k);
                    Object part = columns.array(t.name());
                    if (part == null) {
                        throw new IllegalArgumentException("a craft did not give the column " + t.name());
                    }
                    System.arraycopy(part, 0, arrays.get(k), t.width() * starts[i], t.width() * count(i));
                }
            }

            @Override
            public Store done() {
                Columns all = cloud.columns;
                for (int k = 0; k < types.size(); k++) {
                    all = all.with(types.get(k), arrays.get(k));
                }
                return with(all);
            }
        };
    }

    private HeapStore with(Columns columns) {
        Cloud c = new Cloud(cloud.lattice, cloud.x, cloud.y, cloud.z, columns);
        return new HeapStore(c, shift, x0, y0, z0, target, starts);
    }

    @Override
    public Store without(Collection<String> columns) {
        Columns left = cloud.columns;
        for (String c : columns) {
            left = left.without(c);
        }
        return with(left);
    }

    @Override
    public Store keep(String column, Work work) {
        byte[] reason = cloud.columns.bytes(column);
        if (reason == null) {
            return this;
        }
        int n = 0;
        for (byte r : reason) {
            n += r == 0 ? 1 : 0;
        }
        HeapStore plain = with(cloud.columns.without(column));
        if (n == reason.length) {
            return plain;
        }
        int[] index = new int[n];
        n = 0;
        for (int i = 0; i < reason.length; i++) {
            if (reason[i] == 0) {
                index[n++] = i;
            }
        }
        return of(plain.cloud.pick(index), target, work);
    }

    /** The Morton code of point i's finest cell; equal places have equal codes, the reverse holds for small extents. */
    private long code(int i) {
        return Morton.encode(
                (int) (((long) cloud.x[i] - x0) >>> shift), (int) (((long) cloud.y[i] - y0) >>> shift), (int)
                        (((long) cloud.z[i] - z0) >>> shift));
    }

    /**
     * Of the points [from, to), which share all higher bits and stand in Morton order, the first of an octant that is
     * at least {@code octant}, told by the coordinates' bit {@code bit}, or {@code to}.
     */
    private int firstOf(int from, int to, int octant, int bit) {
        int lo = from;
        int hi = to;
        while (lo < hi) {
            int mid = (lo + hi) >>> 1;
            int of = (int) (((long) cloud.x[mid] - x0) >>> bit & 1)
                    | (int) (((long) cloud.y[mid] - y0) >>> bit & 1) << 1
                    | (int) (((long) cloud.z[mid] - z0) >>> bit & 1) << 2;
            if (of < octant) {
                lo = mid + 1;
            } else {
                hi = mid;
            }
        }
        return lo;
    }

    /** All points inside {@code box}. */
    private Runs inside(Box box) {
        Lattice l = cloud.lattice;
        int[] q = {
            clamp((box.minX() - l.originX()) / l.step(), true),
            clamp((box.minY() - l.originY()) / l.step(), true),
            clamp((box.minZ() - l.originZ()) / l.step(), true),
            clamp((box.maxX() - l.originX()) / l.step(), false),
            clamp((box.maxY() - l.originY()) / l.step(), false),
            clamp((box.maxZ() - l.originZ()) / l.step(), false)
        };
        Runs out = new Runs();
        collect(0, cloud.size, 0, 0, 0, 21, q, out);
        return out;
    }

    private static int clamp(double v, boolean low) {
        double r = low ? Math.floor(v) : Math.ceil(v);
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, r));
    }

    private void collect(int from, int to, long cx, long cy, long cz, int level, int[] q, Runs out) {
        if (from == to) {
            return;
        }
        // the cell's cube in lattice units
        long side = 1L << (level + shift);
        long lx = x0 + cx * side;
        long ly = y0 + cy * side;
        long lz = z0 + cz * side;
        if (lx > q[3] || ly > q[4] || lz > q[5] || lx + side <= q[0] || ly + side <= q[1] || lz + side <= q[2]) {
            return;
        }
        boolean inside = lx >= q[0]
                && ly >= q[1]
                && lz >= q[2]
                && lx + side - 1 <= q[3]
                && ly + side - 1 <= q[4]
                && lz + side - 1 <= q[5];
        if (inside) {
            out.add(from, to);
            return;
        }
        if (level == 0 || to - from <= LEAF) {
            for (int i = from; i < to; i++) {
                if (cloud.x[i] >= q[0]
                        && cloud.x[i] <= q[3]
                        && cloud.y[i] >= q[1]
                        && cloud.y[i] <= q[4]
                        && cloud.z[i] >= q[2]
                        && cloud.z[i] <= q[5]) {
                    out.add(i, i + 1);
                }
            }
            return;
        }
        int at = from;
        for (int c = 0; c < 8 && at < to; c++) {
            int end = c == 7 ? to : firstOf(at, to, c + 1, level - 1 + shift);
            collect(at, end, cx * 2 + (c & 1), cy * 2 + ((c >> 1) & 1), cz * 2 + ((c >> 2) & 1), level - 1, q, out);
            at = end;
        }
    }
}
