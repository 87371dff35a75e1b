package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.grotto.base.Work;
import org.grotto.format.obj.ObjMesh;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made with edges keeps them at every level; what was scanned or is round is smooth. */
class HardEdgesTest {
    @TempDir
    Path dir;

    /** A block of n x n squares a side, each two triangles, its corners one vertex each. */
    private static Mesh block(int n, double turned, double noise) {
        Map<Long, Integer> known = new HashMap<>();
        List<double[]> places = new ArrayList<>();
        List<int[]> triangles = new ArrayList<>();
        java.util.Random random = new java.util.Random(5);
        for (int axis = 0; axis < 3; axis++) {
            for (int end = 0; end <= n; end += n) {
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        int[] q = new int[4];
                        for (int k = 0; k < 4; k++) {
                            int[] c = new int[3];
                            c[axis] = end;
                            c[(axis + 1) % 3] = i + (k == 1 || k == 2 ? 1 : 0);
                            c[(axis + 2) % 3] = j + (k >= 2 ? 1 : 0);
                            long key = ((long) c[0] << 40) | ((long) c[1] << 20) | c[2];
                            q[k] = known.computeIfAbsent(key, x -> {
                                double s = Math.sin(turned);
                                double o = Math.cos(turned);
                                double[] p = {c[0] * 2.0 / n, c[1] * 2.0 / n, c[2] * 2.0 / n};
                                for (int a = 0; a < 3; a++) {
                                    p[a] += noise * random.nextGaussian();
                                }
                                places.add(new double[] {o * p[0] - s * p[1], s * p[0] + o * p[1], p[2]});
                                return places.size() - 1;
                            });
                        }
                        boolean out = end > 0;
                        triangles.add(new int[] {q[0], q[out ? 1 : 2], q[out ? 2 : 1]});
                        triangles.add(new int[] {q[0], q[out ? 2 : 3], q[out ? 3 : 2]});
                    }
                }
            }
        }
        return mesh(places, triangles);
    }

    private static Mesh mesh(List<double[]> places, List<int[]> triangles) {
        float[] xyz = new float[3 * places.size()];
        for (int i = 0; i < xyz.length; i++) {
            xyz[i] = (float) places.get(i / 3)[i % 3];
        }
        int[] t = new int[3 * triangles.size()];
        for (int i = 0; i < t.length; i++) {
            t[i] = triangles.get(i / 3)[i % 3];
        }
        return new Mesh(0, 0, 0, xyz, Columns.NONE, t);
    }

    private static TileTree tree(Mesh m, int limit) {
        try (Work work = Work.silent()) {
            TileTree tree = TileTree.of(TileVertices.of(m, work), limit, work);
            TileLevels.fill(tree, limit, work);
            return tree;
        }
    }

    private static TileContent content(TileTree tree, TileNode n) {
        return TileContent.of(
                tree.mesh, n, new TileSkirts.Hem(tree.mesh, 0, new int[0], new float[0], new byte[0]), null);
    }

    /** Every corner has the normal of a side of the block, of the one that its triangle lies next to; no curtain. */
    private static void assertSides(TileTree tree, TileNode n, double turned) {
        TileContent c = content(tree, n);
        int aslant = 0;
        for (int t = 0; t < n.triangles.length; t += 3) {
            double[] f = facet(c, t);
            for (int k = 0; k < 3; k++) {
                int v = 3 * c.triangles[t + k];
                double x = c.normals[v] * Math.cos(turned) + c.normals[v + 1] * Math.sin(turned);
                double y = c.normals[v + 1] * Math.cos(turned) - c.normals[v] * Math.sin(turned);
                double most = Math.max(Math.max(Math.abs(x), Math.abs(y)), Math.abs(c.normals[v + 2]));
                assertThat(most).as(n.name()).isGreaterThan(0.99999);
                double fits = f[0] * c.normals[v] + f[1] * c.normals[v + 1] + f[2] * c.normals[v + 2];
                assertThat(fits).as(n.name()).isGreaterThan(n.leaf() ? 0.99999 : 0.5);
                aslant += fits < 0.99 ? 1 : 0;
            }
        }
        // a coarse border may cut an edge
        assertThat(aslant).as(n.name()).isLessThanOrEqualTo(n.triangles.length / 20);
    }

    private static double[] facet(TileContent c, int t) {
        double[] u = new double[3];
        double[] w = new double[3];
        for (int a = 0; a < 3; a++) {
            u[a] = (double) c.xyz[3 * c.triangles[t + 1] + a] - c.xyz[3 * c.triangles[t] + a];
            w[a] = (double) c.xyz[3 * c.triangles[t + 2] + a] - c.xyz[3 * c.triangles[t] + a];
        }
        double[] f = {u[1] * w[2] - u[2] * w[1], u[2] * w[0] - u[0] * w[2], u[0] * w[1] - u[1] * w[0]};
        double l = Math.sqrt(f[0] * f[0] + f[1] * f[1] + f[2] * f[2]);
        return new double[] {f[0] / l, f[1] / l, f[2] / l};
    }

    @Test
    void aBlockWithoutNormalsHasFlatSidesAtEveryLevel() {
        for (int n : new int[] {1, 24}) {
            for (double turned : new double[] {0, 0.37}) {
                TileTree tree = tree(block(n, turned, 0), 300);
                assertThat(tree.nodes.size()).isGreaterThan(n > 1 ? 20 : 0);
                for (TileNode node : tree.nodes) {
                    assertSides(tree, node, turned);
                }
                // eight corners of three sides, edges of two
                assertThat(tree.mesh.sides.hard()).isEqualTo(8 + 12 * (n - 1));
            }
        }
    }

    /** The preview is split as tiles are, and no more: 24 corners. */
    @Test
    void thePreviewOfABlockHasFlatSides() {
        try (Work work = Work.silent()) {
            Mesh p = TilePreview.of(tree(block(1, 0.2, 0), 300), 1000, work);
            assertThat(p.vertexCount()).isEqualTo(24);
            assertThat(p.triangleCount()).isEqualTo(12);
        }
    }

    /** A block as a scanner sees it, and a rough ball: nowhere so flat that an edge would be told. */
    @Test
    void whatIsScannedIsSmooth() {
        TileTree scan = tree(block(24, 0.37, 0.004), 300);
        assertThat(scan.mesh.sides == null ? 0 : scan.mesh.sides.hard()).isLessThan(3);
        Mesh ball = TestCaves.ball(40, 2, 0.3, 0, 0, 0);
        Mesh bare = new Mesh(0, 0, 0, ball.xyz, Columns.NONE, ball.triangles);
        assertThat(tree(bare, 1000).mesh.sides).isNull();
        assertThat(tree(ball, 1000).mesh.sides).isNull();
    }

    /** The same with the normals that each triangle would have: programs write them for want of better ones. */
    @Test
    void flatShadingIsNoEdge() {
        Mesh ball = TestCaves.ball(30, 2, 0.3, 0, 0, 0);
        float[] xyz = new float[3 * ball.triangles.length];
        float[] normals = new float[xyz.length];
        int[] t = new int[ball.triangles.length];
        for (int i = 0; i < t.length; i++) {
            t[i] = i;
            System.arraycopy(ball.xyz, 3 * ball.triangles[i], xyz, 3 * i, 3);
        }
        for (int i = 0; i < t.length; i += 3) {
            double[] u = new double[3];
            double[] w = new double[3];
            for (int a = 0; a < 3; a++) {
                u[a] = (double) xyz[3 * i + 3 + a] - xyz[3 * i + a];
                w[a] = (double) xyz[3 * i + 6 + a] - xyz[3 * i + a];
            }
            double[] f = {u[1] * w[2] - u[2] * w[1], u[2] * w[0] - u[0] * w[2], u[0] * w[1] - u[1] * w[0]};
            double l = Math.sqrt(f[0] * f[0] + f[1] * f[1] + f[2] * f[2]);
            for (int k = 0; k < 9; k++) {
                normals[3 * i + k] = (float) (f[k % 3] / l);
            }
        }
        assertThat(tree(new Mesh(0, 0, 0, xyz, normals, null, null, t), 1000).mesh.sides)
                .isNull();
    }

    /** A drum as OBJ tells it: its wall round by its normals, though it has sixteen sides, its lids flat. */
    @Test
    void aDrumIsRoundAroundAndFlatAbove() throws Exception {
        int n = 16;
        int rows = 12;
        StringBuilder s = new StringBuilder();
        for (int r = 0; r <= rows; r++) {
            for (int i = 0; i < n; i++) {
                double a = 2 * Math.PI * i / n;
                s.append(String.format(Locale.ROOT, "v %.6f %.6f %.6f%n", Math.cos(a), Math.sin(a), 2.0 * r / rows));
            }
        }
        for (int i = 0; i < n; i++) {
            double a = 2 * Math.PI * i / n;
            s.append(String.format(Locale.ROOT, "vn %.6f %.6f 0%n", Math.cos(a), Math.sin(a)));
        }
        s.append("vn 0 0 1\nvn 0 0 -1\n");
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < n; i++) {
                int j = (i + 1) % n;
                int p = r * n;
                s.append(String.format(
                        "f %d//%d %d//%d %d//%d %d//%d%n",
                        p + i + 1, i + 1, p + j + 1, j + 1, p + n + j + 1, j + 1, p + n + i + 1, i + 1));
            }
        }
        s.append('f');
        for (int i = 0; i < n; i++) {
            s.append(" ").append(rows * n + i + 1).append("//").append(n + 1);
        }
        s.append("\nf");
        for (int i = n - 1; i >= 0; i--) {
            s.append(" ").append(i + 1).append("//").append(n + 2);
        }
        Path file = Files.writeString(dir.resolve("drum.obj"), s + "\n");
        Mesh m = ObjMesh.read(file);
        assertThat(m.vertexCount()).isEqualTo((rows + 1) * n + 2 * n);
        TileTree tree = tree(m, 60);
        assertThat(tree.nodes.size()).isGreaterThan(4);
        for (TileNode node : tree.nodes) {
            TileContent c = content(tree, node);
            for (int t = 0; t < node.triangles.length; t += 3) {
                boolean lid = Math.abs(facet(c, t)[2]) > 0.9;
                for (int k = 0; k < 3; k++) {
                    int v = 3 * c.triangles[t + k];
                    double x = (c.xyz[v] * tree.mesh.step) + tree.mesh.originX;
                    double y = (c.xyz[v + 1] * tree.mesh.step) + tree.mesh.originY;
                    double l = Math.hypot(x, y);
                    double fits = lid ? Math.abs(c.normals[v + 2]) : (x * c.normals[v] + y * c.normals[v + 1]) / l;
                    assertThat(fits).as(node.name()).isGreaterThan(0.9999);
                }
            }
        }
    }

    /** A file's normals of two sides that meet at a flat angle are kept, and those that differ by a hair are one. */
    @Test
    void whatAFileTellsApartStaysApart() {
        float[] xyz = {0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0.1f, 0, 1, 0};
        int[] t = {0, 1, 2, 3, 4, 5};
        for (double degrees : new double[] {4, 16}) {
            float s = (float) Math.sin(Math.toRadians(degrees));
            float c = (float) Math.cos(Math.toRadians(degrees));
            float[] n = {0, 0, 1, 0, 0, 1, 0, 0, 1, s, 0, c, s, 0, c, s, 0, c};
            TileTree tree = tree(new Mesh(0, 0, 0, xyz, n, null, null, t), 100);
            assertThat(tree.mesh.size()).isEqualTo(4);
            assertThat(content(tree, tree.root).xyz.length / 3).isEqualTo(degrees < 10 ? 4 : 6);
        }
    }
}
