package org.grotto.format.gltf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.base.GrottoException;
import org.grotto.format.Repeats;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small file may show a mesh as often as memory takes; one that shows more is refused with the number. */
class GltfRepeatsTest {
    private static final int TRIANGLES = 20_000;

    @TempDir
    Path dir;

    /** A mesh of three vertices, and an accessor of zeros as its indices. */
    private Path asset(String nodes, String more) throws IOException {
        return Files.writeString(
                dir.resolve("a.gltf"),
                "{\"asset\":{\"version\":\"2.0\"},\"nodes\":[" + nodes + "],\"scenes\":[{\"nodes\":[0]}],\"meshes\":[{"
                        + "\"primitives\":[{\"attributes\":{\"POSITION\":0},\"indices\":1}]}],\"accessors\":[{\"componentType\":"
                        + "5126,\"count\":3,\"type\":\"VEC3\"},{\"componentType\":5125,\"count\":" + 3 * TRIANGLES
                        + ",\"type\":\"SCALAR\"}" + more + "]}");
    }

    @Test
    void repeatedNodesMakeAsManyTrianglesAsMemoryTakes() throws IOException {
        int shown = (int) Math.min(4_500_000, Repeats.most()) / TRIANGLES;
        StringBuilder nodes = new StringBuilder("{\"children\":[");
        for (int i = 1; i <= shown; i++) {
            nodes.append(i == 1 ? "" : ",").append(i);
        }
        nodes.append("]}").append((",{\"mesh\":0}").repeat(shown));
        Mesh m = GlbReader.read(asset(nodes.toString(), ""));
        assertThat(m.triangleCount()).isEqualTo(shown * TRIANGLES);
    }

    @Test
    void whatMemoryDoesNotTakeIsRefusedWithItsNumber() throws IOException {
        Path f = asset(
                "{\"mesh\":0,\"extensions\":{\"EXT_mesh_gpu_instancing\":{\"attributes\":{\"TRANSLATION\":2}}}}",
                ",{\"componentType\":5126,\"count\":60000,\"type\":\"VEC3\"}");
        assertThatThrownBy(() -> GlbReader.read(f))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("1,200,000,000 triangles")
                .hasMessageContaining("raise --memory");
    }
}
