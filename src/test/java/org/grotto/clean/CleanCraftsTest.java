package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.grotto.base.Json;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.scene.Station;
import org.grotto.store.HeapStore;
import org.grotto.store.PoisonStore;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;

/**
 * All crafts of cleaning see their region and halo alone: on a store of many small regions, each a copy that is poisoned
 * after use, they give the same bits as with one region that holds everything.
 */
class CleanCraftsTest {
    private static void same(Cloud cloud, List<Station> stations, CleanOptions options) {
        try (Work work = Work.silent()) {
            Threads whole = new Threads(work);
            Cleaned want = Clean.run(HeapStore.of(cloud, Integer.MAX_VALUE, work), stations, options, whole);
            for (int target : new int[] {150, 1000, 4000}) {
                PoisonStore.Engine engine = new PoisonStore.Engine(target, work);
                Cleaned got = Clean.run(engine.store(cloud, 0), stations, options, engine);
                assertThat(got.store().regions()).isGreaterThan(cloud.size / target / 2);
                assertThat(Json.text(got.report())).isEqualTo(Json.text(want.report()));
                Cloud a = want.cloud();
                Cloud b = ((PoisonStore) got.store()).uncovered();
                assertThat(Arrays.equals(a.x, b.x) && Arrays.equals(a.y, b.y) && Arrays.equals(a.z, b.z))
                        .isTrue();
                assertThat(b.columns.types()).isEqualTo(a.columns.types());
                for (ColumnType t : a.columns.types()) {
                    Object left = a.columns.array(t.name());
                    Object right = b.columns.array(t.name());
                    int off = 0;
                    for (int i = 0; i < Array.getLength(left); i++) {
                        off += Array.get(left, i).equals(Array.get(right, i)) ? 0 : 1;
                    }
                    assertThat(off)
                            .as("entries of %s that differ, target %d", t.name(), target)
                            .isZero();
                }
            }
        }
    }

    @Test
    void withStations() {
        Room room = Room.three(0.03, 0.001, true, Room.STILL);
        same(room.cloud(), room.stations, CleanOptions.DEFAULTS);
    }

    @Test
    void withStationsThatDoNotFit() {
        Room room = Room.three(0.03, 0.001, true, new double[] {0.02, 0.01, 0, 0, 0.002, 0});
        same(room.cloud(), room.stations, CleanOptions.DEFAULTS);
    }

    @Test
    void withDuplicatesAndGivenNormalsOfWhichSomePointAway() {
        Room room = Room.three(0.04, 0.001, false, Room.STILL);
        Cloud c = room.cloud();
        int[] twice = new int[c.size + 300];
        for (int i = 0; i < twice.length; i++) {
            twice[i] = i < c.size ? i : (i - c.size) * 5;
        }
        float[] normals = Arrays.copyOf(room.normal, 3 * c.size);
        for (int i = 0; i < normals.length; i += 21) {
            normals[i] = -normals[i];
        }
        same(c.withNormals(normals).pick(twice), room.stations, CleanOptions.DEFAULTS);
    }

    /** Stations unknown: normals are turned by propagation, which is global by nature. */
    @Test
    void withoutStations() {
        Room room = Room.three(0.035, 0.002, false, Room.STILL);
        Cloud c = room.cloud();
        UnaryOperator<Cloud> nameless = k -> new Cloud(k.lattice, k.x, k.y, k.z, null, null, null, null);
        same(nameless.apply(c), List.of(), CleanOptions.DEFAULTS);
    }

    /** A third of the points has a station; the others are turned to go with them. */
    @Test
    void withSomeStations() {
        Room room = Room.three(0.035, 0.002, false, Room.STILL);
        Cloud c = room.cloud();
        char[] station = new char[c.size];
        for (int i = 0; i < station.length; i++) {
            station[i] = c.station()[i] == 0 ? 0 : Cloud.NO_STATION;
        }
        same(new Cloud(c.lattice, c.x, c.y, c.z, null, null, null, station), room.stations, CleanOptions.DEFAULTS);
    }

    /** Noise as wide as the spacing: many small patches, and many doubtful edges across borders. */
    @Test
    void withoutStationsAndFullOfDoubt() {
        Random random = new Random(11);
        int n = 9000;
        int[][] xyz = new int[3][n];
        for (int i = 0; i < n; i++) {
            double u = random.nextDouble();
            double v = random.nextDouble();
            double bump = 0.05 * Math.sin(25 * u) * Math.sin(19 * v) + 0.004 * random.nextGaussian();
            xyz[0][i] = Room.LATTICE.ix(2 * u);
            xyz[1][i] = Room.LATTICE.iy(2 * v);
            xyz[2][i] = Room.LATTICE.iz((i % 3 == 0 ? 0.09 : 0) + bump);
        }
        Cloud c = new Cloud(Room.LATTICE, xyz[0], xyz[1], xyz[2], null, null, null, null);
        same(c, List.of(), CleanOptions.DEFAULTS);
    }
}
