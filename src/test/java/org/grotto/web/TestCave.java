package org.grotto.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.grotto.base.Json;
import org.grotto.base.Text;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Pose;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Station;

/**
 * A small cave package made by formula: a room of 7 x 6 x 3.8 m with a niche, a seated figure, bands and scratched signs,
 * star-shaped about its middle, so that the true surface along any direction is known. Two levels: one coarse tile and
 * 24 fine ones, plain float glTF.
 */
final class TestCave {
    /** Far from zero, as survey coordinates are: float positions would show it at once. */
    static final double OX = 431_200.25;

    static final double OY = 4_436_100.5;
    static final double OZ = 1_050.125;
    /** The middle of the room stands this high above its floor. */
    static final double MIDDLE = 1.9;

    private static final int FINE = 160;
    private static final int COARSE = 20;

    private TestCave() {}

    /** Distance from the middle to the true surface in unit direction d, metres. */
    static double radius(double x, double y, double z) {
        double p = 7;
        double base = Math.pow(
                Math.pow(Math.abs(x) / 3.5, p) + Math.pow(Math.abs(y) / 3.0, p) + Math.pow(Math.abs(z) / 1.9, p),
                -1 / p);
        double px = base * x;
        double py = base * y;
        double pz = base * z;
        double floor = smooth(-1.5, -1.75, pz);
        double rough = 0.022 * Math.sin(5.1 * px + 2 * Math.sin(3 * pz)) * Math.sin(4.3 * py + 1.3) * Math.cos(3.7 * pz)
                + 0.006 * Math.sin(23 * px + 4) * Math.sin(19 * py) * Math.sin(21 * pz + 1);
        double out = rough * (1 - 0.85 * floor);
        if (py > 2.2) { // the niche on the +Y wall, an arch with a figure in it
            double u = px / 1.15;
            double v = (pz + 0.15) / 1.2;
            double arch = v < 0 ? Math.max(Math.abs(u), -v * 1.05) : Math.hypot(u, v);
            double niche = smooth(1.0, 0.86, arch) * (1 - floor);
            double body = bump(px, pz, 0, -0.62, 0.42, 0.5) + 0.8 * bump(px, pz, 0, -0.95, 0.66, 0.26);
            double head = bump(px, pz, 0, 0.18, 0.2, 0.25) + 0.35 * bump(px, pz, 0, 0.42, 0.09, 0.1);
            double halo = 0.035 * smooth(0.03, 0.0, Math.abs(Math.hypot(px, pz - 0.18) - 0.43));
            out += 0.62 * niche - niche * (0.5 * Math.min(1, body) + 0.42 * Math.min(1, head)) + halo * niche;
            out -= 0.05 * smooth(0.1, 0.0, Math.abs(arch - 1.06)) * (1 - floor);
        }
        if (px > 2.6) { // signs cut 6 mm into the +X wall
            double cell = 0.24;
            double cy = Math.floor(py / cell);
            double cz = Math.floor(pz / cell);
            if (Math.abs(py) < 0.95 && pz > -0.45 && pz < 0.75) {
                double a = py / cell - cy - 0.5;
                double b = pz / cell - cz - 0.5;
                int kind = (int) (Math.abs(cy * 7 + cz * 13) % 5);
                double stroke = Math.abs(b);
                stroke = Math.min(stroke, kind % 2 == 0 ? Math.abs(a) : Math.abs(a - b));
                stroke = Math.min(stroke, kind > 2 ? Math.abs(b - 0.25) : Math.abs(a + 0.25));
                out += 0.007 * smooth(0.07, 0.03, stroke) * smooth(0.42, 0.38, Math.max(Math.abs(a), Math.abs(b)));
            }
        }
        out += 0.03 * smooth(0.035, 0.0, Math.abs(pz - 1.02)) * (1 - floor); // a string course
        return base + out;
    }

    private static double bump(double x, double z, double cx, double cz, double rx, double rz) {
        double q = Math.pow((x - cx) / rx, 2) + Math.pow((z - cz) / rz, 2);
        return q >= 1 ? 0 : Math.sqrt(1 - q);
    }

    private static double smooth(double from, double to, double x) {
        double t = Math.clamp((x - from) / (to - from), 0, 1);
        return t * t * (3 - 2 * t);
    }

    /** The true surface point in direction (x, y, z), in the cave frame. */
    static double[] at(double x, double y, double z) {
        double n = Math.sqrt(x * x + y * y + z * z);
        double r = radius(x / n, y / n, z / n);
        return new double[] {OX + r * x / n, OY + r * y / n, OZ + MIDDLE + r * z / n};
    }

    /** Writes the package; returns the error of its fine tiles against the formula, metres. */
    static double write(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("mesh/tiles"));
        List<Map<String, Object>> children = new ArrayList<>();
        double fine = 0;
        for (int face = 0; face < 6; face++) {
            for (int part = 0; part < 4; part++) {
                Patch patch = new Patch();
                patch.add(face, FINE, (part & 1) * FINE / 2, (part >> 1) * FINE / 2, FINE / 2);
                fine = Math.max(fine, patch.error);
                String name = "tiles/1-" + face + "-" + part + ".glb";
                Files.write(folder.resolve("mesh").resolve(name), patch.glb());
                children.add(Map.of(
                        "boundingVolume", Map.of("box", patch.box()),
                        "geometricError", patch.error,
                        "content", Map.of("uri", name)));
            }
        }
        Patch root = new Patch();
        for (int face = 0; face < 6; face++) {
            root.add(face, COARSE, 0, 0, COARSE);
        }
        Files.write(folder.resolve("mesh/tiles/0.glb"), root.glb());
        Map<String, Object> tileset = Map.of(
                "asset", Map.of("version", "1.1"),
                "geometricError", 1.0,
                "root",
                        Map.of(
                                "boundingVolume",
                                Map.of("box", List.of(0, 0, 2, 4.5, 0, 0, 0, 4.5, 0, 0, 0, 3)),
                                "transform",
                                List.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, OX, OY, OZ, 1),
                                "geometricError",
                                root.error,
                                "refine",
                                "REPLACE",
                                "content",
                                Map.of("uri", "tiles/0.glb"),
                                "children",
                                children));
        Json.write(folder.resolve("mesh/tileset.json"), tileset);
        Files.createDirectories(folder.resolve("quality"));
        Files.writeString(folder.resolve("quality/report.html"), "<!doctype html><title>Quality</title><p>ok");
        Json.write(
                folder.resolve("quality/report.json"),
                Map.of(
                        "facts",
                        List.of(Map.of(
                                "key", "coverage", "name", new Text("覆盖率", "Coverage"), "value", 97.5, "unit", "%"))));
        Json.write(folder.resolve("cave.json"), info());
        return fine;
    }

    /** The room as one mesh; its vertices stand on the formula. */
    static Mesh mesh() {
        Patch all = new Patch();
        for (int face = 0; face < 6; face++) {
            all.add(face, FINE, 0, 0, FINE);
        }
        int n = all.vertices.size();
        float[] xyz = new float[3 * n];
        byte[] rgb = new byte[3 * n];
        byte[] evidence = new byte[n];
        for (int v = 0; v < n; v++) {
            double[] p = all.vertices.get(v);
            double[] c = Patch.colour(p);
            for (int k = 0; k < 3; k++) {
                xyz[3 * v + k] = (float) p[k];
                rgb[3 * v + k] = (byte) Math.round(255 * Math.pow(Math.clamp(c[k], 0, 1), 1 / 2.2));
            }
            evidence[v] = Patch.inferred(p) ? Mesh.INFERRED : Mesh.MEASURED;
        }
        int[] triangles = all.triangles.stream().flatMapToInt(Arrays::stream).toArray();
        return new Mesh(OX, OY, OZ, xyz, null, rgb, evidence, triangles);
    }

    /** A vertex of {@link #mesh} on the floor, in the cave frame, u and v from 0 to 160. */
    static double[] floorVertex(int u, int v) {
        double[] d = Patch.direction(5, 2.0 * u / FINE - 1, 2.0 * v / FINE - 1);
        return at(d[0], d[1], d[2]);
    }

    static CaveInfo info() {
        Text title = new Text("第十二窟（试样）", "Cave 12 (specimen)");
        return new CaveInfo(
                CaveInfo.FORMAT,
                "test-cave",
                title,
                new CaveInfo.Frame("m", "+Z", new double[] {OX, OY, OZ}, 1e-6, null),
                new Box(OX - 3.6, OY - 3.1, OZ - 0.1, OX + 3.6, OY + 3.7, OZ + 3.9),
                List.of(station("S1", -1.6, -1.1), station("S2", 1.9, -0.8), station("测站三", 0.2, 1.0)),
                List.of(
                        view("inside", "窟内", "Inside", "inside", 0.3, -2.1, 1.6, 0, 3, 1.5),
                        view("dollhouse", "剖视", "Doll's house", "dollhouse", 6.5, -9.5, 7.5, 0, 0, 1.6),
                        view("S1", "一站", "Station 1", "inside", -1.6, -1.1, 1.6, 3, 1, 1.6),
                        view("inscription", "题刻", "Inscription", "inside", 2.1, 0, 1.9, 3.5, 0, 2.0)),
                List.of(
                        new CaveInfo.Deliverable("mesh", "mesh/tileset.json", "application/json", 0),
                        new CaveInfo.Deliverable("report", "quality/report.html", "text/html", 0)),
                new CaveInfo.Rights("云冈 Test Institute", "CC BY 4.0", null),
                null,
                null);
    }

    private static Station station(String name, double x, double y) {
        return new Station(name, "test.e57", null, new Pose(1, 0, 0, 0, OX + x, OY + y, OZ + 1.6), 123_456);
    }

    private static CaveInfo.View view(String name, String zh, String en, String kind, double... p) {
        return new CaveInfo.View(
                name,
                new Text(zh, en),
                kind,
                new double[] {OX + p[0], OY + p[1], OZ + p[2]},
                new double[] {OX + p[3], OY + p[4], OZ + p[5]},
                kind.equals("inside") ? 65 : 40);
    }

    /** Some cells of a cube's face pushed onto the surface, with vertices relative to (OX, OY, OZ). */
    private static final class Patch {
        final List<double[]> vertices = new ArrayList<>();
        final List<double[]> normals = new ArrayList<>();
        final List<int[]> triangles = new ArrayList<>();
        double error;

        void add(int face, int cells, int u0, int v0, int size) {
            int base = vertices.size();
            for (int v = 0; v <= size; v++) {
                for (int u = 0; u <= size; u++) {
                    double[] d = direction(face, 2.0 * (u0 + u) / cells - 1, 2.0 * (v0 + v) / cells - 1);
                    vertices.add(point(d));
                    normals.add(normal(d));
                }
            }
            for (int v = 0; v < size; v++) {
                for (int u = 0; u < size; u++) {
                    int a = base + v * (size + 1) + u;
                    triangle(a, a + 1, a + size + 2);
                    triangle(a, a + size + 2, a + size + 1);
                }
            }
        }

        /** Turns the triangle to the room and measures how far its inside lies from the formula. */
        private void triangle(int a, int b, int c) {
            double[] p = vertices.get(a);
            double[] n = cross(minus(vertices.get(b), p), minus(vertices.get(c), p));
            double[] inwards = {-p[0], -p[1], MIDDLE - p[2]};
            triangles.add(dot(n, inwards) > 0 ? new int[] {a, b, c} : new int[] {a, c, b});
            for (double[] w :
                    new double[][] {{1, 1, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 0}, {4, 1, 1}, {1, 4, 1}, {1, 1, 4}}) {
                double s = w[0] + w[1] + w[2];
                double x = 0;
                double y = 0;
                double z = -MIDDLE;
                int[] corner = {a, b, c};
                for (int k = 0; k < 3; k++) {
                    double[] q = vertices.get(corner[k]);
                    x += w[k] / s * q[0];
                    y += w[k] / s * q[1];
                    z += w[k] / s * q[2];
                }
                double r = Math.sqrt(x * x + y * y + z * z);
                error = Math.max(error, Math.abs(r - radius(x / r, y / r, z / r)));
            }
        }

        private static double[] direction(int face, double u, double v) {
            // even angles, so that cells are about equally wide
            double a = Math.tan(u * Math.PI / 4);
            double b = Math.tan(v * Math.PI / 4);
            return switch (face) {
                case 0 -> new double[] {1, a, b};
                case 1 -> new double[] {-1, a, b};
                case 2 -> new double[] {a, 1, b};
                case 3 -> new double[] {a, -1, b};
                case 4 -> new double[] {a, b, 1};
                default -> new double[] {a, b, -1};
            };
        }

        private static double[] point(double[] d) {
            double[] p = at(d[0], d[1], d[2]);
            return new double[] {p[0] - OX, p[1] - OY, p[2] - OZ};
        }

        private static double[] normal(double[] d) {
            double n = Math.sqrt(dot(d, d));
            double[] u = {d[0] / n, d[1] / n, d[2] / n};
            double[] side = Math.abs(u[2]) < 0.7 ? new double[] {-u[1], u[0], 0} : new double[] {0, -u[2], u[1]};
            double[] up = cross(u, side);
            double h = 2e-3;
            double[] a = minus(point(plus(u, side, h)), point(plus(u, side, -h)));
            double[] b = minus(point(plus(u, up, h)), point(plus(u, up, -h)));
            double[] m = cross(a, b);
            double s = (dot(m, u) > 0 ? -1 : 1) / Math.sqrt(dot(m, m));
            return new double[] {m[0] * s, m[1] * s, m[2] * s};
        }

        /** 3D Tiles box with axes along the frame. */
        List<Double> box() {
            double[] lo = {1e9, 1e9, 1e9};
            double[] hi = {-1e9, -1e9, -1e9};
            for (double[] p : vertices) {
                for (int k = 0; k < 3; k++) {
                    lo[k] = Math.min(lo[k], p[k]);
                    hi[k] = Math.max(hi[k], p[k]);
                }
            }
            double[] c = {(lo[0] + hi[0]) / 2, (lo[1] + hi[1]) / 2, (lo[2] + hi[2]) / 2};
            double[] h = {(hi[0] - lo[0]) / 2 + 1e-4, (hi[1] - lo[1]) / 2 + 1e-4, (hi[2] - lo[2]) / 2 + 1e-4};
            return List.of(c[0], c[1], c[2], h[0], 0.0, 0.0, 0.0, h[1], 0.0, 0.0, 0.0, h[2]);
        }

        byte[] glb() throws IOException {
            int n = vertices.size();
            int m = triangles.size();
            ByteBuffer bin = ByteBuffer.allocate(32 * n + 12 * m).order(ByteOrder.LITTLE_ENDIAN);
            float[] lo = {1e9f, 1e9f, 1e9f};
            float[] hi = {-1e9f, -1e9f, -1e9f};
            for (double[] p : vertices) { // glTF is Y up
                float[] q = {(float) p[0], (float) p[2], (float) -p[1]};
                for (int k = 0; k < 3; k++) {
                    bin.putFloat(q[k]);
                    lo[k] = Math.min(lo[k], q[k]);
                    hi[k] = Math.max(hi[k], q[k]);
                }
            }
            for (double[] q : normals) {
                bin.putFloat((float) q[0]).putFloat((float) q[2]).putFloat((float) -q[1]);
            }
            for (double[] p : vertices) {
                double[] c = colour(p);
                for (int k = 0; k < 3; k++) {
                    bin.put((byte) Math.round(255 * Math.clamp(c[k], 0, 1)));
                }
                bin.put((byte) 255);
            }
            for (double[] p : vertices) {
                bin.put((byte) (inferred(p) ? 0 : 255)).put((byte) 0).putShort((short) 0);
            }
            for (int[] t : triangles) {
                bin.putInt(t[0]).putInt(t[1]).putInt(t[2]);
            }
            Map<String, Object> json = Map.of(
                    "asset", Map.of("version", "2.0"),
                    "scene", 0,
                    "scenes", List.of(Map.of("nodes", List.of(0))),
                    "nodes", List.of(Map.of("mesh", 0)),
                    "meshes",
                            List.of(Map.of(
                                    "primitives",
                                    List.of(Map.of(
                                            "attributes",
                                            Map.of("POSITION", 0, "NORMAL", 1, "COLOR_0", 2, "_EVIDENCE", 3),
                                            "indices",
                                            4)))),
                    "buffers", List.of(Map.of("byteLength", bin.capacity())),
                    "bufferViews",
                            List.of(
                                    view(0, 12 * n, 0),
                                    view(12 * n, 12 * n, 0),
                                    view(24 * n, 4 * n, 0),
                                    view(28 * n, 4 * n, 4),
                                    view(32 * n, 12 * m, 0)),
                    "accessors",
                            List.of(
                                    Map.of(
                                            "bufferView",
                                            0,
                                            "componentType",
                                            5126,
                                            "count",
                                            n,
                                            "type",
                                            "VEC3",
                                            "min",
                                            lo,
                                            "max",
                                            hi),
                                    Map.of("bufferView", 1, "componentType", 5126, "count", n, "type", "VEC3"),
                                    Map.of(
                                            "bufferView",
                                            2,
                                            "componentType",
                                            5121,
                                            "normalized",
                                            true,
                                            "count",
                                            n,
                                            "type",
                                            "VEC4"),
                                    Map.of("bufferView", 3, "componentType", 5121, "count", n, "type", "SCALAR"),
                                    Map.of("bufferView", 4, "componentType", 5125, "count", 3 * m, "type", "SCALAR")));
            byte[] text = Json.text(json).getBytes(StandardCharsets.UTF_8);
            int padded = (text.length + 3) / 4 * 4;
            ByteBuffer head = ByteBuffer.allocate(20 + padded + 8).order(ByteOrder.LITTLE_ENDIAN);
            head.putInt(0x46546C67).putInt(2).putInt(28 + padded + bin.capacity());
            head.putInt(padded).putInt(0x4E4F534A).put(text);
            while (head.position() < 20 + padded) {
                head.put((byte) ' ');
            }
            head.putInt(bin.capacity()).putInt(0x004E4942);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(head.array());
            all.write(bin.array());
            return all.toByteArray();
        }

        private static Map<String, Object> view(int at, int length, int stride) {
            return stride == 0
                    ? Map.of("buffer", 0, "byteOffset", at, "byteLength", length)
                    : Map.of("buffer", 0, "byteOffset", at, "byteLength", length, "byteStride", stride);
        }

        /** Stone and paint, linear light. */
        private static double[] colour(double[] p) {
            double band = 0.5 + 0.5 * Math.sin(9 * p[2] + 1.5 * Math.sin(1.7 * p[0] + p[1]));
            double grain = 0.5 + 0.5 * Math.sin(61 * p[0]) * Math.sin(53 * p[1] + 2) * Math.sin(47 * p[2]);
            double s = 0.30 + 0.08 * band + 0.05 * grain;
            double[] c = {s * 1.0, s * 0.74, s * 0.5};
            if (p[1] > 2.6) { // paint in the niche
                double h = Math.hypot(p[0], p[2] - MIDDLE - 0.18);
                if (h > 0.3 && h < 0.56) {
                    c = h < 0.43 ? new double[] {0.1, 0.3, 0.24} : new double[] {0.38, 0.1, 0.05};
                }
            }
            double soot = smooth(3.1, 3.75, p[2]);
            for (int k = 0; k < 3; k++) {
                c[k] *= 1 - 0.55 * soot;
            }
            return c;
        }

        /** A shadow on the floor behind the stations and one high in a corner. */
        private static boolean inferred(double[] p) {
            return (p[2] < 0.3 && Math.hypot(p[0] + 1.5, p[1] + 1.2) < 0.8)
                    || Math.hypot(Math.hypot(p[0] - 3.0, p[1] - 2.4), p[2] - 3.4) < 0.9;
        }
    }

    private static double[] minus(double[] a, double[] b) {
        return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }

    private static double[] plus(double[] a, double[] b, double t) {
        return new double[] {a[0] + t * b[0], a[1] + t * b[1], a[2] + t * b[2]};
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
