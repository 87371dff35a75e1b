package org.grotto.surface;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
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
        MeshStore pieces = Pieces.add(store, Set.of(), Islands::all, engine);
        // what would do even if all points lay as far apart as the farthest needs no counting: the large pieces
        double widest = TypicalSpacing.widest(store.points(), engine);
        int[] doubtful = below(sums(pieces, engine), area -> area / (widest * widest), options.island());
        if (doubtful.length == 0) {
            return new Islands(store, 0);
        }
        MeshStore few = engine.mesh(
                some(pieces.whole(), p -> Arrays.binarySearch(doubtful, p) >= 0), store.points(), MeshStore.TARGET);
        MeshStore counted = Nearby.add(
                few,
                List.of(SPACING),
                MeshCraft.onPoints(
                        Set.of(),
                        Set.of(Columns.SPACING.name()),
                        TypicalSpacing.halo(store.points(), engine),
                        Islands::nearest),
                engine);
        int[] gone = below(sums(counted, engine), n -> n, options.island());
        if (gone.length == 0) {
            return new Islands(store, 0);
        }
        Mesh left = some(pieces.whole(), p -> Arrays.binarySearch(gone, p) < 0).with(Pieces.PIECE, null);
        return new Islands(engine.mesh(left, store.points(), MeshStore.TARGET), gone.length);
    }

    private static boolean[] all(Mesh mesh) {
        boolean[] all = new boolean[mesh.vertexCount()];
        Arrays.fill(all, true);
        return all;
    }

    private static int[] below(Map<Integer, Double> sums, DoubleUnaryOperator points, double least) {
        return sums.entrySet().stream()
                .filter(e -> !(points.applyAsDouble(e.getValue()) >= least))
                .mapToInt(Map.Entry::getKey)
                .toArray();
    }

    private static Columns nearest(MeshRegion region, Work work) {
        float[] out = new float[region.core()];
        byte[] open = new byte[out.length];
        KdTree.Query q = KdTree.of(region.cloud()).query();
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

    /** Measured area of each piece, over squared spacing where the mesh has it. */
    private static Map<Integer, Double> sums(MeshStore store, Engine engine) {
        Set<String> needs = Set.of(SPACING.name(), Pieces.PIECE.name(), Columns.EVIDENCE.name());
        Map<Integer, Double> all = new TreeMap<>();
        for (Map<Integer, Double> part : engine.map(store, MeshCraft.onRings(needs, (region, work) -> sums(region)))) {
            part.forEach((piece, sum) -> all.merge(piece, sum, Double::sum));
        }
        return all;
    }

    private static Map<Integer, Double> sums(MeshRegion region) {
        Mesh m = region.mesh();
        int[] piece = Pieces.of(m);
        float[] spacing = m.columns.floats(SPACING.name());
        Map<Integer, double[]> out = new TreeMap<>();
        int last = -1;
        double[] sum = new double[1];
        for (int k = 0; k < m.triangles.length; k += 3) {
            int v = m.triangles[k];
            if (region.owns(k)) {
                if (piece[v] != last) {
                    last = piece[v];
                    sum = out.computeIfAbsent(last, p -> new double[1]);
                }
                double e = Areas.evidence(m, k);
                double s = spacing == null ? 1 : spacing[v];
                sum[0] += e > 0 ? m.area(k / 3) / (s * s) * e : 0;
            }
        }
        Map<Integer, Double> sums = new TreeMap<>();
        out.forEach((p, s) -> sums.put(p, s[0]));
        return sums;
    }

    /** Those pieces of the mesh that {@code wanted} names, with evidence; vertices without a triangle go. */
    private static Mesh some(Mesh m, IntPredicate wanted) {
        int[] t = m.triangles;
        int[] piece = Pieces.of(m);
        int[] place = new int[m.vertexCount()];
        Arrays.fill(place, -1);
        int corners = 0;
        int last = -1;
        boolean kept = false;
        for (int k = 0; k < t.length; k += 3) {
            if (piece[t[k]] != last) {
                last = piece[t[k]];
                kept = wanted.test(last);
            }
            if (kept) {
                corners += 3;
                place[t[k]] = 0;
                place[t[k + 1]] = 0;
                place[t[k + 2]] = 0;
            }
        }
        int[] index = new int[place.length];
        int n = 0;
        for (int v = 0; v < place.length; v++) {
            if (place[v] == 0) {
                index[n] = v;
                place[v] = n++;
            }
        }
        float[] xyz = new float[3 * n];
        for (int v = 0; v < n; v++) {
            System.arraycopy(m.xyz, 3 * index[v], xyz, 3 * v, 3);
        }
        int[] tri = new int[corners];
        int at = 0;
        for (int c : t) {
            if (place[c] >= 0) { // a piece goes with all its corners
                tri[at++] = place[c];
            }
        }
        Columns columns = m.columns
                .only(Set.of(Columns.EVIDENCE.name(), Pieces.PIECE.name()))
                .pick(index, n);
        return new Mesh(m.originX, m.originY, m.originZ, xyz, columns, tri);
    }
}
