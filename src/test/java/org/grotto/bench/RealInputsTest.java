package org.grotto.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of real inputs says of each what came of it: a package, or a refusal in words. */
class RealInputsTest {
    @TempDir
    Path dir;

    @Test
    void aMeshIsBuiltAFolderIsBuiltTogetherAndARefusalIsQuoted() throws Exception {
        String corner = "v 0 0 0\nv 400 0 0\nv 0 400 0\nv 0 0 400\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n";
        Files.writeString(dir.resolve("a.obj"), corner, StandardCharsets.UTF_8);
        Path two = Files.createDirectory(dir.resolve("two"));
        Files.writeString(two.resolve("b.obj"), corner, StandardCharsets.UTF_8);
        Files.writeString(two.resolve("c.obj"), corner, StandardCharsets.UTF_8);
        Files.writeString(dir.resolve("notes.md"), "no scan", StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        Benchmarks.real(dir, lines::add);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(2)).startsWith("| a.obj | built | ").contains("400 x 400 x 400", "--unit mm (0.400 m)");
        assertThat(lines.get(3)).startsWith("| two | built | ");
        for (String l : lines) {
            assertThat(l.chars().filter(c -> c == '|').count()).as(l).isEqualTo(13);
        }
    }
}
