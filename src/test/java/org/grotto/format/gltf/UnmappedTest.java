package org.grotto.format.gltf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that was read is no longer mapped: Windows would neither move nor delete it. Told by Linux's list of maps. */
class UnmappedTest {
    private static final Path MAPS = Path.of("/proc/self/maps");

    @TempDir
    Path folder;

    private Path glb;

    @BeforeEach
    void write() {
        assumeTrue(Files.isReadable(MAPS));
        glb = folder.resolve("a.glb");
        float[] xyz = {0, 0, 0, 1, 0, 0, 0, 1, 0};
        GlbWriter.write(new Mesh(0, 0, 0, xyz, null, null, null, new int[] {0, 1, 2}), glb);
    }

    private boolean mapped() throws IOException {
        return Files.readString(MAPS).contains(folder.toString());
    }

    @Test
    void aMeshIsReadAndItsFileLetGo() throws IOException {
        assertThat(GlbReader.read(glb).triangleCount()).isEqualTo(1);
        assertThat(mapped()).isFalse();
        try (GltfMeshReader reader = GltfMeshReader.open(glb)) {
            assertThat(mapped()).isTrue();
            assertThat(reader.read().triangleCount()).isEqualTo(1);
        }
        assertThat(mapped()).isFalse();
    }

    @Test
    void aBrokenFileIsLetGo() throws IOException {
        byte[] bytes = Files.readAllBytes(glb);
        bytes[4] = 7;
        Files.write(glb, bytes);
        assertThatThrownBy(() -> GlbReader.read(glb)).isInstanceOf(GrottoException.class);
        assertThat(mapped()).isFalse();
    }
}
