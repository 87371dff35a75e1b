package org.grotto.format.gltf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.geometry.Columns;
import org.grotto.image.Ktx2;
import org.grotto.image.Ktx2Samples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Pictures on tiles are written, valid, and come back as they were; damaged ones are read or refused in a sentence. */
class TilePictureTest {
    private static final int N = 21;

    @TempDir
    Path folder;

    /** A sheet of N x N vertices, every row twice with another place in the picture: a seam along each. */
    private final int[] xyz = new int[6 * N * N];

    private final float[] normals = new float[6 * N * N];
    private final float[] uv = new float[4 * N * N];
    private final byte[] evidence = new byte[2 * N * N];
    private final int[] triangles = new int[6 * (N - 1) * (N - 1)];

    TilePictureTest() {
        SplittableRandom r = new SplittableRandom(7);
        for (int i = 0; i < 2 * N * N; i++) {
            int row = i / N / 2;
            xyz[3 * i] = 50 * (i % N);
            xyz[3 * i + 1] = 50 * row;
            normals[3 * i + 2] = 1;
            uv[2 * i] = r.nextInt(65536) / 65535f;
            uv[2 * i + 1] = (float) r.nextDouble();
            evidence[i] = (byte) i;
        }
        int t = 0;
        for (int row = 0; row < N - 1; row++) {
            for (int x = 0; x < N - 1; x++) {
                int a = (2 * row + 1) * N + x; // the row's second copy, the next one's first
                int[] quad = {a, a + 1, a + N, a + 1, a + N + 1, a + N};
                System.arraycopy(quad, 0, triangles, t, 6);
                t += 6;
            }
        }
    }

    private byte[] tile(@Nullable TilePicture picture) {
        Columns columns = Columns.NONE.with(Columns.RGB8, new byte[6 * N * N]).with(Columns.EVIDENCE, evidence);
        return TileWriter.write(xyz, 0x1p-10, normals, columns, triangles, Curtain.NONE, picture);
    }

    private TilePicture all() {
        return new TilePicture(
                uv,
                Checker.file(64, 32, "jpg"),
                TilePicture.JPEG,
                Checker.file(32, 32, "png"),
                Checker.file(16, 16, "png"));
    }

    private static TileMesh read(byte[] tile) {
        return TileMesh.read(ByteBuffer.wrap(tile), "tile");
    }

    @Test
    void placesStayWithTheirVerticesAndFilesComeBackByteForByte() {
        TilePicture given = all();
        TileMesh m = read(tile(given));
        TilePicture p = m.picture;
        assertThat(p).isNotNull();
        assertThat(p.image()).isEqualTo(given.image());
        assertThat(p.mediaType()).isEqualTo("image/jpeg");
        assertThat(p.normal()).isEqualTo(given.normal());
        assertThat(p.occlusion()).isEqualTo(given.occlusion());
        assertThat(m.rgba).isNull();
        assertThat(m.vertexCount()).isEqualTo(2 * N * N - 2 * N); // the first and last row have one copy
        byte[] known = m.evidence();
        for (int i = 0; i < m.indices.length; i++) {
            int v = m.indices[i];
            int x = Math.round((float) (m.originX + m.positions[3 * v]) * 1024 / 50);
            int y = Math.round((float) (m.originY + m.positions[3 * v + 1]) * 1024 / 50);
            int first = 2 * y * N + x;
            int given2 = known[v] == evidence[first] ? first : first + N;
            assertThat(known[v]).isEqualTo(evidence[given2]);
            assertThat(p.uv()[2 * v]).isCloseTo(uv[2 * given2], within(1e-9f));
            assertThat(p.uv()[2 * v + 1]).isCloseTo(uv[2 * given2 + 1], within(0.51f / 65535));
        }
    }

    @Test
    void withoutAPictureNothingIsTold() {
        byte[] tile = tile(null);
        JsonNode json = Gltf.glb(ByteBuffer.wrap(tile), "tile").json;
        assertThat(json.has("images") || json.has("textures") || json.has("samplers"))
                .isFalse();
        assertThat(json.path("materials").get(0).propertyNames()).containsExactly("pbrMetallicRoughness");
        assertThat(read(tile).picture).isNull();
        assertThat(read(tile).rgba).isNotNull();
    }

    @Test
    void theValidatorIsContent() throws Exception {
        Path one = folder.resolve("one.glb");
        Path three = folder.resolve("three.glb");
        Files.write(one, tile(new TilePicture(uv, Checker.file(64, 64, "png"), TilePicture.PNG)));
        Files.write(three, tile(all()));
        for (JsonNode r : Khronos.validate(List.of(one, three)).values()) {
            assertThat(r.path("errors").asInt()).as("%s", r).isZero();
            // a normal texture without tangents: programs make them themselves
            assertThat(r.path("messages").valueStream().map(JsonNode::asString))
                    .allMatch(m -> m.contains("MESH_PRIMITIVE_GENERATED_TANGENT_SPACE"));
        }
    }

    @Test
    void ktx2GoesByItsExtension() throws Exception {
        byte[] ktx = Ktx2Samples.file(Ktx2Samples.picture(64, 32, false, 1), 64, 32, true, Ktx2.Channels.RGB);
        byte[] tile = tile(new TilePicture(uv, ktx, TilePicture.KTX2, null, ktx));
        JsonNode json = Gltf.glb(ByteBuffer.wrap(tile), "tile").json;
        assertThat(json.path("extensionsRequired").toString()).containsOnlyOnce("KHR_texture_basisu");
        assertThat(json.at("/textures/0").has("source")).isFalse();
        assertThat(read(tile).picture.image()).isEqualTo(ktx);
        assertThat(read(tile).picture.mediaType()).isEqualTo("image/ktx2");
        Path file = Files.write(folder.resolve("ktx2.glb"), tile);
        for (JsonNode r : Khronos.validate(List.of(file)).values()) {
            assertThat(r.path("errors").asInt()).as("%s", r).isZero();
        }
    }

    @Test
    void eachClauseThatAKtx2PictureBreaksIsAProblem() throws Exception {
        byte[] rgba = Ktx2Samples.picture(64, 32, false, 1);
        byte[] colour = Ktx2Samples.file(rgba, 64, 32, true, Ktx2.Channels.RGB);
        byte[] numbers = Ktx2Samples.file(rgba, 64, 32, false, Ktx2.Channels.RGB);
        assertThat(problems(tile(new TilePicture(uv, colour, TilePicture.KTX2, numbers, numbers))))
                .isEmpty();
        assertThat(problems(tile(new TilePicture(uv, numbers, TilePicture.KTX2))))
                .hasSize(2)
                .anyMatch(p -> p.startsWith("tile.glb: its picture, transferFunction: is 1, but 2 (sRGB) of colour.")
                        && p.endsWith("[KHR_texture_basisu, additional requirements]"))
                .anyMatch(p -> p.contains("its picture, colorPrimaries"));
    }

    @Test
    void whatDoesNotFitIsNotWritten() {
        byte[] png = Checker.file(8, 8, "png");
        assertThatThrownBy(() -> new TilePicture(new float[] {0, 1.01f}, png, TilePicture.PNG))
                .hasMessageContaining("1.01");
        assertThatThrownBy(() -> new TilePicture(new float[] {Float.NaN}, png, TilePicture.PNG))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> tile(new TilePicture(uv, png, TilePicture.JPEG)))
                .hasMessageContaining("no image/jpeg");
        assertThatThrownBy(() -> tile(new TilePicture(new float[4], png, TilePicture.PNG)))
                .hasMessageContaining("2 places");
    }

    /** Bytes of a sound tile changed at random: a sentence, or a mesh whose places lie in its picture. */
    @Test
    void aDamagedTileIsReadOrRefused() {
        byte[] tile = tile(all());
        int json = ByteBuffer.wrap(tile).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(12);
        SplittableRandom r = new SplittableRandom(11);
        int refused = 0;
        int pictured = 0;
        int bare = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] bad = tile.clone();
            for (int k = 0; k < 1 + round % 3; k++) {
                bad[20 + r.nextInt(round % 2 == 0 ? json : bad.length - 20)] =
                        (byte) (round % 4 == 0 ? '0' + r.nextInt(10) : r.nextInt(256));
            }
            try {
                TileMesh m = read(bad);
                if (m.picture != null) {
                    pictured++;
                    assertThat(m.picture.uv()).hasSize(2 * m.vertexCount());
                } else if (m.pictureFault != null) {
                    bare++;
                }
            } catch (GrottoException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(300);
        assertThat(pictured).isGreaterThan(300);
        assertThat(bare).as("stone without its picture").isGreaterThan(25);
    }

    @Test
    void whatAnotherProgramsPicturesDoThatOursDoNotLeavesTheStone() throws Exception {
        String[][] changes = {
            {"\"bufferView\":([0-9]+),\"mimeType\"", "\"uri\":\"wall.jpg\",\"mimeType\"", "in the tile itself"},
            {"\"baseColorTexture\":\\{\"index\":0", "\"baseColorTexture\":{\"texCoord\":1,\"index\":0", "as it is"},
            {"\"source\":0", "\"source\":9", "images[9] does not exist"},
        };
        for (String[] c : changes) {
            TileMesh m = read(changed(tile(all()), c[0], c[1]));
            assertThat(m.picture).isNull();
            assertThat(m.pictureFault).hasMessageContaining(c[2]);
            assertThat(m.indexCount()).isEqualTo(triangles.length);
            assertThat(problems(changed(tile(all()), c[0], c[1])))
                    .singleElement()
                    .asString()
                    .contains(c[2]);
        }
    }

    private static byte[] changed(byte[] tile, String pattern, String with) {
        ByteBuffer b = ByteBuffer.wrap(tile).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int size = b.getInt(12);
        String json = new String(tile, 20, size, java.nio.charset.StandardCharsets.UTF_8);
        String other = json.replaceFirst(pattern, with);
        assertThat(other).isNotEqualTo(json);
        byte[] bin = Arrays.copyOfRange(tile, 28 + size, tile.length);
        return Glb.join(org.grotto.base.Json.mapper().readTree(other), ByteBuffer.wrap(bin));
    }

    @Test
    void aTilesetWithABrokenPictureIsNotSound() throws Exception {
        TilePicture whole = all();
        assertThat(problems(tile(whole))).isEmpty();
        byte[] cut = Arrays.copyOf(whole.image(), whole.image().length * 2 / 3);
        assertThat(problems(tile(new TilePicture(uv, cut, TilePicture.JPEG))))
                .anyMatch(p -> p.contains("tile.glb: its picture cannot be read"));
        byte[] png = Checker.file(64, 64, "png");
        png[60] ^= 0x55;
        assertThat(problems(tile(new TilePicture(uv, whole.image(), TilePicture.JPEG, png, null))))
                .anyMatch(p -> p.contains("picture of normals cannot be read"));
        byte[] lying = new String(tile(whole), java.nio.charset.StandardCharsets.ISO_8859_1)
                .replaceFirst("image/jpeg\"", "image/png\" ")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(problems(lying))
                .containsExactly("tile.glb: says that its picture is 'image/png', but it is image/jpeg");
    }

    private List<String> problems(byte[] tile) throws Exception {
        Files.write(folder.resolve("tile.glb"), tile);
        Path set = folder.resolve("tileset.json");
        Files.writeString(set, """
                {"asset": {"version": "1.1"}, "geometricError": 1, "root": {"geometricError": 0, "refine": "REPLACE",
                 "boundingVolume": {"box": [0.5, 0.5, 0, 0.6, 0, 0, 0, 0.6, 0, 0, 0, 0.1]},
                 "content": {"uri": "tile.glb"}}}""");
        try (Work work = Work.silent()) {
            return TilesetCheck.of(set, work).problems();
        }
    }
}
