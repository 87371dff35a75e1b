package org.grotto.format.las;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The octree of COPC files, others' and ours. */
class CopcReaderTest {
    @TempDir
    Path folder;

    @Test
    void nodesOfAnothersFileHoldAllPointsInTheirCubes() throws Exception {
        Path file = Need.data("pdal-bsd/lone-star.copc.laz");
        try (CopcReader reader = CopcReader.open(Files.newByteChannel(file), file)) {
            long n = 0;
            for (CopcNode node : reader.nodes()) {
                LasPoints p = reader.points(node);
                assertThat(p.size).isEqualTo(node.points());
                n += p.size;
                float[] at = reader.positions(
                        p,
                        reader.info().centreX(),
                        reader.info().centreY(),
                        reader.info().centreZ());
                for (float v : at) {
                    assertThat(Math.abs(v))
                            .isLessThanOrEqualTo((float) reader.info().halfSize() + 0.01f);
                }
                assertThat(reader.normals(p)).isNull();
            }
            assertThat(n).isEqualTo(518_862).isEqualTo(reader.count());
        }
    }

    @Test
    void aHierarchyOfManyPagesReadsTheSame() throws Exception {
        Path file = folder.resolve("pages.copc.laz");
        LasLayout layout = new LasLayout(6, 30);
        double[] scale = {1e-3, 1e-3, 1e-3};
        Set<CopcNode> written = new HashSet<>();
        CopcInfo info = new CopcInfo(16, 16, 16, 16, 0.25, 0, 0, 0, 0);
        try (CopcWriter out = new CopcWriter(file, layout, scale, new double[3], info, null, null, true)) {
            for (int level = 0; level <= 5; level++) {
                int cells = 1 << level;
                for (int k = 0; k < cells * cells * cells && k < 9000; k++) {
                    LasPoints p = new LasPoints(layout, 1);
                    p.size = 1;
                    int x = k % cells;
                    int y = k / cells % cells;
                    int z = k / cells / cells;
                    p.x[0] = (int) ((x + 0.5) / cells * 32_000);
                    p.y[0] = (int) ((y + 0.5) / cells * 32_000);
                    p.z[0] = (int) ((z + 0.5) / cells * 32_000);
                    p.returns[0] = 0x11;
                    out.node(level, x, y, z, CopcWriter.compress(p));
                    written.add(new CopcNode(level, x, y, z, 0, 0, 1));
                }
            }
        }
        try (CopcReader reader = CopcReader.open(file)) {
            Set<CopcNode> found = new HashSet<>();
            for (CopcNode n : reader.nodes()) {
                found.add(new CopcNode(n.level(), n.x(), n.y(), n.z(), 0, 0, n.points()));
            }
            assertThat(found).isEqualTo(written);
            assertThat(reader.info().hierarchySize()).isLessThan(32L * 5000);
        }
        JsonNode others = LazPerf.run("copc", file);
        assertThat(others.get("count").asInt()).isEqualTo(written.size());
        assertThat(others.get("outside").asInt()).isZero();
    }

    @Test
    void plainLazIsNotCopc() {
        assertThatThrownBy(() ->
                        CopcReader.open(Need.data("pdal-bsd/autzen_trim.laz")).close())
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("not COPC");
    }
}
