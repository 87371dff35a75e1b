package org.grotto.format.gltf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.grotto.geometry.Mesh;
import org.grotto.image.Srgb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlbRoundTripTest {
    @TempDir
    Path folder;

    private static Mesh small() {
        float[] xyz = {0, 0, 0, 1.5f, 0, 0, 0, 2.25f, 0, 0, 0, 3.125f};
        float[] normals = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, -1};
        byte[] rgb = {0, 1, 2, 50, 100, (byte) 150, (byte) 200, (byte) 250, (byte) 255, 7, 8, 9};
        byte[] evidence = {Mesh.MEASURED, Mesh.INFERRED, 17, 99};
        return new Mesh(425_000.25, 4_650_000.5, 88, xyz, normals, rgb, evidence, new int[] {0, 2, 1, 0, 1, 3});
    }

    @Test
    void nothingIsLostThroughAPlainGlb() {
        Path file = folder.resolve("洞窟 Höhle.glb");
        Mesh m = small();
        GlbWriter.write(m, file);
        Mesh r = GlbReader.read(file);
        assertThat(new double[] {r.originX, r.originY, r.originZ}).containsExactly(m.originX, m.originY, m.originZ);
        assertThat(r.xyz).containsExactly(m.xyz);
        assertThat(r.normals()).containsExactly(m.normals());
        assertThat(r.rgb()).containsExactly(m.rgb());
        assertThat(r.evidence()).containsExactly(m.evidence());
        assertThat(r.triangles).containsExactly(m.triangles);
    }

    @Test
    void everyColourComesBackThroughLinearLight() {
        for (int i = 0; i < 256; i++) {
            assertThat(Srgb.coded16(Srgb.linear16((byte) i) / 65535.0)).isEqualTo((byte) i);
        }
    }

    @Test
    void transformsAndIndexTypesAreApplied() throws IOException {
        // a triangle (0,0,0) (1,0,0) (0,1,0), Y up: scaled by 2, turned by 90 degrees about Y, moved by (10, 20, 30)
        ByteBuffer b = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        for (float f : new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0}) {
            b.putFloat(f);
        }
        b.put((byte) 0).put((byte) 1).put((byte) 2).put((byte) 0);
        b.putShort((short) 2).putShort((short) 0).putShort((short) 1).putShort((short) 0);
        String data = Base64.getEncoder().encodeToString(b.array());
        double h = Math.sqrt(0.5);
        String json = """
                {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],
                "nodes":[{"translation":[10,20,30],"children":[1,2]},
                {"mesh":0,"rotation":[0,%s,0,%s],"scale":[2,2,2]},{"mesh":1,"scale":[-1,1,1]}],
                "meshes":[{"primitives":[{"attributes":{"POSITION":0},"indices":1}]},
                {"primitives":[{"attributes":{"POSITION":0},"indices":2}]}],
                "accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3"},
                {"bufferView":1,"componentType":5121,"count":3,"type":"SCALAR"},
                {"bufferView":2,"componentType":5123,"count":3,"type":"SCALAR"}],
                "bufferViews":[{"buffer":0,"byteLength":36},{"buffer":0,"byteOffset":36,"byteLength":3},
                {"buffer":0,"byteOffset":40,"byteLength":6}],
                "buffers":[{"byteLength":48,"uri":"data:application/octet-stream;base64,%s"}]}
                """.formatted(h, h, data);
        Path file = folder.resolve("turned.gltf");
        Files.writeString(file, json);
        Mesh m = GlbReader.read(file);
        // the turn takes x to -z and keeps y; then (x, y, z) becomes (x, -z, y)
        float[] expected = {10, -30, 20, 10, -28, 20, 10, -30, 22, 10, -30, 20, 9, -30, 20, 10, -30, 21};
        for (int i = 0; i < expected.length; i++) {
            assertThat(m.origin(i % 3) + m.xyz[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-5));
        }
        // the second one is mirrored, so its triangle turns the other way: 2 0 1 becomes 2 1 0
        assertThat(m.triangles).containsExactly(0, 1, 2, 5, 4, 3);
    }
}
