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
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.grotto.format.Stated;
import org.grotto.format.e57.E57WriteOptions;
import org.grotto.format.e57.E57Writer;
import org.grotto.format.gltf.GlbWriter;
import org.grotto.format.las.LasWriteOptions;
import org.grotto.format.las.LasWriter;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Pose;
import org.grotto.lod.CopcBuilder;
import org.grotto.lod.CopcOptions;
import org.grotto.scene.PackageReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file says of its unit and axes is done and told; what a user says goes before it; the rest is advice. */
class FramesTest {
    private static final double FOOT = 1200 / 3937.0;
    private static final String GEOGRAPHIC = "GEOGCS[\"NAD83\",DATUM[\"North_American_Datum_1983\","
            + "SPHEROID[\"GRS 1980\",6378137,298.257222101]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]";
    private static final String FEET = "PROJCS[\"NAD83 / California zone 3 (ftUS)\"," + GEOGRAPHIC
            + ",PROJECTION[\"Lambert_Conformal_Conic_2SP\"],PARAMETER[\"central_meridian\",-120.5],"
            + "PARAMETER[\"false_easting\",6561666.667],PARAMETER[\"false_northing\",1640416.667],"
            + "UNIT[\"US survey foot\",0.304800609601219,AUTHORITY[\"EPSG\",\"9003\"]],AUTHORITY[\"EPSG\",\"2227\"]]";
    private static final String METRES_ABOVE =
            "COMPD_CS[\"both\"," + FEET + ",VERT_CS[\"NAVD88 height\",VERT_DATUM[\"NAVD88\",2005],UNIT[\"metre\",1]]]";

    @TempDir
    Path dir;

    private final Work work = Work.silent();

    @AfterEach
    void close() {
        work.close();
    }

    private static final double[][] POINTS = {
        {6_000_000, 2_000_000, 100},
        {6_000_010, 2_000_000, 100},
        {6_000_000, 2_000_020, 100},
        {6_000_000, 2_000_000, 130}
    };

    private Path las(String name, String crs) {
        Path p = dir.resolve(name);
        Box b = new Box(6_000_000, 2_000_000, 100, 6_000_010, 2_000_020, 130);
        Scan s = new Scan(
                "s",
                null,
                null,
                null,
                4,
                List.of(),
                b,
                Column.Type.SCALED,
                new double[] {0.001, 0.001, 0.001},
                new double[] {6_000_000, 2_000_000, 0},
                Map.of());
        try (LasWriter w = new LasWriter(p, LasWriteOptions.DEFAULTS.withCrs(crs), List.of(s), work)) {
            w.begin(s);
            PointBatch batch = new PointBatch(List.of(), 4);
            for (double[] at : POINTS) {
                batch.x[batch.size] = at[0];
                batch.y[batch.size] = at[1];
                batch.z[batch.size++] = at[2];
            }
            w.write(batch);
            w.end();
        }
        return p;
    }

    private Loaded load(InputOptions o, Path p) {
        return Load.run(List.of(p), o, work);
    }

    private static List<String> english(List<Text> told) {
        return told.stream().map(Text::en).toList();
    }

    private static void assertAt(Cloud c, double flat, double up) {
        for (int i = 0; i < 4; i++) {
            assertThat(new double[] {c.px(i), c.py(i), c.pz(i)})
                    .containsExactly(
                            new double[] {flat * POINTS[i][0], flat * POINTS[i][1], up * POINTS[i][2]}, within(1e-5));
        }
    }

    @Test
    void aReferenceSystemInFeetIsBroughtToMetresAndSoAreItsPoints() {
        Loaded l = load(InputOptions.DEFAULTS, las("feet.laz", FEET));
        assertAt(l.cloud(), FOOT, FOOT);
        assertThat(english(l.warnings()))
                .containsExactly("feet.laz: taken in us-ft, as its coordinate reference system says, and brought to"
                        + " metres; --unit m takes the numbers as metres.");
        assertThat(l.crs())
                .startsWith("PROJCS[\"NAD83 / California zone 3 (ftUS) in metres\"")
                .contains("UNIT[\"metre\",1,", "-120.5", "UNIT[\"degree\",0.0174532925199433]")
                .doesNotContain("2227", "foot");
        String east = Objects.requireNonNull(l.crs()).replaceAll(".*\"false_easting\",([0-9.]+).*", "$1");
        assertThat(Double.parseDouble(east)).isCloseTo(2_000_000, within(0.01));
    }

    @Test
    void heightsMayHaveTheirOwnUnit() {
        Loaded l = load(InputOptions.DEFAULTS, las("both.laz", METRES_ABOVE));
        assertAt(l.cloud(), FOOT, 1);
        assertThat(english(l.warnings()).getFirst()).contains("taken in us-ft, heights in m,");
    }

    @Test
    void whatTheUserSaysGoesBeforeIt() {
        Loaded l = load(new InputOptions("m", "auto"), las("feet.laz", FEET));
        assertAt(l.cloud(), 1, 1);
        assertThat(l.crs()).isEqualTo(FEET);
        assertThat(english(l.warnings())).singleElement().asString().contains("but --unit m goes before it");
        Loaded mm = load(new InputOptions("mm", "z"), las("feet.laz", FEET));
        assertAt(mm.cloud(), 0.001, 0.001);
        assertThat(mm.crs()).as("true of other coordinates").isNull();
        assertThat(mm.dropped().getFirst()).contains("coordinate reference system NAD83 / California zone 3 (ftUS)");
    }

    @Test
    void degreesAreNoLengths() {
        Path p = las("degrees.laz", GEOGRAPHIC);
        assertThatThrownBy(() -> load(InputOptions.DEFAULTS, p))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("degrees")
                .hasMessageContaining("--unit m");
        assertAt(load(new InputOptions("m", "auto"), p).cloud(), 1, 1);
    }

    /** Between LAS files numbers and system stay together; E57 is in metres. */
    @Test
    void convertKeepsFeetWhereTheyAreSaid() {
        Path feet = las("feet.laz", FEET);
        Path las = dir.resolve("out.las");
        Path e57 = dir.resolve("out.e57");
        Path copc = dir.resolve("out.copc.laz");
        List<Text> told = new ArrayList<>();
        Convert.run(feet, las, InputOptions.DEFAULTS, told::add, work);
        assertThat(told).isEmpty();
        assertThat(first(las)).containsExactly(6_000_010, 2_000_000, 100);
        assertThat(crs(las)).isEqualTo(FEET);
        try (PointReader r = Inputs.points(feet, work)) {
            CopcBuilder.write(List.of(r), copc, CopcOptions.DEFAULTS, work);
        }
        assertThat(crs(copc)).isEqualTo(FEET);
        Convert.run(feet, e57, InputOptions.DEFAULTS, told::add, work);
        assertThat(english(told)).singleElement().asString().contains("us-ft");
        assertThat(first(e57))
                .containsExactly(new double[] {FOOT * 6_000_010, FOOT * 2_000_000, FOOT * 100}, within(1e-5));
        assertThat(crs(e57)).contains("in metres");
        Convert.run(feet, las, new InputOptions("ft", "z"), told::add, work);
        assertThat(first(las)[0]).isCloseTo(0.3048 * 6_000_010, within(1e-4));
        assertThat(crs(las)).as("of other coordinates").isNull();
    }

    private String crs(Path p) {
        try (PointReader r = Inputs.points(p, work)) {
            return r.metadata().get("crs");
        }
    }

    /** The second point of a file, in its own frame. */
    private double[] first(Path p) {
        try (PointReader r = Inputs.points(p, work);
                PointReader.PointCursor c = r.points(0)) {
            PointBatch b = new PointBatch(r.scans().getFirst().columns(), 16);
            c.next(b);
            return new double[] {b.x[1], b.y[1], b.z[1]};
        }
    }

    /** A station in millimetres with Y up: its points, pose, normals, bounds and lengths become metres with Z up. */
    @Test
    void convertTakesEverythingAlong() {
        List<Column> columns = List.of(
                Column.of(Column.NX, Column.Type.FLOAT),
                Column.of(Column.NY, Column.Type.FLOAT),
                Column.of(Column.NZ, Column.Type.FLOAT));
        Pose pose = Pose.of(new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1}, 1000, 2000, 3000);
        Box box = new Box(0, 0, 0, 500, 700, 900);
        Scan s = new Scan("s", "g", pose, null, 4, columns, box, Column.Type.DOUBLE, null, null, Map.of());
        Path in = dir.resolve("mm.e57");
        try (E57Writer w = new E57Writer(in, E57WriteOptions.DEFAULTS)) {
            w.begin(s);
            PointBatch b = new PointBatch(columns, 4);
            b.size = 4;
            b.x[0] = 100; // not where the scanner stands
            b.x[1] = 500;
            b.y[2] = 700;
            b.z[3] = 900;
            b.columns[0][0] = 1;
            b.columns[1][1] = 1;
            b.columns[2][2] = -1;
            b.columns[2][3] = 0.6;
            b.columns[0][3] = 0.8;
            w.write(b);
            w.end();
        }
        InputOptions o = new InputOptions("mm", "y");
        for (String ending : List.of("e57", "las", "ply")) {
            Path out = dir.resolve("out." + ending);
            List<Text> told = new ArrayList<>();
            Convert.run(in, out, o, told::add, work);
            assertThat(english(told)).singleElement().asString().contains("E57", "--unit mm goes before it");
            Loaded written = load(new InputOptions("m", "z"), out);
            Loaded meant = load(o, in);
            assertThat(written.cloud().bounds()).isEqualTo(meant.cloud().bounds());
            for (int i = 0; i < 4; i++) {
                assertThat(written.cloud().px(i)).isCloseTo(meant.cloud().px(i), within(2e-5));
                assertThat(written.cloud().py(i)).isCloseTo(meant.cloud().py(i), within(2e-5));
                assertThat(written.cloud().pz(i)).isCloseTo(meant.cloud().pz(i), within(2e-5));
            }
            for (int i = 0; i < 12; i++) {
                assertThat(Objects.requireNonNull(written.cloud().normals())[i])
                        .isCloseTo(Objects.requireNonNull(meant.cloud().normals())[i], within(1e-6f));
            }
            if (ending.equals("e57")) {
                Pose was = Objects.requireNonNull(meant.stations().getFirst().pose());
                Pose is = Objects.requireNonNull(written.stations().getFirst().pose());
                assertThat(is.tx()).isEqualTo(1).isEqualTo(was.tx());
                assertThat(is.ty()).isEqualTo(-3);
                assertThat(is.matrix()).containsExactly(was.matrix(), within(1e-9));
                try (PointReader r = Inputs.points(out, work)) {
                    Box b = Objects.requireNonNull(r.scans().getFirst().bounds());
                    assertThat(b.maxX()).isCloseTo(0.5, within(1e-9));
                    assertThat(b.maxZ()).isCloseTo(0.9, within(1e-9));
                }
            }
        }
    }

    private Path obj(String name, String comment, double s) throws IOException {
        return Files.writeString(
                dir.resolve(name),
                "# " + comment + "\nv 0 0 0\nv " + s + " 0 0\nv 0 " + 3 * s + " 0\nv 0 0 " + s + "\n"
                        + "f 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n");
    }

    private Inputs.MeshInput mesh(Path p, InputOptions o) {
        return Inputs.readMesh(p, o, work);
    }

    @Test
    void commentsThatNameTheUnitAndTheAxisAreBelieved() throws IOException {
        Inputs.MeshInput m = mesh(obj("a.obj", "Units: mm, Y up", 200), InputOptions.DEFAULTS);
        Box b = m.mesh().bounds();
        assertThat(b.sizeZ()).isCloseTo(0.6, within(1e-6));
        assertThat(b.sizeX()).isCloseTo(0.2, within(1e-6));
        assertThat(english(m.told()))
                .containsExactly(
                        "a.obj: taken in mm, as its comment \"Units: mm, Y up\" says, and brought to metres; --unit m takes"
                                + " the numbers as metres.",
                        "a.obj: taken with y up, as its comment \"Units: mm, Y up\" says; --up z undoes it.");
        Inputs.MeshInput undone = mesh(obj("a.obj", "Units: mm, Y up", 200), new InputOptions("m", "z"));
        assertThat(undone.mesh().bounds().sizeY()).isEqualTo(600);
    }

    @Test
    void wordsThatNameNoUnitSayNothing() {
        for (String c :
                List.of("12 units", "unit tests", "units in file", "one unit per metre", "mesh up to date", "")) {
            assertThat(Stated.words(List.of(c)).metres()).as(c).isNaN();
            assertThat(Stated.words(List.of(c)).up()).as(c).isNull();
        }
        assertThat(Stated.words(List.of("units: mm", "units: cm")).metres()).isNaN();
        assertThat(Stated.words(List.of("unit=millimeters")).metres()).isEqualTo(0.001);
        assertThat(Stated.words(List.of("Unit of length: foot")).metres()).isEqualTo(0.3048);
        assertThat(Stated.words(List.of("units are in US survey feet")).metres())
                .isEqualTo(FOOT);
        assertThat(Stated.words(List.of("up axis: -Y")).up()).isEqualTo("-y");
        assertThat(Stated.words(List.of("Grotto; metres, Z up")).metres()).isEqualTo(1);
    }

    @Test
    void glTfIsYUpUnlessTheUserSaysOtherwise() throws IOException {
        Mesh m = mesh(obj("a.obj", "", 1), new InputOptions("m", "z")).mesh();
        Path glb = dir.resolve("a.glb");
        GlbWriter.write(m, glb);
        Inputs.MeshInput as = mesh(glb, InputOptions.DEFAULTS);
        assertThat(as.mesh().bounds()).isEqualTo(m.bounds());
        assertThat(english(as.told())).containsExactly("a.glb: taken with y up, as glTF says; --up z undoes it.");
        assertThat(mesh(glb, new InputOptions("auto", "y")).mesh().bounds()).isEqualTo(m.bounds());
        Mesh raw = mesh(glb, new InputOptions("auto", "z")).mesh(); // glTF's x, y, z are our x, z, -y
        assertThat(raw.bounds().minZ()).isEqualTo(-3);
        assertThat(raw.bounds().sizeY()).isEqualTo(1);
        assertThat(mesh(glb, new InputOptions("mm", "auto")).mesh().bounds().sizeY())
                .isCloseTo(0.003, within(1e-9));
    }

    @Test
    void sizesThatNoCaveHasAreAdvisedOn() {
        assertThat(advice(200, 200, 200)).contains("--unit mm (0.200 m), --unit cm (2.00 m), --unit in (5.08 m)");
        assertThat(advice(500, 300, 300)).contains("--unit mm (0.500 m)");
        assertThat(advice(4000, 3500, 3000)).contains("--unit mm (4.00 m)");
        assertThat(advice(0.05, 0.02, 0.02)).contains("small");
        for (double[] usual : new double[][] {{200, 10, 8}, {90, 80, 30}, {4, 3.5, 3}, {0.3, 0.2, 0.2}}) {
            assertThat(SizeAdvice.of("f", new Box(0, 0, 0, usual[0], usual[1], usual[2])))
                    .isNull();
        }
    }

    private static String advice(double x, double y, double z) {
        return Objects.requireNonNull(SizeAdvice.of("f", new Box(0, 0, 0, x, y, z)))
                .en();
    }

    @Test
    void aSystemInMetresNeedsNoAdviceOnTheUnit() {
        Path p = las("utm.laz", FEET.replace("0.304800609601219", "1").replace("US survey foot", "metre"));
        assertThat(load(InputOptions.DEFAULTS, p).warnings()).isEmpty();
    }

    /** A bottle-shaped thing with a flat end, standing along each axis, both ways. */
    @Test
    void theSideThatAnObjectStandsOnIsFound() throws IOException {
        for (String up : List.of("z", "-z", "y", "-y", "x", "-x")) {
            StringBuilder s = new StringBuilder();
            int n = 24;
            for (int k = 0; k <= 12; k++) {
                double t = k / 12.0;
                double r = k == 0 ? 0.4 : 0.5 * Math.cos(Math.PI / 2 * t);
                for (int i = 0; i < n; i++) {
                    double a = 2 * Math.PI * i / n;
                    double[] p = {r * Math.cos(a), r * Math.sin(a), 2 * t};
                    double[] q = place(up, p);
                    s.append("v " + q[0] + " " + q[1] + " " + q[2] + "\n");
                }
            }
            double[] q = place(up, new double[] {0, 0, 0});
            s.append("v " + q[0] + " " + q[1] + " " + q[2] + "\n");
            int last = 13 * n + 1;
            for (int i = 0; i < n; i++) {
                int j = (i + 1) % n;
                for (int k = 0; k < 12; k++) {
                    int a = k * n + i + 1;
                    int b = k * n + j + 1;
                    s.append("f " + a + " " + b + " " + (b + n) + " " + (a + n) + "\n");
                }
                s.append("f " + (j + 1) + " " + (i + 1) + " " + last + "\n");
            }
            Path p = Files.writeString(dir.resolve("b" + up + ".obj"), s);
            String base = up.startsWith("-") ? up.substring(1) : "-" + up;
            Mesh m = mesh(p, InputOptions.DEFAULTS).mesh();
            assertThat(FlatBase.of(m)).as(up).isEqualTo(base);
            Build.Summary built =
                    Build.run(List.of(p), Recipe.DEFAULTS, dir.resolve("cave" + up), "test", d -> {}, work);
            // what lies is set upright; what stands on its head may hang there
            boolean hangs = up.equals("-z");
            assertThat(built.warnings().stream().filter(w -> w.contains("--up")))
                    .as(up + " " + built.told())
                    .hasSize(up.equals("z") ? 0 : 1)
                    .allMatch(w -> w.contains(hangs ? "say --up -z." : "taken with " + up + " up"));
            assertThat(PackageReader.read(dir.resolve("cave" + up)).bounds().sizeZ())
                    .as(up)
                    .isCloseTo(2, within(1e-3));
            Build.Summary said = Build.run(
                    List.of(p),
                    Recipe.DEFAULTS.with(PackageStages.LOAD_MESH, new InputOptions("auto", "z")),
                    dir.resolve("said" + up),
                    "test",
                    d -> {},
                    work);
            assertThat(said.warnings().stream().filter(w -> w.contains("--up"))).isEmpty();
            Mesh right = mesh(p, new InputOptions("auto", up)).mesh();
            assertThat(FlatBase.of(right)).isEqualTo("-z");
        }
    }

    @Test
    void upIsAnyDirection() {
        double l = Math.sqrt(0.3 * 0.3 + 0.4 * 0.4 + 1.2 * 1.2);
        double[] r = InputOptions.rotation("0.3,-0.4,-1.2");
        double[] up = {0.3 / l, -0.4 / l, -1.2 / l};
        for (int i = 0; i < 3; i++) {
            double turned = r[3 * i] * up[0] + r[3 * i + 1] * up[1] + r[3 * i + 2] * up[2];
            assertThat(turned).isCloseTo(i == 2 ? 1 : 0, within(1e-12));
            for (int j = 0; j < 3; j++) {
                double rows = r[3 * i] * r[3 * j] + r[3 * i + 1] * r[3 * j + 1] + r[3 * i + 2] * r[3 * j + 2];
                assertThat(rows).isCloseTo(i == j ? 1 : 0, within(1e-12));
            }
        }
        assertThat(InputOptions.rotation("0,0,-2")).isEqualTo(InputOptions.rotation("-z"));
        for (String wrong : List.of("0,0,0", "1,2", "1,2,3,4", "a,b,c", "1e999,0,0", "w")) {
            assertThatThrownBy(() -> new InputOptions("m", wrong)).hasMessageContaining("0.1,-0.2,0.97");
        }
    }

    /** Where a point of a Z-up thing stands in axes with {@code up} up. */
    private static double[] place(String up, double[] p) {
        double[] r = InputOptions.rotation(up);
        double[] q = new double[3];
        for (int i = 0; i < 3; i++) {
            q[i] = r[i] * p[0] + r[3 + i] * p[1] + r[6 + i] * p[2];
        }
        return q;
    }
}
