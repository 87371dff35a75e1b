package org.grotto.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.scene.Subject;
import org.junit.jupiter.api.Test;

/**
 * What virtual scenes are taken for, against what they are: a seed of each shape; three with GROTTO_WHOLE=1, sixty scenes in
 * all. {@link Sweep} runs any number.
 */
class SubjectOfScenesTest {
    @Test
    void nearlyAllScenesAreTakenForWhatTheyAre() {
        int seeds = "1".equals(System.getenv("GROTTO_WHOLE")) ? 3 : 1;
        List<String> wrong = new ArrayList<>();
        int n = 0;
        try (Work work = Work.silent()) {
            for (String name : VirtualScenes.NAMES) {
                for (int seed = 1; seed <= seeds; seed++) {
                    VirtualScenes s = VirtualScenes.of(name, seed);
                    Subject v = Subjects.of(s.cloud, s.stations, SubjectOptions.DEFAULTS, work);
                    n++;
                    if (v.kind() != s.kind) {
                        wrong.add(name + " " + seed + " (" + s.told + "): " + v.kind() + " " + v.votes());
                    }
                }
            }
        }
        assertThat(n).isEqualTo(20 * seeds);
        assertThat(wrong).hasSizeLessThanOrEqualTo(n / 30);
    }
}
