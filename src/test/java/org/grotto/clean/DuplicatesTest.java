package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicatesTest {
    /**
     * Crowds of places on 3 x 3 x 3 lattice steps, far apart, so that each crowd is of one Morton cell; of every place the
     * first in the store's order stays, whichever axis tells it from the others.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 16, 17, 60})
    void ofEveryPlaceTheFirstStays(int crowd) {
        Random random = new Random(crowd);
        int n = 40 * crowd;
        int[][] c = new int[3][n];
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                c[a][i] = 50_000_000 * (i / crowd % (a + 2)) + random.nextInt(3);
            }
        }
        c[0][n - 1] = 2_000_000_000; // a large extent: cells are hundreds of steps wide
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Cloud cloud = new Cloud(new Lattice(0, 0, 0, 1e-6), c[0], c[1], c[2], null, null, null, null);
            Store store = engine.add(engine.store(cloud, 100), new Duplicates());
            Cloud k = store.whole();
            byte[] reason = k.columns.bytes(Removed.REASON.name());
            Set<String> seen = new HashSet<>();
            int twice = 0;
            for (int i = 0; i < n; i++) {
                boolean first = seen.add(k.x[i] + " " + k.y[i] + " " + k.z[i]);
                assertThat(reason[i]).isEqualTo(first ? Removed.KEPT : Removed.DUPLICATE);
                twice += first ? 0 : 1;
            }
            assertThat(twice).isPositive();
            assertThat(new Removed(1, 2, 3, 4, 0, 0, 0).plus(store, engine))
                    .isEqualTo(new Removed(1 + twice, 2, 3, 4, 0, 0, 0));
        }
    }

    @Test
    void reasonsAreCountedOneByOne() {
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            int[] line = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
            byte[] reason = {0, 4, 1, 3, 3, 4, 2, 0, 4, 4};
            Cloud cloud = new Cloud(new Lattice(0, 0, 0, 1), line, line, line, null, null, null, null)
                    .with(Removed.REASON, reason);
            Removed r = new Removed(0, 0, 0, 0, 0, 0, 0).plus(engine.store(cloud, 4), engine);
            assertThat(r).isEqualTo(new Removed(1, 1, 2, 4, 0, 0, 0));
            assertThat(r.total()).isEqualTo(8);
        }
    }
}
