package org.grotto.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapStoreTest {
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
            HeapStore store = HeapStore.of(cloud(6000, range, lattice), 300, work);
            Cloud c = store.whole();
            for (double radius : new double[] {0, range * 1e-8, range * 1e-7, range * 4e-6}) {
                for (int i = 0; i < store.regions(); i += 3) {
                    Region region = store.region(i, radius, Set.of());
                    Box b = region.core().grow(radius + 1e-9);
                    int[] want = IntStream.range(0, c.size)
                            .filter(k -> b.contains(c.px(k), c.py(k), c.pz(k)))
                            .toArray();
                    int[] found = IntStream.range(0, region.cloud().size)
                            .map(k -> (int) region.id(k))
                            .toArray();
                    assertThat(IntStream.range(1, found.length).allMatch(k -> found[k - 1] < found[k]))
                            .as("in order, each once")
                            .isTrue();
                    assertThat(Arrays.stream(want).allMatch(k -> Arrays.binarySearch(found, k) >= 0))
                            .isTrue();
                    // rounding outwards may add what lies one lattice step further, nothing else
                    Box loose = region.core().grow(radius + 2.1e-6);
                    assertThat(Arrays.stream(found).allMatch(k -> loose.contains(c.px(k), c.py(k), c.pz(k))))
                            .isTrue();
                    for (int k = 0; k < found.length; k++) {
                        assertThat(region.cloud().x[k]).isEqualTo(c.x[found[k]]);
                    }
                }
            }
        }
    }

    @Test
    void regionsHoldEveryPointOnceInOrderAndNoMoreThanAsked() {
        try (Work work = Work.silent()) {
            Cloud in = cloud(20_000, 100_000, new Lattice(0, 0, 0, 1e-5));
            int[] number = IntStream.range(0, in.size).toArray();
            ColumnType type = ColumnType.choice("number", ColumnType.Kind.INT32, "test");
            HeapStore store = HeapStore.of(in.with(type, number), 500, work);
            int at = 0;
            long last = -1;
            boolean[] seen = new boolean[in.size];
            for (int i = 0; i < store.regions(); i++) {
                assertThat(store.count(i)).isBetween(1, 500);
                Region r = store.region(i, 0.01, Set.of("number", Store.MORTON.name()));
                assertThat(r.count()).isEqualTo(store.count(i));
                long[] code = (long[]) r.cloud().columns.array(Store.MORTON.name());
                for (int k = r.from(); k < r.to(); k++) {
                    assertThat(r.id(k)).isEqualTo(at++);
                    int from = r.cloud().columns.ints("number")[k];
                    assertThat(seen[from]).isFalse();
                    seen[from] = true;
                    assertThat(r.cloud().x[k]).isEqualTo(in.x[from]);
                    assertThat(code[k]).isGreaterThanOrEqualTo(last);
                    last = code[k];
                }
            }
            assertThat(at).isEqualTo(in.size);
        }
    }

    @Test
    void columnsComeWhereTheyBelongAndPointsGo() {
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Store store = engine.store(cloud(5_000, 100_000, new Lattice(0, 0, 0, 1e-5)), 300);
            ColumnType odd = ColumnType.choice("odd", ColumnType.Kind.UINT8, "test");
            ColumnType id = ColumnType.choice("id", ColumnType.Kind.INT64, "test");
            Store with = engine.add(store, Craft.of(Set.of(), List.of(odd, id), 0, (region, w) -> {
                byte[] a = new byte[region.count()];
                long[] b = new long[region.count()];
                for (int k = 0; k < a.length; k++) {
                    b[k] = region.id(region.from() + k);
                    a[k] = (byte) (b[k] % 2);
                }
                return Columns.NONE.with(odd, a).with(id, b);
            }));
            Store even = with.keep("odd", work);
            assertThat(even.size()).isEqualTo(2_500);
            assertThat(even.columns()).containsExactly(id);
            for (long number : (long[]) even.whole().columns.array("id")) {
                assertThat(number % 2).isZero();
            }
            assertThat(even.without(List.of("id")).columns()).isEmpty();
        }
    }

    @Test
    void emptyCloudHasNoRegions() {
        try (Work work = Work.silent()) {
            assertThat(HeapStore.of(cloud(0, 5, new Lattice(0, 0, 0, 1)), 10, work)
                            .regions())
                    .isZero();
        }
    }
}
