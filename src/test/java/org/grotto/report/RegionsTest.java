package org.grotto.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.store.Engine;
import org.grotto.store.PoisonStore;
import org.grotto.store.Sample;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;

/** What the report says of points is the same from many small regions as from all points sorted. */
class RegionsTest {
    private static final int N = 4321;

    private static Cloud cloud() {
        Random r = new Random(3);
        int[][] xyz = new int[3][N];
        float[] spacing = new float[N];
        for (int i = 0; i < N; i++) {
            for (int[] a : xyz) {
                a[i] = r.nextInt(9000);
            }
            spacing[i] = (float) (0.004 * Math.exp(r.nextGaussian()));
        }
        return new Cloud(new Lattice(5, 6, 7, 1e-4), xyz[0], xyz[1], xyz[2], Columns.NONE)
                .with(Columns.SPACING, spacing);
    }

    @Test
    void quantilesAndHistogramOfSpacing() {
        Cloud c = cloud();
        double[] sorted = new double[N];
        for (int i = 0; i < N; i++) {
            sorted[i] = 1000 * (double) c.columns.floats("spacing")[i];
        }
        Arrays.sort(sorted);
        try (Work work = Work.silent()) {
            Engine many = new PoisonStore.Engine(100, work);
            Store store = many.store(c, 0);
            Spacings s = Spacings.of(store, many);
            assertThat(s.least()).isEqualTo(Statistics.quantile(sorted, 0.005));
            assertThat(s.p05()).isEqualTo(Statistics.quantile(sorted, 0.05));
            assertThat(s.median()).isEqualTo(Statistics.quantile(sorted, 0.5));
            assertThat(s.p95()).isEqualTo(Statistics.quantile(sorted, 0.95));
            assertThat(s.greatest()).isEqualTo(Statistics.quantile(sorted, 0.995));
            assertThat(Spacings.histogram(store, 1, 20, 40, many))
                    .usingRecursiveComparison()
                    .isEqualTo(Histogram.ofRatios(sorted, "mm", 1, 20, 40));
        }
    }

    @Test
    void distancesAndSamples() {
        Mesh square = new Mesh(
                5, 6, 7, new float[] {0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0}, null, null, null, new int[] {0, 1, 2, 0, 2, 3
                });
        try (Work work = Work.silent()) {
            Engine one = new Threads(work);
            Engine many = new PoisonStore.Engine(100, work);
            Store whole = one.store(cloud(), 1 << 20);
            Store cut = many.store(cloud(), 0);
            for (int most : new int[] {1, 1000, N, 2 * N}) {
                double[] d = Distances.of(cut, square, most, many);
                assertThat(d).hasSize(Math.min(most, N)).isEqualTo(Distances.of(whole, square, most, one));
            }
            Cloud sample = Sample.every(cut, 7, Set.of("spacing"), many);
            assertThat(sample.size).isEqualTo((N + 6) / 7);
            for (int k = 0; k < sample.size; k++) {
                assertThat(sample.x[k]).isEqualTo(whole.whole().x[7 * k]);
                assertThat(sample.columns.floats("spacing")[k])
                        .isEqualTo(whole.whole().columns.floats("spacing")[7 * k]);
            }
        }
    }
}
