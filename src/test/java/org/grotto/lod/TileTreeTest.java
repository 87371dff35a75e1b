package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;

/** Cells of the nested grid against the cube halved by hand. */
class TileTreeTest {
    private static TileTree tree(Mesh mesh, int limit) {
        try (Work work = new Work(2, 1L << 28, Progress.NONE)) {
            return TileTree.of(TileVertices.of(mesh, work), limit, work);
        }
    }

    private static long middle(int[] p, int[] t, int i) {
        return Math.floorDiv((long) p[t[3 * i]] + p[t[3 * i + 1]] + p[t[3 * i + 2]], 3);
    }

    /** The cube's side is a power of two steps, the cube lies around the middle of the mesh. */
    private static long[] cube(TileVertices v) {
        int[][] at = {v.x, v.y, v.z};
        long longest = 0;
        long[] low = new long[3];
        long[] sum = new long[3];
        for (int a = 0; a < 3; a++) {
            long lo = Long.MAX_VALUE;
            long hi = Long.MIN_VALUE;
            for (int p : at[a]) {
                lo = Math.min(lo, p);
                hi = Math.max(hi, p);
            }
            longest = Math.max(longest, hi - lo + 1);
            sum[a] = lo + hi;
        }
        long side = 1;
        while (side <= longest) {
            side *= 2;
        }
        for (int a = 0; a < 3; a++) {
            low[a] = Math.floorDiv(sum[a] - side, 2);
        }
        return new long[] {low[0], low[1], low[2], side};
    }

    private static void sound(TileTree tree, int limit) {
        TileVertices v = tree.mesh;
        long[] cube = cube(v);
        int[][] at = {v.x, v.y, v.z};
        Set<String> names = new HashSet<>();
        int next = 0;
        for (int i = 0; i < tree.nodes.size(); i++) {
            TileNode n = tree.nodes.get(i);
            assertThat(n.index).isEqualTo(i);
            assertThat(names.add(n.name())).isTrue();
            long side = cube[3] >> n.depth;
            long[] low = {cube[0], cube[1], cube[2]};
            assertThat(n.name()).hasSize(n.depth + 1).startsWith("r");
            for (int d = 0; d < n.depth; d++) {
                int octant = n.name().charAt(d + 1) - '0';
                for (int a = 0; a < 3; a++) {
                    low[a] += (octant >> a & 1) * (cube[3] >> d + 1);
                }
            }
            for (int t = n.from; t < n.to; t++) {
                for (int a = 0; a < 3; a++) {
                    assertThat(middle(at[a], v.triangles, t) - low[a])
                            .as("triangle %d of %s, axis %d", t, n.name(), a)
                            .isBetween(0L, side - 1);
                }
            }
            int least = Integer.MAX_VALUE;
            int most = -1;
            for (int k = 3 * n.from; k < 3 * n.to; k++) {
                most = Math.max(most, v.triangles[k]);
                least = Math.min(least, v.triangles[k]);
            }
            // the vertices these triangles are the first to use
            int used = 0;
            for (int k = 0; k < 3 * n.from; k++) {
                used = Math.max(used, v.triangles[k] + 1);
            }
            assertThat(n.low).isEqualTo(used);
            assertThat(n.high).isEqualTo(Math.max(used, most + 1));
            if (n.leaf()) {
                assertThat(n.from).isEqualTo(next);
                assertThat(n.to - n.from).isBetween(1, limit);
                next = n.to;
            } else {
                assertThat(n.to - n.from).isGreaterThan(limit);
                assertThat(n.children).hasSizeGreaterThan(1);
                assertThat(n.children.getFirst().from).isEqualTo(n.from);
                assertThat(n.children.getLast().to).isEqualTo(n.to);
                for (int c = 0; c < n.children.size(); c++) {
                    TileNode child = n.children.get(c);
                    assertThat(child.depth).isGreaterThan(n.depth);
                    assertThat(child.index).isGreaterThan(n.index);
                    assertThat(child.name()).startsWith(n.name());
                    if (c > 0) {
                        assertThat(child.from).isEqualTo(n.children.get(c - 1).to);
                    }
                }
            }
        }
        assertThat(next).isEqualTo(v.triangles.length / 3);
    }

    @Test
    void everyTriangleLiesInTheCellItIsNamedBy() {
        for (int limit : new int[] {64, 100, 500, 100_000}) {
            TileTree t = tree(TestCaves.ball(16, 5, 0.2, 100, 200, 300), limit);
            sound(t, limit);
            assertThat(t.root).isSameAs(t.nodes.getFirst());
            assertThat(t.nodes.size() == 1).isEqualTo(limit == 100_000);
        }
    }

    /** A crowd in one corner: cells with all in one octant are skipped, down to where the crowd parts. */
    @Test
    void cellsWithoutChoiceAreSkipped() {
        int n = 300;
        float[] xyz = new float[9 * n];
        int[] t = new int[3 * n];
        SplittableRandom r = new SplittableRandom(3);
        for (int i = 0; i < n; i++) {
            double s = i == 0 ? 60 : 0.5; // one far away, all others within half a metre
            for (int k = 0; k < 9; k++) {
                xyz[9 * i + k] = (float) (i == 0 ? 60 + 0.1 * r.nextDouble() : s * r.nextDouble());
            }
            for (int k = 0; k < 3; k++) {
                t[3 * i + k] = 3 * i + k;
            }
        }
        TileTree tree = tree(new Mesh(0, 0, 0, xyz, null, null, null, t), 64);
        sound(tree, 64);
        assertThat(tree.root.children).hasSize(2);
        assertThat(tree.root.children.getFirst().depth - tree.root.depth).isGreaterThan(3);
    }

    /** More than the limit in one place: nothing divides them, and the tree ends. */
    @Test
    void whatNothingDividesStaysTogether() {
        int[] t = new int[3 * 200];
        for (int i = 0; i < t.length; i++) {
            t[i] = i % 3;
        }
        TileTree tree = tree(new Mesh(0, 0, 0, new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0}, null, null, null, t), 64);
        assertThat(tree.nodes).hasSize(1);
        assertThat(tree.root.to - tree.root.from).isEqualTo(200);
        assertThat(tree.root.leaf()).isTrue();
    }
}
