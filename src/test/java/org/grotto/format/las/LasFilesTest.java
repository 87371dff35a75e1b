package org.grotto.format.las;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.mreutegg.laszip4j.LASPoint;
import com.github.mreutegg.laszip4j.LASReader;
import java.nio.file.Path;
import java.util.Iterator;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files from elsewhere: read as another library reads them, or refused in one sentence. */
class LasFilesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pdal-bsd/1.2-with-color.las",
                "pdal-bsd/autzen_trim.laz",
                "pdal-bsd/lone-star.copc.laz",
                "pdal-bsd/1.2-with-color.copc.laz",
                "pdal-bsd/test1_4.las",
                "pdal-bsd/extrabytes.las",
                "malformed/pointclouds/wontcompress3.las",
                "malformed/pointclouds/spurious.las"
            })
    void readsAsAnotherLibraryReads(String name) {
        Path file = Need.data(name);
        for (Work work : new Work[] {null, new Work(3, 1L << 30, org.grotto.base.Progress.NONE)}) {
            try (LasReader reader = LasReader.open(file, work);
                    PointReader.PointCursor cursor = reader.points(0)) {
                PointBatch b = new PointBatch(reader.scans().getFirst().columns(), 10_007);
                double[] scale = reader.scale();
                double[] offset = reader.offset();
                Iterator<LASPoint> other =
                        new LASReader(file.toFile()).getPoints().iterator();
                long n = 0;
                while (cursor.next(b)) {
                    for (int i = 0; i < b.size; i++) {
                        LASPoint p = other.next();
                        assertThat(b.x[i]).isEqualTo(p.getX() * scale[0] + offset[0]);
                        assertThat(b.y[i]).isEqualTo(p.getY() * scale[1] + offset[1]);
                        assertThat(b.z[i]).isEqualTo(p.getZ() * scale[2] + offset[2]);
                        same(b, i, Column.INTENSITY, p.getIntensity());
                        same(b, i, Column.RETURN, p.getReturnNumber());
                        same(b, i, Column.RETURNS, p.getNumberOfReturns());
                        same(b, i, Column.CLASSIFICATION, p.getClassification());
                        same(b, i, Column.SOURCE, p.getPointSourceID());
                        same(b, i, LasColumns.USER_DATA, p.getUserData() & 255);
                        same(b, i, Column.TIME, p.getGPSTime());
                        if (reader.layout().hasColour()) {
                            same(b, i, Column.RED, p.getRed());
                            same(b, i, Column.GREEN, p.getGreen());
                            same(b, i, Column.BLUE, p.getBlue());
                        }
                        n++;
                    }
                }
                assertThat(n).isEqualTo(reader.count()).isPositive();
                assertThat(other.hasNext()).isFalse();
            }
        }
    }

    private static void same(PointBatch b, int i, String column, double expected) {
        int k = b.indexOf(column);
        if (k >= 0) {
            assertThat(b.columns[k][i]).as(column).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.2-empty-geotiff-vlrs.las, 43",
        "bad-geotiff-keys.las, 10",
        "bad_points_1.1.las, 1",
        "bad_vlr_count.las, 10",
        "gps-time-nan.las, 1",
        "no-points.las, 0",
        "spurious.las, 1065",
        "wontcompress3.las, 1000"
    })
    void validEdgeCasesAreRead(String name, long points) {
        try (LasReader reader = LasReader.open(Need.data("malformed/pointclouds/" + name))) {
            assertThat(read(reader)).isEqualTo(points);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.2-no-points.las, truncated",
        "1.2-with-color-clipped.las, truncated",
        "garbage_nVariableLength.las, truncated",
        "broken_coder.laz, coder",
        "broken_compressor.laz, compressor",
        "broken_size.laz, LASzip record",
        "broken_type.laz, type",
        "broken_version.laz, version"
    })
    void brokenFilesAreRefusedInOneSentence(String name, String word) {
        Path file = Need.data("malformed/pointclouds/" + name);
        assertThatThrownBy(() -> {
                    try (LasReader reader = LasReader.open(file)) {
                        read(reader);
                    }
                })
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(word);
    }

    @Test
    void extraBytesOfAllTypesBecomeColumns() {
        try (LasReader reader = LasReader.open(Need.data("pdal-bsd/extrabytes.las"))) {
            // PDAL's own test expects exactly these columns of this file
            assertThat(reader.scans().getFirst().columns())
                    .extracting(Column::name)
                    .contains("Colors[0]", "Colors[1]", "Colors[2]", "Flags[0]", "Flags[1]", "Intensity", "Time");
            PointBatch b = new PointBatch(reader.scans().getFirst().columns(), 4096);
            try (PointReader.PointCursor c = reader.points(0)) {
                c.next(b);
            }
            for (int i = 0; i < b.size; i++) {
                assertThat(value(b, i, "Colors[0]")).isEqualTo(value(b, i, Column.RED));
                assertThat(value(b, i, "Colors[1]")).isEqualTo(value(b, i, Column.GREEN));
                assertThat(value(b, i, "Colors[2]")).isEqualTo(value(b, i, Column.BLUE));
                assertThat(value(b, i, "Intensity")).isEqualTo(value(b, i, Column.INTENSITY));
                assertThat(value(b, i, "Time")).isEqualTo(Math.floor(value(b, i, Column.TIME)));
            }
        }
    }

    private static double value(PointBatch b, int i, String column) {
        return b.columns[b.indexOf(column)][i];
    }

    @Test
    void coordinateSystemIsNamed() {
        try (LasReader reader = LasReader.open(Need.data("pdal-bsd/lone-star.copc.laz"))) {
            assertThat(reader.metadata().get("crs")).startsWith("GEOCCS[");
            assertThat(reader.format()).isEqualTo("COPC 1.0 (LAZ 1.4 point format 6)");
        }
    }

    static long read(PointReader reader) {
        long n = 0;
        PointBatch b = new PointBatch(reader.scans().getFirst().columns(), 1000);
        try (PointReader.PointCursor cursor = reader.points(0)) {
            while (cursor.next(b)) {
                n += b.size;
            }
        }
        return n;
    }
}
