package org.grotto.format.ply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.format.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points of PLY files as its text allows them, with lists beside, in any order of elements, cut off. */
class PlyPointsTest {
    private static final String XYZ = "property float x\nproperty float y\nproperty float z\n";

    @TempDir
    Path dir;

    private static PlyReader shared(String name) {
        return PlyReader.open(Need.data("../cases/files/" + name));
    }

    private Path text(String elements, String body) throws Exception {
        return Files.writeString(
                dir.resolve("a.ply"),
                "ply\nformat ascii 1.0\nobj_info made by hand\n" + elements + "end_header\n" + body);
    }

    @Test
    void theCasesGiveTheirPoints() {
        assertThat(Points.all(shared("ply-two-on-a-line.ply"), 0))
                .containsExactly(
                        new double[] {0, 0, 0}, new double[] {1, 0, 0}, new double[] {0, 1, 0}, new double[] {0, 0, 1});
        assertThat(Points.all(shared("ply-face-first.ply"), 0)).hasSize(4);
        PlyReader lists = shared("ply-vertex-list.ply");
        assertThat(Points.all(lists, 0).get(3)).containsExactly(0, 0, 1);
        assertThat(lists.notKept()).containsExactly("list \"ids\" of each point");
        PlyReader nan = shared("ply-nan-ind.ply");
        assertThat(Points.all(nan, 0)).hasSize(4);
    }

    /** What a file holds beyond what its header declares is said; it may be the better part of a scan. */
    @Test
    void whatStandsBehindTheDeclaredRowsIsSaid() throws Exception {
        String two = "element vertex 2\nproperty float x\nproperty float y\nproperty float z\n";
        try (PlyReader r = PlyReader.open(text(two, "1 2 3\n4 5 6\n7 8 9\n\n1 1 1\n"), false)) {
            assertThat(Points.all(r, 0)).hasSize(2);
            assertThat(r.notKept()).containsExactly("2 lines behind what the header declares");
        }
        try (PlyReader r = PlyReader.open(text(two, "1 2 3\n4 5 6\n\n"), false)) {
            assertThat(Points.all(r, 0)).hasSize(2);
            assertThat(r.notKept()).isEmpty();
        }
        byte[] head = ("ply\nformat binary_little_endian 1.0\n" + two + "end_header\n")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Path file = Files.write(dir.resolve("b.ply"), java.util.Arrays.copyOf(head, head.length + 36));
        try (PlyReader r = PlyReader.open(file, false)) {
            assertThat(Points.all(r, 0)).hasSize(2);
            assertThat(r.notKept()).containsExactly("12 bytes behind what the header declares");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 2 3 4 5 6 7 8 9\n",
                "1\n2\n3\n4\n5\n6\n7\n8\n9",
                "1 2\n3 4 5\n\n6 7 8 9\n",
                "1 2 3\r4 5 6\r7 8 9\r",
                "1 2 3\n4 5 6 7 8 9\n"
            })
    void rowsNeedNotKeepToLines(String body) throws Exception {
        PlyReader r = PlyReader.open(text("element vertex 3\n" + XYZ, body));
        assertThat(Points.all(r, 0))
                .containsExactly(new double[] {1, 2, 3}, new double[] {4, 5, 6}, new double[] {7, 8, 9});
    }

    @Test
    void rowsFlowThroughListsAndBehindThem() throws Exception {
        String elements = "element face 2\nproperty list uchar int vertex_indices\nelement vertex 3\n"
                + XYZ.replace("property float z\n", "property list uchar int ids\nproperty float z\n");
        PlyReader r = PlyReader.open(text(elements, "3 0 1\n2 3 2 1 0 1 2 0\n3 4 5 2 7\n8 6 7 8 1 1 9\n"));
        assertThat(Points.all(r, 0))
                .containsExactly(new double[] {1, 2, 3}, new double[] {4, 5, 6}, new double[] {7, 8, 9});
        assertThat(r.notKept()).contains("2 of element \"face\"", "list \"ids\" of each point");
    }

    @Test
    void valuesThatNobodyDeclaredAreRefused() throws Exception {
        Path f = text("element vertex 3\n" + XYZ, "1 2 3 0\n4 5 6 0\n7 8 9 0\n");
        assertThatThrownBy(() -> Points.all(PlyReader.open(f), 0))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("3 values were expected", "found 4");
    }

    @Test
    void ofATextThatWasCutTheWholeRowsAreKept() throws Exception {
        String rows = "1.000000000000 2.000000000000 3\n4 5.00000000000 6.0000000000\n7 8 9\n";
        for (String body : List.of(rows, rows + "1.2", rows + "1 2 3.4")) {
            Path f = text("element vertex 9\n" + XYZ, body);
            assertThatThrownBy(() -> Points.all(PlyReader.open(f), 0))
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("--keep-going would give 3 points");
            PlyReader r = PlyReader.open(f, true);
            assertThat(Points.all(r, 0)).hasSize(3);
            assertThat(r.notKept()).containsExactly("6 points that the header counts and the file does not hold");
        }
    }

    @Test
    void aTextThatIsTooShortForItsHeaderOffersItsRows() throws Exception {
        Path f = text("element vertex 1000000000000\n" + XYZ, "1 2 3\n4 5 6\n7 8 9\n");
        assertThatThrownBy(() -> PlyReader.open(f))
                .hasMessageEndingWith("or --keep-going would give the points that are whole.");
        PlyReader r = PlyReader.open(f, true);
        assertThat(r.scans().getFirst().count()).isLessThan(10);
        assertThat(Points.all(r, 0)).hasSize(3);
    }

    @Test
    void ofRecordsThatWereCutTheWholeOnesAreKept() throws Exception {
        byte[] head = ("ply\nformat binary_little_endian 1.0\nelement vertex 100\n" + XYZ + "end_header\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer b = ByteBuffer.allocate(head.length + 12 * 40 + 7).order(ByteOrder.LITTLE_ENDIAN);
        b.put(head);
        for (int i = 0; i < 40; i++) {
            b.putFloat(i).putFloat(2 * i).putFloat(-i);
        }
        Path f = Files.write(dir.resolve("b.ply"), b.array());
        assertThatThrownBy(() -> PlyReader.open(f))
                .isInstanceOf(GrottoException.class)
                .hasMessageEndingWith("copy it again, or --keep-going would give 40 points.");
        PlyReader r = PlyReader.open(f, true);
        List<double[]> p = Points.all(r, 0);
        assertThat(p).hasSize(40);
        assertThat(p.getLast()).containsExactly(39, 78, -39);
        assertThat(r.notKept()).containsExactly("60 points that the header counts and the file does not hold");
    }

    /** A line of another length, or with a word, is none of the header's; what it holds belongs to nothing. */
    @Test
    void linesThatAreNoRowsArePassedOverAndCounted() throws Exception {
        Path f = text("element vertex 6\n" + XYZ, "1 2 3\n4 5 6 7\n8 9 10\n11\n13 stone 14\n15 16 17\n");
        assertThatThrownBy(() -> Points.all(PlyReader.open(f), 0))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("line 10: 3 values were expected for \"vertex\", found 4")
                .hasMessageEndingWith(", or --keep-going would give 3 points.");
        PlyReader r = PlyReader.open(f, true);
        for (int i = 0; i < 2; i++) {
            assertThat(Points.all(r, 0))
                    .containsExactly(new double[] {1, 2, 3}, new double[] {8, 9, 10}, new double[] {15, 16, 17});
            assertThat(r.notKept()).containsExactly("3 lines that are not as the header says, the first line 10");
        }
    }

    /** Where no line is as declared nobody knows which of the numbers are meant. */
    @Test
    void aHeaderThatNoLineFollowsGivesNoPoint() throws Exception {
        Path f = text("element vertex 5000\n" + XYZ, "1 2 3 4\n".repeat(5000));
        assertThatThrownBy(() -> Points.all(PlyReader.open(f), 0)).hasMessageNotContaining("--keep-going");
        PlyReader r = PlyReader.open(f, true);
        assertThat(Points.all(r, 0)).isEmpty();
        assertThat(r.notKept()).containsExactly("5000 lines that are not as the header says, the first line 9");
    }
}
