package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Moves and verdicts from places whose distances are given by a known move. */
class RigidMoveTest {
    private static final double[] MOVE = {0.004, -0.002, 0.003};
    private static final double[] TURN = {0.001, 0.002, -0.0015};

    /** How MOVE and TURN about the origin displace a point. */
    private static double[] moved(double x, double y, double z) {
        return new double[] {
            MOVE[0] + TURN[1] * z - TURN[2] * y,
            MOVE[1] + TURN[2] * x - TURN[0] * z,
            MOVE[2] + TURN[0] * y - TURN[1] * x
        };
    }

    /** Places on the walls x, y, z = 0 and 2 of a room, but only on the first {@code walls} of these. */
    private static double[] rows(int n, int walls, double noise, double scale) {
        Random random = new Random(4);
        double[] rows = new double[7 * n];
        for (int k = 0; k < n; k++) {
            int a = k % walls % 3;
            double[] p = {2 * random.nextDouble(), 2 * random.nextDouble(), 2 * random.nextDouble()};
            boolean far = k % walls >= 3;
            p[a] = far ? 2 : 0;
            double[] m = moved(p[0], p[1], p[2]);
            System.arraycopy(p, 0, rows, 7 * k, 3);
            rows[7 * k + 3 + a] = far ? -1 : 1;
            // what moves the first onto the second lessens the distance of the first from the second
            rows[7 * k + 6] = -scale * m[a] * (far ? -1 : 1) + noise * random.nextGaussian();
        }
        return rows;
    }

    private static RigidMove fit(double[] rows, double noise) {
        return Objects.requireNonNull(RigidMove.fit(rows, noise, null));
    }

    private static void assertMoves(RigidMove move, double tolerance) {
        for (double[] p : new double[][] {{0, 0, 0}, {2, 1, 0.5}, {0.3, 2, 1.7}}) {
            double[] want = moved(p[0], p[1], p[2]);
            double[] got = move.at(p[0], p[1], p[2]);
            for (int a = 0; a < 3; a++) {
                assertThat(got[a]).isCloseTo(want[a], within(tolerance));
            }
        }
    }

    @Test
    void aMoveIsFoundExactly() {
        double[] rows = rows(600, 6, 0, 1);
        RigidMove move = fit(rows, 0.001);
        assertMoves(move, 1e-9);
        double sum = 0;
        for (int k = 0; k < 600; k++) {
            sum += rows[7 * k + 6] * rows[7 * k + 6];
        }
        assertThat(move.shift).isCloseTo(Math.sqrt(sum / 600), within(1e-9));
    }

    /** What is left after a first move is added to it. */
    @Test
    void aSecondLookAddsToTheFirst() {
        RigidMove first = fit(rows(600, 6, 0, 0.7), 0.001);
        RigidMove both = Objects.requireNonNull(RigidMove.fit(rows(600, 6, 0, 0.3), 0.001, first));
        assertMoves(both, 1e-9);
    }

    @Test
    void oneWildPlaceInFourHardlyMatters() {
        double[] rows = rows(2000, 6, 0.0002, 1);
        for (int k = 0; k < 2000; k += 4) {
            rows[7 * k + 6] += 0.03;
        }
        assertMoves(fit(rows, 0.0003), 0.0002);
    }

    /** A single wall tells one shift and two turns; a corner of two tells all but the slide along both. */
    @Test
    void whatTheOverlapDoesNotTellStaysZero() {
        RigidMove wall = fit(rows(600, 1, 0, 1), 0.001);
        PairResidual r = RigidMove.verdict(0, 1, rows(600, 1, 0, 1), 0.001, wall);
        assertThat(r.observable()).isEqualTo(3);
        assertThat(r.translation()[1]).isCloseTo(0, within(1e-9));
        assertThat(r.translation()[2]).isCloseTo(0, within(1e-9));
        assertThat(r.rotation()[0]).isCloseTo(0, within(1e-9));
        assertThat(r.rotation()[1]).isCloseTo(1000 * TURN[1], within(1e-6));
        assertThat(r.rotation()[2]).isCloseTo(1000 * TURN[2], within(1e-6));
        RigidMove corner = fit(rows(600, 2, 0, 1), 0.001);
        assertThat(RigidMove.verdict(0, 1, rows(600, 2, 0, 1), 0.001, corner).observable())
                .isEqualTo(5);
    }

    @Test
    void fewerThanAHundredPlacesSayNothing() {
        assertThat(RigidMove.fit(rows(99, 3, 0, 1), 0.001, null)).isNull();
        RigidMove before = fit(rows(100, 3, 0, 1), 0.001);
        assertThat(RigidMove.fit(rows(99, 3, 0, 1), 0.001, before)).isSameAs(before);
        PairResidual r = RigidMove.verdict(2, 5, rows(50, 3, 0, 1), 0.001, null);
        assertThat(r.verdict()).isEqualTo(PairResidual.Verdict.TOO_SMALL);
        assertThat(r.samples()).isEqualTo(50);
        assertThat(r.a()).isEqualTo(2);
        assertThat(r.b()).isEqualTo(5);
        assertThat(r.rms()).isPositive();
        assertThat(r.observable()).isZero();
        PairResidual none = RigidMove.verdict(0, 1, new double[0], 0.001, null);
        assertThat(none.rms()).isZero();
        assertThat(none.median()).isZero();
    }

    /** Median, RMS and 95 % of distances -50 to 49 mm, which are counted by hand. */
    @Test
    void residualsAreThoseBeforeTheMove() {
        double[] rows = new double[700];
        for (int k = 0; k < 100; k++) {
            rows[7 * k] = k % 10;
            rows[7 * k + 1] = k / 10;
            rows[7 * k + 5] = 1;
            rows[7 * k + 6] = (k * 37 % 100 - 50) / 1000.0;
        }
        PairResidual r = RigidMove.verdict(0, 1, rows, 0.001, fit(rows, 0.001));
        assertThat(r.samples()).isEqualTo(100);
        assertThat(r.median()).isCloseTo(0, within(1e-12));
        double sum = 0;
        for (int k = -50; k < 50; k++) {
            sum += k * k;
        }
        assertThat(r.rms()).isCloseTo(Math.sqrt(sum / 100) / 1000, within(1e-12));
        // of 0, 1 1, 2 2, ... 49 49, 50 the one with 95 before it
        assertThat(r.p95()).isCloseTo(0.048, within(1e-12));
        assertThat(r.centre()).containsExactly(new double[] {4.5, 4.5, 0}, within(1e-9));
    }

    /** With 400 places of 1 mm noise on six walls the threshold is half the noise; a shift below it is none. */
    @Test
    void aShiftCountsWhereItIsMoreThanHalfTheNoise() {
        for (double times : new double[] {0, 0.05, 1}) {
            double[] rows = rows(4000, 6, 0.001, times);
            PairResidual r = RigidMove.verdict(0, 1, rows, 0.001, fit(rows, 0.001));
            assertThat(r.threshold()).isCloseTo(0.5, within(1e-9));
            assertThat(r.verdict())
                    .isEqualTo(times == 1 ? PairResidual.Verdict.DOUBLED_WALL : PairResidual.Verdict.CONSISTENT);
            double[] want = moved(1, 1, 1);
            for (int a = 0; a < 3; a++) {
                assertThat(r.translation()[a]).isCloseTo(1000 * times * want[a], within(0.15));
                assertThat(r.rotation()[a]).isCloseTo(1000 * times * TURN[a], within(0.15));
            }
        }
        // few and noisy places: eight times the standard error of their mean shift, whatever the stations' noise
        double[] rows = rows(300, 6, 0.01, 0);
        PairResidual r = RigidMove.verdict(0, 1, rows, 0.001, fit(rows, 0.001));
        assertThat(r.threshold()).isCloseTo(1000 * 8 * 0.01 * Math.sqrt(6 / (300 * 0.89)), within(2.5));
        assertThat(r.verdict()).isEqualTo(PairResidual.Verdict.CONSISTENT);
    }
}
