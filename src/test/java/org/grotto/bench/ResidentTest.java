package org.grotto.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What Linux tells of a process's memory. */
class ResidentTest {
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
