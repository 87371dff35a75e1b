package org.grotto.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job is stopped by itself: what it left unfinished goes, and its neighbours know nothing of it. */
@Timeout(30)
class JobTest {
    private static final int PIECES = 40;

    @TempDir
    Path dir;

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
        }
    }

    /** Writes a folder of files on four threads; after the first few, {@code gate} holds all pieces up. */
    private Path build(String name, Work work, CountDownLatch begun, CountDownLatch gate) {
        Path out = dir.resolve(name);
        Outputs.folder(out, t -> {
            Files.writeString(t.resolve("first"), "half");
            work.each(PIECES, i -> {
                try {
                    Files.writeString(t.resolve("piece" + i), name);
                    begun.countDown();
                    gate.await();
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        });
        return out;
    }

    @Test
    void ofTwoJobsAtOnceTheCancelledOneLeavesNothingAndTheOtherFinishes() throws Exception {
        Job one = new Job();
        Job other = new Job();
        CountDownLatch begun = new CountDownLatch(4);
        CountDownLatch gate = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2);
                Work workOfOne = new Work(2, 1 << 20, Progress.NONE);
                Work workOfOther = new Work(2, 1 << 20, Progress.NONE)) {
            Future<Path> first = threads.submit(() -> one.call(() -> build("one", workOfOne, begun, gate)));
            Future<Path> second = threads.submit(() -> other.call(() -> build("other", workOfOther, begun, gate)));
            begun.await();
            assertThat(names().filter(n -> n.contains(".part-"))).hasSize(2);
            one.cancel();
            gate.countDown();
            assertThatThrownBy(first::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            GrottoException.class, e -> assertThat(e.kind()).isEqualTo(GrottoException.Kind.CANCELLED));
            assertThat(second.get()).isDirectory();
        }
        assertThat(names()).containsExactly("other");
        try (Stream<Path> files = Files.list(dir.resolve("other"))) {
            assertThat(files).hasSize(PIECES + 1);
        }
        assertThat(one.cancelled()).isTrue();
        assertThat(other.cancelled()).isFalse();
        assertThat(Job.current().cancelled()).isFalse();
    }

    @Test
    void twoJobsThatWriteOnePlaceDoNotMixTheirFiles() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Path file = dir.resolve("a.ply");
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (String text : new String[] {"one", "two"}) {
                var unused = threads.submit(() -> new Job().call(() -> {
                    Outputs.file(file, t -> {
                        Files.writeString(t, text.substring(0, 1));
                        both.countDown();
                        await(both);
                        Files.writeString(t, text.substring(1), java.nio.file.StandardOpenOption.APPEND);
                    });
                    return file;
                }));
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Files.readString(file)).isIn("one", "two");
        assertThat(names()).containsExactly("a.ply");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothingTakesItsPlaceOnceTheJobIsCancelled() throws Exception {
        Job job = new Job();
        assertThatThrownBy(() -> job.call(() -> {
                    Outputs.file(dir.resolve("late"), t -> {
                        Files.writeString(t, "whole");
                        job.cancel();
                    });
                    return null;
                }))
                .isInstanceOf(GrottoException.class);
        assertThatThrownBy(() -> job.call(() -> dir)).isInstanceOf(GrottoException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void allThreadsOfAWorkWorkForTheCallersJob() {
        Job job = new Job();
        Set<Job> seen = ConcurrentHashMap.newKeySet();
        try (Work work = new Work(4, 1 << 20, Progress.NONE)) {
            job.call(() -> {
                work.each(64, i -> work.each(4, k -> seen.add(Job.current())));
                return seen;
            });
            assertThat(seen).containsExactly(job);
            seen.clear();
            work.each(64, i -> seen.add(Job.current()));
            assertThat(seen).hasSize(1).doesNotContain(job);
        }
    }

    @Test
    void aScratchFolderGoesWithItsJob() throws IOException {
        Path scratch = new Job().call(() -> {
            Path s = Outputs.scratch("grotto-job");
            Files.writeString(s.resolve("cells"), "1");
            return s;
        });
        assertThat(scratch).doesNotExist();
    }
}
