package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.geometry.Pose;
import org.grotto.scene.Station;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PLY with faces that says that it is one view of a scanner is a scan; a mesh is one where that is asked for. */
class RangeMapTest {
    private static final int N = 20;

    @TempDir
    Path dir;

    private Path ply(String name, String more, String element, String row) throws Exception {
        StringBuilder s = new StringBuilder("ply\nformat ascii 1.0\n" + more + element + "element vertex " + N * N
                + "\nproperty float x\nproperty float y\nproperty float z\nelement face " + (N - 1) * (N - 1)
                + "\nproperty list uchar int vertex_indices\nend_header\n" + row);
        for (int i = 0; i < N * N; i++) {
            s.append(String.format(
                    Locale.ROOT, "%.3f %.3f %.3f%n", i % N * 0.05, i / N * 0.05, 0.1 * Math.sin(i % N * 0.3)));
        }
        for (int i = 0; i < (N - 1) * (N - 1); i++) {
            int a = i / (N - 1) * N + i % (N - 1);
            s.append("4 " + a + " " + (a + 1) + " " + (a + N + 1) + " " + (a + N) + "\n");
        }
        return Files.writeString(dir.resolve(name), s);
    }

    private static Loaded load(Path file, String as) {
        try (Work work = Work.silent()) {
            InputOptions o = new InputOptions("auto", "auto", "auto", false, 0, as);
            return Load.files(List.of(ScanFile.of(file)), o, work);
        }
    }

    @Test
    void aCameraMakesAScanOfItThatWasSeenFromThere() throws Exception {
        Path map = ply(
                "map.ply",
                "",
                "element camera 1\nproperty float view_px\nproperty float view_py\nproperty float view_pz\n"
                        + "property float x_axisx\n",
                "0.5 0.25 3 1\n");
        assertThat(Inputs.isMesh(map)).isFalse();
        Loaded l = load(map, "auto");
        assertThat(l.cloud().size).isEqualTo(N * N);
        Station st = l.stations().getFirst();
        Pose p = java.util.Objects.requireNonNull(st.pose());
        assertThat(new double[] {p.tx(), p.ty(), p.tz()}).containsExactly(0.5, 0.25, 3);
        assertThat(l.cloud().bounds().maxX()).isEqualTo(0.95, within(1e-6));
        assertThat(l.cloud().bounds().minZ()).isEqualTo(-0.1, within(1e-3));
        assertThat(l.warnings().toString()).contains("a range map");
        try (Work work = Work.silent()) {
            InputOptions mesh = new InputOptions("auto", "auto", "auto", false, 0, "mesh");
            assertThat(Inputs.isMesh(map, mesh)).isTrue();
            assertThat(Inputs.readMesh(map, mesh, work).mesh().triangleCount()).isEqualTo(2 * (N - 1) * (N - 1));
        }
    }

    @Test
    void stanfordsGridDoesToo() throws Exception {
        assertThat(Inputs.isMesh(ply("grid.ply", "obj_info num_cols 20\nobj_info num_rows 20\n", "", "")))
                .isFalse();
        Path mesh = ply("mesh.ply", "comment made by hand\n", "", "");
        assertThat(Inputs.isMesh(mesh)).isTrue();
        // a picture lies on a thing, not on one view
        assertThat(Inputs.isMesh(ply("told.ply", "obj_info num_cols 20\ncomment TextureFile a.png\n", "", "")))
                .isTrue();
    }

    @Test
    void anyMeshIsAScanWhereThatIsAsked() throws Exception {
        Path ply = ply("mesh.ply", "", "", "");
        assertThat(load(ply, "points").cloud().size).isEqualTo(N * N);
        StringBuilder s = new StringBuilder();
        for (String line : Files.readAllLines(ply)) {
            String[] w = line.split(" ");
            if (w.length == 3 && w[0].matches("-?[\\d.]+")) {
                s.append("v ").append(line).append('\n');
            } else if (w.length == 5 && w[0].equals("4")) {
                s.append("f");
                for (int k = 1; k < 5; k++) {
                    s.append(' ').append(Integer.parseInt(w[k]) + 1);
                }
                s.append('\n');
            }
        }
        Path obj = Files.writeString(dir.resolve("mesh.obj"), s);
        Loaded l = load(obj, "points");
        assertThat(l.cloud().size).isEqualTo(N * N);
        assertThat(l.cloud().bounds().maxX()).isEqualTo(0.95, within(1e-6));
        // its unit is applied once
        try (Work work = Work.silent()) {
            InputOptions mm = new InputOptions("mm", "z", "auto", false, 0, "points");
            Loaded small = Load.files(List.of(ScanFile.of(obj)), mm, work);
            assertThat(small.cloud().bounds().maxX()).isEqualTo(0.95e-3, within(1e-8));
        }
        assertThatThrownBy(() -> load(obj, "auto"))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("--as points");
        assertThatThrownBy(() -> new InputOptions("m", "z", "auto", false, 0, "both"))
                .isInstanceOf(GrottoException.class);
    }
}
