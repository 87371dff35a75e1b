package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What files are called with, in which order and how often, decides nothing of what is made of them. */
class SameFilesTest {
    @TempDir
    Path dir;

    private Path half(String name, int first) throws IOException {
        StringBuilder s = new StringBuilder();
        int n = 4000;
        for (int i = first; i < n; i += 2) {
            double z = 1 - 2 * (i + 0.5) / n;
            double r = Math.sqrt(1 - z * z);
            double a = i * 2.399963229728653;
            s.append(String.format(
                    Locale.ROOT, "%.6f %.6f %.6f %d%n", 2 * r * Math.cos(a), 2 * r * Math.sin(a), 2 * z, i % 256));
        }
        return Files.writeString(dir.resolve(name), s);
    }

    private static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path p : walk.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(p).toString();
                if (!name.startsWith("run")) { // times
                    all.put(name, Files.readAllBytes(p));
                }
            }
        }
        return all;
    }

    private Build.Summary build(String out, Path... inputs) {
        try (Work work = Work.silent()) {
            return Build.run(List.of(inputs), Recipe.DEFAULTS, dir.resolve(out), "test", f -> {}, work);
        }
    }

    @Test
    void theOrderOfInputsChangesNoByteAndACopyIsReadOnce() throws IOException {
        Path a = half("scan 2.xyz", 0);
        Path b = half("scan 10.xyz", 1);
        build("ab", a, b);
        build("ba", b, a);
        Contract.assertKept(dir.resolve("ab"));
        Map<String, byte[]> one = files(dir.resolve("ab"));
        Map<String, byte[]> other = files(dir.resolve("ba"));
        assertThat(one.keySet()).isEqualTo(other.keySet()).contains("points/cave.copc.laz", "mesh/tileset.json");
        one.forEach((name, bytes) -> assertThat(other.get(name)).as(name).isEqualTo(bytes));
        Path copy = Files.copy(a, dir.resolve("zz.xyz"));
        Build.Summary s = build("copy", copy, b, a);
        assertThat(s.stations()).isEqualTo(2);
        assertThat(s.warnings()).contains("zz.xyz holds the same bytes as scan 2.xyz; it is read once.");
        Map<String, byte[]> third = files(dir.resolve("copy"));
        one.forEach((name, bytes) -> {
            if (name.startsWith("points/") || name.startsWith("mesh/")) {
                assertThat(third.get(name)).as(name).isEqualTo(bytes);
            }
        });
    }

    @Test
    void namesAreInTheOrderOfTheirNumbers() {
        List<Path> p = Stream.of("b", "a10", "a9b", "a9", "a09", "a", "A", "a9c1")
                .map(Path::of)
                .toList();
        assertThat(SameFiles.orderedPaths(p).stream().map(Path::toString))
                .containsExactly("A", "a", "a09", "a9", "a9b", "a9c1", "a10", "b");
    }

    /** The same scan at two places, as told by a project file, is two scans. */
    @Test
    void aCopyPlacedElsewhereIsAnotherScan() throws IOException {
        Path a = half("a.xyz", 0);
        Path b = half("b.xyz", 0);
        java.util.ArrayList<org.grotto.base.Text> told = new java.util.ArrayList<>();
        ScanFile moved = new ScanFile(b, null, new org.grotto.geometry.Pose(1, 0, 0, 0, 9, 0, 0), null, null);
        assertThat(SameFiles.distinct(List.of(ScanFile.of(a), moved), told)).hasSize(2);
        assertThat(told).isEmpty();
        assertThat(SameFiles.distinct(List.of(ScanFile.of(a), ScanFile.of(b), moved), told))
                .hasSize(2);
        assertThat(told).hasSize(1);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void devicesAreRefusedInWords() {
        assertThatThrownBy(() -> Inputs.kind(Path.of("/dev/null")))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("/dev/null: is a pipe or a device");
    }
}
