package org.grotto.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.grotto.base.Json;
import org.grotto.format.Column;
import org.grotto.format.gltf.Tile;
import org.grotto.format.gltf.TileMesh;
import org.grotto.format.gltf.Tileset;
import org.grotto.format.las.CopcNode;
import org.grotto.format.las.CopcReader;
import org.grotto.format.las.point.LasPoints;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Mesh;
import org.grotto.scene.CaveInfo;
import tools.jackson.databind.JsonNode;

/** A package of a {@link KnownCave} as any program finds it: decoded, in the room's own frame. */
final class KnownPackage {
    /** A point of the COPC; station by its index in {@link KnownScans#STANDS}. */
    record Point(double[] at, double[] normal, int station, int row, int col, int[] rgb, int intensity, double raw) {}

    /** A vertex of the finest tiles; columns as they are stored, colours 0 to 255. */
    record Vertex(
            double[] at,
            double[] normal,
            int[] rgb,
            int evidence,
            double distance,
            double spacing,
            double intensity,
            int station) {}

    final CaveInfo info;
    final JsonNode report;
    final List<Point> points = new ArrayList<>();
    final List<Vertex> vertices = new ArrayList<>();
    /** The finest surface. */
    final Mesh surface;

    final int tiles;
    final int levels;

    private final List<int[]> triangles = new ArrayList<>();
    private int found;

    KnownPackage(Path cave) throws IOException {
        info = Json.read(cave.resolve("cave.json"), CaveInfo.class);
        report = Json.tree(cave.resolve("quality/report.json"));
        points(cave.resolve("points/cave.copc.laz"));
        Tile root = Tileset.read(cave.resolve("mesh/tileset.json")).root();
        levels = tile(root, cave.resolve("mesh"));
        tiles = found;
        float[] xyz = new float[3 * vertices.size()];
        for (int v = 0; v < vertices.size(); v++) {
            for (int k = 0; k < 3; k++) {
                xyz[3 * v + k] = (float) vertices.get(v).at[k];
            }
        }
        int[] all = triangles.stream().flatMapToInt(java.util.Arrays::stream).toArray();
        surface = new Mesh(0, 0, 0, xyz, null, null, null, all);
    }

    private void points(Path file) {
        try (CopcReader reader = CopcReader.open(file)) {
            double[] scale = reader.scale();
            double[] offset = reader.offset();
            int row = at(reader, "row");
            int col = at(reader, "col");
            int raw = at(reader, "raw-intensity");
            for (CopcNode node : reader.nodes()) {
                LasPoints p = reader.points(node);
                float[] n = Objects.requireNonNull(reader.normals(p));
                char[] red = Objects.requireNonNull(p.red);
                char[] green = Objects.requireNonNull(p.green);
                char[] blue = Objects.requireNonNull(p.blue);
                for (int i = 0; i < p.size; i++) {
                    double[] world = {
                        p.x[i] * scale[0] + offset[0], p.y[i] * scale[1] + offset[1], p.z[i] * scale[2] + offset[2]
                    };
                    points.add(new Point(
                            KnownCave.back(KnownCave.FRAME, world),
                            KnownCave.unturn(KnownCave.FRAME, n[3 * i], n[3 * i + 1], n[3 * i + 2]),
                            KnownScans.ORDER[p.source[i] - 1],
                            bits(p, row, 2, i),
                            bits(p, col, 2, i),
                            new int[] {red[i], green[i], blue[i]},
                            p.intensity[i],
                            Float.intBitsToFloat(bits(p, raw, 4, i))));
                }
            }
        }
    }

    /** Where a column of extra bytes begins. */
    private static int at(CopcReader reader, String name) {
        int at = 0;
        for (Column c : reader.extraColumns()) {
            if (c.name().equals(name)) {
                return at;
            }
            at += c.type() == Column.Type.FLOAT ? 4 : 2;
        }
        throw new AssertionError("no column " + name);
    }

    private static int bits(LasPoints p, int at, int bytes, int i) {
        int v = 0;
        for (int k = 0; k < bytes; k++) {
            v |= (p.extra[at + k][i] & 255) << 8 * k;
        }
        return v;
    }

    /** Takes the leaves of a tile; gives how many levels it has. */
    private int tile(Tile tile, Path folder) throws IOException {
        found++;
        int deepest = 0;
        for (Tile c : tile.children()) {
            deepest = Math.max(deepest, tile(c, folder));
        }
        if (tile.children().isEmpty()) {
            leaf(
                    tile,
                    TileMesh.read(
                            ByteBuffer.wrap(Files.readAllBytes(folder.resolve(Objects.requireNonNull(tile.content())))),
                            "tile"));
        }
        return deepest + 1;
    }

    private void leaf(Tile tile, TileMesh m) {
        int n = m.vertexCount();
        double[][] at = new double[n][];
        double[][] normal = new double[n][];
        byte[] normals = Objects.requireNonNull(m.normals);
        for (int v = 0; v < n; v++) {
            at[v] = KnownCave.back(
                    KnownCave.FRAME,
                    m.positions[3 * v] + m.originX + tile.shift(0),
                    m.positions[3 * v + 1] + m.originY + tile.shift(1),
                    m.positions[3 * v + 2] + m.originZ + tile.shift(2));
            normal[v] = KnownCave.unturn(
                    KnownCave.FRAME, normals[4 * v] / 127.0, normals[4 * v + 1] / 127.0, normals[4 * v + 2] / 127.0);
        }
        // curtains between tiles hang along the normals: no triangle of theirs faces where its corners do
        int[] to = new int[n];
        for (int t = 0; t < m.indices.length; t += 3) {
            int[] c = {m.indices[t], m.indices[t + 1], m.indices[t + 2]};
            if (facing(at[c[0]], at[c[1]], at[c[2]], normal[c[0]], normal[c[1]], normal[c[2]])) {
                for (int k = 0; k < 3; k++) {
                    if (to[c[k]] == 0) {
                        add(m, c[k], at[c[k]], normal[c[k]]);
                        to[c[k]] = vertices.size();
                    }
                    c[k] = to[c[k]] - 1;
                }
                triangles.add(c);
            }
        }
    }

    private static boolean facing(double[] a, double[] b, double[] c, double[]... normals) {
        double[] n = new double[3];
        double l = 0;
        double dot = 0;
        double all = 0;
        for (int k = 0; k < 3; k++) {
            int i = (k + 1) % 3;
            int j = (k + 2) % 3;
            n[k] = (b[i] - a[i]) * (c[j] - a[j]) - (b[j] - a[j]) * (c[i] - a[i]);
            double sum = normals[0][k] + normals[1][k] + normals[2][k];
            l += n[k] * n[k];
            all += sum * sum;
            dot += n[k] * sum;
        }
        return dot > 0.6 * Math.sqrt(l * all);
    }

    private void add(TileMesh m, int v, double[] at, double[] normal) {
        byte[] rgba = Objects.requireNonNull(m.rgba);
        vertices.add(new Vertex(
                at,
                normal,
                new int[] {rgba[4 * v] & 255, rgba[4 * v + 1] & 255, rgba[4 * v + 2] & 255},
                (int) value(m, "evidence", v),
                value(m, "distance", v),
                value(m, "spacing", v),
                value(m, "intensity", v),
                (int) value(m, "station", v)));
    }

    private static double value(TileMesh m, String column, int v) {
        int at = m.columns.indexOf(column);
        if (at < 0) {
            throw new AssertionError("no column " + column + " in a tile");
        }
        return m.columns.value(at, v, 0);
    }

    /** A tree of the points, in the room's frame. */
    KdTree tree(org.grotto.base.Work work) {
        float[] xyz = new float[3 * points.size()];
        for (int i = 0; i < points.size(); i++) {
            for (int k = 0; k < 3; k++) {
                xyz[3 * i + k] = (float) points.get(i).at[k];
            }
        }
        return KdTree.of(xyz);
    }

    double fact(String key) {
        return node(key).path("value").asDouble(Double.NaN);
    }

    double uncertainty(String key) {
        return node(key).path("uncertainty").asDouble(Double.NaN);
    }

    private JsonNode node(String key) {
        for (JsonNode f : report.path("facts")) {
            if (f.path("key").asString().equals(key)) {
                return f;
            }
        }
        throw new AssertionError("no fact " + key);
    }

    CaveInfo.View view(String name) {
        return info.views().stream()
                .filter(v -> v.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
