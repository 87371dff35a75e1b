package org.grotto.format.gltf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.grotto.Need;
import org.grotto.base.Json;
import org.grotto.base.Work;
import org.grotto.geometry.Columns;
import org.grotto.lod.MeshTiles;
import org.grotto.lod.TestCaves;
import org.grotto.lod.TileOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lwjgl.util.meshoptimizer.MeshOptimizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Khronos validator's word on every tile, its content decoded first by another decoder (npm meshoptimizer, WebAssembly):
 * the validator itself ignores compressed content.
 */
class TileValidatorTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void packages() throws Exception {}

    private List<Path> tiles(double size, double bumps) throws IOException {
        Path out = folder.resolve("set" + size);
        try (Work work = Work.silent()) {
            MeshTiles.write(
                    TestCaves.ball(40, size, bumps, 1000, 2000, 3), out, new TileOptions(1200, 500, false), work);
        }
        try (var list = Files.list(out.resolve("tiles"))) {
            return list.sorted().toList();
        }
    }

    @Test
    void everyTileIsValidAndDecodesAlikeElsewhere() throws Exception {
        for (double size : new double[] {0.2, 5, 800}) {
            List<Path> tiles = tiles(size, 0.1);
            assertThat(tiles).hasSizeGreaterThan(15);
            for (var e : Khronos.validate(tiles).entrySet()) {
                JsonNode r = e.getValue();
                assertThat(r.path("errors").asInt()).as("%s", r).isZero();
                assertThat(r.path("warnings").asInt()).as("%s", r).isZero();
                Path tile = tiles.getFirst().resolveSibling(e.getKey());
                Gltf gltf = Gltf.glb(ByteBuffer.wrap(Files.readAllBytes(tile)), e.getKey());
                JsonNode primitive = gltf.item("meshes", 0).path("primitives").get(0);
                List<String> names = new ArrayList<>(List.of("POSITION", "COLOR_0", "_EVIDENCE"));
                for (String name : names) {
                    long index = gltf.whole(primitive.path("attributes"), name);
                    assertThat(hash(Accessor.of(gltf, index)))
                            .as(e.getKey() + " " + name)
                            .isEqualTo(r.path("hashes").path(name).asLong());
                }
                Accessor normal = Accessor.of(gltf, gltf.whole(primitive.path("attributes"), "NORMAL"));
                byte[] theirs = Base64.getDecoder().decode(r.path("normals").asString());
                assertThat(theirs).hasSize(4 * normal.count());
                for (int i = 0; i < theirs.length; i++) {
                    if (i % 4 < 3) {
                        assertThat(normal.raw(i / 4, i % 4)).isBetween(theirs[i] - 1.0, theirs[i] + 1.0);
                    }
                }
                assertThat(hash(Accessor.of(gltf, gltf.whole(primitive, "indices"))))
                        .isEqualTo(r.path("hashes").path("indices").asLong());
            }
        }
    }

    @Test
    void aTileWiderThan16BitsKeepsEveryStep() throws Exception {
        int n = 1000;
        int[] xyz = new int[3 * n];
        float[] normals = new float[3 * n];
        java.util.SplittableRandom r = new java.util.SplittableRandom(2);
        for (int i = 0; i < 3 * n; i++) {
            xyz[i] = r.nextInt(-8_000_000, 8_000_001);
            normals[i] = i % 3 == 2 ? 1 : 0;
        }
        int[] triangles = new int[3 * (n - 2)];
        for (int t = 0; t < n - 2; t++) {
            triangles[3 * t] = t;
            triangles[3 * t + 1] = t + 1;
            triangles[3 * t + 2] = t + 2;
        }
        Path file = folder.resolve("wide.glb");
        Files.write(file, TileWriter.write(xyz, 0x1p-12, normals, Columns.NONE, triangles));
        JsonNode report = Khronos.validate(List.of(file)).get("wide.glb");
        assertThat(report.path("errors").asInt()).as("%s", report).isZero();
        TileMesh m = TileMesh.read(ByteBuffer.wrap(Files.readAllBytes(file)), "wide");
        assertThat(m.rgba).isNull();
        List<List<Long>> wanted = new ArrayList<>();
        List<List<Long>> found = new ArrayList<>();
        double[] origin = {m.originX, m.originY, m.originZ};
        for (int i = 0; i < n; i++) {
            List<Long> p = new ArrayList<>();
            List<Long> q = new ArrayList<>();
            for (int axis = 0; axis < 3; axis++) {
                p.add((long) xyz[3 * i + axis]);
                double steps = (origin[axis] + m.positions[3 * i + axis]) * 4096;
                assertThat(steps).isEqualTo(Math.rint(steps));
                q.add((long) steps);
            }
            wanted.add(p);
            found.add(q);
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(wanted);
    }

    private static long hash(Accessor a) {
        int h = 0x811c9dc5;
        ByteBuffer b = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < a.count(); i++) {
            for (int c = 0; c < a.components(); c++) {
                b.putDouble(0, a.raw(i, c));
                for (int k = 0; k < 8; k++) {
                    h = (h ^ b.get(k) & 0xFF) * 0x01000193;
                }
            }
        }
        return h & 0xFFFFFFFFL;
    }

    @Test
    void aPlantedNanAndAPlantedIndexAreFound() throws Exception {
        Path good = tiles(5, 0.1).getFirst();
        Path nan = folder.resolve("nan.glb");
        Path index = folder.resolve("index.glb");
        Files.write(nan, planted(Files.readAllBytes(good), true));
        Files.write(index, planted(Files.readAllBytes(good), false));
        var reports = Khronos.validate(List.of(good, nan, index));
        assertThat(reports.get(good.getFileName().toString()).path("errors").asInt())
                .isZero();
        assertThat(reports.get("nan.glb").toString()).contains("ACCESSOR_INVALID_FLOAT");
        assertThat(reports.get("index.glb").toString()).contains("ACCESSOR_INDEX_OOB");
        try {
            TileMesh.read(ByteBuffer.wrap(Files.readAllBytes(index)), "index");
            throw new AssertionError("our reader took an index out of range");
        } catch (org.grotto.base.GrottoException e) {
            assertThat(e.getMessage()).contains("points to vertex");
        }
    }

    /** The tile with its normals replaced by floats of which one is no number, or with one index far out of range. */
    private static byte[] planted(byte[] tile, boolean nan) {
        ByteBuffer b = ByteBuffer.wrap(tile).order(ByteOrder.LITTLE_ENDIAN);
        int size = b.getInt(12);
        ObjectNode json = (ObjectNode) Json.mapper().readTree(Arrays.copyOfRange(tile, 20, 20 + size));
        byte[] bin = Arrays.copyOfRange(tile, 28 + size, tile.length);
        Gltf gltf = Gltf.glb(ByteBuffer.wrap(tile), "tile");
        JsonNode primitive = json.path("meshes").get(0).path("primitives").get(0);
        int a = nan
                ? primitive.path("attributes").path("NORMAL").asInt()
                : primitive.path("indices").asInt();
        Accessor accessor = Accessor.of(gltf, a);
        ByteBuffer coded = ByteBuffer.allocateDirect(1 << 20);
        ObjectNode view = (ObjectNode) json.path("bufferViews")
                .get(json.path("accessors").get(a).path("bufferView").asInt());
        ObjectNode extension = (ObjectNode) view.path("extensions").path("EXT_meshopt_compression");
        long bytes;
        if (nan) {
            ByteBuffer data = ByteBuffer.allocateDirect(12 * accessor.count()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < accessor.count(); i++) {
                data.putFloat(12 * i, i == 7 ? Float.NaN : 1);
            }
            bytes = MeshOptimizer.meshopt_encodeVertexBuffer(coded, data, accessor.count(), 12);
            extension.remove("filter");
            extension.put("byteStride", 12);
            view.put("byteStride", 12).put("byteLength", 12 * accessor.count());
            ObjectNode json0 = (ObjectNode) json.path("accessors").get(a);
            json0.put("componentType", 5126).remove("normalized");
        } else {
            int[] wrong = new int[accessor.count()];
            for (int i = 0; i < wrong.length; i++) {
                wrong[i] = (int) accessor.raw(i, 0);
            }
            wrong[4] = 60_000;
            java.nio.IntBuffer data = ByteBuffer.allocateDirect(4 * wrong.length)
                    .order(ByteOrder.nativeOrder())
                    .asIntBuffer();
            data.put(wrong).flip();
            bytes = MeshOptimizer.meshopt_encodeIndexBuffer(coded, data);
        }
        extension.put("byteOffset", bin.length).put("byteLength", bytes);
        ByteBuffer all = ByteBuffer.allocate(bin.length + (int) (bytes + 3) / 4 * 4);
        all.put(bin).put(coded.slice(0, (int) bytes)).clear();
        ((ObjectNode) json.path("buffers").get(0)).put("byteLength", all.capacity());
        return Glb.join(json, all);
    }

    @Test
    void aPlainGlbIsValid() throws Exception {
        Path file = folder.resolve("plain.glb");
        GlbWriter.write(TestCaves.ball(20, 5, 0.1, 0, 0, 0), file);
        Path script = folder.resolve("plain.cjs");
        Files.writeString(script, """
                const v = require(process.argv[2] + '/gltf-validator');
                v.validateBytes(new Uint8Array(require('fs').readFileSync(process.argv[3])))
                  .then((r) => console.log(JSON.stringify(r.issues)));
                """);
        Process p = new ProcessBuilder(
                        Need.program("node").toString(),
                        script.toString(),
                        Khronos.modules().toString(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String out = new String(p.getInputStream().readAllBytes());
        assertThat(out).contains("\"numErrors\":0").contains("\"numWarnings\":0");
    }
}
