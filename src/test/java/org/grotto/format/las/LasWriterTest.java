package org.grotto.format.las;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.grotto.geometry.Box;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into a LAS or LAZ file comes out again, or is named as lost. */
class LasWriterTest {
    @TempDir
    Path folder;

    private final Work work = new Work(2, 1L << 30, Progress.NONE);

    @AfterEach
    void close() {
        work.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pdal-bsd/extrabytes.las",
                "pdal-bsd/autzen_trim.laz",
                "pdal-bsd/lone-star.copc.laz",
                "las-laz-pairs-mit/pdrf8-1.4.laz",
                "las-laz-pairs-mit/pdrf5-1.3.laz",
                "malformed/pointclouds/no-points.las"
            })
    void everyColumnOfALasFileComesBack(String name) {
        for (boolean compress : new boolean[] {false, true}) {
            Path file = folder.resolve(compress ? "out.laz" : "out.las");
            try (LasReader in = LasReader.open(Need.data(name))) {
                LasWriteOptions o =
                        new LasWriteOptions(compress, 1e-5, in.metadata().get("crs"), 0, 0);
                copy(in, new LasWriter(file, o, in.scans(), work));
                try (LasReader out = LasReader.open(file)) {
                    assertThat(out.count()).isEqualTo(in.count());
                    assertThat(out.scale()).isEqualTo(in.scale());
                    assertThat(out.offset()).isEqualTo(in.offset());
                    assertThat(out.standardTime())
                            .isEqualTo(in.standardTime() && in.layout().hasTime());
                    same(in, out);
                }
            }
        }
    }

    private static void copy(PointReader in, LasWriter writer) {
        try (writer) {
            for (int s = 0; s < in.scans().size(); s++) {
                Scan scan = in.scans().get(s);
                writer.begin(scan);
                PointBatch b = new PointBatch(scan.columns(), 3001);
                try (PointReader.PointCursor c = in.points(s)) {
                    while (c.next(b)) {
                        writer.write(b);
                    }
                }
                writer.end();
            }
        }
    }

    private static void same(LasReader in, LasReader out) {
        PointBatch a = new PointBatch(in.scans().getFirst().columns(), 1000);
        PointBatch b = new PointBatch(out.scans().getFirst().columns(), 1000);
        try (PointReader.PointCursor ca = in.points(0);
                PointReader.PointCursor cb = out.points(0)) {
            while (ca.next(a)) {
                assertThat(cb.next(b)).isTrue();
                assertThat(b.x).isEqualTo(a.x);
                assertThat(b.y).isEqualTo(a.y);
                assertThat(b.z).isEqualTo(a.z);
                for (int k = 0; k < a.schema.size(); k++) {
                    Column c = a.schema.get(k);
                    int other = b.indexOf(c.name());
                    assertThat(other).as(c.name()).isNotNegative();
                    for (int i = 0; i < a.size; i++) {
                        double tolerance = c.name().equals(LasColumns.ANGLE) ? LasColumns.ANGLE_STEP / 2 : 0;
                        double v = a.columns[k][i];
                        double w = b.columns[other][i];
                        if (Double.compare(v, w) != 0) {
                            assertThat(w).as(c.name()).isCloseTo(v, within(tolerance));
                        }
                    }
                }
            }
            assertThat(cb.next(b)).isFalse();
        }
    }

    private static Scan scan(String name, @Nullable Pose pose, @Nullable Box bounds, Column... columns) {
        return new Scan(name, null, pose, null, -1, List.of(columns), bounds, Column.Type.DOUBLE, null, null, Map.of());
    }

    @Test
    void posesAreAppliedAndScansToldApart() {
        Column[] columns = {
            Column.of(Column.NX, Column.Type.FLOAT),
            Column.of(Column.NY, Column.Type.FLOAT),
            Column.of(Column.NZ, Column.Type.FLOAT),
            Column.of(Column.INTENSITY, Column.Type.FLOAT, 0, 1),
            Column.of(Column.RED, Column.Type.UINT8, 0, 255),
            Column.of(Column.INVALID, Column.Type.UINT8, 0, 2),
            Column.of("moisture", Column.Type.DOUBLE)
        };
        // a quarter turn about z, then 100 m east
        Pose pose = Pose.of(new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1}, 100, 0, 0);
        List<Scan> scans = List.of(
                scan("a", null, new Box(0, 0, 0, 5, 5, 5), columns),
                scan("b", pose, new Box(0, 0, 0, 5, 5, 5), columns));
        Path file = folder.resolve("two.laz");
        LasWriter writer = new LasWriter(file, LasWriteOptions.DEFAULTS, scans, work);
        PointBatch b = new PointBatch(List.of(columns), 4);
        for (int i = 0; i < 4; i++) {
            b.x[i] = 1 + i;
            b.y[i] = 2;
            b.z[i] = 3.00001;
            b.columns[0][i] = 1;
            b.columns[3][i] = i / 3.0;
            b.columns[4][i] = 51 * i;
            b.columns[5][i] = i == 3 ? 2 : 0;
            b.columns[6][i] = Math.PI * i;
        }
        b.size = 4;
        try (writer) {
            for (Scan s : scans) {
                writer.begin(s);
                writer.write(b);
                writer.end();
            }
        }
        assertThat(writer.lost())
                .anyMatch(s -> s.contains("pose"))
                .anyMatch(s -> s.contains("2 points whose position"))
                .anyMatch(s -> s.contains("intensity"));
        try (LasReader r = LasReader.open(file)) {
            PointBatch out = new PointBatch(r.scans().getFirst().columns(), 10);
            try (PointReader.PointCursor c = r.points(0)) {
                c.next(out);
            }
            assertThat(out.size).isEqualTo(6);
            assertThat(r.scans().getFirst().bounds())
                    .isEqualTo(new Box(out.x[0], out.y[3], out.z[0], out.x[3], out.y[5], out.z[0]));
            assertThat(value(out, 0, Column.SOURCE)).isEqualTo(1);
            assertThat(value(out, 3, Column.SOURCE)).isEqualTo(2);
            assertThat(out.x[3]).isCloseTo(98, within(5e-6));
            assertThat(out.y[3]).isCloseTo(1, within(5e-6));
            assertThat(out.z[3]).isCloseTo(3.00001, within(5e-9));
            assertThat(value(out, 0, Column.NX)).isEqualTo(1);
            assertThat(value(out, 3, Column.NX)).isCloseTo(0, within(1e-7));
            assertThat(value(out, 3, Column.NY)).isCloseTo(1, within(1e-7));
            assertThat(value(out, 1, Column.RED)).isEqualTo(51 * 257);
            assertThat(value(out, 1, Column.INTENSITY)).isEqualTo(21845);
            assertThat(value(out, 2, "moisture")).isEqualTo(2 * Math.PI);
        }
    }

    private static double value(PointBatch b, int i, String column) {
        return b.columns[b.indexOf(column)][i];
    }

    @Test
    void farCoordinatesWithoutBoundsFit() {
        Path file = folder.resolve("utm.laz");
        LasWriter writer = new LasWriter(file, LasWriteOptions.DEFAULTS, List.of(), work);
        PointBatch b = new PointBatch(List.of(), 2);
        b.x[0] = 512_345.12345;
        b.y[0] = 4_001_234.54321;
        b.x[1] = b.x[0] + 1000;
        b.y[1] = b.y[0] - 1000;
        b.size = 2;
        try (writer) {
            writer.begin(scan("s", null, null));
            writer.write(b);
        }
        try (LasReader r = LasReader.open(file)) {
            PointBatch out = new PointBatch(r.scans().getFirst().columns(), 2);
            r.points(0).next(out);
            assertThat(out.x[1]).isCloseTo(b.x[1], within(5.1e-6));
            assertThat(out.y[1]).isCloseTo(b.y[1], within(5.1e-6));
        }
    }

    @Test
    void tooFarIsSaid() {
        LasWriter writer = new LasWriter(folder.resolve("far.las"), LasWriteOptions.LAS, List.of(), work);
        PointBatch b = new PointBatch(List.of(), 2);
        b.x[1] = 1e6;
        b.size = 2;
        writer.begin(scan("s", null, null));
        assertThatThrownBy(() -> writer.write(b))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("the bounds of its scan");
        writer.close();
    }

    @Test
    void threadsDoNotChangeTheBytes() throws Exception {
        byte[][] bytes = new byte[2][];
        for (int t = 0; t < 2; t++) {
            Path file = folder.resolve("t" + t + ".laz");
            try (Work w = new Work(1 + 2 * t, 1L << 30, Progress.NONE);
                    LasReader in = LasReader.open(Need.data("pdal-bsd/lone-star.copc.laz"), w)) {
                copy(in, new LasWriter(file, LasWriteOptions.DEFAULTS, in.scans(), w));
            }
            bytes[t] = Files.readAllBytes(file);
        }
        assertThat(bytes[1]).isEqualTo(bytes[0]);
    }
}
