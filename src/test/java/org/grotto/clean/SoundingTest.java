package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.store.HeapStore;
import org.junit.jupiter.api.Test;

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
}
