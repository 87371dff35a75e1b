package org.grotto.kiosk;

import java.util.ArrayList;
import java.util.List;
import org.grotto.geometry.Box;
import org.grotto.geometry.Pose;
import org.grotto.kiosk.stream.MeshPacker;
import org.grotto.kiosk.stream.Node;
import org.grotto.kiosk.stream.PackedMesh;
import org.grotto.kiosk.stream.SlabPool;
import org.grotto.kiosk.stream.TileSource;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Station;

/**
 * A made-up chamber for tests: star-shaped about its middle, so that a direction gives a distance; rounded box with rough
 * walls, a niche with a figure on the +Y side, floor about 1.7 m below the origin. Tiles are a quadtree over longitude and
 * latitude.
 */
final class TestRoom implements TileSource {
    static final int NX = 48;
    static final int NY = 32;
    private static final double[] ERRORS = {0.30, 0.12, 0.05, 0.02, 0.008, 0.003};

    private record Patch(int level, int i, int j) {}

    private final int levels;
    private final Node root;
    private int count;

    /** @param levels of detail below the root; the finest has 4^levels tiles of 3,072 triangles */
    TestRoom(int levels) {
        this.levels = levels;
        this.root = node(null, new Patch(0, 0, 0));
    }

    static CaveInfo info() {
        return new CaveInfo(
                CaveInfo.FORMAT,
                "test",
                new CaveInfo.Text("试验窟", "Test chamber"),
                new CaveInfo.Frame("m", "+Z", new double[] {0, 0, 0}, 1e-4, null),
                new Box(-2.6, -2.4, -1.9, 2.6, 2.9, 1.9),
                List.of(new Station("S1", "test", null, new Pose(1, 0, 0, 0, 0, -0.6, 0), 0)),
                List.of(
                        new CaveInfo.View("inside", new CaveInfo.Text("石窟内部", "Inside"), "inside",
                                new double[] {0.5, -1.35, -0.1}, new double[] {0, 2, -0.35}, 62),
                        new CaveInfo.View("dollhouse", new CaveInfo.Text("外观剖视", "Doll's house"), "dollhouse",
                                new double[] {3.2, -6.4, 4.4}, new double[] {0, 0, -0.2}, 40)),
                List.of(),
                new CaveInfo.Rights(null, null, null));
    }

    private Node node(Node parent, Patch p) {
        float[] xyz = positions(p, 12, 8);
        Box box = Box.EMPTY;
        for (int k = 0; k < xyz.length; k += 3) {
            box = box.with(xyz[k], xyz[k + 1], xyz[k + 2]);
        }
        Node n = new Node(count++, parent, box.grow(0.08), p.level < levels ? ERRORS[p.level] : 0, p, 1 << 17);
        List<Node> children = new ArrayList<>();
        for (int c = 0; c < 4 && p.level < levels; c++) {
            children.add(node(n, new Patch(p.level + 1, 2 * p.i + (c & 1), 2 * p.j + (c >> 1))));
        }
        n.children(children);
        return n;
    }

    @Override
    public Node root() {
        return root;
    }

    @Override
    public PackedMesh load(Node node, SlabPool pool) {
        float[] xyz = positions((Patch) node.content, NX, NY);
        byte[] rgba = new byte[xyz.length / 3 * 4];
        byte[] evidence = new byte[xyz.length / 3];
        for (int v = 0; v < evidence.length; v++) {
            double x = xyz[3 * v];
            double y = xyz[3 * v + 1];
            double z = xyz[3 * v + 2];
            double band = 0.5 + 0.5 * Math.sin(9 * z + 3 * fbm(2 * x, 2 * y, 2 * z + 9));
            double spot = fbm(5 * x + 31, 5 * y, 5 * z);
            rgba[4 * v] = (byte) (int) (178 + 24 * band + 40 * spot);
            rgba[4 * v + 1] = (byte) (int) (150 + 22 * band + 42 * spot);
            rgba[4 * v + 2] = (byte) (int) (118 + 16 * band + 42 * spot);
            rgba[4 * v + 3] = -1;
            double far = Math.hypot(x - 1.9, y - 1.2) + 0.4 * fbm(4 * x, 4 * y, 4 * z);
            evidence[v] = (byte) (far < 0.8 ? 0 : 255);
        }
        int[] tri = new int[6 * NX * NY];
        int t = 0;
        for (int j = 0; j < NY; j++) {
            for (int i = 0; i < NX; i++) {
                int a = j * (NX + 1) + i;
                int b = a + NX + 1;
                for (int k : new int[] {a, b, a + 1, a + 1, b, b + 1}) {
                    tri[t++] = k;
                }
            }
        }
        return MeshPacker.pack(pool, xyz, 0, 0, 0, null, rgba, evidence, tri);
    }

    private static float[] positions(Patch p, int nx, int ny) {
        float[] xyz = new float[3 * (nx + 1) * (ny + 1)];
        int side = 1 << p.level;
        int k = 0;
        for (int j = 0; j <= ny; j++) {
            double lat = Math.PI * ((p.j + (double) j / ny) / side - 0.5);
            for (int i = 0; i <= nx; i++) {
                double lon = 2 * Math.PI * (p.i + (double) i / nx) / side;
                double dx = Math.cos(lat) * Math.cos(lon);
                double dy = Math.cos(lat) * Math.sin(lon);
                double dz = Math.sin(lat);
                double r = radius(dx, dy, dz);
                xyz[k++] = (float) (r * dx);
                xyz[k++] = (float) (r * dy);
                xyz[k++] = (float) (r * dz);
            }
        }
        return xyz;
    }

    private static double radius(double x, double y, double z) {
        double e = 7;
        double box = Math.pow(
                Math.pow(Math.abs(x) / 2.3, e) + Math.pow(Math.abs(y) / 2.1, e) + Math.pow(Math.abs(z) / 1.7, e), -1 / e);
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
