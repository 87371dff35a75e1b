package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

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
}
