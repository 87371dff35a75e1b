package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;

/** Every node's error against places drawn at random on both surfaces, their distances found by brute force. */
class TileErrorsTest {
    /** So many in each triangle. */
    private static final int PLACES = 2;

    private interface Height {
        double at(double x, double y);
    }

    /** A sheet of n x n squares, 4 m wide. */
    private static Mesh sheet(int n, Height height) {
        float[] xyz = new float[3 * (n + 1) * (n + 1)];
        int[] triangles = new int[6 * n * n];
        int k = 0;
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= n; j++) {
                int v = 3 * (i * (n + 1) + j);
                xyz[v] = 4f * i / n;
                xyz[v + 1] = 4f * j / n;
                xyz[v + 2] = (float) height.at(xyz[v], xyz[v + 1]);
                if (i < n && j < n) {
                    int a = v / 3;
                    for (int p : new int[] {a, a + n + 1, a + n + 2, a, a + n + 2, a + 1}) {
                        triangles[k++] = p;
                    }
                }
            }
        }
        return new Mesh(0, 0, 0, xyz, null, null, null, triangles);
    }

    private static double[] place(TileVertices v, int[] triangles, int t, SplittableRandom r) {
        double a = r.nextDouble();
        double b = r.nextDouble();
        if (a + b > 1) {
            a = 1 - a;
            b = 1 - b;
        }
        double[] p = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            p[axis] = (1 - a - b) * v.at(triangles[3 * t], axis)
                    + a * v.at(triangles[3 * t + 1], axis)
                    + b * v.at(triangles[3 * t + 2], axis);
        }
        return p;
    }

    private static double nearest(TileVertices v, int[] triangles, double[] p) {
        double least = Double.POSITIVE_INFINITY;
        double[][] c = new double[3][3];
        for (int t = 0; t < triangles.length; t += 3) {
            double away = 0;
            for (int axis = 0; axis < 3; axis++) {
                for (int k = 0; k < 3; k++) {
                    c[k][axis] = v.at(triangles[t + k], axis);
                }
                away = Math.max(away, Math.min(c[0][axis], Math.min(c[1][axis], c[2][axis])) - p[axis]);
                away = Math.max(away, p[axis] - Math.max(c[0][axis], Math.max(c[1][axis], c[2][axis])));
            }
            if (away >= least) {
                continue;
            }
            least = Math.min(least, distance(p, c));
        }
        return least;
    }

    /** To the plane where the foot lies inside, else to the nearest edge. */
    private static double distance(double[] p, double[][] c) {
        double[] n = cross(minus(c[1], c[0]), minus(c[2], c[0]));
        double l = Math.sqrt(dot(n, n));
        boolean inside = l > 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < 3; k++) {
            double[] e = minus(c[(k + 1) % 3], c[k]);
            double[] d = minus(p, c[k]);
            inside &= dot(cross(e, d), n) >= 0;
            double s = Math.clamp(dot(d, e) / dot(e, e), 0, 1);
            double[] rest = {d[0] - s * e[0], d[1] - s * e[1], d[2] - s * e[2]};
            least = Math.min(least, Math.sqrt(dot(rest, rest)));
        }
        return inside ? Math.abs(dot(minus(p, c[0]), n)) / l : least;
    }

    private static double[] minus(double[] a, double[] b) {
        return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    /** Checks all inner nodes; returns the greatest factor by which an error lies above what was found or {@code least}. */
    private static double check(String name, Mesh mesh, int limit, double least) {
        SplittableRandom r = new SplittableRandom(5);
        double loosest = 0;
        try (Work work = Work.silent()) {
            TileTree tree = TileTree.of(TileVertices.of(mesh, work), limit, work);
            TileLevels.fill(tree, limit, work);
            TileVertices v = tree.mesh;
            assertThat(tree.nodes.size()).isGreaterThan(20);
            for (TileNode n : tree.nodes) {
                if (n.leaf()) {
                    assertThat(n.error).isZero();
                    continue;
                }
                double there = 0;
                int count = n.to - n.from;
                BitSet seen = new BitSet();
                // every corner, and places at random
                for (int i = n.from; i < n.to; i++) {
                    for (int k = 0; k < 3; k++) {
                        int p = v.triangles[3 * i + k];
                        if (!seen.get(p)) {
                            seen.set(p);
                            there = Math.max(there, nearest(v, n.triangles, new double[] {
                                v.at(p, 0), v.at(p, 1), v.at(p, 2)
                            }));
                        }
                    }
                }
                for (int i = 0; i < PLACES * count; i++) {
                    double[] p = place(v, v.triangles, n.from + i / PLACES, r);
                    there = Math.max(there, nearest(v, n.triangles, p));
                }
                double back = 0;
                for (int i = 0; i < PLACES * n.triangles.length / 3; i++) {
                    double[] p = place(v, n.triangles, i / PLACES, r);
                    back = Math.max(back, nearest(v, v.triangles, p));
                }
                assertThat(n.error)
                        .as("%s: %s, from the finest", name, n.name())
                        .isGreaterThanOrEqualTo(there - 1e-9);
                assertThat(n.error).as("%s: %s, to the finest", name, n.name()).isGreaterThanOrEqualTo(back - 1e-9);
                double own = 0;
                for (TileNode c : n.children) {
                    own = Math.max(own, c.error);
                }
                loosest = Math.max(loosest, n.error / Math.max(Math.max(there, back), Math.max(own, least)));
            }
        }
        return loosest;
    }

    @Test
    void noPlaceLiesFartherThanTheError() {
        SplittableRandom r = new SplittableRandom(9);
        // name, mesh, length of its longer edges, how much above what is found an error may lie (spikes are hard to
        // hit)
        Object[][] cases = {
            {"ball", TestCaves.ball(24, 5, 0.2, 0, 0, 0), 0.1, 1.5},
            {"waves", sheet(60, (x, y) -> 0.1 * Math.sin(9 * x) * Math.cos(11 * y)), 0.1, 1.5},
            {"noise", sheet(60, (x, y) -> r.nextDouble(0.1)), 0.1, 1.5},
            {"steps", sheet(60, (x, y) -> Math.floor(x) / 2 + (y > 1.9 ? 0.3 : 0)), 0.5, 2.5},
            {"spikes", sheet(60, (x, y) -> r.nextInt(200) == 0 ? 0.5 : 0), 0.5, 3},
            {"flat", sheet(60, (x, y) -> 0), 0.1, 1.5},
        };
        for (Object[] c : cases) {
            double loosest = check((String) c[0], (Mesh) c[1], 300, (double) c[2] / 32);
            assertThat(loosest).as("%s: how much above what was found", c[0]).isLessThan(((Number) c[3]).doubleValue());
        }
    }
}
