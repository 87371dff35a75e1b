package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.store.Engine;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single points above an even grid of 10 mm, whose distances to their neighbours are known. */
class OutliersTest {
    private static final Lattice LATTICE = new Lattice(0, 0, 0, 1e-6);
    private static final int SIDE = 60;
    private static final double GRID = 0.01;

    private static CleanOptions options(double sigma, double radius, int count) {
        CleanOptions d = CleanOptions.DEFAULTS;
        return new CleanOptions(12, sigma, radius, count, false, false, false, false, d.side(), d.chunk());
    }

    private static List<double[]> grid() {
        List<double[]> p = new ArrayList<>();
        for (int i = 0; i < SIDE * SIDE; i++) {
            p.add(new double[] {GRID * (i % SIDE), GRID * (i / SIDE), 0});
        }
        return p;
    }

    /** Why each point goes, in the order given. */
    private static byte[] reasons(List<double[]> points, CleanOptions options) {
        int n = points.size();
        int[][] c = new int[3][n];
        int[] number = new int[n];
        for (int i = 0; i < n; i++) {
            c[0][i] = LATTICE.ix(points.get(i)[0]);
            c[1][i] = LATTICE.iy(points.get(i)[1]);
            c[2][i] = LATTICE.iz(points.get(i)[2]);
            number[i] = i;
        }
        var numbers =
                org.grotto.geometry.ColumnType.choice("number", org.grotto.geometry.ColumnType.Kind.INT32, "test");
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Cloud cloud = new Cloud(LATTICE, c[0], c[1], c[2], null, null, null, null).with(numbers, number);
            var store = engine.store(cloud, 700);
            Cloud k = new Outliers(options, Spacing.sheets(store, 12, work), engine)
                    .mark(store)
                    .whole();
            byte[] reason = k.columns.bytes(Removed.REASON.name());
            byte[] out = new byte[n];
            for (int i = 0; i < n && reason != null; i++) {
                out[k.columns.ints("number")[i]] = reason[i];
            }
            return out;
        }
    }

    private static int removed(byte[] reasons) {
        int n = 0;
        for (byte r : reasons) {
            n += r != Removed.KEPT ? 1 : 0;
        }
        return n;
    }

    /** The mean distance of a point at height h over the middle of the grid to the 12 nearest, over that on the grid. */
    private static double ratio(double h) {
        List<Double> d = new ArrayList<>();
        for (int x = -4; x <= 4; x++) {
            for (int y = -4; y <= 4; y++) {
                d.add(GRID * GRID * (x * x + y * y) + h * h);
            }
        }
        double sum = d.stream().sorted().limit(12).mapToDouble(Math::sqrt).sum();
        double own = 4 + 4 * Math.sqrt(2) + 4 * 2;
        return sum / GRID / own;
    }

    /** Where all else is even, three times the neighbours' own distance is too much, whatever sigma says. */
    @ParameterizedTest
    @CsvSource({"0.5", "6"})
    void aPointGoesWhereItIsThreeTimesAsLonely(double sigma) {
        double low = 0;
        double high = 0;
        for (double h = 0; ratio(h) < 3.15; h += 0.0001) {
            low = ratio(h) < 2.9 ? h : low;
            high = h;
        }
        for (double h : new double[] {low, high}) {
            List<double[]> points = grid();
            points.add(new double[] {GRID * 30, GRID * 30, h});
            byte[] r = reasons(points, options(sigma, 0, 0));
            assertThat(r[SIDE * SIDE]).as("at %s", h).isEqualTo(h == low ? Removed.KEPT : Removed.STATISTICAL);
            assertThat(removed(r)).isEqualTo(h == low ? 0 : 1);
        }
    }

    /** What lies on its neighbours' plane is a rim, however far it is from them. */
    @Test
    void aPointOnThePlaneStays() {
        List<double[]> points = grid();
        points.add(new double[] {GRID * (SIDE + 4), GRID * 30, 0});
        points.add(new double[] {GRID * (SIDE + 4), GRID * 45, 0.25 * GRID});
        points.add(new double[] {GRID * (SIDE + 2), GRID * 10, 5 * GRID});
        byte[] r = reasons(points, options(6, 0, 0));
        assertThat(r[SIDE * SIDE]).isEqualTo(Removed.KEPT);
        assertThat(r[SIDE * SIDE + 1]).isEqualTo(Removed.KEPT);
        assertThat(r[SIDE * SIDE + 2]).isEqualTo(Removed.STATISTICAL);
        assertThat(removed(r)).isEqualTo(1);
    }

    /** In a cloud that is uneven everywhere the limit follows from all ratios. */
    @ParameterizedTest
    @CsvSource({"8", "10"})
    void theLimitIsCountedInTheCloudsOwnDeviations(double sigma) {
        Random random = new Random(9);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < 1200; i++) {
            double r = i < 1150 ? Math.exp(0.8 * Math.abs(random.nextGaussian())) : 6 + 0.4 * (i - 1150);
            points.add(onSphere(random, r));
        }
        assertLimit(points, sigma, sigma);
    }

    /** By default it lies six deviations above: clumps with a dozen points around each, and two further off. */
    @Test
    void theDefaultIsSixDeviations() {
        Random random = new Random(3);
        List<double[]> points = new ArrayList<>();
        for (int clump = 0; clump < 20; clump++) {
            for (int k = 0; k < 54; k++) {
                double r = k < 40 ? 0.1 * Math.cbrt(random.nextDouble()) : k < 52 ? 0.24 : k == 52 ? 0.31 : 0.42;
                double[] p = onSphere(random, r);
                points.add(new double[] {p[0] + 3 * (clump % 5), p[1] + 3 * (clump / 5), p[2]});
            }
        }
        assertLimit(points, 6, CleanOptions.DEFAULTS.sigma());
        double[] ratio = ratios(points);
        double limit = limit(ratio, 6);
        assertThat(Arrays.stream(ratio).filter(r -> r > 3.05 && r < limit)).hasSizeGreaterThan(3);
        assertThat(Arrays.stream(ratio).filter(r -> r > limit && r < limit(ratio, 12)))
                .hasSizeGreaterThan(3);
    }

    private static double[] onSphere(Random random, double r) {
        double[] d = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
        return new double[] {r * d[0] / l, r * d[1] / l, r * d[2] / l};
    }

    private static double limit(double[] ratio, double sigma) {
        double mean =
                Arrays.stream(ratio).map(r -> Math.min(1, r - 1)).average().orElseThrow();
        double square = Arrays.stream(ratio)
                .map(r -> Math.pow(Math.min(1, r - 1) - mean, 2))
                .average()
                .orElseThrow();
        return Math.max(3, 1 + mean + sigma * Math.sqrt(square));
    }

    /**
     * No point below the limit, counted here over all pairs, goes; of those above nearly all do (a few happen to lie on their
     * neighbours' plane).
     */
    private static void assertLimit(List<double[]> points, double deviations, double sigma) {
        double[] ratio = ratios(points);
        double limit = limit(ratio, deviations);
        byte[] reason = reasons(points, options(sigma, 0, 0));
        int above = 0;
        int gone = 0;
        for (int i = 0; i < ratio.length; i++) {
            if (ratio[i] > 1.0001 * limit) {
                above++;
                gone += reason[i] == Removed.STATISTICAL ? 1 : 0;
            } else if (ratio[i] < 0.9999 * limit) {
                assertThat(reason[i]).as("%s, limit %s", ratio[i], limit).isEqualTo(Removed.KEPT);
            }
        }
        assertThat(above).isGreaterThanOrEqualTo(3);
        assertThat(gone).isGreaterThanOrEqualTo(above - Math.max(1, above / 10));
        assertThat(removed(reasons(points, options(0, 0, 0)))).isZero();
    }

    /** The 12 points nearest to p, and their mean distance. */
    private static List<double[]> nearest(List<double[]> points, double[] p, double[] mean) {
        List<double[]> near = points.stream()
                .filter(q -> q != p)
                .sorted(java.util.Comparator.comparingDouble(q -> distance(p, q)))
                .limit(12)
                .toList();
        mean[0] = near.stream().mapToDouble(q -> distance(p, q)).average().orElseThrow();
        return near;
    }

    private static double distance(double[] p, double[] q) {
        return Math.sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) + (p[2] - q[2]) * (p[2] - q[2]));
    }

    /** A point beyond the rim is on its neighbours' plane while it is off it by less than a fifth of its distance. */
    @ParameterizedTest
    @CsvSource({"0.16, true", "0.25, false"})
    void howFarOffThePlaneARimMayBe(double share, boolean stays) {
        double[] mean = new double[1];
        List<double[]> points = grid();
        nearest(points, new double[] {GRID * (SIDE + 5), GRID * 30, 0}, mean);
        points.add(new double[] {GRID * (SIDE + 5), GRID * 30, share * mean[0]});
        byte[] r = reasons(points, options(6, 0, 0));
        assertThat(r[SIDE * SIDE]).isEqualTo(stays ? Removed.KEPT : Removed.STATISTICAL);
    }

    /** And while these neighbours are a plane at all: their scatter off it below a third of that along it. */
    @ParameterizedTest
    @CsvSource({"0.075, true", "0.14, false"})
    void howRoughAPlaneMayBe(double ratio, boolean stays) {
        List<double[]> points = grid();
        double[] p = {GRID * (SIDE + 5), GRID * 30, 0};
        double[] mean = new double[1];
        double rough = 0;
        org.grotto.geometry.PlaneFit plane = new org.grotto.geometry.PlaneFit();
        do {
            rough += 0.0001;
            for (int i = 0; i < SIDE * SIDE; i++) {
                points.get(i)[2] = (i + i / SIDE) % 2 == 0 ? rough : -rough;
            }
            plane.clear();
            for (double[] q : nearest(points.subList(25 * SIDE, 36 * SIDE), p, mean)) {
                plane.add(1, q[0] - p[0], q[1] - p[1], q[2] - p[2]);
            }
            assertThat(plane.solve()).isTrue();
        } while (plane.least < ratio * plane.middle);
        points.add(p);
        byte[] r = reasons(points, options(6, 0, 0));
        assertThat(r[SIDE * SIDE]).isEqualTo(stays ? Removed.KEPT : Removed.STATISTICAL);
    }

    /** Mean distance to the 12 nearest, over the median of that of these. */
    private static double[] ratios(List<double[]> p) {
        int n = p.size();
        int[][] near = new int[n][];
        double[] mean = new double[n];
        for (int i = 0; i < n; i++) {
            double[] least = new double[12];
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            near[i] = new int[12];
            for (int j = 0; j < n; j++) {
                double[] a = p.get(i);
                double[] b = p.get(j);
                double d =
                        (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]);
                for (int k = 0; j != i && k < 12; k++) {
                    if (d < least[k]) {
                        System.arraycopy(least, k, least, k + 1, 11 - k);
                        System.arraycopy(near[i], k, near[i], k + 1, 11 - k);
                        least[k] = d;
                        near[i][k] = j;
                        break;
                    }
                }
            }
            mean[i] = Arrays.stream(least).map(Math::sqrt).average().orElseThrow();
        }
        double[] ratio = new double[n];
        for (int i = 0; i < n; i++) {
            double[] around =
                    Arrays.stream(near[i]).mapToDouble(j -> mean[j]).sorted().toArray();
            ratio[i] = mean[i] / around[6];
        }
        return ratio;
    }

    /** A point needs as many others within the radius as asked, at least, itself not counted. */
    @Test
    void tooFewWithinTheRadiusIsAlone() {
        int least = CleanOptions.DEFAULTS.radiusCount();
        for (int others : new int[] {5, 6, 7}) {
            List<double[]> points = grid();
            int first = points.size();
            points.add(new double[] {0.3, 0.3, 1});
            for (int k = 0; k < others; k++) {
                points.add(new double[] {0.3 + 0.04 * Math.cos(k), 0.3 + 0.04 * Math.sin(k), 1 + 0.01 * k});
            }
            byte[] r = reasons(points, options(0, 0.1, least));
            assertThat(r[first]).isEqualTo(others < 6 ? Removed.ISOLATED : Removed.KEPT);
            assertThat(Arrays.copyOf(r, first)).containsOnly(Removed.KEPT);
        }
        // within a neighbour's distance the grid's own points have four, those of its rim fewer
        byte[] r = reasons(grid(), options(0, 0.0101, 4));
        assertThat(removed(r)).isEqualTo(4 * (SIDE - 1));
        assertThat(removed(reasons(grid(), options(0, 0.0101, 0)))).isZero();
    }

    /** More may be asked for than neighbours are looked at. */
    @ParameterizedTest
    @CsvSource({"12", "13", "20", "27", "28", "29"})
    void manyMayBeAskedFor(int count) {
        double radius = 3.01 * GRID;
        List<double[]> points = grid();
        int few = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            int others = 0;
            for (int dx = -3; dx <= 3; dx++) {
                for (int dy = -3; dy <= 3; dy++) {
                    int x = i % SIDE + dx;
                    int y = i / SIDE + dy;
                    boolean is = x >= 0 && y >= 0 && x < SIDE && y < SIDE && (dx != 0 || dy != 0);
                    others += is && dx * dx + dy * dy <= 9 ? 1 : 0;
                }
            }
            few += others < count ? 1 : 0;
        }
        byte[] r = reasons(points, options(0, radius, count));
        int isolated = 0;
        for (byte b : r) {
            isolated += b == Removed.ISOLATED ? 1 : 0;
        }
        assertThat(isolated).isEqualTo(few);
    }

    /** Without a radius it is three times the distance to the 12th: six spacings, here beyond the rim of the grid. */
    @Test
    void theRadiusFollowsTheSpacing() {
        for (double[] k : new double[][] {{5.1, 1}, {5.3, 0}}) {
            List<double[]> points = grid();
            int first = points.size();
            points.add(new double[] {GRID * (SIDE - 1 + k[0]), GRID * 30, 0});
            // of the rim's points 7 lie within six spacings of it, or 5: six others are asked for
            byte[] r = reasons(points, options(0, 0, 6));
            assertThat(r[first]).isEqualTo(k[1] == 1 ? Removed.KEPT : Removed.ISOLATED);
            assertThat(removed(r)).isEqualTo(k[1] == 1 ? 0 : 1);
        }
    }

    /** Points that keep each other company, sparser than the grid: a cloud of them goes; a sheet, an edge, a line stay. */
    @ParameterizedTest
    @CsvSource({"cloud, false", "sheet, true", "edge, true", "line, true"})
    void sparsePointsNeedASurface(String form, boolean stay) {
        Random random = new Random(4);
        List<double[]> points = grid();
        int first = points.size();
        double wide = 2.7 * GRID; // twelve of these lie within less than six spacings of the grid
        for (int i = 0; i < 120; i++) {
            double u = wide * (i % 10 + 0.2 * random.nextDouble());
            double v = wide * (i / 10 + 0.2 * random.nextDouble());
            points.add(
                    switch (form) {
                        case "cloud" -> {
                            double[] p = new double[3];
                            for (int a = 0; a < 3; a++) {
                                p[a] = 0.3 + 0.2 * random.nextDouble();
                            }
                            yield p;
                        }
                        case "sheet" -> new double[] {u, 1 + 0.3 * v, 0.3 + v};
                        case "edge" -> new double[] {u, 1 + Math.min(v, 6 * wide), 0.3 + Math.max(0, v - 6 * wide)};
                        default -> new double[] {0.3, 1 + 0.8 * GRID * i, 0.3};
                    });
        }
        byte[] r = reasons(points, options(0, 0, 6));
        int gone = 0;
        for (int i = first; i < r.length; i++) {
            gone += r[i] != Removed.KEPT ? 1 : 0;
        }
        assertThat(removed(r) - gone).as("of the grid").isZero();
        if (stay) {
            assertThat(gone).isLessThan(3); // some of an edge, where neighbours lie on both sides
        } else {
            assertThat(gone).isGreaterThan(108);
        }
    }
}
