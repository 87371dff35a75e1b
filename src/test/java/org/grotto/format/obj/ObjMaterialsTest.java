package org.grotto.format.obj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Texture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjMaterialsTest {
    private static final String QUAD = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nvt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\n";
    private static final String FACE = "f 1/1 2/2 3/3 4/4\n";

    @TempDir
    Path dir;

    private ObjMeshReader reader = ObjMeshReader.open(Need.root().resolve("pom.xml"));

    @BeforeEach
    void pictures() throws IOException {
        file("a.png", "a");
        file("b.png", "b");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }

    private Mesh read(String obj) throws IOException {
        reader = ObjMeshReader.open(file("m.obj", obj));
        return reader.read();
    }

    private Charts charts(String obj) throws IOException {
        return Objects.requireNonNull(read(obj).charts);
    }

    private static String colour(Material m) {
        Texture t = m.colour();
        return t == null ? "-" : t.name();
    }

    private void assertNothingToSay() {
        assertThat(reader.notKept()).isEmpty();
        assertThat(reader.understood()).isEmpty();
    }

    @Test
    void aPictureLiesOnATextureSeamWithoutSplittingVertices() throws IOException {
        file("m.mtl", "newmtl stone wall\nmap_Kd a.png\n");
        Mesh m = read("mtllib m.mtl\n" + QUAD + "usemtl stone wall\nf 1/1 2/2 3/3\nf 1/2 3/4/ 4/1\n");
        assertThat(m.vertexCount()).isEqualTo(4);
        assertThat(m.triangles).containsExactly(0, 1, 2, 0, 2, 3);
        Charts c = Objects.requireNonNull(m.charts);
        // v counts from the top
        assertThat(c.uv()).containsExactly(0, 1, 1, 1, 1, 0, 1, 1, 0, 0, 0, 1);
        assertThat(c.material()).containsExactly((char) 0, (char) 0);
        Material stone = c.materials().getFirst();
        assertThat(stone.name()).isEqualTo("stone wall");
        assertThat(stone.red()).isEqualTo(1);
        Texture t = Objects.requireNonNull(stone.colour());
        assertThat(t.read()).containsExactly('a');
        assertThat(t.wrapU()).isEqualTo(Texture.Wrap.REPEAT);
        assertNothingToSay();
    }

    @Test
    void theCasesArriveWhole() {
        Path quad = Need.data("../cases/files/quad.obj");
        try (ObjMeshReader r = ObjMeshReader.open(quad)) {
            Charts c = Objects.requireNonNull(r.read().charts);
            assertThat(c.uv()).containsExactly(0, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0);
            assertThat(c.materials()).extracting(ObjMaterialsTest::colour).containsExactly("quad.png");
            assertThat(r.notKept()).isEmpty();
        }
        try (ObjMeshReader r = ObjMeshReader.open(Need.data("../cases/files/obj-usemtl-spaces.obj"))) {
            assertThat(r.read().charts).isNull();
            assertThat(r.notKept())
                    .contains("files of materials that are not there: my file.mtl", "materials: other, stone wall 1");
        }
    }

    @Test
    void aPictureIsTheColourWhateverKdSays() throws IOException {
        file("m.mtl", "newmtl a\nKd 0 0 0\nmap_Kd a.png\nnewmtl b\nKd 0.5 1 0\nnewmtl c\nmap_Kd c.png\nKd 1 0 0\n");
        Charts c = charts("mtllib m.mtl\n" + QUAD + "usemtl a\n" + FACE + "usemtl b\n" + FACE + "usemtl c\n" + FACE);
        assertThat(c.material()).containsExactly((char) 0, (char) 0, (char) 1, (char) 1, (char) 2, (char) 2);
        assertThat(c.materials().get(0).red()).isEqualTo(1);
        assertThat(c.materials().get(1).red()).isCloseTo(0.21404f, within(1e-5f));
        assertThat(c.materials().get(1).green()).isEqualTo(1);
        assertThat(c.materials().get(2).green()).isZero();
        assertThat(c.materials()).extracting(ObjMaterialsTest::colour).containsExactly("a.png", "-", "-");
        assertThat(reader.understood())
                .containsExactly("the picture is the colour, whatever Kd says beside it, of materials: a");
        assertThat(reader.notKept()).containsExactly("pictures that are not there: c.png");
    }

    @Test
    void aLineThatMakesNoSenseCostsNoMesh() throws IOException {
        file("m.mtl", "newmtl a\nKd red\nKd 1,0 0 0\nd\nd x\nmap_Kd\nmap_Kd -s 2\nnewmtl b\nKd 0 1 0\n");
        Charts c = charts("mtllib m.mtl\n" + QUAD + "usemtl a\n" + FACE + "usemtl b\n" + FACE);
        assertThat(c.materials()).extracting(Material::red).containsExactly(1f, 0f);
        assertThat(reader.notKept())
                .containsExactly(
                        "lines of materials that make no sense: m.mtl line 2, m.mtl line 5", "texture coordinates");
    }

    @Test
    void coloursAloneAreChartsWhereTheyDiffer() throws IOException {
        file("m.mtl", "newmtl a\nKd 1 0 0\nnewmtl b\nKd 0 0 1\n");
        Charts c = charts("mtllib m.mtl\n" + QUAD + "usemtl a\n" + FACE + "usemtl b\n" + FACE);
        assertThat(c.pictured()).isFalse();
        assertThat(c.materials()).extracting(Material::blue).containsExactly(0f, 1f);
        assertThat(charts("mtllib m.mtl\n" + QUAD + "usemtl a\n" + FACE).materials())
                .hasSize(1);
        file("m.mtl", "newmtl a\nKd 0.8 0.8 0.8\n");
        assertThat(read("mtllib m.mtl\n" + QUAD + "usemtl a\n" + FACE).charts).isNull();
        assertThat(reader.notKept()).containsExactly("texture coordinates", "the one colour of all materials");
    }

    @Test
    void optionsStandBeforeNamesWithBlanksAndMovePictures() throws IOException {
        file("my stone 1.png", "s");
        file(
                "m.mtl",
                "newmtl a\nmap_Kd -s 2 4 1 -o 0.25 0.5 -clamp on -bm 1 -mm 0 1 -blendu off -colorspace sRGB my stone 1.png\n"
                        + "norm -s 2 4 1 -o 0.25 0.5 b.png\nmap_AO a.png\n");
        Charts c = charts("mtllib m.mtl\n" + QUAD + "usemtl a\n" + FACE);
        assertThat(c.uv()).startsWith(0.25f, 0.5f, 2.25f, 0.5f, 2.25f, -3.5f);
        Material m = c.materials().getFirst();
        assertThat(colour(m)).isEqualTo("my stone 1.png");
        assertThat(Objects.requireNonNull(m.colour()).wrapV()).isEqualTo(Texture.Wrap.CLAMP);
        assertThat(Objects.requireNonNull(m.normal()).name()).isEqualTo("b.png");
        assertThat(m.occlusion()).isNull();
        assertThat(reader.notKept())
                .containsExactly("pictures of other kinds: a.png (occlusion, placed otherwise than the colour)");
    }

    @Test
    void picturesThatAreNotKeptAreNamed() throws IOException {
        file(
                "m.mtl",
                "newmtl a\nmap_Kd a.png\nmap_Ka a.png\nmap_Bump height.png\nmap_Ks gloss.png\nd 0.5\n"
                        + "newmtl b\nmap_Kd a.png\nmap_d a.png\nmap_Ka b_AO.png\n");
        file("b_AO.png", "o");
        Charts c = charts("mtllib m.mtl\n" + QUAD + "usemtl a\n" + FACE + "usemtl b\n" + FACE);
        assertThat(reader.notKept())
                .containsExactly(
                        "pictures of other kinds: gloss.png (map_ks), height.png (map_bump)",
                        "transparency of materials: a");
        assertThat(c.materials()).extracting(Material::cutout).containsExactly(0f, 0.5f);
        assertThat(Objects.requireNonNull(c.materials().get(1).occlusion()).name())
                .isEqualTo("b_AO.png");
        assertThat(reader.understood())
                .containsExactly(
                        "map_Ka as ambient occlusion, by its name: b_AO.png",
                        "pixels less than half opaque are holes (map_d), of materials: b");
    }

    @Test
    void holesMayStandInAPictureOfTheirOwn() throws IOException {
        file("m.mtl", "newmtl a\nmap_Kd a.png\nmap_d holes.png\nnewmtl b\nmap_Kd a.png\nmap_d gone.png\n");
        file("holes.png", "h");
        Charts c = charts("mtllib m.mtl\n" + QUAD + "usemtl a\n" + FACE + "usemtl b\n" + FACE);
        assertThat(Objects.requireNonNull(c.materials().getFirst().opacity()).name())
                .isEqualTo("holes.png");
        assertThat(c.materials()).extracting(Material::cutout).containsExactly(0.5f, 0f);
        assertThat(reader.notKept()).containsExactly("pictures that are not there: gone.png");
    }

    @Test
    void trianglesWithoutAPlaceInThePictureAreOfTheColour() throws IOException {
        file("m.mtl", "newmtl a\nKd 1 0 0\nmap_Kd a.png\n");
        Charts c =
                charts("mtllib m.mtl\n" + QUAD + "vt 0.5\nvt nan 0\nusemtl a\nf 1/1 2/2 3/9\nf 1 2 3\nf 1/-6 2/5 3/2\n"
                        + "f 1/1 2/2 4/6\nf 1/1 2/-20 3/2\n");
        assertThat(c.material()).containsExactly((char) 1, (char) 1, (char) 0, (char) 1, (char) 1);
        assertThat(c.materials().get(1).pictured()).isFalse();
        assertThat(c.materials().get(1).green()).isZero();
        assertThat(c.uv()).startsWith(0, 0, 0, 0, 0, 0).contains(0.5f);
        assertThat(java.util.Arrays.copyOfRange(c.uv(), 12, 18)).containsExactly(0, 1, 0.5f, 1, 1, 1);
        assertThat(reader.notKept()).containsExactly("the pictures of 4 triangles without a place in them");
    }

    @Test
    void tilesOfUdimAreMaterialsOfTheirOwn() throws IOException {
        for (int tile : new int[] {1001, 1002, 1012}) {
            file("t." + tile + ".png", "" + tile);
        }
        file("m.mtl", "newmtl a\nKd 1 0 0\nmap_Kd t.<UDIM>.png\nnewmtl b\nmap_Kd t.1001.png\n");
        String at =
                "vt 1 0\nvt 2 0\nvt 2 1\nvt 1.25 1.5\nvt 1.5 1.5\nvt 1.5 1.75\nvt 0.5 0.5\nvt 2.5 0.5\nvt 0.5 3.5\n";
        Charts c = charts("mtllib m.mtl\n" + QUAD + at + "usemtl a\nf 1/1 2/2 3/3\nf 1/5 2/6 3/7\nf 1/8 2/9 3/10\n"
                + "f 1/12 2/11 3/11\nf 1/13 2/13 3/13\nusemtl b\nf 1/5 2/6 3/7\n");
        assertThat(c.materials().stream().map(ObjMaterialsTest::colour).toList())
                .containsExactly("t.1001.png", "t.1002.png", "t.1012.png", "-", "t.1002.png");
        assertThat(new String(c.material()).chars()).containsExactly(0, 1, 2, 1, 3, 4);
        assertThat(java.util.Arrays.copyOfRange(c.uv(), 6, 18))
                .containsExactly(0, 1, 1, 1, 1, 0, 0.25f, 0.5f, 0.5f, 0.5f, 0.5f, 0.25f);
        assertThat(c.materials().get(3).green()).isZero();
        assertThat(reader.notKept())
                .containsExactly("1 vertices that no face uses", "pictures that are not there: t.1031.png");
        assertThat(reader.understood())
                .contains("1 triangles lie across tiles and go by their middle")
                .contains("pictures numbered from 1001 are tiles (UDIM): t.1001.png");
    }

    @Test
    void namesInChineseOfAnyEncodingAreFound() throws IOException {
        file("壁面 1.png", "w");
        Charset gb = Charset.forName("GB18030");
        Files.write(dir.resolve("洞窟.mtl"), "newmtl 石壁\nmap_Kd 壁面 1.png\n".getBytes(gb));
        String text = "mtllib 洞窟.mtl\n" + QUAD + "usemtl 石壁\n" + FACE;
        for (Charset c : new Charset[] {gb, StandardCharsets.UTF_8}) {
            Path obj = Files.write(dir.resolve("c.obj"), text.getBytes(c));
            reader = ObjMeshReader.open(obj);
            Charts charts = Objects.requireNonNull(reader.read().charts);
            assertThat(charts.materials().getFirst().name()).isEqualTo("石壁");
            assertThat(colour(charts.materials().getFirst())).isEqualTo("壁面 1.png");
            assertNothingToSay();
        }
    }

    @Test
    void filesAreFoundWhereOtherMachinesHadThemOtherwise() throws IOException {
        file("x y.mtl", "newmtl a\nmap_Kd D:\\scan\\out\\A.PNG\n");
        file("z.mtl", "newmtl b\nmap_Kd http://example.org/b.png\n");
        Charts c = charts("mtllib x y.mtl z.mtl\n" + QUAD + "usemtl a\n" + FACE + "usemtl b\n" + FACE);
        assertThat(c.materials()).extracting(ObjMaterialsTest::colour).containsExactly("a.png", "-");
        assertThat(reader.notKept())
                .containsExactly("pictures at addresses, which are not followed: http://example.org/b.png");
        assertThat(reader.understood())
                .containsExactly("files beside the mesh in place of those that it names: D:\\scan\\out\\A.PNG");
    }

    @Test
    void aLibraryOfTheMeshesNameIsTakenWhereNoneIsThere() throws IOException {
        file("m.mtl", "newmtl a\nmap_Kd a.png\n");
        assertThat(charts("mtllib old name.mtl\n" + QUAD + "usemtl A\n" + FACE).pictured())
                .isTrue();
        assertThat(reader.understood()).containsExactly("materials from m.mtl, which has the mesh's name");
        assertThat(charts("mtllib ./m.mtl\n" + QUAD + FACE).pictured()).isTrue();
        assertThat(reader.understood())
                .containsExactly("the only material of its file lies on all triangles, which name none");
    }

    @Test
    void concaveFacesCarryTheirPicturesAlong() throws IOException {
        file("m.mtl", "newmtl a\nmap_Kd a.png\n");
        String dart = "v 0 0 0\nv 2 -1 0\nv 0.5 0 0\nv 2 1 0\nvt 0 0.5\nvt 1 0\nvt 0.25 0.5\nvt 1 1\n";
        for (String obj : new String[] {
            "mtllib m.mtl\nusemtl a\n" + dart + "f 2/2 3/3 4/4 1/1\n",
            "mtllib m.mtl\nusemtl a\nf 2/2 3/3 4/4 1/1\n" + dart
        }) {
            Mesh m = read(obj);
            Charts c = Objects.requireNonNull(m.charts);
            for (int k = 0; k < 6; k++) {
                int v = 3 * m.triangles[k];
                assertThat(c.uv()[2 * k]).isEqualTo((float) ((m.originX + m.xyz[v]) / 2));
                assertThat(c.uv()[2 * k + 1]).isEqualTo((float) (0.5 - (m.originY + m.xyz[v + 1]) / 2));
            }
        }
    }

    @Test
    void materialsMayChangeWithEachFace() throws IOException {
        file("m.mtl", "newmtl a\nmap_Kd a.png\nnewmtl b\nmap_Kd b.png\n");
        int n = 5000;
        Charts c = charts("mtllib m.mtl\n" + QUAD + ("usemtl a\nf 1/1 2/2 3/3\nusemtl b\nf 1/1 3/3 4/4\n").repeat(n));
        assertThat(c.material()).hasSize(2 * n);
        for (int t = 0; t < 2 * n; t++) {
            assertThat(colour(c.materials().get(c.material()[t]))).isEqualTo(t % 2 == 0 ? "a.png" : "b.png");
        }
    }

    @Test
    void whatIsWholeOfADamagedFileKeepsItsPictures() throws IOException {
        file("m.mtl", "newmtl a\nmap_Kd a.png\nnewmtl b\nmap_Kd b.png\n");
        String text = "mtllib m.mtl\n" + QUAD + "v 1 nan 0\nv 0\nf 1/1 2/2 3/3\nusemtl a\nf 1/1 2/2 5/3\nf 1/1 2/2 x\n"
                + "f 1/1 2/2 4/4\nusemtl b\nf 1/1 2/2 3/3 9/4\nf 1/1 6/2 3/3\nf 1/1 3/3 4/4\n";
        Path f = file("m.obj", text);
        assertThatThrownBy(() -> ObjMeshReader.open(f).read())
                .isInstanceOf(GrottoException.class)
                .message()
                .endsWith(", or --keep-going would give 3 triangles.");
        reader = ObjMeshReader.open(f, true);
        Mesh m = reader.read();
        assertThat(m.triangles).containsExactly(0, 1, 2, 0, 1, 3, 0, 2, 3);
        Charts c = Objects.requireNonNull(m.charts);
        assertThat(colour(c.materials().get(c.material()[1]))).isEqualTo("a.png");
        assertThat(colour(c.materials().get(c.material()[2]))).isEqualTo("b.png");
        assertThat(c.uv()).endsWith(0, 1, 1, 0, 0, 0);
        assertThat(reader.notKept())
                .contains(
                        "1 damaged faces: a corner is no vertex",
                        "4 damaged triangles: a corner has no place, or is no vertex");
    }
}
