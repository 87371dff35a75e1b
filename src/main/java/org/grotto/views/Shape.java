package org.grotto.views;

import java.util.Arrays;
import java.util.Comparator;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Symmetric;

/** Areas and directions of a mesh. */
final class Shape {
    /** Directions in plan that are tried, over half a turn. */
    private static final int TURNS = 180;

    private Shape() {}

    /**
     * The axes of a surface by area: unit vectors, the direction in which it is thinnest first, the one in which it is
     * longest last; interleaved.
     */
    static double[] axes(Mesh m) {
        double[] mean = new double[3];
        double all = 0;
        double[][] p = new double[m.triangleCount()][];
        for (int t = 0; t < p.length; t++) {
            double[] c = m.cross(t);
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

    /** Places spread evenly over the area of a mesh, metres, three numbers each. */
    static double[] spread(Mesh m, int count) {
        int n = m.triangleCount();
        double[] upTo = new double[n + 1];
        for (int t = 0; t < n; t++) {
            double[] c = m.cross(t);
            upTo[t + 1] = upTo[t] + Math.sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]);
        }
        double[] p = new double[3 * count];
        int t = 0;
        for (int i = 0; i < count; i++) {
            double here = (i + 0.5) / count * upTo[n];
            while (upTo[t + 1] < here) {
                t++;
            }
            for (int k = 0; k < 9; k++) {
                p[3 * i + k % 3] += m.xyz[3 * m.triangles[3 * t + k / 3] + k % 3] / 3.0;
            }
            for (int k = 0; k < 3; k++) {
                p[3 * i + k] += m.origin(k);
            }
        }
        return p;
    }

    /** How high a mesh is beside its breadth in plan, which is the least over all directions. */
    static double slender(Mesh m) {
        Box b = m.bounds();
        double breadth = Double.MAX_VALUE;
        for (int k = 0; k < TURNS; k++) {
            breadth = Math.min(breadth, span(m, Math.PI * k / TURNS));
        }
        return breadth > 0 ? (b.maxZ() - b.minZ()) / breadth : Double.POSITIVE_INFINITY;
    }

    /** Across the longer side of the smallest rectangle around a mesh in plan: a unit vector, to the south rather than north. */
    static double[] across(Mesh m) {
        double least = Double.MAX_VALUE;
        double turn = 0;
        for (int k = 0; k < TURNS; k++) {
            double a = Math.PI * k / TURNS;
            double x = span(m, a);
            double y = span(m, a + Math.PI / 2);
            // a is across where the span along it is the shorter one
            if (x <= y && x * y < least) {
                least = x * y;
                turn = a;
            }
        }
        double[] out = {StrictMath.cos(turn), StrictMath.sin(turn)};
        return out[1] > 0 ? new double[] {-out[0], -out[1]} : out;
    }

    /** How long a mesh is along a direction in plan, radians. */
    private static double span(Mesh m, double azimuth) {
        double c = StrictMath.cos(azimuth);
        double s = StrictMath.sin(azimuth);
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (int v = 0; v < m.vertexCount(); v++) {
            double x = c * m.xyz[3 * v] + s * m.xyz[3 * v + 1];
            low = Math.min(low, x);
            high = Math.max(high, x);
        }
        return high - low;
    }
}
