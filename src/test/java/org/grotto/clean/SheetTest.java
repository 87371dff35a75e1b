package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a window of points leaves about smooth surfaces, where that is known in closed form. */
class SheetTest {
    private static Sheet sheet(DoubleBinaryOperator depth) {
        Random random = new Random(3);
        Sheet s = new Sheet();
        s.n = Sheet.POINTS;
        for (int k = 0; k < s.n; k++) {
            s.u[k] = random.nextDouble() - 0.4;
            s.v[k] = 1.3 * random.nextDouble() - 0.2;
            s.depth[k] = depth.applyAsDouble(s.u[k], s.v[k]);
            s.weight[k] = 1 + 0.2 * s.u[k];
        }
        return s;
    }

    @Test
    void aQuadricLeavesNothingWhereQuadricsAreFitted() {
        DoubleBinaryOperator[] all = {
            (u, v) -> 0.3 + u * u,
            (u, v) -> 0.3 + u * v,
            (u, v) -> 0.3 + v * v,
            (u, v) -> 0.3 + 0.2 * u - 0.7 * v + u * u - 0.5 * v * v + 0.4 * u * v
        };
        for (DoubleBinaryOperator quadric : all) {
            Sheet s = sheet(quadric);
            assertThat(s.measure(1e-9)).isTrue();
            for (int scale = 0; scale < Sheet.SCALES - 1; scale++) {
                assertThat(s.squares[scale]).as("at scale %d", scale).isCloseTo(0, within(1e-20));
            }
            assertThat(s.squares[Sheet.SCALES - 1]).as("planes do not follow").isGreaterThan(1e-5);
        }
    }

    /** Six terms the whole and each quarter and eighth, three each sixteenth. */
    @Test
    void everyTermTakesADegreeOfFreedom() {
        Sheet s = sheet((u, v) -> 0.1 * u);
        assertThat(s.measure(1e-9)).isTrue();
        assertThat(s.freedom).containsExactly(96 - 6, 96 - 4 * 6, 96 - 8 * 6, 96 - 16 * 3);
        assertThat(s.squares[Sheet.SCALES - 1]).isCloseTo(0, within(1e-20));
    }

    @Test
    void twoLayersAreOfTheShapeOfACoin() {
        Sheet s = sheet((u, v) -> Math.floor(1e4 * u) % 2 == 0 ? 0.001 : -0.001);
        assertThat(s.measure(0.01)).isTrue();
        assertThat(s.shape).isBetween(0.84, 1.0);
    }

    /** A point far off is a spike: what is left of the others is nothing. Where many are, it is no sheet. */
    @Test
    void spikesAreLeftOut() {
        Sheet s = sheet((u, v) -> u - v);
        for (int k = 5; k < 15; k++) {
            s.depth[k] += 0.3;
        }
        assertThat(s.measure(0.02)).isTrue();
        assertThat(s.squares[Sheet.QUARTER]).isCloseTo(0, within(1e-20));
        assertThat(s.freedom[0]).isEqualTo(96 - 10 - 6);
        for (int k = 15; k < 22; k++) {
            s.depth[k] += 0.3;
        }
        assertThat(s.measure(0.02)).isFalse();
    }

    @Test
    void thePlaneRisesAsItWasMade() {
        Sheet s = sheet((u, v) -> 2 + 0.3 * u - 0.7 * v);
        double[] off = new double[Sheet.POINTS];
        assertThat(s.plane(off)).isTrue();
        assertThat(s.slopeU).isCloseTo(0.3, within(1e-12));
        assertThat(s.slopeV).isCloseTo(-0.7, within(1e-12));
        assertThat(s.steep).isCloseTo(0.09 + 0.49, within(1e-12));
        assertThat(off).containsOnly(new double[Sheet.POINTS], within(1e-12));
        for (int k = 0; k < s.n; k++) {
            s.v[k] = 2 * s.u[k];
        }
        assertThat(s.plane(off)).as("on a line no plane is known").isFalse();
    }

    @Test
    void fewPointsAreNoWindow() {
        Sheet s = sheet((u, v) -> u);
        s.n = Sheet.LEAST - 1;
        assertThat(s.measure(1e-9)).isFalse();
        s.n = Sheet.LEAST;
        assertThat(s.measure(1e-9)).isTrue();
    }

    /** Below the given height nothing is a spike. */
    @Test
    void whatIsFineIsNoSpike() {
        Sheet s = sheet((u, v) -> 0.2 * u - v);
        s.depth[40] += 0.01;
        assertThat(s.measure(0.011)).isTrue();
        assertThat(s.freedom[0]).isEqualTo(90);
        assertThat(s.measure(0.008)).isTrue();
        assertThat(s.freedom[0]).isEqualTo(89);
    }

    /** Normal noise of known size is found at every scale, less the share beyond three and a half deviations. */
    @Test
    void noiseIsTheSameAtEveryScale() {
        Random random = new Random(6);
        double[] squares = new double[Sheet.SCALES];
        double[] freedom = new double[Sheet.SCALES];
        double shape = 0;
        int n = 400;
        for (int w = 0; w < n; w++) {
            Sheet s = sheet((u, v) -> 0.1 * u - v + 0.001 * random.nextGaussian() / (1 + 0.2 * u));
            assertThat(s.measure(0)).isTrue();
            for (int scale = 0; scale < Sheet.SCALES; scale++) {
                squares[scale] += s.squares[scale];
                freedom[scale] += s.freedom[scale];
            }
            shape += s.shape / n;
        }
        for (int scale = 0; scale < Sheet.SCALES; scale++) {
            assertThat(Math.sqrt(squares[scale] / freedom[scale]))
                    .as("at scale %d", scale)
                    .isCloseTo(0.001, within(0.00002));
        }
        assertThat(shape).isCloseTo(Sheet.NORMAL, within(0.015));
    }

    /** Coefficients of the polynomial through a window's points by weighted least squares, by the normal equations. */
    private static double[] fitted(Sheet s, int[] points, int terms) {
        double[][] a = new double[terms][terms + 1];
        for (int k : points) {
            double[] t = {1, s.u[k], s.v[k], s.u[k] * s.u[k], s.u[k] * s.v[k], s.v[k] * s.v[k]};
            for (int i = 0; i < terms; i++) {
                for (int j = 0; j < terms; j++) {
                    a[i][j] += s.weight[k] * s.weight[k] * t[i] * t[j];
                }
                a[i][terms] += s.weight[k] * s.weight[k] * t[i] * s.depth[k];
            }
        }
        for (int i = 0; i < terms; i++) {
            int pivot = i;
            for (int j = i; j < terms; j++) {
                pivot = Math.abs(a[j][i]) > Math.abs(a[pivot][i]) ? j : pivot;
            }
            double[] row = a[pivot];
            a[pivot] = a[i];
            a[i] = row;
            for (int j = 0; j < terms; j++) {
                double f = j == i ? 0 : a[j][i] / a[i][i];
                for (int k = 0; k <= terms; k++) {
                    a[j][k] -= f * a[i][k];
                }
            }
        }
        double[] c = new double[6];
        for (int i = 0; i < terms; i++) {
            c[i] = a[i][terms] / a[i][i];
        }
        return c;
    }

    private static double left(Sheet s, double[] c, int k) {
        double u = s.u[k];
        double v = s.v[k];
        return s.weight[k] * (s.depth[k] - c[0] - c[1] * u - c[2] * v - c[3] * u * u - c[4] * u * v - c[5] * v * v);
    }

    /** A noisy slope: offsets, rise and incidence are those of the plane of least weighted squares. */
    @Test
    void thePlaneIsThatOfLeastSquares() {
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            double steep = random.nextGaussian();
            Sheet s = sheet((u, v) -> 3 + steep * u - 0.4 * v + 0.2 * random.nextGaussian());
            s.n = 60 + round;
            double[] c = fitted(s, IntStream.range(0, s.n).toArray(), 3);
            double[] off = new double[Sheet.POINTS];
            assertThat(s.plane(off)).isTrue();
            assertThat(s.slopeU).isCloseTo(c[1], within(1e-9));
            assertThat(s.slopeV).isCloseTo(c[2], within(1e-9));
            assertThat(s.steep).isCloseTo(c[1] * c[1] + c[2] * c[2], within(1e-9));
            for (int k = 0; k < s.n; k++) {
                assertThat(off[k]).isCloseTo(left(s, c, k), within(1e-9));
            }
        }
    }

    /** Rough points: what the whole, the quarters, the eighths and the sixteenths leave, each part fitted anew. */
    @Test
    void everyPartIsFittedByItself() {
        Random random = new Random(12);
        for (int round = 0; round < 10; round++) {
            Sheet s = sheet((u, v) -> 0.3 * u + random.nextDouble());
            s.n = 96 - round;
            assertThat(s.measure(1e9)).isTrue();
            int[] all = IntStream.range(0, s.n).toArray();
            for (int scale = 0; scale < Sheet.SCALES; scale++) {
                int halvings = new int[] {0, 2, 3, 4}[scale];
                double want = squares(s, all, halvings, scale == Sheet.SCALES - 1 ? 3 : 6) / 0.9939;
                assertThat(s.squares[scale]).as("at scale %d", scale).isCloseTo(want, within(1e-7));
            }
        }
    }

    /** Sum of squares of parts: halves of their number, across the wider side, so many times. */
    private static double squares(Sheet s, int[] points, int halvings, int terms) {
        if (halvings > 0) {
            boolean wide = side(s.u, points) >= side(s.v, points);
            int[] sorted = Arrays.stream(points)
                    .boxed()
                    .sorted(Comparator.comparingDouble(k -> wide ? s.u[k] : s.v[k]))
                    .mapToInt(k -> k)
                    .toArray();
            int mid = points.length / 2;
            return squares(s, Arrays.copyOf(sorted, mid), halvings - 1, terms)
                    + squares(s, Arrays.copyOfRange(sorted, mid, points.length), halvings - 1, terms);
        }
        if (points.length <= terms) {
            return 0;
        }
        double[] c = fitted(s, points, terms);
        double sum = 0;
        for (int k : points) {
            sum += left(s, c, k) * left(s, c, k);
        }
        return sum;
    }

    private static double side(double[] x, int[] points) {
        var all = Arrays.stream(points).mapToDouble(k -> x[k]).summaryStatistics();
        return all.getMax() - all.getMin();
    }
}
