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
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged asset is refused with what is left of it, and gives that on request. */
class GltfSalvageTest {
    /** A square of two triangles, 0 1 2 and 0 2 3. */
    private static final float[] SQUARE = {0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0};

    @TempDir
    Path dir;

    private List<String> lost = List.of();

    /** A mesh of two parts that share vertices; their indices stand behind them, and a picture last. */
    private Path glb(float[] xyz, int[] one, int[] two) throws IOException {
        int points = 4 * xyz.length;
        int first = 4 * one.length;
        int second = 4 * two.length;
        String view = ",\"bufferView\":%d,\"count\":%d,";
        String json = "{\"asset\":{\"version\":\"2.0\"},\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0}],"
                + "\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0,\"TEXCOORD_0\":3},\"indices\":1,"
                + "\"material\":0},{\"attributes\":{\"POSITION\":0},\"indices\":2}]}],"
                + "\"materials\":[{\"pbrMetallicRoughness\":{\"baseColorTexture\":{\"index\":0}}}],"
                + "\"textures\":[{\"source\":0}],\"images\":[{\"bufferView\":3,\"mimeType\":\"image/png\"}],"
                + "\"accessors\":[{\"type\":\"VEC3\",\"componentType\":5126" + view.formatted(0, xyz.length / 3)
                + "\"min\":[0,0,0],\"max\":[1,1,0]},{\"type\":\"SCALAR\",\"componentType\":5125"
                + view.formatted(1, one.length) + "\"byteOffset\":0},{\"type\":\"SCALAR\",\"componentType\":5125"
                + view.formatted(2, two.length) + "\"byteOffset\":0},{\"type\":\"VEC2\",\"componentType\":5126"
                + view.formatted(0, xyz.length / 3) + "\"byteOffset\":0}],\"bufferViews\":["
                + part(0, points) + "," + part(points, first) + "," + part(points + first, second) + ","
                + part(points + first + second, 16) + "],\"buffers\":[{\"byteLength\":"
                + (points + first + second + 16) + "}]}";
        byte[] text = (json + " ".repeat((4 - json.length() % 4) % 4)).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer b = ByteBuffer.allocate(28 + text.length + points + first + second + 16)
                .order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(Glb.MAGIC).putInt(2).putInt(b.capacity());
        b.putInt(text.length).putInt(Glb.JSON).put(text);
        b.putInt(points + first + second + 16).putInt(Glb.BIN);
        for (float f : xyz) {
            b.putFloat(f);
        }
        for (int i : one) {
            b.putInt(i);
        }
        for (int i : two) {
            b.putInt(i);
        }
        return Files.write(dir.resolve("a.glb"), b.array());
    }

    private static String part(int from, int length) {
        return "{\"buffer\":0,\"byteOffset\":" + from + ",\"byteLength\":" + length + "}";
    }

    private Mesh read(Path file, boolean keepGoing) {
        try (GltfMeshReader r = GltfMeshReader.open(file, keepGoing)) {
            Mesh m = r.read();
            lost = r.notKept();
            return m;
        }
    }

    private void assertOffered(Path file, int triangles) {
        assertThatThrownBy(() -> read(file, false))
                .isInstanceOf(GrottoException.class)
                .message()
                .endsWith(
                        ", or --keep-going would give " + triangles + (triangles == 1 ? " triangle." : " triangles."));
        assertThat(read(file, true).triangleCount()).isEqualTo(triangles);
    }

    @Test
    void aVertexWithoutAPlaceCostsItsTriangles() throws IOException {
        float[] xyz = SQUARE.clone();
        xyz[10] = Float.NaN;
        Path f = glb(xyz, new int[] {0, 1, 2, 0, 2, 3}, new int[] {0, 1, 2});
        assertOffered(f, 2);
        assertThat(lost).contains("1 damaged triangles: a corner has no place, or is no vertex");
        assertThat(read(f, true).bounds().sizeZ()).isEqualTo(1);
        Path unused = glb(xyz, new int[] {0, 1, 2}, new int[] {0, 1, 2});
        assertThat(read(unused, false).triangleCount()).as("nobody needs it").isEqualTo(2);
    }

    @Test
    void aMaterialThatIsNotThereCostsNoTriangle() throws IOException {
        byte[] b = Files.readAllBytes(glb(SQUARE, new int[] {0, 1, 2}, new int[] {0, 2, 3}));
        String text = new String(b, StandardCharsets.ISO_8859_1).replace("\"material\":0", "\"material\":9");
        Path f = Files.write(dir.resolve("m.glb"), text.getBytes(StandardCharsets.ISO_8859_1));
        assertOffered(f, 2);
        assertThat(lost).contains("damaged materials: materials[9] does not exist");
    }

    @Test
    void texturesPlacesThatDoNotFitCostNoTriangle() throws IOException {
        byte[] b = Files.readAllBytes(glb(SQUARE, new int[] {0, 1, 2}, new int[] {0, 2, 3}));
        String text = new String(b, StandardCharsets.ISO_8859_1).replace("\"TEXCOORD_0\":3", "\"TEXCOORD_0\":1");
        Path f = Files.write(dir.resolve("t.glb"), text.getBytes(StandardCharsets.ISO_8859_1));
        assertOffered(f, 2);
        assertThat(lost).anyMatch(s -> s.startsWith("damaged columns of vertices: TEXCOORD_0 has 3 elements"));
    }

    @Test
    void anIndexOfNoVertexCostsItsTriangle() throws IOException {
        Path f = glb(SQUARE, new int[] {0, 1, 2, 0, 2, 4}, new int[] {0, 2, 3});
        assertOffered(f, 2);
        assertThat(lost).contains("1 damaged triangles: a corner has no place, or is no vertex");
    }

    @Test
    void aFileThatWasCutOffGivesThePartsBeforeThat() throws IOException {
        byte[] whole = Files.readAllBytes(glb(SQUARE, new int[] {0, 1, 2, 0, 2, 3}, new int[] {0, 1, 2}));
        Path cut = Files.write(dir.resolve("cut.glb"), Arrays.copyOf(whole, whole.length - 16 - 4));
        assertOffered(cut, 2);
        assertThat(lost).anyMatch(s -> s.startsWith("1 triangles: the file ends before their corners"));
        assertThat(lost).anyMatch(s -> s.startsWith("damaged pictures: "));
        Path none = Files.write(dir.resolve("none.glb"), Arrays.copyOf(whole, whole.length - 16 - 12 - 24 - 48));
        assertThatThrownBy(() -> read(none, false)).hasMessageNotContaining("--keep-going");
        assertThatThrownBy(() -> read(none, true)).hasMessageContaining("shows no triangle");
    }

    /** Vertices 0 to 2 are whole, as their columns are; of the corners all, or those of the first triangle. */
    @Test
    void aPartThatWasCutOffGivesTheTrianglesBeforeThat() throws IOException {
        byte[] whole = Files.readAllBytes(glb(SQUARE, new int[] {0, 1, 2}, new int[] {0, 1, 2, 0, 2, 3}));
        Path corners = Files.write(dir.resolve("corners.glb"), Arrays.copyOf(whole, whole.length - 16 - 1));
        assertOffered(corners, 2);
        assertThat(lost).contains("1 triangles: the file ends before their corners");
        String text = new String(whole, StandardCharsets.ISO_8859_1).replace("\"indices\":1,", "            ");
        Path places = Files.write(
                dir.resolve("places.glb"),
                Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), whole.length - 16 - 36 - 4));
        assertOffered(places, 1);
    }
}
