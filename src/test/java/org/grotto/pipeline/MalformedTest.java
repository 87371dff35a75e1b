package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every hostile file is read, or refused with a sentence that names it; nothing else is ever thrown. */
class MalformedTest {
    /** Valid edge cases by the word of the collection's README: these must be read. */
    private static final Set<String> VALID = Set.of(
            "gps-time-nan.las",
            "no-points.las",
            "empty_pc.e57",
            "cartesian_invalid_state_single.e57",
            "wontcompress3.las",
            "spurious.las");

    @TempDir
    Path dir;

    static Stream<Path> collection() throws IOException {
        Path folder = Need.data("malformed/pointclouds");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> !f.endsWith("README.txt")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("collection")
    void isReadOrRefusedByName(Path file) {
        String verdict = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> outcome(file));
        if (VALID.contains(String.valueOf(file.getFileName()))) {
            assertThat(verdict).isEmpty();
        }
    }

    /** Every proper beginning of a good file, a byte flipped anywhere: the same promise. */
    @ParameterizedTest
    @ValueSource(strings = {"las", "laz", "e57", "ply"})
    void cutOrCorruptedFilesAreReadOrRefusedByName(String ending) throws IOException {
        Path source = Files.writeString(dir.resolve("source.xyz"), grid(7, 5));
        Path good = dir.resolve("good." + ending);
        try (Work work = new Work(1, 1 << 28, org.grotto.base.Progress.NONE)) {
            Convert.run(source, good, work);
        }
        byte[] whole = Files.readAllBytes(good);
        Path bad = dir.resolve("bad." + ending);
        int cutRefused = 0;
        int step = Math.max(1, whole.length / 150);
        for (int n = 0; n < whole.length; n += step) {
            Files.write(bad, java.util.Arrays.copyOf(whole, n));
            if (!outcome(bad).isEmpty()) {
                cutRefused++;
            }
            byte[] flipped = whole.clone();
            flipped[n] ^= (byte) (0xFF >> (n % 7));
            Files.write(bad, flipped);
            outcome(bad);
        }
        assertThat(cutRefused)
                .as("a cut file is never taken for a whole one")
                .isGreaterThan(whole.length / step * 9 / 10);
    }

    @Test
    void emptyMissingAndFolderAreToldApart() throws IOException {
        for (String ending : List.of("las", "e57", "ply", "ptx", "xyz", "obj", "glb", "pcd")) {
            Path empty = Files.createFile(dir.resolve("empty." + ending));
            assertThat(outcome(empty)).contains("is empty (0 bytes)");
            assertThat(outcome(dir.resolve("missing." + ending))).contains("no such file");
        }
        assertThat(outcome(dir)).contains("is a folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missingheader.pcd"})
    void unknownFormatsAreRefusedWithTheListOfKnownOnes(String name) {
        Path file = Need.data("malformed/pointclouds").resolve(name);
        assertThatThrownBy(() -> {
                    try (Work work = Work.silent()) {
                        Inputs.points(file, work).close();
                    }
                })
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining(name)
                .satisfies(e -> assertThat(((GrottoException) e).kind())
                        .isIn(GrottoException.Kind.MISSING, GrottoException.Kind.BAD_INPUT));
    }

    static String grid(int nx, int ny) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < nx; i++) {
            for (int j = 0; j < ny; j++) {
                s.append(i * 0.01)
                        .append(' ')
                        .append(j * 0.01)
                        .append(' ')
                        .append((i * j % 3) * 0.002)
                        .append('\n');
            }
        }
        return s.toString();
    }

    /** The refusal's sentence, or nothing where the file was read to its end. */
    private static String outcome(Path file) {
        try (Work work = new Work(2, 256L << 20, org.grotto.base.Progress.NONE)) {
            boolean mesh = Inputs.isMesh(file);
            if (mesh) {
                Inputs.mesh(file, InputOptions.DEFAULTS);
                return "";
            }
            try (PointReader reader = Inputs.points(file, work)) {
                for (int i = 0; i < reader.scans().size(); i++) {
                    PointBatch batch = new PointBatch(reader.scans().get(i).columns(), 4096);
                    try (PointReader.PointCursor cursor = reader.points(i)) {
                        while (cursor.next(batch)) {
                            assertThat(batch.size).isPositive();
                        }
                    }
                }
            }
            return "";
        } catch (GrottoException e) {
            assertThat(e.getMessage()).contains(String.valueOf(file.getFileName()));
            assertThat(e.getMessage().getBytes(StandardCharsets.UTF_8).length).isLessThan(600);
            assertThat(e.getMessage()).doesNotContain("\n");
            return e.getMessage();
        }
    }
}
