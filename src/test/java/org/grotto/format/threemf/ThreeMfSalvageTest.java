package org.grotto.format.threemf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of damaged 3MF files on --keep-going, and what their refusals offer. */
class ThreeMfSalvageTest {
    private static final int SIDE = 60;

    @TempDir
    Path dir;

    private List<String> notKept = List.of();

    private static String model(String resources, String build) {
        return "<model unit=\"meter\">\n<resources>" + resources + "</resources>\n<build>" + build + "</build></model>";
    }

    private static String object(int id, String vertices, String triangles) {
        return "<object id=\"" + id + "\"><mesh><vertices>" + vertices + "</vertices>\n<triangles>" + triangles
                + "</triangles></mesh></object>";
    }

    private static String vertex(double x, double y, double z) {
        return String.format(Locale.ROOT, "<vertex x=\"%.4f\" y=\"%.4f\" z=\"%.4f\"/>%n", x, y, z);
    }

    private static String triangle(int a, int b, int c) {
        return "<triangle v1=\"" + a + "\" v2=\"" + b + "\" v3=\"" + c + "\"/>\n";
    }

    /** A field of stone of 2 * 59 * 59 triangles, rough, so that no two vertices pack alike. */
    private static String field(int id) {
        Random r = new Random(id);
        StringBuilder v = new StringBuilder();
        StringBuilder t = new StringBuilder();
        for (int i = 0; i < SIDE; i++) {
            for (int k = 0; k < SIDE; k++) {
                v.append(vertex(i, k, r.nextDouble()));
                if (i + 1 < SIDE && k + 1 < SIDE) {
                    int n = i * SIDE + k;
                    t.append(triangle(n, n + SIDE, n + 1)).append(triangle(n + 1, n + SIDE, n + SIDE + 1));
                }
            }
        }
        return object(id, v.toString(), t.toString());
    }

    private static byte[] zip(boolean packed, String model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = model.getBytes(StandardCharsets.UTF_8);
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry e = new ZipEntry("3D/3dmodel.model");
            if (!packed) {
                CRC32 sum = new CRC32();
                sum.update(bytes);
                e.setMethod(ZipEntry.STORED);
                e.setSize(bytes.length);
                e.setCrc(sum.getValue());
            }
            zip.putNextEntry(e);
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    private Mesh read(byte[] zip, boolean keepGoing) throws IOException {
        try (ThreeMfReader r = ThreeMfReader.open(Files.write(dir.resolve("m.3mf"), zip), keepGoing)) {
            Mesh m = r.read();
            notKept = r.notKept();
            return m;
        }
    }

    private void offers(byte[] zip, int triangles) {
        assertThatThrownBy(() -> read(zip, false))
                .isInstanceOf(GrottoException.class)
                .hasMessageEndingWith(
                        ", or --keep-going would give " + triangles + (triangles == 1 ? " triangle." : " triangles."));
    }

    /** Cut in the second of two objects, with the build that places them and the list of the archive's parts. */
    @Test
    void anArchiveThatWasCutGivesTheTrianglesBeforeTheCut() throws IOException {
        int all = 2 * (SIDE - 1) * (SIDE - 1);
        String model = model(field(1) + field(2), "<item objectid=\"1\"/><item objectid=\"2\"/>");
        for (boolean packed : new boolean[] {true, false}) {
            byte[] whole = zip(packed, model);
            assertThat(read(whole, false).triangleCount()).isEqualTo(2 * all);
            byte[] cut = Arrays.copyOf(whole, packed ? whole.length - 4000 : whole.length - 60_000);
            Mesh m = read(cut, true);
            assertThat(m.triangleCount()).isBetween(all + 1, 2 * all - 1);
            assertThat(notKept)
                    .anyMatch(s -> s.startsWith("the rest of damaged parts: 3D/3dmodel.model from line "))
                    .noneMatch(s -> s.contains("checksum"));
            offers(cut, m.triangleCount());
        }
    }

    @Test
    void aDamagedPartGivesTheTrianglesBeforeTheDamageAndSaysHowMuchIsLost() throws IOException {
        int all = 2 * (SIDE - 1) * (SIDE - 1);
        byte[] zip = zip(true, model(field(1) + field(2), "<item objectid=\"1\"/><item objectid=\"2\"/>"));
        Arrays.fill(zip, zip.length - 5000, zip.length - 4900, (byte) 0xFF);
        Mesh m = read(zip, true);
        assertThat(m.triangleCount()).isBetween(all + 1, 2 * all - 1);
        assertThat(notKept).anyMatch(s -> s.matches("the rest of damaged parts: .*\\d+ of \\d+ bytes.*"));
        offers(zip, m.triangleCount());
    }

    /** A digit that changed leaves whole XML: the checksum alone knows. */
    @Test
    void whatDoesNotHaveItsChecksumIsToldAsUncertain() throws IOException {
        String one = object(1, vertex(1, 2, 3) + vertex(4, 5, 6) + vertex(7, 8, 1), triangle(0, 1, 2));
        byte[] zip = zip(false, model(one, "<item objectid=\"1\"/>"));
        int at = new String(zip, StandardCharsets.ISO_8859_1).indexOf("4.0000");
        zip[at] = '9';
        assertThat(read(zip, true).triangleCount()).isEqualTo(1);
        assertThat(notKept)
                .containsExactly("certainty of numbers: of these parts the checksum is another: 3D/3dmodel.model");
        assertThatThrownBy(() -> read(zip, false)).hasMessageContaining("does not have its checksum");
        offers(zip, 1);
    }

    @Test
    void damagedElementsCostTheTrianglesThatNeedThem() throws IOException {
        String vertices = vertex(0, 0, 0) + vertex(1, 0, 0) + "<vertex x=\"one\" y=\"1\" z=\"0\"/>" + vertex(1, 1, 0)
                + vertex(0, 1, 0);
        String triangles = triangle(0, 1, 2) + triangle(0, 1, 3) + triangle(0, 3, 4) + triangle(0, 3, 77)
                + "<triangle v1=\"0\" v2=\"-\" v3=\"1\"/>";
        String build = "<item objectid=\"1\"/><item objectid=\"8\"/><item objectid=\"1\" transform=\"1 0\"/>";
        byte[] zip = zip(true, model(object(1, vertices, triangles), build));
        Mesh m = read(zip, true);
        assertThat(m.triangles).containsExactly(0, 1, 2, 0, 2, 3);
        assertThat(m.xyz).hasSize(12);
        assertThat(notKept)
                .contains(
                        "1 damaged triangles: a corner has no place",
                        "damaged elements: 1 of \"item\" in 3D/3dmodel.model, 1 of \"vertex\" in 3D/3dmodel.model, 2 of"
                                + " \"triangle\" in 3D/3dmodel.model",
                        "objects that are not there: 8");
        offers(zip, 2);
    }

    /** Without the build, which stands at a file's end, an object that another places is shown there alone. */
    @Test
    void componentsStandInTheirObjectsWhereTheBuildIsLost() throws IOException {
        String one = object(1, vertex(0, 0, 0) + vertex(1, 0, 0) + vertex(0, 1, 0), triangle(0, 1, 2));
        String two = "<object id=\"2\"><components><component objectid=\"1\" transform=\"1 0 0 0 1 0 0 0 1 5 0 0\"/>"
                + "</components></object>";
        String model = model(one + two, "");
        Mesh m = read(zip(true, model.substring(0, model.indexOf("</resources>"))), true);
        assertThat(m.triangleCount()).isEqualTo(1);
        assertThat(m.origin(0) + m.xyz[0]).isEqualTo(5);
    }

    @Test
    void bombsStayRefused() throws IOException {
        byte[] zip = zip(true, model(field(1) + " ".repeat(30_000_000), ""));
        assertThatThrownBy(() -> read(zip, true)).hasMessageContaining("times its size");
        assertThatThrownBy(() -> read(Arrays.copyOf(zip, zip.length - 100), true))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("times its size");
    }
}
