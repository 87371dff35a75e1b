package org.grotto.clean;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.UnionFind;
import org.grotto.store.Craft;
import org.grotto.store.Region;

/**
 * The local part of {@link Orientation}: joins what is smooth within a region to patches, along those edges of the
 * minimum spanning forest of the whole cloud that the region alone can be sure of, and tells everything else that the
 * global part needs.
 *
 * <p>Edges run from each point to its nearest neighbours, in a strict order: by doubt, then by the point's number and the
 * neighbour's rank; so the forest is one. An edge between two points of the core that closes a circle of earlier ones is
 * in no forest. One that joins two trees is certain where at least one of these has no earlier edge that leaves the core,
 * for then it is that tree's first way out. All others wait for the global part.
 */
final class OrientationPatches implements Craft<Craft.Both<OrientationPatches.Part>> {
    static final int NEIGHBOURS = 12;
    /** Neighbours of less doubt than this are on one smooth patch. */
    static final int SURE = 30;
    /** The patch in its region that a point belongs to, and whether its sign differs from the patch's. */
    static final ColumnType PATCH = ColumnType.choice("patch", ColumnType.Kind.INT32, "clean");

    static final ColumnType ODD = ColumnType.choice("odd", ColumnType.Kind.UINT8, "clean");

    private static final long EDGES = 1L << 50;

    private final double reach;

    /** Keys from this one on are of edges that are not beyond doubt. */
    static long unsure() {
        return SURE * EDGES;
    }

    OrientationPatches(double reach) {
        this.reach = reach;
    }

    /**
     * What a region says. Patches are numbered from 0; where a sign is given, it is that of a point against its patch.
     *
     * @param size points of each patch
     * @param open the patch that points to the open side, and {@code openOdd}, its sign; -1 where no point's sign is known
     * @param waiting edges inside the core that are not certain
     * @param leaving edges from the core to points of other regions
     * @param border points that edges of other regions lead to
     * @param votes of neighbours inside the core in different patches, summed by pair of patches
     */
    record Part(int[] size, int open, boolean openOdd, Edges waiting, Edges leaving, Points border, Votes votes) {}

    /**
     * Edges by ascending key: a patch each, the other end as a patch or as a point's number.
     *
     * @param opposite whether the patches' signs differ, as far as this edge says (for leaving edges: that of the patch
     *     here from that of the point there)
     * @param vote as {@link Mirror#vote}, from patch to point
     */
    record Edges(long[] key, int[] from, long[] to, boolean[] opposite, double[] vote) {}

    /** Points by ascending number. */
    record Points(long[] id, int[] patch, boolean[] odd) {}

    /** Sums of votes between patches, positive for alike. */
    record Votes(int[] low, int[] high, double[] sum) {}

    @Override
    public Set<String> needs() {
        return Set.of(Columns.NORMAL.name(), Orientation.KNOWN.name());
    }

    static List<ColumnType> gives() {
        return List.of(PATCH, ODD);
    }

    /** A neighbour's own neighbours must be seen whole. */
    @Override
    public double halo() {
        return 2 * reach;
    }

    @Override
    public Both<Part> run(Region region, Work work) {
        return new One(region, work).run();
    }

    private final class One {
        private final Region region;
        private final Cloud cloud;
        private final Mirror mirror;
        private final KdTree.Query query;
        private final int first;
        private final int count;
        /** The node after the last point: what points to the open side. */
        private final int open;

        private final SignedForest patches;
        /** First edge that leaves the core from each point; later, from each tree. */
        private final long[] wayOut;

        private final boolean[] onBorder;

        One(Region region, Work work) {
            this.region = region;
            this.cloud = region.cloud();
            this.mirror = new Mirror(cloud, Objects.requireNonNull(cloud.normals()));
            this.query = KdTree.of(cloud).query();
            this.first = region.from();
            this.count = region.count();
            this.open = count;
            this.patches = new SignedForest(count + 1);
            this.wayOut = new long[count + 1];
            this.onBorder = new boolean[count];
            Arrays.fill(wayOut, Long.MAX_VALUE);
        }

        Both<Part> run() {
            int[] target = new int[count * NEIGHBOURS];
            short[] doubt = new short[target.length];
            Arrays.fill(target, -1);
            for (int k = 0; k < count; k++) {
                neighbours(first + k, k * NEIGHBOURS, target, doubt);
            }
            Growing leaving = leaving(target, doubt);
            entering();
            boolean told = tie();
            Growing waiting = grow(target, doubt);
            int[] patch = new int[count];
            byte[] odd = new byte[count];
            int[] number = new int[count + 1];
            Arrays.fill(number, -1);
            int[] size = new int[count];
            int n = 0;
            for (int k = 0; k < count; k++) {
                int root = patches.find(k);
                if (number[root] < 0) {
                    number[root] = n++;
                }
                patch[k] = number[root];
                odd[k] = (byte) (patches.odd(k) ? 1 : 0);
                size[patch[k]]++;
            }
            int openPatch = told ? number[patches.find(open)] : -1;
            Part part = new Part(
                    Arrays.copyOf(size, n),
                    openPatch,
                    told && patches.odd(open),
                    waiting.edges(patch, odd, true),
                    leaving.edges(patch, odd, false),
                    border(patch, odd),
                    votes(target, patch, odd));
            return new Both<>(Columns.NONE.with(PATCH, patch).with(ODD, odd), part);
        }

        /** The nearest neighbours of point {@code i} of the cloud, from place {@code slot} on; -1 where there are fewer. */
        private void neighbours(int i, int slot, int[] target, short[] doubt) {
            if (mirror.none(i)) {
                return;
            }
            int found = query.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], NEIGHBOURS + 1, reach);
            int end = slot + NEIGHBOURS;
            for (int j = 0; j < found && slot < end; j++) {
                int p = query.index[j];
                if (p != i && !mirror.none(p)) {
                    target[slot] = p;
                    doubt[slot++] = (short) mirror.doubt(i, p);
                }
            }
        }

        private boolean inCore(int i) {
            return i >= first && i < first + count;
        }

        private long key(int i, int rank, int doubt) {
            return doubt * EDGES + region.id(i) * NEIGHBOURS + rank;
        }

        private Growing leaving(int[] target, short[] doubt) {
            Growing out = new Growing();
            for (int e = 0; e < target.length; e++) {
                if (target[e] >= 0 && !inCore(target[e])) {
                    int k = e / NEIGHBOURS;
                    int i = first + k;
                    long key = key(i, e % NEIGHBOURS, doubt[e]);
                    onBorder[k] = true;
                    if (doubt[e] < SURE) {
                        wayOut[k] = Math.min(wayOut[k], key);
                    }
                    out.add(key, k, region.id(target[e]), mirror.cosine(i, target[e]) < 0, mirror.vote(i, target[e]));
                }
            }
            return out;
        }

        /** Notes where edges of points around the core lead into it. */
        private void entering() {
            var near = region.core().grow(reach);
            int[] target = new int[NEIGHBOURS];
            short[] doubt = new short[NEIGHBOURS];
            for (int i = 0; i < cloud.size; i++) {
                if (inCore(i) || !near.contains(cloud.px(i), cloud.py(i), cloud.pz(i))) {
                    continue;
                }
                Arrays.fill(target, -1);
                neighbours(i, 0, target, doubt);
                for (int r = 0; r < NEIGHBOURS; r++) {
                    if (target[r] >= 0 && inCore(target[r])) {
                        int k = target[r] - first;
                        onBorder[k] = true;
                        if (doubt[r] < SURE) {
                            wayOut[k] = Math.min(wayOut[k], key(i, r, doubt[r]));
                        }
                    }
                }
            }
        }

        /** Joins the points whose sign is known, or needs none, to the open side; that leads to every region. */
        private boolean tie() {
            byte[] known = cloud.columns.bytes(Orientation.KNOWN.name());
            boolean any = false;
            for (int k = 0; k < count; k++) {
                if (mirror.none(first + k) || known != null && known[first + k] != 0) {
                    patches.join(k, open, false);
                    any = true;
                }
            }
            return any;
        }

        /** Joins along certain edges, the surest first; gives the others that lie in no circle. */
        private Growing grow(int[] target, short[] doubt) {
            int[] order = sure(target, doubt);
            UnionFind trees = new UnionFind(count + 1);
            for (int k = 0; k < count; k++) {
                if (patches.find(k) == patches.find(open)) {
                    wayOut[open] = -1;
                    unite(trees, k, open);
                }
            }
            Growing waiting = new Growing();
            for (int e : order) {
                int k = e / NEIGHBOURS;
                int j = target[e] - first;
                int a = trees.root(k);
                int b = trees.root(j);
                if (a == b) {
                    continue;
                }
                long key = key(first + k, e % NEIGHBOURS, doubt[e]);
                boolean opposite = mirror.cosine(first + k, target[e]) < 0;
                if (wayOut[a] > key || wayOut[b] > key) {
                    patches.join(k, j, opposite);
                } else {
                    waiting.add(key, k, j, opposite, 0);
                }
                unite(trees, k, j);
            }
            return waiting;
        }

        private void unite(UnionFind trees, int i, int j) {
            long way = Math.min(wayOut[trees.root(i)], wayOut[trees.root(j)]);
            trees.join(i, j);
            wayOut[trees.root(i)] = way;
        }

        /** The sure edges inside the core, by ascending key. */
        private int[] sure(int[] target, short[] doubt) {
            int[] start = new int[SURE + 1];
            for (int e = 0; e < target.length; e++) {
                if (target[e] >= 0 && doubt[e] < SURE && inCore(target[e])) {
                    start[doubt[e] + 1]++;
                }
            }
            for (int c = 0; c < SURE; c++) {
                start[c + 1] += start[c];
            }
            int[] order = new int[start[SURE]];
            for (int e = 0; e < target.length; e++) {
                if (target[e] >= 0 && doubt[e] < SURE && inCore(target[e])) {
                    order[start[doubt[e]]++] = e;
                }
            }
            return order;
        }

        private Points border(int[] patch, byte[] odd) {
            int n = 0;
            for (boolean b : onBorder) {
                n += b ? 1 : 0;
            }
            Points p = new Points(new long[n], new int[n], new boolean[n]);
            n = 0;
            for (int k = 0; k < count; k++) {
                if (onBorder[k]) {
                    p.id[n] = region.id(first + k);
                    p.patch[n] = patch[k];
                    p.odd[n++] = odd[k] != 0;
                }
            }
            return p;
        }

        private Votes votes(int[] target, int[] patch, byte[] odd) {
            int n = 0;
            for (int e = 0; e < target.length; e++) {
                n += apart(e, target, patch) ? 1 : 0;
            }
            Borders borders = new Borders(n);
            for (int e = 0; e < target.length; e++) {
                if (apart(e, target, patch)) {
                    borders.see(patch[e / NEIGHBOURS], patch[target[e] - first]);
                }
            }
            borders.sort();
            for (int e = 0; e < target.length; e++) {
                if (apart(e, target, patch)) {
                    int k = e / NEIGHBOURS;
                    int j = target[e] - first;
                    double vote = mirror.vote(first + k, target[e]);
                    borders.vote(patch[k], patch[j], odd[k] != odd[j] ? -vote : vote);
                }
            }
            Votes v = new Votes(new int[borders.size()], new int[borders.size()], new double[borders.size()]);
            for (int b = 0; b < borders.size(); b++) {
                v.low[b] = borders.low(b);
                v.high[b] = borders.high(b);
                v.sum[b] = borders.sum(b);
            }
            return v;
        }

        private boolean apart(int e, int[] target, int[] patch) {
            return target[e] >= 0 && inCore(target[e]) && patch[e / NEIGHBOURS] != patch[target[e] - first];
        }
    }

    /** Edges being gathered, between points of the core, or from these to points elsewhere. */
    private static final class Growing {
        private long[] key = new long[64];
        private int[] from = new int[64];
        private long[] to = new long[64];
        private boolean[] opposite = new boolean[64];
        private double[] vote = new double[64];
        private int size;

        void add(long k, int i, long j, boolean differ, double v) {
            if (size == key.length) {
                int n = 2 * size;
                key = Arrays.copyOf(key, n);
                from = Arrays.copyOf(from, n);
                to = Arrays.copyOf(to, n);
                opposite = Arrays.copyOf(opposite, n);
                vote = Arrays.copyOf(vote, n);
            }
            key[size] = k;
            from[size] = i;
            to[size] = j;
            opposite[size] = differ;
            vote[size++] = v;
        }

        /** The edges with patches in the place of points; the far end only where it is {@code inside}. */
        Edges edges(int[] patch, byte[] odd, boolean inside) {
            Edges e = new Edges(
                    Arrays.copyOf(key, size), new int[size], new long[size], new boolean[size], new double[size]);
            for (int k = 0; k < size; k++) {
                boolean differ = odd[from[k]] != 0 ^ (inside && odd[(int) to[k]] != 0);
                e.from[k] = patch[from[k]];
                e.to[k] = inside ? patch[(int) to[k]] : to[k];
                e.opposite[k] = opposite[k] ^ differ;
                e.vote[k] = differ ? -vote[k] : vote[k];
            }
            return e;
        }
    }
}
