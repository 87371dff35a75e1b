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
                "mesh.obj",
                ("# units: cm\nmtllib a.mtl\nv 0 0 0 0.1 0.2 0.3\nv 1 0 0 1 1 1\nv 0 1 0 0 0 0\nv 0 0 1 0 0 1\nvt 0 0\n"
                                + "vn 0 0 1\nusemtl m\nf 1/1/1 2/1/1 3/1/1\nf -4 -3 -2 -1\nl 1 2\n")
                        .getBytes(StandardCharsets.UTF_8));
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
        return all;
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
    private static byte[] damaged(byte[] good, Random r) {
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
                "mesh.obj",
                "two.ptx",
                "plain.xyz",
                "named.csv",
                "counted.pts",
                "binary.glb",
                "embedded.gltf"
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
        assertThat(refused).as("damage is seen").hasSizeGreaterThan(TRIED / 20);
    }

    private static String told(Path f, String seed, boolean keepGoing) {
        try {
            return read(f, keepGoing);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(seed + ": " + e, e);
        }
    }

    /** The refusal's sentence, or nothing. */
    private static String read(Path f, boolean keepGoing) {
        try (Work work = new Work(1, 256L << 20, Progress.NONE)) {
            if (Inputs.isMesh(f)) {
                try (MeshReader r = Inputs.meshFile(f, new Reading(work, List.of(), keepGoing))) {
                    r.stated();
                    Mesh m = r.read();
                    for (int t : m.triangles) {
                        assertThat(t).isBetween(0, m.vertexCount() - 1);
                    }
                    r.notKept();
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
            assertThat(e.getMessage()).contains(String.valueOf(f.getFileName())).doesNotContain("\n");
            assertThat(e.getMessage().length()).isLessThan(700);
            return String.valueOf(e.getMessage());
        }
    }
}
