package org.grotto.align;

import static org.assertj.core.api.Assertions.assertThat;

import org.grotto.align.Registered.Pair;
import org.grotto.align.Registered.Reason;
import org.grotto.align.Registered.Verdict;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;

/** A close-up beside a station that scanned the whole place: small and fine against wide and coarse. */
class CloseUpTest {
    private static Pair judged(VirtualSurvey v) {
        try (Work work = Work.silent()) {
            Registered g = v.judge(work);
            assertThat(g.pairs()).hasSize(1);
            return g.pairs().getFirst();
        }
    }

    private static VirtualSurvey survey(VirtualSurvey.Place p, double[] eye, double[] target, double... shift) {
        Move mistake = Move.about(new double[3], shift[0], shift[1], shift[2], 0, 0, 0);
        return new VirtualSurvey(5)
                .station(p, p.eyes()[0], 120_000, 0.001, Move.NONE, 1, true)
                .detail(p, eye, target, 0.25, 40_000, 0.0005, mistake);
    }

    /** Relief holds a close-up in all directions: right it fits, and 3 mm any way off are told. */
    @Test
    void reliefIsHeldInAllDirections() {
        VirtualSurvey.Place p = VirtualSurvey.carved(4);
        double[] eye = {0.9, 0.1, 0.1};
        double[] target = {1.8, 0.1, 0.1};
        Pair right = judged(survey(p, eye, target, 0, 0, 0));
        assertThat(right.verdict()).as("%s", right).isEqualTo(Verdict.CONSISTENT);
        assertThat(right.samples()).isGreaterThan(300);
        for (double[] off : new double[][] {{0.003, 0, 0}, {0, 0.005, 0}, {0, 0, -0.02}}) {
            Pair wrong = judged(survey(p, eye, target, off));
            assertThat(wrong.verdict()).as("%s", wrong).isEqualTo(Verdict.INCONSISTENT);
        }
    }

    /** On a bare wall a close-up slides: across the wall it is known, along it never blessed. */
    @Test
    void aBareWallTellsOneDirection() {
        VirtualSurvey.Place p = VirtualSurvey.symmetric(1.8, 1.6, 1.4);
        double[] eye = {0.9, 0.1, 0.1};
        double[] target = {1.8, 0.1, 0.1};
        for (double along : new double[] {0, 0.02}) {
            Pair q = judged(survey(p, eye, target, 0, along, 0));
            assertThat(q.verdict()).isEqualTo(Verdict.NOT_CHECKED);
            assertThat(q.reason()).isEqualTo(Reason.SLIDES);
            assertThat(q.wall() + 2 * q.wallError()).isLessThan(0.001);
        }
        assertThat(judged(survey(p, eye, target, 0.005, 0, 0)).verdict()).isEqualTo(Verdict.INCONSISTENT);
    }
}
