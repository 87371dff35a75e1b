package org.grotto.format.obj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
