package org.grotto.format.pcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.Points;
import org.grotto.format.Reading;
import org.grotto.format.Scan;
import org.grotto.geometry.Pose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PCD in its three forms: values, viewpoint, grids, and files that are cut off or lie. */
class PcdTest {
    private static final String HERE = "0 0 0 1 0 0 0";

    @TempDir
    Path dir;

    private PcdReader open(byte[] file, boolean keepGoing) throws Exception {
        return PcdReader.open(
                Files.write(dir.resolve("t.pcd"), file), new Reading(Work.silent(), List.of(), keepGoing));
    }

    private PcdReader text(String file) throws Exception {
        return open(file.getBytes(StandardCharsets.UTF_8), false);
    }

    private static byte[] mixed(int n, String data, int width, int height) {
        String h = PcdSamples.header(PcdSamples.FIELDS, PcdSamples.SIZES, PcdSamples.TYPES, width, height, HERE, data);
        boolean packed = data.equals("binary_compressed");
        byte[] body = PcdSamples.mixed(n, packed);
        return PcdSamples.file(h, packed ? PcdSamples.packed(body) : body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary", "binary_compressed"})
    void everyValueOfBinaryPoints(String data) throws Exception {
        int n = 50_000;
        PcdReader r = open(mixed(n, data, n, 1), false);
        assertThat(r.scans().getFirst().columns())
                .extracting(Column::name)
                .containsExactly("red", "green", "blue", "intensity", "time");
        List<double[]> p = Points.all(r, 0);
        assertThat(p).hasSize(n);
        for (int i = 0; i < n; i++) {
            if (!Arrays.equals(p.get(i), PcdSamples.row(i))) {
                assertThat(p.get(i)).as("point " + i).containsExactly(PcdSamples.row(i));
            }
        }
        assertThat(r.scans().getFirst().pose()).isNull();
        assertThat(r.notKept()).isEmpty();
    }

    @Test
    void organisedPointsKnowTheirPlaceInTheGrid() throws Exception {
        PcdReader r = open(mixed(20, "binary", 5, 4), false);
        List<double[]> p = Points.all(r, 0);
        assertThat(r.scans().getFirst().columns()).extracting(Column::name).endsWith("row", "col", "invalid");
        assertThat(Arrays.copyOfRange(p.get(14), 8, 11)).containsExactly(2, 4, 2);
        assertThat(Arrays.copyOfRange(p.get(16), 8, 11)).containsExactly(3, 1, 0);
    }

    @Test
    void textOfEveryKind() throws Exception {
        PcdReader r = text(PcdSamples.header(
                        "x y z rgb normal_x normal_y normal_z label",
                        "4 4 4 4 4 4 4 4",
                        "F F F F F F F U",
                        3,
                        1,
                        "1 2 3 0.5 0.5 0.5 0.5",
                        "ascii")
                + "1 2 3 4.2108e+06 0 0 1 7\nnan nan nan 0 nan nan nan 8\n\n-1.5 2e1 3 "
                + Float.intBitsToFloat(0xC86432)
                + " 0 1 0 9\n");
        List<double[]> p = Points.all(r, 0);
        assertThat(p.get(0)).containsExactly(1, 2, 3, 64, 64, 112, 0, 0, 1, 7);
        assertThat(p.get(1)[0]).isNaN();
        assertThat(p.get(2)).containsExactly(-1.5, 20, 3, 200, 100, 50, 0, 1, 0, 9);
        Scan s = r.scans().getFirst();
        assertThat(s.columns())
                .extracting(Column::name)
                .containsExactly("red", "green", "blue", "nx", "ny", "nz", "label");
        assertThat(s.pose()).isEqualTo(new Pose(0.5, 0.5, 0.5, 0.5, 1, 2, 3));
        assertThat(s.eye()).containsExactly(0, 0, 0);
        assertThat(r.understood()).containsExactly("VIEWPOINT as the scanner's pose");
    }

    /** Found by fuzzing: a quaternion whose length no number holds. */
    @Test
    void aViewpointBeyondAllNumbersIsNoPose() throws Exception {
        PcdReader r =
                text(PcdSamples.header("x y z", "4 4 4", "F F F", 1, 1, "0 0 0 1e308 0 1e308 0", "ascii") + "1 2 3\n");
        assertThat(r.scans().getFirst().pose()).isNull();
        assertThat(r.notKept()).contains("VIEWPOINT, which is no position");
    }

    @Test
    void olderHeadersAndOtherWriters() throws Exception {
        PcdReader r =
                text("VERSION .6\r\nCOLUMNS X Y Z Intensity Red Green Blue\r\nSIZE 8 8 8 2 2 2 2\r\nTYPE F F F U U U U"
                        + "\r\nWIDTH 2\r\nDATA ascii\r\n1,2,3,4,500,6,7\r\n1.5 2 3 4 5 6 65535\r\n");
        assertThat(r.format()).isEqualTo("PCD 0.6, text");
        assertThat(Points.all(r, 0).get(0)).containsExactly(1, 2, 3, 4, 500, 6, 7);
        assertThat(r.scans().getFirst().columns().get(1).max()).isEqualTo(65535);
    }

    @Test
    void floatColoursHaveTheRangeOfTheirValues() throws Exception {
        String h = PcdSamples.header("x y z r g b", "4 4 4 4 4 4", "F F F F F F", 2, 1, HERE, "ascii");
        assertThat(text(h + "1 2 3 0.5 0 1\n1 2 3 0 0 0\n")
                        .scans()
                        .getFirst()
                        .columns()
                        .getFirst()
                        .max())
                .isEqualTo(1);
        assertThat(text(h + "1 2 3 200 0 1\n1 2 3 0 0 0\n")
                        .scans()
                        .getFirst()
                        .columns()
                        .getFirst()
                        .max())
                .isEqualTo(255);
    }

    @Test
    void fieldsOfManyValuesAreTold() throws Exception {
        PcdReader r =
                text("VERSION 0.7\nFIELDS x y z fpfh\nSIZE 4 4 4 4\nTYPE F F F F\nCOUNT 1 1 1 3\nWIDTH 1\nHEIGHT 1\n"
                        + "POINTS 1\nDATA ascii\n1 2 3 4 5 6\n");
        assertThat(Points.all(r, 0).getFirst()).containsExactly(1, 2, 3);
        assertThat(r.notKept()).containsExactly("field \"fpfh\", 3 values a point");
    }

    @Test
    void aCutFileIsRefusedOrKeptAsFarAsItGoes() throws Exception {
        byte[] plain = mixed(1000, "binary", 1000, 1);
        byte[] cut = Arrays.copyOf(plain, plain.length - 27 * 400 - 5);
        assertThatThrownBy(() -> open(cut, false))
                .hasMessageContaining("announces 1,000 points and holds 599")
                .hasMessageContaining("--keep-going");
        PcdReader r = open(cut, true);
        assertThat(Points.all(r, 0)).hasSize(599);
        assertThat(r.notKept()).contains("401 points: the file is cut off");

        byte[] packed = mixed(1000, "binary_compressed", 1000, 1);
        assertThatThrownBy(() -> open(Arrays.copyOf(packed, packed.length - 20), false))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("--keep-going");
        PcdReader some = open(Arrays.copyOf(packed, packed.length - 20), true);
        List<double[]> p = Points.all(some, 0);
        assertThat(p).hasSizeBetween(900, 999);
        assertThat(p.get(899)).containsExactly(PcdSamples.row(899));

        String text = PcdSamples.header("x y z", "4 4 4", "F F F", 5, 1, HERE, "ascii") + "1 2 3\n4 5\n7 8 9\n";
        PcdReader strict = text(text.replace("4 5\n", ""));
        assertThatThrownBy(() -> Points.all(strict, 0)).hasMessageContaining("announces 5 points and holds 2");
        PcdReader wrong = text(text);
        assertThatThrownBy(() -> Points.all(wrong, 0)).hasMessageContaining("3 values were expected, found 2");
        PcdReader kept = open(text.getBytes(StandardCharsets.UTF_8), true);
        assertThat(Points.all(kept, 0)).hasSize(2);
        assertThat(kept.notKept())
                .containsExactly(
                        "1 lines that are not as the header says, the first line 13", "2 points: the file is cut off");
    }

    @Test
    void morePointsThanAnnouncedAreSaid() throws Exception {
        PcdReader r = text(PcdSamples.header("x y z", "4 4 4", "F F F", 1, 1, HERE, "ascii") + "1 2 3\n4 5 6\n");
        assertThat(Points.all(r, 0)).hasSize(2);
        assertThat(r.understood()).containsExactly("2 points, where the header announces 1");
    }

    /** Nothing is allocated from a number in a header. */
    @Test
    void headersThatLieAreRefused() {
        String good = PcdSamples.header("x y z", "4 4 4", "F F F", 3, 1, HERE, "binary");
        String[][] lies = {
            {"POINTS 3", "POINTS 999999999999"},
            {"POINTS 3", "POINTS 9999999999999999999"},
            {"POINTS 3", "POINTS -3"},
            {"WIDTH 3", "WIDTH x"},
            {"SIZE 4 4 4", "SIZE 4 4"},
            {"SIZE 4 4 4", "SIZE 4 4 3"},
            {"TYPE F F F", "TYPE F F C"},
            {"COUNT 1 1 1", "COUNT 1 1 999999"},
            {"COUNT 1 1 1", "COUNT 0 0 0"},
            {"FIELDS x y z", "FIELDS x y w"},
            {"VIEWPOINT 0 0 0 1 0 0 0", "VIEWPOINT 0 0 0"},
            {"DATA binary", "DATA lzma"},
            {"DATA binary", "DATA binary_compressed"},
            {"DATA binary\n", ""}
        };
        for (String[] lie : lies) {
            byte[] bad = PcdSamples.file(good.replace(lie[0], lie[1]), new byte[36]);
            assertThatThrownBy(() -> Points.all(open(bad, false), 0))
                    .as(lie[1])
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("t.pcd");
        }
        byte[] bomb = PcdSamples.file(
                PcdSamples.header("x y z", "4 4 4", "F F F", 300_000_000, 1, HERE, "binary_compressed"),
                new byte[] {12, 0, 0, 0, 0, (byte) 0xA4, (byte) 0x93, (byte) 0xD6, 0, 0, (byte) 0xFF, 2, 3, 4, 5});
        assertThatThrownBy(() -> open(bomb, false)).isInstanceOf(GrottoException.class);
        assertThatThrownBy(() -> open(bomb, true)).isInstanceOf(GrottoException.class);
    }

    /** Memory is made ready for as many points as a scan says; text has no more than its bytes can hold. */
    @Test
    void aCountInTextIsBoundedByTheFile() throws Exception {
        PcdReader r = text(PcdSamples.header("x y z", "4 4 4", "F F F", 3, 1, HERE, "ascii")
                        .replace("POINTS 3", "POINTS 999999999")
                + "1 2 3\n");
        assertThat(r.scans().getFirst().count()).isLessThan(10);
        assertThatThrownBy(() -> Points.all(r, 0)).hasMessageContaining("announces 999,999,999 points and holds 1");
    }

    @Test
    void viewpointsThatAreNoneAreTold() throws Exception {
        PcdReader zero = text(PcdSamples.header("x y z", "4 4 4", "F F F", 1, 1, "1 2 3 0 0 0 0", "ascii") + "1 2 3\n");
        assertThat(zero.scans().getFirst().pose()).isEqualTo(new Pose(1, 0, 0, 0, 1, 2, 3));
        assertThat(zero.understood()).anyMatch(s -> s.contains("quaternion of zeros"));
        PcdReader nan =
                text(PcdSamples.header("x y z", "4 4 4", "F F F", 1, 1, "nan 2 3 1 0 0 0", "ascii") + "1 2 3\n");
        assertThat(nan.scans().getFirst().pose()).isNull();
        assertThat(nan.notKept()).containsExactly("VIEWPOINT, which is no position");
    }

    @Test
    void unpackingIsTheReverseOfPacking() throws IOException {
        Random random = new Random(3);
        for (int k = 0; k < 60; k++) {
            byte[] plain = new byte[random.nextInt(80_000)];
            int kinds = 1 + random.nextInt(k % 2 == 0 ? 3 : 200);
            for (int i = 0; i < plain.length; i++) {
                plain[i] = (byte) (i > 5000 && random.nextInt(9) > 0 ? plain[i - 5000] : random.nextInt(kinds));
            }
            try (LzfStream in = new LzfStream(new ByteArrayInputStream(PcdSamples.lzf(plain)))) {
                assertThat(in.readAllBytes()).isEqualTo(plain);
            }
        }
        for (byte[] bad : new byte[][] {{31, 1, 2}, {32, 0}, {0, 7, (byte) 0xE0}, {0, 7, 0x20, 5}}) {
            try (LzfStream in = new LzfStream(new ByteArrayInputStream(bad))) {
                assertThatThrownBy(in::readAllBytes).isInstanceOf(LzfStream.Broken.class);
            }
        }
    }

    /** The Point Cloud Library's own files, packed by it, and PDAL's in text and bytes. */
    @Test
    void realFiles() {
        PcdReader room = PcdReader.open(Need.data("pcl-bsd/room_scan1.pcd"));
        assertThat(Points.all(room, 0)).hasSize(112_586);
        PcdReader grid = PcdReader.open(Need.data("pcl-bsd/pairwise/capture0001.pcd"));
        assertThat(Points.all(grid, 0))
                .hasSize(307_200)
                .filteredOn(p -> Double.isNaN(p[0]))
                .hasSize(57_553);
        assertThat(grid.scans().getFirst().pose()).isEqualTo(new Pose(0, 1, 0, 0, 0, 0, 0));
        PcdReader utm = PcdReader.open(Need.data("pdal-bsd/pcd/autzen-utm.pcd"));
        assertThat(Points.all(utm, 0).getFirst())
                .startsWith(494428.61, 4877455.58, 131.57, 143, 1, 1)
                .endsWith(245380.78254962614, 68, 77, 88);
        for (String name : new String[] {"comma", "space", "tab"}) {
            PcdReader r = PcdReader.open(Need.data("pdal-bsd/pcd/utm17_" + name + ".pcd"));
            assertThat(Points.all(r, 0)).hasSize(10);
            assertThat(Points.all(r, 0).get(9)).containsExactly(289818.50, 4320980.59, 170.58);
        }
        assertThatThrownBy(() -> PcdReader.open(Need.data("malformed/pointclouds/missingheader.pcd")))
                .isInstanceOf(GrottoException.class);
    }
}
