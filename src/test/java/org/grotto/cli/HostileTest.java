package org.grotto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.grotto.Need;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The command line as a process of its own: one sentence, a documented exit code, nothing half-written. */
class HostileTest {
    /** Seconds after which a command counts as hanging, however much else the machine does. */
    private static final int HANGS = 300;

    @TempDir
    Path dir;

    private record Ended(int code, List<String> err) {}

    private static List<String> java(String... args) {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                path,
                "org.grotto.cli.Main"));
        all.addAll(List.of(args));
        return all;
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(dir.resolve("err").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Ended end(Process p) throws Exception {
        if (!p.waitFor(HANGS, TimeUnit.SECONDS)) {
            p.destroyForcibly();
            throw new AssertionError("still running after " + HANGS + " s");
        }
        List<String> err = Files.readAllLines(dir.resolve("err")).stream()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .toList();
        return new Ended(p.exitValue(), err);
    }

    private List<String> left(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyMalformedFileEndsInOneSentence() throws Exception {
        Path out = Files.createDirectory(dir.resolve("out"));
        List<Path> files;
        try (Stream<Path> list = Files.list(Need.data("malformed/pointclouds"))) {
            files = list.sorted().toList();
        }
        for (Path f : files) {
            Ended info = end(start(java("info", "--quiet", f.toString())));
            Path ply = out.resolve("out.ply");
            Ended convert = end(start(java("convert", "--quiet", f.toString(), ply.toString())));
            for (Ended e : List.of(info, convert)) {
                assertThat(e.code()).as("%s: %s", f, e.err()).isIn(0, 2, 3, 4, 5, 6); // 2: two readings are possible
                if (e.code() != 0) {
                    assertThat(e.err()).hasSize(1);
                    assertThat(e.err().getFirst()).contains(f.getFileName().toString());
                }
            }
            assertThat(left(out)).isEqualTo(convert.code() == 0 ? List.of("out.ply") : List.of());
            Files.deleteIfExists(ply);
        }
    }

    private static Stream<Arguments> cloudsThatAreNoCave() {
        String line = IntStream.range(0, 300)
                .mapToObj(i -> i * 0.01 + " " + i * 0.02 + " " + i * 0.03)
                .collect(Collectors.joining("\n"));
        return Stream.of(
                Arguments.of("1 2 3", "only one point"),
                Arguments.of("1 2 3\n2 3 4", "only 2 points"),
                Arguments.of("1.5 2.5 3.5\n".repeat(200), "all 200 points lie at one place"),
                Arguments.of("nan nan nan\n".repeat(9), "no point has"),
                Arguments.of(line, "one scan line is no surface"),
                Arguments.of("0 0 0\n1 0 0\n0 1 0\n0 0 1\n1 1 1", "laid through 5 points"));
    }

    @ParameterizedTest
    @MethodSource
    void cloudsThatAreNoCave(String points, String said) throws Exception {
        Path in = Files.writeString(dir.resolve("in.xyz"), points);
        Path out = Files.createDirectory(dir.resolve("out"));
        for (String command : List.of("build", "surface")) {
            String o =
                    out.resolve(command.equals("build") ? "cave" : "mesh.ply").toString();
            Ended e = end(start(java(command, "--quiet", in.toString(), "-o", o)));
            List<String> sentences =
                    e.err().stream().filter(l -> !l.contains("read as columns")).toList();
            assertThat(e.code()).isEqualTo(3);
            assertThat(sentences).hasSize(1);
            assertThat(sentences.getFirst()).contains("in.xyz: ", said);
            assertThat(left(out)).isEmpty();
        }
    }

    @Test
    void anOutputFolderThatExistsStaysAsItIs() throws Exception {
        Path in = Files.writeString(dir.resolve("in.xyz"), "1 2 3\n");
        Path out = Files.createDirectory(dir.resolve("out"));
        Files.writeString(out.resolve("mine"), "mine");
        Ended e = end(start(java("build", in.toString(), "-o", out.toString())));
        assertThat(e.code()).isEqualTo(2);
        assertThat(e.err()).singleElement().asString().contains("exists already");
        assertThat(left(out)).containsExactly("mine");
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void stoppedInTheMiddleNothingIsLeft(String signal, int code) throws Exception {
        Path out = Files.createDirectory(dir.resolve("out"));
        Process p = start(java(
                "simulate",
                "--quiet",
                "--cave",
                "small",
                "--points",
                "40000000",
                "-o",
                out.resolve("s").toString()));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(HANGS);
        while (grown(out) < 100_000 && p.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        assertThat(grown(out)).as("it writes").isGreaterThanOrEqualTo(100_000);
        new ProcessBuilder("kill", "-" + signal, "" + p.pid()).start().waitFor();
        Ended e = end(p);
        assertThat(e.code()).isEqualTo(code);
        assertThat(e.err()).containsExactly("grotto: Stopped on request; nothing was left half-written.");
        assertThat(left(out)).isEmpty();
    }

    private static long grown(Path folder) throws IOException {
        long n = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path f : files.toList()) {
                n += Files.isRegularFile(f) ? Files.size(f) : 0;
            }
        }
        return n;
    }

    /** A file system of 64 KB in a mount namespace of the child's own, so nothing has to be taken down. */
    @ParameterizedTest
    @CsvSource({"ply", "las", "laz", "e57"})
    void aFullDiskIsSaidAndLeftAsItWas(String ending) throws Exception {
        List<String> own = List.of("unshare", "-Urm");
        List<String> probe = new ArrayList<>(own);
        Path disk = Files.createDirectory(dir.resolve("disk"));
        String mount = "mount -t tmpfs -o size=64k none '" + disk + "'";
        probe.addAll(List.of("sh", "-c", mount));
        boolean can = Files.isExecutable(Path.of("/usr/bin/unshare"))
                && end(start(probe)).code() == 0;
        Need.require(can, "leave to mount a small file system (unshare -Urm)");
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            points.append(Math.sin(i))
                    .append(' ')
                    .append(Math.cos(i * 0.7))
                    .append(' ')
                    .append(i * 1e-3)
                    .append('\n');
        }
        Path in = Files.writeString(dir.resolve("in.xyz"), points);
        List<String> command = new ArrayList<>(own);
        Path out = disk.resolve("out." + ending);
        command.addAll(List.of(
                "sh",
                "-c",
                mount + "; \"$@\"; code=$?; [ -z \"$(ls -A '" + disk + "')\" ] || code=99; exit $code",
                "sh"));
        command.addAll(java("convert", "--quiet", in.toString(), out.toString()));
        Ended e = end(start(command));
        assertThat(e.err()).singleElement().asString().contains("out." + ending + ": the disk is full");
        assertThat(e.err().getFirst()).doesNotContain(".part-");
        assertThat(e.code()).isEqualTo(5);
    }
}
