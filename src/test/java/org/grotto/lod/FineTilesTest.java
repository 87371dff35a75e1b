package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.format.gltf.Tile;
import org.grotto.format.gltf.TileMesh;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Places;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiles hold the mesh to a hundredth of a millimetre, whatever stands beside it and however far. */
class FineTilesTest {
    private static final double EXACT = 1e-5;

    @TempDir
    Path dir;

    private final Work work = Work.silent();

    @AfterEach
    void close() {
        work.close();
    }

    /** A wavy sheet of {@code n} x {@code n} vertices. */
    private static void sheet(List<double[]> v, List<int[]> t, double x, double y, double z, int n, double edge) {
        int from = v.size();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double relief = edge * 0.3 * Math.sin(1.3 * i) * Math.cos(1.7 * j);
                v.add(new double[] {x + i * edge, y + j * edge, z + relief});
                if (i > 0 && j > 0) {
                    int a = from + (i - 1) * n + j - 1;
                    t.add(new int[] {a, a + n, a + n + 1});
                    t.add(new int[] {a, a + n + 1, a + 1});
                }
            }
        }
    }

    private static Mesh mesh(List<double[]> v, List<int[]> t) {
        double[] p = v.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
        return Places.of(p, p.length)
                .mesh(
                        Columns.NONE,
                        t.stream().flatMapToInt(java.util.Arrays::stream).toArray());
    }

    private MeshTiles.Result write(String name, Mesh m, int limit) throws IOException {
        return MeshTiles.write(
                m, Files.createDirectories(dir.resolve(name)), new TileOptions(limit, 1000, false), work);
    }

    private void leaves(Path folder, Tile tile, List<double[]> out, double[] leafError) throws IOException {
        if (!tile.children().isEmpty()) {
            for (Tile c : tile.children()) {
                assertThat(tile.geometricError()).isGreaterThanOrEqualTo(c.geometricError());
                leaves(folder, c, out, leafError);
            }
            return;
        }
        leafError[0] = Math.max(leafError[0], tile.geometricError());
        byte[] glb = Files.readAllBytes(folder.resolve(String.valueOf(tile.content())));
        TileMesh m = TileMesh.read(ByteBuffer.wrap(glb), "tile");
        for (int i = 0; i < m.vertexCount(); i++) {
            out.add(new double[] {
                tile.shift(0) + m.originX + m.positions[3 * i],
                tile.shift(1) + m.originY + m.positions[3 * i + 1],
                tile.shift(2) + m.originZ + m.positions[3 * i + 2]
            });
        }
    }

    /** The greatest distance along an axis from a wanted place to the nearest of the tiles' vertices; tried cells of 1 mm. */
    private static double worst(List<double[]> wanted, List<double[]> have) {
        java.util.Map<String, List<double[]>> cells = new java.util.HashMap<>();
        for (double[] h : have) {
            cells.computeIfAbsent(key(h, 0, 0, 0), k -> new ArrayList<>()).add(h);
        }
        double worst = 0;
        for (double[] w : wanted) {
            double best = Double.POSITIVE_INFINITY;
            for (int k = 0; k < 27; k++) {
                for (double[] h : cells.getOrDefault(key(w, k % 3 - 1, k / 3 % 3 - 1, k / 9 - 1), List.of())) {
                    double d = Math.max(Math.abs(w[0] - h[0]), Math.max(Math.abs(w[1] - h[1]), Math.abs(w[2] - h[2])));
                    best = Math.min(best, d);
                }
            }
            worst = Math.max(worst, best);
        }
        return worst;
    }

    private static String key(double[] p, int i, int j, int k) {
        return (Math.round(p[0] * 1000) + i) + " " + (Math.round(p[1] * 1000) + j) + " "
                + (Math.round(p[2] * 1000) + k);
    }

    @Test
    void twoBuildingsTenKilometresApartAreBothExact() throws IOException {
        for (int limit : new int[] {500, 100_000}) {
            List<double[]> v = new ArrayList<>();
            List<int[]> t = new ArrayList<>();
            sheet(v, t, 500_000.123456, 4_432_100.654321, 1200.111, 40, 0.1);
            sheet(v, t, 507_000.123456, 4_439_100.654321, 1300.111, 40, 0.01);
            MeshTiles.Result r = write("two" + limit, mesh(v, t), limit);
            List<double[]> have = new ArrayList<>();
            double[] error = new double[1];
            leaves(dir.resolve("two" + limit), r.tileset().root(), have, error);
            assertThat(worst(v, have)).isLessThan(EXACT);
            assertThat(error[0]).as("leaves are exact").isZero();
        }
    }

    /** 0.3 mm of relief in a patch between walls whose triangles are half a metre wide. */
    @Test
    void aFinePatchAmongCoarseWallsKeepsItsRelief() throws IOException {
        List<double[]> v = new ArrayList<>();
        List<int[]> t = new ArrayList<>();
        sheet(v, t, 0, 0, 0, 40, 0.5);
        List<double[]> patch = new ArrayList<>();
        sheet(patch, new ArrayList<>(), 3, 3, 1, 15, 0.001);
        sheet(v, t, 3, 3, 1, 15, 0.001);
        MeshTiles.Result r = write("patch", mesh(v, t), 256);
        List<double[]> have = new ArrayList<>();
        leaves(dir.resolve("patch"), r.tileset().root(), have, new double[1]);
        assertThat(r.step()).isLessThan(0.001 / 128);
        assertThat(worst(patch, have)).isLessThan(4.5e-6);
    }

    /** One triangle of 300 km has a step of centimetres in its tile, which says so. */
    @Test
    void aTileThatIsTooWideForItsDetailSaysHowFarItIsOff() throws IOException {
        List<double[]> v = new ArrayList<>();
        List<int[]> t = new ArrayList<>();
        v.add(new double[] {0.0123, 0.0234, 0.0345});
        v.add(new double[] {300_000.0123, 0.0234, 0});
        v.add(new double[] {0.0123, 300_000.0234, 0});
        t.add(new int[] {0, 1, 2});
        MeshTiles.Result r = write("wide", mesh(v, t), 256);
        List<double[]> have = new ArrayList<>();
        double[] error = new double[1];
        leaves(dir.resolve("wide"), r.tileset().root(), have, error);
        double off = 0;
        for (double[] w : v) {
            double best = Double.POSITIVE_INFINITY;
            for (double[] h : have) {
                best = Math.min(best, Math.hypot(Math.hypot(w[0] - h[0], w[1] - h[1]), w[2] - h[2]));
            }
            off = Math.max(off, best);
        }
        assertThat(error[0])
                .isGreaterThan(0)
                .isGreaterThanOrEqualTo(off - 2 * r.step())
                .isLessThan(0.1);
    }

    /** Rooms modelled in millimetres and read as metres: each fitting is fine, all of it is as wide as a town. */
    @Test
    void aModelInAWrongUnitMakesFewTilesWhoseErrorsAreTrue() throws IOException {
        List<double[]> v = new ArrayList<>();
        List<int[]> t = new ArrayList<>();
        java.util.Random r = new java.util.Random(5);
        for (int k = 0; k < 3000; k++) {
            sheet(v, t, 9000 * r.nextDouble(), 7000 * r.nextDouble(), 2000 * r.nextDouble(), 4, 2);
        }
        MeshTiles.Result tiles = write("unit", mesh(v, t), 100_000);
        assertThat(tiles.tiles()).as("the triangles alone need one").isBetween(2, 512);
        List<double[]> have = new ArrayList<>();
        double[] error = new double[1];
        leaves(dir.resolve("unit"), tiles.tileset().root(), have, error);
        assertThat(error[0]).isBetween(1e-6, 0.01);
        assertThat(worst(v, have)).isLessThanOrEqualTo(error[0] + 1e-9);
    }
}
