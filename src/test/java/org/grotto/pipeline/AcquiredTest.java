package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.Scan;
import org.grotto.format.e57.E57WriteOptions;
import org.grotto.format.e57.E57Writer;
import org.grotto.geometry.Pose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When and with what scans were taken, from files that say it, say half of it, or say what cannot be. */
class AcquiredTest {
    @TempDir
    Path dir;

    private List<Acquired> read(Path file) {
        try (Work work = Work.silent()) {
            return Load.run(List.of(file), InputOptions.DEFAULTS, work).acquired();
        }
    }

    @SafeVarargs
    private Path e57(String created, Map<String, String>... scans) {
        Path path = dir.resolve("dated.e57");
        E57WriteOptions d = E57WriteOptions.DEFAULTS;
        try (E57Writer w = new E57Writer(
                path, new E57WriteOptions(d.coordinates(), d.step(), d.packed(), d.guid(), created, d.crs()))) {
            for (Map<String, String> metadata : scans) {
                Scan scan = new Scan(
                        "s",
                        null,
                        Pose.IDENTITY,
                        new double[3],
                        9,
                        List.of(),
                        null,
                        Column.Type.DOUBLE,
                        null,
                        null,
                        metadata);
                PointBatch b = new PointBatch(List.of(), 9);
                for (int i = 0; i < 9; i++) {
                    b.x[i] = i % 3;
                    b.y[i] = i / 3.0;
                    b.z[i] = 0.1 * i;
                }
                b.size = 9;
                w.begin(scan);
                w.write(b);
                w.end();
            }
        }
        return path;
    }

    @Test
    void daysAndInstrumentComeFromTheScans() {
        Path file = e57(
                "2024-06-30T12:00:00Z",
                Map.of(
                        "acquisitionStart", "2024-05-06T23:08:09Z",
                        "acquisitionEnd", "2024-05-07T00:10:00Z",
                        "sensorVendor", "Maker",
                        "sensorModel", "M 150",
                        "sensorSerialNumber", "42"),
                Map.of("acquisitionStart", "2024-05-09T01:00:00Z"),
                Map.of());
        assertThat(read(file))
                .containsExactly(
                        new Acquired(
                                LocalDate.of(2024, 5, 6),
                                LocalDate.of(2024, 5, 7),
                                "Maker M 150 (42)",
                                LocalDate.of(2024, 6, 30)),
                        new Acquired(
                                LocalDate.of(2024, 5, 9), LocalDate.of(2024, 5, 9), null, LocalDate.of(2024, 6, 30)),
                        new Acquired(null, null, null, LocalDate.of(2024, 6, 30)));
    }

    @Test
    void datesThatCannotBeAreNone() {
        assertThat(read(e57("", Map.of("acquisitionStart", "1980-01-06T00:00:01Z"))))
                .containsExactly(new Acquired(null, null, null, null));
    }

    @Test
    void aFileWithoutADateHasNone() throws Exception {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            s.append(i % 3)
                    .append(' ')
                    .append(i / 3)
                    .append(' ')
                    .append(0.1 * i)
                    .append('\n');
        }
        Path xyz = Files.writeString(dir.resolve("bare.xyz"), s, StandardCharsets.UTF_8);
        assertThat(read(xyz)).containsExactly(new Acquired(null, null, null, null));
    }
}
