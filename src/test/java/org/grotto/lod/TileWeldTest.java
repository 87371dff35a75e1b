package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A mesh on its lattice: equal places are one vertex, and its step, origin and normals have closed forms. */
class TileWeldTest {
    private final Work work = new Work(1, 1L << 28, Progress.NONE);

    @AfterEach
    void close() {
        work.close();
    }

    @Test
    void theFirstUsedInAPlaceStandsForAll() {
        Random r = new Random(3);
        for (int n : new int[] {0, 1, 50, 3000, 70_000}) {
            for (int span : new int[] {2, 50, 1 << 30}) {
                int[][] at = new int[3][n];
                boolean[] used = new boolean[n];
                Map<List<Integer>, Integer> first = new HashMap<>();
                int[] wanted = new int[n];
                for (int i = 0; i < n; i++) {
                    for (int a = 0; a < 3; a++) {
                        at[a][i] = r.nextInt(span) - span / 2;
                    }
                    if (i % 7 == 3) {
                        // beside an earlier one along one axis, and in the place of another
                        for (int a = 0; a < 3; a++) {
                            at[a][i] = at[a][i / 2] + (a == i % 3 && i % 2 == 0 ? 1 : 0);
                        }
                    }
                    used[i] = r.nextInt(5) > 0;
                    wanted[i] = -1;
                    if (used[i]) {
                        List<Integer> place = List.of(at[0][i], at[1][i], at[2][i]);
                        first.putIfAbsent(place, i);
                        wanted[i] = first.get(place);
                    }
                }
                assertThat(TileWeld.first(at, used, work)).isEqualTo(wanted);
            }
        }
    }

    private static Mesh mesh(double x, double y, double z, float[] xyz, float[] normals, int... t) {
        return new Mesh(x, y, z, xyz, normals, null, null, t);
    }

    /** The largest power of two below 1/128 of the edges' quartile, at most 2^-16, at least 2^-24 and half a milliardth of the extent. */
    @Test
    void theStepFollowsTheEdges() {
        double[][] cases = { // edge, extent, step
            {1, 2, 0x1p-16},
            {0.00196, 2, 0x1p-16},
            {0.00195, 2, 0x1p-17},
            {1e-4, 0.5, 0x1p-21},
            {1e-7, 0.5, 0x1p-24},
            {1, 1000, 0x1p-16},
            {1, 50_000, 0x1p-15},
            {0.01, 1000, 0x1p-16},
        };
        for (double[] c : cases) {
            float e = (float) c[0];
            float far = (float) c[1];
            // three triangles with the edge, one with a longer; they stand at both ends
            float[] xyz = {
                0, 0, 0, e, 0, 0, 0, e, 0, //
                far, 0, 0, far - e, 0, 0, far, e, 0, //
                0, 0, e, 0, e, e, e, 0, e, //
                far, 0, e, far, 9 * e, e, far - e, 0, e
            };
            int[] t = new int[12];
            Arrays.setAll(t, i -> i);
            TileVertices v = TileVertices.of(mesh(0, 0, 0, xyz, null, t), work);
            assertThat(v.step).as("edge %s of %s", c[0], c[1]).isEqualTo(c[2]);
            assertThat(v.originX).isEqualTo(Math.rint(far / 2));
            assertThat(v.originY).isEqualTo(Math.rint(9 * e / 2));
        }
    }

    /** Triangles are looked at in runs, whatever is left over. */
    @Test
    void anyNumberOfTrianglesHasAStep() {
        for (int n : new int[] {4096, 8191, 8192, 8195, 12_290}) {
            float[] xyz = new float[3 * (n + 2)];
            int[] t = new int[3 * n];
            for (int i = 0; i < n + 2; i++) {
                xyz[3 * i] = 0.05f * i;
                xyz[3 * i + 1] = i % 2;
            }
            for (int i = 0; i < n; i++) {
                t[3 * i] = i;
                t[3 * i + 1] = i + 1;
                t[3 * i + 2] = i + 2;
            }
            TileVertices v = TileVertices.of(mesh(0, 0, 0, xyz, null, t), work);
            assertThat(v.triangles).hasSize(3 * n);
            assertThat(v.step).isEqualTo(0x1p-16);
        }
    }

    @Test
    void positionsAreRoundedToTheLatticeAboutWholeMetres() {
        float[] xyz = {0.3f, 0.1f, 7.9f, 2.3f, 0.2f, 7.2f, 0.4f, 3.1f, 7.5f};
        TileVertices v = TileVertices.of(mesh(1000.25, -2000.5, 30, xyz, null, 0, 1, 2), work);
        assertThat(new double[] {v.originX, v.originY, v.originZ}).containsExactly(1002, -1999, 38);
        double[] at = {1000.25, -2000.5, 30};
        double[] origin = {v.originX, v.originY, v.originZ};
        for (int i = 0; i < 3; i++) {
            for (int a = 0; a < 3; a++) {
                double world = at[a] + xyz[3 * i + a];
                assertThat(origin[a] + v.at(i, a)).isCloseTo(world, within(v.step / 2 + 1e-12));
                int[] p = a == 0 ? v.x : a == 1 ? v.y : v.z;
                assertThat(v.at(i, a)).isEqualTo((float) (p[i] * v.step));
            }
        }
    }

    /** What has no place and what has no area goes, and is counted; what no triangle uses goes untold. */
    @Test
    void whatIsNoTriangleIsLeftOutAndCounted() {
        float n = Float.NaN;
        float[] xyz = {0, 0, 0, 1, 0, 0, 0, 1, 0, n, 0, 0, 0, n, 0, 0, 0, Float.POSITIVE_INFINITY, 1, 0, 1e-6f, 50, 0, 0
        };
        int[] t = {0, 1, 2, 0, 1, 3, 4, 1, 2, 0, 5, 2, 1, 6, 2, 2, 1, 0, 0, 0, 1};
        TileVertices v = TileVertices.of(mesh(0, 0, 0, xyz, null, t), work);
        assertThat(v.triangles).containsExactly(0, 1, 2, 2, 1, 0);
        assertThat(v.size()).isEqualTo(3);
        assertThat(work.faults()
                        .all()
                        .get("triangle with a corner that is no number")
                        .count())
                .isEqualTo(3);
        assertThat(work.faults().all().get("triangle without area").count()).isEqualTo(2);
        assertThat(v.originX).as("the vertex at 50 m is of no triangle").isZero();
    }

    /** Of two faces in one corner the larger counts more; normals that are given are summed, and made units. */
    @Test
    void normalsAreSummedWhereVerticesFallTogether() {
        float[] xyz = {
            0, 0, 0, 1, 0, 0, 0, 1, 0, // floor, facing up
            0, 0, 0, 0, 2, 0, 0, 0, 1, // wall facing +x, twice as large
            5, 5, 5, 6, 5, 5, 5, 6, 5
        };
        float[] given = new float[27];
        given[0] = 3; // the two at the corner: (3, 0, 0) and (0, 4, 0)
        given[10] = 4;
        given[5] = 2;
        given[8] = 0;
        given[20] = 1;
        given[23] = Float.NaN;
        given[24] = 0.5f;
        int[] t = {0, 1, 2, 3, 4, 5, 6, 7, 8};
        TileVertices own = TileVertices.of(mesh(0, 0, 0, xyz, null, t), work);
        assertThat(own.size()).isEqualTo(8);
        assertThat(own.normals).isSameAs(own.up);
        double l = Math.sqrt(5);
        float[] corner = {(float) (2 / l), 0, (float) (1 / l)};
        for (int a = 0; a < 3; a++) {
            assertThat(own.up[a]).isCloseTo(corner[a], within(1e-6f));
            assertThat(own.up[3 + a]).isEqualTo(a == 2 ? 1f : 0f);
        }
        TileVertices v = TileVertices.of(mesh(0, 0, 0, xyz, given, t), work);
        assertThat(Arrays.copyOf(v.normals, 3)).containsExactly(0.6f, 0.8f, 0);
        assertThat(Arrays.copyOfRange(v.normals, 3, 6)).as("made a unit").containsExactly(0, 0, 1);
        assertThat(Arrays.copyOfRange(v.normals, 6, 9))
                .as("none given: the surface's")
                .containsExactly(0, 0, 1);
        assertThat(Arrays.copyOfRange(v.normals, 21, 24))
                .as("half a unit, made whole")
                .containsExactly(1, 0, 0);
        assertThat(v.up).isEqualTo(own.up);
        for (int i = 0; i < v.size(); i++) {
            double s = 0;
            for (int a = 0; a < 3; a++) {
                s += v.normals[3 * i + a] * (double) v.normals[3 * i + a];
            }
            assertThat(s).isCloseTo(1, within(1e-6));
        }
    }

    /** Vertices in the order of their first use; all that is known of each goes with it. */
    @Test
    void theOrderOfUseIsTheOrderInMemory() {
        Mesh ball = TestCaves.ball(6, 3, 0.2, 10, 20, 30);
        TileVertices v = TileVertices.of(ball, work);
        int[] t = v.triangles.clone();
        for (int i = 0; i < t.length / 2; i++) {
            int s = t[i];
            t[i] = t[t.length - 1 - i];
            t[t.length - 1 - i] = s;
        }
        int[] before = t.clone();
        TileVertices o = v.inOrderOf(t, null, work);
        assertThat(o.triangles).isSameAs(t);
        assertThat(o.size()).isEqualTo(v.size());
        assertThat(o.normals).isSameAs(o.up);
        int seen = -1;
        for (int i = 0; i < t.length; i++) {
            assertThat(t[i]).isLessThanOrEqualTo(seen + 1);
            seen = Math.max(seen, t[i]);
            for (int a = 0; a < 3; a++) {
                assertThat(o.at(t[i], a)).isEqualTo(v.at(before[i], a));
                assertThat(o.up[3 * t[i] + a]).isEqualTo(v.up[3 * before[i] + a]);
                assertThat(o.rgb[3 * t[i] + a]).isEqualTo(v.rgb[3 * before[i] + a]);
            }
            assertThat(o.evidence[t[i]]).isEqualTo(v.evidence[before[i]]);
        }
        assertThat(new double[] {o.originX, o.originY, o.originZ, o.step})
                .containsExactly(v.originX, v.originY, v.originZ, v.step);
        float[] sideways = new float[3 * ball.vertexCount()];
        for (int i = 0; i < ball.vertexCount(); i++) {
            sideways[3 * i] = i % 2 == 0 ? 1 : -1;
        }
        TileVertices given = TileVertices.of(new Mesh(0, 0, 0, ball.xyz, sideways, null, null, ball.triangles), work);
        int[] turned = given.triangles.clone();
        for (int i = 0; i < turned.length; i += 3) {
            turned[i] = given.triangles[turned.length - 3 - i];
            turned[i + 1] = given.triangles[turned.length - 2 - i];
            turned[i + 2] = given.triangles[turned.length - 1 - i];
        }
        int[] old = turned.clone();
        TileVertices g = given.inOrderOf(turned, null, work);
        for (int i = 0; i < turned.length; i++) {
            assertThat(g.normals[3 * turned[i]]).isEqualTo(given.normals[3 * old[i]]);
            assertThat(g.up[3 * turned[i] + 1]).isEqualTo(given.up[3 * old[i] + 1]);
        }
    }
}
