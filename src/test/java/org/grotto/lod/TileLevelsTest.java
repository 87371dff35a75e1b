package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Levels of a closed room and of an open sheet: how many triangles each has, what their borders share, what the preview is. */
class TileLevelsTest {
    private static final int LIMIT = 400;

    private static TileTree tree;
    private static TileSkirts.Hem hem;
    private static TileSkirts.Hem lastHem;
    private static Mesh mesh;

    private static TileTree filled(Mesh m, int limit) {
        try (Work work = new Work(1, 1L << 28, Progress.NONE)) {
            TileTree t = TileTree.of(TileVertices.of(m, work), limit, work);
            lastHem = TileLevels.fill(t, limit, work);
            return t;
        }
    }

    @BeforeAll
    static void build() {
        mesh = TestCaves.ball(28, 5, 0.15, 10, 20, 30);
        tree = filled(mesh, LIMIT);
        hem = lastHem;
    }

    private static int count(TileNode n) {
        return n.triangles.length / 3;
    }

    /** A parent has a quarter of its children's triangles, or few more where its border does not allow fewer. */
    @Test
    void aParentHasAQuarterOfItsChildrensTriangles() {
        int inner = 0;
        for (TileNode n : tree.nodes) {
            if (n.leaf()) {
                assertThat(count(n)).isEqualTo(n.to - n.from);
                continue;
            }
            inner++;
            int sum = n.children.stream().mapToInt(TileLevelsTest::count).sum();
            int wanted = Math.min(LIMIT, sum / 4);
            assertThat(count(n)).as(n.name()).isBetween(9 * wanted / 10, wanted + n.border.length / 2);
        }
        assertThat(inner).isGreaterThan(5);
    }

    /** A root over a closed room has no border that would hold it up: a quarter it is. */
    @Test
    void aRootHasAQuarterToTheTriangle() {
        TileTree eight = filled(TestCaves.ball(20, 5, 0.15, 0, 0, 0), 2000);
        int sum = eight.root.children.stream().mapToInt(TileLevelsTest::count).sum();
        assertThat(sum / 4).isLessThan(2000);
        assertThat(count(eight.root)).isBetween(sum / 4 - 3, sum / 4);
    }

    @Test
    void errorsRiseFromTheLeavesToTheRoot() {
        for (TileNode n : tree.nodes) {
            assertThat(n.error == 0).isEqualTo(n.leaf());
            for (TileNode c : n.children) {
                assertThat(n.error).isGreaterThanOrEqualTo(c.error);
            }
        }
    }

    /** A node's border is that of its triangles, edge by edge, and all that it is told to share has a neighbour. */
    @Test
    void aNodesBorderIsThatOfItsTriangles() {
        for (TileNode n : tree.nodes) {
            assertThat(directed(BorderEdges.of(n.triangles, 0, count(n), new LocalIds(0, 0))))
                    .as(n.name())
                    .isEqualTo(directed(n.border));
            for (boolean s : n.shared) {
                assertThat(s).as("a closed mesh ends nowhere").isTrue();
            }
        }
    }

    private static Set<Long> directed(int[] edges) {
        Set<Long> out = new HashSet<>();
        for (int i = 0; i < edges.length; i += 2) {
            out.add((long) edges[i] << 32 | edges[i + 1]);
        }
        return out;
    }

    /** From level to level every second vertex of a border goes, and no triangle of the new level is turned over. */
    @Test
    void everySecondVertexOfABorderGoes() {
        int before = 0;
        int after = 0;
        for (TileNode n : tree.nodes) {
            if (n.leaf() || n == tree.root) {
                continue;
            }
            List<Integer> joined = new ArrayList<>();
            for (TileNode c : n.children) {
                for (int e : c.border) {
                    joined.add(e);
                }
            }
            before += BorderEdges.cancelled(
                                    joined.stream().mapToInt(Integer::intValue).toArray())
                            .length
                    / 2;
            after += n.border.length / 2;
        }
        assertThat(after / (double) before).isCloseTo(0.5, within(0.1));
    }

    /** What the hem says of a vertex at each level: where it ends is on that level's border, and that one is sunk below it. */
    @Test
    void everyBorderVertexEndsOnEachLevelsBorder() {
        TileVertices v = tree.mesh;
        Set<Integer> borders = new HashSet<>();
        Map<Integer, Integer> coarsest = new HashMap<>();
        int deepest = 0;
        for (TileNode n : tree.nodes) {
            deepest = Math.max(deepest, n.depth);
            for (int p : n.border) {
                borders.add(p);
                coarsest.merge(p, n.depth, Math::min);
            }
        }
        assertThat(deepest).isGreaterThan(1);
        double least = 8 * v.step;
        int moved = 0;
        for (int p : borders) {
            assertThat(hem.end(p, deepest))
                    .as("nothing is gone at the finest level")
                    .isEqualTo(p);
            float before = 0;
            for (int level = deepest; level >= 0; level--) {
                int e = hem.end(p, level);
                assertThat(hem.end(e, level)).isEqualTo(e);
                assertThat(borders).contains(e);
                assertThat(coarsest.get(e)).as("it stays as long as any").isLessThanOrEqualTo(coarsest.get(p));
                assertThat(hem.sunk(e, level)).isGreaterThanOrEqualTo(Math.max(before, (float) least));
                before = hem.sunk(e, level);
                double away = 0;
                for (int a = 0; a < 3; a++) {
                    away += Math.pow(v.at(p, a) - v.at(e, a), 2);
                }
                assertThat(Math.sqrt(away)).as("a few edges away").isLessThan(5);
            }
            moved += hem.end(p, 0) == p ? 0 : 1;
        }
        assertThat(moved).isGreaterThan(borders.size() / 4);
    }

    /** A level's border is sunk no less than nearly all of the finest border lies off it, and not many times more. */
    @Test
    void aBorderIsSunkBelowFinerOnes() {
        TileVertices v = tree.mesh;
        Set<Integer> finest = new HashSet<>();
        for (TileNode n : tree.nodes) {
            if (n.leaf()) {
                for (int p : n.border) {
                    finest.add(p);
                }
            }
        }
        for (int level = 1; level < 3; level++) {
            Set<Integer> on = new HashSet<>();
            List<int[]> edges = new ArrayList<>();
            for (TileNode n : tree.nodes) {
                for (int e = 0; n.depth == level && !n.leaf() && e < n.border.length; e++) {
                    on.add(n.border[e]);
                }
                // two lines that became one between the same nodes are no border any more, but were ended there
                for (int e = 0; n.leaf() && e < n.border.length; e += 2) {
                    edges.add(new int[] {hem.end(n.border[e], level), hem.end(n.border[e + 1], level)});
                }
            }
            double off = 0;
            double sunk = 0;
            int above = 0;
            int all = 0;
            for (int p : finest) {
                int end = hem.end(p, level);
                if (!on.contains(end)) {
                    continue; // inside this level's tiles
                }
                double[] least = {Double.POSITIVE_INFINITY, 0};
                for (int[] e : edges) {
                    double[] d = off(v, p, e[0], e[1]);
                    least = d[0] < least[0] ? d : least;
                }
                // each level measures along its own normals: a few lie off more
                above += hem.sunk(end, level) < least[1] ? 1 : 0;
                all++;
                off = Math.max(off, least[1]);
                sunk = Math.max(sunk, hem.sunk(end, level));
            }
            assertThat(off).isPositive();
            assertThat(above).isLessThan(all / 50);
            assertThat(sunk).as("level " + level).isLessThan(4 * off);
        }
    }

    /** How far a vertex lies from an edge, and how far along its normal, metres. */
    private static double[] off(TileVertices v, int p, int a, int b) {
        double ab = 0;
        double t = 0;
        for (int k = 0; k < 3; k++) {
            double u = v.at(b, k) - v.at(a, k);
            ab += u * u;
            t += u * (v.at(p, k) - v.at(a, k));
        }
        t = ab > 0 ? Math.clamp(t / ab, 0, 1) : 0;
        double sum = 0;
        double along = 0;
        for (int k = 0; k < 3; k++) {
            double d = v.at(p, k) - v.at(a, k) - t * (v.at(b, k) - v.at(a, k));
            sum += d * d;
            along += d * v.up[3 * p + k];
        }
        return new double[] {Math.sqrt(sum), Math.abs(along)};
    }

    @Test
    void thePreviewIsTheWholeRoomInFewTrianglesWithItsColours() {
        Map<List<Float>, Integer> places = new HashMap<>();
        TileVertices v = tree.mesh;
        for (int i = 0; i < v.size(); i++) {
            places.put(List.of(v.at(i, 0), v.at(i, 1), v.at(i, 2)), i);
        }
        for (int limit : new int[] {64, 300, 2000, 100_000}) {
            Mesh p;
            try (Work work = Work.silent()) {
                p = TilePreview.of(tree, limit, work);
            }
            assertThat(p.triangleCount()).isLessThanOrEqualTo(limit);
            assertThat(p.triangleCount()).isGreaterThanOrEqualTo(Math.min(limit, mesh.triangleCount()) * 3 / 4);
            assertThat(p.originX).isEqualTo(v.originX);
            assertThat(p.originY).isEqualTo(v.originY);
            assertThat(p.originZ).isEqualTo(v.originZ);
            assertThat(BorderEdges.of(p.triangles, 0, p.triangleCount(), new LocalIds(0, 0)))
                    .as("closed")
                    .isEmpty();
            Set<Integer> used = new HashSet<>();
            for (int i : p.triangles) {
                used.add(i);
            }
            assertThat(used).as("no vertex for nothing").hasSize(p.vertexCount());
            for (int i = 0; i < p.vertexCount(); i++) {
                Integer at = places.get(List.of(p.xyz[3 * i], p.xyz[3 * i + 1], p.xyz[3 * i + 2]));
                assertThat(at).isNotNull();
                for (int a = 0; a < 3; a++) {
                    assertThat(p.rgb()[3 * i + a]).isEqualTo(v.rgb[3 * at + a]);
                    assertThat(p.normals()[3 * i + a]).isEqualTo(v.normals[3 * at + a]);
                }
                assertThat(p.evidence()[i]).isEqualTo(v.evidence[at]);
            }
        }
    }

    /** A flat sheet whose vertices lie crooked in it: no level turns a triangle of it over. */
    @Test
    void noTriangleIsTurnedOver() {
        int n = 40;
        java.util.Random r = new java.util.Random(6);
        float[] xyz = new float[3 * (n + 1) * (n + 1)];
        int[] t = new int[6 * n * n];
        int k = 0;
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= n; j++) {
                int p = i * (n + 1) + j;
                xyz[3 * p] = 0.1f * i + (float) (0.06 * (r.nextDouble() - 0.5));
                xyz[3 * p + 1] = 0.1f * j + (float) (0.06 * (r.nextDouble() - 0.5));
                if (i < n && j < n) {
                    for (int q : new int[] {p, p + n + 1, p + n + 2, p, p + n + 2, p + 1}) {
                        t[k++] = q;
                    }
                }
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            float[] turned = new float[xyz.length];
            for (int i = 0; i < xyz.length; i++) {
                turned[i / 3 * 3 + (i + axis) % 3] = xyz[i];
            }
            TileTree sheet = filled(new Mesh(0, 0, 0, turned, null, null, null, t), 100);
            TileVertices v = sheet.mesh;
            int over = 0;
            for (TileNode node : sheet.nodes) {
                for (int i = 0; i < node.triangles.length; i += 3) {
                    int u = axis;
                    int w = (axis + 1) % 3;
                    double ux = v.at(node.triangles[i + 1], u) - v.at(node.triangles[i], u);
                    double uy = v.at(node.triangles[i + 1], w) - v.at(node.triangles[i], w);
                    double wx = v.at(node.triangles[i + 2], u) - v.at(node.triangles[i], u);
                    double wy = v.at(node.triangles[i + 2], w) - v.at(node.triangles[i], w);
                    over += ux * wy - uy * wx < 0 ? 1 : 0;
                }
            }
            assertThat(over).as("axis " + axis).isZero();
        }
    }

    /** Where a sheet ends nothing is shared; where tiles of it meet all is, at every level. */
    @Test
    void theMeshesOwnBorderIsNotShared() {
        int n = 40;
        float[] xyz = new float[3 * (n + 1) * (n + 1)];
        int[] t = new int[6 * n * n];
        int k = 0;
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= n; j++) {
                int p = i * (n + 1) + j;
                xyz[3 * p] = 0.1f * i;
                xyz[3 * p + 1] = 0.1f * j;
                xyz[3 * p + 2] = (float) (0.2 * Math.sin(0.4 * i) * Math.cos(0.3 * j));
                if (i < n && j < n) {
                    for (int q : new int[] {p, p + n + 1, p + n + 2, p, p + n + 2, p + 1}) {
                        t[k++] = q;
                    }
                }
            }
        }
        TileTree sheet = filled(new Mesh(0, 0, 0, xyz, null, null, null, t), 300);
        TileVertices v = sheet.mesh;
        int open = 0;
        int shared = 0;
        for (TileNode node : sheet.nodes) {
            for (int e = 0; e < node.border.length / 2; e++) {
                int a = node.border[2 * e];
                int b = node.border[2 * e + 1];
                boolean rim = false;
                for (int axis = 0; axis < 2; axis++) {
                    double origin = axis == 0 ? v.originX : v.originY;
                    double pa = origin + v.at(a, axis);
                    double pb = origin + v.at(b, axis);
                    rim |= Math.abs(pa) < 0.02 && Math.abs(pb) < 0.02;
                    rim |= Math.abs(pa - 4) < 0.02 && Math.abs(pb - 4) < 0.02;
                }
                assertThat(node.shared[e]).as("%s, edge %d", node.name(), e).isEqualTo(!rim);
                open += rim ? 1 : 0;
                shared += rim ? 0 : 1;
            }
        }
        assertThat(sheet.root.shared).containsOnly(false);
        assertThat(open).isGreaterThan(200);
        assertThat(shared).isGreaterThan(200);
    }
}
