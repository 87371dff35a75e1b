package org.grotto.format.off;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.format.FileHead;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffTest {
    private static final String PLAIN =
            "OFF\n# a square and a triangle\n\n5 2 0\n0 0 0\n1 0 0 # corner\n1 1 0\n0 1 0\n0 0 1\n"
                    + "4 0 1 2 3\n3  0 1 4\n";

    @TempDir
    Path dir;

    private List<String> notKept = List.of();
    private List<String> understood = List.of();

    private Mesh read(String text) throws IOException {
        try (OffReader r = OffReader.open(Files.writeString(dir.resolve("m.off"), text))) {
            Mesh m = r.read();
            notKept = r.notKept();
            understood = r.understood();
            return m;
        }
    }

    @Test
    void countsMayStandAnywhereAndCommentsToo() throws IOException {
        for (String text : new String[] {
            PLAIN, PLAIN.replace("OFF\n# a square and a triangle\n\n5 2 0", "OFF 5 2"), PLAIN.substring(4)
        }) {
            Mesh m = read(text);
            assertThat(m.triangles).containsExactly(0, 1, 2, 0, 2, 3, 0, 1, 4);
            assertThat(m.originX + m.xyz[6]).isEqualTo(1);
            assertThat(m.rgb()).isNull();
        }
        assertThat(new OffFormat().begins(FileHead.of(Files.writeString(dir.resolve("a"), "# x\nCOFF\n"))))
                .isTrue();
        assertThat(new OffFormat().begins(FileHead.of(Files.writeString(dir.resolve("a"), "OFFSET 1\n"))))
                .isFalse();
    }

    /** A corner a line, as libigl's samples have it; a face that wants a corner does not take it from the next one. */
    @Test
    void facesMayGoOnInFurtherLines() throws IOException {
        String over = PLAIN.replace("4 0 1 2 3", "4 0\n1\n2 3\n");
        assertThat(read(over).triangles).isEqualTo(read(PLAIN).triangles);
        assertThatThrownBy(() -> read(PLAIN.replace("4 0 1 2 3", "4 0 1 2")))
                .hasMessageContaining("inside a further line");
        assertThatThrownBy(() -> read(PLAIN.replace("4 0 1 2 3", "99 0 1 2"))).hasMessageContaining("99 corners");
    }

    @Test
    void coloursNormalsAndPlacesStandBehindVertices() throws IOException {
        Mesh m = read("COFF\n3 1 0\n0 0 0 255 0 128 255\n1 0 0 1 2 3 255\n0 1 0 0 0 0 255\n3 0 1 2\n");
        assertThat(m.rgb()).containsExactly(-1, 0, 128, 1, 2, 3, 0, 0, 0);
        m = read("STCNOFF\n4 1 0\n9 9 9 0 0 1 0 0 0 1 0 0\n0 0 0 0 0 1 1 0 0.5 1 0 0\n1 0 0 0 1 0 0 0 0 1 1 0\n"
                + "0 1 0 1 0 0 0 0 1 1 1 1\n3 1 2 3\n");
        assertThat(m.rgb()).containsExactly(-1, 0, 128, 0, 0, 0, 0, 0, 255);
        assertThat(m.normals()).containsExactly(0, 0, 1, 0, 1, 0, 1, 0, 0);
        assertThat(notKept).containsExactly("1 vertices that no face uses", "texture coordinates");
    }

    @Test
    void coloursOfFacesAreMaterials() throws IOException {
        Mesh m = read(PLAIN.replace("4 0 1 2 3", "4 0 1 2 3 0.0 0.5 1.0").replace("3  0 1 4", "3  0 1 4 1 1 1 1"));
        assertThat(m.rgb()).isNull();
        Charts flat = java.util.Objects.requireNonNull(m.charts);
        assertThat(flat.materials()).extracting(Material::name).startsWith("0080ff", "ffffff");
        assertThat(flat.material()).startsWith((char) 0, (char) 0, (char) 1);
        assertThat(flat.materials().getFirst().blue()).isEqualTo(1);
        assertThat(understood).containsExactly("colours of faces, as materials");
        read(PLAIN.replace("4 0 1 2 3", "4 0 1 2 3 7"));
        assertThat(notKept).containsExactly("colours of faces that name a table");
    }

    @Test
    void whatIsNotThereIsRefused() {
        String[][] cases = {
            {PLAIN.replace("5 2 0", "5 3 0"), "face 2 of 3 is missing"},
            {PLAIN.replace("5 2 0", "1000000000 2 0"), "line 11"},
            {PLAIN.replace("3  0 1 4", "3  0 1 5"), "uses vertex 5, but there are 5"},
            {PLAIN.replace("3  0 1 4", "9  0 1 4"), "a face of 9 corners"},
            {PLAIN.replace("OFF", "4OFF"), "more than three dimensions"},
            {"OFF BINARY\n\0\0\0", "ends inside the counts"},
            {"hello\n", "begins with \"OFF\""},
            {PLAIN.replace("0 0 1\n4", "0 0 nan\n4"), "no number"}
        };
        for (String[] c : cases) {
            assertThatThrownBy(() -> read(c[0])).hasMessageContaining(c[1]);
        }
    }

    /** The square and the triangle of {@link #PLAIN} in bytes; colours and places may stand behind each vertex. */
    private byte[] bytes(String key, float[][] of, float[]... colours) throws IOException {
        float[][] vertices = {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}, {0, 0, 1}};
        int[][] faces = {{0, 1, 2, 3}, {0, 1, 4}};
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all);
        out.writeBytes(key + " BINARY\n");
        out.writeInt(vertices.length);
        out.writeInt(faces.length);
        out.writeInt(0);
        for (int i = 0; i < vertices.length; i++) {
            for (float v : vertices[i]) {
                out.writeFloat(v);
            }
            for (float[] more : of) {
                for (float v : more) {
                    out.writeFloat(v);
                }
            }
        }
        for (int f = 0; f < faces.length; f++) {
            out.writeInt(faces[f].length);
            for (int k : faces[f]) {
                out.writeInt(k);
            }
            out.writeInt(colours[f].length);
            for (float v : colours[f]) {
                out.writeFloat(v);
            }
        }
        return all.toByteArray();
    }

    private Mesh read(byte[] file) throws IOException {
        try (OffReader r = OffReader.open(Files.write(dir.resolve("b.off"), file))) {
            Mesh m = r.read();
            notKept = r.notKept();
            return m;
        }
    }

    /** As Geomview's manual has it: whole numbers and floats of 32 bits, largest byte first, a count before each colour. */
    @Test
    void bytesSayWhatLinesSay() throws IOException {
        Mesh lines = read(PLAIN);
        byte[] plain = bytes("OFF", new float[0][], new float[0], new float[0]);
        Mesh m = read(plain);
        assertThat(m.triangles).containsExactly(lines.triangles);
        assertThat(m.xyz).containsExactly(lines.xyz);
        Mesh coloured = read(bytes("OFF", new float[0][], new float[] {0, 0.5f, 1}, new float[] {1, 1, 1, 0.5f}));
        assertThat(java.util.Objects.requireNonNull(coloured.charts).materials())
                .extracting(Material::name)
                .startsWith("0080ff", "ffffff");
        Mesh all = read(bytes(
                "STCNOFF", new float[][] {{0, 0, 1}, {1, 0.2f, 0, 1}, {0.5f, 0.5f}}, new float[] {7}, new float[0]));
        assertThat(all.normals()).startsWith(0, 0, 1, 0, 0, 1);
        assertThat(all.rgb()).startsWith(255, 51, 0);
        assertThat(notKept).containsExactly("colours of faces that name a table", "texture coordinates");
        for (int n = "OFF BINARY\n".length(); n < plain.length; n++) {
            byte[] cut = java.util.Arrays.copyOf(plain, n);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(GrottoException.class);
        }
        byte[] many = plain.clone();
        many[11] = 0x7F;
        assertThatThrownBy(() -> read(many)).hasMessageContaining("bytes do not hold");
        byte[] other = plain.clone();
        other[other.length - 5] = 9;
        assertThatThrownBy(() -> read(other)).hasMessageContaining("face 1 uses vertex 9, but there are 5");
    }
}
