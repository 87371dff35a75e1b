package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.store.HeapStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpacingTest {
    private static final Lattice LATTICE = new Lattice(0, 0, 0, 1e-4);

    private static Cloud grid(int side, int step) {
        int[][] c = new int[3][side * side];
        for (int i = 0; i < side * side; i++) {
            c[0][i] = step * (i % side);
            c[1][i] = step * (i / side);
        }
        return new Cloud(LATTICE, c[0], c[1], c[2], null, null, null, null);
    }

    /** On a square grid the disc of as many cells as it has points gives the grid's spacing back. */
    @Test
    void spacingIsThatOfTheGrid() {
        // 12 others lie within two spacings of a point of a grid, 20 within sqrt(5)
        assertThat(Spacing.of(2 * 0.01, 12)).isCloseTo(0.01, within(0.0003));
        assertThat(Spacing.of(Math.sqrt(5) * 0.01, 20)).isCloseTo(0.01, within(0.0013));
        assertThat(Spacing.of(1, 4)).isCloseTo(Math.sqrt(Math.PI) / 2, within(1e-12));
        assertThat(Spacing.of(1, 0)).isZero();
    }

    @Test
    void theSampleKnowsTheNeighboursOfAGrid() {
        try (Work work = Work.silent()) {
            HeapStore store = HeapStore.of(grid(60, 100), 500, work);
            for (int[] k : new int[][] {{4, 1}, {8, 2}, {12, 4}}) {
                Quantiles q = Spacing.sample(store, k[0], work);
                assertThat(q.n()).isEqualTo(3600);
                assertThat(q.median()).isCloseTo(0.01 * Math.sqrt(k[1]), within(1e-9));
            }
        }
    }

    /** Against all distances, in a cloud so small that every point is in every window. */
    @Test
    void distancesToTheKthAreExactWhereAllAreSeen() {
        Random random = new Random(1);
        int n = 400;
        int[][] c = new int[3][n];
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                c[a][i] = random.nextInt(10_000);
            }
        }
        double[] seventh = new double[n];
        for (int i = 0; i < n; i++) {
            double[] d = new double[n];
            for (int j = 0; j < n; j++) {
                double x = c[0][i] - c[0][j];
                double y = c[1][i] - c[1][j];
                double z = c[2][i] - c[2][j];
                d[j] = Math.sqrt(x * x + y * y + z * z);
            }
            Arrays.sort(d);
            seventh[i] = 1e-4 * d[7];
        }
        try (Work work = Work.silent()) {
            Cloud cloud = new Cloud(LATTICE, c[0], c[1], c[2], null, null, null, null);
            Quantiles got = Spacing.sample(HeapStore.of(cloud, 100, work), 7, work);
            Quantiles want = Quantiles.of(seventh);
            assertThat(got.p05()).isCloseTo(want.p05(), within(1e-12));
            assertThat(got.median()).isCloseTo(want.median(), within(1e-12));
            assertThat(got.p999()).isCloseTo(want.p999(), within(1e-12));
            Cloud one = cloud.pick(new int[] {3});
            assertThat(Spacing.sample(HeapStore.of(one, 100, work), 7, work).median())
                    .isZero();
            Cloud three = cloud.pick(new int[] {3, 4, 5});
            assertThat(Spacing.sample(HeapStore.of(three, 100, work), 7, work).n())
                    .isEqualTo(3);
        }
    }

    /** Beside a sheet of 1600 points hang as many, five times as far from each other: they do not count. */
    @Test
    void spacingIsThatOfTheSheetWhateverHangsBesideIt() {
        Cloud sheet = grid(40, 100);
        Random random = new Random(2);
        int n = 2 * sheet.size;
        int[][] c = {Arrays.copyOf(sheet.x, n), Arrays.copyOf(sheet.y, n), Arrays.copyOf(sheet.z, n)};
        for (int i = sheet.size; i < n; i++) {
            for (int[] axis : c) {
                axis[i] = 20_000 + random.nextInt(7_000);
            }
        }
        try (Work work = Work.silent()) {
            Cloud both = new Cloud(LATTICE, c[0], c[1], c[2], null, null, null, null);
            Spacing.Sheets s = Spacing.sheets(HeapStore.of(both, 500, work), 8, work);
            assertThat(s.kth().n()).isBetween(1_500L, 1_800L);
            assertThat(s.kth().p05()).isCloseTo(0.01 * Math.sqrt(2), within(1e-9));
            assertThat(s.kth().median()).isCloseTo(0.01 * Math.sqrt(2), within(1e-9));
        }
    }

    /** A large store is sampled at some 20,000 places, evenly. */
    @Test
    void aSampleIsNoMoreThanFortyThousand() {
        try (Work work = Work.silent()) {
            HeapStore store = HeapStore.of(grid(250, 100), 20_000, work);
            assertThat(Spacing.sample(store, 4, work).n()).isEqualTo((62_500 + 2) / 3);
        }
    }

    /**
     * In an even cloud neighbours are looked for within six spacings' distance, so that a hole of a few points is bridged;
     * with a sparse thousandth, within twice that one's.
     */
    @Test
    void reachHoldsTheSparsestTwice() {
        Quantiles even = new Quantiles(0.01, 0.01, 0.01, 0.011, 1000);
        assertThat(Spacing.reach(even)).isCloseTo(0.06, within(1e-12));
        assertThat(Spacing.alone(even)).isCloseTo(0.03, within(1e-12));
        Quantiles sparse = new Quantiles(0.01, 0.01, 0.04, 0.2, 1000);
        assertThat(Spacing.reach(sparse)).isCloseTo(0.4, within(1e-12));
        assertThat(Spacing.alone(sparse)).isCloseTo(0.24, within(1e-12));
        assertThat(Spacing.reach(new Quantiles(0, 0, 0, 0, 3))).isPositive();
    }

    @Test
    void quantilesAreTheSortedValuesThemselves() {
        double[] v = new double[1000];
        for (int i = 0; i < v.length; i++) {
            v[i] = i * 7 % 1000;
        }
        Quantiles q = Quantiles.of(v);
        assertThat(q).isEqualTo(new Quantiles(50, 500, 950, 999, 1000));
        assertThat(Quantiles.of(new double[0])).isEqualTo(new Quantiles(0, 0, 0, 0, 0));
        assertThat(Quantiles.at(new double[] {1, 2}, 1)).isEqualTo(2);
        assertThat(Spacing.join(List.of(new double[] {1, 2}, new double[0], new double[] {3})))
                .containsExactly(1, 2, 3);
    }

    /** A grid of 10 mm whose points stand 0.5 mm up and down by turns; some of them that many times 0.5 mm over it. */
    private static int onSheets(double times) {
        Cloud even = grid(60, 100);
        int[] z = new int[even.size];
        for (int i = 0; i < z.length; i++) {
            int u = i % 60;
            int v = i / 60;
            z[i] = (u + v) % 2 == 0 ? 5 : -5;
            if (u % 5 == 2 && v % 5 == 2) {
                z[i] = (int) Math.round(5 * times);
            }
        }
        try (Work work = Work.silent()) {
            Cloud c = new Cloud(LATTICE, even.x, even.y, z, null, null, null, null);
            return (int)
                    Spacing.sheets(HeapStore.of(c, 500, work), 8, work).kth().n();
        }
    }

    /** Within three tenths of its neighbours' spread along the plane a point is on their sheet: here 26 of 87 steps. */
    @Test
    void aPointBelongsToItsNeighboursSheet() {
        assertThat(onSheets(1)).isEqualTo(3600);
        assertThat(onSheets(4.5)).isEqualTo(3600);
        assertThat(onSheets(6)).isEqualTo(3600 - 144);
    }

    /** A sheet whose noise is as wide as its spacing is seen by a wider look, however it stands. */
    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void aNoisySheetIsOne(int across) {
        Random random = new Random(5);
        int n = 6_000;
        int[][] c = new int[3][n];
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                c[a][i] = a == across ? (int) (100 * random.nextGaussian()) : random.nextInt(8_000);
            }
        }
        for (int i = n - 900; i < n; i++) { // and dust beside it
            for (int a = 0; a < 3; a++) {
                c[a][i] = 20_000 + random.nextInt(8_000);
            }
        }
        try (Work work = Work.silent()) {
            Cloud cloud = new Cloud(LATTICE, c[0], c[1], c[2], null, null, null, null);
            Spacing.Sheets s = Spacing.sheets(HeapStore.of(cloud, 500, work), 8, work);
            assertThat(s.kth().n()).isBetween(4_400L, 5_300L);
            assertThat(s.kth().median()).isBetween(0.012, 0.022);
        }
    }
}
