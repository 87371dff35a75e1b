package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.las.CopcNode;
import org.grotto.format.las.CopcReader;
import org.grotto.format.las.LasReader;
import org.grotto.format.las.LasRecords;
import org.grotto.format.las.LazPerf;
import org.grotto.format.las.point.LasPoints;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.scene.Station;
import org.grotto.store.Engine;
import org.grotto.store.PoisonStore;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A COPC file holds every point once, in the right node, and others read it. */
class CopcBuilderTest {
    @TempDir
    Path folder;

    private final Work work = new Work(2, 2L << 30, Progress.NONE);

    @AfterEach
    void close() {
        work.close();
    }

    /** A wavy sphere of 3 m around a far origin, with every column. */
    static Cloud sphere(int n, double step) {
        SplittableRandom r = new SplittableRandom(4);
        Lattice lattice = new Lattice(512_345, 4_001_234, 1100, step);
        int[] x = new int[n];
        int[] y = new int[n];
        int[] z = new int[n];
        float[] normals = new float[3 * n];
        char[] rgb = new char[3 * n];
        float[] intensity = new float[n];
        char[] station = new char[n];
        for (int i = 0; i < n; i++) {
            double t = Math.acos(r.nextDouble(-1, 1));
            double p = r.nextDouble(2 * Math.PI);
            double[] u = {Math.sin(t) * Math.cos(p), Math.sin(t) * Math.sin(p), Math.cos(t)};
            double radius = 3 + 0.05 * Math.sin(9 * p) * Math.sin(7 * t) + r.nextGaussian(0, 0.001);
            x[i] = (int) Math.rint(radius * u[0] / step);
            y[i] = (int) Math.rint(radius * u[1] / step);
            z[i] = (int) Math.rint(radius * u[2] / step);
            for (int k = 0; k < 3; k++) {
                normals[3 * i + k] = (float) -u[k];
                rgb[3 * i + k] = (char) (30_000 + 20_000 * u[k]);
            }
            intensity[i] = (float) r.nextDouble();
            station[i] = (char) (i % 7 == 6 ? Cloud.NO_STATION : i % 7);
        }
        return new Cloud(lattice, x, y, z, normals, rgb, intensity, station);
    }

    private static List<Station> stations() {
        List<Station> s = new ArrayList<>();
        for (int k = 0; k < 6; k++) {
            s.add(new Station("S" + k, "s.e57", null, null, 1));
        }
        return s;
    }

    @Test
    void othersReadWhatWeWrote() throws Exception {
        Cloud cloud = sphere(300_000, 1e-5);
        Path file = folder.resolve("sphere.copc.laz");
        CopcBuilder.write(
                new Threads(work).store(cloud, 1 << 14),
                stations(),
                file,
                new CopcOptions(20_000, 1e-5, "LOCAL_CS[\"cave\",UNIT[\"m\",1]]"),
                new Threads(work));
        JsonNode r = LazPerf.run("copc", file);
        assertThat(r.get("count").asInt()).isEqualTo(cloud.size);
        assertThat(r.get("headerCount").asInt()).isEqualTo(cloud.size);
        assertThat(r.get("outside").asInt())
                .as("points outside their node or the bounds")
                .isZero();
        assertThat(r.get("deepest").asInt()).isPositive();
        assertThat(r.get("wkt").asString()).startsWith("LOCAL_CS");
        assertThat(r.get("eb").toString()).isEqualTo("[\"NormalX:float4\",\"NormalY:float4\",\"NormalZ:float4\"]");
        try (CopcReader reader = CopcReader.open(file)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            List<CopcNode> byName = new ArrayList<>(reader.nodes());
            byName.sort(Comparator.comparing(CopcBuilderTest::key));
            for (CopcNode n : byName) {
                sha.update(LasRecords.of(reader.points(n)));
            }
            assertThat(r.get("sha256").asString()).isEqualTo(HexFormat.of().formatHex(sha.digest()));
        }
    }

    private static String key(CopcNode n) {
        return n.level() + "-" + n.x() + "-" + n.y() + "-" + n.z();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-5, 1e-6})
    void everyPointIsThereOnceWithItsColumns(double step) {
        Cloud c = sphere(200_000, step);
        Path file = folder.resolve("c.copc.laz");
        CopcBuilder.write(
                new Threads(work).store(c, 1 << 14),
                stations(),
                file,
                new CopcOptions(10_000, 1e-5, null),
                new Threads(work));
        double f = step / 1e-5;
        String[] expected = new String[c.size];
        for (int i = 0; i < c.size; i++) {
            expected[i] = text(
                    (int) Math.rint(c.x[i] * f),
                    (int) Math.rint(c.y[i] * f),
                    (int) Math.rint(c.z[i] * f),
                    c.rgb()[3 * i + 1] & 0xFFFF,
                    Math.round(c.intensity()[i] * 65535),
                    c.station()[i] == Cloud.NO_STATION ? 0 : c.station()[i] + 1,
                    Math.round(c.normals()[3 * i] * 16384) / 16384f);
        }
        List<String> found = new ArrayList<>();
        try (CopcReader reader = CopcReader.open(file)) {
            assertThat(reader.scale()).containsExactly(1e-5, 1e-5, 1e-5);
            for (CopcNode n : reader.nodes()) {
                LasPoints p = reader.points(n);
                float[] normals = reader.normals(p);
                Box cube = reader.info().cube(n.level(), n.x(), n.y(), n.z()).grow(1e-5);
                for (int i = 0; i < p.size; i++) {
                    found.add(text(p.x[i], p.y[i], p.z[i], p.green[i], p.intensity[i], p.source[i], normals[3 * i]));
                    assertThat(cube.contains(
                                    p.x[i] * 1e-5 + reader.offset()[0],
                                    p.y[i] * 1e-5 + reader.offset()[1],
                                    p.z[i] * 1e-5 + reader.offset()[2]))
                            .isTrue();
                }
            }
        }
        Arrays.sort(expected);
        found.sort(null);
        assertThat(found.toArray()).isEqualTo(expected);
    }

    private static String text(int x, int y, int z, int green, int intensity, int source, float nx) {
        return x + " " + y + " " + z + " " + green + " " + intensity + " " + source + " " + nx;
    }

    @Test
    void threadsDoNotChangeTheBytes() throws Exception {
        Cloud c = sphere(150_000, 1e-5);
        byte[][] bytes = new byte[2][];
        for (int t = 0; t < 2; t++) {
            Path file = folder.resolve("t" + t + ".copc.laz");
            try (Work w = new Work(1 + 3 * t, 2L << 30, Progress.NONE)) {
                CopcBuilder.write(
                        new Threads(w).store(c, 1 << 14),
                        stations(),
                        file,
                        new CopcOptions(5_000, 1e-5, null),
                        new Threads(w));
            }
            bytes[t] = Files.readAllBytes(file);
        }
        assertThat(bytes[1]).isEqualTo(bytes[0]);
    }

    /** From copies of small regions that are spoilt after use, and from a single one. */
    @Test
    void regionsDoNotChangeTheBytes() throws Exception {
        Cloud c = sphere(40_000, 1e-5);
        byte[][] bytes = new byte[2][];
        Engine[] engines = {new Threads(work), new PoisonStore.Engine(700, work)};
        for (int k = 0; k < 2; k++) {
            Path file = folder.resolve("r" + k + ".copc.laz");
            Store store = engines[k].store(c, 1 << 20);
            CopcBuilder.write(store, stations(), file, new CopcOptions(5_000, 1e-5, null), engines[k]);
            bytes[k] = Files.readAllBytes(file);
        }
        assertThat(bytes[1]).isEqualTo(bytes[0]);
    }

    @Test
    void neighboursInANodeKeepTheirDistance() {
        Cloud c = sphere(300_000, 1e-5);
        Path file = folder.resolve("c.copc.laz");
        CopcBuilder.write(
                new Threads(work).store(c, 1 << 14),
                stations(),
                file,
                new CopcOptions(20_000, 1e-5, null),
                new Threads(work));
        try (CopcReader reader = CopcReader.open(file)) {
            LasPoints p = reader.points(reader.nodes().getFirst());
            assertThat(p.size).isBetween(30_000, 120_000);
            double spacing = reader.info().spacing();
            java.util.Set<Long> cells = new java.util.HashSet<>();
            Box cube = reader.info().cube();
            for (int i = 0; i < p.size; i++) {
                long x = (long) ((p.x[i] * 1e-5 + reader.offset()[0] - cube.minX()) / spacing + 1e-9);
                long y = (long) ((p.y[i] * 1e-5 + reader.offset()[1] - cube.minY()) / spacing + 1e-9);
                long z = (long) ((p.z[i] * 1e-5 + reader.offset()[2] - cube.minZ()) / spacing + 1e-9);
                cells.add(x << 40 | y << 20 | z);
            }
            // one point a grid cell; a few sit on a cell border within rounding
            assertThat(cells.size()).isGreaterThanOrEqualTo(p.size - 5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5000})
    void equalPointsFewPointsNoPoints(int n) throws Exception {
        int[] x = new int[n];
        Arrays.fill(x, 12_345);
        Cloud c = new Cloud(new Lattice(1, 2, 3, 1e-4), x, x.clone(), x.clone(), null, null, null, null);
        Path file = folder.resolve("n.copc.laz");
        CopcBuilder.write(
                new Threads(work).store(c, 1 << 14),
                List.of(),
                file,
                new CopcOptions(1000, 1e-5, null),
                new Threads(work));
        try (CopcReader reader = CopcReader.open(file);
                LasReader laz = LasReader.open(file)) {
            assertThat(reader.count()).isEqualTo(n);
            long sum = 0;
            for (CopcNode node : reader.nodes()) {
                sum += reader.points(node).size;
            }
            assertThat(sum).isEqualTo(n);
            assertThat(laz.count()).isEqualTo(n);
        }
        JsonNode r = LazPerf.run("copc", file);
        assertThat(r.get("count").asInt()).isEqualTo(n);
        assertThat(r.get("outside").asInt()).isZero();
    }

    @Test
    void lasIsTakenBitForBit() throws Exception {
        Path in = Need.data("pdal-bsd/lone-star.copc.laz");
        Path file = folder.resolve("lone.copc.laz");
        try (LasReader reader = LasReader.open(in, work)) {
            CopcBuilder.write(List.of(reader), file, CopcOptions.DEFAULTS, work);
        }
        List<byte[]> before = LasRecords.sorted(in);
        List<byte[]> after = LasRecords.sorted(file);
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            assertThat(Arrays.equals(before.get(i), after.get(i)))
                    .as("record %d", i)
                    .isTrue();
        }
        try (LasReader a = LasReader.open(in);
                LasReader b = LasReader.open(file)) {
            assertThat(b.scale()).isEqualTo(a.scale());
            assertThat(b.offset()).isEqualTo(a.offset());
            assertThat(b.metadata().get("crs")).isEqualTo(a.metadata().get("crs"));
        }
        assertThat(LazPerf.run("copc", file).get("count").asInt()).isEqualTo(518_862);
    }

    @Test
    void legacyFilesAreJoined() throws Exception {
        Path in = Need.data("pdal-bsd/1.2-with-color.las");
        Path file = folder.resolve("joined.copc.laz");
        try (LasReader a = LasReader.open(in);
                LasReader b = LasReader.open(in)) {
            CopcBuilder.write(List.of(a, b), file, CopcOptions.DEFAULTS, work);
        }
        JsonNode r = LazPerf.run("copc", file);
        assertThat(r.get("count").asInt()).isEqualTo(2 * 1065);
        assertThat(r.get("outside").asInt()).isZero();
        try (LasReader b = LasReader.open(file)) {
            assertThat(b.scale()).containsExactly(0.01, 0.01, 0.01);
            assertThat(b.layout().format()).isEqualTo(7);
        }
    }

    @Test
    void tooLittleMemoryIsSaid() {
        Cloud c = sphere(10_000, 1e-5);
        try (Work small = new Work(1, 100_000, Progress.NONE)) {
            assertThatThrownBy(() -> CopcBuilder.write(
                            new Threads(small).store(c, 1 << 14),
                            stations(),
                            folder.resolve("x.copc.laz"),
                            CopcOptions.DEFAULTS,
                            new Threads(small)))
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("--memory");
        }
    }
}
