package org.grotto.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
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
        assertThat(c.title()).isEqualTo(new Text("cave", "cave"));
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
            assertThat(e.text().zh()).contains(form, "更新");
            assertThat(e.text().en()).contains(form, "update Grotto");
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
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"grotto\": | is not sound JSON",
                "null | holds no JSON object",
                "[] | JSON",
                "{\"grotto\": \"cave-package/1\"} | lacks \"bounds\"",
                "{\"grotto\": \"cave-package/1\", \"views\": [{\"eye\": {}}]} | at \"views[0].eye\"",
                "{\"grotto\": \"cave-package/1\", \"stations\": 7} | at \"stations\"",
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
