package org.grotto.store;

import java.util.Arrays;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Morton;
import org.jspecify.annotations.Nullable;

/**
 * A mesh whose vertices are dealt to regions, beside the store of the points around it. The borders of regions are those
 * of cells of an octree on the points' lattice: they follow from the vertices alone. It never changes; columns are added
 * by making another one, which shares what stays. This form keeps all in memory: the mesh, and some 14 bytes a vertex.
 */
public final class MeshStore {
    /** How many vertices a region holds at most, unless the caller says otherwise. */
    public static final int TARGET = 1 << 17;

    private final Mesh mesh;
    private final Store points;
    private final Box pointBounds;
    private final Deal deal;

    /**
     * Who has what.
     *
     * @param order the vertices by region, ascending in each
     * @param place where in {@code order} each vertex stands
     * @param starts where in {@code order} each region begins, and the end
     * @param triangles by region, ascending in each: those with a corner in it
     * @param triangleStarts where in {@code triangles} each region begins, and the end
     */
    private record Deal(int[] order, int[] place, int[] starts, int[] triangles, int[] triangleStarts) {}

    private MeshStore(Mesh mesh, Store points, Box pointBounds, Deal deal) {
        this.mesh = mesh;
        this.points = points;
        this.pointBounds = pointBounds;
        this.deal = deal;
    }

    /**
     * Deals the vertices of {@code mesh}.
     *
     * @param target about how many vertices a region holds at most; cells are split until they hold fewer
     */
    public static MeshStore of(Mesh mesh, Store points, int target, Work work) {
        int n = mesh.vertexCount();
        long[] code = codes(mesh, points.lattice(), work);
        int[] order = Morton.sort(code, work);
        long[] sorted = new long[n];
        for (int k = 0; k < n; k++) {
            sorted[k] = code[order[k]];
        }
        int[] starts = HeapStore.starts(sorted, target);
        int[] region = new int[n];
        for (int i = 0; i + 1 < starts.length; i++) {
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                region[order[k]] = i;
            }
        }
        int[] place = new int[n];
        int[] next = starts.clone();
        for (int v = 0; v < n; v++) {
            place[v] = next[region[v]]++;
        }
        for (int v = 0; v < n; v++) {
            order[place[v]] = v;
        }
        int[] first = new int[starts.length];
        int[] dealt = triangles(mesh.triangles, region, first);
        return new MeshStore(mesh, points, points.bounds(), new Deal(order, place, starts, dealt, first));
    }

    /** The Morton code of the lattice's cell around each vertex, in cells as fine as 11 bits an axis allow. */
    private static long[] codes(Mesh mesh, Lattice l, Work work) {
        int n = mesh.vertexCount();
        Box b = mesh.bounds();
        double cell = l.step();
        while (b.longest() / cell > 1 << 10) {
            cell *= 2;
        }
        double side = cell;
        double x0 = Math.floor((b.minX() - l.originX()) / side);
        double y0 = Math.floor((b.minY() - l.originY()) / side);
        double z0 = Math.floor((b.minZ() - l.originZ()) / side);
        long[] code = new long[n];
        work.blocks(n, 1 << 16, (from, to) -> {
            for (int v = from; v < to; v++) {
                code[v] = Morton.encode(
                        (int) (Math.floor((mesh.originX + mesh.xyz[3 * v] - l.originX()) / side) - x0),
                        (int) (Math.floor((mesh.originY + mesh.xyz[3 * v + 1] - l.originY()) / side) - y0),
                        (int) (Math.floor((mesh.originZ + mesh.xyz[3 * v + 2] - l.originZ()) / side) - z0));
            }
        });
        return code;
    }

    /** Gives every triangle to the regions of its corners; {@code first} gets where each region's begin. */
    private static int[] triangles(int[] t, int[] region, int[] first) {
        int[] at = new int[first.length];
        for (int k = 0; k < t.length; k += 3) {
            int a = region[t[k]];
            int b = region[t[k + 1]];
            int c = region[t[k + 2]];
            at[a]++;
            at[b] += b != a ? 1 : 0;
            at[c] += c != a && c != b ? 1 : 0;
        }
        int sum = 0;
        for (int i = 0; i < first.length; i++) {
            first[i] = sum;
            sum = Math.addExact(sum, at[i]);
            at[i] = first[i];
        }
        int[] dealt = new int[sum];
        for (int k = 0; k < t.length; k += 3) {
            int a = region[t[k]];
            int b = region[t[k + 1]];
            int c = region[t[k + 2]];
            dealt[at[a]++] = k / 3;
            if (b != a) {
                dealt[at[b]++] = k / 3;
            }
            if (c != a && c != b) {
                dealt[at[c]++] = k / 3;
            }
        }
        return dealt;
    }

    /** The whole mesh with its columns: for what is put together from the parts. No craft may ask for it. */
    public Mesh whole() {
        return mesh;
    }

    public Store points() {
        return points;
    }

    /** How many regions there are. */
    public int regions() {
        return deal.starts.length - 1;
    }

    /** How many vertices region {@code i} has. */
    public int count(int i) {
        return deal.starts[i + 1] - deal.starts[i];
    }

    /** Region {@code i} with what {@code view} asks for. */
    public MeshRegion region(int i, MeshCraft<?> view) {
        int from = deal.starts[i];
        int core = count(i);
        int[] ids = Arrays.copyOfRange(deal.order, from, from + core);
        int[] t = new int[0];
        int[] faces = new int[0];
        if (view.ring()) {
            faces = Arrays.copyOfRange(deal.triangles, deal.triangleStarts[i], deal.triangleStarts[i + 1]);
            t = new int[3 * faces.length];
            int[] ring = ring(faces, from, core, t);
            ids = Arrays.copyOf(ids, core + ring.length);
            System.arraycopy(ring, 0, ids, core, ring.length);
        }
        float[] xyz = new float[3 * ids.length];
        for (int k = 0; k < ids.length; k++) {
            System.arraycopy(mesh.xyz, 3 * ids[k], xyz, 3 * k, 3);
        }
        Columns columns = mesh.columns.only(view.needs()).pick(ids, ids.length);
        Mesh own = new Mesh(mesh.originX, mesh.originY, mesh.originZ, xyz, columns, t);
        Box looked = Box.EMPTY;
        if (view.halo() >= 0) {
            for (int v = 0; v < core; v++) {
                looked = looked.with(
                        mesh.originX + xyz[3 * v], mesh.originY + xyz[3 * v + 1], mesh.originZ + xyz[3 * v + 2]);
            }
            looked = looked.grow(view.halo());
        }
        Cloud cloud = points.within(looked, view.points());
        return new MeshRegion(i, own, core, ids, faces, cloud, looked, looked.contains(pointBounds));
    }

    /**
     * The corners of the triangles {@code faces} that do not stand among the {@code core} places from {@code from} on,
     * ascending; {@code t} gets all corners by their place in the region.
     */
    private int[] ring(int[] faces, int from, int core, int[] t) {
        int[] out = new int[64];
        int n = 0;
        for (int k = 0; k < faces.length; k++) {
            for (int c = 0; c < 3; c++) {
                int v = mesh.triangles[3 * faces[k] + c];
                int place = deal.place[v] - from;
                boolean own = place >= 0 && place < core;
                t[3 * k + c] = own ? place : -1 - v;
                if (!own) {
                    if (n == out.length) {
                        out = Arrays.copyOf(out, 2 * n);
                    }
                    out[n++] = v;
                }
            }
        }
        Arrays.sort(out, 0, n);
        int m = 0;
        for (int k = 0; k < n; k++) {
            if (m == 0 || out[m - 1] != out[k]) {
                out[m++] = out[k];
            }
        }
        for (int k = 0; k < t.length; k++) {
            if (t[k] < 0) {
                t[k] = core + Arrays.binarySearch(out, 0, m, -1 - t[k]);
            }
        }
        return Arrays.copyOf(out, m);
    }

    /** The same vertices with a column more, or another in its place; null takes it away. */
    public MeshStore with(ColumnType type, @Nullable Object array) {
        return new MeshStore(mesh.with(type, array), points, pointBounds, deal);
    }

    /** A place for columns, filled region by region, in any order and from any thread. */
    public Sink sink(List<ColumnType> types) {
        return new Sink(types);
    }

    /** Takes columns and gives the store that has them. */
    public final class Sink {
        private final List<ColumnType> types;
        private final List<Object> arrays;

        private Sink(List<ColumnType> types) {
            this.types = types;
            this.arrays =
                    types.stream().map(t -> Columns.make(t, mesh.vertexCount())).toList();
        }

        /** The entries of region {@code i}'s vertices, for all of the sink's columns. */
        public void put(int i, Columns part) {
            part.check(count(i));
            Parts.spread(part, types, Arrays.copyOfRange(deal.order, deal.starts[i], deal.starts[i + 1]), arrays);
        }

        /** The store with the columns, complete once every region was put. */
        public MeshStore done() {
            MeshStore s = MeshStore.this;
            for (int k = 0; k < types.size(); k++) {
                s = s.with(types.get(k), arrays.get(k));
            }
            return s;
        }
    }
}
