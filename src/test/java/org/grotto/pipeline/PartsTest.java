package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.grotto.base.Json;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Several meshes are parts of one package: each in its own unit, with its own materials, and pieces close to one. */
class PartsTest {
    @TempDir
    Path dir;

    /** The sides of a box whose numbers stand in {@code sides}, in metres divided by {@code unit}. */
    private Path box(String name, double unit, double east, String colour, int... sides) throws Exception {
        Files.writeString(dir.resolve(name + ".mtl"), "newmtl stone\nKd " + colour + "\n");
        StringBuilder s = new StringBuilder("mtllib " + name + ".mtl\nusemtl stone\n");
        for (int i = 0; i < 8; i++) {
            double x = east + ((i & 1) == 0 ? 0 : 2);
            double y = (i & 2) == 0 ? 0 : 2;
            double z = (i & 4) == 0 ? 0 : 2;
            s.append("v ")
                    .append(x / unit)
                    .append(' ')
                    .append(y / unit)
                    .append(' ')
                    .append(z / unit)
                    .append('\n');
        }
        String[] faces = {"1 3 4 2", "5 6 8 7", "1 2 6 5", "2 4 8 6", "4 3 7 8", "3 1 5 7"};
        for (int f : sides) {
            s.append("f ").append(faces[f]).append('\n');
        }
        return Files.writeString(dir.resolve(name + ".obj"), s);
    }

    private Path build(String out, ScanFile... files) {
        Path cave = dir.resolve(out);
        try (Work work = new Work(2, 1L << 30, Progress.NONE)) {
            Build.run(List.of(files), null, Recipe.DEFAULTS, cave, "test", x -> {}, work);
        }
        Contract.assertKept(cave);
        return cave;
    }

    private static double fact(Path cave, String key) {
        for (JsonNode f : Json.tree(cave.resolve("quality/report.json")).path("facts")) {
            if (f.path("key").asString().equals(key)) {
                return f.path("value").asDouble();
            }
        }
        throw new AssertionError("no fact " + key);
    }

    /** Two pieces with open borders close; a third part beside them is in millimetres by its own frame. */
    @Test
    void piecesCloseAndUnitsAreEachFilesOwn() throws Exception {
        Path low = box("Tile_+000", 1, 0, "1 0 0", 0, 2, 3);
        Path high = box("Tile_+001", 1, 0, "0 0 1", 1, 4, 5);
        Path other = box("stele", 0.001, 4, "0 1 0", 0, 1, 2, 3, 4, 5);
        ScanFile mm = new ScanFile(other, new InputOptions("mm", "z"), null, null, null);
        Path cave = build("cave", ScanFile.of(low), ScanFile.of(high), mm);
        assertThat(fact(cave, "extent.x")).isEqualTo(6);
        assertThat(fact(cave, "extent.z")).isEqualTo(2);
        assertThat(fact(cave, "triangles")).isEqualTo(24);
        assertThat(fact(cave, "edges.border")).isZero();
        assertThat(fact(cave, "volume")).isEqualTo(16);
        JsonNode run = Json.tree(cave.resolve("run/run.json"));
        assertThat(run.toString())
                .contains("3 meshes are the parts of one package: ")
                .contains("Tile_+000.obj, Tile_+001.obj");
    }

    @Test
    void eachKeepsItsMaterialsAndWhatOneLacksIsUnknown() throws Exception {
        try (Work work = Work.silent()) {
            Mesh red = Inputs.readMesh(box("a", 1, 0, "1 0 0", 0, 1), InputOptions.DEFAULTS, work)
                    .mesh();
            Mesh blue = Inputs.readMesh(box("b", 1, 3, "0 0 1", 2), InputOptions.DEFAULTS, work)
                    .mesh();
            Path bare = Files.writeString(dir.resolve("bare.obj"), "v 9 0 0\nv 9 1 0\nv 9 0 1\nf 1 2 3\n");
            Mesh plain = Inputs.readMesh(bare, InputOptions.DEFAULTS, work).mesh();
            Mesh all = Parts.joined(List.of(red, blue, plain));
            assertThat(all.triangleCount()).isEqualTo(4 + 2 + 1);
            Charts c = Objects.requireNonNull(all.charts);
            assertThat(c.materials().get(c.material()[0]).red()).isEqualTo(1);
            assertThat(c.materials().get(c.material()[4]).blue()).isEqualTo(1);
            assertThat(c.materials().get(c.material()[6])).satisfies(m -> {
                assertThat(m.red()).isEqualTo(1);
                assertThat(m.pictured()).isFalse();
            });
            byte[] rgb = Objects.requireNonNull(all.rgb());
            int last = 3 * all.triangles[3 * 6];
            assertThat(rgb[last + 2] & 255).as("white").isEqualTo(255);
            assertThat(all.originX + all.xyz[last]).isEqualTo(9);
            int second = 3 * all.triangles[3 * 4];
            assertThat(rgb[second] & 255).isZero();
            assertThat(rgb[second + 2] & 255).isEqualTo(255);
        }
    }
}
