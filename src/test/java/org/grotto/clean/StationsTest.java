package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Pose;
import org.grotto.scene.Station;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who saw what from where. */
class StationsTest {
    @Test
    void membersAreListedByStation() {
        char[] of = {2, 0, 5, 0, Cloud.NO_STATION, 2};
        int[][] m = Stations.members(of, 3);
        assertThat(m[0]).containsExactly(1, 3);
        assertThat(m[1]).isEmpty();
        assertThat(m[2]).containsExactly(0, 5);
        List<double @Nullable []> eyes = Stations.eyes(List.of(
                new Station("a", "f", null, new Pose(1, 0, 0, 0, 1, 2, 3), 0), new Station("b", "f", null, null, 0)));
        assertThat(eyes.get(0)).containsExactly(1, 2, 3);
        assertThat(eyes.get(1)).isNull();
    }
}
