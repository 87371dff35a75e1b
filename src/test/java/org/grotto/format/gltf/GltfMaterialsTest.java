package org.grotto.format.gltf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Texture;
import org.grotto.image.Ktx2;
import org.grotto.image.Ktx2Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.util.meshoptimizer.MeshOptimizer;

/** One triangle with two sets of texture coordinates and colours, dressed in many ways. */
class GltfMaterialsTest {
    private static final String ACCESSORS = """
            "accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3"},
            {"bufferView":0,"byteOffset":36,"componentType":5126,"count":3,"type":"VEC2"},
            {"bufferView":0,"byteOffset":60,"componentType":5123,"normalized":true,"count":3,"type":"VEC2"},
            {"bufferView":0,"byteOffset":72,"componentType":5121,"normalized":true,"count":3,"type":"VEC4"}],
            "bufferViews":[{"buffer":0,"byteLength":84},{"buffer":0,"byteOffset":84,"byteLength":4}]
            """;

    @TempDir
    Path dir;

    private List<String> notKept = List.of();
    private List<String> understood = List.of();

    private static byte[] bytes() {
        ByteBuffer b = ByteBuffer.allocate(88).order(ByteOrder.LITTLE_ENDIAN);
        for (float f : new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 1, 0.25f, 0}) {
            b.putFloat(f);
        }
        for (int s : new int[] {0, 0, 65535, 0, 0, 65535}) {
            b.putShort((short) s);
        }
        b.put(new byte[] {-1, 0, 0, -1, -1, -1, -1, -1, 0, -1, 0, -1});
        b.put("JPEG".getBytes(StandardCharsets.US_ASCII));
        return b.array();
    }

    private static String data(byte[] b) {
        return "data:application/octet-stream;base64," + Base64.getEncoder().encodeToString(b);
    }

    /** An asset whose primitives and materials are given; image 0 is in the buffer. */
    private static String asset(String primitives, String materials, String more) {
        return "{\"asset\":{\"version\":\"2.0\"},\"scene\":0,\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0}],"
                + "\"meshes\":[{\"primitives\":[" + primitives + "]}],\"materials\":[" + materials + "],"
                + (more.isEmpty()
                        ? "\"textures\":[{\"source\":0}],\"images\":[{\"bufferView\":1,\"mimeType\":\"image/jpeg\"}],"
                        : more + ",")
                + ACCESSORS + ",\"buffers\":[{\"byteLength\":88,\"uri\":\"" + data(bytes()) + "\"}]}";
    }

    private static String primitive(String attributes, int material) {
        return "{\"attributes\":{\"POSITION\":0" + attributes + "},\"material\":" + material + "}";
    }

    private Mesh read(String json) throws IOException {
        Path file = Files.writeString(dir.resolve("m.gltf"), json);
        try (GltfMeshReader r = GltfMeshReader.open(file)) {
            Mesh m = r.read();
            notKept = r.notKept();
            understood = r.understood();
            return m;
        }
    }

    private static Charts charts(Mesh m) {
        return Objects.requireNonNull(m.charts);
    }

    private static Texture colour(Mesh m, int material) {
        return Objects.requireNonNull(charts(m).materials().get(material).colour());
    }

    @Test
    void aPictureInABufferLiesByItsOwnCoordinates() throws IOException {
        String colour = "{\"name\":\"stone\",\"pbrMetallicRoughness\":{\"baseColorFactor\":[0.5,1,1,1],"
                + "\"baseColorTexture\":{\"index\":0,\"texCoord\":%d}}}";
        Mesh m = read(asset(primitive(",\"TEXCOORD_0\":1,\"TEXCOORD_1\":2", 0), colour.formatted(0), ""));
        assertThat(charts(m).uv()).containsExactly(0, 1, 1, 1, 0.25f, 0);
        assertThat(colour(m, 0).read()).containsExactly("JPEG".getBytes(StandardCharsets.US_ASCII));
        assertThat(charts(m).materials().getFirst().red()).isEqualTo(0.5f);
        assertThat(charts(m).materials().getFirst().name()).isEqualTo("stone");
        m = read(asset(primitive(",\"TEXCOORD_0\":1,\"TEXCOORD_1\":2", 0), colour.formatted(1), ""));
        assertThat(charts(m).uv()).containsExactly(0, 0, 1, 0, 0, 1);
        assertThat(notKept).isEmpty();
        m = read(asset(primitive(",\"TEXCOORD_0\":1", 0), colour.formatted(1), ""));
        assertThat(charts(m).pictured()).isFalse();
        assertThat(notKept).containsExactly("the pictures of 1 triangles without a place in them");
    }

    @Test
    void aGlbNamesTheBytesOfItsOwnFile() throws IOException {
        String json = asset(
                        primitive(",\"TEXCOORD_0\":1", 0),
                        "{\"pbrMetallicRoughness\":{\"baseColorTexture\":{\"index\":0}}}",
                        "")
                .replaceAll(",\"uri\":\"[^\"]*\"", "");
        byte[] glb = Glb.join(Json.mapper().readTree(json), ByteBuffer.wrap(bytes()));
        Path file = Files.write(dir.resolve("壁.glb"), glb);
        Mesh m = GlbReader.read(file);
        Texture t = colour(m, 0);
        assertThat(t.file()).isEqualTo(file);
        assertThat(t.bytes()).isNull();
        assertThat(t.read()).containsExactly("JPEG".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void theCasesArriveWhole() {
        Mesh m = GlbReader.read(Need.data("../cases/files/glb-sparse.glb"));
        float[] z = {0, 0, 0, 0};
        for (int i = 0; i < 4; i++) {
            z[i] = (float) (m.originX + m.xyz[3 * i]);
        }
        assertThat(m.vertexCount()).isEqualTo(4);
        assertThat(z).contains(2);
        try (GltfMeshReader r = GltfMeshReader.open(Need.data("../cases/files/glb-texture.glb"))) {
            // its triangles have no texture coordinates
            assertThat(r.read().charts).isNull();
            assertThat(r.notKept()).containsExactly("the pictures of 2 triangles without a place in them");
        }
    }

    @Test
    void transformsOfPicturesScaleThenTurnThenMove() throws IOException {
        String moved = "{\"pbrMetallicRoughness\":{\"baseColorTexture\":{\"index\":0,\"texCoord\":0,\"extensions\":{"
                + "\"KHR_texture_transform\":{\"offset\":[0.5,0.25],\"rotation\":1.5707963267948966,\"scale\":[2,4],"
                + "\"texCoord\":1}}}}}";
        Mesh m = read(asset(primitive(",\"TEXCOORD_0\":1,\"TEXCOORD_1\":2", 0), moved, ""));
        float[] expected = {0.5f, 0.25f, 0.5f, -1.75f, 4.5f, 0.25f};
        for (int i = 0; i < 6; i++) {
            assertThat(charts(m).uv()[i]).isCloseTo(expected[i], within(1e-6f));
        }
    }

    @Test
    void normalsAndOcclusionComeAlongWhereTheyLieAsTheColourDoes() throws IOException {
        String material = "{\"pbrMetallicRoughness\":{\"baseColorTexture\":{\"index\":0},\"metallicRoughnessTexture\":"
                + "{\"index\":0}},\"normalTexture\":{\"index\":1},\"occlusionTexture\":{\"index\":2,\"texCoord\":%d},"
                + "\"emissiveTexture\":{\"index\":0},\"alphaMode\":\"MASK\",\"alphaCutoff\":0.25}";
        String more = "\"samplers\":[{\"wrapS\":33071,\"wrapT\":33648}],\"textures\":[{\"source\":0,\"sampler\":0},"
                + "{\"source\":1},{\"source\":2}],\"images\":[{\"bufferView\":1},{\"uri\":\"data:image/png;base64,AQID\"},"
                + "{\"name\":\"ao\",\"uri\":\"data:image/png;base64,BAUG\"}]";
        Mesh m = read(asset(primitive(",\"TEXCOORD_0\":1,\"TEXCOORD_1\":2", 0), material.formatted(0), more));
        Material k = charts(m).materials().getFirst();
        assertThat(Objects.requireNonNull(k.normal()).read()).containsExactly(1, 2, 3);
        assertThat(Objects.requireNonNull(k.occlusion()).read()).containsExactly(4, 5, 6);
        assertThat(colour(m, 0).wrapU()).isEqualTo(Texture.Wrap.CLAMP);
        assertThat(colour(m, 0).wrapV()).isEqualTo(Texture.Wrap.MIRROR);
        assertThat(k.cutout()).isEqualTo(0.25f);
        assertThat(notKept).containsExactly("pictures of other kinds: emissiveTexture, metallicRoughnessTexture");
        m = read(asset(primitive(",\"TEXCOORD_0\":1,\"TEXCOORD_1\":2", 0), material.formatted(1), more));
        assertThat(charts(m).materials().getFirst().occlusion()).isNull();
        assertThat(notKept).contains("pictures placed otherwise than the colour: occlusionTexture");
    }

    @Test
    void theDiffusePictureOfSpecularGlossinessIsTheColour() throws IOException {
        String material = "{\"extensions\":{\"KHR_materials_unlit\":{},\"KHR_materials_pbrSpecularGlossiness\":"
                + "{\"diffuseFactor\":[0.25,0.5,1,1],\"diffuseTexture\":{\"index\":0}}}}";
        Mesh m = read(asset(primitive(",\"TEXCOORD_0\":1", 0), material, ""));
        assertThat(colour(m, 0).read()).hasSize(4);
        assertThat(charts(m).materials().getFirst().green()).isEqualTo(0.5f);
        assertThat(notKept).isEmpty();
    }

    @Test
    void coloursOfVerticesAreTimesTheirMaterialsAndDoNotCountTwice() throws IOException {
        String two = "{\"name\":\"a\",\"pbrMetallicRoughness\":{\"baseColorFactor\":[1,1,0,1]}},"
                + "{\"name\":\"b\",\"pbrMetallicRoughness\":{\"baseColorFactor\":[0,0,1,1]}}";
        Mesh m = read(asset(primitive(",\"COLOR_0\":3", 0) + "," + primitive("", 1), two, ""));
        byte w = -1;
        assertThat(m.rgb()).containsExactly(w, 0, 0, w, w, 0, 0, w, 0, 0, 0, w, 0, 0, w, 0, 0, w);
        assertThat(charts(m).materials()).extracting(Material::red).containsExactly(1f, 0f);
        assertThat(charts(m).materials()).extracting(Material::blue).containsExactly(1f, 1f);
        // one colour of all, with colours of vertices: these say it
        m = read(asset(primitive(",\"COLOR_0\":3", 0), two, ""));
        assertThat(m.charts).isNull();
        assertThat(notKept).isEmpty();
        m = read(asset(primitive("", 1), two, ""));
        assertThat(charts(m).materials()).extracting(Material::red).containsExactly(0f);
    }

    @Test
    void picturesBesideTheFileAreFoundByAnyWritingOfTheirNames() throws IOException {
        Files.writeString(dir.resolve("壁面 1.png"), "wall");
        Files.writeString(dir.resolve("a%20b.png"), "percent");
        String material = "{\"pbrMetallicRoughness\":{\"baseColorTexture\":{\"index\":0}}}";
        for (String uri :
                new String[] {"壁面 1.png", "%E5%A3%81%E9%9D%A2%201.png", "./%E5%A3%81%E9%9D%A2%201.PNG", "none/壁面 1.png"
                }) {
            String more = "\"textures\":[{\"source\":0}],\"images\":[{\"uri\":\"" + uri + "\"}]";
            Mesh m = read(asset(primitive(",\"TEXCOORD_0\":1", 0), material, more));
            assertThat(colour(m, 0).read()).as(uri).containsExactly("wall".getBytes(StandardCharsets.US_ASCII));
            assertThat(colour(m, 0).name()).isEqualTo("壁面 1.png");
        }
        String own = "\"textures\":[{\"source\":0}],\"images\":[{\"uri\":\"a%20b.png\"}]";
        assertThat(colour(read(asset(primitive(",\"TEXCOORD_0\":1", 0), material, own)), 0)
                        .read())
                .hasSize(7);
        for (String uri : new String[] {"http://example.org/x.png", "file:///etc/hostname", "none.png"}) {
            String more = "\"textures\":[{\"source\":0}],\"images\":[{\"uri\":\"" + uri + "\"}]";
            assertThat(read(asset(primitive(",\"TEXCOORD_0\":1", 0), material, more)).charts)
                    .isNull();
            assertThat(notKept).hasSize(1).allMatch(s -> s.endsWith(": " + uri));
        }
    }

    @Test
    void codedPicturesAreNamedAndTheirPlainOnesTaken() throws IOException {
        String material = "{\"pbrMetallicRoughness\":{\"baseColorTexture\":{\"index\":0}}}";
        String coded = "\"textures\":[{%s\"extensions\":{\"KHR_texture_basisu\":{\"source\":1}}}],"
                + "\"images\":[{\"bufferView\":1},{\"bufferView\":1}]";
        assertThat(read(asset(primitive(",\"TEXCOORD_0\":1", 0), material, coded.formatted(""))).charts)
                .isNull();
        assertThat(notKept).containsExactly("pictures that are neither JPEG, PNG nor KTX2: KHR_texture_basisu");
        read(asset(primitive(",\"TEXCOORD_0\":1", 0), material, coded.formatted("\"source\":0,")));
        assertThat(notKept).isEmpty();
        assertThat(understood).containsExactly("the plain pictures in place of the coded ones: KHR_texture_basisu");
        byte[] etc = Ktx2Samples.file(Ktx2Samples.picture(8, 8, false, 1), 8, 8, true, Ktx2.Channels.RGB);
        String uastc =
                "\"textures\":[{\"extensions\":{\"KHR_texture_basisu\":{\"source\":0}}}],\"images\":[{\"name\":\"k\","
                        + "\"uri\":\"data:image/ktx2;base64,%s\"}]";
        String sound = uastc.formatted(Base64.getEncoder().encodeToString(etc));
        assertThat(colour(read(asset(primitive(",\"TEXCOORD_0\":1", 0), material, sound)), 0)
                        .read())
                .isEqualTo(etc);
        assertThat(notKept).isEmpty();
        etc[
                java.nio.ByteBuffer.wrap(etc)
                                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                                .getInt(48)
                        + 12] = (byte) 163;
        String other = uastc.formatted(Base64.getEncoder().encodeToString(etc));
        assertThat(read(asset(primitive(",\"TEXCOORD_0\":1", 0), material, other)).charts)
                .isNull();
        assertThat(notKept).hasSize(1).allMatch(l -> l.startsWith("pictures that are not decoded: k,"));
        assertThat(notKept.getFirst()).contains("ETC1S, which is not decoded here");
        String webp = "\"textures\":[{\"source\":0}],\"images\":[{\"name\":\"w\",\"uri\":\"data:image/webp;base64,"
                + Base64.getEncoder().encodeToString("RIFF1234WEBPVP8 ".getBytes(StandardCharsets.US_ASCII)) + "\"}]";
        assertThat(read(asset(primitive(",\"TEXCOORD_0\":1", 0), material, webp)).charts)
                .isNull();
        assertThat(notKept).containsExactly("pictures that are neither JPEG, PNG nor KTX2: w (WebP)");
    }

    @Test
    void instancesAreAllThereAndMirroredOnesTurn() throws IOException {
        String json = asset(primitive("", 0), "{}", "")
                .replace(
                        "\"nodes\":[{\"mesh\":0}]",
                        "\"nodes\":[{\"mesh\":0,\"translation\":[10,0,0],\"extensions\":{\"EXT_mesh_gpu_instancing\":"
                                + "{\"attributes\":{\"TRANSLATION\":0,\"SCALE\":4}}}},{\"mesh\":0}]")
                .replace("\"nodes\":[0]", "\"nodes\":[0,1]")
                .replace(
                        "],\n\"bufferViews\"",
                        ",{\"componentType\":5126,\"count\":3,\"type\":\"VEC3\",\"sparse\":{\"count\":3,\"indices\":"
                                + "{\"bufferView\":0,\"byteOffset\":78,\"componentType\":5121},\"values\":"
                                + "{\"bufferView\":0}}}],\n\"bufferViews\"");
        // scales are those of a sparse accessor without a view of its own; here its indices are 255 255 0
        assertThatThrownBy(() -> read(json)).isInstanceOf(GrottoException.class).hasMessageContaining("vertex 255");
        byte[] b = bytes();
        b[78] = 0;
        b[79] = 1;
        b[80] = 2;
        Mesh m = read(json.replace(data(bytes()), data(b)));
        assertThat(m.triangleCount()).isEqualTo(4);
        // scales 0 0 0, 1 0 0, 0 1 0; moved by (10, 0, 0) and the instance's own (0 0 0), (1 0 0), (0 1 0)
        float[] x = new float[12];
        for (int i = 0; i < 12; i++) {
            x[i] = (float) (m.originX + m.xyz[3 * i]);
        }
        assertThat(x).containsExactly(10, 10, 10, 11, 12, 11, 10, 10, 10, 0, 1, 0);
    }

    @Test
    void linesMorphsAndFurtherColumnsAreNamed() throws IOException {
        String more = "{\"attributes\":{\"POSITION\":0},\"mode\":1},{\"attributes\":{\"POSITION\":0,\"_HEAT\":0},"
                + "\"targets\":[{\"POSITION\":0}]}";
        read(asset(more, "{}", "\"scenes2\":0").replace("\"scenes\":[", "\"scenes\":[{\"nodes\":[0]},"));
        assertThat(notKept)
                .containsExactly(
                        "1 further scene",
                        "further columns of vertices: _HEAT",
                        "lines and single points",
                        "morph targets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXT_meshopt_compression", "KHR_meshopt_compression"})
    void compressedViewsWithFiltersComeOutAsTheyWentIn(String extension) throws IOException {
        int version = extension.startsWith("K") ? 1 : 0;
        float[] places = {0, 0, 0, 1.5f, 0, 0, 0, -2.25f, 0, 0, 0, 1000.125f};
        ByteBuffer plain = MemoryUtil.memAlloc(48);
        ByteBuffer coded = MemoryUtil.memAlloc(1000);
        try {
            MeshOptimizer.meshopt_encodeFilterExp(plain, 4, 12, 24, direct(places), 0);
            long n = MeshOptimizer.meshopt_encodeVertexBufferLevel(coded, plain, 4, 12, 2, version);
            byte[] b = new byte[(int) n];
            coded.get(0, b);
            String view = "{\"buffer\":1,\"byteLength\":48,\"byteStride\":12,\"extensions\":{\"" + extension + "\":"
                    + "{\"buffer\":0,\"byteLength\":" + n
                    + ",\"byteStride\":12,\"count\":4,\"mode\":\"ATTRIBUTES\","
                    + "\"filter\":\"EXPONENTIAL\"}}}";
            Mesh m = read("{\"asset\":{\"version\":\"2.0\"},\"extensionsRequired\":[\"" + extension + "\"],\"meshes\":"
                    + "[{\"primitives\":[{\"attributes\":{\"POSITION\":0},\"mode\":5}]}],\"accessors\":[{\"bufferView\":0,"
                    + "\"componentType\":5126,\"count\":4,\"type\":\"VEC3\"}],\"bufferViews\":[" + view
                    + "],\"buffers\":"
                    + "[{\"byteLength\":" + n + ",\"uri\":\"" + data(b)
                    + "\"},{\"byteLength\":48,\"extensions\":"
                    + "{\"" + extension + "\":{\"fallback\":true}}}]}");
            assertThat(m.triangles).containsExactly(0, 1, 2, 1, 3, 2);
            for (int i = 0; i < 4; i++) {
                assertThat(m.originX + m.xyz[3 * i]).isCloseTo(places[3 * i], within(1e-6));
                assertThat(m.originY + m.xyz[3 * i + 1]).isCloseTo(-places[3 * i + 2], within(1e-3));
                assertThat(m.originZ + m.xyz[3 * i + 2]).isCloseTo(places[3 * i + 1], within(1e-6));
            }
        } finally {
            MemoryUtil.memFree(plain);
            MemoryUtil.memFree(coded);
        }
    }

    @Test
    void coloursWithTheirOwnFilterComeOutAsTheyWentIn() {
        float[] colours = {0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0.25f, 0.5f, 0.75f, 0.5f};
        for (int stride : new int[] {4, 8}) {
            ByteBuffer plain = ByteBuffer.allocateDirect(4 * stride).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer coded = ByteBuffer.allocateDirect(1000);
            if (stride == 4) {
                MeshOptimizer.meshopt_encodeFilterColor(plain, 4, stride, 8, direct(colours));
            } else {
                MeshOptimizer.meshopt_encodeFilterColor(plain.asShortBuffer(), 4, stride, 16, direct(colours));
            }
            coded.limit((int) MeshOptimizer.meshopt_encodeVertexBufferLevel(coded, plain, 4, stride, 2, 1));
            ByteBuffer out = Meshopt.decode(coded, 4, stride, "ATTRIBUTES", "COLOR", "view");
            for (int i = 0; i < 16; i++) {
                double v = stride == 4 ? (out.get(i) & 255) / 255.0 : (out.getShort(2 * i) & 65535) / 65535.0;
                assertThat(v).isCloseTo(colours[i], within(stride == 4 ? 0.02 : 1e-4));
            }
        }
    }

    private static FloatBuffer direct(float[] v) {
        return ByteBuffer.allocateDirect(4 * v.length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .put(v)
                .flip();
    }

    @Test
    void dracoWithItsPlainDataBesideNeedsNoDecoding() throws IOException {
        String draco = "\"extensions\":{\"KHR_draco_mesh_compression\":{\"bufferView\":1,\"attributes\":{}}}";
        String primitive = "{\"attributes\":{\"POSITION\":0}," + draco + "}";
        assertThat(read(asset(primitive, "{}", "")).triangleCount()).isEqualTo(1);
        String alone = asset(primitive, "{}", "").replaceFirst("\\{\"bufferView\":0,", "{");
        assertThatThrownBy(() -> read(alone)).hasMessageContaining("does not begin with \"DRACO\"");
    }
}
