package org.grotto.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole or not at all; what dead processes left is swept up, what living ones write is not. */
class OutputsTest {
    @TempDir
    Path dir;

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
        }
    }

    private static Process process(String... command) throws IOException {
        return new ProcessBuilder(command).start();
    }

    private static long dead() throws Exception {
        Process p =
                process(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--version");
        p.getInputStream().readAllBytes();
        p.waitFor();
        return p.pid();
    }

    private static void write(Path file) {
        Outputs.file(file, t -> Files.writeString(t, "whole"));
    }

    @Test
    void temporaryFoldersOfDeadProcessesAreSweptUp() throws Exception {
        String mine = Leftovers.scratchName("grotto-x");
        String theirs = mine.replaceAll("-[0-9]+-$", "-" + dead() + "-");
        Path gone = Files.createDirectory(dir.resolve(theirs + "123"));
        Files.writeString(gone.resolve("picture0"), "pixels");
        Path own = Files.createDirectory(dir.resolve(mine + "123"));
        Path other = Files.createDirectory(dir.resolve(theirs.replace("grotto-x", "grotto-y") + "123"));
        Path foreign = Files.createDirectory(dir.resolve(theirs.replaceAll("x-[0-9a-f]{8}", "x-00c0ffee") + "123"));
        Path old = Files.createDirectory(dir.resolve("grotto-x-123"));
        Leftovers.sweepScratch(dir, "grotto-x");
        assertThat(gone).doesNotExist();
        for (Path p : List.of(own, other, foreign, old)) {
            assertThat(p).exists();
        }
    }

    @Test
    void whatAKilledProcessLeftIsSweptByTheNextWriter() throws Exception {
        long pid = dead();
        Files.writeString(dir.resolve(Leftovers.temporaryName("a.laz", pid)), "half");
        Path folder = dir.resolve(Leftovers.temporaryName("cave", pid));
        Files.createDirectories(folder.resolve("mesh"));
        Files.writeString(folder.resolve("mesh").resolve("0.glb"), "half");

        write(dir.resolve("a.laz"));
        assertThat(left()).containsExactly(String.valueOf(folder.getFileName()), "a.laz");
        Outputs.folder(dir.resolve("cave"), t -> Files.writeString(t.resolve("cave.json"), "{}"));
        assertThat(left()).containsExactly("a.laz", "cave");
    }

    @Test
    void aReusedProcessNumberDoesNotKeepALeftover() throws Exception {
        Process later = process("sleep", "60");
        try {
            Path old = Files.writeString(dir.resolve(Leftovers.temporaryName("a.ply", later.pid())), "half");
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3600)));
            write(dir.resolve("a.ply"));
            assertThat(left()).containsExactly("a.ply");
        } finally {
            later.destroyForcibly();
        }
    }

    @Test
    void whatALivingProcessWritesStays() throws Exception {
        Process writer = process("sleep", "60");
        try {
            String theirs = Leftovers.temporaryName("a.ply", writer.pid());
            Files.writeString(dir.resolve(theirs), "half");
            String ownOther = Leftovers.temporaryName("a.ply", new Job());
            Files.writeString(dir.resolve(ownOther), "another thread's");
            Leftovers.sweep(dir, "a.ply");
            assertThat(left()).containsExactlyInAnyOrder(theirs, ownOther);
        } finally {
            writer.destroyForcibly();
        }
    }

    /** Another output's, another machine's, a user's own file of a like name. */
    @Test
    void whatIsNotSurelyALeftoverOfThisOutputStays() throws Exception {
        long pid = dead();
        List<String> others = List.of(
                Leftovers.temporaryName("b.ply", pid),
                Leftovers.temporaryName("a.ply", pid).replaceAll("part-[0-9a-f]{8}", "part-00c0ffee"),
                Leftovers.temporaryName("a.ply", pid) + "x",
                Leftovers.temporaryName("a.ply", pid).substring(1),
                ".a.ply.part-" + pid);
        for (String o : others) {
            Files.writeString(dir.resolve(o), "mine");
        }
        Leftovers.sweep(dir, "a.ply");
        assertThat(left()).containsExactlyInAnyOrderElementsOf(others);
    }

    /** A link under such a name is taken away, never what it points to. */
    @Test
    void sweepingFollowsNoLinks() throws Exception {
        Path keep = Files.createDirectory(dir.resolve("keep"));
        Files.writeString(keep.resolve("mine"), "mine");
        Files.createSymbolicLink(dir.resolve(Leftovers.temporaryName("a.ply", dead())), keep);
        Leftovers.sweep(dir, "a.ply");
        assertThat(left()).containsExactly("keep");
        assertThat(keep.resolve("mine")).exists();
    }

    @Test
    void aFailedWriterLeavesNothingAndTheOldFileAsItWas() throws IOException {
        Path file = Files.writeString(dir.resolve("a.ply"), "old");
        assertThatThrownBy(() -> Outputs.file(file, t -> {
                    Files.writeString(t, "half");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("a.ply: the disk is full");
        assertThat(left()).containsExactly("a.ply");
        assertThat(file).hasContent("old");
    }
}
