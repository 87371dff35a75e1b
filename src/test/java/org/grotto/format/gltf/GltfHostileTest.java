package org.grotto.format.gltf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a file holds, it is read or refused with a sentence. */
class GltfHostileTest {
    @TempDir
    Path folder;

    private static boolean reads(Runnable read, String what) {
        try {
            read.run();
            return true;
        } catch (GrottoException e) {
            assertThat(e.getMessage()).as(what).isNotBlank().contains(" ");
            return false;
        } catch (Throwable t) {
            throw new AssertionError(what + ": " + t, t);
        }
    }

    @Test
    void everyMalformedGltfIsReadOrRefused() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : List.of("gltf-khronos", "gltf-tiny", "gltf-tiny-fuzz")) {
            try (var walk = Files.walk(Need.data("malformed/" + name))) {
                walk.filter(f -> f.toString().matches(".*\\.(gltf|glb)")
                                || f.toString().contains("fuzzer"))
                        .filter(Files::isRegularFile)
                        .forEach(files::add);
            }
        }
        assertThat(files).hasSizeGreaterThan(300);
        int read = 0;
        for (Path f : files) {
            read += reads(() -> GlbReader.read(f), f.toString()) ? 1 : 0;
            reads(() -> Tileset.read(f), f.toString());
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(f));
            reads(() -> TileMesh.read(bytes, f.toString()), f.toString());
        }
        assertThat(read).isPositive();
    }

    /** Each list of a sound asset becomes an object, one after the other. */
    @Test
    void anObjectWhereAListStandsIsReadOrRefused() throws IOException {
        String sound =
                "{\"asset\":{\"version\":\"2.0\"},\"scene\":0,\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0,"
                        + "\"scale\":[1,1,1],\"children\":[1]},{\"mesh\":0,\"matrix\":[1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]}],"
                        + "\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0},\"material\":0}]}],\"materials\":[{"
                        + "\"pbrMetallicRoughness\":{\"baseColorFactor\":[1,1,0,1]}}],\"extensionsRequired\":[\"CESIUM_RTC\"],"
                        + "\"extensions\":{\"CESIUM_RTC\":{\"center\":[1,2,3]}},"
                        + "\"accessors\":[{\"componentType\":5126,\"count\":3,\"type\":\"VEC3\"}]}";
        Path f = folder.resolve("a.gltf");
        Files.writeString(f, sound);
        assertThat(reads(() -> GlbReader.read(f), sound)).isTrue();
        int lists = 0;
        for (int at = sound.indexOf('['); at >= 0; at = sound.indexOf('[', at + 1)) {
            int end = at;
            for (int depth = 0; end == at || depth > 0; end++) {
                depth += sound.charAt(end) == '[' ? 1 : sound.charAt(end) == ']' ? -1 : 0;
            }
            String[] items = sound.substring(at + 1, end - 1).split(",", 3);
            StringBuilder object = new StringBuilder("{");
            for (int i = 0; i < Math.min(items.length, 3); i++) {
                object.append(i == 0 ? "" : ",").append('"').append(i).append("\":7");
            }
            String wrong = sound.substring(0, at) + object + "}" + sound.substring(end);
            Files.writeString(f, wrong);
            reads(() -> GlbReader.read(f), wrong);
            lists++;
        }
        assertThat(lists).isGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"meshes\":[|\"meshes\":{\"0\":[|meshes is {\"0\":[{\"primitives\"",
                "\"nodes\":[{|\"nodes\":7,\"x\":[{|nodes is 7, but a list was expected",
                "\"scenes\":[|\"scenes\":{},\"x\":[|scenes is {}, but a list was expected",
                "\"accessors\":[|\"accessors\":[3,|accessors[0] is 3, but an object was expected",
                "\"meshes\":[|\"x\":[|meshes[0] does not exist"
            })
    void whatIsOfAnotherTypeIsToldAsThat(String sound, String wrong, String sentence) throws IOException {
        String all =
                "{\"asset\":{\"version\":\"2.0\"},\"scene\":0,\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0}],"
                        + "\"accessors\":[{\"componentType\":5126,\"count\":3,\"type\":\"VEC3\"}],"
                        + "\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0}}]}]";
        String text = all.replace(sound, wrong) + (wrong.contains("{\"0\"") ? "}}" : "}");
        Path f = Files.writeString(folder.resolve("a.gltf"), text);
        assertThatThrownBy(() -> GlbReader.read(f))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining(sentence);
    }

    /** A real one, of 597,703 triangles as the file itself counts them, on which a picture lies. */
    @Test
    void aStatueInDracoIsReadWhole() {
        Path venus = Need.data("venus-cc0/venus.gltf");
        Mesh m = GlbReader.read(venus);
        assertThat(m.triangleCount()).isEqualTo(597_703);
        assertThat(m.charts).isNotNull();
        assertThat(m.normals()).isNotNull();
    }

    /** Bits and bytes of a sound tile changed at random: nothing but a sentence comes out, or a mesh that is whole. */
    @Test
    void aDamagedTileIsReadOrRefused() {
        int n = 40;
        int[] xyz = new int[3 * n * n];
        float[] normals = new float[3 * n * n];
        byte[] rgb = new byte[3 * n * n];
        byte[] evidence = new byte[n * n];
        int[] triangles = new int[6 * (n - 1) * (n - 1)];
        int t = 0;
        for (int i = 0; i < n * n; i++) {
            xyz[3 * i] = 100 * (i % n);
            xyz[3 * i + 1] = 100 * (i / n);
            xyz[3 * i + 2] = i * 7919 % 97;
            normals[3 * i + 2] = 1;
            rgb[3 * i] = (byte) i;
            evidence[i] = (byte) (i * i);
            if (i % n < n - 1 && i / n < n - 1) {
                int[] quad = {i, i + 1, i + n, i + 1, i + n + 1, i + n};
                System.arraycopy(quad, 0, triangles, t, 6);
                t += 6;
            }
        }
        byte[] tile = TileWriter.write(
                xyz,
                0x1p-10,
                normals,
                Columns.NONE.with(Columns.RGB8, rgb).with(Columns.EVIDENCE, evidence),
                triangles);
        TileMesh whole = TileMesh.read(ByteBuffer.wrap(tile), "whole");
        assertThat(whole.indexCount()).isEqualTo(triangles.length);
        SplittableRandom r = new SplittableRandom(5);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = tile.clone();
            int hits = 1 + r.nextInt(4);
            for (int k = 0; k < hits; k++) {
                bad[r.nextInt(bad.length)] = (byte) r.nextInt(256);
            }
            if (r.nextInt(10) == 0) {
                bad = java.util.Arrays.copyOf(bad, r.nextInt(bad.length));
            }
            byte[] given = bad;
            boolean ok = reads(
                    () -> {
                        TileMesh m = TileMesh.read(ByteBuffer.wrap(given), "tile");
                        for (int index : m.indices) {
                            assertThat(index).isBetween(0, m.vertexCount() - 1);
                        }
                    },
                    "round " + round);
            refused += ok ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void aSceneThatShowsAMeshTooOftenIsRefused() throws IOException {
        StringBuilder json =
                new StringBuilder("{\"asset\":{\"version\":\"2.0\"},\"scene\":0,\"scenes\":[{\"nodes\":[0");
        int nodes = 20_000;
        for (int i = 1; i < nodes; i++) {
            json.append(',').append(i);
        }
        json.append("]}],\"nodes\":[{\"mesh\":0}").append(",{\"mesh\":0}".repeat(nodes - 1));
        json.append(
                        "],\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0}}]}],\"accessors\":[{\"bufferView\":0,")
                .append("\"componentType\":5126,\"count\":3000,\"type\":\"VEC3\"}],\"bufferViews\":[{\"buffer\":0,")
                .append("\"byteLength\":36000}],\"buffers\":[{\"byteLength\":36000,\"uri\":\"zeros.bin\"}]}");
        Files.write(folder.resolve("zeros.bin"), new byte[36000]);
        Path file = folder.resolve("often.gltf");
        Files.writeString(file, json);
        assertThat(reads(() -> GlbReader.read(file), "often")).isFalse();
    }
}
