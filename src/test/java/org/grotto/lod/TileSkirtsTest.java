package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.grotto.base.Work;
import org.grotto.format.gltf.Curtain;
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
        return whole(v, 1);
    }

    private static TileNode whole(TileVertices v, int depth) {
        TileNode n = new TileNode(0, depth, 0, 0, v.triangles.length / 3);
        n.triangles = v.triangles;
        n.border = BorderEdges.of(v.triangles, 0, n.to, new LocalIds(0, 0));
        n.shared = new boolean[n.border.length / 2];
        n.high = v.size();
        Arrays.fill(n.shared, true);
        return n;
    }

    private static TileSkirts.Hem none(TileVertices v) {
        return new TileSkirts.Hem(v, 0, new int[0], new float[0], new byte[0]);
    }

    /**
     * At level 2, 1 went between 0 and 2, 3 between 2 and 4; at level 1, 2 went between 0 and 4. Each border is sunk as deep
     * as what ends there, or beside it, may lie off.
     */
    @Test
    void depthsAddUpOverTheLevels() {
        TileVertices v = grid(3, 2);
        assertThat(v.step).isEqualTo(STEP);
        int[] gone = {1, 0, 2, 0, 3, 2, 4, 4, 2, 0, 4, 0, 9, 9, 9, 9};
        float[] far = {0.125f, 0.25f, 0.5f};
        TileSkirts.Hem hem = new TileSkirts.Hem(v, 3, gone, far, new byte[] {2, 2, 1});
        float eight = (float) (8 * STEP);
        int[][] ends = {{0, 0, 0, 4, 4, 5}, {0, 0, 0, 4, 4, 5}, {0, 0, 2, 4, 4, 5}, {0, 1, 2, 3, 4, 5}};
        for (int level = 0; level < 4; level++) {
            for (int p = 0; p < 6; p++) {
                assertThat(hem.end(p, level)).as("%d at %d", p, level).isEqualTo(ends[level][p]);
            }
            assertThat(hem.sunk(5, level)).isEqualTo(eight);
        }
        assertThat(hem.sunk(0, 3)).isEqualTo(eight);
        assertThat(hem.sunk(0, 2)).isEqualTo(0.125f + eight);
        assertThat(hem.sunk(2, 2)).isEqualTo(0.25f + eight);
        assertThat(hem.sunk(4, 2)).isEqualTo(0.25f + eight);
        // what ended in 2 ends in 0 now, and may lie off by what 2 does more
        assertThat(hem.sunk(0, 1)).isEqualTo(0.75f + eight);
        assertThat(hem.sunk(4, 1)).isEqualTo(0.75f + eight);
        assertThat(hem.sunk(0, 0)).isEqualTo(0.75f + eight);
    }

    @Test
    void aCurtainHangsStraightDownFlaresTwoStepsAndEndsInTheHem() {
        for (int axis = 0; axis < 3; axis++) {
            TileVertices v = grid(1, axis);
            TileNode n = whole(v, 1);
            TileSkirts s = TileSkirts.of(v, n, none(v));
            assertThat(s.count).isEqualTo(8);
            assertThat(s.triangleCount).isEqualTo(16);
            assertThat(s.strips).containsExactly(new Curtain.Strip(1, 8), new Curtain.Strip(0, 8));
            int uppers = 0;
            for (int i = 0; i < 8; i++) {
                int of = s.source[i];
                double u = s.move[3 * i + (axis + 1) % 3];
                double w = s.move[3 * i + (axis + 2) % 3];
                boolean upper = u != 0 || w != 0;
                assertThat(-s.move[3 * i + axis]).isCloseTo((float) ((upper ? 8 : 12) * STEP), within(1e-7f));
                if (upper) {
                    uppers++;
                    // out of the square at each corner
                    assertThat(u).isCloseTo(of % 2 == 0 ? -2 * STEP : 2 * STEP, within(1e-7));
                    assertThat(w).isCloseTo(of / 2 == 0 ? -2 * STEP : 2 * STEP, within(1e-7));
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

    /** Each strip ends at its own level's border: no deeper than that one's finer borders lie off. */
    @Test
    void stripsHangFromLevelToLevel() {
        TileVertices v = grid(4, 2);
        // along the first row 1 and 3 go at level 2, 2 at level 1
        int[] gone = {1, 0, 2, 0, 3, 2, 4, 4, 2, 0, 4, 0};
        TileSkirts.Hem hem = new TileSkirts.Hem(v, 3, gone, new float[] {0.125f, 0.125f, 0.5f}, new byte[] {2, 2, 1});
        TileSkirts s = TileSkirts.of(v, whole(v, 3), hem);
        assertThat(s.strips.stream().map(Curtain.Strip::level)).containsExactly(2, 1, 0);
        double[] deepest = new double[3];
        int from = 0;
        for (int k = 0; k < 3; k++) {
            int to = from + 3 * s.strips.get(k).triangles();
            for (int i = from; i < to; i++) {
                int p = s.triangles[i] - v.size();
                deepest[k] = Math.max(deepest[k], p < 0 ? 0 : -s.move[3 * p + 2]);
            }
            from = to;
        }
        assertThat(from).isEqualTo(3 * s.triangleCount);
        assertThat(deepest[0]).isEqualTo(0.125 + 8 * STEP);
        assertThat(deepest[1]).isEqualTo(0.625 + 8 * STEP);
        assertThat(deepest[2]).isEqualTo(0.625 + 12 * STEP);
        // one of the level below hangs to its own border first
        TileNode coarse = whole(v, 2);
        coarse.children.add(whole(v, 3));
        coarse.border = new int[] {0, 2, 2, 4};
        coarse.shared = new boolean[] {true, true};
        TileSkirts c = TileSkirts.of(v, coarse, hem);
        assertThat(c.strips.getFirst()).isEqualTo(new Curtain.Strip(2, 4));
        for (int i = 0; i < 12; i++) {
            int p = c.triangles[i] - v.size();
            assertThat(p < 0 ? 0 : -c.move[3 * p + 2]).isLessThanOrEqualTo((float) (0.125 + 8 * STEP));
        }
    }

    @Test
    void whereTheMeshItselfEndsNothingHangs() {
        TileVertices v = grid(2, 2);
        TileNode n = whole(v);
        Arrays.fill(n.shared, false);
        TileSkirts.Hem hem = none(v);
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
        TileSkirts.Hem narrow = new TileSkirts.Hem(v, 1, new int[] {b, a, a, a}, new float[] {0.1f}, new byte[] {1});
        TileSkirts narrowed = TileSkirts.of(v, n, narrow);
        assertThat(narrowed.triangleCount).isEqualTo(1);
        assertThat(narrowed.count).isEqualTo(2);
    }

    /** Longer than what is first set aside. */
    @Test
    void manyEdgesHaveTheirCurtains() {
        TileVertices v = grid(20, 2);
        TileNode n = whole(v);
        TileSkirts s = TileSkirts.of(v, n, none(v));
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
        TileContent c = TileContent.of(v, n, none(v), null);
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
        assertThat(least).isEqualTo(-12);
    }

    @Test
    void aTilesBoxIsAStepWiderThanItsVertices() {
        TileVertices v = grid(2, 2);
        TileContent c = TileContent.of(v, whole(v), none(v), null);
        // the curtain flares two steps on all sides and sinks twelve
        assertThat(c.bounds(v))
                .isEqualTo(new Box(
                        100 - 3 * STEP, 200 - 3 * STEP, 300 - 13 * STEP, 102 + 3 * STEP, 202 + 3 * STEP, 300 + STEP));
    }
}
