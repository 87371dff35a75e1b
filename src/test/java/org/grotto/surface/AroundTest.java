package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Morton;
import org.junit.jupiter.api.Test;

class AroundTest {
    /** Both ways to a block's neighbours give the blocks whose coordinates lie one beside. */
    @Test
    void neighboursAreTheBlocksBeside() {
        PoissonOptions o = PoissonOptions.DEFAULTS;
        try (Work work = new Work(2, 1 << 28, Progress.NONE)) {
            Samples s = Samples.of(AnalyticCave.chamber(0.5).scan(60_000, 0.001, 4), o, work);
            Density.estimate(s, o.maxDepth(), Noise.UNKNOWN, o, work);
            List<Level> list = Octree.build(s, 3, work);
            Level[] levels = list.toArray(Level[]::new);
            Around inOrder = new Around(levels);
            Around atRandom = new Around(levels);
            Random random = new Random(3);
            for (int i = 0; i < levels.length; i++) {
                Level l = levels[i];
                if (i > 0) {
                    l.neighboursFrom(levels[i - 1], work);
                }
                Map<Long, Integer> byKey = new HashMap<>();
                for (int b = 0; b < l.n; b++) {
                    byKey.put(l.key[b], b);
                }
                for (int b = 0; b < l.n; b++) {
                    int[] expected = beside(l.key[b], byKey);
                    assertThat(inOrder.of(i, b)).isEqualTo(expected);
                    assertThat(java.util.Arrays.copyOfRange(l.neighbour, 27 * b, 27 * b + 27))
                            .isEqualTo(expected);
                    int any = random.nextInt(l.n);
                    assertThat(atRandom.of(i, any)).isEqualTo(beside(l.key[any], byKey));
                }
            }
            assertThat(levels.length).isGreaterThan(5);
        }
    }

    private static int[] beside(long key, Map<Long, Integer> byKey) {
        int[] out = new int[27];
        for (int k = 0; k < 27; k++) {
            int x = Morton.decode(key, 0) + k % 3 - 1;
            int y = Morton.decode(key, 1) + k / 3 % 3 - 1;
            int z = Morton.decode(key, 2) + k / 9 - 1;
            out[k] = x < 0 || y < 0 || z < 0 ? -1 : byKey.getOrDefault(Morton.encode(x, y, z), -1);
        }
        return out;
    }
}
