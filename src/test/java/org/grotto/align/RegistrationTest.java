package org.grotto.align;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts on virtual surveys whose truth is known; {@link RegistrationSweep} has many more. */
class RegistrationTest {
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

    /**
     * A room whose niches, pedestals or pillar stand twice, half a turn apart, one scan turned by half: both then show the
     * same from one place, more than in truth, where either hides some from the other. Nobody can tell, with or without poses.
     */
    @ParameterizedTest
    @ValueSource(ints = {250_001, 250_005, 250_007, 251_004, 271_010})
    void whatStandsTwiceIsNotChecked(int number) {
        List<String> lines = new ArrayList<>();
        try (Work work = Work.silent()) {
            assertThat(RegistrationSweep.symmetric(number, true, 20_000, 60_000, work, lines::add))
                    .as("%s", lines)
                    .isTrue();
        }
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

    /**
     * Columns that each scan saw from its own side, by patches as wide as they are; and a face that one saw by grazing beams,
     * which show crests alone: neither moves a right pair by more than its error.
     */
    @ParameterizedTest
    @CsvSource({"true, 1, 33000, 0.0004", "false, 5, 44000, 0.00126"})
    void columnsAndGrazedFacesMoveNothing(boolean columns, int first, int points, double noise) {
        VirtualSurvey.Place p = columns ? VirtualSurvey.dome(524) : VirtualSurvey.block(745);
        double sum = 0;
        try (Work work = Work.silent()) {
            for (int k = 0; k < 2; k++) {
                VirtualSurvey v = new VirtualSurvey(k);
                v.station(p, p.eyes()[first], points / 2, noise, Move.NONE, 1, true);
                v.station(p, p.eyes()[(first + 1) % 6], points / 2, noise, Move.NONE, 1, true);
                Patches[] q = v.patches(work);
                sum += Objects.requireNonNull(Estimate.of(new Couple(q[0], q[1]), Move.NONE, 6000))
                        .square();
            }
        }
        assertThat(sum / 2).isLessThan(12.592);
    }

    /** A few of the sweep's cases, of few points; {@link RegistrationSweep#main} runs all. */
    @Test
    void verdictsOfManySurveysAreTheTruths() {
        RegistrationSweep.Tally t = new RegistrationSweep.Tally();
        try (Work work = Work.silent()) {
            for (boolean bad : new boolean[] {false, true}) {
                work.map(6, k -> RegistrationSweep.pair(k, bad, false, 20_000, 24_000, work))
                        .forEach(t::add);
            }
        }
        assertThat(t.alarms).as("%s", t.faults).isZero();
        assertThat(t.blessed).as("%s", t.faults).isZero();
        assertThat(t.amountsRight).as("%s", t.faults).isEqualTo(t.amounts);
    }
}
