package org.grotto.surface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Mesh;
import org.grotto.sight.Contradiction;
import org.grotto.sight.RangeMap;
import org.grotto.sight.Sights;
import org.grotto.store.Engine;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshRegion;
import org.grotto.store.MeshStore;
import org.grotto.store.Nearby;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Marks surface that stations contradict. A vertex is contradicted where at least as many stations look past its place as
 * have an echo there: not at grazing rims, where a ray beside it ends on it, nor by less than noise, pixel and spacing
 * allow, and not where the place behind it, inside what it would be the skin of, is hidden. Then the reason decides:
 *
 * <ul>
 *   <li>where one of the two stations does not stand where it is said to, that is the reason. Then the surface behind, which
 *       the wrong wall hides, is contradicted like it: nobody can tell by these two which is right. A station that the
 *       graph of pairs names alone has no say against those that it does not name. Where sight lines alone speak against a
 *       pair, what they say must have substance ({@link Suspects}), or it is no reason; where they speak against a pair that
 *       was found to fit, something moved.
 *   <li>else a contradiction counts where it hangs together with points taken out for one: their reason. Of things thinner
 *       than rays are apart a station may miss all, so a vertex that rays passed proves nothing by itself
 *       ({@code clean.SeenThrough} has judged the points).
 * </ul>
 *
 * <p>Such surface is not measured: its evidence becomes {@link Mesh#INFERRED}. Cost: a look into every range map a vertex;
 * the points near are asked only where rays passed.
 */
public final class Conflicts {
    /** Beside a contradicted point: within so many spacings, or pixels of the station that looks past. */
    private static final double BESIDE = 3;
    /** How far behind the surface its inside is asked for, in spacings. */
    private static final double INSIDE = 1.5;
    /** Least distance behind a vertex that counts, in spacings. */
    private static final double SPACINGS = 2;

    /** Whether anything contradicts, and what: {@link #OPEN_REASON} where points taken out must say it. */
    private static final ColumnType DOUBT = ColumnType.choice("doubt", ColumnType.Kind.UINT8, "conflicts");
    /** How far a point taken out may be, metres. */
    private static final ColumnType REACH = ColumnType.number("reach", ColumnType.Kind.FLOAT32, "m", "conflicts");

    /** The two stations that sight lines alone speak against: {@link Suspects#pair}. */
    private static final ColumnType PAIR = ColumnType.choice("pair", ColumnType.Kind.INT32, "conflicts");

    private static final byte OPEN_REASON = 127;
    /** A wrong pose, if that pair has substance; else {@link #OPEN_REASON} where there is a reach, or nothing. */
    private static final byte SUSPECT = 126;

    private final Sights sights;
    private final Wrong wrong;

    /** Which stations contradict each other. */
    public interface Wrong {
        /** Whether it was found that the two do not stand to each other as they are said to. */
        boolean pair(int a, int b);

        /** Whether sight lines alone say so. */
        boolean suspected(int a, int b);

        /** Whether sight lines say so, but the two were found to fit: what they contradict there has moved. */
        boolean cleared(int a, int b);

        /** Whether a station is known to be the wrong one. */
        boolean station(int s);
    }

    /**
     * What was found.
     *
     * @param mesh with the column {@link Contradiction#COLUMN} where anything is contradicted
     * @param area of what is contradicted, by reason, square metres; reasons without any are missing
     */
    public record Result(Mesh mesh, Map<Contradiction, Double> area) {}

    private Conflicts(Sights sights, Wrong wrong) {
        this.sights = sights;
        this.wrong = wrong;
    }

    /**
     * Marks.
     *
     * @param mesh with normals and evidence
     * @param points that it was made of, with spacing
     * @param aside points taken out with their {@link Contradiction#COLUMN}, or null
     * @param sights of {@code points}
     */
    public static Result mark(
            Mesh mesh, Store points, @Nullable Store aside, Sights sights, Wrong wrong, Engine engine) {
        if (sights.maps().size() < 2 || mesh.evidence() == null || mesh.normals() == null || points.size() == 0) {
            return new Result(mesh, Map.of());
        }
        try (Progress.Step step =
                engine.work().progress().begin("asking sight lines", mesh.vertexCount(), "vertices")) {
            Result r = new Conflicts(sights, wrong).run(mesh, points, aside, engine);
            step.advance(mesh.vertexCount());
            return r;
        }
    }

    private Result run(Mesh mesh, Store points, @Nullable Store aside, Engine engine) {
        double halo = TypicalSpacing.halo(points, engine);
        MeshStore doubted = Nearby.add(
                engine.mesh(mesh, points, MeshStore.TARGET),
                List.of(DOUBT, REACH, PAIR),
                MeshCraft.onPoints(
                        Set.of(Columns.NORMAL.name(), Columns.EVIDENCE.name()),
                        Set.of(Columns.STATION.name(), Columns.SPACING.name()),
                        halo,
                        this::doubts),
                engine);
        Mesh m = doubted.whole();
        byte[] conflict = Objects.requireNonNull(m.columns.bytes(DOUBT.name())).clone();
        float[] reach = Objects.requireNonNull(m.columns.floats(REACH.name()));
        suspected(m, conflict, reach);
        told(m, conflict, reach, aside, engine);
        return marked(mesh, conflict, points, engine);
    }

    /** Decides where sight lines alone say that a station stands elsewhere. */
    private static void suspected(Mesh m, byte[] conflict, float[] reach) {
        int[] pair = Objects.requireNonNull(m.columns.ints(PAIR.name()));
        boolean[] wrong = Suspects.substantial(m, pair);
        for (int v = 0; v < conflict.length; v++) {
            if (conflict[v] == SUSPECT) {
                conflict[v] = wrong[v] ? (byte) Contradiction.REGISTRATION.code() : reach[v] > 0 ? OPEN_REASON : 0;
            }
        }
    }

    /** Asks the points taken out about the vertices that hang on them. */
    private static void told(Mesh m, byte[] conflict, float[] reach, @Nullable Store aside, Engine engine) {
        int[] asked = new int[64];
        int n = 0;
        float widest = 0;
        for (int v = 0; v < conflict.length; v++) {
            if (conflict[v] == OPEN_REASON) {
                conflict[v] = 0;
                asked = n == asked.length ? Arrays.copyOf(asked, 2 * n) : asked;
                asked[n++] = v;
                widest = Math.max(widest, reach[v]);
            }
        }
        if (n == 0 || aside == null) {
            return;
        }
        float[] xyz = new float[3 * n];
        for (int k = 0; k < n; k++) {
            System.arraycopy(m.xyz, 3 * asked[k], xyz, 3 * k, 3);
        }
        Mesh few = new Mesh(
                m.originX,
                m.originY,
                m.originZ,
                xyz,
                m.columns.only(Set.of(REACH.name())).pick(asked, n),
                new int[0]);
        Mesh answered = engine.add(
                        engine.mesh(few, aside, MeshStore.TARGET),
                        List.of(Contradiction.COLUMN),
                        MeshCraft.onPoints(
                                Set.of(REACH.name()), Set.of(Contradiction.COLUMN.name()), widest, Conflicts::nearest))
                .whole();
        byte[] why = Objects.requireNonNull(answered.columns.bytes(Contradiction.COLUMN.name()));
        for (int k = 0; k < n; k++) {
            conflict[asked[k]] = why[k];
        }
    }

    private static Columns nearest(MeshRegion region, Work work) {
        byte[] out = new byte[region.core()];
        KdTree.Query q = KdTree.of(region.cloud()).query();
        byte[] why = Objects.requireNonNull(region.cloud().columns.bytes(Contradiction.COLUMN.name()));
        float[] reach = Objects.requireNonNull(region.mesh().columns.floats(REACH.name()));
        for (int v = 0; v < out.length; v++) {
            out[v] = q.nearest(region.x(v), region.y(v), region.z(v), 1, reach[v]) > 0 ? why[q.index[0]] : 0;
        }
        return Columns.NONE.with(Contradiction.COLUMN, out);
    }

    private static Result marked(Mesh mesh, byte[] conflict, Store points, Engine engine) {
        boolean any = false;
        byte[] evidence = Objects.requireNonNull(mesh.evidence()).clone();
        for (int v = 0; v < conflict.length; v++) {
            any |= conflict[v] != 0;
            evidence[v] = conflict[v] != 0 ? Mesh.INFERRED : evidence[v];
        }
        if (!any) {
            return new Result(mesh, Map.of());
        }
        Mesh out = mesh.with(Contradiction.COLUMN, conflict).with(Columns.EVIDENCE, evidence);
        double[] sum = new double[Contradiction.values().length + 1];
        MeshStore store = engine.mesh(out, points, MeshStore.TARGET);
        for (double[] part : engine.map(
                store, MeshCraft.onRings(Set.of(Contradiction.COLUMN.name()), (region, work) -> areas(region)))) {
            for (int k = 0; k < sum.length; k++) {
                sum[k] += part[k];
            }
        }
        Map<Contradiction, Double> area = new EnumMap<>(Contradiction.class);
        for (Contradiction c : Contradiction.values()) {
            if (sum[c.code()] > 0) {
                area.put(c, sum[c.code()]);
            }
        }
        return new Result(out, area);
    }

    /** By reason; each corner has a third of its triangle. */
    private static double[] areas(MeshRegion region) {
        Mesh m = region.mesh();
        byte[] why = Objects.requireNonNull(m.columns.bytes(Contradiction.COLUMN.name()));
        double[] sum = new double[Contradiction.values().length + 1];
        for (int k = 0; k < m.triangles.length; k += 3) {
            if (region.owns(k)) {
                double third = m.area(k / 3) / 3;
                for (int c = 0; c < 3; c++) {
                    sum[why[m.triangles[k + c]]] += third;
                }
            }
        }
        return sum;
    }

    private Columns doubts(MeshRegion region, Work work) {
        int n = region.core();
        byte[] doubt = new byte[n];
        float[] reach = new float[n];
        int[] pair = new int[n];
        byte[] open = new byte[n];
        Ask ask = new Ask(region);
        byte[] evidence = Objects.requireNonNull(region.mesh().evidence());
        for (int v = 0; v < n; v++) {
            if (evidence[v] != Mesh.INFERRED && ask.passed(v)) {
                open[v] = (byte) (ask.near(v) ? 0 : 1);
                if (open[v] == 0) {
                    doubt[v] = ask.doubt(v, true);
                    if (doubt[v] == SUSPECT) {
                        pair[v] = ask.pair;
                        reach[v] = (float) (ask.doubt(v, false) == OPEN_REASON ? ask.reach : 0);
                    } else {
                        reach[v] = (float) ask.reach;
                    }
                }
            }
        }
        return Columns.NONE
                .with(DOUBT, doubt)
                .with(REACH, reach)
                .with(PAIR, pair)
                .with(MeshCraft.OPEN, open);
    }

    /** Questions to one region's points and to all range maps. */
    private final class Ask {
        private final MeshRegion region;
        private final Cloud cloud;
        private final float[] normals;
        private final double[] uv = new double[2];
        private final double[] p = new double[3];
        private final double[] behind = new double[3];
        private final List<RangeMap> past = new ArrayList<>();
        private KdTree.@Nullable Query query;
        /** The station of the nearest point, and the spacing there, metres. */
        private int station;

        private double spacing;
        private double reach;
        private int pair;

        Ask(MeshRegion region) {
            this.region = region;
            this.cloud = region.cloud();
            this.normals = Objects.requireNonNull(region.mesh().normals());
        }

        /** Whether any station may look past vertex v, or something stands before it that another one looked past. */
        boolean passed(int v) {
            at(v);
            for (RangeMap m : sights.maps()) {
                double pixel = m.pixelWidth() * m.distance(p[0], p[1], p[2]);
                if (m.crossed(p[0], p[1], p[2], pixel, uv)) {
                    return true;
                }
                double r = m.range(p[0], p[1], p[2], uv);
                if (doubtful(m.station()) && r > 0 && r < m.distance(p[0], p[1], p[2]) - pixel) {
                    return true;
                }
            }
            return false;
        }

        private boolean doubtful(int s) {
            for (RangeMap m : sights.maps()) {
                if (m.station() != s && (wrong.pair(s, m.station()) || wrong.suspected(s, m.station()))) {
                    return true;
                }
            }
            return false;
        }

        private void at(int v) {
            p[0] = region.x(v);
            p[1] = region.y(v);
            p[2] = region.z(v);
        }

        /** What the points near say: false where others further off may have a say. */
        boolean near(int v) {
            if (query == null) {
                query = KdTree.of(cloud).query();
            }
            double reach = region.reach(v);
            if (query.nearest(p[0], p[1], p[2], 1) == 0 || query.distance[0] > reach * reach) {
                station = Cloud.NO_STATION;
                return region.all();
            }
            float[] s = Objects.requireNonNull(cloud.columns.floats(Columns.SPACING.name()));
            station = Objects.requireNonNull(cloud.station())[query.index[0]];
            spacing = Math.max(s[query.index[0]], cloud.lattice.step());
            return true;
        }

        /**
         * What stations say of vertex v.
         *
         * @param suspects whether what sight lines alone say of poses counts
         */
        byte doubt(int v, boolean suspects) {
            if (station == Cloud.NO_STATION) {
                return 0;
            }
            for (int a = 0; a < 3; a++) {
                behind[a] = p[a] - INSIDE * spacing * normals[3 * v + a];
            }
            past.clear();
            int moved = 0;
            double widest = 0;
            boolean found = false;
            boolean cleared = false;
            pair = 0;
            for (RangeMap m : sights.maps()) {
                boolean other = m.station() != station;
                boolean proven = other && wrong.pair(station, m.station());
                boolean apart = proven || suspects && other && wrong.suspected(station, m.station());
                if (apart && wrong.station(m.station()) && !wrong.station(station)) {
                    continue; // it has no say here
                }
                double tolerance = tolerance(m);
                boolean says = false;
                if (m.crossed(p[0], p[1], p[2], tolerance, uv)
                        && m.crossed(behind[0], behind[1], behind[2], tolerance, uv)) {
                    says = true;
                    cleared |= other && wrong.cleared(station, m.station());
                    moved++;
                } else if (apart && hidden(m, tolerance)) {
                    says = true;
                }
                if (says) {
                    past.add(m);
                    widest = Math.max(widest, tolerance);
                    found |= proven;
                    pair = apart && !proven && pair == 0 ? Suspects.pair(station, m.station()) : pair;
                }
            }
            if (past.isEmpty()) {
                return 0;
            }
            int met = 0;
            for (RangeMap m : sights.maps()) {
                double tolerance = tolerance(m);
                if (!past.contains(m) && tolerance <= widest && m.echoes(p[0], p[1], p[2], tolerance, uv) > 0) {
                    met++;
                }
            }
            if ((found || pair != 0) && (past.size() >= met || wrong.station(station))) {
                return found ? (byte) Contradiction.REGISTRATION.code() : SUSPECT;
            }
            if (moved == 0 || moved < met) {
                return 0;
            }
            if (cleared) { // cleaning had left such points
                return (byte) Contradiction.MOVED.code();
            }
            double pixel = 0;
            for (RangeMap m : past) {
                pixel = Math.max(pixel, m.pixelWidth() * m.distance(p[0], p[1], p[2]));
            }
            reach = BESIDE * Math.max(spacing, pixel);
            return OPEN_REASON;
        }

        /** Whether what hides the vertex from a station is contradicted by the one that the vertex is of. */
        private boolean hidden(RangeMap m, double tolerance) {
            double r = m.range(p[0], p[1], p[2], uv);
            double d = m.distance(p[0], p[1], p[2]);
            if (!(r > 0) || r >= d - tolerance) {
                return false;
            }
            double[] q = new double[3];
            for (int a = 0; a < 3; a++) {
                q[a] = m.eye(a) + (p[a] - m.eye(a)) * r / d;
            }
            for (RangeMap own : sights.maps()) {
                if (own.station() == station) {
                    return own.crossed(q[0], q[1], q[2], sights.tolerance(m.station(), own, q[0], q[1], q[2]), uv);
                }
            }
            return false;
        }

        private double tolerance(RangeMap m) {
            return Math.max(SPACINGS * spacing, sights.tolerance(station, m, p[0], p[1], p[2]));
        }
    }
}
