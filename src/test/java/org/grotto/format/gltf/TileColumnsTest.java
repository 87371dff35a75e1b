package org.grotto.format.gltf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.ColumnType.Kind;
import org.grotto.geometry.Columns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Columns of vertices come back from a tile as they were, and other programs' validators accept them. */
class TileColumnsTest {
    private static final ColumnType SPACING = new ColumnType(
            "point-spacing",
            Kind.UINT16,
            1,
            "10 um",
            0,
            65534,
            1,
            65535,
            ColumnType.Between.LINEAR,
            ColumnType.Weld.LEAST,
            "test");
    private static final ColumnType CURVATURE = ColumnType.number("curvature", Kind.FLOAT32, "1/m", "test");
    private static final ColumnType FLOW = new ColumnType(
            "flow",
            Kind.FLOAT32,
            3,
            "1",
            -1,
            1,
            0,
            Double.NaN,
            ColumnType.Between.DIRECTION,
            ColumnType.Weld.SUM,
            "test");
    private static final ColumnType STATION = ColumnType.choice("station", Kind.UINT8, "test");

    private final int n = 30;
    private final int[] xyz = new int[3 * n * n];
    private final float[] normals = new float[3 * n * n];
    private final byte[] rgb = new byte[3 * n * n];
    private final byte[] evidence = new byte[n * n];
    private final char[] spacing = new char[n * n];
    private final float[] curvature = new float[n * n];
    private final float[] flow = new float[3 * n * n];
    private final byte[] station = new byte[n * n];
    private final int[] triangles = new int[6 * (n - 1) * (n - 1)];

    private byte[] tile() {
        SplittableRandom r = new SplittableRandom(9);
        int t = 0;
        for (int i = 0; i < n * n; i++) {
            xyz[3 * i] = 100 * (i % n);
            xyz[3 * i + 1] = 100 * (i / n);
            xyz[3 * i + 2] = i * 7919 % 97;
            normals[3 * i + 2] = 1;
            rgb[3 * i] = (byte) i;
            evidence[i] = (byte) r.nextInt(256);
            spacing[i] = (char) (i % 11 == 0 ? 65535 : r.nextInt(65535));
            curvature[i] = i % 7 == 0 ? Float.NaN : (float) (1e-3 * i * (i % 2 == 0 ? 1 : -1));
            flow[3 * i + i % 3] = 1;
            station[i] = (byte) (i % 255);
            if (i % n < n - 1 && i / n < n - 1) {
                int[] quad = {i, i + 1, i + n, i + 1, i + n + 1, i + n};
                System.arraycopy(quad, 0, triangles, t, 6);
                t += 6;
            }
        }
        Columns columns = Columns.NONE
                .with(Columns.EVIDENCE, evidence)
                .with(SPACING, spacing)
                .with(Columns.RGB8, rgb)
                .with(CURVATURE, curvature)
                .with(FLOW, flow)
                .with(STATION, station)
                .with(ColumnType.choice("row", Kind.INT32, "test"), new int[n * n]);
        return TileWriter.write(xyz, 0x1p-10, normals, columns, triangles);
    }

    @Test
    void everyColumnComesBackAsItWasButWholeNumbersThatGltfForbids() {
        TileMesh m = TileMesh.read(ByteBuffer.wrap(tile()), "tile");
        assertThat(m.columns.types()).containsExactlyInAnyOrder(Columns.EVIDENCE, SPACING, CURVATURE, FLOW, STATION);
        for (int k = 0; k < m.vertexCount(); k++) {
            int x = (int) Math.rint((m.originX + m.positions[3 * k]) * 1024 / 100);
            int y = (int) Math.rint((m.originY + m.positions[3 * k + 1]) * 1024 / 100);
            int i = y * n + x;
            assertThat(m.evidence()[k]).isEqualTo(evidence[i]);
            assertThat(m.columns.chars("point-spacing")[k]).isEqualTo(spacing[i]);
            assertThat(Float.compare(m.columns.floats("curvature")[k], curvature[i]))
                    .isZero();
            assertThat(m.columns.floats("flow")[3 * k + i % 3]).isEqualTo(1);
            assertThat(m.columns.bytes("station")[k]).isEqualTo(station[i]);
        }
    }

    @Test
    void columnsAreDescribedAndTheValidatorIsContent(@TempDir Path folder) throws Exception {
        byte[] tile = tile();
        Gltf gltf = Gltf.glb(ByteBuffer.wrap(tile), "tile");
        JsonNode properties = gltf.json.at("/extensions/EXT_structural_metadata/schema/classes/vertex/properties");
        assertThat(properties.propertyNames())
                .containsExactly("evidence", "point_spacing", "curvature", "flow", "station");
        assertThat(properties.at("/point_spacing/noData").asInt()).isEqualTo(65535);
        assertThat(properties.at("/point_spacing/componentType").asString()).isEqualTo("UINT16");
        JsonNode attributes = gltf.json.at("/extensions/EXT_structural_metadata/propertyAttributes/0/properties");
        attributes
                .properties()
                .forEach(e -> assertThat(gltf.item("meshes", 0)
                                .at("/primitives/0/attributes")
                                .has(e.getValue().path("attribute").asString()))
                        .isTrue());
        assertThat(gltf.json.path("extensionsRequired").toString()).doesNotContain("EXT_structural_metadata");
        Path file = folder.resolve("columns.glb");
        Files.write(file, tile);
        JsonNode report = Khronos.validate(List.of(file)).get("columns.glb");
        assertThat(report.path("errors").asInt()).as("%s", report).isZero();
        assertThat(report.path("warnings").asInt()).as("%s", report).isZero();
    }
}
