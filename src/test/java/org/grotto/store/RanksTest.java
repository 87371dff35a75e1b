package org.grotto.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.junit.jupiter.api.Test;

class RanksTest {
    private static Cloud cloud(float[] spacing) {
        Random r = new Random(5);
        int[][] xyz = new int[3][spacing.length];
        for (int[] a : xyz) {
            Arrays.setAll(a, i -> r.nextInt(1000));
        }
        return new Cloud(new Lattice(0, 0, 0, 1e-3), xyz[0], xyz[1], xyz[2], Columns.NONE)
                .with(Columns.SPACING, spacing);
    }

    @Test
    void aRankIsThatOfAllValuesSorted() {
        Random r = new Random(1);
        float[] v = new float[5000];
        for (int i = 0; i < v.length; i++) {
            v[i] = i % 10 == 0 ? 0 : (float) (Math.exp(3 * r.nextGaussian()) * (i % 7 == 0 ? -1 : 1));
        }
        float[] sorted = v.clone();
        Arrays.sort(sorted);
        try (Work work = Work.silent()) {
            for (int target : new int[] {100, 10_000}) {
                Engine engine = new PoisonStore.Engine(target, work);
                Ranks ranks = new Ranks(engine.store(cloud(v), 0), Columns.SPACING, x -> 1, engine);
                for (int k : new int[] {0, 1, 700, 1100, 2500, 4998, 4999}) {
                    assertThat(ranks.at(k + 1)[0]).isEqualTo(sorted[k]);
                }
                assertThat(ranks.at(3, ranks.total() + 5)[1]).isEqualTo(sorted[4999]);
            }
        }
    }

    @Test
    void weightsCountNotPoints() {
        float[] v = new float[1100]; // 1000 points 1 mm apart stand for less surface than 100 points 10 mm apart
        Arrays.fill(v, 0, 1000, 0.001f);
        Arrays.fill(v, 1000, 1100, 0.01f);
        try (Work work = Work.silent()) {
            Engine engine = new PoisonStore.Engine(50, work);
            Store store = engine.store(cloud(v), 0);
            Ranks byArea = new Ranks(store, Columns.SPACING, s -> s * s, engine);
            assertThat(byArea.at(byArea.total() / 2)).containsExactly(0.01f);
            assertThat(new Ranks(store, Columns.SPACING, s -> 1, engine).at(1, 550, 1100))
                    .containsExactly(0.001f, 0.001f, 0.01f);
            assertThat(new Ranks(engine.store(cloud(new float[0]), 0), Columns.SPACING, s -> 1, engine).at(1))
                    .containsExactly(0f);
        }
    }
}
