package org.grotto.format.off;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            {"OFF BINARY\n\0\0\0", "binary OFF"},
            {"hello\n", "begins with \"OFF\""},
            {PLAIN.replace("0 0 1\n4", "0 0 nan\n4"), "no number"}
        };
        for (String[] c : cases) {
            assertThatThrownBy(() -> read(c[0])).hasMessageContaining(c[1]);
        }
    }
}
