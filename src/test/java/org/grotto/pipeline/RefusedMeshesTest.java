package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.surface.DressingOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no mesh is told as what it is; what is far from a mesh is left out of it, unless it is a thing of its own. */
class RefusedMeshesTest {
    @TempDir
    Path dir;

    private final Work work = Work.silent();

    @AfterEach
    void close() {
        work.close();
    }

    @Test
    void pointsAreNoMesh() throws IOException {
        Path ply = Files.writeString(
                dir.resolve("p.ply"),
                "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\n"
                        + "end_header\n0 0 0\n1 0 0\n0 1 0\n");
        Path xyz = Files.writeString(dir.resolve("p.xyz"), "0 0 0\n1 0 0\n0 1 0\n");
        for (Path p : List.of(ply, xyz)) {
            assertThatThrownBy(() -> Inputs.readMesh(p, InputOptions.DEFAULTS, work))
                    .hasMessageContaining("holds points, but no triangles")
                    .hasMessageContaining("grotto surface");
            assertThatThrownBy(() -> Convert.run(p, dir.resolve("x.glb"), work))
                    .hasMessageContaining("holds points, but no triangles");
        }
    }

    @Test
    void cornersOnALineAreNoArea() throws IOException {
        Path p = Files.writeString(dir.resolve("l.obj"), "v 0 0 0\nv 1 2 3\nv 2 4 6\nv 3 6 9\nf 1 2 3\nf 2 3 4\n");
        assertThatThrownBy(() -> Inputs.readMesh(p, InputOptions.DEFAULTS, work))
                .hasMessageContaining("on a line");
        Path thin = Files.writeString(dir.resolve("t.obj"), "v 0 0 0\nv 1 0 0\nv 2 0.001 0\nf 1 2 3\n");
        assertThat(Inputs.readMesh(thin, InputOptions.DEFAULTS, work).triangles())
                .isOne();
    }

    @Test
    void optionsOfScansAreToldToDoNothingForAMesh() throws IOException {
        Path p = Files.writeString(
                dir.resolve("m.obj"), "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n");
        Recipe plain = Recipe.DEFAULTS;
        Recipe curved = plain.with(SurfaceStage.COLOUR, new DressingOptions(true));
        for (Recipe r : List.of(plain, curved)) {
            Build.Summary s = Build.run(List.of(p), r, dir.resolve("cave" + r.hashCode()), "test", d -> {}, work);
            assertThat(s.warnings().stream().filter(w -> w.contains("--curvature")))
                    .hasSize(r == curved ? 1 : 0);
        }
    }

    private static void sheet(StringBuilder v, StringBuilder f, int from, double x, double y, double z) {
        for (int i = 0; i < 144; i++) {
            v.append("v " + (x + i % 12 * 0.1) + " " + (y + i / 12 * 0.1) + " " + (z + 0.01 * (i % 5)) + "\n");
            if (i % 12 < 11 && i / 12 < 11) {
                int a = from + i;
                f.append("f " + a + " " + (a + 1) + " " + (a + 13) + " " + (a + 12) + "\n");
            }
        }
    }

    private Inputs.MeshInput read(String name, String text) throws IOException {
        return Inputs.readMesh(Files.writeString(dir.resolve(name), text), InputOptions.DEFAULTS, work);
    }

    @Test
    void strayTrianglesDecideNothingAndASecondBuildingStays() throws IOException {
        StringBuilder v = new StringBuilder();
        StringBuilder f = new StringBuilder();
        sheet(v, f, 1, 500_000.1234, 4_432_100.4321, 1200.1);
        Inputs.MeshInput alone = read("alone.obj", v.toString() + f);
        assertThat(alone.told()).isEmpty();
        String stray = "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 145 146 147\n";
        Inputs.MeshInput with = read("stray.obj", v.toString() + f + stray);
        assertSame(alone.mesh(), with.mesh());
        assertThat(with.told().stream().map(Text::en))
                .containsExactly(
                        "stray.obj: triangles far from all others were left out, as errors: 1 of them, the first at"
                                + " 0.000 0.000 0.000 m. They decide nothing of the rest.");
        // a box of twelve triangles, 10 km away, closes: a building
        StringBuilder box = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            box.append("v " + (507_000.5 + 9 * (i & 1)) + " " + (4_439_100.25 + 8 * (i >> 1 & 1)) + " "
                    + (1200 + 7 * (i >> 2)) + "\n");
        }
        int[][] faces = {{0, 2, 3, 1}, {4, 5, 7, 6}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 4, 6, 2}, {1, 3, 7, 5}};
        for (int[] q : faces) {
            box.append("f");
            for (int k : q) {
                box.append(" " + (145 + k));
            }
            box.append("\n");
        }
        Inputs.MeshInput both = read("both.obj", v.toString() + f + box);
        assertThat(both.mesh().triangleCount()).isEqualTo(alone.mesh().triangleCount() + 12);
        assertThat(both.told().stream().map(Text::en)).anyMatch(t -> t.contains("parts far from each other"));
        Mesh m = both.mesh();
        List<Double> x = new ArrayList<>();
        float[] rest = m.columns.floats("rest");
        for (int i = 144; i < 152; i++) {
            x.add(m.originX + ((double) m.xyz[3 * i] + rest[3 * i]));
        }
        assertThat(x.getFirst()).isCloseTo(507_000.5, within(1e-6));
    }

    private static void assertSame(Mesh a, Mesh b) {
        assertThat(new double[] {b.originX, b.originY, b.originZ}).containsExactly(a.originX, a.originY, a.originZ);
        assertThat(b.xyz).containsExactly(a.xyz);
        assertThat(b.triangles).containsExactly(a.triangles);
        assertThat(b.columns.types()).isEqualTo(a.columns.types());
    }
}
