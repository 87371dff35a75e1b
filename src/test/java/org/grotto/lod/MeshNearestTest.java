package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;

/** Distances to triangles against a dense walk over each, and the tree's answers against all triangles one by one. */
class MeshNearestTest {
    private static MeshNearest of(float[] xyz, int[] triangles) {
        try (Work work = Work.silent()) {
            return new MeshNearest(xyz, triangles, work);
        }
    }

    /** The least squared distance over the triangle: bisecting in both of its coordinates, as the distance is convex. */
    private static double walked(float[] c, double[] p) {
        double a = 0;
        double b = 1;
        for (int i = 0; i < 100; i++) {
            double s = a + (b - a) / 3;
            double t = b - (b - a) / 3;
            if (along(c, p, s) < along(c, p, t)) {
                b = t;
            } else {
                a = s;
            }
        }
        return along(c, p, (a + b) / 2);
    }

    private static double along(float[] c, double[] p, double s) {
        double a = 0;
        double b = 1 - s;
        for (int i = 0; i < 100; i++) {
            double u = a + (b - a) / 3;
            double v = b - (b - a) / 3;
            if (at(c, p, s, u) < at(c, p, s, v)) {
                b = v;
            } else {
                a = u;
            }
        }
        return at(c, p, s, (a + b) / 2);
    }

    private static double at(float[] c, double[] p, double s, double t) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            double d = (1 - s - t) * c[k] + s * c[3 + k] + t * c[6 + k] - p[k];
            sum += d * d;
        }
        return sum;
    }

    @Test
    void theDistanceIsTheLeastOverTheTriangle() {
        Random r = new Random(1);
        float[] c = new float[9];
        for (int i = 0; i < 600; i++) {
            for (int k = 0; k < 9; k++) {
                c[k] = (float) r.nextGaussian();
            }
            double[] p = {2 * r.nextGaussian(), 2 * r.nextGaussian(), 2 * r.nextGaussian()};
            MeshNearest m = of(c, new int[] {0, 1, 2});
            assertThat(m.squared(0, p[0], p[1], p[2])).isCloseTo(walked(c, p), within(1e-9));
        }
    }

    /** Each region of the plane that a foot can fall into, at each axis, worked out by hand. */
    @Test
    void cornersEdgesAndTheInsideInClosedForm() {
        double[][] cases = { // u, v in the plane, height; the squared distance to the triangle (0,0) (4,0) (0,4)
            {1, 1, 0.5, 0.25},
            {-3, -4, 0, 25},
            {7, -4, 0, 25},
            {6, -1, 1, 6},
            {-3, 8, 0, 25},
            {2, -3, 2, 13},
            {-2, 1, 1, 5},
            {4, 4, 1, 9},
            {5, 1, 0, 2},
            {0, 0, 3, 9},
            {2, 2, 0, 0},
        };
        for (int axis = 0; axis < 3; axis++) {
            int u = (axis + 1) % 3;
            int v = (axis + 2) % 3;
            float[] c = new float[9];
            c[3 + u] = 4;
            c[6 + v] = 4;
            for (int turn = 0; turn < 3; turn++) {
                MeshNearest m = of(c, new int[] {turn, (turn + 1) % 3, (turn + 2) % 3});
                MeshNearest mirrored = of(c, new int[] {turn, (turn + 2) % 3, (turn + 1) % 3});
                for (double[] k : cases) {
                    double[] p = new double[3];
                    p[u] = k[0];
                    p[v] = k[1];
                    p[axis] = k[2];
                    assertThat(m.squared(0, p[0], p[1], p[2])).isCloseTo(k[3], within(1e-12));
                    assertThat(mirrored.squared(0, p[0], p[1], p[2])).isCloseTo(k[3], within(1e-12));
                }
                assertThat(m.fromMiddle(0, 1, 2, 3)).isCloseTo((float) (9 * fromMiddle(u, v)), within(1e-3f));
            }
        }
    }

    /** The squared distance of (1, 2, 3) to the middle, 4/3 along two axes. */
    private static double fromMiddle(int u, int v) {
        double[] middle = new double[3];
        middle[u] = 4 / 3.0;
        middle[v] = 4 / 3.0;
        return Math.pow(1 - middle[0], 2) + Math.pow(2 - middle[1], 2) + Math.pow(3 - middle[2], 2);
    }

    /** Corners in a line: the distance to the longest side. */
    @Test
    void aTriangleWithoutAreaIsALine() {
        float[][] cases = {{0, 0, 0, 1, 0, 0, 3, 0, 0}, {0, 0, 0, 3, 0, 0, 1, 0, 0}, {1, 0, 0, 0, 0, 0, 3, 0, 0}};
        for (float[] c : cases) {
            MeshNearest m = of(c, new int[] {0, 1, 2});
            assertThat(m.squared(0, -1, 2, 0)).isEqualTo(5);
            assertThat(m.squared(0, 2, 2, 1)).isEqualTo(5);
            assertThat(m.squared(0, 0.5, -2, 1)).isEqualTo(5);
            assertThat(m.squared(0, 4, 0, 2)).isEqualTo(5);
        }
    }

    /** Wherever it starts and however many triangles there are, it finds the nearest; or one near enough. */
    @Test
    void noTriangleIsNearerThanTheOneFound() {
        Random r = new Random(2);
        for (int n : new int[] {1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 257, 1500}) {
            float[] xyz = new float[9 * n];
            int[] t = new int[3 * n];
            for (int i = 0; i < n; i++) {
                double along = 20.0 * i / n; // coherent in space, as the tree wants it
                for (int k = 0; k < 9; k++) {
                    xyz[9 * i + k] = (float) ((k % 3 == 0 ? along : 0) + 0.4 * r.nextGaussian());
                }
                for (int k = 0; k < 3; k++) {
                    t[3 * i + k] = 3 * i + k;
                }
            }
            MeshNearest m = of(xyz, t);
            assertThat(m.size()).isEqualTo(n);
            MeshNearest.Query q = m.new Query();
            for (int i = 0; i < 200; i++) {
                double x = 24 * r.nextDouble() - 2;
                double y = 2 * r.nextGaussian();
                double z = 2 * r.nextGaussian();
                double least = Double.POSITIVE_INFINITY;
                for (int k = 0; k < n; k++) {
                    least = Math.min(least, m.squared(k, x, y, z));
                }
                if (i % 3 == 0) {
                    q.triangle = r.nextInt(n);
                }
                q.find(x, y, z, -1);
                assertThat(q.squared).isEqualTo(least);
                assertThat(m.squared(q.triangle, x, y, z)).isEqualTo(least);
                q.triangle = r.nextInt(n);
                double enough = least * (1 + 3 * r.nextDouble());
                q.find(x, y, z, enough);
                assertThat(q.squared).isLessThanOrEqualTo(enough);
                assertThat(m.squared(q.triangle, x, y, z)).isEqualTo(q.squared);
            }
        }
    }

    /** A start that is near enough is taken as it is. */
    @Test
    void aStartThatIsNearEnoughStays() {
        float[] xyz = {0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 2, 1, 0, 2, 0, 1, 2};
        MeshNearest m = of(xyz, new int[] {0, 1, 2, 3, 4, 5});
        MeshNearest.Query q = m.new Query();
        q.triangle = 1;
        q.find(0.1, 0.1, 0, 4);
        assertThat(q.triangle).isEqualTo(1);
        assertThat(q.squared).isEqualTo(4);
        q.find(0.1, 0.1, 0, 3.9);
        assertThat(q.triangle).isZero();
        assertThat(q.squared).isEqualTo(1);
    }
}
