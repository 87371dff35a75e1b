package org.grotto.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree's distance is the smallest over all triangles; a triangle's distance is the smallest over its points. */
class TriangleTreeTest {
    private static Mesh soup(int n, SplittableRandom r) {
        float[] xyz = new float[9 * n];
        int[] t = new int[3 * n];
        for (int i = 0; i < n; i++) {
            double size = i % 7 == 3 ? 0 : Math.pow(10, -3 * r.nextDouble());
            double[] c = {r.nextDouble(), 2 * r.nextDouble(), 3 * r.nextDouble()};
            for (int k = 0; k < 9; k++) {
                xyz[9 * i + k] = (float) (c[k % 3] + size * (r.nextDouble() - 0.5));
            }
            for (int k = 0; k < 3; k++) {
                t[3 * i + k] = 3 * i + k;
            }
        }
        return new Mesh(100, 200, 300, xyz, null, null, null, t);
    }

    /** By descent over the triangle's points on an ever finer grid. */
    private static double bruteForce(Mesh m, int t, double x, double y, double z) {
        double best = Double.POSITIVE_INFINITY;
        double bu = 0.33;
        double bv = 0.33;
        for (double step = 0.25; step > 1e-9; step *= 0.6) {
            double cu = bu;
            double cv = bv;
            for (int i = -3; i <= 3; i++) {
                for (int j = -3; j <= 3; j++) {
                    double u = Math.min(1, Math.max(0, cu + i * step));
                    double v = Math.min(1 - u, Math.max(0, cv + j * step));
                    double d = 0;
                    double[] p = {x - m.originX, y - m.originY, z - m.originZ};
                    for (int k = 0; k < 3; k++) {
                        double q = (1 - u - v) * m.xyz[9 * t + k] + u * m.xyz[9 * t + 3 + k] + v * m.xyz[9 * t + 6 + k];
                        d += (p[k] - q) * (p[k] - q);
                    }
                    if (d < best) {
                        best = d;
                        bu = u;
                        bv = v;
                    }
                }
            }
        }
        return Math.sqrt(best);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 9, 100, 300})
    void equalsBruteForce(int n) {
        SplittableRandom r = new SplittableRandom(n);
        Mesh m = soup(n, r);
        try (Work work = Work.silent()) {
            TriangleTree tree = new TriangleTree(m, work);
            for (int i = 0; i < 30; i++) {
                double x = 100 + 2 * r.nextDouble() - 0.5;
                double y = 200 + 3 * r.nextDouble() - 0.5;
                double z = 300 + 4 * r.nextDouble() - 0.5;
                double expected = Double.POSITIVE_INFINITY;
                for (int t = 0; t < n; t++) {
                    expected = Math.min(expected, bruteForce(m, t, x, y, z));
                }
                double found = tree.distance(x, y, z, 1e9);
                assertThat(found).isBetween(expected - 1e-6, expected + 1e-6);
                assertThat(tree.distance(x, y, z, found / 2)).isEqualTo(found / 2);
            }
        }
    }

    @Test
    void anEmptyMeshIsNowhere() {
        try (Work work = Work.silent()) {
            TriangleTree tree = new TriangleTree(new Mesh(0, 0, 0, new float[0], null, null, null, new int[0]), work);
            assertThat(tree.distance(1, 2, 3, 5)).isEqualTo(5);
        }
    }
}
