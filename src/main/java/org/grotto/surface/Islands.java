package org.grotto.surface;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.grotto.base.Work;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Mesh;
import org.grotto.store.Engine;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshRegion;
import org.grotto.store.MeshStore;
import org.grotto.store.Nearby;
import org.jspecify.annotations.Nullable;

/**
 * Drops separate pieces of a mesh that bear fewer points than asked, judged by measured area over squared spacing.
 *
 * @param store what is left, with evidence
 * @param dropped how many pieces were not
 */
record Islands(MeshStore store, int dropped) {
    /** Spacing of the point nearest to a vertex, metres. */
    private static final ColumnType SPACING =
            ColumnType.number("nearest-spacing", ColumnType.Kind.FLOAT32, "m", "trim");

    /** Drops; {@code store} has evidence, its points have spacing. */
    static Islands drop(MeshStore store, TrimOptions options, Engine engine) {
        MeshStore pieces = Pieces.add(store, Set.of(), (mesh, v) -> true, engine);
        // what would do even if all points lay as far apart as the farthest needs no counting: the large pieces
        double widest = TypicalSpacing.widest(store.points(), engine);
        Map<Integer, Double> sure = sums(pieces, Set.of(), null, engine);
        int[] doubtful = below(sure, area -> area / (widest * widest), options.island());
        if (doubtful.length == 0) {
            return new Islands(store, 0);
        }
        int[] ids =
                engine
                        .map(pieces, MeshCraft.onVertices(Set.of(Pieces.PIECE.name()), (r, work) -> of(r, doubtful)))
                        .stream()
                        .flatMapToInt(Arrays::stream)
                        .sorted()
                        .toArray();
        MeshStore counted = Nearby.add(
                pieces,
                ids,
                List.of(SPACING),
                MeshCraft.onPoints(
                        Set.of(),
                        Set.of(Columns.SPACING.name()),
                        TypicalSpacing.halo(store.points(), engine),
                        Islands::nearest),
                engine);
        Map<Integer, Double> points = sums(counted, Set.of(SPACING.name()), doubtful, engine);
        int[] gone = below(points, n -> n, options.island());
        if (gone.length == 0) {
            return new Islands(store, 0);
        }
        Mesh left = without(counted.whole(), gone);
        return new Islands(engine.mesh(left, store.points(), MeshStore.TARGET), gone.length);
    }

    private static int[] below(Map<Integer, Double> sums, DoubleUnaryOperator points, double least) {
        return sums.entrySet().stream()
                .filter(e -> !(points.applyAsDouble(e.getValue()) >= least))
                .mapToInt(Map.Entry::getKey)
                .toArray();
    }

    private static int[] of(MeshRegion region, int[] wanted) {
        int[] piece = Pieces.of(region.mesh());
        int[] out = new int[piece.length];
        int n = 0;
        for (int v = 0; v < piece.length; v++) {
            if (Arrays.binarySearch(wanted, piece[v]) >= 0) {
                out[n++] = region.ids()[v];
            }
        }
        return Arrays.copyOf(out, n);
    }

    private static Columns nearest(MeshRegion region, Work work) {
        float[] out = new float[region.core()];
        byte[] open = new byte[out.length];
        KdTree.Query q = KdTree.of(region.cloud(), work).query();
        float[] spacing = Objects.requireNonNull(region.cloud().columns.floats(Columns.SPACING.name()));
        for (int v = 0; v < out.length; v++) {
            int found = q.nearest(region.x(v), region.y(v), region.z(v), 1);
            double reach = region.reach(v);
            if (found > 0 && q.distance[0] <= reach * reach) {
                out[v] = Math.max(
                        spacing[q.index[0]], (float) region.cloud().lattice.step());
            } else {
                open[v] = (byte) (region.all() ? 0 : 1);
            }
        }
        return Columns.NONE.with(SPACING, out).with(MeshCraft.OPEN, open);
    }

    /**
     * Measured area of each piece, over squared spacing where the mesh has it.
     *
     * @param of the pieces asked for, ascending; null for all
     */
    private static Map<Integer, Double> sums(MeshStore store, Set<String> spacing, int @Nullable [] of, Engine engine) {
        Set<String> needs = new HashSet<>(spacing);
        needs.add(Pieces.PIECE.name());
        needs.add(Columns.EVIDENCE.name());
        Map<Integer, Double> all = new TreeMap<>();
        for (Map<Integer, Double> part : engine.map(store, MeshCraft.onRings(needs, (r, work) -> sums(r, of)))) {
            part.forEach((piece, sum) -> all.merge(piece, sum, Double::sum));
        }
        return all;
    }

    private static Map<Integer, Double> sums(MeshRegion region, int @Nullable [] of) {
        Mesh m = region.mesh();
        int[] piece = Pieces.of(m);
        float[] spacing = m.columns.floats(SPACING.name());
        Map<Integer, double[]> out = new TreeMap<>();
        int last = -1;
        double[] sum = new double[1];
        for (int k = 0; k < m.triangles.length; k += 3) {
            int v = m.triangles[k];
            if (region.owns(k) && (of == null || Arrays.binarySearch(of, piece[v]) >= 0)) {
                if (piece[v] != last) {
                    last = piece[v];
                    sum = out.computeIfAbsent(last, p -> new double[1]);
                }
                double e = Areas.evidence(m, k);
                double s = spacing == null ? 1 : spacing[v];
                sum[0] += e > 0 ? Areas.triangle(m, k) / (s * s) * e : 0;
            }
        }
        Map<Integer, Double> sums = new TreeMap<>();
        out.forEach((p, s) -> sums.put(p, s[0]));
        return sums;
    }

    /** The mesh without the pieces {@code gone}, ascending; vertices without a triangle go, too. */
    private static Mesh without(Mesh m, int[] gone) {
        int n = m.vertexCount();
        int[] t = m.triangles;
        int[] piece = Pieces.of(m);
        byte[] evidence = Objects.requireNonNull(m.evidence());
        int[] place = new int[n];
        Arrays.fill(place, -1);
        int kept = 0;
        for (int k = 0; k < t.length; k += 3) {
            if (Arrays.binarySearch(gone, piece[t[k]]) < 0) {
                kept += 3;
                for (int c = 0; c < 3; c++) {
                    place[t[k + c]] = 0;
                }
            }
        }
        int vertices = 0;
        for (int v = 0; v < n; v++) {
            if (place[v] == 0) {
                place[v] = vertices++;
            }
        }
        float[] xyz = new float[3 * vertices];
        byte[] ev = new byte[vertices];
        for (int v = 0; v < n; v++) {
            if (place[v] >= 0) {
                System.arraycopy(m.xyz, 3 * v, xyz, 3 * place[v], 3);
                ev[place[v]] = evidence[v];
            }
        }
        int[] tri = new int[kept];
        int at = 0;
        for (int i = 0; i < t.length; i++) {
            if (place[t[i]] >= 0) { // a piece goes with all its corners
                tri[at++] = place[t[i]];
            }
        }
        return new Mesh(m.originX, m.originY, m.originZ, xyz, null, null, ev, tri);
    }
}
