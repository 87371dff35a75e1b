package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.grotto.base.Json;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A package made of a mesh alone has all that its cave.json lists, and a report whose figures are the mesh's. */
class MeshPackageTest {
    @TempDir
    Path dir;

    /** A box of 2 x 3 x 4 m in millimetres, as an OBJ of six squares; {@code squares} of them. */
    private Path box(int squares) throws IOException {
        String corners = "v 0 0 0\nv 2000 0 0\nv 2000 3000 0\nv 0 3000 0\n"
                + "v 0 0 4000\nv 2000 0 4000\nv 2000 3000 4000\nv 0 3000 4000\n";
        String[] faces = {"4 3 2 1", "5 6 7 8", "1 2 6 5", "2 3 7 6", "3 4 8 7", "4 1 5 8"};
        StringBuilder s = new StringBuilder(corners);
        for (int i = 0; i < squares; i++) {
            s.append("f ").append(faces[i]).append('\n');
        }
        return Files.writeString(dir.resolve("box" + squares + ".obj"), s);
    }

    private Path build(Path mesh) {
        Path out = dir.resolve(mesh.getFileName() + "-cave");
        Recipe recipe = Recipe.DEFAULTS.with(PackageStages.LOAD_MESH, new InputOptions("mm", "z"));
        try (Work work = new Work(2, 1L << 30, Progress.NONE)) {
            Build.run(List.of(mesh), recipe, out, "test", p -> {}, work);
        }
        Contract.assertKept(out);
        return out;
    }

    private static double fact(JsonNode report, String key) {
        for (JsonNode f : report.path("facts")) {
            if (f.path("key").asString().equals(key)) {
                return f.path("value").asDouble();
            }
        }
        throw new AssertionError("no fact " + key);
    }

    @Test
    void aClosedBoxIsReportedWithItsMeasures() throws Exception {
        Path cave = build(box(6));
        JsonNode r = Json.tree(cave.resolve("quality/report.json"));
        assertThat(r.path("closed").asBoolean()).isTrue();
        assertThat(fact(r, "extent.x")).isEqualTo(2);
        assertThat(fact(r, "extent.y")).isEqualTo(3);
        assertThat(fact(r, "extent.z")).isEqualTo(4);
        assertThat(fact(r, "triangles")).isEqualTo(12);
        assertThat(fact(r, "area")).isEqualTo(2 * (6 + 8 + 12));
        assertThat(fact(r, "volume")).isEqualTo(24);
        assertThat(fact(r, "edges.border")).isZero();
        assertThat(fact(r, "pieces")).isEqualTo(1);
        assertThat(r.path("openings").size()).isZero();
        for (JsonNode d : Json.tree(cave.resolve("cave.json")).path("deliverables")) {
            assertThat(cave.resolve(d.path("path").asString())).isNotEmptyFile();
        }
        assertThat(Json.tree(cave.resolve("cave.json")).path("deliverables").toString())
                .contains("quality/report.html");
        String page = Files.readString(cave.resolve("quality/report.html"));
        assertThat(page).contains("The mesh is closed", "网格封闭", "box6.obj");
        DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();
        f.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        assertThat(f.newDocumentBuilder()
                        .parse(cave.resolve("quality/report.html").toFile())
                        .getElementsByTagName("section")
                        .getLength())
                .as("in short, drawings, openings, what was found, source")
                .isEqualTo(5);
    }

    @Test
    void whatWasAdvisedAndLostStandsInTheReport() throws Exception {
        Path far = Files.writeString(
                dir.resolve("large.obj"),
                Files.readString(box(6)).replaceAll("(?m)^v (\\S+) (\\S+) (\\S+)", "v $1e3 $2e3 $3e3")
                        + "usemtl paint\nf 1 2 3\n");
        Path built = build(far);
        JsonNode r = Json.tree(built.resolve("quality/report.json"));
        assertThat(r.path("warnings").toString()).contains("large for a cave", "--unit mm");
        assertThat(r.path("notKept").toString()).contains("material");
        assertThat(Files.readString(built.resolve("quality/report.html"))).contains("--unit mm", "material");
    }

    @Test
    void anOpenBoxIsReportedWithItsRim() throws Exception {
        JsonNode r = Json.tree(build(box(5)).resolve("quality/report.json"));
        assertThat(r.path("closed").asBoolean()).isFalse();
        assertThat(fact(r, "edges.border")).isEqualTo(4);
        assertThat(r.path("openingsTotal").asInt()).isEqualTo(1);
        JsonNode rim = r.path("openings").get(0);
        assertThat(rim.path("perimeterM").asDouble()).isEqualTo(2 * (3 + 4));
        assertThat(rim.path("areaM2").asDouble()).isEqualTo(12);
        assertThat(fact(r, "openings.area")).isEqualTo(12);
        assertThat(rim.path("place").path("en").asString()).isNotEmpty();
    }
}
