package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Work;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Every way in which a package can be something else than it says is found, with its file. */
class ValidationTest {
    @TempDir
    Path dir;

    private Path cave = Path.of("");

    @BeforeEach
    void copy() {
        cave = BuiltCave.copy(dir.resolve("cave"));
    }

    private Validation.Result look() {
        try (Work work = Work.silent()) {
            return Validation.of(cave, work);
        }
    }

    private void found(String file, String words) {
        assertThat(look().faults()).anySatisfy(f -> {
            assertThat(f.file()).isEqualTo(file);
            assertThat(f.found()).contains(words);
            assertThat(f.todo()).isNotBlank();
        });
    }

    private void change(String file, java.util.function.Consumer<ObjectNode> how) {
        ObjectNode json = (ObjectNode) Json.tree(cave.resolve(file));
        how.accept(json);
        Json.write(cave.resolve(file), json);
    }

    @Test
    void aPackageAsBuiltIsSoundAndAllItsFilesAreHashed() throws IOException {
        Validation.Result r = look();
        assertThat(r.valid()).isTrue();
        assertThat(r.revision()).isEqualTo(1);
        try (Stream<Path> all = Files.walk(cave)) {
            assertThat(r.files())
                    .isEqualTo((int) all.filter(Files::isRegularFile).count() - 1); // but the list itself
        }
        JsonNode files = Json.tree(cave.resolve("run/files.json")).path("files");
        List<String> paths =
                files.valueStream().map(f -> f.path("path").asString()).toList();
        assertThat(paths).isSorted().contains("cave.json", "points/cave.copc.laz", "run/run.json", "mesh/tiles/r.glb");
    }

    @Test
    void oneBitIsEnough() throws IOException {
        Path tile = cave.resolve("mesh/tiles/r.glb");
        byte[] b = Files.readAllBytes(tile);
        b[b.length / 2] ^= 1;
        Files.write(tile, b);
        found("mesh/tiles/r.glb", "SHA-256");
        assertThat(look().faults()).hasSize(1);
    }

    @Test
    void aMissingFileAndALongerOneAreFound() throws IOException {
        Files.delete(cave.resolve("mesh/preview.glb"));
        Files.writeString(cave.resolve("quality/report.html"), "x", java.nio.file.StandardOpenOption.APPEND);
        found("mesh/preview.glb", "missing");
        found("quality/report.html", "bytes");
    }

    @Test
    void whatTheSchemaForbidsIsFoundWithItsPlace() {
        change("cave.json", c -> {
            ((ObjectNode) c.path("frame")).put("unit", "mm");
            ((ArrayNode) c.path("views").path(0).path("eye")).remove(2);
        });
        found("cave.json", "/frame/unit");
        found("cave.json", "/views/0/eye");
        change("scans/stations.json", "/0/points");
    }

    private void change(String file, String place) {
        JsonNode json = Json.tree(cave.resolve(file));
        ((ObjectNode) json.path(0)).put("points", "many");
        Json.write(cave.resolve(file), json);
        found(file, place);
    }

    @Test
    void pathsThatLeaveThePackageAreFound() {
        change("cave.json", c -> ((ObjectNode) c.path("deliverables").path(1)).put("path", "nul.glb"));
        found("cave.json", "nul.glb");
        change("mesh/tileset.json", t -> ((ObjectNode) t.path("root").path("content")).put("uri", "../../x.glb"));
        found("mesh/tileset.json", "../../x.glb");
    }

    @Test
    void aFileOfNobodyIsANoteAndAnOldPackageWithoutAListIsSound() throws IOException {
        Files.writeString(cave.resolve("notes.txt"), "mine");
        assertThat(look().valid()).isTrue();
        assertThat(look().notes()).singleElement().asString().contains("notes.txt");
        Files.delete(cave.resolve("run/files.json"));
        assertThat(look().valid()).isTrue();
        assertThat(look().notes()).singleElement().asString().contains("not compared");
    }

    @Test
    void aLaterMinorVersionIsSoundAndANewerMajorOneIsToldInWords() {
        change("cave.json", c -> c.put("grotto", "cave-package/1.7").put("moss", 1));
        assertThat(look().faults()).allMatch(f -> f.found().contains("bytes")); // that cave.json is another one now
        change("cave.json", c -> c.put("grotto", "cave-package/2"));
        assertThatThrownBy(this::look)
                .isInstanceOfSatisfying(
                        GrottoException.class, e -> assertThat(e.kind()).isEqualTo(GrottoException.Kind.UNSUPPORTED));
    }

    @Test
    void anUndescribedKeyIsNoFaultOfAPackageAndOneOfOurs() {
        assertThat(Contract.undescribed("cave", Json.tree(cave.resolve("cave.json"))))
                .isEmpty();
        change("cave.json", c -> ((ObjectNode) c.path("views").path(0)).put("mood", "quiet"));
        JsonNode json = Json.tree(cave.resolve("cave.json"));
        assertThat(Schemas.faults("cave", json)).isEmpty();
        assertThat(Contract.undescribed("cave", json))
                .singleElement()
                .asString()
                .contains("mood");
    }

    @Test
    void theCommandEndsWithZeroOrThreeAndListsEveryFault() throws IOException {
        assertThat(run("validate", cave.toString())).startsWith("0 ").contains("sound");
        Files.delete(cave.resolve("mesh/preview.glb"));
        Files.delete(cave.resolve("points/cave.copc.laz"));
        assertThat(run("validate", cave.toString())).startsWith("3 ").contains("preview.glb", "cave.copc.laz");
        JsonNode r = Json.mapper()
                .readTree(run("validate", cave.toString(), "--json").substring(2));
        assertThat(r.path("valid").asBoolean()).isFalse();
        assertThat(r.path("faults").size()).isEqualTo(4); // each by cave.json and by the list of files
    }

    private static String run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = org.grotto.cli.RunCommand.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        return code + " " + out.toString(StandardCharsets.UTF_8);
    }
}
