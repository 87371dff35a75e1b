package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.List;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LoadedTest {
    private static Loaded loaded() {
        int[] x = {1, 2};
        Cloud c = new Cloud(new Lattice(0, 0, 0, 1e-3), x, x.clone(), x.clone(), null, null, null, null);
        return new Loaded(List.of(), c, List.of(), null, List.of(), List.of());
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

    @Test
    @EnabledOnOs(OS.LINUX)
    void peakResidentGrowsWithWhatIsHeld() {
        long self = ProcessHandle.current().pid();
        double before = Resident.peak(self);
        assertThat(before).isBetween(20.0, 100_000.0);
        byte[] block = new byte[1 << 20];
        java.util.Arrays.fill(block, (byte) 1);
        assertThat(Resident.peak(self)).isGreaterThanOrEqualTo(before);
        assertThat(Resident.peak(1L << 40)).isNaN();
    }
}
