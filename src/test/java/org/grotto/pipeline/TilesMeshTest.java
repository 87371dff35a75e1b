package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.MeshReader;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.lod.MeshTiles;
import org.grotto.lod.TileOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Meshes in 3D Tiles: each triangle once, where its tile stands, level with the ground; and Grotto's own come back. */
class TilesMeshTest {
    @TempDir
    Path dir;

    private static Reading reading(Work work, double resolution) {
        return new Reading(work, List.of(), false, resolution, Double.NaN);
    }

    private static Mesh mesh(Path tileset, double resolution, List<String> understood) {
        try (Work work = new Work(2, 256L << 20, Progress.NONE);
                MeshReader r = Inputs.meshFile(tileset, reading(work, resolution))) {
            Mesh m = r.read();
            understood.addAll(r.understood());
            return m;
        }
    }

    /** One triangle with corners given in Y up, as glTF has them. */
    private static byte[] glb(double... xyz) {
        ByteBuffer b = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
        for (double v : xyz) {
            b.putFloat((float) v);
        }
        return joined(
                "{\"asset\":{\"version\":\"2.0\"},\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0}],\"meshes\":"
                        + "[{\"primitives\":[{\"attributes\":{\"POSITION\":0}}]}],\"accessors\":[{\"bufferView\":0,"
                        + "\"componentType\":5126,\"count\":3,\"type\":\"VEC3\"}],\"bufferViews\":[{\"buffer\":0,"
                        + "\"byteLength\":36}],\"buffers\":[{\"byteLength\":36}]}",
                b.array());
    }

    private static byte[] joined(String json, byte[] bin) {
        byte[] j = (json + " ".repeat((4 - json.length() % 4) % 4)).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(28 + j.length + bin.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x46546C67)
                .putInt(2)
                .putInt(28 + j.length + bin.length)
                .putInt(j.length)
                .putInt(0x4E4F534A)
                .put(j)
                .putInt(bin.length)
                .putInt(0x004E4942)
                .put(bin)
                .array();
    }

    private static byte[] b3dm(String features, byte[] glb) {
        byte[] f = features.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(28 + f.length + glb.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("b3dm".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .putInt(28 + f.length + glb.length)
                .putInt(f.length)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .put(f)
                .put(glb)
                .array();
    }

    private static byte[] cmpt(byte[]... tiles) {
        int length = 16;
        for (byte[] t : tiles) {
            length += t.length;
        }
        ByteBuffer b = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        b.put("cmpt".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .putInt(length)
                .putInt(tiles.length);
        for (byte[] t : tiles) {
            b.put(t);
        }
        return b.array();
    }

    private Path tileset(String root) throws IOException {
        return Files.writeString(
                dir.resolve("tileset.json"),
                "{\"asset\":{\"version\":\"1.1\"},\"geometricError\":100,\"root\":" + root + "}");
    }

    private static List<String> corners(Mesh m) {
        List<String> out = new ArrayList<>();
        for (int v : m.triangles) {
            out.add(String.format(
                            Locale.ROOT,
                            "%.3f %.3f %.3f",
                            m.originX + m.xyz[3 * v],
                            m.originY + m.xyz[3 * v + 1],
                            m.originZ + m.xyz[3 * v + 2])
                    .replace("-0.000", "0.000"));
        }
        return out;
    }

    @Test
    void aTriangleStandsWhereItsTileIsPlaced() throws IOException {
        // x, y, z of glTF are x, z, -y here; then the tile's centre, then its place: a quarter turn around z and 100 m
        // up
        Files.write(
                dir.resolve("a.b3dm"),
                b3dm("{\"BATCH_LENGTH\":0,\"RTC_CENTER\":[10,0,0]}  ", glb(1, 2, 3, 4, 5, 6, 0, 0, 1)));
        Path t = tileset("{\"boundingVolume\":{\"sphere\":[0,0,0,50]},\"geometricError\":0,\"transform\":"
                + "[0,1,0,0,-1,0,0,0,0,0,1,0,0,0,100,1],\"content\":{\"uri\":\"a.b3dm\"}}");
        assertThat(corners(mesh(t, 0, new ArrayList<>())))
                .containsExactly("3.000 11.000 102.000", "6.000 14.000 105.000", "1.000 10.000 100.000");
    }

    @Test
    void mirroredTilesStillShowTheirFronts() throws IOException {
        Files.write(dir.resolve("a.glb"), glb(0, 0, 0, 1, 0, 0, 0, 0, -1));
        Path t = tileset("{\"boundingVolume\":{\"sphere\":[0,0,0,50]},\"geometricError\":0,\"transform\":"
                + "[-1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1],\"content\":{\"uri\":\"a.glb\"}}");
        assertThat(corners(mesh(t, 0, new ArrayList<>())))
                .containsExactly("0.000 0.000 0.000", "0.000 1.000 0.000", "-1.000 0.000 0.000");
    }

    private static String tile(double error, String refine, String content, String... children) {
        return "{\"boundingVolume\":{\"sphere\":[0,0,0,50]},\"geometricError\":" + error + ",\"refine\":\"" + refine
                + "\",\"content\":{\"uri\":\"" + content + "\"},\"children\":[" + String.join(",", children) + "]}";
    }

    @Test
    void finerTilesReplaceOrAddAndAResolutionStopsBefore() throws IOException {
        for (int i = 0; i < 4; i++) {
            Files.write(dir.resolve("t" + i + ".glb"), glb(i, 0, 0, i + 0.5, 0, 0, i, 0.5, 0));
        }
        String leaves = tile(0, "REPLACE", "t2.glb") + "," + tile(0, "REPLACE", "t3.glb");
        Path t = tileset(tile(8, "REPLACE", "t0.glb", tile(2, "REPLACE", "t1.glb", leaves)));
        assertThat(mesh(t, 0, new ArrayList<>()).triangleCount()).isEqualTo(2);
        List<String> understood = new ArrayList<>();
        assertThat(corners(mesh(t, 2, understood)))
                .contains("1.000 0.000 0.000")
                .hasSize(3);
        assertThat(understood).anyMatch(u -> u.startsWith("tiles down to a geometric error of 2"));
        assertThat(corners(mesh(t, 9, new ArrayList<>())))
                .contains("0.000 0.000 0.000")
                .hasSize(3);
        t = tileset(tile(8, "ADD", "t0.glb", tile(2, "ADD", "t1.glb", leaves)));
        assertThat(mesh(t, 0, new ArrayList<>()).triangleCount()).isEqualTo(4);
        assertThat(mesh(t, 2, new ArrayList<>()).triangleCount()).isEqualTo(2);
    }

    @Test
    void tilesInOneFileAreReadOneByOne() throws IOException {
        byte[] a = b3dm("{}  ", glb(0, 0, 0, 1, 0, 0, 0, 1, 0));
        Files.write(
                dir.resolve("two.cmpt"),
                cmpt(a, cmpt(b3dm("{\"RTC_CENTER\":[0,7,0]}", glb(0, 0, 0, 1, 0, 0, 0, 1, 0)))));
        Mesh m = mesh(dir.resolve("two.cmpt"), 0, new ArrayList<>());
        assertThat(m.triangleCount()).isEqualTo(2);
        assertThat(m.bounds().maxY()).isEqualTo(7);
        byte[] cut = Files.readAllBytes(dir.resolve("two.cmpt"));
        Files.write(dir.resolve("cut.cmpt"), java.util.Arrays.copyOf(cut, cut.length - 9));
        assertThatThrownBy(() -> mesh(dir.resolve("cut.cmpt"), 0, new ArrayList<>()))
                .hasMessageContaining("cut.cmpt");
    }

    @Test
    void tilesOfTheWorldComeLevelAroundTheirMiddle() throws IOException {
        // Dunhuang; east, north and up from textbook formulas
        double lon = Math.toRadians(94.80917);
        double lat = Math.toRadians(40.03722);
        double a = 6378137;
        double e2 = 0.00669437999014;
        double n = a / Math.sqrt(1 - e2 * Math.sin(lat) * Math.sin(lat));
        double h = 1340;
        double[] o = {
            (n + h) * Math.cos(lat) * Math.cos(lon),
            (n + h) * Math.cos(lat) * Math.sin(lon),
            (n * (1 - e2) + h) * Math.sin(lat)
        };
        String enu = String.format(
                Locale.ROOT,
                "[%.17g,%.17g,0,0,%.17g,%.17g,%.17g,0,%.17g,%.17g,%.17g,0,%.17g,%.17g,%.17g,1]",
                -Math.sin(lon),
                Math.cos(lon),
                -Math.sin(lat) * Math.cos(lon),
                -Math.sin(lat) * Math.sin(lon),
                Math.cos(lat),
                Math.cos(lat) * Math.cos(lon),
                Math.cos(lat) * Math.sin(lon),
                Math.sin(lat),
                o[0],
                o[1],
                o[2]);
        Files.write(dir.resolve("a.glb"), glb(1, 2, 3, 4, 5, 6, 0, 0, 1));
        Path t = tileset("{\"boundingVolume\":{\"box\":[0,0,0,9,0,0,0,9,0,0,0,9]},\"geometricError\":0,\"transform\":"
                + enu + ",\"content\":{\"uri\":\"a.glb\"}}");
        List<String> understood = new ArrayList<>();
        assertThat(corners(mesh(t, 0, understood)))
                .containsExactly("1.000 -3.000 2.000", "4.000 -6.000 5.000", "0.000 -1.000 0.000");
        assertThat(understood).anyMatch(u -> u.contains("longitude 94.80917000, latitude 40.03722000, 1340.000 m"));
    }

    @Test
    void grottosOwnTilesGiveTheirFinestTrianglesBack() throws IOException {
        // a bumpy floor of 20,000 triangles on whole steps of 2^-10 m
        int n = 101;
        float[] xyz = new float[3 * n * n];
        int[] triangles = new int[6 * (n - 1) * (n - 1)];
        byte[] rgb = new byte[3 * n * n];
        for (int i = 0; i < n * n; i++) {
            xyz[3 * i] = i % n / 8f;
            xyz[3 * i + 1] = i / n / 8f;
            xyz[3 * i + 2] = (i * 37 % 64) / 1024f;
            rgb[3 * i] = (byte) (i * 7);
        }
        for (int i = 0, at = 0; i < (n - 1) * (n - 1); i++) {
            int v = i / (n - 1) * n + i % (n - 1);
            for (int k : new int[] {v, v + 1, v + n, v + 1, v + n + 1, v + n}) {
                triangles[at++] = k;
            }
        }
        Mesh m = new Mesh(0, 0, 0, xyz, Columns.NONE.with(Columns.RGB8, rgb), triangles);
        Path folder = dir.resolve("mesh");
        try (Work work = new Work(2, 256L << 20, Progress.NONE)) {
            MeshTiles.write(m, Files.createDirectories(folder), new TileOptions(2000, 200_000, false), work);
        }
        Mesh back = mesh(folder, 0, new ArrayList<>());
        assertThat(sorted(back)).isEqualTo(sorted(m));
        assertThat(mesh(folder, 1000, new ArrayList<>()).triangleCount()).isLessThan(m.triangleCount());
    }

    /** The triangles as places, each beginning at its least corner. */
    private static TreeSet<String> sorted(Mesh m) {
        List<String> c = corners(m);
        TreeSet<String> out = new TreeSet<>();
        for (int t = 0; t < c.size(); t += 3) {
            int least = 0;
            for (int k = 1; k < 3; k++) {
                least = c.get(t + k).compareTo(c.get(t + least)) < 0 ? k : least;
            }
            out.add(c.get(t + least) + ", " + c.get(t + (least + 1) % 3) + ", " + c.get(t + (least + 2) % 3));
        }
        assertThat(out).hasSize(m.triangleCount());
        return out;
    }

    /** Whoever wants points gets those that were measured, not the corners of the triangles beside them. */
    @Test
    void ofTrianglesAndPointsEachCanBeHad() throws IOException {
        Files.write(dir.resolve("t.glb"), glb(0, 0, 0, 1, 0, 0, 0, 1, 0));
        pointsGlb();
        String both =
                "{\"boundingVolume\":{\"sphere\":[0,0,0,50]},\"geometricError\":0,\"content\":{\"uri\":\"t.glb\"},"
                        + "\"refine\":\"ADD\",\"children\":[{\"boundingVolume\":{\"sphere\":[0,0,0,50]},\"geometricError\":0,"
                        + "\"content\":{\"uri\":\"p.glb\"}}]}";
        Path t = tileset(both);
        assertThat(Inputs.isMesh(t)).isTrue();
        assertThat(mesh(t, 0, new ArrayList<>()).triangleCount()).isEqualTo(1);
        try (Work work = Work.silent();
                PointReader r = Inputs.points(t, reading(work, 0))) {
            assertThat(r.scans().getFirst().count()).isEqualTo(2);
            assertThat(r.notKept()).anyMatch(l -> l.contains("t.glb"));
        }
    }

    @Test
    void pointsInGlbAreAScan() throws IOException {
        pointsGlb();
        Path t = tileset(
                "{\"boundingVolume\":{\"sphere\":[0,0,0,50]},\"geometricError\":0,\"content\":{\"uri\":\"p.glb\"}}");
        try (Work work = Work.silent();
                PointReader r = Inputs.points(t, reading(work, 0));
                PointReader.PointCursor c = r.points(0)) {
            PointBatch p = new PointBatch(r.scans().getFirst().columns(), 10);
            assertThat(c.next(p)).isTrue();
            assertThat(p.size).isEqualTo(2);
            assertThat(new double[] {p.x[1], p.y[1], p.z[1]}).containsExactly(new double[] {4, -6, 15}, within(1e-9));
            assertThat(p.columns[p.indexOf("intensity")][0]).isEqualTo(1);
        }
    }

    /** Two points with intensities. */
    private void pointsGlb() throws IOException {
        ByteBuffer b = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
        for (float v : new float[] {1, 2, 3, 4, 5, 6}) {
            b.putFloat(v);
        }
        b.putFloat(1).putFloat(0).putFloat(0.21404114f);
        String json =
                "{\"asset\":{\"version\":\"2.0\"},\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0,\"translation\":"
                        + "[0,10,0]}],\"meshes\":[{\"primitives\":[{\"mode\":0,\"attributes\":{\"POSITION\":0,\"_INTENSITY\":1}}]}],"
                        + "\"accessors\":[{\"bufferView\":0,\"componentType\":5126,\"count\":2,\"type\":\"VEC3\"},{\"bufferView\":0,"
                        + "\"byteOffset\":24,\"componentType\":5126,\"count\":2,\"type\":\"SCALAR\"}],\"bufferViews\":[{\"buffer\":0,"
                        + "\"byteLength\":36}],\"buffers\":[{\"byteLength\":36}]}";
        Files.write(dir.resolve("p.glb"), joined(json, b.array()));
    }
}
