package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.grotto.align.Registered;
import org.grotto.align.Registered.Reason;
import org.grotto.align.Registered.Verdict;
import org.grotto.base.Text;
import org.grotto.scene.Station;
import org.junit.jupiter.api.Test;

/** The first line of the summary where some stations fit and others could not be checked. */
class PartlyCheckedTest {
    private static Registered.Pair pair(int a, int b, Verdict v, Reason r, double wall) {
        return new Registered.Pair(a, b, v, r, null, 900, 0.5, 0, wall, 0.0002, 0, 6, null, false);
    }

    private static Registered.Station station(int s, Verdict v, Reason r) {
        return new Registered.Station(s, v, r, null, 1);
    }

    /** What fits is counted, what was not checked is named with its reason, and with what is known of it. */
    @Test
    void whatWasNotCheckedIsNamed() {
        List<Station> stations = new ArrayList<>();
        for (String name : new String[] {"S01", "S02", "S03", "close-face", "close-inscription"}) {
            stations.add(new Station(name, name, null, null, 1000));
        }
        Registered found = new Registered(
                Verdict.NOT_CHECKED,
                Reason.UNCONNECTED,
                false,
                List.of(
                        pair(0, 1, Verdict.CONSISTENT, Reason.FITS, 0.0001),
                        pair(1, 2, Verdict.CONSISTENT, Reason.FITS, 0.0003),
                        pair(0, 4, Verdict.NOT_CHECKED, Reason.SLIDES, 0.0004)),
                List.of(
                        station(0, Verdict.CONSISTENT, Reason.FITS),
                        station(1, Verdict.CONSISTENT, Reason.FITS),
                        station(2, Verdict.CONSISTENT, Reason.FITS),
                        station(3, Verdict.NOT_CHECKED, Reason.FEW),
                        station(4, Verdict.NOT_CHECKED, Reason.SLIDES)));
        Text said = Aligning.summary(found, stations);
        assertThat(said.en())
                .isEqualTo(
                        "Registration checked in part: 3 of 5 stations fit each other, their walls at most 0.7 mm apart;"
                                + " not checked: close-face (there are too few points), close-inscription (perpendicular to the"
                                + " stone it fits within 0.8 mm; along the stone it may slide).");
        assertThat(said.zh()).contains("5 个测站中有 3 个", "close-face（点太少）、close-inscription（");
        assertThat(Aligning.rows(found, stations).verdict()).isEqualTo("not-checked");
    }
}
