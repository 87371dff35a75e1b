package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.sight.Contradiction;
import org.grotto.sight.RangeMaps;
import org.grotto.sight.Sights;
import org.grotto.store.Engine;
import org.grotto.store.PoisonStore;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Walls across the view of stations that stand in a row before them, 40 x 40 points of 10 mm; what stands before what is known. */
class ConflictsTest {
    private static final double S = 0.01;
    private static final Lattice LATTICE = new Lattice(-5, -5, -5, 1e-6);
    private static final Conflicts.Wrong NONE = wrong(false, -1);

    private final List<double[]> points = new ArrayList<>();
    private final List<double @Nullable []> eyes = new ArrayList<>();

    private static Conflicts.Wrong wrong(boolean pairs, int station) {
        return wrong(pairs, false, false, station);
    }

    private static Conflicts.Wrong wrong(boolean pairs, boolean suspected, boolean cleared, int station) {
        return new Conflicts.Wrong() {
            @Override
            public boolean pair(int a, int b) {
                return pairs && a != b;
            }

            @Override
            public boolean suspected(int a, int b) {
                return suspected && a != b;
            }

            @Override
            public boolean cleared(int a, int b) {
                return cleared && a != b;
            }

            @Override
            public boolean station(int s) {
                return s == station;
            }
        };
    }

    /** A station one metre before the walls that shows one at height z, wide enough for its map to hold rays all around. */
    private ConflictsTest station(double x, double z) {
        int s = eyes.size();
        eyes.add(new double[] {x, 0.2, 1});
        for (int i = 0; i < 60 * 60; i++) {
            points.add(new double[] {S * (i % 60) - 0.1, S * (i / 60) - 0.1, z, s});
        }
        return this;
    }

    private Cloud cloud() {
        int n = points.size();
        int[][] c = new int[3][n];
        char[] station = new char[n];
        float[] spacing = new float[n];
        float[] normals = new float[3 * n];
        for (int i = 0; i < n; i++) {
            double[] p = points.get(i);
            c[0][i] = LATTICE.ix(p[0]);
            c[1][i] = LATTICE.iy(p[1]);
            c[2][i] = LATTICE.iz(p[2]);
            station[i] = (char) p[3];
            spacing[i] = (float) S;
            normals[3 * i + 2] = 1;
        }
        return new Cloud(LATTICE, c[0], c[1], c[2], normals, null, null, station).with(Columns.SPACING, spacing);
    }

    /** A sheet of 31 x 31 vertices, 10 mm apart, at height z; all measured. */
    private static Mesh sheet(double z) {
        int m = 31;
        float[] xyz = new float[3 * m * m];
        float[] normals = new float[xyz.length];
        byte[] evidence = new byte[m * m];
        int[] t = new int[6 * (m - 1) * (m - 1)];
        int k = 0;
        for (int v = 0; v < m * m; v++) {
            xyz[3 * v] = (float) (0.05 + S * (v % m));
            xyz[3 * v + 1] = (float) (0.05 + S * (v / m));
            xyz[3 * v + 2] = (float) z;
            normals[3 * v + 2] = 1;
            evidence[v] = Mesh.MEASURED;
            if (v % m < m - 1 && v / m < m - 1) {
                for (int c : new int[] {v, v + 1, v + m, v + 1, v + m + 1, v + m}) {
                    t[k++] = c;
                }
            }
        }
        return new Mesh(0, 0, 0, xyz, normals, null, evidence, t);
    }

    /** The same with a triangle of 200 square metres far off, which nobody saw. */
    private static Mesh amongMuch(Mesh m) {
        int n = m.vertexCount();
        float[] xyz = java.util.Arrays.copyOf(m.xyz, 3 * n + 9);
        float[] normals = java.util.Arrays.copyOf(Objects.requireNonNull(m.normals()), 3 * n + 9);
        byte[] evidence = java.util.Arrays.copyOf(Objects.requireNonNull(m.evidence()), n + 3);
        int[] t = java.util.Arrays.copyOf(m.triangles, m.triangles.length + 3);
        for (int k = 0; k < 3; k++) {
            xyz[3 * (n + k) + 2] = -50;
            normals[3 * (n + k) + 2] = 1;
            evidence[n + k] = Mesh.INFERRED;
            t[m.triangles.length + k] = n + k;
        }
        xyz[3 * (n + 1)] = 20;
        xyz[3 * (n + 2) + 1] = 20;
        return new Mesh(0, 0, 0, xyz, normals, null, evidence, t);
    }

    private Conflicts.Result run(Mesh mesh, @Nullable Cloud aside, Conflicts.Wrong wrong, Engine engine) {
        Store store = engine.store(cloud(), 900);
        Sights sights = new Sights(RangeMaps.of(store, eyes, engine), new double[0], new boolean[0][0]);
        return Conflicts.mark(mesh, store, aside == null ? null : engine.store(aside, 500), sights, wrong, engine);
    }

    private Map<Contradiction, Double> area(double z, @Nullable Cloud aside, Conflicts.Wrong wrong) {
        try (Work work = Work.silent()) {
            Conflicts.Result r = run(sheet(z), aside, wrong, new Threads(work));
            byte[] conflict = r.mesh().columns.bytes(Contradiction.COLUMN.name());
            assertThat(conflict == null).isEqualTo(r.area().isEmpty());
            for (int v = 0; conflict != null && v < conflict.length; v++) {
                assertThat(Objects.requireNonNull(r.mesh().evidence())[v])
                        .isEqualTo(conflict[v] == 0 ? Mesh.MEASURED : Mesh.INFERRED);
            }
            return r.area();
        }
    }

    /** What was taken out beside the sheet: moved where x is small, dust where it is large. */
    private static Cloud aside(double z) {
        int[][] c = new int[3][200];
        byte[] why = new byte[200];
        for (int i = 0; i < 200; i++) {
            double x = 0.05 + 0.3 * (i % 20) / 19;
            c[0][i] = LATTICE.ix(x);
            c[1][i] = LATTICE.iy(0.05 + 0.3 * (i / 20) / 9);
            c[2][i] = LATTICE.iz(z);
            why[i] = (byte) (x < 0.2 ? Contradiction.MOVED : Contradiction.DUST).code();
        }
        return new Cloud(LATTICE, c[0], c[1], c[2], Columns.NONE.with(Contradiction.COLUMN, why));
    }

    @Test
    void whereStationsAgreeNothingIsMarked() {
        station(0.1, 0).station(0.3, 0);
        assertThat(area(0, aside(0), wrong(true, -1))).isEmpty();
    }

    /** A sheet that one station shows and another looks past is as the points taken out beside it, half of them each. */
    @Test
    void thePointsTakenOutSayWhy() {
        station(0.1, 0.3).station(0.3, 0);
        Map<Contradiction, Double> area = area(0.3, aside(0.3), NONE);
        assertThat(area).containsOnlyKeys(Contradiction.MOVED, Contradiction.DUST);
        assertThat(area.get(Contradiction.MOVED)).isCloseTo(0.045, within(0.004));
        assertThat(area.get(Contradiction.DUST)).isCloseTo(0.045, within(0.004));
        assertThat(area(0.3, aside(-3), NONE)).as("nothing taken out there").isEmpty();
        assertThat(area(0.3, null, NONE)).as("nothing taken out").isEmpty();
    }

    /** More stations show it than look past. */
    @Test
    void whatMostStationsShowStands() {
        station(0.1, 0.3).station(0.2, 0.3).station(0.3, 0);
        assertThat(area(0.3, aside(0.3), NONE)).isEmpty();
        station(0.15, 0);
        assertThat(area(0.3, aside(0.3), NONE)).isNotEmpty();
    }

    /** Of two stations nobody can tell which is right: the wall before and the one behind are both in conflict. */
    @Test
    void bothWallsOfTwoThatDoNotFitAreMarked() {
        station(0.1, 0.3).station(0.3, 0);
        for (double z : new double[] {0.3, 0}) {
            Map<Contradiction, Double> area = area(z, null, wrong(true, -1));
            assertThat(area).containsOnlyKeys(Contradiction.REGISTRATION);
            assertThat(area.get(Contradiction.REGISTRATION)).isGreaterThan(0.97 * 0.09);
        }
    }

    /** As where it was found; but less than a thousandth is no reason to doubt a pose: it is as the points beside it. */
    @Test
    void whatSightLinesAloneSayNeedsSubstance() {
        station(0.1, 0.3).station(0.3, 0);
        assertThat(area(0.3, null, wrong(false, true, false, -1)).get(Contradiction.REGISTRATION))
                .isGreaterThan(0.97 * 0.09);
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Mesh much = amongMuch(sheet(0.3));
            Conflicts.Wrong suspected = wrong(false, true, false, -1);
            assertThat(run(much, aside(0.3), suspected, engine).area())
                    .containsOnlyKeys(Contradiction.MOVED, Contradiction.DUST);
            assertThat(run(much, null, suspected, engine).area()).isEmpty();
        }
    }

    /** Where two stations fit, what one of them looks past has moved, whether or not points were taken out. */
    @Test
    void ofStationsThatFitWhatIsPassedHasMoved() {
        station(0.1, 0.3).station(0.3, 0);
        Map<Contradiction, Double> area = area(0.3, null, wrong(false, false, true, -1));
        assertThat(area).containsOnlyKeys(Contradiction.MOVED);
        assertThat(area.get(Contradiction.MOVED)).isGreaterThan(0.97 * 0.09);
    }

    /** Where the wrong station is known, what the other one shows stands. */
    @Test
    void theStationThatIsWrongHasNoSay() {
        station(0.1, 0.3).station(0.3, 0);
        assertThat(area(0.3, null, wrong(true, 0)).get(Contradiction.REGISTRATION))
                .isCloseTo(0.09, within(0.003));
        assertThat(area(0, null, wrong(true, 0))).isEmpty();
        assertThat(area(0.3, null, wrong(true, 1))).isEmpty();
        assertThat(area(0, null, wrong(true, 1)).get(Contradiction.REGISTRATION))
                .isGreaterThan(0.97 * 0.09);
    }

    /** Nearer than two spacings it is one wall. */
    @Test
    void lessThanSpacingAllowsIsNoConflict() {
        station(0.1, 0.015).station(0.3, 0);
        assertThat(area(0.015, aside(0.015), wrong(true, -1))).isEmpty();
    }

    @Test
    void oneStationContradictsNobody() {
        station(0.1, 0);
        assertThat(area(0, aside(0), wrong(true, -1))).isEmpty();
    }

    /** However vertices and points are cut into regions. */
    @Test
    void theSameByAnyRegions() {
        station(0.1, 0.3).station(0.3, 0);
        try (Work work = Work.silent()) {
            Mesh want = run(sheet(0.3), aside(0.3), NONE, new Threads(work)).mesh();
            for (int target : new int[] {60, 400, 5000}) {
                Engine many = new PoisonStore.Engine(target, work);
                Mesh m = run(sheet(0.3), aside(0.3), NONE, many).mesh();
                assertThat(m.columns.bytes(Contradiction.COLUMN.name()))
                        .isEqualTo(want.columns.bytes(Contradiction.COLUMN.name()));
                assertThat(m.evidence()).isEqualTo(want.evidence());
            }
        }
    }
}
