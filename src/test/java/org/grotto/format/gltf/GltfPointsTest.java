package org.grotto.format.gltf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A glTF asset of single points is a cloud: places with their node's transform, Z up, and colours; with a triangle a mesh. */
class GltfPointsTest {
    @TempDir
    Path dir;

    private Path file(String... modes) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        for (float v : new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}) {
            b.putFloat(v);
        }
        b.put(new byte[] {-1, 0, 0, -1, 0, -1, 0, -1, 0, 0, -1, -1});
        StringBuilder primitives = new StringBuilder();
        for (String mode : modes) {
            primitives.append(primitives.isEmpty() ? "" : ",").append("{\"attributes\":{\"POSITION\":0,\"COLOR_0\":1}");
            primitives.append(mode.isEmpty() ? "}" : ",\"mode\":" + mode + "}");
        }
        return Files.writeString(
                dir.resolve("a.gltf"),
                "{\"asset\":{\"version\":\"2.0\"},\"scene\":0,\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0,"
                        + "\"translation\":[10,0,0]}],\"meshes\":[{\"primitives\":[" + primitives
                        + "]}],\"accessors\":["
                        + "{\"bufferView\":0,\"componentType\":5126,\"count\":3,\"type\":\"VEC3\"},{\"bufferView\":1,"
                        + "\"componentType\":5121,\"normalized\":true,\"count\":3,\"type\":\"VEC4\"}],\"bufferViews\":["
                        + "{\"buffer\":0,\"byteLength\":36},{\"buffer\":0,\"byteOffset\":36,\"byteLength\":12}],\"buffers\":["
                        + "{\"byteLength\":48,\"uri\":\"data:application/octet-stream;base64,"
                        + Base64.getEncoder().encodeToString(b.array()) + "\"}]}");
    }

    @Test
    void pointsComeWithPlacesAndColours() throws IOException {
        Path f = file("0");
        GltfFormat format = new GltfFormat();
        assertThat(format.holdsMesh(f)).isFalse();
        try (PointReader r = GltfPoints.open(f, false)) {
            PointBatch b = new PointBatch(r.scans().getFirst().columns(), 8);
            assertThat(r.scans().getFirst().columns())
                    .extracting(Column::name)
                    .containsExactly(Column.RED, Column.GREEN, Column.BLUE);
            try (PointReader.PointCursor c = r.points(0)) {
                assertThat(c.next(b)).isTrue();
            }
            assertThat(b.size).isEqualTo(3);
            assertThat(new double[] {b.x[1], b.y[1], b.z[1]}).containsExactly(14, -6, 5);
            assertThat(b.columns[0]).startsWith(255, 0, 0);
            assertThat(b.columns[1]).startsWith(0, 255, 0);
        }
    }

    /** Lines alone are neither: the reader of meshes says so. */
    @ParameterizedTest
    @CsvSource({
        "4,true,true",
        "5,true,true",
        "0 4,true,false",
        "4 0,true,false",
        "0 1,false,false",
        "1,true,true",
        "'',true,true"
    })
    void oneTriangleMakesItAMesh(String modes, boolean mesh, boolean only) throws IOException {
        Path f = file(modes.split(" "));
        assertThat(new GltfFormat().holdsMesh(f)).isEqualTo(mesh);
        assertThat(new GltfFormat().onlyMesh(f)).isEqualTo(only);
    }

    private static Path glb(Path gltf, int bytes) throws IOException {
        String json = Files.readString(gltf);
        byte[] bin = Base64.getDecoder().decode(json.substring(json.indexOf("base64,") + 7, json.lastIndexOf('"')));
        String plain = json.replaceFirst(",\"uri\":\"[^\"]*\"", "");
        byte[] text = (plain + " ".repeat((4 - plain.length() % 4) % 4)).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer b = ByteBuffer.allocate(28 + text.length + bin.length).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(Glb.MAGIC).putInt(2).putInt(b.capacity());
        b.putInt(text.length).putInt(Glb.JSON).put(text);
        b.putInt(bin.length).putInt(Glb.BIN).put(bin);
        return Files.write(gltf.resolveSibling("a.glb"), Arrays.copyOf(b.array(), b.capacity() - bin.length + bytes));
    }

    /** Places stand first, 12 bytes each, then colours, 4 each. */
    @ParameterizedTest
    @CsvSource({
        "48,3,",
        "44,3,damaged columns of points",
        "35,2,1 points: the file ends before them",
        "12,1,2 points",
        "11,0,"
    })
    void aCloudThatWasCutOffGivesThePointsBeforeThat(int bytes, int points, String lost) throws IOException {
        Path f = glb(file("0"), bytes);
        if (bytes < 48) {
            assertThatThrownBy(() -> GltfPoints.open(f, false))
                    .isInstanceOf(GrottoException.class)
                    .message()
                    .endsWith(
                            points > 0
                                    ? ", or --keep-going would give " + points + (points == 1 ? " point." : " points.")
                                    : "again.");
        }
        if (points == 0) {
            assertThatThrownBy(() -> GltfPoints.open(f, true)).hasMessageContaining("shows no point");
            return;
        }
        try (PointReader r = GltfPoints.open(f, bytes < 48)) {
            List<double[]> all = Points.all(r, 0);
            assertThat(all).hasSize(points);
            assertThat(all.getLast()).startsWith(new double[][] {{11, -3, 2}, {14, -6, 5}, {17, -9, 8}}[points - 1]);
            assertThat(r.scans().getFirst().columns()).hasSize(bytes < 48 ? 0 : 3);
            assertThat(String.join(";", r.notKept())).contains(lost == null ? "" : lost);
        }
    }
}
