package org.grotto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the launchers let Java learn from runs to its end. */
class RehearsalTest {
    @Test
    void aSmallCaveIsScannedBuiltAndValid() {
        assertThat(Rehearsal.run()).isZero();
    }
}
