package org.grotto.format.ply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.grotto.Need;
import org.grotto.format.Points;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlyMeshTest {
    private static final String XYZ = "property float x\nproperty float y\nproperty float z\n";
    private static final String FACES = "property list uchar int vertex_indices\n";

    @TempDir
    Path dir;

    private List<String> notKept = List.of();
    private List<String> understood = List.of();
    private List<String> before = List.of();

    private Mesh read(Path f) {
        try (PlyMeshReader r = PlyMeshReader.open(f)) {
            before = r.notKept();
            Mesh m = r.read();
            notKept = r.notKept();
            understood = r.understood();
            return m;
        }
    }

    private Mesh read(String afterFormat) throws IOException {
        return read(Files.writeString(dir.resolve("m.ply"), "ply\nformat ascii 1.0\n" + afterFormat));
    }

    private static Charts charts(Mesh m) {
        return Objects.requireNonNull(m.charts);
    }

    private static float[] place(Mesh m, int vertex) {
        return new float[] {
            (float) (m.originX + m.xyz[3 * vertex]),
            (float) (m.originY + m.xyz[3 * vertex + 1]),
            (float) (m.originZ + m.xyz[3 * vertex + 2])
        };
    }

    @Test
    void theCasesAreRead() {
        Mesh m = read(Need.data("../cases/files/ply-face-first.ply"));
        assertThat(m.triangles).containsExactly(0, 1, 2);
        assertThat(place(m, 1)).containsExactly(1, 0, 0);
        m = read(Need.data("../cases/files/ply-mesh-vertex-list.ply"));
        assertThat(m.triangles).containsExactly(0, 1, 2);
        assertThat(place(m, 2)).containsExactly(0, 1, 0);
        assertThat(notKept).containsExactly("1 vertices that no face uses", "property \"ids\" of element \"vertex\"");
        m = read(Need.data("../cases/files/ply-mesh-nan-unused.ply"));
        assertThat(m.vertexCount()).isEqualTo(4);
        assertThat(notKept).containsExactly("1 vertices that no face uses");
        m = read(Need.data("../cases/files/ply-face-extra-lists.ply"));
        assertThat(m.rgb()).isNull();
        Charts flat = java.util.Objects.requireNonNull(m.charts);
        assertThat(flat.materials()).extracting(Material::name).containsExactly("ff0000", "00ff00");
        assertThat(flat.material()).containsExactly((char) 0, (char) 1);
        assertThat(understood).containsExactly("colours of faces, as materials");
        assertThat(notKept)
                .containsExactly(
                        "property \"flags\" of element \"vertex\"",
                        "property \"flags\" of element \"face\"",
                        "property \"texcoord\" of element \"face\"");
    }

    @Test
    void picturesLieByCornerAndByNumber() throws IOException {
        Files.writeString(dir.resolve("壁 1.png"), "a");
        Files.writeString(dir.resolve("b.png"), "b");
        String text = "comment TextureFile 壁 1.png\ncomment TextureFile C:\\out\\B.png\ncomment TextureFile none.png\n"
                + "element vertex 4\n" + XYZ + "element face 5\n" + FACES
                + "property list uchar float texcoord\nproperty int texnumber\nend_header\n"
                + "0 0 0\n1 0 0\n1 1 0\n0 1 0\n"
                + "4 0 1 2 3 8 0 0 1 0 1 0.75 0 1 0\n3 0 1 2 6 0.5 0 1 0 1 1 1\n3 0 1 2 6 0 0 1 0 1 1 2\n"
                + "3 0 1 2 0 0\n3 0 1 2 6 0 0 1 0 1 1 -1\n";
        Mesh m = read(text);
        Charts c = charts(m);
        assertThat(m.triangles).startsWith(0, 1, 2, 0, 2, 3);
        assertThat(c.uv()).startsWith(0, 1, 1, 1, 1, 0.25f, 0, 1, 1, 0.25f, 0, 0, 0.5f, 1, 1, 1, 1, 0, 0, 0);
        assertThat(new String(c.material()).chars()).containsExactly(0, 0, 1, 2, 2, 2);
        assertThat(Objects.requireNonNull(c.materials().get(0).colour()).name()).isEqualTo("壁 1.png");
        assertThat(Objects.requireNonNull(c.materials().get(1).colour()).read()).containsExactly('b');
        assertThat(c.materials().get(2).pictured()).isFalse();
        assertThat(notKept)
                .containsExactly(
                        "pictures that are not there: none.png", "the pictures of 2 triangles without a place in them");
        assertThat(before).isEmpty();
        assertThat(understood).containsExactly("files beside the mesh in place of those that it names: C:\\out\\B.png");
    }

    @Test
    void aPictureMayBeNamedAfterTheFileThatNamesIt() throws IOException {
        String text = "comment TextureFile <this>_A.png\nelement vertex 4\n" + XYZ + "element face 1\n" + FACES
                + "property list uchar float texcoord\nend_header\n0 0 0\n1 0 0\n1 1 0\n0 1 0\n"
                + "3 0 1 2 6 0 0 1 0 1 1\n";
        read(text);
        assertThat(notKept).anyMatch(s -> s.matches("pictures that are not there: [^<>]+_A\\.png"));
        String missing = notKept.stream()
                .filter(s -> s.startsWith("pictures that"))
                .findFirst()
                .orElseThrow();
        String name = missing.substring(missing.indexOf(": ") + 2);
        Files.writeString(dir.resolve(name), "a");
        assertThat(Objects.requireNonNull(charts(read(text)).materials().get(0).colour())
                        .name())
                .isEqualTo(name);
    }

    @Test
    void picturesLieByVertexUnderEachOfTheirNames() throws IOException {
        Files.writeString(dir.resolve("a.png"), "a");
        for (String pair : new String[] {"s t", "u v", "texture_u texture_v"}) {
            String[] names = pair.split(" ");
            Mesh m = read("comment TextureFile a.png\nelement vertex 4\n" + XYZ + "property float " + names[0]
                    + "\nproperty float " + names[1] + "\nelement face 1\n" + FACES
                    + "end_header\n9 9 9 0 0\n0 0 0 0 0\n1 0 0 1 0.25\n0 1 0 0 1\n3 1 2 3\n");
            assertThat(charts(m).uv()).containsExactly(0, 1, 1, 0.75f, 0, 0);
            assertThat(notKept).containsExactly("1 vertices that no face uses");
        }
        read("element vertex 3\n" + XYZ + "property float s\nproperty float t\nelement face 1\n" + FACES
                + "end_header\n0 0 0 0 0\n1 0 0 1 0.25\n0 1 0 0 1\n3 0 1 2\n");
        assertThat(notKept)
                .containsExactly("property \"s\" of element \"vertex\"", "property \"t\" of element \"vertex\"");
    }

    @Test
    void valuesMayStandInAnyLines() throws IOException {
        String head = "element vertex 4\n" + XYZ + "element face 2\n" + FACES + "end_header\n";
        for (String body : new String[] {
            "0 0 0\n1 0 0\n0 1 0\n0 0 1\n3 0 1 2\n3 0 2 3\n",
            "0 0 0 1\n0 0 0 1\n0 0 0 1 3 0\n1 2 3 0 2 3\n",
            "0\n0\n\n0\n1 0 0 0 1 0\n0 0 1\n3\n0 1 2\n3 0 2\n3"
        }) {
            Mesh m = read(head + body);
            assertThat(m.triangles).containsExactly(0, 1, 2, 0, 2, 3);
            assertThat(place(m, 3)).containsExactly(0, 0, 1);
        }
        // a fourth number in each line fits no reading of this header
        assertThatThrownBy(() -> read(head + "0 0 0 3\n0 0 0 3\n0 0 0 3\n0 0 0 3\n3 0 1 2\n3 0 2 3\n"))
                .hasMessageContaining("line");
        assertThatThrownBy(() -> read(head + "0 0 0\n1 0 0\n0 1 0\n0 0 1\n3 0 1 2\n3 0 2\n"))
                .hasMessageContaining("more values were expected for \"face\"");
    }

    @Test
    void concaveFacesKeepTheirAreaAlsoBeforeTheirVertices() throws IOException {
        String vertices = "element vertex 4\n" + XYZ;
        String faces = "element face 2\n" + FACES;
        String v = "0 0 0\n2 -1 0\n0.5 0 0\n2 1 0\n";
        String f = "4 1 2 3 0\n2 0 1\n";
        for (String text :
                new String[] {vertices + faces + "end_header\n" + v + f, faces + vertices + "end_header\n" + f + v}) {
            Mesh m = read(text);
            double area = 0;
            for (int t = 0; t < 6; t += 3) {
                float[] a = place(m, m.triangles[t]);
                float[] b = place(m, m.triangles[t + 1]);
                float[] c = place(m, m.triangles[t + 2]);
                area += Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])) / 2;
            }
            assertThat(area).isCloseTo(0.5, within(1e-6));
            assertThat(notKept).containsExactly("1 faces of fewer than three corners");
        }
    }

    @Test
    void coloursGoByTheirValuesWhereTheirTypeSaysOtherwise() throws IOException {
        String rest = "element face 1\n" + FACES + "end_header\n";
        String f = "3 0 1 2\n";
        String[][] cases = {
            {"float", "0 0.5 1", "0 0.5 1", "0 0.5 1"},
            {"float", "0 128 255", "0 128 255", "0 128 255"},
            {"ushort", "0 32896 65535", "0 32896 65535", "0 32896 65535"},
            {"ushort", "0 128 255", "0 128 255", "0 128 255"},
            {"uchar", "0 128 255", "0 128 255", "0 128 255"}
        };
        for (String[] c : cases) {
            String colours = "property " + c[0] + " red\nproperty " + c[0] + " green\nproperty " + c[0] + " blue\n";
            Mesh m = read("element vertex 3\n" + XYZ + colours + rest + "0 0 0 " + c[1] + "\n1 0 0 " + c[2] + "\n0 1 0 "
                    + c[3] + "\n" + f);
            assertThat(m.rgb()).startsWith(0, 128, 255);
        }
    }

    @Test
    void binaryFacesOfManyPropertiesAreReadInBothByteOrders() throws IOException {
        Files.writeString(dir.resolve("a.png"), "a");
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            String head = "ply\nformat binary_" + (order == ByteOrder.LITTLE_ENDIAN ? "little" : "big")
                    + "_endian 1.0\ncomment TextureFile a.png\nelement face 1\nproperty uchar red\n" + FACES
                    + "property list uchar float texcoord\nproperty uchar green\nproperty uchar blue\nelement vertex 3\n"
                    + XYZ + "property list int short ids\nend_header\n";
            ByteBuffer b = ByteBuffer.allocate(200).order(order);
            b.put((byte) 10).put((byte) 3).putInt(0).putInt(1).putInt(2).put((byte) 6);
            for (float x : new float[] {0, 0, 1, 0, 0, 0.75f}) {
                b.putFloat(x);
            }
            b.put((byte) 20).put((byte) 30);
            for (int i = 0; i < 3; i++) {
                b.putFloat(i == 1 ? 1 : 0).putFloat(i == 2 ? 1 : 0).putFloat(0).putInt(i);
                for (int k = 0; k < i; k++) {
                    b.putShort((short) 7);
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(head.getBytes(StandardCharsets.UTF_8));
            out.write(b.array(), 0, b.position());
            Mesh m = read(Files.write(dir.resolve("b.ply"), out.toByteArray()));
            assertThat(m.rgb()).startsWith(10, 20, 30, 10, 20, 30);
            assertThat(charts(m).uv()).containsExactly(0, 1, 1, 1, 0, 0.25f);
            assertThat(place(m, 2)).containsExactly(0, 1, 0);
            assertThat(notKept).containsExactly("property \"ids\" of element \"vertex\"");
        }
    }

    @Test
    void listsOfPointsAreToldAndPassedOver() {
        for (String name : new String[] {"ply-vertex-list.ply", "ply-two-on-a-line.ply"}) {
            try (PlyReader r = PlyReader.open(Need.data("../cases/files/" + name))) {
                List<double[]> p = Points.all(r, 0);
                assertThat(p).hasSize(4);
                assertThat(p.get(1)).containsExactly(1, 0, 0);
                assertThat(p.get(3)).containsExactly(0, 0, 1);
                assertThat(r.notKept()).hasSize(name.contains("list") ? 1 : 0).allMatch(s -> s.contains("\"ids\""));
            }
        }
    }
}
