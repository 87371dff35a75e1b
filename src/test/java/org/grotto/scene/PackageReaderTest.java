package org.grotto.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cave.json of another version, or with holes in it, is read as far as it goes; the rest is told in one sentence. */
class PackageReaderTest {
    private static final String BOUNDS =
            "\"bounds\": {\"minX\": 0, \"minY\": 0, \"minZ\": 0, \"maxX\": 4, \"maxY\": 3, \"maxZ\": 2}";

    @TempDir
    Path folder;

    private CaveInfo read(String rest) throws IOException {
        return read("cave-package/1", rest);
    }

    private CaveInfo read(String form, String rest) throws IOException {
        Files.writeString(
                folder.resolve("cave.json"),
                "{\"grotto\": \"" + form + "\", " + BOUNDS + (rest.isEmpty() ? "" : ", " + rest) + "}");
        return PackageReader.read(folder);
    }

    @Test
    void boundsAreEnough() throws IOException {
        CaveInfo c = read("");
        assertThat(c.title()).isEqualTo(Texts.of("views.untitled"));
        assertThat(c.views()).extracting(CaveInfo.View::kind).containsExactly("inside", "dollhouse");
        assertThat(c.bounds().contains(2, c.views().getFirst().eye()[1], 1)).isTrue();
        assertThat(c.stations()).isEmpty();
        assertThat(c.deliverables()).isEmpty();
        assertThat(c.frame().unit()).isEqualTo("m");
        assertThat(c.room()).isNull();
        assertThat(c.vertexLayers()).extracting(Layer::id).containsExactly("evidence");
    }

    @Test
    void aLaterMinorVersionIsReadAndWhatItAddsPassedOver() throws IOException {
        CaveInfo c = read(
                "cave-package/1.3",
                "\"moss\": {\"a\": [1]}, \"layers\": [], \"deliverables\":"
                        + " [{\"kind\": \"mesh\", \"path\": \"m.json\", \"moss\": true}]");
        assertThat(c.deliverables()).hasSize(1);
        assertThat(c.vertexLayers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cave-package/2", "cave-package/2.0", "cave-package/10"})
    void aNewerMajorVersionIsToldInBothLanguages(String form) {
        assertThatThrownBy(() -> read(form, "")).isInstanceOfSatisfying(GrottoException.class, e -> {
            assertThat(e.kind()).isEqualTo(GrottoException.Kind.UNSUPPORTED);
            assertThat(e.text()).isEqualTo(Texts.of("failures.newer-package"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cave-package/1x", "cave-package/", "other/1", "cave-package/1.", "cave-package/11111111111"})
    void whatSaysNoVersionIsNoPackage(String form) {
        assertThatThrownBy(() -> read(form, ""))
                .isInstanceOfSatisfying(
                        GrottoException.class, e -> assertThat(e.kind()).isEqualTo(GrottoException.Kind.BAD_INPUT));
    }

    @Test
    void nullsAndHalvesAreLeftOut() throws IOException {
        CaveInfo c = read("""
                "id": "x", "title": {"zh": null, "en": "E"}, "stations": [null], "deliverables": [null, {"kind": "mesh"}],
                "room": {"azimuthDegrees": 3, "box": null}, "rights": null, "frame": {"origin": [1]},
                "views": [null, {"name": "short", "kind": "inside", "eye": [1], "target": [1, 2, 3]},
                    {"eye": [1, 1, 1], "target": [2, 2, 1]}, {"kind": "odd", "eye": [9, 9, 9], "target": [2, 2, 1]}],
                "layers": [null, {"id": "a", "column": "c", "carrier": "holes"},
                    {"id": "b", "column": "c", "carrier": "vertex"},
                    {"id": "d", "column": "c", "carrier": "vertex", "scale": {"from": 0, "to": 1, "colours": ["#000000"]}},
                    {"id": "e", "column": "c", "carrier": "vertex", "classes": [null, {"from": 0, "to": 1}]}]""");
        assertThat(c.title()).isEqualTo(new Text("E", "E"));
        assertThat(c.stations()).isEmpty();
        assertThat(c.deliverables()).isEmpty();
        assertThat(c.room()).isNull();
        assertThat(c.rights()).isNotNull();
        assertThat(c.frame().origin()).hasSize(3);
        assertThat(c.views()).extracting(CaveInfo.View::kind).containsExactly("inside", "dollhouse");
        assertThat(c.views()).extracting(CaveInfo.View::name).doesNotContain("short");
        assertThat(c.vertexLayers()).extracting(Layer::id).containsExactly("e");
        assertThat(new Palette(c.vertexLayers().getFirst()).step(0.5)).isBetween(0, 254);
    }

    @ParameterizedTest
    @CsvSource({"2.5, 2.5", "0, 1", "-3, 1", "1e9, 1", "null, 1", "[], 1"})
    void stoneIsShownAsItIsWhereAnExposureIsNone(String said, double exposed) throws IOException {
        assertThat(read("\"exposure\": " + said).exposed()).isEqualTo(exposed);
    }

    @Test
    void whatIsOfAnotherTypeCountsAsMissing() throws IOException {
        CaveInfo c = read("""
                "title": 7, "stations": "x", "views": [{"eye": {}, "target": [0, 0, 1]}, 5], "layers": true,
                "deliverables": [{"kind": "mesh", "path": "a/b", "bytes": "x"}, "c"], "room": [1], "rights": [[]],
                "frame": "x", "subject": {}, "subjectReasons": 1""");
        assertThat(c.title()).isEqualTo(Texts.of("views.untitled"));
        assertThat(c.stations()).isEmpty();
        assertThat(c.views()).extracting(CaveInfo.View::kind).containsExactly("inside", "dollhouse");
        assertThat(c.deliverables()).extracting(CaveInfo.Deliverable::path).containsExactly("a/b");
        assertThat(c.room()).isNull();
        assertThat(c.subject()).isNull();
    }

    /** Whoever stands there sees nothing, or a screen of letters. */
    @Test
    void whatNoScreenCouldShowIsLeftOut() throws IOException {
        CaveInfo c = read("""
                "title": {"zh": "%s", "en": "a\\u202eb\\nc"},
                "views": [{"kind": "inside", "eye": [1e9, 0, 0], "target": [0, 0, 0]},
                    {"kind": "inside", "eye": [1, 1, 1], "target": [2, 1, 1]}],
                "room": {"box": {"minX": 0, "minY": 0, "minZ": 0, "maxX": 900, "maxY": 1, "maxZ": 1}},
                "layers": [{"id": "e", "column": "c", "carrier": "vertex", "times": 1e999, "unit": "%s",
                    "classes": [{"from": 0, "to": 1}]}]""".formatted("长".repeat(5000), "m".repeat(99)));
        assertThat(c.title().zh()).hasSize(121).endsWith("…");
        assertThat(c.title().en()).isEqualTo("a b c");
        assertThat(c.views()).extracting(v -> v.title().zh()).startsWith("视点 1");
        assertThat(c.views()).hasSize(2);
        assertThat(c.room()).isNull();
        assertThat(c.vertexLayers().getFirst().title().zh()).isEqualTo("图层 1");
        assertThat(c.vertexLayers().getFirst().unit()).isEqualTo("1");
        assertThat(c.vertexLayers().getFirst().times()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"grotto\": | is not sound JSON",
                "null | holds no JSON object",
                "[] | JSON",
                "{\"grotto\": \"cave-package/1\"} | lacks \"bounds\"",
                "{\"grotto\": \"cave-package/1\", \"revision\": 1e300} | at \"revision\"",
                "{\"grotto\": \"cave-package/1\", \"bounds\": {\"minX\": 0, \"maxX\": 1e7}} | none that a cave could have",
            })
    void whatCannotBeReadIsToldWithItsPlaceAndNoNameOfAClass(String json, String words) throws IOException {
        Files.writeString(folder.resolve("cave.json"), json);
        assertThatThrownBy(() -> PackageReader.read(folder))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining(words.strip())
                .hasMessageContaining("cave.json")
                .hasMessageNotContainingAny("org.grotto", "Exception", "java.", "jackson");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deliverable_null",
                "eye_short",
                "javascript_path",
                "path_nul",
                "room_box_null",
                "title_zh_null",
                "view_kind_null",
                "views_null"
            })
    void theKnownCasesAreReadWithoutNulls(String name) throws IOException {
        Files.copy(Need.data("../cases/packages/" + name + ".json"), folder.resolve("cave.json"));
        CaveInfo c = PackageReader.read(folder);
        assertThat(c.title().zh()).isNotNull();
        assertThat(c.views()).extracting(CaveInfo.View::kind).contains("inside", "dollhouse");
        assertThat(c.views()).allMatch(v -> v.eye().length == 3 && v.title().zh() != null);
        assertThat(c.deliverables()).isNotEmpty().doesNotContainNull();
        if (c.room() != null) {
            assertThat(c.room().box().isEmpty()).isFalse();
        }
    }
}
