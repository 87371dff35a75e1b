package org.grotto.align;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of many stations not all pairs are compared, but none loses its link to the others, nor its best partners. */
class ChosenPairsTest {
    @Test
    void pairsGrowWithStationsAndTwoChambersStayLinked() {
        int n = 200;
        List<int[]> all = new ArrayList<>();
        List<Double> shared = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                all.add(new int[] {i, j});
                boolean together = i < 100 == j < 100;
                // in each chamber all see each other; one window joins two stations
                shared.add(together ? 0.9 - 0.001 * (j - i) : i == 3 && j == 150 ? 0.03 : 0.0);
            }
        }
        List<int[]> chosen = Registration.chosen(all, shared, n);
        assertThat(chosen.size()).isBetween(n * 16 / 2, n * 16 + 1);
        assertThat(chosen).anyMatch(p -> p[0] == 3 && p[1] == 150);
        assertThat(chosen).anyMatch(p -> p[0] == 99 - 1 && p[1] == 99);
        int[] partners = new int[n];
        for (int[] p : chosen) {
            partners[p[0]]++;
            partners[p[1]]++;
        }
        assertThat(IntStream.of(partners)).allMatch(k -> k >= 16);
    }

    @Test
    void thoseThatShareNothingAreNotCompared() {
        assertThat(Registration.chosen(List.of(new int[] {0, 1}, new int[] {0, 2}), List.of(0.01, 0.5), 20))
                .hasSize(1)
                .allMatch(p -> p[1] == 2);
    }
}
