package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;

/** Curtains of flat squares, by hand: how deep they hang, which way, and that they close on the hem. */
class TileSkirtsTest {
    private static final double STEP = 0x1p-16;

    /** A grid of n x n squares of 1 m in the plane square to {@code axis}, facing along it. */
    private static TileVertices grid(int n, int axis) {
        float[] xyz = new float[3 * (n + 1) * (n + 1)];
        int[] t = new int[6 * n * n];
        int k = 0;
        for (int j = 0; j <= n; j++) {
            for (int i = 0; i <= n; i++) {
                int v = j * (n + 1) + i;
                xyz[3 * v + (axis + 1) % 3] = i;
                xyz[3 * v + (axis + 2) % 3] = j;
                if (i < n && j < n) {
                    for (int p : new int[] {v, v + 1, v + n + 2, v, v + n + 2, v + n + 1}) {
                        t[k++] = p;
                    }
                }
            }
        }
        try (Work work = Work.silent()) {
            return TileVertices.of(new Mesh(100, 200, 300, xyz, null, null, null, t), work);
        }
    }

    private static TileNode whole(TileVertices v) {
        TileNode n = new TileNode(0, 0, 0, 0, v.triangles.length / 3);
        n.triangles = v.triangles;
        n.border = BorderEdges.of(v.triangles, 0, n.to, new LocalIds(0, 0));
        n.shared = new boolean[n.border.length / 2];
        n.high = v.size();
        Arrays.fill(n.shared, true);
        return n;
    }

    /**
     * 1 went between 0 and 2, 3 between 2 and 4; a level later 2 went between 0 and 4. The depth of each is what it lay off,
     * and what those beside it may lie off later.
     */
    @Test
    void depthsAddUpOverTheLevels() {
        TileVertices v = grid(3, 2);
        assertThat(v.step).isEqualTo(STEP);
        int[] gone = {1, 0, 2, 0, 3, 2, 4, 4, 2, 0, 4, 0, 9, 9, 9, 9};
        float[] far = {0.125f, 0.25f, 0.5f};
        TileSkirts.Hem hem = new TileSkirts.Hem(v, 3, gone, far);
        float eight = (float) (8 * STEP);
        assertThat(Arrays.copyOf(hem.depth, 6)).containsExactly(0, 0.625f, 0.5f, 0.75f, 0, 0);
        assertThat(Arrays.copyOf(hem.end, 6)).containsExactly(0, 0, 0, 4, 4, 5);
        assertThat(hem.sunk[0]).isEqualTo(0.625f + eight);
        assertThat(hem.sunk[4]).isEqualTo(0.75f + eight);
        assertThat(hem.sunk[5]).isEqualTo(eight);
        assertThat(hem.sunk[1]).as("no end of anything").isZero();
    }

    @Test
    void aCurtainHangsStraightDownFlaresTwoStepsAndEndsInTheHem() {
        for (int axis = 0; axis < 3; axis++) {
            TileVertices v = grid(1, axis);
            TileNode n = whole(v);
            // as if the border had once been finer, and lain off by more at each vertex
            TileSkirts.Hem hem = new TileSkirts.Hem(v, 0, new int[0], new float[0]);
            for (int i = 0; i < 4; i++) {
                hem.depth[i] = 0.25f * i;
                hem.sunk[i] = 0.5f + i;
            }
            TileSkirts s = TileSkirts.of(v, n, hem);
            assertThat(s.count).isEqualTo(8);
            assertThat(s.triangleCount).isEqualTo(16);
            int uppers = 0;
            for (int i = 0; i < 8; i++) {
                int of = s.source[i];
                double u = s.move[3 * i + (axis + 1) % 3];
                double w = s.move[3 * i + (axis + 2) % 3];
                double down = -s.move[3 * i + axis];
                boolean upper = u != 0 || w != 0;
                uppers += upper ? 1 : 0;
                if (upper) {
                    assertThat(down).isCloseTo(0.25 * of + 4 * STEP, within(1e-7));
                    // out of the square at each corner
                    assertThat(u).isCloseTo(of % 2 == 0 ? -2 * STEP : 2 * STEP, within(1e-7));
                    assertThat(w).isCloseTo(of / 2 == 0 ? -2 * STEP : 2 * STEP, within(1e-7));
                } else {
                    assertThat(down).isCloseTo(0.5 + of, within(1e-7));
                }
            }
            assertThat(uppers).isEqualTo(4);
            int[] all = Arrays.copyOf(n.triangles, n.triangles.length + 48);
            System.arraycopy(s.triangles, 0, all, n.triangles.length, 48);
            int[] left = BorderEdges.of(all, 0, all.length / 3, new LocalIds(0, 0));
            assertThat(left).as("the hem alone").hasSize(8);
            for (int p : left) {
                int i = p - v.size();
                assertThat(s.move[3 * i + (axis + 1) % 3]).isZero();
                assertThat(s.move[3 * i + axis]).isNegative();
            }
        }
    }

    @Test
    void whereTheMeshItselfEndsNothingHangs() {
        TileVertices v = grid(2, 2);
        TileNode n = whole(v);
        Arrays.fill(n.shared, false);
        TileSkirts.Hem hem = new TileSkirts.Hem(v, 0, new int[0], new float[0]);
        assertThat(TileSkirts.of(v, n, hem).triangleCount).isZero();
        n.shared[3] = true;
        TileSkirts one = TileSkirts.of(v, n, hem);
        assertThat(one.triangleCount).isEqualTo(4);
        assertThat(one.count).isEqualTo(4);
        int a = n.border[6];
        int b = n.border[7];
        int[] t = Arrays.copyOf(one.triangles, 12);
        Map<Integer, Integer> ends = new HashMap<>();
        for (int i : t) {
            ends.merge(i, 1, Integer::sum);
        }
        assertThat(ends.keySet()).contains(a, b).hasSize(6);
        // both ends in one vertex of the coarsest level: the curtain narrows to it
        TileSkirts.Hem narrow = new TileSkirts.Hem(v, 1, new int[] {b, a, a, a}, new float[] {0.1f});
        TileSkirts three = TileSkirts.of(v, n, narrow);
        assertThat(three.triangleCount).isEqualTo(3);
        assertThat(three.count).isEqualTo(3);
    }

    /** Longer than what is first set aside. */
    @Test
    void manyEdgesHaveTheirCurtains() {
        TileVertices v = grid(20, 2);
        TileNode n = whole(v);
        TileSkirts s = TileSkirts.of(v, n, new TileSkirts.Hem(v, 0, new int[0], new float[0]));
        assertThat(s.count).isEqualTo(160);
        assertThat(s.triangleCount).isEqualTo(320);
        int[] all = Arrays.copyOf(n.triangles, n.triangles.length + 960);
        System.arraycopy(s.triangles, 0, all, n.triangles.length, 960);
        assertThat(BorderEdges.of(all, 0, all.length / 3, new LocalIds(0, 0))).hasSize(160);
        for (int i = 0; i < s.count; i++) {
            assertThat(v.z[s.source[i]]).isZero();
            assertThat(s.move[3 * i + 2]).isNegative();
        }
        // every triangle of a curtain along a straight edge stands; those of corners lean by the flare
        TileContent c = TileContent.of(v, n, new TileSkirts.Hem(v, 0, new int[0], new float[0]), null);
        assertThat(c.xyz).hasSize(3 * (441 + 160));
        assertThat(c.normals).hasSize(3 * (441 + 160));
        for (int i = 0; i < 441 + 160; i++) {
            assertThat(c.normals[3 * i + 2]).isEqualTo(1);
        }
        assertThat(c.triangles).hasSize(3 * (800 + 320));
        int least = 0;
        for (int i = 2; i < c.xyz.length; i += 3) {
            least = Math.min(least, c.xyz[i]);
        }
        assertThat(least).isEqualTo(-8);
    }

    @Test
    void aTilesBoxIsAStepWiderThanItsVertices() {
        TileVertices v = grid(2, 2);
        TileContent c = TileContent.of(v, whole(v), new TileSkirts.Hem(v, 0, new int[0], new float[0]), null);
        // the curtain flares two steps on all sides and sinks eight
        assertThat(c.bounds(v))
                .isEqualTo(new Box(
                        100 - 3 * STEP, 200 - 3 * STEP, 300 - 9 * STEP, 102 + 3 * STEP, 202 + 3 * STEP, 300 + STEP));
    }
}
