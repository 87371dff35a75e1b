package org.grotto.align;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.grotto.align.Registered.Pair;
import org.grotto.align.Registered.Verdict;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;

/** Pairs that lead a judge astray: whatever is said of each of them must be true. */
class HardPairsTest {
    private static final Set<Verdict> NO_ALARM = EnumSet.of(Verdict.CONSISTENT, Verdict.NOT_CHECKED);
    private static final Set<Verdict> NOT_BLESSED = EnumSet.of(Verdict.INCONSISTENT, Verdict.NOT_CHECKED);

    private static Move turn(double... w) {
        return Move.about(new double[3], 0, 0, 0, w[0], w[1], w[2]);
    }

    private static Move shift(double... t) {
        return Move.about(new double[3], t[0], t[1], t[2], 0, 0, 0);
    }

    private static Pair judged(VirtualSurvey v) {
        try (Work work = Work.silent()) {
            return v.judge(work).pairs().getFirst();
        }
    }

    private static VirtualSurvey two(VirtualSurvey.Place p, Move mistake, boolean posed) {
        return new VirtualSurvey(11)
                .station(p, p.eyes()[0], 12_000, 0.001, Move.NONE, 1, posed)
                .station(p, p.eyes()[1], 12_000, 0.001, mistake, 1, posed);
    }

    /** Along a passage and within a ball nothing holds all directions; right or wrong, nobody can tell. */
    @Test
    void whatSlidesIsNotChecked() {
        assertThat(judged(two(VirtualSurvey.corridor(), shift(0.5, 0, 0), true)).verdict())
                .isEqualTo(Verdict.NOT_CHECKED);
        assertThat(judged(two(VirtualSurvey.ball(), turn(0.3, 0.2, 0.1), true)).verdict())
                .isEqualTo(Verdict.NOT_CHECKED);
        assertThat(judged(two(VirtualSurvey.ball(), Move.NONE, false)).verdict())
                .isEqualTo(Verdict.NOT_CHECKED);
    }

    /** Two sides of a block, which share a strip that both see edge-on, and are alike when turned by half. */
    @Test
    void whatLittleIsSharedEdgeOnAlarmsNobody() {
        VirtualSurvey.Place block = VirtualSurvey.block(802);
        VirtualSurvey v = new VirtualSurvey(81_007);
        v.raster = true;
        v.station(block, block.eyes()[2], 25_550, 0.00176, Move.NONE, 1, true)
                .station(block, block.eyes()[4], 10_615, 0.00176, Move.NONE, 1, true);
        assertThat(judged(v).verdict()).isNotEqualTo(Verdict.INCONSISTENT);
    }

    /** A flight of stairs one step on, and a room of a row one room on: all fits, and is wrong. */
    @Test
    void whatRepeatsIsNotBlessed() {
        assertThat(judged(two(VirtualSurvey.stairs(), shift(0.28, 0, 0.18), true))
                        .verdict())
                .isIn(NOT_BLESSED);
        VirtualSurvey.Place row = VirtualSurvey.row();
        VirtualSurvey v = new VirtualSurvey(12)
                .station(row, row.eyes()[0], 15_000, 0.001, Move.NONE, 1, true)
                .station(row, row.eyes()[2], 15_000, 0.001, shift(-4, 0, 0), 1, true);
        assertThat(judged(v).verdict()).isIn(NOT_BLESSED);
    }

    /** A tenth of the points, or 5 mm of noise beside 0.2 mm, are no mistake, and hide none that is larger. */
    @Test
    void unlikeStationsAreComparedByTheWorseOne() {
        VirtualSurvey.Place p = VirtualSurvey.room(5);
        for (double off : new double[] {0, 0.03}) {
            VirtualSurvey sparse = new VirtualSurvey(13)
                    .station(p, p.eyes()[0], 40_000, 0.001, Move.NONE, 1, true)
                    .station(p, p.eyes()[1], 4_000, 0.001, shift(off, off, 0), 1, true);
            VirtualSurvey noisy = new VirtualSurvey(14)
                    .station(p, p.eyes()[0], 20_000, 0.0002, Move.NONE, 1, false)
                    .station(p, p.eyes()[1], 20_000, 0.005, shift(off, off, 0), 1, false);
            assertThat(judged(sparse).verdict()).isIn(off == 0 ? NO_ALARM : NOT_BLESSED);
            assertThat(judged(noisy).verdict()).isIn(off == 0 ? NO_ALARM : NOT_BLESSED);
        }
    }

    /** Upside down, or with x the wrong way round: no rigid move of the second makes it right, and none is named. */
    @Test
    void turnedOverAndMirrored() {
        VirtualSurvey.Place p = VirtualSurvey.cave(6);
        Move over = turn(Math.PI, 0, 0);
        Pair q = judged(two(p, over, false));
        assertThat(q.verdict()).isIn(NOT_BLESSED);
        if (q.motion() != null) {
            assertThat(Math.hypot(q.motion().rotation()[0], q.motion().rotation()[1]))
                    .isBetween(Math.PI - 0.02, Math.PI + 1e-9);
        }
        Move mirrored = new Move(new double[] {-1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]);
        for (VirtualSurvey.Place place : new VirtualSurvey.Place[] {p, VirtualSurvey.statue(8)}) {
            q = judged(two(place, mirrored, false));
            assertThat(q.verdict()).as(place.name()).isIn(NOT_BLESSED);
            assertThat(q.motion()).as(place.name()).isNull();
        }
        // of a box the walls fit as well in a mirror; what stands in it does not
        q = judged(two(VirtualSurvey.room(7), mirrored, false));
        assertThat(q.verdict()).isEqualTo(Verdict.NOT_CHECKED);
        assertThat(q.reason()).isEqualTo(Registered.Reason.SYMMETRIC);
    }

    /** In one room, and where two stations share little beyond a bend or a door. */
    @Test
    void millimetresAmongMetresAreNamed() {
        VirtualSurvey.Place[] places = {VirtualSurvey.room(9), VirtualSurvey.gallery(21), VirtualSurvey.chambers(24)};
        for (VirtualSurvey.Place p : places) {
            VirtualSurvey v = new VirtualSurvey(15)
                    .station(p, p.eyes()[0], 12_000, 0.001, Move.NONE, 1, true)
                    .station(p, p.eyes()[1], 12_000, 0.001, Move.NONE, 1000, true);
            Pair q = judged(v);
            assertThat(q.verdict()).as(p.name()).isEqualTo(Verdict.INCONSISTENT);
            assertThat(q.reason()).as(p.name()).isEqualTo(Registered.Reason.UNIT);
            assertThat(q.stretch()).as(p.name()).isEqualTo(999);
        }
    }

    /**
     * Of a figure and a block without poses one scan stands beside the other, so far that nothing is shared in place: no two
     * things that are alike stand so close. What shares little because it was seen from opposite sides raises no alarm.
     */
    @Test
    void aThingScannedTwiceBesideItselfIsNamed() {
        for (VirtualSurvey.Place p : new VirtualSurvey.Place[] {VirtualSurvey.statue(8), VirtualSurvey.block(9)}) {
            Pair q = judged(two(p, shift(0.15, -0.12, 0.1), false));
            assertThat(q.verdict()).as(p.name()).isEqualTo(Verdict.INCONSISTENT);
            double[] s = java.util.Objects.requireNonNull(q.motion()).shift();
            assertThat(Math.sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]))
                    .as(p.name())
                    .isBetween(0.21, 0.224);
            VirtualSurvey opposite = new VirtualSurvey(18)
                    .station(p, p.eyes()[0], 12_000, 0.001, Move.NONE, 1, false)
                    .station(p, p.eyes()[3], 12_000, 0.001, Move.NONE, 1, false);
            assertThat(judged(opposite).verdict()).as(p.name()).isIn(NO_ALARM);
        }
    }

    /**
     * Both sides of a wall, which share its ends alone, a seventh of what each saw: one side is never taken for the other,
     * right or a wall's thickness off.
     */
    @Test
    void wallsScannedBackToBack() {
        VirtualSurvey.Place p = VirtualSurvey.partition(3);
        for (double off : new double[] {0, 0.03, 0.2}) {
            for (boolean posed : new boolean[] {true, false}) {
                VirtualSurvey v = new VirtualSurvey(17)
                        .station(p, p.eyes()[0], 20_000, 0.001, Move.NONE, 1, posed)
                        .station(p, p.eyes()[1], 20_000, 0.001, shift(0, off, 0), 1, posed);
                assertThat(judged(v).verdict()).as(off + " " + posed).isIn(off == 0 ? NO_ALARM : NOT_BLESSED);
            }
        }
    }
}
