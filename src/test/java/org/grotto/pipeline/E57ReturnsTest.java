package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.Column.Type;
import org.grotto.format.PointBatch;
import org.grotto.format.PointWriter;
import org.grotto.format.Scan;
import org.grotto.format.e57.E57WriteOptions;
import org.grotto.format.e57.E57Writer;
import org.grotto.format.las.LasReader;
import org.grotto.format.las.LasWriteOptions;
import org.grotto.format.las.LasWriter;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ScanColumns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** E57 counts returns from 0 in its files, LAS from 1, we as LAS does; times say what they count from. */
class E57ReturnsTest {
    private static final Column[] COLUMNS = {
        Column.of(Column.RETURN, Type.UINT8, 0, 15),
        Column.of(Column.RETURNS, Type.UINT8, 0, 15),
        Column.of(Column.NIR, Type.UINT8, 0, 255),
        Column.of(Column.TIME, Type.DOUBLE)
    };

    @TempDir
    Path dir;

    private static void write(PointWriter w, Scan s) {
        w.begin(s);
        PointBatch b = new PointBatch(s.columns(), 5);
        b.size = 5;
        for (int i = 0; i < 5; i++) {
            b.x[i] = i;
            b.y[i] = i * i;
            b.columns[0][i] = 1 + i % 3;
            b.columns[1][i] = 3;
            b.columns[2][i] = 51 * (5 - i);
            b.columns[3][i] = 7.5 * i;
        }
        w.write(b);
        w.end();
    }

    private static Scan scan(Map<String, String> metadata) {
        return new Scan("s", null, null, null, 5, List.of(COLUMNS), null, Type.DOUBLE, null, null, metadata);
    }

    @Test
    void theFirstReturnIsOneWhateverTheFileCountsFrom() {
        Path e57 = dir.resolve("a.e57");
        Path las = dir.resolve("a.las");
        try (Work work = new Work(1, 1L << 28, Progress.NONE)) {
            try (E57Writer w = new E57Writer(e57, E57WriteOptions.DEFAULTS)) {
                write(w, scan(Map.of()));
            }
            Scan s = scan(Map.of(LasReader.TIME_KEY, LasReader.STANDARD_TIME));
            try (LasWriter w = new LasWriter(las, LasWriteOptions.LAS, List.of(s), work)) {
                write(w, s);
            }
            for (Path f : List.of(e57, las)) {
                Loaded l = Load.run(List.of(f), InputOptions.DEFAULTS, work);
                Cloud c = l.cloud();
                assertThat(c.columns.bytes(ScanColumns.RETURN.name())).containsExactly(1, 2, 3, 1, 2);
                assertThat(c.columns.bytes(ScanColumns.RETURNS.name())).containsOnly(3);
                assertThat(c.columns.chars(ScanColumns.NIR.name()))
                        .as("16 bits, as colours")
                        .containsExactly((char) 65535, (char) 52428, (char) 39321, (char) 26214, (char) 13107);
                assertThat(c.columns.doubles(ScanColumns.TIME.name())).containsExactly(0, 7.5, 15, 22.5, 30);
                assertThat(l.stations().getFirst().clock())
                        .isEqualTo(f.equals(las) ? LasReader.STANDARD_TIME : "not told");
            }
        }
    }

    @Test
    void convertedThereAndBackTheyAreTheSame() throws IOException {
        Path las = dir.resolve("a.las");
        Path e57 = dir.resolve("b.e57");
        Path back = dir.resolve("c.las");
        try (Work work = new Work(1, 1L << 28, Progress.NONE)) {
            Scan s = scan(Map.of());
            try (LasWriter w = new LasWriter(las, LasWriteOptions.LAS, List.of(s), work)) {
                write(w, s);
            }
            Convert.run(las, e57, work);
            Convert.run(e57, back, work);
            for (Path f : List.of(las, e57, back)) {
                Cloud c = Load.run(List.of(f), InputOptions.DEFAULTS, work).cloud();
                assertThat(c.columns.bytes(ScanColumns.RETURN.name()))
                        .as(f.toString())
                        .containsExactly(1, 2, 3, 1, 2);
            }
        }
        assertThat(Files.readString(e57, StandardCharsets.ISO_8859_1))
                .as("the file itself counts from 0")
                .containsPattern("<returnMinimum type=\"Integer\"(/>|>0<)")
                .contains("<returnMaximum type=\"Integer\">2<");
    }
}
