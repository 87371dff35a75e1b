package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.grotto.Whole;
import org.grotto.base.Json;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.simulate.SimulateOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo, close-ups and all: the same scans and the same package from 1 and 2 threads. At 10 mm with close-ups of 2 mm;
 * with GROTTO_WHOLE=1 at its full size, 5 and 1 mm.
 */
class DemoBytesTest {
    private static final SimulateOptions SCANS = Whole.asked()
            ? SimulateOptions.DEFAULTS
            : new SimulateOptions("small", 6, 0, 0.010, 1, 0.001, 0, 0, true, 0.002, false);

    @TempDir
    Path dir;

    @Test
    void threadsDoNotChangeTheBytesOfTheDemo() throws Exception {
        TreeMap<String, String> one = make(1);
        TreeMap<String, String> two = make(2);
        assertThat(one).containsKeys("scans/small.e57", "cave/cave.json", "cave/mesh/tileset.json");
        assertThat(one.size()).isGreaterThan(50);
        assertThat(two).isEqualTo(one);
    }

    /** SHA-256 of everything but the run record, by name; the files are gone afterwards. */
    private TreeMap<String, String> make(int threads) throws Exception {
        Path folder = Files.createDirectories(dir.resolve("threads" + threads));
        try (Work work = new Work(threads, 2L << 30, Progress.NONE)) {
            List<Path> scans =
                    Simulate.run(SCANS, "e57", folder.resolve("scans"), work).files();
            Build.run(scans, Recipe.DEFAULTS, folder.resolve("cave"), "test", p -> {}, work);
            Contract.assertKept(folder.resolve("cave"));
        }
        assertThat(Json.tree(folder.resolve("cave/run/run.json"))
                        .path("threads")
                        .asInt())
                .isEqualTo(threads);
        TreeMap<String, String> sums = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        long bytes = 0;
        for (Path f : files) {
            String name = folder.relativize(f).toString().replace('\\', '/');
            bytes += Files.size(f);
            if (!name.startsWith("cave/run/")) {
                sums.put(name, sha256(f));
            }
            Files.delete(f);
        }
        System.out.printf("%d threads: %d files, %,d bytes%n", threads, files.size(), bytes);
        return sums;
    }

    private static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new AssertionError("cannot read " + file, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
