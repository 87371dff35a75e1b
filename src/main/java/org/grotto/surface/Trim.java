package org.grotto.surface;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.sight.RangeMap;
import org.grotto.store.Engine;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshRegion;
import org.grotto.store.MeshStore;
import org.grotto.store.Store;

/**
 * Cuts away reconstructed surface that the scan gives no evidence of, and says of what stays how well it is measured.
 *
 * <p>Evidence is the distance to the nearest point of the same side in units of the local spacing, and lines of sight: a
 * vertex that no points lie near and that rays went past on all sides is false. The cut runs along a smoothed line;
 * pieces cut out that are only a few spacings wide are put back as inferred surface; separate pieces that hardly any
 * points lie on are dropped. All of this goes by regions of the mesh; only what is left is put together at once.
 */
public final class Trim {
    /** What the cut runs along where it is the limit: smoothed distance, in spacings. */
    static final ColumnType HEIGHT = ColumnType.number("height", ColumnType.Kind.FLOAT32, "spacings", "trim");

    private final Mesh mesh;
    private final Store points;
    private final TrimOptions options;
    private final Engine engine;

    private Trim(Mesh mesh, Store points, TrimOptions options, Engine engine) {
        this.mesh = mesh;
        this.points = points;
        this.options = options;
        this.engine = engine;
    }

    /**
     * What trimming gives.
     *
     * @param mesh with evidence, with vertex normals, without colour
     * @param areaGiven of the closed surface, square metres
     * @param areaKept of what is left
     * @param areaMeasured of that, the part with points on it
     * @param islands separate pieces dropped
     * @param filled pieces put back as inferred surface
     * @param crossed vertices that lay in space that rays crossed
     * @param tripods how many of the pieces put back are the floor under a scanner
     * @param floor area of these, square metres
     */
    public record Result(
            Mesh mesh,
            double areaGiven,
            double areaKept,
            double areaMeasured,
            int islands,
            int filled,
            int crossed,
            int tripods,
            double floor) {}

    /**
     * Trims.
     *
     * @param closed triangles counter-clockwise seen from the open side
     * @param points with normals and spacing
     * @param maps of the points
     */
    public static Result apply(Mesh closed, Store points, List<RangeMap> maps, TrimOptions options, Engine engine) {
        Progress progress = engine.work().progress();
        try (Progress.Step step = progress.begin("trimming", closed.triangleCount(), "triangles")) {
            Result r = new Trim(closed, points, options, engine).run(maps);
            step.advance(closed.triangleCount());
            return r;
        }
    }

    private Result run(List<RangeMap> maps) {
        MeshNormals given = MeshNormals.of(engine.mesh(mesh, points, MeshStore.TARGET), engine);
        double whole = given.areas().all();
        MeshStore store = Evidence.add(given.store(), maps, options, engine);
        int crossed = 0;
        for (int part : engine.map(store, MeshCraft.onVertices(Set.of(Evidence.CROSSED.name()), Trim::crossed))) {
            crossed += part;
        }
        byte[] evidence = Objects.requireNonNull(store.whole().evidence());
        if (options.watertight()) {
            Areas area = Areas.of(store, engine);
            Mesh all = new Mesh(
                    mesh.originX,
                    mesh.originY,
                    mesh.originZ,
                    mesh.xyz,
                    store.whole().normals(),
                    null,
                    evidence,
                    mesh.triangles);
            return new Result(all, whole, area.all(), area.measured(), 0, 0, crossed, 0, 0);
        }
        List<double[]> eyes = maps.stream()
                .map(m -> new double[] {m.eye(0) - mesh.originX, m.eye(1) - mesh.originY, m.eye(2) - mesh.originZ})
                .toList();
        Fill fill = Fill.of(smooth(store), eyes, options, engine);
        float[] height = Objects.requireNonNull(fill.store().whole().columns.floats(HEIGHT.name()));
        Mesh cut = TrimCut.below(laid(fill.moved()), height, options.distance(), evidence);
        Islands islands = Islands.drop(engine.mesh(cut, points, MeshStore.TARGET), options, engine);
        MeshNormals kept = MeshNormals.of(islands.store(), engine);
        Areas area = kept.areas();
        Mesh m = kept.store().whole();
        Mesh out = new Mesh(m.originX, m.originY, m.originZ, m.xyz, m.normals(), null, m.evidence(), m.triangles);
        return new Result(
                out,
                whole,
                area.all(),
                area.measured(),
                islands.dropped(),
                fill.filled(),
                crossed,
                fill.tripods(),
                fill.floor());
    }

    /** The mesh with other heights of some vertices. */
    private Mesh laid(Map<Integer, Float> moved) {
        if (moved.isEmpty()) {
            return mesh;
        }
        float[] xyz = mesh.xyz.clone();
        moved.forEach((v, z) -> xyz[3 * v + 2] = z);
        return new Mesh(mesh.originX, mesh.originY, mesh.originZ, xyz, null, null, null, mesh.triangles);
    }

    private static int crossed(MeshRegion region, Work work) {
        int n = 0;
        for (byte c : Objects.requireNonNull(region.mesh().columns.bytes(Evidence.CROSSED.name()))) {
            n += c;
        }
        return n;
    }

    /** Gives {@link #HEIGHT}: distances with what rays crossed set beyond the limit, averaged with neighbours twice. */
    private MeshStore smooth(MeshStore store) {
        MeshStore one = engine.add(
                store,
                List.of(HEIGHT),
                MeshCraft.onRings(
                        Set.of(Evidence.DISTANCE.name(), Evidence.CROSSED.name()),
                        (region, work) -> averaged(region, beyond(region.mesh()))));
        return engine.add(
                one,
                List.of(HEIGHT),
                MeshCraft.onRings(
                        Set.of(HEIGHT.name()),
                        (region, work) -> averaged(
                                region,
                                Objects.requireNonNull(region.mesh().columns.floats(HEIGHT.name())))));
    }

    private float[] beyond(Mesh m) {
        float[] distance = Objects.requireNonNull(m.columns.floats(Evidence.DISTANCE.name()));
        byte[] crossed = Objects.requireNonNull(m.columns.bytes(Evidence.CROSSED.name()));
        float most = (float) (2 * options.distance());
        float[] h = new float[distance.length];
        for (int v = 0; v < h.length; v++) {
            h[v] = Math.min(crossed[v] != 0 ? most : distance[v], most);
        }
        return h;
    }

    private static Columns averaged(MeshRegion region, float[] h) {
        int[] t = region.mesh().triangles;
        float[] sum = new float[h.length];
        byte[] count = new byte[h.length];
        for (int k = 0; k < t.length; k += 3) {
            for (int c = 0; c < 3; c++) {
                int a = t[k + c];
                if (count[a] < 120) {
                    sum[a] += h[t[k + (c + 1) % 3]];
                    count[a]++;
                }
            }
        }
        float[] out = Arrays.copyOf(h, region.core());
        for (int v = 0; v < out.length; v++) {
            if (count[v] > 0) {
                out[v] = 0.5f * h[v] + 0.5f * sum[v] / count[v];
            }
        }
        return Columns.NONE.with(HEIGHT, out);
    }
}
