package org.grotto.format.obj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjTest {
    @TempDir
    Path dir;

    @Test
    void quadsNegativeIndicesAndColours() throws Exception {
        Path f = Files.writeString(
                dir.resolve("o.obj"),
                "# x\nv 0 0 0 1 0 0\nv 1 0 0 0 1 0\nv 1 1 0 0 0 1\nv 0 1 0 1 1 1\nvt 0 0\nf 1/1 2/1 3/1 4/1\nf -4//1 -3//1 -2//1\n");
        Mesh m = ObjMesh.read(f);
        assertThat(m.triangles).containsExactly(0, 1, 2, 0, 2, 3, 0, 1, 2);
        assertThat(m.rgb()).startsWith((byte) 255, (byte) 0, (byte) 0, (byte) 0, (byte) 255);
    }

    private ObjMeshReader reader(String text) throws IOException {
        return ObjMeshReader.open(Files.writeString(dir.resolve("m.obj"), text));
    }

    private static double area(Mesh m) {
        double sum = 0;
        for (int t = 0; t < m.triangles.length; t += 3) {
            int a = 3 * m.triangles[t];
            int b = 3 * m.triangles[t + 1];
            int c = 3 * m.triangles[t + 2];
            sum += Math.abs((m.xyz[b] - m.xyz[a]) * (m.xyz[c + 1] - m.xyz[a + 1])
                            - (m.xyz[b + 1] - m.xyz[a + 1]) * (m.xyz[c] - m.xyz[a]))
                    / 2;
        }
        return sum;
    }

    @Test
    void theCasesAreRead() {
        assertThat(ObjMesh.read(Need.data("../cases/files/obj-continuation.obj")).triangles)
                .containsExactly(0, 1, 2, 0, 2, 3);
        assertThat(ObjMesh.read(Need.data("../cases/files/obj-forward-ref.obj")).triangles)
                .containsExactly(0, 1, 2);
    }

    @Test
    void linesGoOnBehindABackslashButNotInCommentsAndNames() throws IOException {
        String text =
                "# saved in C:\\scans\\\nv 0 0 \\\n 0\nv 1 0 0\nv 0 1 0\no wall\\\nf 1\\\n\\\n 2 \\\n3 # the end \\\nf 3 2 1\n";
        for (String end : new String[] {"\n", "\r\n", "\r"}) {
            ObjMeshReader r = reader(text.replace("\n", end));
            assertThat(r.read().triangles).containsExactly(0, 1, 2, 2, 1, 0);
        }
        assertThatThrownBy(() -> reader("v 0 0 0\nv 0 \\\n0 1\nv 1 1 1\n\nf 1 \\\n 2 x\n")
                        .read())
                .hasMessageContaining("line 6");
        ObjMeshReader cut = reader("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3 \\");
        assertThatThrownBy(cut::read).hasMessageContaining("line 4");
    }

    @Test
    void longStatementsAndBuffersEndAnywhere() throws IOException {
        StringBuilder s = new StringBuilder();
        int n = 60_000;
        for (int i = 0; i < n; i++) {
            s.append("v ").append(Math.cos(2 * Math.PI * i / n)).append(" ").append(Math.sin(2 * Math.PI * i / n));
            s.append(" 0\r\n");
        }
        s.append("f");
        for (int i = 1; i <= n; i++) {
            s.append(" ").append(i % 2 == 0 ? i : i - n - 1).append(i % 1000 == 0 ? "\\\r\n" : "");
        }
        Mesh m = reader(s + "\n").read();
        assertThat(m.triangleCount()).isEqualTo(n - 2);
        assertThat(area(m)).isCloseTo(Math.PI, within(1e-4));
    }

    @Test
    void facesMayStandBeforeTheirVerticesAndConcaveOnesKeepTheirArea() throws IOException {
        String dart = "v 0 0 0\nv 2 -1 0\nv 0.5 0 0\nv 2 1 0\n";
        for (String text : new String[] {dart + "f 2 3 4 1\n", "f 2 3 4 1\n" + dart, "f 2 3 4 1\nf 4 3 1\n" + dart}) {
            Mesh m = reader(text).read();
            assertThat(area(m)).isCloseTo(text.contains("\nf 4 3 1") ? 0.75 : 0.5, within(1e-7));
        }
        assertThatThrownBy(() -> reader("v 0 0 0\nf 1 2 3\nf 1 2 9\nf 1 1 5\nv 1 0 0\nv 0 1 0\n")
                        .read())
                .hasMessageContaining("line 3: a face uses vertex 9, but the file has 3");
        assertThatThrownBy(() -> reader("v 0 0 0\nf 1 1 -2\n").read()).hasMessageContaining("line 2");
        assertThatThrownBy(() -> reader("v 0 0 0\nf 1 1 0\n").read()).hasMessageContaining("line 2");
        assertThatThrownBy(() -> reader("v 0 0 0\nf 1 1 99999999999\n").read()).hasMessageContaining("line 2");
    }

    @Test
    void facesOfFewerThanThreeCornersAreLeftOutAndTold() throws IOException {
        ObjMeshReader r = reader("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2\nf 3\nf 1/ 2// 3//7 # all\nl 1 2\np 1\nfo 1 2 3\n");
        assertThat(r.read().triangles).containsExactly(0, 1, 2, 0, 1, 2);
        assertThat(r.notKept()).containsExactly("2 faces of fewer than three corners", "lines and single points");
        assertThatThrownBy(() -> reader("v 0 0 0\nv 1 0 0\nf 1 2\n").read())
                .hasMessageContaining("shows no triangle: its faces have fewer than three corners");
    }

    @Test
    void aVertexWithoutAPlaceIsLeftOutWhereNoFaceUsesIt() throws IOException {
        String text = "v 0 0 0\nv nan nan nan\nv 1 0 0\nv -1.#IND 0 0\nv 0 1 0\nf 1 3 5\n";
        ObjMeshReader r = reader(text);
        assertThat(r.read().vertexCount()).isEqualTo(3);
        assertThat(r.notKept()).containsExactly("2 vertices that no face uses");
        assertThatThrownBy(() -> reader(text + "f 1 3 4\n").read()).hasMessageContaining("line 4: a coordinate is no");
    }

    @Test
    void objectsWithoutColoursAreWhiteAndTheOthersKeepTheirs() throws IOException {
        ObjMeshReader r = reader("v 0 0 0\nv 1 0 0 1\nv 0 1 0 0 0.5 1\nv 0 0 1 1 0 0 0.5\nf 1 2 3\nf 1 2 4\n");
        assertThat(r.read().rgb()).containsExactly(-1, -1, -1, -1, -1, -1, 0, 128, 255, 255, 0, 0);
        assertThat(r.understood()).containsExactly("2 of 4 vertices have no colour and are white");
        r = reader("v 0 0 0 0 128 255\nv 1 0 0 1 1 1\nv 0 1 0 2 2 2\nf 1 2 3\n");
        assertThat(r.read().rgb()).containsExactly(0, 128, 255, 1, 1, 1, 2, 2, 2);
        assertThat(r.understood()).containsExactly("vertex colours from 0 to 255");
    }

    @Test
    void decimalCommasMarksAndUtf16AreRead() throws IOException {
        String text = "# units: mm\nv 1,5 2,5 -0,25\nv 1 0 0\nv 0, 1, 0\nf 1 2 3\n";
        for (byte[] b : new byte[][] {
            ("\ufeff" + text).getBytes(StandardCharsets.UTF_8), ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE)
        }) {
            ObjMeshReader r = ObjMeshReader.open(Files.write(dir.resolve("m.obj"), b));
            assertThat(r.stated().metres()).isEqualTo(0.001);
            Mesh m = r.read();
            assertThat(m.originX + m.xyz[0]).isEqualTo(1.5);
            assertThat(m.originZ + m.xyz[2]).isEqualTo(-0.25);
            assertThat(r.understood()).containsExactly("numbers with a decimal comma");
        }
        assertThatThrownBy(() -> reader("v 1,2,3\n").read()).hasMessageContaining("found \"1,2,3\"");
    }

    @Test
    void crashesOfOthersAreSentencesHere() throws Exception {
        try (var files = Files.walk(Need.data("malformed/tinyobj"))) {
            for (Path p : files.filter(Files::isRegularFile).toList()) {
                try {
                    ObjMesh.read(p);
                } catch (GrottoException e) {
                    assertThat(e.getMessage()).contains(String.valueOf(p.getFileName()));
                }
            }
        }
        Path f = Files.writeString(dir.resolve("o.obj"), "v 0 0 0\nf 1 2 3\n");
        assertThatThrownBy(() -> ObjMesh.read(f))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void manyFacesStandBeforeTheirVertices() throws IOException {
        int n = 5000;
        Mesh m = reader("f 1 2 3 4\n".repeat(n) + "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n")
                .read();
        assertThat(m.triangleCount()).isEqualTo(2 * n);
        assertThat(area(m)).isEqualTo(n);
    }
}
