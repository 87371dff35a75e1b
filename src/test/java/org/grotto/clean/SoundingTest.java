package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.store.HeapStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The window around a place, against all points and exact planes. */
class SoundingTest {
    private static final Lattice LATTICE = new Lattice(0, 0, 0, 1e-6);
    private static final double[] EYE = {0, 0, 1};

    private final List<double[]> points = new ArrayList<>();
    private final Random random = new Random(11);

    /** A floor, its points at random about {@code step} apart, of one station. */
    private void floor(double x0, double x1, double y0, double y1, double z, double step, int station) {
        for (double x = x0; x < x1; x += step) {
            for (double y = y0; y < y1; y += step) {
                points.add(new double[] {
                    x + 0.7 * step * random.nextDouble(), y + 0.7 * step * random.nextDouble(), z, station
                });
            }
        }
    }

    private HeapStore store(Work work) {
        int n = points.size();
        int[][] c = new int[3][n];
        char[] station = new char[n];
        for (int i = 0; i < n; i++) {
            double[] p = points.get(i);
            c[0][i] = LATTICE.ix(p[0]);
            c[1][i] = LATTICE.iy(p[1]);
            c[2][i] = LATTICE.iz(p[2]);
            station[i] = (char) p[3];
        }
        return HeapStore.of(
                new Cloud(LATTICE, c[0], c[1], c[2], Columns.NONE.with(Columns.STATION, station)), 500, work);
    }

    /** The point of a station nearest to a place. */
    private static int id(Cloud c, int station, double x, double y, double z) {
        char[] of = c.station();
        int best = -1;
        double least = Double.MAX_VALUE;
        for (int i = 0; of != null && i < c.size; i++) {
            double d = Math.hypot(Math.hypot(c.px(i) - x, c.py(i) - y), c.pz(i) - z);
            if (of[i] == station && d < least) {
                least = d;
                best = i;
            }
        }
        return best;
    }

    /** How far beside the beam to {@code place} each point of the station passes, at that place's range, ascending. */
    private static double[] across(Cloud c, int station, int place) {
        double[] a = {c.px(place) - EYE[0], c.py(place) - EYE[1], c.pz(place) - EYE[2]};
        double range = Math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
        char[] of = c.station();
        double[] out = new double[c.size];
        int n = 0;
        for (int i = 0; of != null && i < c.size; i++) {
            double[] b = {c.px(i) - EYE[0], c.py(i) - EYE[1], c.pz(i) - EYE[2]};
            double along = (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / range;
            double all = b[0] * b[0] + b[1] * b[1] + b[2] * b[2];
            if (of[i] == station && along > 0.2 * range) {
                out[n++] = Math.sqrt(Math.max(0, all / (along * along) - 1)) * range;
            }
        }
        Arrays.sort(out, 0, n);
        return Arrays.copyOf(out, n);
    }

    /** However slanting the look, and whatever other stations saw there. */
    @Test
    void theWindowHoldsThePointsNearestAcrossTheBeams() {
        floor(-1, 7, -2, 2, 0, 0.06, 0);
        floor(0, 4, -1, 1, 0.01, 0.05, 1);
        try (Work work = Work.silent()) {
            HeapStore store = store(work);
            Cloud c = store.whole();
            Sounding s = new Sounding(store);
            for (double x : new double[] {0.2, 1, 2, 3, 3.5}) {
                int at = id(c, 0, x, 0, 0);
                s.go(at, 0);
                assertThat(s.window(0, EYE)).as("at %s m", x).isTrue();
                double[] want = across(c, 0, at);
                double[] got = new double[s.sheet.n];
                for (int k = 0; k < got.length; k++) {
                    got[k] = Math.hypot(s.sheet.u[k], s.sheet.v[k]);
                }
                Arrays.sort(got);
                assertThat(got).as("at %s m", x).hasSize(Sheet.POINTS);
                assertThat(got).containsExactly(Arrays.copyOf(want, got.length), within(1e-6));
                assertThat(s.sheet.steep)
                        .as("square of the tangent of the incidence, at %s m", x)
                        .isCloseTo(c.px(at) * c.px(at) + c.py(at) * c.py(at), within(0.02 * (0.1 + x * x)));
            }
        }
    }

    /** A floor of which every third point lies on a step: two layers with nothing between, seen aslant. */
    @Test
    void ofTwoLayersOnlyThePlacesOwnIsMeasured() {
        for (double y : new double[] {0, 1.2}) {
            points.clear();
            floor(-1, 3, -1.5, 3, 0, 0.05, 0);
            floor(-1, 3, -1.5, 3, 0.03, 0.076, 0);
            try (Work work = Work.silent()) {
                HeapStore store = store(work);
                Cloud c = store.whole();
                Sounding s = new Sounding(store);
                for (double[] eye : new double[][] {EYE, null}) {
                    for (double z : new double[] {0, 0.03}) {
                        int at = id(c, 0, 0.9, y, z);
                        while (Math.abs(c.pz(at) - z) > 1e-4) {
                            at++;
                        }
                        s.go(at, 0);
                        assertThat(s.window(0, eye)).isTrue();
                        assertThat(s.sheet.n).isGreaterThanOrEqualTo(Sheet.LEAST);
                        assertThat(Math.sqrt(s.sheet.squares[0] / s.sheet.freedom[0]))
                                .as("what the layer at %s m leaves, in metres", z)
                                .isLessThan(1e-4);
                    }
                }
            }
        }
    }

    @Test
    void oneScanLineIsNoWindow() {
        for (int k = 0; k < 1500; k++) {
            points.add(new double[] {1 + 0.0005 * k, 0.3 + 0.0002 * k, 0.1, 0});
        }
        try (Work work = Work.silent()) {
            HeapStore store = store(work);
            Sounding s = new Sounding(store);
            s.go(id(store.whole(), 0, 1.4, 0.46, 0.1), 0);
            assertThat(s.nearest).isCloseTo(Math.hypot(0.0005, 0.0002), within(2e-6));
            assertThat(s.window(0, EYE)).isFalse();
            assertThat(s.window(0, null)).isFalse();
        }
    }

    @Test
    void theNearestIsOfTheSameStation() {
        floor(0, 1, 0, 1, 0, 0.04, 0);
        floor(0, 1, 0, 1, 0.005, 0.01, 1);
        try (Work work = Work.silent()) {
            HeapStore store = store(work);
            Cloud c = store.whole();
            Sounding s = new Sounding(store);
            for (int at : new int[] {id(c, 0, 0.5, 0.5, 0), id(c, 0, 0, 0, 0), id(c, 1, 0.2, 0.9, 0)}) {
                int station = c.station() == null ? 0 : c.station()[at];
                double least = Double.MAX_VALUE;
                for (int i = 0; i < c.size; i++) {
                    if (i != at && c.station() != null && c.station()[i] == station) {
                        double d = Math.hypot(Math.hypot(c.px(i) - c.px(at), c.py(i) - c.py(at)), c.pz(i) - c.pz(at));
                        least = Math.min(least, d);
                    }
                }
                s.go(at, station);
                assertThat(s.nearest).isCloseTo(least, within(1e-12));
            }
        }
    }

    /** A surface through {@code o} along two directions square on each other, rough by so many metres. */
    private void wall(double[] o, double[] a, double[] b, double size, double step, double rough) {
        double[] n = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
        for (double s = -size; s < size; s += step) {
            for (double t = -size; t < size; t += step) {
                double u = s + 0.7 * step * random.nextDouble();
                double v = t + 0.7 * step * random.nextDouble();
                double w = rough * random.nextGaussian();
                points.add(new double[] {
                    o[0] + u * a[0] + v * b[0] + w * n[0],
                    o[1] + u * a[1] + v * b[1] + w * n[1],
                    o[2] + u * a[2] + v * b[2] + w * n[2],
                    0
                });
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    /** The window's entries, nearest across first. */
    private static int[] order(Sheet s) {
        return IntStream.range(0, s.n)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> Math.hypot(s.u[k], s.v[k])))
                .mapToInt(k -> k)
                .toArray();
    }

    /**
     * From an eye so near that the window fills much of its view: across, depth (range less the square of it over the
     * distance along the beam to the place) and weight of each point, and the angles between all of them.
     */
    @ParameterizedTest
    @CsvSource({"0, 0, 1", "1, 0, 0", "0, -1, 0", "0.6, 0.48, 0.64", "-0.64, 0.48, -0.6", "0, 0.6, 0.8"})
    void theSheetIsWhatTheEyeSaw(double x, double y, double z) {
        MirrorPlane p = MirrorPlane.of(x, y, z, 0);
        wall(new double[3], p.t(), p.b(), 1.2, 0.06, 0.002);
        for (double[] beside : new double[][] {{0, 0}, {0.2, 0.1}}) {
            double[] eye = p.at(beside[0], beside[1]);
            for (int k = 0; k < 3; k++) {
                eye[k] += 0.35 * p.n()[k];
            }
            try (Work work = Work.silent()) {
                HeapStore store = store(work);
                Cloud c = store.whole();
                int at = id(c, 0, 0.02, -0.03, 0.01);
                Sounding s = new Sounding(store);
                s.go(at, 0);
                assertThat(s.window(0, eye)).isTrue();
                double[] a = {c.px(at) - eye[0], c.py(at) - eye[1], c.pz(at) - eye[2]};
                double range = Math.sqrt(dot(a, a));
                record Seen(double across, double depth, double weight, double[] ray) {}
                List<Seen> want = new ArrayList<>();
                for (int i = 0; i < c.size; i++) {
                    double[] b = {c.px(i) - eye[0], c.py(i) - eye[1], c.pz(i) - eye[2]};
                    double d = dot(a, b) / range;
                    double all = Math.sqrt(dot(b, b));
                    want.add(new Seen(
                            d > 0 ? Math.sqrt(Math.max(0, all * all - d * d)) / d * range : 1e9,
                            range - range * range / d,
                            d * all / (range * range),
                            b));
                }
                want.sort(Comparator.comparingDouble(Seen::across));
                int[] got = order(s.sheet);
                assertThat(got).hasSize(Sheet.POINTS);
                for (int k = 0; k < got.length; k++) {
                    Seen w = want.get(k);
                    int g = got[k];
                    assertThat(Math.hypot(s.sheet.u[g], s.sheet.v[g])).isCloseTo(w.across, within(1e-6));
                    assertThat(s.sheet.depth[g]).isCloseTo(w.depth, within(1e-6));
                    assertThat(s.sheet.weight[g]).isCloseTo(w.weight, within(1e-6));
                    int o = got[got.length - 1 - k / 2];
                    double[] ray = want.get(got.length - 1 - k / 2).ray;
                    double cosine = (range * range + s.sheet.u[g] * s.sheet.u[o] + s.sheet.v[g] * s.sheet.v[o])
                            / Math.hypot(range, Math.hypot(s.sheet.u[g], s.sheet.v[g]))
                            / Math.hypot(range, Math.hypot(s.sheet.u[o], s.sheet.v[o]));
                    assertThat(cosine)
                            .isCloseTo(dot(w.ray, ray) / Math.sqrt(dot(w.ray, w.ray) * dot(ray, ray)), within(1e-6));
                }
            }
        }
    }

    /** Without an eye: across and over the surface itself, every point as sure. */
    @ParameterizedTest
    @CsvSource({"0, 0, 1", "1, 0, 0", "0, -1, 0", "0.6, 0.48, 0.64", "-0.64, 0.48, -0.6", "0, 0.6, 0.8"})
    void withoutAnEyeTheSheetLiesAcrossTheSurface(double x, double y, double z) {
        MirrorPlane p = MirrorPlane.of(x, y, z, 0);
        wall(new double[3], p.t(), p.b(), 1.2, 0.06, 0);
        try (Work work = Work.silent()) {
            HeapStore store = store(work);
            Cloud c = store.whole();
            int at = id(c, 0, 0.02, -0.03, 0.01);
            Sounding s = new Sounding(store);
            s.go(at, 0);
            assertThat(s.window(0, null)).isTrue();
            List<double[]> want = new ArrayList<>();
            for (int i = 0; i < c.size; i++) {
                want.add(new double[] {c.px(i) - c.px(at), c.py(i) - c.py(at), c.pz(i) - c.pz(at)});
            }
            want.sort(Comparator.comparingDouble(b -> dot(b, b)));
            int[] got = order(s.sheet);
            assertThat(got).hasSize(Sheet.POINTS);
            for (int k = 0; k < got.length; k++) {
                int g = got[k];
                int o = got[got.length - 1 - k / 2];
                assertThat(s.sheet.depth[g]).isCloseTo(0, within(3e-6));
                assertThat(s.sheet.weight[g]).isEqualTo(1);
                assertThat(s.sheet.u[g] * s.sheet.u[o] + s.sheet.v[g] * s.sheet.v[o])
                        .isCloseTo(dot(want.get(k), want.get(got.length - 1 - k / 2)), within(3e-6));
            }
            assertThat(s.sheet.steep).isCloseTo(0, within(1e-6));
        }
    }

    /** Sixty points are a window, however few there are else; one less is none. */
    @ParameterizedTest
    @CsvSource({"59, false", "60, true", "75, true", "139, true"})
    void sixtyPointsMakeAWindow(int n, boolean enough) {
        for (int k = 0; k < n; k++) {
            points.add(new double[] {random.nextDouble(), random.nextDouble(), 0.001 * random.nextGaussian(), 0});
        }
        try (Work work = Work.silent()) {
            HeapStore store = store(work);
            for (double[] eye : new double[][] {{0.3, 0.4, 2}, null}) {
                Sounding s = new Sounding(store);
                s.go(n / 2, 0);
                assertThat(s.window(0, eye)).isEqualTo(enough);
                if (enough) {
                    assertThat(s.sheet.n).isEqualTo(Math.min(n, Sheet.POINTS));
                }
            }
        }
    }

    /** A patch of points a hundred times as dense stands on a floor: beside it and in it windows hold what they should. */
    @Test
    void theWindowIsFoundWhereSpacingLeaps() {
        floor(-3, 3, -3, 3, 0, 0.1, 0);
        floor(0.5, 0.7, 0.5, 0.7, 0, 0.002, 0);
        try (Work work = Work.silent()) {
            HeapStore store = store(work);
            Cloud c = store.whole();
            Sounding s = new Sounding(store);
            for (double x : new double[] {-1, 0.3, 0.45, 0.5, 0.505, 0.6, 0.7, 0.8}) {
                int at = id(c, 0, x, 0.6, 0);
                s.go(at, 0);
                assertThat(s.window(0, EYE)).as("at %s m", x).isTrue();
                double[] want = across(c, 0, at);
                double[] got = Arrays.stream(order(s.sheet))
                        .mapToDouble(k -> Math.hypot(s.sheet.u[k], s.sheet.v[k]))
                        .toArray();
                assertThat(got).as("at %s m", x).hasSize(Sheet.POINTS);
                assertThat(got).containsExactly(Arrays.copyOf(want, got.length), within(1e-6));
            }
        }
    }

    /** Noise of many times the spacing: the box that is looked at must not cut it off. */
    @ParameterizedTest
    @CsvSource({"0.001", "0.02", "0.1"})
    void noiseIsMeasuredHoweverLargeBesideTheSpacing(double noise) {
        wall(new double[] {0, 0, -5}, new double[] {1, 0, 0}, new double[] {0, 1, 0}, 0.8, 0.02, noise);
        try (Work work = Work.silent()) {
            HeapStore store = store(work);
            Sounding s = new Sounding(store);
            double squares = 0;
            double freedom = 0;
            for (int k = 0; k < 40; k++) {
                int at = id(store.whole(), 0, 0.3 * Math.cos(k), 0.3 * Math.sin(k), -5);
                s.go(at, 0);
                if (s.window(0, EYE)) {
                    squares += s.sheet.squares[Sheet.QUARTER];
                    freedom += s.sheet.freedom[Sheet.QUARTER];
                }
            }
            assertThat(freedom).isGreaterThan(40 * 40);
            assertThat(Math.sqrt(squares / freedom)).isCloseTo(noise, within(0.06 * noise));
        }
    }

    @Test
    void aPlaceAloneHasNoNeighbourAndNoWindow() {
        points.add(new double[] {1, 1, 0, 0});
        floor(0, 1, 0, 1, 0, 0.05, 1);
        try (Work work = Work.silent()) {
            HeapStore store = store(work);
            Sounding s = new Sounding(store);
            s.go(id(store.whole(), 1, 0.5, 0.5, 0), 1);
            assertThat(s.window(1, EYE)).isTrue();
            s.go(id(store.whole(), 0, 1, 1, 0), 0);
            assertThat(s.nearest).isInfinite();
            assertThat(s.window(0, EYE)).isFalse();
            assertThat(s.window(0, null)).isFalse();
        }
    }
}
