package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.scene.Station;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A survey with strays is loaded as the same survey without them, and the strays are named. */
class FarPointsTest {
    @TempDir
    Path dir;

    private Path file(String name, int of, int from, String before, String after) throws IOException {
        StringBuilder s = new StringBuilder(before);
        for (int i = from; i < from + 400; i++) {
            double z = 1 - 2 * (i + 0.5) / of;
            double r = Math.sqrt(1 - z * z);
            double a = i * 2.399963229728653;
            s.append(String.format(
                    Locale.ROOT,
                    "%.7f %.7f %.7f %d%n",
                    500_000 + 3 * r * Math.cos(a),
                    4_432_100 + 3 * r * Math.sin(a),
                    1200 + 3 * z,
                    i % 200));
        }
        Path f = Files.createDirectories(dir.resolve(before.isEmpty() && after.isEmpty() ? "plain" : "strays"))
                .resolve(name);
        return Files.writeString(f, s.append(after));
    }

    private static void assertSame(Cloud a, Cloud b) {
        assertThat(b.lattice).isEqualTo(a.lattice);
        assertThat(b.x).isEqualTo(a.x);
        assertThat(b.y).isEqualTo(a.y);
        assertThat(b.z).isEqualTo(a.z);
        assertThat(b.intensity()).isEqualTo(a.intensity());
        assertThat(b.station()).isEqualTo(a.station());
    }

    /** The warnings, but for what the columns were taken for. */
    private static List<String> said(Loaded l) {
        return l.warnings().stream()
                .map(Text::en)
                .filter(s -> !s.contains(": read as columns "))
                .toList();
    }

    @Test
    void straysAreNamedAndDecideNothing() throws IOException {
        try (Work work = Work.silent()) {
            Path first = file("a.xyz", 1200, 0, "", "");
            Path second = file("b.xyz", 1200, 400, "", "");
            Path third = file("c.xyz", 1200, 800, "", "");
            Loaded plain = Load.run(List.of(first, second, third), InputOptions.DEFAULTS, work);
            assertThat(said(plain)).isEmpty();
            assertThat(plain.cloud().lattice.step()).isEqualTo(1e-6);
            Path b = file("b.xyz", 1200, 400, "0 0 0 7\n", "");
            Path c = file("c.xyz", 1200, 800, "", "500000 4432100 -98800 9\n1e8 4432100 1200 9\n");
            Loaded strays = Load.run(List.of(first, b, c), InputOptions.DEFAULTS, work);
            assertThat(said(strays))
                    .containsExactly(
                            "b.xyz: points far from all others were left out, as errors: 1 of them, the first at 0.000"
                                    + " 0.000 0.000 m. They decide nothing of the rest.",
                            "c.xyz: points far from all others were left out, as errors: 2 of them, the first at"
                                    + " 500000.000 4432100.000 -98800.000 m. They decide nothing of the rest.");
            assertThat(work.faults().all().get("points far from all others").count())
                    .isEqualTo(3);
            assertThat(strays.stations().stream().map(Station::points)).containsExactly(400L, 400L, 400L);
            assertSame(plain.cloud(), strays.cloud());
        }
    }
}
