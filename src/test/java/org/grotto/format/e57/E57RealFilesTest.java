package org.grotto.format.e57;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.junit.jupiter.api.Test;

/** Files of seven other programs: each is read whole, or refused with a true sentence. */
class E57RealFilesTest {

    private static long points(Path file) {
        try (E57Reader r = E57Reader.open(file)) {
            long n = 0;
            for (int i = 0; i < r.scans().size(); i++) {
                if (file.endsWith("read_error.e57")) { // rays without return alone, none of them marked
                    PointBatch b = new PointBatch(r.scans().get(i).columns(), 100);
                    try (PointReader.PointCursor c = r.points(i)) {
                        assertThat(c.next(b)).isFalse();
                    }
                    assertThat(r.understood()).singleElement().asString().startsWith("2651 returns at the scanner");
                    continue;
                }
                n += Columns.read(r, i).get("x").length;
            }
            return n;
        }
    }

    private static final Map<String, String> REFUSED = Map.of(
            "bad-crc.e57", "at byte 0: the page of 1,024 bytes that starts here is damaged",
            "corrupt_crc.e57", "at byte 33792: the page of 1,024 bytes that starts here is damaged",
            "InvalidFileLength.e57", "is truncated: the header states 2048 bytes, but the file has 120",
            "NoPrototype.e57", "it has no prototype",
            "invalid.e57", "it starts with \"Invalid \" instead of",
            "justxml.e57", "it is the XML part of one",
            "zero-bytes.e57", "is empty (0 bytes)");

    @Test
    void everyFileIsReadOrRefused() throws IOException {
        int read = 0;
        int refused = 0;
        for (String dir : new String[] {"e57-cc0", "e57-mit", "pdal-bsd/e57", "malformed/pointclouds"}) {
            try (Stream<Path> files = Files.walk(Need.data(dir))) {
                for (Path f : files.filter(p -> p.toString().endsWith(".e57")).toList()) {
                    String sentence = REFUSED.get(String.valueOf(f.getFileName()));
                    if (sentence == null) {
                        points(f);
                        read++;
                    } else {
                        assertThatThrownBy(() -> points(f))
                                .isInstanceOf(GrottoException.class)
                                .hasMessageContaining(sentence);
                        refused++;
                    }
                }
            }
        }
        assertThat(read).isEqualTo(46);
        assertThat(refused).isEqualTo(9);
    }

    @Test
    void sixPackingsOfTheBunnyAgreeWithinTheirPrecision() {
        Map<String, double[]> truth = bunny("Double");
        for (String packing : new String[] {"Float", "Int19", "Int21", "Int24", "Int32"}) {
            Map<String, double[]> other = bunny(packing);
            // integers count micrometres: half a step; the bunny is under 0.19 m, where floats are 1.5e-8 m apart
            double precision = packing.equals("Float") ? 0.75e-8 : 0.5e-6;
            for (String a : new String[] {"x", "y", "z"}) {
                for (int i = 0; i < 30571; i++) {
                    assertThat(Math.abs(other.get(a)[i] - truth.get(a)[i])).isLessThanOrEqualTo(precision);
                }
            }
            assertThat(other.get(Column.INVALID)).containsOnly(0);
        }
    }

    private static Map<String, double[]> bunny(String packing) {
        try (E57Reader r = E57Reader.open(Need.data("e57-mit/bunny" + packing + ".e57"))) {
            assertThat(r.scans().get(0).name()).isEqualTo("bunny");
            Map<String, double[]> m = Columns.read(r, 0);
            assertThat(m.get("x")).hasSize(30571);
            return m;
        }
    }

    private static Scan scan(String file, int index) {
        try (E57Reader r = E57Reader.open(Need.data(file))) {
            return r.scans().get(index);
        }
    }

    private static Map<String, double[]> values(String file) {
        try (E57Reader r = E57Reader.open(Need.data(file))) {
            return Columns.read(r, 0);
        }
    }

    @Test
    void limitsComeFromWhereTheyAreDeclared() {
        Column c = scan("e57-mit/integer_intensity.e57", 0).columns().get(0);
        assertThat(c).isEqualTo(Column.of(Column.INTENSITY, Column.Type.INT8, -66, 66));
        c = scan("e57-mit/scaled_integer_intensity.e57", 0).columns().get(0);
        assertThat(c.type()).isEqualTo(Column.Type.SCALED);
        assertThat(c.scale()).isEqualTo(0.1);
        assertThat(c.max()).isCloseTo(66.6, org.assertj.core.api.Assertions.within(1e-9));
        c = scan("e57-mit/float_intensity_without_min_max.e57", 0).columns().get(0);
        assertThat(c.min()).isNaN();
        assertThat(scan("e57-cc0/self/ColouredCubeFloat.e57", 0).columns().get(0))
                .isEqualTo(Column.of(Column.RED, Column.Type.UINT8, 0, 255));
    }

    @Test
    void stateNormalsExtensionsAndMissingNamespacesAreColumns() {
        Map<String, double[]> m = values("e57-mit/cartesian_invalid_state_single.e57");
        assertThat(m.get(Column.INVALID)).containsExactly(0, 1, 2);
        assertThat(values("e57-mit/tiny_pc_with_extension.e57"))
                .containsOnlyKeys("x", "y", "z", Column.NX, Column.NY, Column.NZ);
        assertThat(values("e57-mit/no_ext_namespace.e57").get(Column.CLASSIFICATION))
                .containsExactly(42);
        assertThat(values("e57-mit/las2e57_no_images_tag.e57")).containsKeys("las:pointSourceId", Column.RETURN);
    }

    @Test
    void returnsThatAreCountedFromOneStay() {
        Map<String, double[]> m = values("e57-cc0/3rdParty/las2e57/ColourRepresentation.e57");
        assertThat(m.get(Column.RETURN)).hasSize(153).containsOnly(1); // returnIndex 1 of 1: none is its second
        assertThat(m.get(Column.RETURNS)).containsOnly(1);
    }

    @Test
    void sphericalPointsLieOnTheirSphere() {
        Map<String, double[]> m = values("e57-mit/tiny_spherical.e57");
        assertThat(m.get("x")).hasSize(360);
        for (int i = 0; i < 360; i++) {
            double r = Math.sqrt(
                    m.get("x")[i] * m.get("x")[i] + m.get("y")[i] * m.get("y")[i] + m.get("z")[i] * m.get("z")[i]);
            assertThat(r).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-12));
        }
    }

    @Test
    void scansWithDifferentFieldsAndNotesOfWhatIsNotKept() {
        assertThat(scan("pdal-bsd/e57/A_B_different_dims.e57", 0).columns()).hasSize(1);
        assertThat(scan("pdal-bsd/e57/A_B_different_dims.e57", 1).columns()).hasSize(3);
        assertThat(scan("pdal-bsd/e57/A_B_different_dims.e57", 1).name()).isEqualTo("with-color");
        try (E57Reader r = E57Reader.open(Need.data("e57-mit/tiny_pc_and_images.e57"))) {
            assertThat(r.notKept()).isEmpty();
            assertThat(org.grotto.format.Picture.count(r.pictures()))
                    .isEqualTo("4 pictures (1 cylindrical, 1 pinhole, 1 spherical, 1 visual)");
        }
        try (E57Reader r = E57Reader.open(Need.data("e57-mit/las2e57_no_images_tag.e57"))) {
            assertThat(r.notKept()).anyMatch(s -> s.contains("las:publicHeaderBlockData, 227 bytes"));
            assertThat(r.metadata()).containsEntry("xmlns:las", "http://www.astm.org/COMMIT/E57/2010-las-v1.0");
        }
        try (E57Reader r = E57Reader.open(Need.data("e57-mit/bunnyDouble.e57"))) {
            assertThat(r.metadata().get("e57LibraryVersion")).startsWith("InteliSum");
        }
        assertThat(scan("e57-mit/original_guids.e57", 0).metadata()).containsEntry("originalGuids/2", "guid3");
    }
}
