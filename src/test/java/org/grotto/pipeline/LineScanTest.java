package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One line is no surface; many lines, thin things and sparse tunnels are. */
class LineScanTest {
    @TempDir
    Path dir;

    private interface Curve {
        double[] at(int i, Random r);
    }

    private void refused(boolean wanted, String name, int n, Curve c) throws IOException {
        StringBuilder s = new StringBuilder();
        Random r = new Random(7);
        for (int i = 0; i < n; i++) {
            double[] p = c.at(i, r);
            s.append(String.format(Locale.ROOT, "%.6f %.6f %.6f%n", p[0], p[1], p[2]));
        }
        Path f = Files.writeString(dir.resolve(name + ".xyz"), s);
        try (Work work = Work.silent()) {
            if (wanted) {
                assertThatThrownBy(() -> LineScan.refuse(Load.run(List.of(f), InputOptions.DEFAULTS, work)))
                        .as(name)
                        .isInstanceOf(GrottoException.class)
                        .hasMessageContaining("one scan line is no surface");
            } else {
                assertThat(LineScan.is(Load.run(List.of(f), InputOptions.DEFAULTS, work)
                                .cloud()))
                        .as(name)
                        .isFalse();
            }
        }
    }

    @Test
    void linesAreRefused() throws IOException {
        refused(true, "straight", 500, (i, r) -> new double[] {i * 0.003, i * 0.004, 1 + i * 0.001});
        refused(true, "few", 5, (i, r) -> new double[] {i, 2 * i, 3});
        // a profile scanner's sweep through a room 4 x 3 m, with a millimetre of noise
        refused(true, "sweep", 3000, (i, r) -> {
            double a = 2 * Math.PI * i / 3000;
            double m = Math.min(2 / Math.abs(Math.cos(a)), 1.5 / Math.abs(Math.sin(a)));
            double d = m + 0.001 * r.nextGaussian();
            return new double[] {5, d * Math.cos(a), d * Math.sin(a)};
        });
    }

    @Test
    void surfacesAreNot() throws IOException {
        refused(false, "lines", 12_000, (i, r) -> new double[] {i % 400 * 0.005, i / 400 * 0.1, 0.02 * r.nextDouble()});
        refused(false, "tunnel", 1000, (i, r) -> {
            double a = 2 * Math.PI * r.nextDouble();
            return new double[] {200 * r.nextDouble(), 2 * Math.cos(a), 2 * Math.sin(a)};
        });
        refused(false, "pole", 4000, (i, r) -> {
            double a = 2 * Math.PI * r.nextDouble();
            return new double[] {0.05 * Math.cos(a), 0.05 * Math.sin(a), 3 * r.nextDouble()};
        });
        refused(false, "sheet", 400, (i, r) -> new double[] {i % 20, i / 20, 0});
        refused(false, "ball", 100, (i, r) -> {
            double[] p = {r.nextGaussian(), r.nextGaussian(), r.nextGaussian()};
            double l = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
            return new double[] {p[0] / l, p[1] / l, p[2] / l};
        });
    }
}
