package org.grotto.surface;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.store.Engine;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshRegion;
import org.grotto.store.MeshStore;

/**
 * Puts back pieces beyond the limit of trimming that have surface all around and no ray through them: narrow ones, and the
 * floor under a scanner's tripod where its rim is even ({@link Rim}). What closes that is a dome; it is laid flat.
 *
 * @param store with {@link Trim#HEIGHT} lowered to the limit over them
 * @param filled how many pieces
 * @param tripods how many of them are the floor under a tripod
 * @param floor area of these, square metres
 * @param moved their vertices, by number
 */
record Fill(MeshStore store, int filled, int tripods, double floor, Map<Integer, Float> moved) {
    /** What a region, or all of them, have of one piece. */
    private static final class Piece {
        /** In squared spacings. */
        private double area;

        private double squareMetres;
        /** Bounds of the rim. */
        private final double[] low = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};

        private final double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        private boolean bordered;
        private boolean bad;
    }

    /** Fills; {@code eyes}: where scanners stood, in the mesh's own coordinates; {@code store} has {@link Trim#HEIGHT} and what {@link Evidence} gives. */
    static Fill of(MeshStore store, List<double[]> eyes, TrimOptions options, Engine engine) {
        float limit = (float) options.distance();
        MeshStore pieces = Pieces.add(store, Set.of(Trim.HEIGHT.name()), mesh -> beyond(mesh, limit), engine);
        Map<Integer, Piece> all = new TreeMap<>();
        for (Map<Integer, Piece> part : engine.map(
                pieces,
                MeshCraft.onRings(
                        Set.of(
                                Trim.HEIGHT.name(),
                                Evidence.SPACING.name(),
                                Evidence.CROSSED.name(),
                                Pieces.PIECE.name()),
                        (region, work) -> look(region, limit)))) {
            part.forEach((root, p) -> {
                Piece sum = all.computeIfAbsent(root, r -> new Piece());
                sum.area += p.area;
                sum.squareMetres += p.squareMetres;
                for (int k = 0; k < 3; k++) {
                    sum.low[k] = Math.min(sum.low[k], p.low[k]);
                    sum.high[k] = Math.max(sum.high[k], p.high[k]);
                }
                sum.bordered |= p.bordered;
                sum.bad |= p.bad;
            });
        }
        double most = Math.PI / 4 * options.fill() * options.fill();
        Map<Integer, List<double[]>> wide = new TreeMap<>();
        all.forEach((root, p) -> {
            List<double[]> over = p.bordered && !p.bad && p.area > most && options.fill() > 0
                    ? eyes.stream().filter(e -> Rim.within(e, p.low, p.high)).toList()
                    : List.of();
            if (!over.isEmpty()) {
                wide.put(root, over);
            }
        });
        Map<Integer, Rim.Floor> floors = floors(pieces, wide, limit, engine);
        if (!floors.isEmpty()) {
            unfit(pieces, floors, limit, engine).forEach(floors::remove);
        }
        int[] back = all.entrySet().stream()
                .filter(e -> floors.containsKey(e.getKey())
                        || e.getValue().bordered && !e.getValue().bad && e.getValue().area <= most)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        double floor = floors.keySet().stream()
                .mapToDouble(root -> Objects.requireNonNull(all.get(root)).squareMetres)
                .sum();
        MeshStore filled = engine.add(
                pieces,
                List.of(Trim.HEIGHT),
                MeshCraft.onVertices(
                        Set.of(Trim.HEIGHT.name(), Pieces.PIECE.name()),
                        (region, work) -> lowered(region.mesh(), limit, back)));
        Map<Integer, Float> moved = new TreeMap<>();
        if (!floors.isEmpty()) {
            engine.map(
                            pieces,
                            MeshCraft.onVertices(
                                    Set.of(Trim.HEIGHT.name(), Pieces.PIECE.name()),
                                    (region, work) -> laid(region, floors, limit)))
                    .forEach(moved::putAll);
        }
        return new Fill(filled.with(Pieces.PIECE, null), back.length, floors.size(), floor, moved);
    }

    /**
     * The floors around tripods.
     *
     * @param wide the scanners over each piece that may be the floor under one of them
     */
    private static Map<Integer, Rim.Floor> floors(
            MeshStore pieces, Map<Integer, List<double[]>> wide, float limit, Engine engine) {
        Map<Integer, Rim.Floor> floors = new TreeMap<>();
        if (wide.isEmpty()) {
            return floors;
        }
        Map<Integer, List<Rim>> all = new TreeMap<>();
        for (Map<Integer, List<Rim>> part : engine.map(
                pieces,
                MeshCraft.onRings(
                        Set.of(Trim.HEIGHT.name(), Pieces.PIECE.name()),
                        (region, work) -> rims(region, wide, limit)))) {
            part.forEach((root, rims) -> {
                List<Rim> sum = all.computeIfAbsent(root, r -> Rim.of(wide.getOrDefault(r, List.of())));
                for (int e = 0; e < rims.size(); e++) {
                    sum.get(e).add(rims.get(e));
                }
            });
        }
        all.forEach((root, rims) -> {
            for (Rim rim : rims) {
                Rim.Floor floor = rim.tripod();
                if (floor != null) {
                    floors.putIfAbsent(root, floor);
                }
            }
        });
        return floors;
    }

    /** What a region has of the rims of pieces, as the scanners over them see these. */
    private static Map<Integer, List<Rim>> rims(MeshRegion region, Map<Integer, List<double[]>> wide, float limit) {
        Mesh m = region.mesh();
        int[] t = m.triangles;
        int[] piece = Pieces.of(m);
        float[] height = height(m);
        Map<Integer, List<Rim>> out = new TreeMap<>();
        for (int k = 0; k < t.length; k += 3) {
            int c = first(height, t, k, limit);
            int root = c < 3 && t[k + c] < region.core() ? piece[t[k + c]] : -1;
            if (c < 3 && beyond(height, t, k, limit) < 3 && wide.containsKey(root)) {
                for (Rim rim : out.computeIfAbsent(root, r -> Rim.of(wide.getOrDefault(r, List.of())))) {
                    rim(m, t, k, height, limit, rim);
                }
            }
        }
        return out;
    }

    /** New heights of the vertices of floors, by number: on the floor, but near the rim as the surface goes there. */
    private static Map<Integer, Float> laid(MeshRegion region, Map<Integer, Rim.Floor> floors, float limit) {
        Mesh m = region.mesh();
        int[] piece = Pieces.of(m);
        float[] height = height(m);
        Map<Integer, Float> out = new TreeMap<>();
        for (int v = 0; v < region.core(); v++) {
            Rim.Floor f = floors.get(piece[v]);
            if (f != null) {
                double in = Math.min(1, (height[v] - limit) / limit); // heights end at twice the limit
                double above = f.above(m.xyz[3 * v], m.xyz[3 * v + 1], m.xyz[3 * v + 2]);
                out.put(region.ids()[v], (float) (m.xyz[3 * v + 2] - in * above));
            }
        }
        return out;
    }

    /** The pieces that bulge too far off the floor that their rim lies in, or have no such floor around them. */
    private static Set<Integer> unfit(MeshStore pieces, Map<Integer, Rim.Floor> floors, float limit, Engine engine) {
        Map<Integer, Double> level = new TreeMap<>();
        Set<Integer> out = new TreeSet<>();
        for (Map<Integer, Double> part : engine.map(
                pieces,
                MeshCraft.onRings(
                        Set.of(Trim.HEIGHT.name(), Pieces.PIECE.name()),
                        (region, work) -> level(region, floors, limit)))) {
            part.forEach((root, area) -> level.merge(root, area, Double::sum));
        }
        floors.forEach((root, floor) -> {
            if (!floor.lies(level.getOrDefault(root, 0.0))) {
                out.add(root);
            }
        });
        return out;
    }

    /** Area of level floor around each piece, square metres; no number where the piece, or an island in it, bulges too far. */
    private static Map<Integer, Double> level(MeshRegion region, Map<Integer, Rim.Floor> floors, float limit) {
        Mesh m = region.mesh();
        int[] t = m.triangles;
        int[] piece = Pieces.of(m);
        float[] height = height(m);
        Map<Integer, Double> out = new TreeMap<>();
        for (int k = 0; k < t.length; k += 3) {
            if (!region.owns(k)) {
                continue;
            }
            int c = first(height, t, k, limit);
            Rim.Floor over = c < 3 ? floors.get(piece[t[k + c]]) : null;
            for (int d = 0; over != null && d < 3; d++) {
                int v = t[k + d];
                double above = over.above(m.xyz[3 * v], m.xyz[3 * v + 1], m.xyz[3 * v + 2]);
                if (!(Math.abs(above) <= (height[v] > limit ? over.dome() : over.island()))) {
                    out.put(piece[t[k + c]], Double.NaN);
                }
            }
            if (c == 3) {
                for (Map.Entry<Integer, Rim.Floor> f : floors.entrySet()) {
                    if (beside(m, k, f.getValue())) {
                        out.merge(f.getKey(), m.area(k / 3), Double::sum);
                    }
                }
            }
        }
        return out;
    }

    private static boolean beside(Mesh m, int k, Rim.Floor floor) {
        for (int c = 0; c < 3; c++) {
            int v = 3 * m.triangles[k + c];
            if (!floor.beside(m.xyz[v], m.xyz[v + 1], m.xyz[v + 2])) {
                return false;
            }
        }
        return true;
    }

    private static float[] height(Mesh mesh) {
        return Objects.requireNonNull(mesh.columns.floats(Trim.HEIGHT.name()));
    }

    private static boolean[] beyond(Mesh mesh, float limit) {
        float[] h = height(mesh);
        boolean[] out = new boolean[h.length];
        for (int v = 0; v < out.length; v++) {
            out[v] = h[v] > limit;
        }
        return out;
    }

    private static Map<Integer, Piece> look(MeshRegion region, float limit) {
        Mesh m = region.mesh();
        int[] t = m.triangles;
        int[] piece = Pieces.of(m);
        float[] height = height(m);
        float[] spacing = Objects.requireNonNull(m.columns.floats(Evidence.SPACING.name()));
        byte[] crossed = Objects.requireNonNull(m.columns.bytes(Evidence.CROSSED.name()));
        Map<Integer, Piece> out = new TreeMap<>();
        for (int k = 0; k < t.length; k += 3) {
            int beyond = beyond(height, t, k, limit);
            double a = beyond == 0 ? 0 : m.area(k / 3) / 3;
            for (int c = 0; c < 3; c++) {
                int v = t[k + c];
                if (v < region.core() && height[v] > limit) {
                    Piece p = out.computeIfAbsent(piece[v], r -> new Piece());
                    double s = Math.max(spacing[v], 1e-9);
                    p.area += a / (s * s);
                    p.squareMetres += a;
                    if (beyond < 3) {
                        bounds(m, t, k, height, limit, p);
                    }
                    p.bordered |= beyond < 3;
                    p.bad |= crossed[v] != 0;
                }
            }
        }
        return out;
    }

    private static int beyond(float[] height, int[] t, int k, float limit) {
        int n = 0;
        for (int c = 0; c < 3; c++) {
            n += height[t[k + c]] > limit ? 1 : 0;
        }
        return n;
    }

    /** The first corner of a triangle that lies beyond the limit; 3 where none does. */
    private static int first(float[] height, int[] t, int k, float limit) {
        int c = 0;
        while (c < 3 && height[t[k + c]] <= limit) {
            c++;
        }
        return c;
    }

    /** Widens the bounds of a rim by the corners of a triangle that are not beyond the limit. */
    private static void bounds(Mesh m, int[] t, int k, float[] height, float limit, Piece p) {
        for (int c = 0; c < 3; c++) {
            int v = t[k + c];
            for (int d = 0; d < 3 && height[v] <= limit; d++) {
                p.low[d] = Math.min(p.low[d], m.xyz[3 * v + d]);
                p.high[d] = Math.max(p.high[d], m.xyz[3 * v + d]);
            }
        }
    }

    /** Adds the corners of a triangle on the rim that are not beyond the limit. */
    private static void rim(Mesh m, int[] t, int k, float[] height, float limit, Rim rim) {
        for (int c = 0; c < 3; c++) {
            int v = t[k + c];
            if (height[v] <= limit) {
                rim.add(m.xyz[3 * v], m.xyz[3 * v + 1], m.xyz[3 * v + 2]);
            }
        }
    }

    private static Columns lowered(Mesh mesh, float limit, int[] back) {
        float[] h = height(mesh).clone();
        int[] piece = Pieces.of(mesh);
        for (int v = 0; v < h.length; v++) {
            if (piece[v] >= 0 && Arrays.binarySearch(back, piece[v]) >= 0) {
                h[v] = limit;
            }
        }
        return Columns.NONE.with(Trim.HEIGHT, h);
    }
}
