package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.grotto.base.Json;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Station;
import org.grotto.simulate.SimulateOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package is what its cave.json says, and the same bytes from any number of threads. */
class PackageTest {
    @TempDir
    static Path dir;

    private static Path one = Path.of("");
    private static Path two = Path.of("");

    @BeforeAll
    static void build() {
        SimulateOptions o = new SimulateOptions("small", 6, 0, 0.03, 1, 0.001, 0, 0, false, 0.001, false);
        List<Path> scans;
        try (Work work = new Work(2, 2L << 30, Progress.NONE)) {
            scans = Simulate.run(o, "e57", dir.resolve("scans"), work).files();
        }
        one = build(scans, 1);
        two = build(scans, 2);
    }

    private static Path build(List<Path> scans, int threads) {
        Path out = dir.resolve("threads" + threads);
        try (Work work = new Work(threads, 2L << 30, Progress.NONE)) {
            Build.run(scans, Recipe.DEFAULTS, out, "test", p -> {}, work);
        }
        Contract.assertKept(out);
        return out;
    }

    /** Files by their names from the package's folder. */
    private static TreeMap<String, Path> files(Path folder) throws IOException {
        TreeMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile)
                    .forEach(f -> files.put(folder.relativize(f).toString().replace('\\', '/'), f));
        }
        return files;
    }

    @Test
    void threadsDoNotChangeTheBytes() throws IOException {
        assertThat(Json.tree(one.resolve("run/run.json")).path("threads").asInt())
                .isEqualTo(1);
        assertThat(Json.tree(two.resolve("run/run.json")).path("threads").asInt())
                .isEqualTo(2);
        TreeMap<String, Path> a = files(one);
        TreeMap<String, Path> b = files(two);
        assertThat(a.keySet())
                .isEqualTo(b.keySet())
                .contains("cave.json", "points/cave.copc.laz", "mesh/tileset.json", "mesh/preview.glb");
        List<String> different = new ArrayList<>();
        for (String name : a.keySet()) {
            if (!name.startsWith("run/") && Files.mismatch(a.get(name), b.get(name)) >= 0) {
                different.add(name + " from byte " + Files.mismatch(a.get(name), b.get(name)));
            }
        }
        assertThat(different).isEmpty();
    }

    @Test
    void deliverablesAreThereWithTheirBytes() throws IOException {
        CaveInfo info = Json.read(one.resolve("cave.json"), CaveInfo.class);
        TreeSet<String> kinds = new TreeSet<>();
        for (CaveInfo.Deliverable d : info.deliverables()) {
            kinds.add(d.kind());
            Path file = one.resolve(d.path());
            assertThat(file).isRegularFile();
            long bytes = Files.size(file);
            if (d.kind().equals("mesh")) {
                // a tileset is all its tiles; the preview beside it counts for itself
                for (var e : files(one.resolve("mesh/tiles")).entrySet()) {
                    bytes += Files.size(e.getValue());
                }
            }
            assertThat(d.bytes()).as(d.path()).isPositive().isEqualTo(bytes);
        }
        assertThat(kinds).containsExactly("contradicted", "mesh", "points", "preview", "report", "scans");
        assertThat(one.resolve("quality/report.html")).isNotEmptyFile();
        assertThat(Files.readString(one.resolve("quality/report.html")))
                .contains("<html")
                .contains(info.id());
    }

    @Test
    void thereIsAViewInsideOneFromOutsideAndOneOfEachStation() throws IOException {
        CaveInfo info = Json.read(one.resolve("cave.json"), CaveInfo.class);
        assertThat(info.stations()).hasSize(6);
        List<String> names = new ArrayList<>(List.of("inside", "dollhouse"));
        for (Station s : info.stations()) {
            assertThat(s.points()).isPositive();
            names.add(s.name());
        }
        assertThat(info.views())
                .extracting(CaveInfo.View::name)
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(names);
        for (CaveInfo.View v : info.views()) {
            boolean in = info.bounds().contains(v.eye()[0], v.eye()[1], v.eye()[2]);
            assertThat(in).as(v.name()).isEqualTo(!v.name().equals("dollhouse"));
            assertThat(v.eye()).isNotEqualTo(v.target());
        }
    }
}
