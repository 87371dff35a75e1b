package org.grotto.store;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Morton;

/**
 * A cloud in Morton order, cut into spatial chunks. Every craft on points is a pure function of a chunk and its halo (the
 * points within a stated radius around it) and gives the part of the result that belongs to the chunk; chunk borders
 * depend on the points alone. This first form keeps all chunks in memory.
 */
public final class Chunks {
    private final Cloud cloud;
    private final int[] order;
    private final long[] codes;
    private final int shift;
    private final int x0;
    private final int y0;
    private final int z0;
    private final int[] starts;

    /**
     * One chunk: the points [from, to) of {@link Chunks#cloud}, all inside {@code core} (a cube of the chunk grid or
     * several neighbouring ones).
     */
    public record Chunk(int index, int from, int to, Box core) {
        public int size() {
            return to - from;
        }
    }

    private Chunks(Cloud cloud, int[] order, long[] codes, int shift, int x0, int y0, int z0, int[] starts) {
        this.cloud = cloud;
        this.order = order;
        this.codes = codes;
        this.shift = shift;
        this.x0 = x0;
        this.y0 = y0;
        this.z0 = z0;
        this.starts = starts;
    }

    /**
     * Sorts {@code input} by (Morton code, input index) and cuts it where the octree cell that holds more than
     * {@code target} points splits.
     *
     * @param target about how many points a chunk holds at most; cells are split until they hold fewer
     */
    public static Chunks of(Cloud input, int target, Work work) {
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
        Cloud cloud = input.pick(order);
        int[] starts = new int[16];
        int[] count = {0};
        int[][] box = {starts};
        cut(sorted, 0, n, 60, target, count, box);
        int[] s = Arrays.copyOf(box[0], count[0] + 1);
        s[count[0]] = n;
        return new Chunks(cloud, order, sorted, shift, x0, y0, z0, s);
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

    /** The points, in Morton order. */
    public Cloud cloud() {
        return cloud;
    }

    /** The index in the input of each point of {@link #cloud}: owned by the chunks, do not change it. */
    public int[] order() {
        return order;
    }

    /** The Morton code of point i; equal positions have equal codes, the reverse holds only for small extents. */
    public long code(int i) {
        return codes[i];
    }

    public int count() {
        return starts.length - 1;
    }

    public Chunk chunk(int i) {
        int from = starts[i];
        int to = starts[i + 1];
        return new Chunk(i, from, to, cloud.bounds(from, to));
    }

    /**
     * The indices of all points inside the box of {@code chunk} grown by {@code radius} metres, its own included, in
     * Morton order. Cost: the ranges of the Morton curve that meet the box.
     */
    public int[] withHalo(Chunk chunk, double radius) {
        Box b = chunk.core().grow(radius);
        int qx0 = clamp((b.minX() - cloud.lattice.originX()) / cloud.lattice.step(), true);
        int qy0 = clamp((b.minY() - cloud.lattice.originY()) / cloud.lattice.step(), true);
        int qz0 = clamp((b.minZ() - cloud.lattice.originZ()) / cloud.lattice.step(), true);
        int qx1 = clamp((b.maxX() - cloud.lattice.originX()) / cloud.lattice.step(), false);
        int qy1 = clamp((b.maxY() - cloud.lattice.originY()) / cloud.lattice.step(), false);
        int qz1 = clamp((b.maxZ() - cloud.lattice.originZ()) / cloud.lattice.step(), false);
        int[][] out = {new int[Math.max(16, chunk.size() * 2)]};
        int[] n = {0};
        collect(0, cloud.size, 0, 0, 0, 21, new int[] {qx0, qy0, qz0, qx1, qy1, qz1}, out, n);
        return Arrays.copyOf(out[0], n[0]);
    }

    private static int clamp(double v, boolean low) {
        double r = low ? Math.floor(v) : Math.ceil(v);
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, r));
    }

    private void collect(int from, int to, long cx, long cy, long cz, int level, int[] q, int[][] out, int[] n) {
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
        if (inside || level == 0 || to - from <= 32) {
            for (int i = from; i < to; i++) {
                if (inside
                        || (cloud.x[i] >= q[0]
                                && cloud.x[i] <= q[3]
                                && cloud.y[i] >= q[1]
                                && cloud.y[i] <= q[4]
                                && cloud.z[i] >= q[2]
                                && cloud.z[i] <= q[5])) {
                    if (n[0] == out[0].length) {
                        out[0] = Arrays.copyOf(out[0], out[0].length * 2);
                    }
                    out[0][n[0]++] = i;
                }
            }
            return;
        }
        int bit = 3 * (level - 1);
        long prefix = codes[from] >>> (bit + 3) << 3;
        int at = from;
        for (int c = 0; c < 8; c++) {
            int end = c == 7 ? to : lowerBound(codes, at, to, (prefix | (c + 1)) << bit);
            collect(at, end, cx * 2 + (c & 1), cy * 2 + ((c >> 1) & 1), cz * 2 + ((c >> 2) & 1), level - 1, q, out, n);
            at = end;
        }
    }

    /**
     * Runs a craft on every chunk: {@code craft} gets the chunk and the indices of its points and halo, and gives its
     * part of the result. Results come in chunk order, whatever the number of threads.
     *
     * @param haloMetres radius of the halo
     */
    public <R> List<R> map(double haloMetres, BiFunction<Chunk, int[], R> craft, Work work) {
        return work.map(count(), i -> {
            Chunk c = chunk(i);
            return craft.apply(c, withHalo(c, haloMetres));
        });
    }
}
