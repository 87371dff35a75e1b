package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.List;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.junit.jupiter.api.Test;

class LoadedTest {
    private static Loaded loaded() {
        int[] x = {1, 2};
        Cloud c = new Cloud(new Lattice(0, 0, 0, 1e-3), x, x.clone(), x.clone(), null, null, null, null);
        return new Loaded(
                List.of(),
                c,
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                new Guess("", false, false),
                false,
                List.of());
    }

    @Test
    void pointsAreTakenOnceAndNotKept() throws InterruptedException {
        Loaded loaded = loaded();
        WeakReference<Cloud> points = new WeakReference<>(loaded.take());
        for (int i = 0; points.get() != null && i < 50; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(points.get()).isNull();
        assertThatThrownBy(loaded::take).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(loaded::cloud).isInstanceOf(IllegalStateException.class);
        assertThat(loaded.stations()).isEmpty();
    }
}
