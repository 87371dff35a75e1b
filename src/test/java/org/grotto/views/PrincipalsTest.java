package org.grotto.views;

import static org.assertj.core.api.Assertions.assertThat;

import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body is told from the corners, folds and flat carvings of a room. */
class PrincipalsTest {
    private static final int N = 120;

    /** A room of which every wall is a height field over its plane, so that corners are as uneven as scans make them. */
    private static Mesh room(double fx, double fy, double r) {
        java.util.List<float[]> at = new java.util.ArrayList<>();
        java.util.List<int[]> triangles = new java.util.ArrayList<>();
        double[][] walls = { // corner, u, v: u x v looks in
            {0, 0, 0, 6, 0, 0, 0, 5, 0},
            {0, 0, 3, 0, 5, 0, 6, 0, 0},
            {0, 0, 0, 0, 5, 0, 0, 0, 3},
            {6, 0, 0, 0, 0, 3, 0, 5, 0},
            {0, 0, 0, 0, 0, 3, 6, 0, 0},
            {0, 5, 0, 6, 0, 0, 0, 0, 3},
        };
        for (double[] w : walls) {
            int first = at.size();
            for (int i = 0; i <= N; i++) {
                for (int j = 0; j <= N; j++) {
                    double u = (double) i / N;
                    double v = (double) j / N;
                    float[] p = new float[3];
                    double[] in = {
                        w[4] * w[8] - w[5] * w[7], w[5] * w[6] - w[3] * w[8], w[3] * w[7] - w[4] * w[6],
                    };
                    double l = Math.sqrt(in[0] * in[0] + in[1] * in[1] + in[2] * in[2]);
                    for (int k = 0; k < 3; k++) {
                        // chisel marks everywhere
                        double rough = 0.004 * Math.sin(71 * u + 3 * k) * Math.sin(67 * v);
                        p[k] = (float) (w[k] + u * w[3 + k] + v * w[6 + k] + rough * in[k] / l);
                    }
                    at.add(p);
                }
            }
            grid(triangles, first);
        }
        int first = at.size();
        for (int i = 0; i <= N; i++) {
            for (int j = 0; j <= N; j++) {
                double a = 2 * Math.PI * i / N;
                double e = Math.PI * ((double) j / N - 0.5);
                double s = r * (1 + 0.09 * Math.sin(7 * a) * Math.cos(9 * e));
                at.add(new float[] {
                    (float) (fx + s * Math.cos(e) * Math.cos(a)),
                    (float) (fy + s * Math.cos(e) * Math.sin(a)),
                    (float) (1.2 + 1.5 * s * Math.sin(e))
                });
            }
        }
        grid(triangles, first);
        float[] xyz = new float[3 * at.size()];
        for (int i = 0; i < at.size(); i++) {
            System.arraycopy(at.get(i), 0, xyz, 3 * i, 3);
        }
        int[] t = triangles.stream().flatMapToInt(java.util.Arrays::stream).toArray();
        return new Mesh(100, 200, 300, xyz, null, null, null, t);
    }

    private static void grid(java.util.List<int[]> triangles, int first) {
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                int a = first + i * (N + 1) + j;
                triangles.add(new int[] {a, a + N + 1, a + N + 2});
                triangles.add(new int[] {a, a + N + 2, a + 1});
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4.9, 2.5, 0.5", "1.2, 3.9, 0.6", "3, 0.9, 0.4"})
    void theBodyInARoomComesFirst(double x, double y, double r) {
        try (Work work = Work.silent()) {
            Principals p = Principals.of(new Stone(room(x, y, r), false, true, work));
            assertThat(p.all).isNotEmpty();
            Principals.Figure f = p.all[0];
            assertThat(f.worth()).as("a figure: %s", f).isGreaterThan(0.5);
            assertThat(Math.hypot(f.middle()[0] - 100 - x, f.middle()[1] - 200 - y))
                    .as("where it stands: %s", f)
                    .isLessThan(1.2 * r);
            for (int k = 1; k < p.all.length; k++) {
                double away =
                        Math.hypot(p.all[k].middle()[0] - 100 - x, p.all[k].middle()[1] - 200 - y);
                assertThat(away < 1.5 * r ? 0 : p.all[k].worth())
                        .as("no other is one: %s", p.all[k])
                        .isLessThan(0.3);
            }
        }
    }
}
