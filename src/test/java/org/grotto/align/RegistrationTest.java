package org.grotto.align;

import static org.assertj.core.api.Assertions.assertThat;

import org.grotto.base.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Verdicts on virtual surveys whose truth is known. {@code -Dgrotto.registration.sweep=N} takes N pairs right, N wrong and
 * N / 5 sets of six instead of a few, and prints what was counted.
 */
class RegistrationTest {
    private static final int SWEEP = Integer.getInteger("grotto.registration.sweep", 0);

    private static Registered.Pair pair(VirtualSurvey.Place place, Move mistake, boolean posed) {
        VirtualSurvey v = new VirtualSurvey(3);
        v.station(place, place.eyes()[0], 12_000, 0.001, Move.NONE, 1, posed);
        v.station(place, place.eyes()[1], 12_000, 0.001, mistake, 1, posed);
        try (Work work = Work.silent()) {
            return v.judge(work).pairs().getFirst();
        }
    }

    /** Half a metre is not thrown out as outliers: it is found, with and without poses. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void halfAMetreIsFound(boolean posed) {
        double[] shift = {0.4, 0.3, 0};
        Move mistake = Move.about(new double[3], shift[0], shift[1], shift[2], 0, 0, 0);
        Registered.Pair p = pair(VirtualSurvey.room(1), mistake, posed);
        assertThat(p.verdict()).isEqualTo(Registered.Verdict.INCONSISTENT);
        Registered.Motion m = java.util.Objects.requireNonNull(p.motion());
        for (int a = 0; a < 3; a++) {
            assertThat(m.shift()[a]).isBetween(shift[a] - 0.01, shift[a] + 0.01);
            assertThat(m.rotation()[a]).isBetween(-0.002, 0.002);
        }
    }

    /** An empty box turned by half is itself; nobody can tell. */
    @ParameterizedTest
    @CsvSource({"0", "180"})
    void aSymmetricRoomIsNotChecked(double degrees) {
        Move mistake = Move.about(new double[3], 0, 0, 0, 0, 0, Math.toRadians(degrees));
        Registered.Pair p = pair(VirtualSurvey.symmetric(2, 1.6, 1.4), mistake, true);
        assertThat(p.verdict()).isEqualTo(Registered.Verdict.NOT_CHECKED);
        assertThat(p.reason()).isEqualTo(Registered.Reason.SYMMETRIC);
        assertThat(p.motion()).isNull();
    }

    /** Along a smooth passage one scan slides: what cannot be seen is not blessed. */
    @Test
    void aPassageSlides() {
        Move mistake = Move.about(new double[3], 0.7, 0, 0, 0, 0, 0);
        Registered.Pair p = pair(VirtualSurvey.corridor(), mistake, true);
        assertThat(p.verdict()).isNotEqualTo(Registered.Verdict.CONSISTENT);
    }

    /** Turned vectors and moves are inverses of each other. */
    @Test
    void movesKeepTheirRules() {
        Move m = Move.about(new double[] {1, 2, 3}, 0.1, -0.2, 0.3, 0.4, -0.5, 0.6);
        double[] turn = m.turn();
        assertThat(turn).containsExactly(new double[] {0.4, -0.5, 0.6}, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(m.shift(new double[] {1, 2, 3}))
                .containsExactly(new double[] {0.1, -0.2, 0.3}, org.assertj.core.api.Assertions.within(1e-12));
        Move none = m.inverse().after(m);
        assertThat(none.angle()).isLessThan(1e-7);
        double[] half = Move.about(new double[3], 0, 0, 0, 0, Math.PI, 0).turn();
        assertThat(Math.abs(half[1])).isCloseTo(Math.PI, org.assertj.core.api.Assertions.within(1e-6));
    }

    @Test
    void verdictsOfManySurveysAreTheTruths() {
        int n = SWEEP > 0 ? SWEEP : 3;
        int most = SWEEP > 0 ? 300_000 : 24_000;
        RegistrationSweep.Tally t = new RegistrationSweep.Tally();
        int sets = SWEEP / 5;
        int named = 0;
        try (Work work = Work.silent()) {
            for (int k = 0; k < n; k++) {
                RegistrationSweep.pair(k, false, 20_000, most, t, work, RegistrationTest::said);
                RegistrationSweep.pair(k, true, 20_000, most, t, work, RegistrationTest::said);
            }
            for (int k = 0; k < sets; k++) {
                named += RegistrationSweep.culprit(k, 120_000, work, RegistrationTest::said) ? 1 : 0;
            }
        }
        said(t + "; culprits " + named + " of " + sets);
        assertThat(t.alarms).as("%s", t.faults).isZero();
        assertThat(t.blessed).as("%s", t.faults).isZero();
        assertThat(named).isGreaterThanOrEqualTo((int) (0.95 * sets));
    }

    private static void said(String line) {
        if (SWEEP > 0) {
            System.out.println(line);
        }
    }
}
