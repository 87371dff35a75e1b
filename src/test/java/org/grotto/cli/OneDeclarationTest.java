package org.grotto.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.grotto.base.Declared;
import org.grotto.base.Help;
import org.grotto.base.Json;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.pipeline.MossPlan;
import org.grotto.pipeline.Project;
import org.grotto.pipeline.ProjectFile;
import org.grotto.pipeline.ProjectSkeleton;
import org.grotto.pipeline.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** An option that a stage declares appears in help, command line, project file and run record with no other line. */
class OneDeclarationTest {
    @TempDir
    Path dir;

    private static CommandLine line() {
        CommandSpec spec = CommandSpec.create();
        RecordOptions.install(spec, MossPlan.declared(), Set.of());
        return new CommandLine(spec);
    }

    private static MossPlan.Moss moss(MossPlan.Moss base, String... args) {
        CommandLine l = line();
        l.parseArgs(args);
        return RecordOptions.read(l.getCommandSpec(), MossPlan.MOSS.declared(), base);
    }

    @Test
    void helpAndCommandLineKnowIt() {
        String help = line().setUsageHelpWidth(200).getUsageMessage();
        assertThat(help).contains("--dampness", "How damp a wall must be for moss. [percent] (default: 70.0)");
        assertThat(help).contains("--tile-triangles", "--moss.tile-triangles").doesNotContain("--moss.dampness");
        MossPlan.Moss d = MossPlan.MOSS.defaults();
        assertThat(moss(d)).isEqualTo(d);
        assertThat(moss(d, "--dampness", "30")).isEqualTo(new MossPlan.Moss(30, 5));
        assertThat(moss(d, "--moss.dampness=30", "--moss.tile-triangles=9")).isEqualTo(new MossPlan.Moss(30, 9));
        assertThat(moss(d, "--tile-triangles=900")).as("that of tiles").isEqualTo(d);
    }

    /** What one stage hides another of the same name still shows; and nothing is hidden that no stage has. */
    @Test
    void anOptionIsHiddenByItsStageAndName() {
        CommandSpec spec = CommandSpec.create();
        RecordOptions.install(spec, MossPlan.declared(), Set.of("tiles.tile-triangles", "moss.dampness"));
        String help = new CommandLine(spec).setUsageHelpWidth(200).getUsageMessage();
        assertThat(help).contains("--moss.tile-triangles").doesNotContain("--tile-triangles", "--dampness");
        CommandSpec other = CommandSpec.create();
        assertThatThrownBy(() -> RecordOptions.install(other, MossPlan.declared(), Set.of("moss.wet", "wet")))
                .hasMessageContaining("[moss.wet, wet]");
    }

    @Test
    void projectFileAndRunRecordKnowItAndTheCommandLineGoesFirst() throws IOException {
        Files.writeString(
                dir.resolve("wall.obj"),
                "v 0 0 0\nv 2 0 0\nv 2 3 0\nv 0 3 0\nv 0 0 4\nv 2 0 4\nv 2 3 4\nv 0 3 4\nf 4 3 2 1\nf 5 6 7 8\n"
                        + "f 1 2 6 5\nf 2 3 7 6\nf 3 4 8 7\nf 4 1 5 8\n");
        Path file = Files.writeString(
                dir.resolve("p.yaml"),
                "scans:\n  - wall.obj\npeople: [Li Hua]\ndates: {scanned: 2024-05-01}\n"
                        + "stages:\n  moss: {dampness: 40, tile-triangles: 7}\n");
        Project p = ProjectFile.read(file, MossPlan.declared());
        assertThat(p.recipe().of(MossPlan.MOSS)).isEqualTo(new MossPlan.Moss(40, 7));
        MossPlan.Moss chosen = moss(p.recipe().of(MossPlan.MOSS), "--dampness=41");
        Path cave = dir.resolve("cave");
        try (Work work = new Work(1, 1L << 28, Progress.NONE)) {
            MossPlan.build(p, p.recipe().with(MossPlan.MOSS, chosen), cave, work);
        }
        JsonNode run = Json.tree(cave.resolve("run/run.json"));
        assertThat(run.path("options").path("moss").path("dampness").asDouble()).isEqualTo(41);
        assertThat(run.path("options").path("moss").path("tileTriangles").asInt())
                .isEqualTo(7);
        assertThat(run.path("options").path("tiles").path("tileTriangles").asInt())
                .isEqualTo(65536);
        JsonNode last = run.path("stages").path(run.path("stages").size() - 1);
        assertThat(last.path("stage").asString()).isEqualTo("moss");
        assertThat(last.path("version").asInt()).isEqualTo(3);
        assertThat(last.path("key").asString()).matches("[0-9a-f]{64}");
        assertThat(run.path("people").path(0).path("name").asString()).isEqualTo("Li Hua");
        assertThat(run.path("dates").path("scanned").asString()).isEqualTo("2024-05-01");
        assertThat(run.path("inputs").path(0).path("file").asString()).isEqualTo("wall.obj");
        assertThat(run.path("inputs").path(1).path("file").asString()).isEqualTo("p.yaml");
    }

    /** Every option stands in the file to fill in, and the file with all of them switched on says what is said anyway. */
    @Test
    void theFileToFillInHoldsEveryOptionWithItsDefault() throws IOException {
        Files.writeString(dir.resolve("石窟.xyz"), "1 2 3\n");
        Path file = dir.resolve("new.yaml");
        ProjectSkeleton.write(file, file, List.of(dir.resolve("石窟.xyz")), MossPlan.declared());
        String text = Files.readString(file);
        assertThat(text).contains("# How damp a wall must be for moss. [percent]\n#    dampness: 70.0\n");
        Project empty = ProjectFile.read(file, MossPlan.declared());
        assertThat(empty.recipe()).isEqualTo(Recipe.DEFAULTS);
        assertThat(empty.out()).as("what its first line advises works").isEqualTo(dir.resolve("new-package"));
        assertThat(empty.scans().getFirst().path()).isEqualTo(dir.resolve("石窟.xyz"));
        String on = text.lines()
                .dropWhile(l -> !l.startsWith("#stages:"))
                .map(l -> l.substring(1))
                .filter(l -> !l.strip().startsWith("crs:"))
                .reduce("", (a, b) -> a + b + "\n");
        Files.writeString(file, "scans: [石窟.xyz]\n" + on);
        Project full = ProjectFile.read(file, MossPlan.declared());
        for (Declared d : MossPlan.declared()) {
            assertThat(full.recipe().of(d.stage(), d.defaults())).as(d.stage()).isEqualTo(d.defaults());
        }
    }

    @Test
    void twoOptionsOfOneNameAreNotLeftToChance() {
        record Other(@Help("also damp") double dampness) {}
        List<Declared> two = List.of(MossPlan.MOSS.declared(), new Declared("other", new Other(1)));
        assertThatThrownBy(() -> RecordOptions.install(CommandSpec.create(), two, Set.of()))
                .hasMessageContaining("--dampness");
    }
}
