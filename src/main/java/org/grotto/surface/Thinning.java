package org.grotto.surface;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.grotto.base.Progress;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.ColumnType.Kind;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshRegion;
import org.grotto.store.MeshStore;
import org.grotto.store.Store;

/**
 * Takes triangles out of a dressed mesh where stone is flat, measured against the scan's own noise: a place of the surface
 * moves by no more than a share of the noise, and colours, normals and whatever else vertices carry change by no more
 * than {@link Carried} allows. Borders stay as they are, and so does every vertex that is left.
 *
 * <p>The mesh is cut into cells of the points' lattice, fine ones first, then coarse ones, so that little is left along
 * the borders of the fine ones. The cells belong to the work, not to the engine: they are the same however regions are cut.
 * {@link Collapse} thins each cell by itself; triangles across cells wait.
 */
public final class Thinning {
    /** Most vertices of a cell, pass by pass. */
    private static final int[] CELLS = {1 << 14, 1 << 18};

    /** Where a pass leaves more than this share of the triangles, little is left to thin along the borders of its cells. */
    private static final double WORTH = 0.7;

    /** What moved so far and what changed so far around each vertex; see {@link Collapse}. */
    private static final ColumnType MOVED = ColumnType.number("thin-moved", Kind.FLOAT32, "m", "thin");

    private static final ColumnType CHANGED = ColumnType.number("thin-changed", Kind.FLOAT32, "1", "thin");

    /** The surface never moves further than this share of the spacing: what is finer than the scan's noise may be relief. */
    private static final double SPACINGS = 0.05;

    /** No edge becomes longer than this many of those around. */
    private static final double LONGEST = 16;

    private final Noise noise;
    private final double thin;
    private final double least;
    private final Store points;
    private final Engine engine;

    private Thinning(Noise noise, double thin, Store points, Engine engine) {
        this.noise = noise;
        this.thin = thin;
        this.least = least(noise);
        this.points = points;
        this.engine = engine;
    }

    /**
     * Thins.
     *
     * @param dressed with normals and {@link VertexSamples}; where these do not name a station whose noise is known, the
     *     least known noise counts, and where none is, nothing goes
     * @param points what its cells lie on the lattice of
     */
    public static Mesh apply(Mesh dressed, Noise noise, Store points, ThinOptions options, Engine engine) {
        Thinning t = new Thinning(noise, options.thin(), points, engine);
        if (!(options.thin() > 0) || !(t.least >= 0)) {
            return dressed;
        }
        try (Progress.Step step = engine.work().progress().begin("thinning", dressed.triangleCount(), "triangles")) {
            int n = dressed.vertexCount();
            Mesh mesh = dressed.with(MOVED, new float[n]).with(CHANGED, new float[n]);
            Carried carried = Carried.of(dressed, t.usual());
            int before = Integer.MAX_VALUE;
            for (int i = 0; i < CELLS.length && mesh.triangleCount() < WORTH * before; i++) {
                before = mesh.triangleCount();
                mesh = t.pass(mesh, carried, CELLS[i]);
            }
            step.advance(dressed.triangleCount());
            return mesh.with(MOVED, null).with(CHANGED, null);
        }
    }

    private static double least(Noise noise) {
        double least = Double.NaN;
        for (int s = 0; s < noise.metres().length; s++) {
            double m = noise.likely(s);
            least = m >= 0 && !(least <= m) ? m : least;
        }
        return least;
    }

    private Mesh pass(Mesh mesh, Carried carried, int cell) {
        MeshStore store = MeshStore.of(mesh, points, cell, engine.work());
        Set<String> needs = new TreeSet<>(
                mesh.columns.types().stream().map(ColumnType::name).toList());
        Engine.AddedToMesh<int[]> thinned = engine.both(
                store, List.of(MOVED, CHANGED), MeshCraft.onRings(needs, (region, work) -> thin(region, carried)));
        int[] tri = mesh.triangles.clone();
        for (int[] part : thinned.rest()) {
            for (int at = 0; at < part.length; at += 4) {
                System.arraycopy(part, at + 1, tri, 3 * part[at], 3);
            }
        }
        return compact(thinned.store().whole(), tri);
    }

    /** The mesh of the triangles that are left, and the vertices that they use, in the order they had. */
    private Mesh compact(Mesh mesh, int[] tri) {
        int[] place = new int[mesh.vertexCount()];
        int corners = 0;
        for (int v : tri) {
            if (v >= 0) {
                place[v] = 1;
                corners++;
            }
        }
        int[] index = new int[place.length];
        int n = 0;
        for (int v = 0; v < place.length; v++) {
            if (place[v] != 0) {
                index[n] = v;
                place[v] = n++;
            }
        }
        int[] out = new int[corners];
        int at = 0;
        for (int v : tri) {
            if (v >= 0) {
                out[at++] = place[v];
            }
        }
        float[] xyz = new float[3 * n];
        for (int v = 0; v < n; v++) {
            System.arraycopy(mesh.xyz, 3 * index[v], xyz, 3 * v, 3);
        }
        Columns columns = mesh.columns.pick(index, n, engine.work());
        return new Mesh(mesh.originX, mesh.originY, mesh.originZ, xyz, columns, out);
    }

    /** Thins one cell: what is new around its vertices, and number and corners of each triangle that is not as it was. */
    private Craft.Both<int[]> thin(MeshRegion region, Carried carried) {
        Mesh m = region.mesh();
        int n = region.core();
        int[] was = m.triangles;
        int[] tri = was.clone();
        float[] moved = Objects.requireNonNull(m.columns.floats(MOVED.name()));
        float[] changed = Objects.requireNonNull(m.columns.floats(CHANGED.name()));
        float[] ofMoved = onTriangles(was, moved);
        float[] ofChanged = onTriangles(was, changed);
        new Collapse(
                        m.xyz,
                        n,
                        tri,
                        limits(region),
                        longest(m),
                        carried.numbers(m),
                        carried.choices(m),
                        ofMoved,
                        ofChanged)
                .run();
        Columns columns = Columns.NONE
                .with(MOVED, Arrays.copyOf(onVertices(tri, ofMoved, moved), n))
                .with(CHANGED, Arrays.copyOf(onVertices(tri, ofChanged, changed), n));
        return new Craft.Both<>(columns, changes(region, was, tri));
    }

    /** Number and corners of each triangle that is not as it was: -1 where it is gone. */
    private static int[] changes(MeshRegion region, int[] was, int[] tri) {
        int gone = 0;
        for (int t = 0; t < tri.length; t += 3) {
            gone += tri[t] != was[t] || tri[t + 1] != was[t + 1] || tri[t + 2] != was[t + 2] ? 1 : 0;
        }
        int[] out = new int[4 * gone];
        int at = 0;
        for (int t = 0; t < tri.length; t += 3) {
            if (tri[t] != was[t] || tri[t + 1] != was[t + 1] || tri[t + 2] != was[t + 2]) {
                out[at++] = region.faces()[t / 3];
                for (int c = 0; c < 3; c++) {
                    int v = tri[t + c];
                    out[at++] = v < 0 ? -1 : region.ids()[v];
                }
            }
        }
        return out;
    }

    /** A triangle has no more than the least of its corners, which have the most of what is around them. */
    private static float[] onTriangles(int[] tri, float[] value) {
        float[] out = new float[tri.length / 3];
        for (int t = 0; t < out.length; t++) {
            out[t] = Math.min(value[tri[3 * t]], Math.min(value[tri[3 * t + 1]], value[tri[3 * t + 2]]));
        }
        return out;
    }

    private static float[] onVertices(int[] tri, float[] value, float[] before) {
        float[] out = before.clone();
        for (int t = 0; t < value.length; t++) {
            for (int c = 0; tri[3 * t] >= 0 && c < 3; c++) {
                int v = tri[3 * t + c];
                out[v] = Math.max(out[v], value[t]);
            }
        }
        return out;
    }

    /** How far the surface may move at each vertex, metres; -1 where nobody knows. */
    private float[] limits(MeshRegion region) {
        Mesh m = region.mesh();
        char[] station = m.columns.chars(VertexSamples.STATION.name());
        char[] spacing = m.columns.chars(VertexSamples.SPACING.name());
        float[] out = new float[m.vertexCount()];
        for (int v = 0; v < out.length; v++) {
            int s = station == null ? noise.metres().length : station[v];
            double own = s < noise.metres().length ? noise.likely(s) : least;
            double most = thin * (own >= 0 ? own : least);
            if (spacing != null && !VertexSamples.SPACING.isNone(spacing[v])) {
                most = Math.min(most, SPACINGS * spacing[v] * VertexSamples.FINE);
            }
            out[v] = (float) most;
        }
        return out;
    }

    /** The longest edge that may come to each vertex, metres. */
    private static float[] longest(Mesh m) {
        int[] tri = m.triangles;
        float[] sum = new float[m.vertexCount()];
        int[] count = new int[sum.length];
        for (int k = 0; k < tri.length; k++) {
            int a = tri[k];
            int b = tri[k % 3 == 2 ? k - 2 : k + 1];
            double x = (double) m.xyz[3 * a] - m.xyz[3 * b];
            double y = (double) m.xyz[3 * a + 1] - m.xyz[3 * b + 1];
            double z = (double) m.xyz[3 * a + 2] - m.xyz[3 * b + 2];
            sum[a] += (float) Math.sqrt(x * x + y * y + z * z);
            count[a]++;
        }
        for (int v = 0; v < sum.length; v++) {
            sum[v] = (float) (LONGEST * sum[v] / Math.max(1, count[v]));
        }
        return sum;
    }

    /** The middle one of the noises that are known, metres. */
    private double usual() {
        double[] known =
                Arrays.stream(noise.metres()).filter(m -> m >= 0).sorted().toArray();
        return known.length == 0 ? 0 : known[known.length / 2];
    }
}
