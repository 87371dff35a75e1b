package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.MeshReader;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small good files of every format that text and plain numbers make, damaged by a seeded hand: bits turned, parts cut,
 * doubled and moved, numbers made huge, negative or words. They are read or refused in one sentence, both as sound files
 * and with what can be kept of them, within a second and
 * within some memory for each byte. {@code -Dgrotto.fuzz=N} tries N of each instead of 400.
 */
class ReadersFuzzTest {
    private static final int TRIED = Integer.getInteger("grotto.fuzz", 400);
    /** What a reader may allocate for any file: its buffers, a batch, JSON. */
    private static final long FREE = 24L << 20;

    private static final long A_BYTE = 2000;

    @TempDir
    Path dir;

    private Map<String, byte[]> seeds() throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        String ply = "ply\nformat ascii 1.0\ncomment units: mm\nelement vertex 4\nproperty float x\nproperty double y\n"
                + "property float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\nelement face 2\n"
                + "property list uchar int vertex_indices\nproperty uchar flags\nend_header\n"
                + "0 0 0 1 2 3\n1 0 0 4 5 6\n0 1 0 7 8 9\n0 0 1 250 251 252\n3 0 1 2 0\n4 0 1 2 3 1\n";
        all.put("text.ply", ply.getBytes(StandardCharsets.UTF_8));
        all.put(
                "lists.ply",
                ply.replace(
                                "property list uchar int vertex_indices",
                                "property list uint uint vertex_index\nproperty list" + " int float texcoord")
                        .replace("3 0 1 2 0\n4 0 1 2 3 1\n", "3 0 1 2 2 0.5 0.5 0\n3 1 2 3 0 1\n")
                        .getBytes(StandardCharsets.UTF_8));
        all.put(
                "coloured.off",
                "COFF\n4 2 0\n0 0 0 1 0 0 1\n1 0 0 0 1 0 1\n0.2 0.2 0 0 0 1 1 # c\n0 1 0 1 1 1 1\n4 0 1 2 3 255 0 0\n3 0 1 2 1\n"
                        .getBytes(StandardCharsets.UTF_8));
        all.put(
                "textured.ply",
                ("ply\nformat ascii 1.0\ncomment TextureFile t.1001.png\ncomment TextureFile t.1002.png\nelement face 3\n"
                                + "property list uchar int vertex_indices\nproperty list uchar float texcoord\n"
                                + "property uchar red\nproperty uchar green\nproperty uchar blue\nproperty int texnumber\n"
                                + "element vertex 4\nproperty float x\nproperty float y\nproperty list uchar int ids\n"
                                + "property float z\nend_header\n4 0 1 2 3 8 0 0 1 0 1 1 0 1 1 2 3 1\n3 0 1 2 0 4 5 6 0\n"
                                + "2 0 1 0 7 8 9 -1\n0 0 1 5 0 1 0 0\n0 0.25 0.25 0 0\n0 1 2 3 4 0\n")
                        .getBytes(StandardCharsets.UTF_8));
        all.put(
                "mesh.obj",
                ("# units: cm\nmtllib a.mtl\nv 0 0 0 0.1 0.2 0.3\nv 1 0 0 1 1 1\nv 0 1 0 0 0 0\nv 0 0 1 0 0 1\nvt 0 0\n"
                                + "vn 0 0 1\nusemtl m\nf 1/1/1 2/1/1 3/1/1\nf -4 -3 -2 -1\nl 1 2\n")
                        .getBytes(StandardCharsets.UTF_8));
        Files.writeString(dir.resolve("t.1001.png"), "1");
        Files.writeString(dir.resolve("t.1002.png"), "2");
        String mtl = "newmtl m\nKd 0.5 0.5 0.5\nmap_Kd -s 2 2 1 -o 0,5 0 -clamp on t.1001.png\nmap_d t.1001.png\n"
                + "newmtl 洞\nmap_Kd t.<UDIM>.png\nnorm -bm 1 t.<UDIM>.png\nTr 0.5\nnewmtl k\nKd 1 0 0\n";
        String textured =
                "mtllib lib.mtl\nv 0 0 0\nv 1 0 0\nv 0.2 0.2 0\nv 0 1 \\\n0\nvt 0 0\nvt 1 0\nvt 0.2 0.2\nvt 0 1\n"
                        + "vt 1.5 0.5\nusemtl m\nf 1/1 2/2 3/3 4/4\nusemtl 洞\nf -1/-1 -2/-2 -3/-3 # c\nf 1/5 2/5 3/1 4/1 5/1\n"
                        + "usemtl k\nf 5 1 2 3\nv 1 1 1\n";
        all.put("textured.obj", textured.getBytes(StandardCharsets.UTF_8));
        all.put("lib.mtl", mtl.getBytes(StandardCharsets.UTF_8));
        Files.writeString(dir.resolve("lib.mtl"), mtl);
        Files.writeString(dir.resolve("lib.obj"), textured);
        all.put(
                "two.ptx",
                ("2\n2\n0 0 0\n1 0 0\n0 1 0\n0 0 1\n1 0 0 0\n0 1 0 0\n0 0 1 0\n1 2 3 1\n0 0 0 0.5\n1 0 0 0.25\n0 1 0 1\n"
                                + "1 1 0 0\n1\n2\n5 0 0\n0 1 0\n-1 0 0\n0 0 1\n0 1 0 0\n-1 0 0 0\n0 0 1 0\n5 0 0 1\n"
                                + "1 2 3 0.5 10 20 30\n0 0 0 0.5 0 0 0\n")
                        .getBytes(StandardCharsets.UTF_8));
        all.put(
                "plain.xyz",
                "# comment\n0 0 0 1 2 3\n1 0 nan 4 5 6\n0 1 0 7 8 9\n1e3 -2 inf 0 0 255\n"
                        .getBytes(StandardCharsets.UTF_8));
        all.put(
                "named.csv",
                "x;y;\"z [m]\";intensity\n0;1;2;0.5\n1;2;3;1\n4;5;6;0\n"
                        .replace(" [m]", "")
                        .getBytes(StandardCharsets.UTF_8));
        all.put(
                "counted.pts",
                "3\n0 0 0 100 1 2 3\n1 0 0 -2047 4 5 6\n0 1 0 2048 7 8 9\n".getBytes(StandardCharsets.UTF_8));
        all.put(
                "commas.csv",
                "点号;X [m];\"Y [m]\";Z [m];R;G;B\nP1;1,5;2,5;3,5;200;100;50\nP2;\"1.234,5\";2;3;1;2;3\n"
                        .getBytes(StandardCharsets.UTF_8));
        all.put(
                "blocks.pts",
                "2\n1.5 2 3 -5 1 2 3\n4 5 6 7 8 9 10\n1\n1 2 3 4 200 100 50\n".getBytes(StandardCharsets.UTF_8));
        String pcd = "# .PCD v0.7\nVERSION 0.7\nFIELDS x y z rgb\nSIZE 4 4 4 4\nTYPE F F F U\nCOUNT 1 1 1 1\nWIDTH 2\n"
                + "HEIGHT 2\nVIEWPOINT 1 2 3 1 0 0 0\nPOINTS 4\nDATA ";
        all.put(
                "text.pcd",
                (pcd + "ascii\n1 2 3 4\n1 2 3 500\nnan nan nan 0\n4 5 6 16711680\n").getBytes(StandardCharsets.UTF_8));
        all.put("binary.pcd", (pcd + "binary\n" + "abcd".repeat(16)).getBytes(StandardCharsets.ISO_8859_1));
        all.put(
                "packed.pcd",
                (pcd + "binary_compressed\n\u0012\0\0\0@\0\0\0\rABCDEFGHIJKLMN\u00e0)")
                        .concat("\r")
                        .getBytes(StandardCharsets.ISO_8859_1));
        Path obj = Files.write(dir.resolve("seed.obj"), all.get("mesh.obj"));
        for (String ending : List.of("ply", "glb")) {
            Path p = dir.resolve("seed." + ending);
            try (Work work = Work.silent()) {
                Convert.run(obj, p, work);
            }
            all.put("binary." + ending, Files.readAllBytes(p));
        }
        Path xyz = Files.writeString(dir.resolve("seed.xyz"), MalformedTest.grid(5, 4));
        Path points = dir.resolve("points.ply");
        try (Work work = Work.silent()) {
            Convert.run(xyz, points, work);
        }
        all.put("points.ply", Files.readAllBytes(points));
        String base64 = java.util.Base64.getEncoder().encodeToString(new byte[48]);
        all.put(
                "embedded.gltf",
                ("{\"asset\":{\"version\":\"2.0\"},\"scene\":0,\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0,"
                                + "\"translation\":[1,2,3],\"children\":[1]},{\"mesh\":0,\"scale\":[-1,1,1]}],"
                                + "\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0},\"indices\":1,\"mode\":4}]}],"
                                + "\"accessors\":[{\"bufferView\":0,\"componentType\":5126,\"count\":3,\"type\":\"VEC3\"},"
                                + "{\"bufferView\":1,\"componentType\":5123,\"count\":6,\"type\":\"SCALAR\"}],"
                                + "\"bufferViews\":[{\"buffer\":0,\"byteLength\":36},{\"buffer\":0,\"byteOffset\":36,"
                                + "\"byteLength\":12}],\"buffers\":[{\"byteLength\":48,"
                                + "\"uri\":\"data:application/octet-stream;base64," + base64 + "\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
        all.put("textured.gltf", textured().getBytes(StandardCharsets.UTF_8));
        return all;
    }

    /** A mesh with pictures, colours, a sparse accessor without bytes of its own, and instances. */
    private static String textured() {
        java.nio.ByteBuffer b = java.nio.ByteBuffer.allocate(72).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        b.put((byte) 1).put((byte) 2).put((byte) 3).put((byte) 0);
        for (float f : new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 0.5f, 0.25f, 1, 0, 0, 1, 2, -1}) {
            b.putFloat(f);
        }
        return "{\"asset\":{\"version\":\"2.0\"},\"scene\":1,\"scenes\":[{},{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0,"
                + "\"extensions\":{\"EXT_mesh_gpu_instancing\":{\"attributes\":{\"TRANSLATION\":0,\"SCALE\":0}}}}],"
                + "\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0,\"TEXCOORD_0\":1,\"COLOR_0\":0},\"mode\":5,"
                + "\"material\":0},{\"attributes\":{\"POSITION\":0},\"mode\":6,\"material\":1}]}],\"materials\":[{\"name\":"
                + "\"a\",\"alphaMode\":\"MASK\",\"alphaCutoff\":0.5,\"normalTexture\":{\"index\":0},"
                + "\"pbrMetallicRoughness\":{\"baseColorTexture\":{\"index\":0,\"texCoord\":0,\"extensions\":{"
                + "\"KHR_texture_transform\":{\"offset\":[0.5,0],\"rotation\":1,\"scale\":[2,2]}}}}},{\"pbrMetallicRoughness\":"
                + "{\"baseColorFactor\":[1,0.5,0,1]}}],\"textures\":[{\"source\":0,\"sampler\":0}],\"samplers\":"
                + "[{\"wrapS\":33071}],\"images\":[{\"bufferView\":1}],\"accessors\":[{\"componentType\":5126,\"count\":4,"
                + "\"type\":\"VEC3\",\"sparse\":{\"count\":3,\"indices\":{\"bufferView\":0,\"componentType\":5121},\"values\":"
                + "{\"bufferView\":0,\"byteOffset\":4}}},{\"bufferView\":0,\"byteOffset\":40,\"componentType\":5126,\"count\":4,"
                + "\"type\":\"VEC2\"}],\"bufferViews\":[{\"buffer\":0,\"byteLength\":72},{\"buffer\":0,\"byteOffset\":8,"
                + "\"byteLength\":20}],\"buffers\":[{\"byteLength\":72,\"uri\":\"data:application/octet-stream;base64,"
                + java.util.Base64.getEncoder().encodeToString(b.array()) + "\"}]}";
    }

    private static final String[] WORDS = {
        "0",
        "-1",
        "2147483647",
        "4294967295",
        "-2147483648",
        "9223372036854775807",
        "1e308",
        "1e-320",
        "nan",
        "inf",
        "",
        "99999999999999999999999999",
        "0x10",
        "\"",
        "\n",
        "1,5",
        "\u0000",
        "洞",
        "1000000",
        "3000000000"
    };

    /** One damage, or some, of any kind. */
    static byte[] damaged(byte[] good, Random r) {
        byte[] b = good.clone();
        for (int times = 1 + r.nextInt(3); times > 0 && b.length > 0; times--) {
            int at = r.nextInt(b.length);
            switch (r.nextInt(7)) {
                case 0 -> b[at] ^= (byte) (1 << r.nextInt(8));
                case 1 -> b[at] = (byte) r.nextInt(256);
                case 2 -> b = java.util.Arrays.copyOf(b, at);
                case 3 -> b = spliced(b, at, Math.min(b.length, at + r.nextInt(40)), new byte[0]);
                case 4 -> {
                    int from = r.nextInt(b.length);
                    b = spliced(
                            b,
                            at,
                            at,
                            java.util.Arrays.copyOfRange(b, from, Math.min(b.length, from + r.nextInt(200))));
                }
                case 5 -> {
                    for (int i = at; i < Math.min(b.length, at + 4); i++) {
                        b[i] = (byte) (r.nextBoolean() ? 0xFF : 0x7F); // a length, made huge
                    }
                }
                default -> b = number(b, at, WORDS[r.nextInt(WORDS.length)]);
            }
        }
        return b;
    }

    /** The next number in {@code b} from {@code at} becomes {@code word}. */
    private static byte[] number(byte[] b, int at, String word) {
        int from = at;
        while (from < b.length && (b[from] < '0' || b[from] > '9')) {
            from++;
        }
        int to = from;
        while (to < b.length && b[to] >= '0' && b[to] <= '9') {
            to++;
        }
        return spliced(b, from, to, word.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] spliced(byte[] b, int from, int to, byte[] in) {
        byte[] out = new byte[b.length - (to - from) + in.length];
        System.arraycopy(b, 0, out, 0, from);
        System.arraycopy(in, 0, out, from, in.length);
        System.arraycopy(b, to, out, from + in.length, b.length - to);
        return out;
    }

    @Test
    void theSeedsAreGood() throws IOException {
        for (Map.Entry<String, byte[]> s : seeds().entrySet()) {
            assertThat(read(Files.write(dir.resolve(s.getKey()), s.getValue()), false))
                    .as(s.getKey())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text.ply",
                "lists.ply",
                "binary.ply",
                "points.ply",
                "coloured.off",
                "textured.ply",
                "mesh.obj",
                "textured.obj",
                "lib.mtl",
                "two.ptx",
                "plain.xyz",
                "named.csv",
                "counted.pts",
                "commas.csv",
                "blocks.pts",
                "text.pcd",
                "binary.pcd",
                "packed.pcd",
                "binary.glb",
                "embedded.gltf",
                "textured.gltf"
            })
    void damagedFilesAreReadOrRefused(String name) throws IOException {
        byte[] good = java.util.Objects.requireNonNull(seeds().get(name));
        List<String> refused = new ArrayList<>();
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < TRIED; i++) {
            byte[] bad = damaged(good, new Random(31L * i + name.hashCode()));
            if (bad.length == 0) {
                continue;
            }
            Path f = Files.write(dir.resolve(name), bad);
            String seed = name + ", damage " + i;
            long[] taken = new long[1];
            long[] salvaged = new long[1];
            String verdict = assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () -> {
                        long before = threads.getCurrentThreadAllocatedBytes();
                        String v = told(f, seed, false);
                        taken[0] = threads.getCurrentThreadAllocatedBytes() - before;
                        told(f, seed, true);
                        salvaged[0] = threads.getCurrentThreadAllocatedBytes() - before - taken[0];
                        return v;
                    },
                    seed);
            assertThat(taken[0]).as(seed).isLessThan(FREE + A_BYTE * bad.length);
            assertThat(salvaged[0]).as("%s, salvaged", seed).isLessThan(FREE + A_BYTE * bad.length);
            if (!verdict.isEmpty()) {
                refused.add(verdict);
            }
        }
        if (!name.endsWith(".mtl")) { // what makes no sense there is told, and costs no mesh
            assertThat(refused).as("damage is seen").hasSizeGreaterThan(TRIED / 20);
        }
    }

    private static String told(Path f, String seed, boolean keepGoing) {
        try {
            return read(f, keepGoing);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(seed + ": " + e, e);
        }
    }

    private static void charts(Mesh m) {
        Charts c = m.charts;
        if (c == null) {
            return;
        }
        for (char k : c.material()) {
            assertThat(k).isLessThan((char) c.materials().size());
        }
        for (float v : c.uv()) {
            assertThat(v).isFinite();
        }
        for (Material k : c.materials()) {
            assertThat(k.red()).isBetween(0f, 1f);
            if (k.colour() != null) {
                assertThat(k.colour().read()).isNotNull();
            }
        }
    }

    /** The refusal's sentence, or nothing. */
    private static String read(Path file, boolean keepGoing) {
        // materials are read by way of the mesh that names them
        Path f = file.toString().endsWith(".mtl") ? file.resolveSibling("lib.obj") : file;
        try (Work work = new Work(1, 256L << 20, Progress.NONE)) {
            if (Inputs.isMesh(f)) {
                try (MeshReader r = Inputs.meshFile(f, new Reading(work, List.of(), keepGoing))) {
                    r.stated();
                    Mesh m = r.read();
                    for (int t : m.triangles) {
                        assertThat(t).isBetween(0, m.vertexCount() - 1);
                    }
                    assertThat(r.notKept()).allMatch(s -> s.length() < 1000);
                    assertThat(r.understood()).allMatch(s -> s.length() < 1000);
                    charts(m);
                }
                return "";
            }
            try (PointReader r = Inputs.points(f, new Reading(work, List.of(), keepGoing))) {
                r.stated();
                for (int i = 0; i < r.scans().size(); i++) {
                    PointBatch b = new PointBatch(r.scans().get(i).columns(), 64);
                    try (PointReader.PointCursor c = r.points(i)) {
                        while (c.next(b)) {
                            assertThat(b.size).isPositive();
                        }
                    }
                }
                r.notKept().forEach(l -> assertThat(l).isNotBlank());
                r.understood().forEach(l -> assertThat(l).isNotBlank());
            }
            return "";
        } catch (GrottoException e) {
            assertThat(e.getMessage())
                    .contains(String.valueOf(file.getFileName()))
                    .doesNotContain("\n");
            assertThat(e.getMessage().length()).isLessThan(700);
            return String.valueOf(e.getMessage());
        }
    }
}
