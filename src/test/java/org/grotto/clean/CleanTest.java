package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.grotto.base.Json;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Lattice;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanTest {
    private static Cleaned clean(Room room, CleanOptions options) {
        try (Work work = Work.silent()) {
            return Clean.run(room.cloud(), room.stations, options, work);
        }
    }

    private record Place(int x, int y, int z) {}

    /** Angles in degrees to the true normals; negative dot products count as over 90. */
    private static double[] angles(Room room, Cloud cleaned) {
        Cloud raw = room.cloud();
        Map<Place, Integer> byPlace = new HashMap<>();
        for (int i = 0; i < raw.size; i++) {
            byPlace.put(new Place(raw.x[i], raw.y[i], raw.z[i]), i);
        }
        double[] angle = new double[cleaned.size];
        float[] n = cleaned.normals();
        for (int i = 0; i < cleaned.size && n != null; i++) {
            int j = byPlace.get(new Place(cleaned.x[i], cleaned.y[i], cleaned.z[i]));
            double d = 0;
            for (int a = 0; a < 3; a++) {
                d += n[3 * i + a] * room.normal[3 * j + a];
            }
            angle[i] = Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, d))));
        }
        Arrays.sort(angle);
        return angle;
    }

    @Test
    void normalsLieOnTheTrueOnesAndFaceTheirStation() {
        Room room = Room.three(0.018, 0.001, false, Room.STILL);
        Cleaned c = clean(room, CleanOptions.DEFAULTS);
        double[] angle = angles(room, c.cloud());
        assertThat(Quantiles.at(angle, 0.5)).isLessThan(3);
        assertThat(Quantiles.at(angle, 0.9)).isLessThan(8);
        assertThat(c.report().orientation()).isEqualTo("towards the stations");
        Cloud k = c.cloud();
        for (int i = 0; i < k.size; i++) {
            double[] e = room.eyes.get(k.station()[i]);
            double d = k.normals()[3 * i] * (e[0] - k.px(i))
                    + k.normals()[3 * i + 1] * (e[1] - k.py(i))
                    + k.normals()[3 * i + 2] * (e[2] - k.pz(i));
            assertThat(d).isGreaterThanOrEqualTo(-1e-6);
        }
    }

    @Test
    void noiseAndSpacingAreThoseOfTheScanner() {
        Room room = new Room().scan(new double[] {2, 2, 1.5}, 0.01, 0.001, false, Room.STILL, 4);
        StationStats s = clean(room, CleanOptions.DEFAULTS).report().stations().get(0);
        // the noise lies along the ray; a wall of ridges finer than the spacing is as white, and adds nothing
        assertThat(s.noise()).isBetween(0.0009, 0.0011);
        // 10 mrad at 1.2 to 2.5 m, slant included
        assertThat(s.spacing().median()).isBetween(0.014, 0.025);
        // a single station loses some of what it saw at more than 75 degrees along the silhouettes
        assertThat(s.points()).isBetween((long) (0.995 * room.size), (long) room.size);
    }

    @Test
    void mixedPixelsGoAndThinReliefStays() {
        Room room = Room.three(0.008, 0.0005, true, Room.STILL);
        int mixed = 0;
        int found = 0;
        int good = 0;
        int lost = 0;
        int relief = 0;
        int reliefLost = 0;
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            ColumnType of = ColumnType.choice("number", ColumnType.Kind.INT32, "test");
            int[] number = java.util.stream.IntStream.range(0, room.size).toArray();
            Store store = engine.store(room.cloud().with(of, number), 100_000);
            Spacing.Sheets sheets = Spacing.sheets(store, 12, work);
            double reach = Spacing.reach(sheets.kth());
            store = MixedPixels.mark(store, new ArrayList<>(room.eyes), reach, engine);
            Cloud c = new Outliers(CleanOptions.DEFAULTS, sheets, engine)
                    .mark(store)
                    .whole();
            byte[] reason = c.columns.bytes(Removed.REASON.name());
            int[] order = c.columns.ints("number");
            for (int i = 0; i < reason.length; i++) {
                int o = order[i];
                boolean gone = reason[i] != Removed.KEPT;
                if (room.mixed[o]) {
                    // what hangs in the air by more than two spacings
                    if (Math.abs(room.error[o]) > 0.03) {
                        mixed++;
                        found += gone ? 1 : 0;
                    }
                } else {
                    good++;
                    lost += gone ? 1 : 0;
                    if (Math.abs(c.px(i) - (4 - Room.RIDGE)) < 0.0015) {
                        relief++;
                        reliefLost += gone ? 1 : 0;
                    }
                }
            }
        }
        assertThat(mixed).isGreaterThan(150);
        assertThat((double) found / mixed).isGreaterThan(0.85);
        assertThat((double) lost / good).isLessThan(0.001);
        assertThat(relief).isGreaterThan(3_000);
        assertThat((double) reliefLost / relief).isLessThan(0.0005);
    }

    @Test
    void strayPointsGo() {
        Room room = Room.three(0.02, 0.001, false, Room.STILL);
        Cloud c = room.cloud();
        int strays = 20;
        Random random = new Random(7);
        for (int i = 0; i < strays; i++) {
            // in the air, not within 15 cm of a wall, pillar or ball
            c.x[i * 50] = Room.LATTICE.ix(1.9 + 0.25 * random.nextDouble());
            c.y[i * 50] = Room.LATTICE.iy(1 + 0.5 * random.nextDouble());
            c.z[i * 50] = Room.LATTICE.iz(0.3 + 2.4 * random.nextDouble());
        }
        try (Work work = Work.silent()) {
            Cleaned k = Clean.run(c, room.stations, CleanOptions.DEFAULTS, work);
            int left = 0;
            for (int i = 0; i < k.cloud().size; i++) {
                double x = k.cloud().px(i);
                double y = k.cloud().py(i);
                double z = k.cloud().pz(i);
                left += x > 1.89 && x < 2.16 && y > 0.9 && y < 1.6 && z > 0.29 && z < 2.71 ? 1 : 0;
            }
            assertThat(left).isLessThanOrEqualTo(1);
            assertThat(k.report().removed().total()).isBetween((long) strays - 1, (long) strays + 60);
        }
    }

    @Test
    void duplicatesAreCountedAndTheFirstIsKept() {
        Room room = new Room().scan(new double[] {2, 2, 1.5}, 0.03, 0.001, false, Room.STILL, 4);
        Cloud c = room.cloud();
        int[] twice = new int[c.size + 500];
        for (int i = 0; i < twice.length; i++) {
            twice[i] = i < c.size ? i : (i - c.size) * 3;
        }
        try (Work work = Work.silent()) {
            Cleaned k = Clean.run(c.pick(twice), room.stations, CleanOptions.DEFAULTS, work);
            assertThat(k.report().removed().duplicates()).isEqualTo(500);
            assertThat(k.cloud().size).isBetween((int) (0.995 * c.size), c.size);
            assertThat(work.faults().all()).containsKey("duplicate point");
        }
    }

    @Test
    void sameBitsForAnyThreadsAndAnyChunks() {
        Room room = Room.three(0.03, 0.001, true, Room.STILL);
        Cleaned first = null;
        String report = "";
        for (int threads : new int[] {1, 2, 5}) {
            for (int chunk : new int[] {2000, 1_000_000}) {
                try (Work work = new Work(threads, 1 << 30, Progress.NONE)) {
                    Cleaned c = Clean.run(room.cloud(), room.stations, CleanOptions.DEFAULTS.withChunk(chunk), work);
                    if (first == null) {
                        first = c;
                        report = Json.text(c.report());
                    }
                    assertThat(c.cloud().size).isEqualTo(first.cloud().size);
                    assertThat(Arrays.equals(c.cloud().normals(), first.cloud().normals()))
                            .isTrue();
                    assertThat(Arrays.equals(c.spacing(), first.spacing())).isTrue();
                    assertThat(Json.text(c.report())).isEqualTo(report);
                }
            }
        }
    }

    private static Cloud sphere(int n, double radius, Lattice lattice) {
        int[][] c = new int[3][n];
        for (int i = 0; i < n; i++) {
            double z = 1 - 2 * (i + 0.5) / n;
            double r = Math.sqrt(1 - z * z);
            double t = i * 2.399963229728653;
            c[0][i] = lattice.ix(radius * r * Math.cos(t));
            c[1][i] = lattice.iy(radius * r * Math.sin(t));
            c[2][i] = lattice.iz(radius * z);
        }
        return new Cloud(lattice, c[0], c[1], c[2], null, null, null, null);
    }

    private static int pointingOut(Cleaned c) {
        int out = 0;
        Cloud k = c.cloud();
        for (int i = 0; i < k.size; i++) {
            out += k.normals()[3 * i] * k.px(i) + k.normals()[3 * i + 1] * k.py(i) + k.normals()[3 * i + 2] * k.pz(i)
                            > 0
                    ? 1
                    : 0;
        }
        return out;
    }

    @Test
    void withoutStationsAnObjectFacesOutAndARoomIn() {
        try (Work work = Work.silent()) {
            Cloud object = sphere(20_000, 0.3, Room.LATTICE);
            CleanOptions auto = CleanOptions.DEFAULTS;
            assertThat(pointingOut(Clean.run(object, List.of(), auto, work))).isEqualTo(20_000);
            assertThat(pointingOut(Clean.run(object, List.of(), auto.withSide(CleanOptions.Side.INSIDE), work)))
                    .isZero();
            Cloud room = sphere(20_000, 3, Room.LATTICE);
            assertThat(pointingOut(Clean.run(room, List.of(), auto, work))).isZero();
            assertThat(pointingOut(Clean.run(room, List.of(), auto.withSide(CleanOptions.Side.OUTSIDE), work)))
                    .isEqualTo(20_000);
        }
    }

    @Test
    void withoutStationsARoomWithAPillarFacesInward() {
        Room room = Room.three(0.018, 0.001, false, Room.STILL);
        Cloud c = room.cloud();
        Cloud anonymous = new Cloud(c.lattice, c.x, c.y, c.z, null, null, null, null);
        try (Work work = Work.silent()) {
            Cleaned k = Clean.run(anonymous, List.of(), CleanOptions.DEFAULTS, work);
            double[] angle = angles(room, k.cloud());
            int wrong = (int) Arrays.stream(angle).filter(a -> a > 90).count();
            assertThat(wrong).isLessThan(k.cloud().size / 2000);
        }
    }

    /** Room's three stations are unnamed in half of its points: the others tell them, no ray is asked. */
    @Test
    void pointsWithoutStationFollowThoseWithOne() {
        Room room = Room.three(0.018, 0.001, false, Room.STILL);
        Cloud c = room.cloud();
        char[] station = c.station().clone();
        for (int i = 0; i < station.length; i += 2) {
            station[i] = Cloud.NO_STATION;
        }
        Cloud half = new Cloud(c.lattice, c.x, c.y, c.z, null, null, null, station);
        CleanOptions outside = CleanOptions.DEFAULTS.withSide(CleanOptions.Side.OUTSIDE);
        try (Work work = Work.silent()) {
            Cleaned k = Clean.run(half, room.stations, outside, work);
            assertThat(k.report().orientation()).isEqualTo("towards the stations");
            double[] angle = angles(room, k.cloud());
            int wrong = (int) Arrays.stream(angle).filter(a -> a > 90).count();
            assertThat(wrong).isLessThan(k.cloud().size / 2000);
        }
    }

    @Test
    void normalsOfTheScansAreKeptAndTurned() {
        Room room = Room.three(0.03, 0, false, Room.STILL);
        float[] n = Arrays.copyOf(room.normal, 3 * room.size);
        for (int i = 0; i < n.length; i++) {
            n[i] *= i / 3 % 10 == 0 ? -2 : 1; // one in ten turned away, and too long
        }
        n[0] = 0;
        n[1] = 0;
        n[2] = 0;
        try (Work work = Work.silent()) {
            Cleaned k = Clean.run(room.cloud().withNormals(n), room.stations, CleanOptions.DEFAULTS, work);
            assertThat(k.report().normals()).startsWith("from the scans; 1 of ");
            assertThat(k.report().flipped()).isBetween(room.size / 10L - 60, room.size / 10L + 60);
            double[] angle = angles(room, k.cloud());
            assertThat(angle[angle.length - 2]).isLessThan(0.1);
            assertThat(angle[angle.length - 1]).isLessThan(90);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 12, 13, 5000})
    void degenerateCloudsComeThrough(int n) {
        int[] zero = new int[n];
        int[] line = new int[n];
        for (int i = 0; i < n; i++) {
            line[i] = i * 1000;
        }
        try (Work work = Work.silent()) {
            for (int kind = 0; kind < 4; kind++) {
                int[] x = kind == 0 ? zero : line;
                int[] y = kind == 2 ? line : zero;
                char[] s = new char[n];
                Arrays.fill(s, kind == 3 ? Cloud.NO_STATION : (char) 0);
                Cloud c = new Cloud(Room.LATTICE, x, y, zero, null, null, null, s);
                Room eye = new Room();
                eye.stations.add(new org.grotto.scene.Station(
                        "s", "t", null, new org.grotto.geometry.Pose(1, 0, 0, 0, 0, 0, 2), n));
                Cleaned k = Clean.run(c, eye.stations, CleanOptions.DEFAULTS, work);
                assertThat(k.report().input()).isEqualTo(n);
                assertThat(k.report().kept() + k.report().removed().total()).isEqualTo(n);
                if (kind == 0) {
                    assertThat(k.report().kept()).isEqualTo(Math.min(1, n));
                }
                for (float v : k.cloud().normals()) {
                    assertThat(v).isFinite();
                }
            }
        }
    }
}
