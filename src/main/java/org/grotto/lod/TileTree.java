package org.grotto.lod;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.format.gltf.TileWriter;
import org.grotto.geometry.Morton;
import org.jspecify.annotations.Nullable;

/**
 * The nested grid: a cube around the mesh, halved along all axes wherever it holds too many triangles. A triangle belongs
 * to the cell of its centroid, whole; so the leaves together are the mesh, and a cell's border runs along its edges.
 *
 * <p>A few triangles far apart are split, too, so that each tile holds its places exactly. A thing as wide as a town with
 * details of millimetres, which a model in a wrong unit is, would fall into tens of thousands of tiles of a few triangles
 * each: where cells become many for their triangles, places lose a bit or more, which counts as their tiles' error.
 */
final class TileTree {
    /** So many cells are never many, nor so many times those that the triangles alone ask for. */
    private static final int MANY = 512;

    private static final int TIMES = 8;

    final TileNode root;
    /** All nodes, parents before children, in Morton order. */
    final List<TileNode> nodes = new ArrayList<>();
    /** The mesh, its triangles in Morton order of their centroids; each node holds a range of them. */
    final TileVertices mesh;

    /** Of the triangles, in order; while the tree grows. */
    private long[] codes;

    private final int bits;
    private final int limit;
    /** Bits that places may lose before a cell is split for their sake, and whether any was; while the tree grows. */
    private int loose;

    private boolean cutForPlaces;

    /** How many pixels of pictures lie on all triangles before each; null without pictures. */
    private final double @Nullable [] pixels;

    private TileTree(TileVertices mesh, long[] codes, int bits, int limit, @Nullable TilePictures pictures) {
        this.mesh = mesh;
        this.codes = codes;
        this.bits = bits;
        this.limit = limit;
        this.pixels = pictures == null ? null : pictures.counted(mesh);
        TileNode grown = grow(0, 0, 0, codes.length);
        int most = Math.max(MANY, Math.multiplyExact(TIMES, codes.length / limit));
        while (cutForPlaces && nodes.size() > most && loose < Integer.SIZE) {
            cutForPlaces = false;
            nodes.clear();
            loose++;
            grown = grow(0, 0, 0, codes.length);
        }
        this.root = grown;
        this.codes = new long[0];
    }

    /** @param limit a cell that holds more triangles is split, and one that is too wide for its detail, down to single lattice steps or 2^-21 of the cube */
    static TileTree of(TileVertices v, int limit, Work work) {
        return of(v, limit, null, work);
    }

    /** As {@link #of(TileVertices, int, Work)}; a cell on which too many pixels lie is split, too. */
    static TileTree of(TileVertices v, int limit, @Nullable TilePictures pictures, Work work) {
        int n = v.triangles.length / 3;
        int[] lo = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        int[] hi = {Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE};
        int[][] at = {v.x, v.y, v.z};
        long longest = 0;
        for (int axis = 0; axis < 3; axis++) {
            for (int p : at[axis]) {
                lo[axis] = Math.min(lo[axis], p);
                hi[axis] = Math.max(hi[axis], p);
            }
            longest = Math.max(longest, v.size() == 0 ? 1 : (long) hi[axis] - lo[axis] + 1);
        }
        int side = 64 - Long.numberOfLeadingZeros(longest);
        int bits = Math.min(21, side);
        long[] low = new long[3];
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = v.size() == 0 ? 0 : Math.floorDiv((long) lo[axis] + hi[axis] - (1L << side), 2);
        }
        long[] codes = new long[n];
        int[] sorted = new int[3 * n];
        int[] order = sort(v, at, low, side - bits, codes, sorted, work);
        TileTree tree = new TileTree(v.inOrderOf(sorted, order, work), codes, bits, limit, pictures);
        tree.windows(work);
        return tree;
    }

    /** Puts the triangles in Morton order of their centroids: their codes, their vertices, and which they were. */
    private static int[] sort(
            TileVertices v, int[][] at, long[] low, int shift, long[] sortedCodes, int[] sorted, Work work) {
        int n = sortedCodes.length;
        long[] codes = new long[n];
        work.blocks(n, 1 << 16, (from, to) -> {
            for (int t = from; t < to; t++) {
                int[] cell = new int[3];
                for (int axis = 0; axis < 3; axis++) {
                    int[] p = at[axis];
                    long sum = (long) p[v.triangles[3 * t]] + p[v.triangles[3 * t + 1]] + p[v.triangles[3 * t + 2]];
                    cell[axis] = (int) (Math.floorDiv(sum, 3) - low[axis] >> shift);
                }
                codes[t] = Morton.encode(cell[0], cell[1], cell[2]);
            }
        });
        int[] order = Morton.sort(codes, work);
        work.blocks(n, 1 << 16, (from, to) -> {
            for (int i = from; i < to; i++) {
                int t = order[i];
                sortedCodes[i] = codes[t];
                sorted[3 * i] = v.triangles[3 * t];
                sorted[3 * i + 1] = v.triangles[3 * t + 1];
                sorted[3 * i + 2] = v.triangles[3 * t + 2];
            }
        });
        return order;
    }

    /** Sets every node's range of vertices, which are numbered in the order of their first use. */
    private void windows(Work work) {
        int[] end = new int[nodes.size()];
        work.each(end.length, i -> {
            TileNode n = nodes.get(i);
            if (n.leaf()) {
                end[i] = 1 + largest(mesh.triangles, 3 * n.from, 3 * n.to);
            }
        });
        int done = 0;
        for (TileNode n : nodes) {
            if (n.leaf()) {
                n.low = done;
                done = Math.max(done, end[n.index]);
                n.high = done;
            }
        }
        for (TileNode n : nodes.reversed()) {
            if (!n.leaf()) {
                n.low = n.children.getFirst().low;
                n.high = n.children.getLast().high;
            }
        }
    }

    private static int largest(int[] a, int from, int to) {
        int most = -1;
        for (int i = from; i < to; i++) {
            most = Math.max(most, a[i]);
        }
        return most;
    }

    private TileNode grow(int depth, long path, int from, int to) {
        int d = depth;
        long p = path;
        // a cell with all its triangles in one octant is that octant
        boolean split = splits(from, to);
        while (split && d < bits && octant(from, d) == octant(to - 1, d)) {
            p = p << 3 | octant(from, d);
            d++;
        }
        TileNode node = new TileNode(nodes.size(), d, p, from, to);
        nodes.add(node);
        if (split && d < bits) {
            int start = from;
            for (int o = 0; o < 8; o++) {
                int end = firstAbove(start, to, d, o);
                if (end > start) {
                    node.children.add(grow(d + 1, p << 3 | o, start, end));
                }
                start = end;
            }
        }
        return node;
    }

    /** Too many triangles or pixels, or a few so far apart that a tile could not hold their places exactly ({@link TileWriter}). */
    private boolean splits(int from, int to) {
        boolean pictured = pixels != null && to - from > 1 && pixels[to] - pixels[from] > TilePictures.PIXELS;
        if (to - from > limit || pictured) {
            return true;
        }
        boolean wide = to - from > 1 && TileContent.coarser(mesh, mesh.triangles, 3 * from, 3 * to, loose) > 0;
        cutForPlaces |= wide;
        return wide;
    }

    private int octant(int i, int depth) {
        return (int) (codes[i] >>> 3 * (bits - depth - 1)) & 7;
    }

    private int firstAbove(int from, int to, int depth, int octant) {
        int lo = from;
        int hi = to;
        while (lo < hi) {
            int mid = lo + hi >>> 1;
            if (octant(mid, depth) > octant) {
                hi = mid;
            } else {
                lo = mid + 1;
            }
        }
        return lo;
    }
}
