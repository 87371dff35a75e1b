package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A station's noise from windows whose sums are known. */
class NoiseScalesTest {
    private static final double[] FREE = {90, 72, 48, 48};
    private static final double V = 4e-6;

    /** Windows, each of one variance at all scales. */
    private static double[] white(double... variance) {
        double[] rows = new double[variance.length * NoiseScales.ROW];
        for (int w = 0; w < variance.length; w++) {
            for (int s = 0; s < Sheet.SCALES; s++) {
                set(rows, w, s, variance[w]);
            }
            rows[w * NoiseScales.ROW + NoiseScales.ROW - 1] = Sheet.NORMAL;
        }
        return rows;
    }

    private static void set(double[] rows, int w, int scale, double variance) {
        rows[w * NoiseScales.ROW + 2 * scale] = variance * FREE[scale];
        rows[w * NoiseScales.ROW + 2 * scale + 1] = FREE[scale];
    }

    private static double[] same(int n) {
        double[] v = new double[n];
        java.util.Arrays.fill(v, V);
        return v;
    }

    private static NoiseScales of(double[] rows) {
        return NoiseScales.of(rows, (long) rows.length / NoiseScales.ROW * Sheet.POINTS, 0);
    }

    @Test
    void whiteNoiseIsTheRootOfItsVariance() {
        NoiseScales n = of(white(same(100)));
        assertThat(n.noise()).isCloseTo(0.002, within(1e-12));
        assertThat(n.bound()).isFalse();
        assertThat(n.windows()).isEqualTo(100);
    }

    @Test
    void aFewRoughWindowsSayNothingOfTheStation() {
        double[] v = same(100);
        for (int k = 0; k < 10; k++) {
            v[10 * k] = 4 * V;
        }
        NoiseScales n = of(white(v));
        assertThat(n.noise()).isCloseTo(0.002, within(1e-12));
        assertThat(n.windows()).isEqualTo(90);
        for (int k = 0; k < 30; k++) {
            v[3 * k] = 4 * V;
        }
        assertThat(of(white(v)).noise()).as("many do").isGreaterThan(0.0025);
    }

    @Test
    void tornWindowsAreNone() {
        double[] v = same(50);
        v[7] = 30 * V;
        NoiseScales n = of(white(v));
        assertThat(n.noise()).isCloseTo(0.002, within(1e-12));
        assertThat(n.windows()).isEqualTo(49);
    }

    /** Windows of the same few points, however often they are looked at, know no more than these. */
    @Test
    void windowsThatOverlapKnowNoMoreThanTheirPoints() {
        double[] rows = white(same(40));
        assertThat(NoiseScales.of(rows, 96, 0)).isEqualTo(NoiseScales.UNKNOWN);
        NoiseScales some = NoiseScales.of(rows, 2 * 96, 0);
        assertThat(some.bound()).as("144 degrees of freedom").isTrue();
        assertThat(some.noise()).isBetween(0.002, 0.0025);
        assertThat(NoiseScales.of(rows, 4 * 96, 0).bound()).isFalse();
        assertThat(of(white(same(1)))).as("72 degrees of freedom").isEqualTo(NoiseScales.UNKNOWN);
    }

    /** Rounding to a step adds a twelfth of its square on each axis, more along slanting beams. */
    @Test
    void roundingIsTakenOff() {
        double step = 0.002;
        double[] rows = white(same(100));
        assertThat(NoiseScales.of(rows, 9600, step).noise()).isCloseTo(Math.sqrt(V - step * step / 12), within(1e-9));
        for (int w = 0; w < 100; w++) {
            rows[w * NoiseScales.ROW + NoiseScales.ROW - 2] = 1;
        }
        assertThat(NoiseScales.of(rows, 9600, step).noise()).isCloseTo(Math.sqrt(V - step * step / 6), within(1e-9));
        assertThat(NoiseScales.of(rows, 9600, 2 * step).bound())
                .as("it hides the noise")
                .isTrue();
    }

    /** Where the whole leaves more than its quarters, there is relief; what grows from a scale to the next bounds it. */
    @Test
    void reliefThatGrowsWithTheWindowBoundsTheNoise() {
        double[] rows = white(same(100));
        for (int w = 0; w < 100; w++) {
            set(rows, w, 0, 9 * V);
            set(rows, w, 1, 4 * V);
            set(rows, w, 2, 2 * V);
        }
        NoiseScales n = of(rows);
        assertThat(n.bound()).isTrue();
        assertThat(n.noise()).isBetween(0.002, 0.0022);
    }

    @Test
    void scatterOfAnotherShapeIsNoScannersNoise() {
        double[] rows = white(same(100));
        for (int w = 0; w < 100; w++) {
            rows[w * NoiseScales.ROW + NoiseScales.ROW - 1] = 0.86;
        }
        assertThat(of(rows).bound()).isTrue();
    }

    /** A hundred windows of given variances at the four scales. */
    private static double[] relief(double... scale) {
        double[] rows = white(same(100));
        for (int w = 0; w < 100; w++) {
            for (int s = 0; s < Sheet.SCALES; s++) {
                set(rows, w, s, scale[s] * V);
            }
        }
        return rows;
    }

    /** What little relief adds is taken off by how it grows: by four from quarters to the whole, below by two. */
    @Test
    void littleReliefIsTakenOff() {
        assertThat(of(relief(1.1, 1, 1, 1)).noise()).isCloseTo(Math.sqrt(V * (1 - 0.1 / 3)), within(1e-9));
        assertThat(of(relief(1.2, 1.05, 1, 1)).noise()).isCloseTo(Math.sqrt(V * (1 - 0.05)), within(1e-9));
        assertThat(of(relief(1.3, 1.2, 1.05, 1)).noise()).isCloseTo(Math.sqrt(V * (1 - 0.05)), within(1e-9));
        assertThat(of(relief(1, 1.015, 1, 1)).noise())
                .as("a fiftieth is chance")
                .isCloseTo(Math.sqrt(V * 1.015), within(1e-9));
        assertThat(of(relief(0.9, 1, 1, 1)).noise())
                .as("less at the whole is no relief")
                .isCloseTo(Math.sqrt(V), within(1e-9));
    }

    /** More than a fifth of the variance that is left, at most, and it hides the noise. */
    @Test
    void reliefHidesNoiseFromATenthOn() {
        // relief r = grown / (2 - 1), or grown / (sqrt(2) - 1), against 0.21 (1 - r): from r = 0.1736 on
        assertThat(of(relief(1.17, 1, 1, 1)).bound()).isFalse();
        assertThat(of(relief(1.18, 1, 1, 1)).bound()).isTrue();
        double root = Math.sqrt(2) - 1;
        assertThat(of(relief(1.2, 1 + 0.17 * root, 1, 1)).bound()).isFalse();
        assertThat(of(relief(1.2, 1 + 0.18 * root, 1, 1)).bound()).isTrue();
        assertThat(of(relief(1.3, 1.2, 1 + 0.17 * root, 1)).bound()).isFalse();
        assertThat(of(relief(1.3, 1.2, 1 + 0.18 * root, 1)).bound()).isTrue();
    }

    /** A quarter of plain windows stand for all; plain is what leaves at the whole 2.2 times what it leaves within. */
    @ParameterizedTest
    @CsvSource({"26, 2.1, 26", "24, 2.1, 100", "26, 2.3, 100"})
    void plainWindowsStandForAll(int plain, double f, int windows) {
        double[] rows = white(same(100));
        for (int w = 0; w < 100; w++) {
            // between the quarters are 18 degrees of freedom
            double between = w < plain ? (w % 2 == 0 ? f : 0) : 9;
            rows[w * NoiseScales.ROW] = V * (FREE[1] + between * (FREE[0] - FREE[1]));
            set(rows, w, 3, V);
        }
        assertThat(of(rows).windows()).isEqualTo(f < 2.2 ? windows : 100);
    }

    /** Eighty degrees of freedom say something, two hundred enough: here three quarters of the points. */
    @Test
    void pointsMakeItSure() {
        double[] rows = white(same(100));
        assertThat(NoiseScales.of(rows, 106, 0)).isEqualTo(NoiseScales.UNKNOWN);
        for (int points : new int[] {107, 200, 266}) {
            NoiseScales n = NoiseScales.of(rows, points, 0);
            assertThat(n.bound()).isTrue();
            assertThat(n.noise()).isCloseTo(0.002 * (1 + 2 / Math.sqrt(2 * 0.75 * points)), within(1e-9));
        }
        assertThat(NoiseScales.of(rows, 267, 0).bound()).isFalse();
    }

    /** Where windows differ more than chance makes them, they are less sure: by half, so much as that many see. */
    @Test
    void windowsThatDifferAreLessSure() {
        double[] v = same(100);
        for (int w = 0; w < 100; w++) {
            v[w] *= w % 2 == 0 ? 1.5 : 0.5;
        }
        NoiseScales n = NoiseScales.of(white(v), 200, 0);
        double spread = 0.5 / 2 * Math.sqrt(72 / (0.75 * 200));
        assertThat(n.bound()).isTrue();
        assertThat(n.noise()).isCloseTo(0.002 * (1 + 2 * spread), within(1e-9));
    }

    /** Windows of 25 times and more the variance of others are of no one scanner. */
    @ParameterizedTest
    @CsvSource({"12, false", "13, true"})
    void quietAndLoudWindowsAreMixed(double loud, boolean mixed) {
        double[] v = same(100);
        for (int w = 0; w < 100; w++) {
            v[w] *= w % 10 < 3 ? 0.5 : w % 10 < 6 ? loud : 1;
        }
        assertThat(of(white(v)).bound()).isEqualTo(mixed);
    }

    /** Up to a fifth of loud windows are rough stone; what is louder than 25 times the middle is none at all. */
    @ParameterizedTest
    @CsvSource({"20, 3.1, 80", "21, 3.1, 100", "10, 2.9, 100", "10, 24, 90", "30, 24, 100", "30, 26, 70"})
    void aFifthMayBeLoud(int louds, double by, int windows) {
        double[] v = same(100);
        for (int w = 0; w < louds; w++) {
            v[w] *= by;
        }
        assertThat(of(white(v)).windows()).isEqualTo(windows);
    }

    /** Scatter may be by 0.028 off a normal law's shape, either way. */
    @ParameterizedTest
    @CsvSource({"-0.029, true", "-0.027, false", "0.027, false", "0.029, true"})
    void theShapeIsThatOfANormalLaw(double off, boolean odd) {
        double[] rows = white(same(100));
        for (int w = 0; w < 100; w++) {
            rows[w * NoiseScales.ROW + NoiseScales.ROW - 1] += off + (w % 2 == 0 ? 0.1 : -0.1);
        }
        assertThat(of(rows).bound()).isEqualTo(odd);
    }

    /** Windows of unlike variance bound the noise, however many degrees of freedom each of their scales has. */
    @Test
    void windowsOfOneVarianceAreAlikeWhateverTheirFreedom() {
        double[] rows = white(same(100));
        for (int w = 0; w < 100; w += 2) {
            for (int s = 0; s < Sheet.SCALES; s++) {
                double free = s == 0 ? 55 : s == 1 ? 12 : 30;
                rows[w * NoiseScales.ROW + 2 * s] = V * free;
                rows[w * NoiseScales.ROW + 2 * s + 1] = free;
            }
        }
        NoiseScales n = of(rows);
        assertThat(n.bound()).isFalse();
        assertThat(n.noise()).isCloseTo(0.002, within(1e-12));
    }
}
