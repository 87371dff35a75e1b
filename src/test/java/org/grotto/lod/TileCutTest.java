package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.grotto.base.Work;
import org.grotto.format.gltf.Tile;
import org.grotto.format.gltf.TileMesh;
import org.grotto.format.gltf.Tileset;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A closed room shows no background through any mixed cut of its tiles. */
class TileCutTest {
    private static final int SIZE = 256;

    @TempDir
    Path folder;

    private final Map<String, TileMesh> meshes = new HashMap<>();

    private Tileset tiles(Mesh mesh, int tileTriangles) throws IOException {
        try (Work work = Work.silent()) {
            MeshTiles.write(mesh, folder, new TileOptions(tileTriangles, 200_000), work);
        }
        Tileset set = Tileset.read(folder.resolve("tileset.json"));
        load(set.root());
        return set;
    }

    private void load(Tile tile) throws IOException {
        ByteBuffer glb = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(tile.content())));
        meshes.put(tile.content(), TileMesh.read(glb, tile.content()));
        for (Tile c : tile.children()) {
            load(c);
        }
    }

    private int magenta(List<Tile> cut, CutPicture picture) {
        return picture.uncovered(cut.stream().map(t -> meshes.get(t.content())).toList());
    }

    private static void random(Tile tile, double p, SplittableRandom r, List<Tile> cut) {
        if (tile.children().isEmpty() || r.nextDouble() > p) {
            cut.add(tile);
        } else {
            tile.children().forEach(c -> random(c, p, r, cut));
        }
    }

    private static void byError(Tile tile, CutPicture picture, double pixels, List<Tile> cut) {
        Box b = tile.bounds();
        double dx = Math.max(0, Math.max(b.minX() - picture.eye[0], picture.eye[0] - b.maxX()));
        double dy = Math.max(0, Math.max(b.minY() - picture.eye[1], picture.eye[1] - b.maxY()));
        double dz = Math.max(0, Math.max(b.minZ() - picture.eye[2], picture.eye[2] - b.maxZ()));
        double distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
        if (tile.children().isEmpty() || tile.geometricError() * picture.focal <= pixels * distance) {
            cut.add(tile);
        } else {
            tile.children().forEach(c -> byError(c, picture, pixels, cut));
        }
    }

    private static CutPicture camera(SplittableRandom r, double reach) {
        double[] eye = {r.nextDouble(-reach, reach), r.nextDouble(-reach, reach), r.nextDouble(-reach, reach) * 0.6};
        double dx = 0;
        double dy = 0;
        double dz = 0;
        double l = 0;
        while (l < 0.1 || l > 1) {
            dx = r.nextDouble(-1, 1);
            dy = r.nextDouble(-1, 1);
            dz = r.nextDouble(-1, 1);
            l = dx * dx + dy * dy + dz * dz;
        }
        return CutPicture.looking(SIZE, eye, dx, dy, dz, 75);
    }

    @Test
    void noBackgroundThroughRandomCuts() throws IOException {
        Tileset set = tiles(TestCaves.ball(90, 5, 0.1, 0, 0, 0), 1500);
        SplittableRandom r = new SplittableRandom(7);
        int mixed = 0;
        for (int i = 0; i < 500; i++) {
            List<Tile> cut = new ArrayList<>();
            random(set.root(), r.nextDouble(0.3, 1), r, cut);
            mixed += cut.size() > 1 ? 1 : 0;
            CutPicture picture = camera(r, 2.5);
            assertThat(magenta(cut, picture))
                    .as("cut %d of %d tiles", i, cut.size())
                    .isZero();
        }
        assertThat(mixed).isGreaterThan(200);
    }

    @Test
    void noBackgroundThroughCutsByScreenError() throws IOException {
        Tileset set = tiles(TestCaves.ball(90, 5, 0.1, 0, 0, 0), 1500);
        SplittableRandom r = new SplittableRandom(8);
        for (int i = 0; i < 100; i++) {
            CutPicture picture = camera(r, 3);
            List<Tile> cut = new ArrayList<>();
            byError(set.root(), picture, r.nextDouble(0.5, 8), cut);
            assertThat(magenta(cut, picture))
                    .as("cut %d of %d tiles", i, cut.size())
                    .isZero();
        }
    }

    @Test
    void aMissingTileIsSeen() throws IOException {
        Tileset set = tiles(TestCaves.ball(60, 5, 0.1, 0, 0, 0), 1500);
        List<Tile> cut = new ArrayList<>();
        random(set.root(), 1, new SplittableRandom(1), cut);
        CutPicture picture = CutPicture.looking(SIZE, new double[] {0, 0, 0}, 1, 0.2, 0.1, 75);
        assertThat(magenta(cut, picture)).isZero();
        int seen = 0;
        for (int i = 0; i < cut.size(); i++) {
            List<Tile> less = new ArrayList<>(cut);
            less.remove(i);
            seen += magenta(less, picture) > 0 ? 1 : 0;
        }
        assertThat(seen).isPositive();
    }

    String count(int n, double bump, int tile, int cuts) throws IOException {
        Tileset set = tiles(TestCaves.ball(n, 5, bump, 0, 0, 0), tile);
        SplittableRandom r = new SplittableRandom(7);
        int bad = 0, px = 0, badS = 0, pxS = 0;
        for (int i = 0; i < cuts; i++) {
            List<Tile> cut = new ArrayList<>();
            random(set.root(), r.nextDouble(0.3, 1), r, cut);
            CutPicture picture = camera(r, 2.5);
            int m = magenta(cut, picture);
            if (m > 0) explain(set, cut, picture);
            bad += m > 0 ? 1 : 0;
            px += m;
            cut.clear();
            byError(set.root(), picture, r.nextDouble(0.5, 8), cut);
            m = magenta(cut, picture);
            if (m > 0) explain(set, cut, picture);
            badS += m > 0 ? 1 : 0;
            pxS += m;
        }
        return "random: bad cuts " + bad + " pixels " + px + "; by error: " + badS + " " + pxS;
    }

    void explain(Tileset set, List<Tile> cut, CutPicture pic) {
        List<Tile> all = new ArrayList<>();
        random(set.root(), 2, new SplittableRandom(1), all);
        var cov = pic.covered(cut.stream().map(t -> meshes.get(t.content())).toList());
        for (int i = 0; i < SIZE * SIZE; i++) {
            if (!cov.notAt(i)) continue;
            double u = (i % SIZE + 0.5 - SIZE / 2.0) / pic.focal, w = (i / SIZE + 0.5 - SIZE / 2.0) / pic.focal;
            double[] d = new double[3];
            for (int k = 0; k < 3; k++) d[k] = u * pic.axes[k] + w * pic.axes[3 + k] + pic.axes[6 + k];
            double best = 1e9;
            double[] bn = null;
            for (Tile t : all) {
                TileMesh m = meshes.get(t.content());
                for (int q = 0; q < m.indices.length; q += 3) {
                    double[][] p = new double[3][3];
                    for (int k = 0; k < 3; k++) {
                        int v = 3 * m.indices[q + k];
                        p[k][0] = m.originX + m.positions[v] - pic.eye[0];
                        p[k][1] = m.originY + m.positions[v + 1] - pic.eye[1];
                        p[k][2] = m.originZ + m.positions[v + 2] - pic.eye[2];
                    }
                    double[] n = cross(sub(p[1], p[0]), sub(p[2], p[0]));
                    if (dot(d, cross(p[0], p[1])) <= 0
                            && dot(d, cross(p[1], p[2])) <= 0
                            && dot(d, cross(p[2], p[0])) <= 0) {
                        double s = dot(n, p[0]) / dot(n, d);
                        if (s > 0 && s < best) {
                            best = s;
                            bn = n;
                        }
                    }
                }
            }
            double l = Math.sqrt(dot(d, d));
            double[] hit = {pic.eye[0] + best * d[0], pic.eye[1] + best * d[1], pic.eye[2] + best * d[2]};
            System.out.printf(
                    "pixel %d at %.3f m, incidence sin %.2f%n",
                    i, best * l, bn == null ? 0 : -dot(bn, d) / l / Math.sqrt(dot(bn, bn)));
            for (Tile t : cut) {
                TileMesh m = meshes.get(t.content());
                double near = 1e9;
                for (int v = 0; v < m.positions.length; v += 3)
                    near = Math.min(
                            near,
                            Math.hypot(
                                    Math.hypot(
                                            m.originX + m.positions[v] - hit[0],
                                            m.originY + m.positions[v + 1] - hit[1]),
                                    m.originZ + m.positions[v + 2] - hit[2]));
                if (near < 0.4) System.out.printf("   %s err %.4f near %.4f%n", t.content(), t.geometricError(), near);
            }
        }
    }

    static double[] sub(double[] a, double[] b) {
        return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }

    static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }
}
