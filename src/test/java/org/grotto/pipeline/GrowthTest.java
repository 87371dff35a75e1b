package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.CaveInfo.Deliverable;
import org.grotto.scene.Layer;
import org.grotto.scene.PackageReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A package that grows is at every moment the old one or the new one, whoever else looks, writes or is killed. */
class GrowthTest {
    private static final List<String> STEPS =
            List.of("lock", "drawings/plan.pdf", "run/run-2.json", "files", "cave.json");

    @TempDir
    Path dir;

    private Path cave = Path.of("");
    private Path plan = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        cave = BuiltCave.copy(dir.resolve("cave"));
        plan = Files.writeString(dir.resolve("plan.pdf"), "%PDF-1.7 a plan");
    }

    private Attach.Result attach(Path file) {
        try (Work work = Work.silent()) {
            return Attach.run(cave, file, "drawings", new Text("平面图", "Plan"), "test", work);
        }
    }

    private static Addition addition(Path file) {
        return new Addition(
                "attach",
                Map.of("kind", "drawings"),
                List.of(file),
                Map.of("drawings/plan.pdf", p -> Files.copy(file, p)),
                List.of(new Deliverable("drawings", "drawings/plan.pdf", "application/pdf", 0, new Text("图", "Plan"))),
                List.of());
    }

    private Map<String, String> content() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (String path : FileList.present(cave)) {
            all.put(path, Keys.sha256(Files.readString(cave.resolve(path), StandardCharsets.ISO_8859_1)));
        }
        return all;
    }

    @Test
    void anAttachedFileIsListedHashedAndRecorded() throws IOException {
        JsonNode before = Json.tree(cave.resolve("cave.json"));
        Map<String, String> old = content();
        assertThat(attach(plan).revision()).isEqualTo(2);
        Path report = Files.writeString(dir.resolve("调查 报告.docx"), "words");
        assertThat(attach(report).revision()).isEqualTo(3);

        Contract.assertKept(cave);
        CaveInfo info = PackageReader.read(cave);
        assertThat(info.deliverables())
                .contains(new Deliverable(
                        "drawings", "drawings/plan.pdf", "application/pdf", 15, new Text("平面图", "Plan")));
        assertThat(cave.resolve("drawings/调查 报告.docx")).hasContent("words");
        JsonNode run = Json.tree(cave.resolve("run/run-2.json"));
        assertThat(run.path("verb").asString()).isEqualTo("attach");
        assertThat(run.path("inputs").path(0).path("sha256").asString()).isEqualTo(Keys.sha256("%PDF-1.7 a plan"));
        assertThat(run.path("options").path("kind").asString()).isEqualTo("drawings");
        assertThat(run.path("added").toString()).contains("drawings/plan.pdf");

        // the rest is as it was
        JsonNode after = Json.tree(cave.resolve("cave.json"));
        before.propertyStream()
                .filter(e -> !e.getKey().equals("deliverables"))
                .forEach(e -> assertThat(after.get(e.getKey())).isEqualTo(e.getValue()));
        Map<String, String> now = content();
        old.forEach((path, hash) -> {
            if (!path.equals("cave.json")) {
                assertThat(now).containsEntry(path, hash);
            }
        });
        assertThat(cave.resolve(".grotto.lock")).doesNotExist();
    }

    @Test
    void whatALaterVersionWroteStays() {
        ObjectNode json = (ObjectNode) Json.tree(cave.resolve("cave.json"));
        json.put("grotto", "cave-package/1.4").putObject("moss").put("green", 1);
        Json.write(cave.resolve("cave.json"), json);
        attach(plan);
        JsonNode after = Json.tree(cave.resolve("cave.json"));
        assertThat(after.path("moss").path("green").asInt()).isEqualTo(1);
        assertThat(after.path("grotto").asString()).isEqualTo("cave-package/1.4");
    }

    @Test
    void aLayerIsAddedToThoseThereAre() {
        ObjectNode json = (ObjectNode) Json.tree(cave.resolve("cave.json"));
        json.remove("layers");
        Json.write(cave.resolve("cave.json"), json);
        Layer e = Layer.evidence();
        Layer wet = org.grotto.base.Records.with(e, Map.of("id", "wet", "column", "wet"));
        try (Work work = Work.silent()) {
            Growth.add(cave, new Addition("wet", Map.of(), List.of(), Map.of(), List.of(), List.of(wet)), "test", work);
        }
        assertThat(PackageReader.read(cave).vertexLayers())
                .extracting(Layer::id)
                .containsExactly("evidence", "wet");
        Contract.assertKept(cave);
    }

    @Test
    void aFailureAtAnyStepLeavesThePackageAsItWas() throws IOException {
        Map<String, String> before = content();
        for (String step : STEPS.subList(0, STEPS.size() - 1)) {
            assertThatThrownBy(() -> {
                        try (Work work = Work.silent()) {
                            Growth.add(cave, addition(plan), "test", work, done -> {
                                if (done.equals(step)) {
                                    throw new IllegalStateException("stopped after " + step);
                                }
                            });
                        }
                    })
                    .hasMessage("stopped after " + step);
            assertThat(content()).as("after %s", step).isEqualTo(before);
            Contract.assertKept(cave);
        }
    }

    /** Grows a package in a process that ends, as by kill -9, after a step. */
    static final class Killed {
        public static void main(String[] args) {
            try (Work work = Work.silent()) {
                Growth.add(Path.of(args[0]), addition(Path.of(args[1])), "test", work, done -> {
                    if (done.equals(args[2])) {
                        Runtime.getRuntime().halt(9);
                    }
                });
            }
        }
    }

    @Test
    void aKilledRunLeavesTheOldPackageOrTheNewOneAndBlocksNobody() throws Exception {
        for (String step : STEPS) {
            Path at = BuiltCave.copy(dir.resolve("killed-" + step.replace('/', '-')));
            Process p = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Killed.class.getName(),
                            at.toString(),
                            plan.toString(),
                            step)
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve("log").toFile())
                    .start();
            assertThat(p.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(p.exitValue()).as(Files.readString(dir.resolve("log"))).isEqualTo(9);
            assertThat(at.resolve(".grotto.lock")).exists(); // left by the dead one
            boolean grown = step.equals("cave.json");
            try (Work work = Work.silent()) {
                Validation.Result r = Validation.of(at, work);
                assertThat(r.faults()).as("after %s", step).isEmpty();
                assertThat(r.revision()).isEqualTo(grown ? 2 : 1);
                if (!grown) {
                    assertThat(Growth.add(at, addition(plan), "test", work)).isEqualTo(2);
                }
            }
            Contract.assertKept(at);
        }
    }

    @Test
    void theSecondOfTwoWritersIsTold() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicReference<Throwable> failed = new AtomicReference<>();
        Thread first = Thread.ofPlatform().start(() -> {
            try (Work work = Work.silent()) {
                Growth.add(cave, addition(plan), "test", work, done -> {
                    inside.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
            } catch (RuntimeException e) {
                failed.set(e);
            }
        });
        inside.await();
        assertThatThrownBy(() -> attach(Files.writeString(dir.resolve("other.pdf"), "x")))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("process " + ProcessHandle.current().pid())
                .hasMessageContaining("try again");
        go.countDown();
        first.join();
        assertThat(failed.get()).isNull();
        Contract.assertKept(cave);
        assertThat(attach(Files.writeString(dir.resolve("other.pdf"), "x")).revision())
                .isEqualTo(3);
    }

    @Test
    void aReaderNeverSeesHalf() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Integer> seen = new ArrayList<>();
        AtomicInteger latest = new AtomicInteger();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        int own = PackageReader.read(cave).deliverables().size();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                while (!done.get()) {
                    CaveInfo info = PackageReader.read(cave);
                    for (Deliverable d : info.deliverables()) {
                        assertThat(cave.resolve(d.path())).exists();
                    }
                    int revision = info.revision() == null ? 1 : info.revision();
                    assertThat(info.deliverables()).hasSize(own + revision - 1);
                    FileList files = FileList.read(cave, revision);
                    assertThat(files == null ? 0 : files.files().size()).isPositive();
                    if (seen.isEmpty() || seen.getLast() != revision) {
                        seen.add(revision);
                        latest.set(revision);
                    }
                }
            } catch (Throwable t) {
                failed.set(t);
            }
        });
        for (int i = 2; i < 12; i++) {
            attach(Files.writeString(dir.resolve("plan" + i + ".pdf"), "plan ".repeat(i)));
            if (i % 4 == 3) { // however busy the machine, it looks at some of them
                for (int k = 0; k < 20_000 && latest.get() < i && failed.get() == null; k++) {
                    Thread.sleep(1);
                }
            }
        }
        done.set(true);
        reader.join();
        assertThat(failed.get()).isNull();
        assertThat(seen).isSorted().hasSizeGreaterThan(2).endsWith(11);
    }

    @Test
    void nothingIsReplaced() throws IOException {
        attach(plan);
        assertThatThrownBy(() -> attach(plan)).hasMessageContaining("holds drawings/plan.pdf already");
        Files.writeString(cave.resolve("drawings/mine.pdf"), "mine");
        assertThatThrownBy(() -> attach(Files.writeString(dir.resolve("mine.pdf"), "theirs")))
                .hasMessageContaining("stands there already");
        assertThat(cave.resolve("drawings/mine.pdf")).hasContent("mine");
        Files.delete(cave.resolve("drawings/mine.pdf"));
        Contract.assertKept(cave);
    }

    @Test
    void namesThatNoPackageCanHoldAreRefused() throws IOException {
        Path odd = Files.writeString(dir.resolve("a%20b.pdf"), "x");
        assertThatThrownBy(() -> attach(odd)).hasMessageContaining("rename it");
        try (Work work = Work.silent()) {
            for (String kind : List.of("mesh", "../x", "run", "Drawings", "")) {
                assertThatThrownBy(() -> Attach.run(cave, plan, kind, null, "test", work))
                        .hasMessageContaining("--kind");
            }
        }
        Contract.assertKept(cave);
    }
}
