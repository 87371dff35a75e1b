package org.grotto.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.OperatingSystemMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.grotto.Need;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command on every bad input: done, or one sentence that names it, a documented exit code, no file left. */
class RefusalTest {
    private static final List<Integer> DOCUMENTED = List.of(0, 2, 3, 4, 5, 6);
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @TempDir
    static Path made;

    @TempDir
    Path dir;

    private record Ended(int code, String out, List<String> err) {}

    private static Ended run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ended(
                code,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(String::strip)
                        .filter(l -> !l.isEmpty() && !l.startsWith("grotto: note: "))
                        .toList());
    }

    /** Command lines that read {@code in}; what they write goes into {@code out}. */
    private static List<List<String>> commands(Path in, Path out) {
        List<List<String>> all = new ArrayList<>();
        all.add(List.of("info", in.toString()));
        for (String ending : List.of("las", "laz", "e57", "ply", "glb")) {
            all.add(List.of("convert", in.toString(), out.resolve("o." + ending).toString()));
        }
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("copc", "o.copc.laz");
        outputs.put("surface", "o.ply");
        outputs.put("tiles", "tiles");
        outputs.put("build", "cave");
        outputs.forEach((command, name) ->
                all.add(List.of(command, in.toString(), "-o", out.resolve(name).toString())));
        all.add(List.of(
                "kiosk", in.toString(), "--screenshot", out.resolve("o.png").toString()));
        all.add(List.of("serve", in.toString(), "--port", "0"));
        all.add(List.of("validate", in.toString()));
        all.add(List.of("attach", in.toString(), in.toString()));
        return all;
    }

    private static List<String> left(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
        }
    }

    static Stream<Path> collection() throws IOException {
        try (Stream<Path> files = Files.list(Need.data("malformed/pointclouds"))) {
            return files.filter(f -> !f.endsWith("README.txt")).sorted().toList().stream();
        }
    }

    private static void put(List<Path> all, String name, byte[] bytes) throws IOException {
        all.add(Files.write(made.resolve(name), bytes));
    }

    static Stream<Path> invented() throws IOException {
        List<Path> all = new ArrayList<>();
        byte[] noise = new byte[5000];
        new java.util.Random(1).nextBytes(noise);
        for (String e : List.of("las", "copc.laz", "e57", "ply", "ptx", "xyz", "csv", "obj", "glb", "pcd")) {
            put(all, "empty." + e, new byte[0]);
            put(all, "noise." + e, noise);
        }
        String vertex = "property float x\nproperty float y\nproperty float z\n";
        String face = "property list uchar int vertex_indices\nend_header\n";
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("one.xyz", "1 2 3\n");
        texts.put("equal.xyz", "1 2 3\n".repeat(100));
        texts.put("nan.xyz", "nan nan nan\n".repeat(100));
        texts.put("two.xyz", "1 2 3\n2 2 2\n");
        texts.put("石窟 空格.xyz", "no numbers here\n");
        texts.put("one.ply", "ply\nformat ascii 1.0\nelement vertex 1\n" + vertex + "end_header\n1 2 3\n");
        texts.put(
                "absurd.ply",
                "ply\nformat binary_little_endian 1.0\nelement vertex 99999999999\n" + vertex + "end_header\nabc");
        texts.put(
                "faces.ply",
                "ply\nformat ascii 1.0\nelement vertex 1\n" + vertex + "element face 2000000000\n" + face
                        + "1 2 3\n3 0 0 0\n");
        texts.put(
                "flat.ply",
                "ply\nformat ascii 1.0\nelement vertex 3\n" + vertex + "element face 1\n" + face
                        + "1 2 3\n1 2 3\n1 2 3\n3 0 1 2\n");
        texts.put(
                "nanmesh.ply",
                "ply\nformat ascii 1.0\nelement vertex 3\n" + vertex + "element face 1\n" + face
                        + "1 2 3\nnan 2 3\n1 2 4\n3 0 1 2\n");
        texts.put("nofaces.obj", "v 1 2 3\nv 1 2 4\n");
        texts.put(
                "absurd.ptx",
                "99999999\n99999999\n0 0 0\n1 0 0\n0 1 0\n0 0 1\n1 0 0 0\n0 1 0 0\n0 0 1 0\n0 0 0 1\n1 2 3 0.5\n");
        for (Map.Entry<String, String> t : texts.entrySet()) {
            put(all, t.getKey(), t.getValue().getBytes(StandardCharsets.UTF_8));
        }
        all.add(Files.createDirectories(made.resolve("folder.e57")));
        all.add(made.resolve("missing.e57"));
        all.add(made.resolve("missing"));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource({"collection", "invented"})
    void isDoneOrRefusedByNameAndLeavesNothing(Path in) throws IOException {
        for (List<String> command : commands(in, dir)) {
            String[] args = Stream.concat(command.stream(), Stream.of("--quiet", "--memory", "512m"))
                    .toArray(String[]::new);
            // processor time, so that what else the machine does counts for nothing; the timeout only ends what hangs
            long before = SYSTEM.getProcessCpuTime();
            Ended e = assertTimeoutPreemptively(Duration.ofMinutes(3), () -> run(args), command.toString());
            assertThat((SYSTEM.getProcessCpuTime() - before) / 1_000_000)
                    .as("%s: processor time, ms", command)
                    .isLessThan(20_000);
            assertThat(e.code()).as("%s: %s", command, e.err()).isIn(DOCUMENTED);
            assertThat(e.out()).as("%s", command).isEmpty();
            List<String> written = left(dir);
            if (e.code() == 0) {
                assertThat(e.err()).as("%s", command).isEmpty();
                assertThat(written)
                        .as("%s", command)
                        .hasSize(List.of("info", "validate").contains(command.getFirst()) ? 0 : 1);
                for (String w : written) {
                    org.grotto.base.Outputs.deleteTree(dir.resolve(w));
                }
            } else {
                assertThat(e.err()).as("%s", command).hasSize(1);
                assertThat(e.err().getFirst())
                        .as("%s", command)
                        .startsWith("grotto: ")
                        .contains(String.valueOf(in.getFileName()))
                        .matches(".*[.)]");
                assertThat(written).as("%s: %s", command, e.err()).isEmpty();
            }
        }
    }

    /** The kinds of trouble have the codes that "grotto --help" lists. */
    @Test
    void theExitCodesAreThoseOfTheHelp() throws IOException {
        Path xyz = Files.writeString(dir.resolve("a.xyz"), "1 2 3\n");
        Path taken = Files.createDirectory(dir.resolve("taken"));
        Files.writeString(taken.resolve("mine"), "mine");
        String out = dir.resolve("out").toString();
        String missing = dir.resolve("missing.las").toString();
        assertThat(run("info", xyz.toString(), "--quiet").code()).isZero();
        assertThat(run("build", xyz.toString(), "-o", taken.toString()).code()).isEqualTo(2);
        assertThat(run("build", xyz.toString(), "-o", out, "--unit", "mile").code())
                .isEqualTo(2);
        assertThat(run("build", xyz.toString(), "-o", out, "--nonsense").code()).isEqualTo(2);
        assertThat(run("surface", missing, "-o", out + ".txt").code()).isEqualTo(2);
        assertThat(run("frobnicate").code()).isEqualTo(2);
        assertThat(run("build", xyz.toString(), "-o", out).code()).isEqualTo(3);
        assertThat(run("tiles", xyz.toString(), "-o", out).code()).isEqualTo(4);
        for (String command : List.of("info", "surface", "build", "copc", "tiles")) {
            String[] args = command.equals("info")
                    ? new String[] {command, missing}
                    : new String[] {command, missing, "-o", command.equals("surface") ? out + ".ply" : out};
            assertThat(run(args).code()).as(command).isEqualTo(5);
        }
        assertThat(run("convert", missing, out + ".ply").code()).isEqualTo(5);
        assertThat(run("kiosk", missing).code()).isEqualTo(5);
        assertThat(run("serve", missing).code()).isEqualTo(5);
        assertThat(run("kiosk", taken.toString()).code()).isEqualTo(3);
        assertThat(run("serve", taken.toString()).code()).isEqualTo(3);
        String help = run("--help").out();
        for (String code : List.of("0 done", "2 wrong", "3 bad", "4 not", "5 reading", "6 a", "70 a", "130 ", "143 ")) {
            assertThat(help).contains(code);
        }
        assertThat(left(dir)).containsExactly("a.xyz", "taken");
        assertThat(left(taken)).containsExactly("mine");
    }
}
