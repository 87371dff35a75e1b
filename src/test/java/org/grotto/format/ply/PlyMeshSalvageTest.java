package org.grotto.format.ply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a damaged PLY mesh on --keep-going, and what its refusal offers. */
class PlyMeshSalvageTest {
    private static final String HEAD = "element vertex 5\nproperty float x\nproperty float y\nproperty float z\n"
            + "element face 3\nproperty list uchar int vertex_indices\nend_header\n";
    private static final String VERTICES = "0 0 0\n1 0 0\n1 1 0\n0 1 0\n0 0 1\n";

    @TempDir
    Path dir;

    private List<String> lost = List.of();

    private Mesh read(Path file, boolean keepGoing) {
        try (PlyMeshReader r = PlyMeshReader.open(file, keepGoing)) {
            Mesh m = r.read();
            lost = r.notKept();
            return m;
        }
    }

    private Mesh offered(Path file, int triangles) {
        assertThatThrownBy(() -> read(file, false))
                .isInstanceOf(GrottoException.class)
                .message()
                .endsWith(", or --keep-going would give " + triangles + (triangles == 1 ? " triangle." : " triangles."))
                .doesNotContain("point");
        Mesh m = read(file, true);
        assertThat(m.triangleCount()).isEqualTo(triangles);
        return m;
    }

    private Path text(String body) throws IOException {
        return Files.writeString(dir.resolve("a.ply"), "ply\nformat ascii 1.0\n" + HEAD + body);
    }

    /** A header that counts more vertices than any mesh has: the lines behind them are none, and no triangle is left. */
    @Test
    void aHeaderThatLiesLeavesASentence() throws IOException {
        Path file = Files.writeString(
                dir.resolve("a.ply"),
                "ply\nformat ascii 1.0\n" + HEAD.replace("vertex 5", "vertex 900000000") + VERTICES + "3 0 1 2\n");
        assertThatThrownBy(() -> read(file, false)).hasMessageContaining("declares 900000000 of \"vertex\"");
        assertThatThrownBy(() -> read(file, true))
                .hasMessageEndingWith("has no triangle that is whole; copy it again.");
    }

    @Test
    void aTextThatWasCutGivesTheFacesBeforeThat() throws IOException {
        offered(text(VERTICES + "3 0 1 2\n3 0 2 3\n"), 2);
        assertThat(lost).contains("1 of element \"face\", and what stands behind: the file is damaged there, or ends");
        offered(text(VERTICES + "3 0 1 2\n4 0 1 2 3"), 1); // the 3 may have been 30
        assertThat(lost).contains("2 of element \"face\", and what stands behind: the file is damaged there, or ends");
        offered(text(VERTICES + "3 0 1 2\n3 0 2"), 1);
    }

    @Test
    void recordsThatWereCutGiveTheFacesBeforeThat() throws IOException {
        byte[] head = ("ply\nformat binary_little_endian 1.0\n" + HEAD).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer b = ByteBuffer.allocate(head.length + 60 + 39).order(ByteOrder.LITTLE_ENDIAN);
        b.put(head);
        for (String v : VERTICES.split("\\s")) {
            b.putFloat(Float.parseFloat(v));
        }
        for (int[] f : new int[][] {{0, 1, 2}, {0, 2, 3}, {0, 1, 4}}) {
            b.put((byte) 3).putInt(f[0]).putInt(f[1]).putInt(f[2]);
        }
        byte[] all = b.array();
        assertThat(read(Files.write(dir.resolve("b.ply"), all), false).triangleCount())
                .isEqualTo(3);
        for (int gone = 1; gone <= 26; gone++) {
            offered(Files.write(dir.resolve("b.ply"), Arrays.copyOf(all, all.length - gone)), gone > 13 ? 1 : 2);
        }
        Path none = Files.write(dir.resolve("b.ply"), Arrays.copyOf(all, all.length - 50));
        assertThatThrownBy(() -> read(none, false))
                .isInstanceOf(GrottoException.class)
                .hasMessageNotContaining("--keep-going");
        byte[] wrong = all.clone();
        wrong[all.length - 4] = 9;
        offered(Files.write(dir.resolve("b.ply"), wrong), 2);
        assertThat(lost).anyMatch(s -> s.startsWith("1 damaged faces: a corner has no place or is no vertex"));
    }

    /** A vertex whose line is none keeps its number, so that the others keep theirs. */
    @Test
    void linesThatAreNoRowsCostTheFacesThatNeedThem() throws IOException {
        Mesh m = offered(text(VERTICES.replace("1 1 0", "1 1 0 7 8") + "3 0 1 2\n3 0 1 3\n3 0 3 4\n"), 2);
        assertThat(m.triangles).containsExactly(0, 1, 2, 0, 2, 3);
        assertThat(m.originX + m.xyz[3]).isEqualTo(1);
        assertThat(m.originY + m.xyz[7]).isEqualTo(1);
        offered(text(VERTICES + "3 0 1 2\n3 0 one 2\n4 0 1 2 3\n"), 3);
        offered(text(VERTICES + "3 0 1 2\n3 0 1 77\n3 0 3 4 5 6\n"), 1);
        offered(text(VERTICES.replace("1 1 0", "1 nan 0") + "3 0 1 2\n3 0 1 3\n3 0 3 4\n"), 2);
    }
}
