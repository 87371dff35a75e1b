package org.grotto.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {
    private static Cloud cloud(int n, int range, Lattice lattice) {
        Random r = new Random(range);
        int[][] c = new int[3][n];
        for (int i = 0; i < n; i++) {
            // half of the points crowded in a corner
            int span = i % 2 == 0 ? range : Math.max(1, range / 50);
            for (int a = 0; a < 3; a++) {
                c[a][i] = r.nextInt(span) - range / 3;
            }
        }
        return new Cloud(lattice, c[0], c[1], c[2], null, null, null, null);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 5000, 2_000_000, 1_900_000_000})
    void haloEqualsBruteForce(int range) {
        Lattice lattice = new Lattice(12, -5, 1000, 1e-6);
        try (Work work = Work.silent()) {
            Chunks chunks = Chunks.of(cloud(6000, range, lattice), 300, work);
            Cloud c = chunks.cloud();
            for (double radius : new double[] {0, range * 1e-8, range * 1e-7, range * 4e-6}) {
                for (int i = 0; i < chunks.count(); i += 3) {
                    Chunks.Chunk chunk = chunks.chunk(i);
                    Box b = chunk.core().grow(radius + 1e-9);
                    int[] want = IntStream.range(0, c.size)
                            .filter(k -> b.contains(c.px(k), c.py(k), c.pz(k)))
                            .toArray();
                    int[] found = chunks.withHalo(chunk, radius);
                    assertThat(IntStream.range(1, found.length).allMatch(k -> found[k - 1] < found[k]))
                            .as("in order, each once")
                            .isTrue();
                    assertThat(Arrays.stream(want).allMatch(k -> Arrays.binarySearch(found, k) >= 0))
                            .isTrue();
                    // rounding outwards may add what lies one lattice step further, nothing else
                    Box loose = chunk.core().grow(radius + 2.1e-6);
                    assertThat(Arrays.stream(found).allMatch(k -> loose.contains(c.px(k), c.py(k), c.pz(k))))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void chunksHoldEveryPointOnceInOrderAndNoMoreThanAsked() {
        try (Work work = Work.silent()) {
            Cloud in = cloud(20_000, 100_000, new Lattice(0, 0, 0, 1e-5));
            Chunks chunks = Chunks.of(in, 500, work);
            int at = 0;
            for (int i = 0; i < chunks.count(); i++) {
                Chunks.Chunk c = chunks.chunk(i);
                assertThat(c.from()).isEqualTo(at);
                assertThat(c.size()).isBetween(1, 500);
                at = c.to();
            }
            assertThat(at).isEqualTo(in.size);
            int[] order = chunks.order().clone();
            for (int k = 0; k < in.size; k++) {
                assertThat(chunks.cloud().x[k]).isEqualTo(in.x[order[k]]);
                assertThat(k == 0 || chunks.code(k - 1) <= chunks.code(k)).isTrue();
            }
            Arrays.sort(order);
            assertThat(order).isEqualTo(IntStream.range(0, in.size).toArray());
        }
    }

    @Test
    void emptyCloudHasNoChunks() {
        try (Work work = Work.silent()) {
            assertThat(Chunks.of(cloud(0, 5, new Lattice(0, 0, 0, 1)), 10, work).count())
                    .isZero();
        }
    }
}
