package org.grotto.kiosk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grotto.base.Json;
import org.grotto.base.Records;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Pose;
import org.grotto.lod.CopcBuilder;
import org.grotto.lod.CopcOptions;
import org.grotto.lod.MeshTiles;
import org.grotto.lod.TileOptions;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Room;
import org.grotto.scene.Station;
import org.grotto.store.Threads;

/**
 * A made-up chamber for tests: star-shaped about its middle, so that a direction gives a distance; rounded box with rough
 * walls, a niche with a figure on the +Y side, floor about 1.7 m below the middle. The corner at +X +Y is inferred.
 */
public final class TestRoom {
    /** Where the middle stands in the cave frame: far enough for mistakes with origins to show. */
    public static final double[] MIDDLE = {1000, -2000, 50};

    private TestRoom() {}

    public static CaveInfo info() {
        return new CaveInfo(
                CaveInfo.FORMAT,
                "test",
                new Text("试验窟", "Test chamber"),
                new CaveInfo.Frame("m", "+Z", MIDDLE.clone(), 1e-4, null),
                new Box(
                        MIDDLE[0] - 2.6,
                        MIDDLE[1] - 2.4,
                        MIDDLE[2] - 1.9,
                        MIDDLE[0] + 2.6,
                        MIDDLE[1] + 2.9,
                        MIDDLE[2] + 1.9),
                List.of(new Station(
                        "S1", "test", null, new Pose(1, 0, 0, 0, MIDDLE[0], MIDDLE[1] - 0.6, MIDDLE[2]), 0)),
                List.of(
                        view("inside", "窟内", "Inside", "inside", 0.5, -1.35, -0.1, 0, 2, -0.35, 62),
                        view("corner", "东北角", "North-east corner", "inside", -1, -1, -0.1, 1.9, 1.2, 0, 70),
                        view("dollhouse", "剖视", "Cutaway", "dollhouse", 3.2, -6.4, 4.4, 0, 0, -0.2, 40)),
                List.of(new CaveInfo.Deliverable("mesh", "mesh/tileset.json", "application/json", 0)),
                new CaveInfo.Rights(null, null, null),
                null,
                null);
    }

    private static CaveInfo.View view(
            String name,
            String zh,
            String en,
            String kind,
            double ex,
            double ey,
            double ez,
            double tx,
            double ty,
            double tz,
            double fov) {
        return new CaveInfo.View(
                name,
                new Text(zh, en),
                kind,
                new double[] {MIDDLE[0] + ex, MIDDLE[1] + ey, MIDDLE[2] + ez},
                new double[] {MIDDLE[0] + tx, MIDDLE[1] + ty, MIDDLE[2] + tz},
                fov);
    }

    /** Writes a package with a chamber of about 4 n^2 triangles, in tiles of at most {@code tileTriangles}. */
    public static Path write(Path folder, int n, int tileTriangles) throws IOException {
        Files.createDirectories(folder);
        org.lwjgl.util.meshoptimizer.MeshOptimizer.meshopt_encodeVertexVersion(0);
        try (Work work = Work.silent()) {
            MeshTiles.write(mesh(n), folder.resolve("mesh"), new TileOptions(tileTriangles, 1000, false), work);
        }
        Json.write(folder.resolve("cave.json"), info());
        return folder;
    }

    /** Writes the chamber's mesh anew with a hole in the back wall, 0.8 m about, and says where its walls stand. */
    static void open(Path folder) throws IOException {
        Mesh m = mesh(100);
        int[] kept = new int[m.triangles.length];
        int n = 0;
        for (int i = 0; i < m.triangles.length; i += 3) {
            int v = 3 * m.triangles[i];
            boolean hole = m.xyz[v + 1] > 0 && Math.hypot(m.xyz[v] - 0.9, m.xyz[v + 2] - 0.4) < 0.4;
            for (int k = 0; k < 3 && !hole; k++) {
                kept[n++] = m.triangles[i + k];
            }
        }
        Mesh open = new Mesh(
                m.originX, m.originY, m.originZ, m.xyz, null, m.rgb(), m.evidence(), java.util.Arrays.copyOf(kept, n));
        try (var old = Files.walk(folder.resolve("mesh"))) {
            for (Path p : old.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(p);
            }
        }
        try (Work work = Work.silent()) {
            MeshTiles.write(open, folder.resolve("mesh"), new TileOptions(4096, 1000, false), work);
        }
        CaveInfo i = info();
        Box walls = new Box(
                MIDDLE[0] - 2.2, MIDDLE[1] - 2, MIDDLE[2] - 1.6, MIDDLE[0] + 2.2, MIDDLE[1] + 2, MIDDLE[2] + 1.6);
        Json.write(folder.resolve("cave.json"), Records.with(i, "room", new Room(0, walls)));
    }

    /** Adds the vertices of a chamber of {@code n} steps to a package as a COPC file, with colours and normals. */
    static void addPoints(Path folder, int n) throws IOException {
        Mesh m = mesh(n);
        int count = m.vertexCount();
        Lattice lattice = new Lattice(MIDDLE[0], MIDDLE[1], MIDDLE[2], 1e-4);
        int[][] p = new int[3][count];
        float[] normals = new float[3 * count];
        char[] rgb = new char[3 * count];
        for (int i = 0; i < m.triangles.length; i += 3) {
            double[] u = edge(m, m.triangles[i], m.triangles[i + 1]);
            double[] v = edge(m, m.triangles[i], m.triangles[i + 2]);
            for (int k = 0; k < 3; k++) {
                int at = 3 * m.triangles[i + k];
                normals[at] += (float) (u[1] * v[2] - u[2] * v[1]);
                normals[at + 1] += (float) (u[2] * v[0] - u[0] * v[2]);
                normals[at + 2] += (float) (u[0] * v[1] - u[1] * v[0]);
            }
        }
        for (int i = 0; i < count; i++) {
            double len = Math.sqrt(normals[3 * i] * normals[3 * i]
                    + normals[3 * i + 1] * normals[3 * i + 1]
                    + normals[3 * i + 2] * normals[3 * i + 2]);
            for (int a = 0; a < 3; a++) {
                p[a][i] = (int) Math.round(m.xyz[3 * i + a] / 1e-4);
                normals[3 * i + a] /= (float) Math.max(1e-30, len);
                rgb[3 * i + a] = (char) (257 * (m.rgb()[3 * i + a] & 255));
            }
        }
        Cloud cloud = new Cloud(lattice, p[0], p[1], p[2], normals, rgb, null, null);
        Files.createDirectories(folder.resolve("points"));
        try (Work work = Work.silent()) {
            CopcBuilder.write(
                    new Threads(work).store(cloud, 1 << 14),
                    List.of(),
                    folder.resolve("points/room.copc.laz"),
                    CopcOptions.DEFAULTS,
                    new Threads(work));
        }
        CaveInfo i = info();
        Json.write(
                folder.resolve("cave.json"),
                Records.with(
                        i,
                        "deliverables",
                        List.of(
                                i.deliverables().getFirst(),
                                new CaveInfo.Deliverable(
                                        "points", "points/room.copc.laz", "application/vnd.laszip+copc", 0))));
    }

    private static double[] edge(Mesh m, int a, int b) {
        return new double[] {
            m.xyz[3 * b] - m.xyz[3 * a], m.xyz[3 * b + 1] - m.xyz[3 * a + 1], m.xyz[3 * b + 2] - m.xyz[3 * a + 2]
        };
    }

    /** The chamber, closed, triangles turned to the inside; 2 n steps around, n from pole to pole. */
    static Mesh mesh(int n) {
        int around = 2 * n;
        int count = 2 + (n - 1) * around;
        float[] xyz = new float[3 * count];
        put(xyz, 0, 0, 0, -1);
        put(xyz, count - 1, 0, 0, 1);
        for (int j = 1; j < n; j++) {
            double lat = Math.PI * ((double) j / n - 0.5);
            for (int i = 0; i < around; i++) {
                double lon = 2 * Math.PI * i / around;
                put(
                        xyz,
                        1 + (j - 1) * around + i,
                        Math.cos(lat) * Math.cos(lon),
                        Math.cos(lat) * Math.sin(lon),
                        Math.sin(lat));
            }
        }
        int[] tri = new int[6 * (n - 1) * around];
        int t = 0;
        for (int i = 0; i < around; i++) {
            int next = (i + 1) % around;
            t = triangle(tri, t, 0, 1 + i, 1 + next);
            for (int j = 1; j < n - 1; j++) {
                int a = 1 + (j - 1) * around + i;
                int b = 1 + (j - 1) * around + next;
                t = triangle(tri, t, a, a + around, b);
                t = triangle(tri, t, b, a + around, b + around);
            }
            t = triangle(tri, t, 1 + (n - 2) * around + i, count - 1, 1 + (n - 2) * around + next);
        }
        byte[] rgb = new byte[3 * count];
        byte[] evidence = new byte[count];
        for (int v = 0; v < count; v++) {
            double x = xyz[3 * v];
            double y = xyz[3 * v + 1];
            double z = xyz[3 * v + 2];
            double band = 0.5 + 0.5 * Math.sin(9 * z + 3 * fbm(2 * x, 2 * y, 2 * z + 9));
            double spot = fbm(5 * x + 31, 5 * y, 5 * z);
            rgb[3 * v] = (byte) (int) (178 + 24 * band + 40 * spot);
            rgb[3 * v + 1] = (byte) (int) (150 + 22 * band + 42 * spot);
            rgb[3 * v + 2] = (byte) (int) (118 + 16 * band + 42 * spot);
            double far = Math.hypot(x - 1.9, y - 1.2) + 0.4 * fbm(4 * x, 4 * y, 4 * z);
            evidence[v] = far < 0.8 ? Mesh.INFERRED : Mesh.MEASURED;
        }
        return new Mesh(MIDDLE[0], MIDDLE[1], MIDDLE[2], xyz, null, rgb, evidence, tri);
    }

    private static int triangle(int[] tri, int at, int a, int b, int c) {
        tri[at] = a;
        tri[at + 1] = b;
        tri[at + 2] = c;
        return at + 3;
    }

    private static void put(float[] xyz, int v, double dx, double dy, double dz) {
        double r = radius(dx, dy, dz);
        xyz[3 * v] = (float) (r * dx);
        xyz[3 * v + 1] = (float) (r * dy);
        xyz[3 * v + 2] = (float) (r * dz);
    }

    private static double radius(double x, double y, double z) {
        double e = 7;
        double box = Math.pow(
                Math.pow(Math.abs(x) / 2.3, e) + Math.pow(Math.abs(y) / 2.1, e) + Math.pow(Math.abs(z) / 1.7, e),
                -1 / e);
        double rough = 0.07 * fbm(1.7 * x * box, 1.7 * y * box, 1.7 * z * box)
                + 0.012 * fbm(14 * x * box, 14 * y * box, 14 * z * box);
        double r = box + (z < -0.55 ? 0.15 : 1) * rough;
        if (y > 0.3) {
            double u = x / y * 2.1;
            double v = z / y * 2.1;
            double arch = Math.pow(Math.abs(u) / 0.85, 4) + Math.pow(Math.abs(v + 0.25) / 1.15, 4);
            r += 0.55 * step(1.12 - arch, 0.25);
            double figure = blob(u, v - 0.42, 0.17, 0.21, 0.5)
                    + blob(u, v + 0.12, 0.30, 0.42, 0.42)
                    + blob(u - 0.27, v + 0.72, 0.34, 0.17, 0.46)
                    + blob(u + 0.27, v + 0.72, 0.34, 0.17, 0.46)
                    + blob(u, v - 0.66, 0.07, 0.08, 0.35);
            r -= Math.min(0.52, figure);
        }
        return r;
    }

    private static double blob(double u, double v, double a, double b, double height) {
        double d = 1 - (u * u) / (a * a) - (v * v) / (b * b);
        return d <= 0 ? 0 : height * Math.sqrt(d);
    }

    private static double step(double v, double width) {
        double t = Math.max(0, Math.min(1, v / width));
        return t * t * (3 - 2 * t);
    }

    /** Three octaves of value noise, about -1 to 1. */
    static double fbm(double x, double y, double z) {
        return 0.57 * noise(x, y, z) + 0.29 * noise(2 * x + 5, 2 * y, 2 * z) + 0.14 * noise(4 * x, 4 * y + 7, 4 * z);
    }

    private static double noise(double x, double y, double z) {
        long i = (long) Math.floor(x);
        long j = (long) Math.floor(y);
        long k = (long) Math.floor(z);
        double sum = 0;
        for (int c = 0; c < 8; c++) {
            long a = i + (c & 1);
            long b = j + (c >> 1 & 1);
            long d = k + (c >> 2);
            double w = ease(1 - Math.abs(x - a)) * ease(1 - Math.abs(y - b)) * ease(1 - Math.abs(z - d));
            long h = (a * 0x9E3779B97F4A7C15L) ^ (b * 0xC2B2AE3D27D4EB4FL) ^ (d * 0x165667B19E3779F9L);
            h = (h ^ (h >>> 29)) * 0xBF58476D1CE4E5B9L;
            sum += w * ((h >>> 11) * 0x1p-52 - 1);
        }
        return sum;
    }

    private static double ease(double t) {
        return t * t * (3 - 2 * t);
    }
}
