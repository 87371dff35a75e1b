package org.grotto.lod;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Morton;

/**
 * Distributes points in Morton order over the nodes of an octree, each point to exactly one.
 *
 * <p>A cell with more than a given number of points is an inner node; it takes, of the points its ancestors have left, one
 * from each occupied cell of a grid of 128 cells a side: the one nearest to the cell's centre, so that neighbours keep a
 * distance (after Schuetz et al., Fast Out-of-Core Octree Generation, 2020). Any other cell is a leaf and takes what is
 * left in it. Which cells are split depends on the counts alone, and a choice on the points of its grid cell alone: the
 * work is cut at grid cells, and its result does not depend on the cuts.
 */
final class PointOctree {
    /** Grid cells along a node's side, as a power of two. */
    static final int GRID_BITS = 7;

    private static final int BITS = 21;
    /** Points in a piece of work, about. */
    private static final int PIECE = 1 << 17;
    /** Squared distance to a grid cell's centre, for each of its 8 x 8 x 8 parts by their Morton code. */
    private static final short[] FROM_CENTRE = new short[512];

    static {
        for (int m = 0; m < 512; m++) {
            int d = 0;
            for (int axis = 0; axis < 3; axis++) {
                int c = 2 * Morton.decode(m, axis) - 7;
                d += c * c;
            }
            FROM_CENTRE[m] = (short) d;
        }
    }

    /**
     * A node and its points.
     *
     * @param code Morton code of the cell at its level
     * @param members indices into the sorted points, ascending
     */
    record Node(int level, long code, int[] members) {
        int x() {
            return Morton.decode(code, 0);
        }

        int y() {
            return Morton.decode(code, 1);
        }

        int z() {
            return Morton.decode(code, 2);
        }
    }

    private record Cell(int level, int from, int to, boolean inner) {}

    private record Piece(Cell cell, int from, int to) {}

    private final long[] codes;
    private final boolean[] taken;
    private final Work work;

    private PointOctree(long[] codes, Work work) {
        this.codes = codes;
        this.taken = new boolean[codes.length];
        this.work = work;
    }

    /** The nodes that have points, level by level and in Morton order within a level; {@code codes} ascends. */
    static List<Node> nodes(long[] codes, int split, Work work) {
        PointOctree o = new PointOctree(codes, work);
        List<Node> all = new ArrayList<>();
        List<Cell> level = codes.length == 0 ? List.of() : List.of(o.cell(0, 0, codes.length, split));
        while (!level.isEmpty()) {
            o.take(level, all);
            List<Cell> next = new ArrayList<>();
            for (Cell c : level) {
                if (c.inner) {
                    o.children(c, split, next);
                }
            }
            level = next;
        }
        return all;
    }

    private Cell cell(int level, int from, int to, int split) {
        return new Cell(level, from, to, to - from > split && level < BITS - 1);
    }

    private static int shift(int level) {
        return 3 * (BITS - level);
    }

    private void children(Cell c, int split, List<Cell> to) {
        int s = shift(c.level + 1);
        for (int at = c.from; at < c.to; ) {
            int end = endOf(at, c.to, s);
            to.add(cell(c.level + 1, at, end, split));
            at = end;
        }
    }

    /** The end of the run of codes that agree with the one at {@code at} above the lowest {@code s} bits. */
    private int endOf(int at, int limit, int s) {
        long next = (codes[at] >>> s) + 1;
        int lo = at + 1;
        int hi = limit;
        while (lo < hi) {
            int mid = (lo + hi) >>> 1;
            if (codes[mid] >>> s < next) {
                lo = mid + 1;
            } else {
                hi = mid;
            }
        }
        return lo;
    }

    private void take(List<Cell> cells, List<Node> all) {
        List<Piece> pieces = new ArrayList<>();
        for (Cell c : cells) {
            int s = gridShift(c.level);
            for (int at = c.from; at < c.to; ) {
                int end = c.to - at <= 2 * PIECE ? c.to : endOf(at + PIECE, c.to, s);
                pieces.add(new Piece(c, at, end));
                at = end;
            }
        }
        List<int[]> found = work.map(pieces.size(), k -> {
            Piece p = pieces.get(k);
            return p.cell.inner ? sample(p) : rest(p);
        });
        for (int k = 0; k < pieces.size(); ) {
            Cell c = pieces.get(k).cell;
            int first = k;
            int n = 0;
            while (k < pieces.size() && pieces.get(k).cell.from == c.from) {
                n += found.get(k++).length;
            }
            if (n > 0) {
                int[] members = new int[n];
                int at = 0;
                for (int j = first; j < k; j++) {
                    int[] f = found.get(j);
                    System.arraycopy(f, 0, members, at, f.length);
                    at += f.length;
                }
                all.add(new Node(c.level, codes[c.from] >>> shift(c.level), members));
            }
        }
    }

    private static int gridShift(int level) {
        return Math.max(0, shift(level + GRID_BITS));
    }

    private int[] sample(Piece p) {
        int s = gridShift(p.cell.level);
        int fine = Math.max(0, s - 9);
        int mask = (1 << (s - fine)) - 1;
        int widen = 9 - (s - fine);
        int[] out = new int[1024];
        int n = 0;
        long cell = -1;
        int best = -1;
        int nearest = Integer.MAX_VALUE;
        for (int i = p.from; i < p.to; i++) {
            if (taken[i]) {
                continue;
            }
            long c = codes[i];
            if (c >>> s != cell) {
                if (best >= 0) {
                    if (n == out.length) {
                        out = Arrays.copyOf(out, 2 * n);
                    }
                    out[n++] = best;
                    taken[best] = true;
                }
                cell = c >>> s;
                best = -1;
                nearest = Integer.MAX_VALUE;
            }
            int d = FROM_CENTRE[((int) (c >>> fine) & mask) << widen];
            if (d < nearest) {
                nearest = d;
                best = i;
            }
        }
        if (best >= 0) {
            out = n == out.length ? Arrays.copyOf(out, n + 1) : out;
            out[n++] = best;
            taken[best] = true;
        }
        return Arrays.copyOf(out, n);
    }

    private int[] rest(Piece p) {
        int n = 0;
        for (int i = p.from; i < p.to; i++) {
            n += taken[i] ? 0 : 1;
        }
        int[] out = new int[n];
        n = 0;
        for (int i = p.from; i < p.to; i++) {
            if (!taken[i]) {
                out[n++] = i;
                taken[i] = true;
            }
        }
        return out;
    }
}
