package org.grotto.pipeline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.grotto.Need;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.clean.Clean;
import org.grotto.clean.Cleaned;
import org.grotto.format.gltf.GlbReader;
import org.grotto.format.gltf.Khronos;
import org.grotto.format.gltf.TilesetCheck;
import org.grotto.format.las.LasReader;
import org.grotto.format.las.LasRecords;
import org.grotto.format.las.LazPerf;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Mesh;
import org.grotto.store.Threads;
import org.grotto.surface.Poisson;
import org.grotto.surface.Trim;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Scans and meshes that others made become packages that others' programs read. */
class RealDataTest {
    @TempDir
    Path dir;

    private final Work work = new Work(2, 2L << 30, Progress.NONE);

    @BeforeAll
    static void packages() throws Exception {}

    @AfterEach
    void close() {
        work.close();
    }

    /** Which way the surface of a scan of unknown station must look. */
    enum Facing {
        UP,
        OUT
    }

    /**
     * Two landscapes, one from a COPC file, and a scanned object, whose files say nothing of normals or stations. Lone-star
     * is a geyser in eruption: its points lie on 0.37 of their bounding box's plan (cells of 10 cm), a fifth of it under a
     * column of water that has no surface; see {@link #groundUnderAWaterColumnLooksUpAndIsKept}.
     */
    @ParameterizedTest
    @CsvSource({
        "espacio-escultorico-mit/espacio_escultorico_crop.ply, UP, 0.9, 1, 20000",
        "pdal-bsd/lone-star.copc.laz, UP, 0.39, 0.43, 20000",
        "e57-mit/bunnyDouble.e57, OUT, 0.1, 1, 20000",
    })
    void scansBecomeAPackage(String file, Facing facing, double least, double most, int leastTriangles)
            throws Exception {
        points(Need.data(file), InputOptions.DEFAULTS, facing, least, most, leastTriangles);
    }

    /**
     * Of the cells of 10 cm in which lone-star shows plain ground, hardly any looks down, and hardly any that is scanned
     * closely enough is without surface.
     */
    @Test
    void groundUnderAWaterColumnLooksUpAndIsKept() {
        Loaded loaded = Load.run(List.of(Need.data("pdal-bsd/lone-star.copc.laz")), InputOptions.DEFAULTS, work);
        Recipe d = Recipe.DEFAULTS;
        Cleaned cleaned = Clean.run(loaded.cloud(), loaded.stations(), d.clean(), work);
        assertThat(cleaned.report().orientation()).startsWith("away from the object");
        Cloud cloud = cleaned.cloud();
        Mesh closed = Poisson.reconstruct(cloud, d.surface(), work).mesh();
        Mesh mesh = Trim.apply(closed, cleaned.store(), cleaned.sights().maps(), d.trim(), new Threads(work))
                .mesh();
        PlanCells points = PlanCells.of(cloud, 0.1);
        PlanCells surface = points.lowest(mesh);
        double tooSparse = d.trim().sparse() * cleaned.report().spacing().median();
        int ground = 0;
        int down = 0;
        int meshDown = 0;
        int lost = 0;
        for (int c = 0; c < points.size(); c++) {
            int i = points.lowestPoint(c);
            if (i < 0 || points.standing(c) > 0.5) {
                continue;
            }
            ground++;
            down += cloud.normals()[3 * i + 2] < 0 ? 1 : 0;
            if (surface.empty(c)) {
                lost += cleaned.spacing()[i] < tooSparse ? 1 : 0;
            } else {
                meshDown += surface.looksUp(c) ? 0 : 1;
            }
        }
        System.out.printf(
                "lone-star: %d cells of ground, %d points and %d of the surface look down, %d without surface%n",
                ground, down, meshDown, lost);
        assertThat(ground).isGreaterThan(30_000);
        assertThat(down / (double) ground).isLessThan(0.02);
        assertThat(meshDown / (double) ground).isLessThan(0.01);
        assertThat(lost / (double) ground).isLessThan(0.02);
    }

    /** The vertices and normals of a mesh, taken for a scan in millimetres; the mesh fills 0.0607 of its bounding box. */
    @Test
    void pointsWithNormalsBecomeAPackage() throws Exception {
        List<String> lines = new ArrayList<>(
                Files.readAllLines(Need.data("opencv-apache/parasaurolophus_low_normals2.ply"), ISO_8859_1));
        lines.removeIf(l -> l.startsWith("element face") || l.startsWith("property list"));
        int vertices = lines.indexOf("end_header") + 1;
        Path ply = dir.resolve("parasaurolophus.ply");
        Files.write(ply, lines.subList(0, vertices + 28_291), ISO_8859_1);
        points(ply, new InputOptions("mm", "z"), Facing.OUT, 0.9 * 0.0607, 1.1 * 0.0607, 10_000);
    }

    @Test
    void aMeshBecomesAPackage() throws Exception {
        Path in = Need.data("opencv-apache/parasaurolophus_low_normals2.ply");
        InputOptions mm = new InputOptions("mm", "z");
        Path out = dir.resolve("package");
        Build.Summary s = build(in, mm, out);
        // the finest level is the mesh itself; triangles without area may go
        assertThat(s.triangles()).isBetween(54_000, 54_839);
        assertThat(tiles(out, s)).isEqualTo(s.triangles());
        assertThat(out.resolve("points")).doesNotExist();
    }

    private void points(Path in, InputOptions frame, Facing facing, double least, double most, int leastTriangles)
            throws Exception {
        Path out = dir.resolve("package");
        Build.Summary s = build(in, frame, out);
        assertThat(s.triangles()).isGreaterThan(leastTriangles);
        tiles(out, s);
        Loaded loaded = Load.run(List.of(in), frame, work);
        Cloud cloud = Clean.run(loaded.cloud(), loaded.stations(), Recipe.DEFAULTS.clean(), work)
                .cloud();
        assertThat(s.points()).isEqualTo(cloud.size);
        copc(out.resolve("points/cave.copc.laz"), cloud);
        double share = share(out.resolve("mesh/preview.glb"), facing);
        System.out.printf("%s: %d triangles, share %.3f%n", in.getFileName(), s.triangles(), share);
        assertThat(share)
                .as("part of the bounding box that the surface covers, seen from above, or encloses")
                .isBetween(least, most);
    }

    /** The signed part of its bounding box's plan that a surface covers from above, or of its volume that it encloses. */
    private static double share(Path glb, Facing facing) {
        Mesh m = GlbReader.read(glb);
        Box box = m.bounds();
        double volume = 0;
        double plan = 0;
        for (int t = 0; t < m.triangles.length; t += 3) {
            int a = 3 * m.triangles[t];
            int b = 3 * m.triangles[t + 1];
            int c = 3 * m.triangles[t + 2];
            double[] p = {x(m, a, box), y(m, a, box), z(m, a, box)};
            double[] u = {x(m, b, box) - p[0], y(m, b, box) - p[1], z(m, b, box) - p[2]};
            double[] v = {x(m, c, box) - p[0], y(m, c, box) - p[1], z(m, c, box) - p[2]};
            double nx = u[1] * v[2] - u[2] * v[1];
            double ny = u[2] * v[0] - u[0] * v[2];
            double nz = u[0] * v[1] - u[1] * v[0];
            plan += nz / 2;
            volume += (p[0] * nx + p[1] * ny + p[2] * nz) / 6;
        }
        double covered = plan / ((box.maxX() - box.minX()) * (box.maxY() - box.minY()));
        double filled = volume / ((box.maxX() - box.minX()) * (box.maxY() - box.minY()) * (box.maxZ() - box.minZ()));
        return facing == Facing.UP ? covered : filled;
    }

    private static double x(Mesh m, int i, Box box) {
        return m.originX + m.xyz[i] - (box.minX() + box.maxX()) / 2;
    }

    private static double y(Mesh m, int i, Box box) {
        return m.originY + m.xyz[i + 1] - (box.minY() + box.maxY()) / 2;
    }

    private static double z(Mesh m, int i, Box box) {
        return m.originZ + m.xyz[i + 2] - (box.minZ() + box.maxZ()) / 2;
    }

    private Build.Summary build(Path in, InputOptions frame, Path out) {
        Recipe recipe = Recipe.DEFAULTS.with(SurfaceStage.LOAD, frame);
        Build.Summary s = Build.run(List.of(in), recipe, out, "test", p -> {}, work);
        Contract.assertKept(out);
        return s;
    }

    /** Our check and the Khronos validator find nothing wrong with any tile; gives the finest level's triangles. */
    private long tiles(Path out, Build.Summary s) throws Exception {
        TilesetCheck.Report report = TilesetCheck.of(out.resolve("mesh/tileset.json"), work);
        assertThat(report.problems()).isEmpty();
        assertThat(report.tiles()).isEqualTo(s.tiles());
        List<Path> files = glb(out.resolve("mesh/tiles"));
        assertThat(files).hasSize(s.tiles());
        for (JsonNode r : Khronos.validate(files).values()) {
            assertThat(r.path("errors").asInt(-1)).as("%s", r.path("messages")).isZero();
            assertThat(r.path("warnings").asInt(-1))
                    .as("%s", r.path("messages"))
                    .isZero();
        }
        return report.triangles();
    }

    private static List<Path> glb(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(f -> f.toString().endsWith(".glb")).sorted().toList();
        }
    }

    /** npm's copc finds every point in its node, laz-perf the records that our reader finds: those of the cloud. */
    private static void copc(Path file, Cloud cloud) throws Exception {
        JsonNode nodes = LazPerf.run("copc", file);
        assertThat(nodes.path("count").asInt(-1)).isEqualTo(cloud.size);
        assertThat(nodes.path("headerCount").asInt(-1)).isEqualTo(cloud.size);
        assertThat(nodes.path("outside").asInt(-1)).isZero();
        byte[] records = LasRecords.inOrder(file);
        JsonNode laz = LazPerf.run("laz", file);
        assertThat(laz.path("count").asInt(-1)).isEqualTo(cloud.size);
        assertThat(laz.path("sha256").asString())
                .as("laz-perf's records and ours")
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(records)));
        double step;
        double[] offset;
        int length;
        try (LasReader reader = LasReader.open(file)) {
            step = reader.scale()[0];
            offset = reader.offset();
            length = reader.layout().length();
        }
        ByteBuffer b = ByteBuffer.wrap(records).order(ByteOrder.LITTLE_ENDIAN);
        for (int axis = 0; axis < 3; axis++) {
            double[] found = new double[cloud.size];
            double[] wanted = new double[cloud.size];
            for (int i = 0; i < cloud.size; i++) {
                found[i] = b.getInt(i * length + 4 * axis) * step + offset[axis];
                wanted[i] = axis == 0 ? cloud.px(i) : axis == 1 ? cloud.py(i) : cloud.pz(i);
            }
            Arrays.sort(found);
            Arrays.sort(wanted);
            for (int i = 0; i < cloud.size; i++) {
                if (!(Math.abs(found[i] - wanted[i]) <= 0.5001 * step)) {
                    assertThat(found[i]).as("axis %d, rank %d", axis, i).isEqualTo(wanted[i]);
                }
            }
        }
    }
}
