package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.sight.RangeMap;
import org.grotto.sight.RangeMaps;
import org.grotto.sight.Sights;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What hangs on points that moved: in a room of 4 x 4 x 2.5 m someone stands, and of that figure only what is higher than
 * a quarter metre is known to have moved, as range maps tell it, whose pixels the floor fills beside its feet.
 */
class SeenBesideTest {
    private static final ColumnType KIND = ColumnType.choice("kind", ColumnType.Kind.UINT8, "test");
    private static final byte ROOM = 0;
    private static final byte PLINTH = 1;
    private static final byte FIGURE = 2;
    /** Someone else, of whom nothing is known to have moved. */
    private static final byte OTHER = 3;

    /** What of the figure lies as near to the floor as noise lets one tell. */
    private static final byte SOLE = 4;

    private static final double[] SIZE = {4, 4, 2.5};
    private static final double KNOWN = 0.25;
    private static final double[][] EYES = {{0.7, 0.6, 1.5}, {3.4, 0.7, 1.4}, {2.1, 3.4, 1.6}};

    private final List<double[]> points = new ArrayList<>();
    private final List<double @Nullable []> eyes = new ArrayList<>();
    private final Random random = new Random(3);
    private final List<Double> noises = new ArrayList<>();
    private double noise = 0.001;

    private static double drum(double[] e, double[] d, double cx, double cy, double r, double top) {
        double x = e[0] - cx;
        double y = e[1] - cy;
        double a = d[0] * d[0] + d[1] * d[1];
        double b = x * d[0] + y * d[1];
        double q = b * b - a * (x * x + y * y - r * r);
        double best = Double.MAX_VALUE;
        if (a > 0 && q >= 0) {
            double t = (-b - Math.sqrt(q)) / a;
            double z = e[2] + t * d[2];
            best = t > 0 && z >= 0 && z <= top ? t : best;
        }
        double t = (top - e[2]) / d[2];
        return t > 0 && Math.hypot(x + t * d[0], y + t * d[1]) <= r ? Math.min(best, t) : best;
    }

    /**
     * A scan from an eye.
     *
     * @param figures the figure, then the other one; null for who is not there
     * @param plinth whether a low drum of stone stands beside the figure's place
     */
    private void scan(double[] eye, double step, boolean plinth, double @Nullable []... figures) {
        int station = eyes.size();
        eyes.add(eye);
        noises.add(noise);
        for (double v = -1.45; v < 1.5; v += step) {
            for (double u = random.nextDouble() * step; u < 2 * Math.PI; u += step / Math.max(0.05, Math.cos(v))) {
                double[] d = {Math.cos(u) * Math.cos(v), Math.sin(u) * Math.cos(v), Math.sin(v)};
                double r = Double.MAX_VALUE;
                byte kind = ROOM;
                for (int a = 0; a < 3; a++) {
                    r = Math.min(r, ((d[a] > 0 ? SIZE[a] : 0) - eye[a]) / d[a]);
                }
                double stone = plinth ? drum(eye, d, 2.35, 2, 0.2, 0.3) : Double.MAX_VALUE;
                if (stone < r) {
                    r = stone;
                    kind = PLINTH;
                }
                for (int f = 0; f < figures.length; f++) {
                    double[] at = figures[f];
                    double t = at == null ? Double.MAX_VALUE : drum(eye, d, at[0], at[1], 0.15, 1.6);
                    if (t < r) {
                        r = t;
                        kind = f == 0 ? FIGURE : OTHER;
                    }
                }
                r += noise * random.nextGaussian();
                points.add(new double[] {eye[0] + r * d[0], eye[1] + r * d[1], eye[2] + r * d[2], station, kind});
            }
        }
    }

    /** By what a point is of, how many of those not known before there are, and how many are marked now. */
    private long[][] run(int target) {
        int n = points.size();
        int[][] xyz = new int[3][n];
        char[] station = new char[n];
        byte[] kind = new byte[n];
        byte[] reason = new byte[n];
        for (int i = 0; i < n; i++) {
            double[] p = points.get(i);
            for (int a = 0; a < 3; a++) {
                xyz[a][i] = (int) Math.rint(p[a] * 1e6);
            }
            station[i] = (char) p[3];
            kind[i] = p[4] == FIGURE && p[2] < 10 * noises.get((int) p[3]) ? SOLE : (byte) p[4];
            reason[i] = p[4] == FIGURE && p[3] == 0 && p[2] > KNOWN ? Removed.MOVED : Removed.KEPT;
        }
        Cloud cloud = new Cloud(
                new Lattice(0, 0, 0, 1e-6),
                xyz[0],
                xyz[1],
                xyz[2],
                Columns.NONE.with(Columns.STATION, station).with(KIND, kind).with(Removed.REASON, reason));
        double[] sigma = noises.stream().mapToDouble(s -> s).toArray();
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Store store = engine.store(cloud, target);
            List<RangeMap> maps = RangeMaps.of(store, eyes, engine);
            @Nullable RangeMap[] own = new RangeMap[sigma.length];
            maps.forEach(m -> own[m.station()] = m);
            Sights sights = new Sights(maps, sigma, new boolean[sigma.length][sigma.length]);
            Store marked = new SeenBeside(sights, own, engine).mark(store);
            long[][] sum = new long[5][2];
            for (long[][] part : engine.map(marked, Craft.of(Set.of("kind", "reason"), 0, (region, w) -> {
                long[][] c = new long[5][2];
                byte[] k = Objects.requireNonNull(region.cloud().columns.bytes("kind"));
                byte[] why = Outliers.reason(region);
                for (int i = region.from(); i < region.to(); i++) {
                    c[k[i]][0]++;
                    c[k[i]][1] += why[i - region.from()] == Removed.MOVED ? 1 : 0;
                }
                return c;
            }))) {
                for (int a = 0; a < 5; a++) {
                    sum[a][0] += part[a][0];
                    sum[a][1] += part[a][1];
                }
            }
            for (byte k : reason) {
                sum[FIGURE][0] -= k == Removed.MOVED ? 1 : 0;
                sum[FIGURE][1] -= k == Removed.MOVED ? 1 : 0;
            }
            return sum;
        }
    }

    /** Down to the floor, and nothing of the floor; of a second one, whom nothing connects with the first, nothing. */
    @Test
    void feetGoWithTheFigureAndTheFloorStays() {
        scan(EYES[0], 0.012, false, new double[] {2, 2}, new double[] {0.5, 2.8});
        scan(EYES[1], 0.014, false);
        scan(EYES[2], 0.011, false);
        long[][] c = run(20_000);
        assertThat(c[FIGURE][0]).isGreaterThan(60);
        assertThat(c[FIGURE][1]).isGreaterThan((long) (0.85 * c[FIGURE][0]));
        assertThat(c[ROOM][1]).isLessThan((long) (0.0001 * c[ROOM][0]));
        assertThat(c[OTHER][0]).isGreaterThan(300);
        assertThat(c[OTHER][1]).isZero();
        assertThat(run(5_000)).as("however it is cut").isDeepEqualTo(c);
    }

    /** A plinth that the figure touches: all stations show it. */
    @Test
    void stoneThatTheFigureTouchesStays() {
        scan(EYES[0], 0.012, true, new double[] {2, 2});
        scan(EYES[1], 0.014, true);
        scan(EYES[2], 0.011, true);
        long[][] c = run(20_000);
        assertThat(c[FIGURE][0]).isGreaterThan(30);
        assertThat(c[PLINTH][0]).isGreaterThan(600);
        assertThat(c[PLINTH][1]).isLessThan((long) (0.001 * c[PLINTH][0]) + 1);
        assertThat(c[FIGURE][1]).isGreaterThan((long) (0.85 * c[FIGURE][0]));
    }

    /** Where one other station shows the place and one looks past it, nobody can tell. */
    @Test
    void whatAsManyShowAsMissStays() {
        scan(EYES[0], 0.012, false, new double[] {2, 2});
        scan(EYES[0], 0.012, false, new double[] {2, 2});
        scan(EYES[1], 0.014, false);
        long[][] c = run(20_000);
        assertThat(c[FIGURE][0]).isGreaterThan(600);
        assertThat(c[FIGURE][1]).isLessThan((long) (0.05 * c[FIGURE][0]));
    }

    /** A floor with a centimetre's noise, which another station scanned exactly: it did not look through the one above it. */
    @Test
    void aNoisyFloorStays() {
        noise = 0.01;
        scan(EYES[0], 0.016, false, new double[] {2, 2});
        noise = 0.0001;
        scan(EYES[1], 0.016, false);
        long[][] c = run(20_000);
        assertThat(c[ROOM][0]).isGreaterThan(10_000);
        assertThat(c[ROOM][1]).isZero();
        assertThat(c[FIGURE][1]).as("what stands higher than the noise").isGreaterThan(c[FIGURE][0] / 2);
    }
}
