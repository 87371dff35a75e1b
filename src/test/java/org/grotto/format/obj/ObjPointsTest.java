package org.grotto.format.obj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An OBJ without faces is a cloud: places, colours and normals arrive in order; one with a face is a mesh. */
class ObjPointsTest {
    @TempDir
    Path dir;

    private Path file(String text) throws IOException {
        return Files.writeString(dir.resolve("a.obj"), text);
    }

    private static List<double[]> rows(PointReader r, int at) {
        List<Column> columns = r.scans().getFirst().columns();
        PointBatch b = new PointBatch(columns, at);
        List<double[]> out = new ArrayList<>();
        try (PointReader.PointCursor c = r.points(0)) {
            while (c.next(b)) {
                for (int i = 0; i < b.size; i++) {
                    double[] row = new double[3 + columns.size()];
                    row[0] = b.x[i];
                    row[1] = b.y[i];
                    row[2] = b.z[i];
                    for (int k = 0; k < columns.size(); k++) {
                        row[3 + k] = b.columns[k][i];
                    }
                    out.add(row);
                }
            }
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16BE", "UTF-16LE"})
    void aFaceIsSeenInEveryEncoding(String encoding) throws IOException {
        String mark = encoding.equals("UTF-8") ? "" : "\uFEFF";
        String points = mark + "# 窟\nv 0 0 0\nv 1 0 0\nv 0 1 0\n";
        Path cloud = dir.resolve("points.obj");
        Files.write(cloud, points.getBytes(encoding));
        Path mesh = dir.resolve("mesh.obj");
        Files.write(mesh, (points + "f 1 2 3\n").getBytes(encoding));
        assertThat(ObjPoints.hasFaces(cloud)).isFalse();
        assertThat(ObjPoints.hasFaces(mesh)).isTrue();
    }

    @Test
    void placesNormalsAndColoursComeInOrder() throws IOException {
        Path f = file("# points\nvn 0 0 1\nv 1 2 3 255 0 10\nvn 0 1 0\nv 4 5 6 0 128 0\nvn 1 0 0\n\nv 7 8 9 1 2 3\n");
        try (PointReader r = ObjPoints.open(f)) {
            assertThat(r.scans().getFirst().count()).isEqualTo(3);
            assertThat(r.scans().getFirst().columns())
                    .extracting(Column::name)
                    .containsExactly("nx", "ny", "nz", "red", "green", "blue");
            for (int at : new int[] {1, 2, 100}) {
                assertThat(rows(r, at))
                        .containsExactly(
                                new double[] {1, 2, 3, 0, 0, 1, 255, 0, 10},
                                new double[] {4, 5, 6, 0, 1, 0, 0, 128, 0},
                                new double[] {7, 8, 9, 1, 0, 0, 1, 2, 3});
            }
            assertThat(r.notKept()).isEmpty();
        }
    }

    @Test
    void normalsThatBelongToNoneAreNamed() throws IOException {
        try (PointReader r = ObjPoints.open(file("v 1 2 3\nv 4 5 6\nvn 0 0 1\np 1\n"))) {
            assertThat(rows(r, 10)).containsExactly(new double[] {1, 2, 3}, new double[] {4, 5, 6});
            assertThat(r.notKept().toString()).contains("1 normals beside 2 vertices", "single points");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'v 0 0 0\nf 1 1 1', true",
        "'v 0 0 0\n  f 1 1 1', true",
        "'f 1 2 3\nv 0 0 0', true",
        "'v 0 0 0\r\nfo 1 1 1', true",
        "'v 0 0 0\n# f 1 2 3\no f 1\n', false",
        "'v 0 0 0\nl 1 2\ng f\n', false",
        "'', false"
    })
    void aFaceIsALineThatBeginsWithF(String text, boolean faces) throws IOException {
        assertThat(ObjPoints.hasFaces(file(text.replace("\\n", "\n").replace("\\r", "\r"))))
                .isEqualTo(faces);
    }

    @Test
    void whatHoldsNeitherIsRefused() throws IOException {
        Path f = file("hello\n");
        assertThatThrownBy(() -> ObjPoints.open(f)).hasMessageContaining("neither faces nor a line");
        Path cut = file("v 1 2\n");
        assertThatThrownBy(() -> ObjPoints.open(cut)).hasMessageContaining("\"v x y z\" was expected");
    }
}
