package org.grotto.views;

import java.util.Arrays;
import java.util.Comparator;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Symmetric;

/** Areas and directions of a mesh. */
final class Shape {
    private Shape() {}

    /** Along a triangle's normal, twice its area long. */
    static double[] cross(Mesh m, int t) {
        float[] v = m.xyz;
        int a = 3 * m.triangles[3 * t];
        int b = 3 * m.triangles[3 * t + 1];
        int c = 3 * m.triangles[3 * t + 2];
        double[] p = {(double) v[b] - v[a], (double) v[b + 1] - v[a + 1], (double) v[b + 2] - v[a + 2]};
        double[] q = {(double) v[c] - v[a], (double) v[c + 1] - v[a + 1], (double) v[c + 2] - v[a + 2]};
        return new double[] {p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]};
    }

    /** The sum of all triangles' normals by area, and the sum of their areas: doubled, four numbers. */
    static double[] facing(Mesh m) {
        double[] sum = new double[4];
        for (int t = 0; t < m.triangleCount(); t++) {
            double[] c = cross(m, t);
            for (int k = 0; k < 3; k++) {
                sum[k] += c[k];
            }
            sum[3] += Math.sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]);
        }
        return sum;
    }

    /**
     * The axes of a surface by area: unit vectors, the direction in which it is thinnest first, the one in which it is
     * longest last; interleaved.
     */
    static double[] axes(Mesh m) {
        double[] mean = new double[3];
        double all = 0;
        double[][] p = new double[m.triangleCount()][];
        for (int t = 0; t < p.length; t++) {
            double[] c = cross(m, t);
            double area = Math.sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]);
            p[t] = new double[] {0, 0, 0, area};
            for (int k = 0; k < 9; k++) {
                p[t][k % 3] += m.xyz[3 * m.triangles[3 * t + k / 3] + k % 3] / 3.0;
            }
            for (int k = 0; k < 3; k++) {
                mean[k] += area * p[t][k];
            }
            all += area;
        }
        double[] s = new double[6];
        for (double[] q : p) {
            double x = q[0] - mean[0] / all;
            double y = q[1] - mean[1] / all;
            double z = q[2] - mean[2] / all;
            s[0] += q[3] * x * x;
            s[1] += q[3] * x * y;
            s[2] += q[3] * x * z;
            s[3] += q[3] * y * y;
            s[4] += q[3] * y * z;
            s[5] += q[3] * z * z;
        }
        if (!(all > 0)) {
            return new double[] {0, 1, 0, 0, 0, 1, 1, 0, 0};
        }
        double[] a = {s[0], s[1], s[2], s[1], s[3], s[4], s[2], s[4], s[5]};
        double[] v = Symmetric.eigen(a, 3);
        Integer[] order = {0, 1, 2};
        Arrays.sort(order, Comparator.comparingDouble(i -> a[4 * i]));
        double[] out = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                out[3 * i + k] = v[3 * k + order[i]];
            }
        }
        return out;
    }
}
