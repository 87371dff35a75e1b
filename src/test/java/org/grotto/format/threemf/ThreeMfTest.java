package org.grotto.format.threemf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Texture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreeMfTest {
    private static final String RELS =
            "<?xml version=\"1.0\"?><Relationships><Relationship Target=\"/3D/my.model\" Id=\"r\""
                    + " Type=\"http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel\"/></Relationships>";
    private static final String MESH =
            "<mesh><vertices><vertex x=\"0\" y=\"0\" z=\"0\"/><vertex x=\"1\" y=\"0\" z=\"0\"/>"
                    + "<vertex x=\"0\" y=\"1\" z=\"0\"/><vertex x=\"0\" y=\"0\" z=\"1\"/></vertices><triangles>%s</triangles></mesh>";
    private static final String ONE = "<triangle v1=\"0\" v2=\"1\" v3=\"2\"%s/>";

    @TempDir
    Path dir;

    private List<String> notKept = List.of();
    private List<String> understood = List.of();

    private static String model(String resources, String build) {
        return "<model unit=\"centimeter\" xmlns=\"http://schemas.microsoft.com/3dmanufacturing/core/2015/02\"><resources>"
                + resources + "</resources><build>" + build + "</build></model>";
    }

    private static byte[] zip(String... parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < parts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(parts[i]));
                zip.write(parts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    private Mesh read(byte[] zip) throws IOException {
        return read(zip, false);
    }

    private Mesh read(byte[] zip, boolean keepGoing) throws IOException {
        try (ThreeMfReader r = ThreeMfReader.open(Files.write(dir.resolve("m.3mf"), zip), keepGoing)) {
            assertThat(r.stated().metres()).isIn(0.01, 0.001);
            Mesh m = r.read();
            notKept = r.notKept();
            understood = r.understood();
            return m;
        }
    }

    private static double[] places(Mesh m) {
        double[] p = new double[m.xyz.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = m.origin(i % 3) + m.xyz[i];
        }
        return p;
    }

    @Test
    void itemsAndComponentsStandWhereTheyArePutAndMirroredOnesTurn() throws IOException {
        String resources =
                "<object id=\"1\">" + MESH.formatted(ONE.formatted("")) + "</object><object id=\"2\"><components>"
                        + "<component objectid=\"1\" transform=\"0 1 0 -1 0 0 0 0 1 10 0 0\"/></components></object>";
        Mesh m = read(zip(
                "_rels/.rels",
                RELS,
                "3D/my.model",
                model(
                        resources,
                        "<item objectid=\"2\" transform=\"2 0 0 0 2 0 0 0 2 0 0 5\"/>"
                                + "<item objectid=\"1\" transform=\"-1 0 0 0 1 0 0 0 1 0 0 0\"/>")));
        // (1 0 0) turns to (0 1 0), moves to (10 1 0), doubles to (20 2 0), moves up by 5
        assertThat(places(m)).containsExactly(20, 0, 5, 20, 2, 5, 18, 0, 5, 0, 0, 0, -1, 0, 0, 0, 1, 0);
        assertThat(m.triangles).containsExactly(0, 1, 2, 3, 5, 4);
        assertThat(m.charts).isNull();
        assertThat(notKept).containsExactly("2 vertices that no face uses");
    }

    @Test
    void objectsOfOtherPartsAreFound() throws IOException {
        String other = model("<object id=\"7\">" + MESH.formatted(ONE.formatted("")) + "</object>", "");
        String here = model(
                "<object id=\"1\"><components><component objectid=\"7\" p:path=\"/3D/Objects/a.model\""
                        + " xmlns:p=\"http://schemas.microsoft.com/3dmanufacturing/production/2015/06\"/></components></object>",
                "<item objectid=\"1\"/>");
        assertThat(read(zip("3D/3dmodel.model", here, "3D/Objects/a.model", other))
                        .triangleCount())
                .isEqualTo(1);
        byte[] without = zip("3D/3dmodel.model", here);
        assertThatThrownBy(() -> read(without)).hasMessageContaining("/3D/Objects/a.model");
    }

    @Test
    void materialsColoursOfCornersAndPicturesAreKept() throws IOException {
        String groups = "<basematerials id=\"5\"><base name=\"a\" displaycolor=\"#FF0000\"/><base name=\"b\""
                + " displaycolor=\"#0000FFFF\"/></basematerials><m:colorgroup id=\"6\" xmlns:m=\"m\"><m:color color=\"#000000\"/>"
                + "<m:color color=\"#0000FF\"/></m:colorgroup><m:texture2d id=\"8\" path=\"/3D/Textures/石.png\""
                + " tilestyleu=\"clamp\" xmlns:m=\"m\"/><m:texture2dgroup id=\"9\" texid=\"8\" xmlns:m=\"m\">"
                + "<m:tex2coord u=\"0\" v=\"0\"/><m:tex2coord u=\"1\" v=\"0.25\"/></m:texture2dgroup>";
        String object = "<object id=\"1\" pid=\"5\" pindex=\"1\">"
                + MESH.formatted(ONE.formatted("") + ONE.formatted(" p1=\"0\"")
                        + ONE.formatted(" pid=\"9\" p1=\"0\" p2=\"1\" p3=\"0\"")
                        + "<triangle v1=\"0\" v2=\"1\" v3=\"3\" pid=\"6\" p1=\"0\" p2=\"1\" p3=\"1\"/>")
                + "</object>";
        Mesh m = read(zip(
                "3D/3dmodel.model", model(groups + object, "<item objectid=\"1\"/>"), "3D/Textures/石.png", "stone"));
        Charts c = Objects.requireNonNull(m.charts);
        assertThat(new String(c.material()).chars()).containsExactly(0, 1, 2, 3);
        assertThat(c.materials().get(0).blue()).isEqualTo(1);
        assertThat(c.materials().get(1).red()).isEqualTo(1);
        Texture t = Objects.requireNonNull(c.materials().get(2).colour());
        assertThat(new String(t.read(), StandardCharsets.UTF_8)).isEqualTo("stone");
        assertThat(t.wrapU()).isEqualTo(Texture.Wrap.CLAMP);
        assertThat(java.util.Arrays.copyOfRange(c.uv(), 12, 18)).containsExactly(0, 1, 1, 0.75f, 0, 1);
        assertThat(m.rgb()).startsWith(0, 0, (byte) 170).endsWith(0, 0, (byte) 170);
        assertThat(understood).containsExactly("colours of corners, given to their vertices");
    }

    @Test
    void bombsCirclesAndBrokenPartsAreRefused() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 1; i <= 40; i++) {
            many.append("<object id=\"").append(i + 1).append("\"><components>");
            many.append(("<component objectid=\"" + i + "\"/>").repeat(10)).append("</components></object>");
        }
        String object = "<object id=\"1\">" + MESH.formatted(ONE.formatted("")) + "</object>";
        String[][] cases = {
            {model(object + many, "<item objectid=\"41\"/>"), "again and again"},
            {
                model(
                        object.replace("</object>", "</object>")
                                + "<object id=\"2\"><components><component objectid=\"2\"/>" + "</components></object>",
                        "<item objectid=\"2\"/>"),
                "so deep"
            },
            {model(object.replace("v3=\"2\"", "v3=\"4\""), "<item objectid=\"1\"/>"), "uses vertex 4"},
            {model(object, "<item objectid=\"3\"/>"), "object \"3\""},
            {model(object, "<item objectid=\"1\" transform=\"1 0 0\"/>"), "twelve numbers"},
            {model(object.replace("x=\"1\"", "x=\"one\""), "<item objectid=\"1\"/>"), "instead of a number"},
            {model(object, "").substring(0, 300), "is broken"},
            {"<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + model("&e;", ""), "m.3mf"},
            {" ".repeat(30_000_000) + model(object, ""), "m.3mf"},
            {model(object + " ".repeat(30_000_000), ""), "times its size"}
        };
        for (String[] c : cases) {
            byte[] zip = zip("3D/3dmodel.model", c[0]);
            assertThatThrownBy(() -> read(zip))
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining(c[1]);
        }
        byte[] none = zip("a.txt", "x");
        assertThatThrownBy(() -> read(none)).hasMessageContaining("without a 3D model");
        assertThatThrownBy(() -> read(new byte[40])).hasMessageContaining("no whole ZIP");
    }

    @Test
    void aPrefixThatNobodyDeclaresIsPassedOver() throws IOException {
        String object =
                "<object id=\"1\" zz:b=\"1\">" + MESH.formatted(ONE.formatted("")) + "</object><zz:a zz:c=\"2\"/>";
        Mesh m = read(zip("3D/3dmodel.model", model(object, "<item objectid=\"1\"/>")));
        assertThat(m.triangleCount()).isEqualTo(1);
    }

    @Test
    void aLatticeOfBeamsIsNamedAsWhatItIs() throws IOException {
        String object = "<object id=\"1\">"
                + MESH.formatted("").replace("</mesh>", "<b:beamlattice xmlns:b=\"x\"/></mesh>") + "</object>";
        byte[] zip = zip("3D/3dmodel.model", model(object, "<item objectid=\"1\"/>"));
        assertThatThrownBy(() -> read(zip)).hasMessageContaining("lattices of beams alone");
    }

    @Test
    void whatExtensionsCallByTheSameNamesIsNoneOfTheMesh() throws IOException {
        String slices =
                "<s:slicestack id=\"9\"><s:slice ztop=\"1\"><s:vertices><s:vertex x=\"0\" y=\"0\"/></s:vertices>"
                        + "</s:slice></s:slicestack>";
        String draft = "<color id=\"8\" value=\"#FFFFFF\"/><material id=\"7\" colorid=\"8\"/>";
        String functions = "<v:volumedata id=\"6\"><v:color functionid=\"3\" channel=\"color\"/></v:volumedata>";
        String object = "<object id=\"1\">" + MESH.formatted(ONE.formatted("")) + "</object>";
        Mesh m = read(
                zip("3D/3dmodel.model", model(slices + draft + functions + object + slices, "<item objectid=\"1\"/>")));
        assertThat(m.triangleCount()).isEqualTo(1);
        assertThat(m.vertexCount()).isEqualTo(3);
        assertThat(notKept).contains("slices", "materials of the draft of 2013", "properties that functions give");
    }

    @Test
    void coloursOfTheDraftAreLostAndSlicesAloneAreNamed() throws IOException {
        String object = "<object id=\"1\">%s</object>";
        String colour = "<color id=\"8\" value=\"tex(0)\"/>";
        read(zip(
                "3D/3dmodel.model",
                model(colour + object.formatted(MESH.formatted(ONE.formatted(""))), "<item objectid=\"1\"/>")));
        assertThat(notKept).contains("materials of the draft of 2013");
        byte[] slices = zip(
                "3D/3dmodel.model",
                model("<s:slicestack id=\"9\"/>" + object.formatted(MESH.formatted("")), "<item objectid=\"1\"/>"));
        assertThatThrownBy(() -> read(slices)).hasMessageContaining("shows slices alone");
    }

    @Test
    void anEncryptedPartIsNamedAsWhatItIs() throws IOException {
        byte[] zip = zip("3D/3dmodel.model", "\u0001\u0002 no XML", "Secure/keystore.xml", "<keystore/>");
        Path f = Files.write(dir.resolve("e.3mf"), zip);
        assertThatThrownBy(() -> ThreeMfReader.open(f, false).read())
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("is encrypted");
    }

    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        byte[] good = zip(
                "_rels/.rels",
                RELS,
                "3D/my.model",
                model("<object id=\"1\">" + MESH.formatted(ONE.formatted("")) + "</object>", "<item objectid=\"1\"/>"));
        Random r = new Random(3);
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] bad = good.clone();
            for (int k = 0; k <= i % 3; k++) {
                bad[r.nextInt(bad.length)] = (byte) r.nextInt(256);
            }
            try {
                read(bad);
            } catch (GrottoException e) {
                assertThat(e.getMessage()).contains("m.3mf");
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 1000);
    }
}
