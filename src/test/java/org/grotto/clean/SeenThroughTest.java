package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What another station saw through: a room with a ball on a pillar and a thin rod, scanned by rays from several places;
 * in one scan a visitor stands in it, and dust hangs in the air.
 */
class SeenThroughTest {
    private static final ColumnType KIND = ColumnType.choice("kind", ColumnType.Kind.UINT8, "test");
    private static final byte ROOM = 0;
    private static final byte BALL = 1;
    private static final byte ROD = 2;
    private static final byte VISITOR = 3;
    private static final byte DUST = 4;
    /** Visitor or dust where no other station looks well past. */
    private static final byte HIDDEN = 5;

    private final List<double[]> points = new ArrayList<>();
    private final List<double @Nullable []> eyes = new ArrayList<>();
    private final Random random = new Random(5);
    private double noise = 0.001;
    /** By how much the next scan is misplaced. */
    private double[] moved = {0, 0, 0};

    /** The range from an eye along a unit direction, and what is met. */
    private static double[] cast(double[] e, double[] d, double @Nullable [] visitor) {
        double best = Double.MAX_VALUE;
        byte kind = ROOM;
        double[] size = {6, 5, 3};
        for (int a = 0; a < 3; a++) {
            if (d[a] != 0) {
                best = Math.min(best, ((d[a] > 0 ? size[a] : 0) - e[a]) / d[a]);
            }
        }
        double ball = ball(e, d, new double[] {3, 2.5, 1.6}, 0.5);
        if (ball < best) {
            best = ball;
            kind = BALL;
        }
        double rod = cylinder(e, d, 4.6, 1.2, 0.008, 3);
        if (rod < best) {
            best = rod;
            kind = ROD;
        }
        double pillar = cylinder(e, d, 3, 2.5, 0.2, 1.2);
        if (pillar < best) {
            best = pillar;
            kind = BALL;
        }
        if (visitor != null) {
            double body = Math.min(
                    cylinder(e, d, visitor[0], visitor[1], 0.22, 1.45),
                    ball(e, d, new double[] {visitor[0], visitor[1], 1.6}, 0.13));
            if (body < best) {
                best = body;
                kind = VISITOR;
            }
        }
        return new double[] {best, kind};
    }

    private static double ball(double[] e, double[] d, double[] c, double r) {
        double[] o = {e[0] - c[0], e[1] - c[1], e[2] - c[2]};
        double b = o[0] * d[0] + o[1] * d[1] + o[2] * d[2];
        double q = b * b - (o[0] * o[0] + o[1] * o[1] + o[2] * o[2] - r * r);
        return q < 0 || -b - Math.sqrt(q) <= 0 ? Double.MAX_VALUE : -b - Math.sqrt(q);
    }

    private static double cylinder(double[] e, double[] d, double cx, double cy, double r, double top) {
        double x = e[0] - cx;
        double y = e[1] - cy;
        double a = d[0] * d[0] + d[1] * d[1];
        double b = x * d[0] + y * d[1];
        double q = b * b - a * (x * x + y * y - r * r);
        if (q < 0 || a == 0) {
            return Double.MAX_VALUE;
        }
        double t = (-b - Math.sqrt(q)) / a;
        double z = e[2] + t * d[2];
        return t > 0 && z < top ? t : Double.MAX_VALUE;
    }

    /** A scan of rays {@code step} apart in both angles. */
    private void scan(double[] eye, double step, double @Nullable [] visitor, double dust) {
        int station = eyes.size();
        eyes.add(new double[] {eye[0] + moved[0], eye[1] + moved[1], eye[2] + moved[2]});
        for (double v = -1.2; v < 1.5; v += step) {
            for (double u = random.nextDouble() * step; u < 2 * Math.PI; u += step / Math.max(0.1, Math.cos(v))) {
                double[] d = {Math.cos(u) * Math.cos(v), Math.sin(u) * Math.cos(v), Math.sin(v)};
                double[] hit = cast(eye, d, visitor);
                double r = hit[0] + noise * random.nextGaussian();
                double kind = hit[1];
                if (random.nextDouble() < dust) {
                    r = hit[0] * (0.1 + 0.8 * random.nextDouble());
                    kind = DUST;
                }
                points.add(new double[] {
                    eye[0] + moved[0] + r * d[0],
                    eye[1] + moved[1] + r * d[1],
                    eye[2] + moved[2] + r * d[2],
                    station,
                    kind
                });
            }
        }
    }

    /** Whether the truth lies 15 cm or more behind a point for another station. */
    private boolean seenThrough(double[] p) {
        for (int o = 0; o < eyes.size(); o++) {
            double[] e = eyes.get(o);
            double[] d = {p[0] - e[0], p[1] - e[1], p[2] - e[2]};
            double r = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
            for (int a = 0; a < 3; a++) {
                d[a] /= r;
            }
            if (o != (int) p[3] && cast(e, d, null)[0] > r + 0.15) {
                return true;
            }
        }
        return false;
    }

    /** By what a point is of: how many there are, and how many are marked as moved and as dust. */
    private long[][] run(int target) {
        int n = points.size();
        int[][] xyz = new int[3][n];
        char[] station = new char[n];
        byte[] kind = new byte[n];
        for (int i = 0; i < n; i++) {
            double[] p = points.get(i);
            for (int a = 0; a < 3; a++) {
                xyz[a][i] = (int) Math.rint(p[a] * 1e6);
            }
            station[i] = (char) p[3];
            kind[i] = (byte) (p[4] >= VISITOR && !seenThrough(p) ? HIDDEN : p[4]);
        }
        Cloud cloud = new Cloud(
                new Lattice(0, 0, 0, 1e-6),
                xyz[0],
                xyz[1],
                xyz[2],
                Columns.NONE.with(Columns.STATION, station).with(KIND, kind));
        double[] sigma = new double[eyes.size()];
        Arrays.fill(sigma, noise);
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Store marked = SeenThrough.mark(engine.store(cloud, target), eyes, sigma, true, engine)
                    .store();
            long[][] sum = new long[6][3];
            for (long[][] part : engine.map(marked, Craft.of(java.util.Set.of("kind", "reason"), 0, (region, w) -> {
                long[][] c = new long[6][3];
                byte[] k = region.cloud().columns.bytes("kind");
                byte[] reason = Outliers.reason(region);
                for (int i = region.from(); i < region.to(); i++) {
                    byte r = reason[i - region.from()];
                    c[k[i]][0]++;
                    c[k[i]][1] += r == Removed.MOVED ? 1 : 0;
                    c[k[i]][2] += r == Removed.DUST ? 1 : 0;
                }
                return c;
            }))) {
                for (int a = 0; a < 6; a++) {
                    for (int b = 0; b < 3; b++) {
                        sum[a][b] += part[a][b];
                    }
                }
            }
            return sum;
        }
    }

    @Test
    void aVisitorIsFoundAndTheStatueAndAThinRodStay() {
        scan(new double[] {1, 1, 1.5}, 0.015, new double[] {2.2, 3.6}, 0);
        scan(new double[] {5, 1.2, 1.4}, 0.019, null, 0);
        scan(new double[] {3.2, 4.5, 1.6}, 0.012, null, 0);
        // a close look at the rod, finer than the others can see it
        scan(new double[] {4.4, 1.0, 1.3}, 0.009, null, 0);
        long[][] c = run(20_000);
        assertThat(c[VISITOR][1]).isGreaterThan((long) (0.95 * c[VISITOR][0]));
        assertThat(c[BALL][1] + c[BALL][2]).isLessThan((long) (0.001 * c[BALL][0]) + 1);
        assertThat(c[ROOM][1] + c[ROOM][2]).isLessThan((long) (0.0002 * c[ROOM][0]) + 1);
        assertThat(c[ROD][1] + c[ROD][2]).isLessThan((long) (0.02 * c[ROD][0]) + 1);
        assertThat(run(4_000)).as("however it is cut").isDeepEqualTo(c);
    }

    @Test
    void dustIsFoundWhereAnotherStationLooksThrough() {
        scan(new double[] {1, 1, 1.5}, 0.012, null, 0.01);
        scan(new double[] {5, 1.2, 1.4}, 0.014, null, 0.01);
        scan(new double[] {3.2, 4.5, 1.6}, 0.009, null, 0.01);
        long[][] c = run(20_000);
        assertThat(c[DUST][1] + c[DUST][2]).isGreaterThan((long) (0.85 * c[DUST][0]));
        assertThat(c[BALL][1] + c[BALL][2]).isLessThan((long) (0.001 * c[BALL][0]) + 1);
        assertThat(c[ROOM][1] + c[ROOM][2]).isLessThan((long) (0.0005 * c[ROOM][0]) + 1);
    }

    /** By little more than the rays are apart, along one axis: walls across it, and the ball's rims. */
    @Test
    void aScanThatIsMisplacedALittleLosesNothing() {
        scan(new double[] {1, 1, 1.5}, 0.012, null, 0);
        scan(new double[] {5, 1.2, 1.4}, 0.014, null, 0);
        moved = new double[] {0.18, 0, 0};
        scan(new double[] {3.2, 4.5, 1.6}, 0.009, null, 0);
        long gone = 0;
        for (long[] k : run(20_000)) {
            gone += k[1];
        }
        assertThat(gone).as("registration is wrong, nothing moved").isZero();
    }

    /**
     * Counts of points that rays pass, that they meet, and behind which both show one place, do not, or show one that is close:
     * where nearly all is close, it is a wrong pose if both scans contradict, four to one at most, and both by more than a few.
     */
    @ParameterizedTest
    @CsvSource({"10, 0, false", "10, 25, false", "10, 26, true", "23, 100, false", "10, 399, true", "10, 400, false"})
    void whatIsCloseBehindIsAWrongPoseWhereBothContradict(long agree, long other, boolean apart) {
        long[] one = {100, 900, agree, 20, 70};
        long[] back = {other, 9000, other, 0, 0};
        assertThat(SeenThrough.apart(one, back)).isEqualTo(apart);
        assertThat(SeenThrough.apart(back, one)).isEqualTo(apart);
    }

    /** Of ten thousand points a few that another station looks past are doubted in no pose; if in one scan many are, they are. */
    @Test
    void whatHardlyAnythingContradictsIsNoWrongPose() {
        long[] few = {5, 10_000, 0, 5, 0};
        long[] none = {0, 10_000, 0, 0, 0};
        long[] many = {500, 500, 0, 400, 0};
        assertThat(SeenThrough.apart(few, none)).isFalse();
        assertThat(SeenThrough.apart(none, few)).isFalse();
        assertThat(SeenThrough.apart(few, few)).isFalse();
        assertThat(SeenThrough.apart(none, many)).isTrue();
        assertThat(SeenThrough.apart(many, none)).isTrue();
    }

    /**
     * In one scan alone someone stands so near to a wall that what another one saw behind may be the wall's own surface
     * elsewhere: that is no wrong pose, which contradicts in both scans.
     */
    @Test
    void aVisitorCloseToAWallIsNoWrongPose() {
        scan(new double[] {1, 1, 1.5}, 0.015, new double[] {2.4, 4.7}, 0);
        scan(new double[] {5, 1.2, 1.4}, 0.019, null, 0);
        long[][] c = run(20_000);
        assertThat(c[VISITOR][0]).isGreaterThan(150);
        assertThat(c[VISITOR][1]).isGreaterThan((long) (0.9 * c[VISITOR][0]));
        assertThat(c[ROOM][1] + c[BALL][1]).isLessThan((long) (0.0002 * c[ROOM][0]) + 1);
    }

    @Test
    void aMisplacedScanLosesNothing() {
        scan(new double[] {1, 1, 1.5}, 0.012, null, 0);
        scan(new double[] {5, 1.2, 1.4}, 0.014, null, 0);
        moved = new double[] {0.4, -0.3, 0.25};
        scan(new double[] {3.2, 4.5, 1.6}, 0.009, null, 0);
        long[][] c = run(20_000);
        long n = 0;
        long gone = 0;
        for (long[] k : c) {
            n += k[0];
            gone += k[1] + k[2];
        }
        assertThat(gone).as("registration is wrong, not the stone").isLessThan((long) (0.001 * n));
    }

    /** Who looks past more than three in ten of what it should see, and shows the same behind less than half of it. */
    @ParameterizedTest
    @CsvSource({
        "31, 69, 0, 0, true",
        "29, 71, 0, 0, false",
        "31, 69, 10, 5, true",
        "31, 69, 10, 6, false",
        "31, 69, 0, 15, true",
        "31, 69, 0, 16, false"
    })
    void whoLooksPastMuchIsNotBelieved(long past, long met, long agree, long close, boolean apart) {
        long[] one = {past, met, agree, 0, close};
        long[] other = {0, 100, 0, 0, 0};
        assertThat(SeenThrough.apart(one, other)).isEqualTo(apart);
        assertThat(SeenThrough.apart(other, one)).isEqualTo(apart);
    }
}
