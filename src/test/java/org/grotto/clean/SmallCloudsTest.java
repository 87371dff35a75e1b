package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.grotto.base.Json;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.scene.Station;
import org.grotto.store.HeapStore;
import org.grotto.store.PoisonStore;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cleaning as a whole, on clouds of two thousand points: what it says, and that regions do not show. */
class SmallCloudsTest {
    private static final Lattice LATTICE = new Lattice(-5, -5, -5, 1e-6);
    private static final ColumnType TRUTH = new ColumnType(
            "truth",
            ColumnType.Kind.FLOAT32,
            3,
            "1",
            -1,
            1,
            0,
            Double.NaN,
            ColumnType.Between.DIRECTION,
            ColumnType.Weld.SUM,
            "test");

    /** A ring with its true normals; some of its points twice, if asked. */
    private static Cloud torus(double size, double noise, int more) {
        return torus(size, noise, more, 0.09);
    }

    private static Cloud torus(double size, double noise, int more, double spacing) {
        Random random = new Random(5);
        int n = 0;
        int[][] c = new int[3][6000];
        float[] normal = new float[3 * 6000];
        int rows = (int) Math.round(2 * Math.PI * 0.4 / spacing);
        for (int j = 0; j < rows; j++) {
            double v = 2 * Math.PI * (j + 0.5) / rows;
            int cols = (int) Math.round(2 * Math.PI * (1 + 0.4 * Math.cos(v)) / spacing);
            for (int i = 0; i < cols; i++) {
                double u = 2 * Math.PI * (i + 0.3 * random.nextDouble()) / cols;
                double h = 0.4 + noise * random.nextGaussian();
                double out = 1 + h * Math.cos(v);
                c[0][n] = LATTICE.ix(size * out * Math.cos(u));
                c[1][n] = LATTICE.iy(size * out * Math.sin(u));
                c[2][n] = LATTICE.iz(size * h * Math.sin(v));
                normal[3 * n] = (float) (Math.cos(v) * Math.cos(u));
                normal[3 * n + 1] = (float) (Math.cos(v) * Math.sin(u));
                normal[3 * n + 2] = (float) Math.sin(v);
                n++;
            }
        }
        int[] pick = new int[n + more];
        for (int i = 0; i < pick.length; i++) {
            pick[i] = i < n ? i : (i - n) * 7;
        }
        return new Cloud(LATTICE, c[0], c[1], c[2], Columns.NONE.with(TRUTH, normal)).pick(pick);
    }

    private static int turnedAway(Cloud c) {
        float[] n = Objects.requireNonNull(c.normals());
        float[] t = Objects.requireNonNull(c.columns.floats("truth"));
        int away = 0;
        for (int i = 0; i < c.size; i++) {
            away += n[3 * i] * t[3 * i] + n[3 * i + 1] * t[3 * i + 1] + n[3 * i + 2] * t[3 * i + 2] < 0 ? 1 : 0;
        }
        return away;
    }

    private static Cleaned clean(Cloud c, List<Station> stations, CleanOptions options) {
        try (Work work = Work.silent()) {
            return Clean.run(c, stations, options, work);
        }
    }

    private static final CleanOptions AUTO = CleanOptions.DEFAULTS;

    /** A ring is an object, small or large: nothing lies above its middle. It faces out, or in where that is asked for. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 3})
    void aRingFacesOut(double size) {
        Cleaned c = clean(torus(size, 0, 0), List.of(), AUTO);
        assertThat(turnedAway(c.cloud())).isZero();
        assertThat(c.report().orientation()).startsWith("away from the object, because");
        assertThat(c.report().normals()).isEqualTo("from neighbours");
        assertThat(c.report().flipped()).isZero();
        assertThat(c.report().stations()).isEmpty();
        assertThat(c.report().spacing().median()).isCloseTo(0.09 * size, within(0.012 * size));
        Cleaned in = clean(torus(size, 0, 0), List.of(), AUTO.withSide(CleanOptions.Side.INSIDE));
        assertThat(in.report().orientation()).isEqualTo("into the room, as asked");
    }

    /** Zero and NaN are no normals: all of them, every other one, or a whole side are estimated and turned like the rest. */
    @Test
    void missingNormalsAreEstimatedAndTurned() {
        Cloud ring = torus(1, 0, 0);
        float[] truth = ring.columns.floats("truth");
        for (int kind = 0; kind < 4; kind++) {
            float[] n = truth.clone();
            int none = 0;
            for (int i = 0; i < ring.size; i++) {
                if (kind == 0 || kind == 1 && i % 2 == 0 || kind == 2 && ring.px(i) > 0.2 || kind == 3 && i % 7 != 0) {
                    none++;
                    for (int a = 0; a < 3; a++) {
                        n[3 * i + a] = kind == 1 ? Float.NaN : 0;
                    }
                }
            }
            try (Work work = Work.silent()) {
                Cleaned c = Clean.run(ring.withNormals(n), List.of(), AUTO, work);
                assertThat(turnedAway(c.cloud())).as("kind %d", kind).isZero();
                assertThat(c.cloud().columns.has("known")).isFalse();
                if (kind == 0) {
                    assertThat(c.report().normals()).isEqualTo("from neighbours");
                } else {
                    assertThat(c.report().normals()).contains(String.format("%,d of %,d", none, ring.size));
                }
                assertThat(work.faults().all().get("points without a normal").count())
                        .isEqualTo(none);
            }
        }
    }

    @Test
    void duplicatesAreTakenOutAndSaid() {
        Cloud twice = torus(1, 0, 100);
        try (Work work = Work.silent()) {
            Cleaned c = Clean.run(twice, List.of(), AUTO, work);
            assertThat(c.report().input()).isEqualTo(twice.size);
            assertThat(c.report().removed()).isEqualTo(new Removed(100, 0, 0, 0, 0, 0, 0));
            assertThat(c.report().kept()).isEqualTo(twice.size - 100);
            assertThat(c.cloud().size).isEqualTo(twice.size - 100);
            assertThat(work.faults().all().get("duplicate point").count()).isEqualTo(100);
        }
    }

    /** Every other normal of the scans points away from a station in the ring's bore: these are turned, and counted. */
    @Test
    void givenNormalsAreTurnedToTheirStation() {
        Cloud ring = torus(1, 0, 0);
        float[] n = ring.columns.floats("truth").clone();
        int away = 0;
        for (int i = 0; i < ring.size; i++) {
            double d = -n[3 * i] * ring.px(i) - n[3 * i + 1] * ring.py(i) + n[3 * i + 2] * (3 - ring.pz(i));
            away += d < 0 ? 1 : 0;
        }
        Station top = new Station("top", "t", null, new org.grotto.geometry.Pose(1, 0, 0, 0, 0, 0, 3), ring.size);
        Cloud seen = ring.withNormals(n).with(Columns.STATION, new char[ring.size]);
        try (Work work = Work.silent()) {
            Cleaned c = Clean.run(seen, List.of(top), AUTO, work);
            assertThat(c.report().flipped()).isEqualTo(away);
            assertThat(c.report().normals()).isEqualTo("from the scans");
            assertThat(c.report().orientation()).isEqualTo("towards the stations");
            assertThat(work.faults().all().get("normal away from its station").count())
                    .isEqualTo(away);
            assertThat(turnedAway(c.cloud())).isEqualTo(away);
        }
        // without stations they are as the scans gave them
        Cleaned as = clean(ring.withNormals(n), List.of(), AUTO);
        assertThat(as.report().orientation()).isEqualTo("as given");
        assertThat(turnedAway(as.cloud())).isZero();
        float[] back = n.clone();
        for (int i = 0; i < back.length; i++) {
            back[i] = -back[i];
        }
        CleanOptions d = AUTO;
        CleanOptions anew = new CleanOptions(12, 6, 0, 6, true, true, false, true, d.side(), d.chunk());
        assertThat(turnedAway(clean(ring.withNormals(back), List.of(), AUTO).cloud()))
                .isEqualTo(ring.size);
        assertThat(turnedAway(clean(ring.withNormals(back), List.of(), anew).cloud()))
                .isZero();
    }

    /** A tenth of the points has a station, and knows by it which side is up: the others follow, though it is the rock's. */
    @Test
    void pointsOfUnknownStationFollowTheOthers() {
        Cloud ring = torus(1, 0, 0);
        char[] station = new char[ring.size];
        for (int i = 0; i < station.length; i++) {
            boolean inBore = ring.px(i) * ring.px(i) + ring.py(i) * ring.py(i) < 0.6;
            station[i] = inBore ? 0 : Cloud.NO_STATION;
        }
        Station middle = new Station("m", "t", null, new org.grotto.geometry.Pose(1, 0, 0, 0, 0, 0, 0), 1);
        Cleaned c =
                clean(ring.with(Columns.STATION, station), List.of(middle), AUTO.withSide(CleanOptions.Side.INSIDE));
        assertThat(turnedAway(c.cloud())).isZero();
        assertThat(c.report().orientation()).isEqualTo("towards the stations");
    }

    /** Noise of half a spacing turns hardly anything round, and neither do the faces of a plate three spacings thick. */
    @Test
    void noisyAndThinThingsFaceOut() {
        Cloud noisy = clean(torus(1, 0.05, 0), List.of(), AUTO).cloud();
        assertThat(turnedAway(noisy)).isLessThan(noisy.size / 50);
        Random random = new Random(6);
        int[][] c = new int[3][4 * 900];
        float[] n = new float[9 * 1200];
        int m = 0;
        double[] size = {0.5, 0.5, 0.06};
        for (int face = 0; face < 6; face++) {
            int a = face / 2;
            for (int i = 0; i < Math.round(size[(a + 1) % 3] / 0.02); i++) {
                for (int j = 0; j < Math.round(size[(a + 2) % 3] / 0.02); j++) {
                    double[] p = new double[3];
                    p[a] = face % 2 * size[a];
                    p[(a + 1) % 3] = (i + 0.35 + 0.3 * random.nextDouble()) * 0.02;
                    p[(a + 2) % 3] = (j + 0.35 + 0.3 * random.nextDouble()) * 0.02;
                    c[0][m] = LATTICE.ix(p[0]);
                    c[1][m] = LATTICE.iy(p[1]);
                    c[2][m] = LATTICE.iz(p[2]);
                    n[3 * m++ + a] = face % 2 == 0 ? -1 : 1;
                }
            }
        }
        int[] all = new int[m];
        Arrays.setAll(all, i -> i);
        Cloud plate = new Cloud(LATTICE, c[0], c[1], c[2], Columns.NONE.with(TRUTH, n)).pick(all);
        CleanOptions out = AUTO.withSide(CleanOptions.Side.OUTSIDE);
        assertThat(turnedAway(clean(plate, List.of(), out).cloud())).isZero();
        same(plate, List.of(), 200);
    }

    @Test
    void badOptionsAreRefused() {
        CleanOptions d = AUTO;
        assertThatThrownBy(() -> new CleanOptions(5, 6, 0, 6, true, true, false, false, d.side(), d.chunk()))
                .hasMessageContaining("--neighbours");
        assertThatThrownBy(() -> new CleanOptions(12, -1, 0, 6, true, true, false, false, d.side(), d.chunk()))
                .hasMessageContaining("--sigma");
        assertThatThrownBy(() -> new CleanOptions(12, 6, -1, 6, true, true, false, false, d.side(), d.chunk()))
                .hasMessageContaining("--radius");
        assertThatThrownBy(() -> new CleanOptions(12, 6, 0, -1, true, true, false, false, d.side(), d.chunk()))
                .hasMessageContaining("--radius-count");
        assertThatThrownBy(() -> d.withChunk(999)).hasMessageContaining("--chunk");
    }

    /** From small regions, lent and then poisoned, the same bits as from one that holds all. */
    private static void same(Cloud cloud, List<Station> stations, int target) {
        try (Work work = Work.silent()) {
            Cleaned want = Clean.run(HeapStore.of(cloud, Integer.MAX_VALUE, work), stations, AUTO, new Threads(work));
            PoisonStore.Engine engine = new PoisonStore.Engine(target, work);
            Cleaned got = Clean.run(engine.store(cloud, 0), stations, AUTO, engine);
            assertThat(Json.text(got.report())).isEqualTo(Json.text(want.report()));
            Cloud a = want.cloud();
            Cloud b = ((PoisonStore) got.store()).uncovered();
            assertThat(Arrays.equals(a.x, b.x)).isTrue();
            assertThat(Arrays.equals(a.normals(), b.normals())).isTrue();
            assertThat(b.columns.floats(Columns.SPACING.name())).isEqualTo(a.columns.floats(Columns.SPACING.name()));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.05, 0.1})
    void regionsDoNotShowWithoutStations(double noise) {
        same(torus(1, noise, 30, 0.14), List.of(), 100);
    }

    @Test
    void regionsDoNotShowWithStations() {
        Room room = Room.three(0.16, 0.002, true, new double[] {0.02, 0.01, 0, 0, 0.002, 0});
        same(room.cloud(), room.stations, 200);
    }

    @Test
    void regionsDoNotShowWithSomeStations() {
        Room room = Room.three(0.16, 0.002, false, Room.STILL);
        Cloud c = room.cloud();
        char[] some = c.station().clone();
        for (int i = 0; i < some.length; i++) {
            some[i] = some[i] == 0 ? 0 : Cloud.NO_STATION;
        }
        same(c.with(Columns.STATION, some), room.stations, 200);
    }
}
