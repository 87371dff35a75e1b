package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.CloudFolders;
import org.grotto.format.CloudFolders.Point;
import org.grotto.format.MeshReader;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small clouds in folders of which one file is damaged by a seeded hand: they are read or refused in one sentence, as they
 * are and with what can be kept of them, soon and within some memory. {@code -Dgrotto.fuzz=N} tries N of each.
 */
class FoldersFuzzTest {
    private static final int TRIED = Integer.getInteger("grotto.fuzz", 120);
    private static final List<Point> POINTS = CloudFolders.points(40);
    /** What a reader may allocate for any folder of some kilobytes. */
    private static final long FREE = 200L << 20;

    @TempDir
    Path dir;

    private Path write(String kind) throws IOException {
        Path folder = dir.resolve("cloud");
        return switch (kind) {
            case "ept binary", "ept zstandard" -> CloudFolders.ept(folder, POINTS, kind.substring(4), (f, p) -> {});
            case "potree 1.4", "potree 1.7", "potree 1.8" ->
                CloudFolders.potree1(folder, POINTS, kind.substring(7), "", (f, p) -> {});
            case "potree 2" -> CloudFolders.potree2(folder, POINTS, false);
            case "potree 2 brotli" -> CloudFolders.potree2(folder, POINTS, true);
            default -> CloudFolders.tiles(folder, POINTS);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ept binary",
                "ept zstandard",
                "potree 1.4",
                "potree 1.7",
                "potree 1.8",
                "potree 2",
                "potree 2 brotli",
                "tiles"
            })
    void damagedFoldersAreReadOrRefused(String kind) throws IOException {
        Path cloud = write(kind);
        List<Path> files;
        try (Stream<Path> all = Files.walk(cloud.getParent())) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        List<Path> heads = files.stream()
                .filter(f -> f.toString().matches(".*\\.(json|js|hrc)|.*hierarchy.bin"))
                .toList();
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < TRIED; i++) {
            Random r = new Random(31L * i + kind.hashCode());
            List<Path> from = r.nextInt(3) > 0 ? heads : files;
            Path f = from.get(r.nextInt(from.size()));
            byte[] good = Files.readAllBytes(f);
            byte[] bad = ReadersFuzzTest.damaged(good, r);
            if (bad.length == 0) {
                continue;
            }
            Files.write(f, bad);
            String seed = kind + ", damage " + i + ", " + f.getFileName();
            long[] taken = new long[1];
            String verdict = assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> {
                        long before = threads.getCurrentThreadAllocatedBytes();
                        String v = told(cloud, seed, false);
                        told(cloud, seed, true);
                        taken[0] = threads.getCurrentThreadAllocatedBytes() - before;
                        return v;
                    },
                    seed);
            assertThat(taken[0]).as(seed).isLessThan(FREE);
            if (!verdict.isEmpty()) {
                refused.add(verdict);
            }
            Files.write(f, good);
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

    private static String read(Path f, boolean keepGoing) {
        try (Work work = new Work(1, 256L << 20, Progress.NONE)) {
            Reading reading = new Reading(work, List.of(), keepGoing);
            if (Inputs.isMesh(f)) {
                try (MeshReader r = Inputs.meshFile(f, reading)) {
                    r.read();
                }
                return "";
            }
            try (PointReader r = Inputs.points(f, reading)) {
                r.stated();
                r.metadata();
                PointBatch b = new PointBatch(r.scans().getFirst().columns(), 64);
                try (PointReader.PointCursor c = r.points(0)) {
                    while (c.next(b)) {
                        assertThat(b.size).isPositive();
                    }
                }
                r.notKept().forEach(l -> assertThat(l).isNotBlank());
                r.understood().forEach(l -> assertThat(l).isNotBlank());
            }
            return "";
        } catch (GrottoException e) {
            assertThat(e.getMessage()).contains("cloud").doesNotContain("\n");
            assertThat(e.getMessage().length()).isLessThan(900);
            return String.valueOf(e.getMessage());
        }
    }
}
