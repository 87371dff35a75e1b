package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.grotto.format.las.LasReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written follows the points, not what headers declare of them. */
class ConvertTruthTest {
    @TempDir
    Path dir;

    private final Work work = new Work(1, 1L << 28, Progress.NONE);

    @AfterEach
    void close() {
        work.close();
    }

    private List<double[]> points(Path file, String... columns) {
        List<double[]> all = new ArrayList<>();
        try (PointReader r = Inputs.points(file, work)) {
            for (int s = 0; s < r.scans().size(); s++) {
                Scan scan = r.scans().get(s);
                double[] m = Frame.of(InputOptions.DEFAULTS, r).placed(scan.pose());
                PointBatch b = new PointBatch(scan.columns(), 100);
                try (PointReader.PointCursor c = r.points(s)) {
                    while (c.next(b)) {
                        for (int i = 0; i < b.size; i++) {
                            double[] p = new double[3 + columns.length];
                            for (int k = 0; k < 3; k++) {
                                p[k] = m[3 * k] * b.x[i] + m[3 * k + 1] * b.y[i] + m[3 * k + 2] * b.z[i] + m[9 + k];
                            }
                            for (int k = 0; k < columns.length; k++) {
                                p[3 + k] = b.columns[b.indexOf(columns[k])][i];
                            }
                            all.add(p);
                        }
                    }
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"e57-bounds-transformed-utm", "e57-one-point-1e6m"})
    void offsetAndStepComeFromThePoints(String name) {
        Path in = Need.data("../cases/files/" + name + ".e57");
        Path out = dir.resolve("out.las");
        Convert.Done done = Convert.run(in, out, work);
        List<double[]> before = points(in);
        List<double[]> after = points(out);
        assertThat(after).hasSameSizeAs(before);
        double[] step;
        try (LasReader r = LasReader.open(out)) {
            step = r.scale();
        }
        boolean far = name.endsWith("1e6m");
        assertThat(step).containsExactly(far ? 1e-3 : 1e-5, far ? 1e-3 : 1e-5, 1e-5);
        for (int i = 0; i < before.size(); i++) {
            for (int k = 0; k < 3; k++) {
                assertThat(Math.abs(after.get(i)[k] - before.get(i)[k])).isLessThanOrEqualTo(0.5001 * step[k] + 1e-9);
            }
        }
        assertThat(done.lost().stream().anyMatch(l -> l.contains("positions along x finer than 0.001 m")))
                .isEqualTo(far);
        assertThat(done.understood().stream().anyMatch(l -> l.contains("bounds taken from the points")))
                .isEqualTo(!far);
    }

    @Test
    void pointsOfAMeshAreItsVertices() throws IOException {
        Path in = Need.data("../cases/files/ply-float-colour-255.ply");
        Path out = dir.resolve("points.ply");
        Convert.Done done = Convert.run(in, out, InputOptions.DEFAULTS, Convert.As.POINTS, t -> {}, work);
        assertThat(done.mesh()).isFalse();
        assertThat(done.understood()).singleElement().asString().contains("colours taken as from 0 to 255");
        for (double[] p : points(out, Column.RED, Column.GREEN, Column.BLUE)) {
            assertThat(new double[] {p[3], p[4], p[5]}).containsExactly(200, 100, 50);
        }
        try (PointReader r = Inputs.points(out, work)) {
            assertThat(KeptColumns.column(r.scans().getFirst(), Column.RED).type())
                    .isEqualTo(Column.Type.UINT8);
        }
        Path obj = Files.writeString(dir.resolve("m.obj"), "v 1 2 3\nv 2 2 3\nv 1 3 3\nf 1 2 3\n");
        done = Convert.run(obj, dir.resolve("v.las"), InputOptions.DEFAULTS, Convert.As.POINTS, t -> {}, work);
        assertThat(points(dir.resolve("v.las")))
                .containsExactly(new double[] {1, 2, 3}, new double[] {2, 2, 3}, new double[] {1, 3, 3});
        assertThat(done.lost()).anyMatch(l -> l.startsWith("1 triangles"));
        assertThatThrownBy(() ->
                        Convert.run(out, dir.resolve("m.ply"), InputOptions.DEFAULTS, Convert.As.MESH, t -> {}, work))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("no triangles");
    }

    private Path ply(String type, String colours) throws IOException {
        String[] rows = colours.split(";");
        StringBuilder s = new StringBuilder("ply\nformat ascii 1.0\nelement vertex " + rows.length
                + "\nproperty double x\nproperty double y\nproperty double z\n");
        for (String c : List.of("red", "green", "blue")) {
            s.append("property ").append(type).append(' ').append(c).append('\n');
        }
        s.append("end_header\n");
        for (int i = 0; i < rows.length; i++) {
            s.append(i + " 0 0 ").append(rows[i]).append('\n');
        }
        return Files.writeString(dir.resolve(type + ".ply"), s);
    }

    /** Colours of every type, told by their values: as LAS, where full is 65535, and as PLY, where it is 255. */
    @Test
    void coloursHaveTheRangeThatTheirValuesTell() throws IOException {
        record Case(Path file, double las, double ply) {}
        for (Case c : List.of(
                new Case(ply("float", "200 100 50;0 0 255"), 200 * 257, 200),
                new Case(ply("double", "0.5 0.25 0.75;1 1 1"), 32768, 128),
                new Case(ply("ushort", "200 0 3;255 0 0"), 200 * 257, 200),
                new Case(ply("uchar", "200 0 3;255 0 0"), 200 * 257, 200),
                new Case(ply("int", "200 0 3;9 9 9"), 200 * 257, 200))) {
            Convert.run(c.file, dir.resolve("c.las"), work);
            Convert.run(c.file, dir.resolve("c-out.ply"), work);
            assertThat(points(dir.resolve("c.las"), Column.RED).getFirst()[3])
                    .as("%s", c)
                    .isEqualTo(c.las);
            assertThat(points(dir.resolve("c-out.ply"), Column.RED).getFirst()[3])
                    .as("%s", c)
                    .isEqualTo(c.ply);
        }
        Convert.run(ply("ushort", "40000 0 3;255 0 0"), dir.resolve("w.ply"), work);
        assertThat(points(dir.resolve("w.ply"), Column.RED).getFirst()[3]).isEqualTo(40000);
    }

    @Test
    void raysWithoutReturnAreNoPointsWhereTheyCannotBeMarked() {
        Path in = Need.data("../cases/files/ptx-first-empty-4-then-7.ptx");
        Convert.Done done = Convert.run(in, dir.resolve("p.ply"), work);
        assertThat(done.count()).isEqualTo(3);
        assertThat(points(dir.resolve("p.ply"), Column.RED, Column.GREEN, Column.BLUE)
                        .getFirst())
                .containsExactly(1.5, 2.5, 3.5, 200, 100, 50);
        assertThat(done.lost()).anyMatch(l -> l.equals("1 point that the scanner marked as invalid"));
        assertThat(Convert.run(in, dir.resolve("p.e57"), work).count()).isEqualTo(4);
    }

    @Test
    void geoKeysBecomeTheirWellKnownText() {
        Path in = Need.data("../cases/files/las12-geokeys-32650.las");
        Convert.Done done = Convert.run(in, dir.resolve("g.laz"), work);
        assertThat(done.lost()).noneMatch(l -> l.contains("reference system"));
        try (PointReader r = Inputs.points(dir.resolve("g.laz"), work)) {
            assertThat(r.metadata().get("crs"))
                    .startsWith("PROJCS[\"WGS 84 / UTM zone 50N\"")
                    .contains("\"32650\"");
        }
        assertThat(points(dir.resolve("g.laz"))).hasSize(200).containsExactlyElementsOf(points(in));
    }
}
