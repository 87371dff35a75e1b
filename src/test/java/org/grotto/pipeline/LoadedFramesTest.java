package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.grotto.base.Faults;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.Column.Type;
import org.grotto.format.PointBatch;
import org.grotto.format.Scan;
import org.grotto.format.e57.E57WriteOptions;
import org.grotto.format.e57.E57Writer;
import org.grotto.format.las.LasWriteOptions;
import org.grotto.format.las.LasWriter;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Pose;
import org.grotto.scene.Station;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Poses, units, axes and stations: where each point, normal and scanner comes to stand, by hand. */
class LoadedFramesTest {
    private static final Column[] NORMALS = {
        Column.of(Column.NX, Type.FLOAT), Column.of(Column.NY, Type.FLOAT), Column.of(Column.NZ, Type.FLOAT)
    };

    @TempDir
    Path dir;

    private final Work work = new Work(1, 1L << 28, Progress.NONE);

    @AfterEach
    void close() {
        work.close();
    }

    private static Scan scan(String name, Pose pose, int n, Column... columns) {
        return new Scan(name, name + "-guid", pose, null, n, List.of(columns), null, Type.DOUBLE, null, null, Map.of());
    }

    /** Each row: x, y, z, then the columns. */
    private Path e57(String file, List<Scan> scans, double[]... rows) {
        Path p = dir.resolve(file);
        try (E57Writer w = new E57Writer(p, E57WriteOptions.DEFAULTS)) {
            for (Scan s : scans) {
                w.begin(s);
                PointBatch b = new PointBatch(s.columns(), rows.length);
                for (double[] row : rows) {
                    b.x[b.size] = row[0];
                    b.y[b.size] = row[1];
                    b.z[b.size] = row[2];
                    for (int k = 0; k < s.columns().size(); k++) {
                        b.columns[k][b.size] = row[3 + k];
                    }
                    b.size++;
                }
                w.write(b);
                w.end();
            }
        }
        return p;
    }

    private Path xyz(String file, String... lines) throws IOException {
        return Files.write(dir.resolve(file), List.of(lines));
    }

    private Loaded load(InputOptions frame, Path... files) {
        return Load.run(List.of(files), frame, work);
    }

    /**
     * A station turned by a quarter about Z and moved, in a file of centimetres with Y up: (x, y, z) goes to the file's
     * (-y + 100, x + 200, z + 300), and from there to (u, -w, v) in metres.
     */
    @Test
    void posesComeBeforeUnitsAndAxesAndNormalsOnlyTurn() {
        Pose quarter = Pose.of(new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1}, 100, 200, 300);
        double[][] rows = {{10, 0, 0, 1, 0, 0}, {50, 0, 0, 0, 2, 0}, {0, 70, 0, 0, 0, -3}, {0, 0, 90, 0, 0, 0}};
        Path f = e57("a.e57", List.of(scan("s", quarter, 4, NORMALS)), rows);
        Loaded l = load(new InputOptions("cm", "y"), f);
        Cloud c = l.cloud();
        double[][] at = {{1, -3, 2.1}, {1, -3, 2.5}, {0.3, -3, 2}, {1, -3.9, 2}};
        double[][] normals = {{0, 0, 1}, {-1, 0, 0}, {0, 1, 0}, {0, 0, 0}};
        for (int i = 0; i < 4; i++) {
            assertThat(new double[] {c.px(i), c.py(i), c.pz(i)}).containsExactly(at[i], within(1e-6));
            for (int a = 0; a < 3; a++) {
                assertThat((double) Objects.requireNonNull(c.normals())[3 * i + a])
                        .as("normal %d", i)
                        .isCloseTo(normals[i][a], within(1e-6));
            }
        }
        Station s = l.stations().getFirst();
        Pose p = Objects.requireNonNull(s.pose());
        assertThat(new double[] {p.tx(), p.ty(), p.tz()}).containsExactly(new double[] {1, -3, 2}, within(1e-12));
        // the scanner's own x axis points up, its z axis to -y
        double[] m = p.matrix();
        assertThat(new double[] {m[0], m[3], m[6]}).containsExactly(new double[] {0, 0, 1}, within(1e-9));
        assertThat(new double[] {m[1], m[4], m[7]}).containsExactly(new double[] {-1, 0, 0}, within(1e-9));
        assertThat(new double[] {m[2], m[5], m[8]}).containsExactly(new double[] {0, -1, 0}, within(1e-9));
        assertThat(s.name()).isEqualTo("s");
        assertThat(s.source()).isEqualTo("a.e57");
        assertThat(s.points()).isEqualTo(4);
    }

    /** Every axis that may point up, in every unit: a right-handed turn that takes it to Z, the first axis kept if it can be. */
    @Test
    void theAxisThatPointsUpIsZ() throws IOException {
        double[][] lines = {{1, 0, 0}, {0, 2, 0}, {0, 0, 3}, {4, 5, 6}};
        Path f = xyz("a.xyz", "1 0 0", "0 2 0", "0 0 3", "4 5 6");
        Map<String, Double> units = Map.of("m", 1.0, "cm", 0.01, "mm", 0.001, "ft", 0.3048, "in", 0.0254);
        for (String up : List.of("z", "y", "x", "-z", "-y", "-x")) {
            int axis = "xyz".indexOf(up.charAt(up.length() - 1));
            int sign = up.length() == 2 ? -1 : 1;
            for (Map.Entry<String, Double> u : units.entrySet()) {
                Cloud c = load(new InputOptions(u.getKey(), up), f).cloud();
                double[][] p = new double[4][];
                for (int i = 0; i < 4; i++) {
                    p[i] = new double[] {c.px(i), c.py(i), c.pz(i)};
                    assertThat(p[i][2])
                            .as("%s %s", up, u)
                            .isCloseTo(sign * u.getValue() * lines[i][axis], within(1e-6));
                    for (int j = 0; j <= i; j++) {
                        double now = p[i][0] * p[j][0] + p[i][1] * p[j][1] + p[i][2] * p[j][2];
                        double was = lines[i][0] * lines[j][0] + lines[i][1] * lines[j][1] + lines[i][2] * lines[j][2];
                        assertThat(now / (u.getValue() * u.getValue()))
                                .as("lengths and angles stay")
                                .isCloseTo(was, within(0.02));
                    }
                }
                double det = p[0][0] * (p[1][1] * p[2][2] - p[1][2] * p[2][1])
                        - p[1][0] * (p[0][1] * p[2][2] - p[0][2] * p[2][1])
                        + p[2][0] * (p[0][1] * p[1][2] - p[0][2] * p[1][1]);
                assertThat(det / Math.pow(u.getValue(), 3)).as("right-handed").isCloseTo(6, within(0.02));
            }
        }
        Path mesh = xyz("m.obj", "v 1 0 0", "v 0 2 0", "v 0 0 3", "f 1 2 3");
        for (String up : List.of("z", "y", "x", "-z", "-y", "-x")) {
            for (String unit : List.of("m", "mm")) {
                InputOptions frame = new InputOptions(unit, up);
                Mesh m = Inputs.mesh(mesh, frame);
                Cloud c = load(frame, f).cloud();
                for (int i = 0; i < 3; i++) {
                    assertThat(m.originX + m.xyz[3 * i]).isCloseTo(c.px(i), within(1e-6));
                    assertThat(m.originY + m.xyz[3 * i + 1]).isCloseTo(c.py(i), within(1e-6));
                    assertThat(m.originZ + m.xyz[3 * i + 2]).isCloseTo(c.pz(i), within(1e-6));
                }
            }
        }
    }

    /** The normals of a mesh turn with it and stay units. */
    @Test
    void normalsOfAMeshTurnWithIt() throws IOException {
        Path f = Files.writeString(dir.resolve("n.ply"), """
                ply
                format ascii 1.0
                element vertex 3
                property float x
                property float y
                property float z
                property float nx
                property float ny
                property float nz
                element face 1
                property list uchar int vertex_indices
                end_header
                0 0 0 1 0 0
                1 0 0 0 1 0
                0 1 0 0 0 1
                3 0 1 2
                """);
        Mesh m = Inputs.mesh(f, new InputOptions("mm", "y"));
        assertThat(m.normals()).containsExactly(1, 0, 0, 0, 0, 1, 0, -1, 0);
        assertThat(Inputs.mesh(f, InputOptions.DEFAULTS).normals()).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
    }

    @Test
    void whatIsInvalidOrNowhereIsCountedAndLeftOut() {
        Column[] columns = {Column.of(Column.INTENSITY, Type.FLOAT, 0, 1), Column.of(Column.INVALID, Type.UINT8, 0, 2)};
        double[][] rows = {
            {0, 0, 0, 0.1, 0},
            {1, 0, 0, 0.2, 2},
            {0, 1, 0, 0.3, 0},
            {9e8, 0, 0, 0.4, 1},
            {0, 0, 1, 0.5, 0},
            {1.1e9, 0, 0, 0.6, 0},
            {0, 1.1e9, 0, 0.7, 0},
            {0, 0, -1.1e9, 0.8, 0},
            {1, 1, 1, Double.NaN, 0}
        };
        Loaded l = load(InputOptions.DEFAULTS, e57("a.e57", List.of(scan("s", null, 9, columns)), rows));
        assertThat(l.cloud().size).isEqualTo(4);
        assertThat(Objects.requireNonNull(l.cloud().intensity())).startsWith(0.1f, 0.3f, 0.5f);
        assertThat(work.faults()
                        .all()
                        .get("points that the scanner marked as invalid")
                        .count())
                .isEqualTo(2);
        assertThat(work.faults().all()).doesNotContainKey("positions that are no numbers");
        assertThat(work.faults().all().get("points far from all others"))
                .isEqualTo(new Faults.Entry(3, "a.e57: the first at 1.10000e+09 0.00000 0.00000 m; left out"));
        assertThat(l.warnings().getFirst().en()).contains("a.e57").contains("3 of them");
        assertThat(l.stations().getFirst().points()).isEqualTo(4);
    }

    /** Point source ids tell the stations of a file that says no poses, in the order in which they come. */
    @Test
    void sourcesBecomeStations() throws IOException {
        Path f = xyz("a.csv", "X Y Z PointSourceId", "0 0 0 7", "1 0 0 3", "0 1 0 7", "0 0 1 9", "1 1 1 7");
        Loaded l = load(InputOptions.DEFAULTS, f);
        assertThat(l.stations().stream().map(Station::name)).containsExactly("a/7", "a/3", "a/9");
        assertThat(l.stations().stream().map(Station::points)).containsExactly(3L, 1L, 1L);
        assertThat(l.cloud().station()).containsExactly((char) 0, (char) 1, (char) 0, (char) 2, (char) 0);
        assertThat(l.dropped()).isEmpty();
        assertThat(l.eyes()).containsOnlyNulls().hasSize(3);
    }

    @Test
    void scansOfSeveralFilesAreStationsInTheirOrder() throws IOException {
        Pose away = new Pose(1, 0, 0, 0, 5, 6, 7);
        Path e =
                e57("e.e57", List.of(scan("one", away, 2), scan("two", null, 2)), new double[] {2, 0, 0}, new double[] {
                    1, 0, 0
                });
        Path t = xyz("t.xyz", "0 0 0", "0 1 0", "0 0 1");
        Loaded l = load(InputOptions.DEFAULTS, e, t);
        assertThat(l.stations().stream().map(Station::name)).containsExactly("one", "two", "t");
        assertThat(l.stations().stream().map(Station::points)).containsExactly(2L, 2L, 3L);
        assertThat(l.eyes().get(0)).containsExactly(5, 6, 7);
        assertThat(l.eyes().get(1)).isNull();
        assertThat(l.cloud().px(0)).isCloseTo(7, within(1e-9));
        assertThat(l.files()).containsExactly(e, t);
        assertThat(l.crs()).isNull();
        assertThat(l.warnings()).extracting(Text::en).containsExactly("t.xyz: read as columns x y z; 3 points");
    }

    /** What no scan says is no column; a station's name is for a file that is one station. */
    @Test
    void nothingIsMadeUp() throws IOException {
        Loaded l = load(InputOptions.DEFAULTS, xyz("t.xyz", "0 0 0", "0 1 0", "0 0 1", "1 0 0"));
        assertThat(l.cloud().columns.types().stream().map(t -> t.name())).containsExactly("station");
        double[][] rows = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}};
        Path two = e57("two.e57", List.of(scan("one", null, 3), scan("other", null, 3)), rows);
        ScanFile named = new ScanFile(two, null, null, "North", null);
        assertThatThrownBy(() -> Load.files(List.of(named), InputOptions.DEFAULTS, work))
                .hasMessageContaining("holds 2 scans")
                .hasMessageContaining("\"North\"");
        Path one = e57("one.e57", List.of(scan("one", null, 3)), rows);
        Path four = xyz("four.xyz", "0 0 3", "0 1 3");
        List<ScanFile> files = List.of(new ScanFile(one, null, null, "North", null), ScanFile.of(four));
        assertThat(Load.files(files, InputOptions.DEFAULTS, work).stations().stream()
                        .map(Station::name))
                .containsExactly("four", "North"); // by the names of their files
    }

    /** One reference system goes along; two do not stand in one cave. */
    @Test
    void inputsStandInOneReferenceSystem() {
        List<Path> files = new java.util.ArrayList<>();
        for (String crs : new String[] {"LOCAL_CS[\"a\"]", "LOCAL_CS[\"a\"]", "LOCAL_CS[\"b\"]"}) {
            Path f = dir.resolve("crs" + files.size() + ".las");
            Scan s = scan("s", null, 4);
            try (LasWriter w = new LasWriter(f, LasWriteOptions.LAS.withCrs(crs), List.of(s), work)) {
                w.begin(s);
                PointBatch b = new PointBatch(List.of(), 4);
                b.size = 4;
                for (int i = 0; i < 4; i++) {
                    b.x[i] = i;
                    b.y[i] = i * i;
                }
                w.write(b);
                w.end();
            }
            files.add(f);
        }
        assertThat(load(InputOptions.DEFAULTS, files.get(0), files.get(1)).crs())
                .startsWith("LOCAL_CS[\"a\"");
        assertThatThrownBy(() -> load(InputOptions.DEFAULTS, files.get(0), files.get(2)))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("different coordinate reference systems");
    }

    /** A cloud tells 65,534 stations apart. */
    @Test
    void oneStationTooManyIsRefused() throws IOException {
        for (int n : new int[] {65_534, 65_535}) {
            StringBuilder s = new StringBuilder("X Y Z PointSourceId\n");
            for (int i = 0; i < n; i++) {
                s.append(i % 100)
                        .append(' ')
                        .append(i / 100)
                        .append(" 0 ")
                        .append(i)
                        .append('\n');
            }
            Path f = Files.writeString(dir.resolve("many.csv"), s);
            if (n == 65_534) {
                assertThat(load(InputOptions.DEFAULTS, f).stations()).hasSize(n);
            } else {
                assertThatThrownBy(() -> load(InputOptions.DEFAULTS, f)).hasMessageContaining("65534 stations");
            }
        }
    }

    @Test
    void sizesThatAreNoCaveAreTold() throws IOException {
        Object[][] cases = {
            {"0.09", "small"}, {"0.11", null}, {"299", null}, {"301", "large"},
        };
        for (Object[] k : cases) {
            Path f = xyz("c.xyz", "0 0 0", "0 " + k[0] + " 0", "0 0 0.01", "0.01 0 0");
            Loaded l = load(InputOptions.DEFAULTS, f);
            assertThat(l.warnings().getFirst().en()).isEqualTo("c.xyz: read as columns x y z; 4 points");
            assertThat(l.warnings()).hasSize(k[1] == null ? 1 : 2);
            if (k[1] != null) {
                assertThat(l.warnings().getLast().en())
                        .contains((String) k[1])
                        .contains("0.01000 x " + String.format("%.4g", Double.parseDouble((String) k[0]))
                                + " x 0.01000 m");
            }
        }
        assertThatThrownBy(() -> load(InputOptions.DEFAULTS, xyz("p.xyz", "1 2 3", "1 2 3", "1 2 3", "1 2 3", "1 2 3")))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("all 5 points lie at one place (1.000 2.000 3.000)");
        assertThatThrownBy(() -> load(InputOptions.DEFAULTS, xyz("p.xyz", "1 2 3")))
                .hasMessageContaining("is only one point");
        assertThatThrownBy(() -> load(InputOptions.DEFAULTS, xyz("p.xyz", "1 2 3", "2 2 3", "1 3 3")))
                .hasMessageContaining("are only 3 points");
        assertThat(load(InputOptions.DEFAULTS, xyz("p.xyz", "1 2 3", "2 2 3", "1 3 3", "1 2 4"))
                        .cloud()
                        .size)
                .isEqualTo(4);
        assertThatThrownBy(() -> load(InputOptions.DEFAULTS, xyz("p.xyz", "nan 2 3", "2 1e400 3")))
                .hasMessageContaining("no point has a valid position");
    }

    /** Two scans without limits that go below zero and above what their type can hold share one scale, said once each. */
    @Test
    void intensitiesWithoutLimitsKeepTheirOrderBelowZeroToo() throws IOException {
        Path a = xyz("a.xyz", "0 0 0 -500", "1 0 0 0", "0 1 0 500");
        Path b = xyz("b.xyz", "0 0 2 -1500", "1 0 2 500", "0 1 2 -500");
        Loaded l = load(InputOptions.DEFAULTS, a, b);
        assertThat(Objects.requireNonNull(l.cloud().intensity())).containsExactly(0.5f, 0.75f, 1, 0, 1, 0.5f);
        assertThat(l.stations())
                .allSatisfy(s -> assertThat(s.intensity()).isEqualTo(new Station.Limits(-1500, 500, false)));
        List<String> said = new ArrayList<>(l.dropped());
        assertThat(said).hasSize(2).allMatch(s -> s.contains("-1500 to 500 was taken, the same for all 2"));
    }

    /** Values of another type have another scale; nobody's limits are made up where they are declared. */
    @Test
    void typesThatHoldDifferentRangesHaveDifferentScales() throws IOException {
        double[][] rows = {{0, 0, 0, 51}, {1, 0, 0, 255}, {0, 1, 0, 0}, {0, 0, 1, 153}};
        Path eight = Files.writeString(
                dir.resolve("e.ply"),
                "ply\nformat ascii 1.0\nelement vertex 4\nproperty float x\nproperty float y\nproperty float z\n"
                        + "property uchar intensity\nend_header\n0 0 0 51\n1 0 0 255\n0 1 0 0\n0 0 1 153\n");
        Path open = xyz("t.xyz", "0 0 2 0.25", "1 0 2 1", "0 1 2 0");
        Loaded l = load(InputOptions.DEFAULTS, eight, open);
        assertThat(Objects.requireNonNull(l.cloud().intensity())).containsExactly(0.2f, 1, 0, 0.6f, 0.25f, 1, 0);
        Path two = e57("f.e57", List.of(scan("f", null, 4, Column.of(Column.INTENSITY, Type.UINT16, 51, 306))), rows);
        Loaded declared = load(InputOptions.DEFAULTS, two);
        assertThat(Objects.requireNonNull(declared.cloud().intensity())).containsExactly(0, 0.8f, -0.2f, 0.4f);
        assertThat(declared.stations().getFirst().intensity()).isEqualTo(new Station.Limits(51, 306, true));
        assertThat(work.faults()
                        .all()
                        .get("intensity below what its scan declares")
                        .count())
                .isEqualTo(1);
        assertThat(work.faults().all()).doesNotContainKey("intensity above what its scan declares");
    }
}
