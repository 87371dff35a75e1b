package org.grotto.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.base.GrottoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A truth file brings back the same cave and the same stations, and refuses what it cannot bring back. */
class TruthFileTest {
    private static final SimulateOptions OPTIONS =
            new SimulateOptions("small", 3, 1000, Double.NaN, 42, 0.001, 0.002, 0.001, true, 0.002, false);

    @Test
    void comesBackEqual(@TempDir Path folder) {
        Simulation s = Simulation.plan(OPTIONS);
        Path file = folder.resolve(TruthFile.NAME);
        TruthFile.of(s).write(file);
        Simulation again = TruthFile.read(file);
        assertThat(again.setups()).isEqualTo(s.setups());
        assertThat(again.cave().f(0.3, 0.2, 1.1)).isEqualTo(s.cave().f(0.3, 0.2, 1.1));
        assertThat(again.options()).isEqualTo(OPTIONS);
    }

    @Test
    void refusesAnotherCave(@TempDir Path folder) throws IOException {
        Path file = folder.resolve(TruthFile.NAME);
        TruthFile.of(Simulation.plan(OPTIONS)).write(file);
        Files.writeString(file, Files.readString(file).replace("\"seed\" : 42", "\"seed\" : 43"));
        assertThatThrownBy(() -> TruthFile.read(file))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("simulate it anew");
    }

    @Test
    void aRegistrationErrorMovesTheReportedPoseAndNotTheTrueOne() {
        Setup s = Simulation.plan(OPTIONS).setups().get(0);
        double dx = s.pose().tx() - s.reported().tx();
        double dy = s.pose().ty() - s.reported().ty();
        double dz = s.pose().tz() - s.reported().tz();
        assertThat(Math.sqrt(dx * dx + dy * dy + dz * dz)).isBetween(0.0002, 0.012);
        Setup exact = Simulation.plan(SimulateOptions.DEFAULTS).setups().get(0);
        assertThat(exact.reported()).isEqualTo(exact.pose());
    }
}
