package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.MeshReader;
import org.grotto.format.Reading;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that a tile shows at many places (i3dm) stand where the specification's arithmetic, done by hand, puts them. */
class InstancedTilesTest {
    @TempDir
    Path dir;

    private final List<String> understood = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    private Mesh mesh(Path tileset, boolean keepGoing) {
        try (Work work = new Work(1, 256L << 20, Progress.NONE);
                MeshReader r = Inputs.meshFile(tileset, new Reading(work, List.of(), keepGoing, 0, Double.NaN))) {
            Mesh m = r.read();
            understood.addAll(r.understood());
            lost.addAll(r.notKept());
            return m;
        }
    }

    /** The triangle (1, 0, 0), (0, 2, 0), (0, 0, 3) of a frame with Z up, which glTF has with Y up. */
    private static byte[] glb() {
        ByteBuffer b = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
        for (float v : new float[] {1, 0, 0, 0, 0, -2, 0, 3, 0}) {
            b.putFloat(v);
        }
        return joined(
                "{\"asset\":{\"version\":\"2.0\"},\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0}],\"meshes\":"
                        + "[{\"primitives\":[{\"attributes\":{\"POSITION\":0}}]}],\"accessors\":[{\"bufferView\":0,"
                        + "\"componentType\":5126,\"count\":3,\"type\":\"VEC3\"}],\"bufferViews\":[{\"buffer\":0,"
                        + "\"byteLength\":36}],\"buffers\":[{\"byteLength\":36}]}",
                b.array());
    }

    private static byte[] joined(String json, byte[] bin) {
        byte[] j = (json + " ".repeat((4 - json.length() % 4) % 4)).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(28 + j.length + bin.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x46546C67)
                .putInt(2)
                .putInt(28 + j.length + bin.length)
                .putInt(j.length)
                .putInt(0x4E4F534A)
                .put(j)
                .putInt(bin.length)
                .putInt(0x004E4942)
                .put(bin)
                .array();
    }

    private static byte[] i3dm(String features, byte[] binary, String batches, int form, byte[] body) {
        byte[] f = features.getBytes(StandardCharsets.UTF_8);
        byte[] t = batches.getBytes(StandardCharsets.UTF_8);
        int length = 32 + f.length + binary.length + t.length + body.length;
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("i3dm".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .putInt(length)
                .putInt(f.length)
                .putInt(binary.length)
                .putInt(t.length)
                .putInt(0)
                .putInt(form)
                .put(f)
                .put(binary)
                .put(t)
                .put(body)
                .array();
    }

    private static byte[] floats(double... values) {
        ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double v : values) {
            b.putFloat((float) v);
        }
        return b.array();
    }

    private static byte[] shorts(int... values) {
        ByteBuffer b = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int v : values) {
            b.putShort((short) v);
        }
        return b.array();
    }

    private static byte[] all(byte[]... parts) {
        int n = 0;
        for (byte[] p : parts) {
            n += p.length;
        }
        ByteBuffer b = ByteBuffer.allocate(n);
        for (byte[] p : parts) {
            b.put(p);
        }
        return b.array();
    }

    private static void stands(Mesh m, int triangle, double... corners) {
        for (int k = 0; k < 9; k++) {
            int v = m.triangles[3 * triangle + k / 3];
            assertThat(m.origin(k % 3) + m.xyz[3 * v + k % 3])
                    .as("triangle %d, number %d", triangle, k)
                    .isEqualTo(corners[k], within(1e-4));
        }
    }

    @Test
    void eachInstanceIsTurnedScaledAndMoved() throws IOException {
        // the second: right is y, up is z, and so the third axis is x; twice as large, and 1, 2, 3 times along its own
        byte[] binary = all(
                floats(10, 20, 30, 40, 50, 60),
                floats(0, 1, 0, 0, 0, 1),
                floats(1, 0, 0, 0, 1, 0),
                floats(1, 2),
                floats(1, 1, 1, 1, 2, 3));
        Path t = Files.write(
                dir.resolve("a.i3dm"),
                i3dm(
                        "{\"INSTANCES_LENGTH\":2,\"RTC_CENTER\":[1000,0,0],\"POSITION\":{\"byteOffset\":0},"
                                + "\"NORMAL_UP\":{\"byteOffset\":24},\"NORMAL_RIGHT\":{\"byteOffset\":48},"
                                + "\"SCALE\":{\"byteOffset\":72},\"SCALE_NON_UNIFORM\":{\"byteOffset\":80}}",
                        binary,
                        "{\"Height\":[1,2]}",
                        1,
                        glb()));
        Mesh m = mesh(t, false);
        assertThat(m.triangleCount()).isEqualTo(2);
        stands(m, 0, 1011, 20, 30, 1010, 22, 30, 1010, 20, 33);
        // (1, 0, 0) goes 2 along y; (0, 2, 0) goes 2 * 2 * 2 along z; (0, 0, 3) goes 3 * 2 * 3 along x
        stands(m, 1, 1040, 52, 60, 1040, 50, 68, 1058, 50, 60);
        assertThat(lost).containsExactly("properties of instances: a.i3dm");
        assertThat(understood).containsExactly("models at each of their places (i3dm): 2 in a.i3dm");
    }

    @Test
    void foldedDirectionsAndPlacesInSteps() throws IOException {
        // y is (1/2, 1), z is (1/2, 1/2), x is (1, 1/2) of the octahedron laid flat
        byte[] binary = all(shorts(65535, 0, 32768), shorts(32768, 32768), shorts(32768, 65535));
        Path t = Files.write(
                dir.resolve("a.i3dm"),
                i3dm(
                        "{\"INSTANCES_LENGTH\":1,\"QUANTIZED_VOLUME_OFFSET\":[5,6,7],\"QUANTIZED_VOLUME_SCALE\":[1,2,0],"
                                + "\"POSITION_QUANTIZED\":{\"byteOffset\":0},\"NORMAL_UP_OCT32P\":{\"byteOffset\":6},"
                                + "\"NORMAL_RIGHT_OCT32P\":{\"byteOffset\":10}}",
                        binary,
                        "",
                        1,
                        glb()));
        stands(mesh(t, false), 0, 6, 7, 7, 6, 6, 9, 9, 6, 7);
    }

    @Test
    void onTheGlobeTheyStandUpright() throws IOException {
        // two places at longitude 94.8, latitude 40 and 40.001; degrees to metres by the ellipsoid's own radii
        double a = 6378137;
        double e2 = 0.00669437999014;
        double[][] p = new double[2][];
        for (int i = 0; i < 2; i++) {
            double lat = Math.toRadians(40 + 0.001 * i);
            double lon = Math.toRadians(94.8);
            double n = a / Math.sqrt(1 - e2 * Math.sin(lat) * Math.sin(lat));
            p[i] = new double[] {
                n * Math.cos(lat) * Math.cos(lon), n * Math.cos(lat) * Math.sin(lon), n * (1 - e2) * Math.sin(lat)
            };
        }
        String centre = String.format(Locale.ROOT, "[%.9f,%.9f,%.9f]", p[0][0], p[0][1], p[0][2]);
        byte[] binary = floats(0, 0, 0, p[1][0] - p[0][0], p[1][1] - p[0][1], p[1][2] - p[0][2]);
        Path t = Files.write(
                dir.resolve("a.i3dm"),
                i3dm(
                        "{\"INSTANCES_LENGTH\":2,\"EAST_NORTH_UP\":true,\"RTC_CENTER\":" + centre
                                + ",\"POSITION\":{\"byteOffset\":0}}",
                        binary,
                        "",
                        1,
                        glb()));
        Mesh m = mesh(t, false);
        stands(m, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3);
        // along the meridian: its radius at 40 degrees times the angle
        double s = Math.sin(Math.toRadians(40));
        double north = a * (1 - e2) / Math.pow(1 - e2 * s * s, 1.5) * Math.toRadians(0.001);
        int v = m.triangles[3];
        assertThat(m.originY + m.xyz[3 * v + 1]).isEqualTo(north, within(2e-3));
        assertThat(m.originX + m.xyz[3 * v]).isEqualTo(1, within(1e-3));
        assertThat(understood).anyMatch(u -> u.contains("longitude 94.80000000, latitude 40.00000000"));
    }

    @Test
    void theModelMayBeAFileBeside() throws IOException {
        Path sub = Files.createDirectories(dir.resolve("sub"));
        Files.write(sub.resolve("the model.glb"), glb());
        byte[] address = "the%20model.glb\0\0 ".getBytes(StandardCharsets.US_ASCII);
        Files.write(
                sub.resolve("a.i3dm"),
                i3dm("{\"INSTANCES_LENGTH\":1,\"POSITION\":{\"byteOffset\":0}}", floats(5, 0, 0), "", 0, address));
        Path t = tileset("sub/a.i3dm", "");
        stands(mesh(t, false), 0, 6, 0, 0, 5, 2, 0, 5, 0, 3);
        assertThat(Inputs.files(t)).contains(sub.resolve("the model.glb"));
        Files.write(
                sub.resolve("a.i3dm"),
                i3dm(
                        "{\"INSTANCES_LENGTH\":1,\"POSITION\":{\"byteOffset\":0}}",
                        floats(5, 0, 0),
                        "",
                        0,
                        "../../model.glb".getBytes(StandardCharsets.US_ASCII)));
        assertThatThrownBy(() -> mesh(t, false)).hasMessageContaining("no path inside");
    }

    private Path tileset(String uri, String asset) throws IOException {
        return Files.writeString(
                dir.resolve("tileset.json"),
                "{\"asset\":{\"version\":\"1.0\"" + asset + "},\"geometricError\":9,\"root\":{\"boundingVolume\":"
                        + "{\"sphere\":[0,0,0,9]},\"geometricError\":0,\"content\":{\"uri\":\"" + uri + "\"}}}");
    }

    @Test
    void tilesetsOfOldSayWhichAxisIsUp() throws IOException {
        Files.write(dir.resolve("a.glb"), glb());
        // the file's own numbers are (1, 0, 0), (0, 0, -2), (0, 3, 0)
        stands(mesh(tileset("a.glb", ",\"gltfUpAxis\":\"Z\""), false), 0, 1, 0, 0, 0, 0, -2, 0, 3, 0);
        // up is x: x, y, z become z, y, -x, all of them
        stands(mesh(tileset("a.glb", ",\"gltfUpAxis\":\"x\""), false), 0, 0, 0, 1, 2, 0, 0, 0, 3, 0);
        assertThatThrownBy(() -> mesh(tileset("a.glb", ",\"gltfUpAxis\":\"W\""), false))
                .hasMessageContaining("the axis W is up");
    }

    @Test
    void countsAndPlacesThatLieAreTold() throws IOException {
        String place = "\"POSITION\":{\"byteOffset\":0}";
        for (String[] c : new String[][] {
            {"{" + place + "}", "has no INSTANCES_LENGTH"},
            {"{\"INSTANCES_LENGTH\":-1," + place + "}", "has no INSTANCES_LENGTH"},
            {"{\"INSTANCES_LENGTH\":4000000000," + place + "}", "POSITION of its 4000000000 instances"},
            {"{\"INSTANCES_LENGTH\":1,\"POSITION\":{\"byteOffset\":25}}", "begins at byte 25 of 36"},
            {"{\"INSTANCES_LENGTH\":1}", "begins at byte -1"},
            {"{\"INSTANCES_LENGTH\":1," + place + ",\"NORMAL_UP\":{\"byteOffset\":12}}", "NORMAL_RIGHT of its 1"},
            {
                "{\"INSTANCES_LENGTH\":1," + place
                        + ",\"NORMAL_UP\":{\"byteOffset\":12},\"NORMAL_RIGHT\":{\"byteOffset\":12}}",
                "no two directions"
            },
            {"{\"INSTANCES_LENGTH\":1,\"POSITION_QUANTIZED\":{\"byteOffset\":0}}", "has no QUANTIZED_VOLUME_OFFSET"},
            {"{\"INSTANCES_LENGTH\":1,\"RTC_CENTER\":[1,2]," + place + "}", "has no RTC_CENTER of 3 numbers"},
        }) {
            Path t = Files.write(dir.resolve("bad.i3dm"), i3dm(c[0], floats(1, 2, 3, 0, 0, 1, 1, 2, 3), "", 1, glb()));
            assertThatThrownBy(() -> mesh(t, false))
                    .as(c[0])
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("bad.i3dm")
                    .hasMessageContaining(c[1]);
        }
        Path form = Files.write(
                dir.resolve("bad.i3dm"), i3dm("{\"INSTANCES_LENGTH\":1," + place + "}", floats(1, 2, 3), "", 7, glb()));
        assertThatThrownBy(() -> mesh(form, false)).hasMessageContaining("says 7 where 0");
        byte[] whole = i3dm("{\"INSTANCES_LENGTH\":1," + place + "}", floats(1, 2, 3), "", 1, glb());
        for (int n = 0; n < whole.length; n++) {
            Path cut = Files.write(dir.resolve("bad.i3dm"), java.util.Arrays.copyOf(whole, n));
            assertThatThrownBy(() -> mesh(cut, false)).isInstanceOf(GrottoException.class);
        }
    }

    @Test
    void aFewBytesDoNotBecomeAWorldOfVertices() throws IOException {
        // 60,000 vertices that are all zeros take no bytes; 40,000 times that would be more than any memory takes
        byte[] many = joined(
                "{\"asset\":{\"version\":\"2.0\"},\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0}],\"meshes\":"
                        + "[{\"primitives\":[{\"attributes\":{\"POSITION\":0}}]}],\"accessors\":[{\"componentType\":5126,"
                        + "\"count\":60000,\"type\":\"VEC3\"}]}",
                new byte[0]);
        Path t = Files.write(
                dir.resolve("many.i3dm"),
                i3dm(
                        "{\"INSTANCES_LENGTH\":40000,\"POSITION\":{\"byteOffset\":0}}",
                        new byte[12 * 40_000],
                        "",
                        1,
                        many));
        assertThatThrownBy(() -> mesh(t, false)).hasMessageContaining("2,399,940,000 vertices");
    }

    @Test
    void aDamagedOneIsLeftOutOnRequest() throws IOException {
        Files.write(dir.resolve("a.glb"), glb());
        Files.write(
                dir.resolve("bad.i3dm"),
                i3dm("{\"INSTANCES_LENGTH\":9,\"POSITION\":{\"byteOffset\":0}}", floats(1, 2, 3), "", 1, glb()));
        Path t = Files.writeString(
                dir.resolve("tileset.json"),
                "{\"asset\":{\"version\":\"1.1\"},\"geometricError\":9,\"root\":{\"boundingVolume\":{\"sphere\":"
                        + "[0,0,0,9]},\"geometricError\":0,\"contents\":[{\"uri\":\"a.glb\"},{\"uri\":\"bad.i3dm\"}]}}");
        assertThatThrownBy(() -> mesh(t, false)).hasMessageContaining("--keep-going");
        assertThat(mesh(t, true).triangleCount()).isEqualTo(1);
        assertThat(lost).contains("tiles that are missing or damaged: bad.i3dm");
    }
}
