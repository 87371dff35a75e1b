package org.grotto.align;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.grotto.align.Registered.Station;
import org.grotto.align.Registered.Verdict;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;

/** Of six scans without poses, five of which fit each other, one that no pair tells. */
class BodyTest {
    private static final int LONE = 3;

    private static List<Station> judged(VirtualSurvey.Place five, VirtualSurvey.Place one, Move mistake) {
        VirtualSurvey v = new VirtualSurvey(19);
        for (int s = 0; s < 6; s++) {
            VirtualSurvey.Place p = s == LONE ? one : five;
            v.station(p, p.eyes()[s], 6_500, 0.001, s == LONE ? mistake : Move.NONE, 1, false);
        }
        try (Work work = Work.silent()) {
            return v.judge(work).stations();
        }
    }

    private static Move beside(double[] eye, double turn) {
        return Move.about(eye, 0, 0, 0, 0, 0, turn);
    }

    /** A block's side, swung about its scanner past those of the others: no pair shares enough, all together do. */
    @Test
    void whatOnlyAllTogetherTellIsNamed() {
        VirtualSurvey.Place p = VirtualSurvey.block(951);
        List<Station> said = judged(p, p, beside(p.eyes()[LONE], 0.339));
        for (Station s : said) {
            assertThat(s.verdict() == Verdict.INCONSISTENT).as("%s", s).isEqualTo(s.station() == LONE);
        }
    }

    /** Another block in its place is no mistake. */
    @Test
    void anotherThingBesideIsNotNamed() {
        VirtualSurvey.Place p = VirtualSurvey.block(951);
        assertThat(judged(p, VirtualSurvey.block(5951), beside(p.eyes()[LONE], 0.339)))
                .noneMatch(s -> s.verdict() == Verdict.INCONSISTENT);
    }

    /** A thing does not stand in itself, nor in one that stands clear of it; moved by half its width it does. */
    @Test
    void whatStandsInStone() {
        VirtualSurvey.Place p = VirtualSurvey.statue(8);
        VirtualSurvey v = new VirtualSurvey(20);
        for (int s = 0; s < 6; s++) {
            v.station(p, p.eyes()[s], 4_000, 0.001, Move.NONE, 1, false);
        }
        try (Work work = Work.silent()) {
            Patches body = Body.joined(List.of(v.patches(work)));
            assertThat(Body.within(body, Move.NONE)).isLessThan(0.005);
            assertThat(Body.within(body, Move.about(new double[3], 1.2, 0, 0, 0, 0, 0)))
                    .isZero();
            assertThat(Body.within(body, Move.about(new double[3], 0.3, 0, 0, 0, 0, 0)))
                    .isGreaterThan(0.1);
        }
    }
}
