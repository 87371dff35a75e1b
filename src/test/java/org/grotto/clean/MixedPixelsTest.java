package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Lattice;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A scanner looks along x at a wall behind the edge of another one, rays 5 mrad apart; single rays hang
 * between the two. Distances between walls are counted in ray distances at the ray's end, 10 mm.
 */
class MixedPixelsTest {
    private static final Lattice LATTICE = new Lattice(-10, -10, -10, 1e-6);
    private static final double[] EYE = {3, -1, 0.7};
    private static final double STEP = 0.005;
    private static final double RANGE = 2;
    private static final int ROWS = 40;

    /** The range of each ray by row and column. */
    @FunctionalInterface
    private interface Scene {
        double range(int row, int col);
    }

    private static final class Points {
        final List<double[]> xyz = new ArrayList<>();
        final List<Character> station = new ArrayList<>();

        void add(double[] p, int s) {
            xyz.add(p);
            station.add((char) s);
        }
    }

    private static double[] ray(int row, int col, double range) {
        double a = STEP * (col - ROWS / 2);
        double b = STEP * (row - ROWS / 2);
        return new double[] {range * Math.cos(b) * Math.cos(a), range * Math.cos(b) * Math.sin(a), range * Math.sin(b)};
    }

    private static Points scan(Scene scene) {
        Points p = new Points();
        for (int row = 0; row < ROWS; row++) {
            for (int col = 0; col < ROWS; col++) {
                p.add(ray(row, col, scene.range(row, col)), 0);
            }
        }
        return p;
    }

    /** Looked at along no axis: all turned by one quaternion. */
    private static double[] turned(double[] p) {
        double w = 0.7;
        double x = 0.1;
        double y = 0.5;
        double z = 0.5;
        return new double[] {
            (1 - 2 * (y * y + z * z)) * p[0] + 2 * (x * y - w * z) * p[1] + 2 * (x * z + w * y) * p[2],
            2 * (x * y + w * z) * p[0] + (1 - 2 * (x * x + z * z)) * p[1] + 2 * (y * z - w * x) * p[2],
            2 * (x * z - w * y) * p[0] + 2 * (y * z + w * x) * p[1] + (1 - 2 * (x * x + y * y)) * p[2]
        };
    }

    /** Numbers of the points that are taken for mixed pixels. */
    private static List<Integer> mixed(Points p, double reach) {
        int n = p.xyz.size();
        int[][] c = new int[3][n];
        char[] station = new char[n];
        int[] number = new int[n];
        for (int i = 0; i < n; i++) {
            double[] q = turned(p.xyz.get(i));
            c[0][i] = LATTICE.ix(EYE[0] + q[0]);
            c[1][i] = LATTICE.iy(EYE[1] + q[1]);
            c[2][i] = LATTICE.iz(EYE[2] + q[2]);
            station[i] = p.station.get(i);
            number[i] = i;
        }
        ColumnType numbers = ColumnType.choice("number", ColumnType.Kind.INT32, "test");
        Cloud cloud = new Cloud(LATTICE, c[0], c[1], c[2], null, null, null, station).with(numbers, number);
        List<double @Nullable []> eyes = new ArrayList<>(Arrays.asList(EYE, null, new double[3]));
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Store store = MixedPixels.mark(engine.store(cloud, 500), eyes, reach, engine);
            Cloud k = store.whole();
            byte[] reason = k.columns.bytes(Removed.REASON.name());
            List<Integer> out = new ArrayList<>();
            for (int i = 0; reason != null && i < n; i++) {
                if (reason[i] != Removed.KEPT) {
                    assertThat(reason[i]).isEqualTo(Removed.MIXED);
                    out.add(k.columns.ints("number")[i]);
                }
            }
            out.sort(null);
            return out;
        }
    }

    private static List<Integer> mixed(Points p) {
        return mixed(p, 0.3);
    }

    /** Two walls {@code jump} ray distances apart; ray (20, 20) ends at that share of the way from one to the other. */
    private static Scene edge(double jump, double share) {
        double d = RANGE * STEP;
        return (row, col) -> row == 20 && col == 20 ? RANGE + share * jump * d : col < 20 ? RANGE : RANGE + jump * d;
    }

    private static final int HANGING = 20 * ROWS + 20;

    /** A step of fewer than eight ray distances is fine relief, one of more is an edge. */
    @ParameterizedTest
    @CsvSource({"6, false", "7.5, false", "9, true", "12, true", "100, true"})
    void aRayThatEndsBetweenTwoWallsIsMixed(double jump, boolean expected) {
        List<Integer> found = mixed(scan(edge(jump, 0.5)));
        assertThat(found).isEqualTo(expected ? List.of(HANGING) : List.of());
    }

    /** Within one and a half ray distances, times how far a neighbouring ray is, it belongs to what is beside it. */
    @ParameterizedTest
    @CsvSource({"0.16, false", "0.30, true", "0.70, true", "0.84, false"})
    void whatLiesBesideAWallBelongsToIt(double share, boolean expected) {
        // 9 ray distances: 1.4, 2.7, 6.3 and 7.6 behind the first
        assertThat(mixed(scan(edge(9, share)))).isEqualTo(expected ? List.of(HANGING) : List.of());
    }

    /** A twig, a few rays long and one wide, hangs as well; but on it rays end beside each other on opposite sides. */
    @Test
    void aRodInTheAirStays() {
        double d = RANGE * STEP;
        Scene rod =
                (row, col) -> col == 20 && row > 10 && row < 30 ? RANGE + 20 * d : col < 20 ? RANGE : RANGE + 40 * d;
        assertThat(mixed(scan(rod))).allMatch(i -> i == 11 * ROWS + 20 || i == 29 * ROWS + 20);
        // bent by a right angle, its corner has two rays beside it, and these are not opposite
        Scene two =
                (row, col) -> col == 20 && row >= 20 && row < 22 ? RANGE + 20 * d : col < 20 ? RANGE : RANGE + 40 * d;
        assertThat(mixed(scan(two))).containsExactly(20 * ROWS + 20, 21 * ROWS + 20);
    }

    /** Three rays and more beside each other are a thing of their own. */
    @Test
    void aPatchInTheAirStays() {
        double d = RANGE * STEP;
        Scene patch = (row, col) ->
                Math.abs(row - 20) <= 1 && Math.abs(col - 20) <= 1 ? RANGE + 20 * d : col < 20 ? RANGE : RANGE + 40 * d;
        assertThat(mixed(scan(patch))).isEmpty();
    }

    /** What stands in front of everything is thin relief, what lies behind everything a hole. */
    @Test
    void peaksAndHolesStay() {
        double d = RANGE * STEP;
        for (double off : new double[] {-30 * d, 30 * d}) {
            assertThat(mixed(scan((row, col) -> row == 20 && col == 20 ? RANGE + off : RANGE)))
                    .isEmpty();
        }
    }

    /**
     * A wall seen at a grazing angle goes on along one direction, however steeply it goes away along the other. Where the
     * scan ends it cannot be told so, and what seems steeper than 82 degrees is taken for a step.
     */
    @ParameterizedTest
    @CsvSource({"3, false", "5.5, false", "9.5, true", "30, true"})
    void aWallAtGrazingIncidenceStays(double slope, boolean endsGo) {
        java.util.Random random = new java.util.Random(2);
        // a spiral, so that it goes away by as many ray distances everywhere
        List<Integer> found = mixed(scan((row, col) -> RANGE
                * Math.exp(slope * STEP * (col - 20) + 0.3 * STEP * (row - 20))
                * (1 + 0.02 * STEP * random.nextGaussian())));
        assertThat(found).allMatch(i -> i / ROWS == 0 || i / ROWS == ROWS - 1);
        assertThat(found.isEmpty()).isEqualTo(!endsGo);
    }

    /** The share of rays at the scan's upper and lower end, every fourth of which is displaced, that are found. */
    private static double[] ends(double noise, double displaced) {
        double[] found = new double[2];
        double[] all = new double[2];
        for (int seed = 0; seed < 3; seed++) {
            java.util.Random random = new java.util.Random(seed);
            Points p = scan((row, col) -> {
                boolean off = (row == 0 || row == ROWS - 1) && col % 4 == 2;
                double e = off ? (col % 8 == 2 ? displaced : -displaced) : noise * random.nextGaussian();
                return RANGE * Math.exp(5.5 * STEP * (col - 20)) * (1 + STEP * e);
            });
            List<Integer> mixed = mixed(p);
            for (int row = 0; row < ROWS; row += ROWS - 1) {
                for (int col = 2; col < ROWS - 2; col++) {
                    int k = col % 4 == 2 ? 1 : 0;
                    all[k]++;
                    found[k] += mixed.contains(row * ROWS + col) ? 1 : 0;
                }
            }
        }
        return new double[] {found[0] / all[0], found[1] / all[1]};
    }

    /** Where neighbours lie on an inclined plane, a ray off it by more than twice their scatter and three times noise goes. */
    @Test
    void whatLiesOnAnInclinedPlaneStays() {
        // rays scatter by 0.3 ray distances, neighbours about their plane by 0.24: the limit is at 1.5
        assertThat(ends(0.3, 0.9)[1]).isLessThan(0.15);
        assertThat(ends(0.3, 1.2)[1]).isBetween(0.12, 0.35);
        assertThat(ends(0.3, 1.9)[1]).isGreaterThan(0.6);
        assertThat(ends(0.3, 1.9)[0]).isLessThan(0.02);
        // a rough plane is one while what is left is a third of what it explains
        assertThat(ends(1.2, 0)).containsOnly(0);
    }

    /** With noise as wide as rays are apart, belonging to a wall takes three times the noise more. */
    @Test
    void noiseWidensWhatLiesBeside() {
        for (double share : new double[] {0.25, 0.4}) {
            int found = 0;
            int wrong = 0;
            java.util.Random random = new java.util.Random(3);
            double d = RANGE * STEP;
            Points p = scan((row, col) -> {
                boolean hangs = row % 6 == 3 && col == 20;
                double wall = RANGE + (hangs ? share * 16 * d : col < 20 ? 0 : 16 * d);
                return wall + (hangs ? 0 : d * random.nextGaussian());
            });
            for (int i : mixed(p)) {
                boolean hangs = i / ROWS % 6 == 3 && i % ROWS == 20;
                found += hangs ? 1 : 0;
                wrong += hangs ? 0 : 1;
            }
            // of seven: 4 ray distances are within the noise, 6.4 are not
            assertThat(found).isBetween(share < 0.3 ? 0 : 6, share < 0.3 ? 2 : 7);
            assertThat(wrong).isZero();
        }
    }

    /** Another station's points at its place spare it; two are needed, and they must be as near as a ray and a half. */
    @ParameterizedTest
    @CsvSource({"1, 0.5, true", "2, 0.5, false", "2, 1.4, false", "2, 1.6, true"})
    void whatAnotherStationSawIsSpared(int others, double away, boolean expected) {
        Points p = scan(edge(30, 0.5));
        double range = RANGE + 15 * RANGE * STEP;
        double[] at = ray(20, 20, range);
        for (int k = 0; k < others; k++) {
            p.add(new double[] {at[0], at[1] + (k == 0 ? 1 : -1) * away * range * STEP, at[2]}, 1);
        }
        assertThat(mixed(p)).isEqualTo(expected ? List.of(HANGING) : List.of());
        // no further than neighbours are looked for
        if (others == 2 && away > 0.5) {
            assertThat(mixed(p, 0.01)).containsExactly(HANGING);
        }
    }

    /** Noise of a tenth of a ray distance hides nothing and accuses nobody; hanging rays anywhere on the sphere are found. */
    @Test
    void everyDirectionIsLookedAt() {
        java.util.Random random = new java.util.Random(4);
        Points p = new Points();
        List<Integer> hanging = new ArrayList<>();
        double step = 0.03;
        int rows = (int) (Math.PI / step);
        for (int row = 0; row < rows; row++) {
            double phi = -Math.PI / 2 + (row + 0.5) * step;
            int cols = (int) Math.max(1, 2 * Math.PI * Math.cos(phi) / step);
            for (int col = 0; col < cols; col++) {
                double t = 2 * Math.PI * col / cols;
                // eight sectors by turns near and far; hanging ones at the middle of some borders
                double sector = t / (Math.PI / 4);
                boolean far = (int) sector % 2 == 1;
                boolean border = col > 0 && (int) sector != (int) (2 * Math.PI * (col - 1) / cols / (Math.PI / 4));
                boolean hangs = border && row % 8 == 4 && Math.abs(phi) < 1.3;
                double range = hangs ? 3 : far ? 4 : 2;
                if (hangs) {
                    hanging.add(p.xyz.size());
                }
                range += 0.1 * step * range * random.nextGaussian();
                p.add(
                        new double[] {
                            range * Math.cos(phi) * Math.cos(t),
                            range * Math.cos(phi) * Math.sin(t),
                            range * Math.sin(phi)
                        },
                        0);
            }
        }
        assertThat(hanging).hasSizeGreaterThan(40);
        assertThat(mixed(p)).isEqualTo(hanging);
    }

    @Test
    void whereNoEyeIsKnownNobodyIsAccused() {
        Points p = scan(edge(30, 0.5));
        for (int i = 0; i < p.station.size(); i++) {
            p.station.set(i, (char) 1);
        }
        assertThat(mixed(p)).isEmpty();
    }
}
