package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files a pattern names, how a skeleton names them, and what the run record says of them. */
class GlobsTest {
    @TempDir
    Path dir;

    private void make(String... names) throws IOException {
        for (String n : names) {
            Path p = dir.resolve(n);
            Files.createDirectories(p.getParent());
            Files.writeString(p, n);
        }
    }

    private List<String> found(String pattern) {
        return Globs.files(dir, pattern).stream()
                .map(p -> dir.relativize(p).toString().replace('\\', '/'))
                .toList();
    }

    @Test
    void starsStayInTheirFolderAndTwoStarsGoDown() throws IOException {
        make("b.e57", "a.e57", "c.las", "s/d.e57", "s/t/e.e57", "s/t/f.las", "u/v/g.e57", "x.e57/h.txt");
        assertThat(found("*.e57")).as("files alone, by name").containsExactly("a.e57", "b.e57");
        assertThat(found("s/*.e57")).containsExactly("s/d.e57");
        assertThat(found("*/*.e57")).containsExactly("s/d.e57");
        assertThat(found("s/*/*")).containsExactly("s/t/e.e57", "s/t/f.las");
        assertThat(found("**.e57"))
                .contains("a.e57", "s/d.e57", "s/t/e.e57", "u/v/g.e57")
                .doesNotContain("c.las");
        assertThat(found("s/**/*.e57")).containsExactly("s/t/e.e57");
        assertThat(found("{a,c}.*")).containsExactly("a.e57", "c.las");
        assertThat(found("?.las")).containsExactly("c.las");
        assertThat(found("[ab].e57")).containsExactly("a.e57", "b.e57");
        assertThat(found("*.laz")).isEmpty();
        assertThat(found("nowhere/*.e57")).isEmpty();
    }

    @Test
    void aNameWithoutWildCardsIsTheFileItself() throws IOException {
        make("s/d.e57");
        assertThat(found("s/d.e57")).containsExactly("s/d.e57");
        assertThat(found("s/../s/d.e57")).containsExactly("s/d.e57");
        assertThat(found("missing.las")).as("to be refused by its name").containsExactly("missing.las");
    }

    @Test
    void aSkeletonNamesScansFromItsOwnFolder() {
        Path place = dir.resolve("project/cave.yaml");
        List<Path> scans = List.of(
                dir.resolve("project/a.e57"), dir.resolve("project/scans/b \"2\".las"), dir.resolve("other/c.ply"));
        String text = ProjectSkeleton.text(place, scans, Build.declared());
        assertThat(text)
                .startsWith("# Build it with: grotto build cave.yaml\n")
                .contains("  - \"a.e57\"\n", "  - \"scans/b \\\"2\\\".las\"\n", "  - \"../other/c.ply\"\n");
        Build.declared().forEach(d -> {
            assertThat(text).contains("#  " + d.stage() + ":\n");
            d.options().forEach(o -> assertThat(text).contains("#    " + o.name() + ": "));
        });
        assertThat(text).contains("crs: \"\"\n").doesNotContain(": NaN\n", ": nan\n", ": null\n");
    }

    /** The hashes are those that everybody computes; a stage's time is in seconds. */
    @Test
    void inputsAreNamedByTheirHashAndStagesTimedInSeconds() throws IOException {
        make("empty.xyz", "abc.xyz");
        Files.writeString(dir.resolve("empty.xyz"), "");
        Files.writeString(dir.resolve("abc.xyz"), "abc");
        List<RunRecord.Input> inputs;
        try (Work work = new Work(2, 1L << 28, Progress.NONE)) {
            inputs = RunRecord.hash(List.of(dir.resolve("abc.xyz"), dir.resolve("empty.xyz")), work);
        }
        assertThat(inputs)
                .containsExactly(
                        new RunRecord.Input(
                                "abc.xyz", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                        new RunRecord.Input(
                                "empty.xyz", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        RunRecord r = new RunRecord(inputs);
        r.time("nap", 3, "key", () -> {
            try {
                Thread.sleep(3);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        RunRecord.StageTime t = r.stages().getFirst();
        assertThat(t.stage()).isEqualTo("nap");
        assertThat(t.version()).isEqualTo(3);
        assertThat(t.key()).isEqualTo("key");
        assertThat(t.seconds()).as("seconds, not since the machine began").isBetween(0.002, 600.0);
    }
}
