package org.grotto.surface;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.grotto.geometry.Mesh;

/** What tests ask of a mesh. */
final class MeshCheck {
    private MeshCheck() {}

    /** The first fault against "closed, 2-manifold, consistently oriented", or "". */
    static String closedManifold(Mesh m) {
        int[] t = m.triangles;
        int n = t.length / 3;
        long[] edges = new long[t.length];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < 3; k++) {
                int a = t[3 * i + k];
                int b = t[3 * i + (k + 1) % 3];
                if (a == b) {
                    return "triangle " + i + " has one vertex twice";
                }
                edges[3 * i + k] = (long) a << 32 | b;
            }
        }
        Arrays.sort(edges);
        for (int i = 0; i < edges.length; i++) {
            if (i > 0 && edges[i] == edges[i - 1]) {
                return "edge " + (edges[i] >> 32) + " -> " + (int) edges[i] + " in two triangles the same way";
            }
            long back = edges[i] << 32 | edges[i] >>> 32;
            if (Arrays.binarySearch(edges, back) < 0) {
                return "edge " + (edges[i] >> 32) + " -> " + (int) edges[i] + " has one side only";
            }
        }
        return fans(m);
    }

    /** Around every vertex its triangles make one ring. */
    private static String fans(Mesh m) {
        int v = m.vertexCount();
        int[] t = m.triangles;
        int[] start = new int[v + 1];
        for (int i : t) {
            start[i + 1]++;
        }
        for (int i = 0; i < v; i++) {
            if (start[i + 1] == 0) {
                return "vertex " + i + " is in no triangle";
            }
            start[i + 1] += start[i];
        }
        int[] at = Arrays.copyOf(start, v);
        int[] corner = new int[t.length];
        for (int i = 0; i < t.length; i++) {
            corner[at[t[i]]++] = i;
        }
        for (int i = 0; i < v; i++) {
            int degree = start[i + 1] - start[i];
            int c = corner[start[i]];
            int first = c;
            int steps = 0;
            do {
                int next = t[c / 3 * 3 + (c + 1) % 3]; // leaves to "next"; the triangle that comes back from it follows
                int found = -1;
                for (int k = start[i]; k < start[i + 1]; k++) {
                    int d = corner[k];
                    if (t[d / 3 * 3 + (d + 2) % 3] == next) {
                        found = d;
                    }
                }
                if (found < 0) {
                    return "vertex " + i + " has an open fan";
                }
                c = found;
                steps++;
            } while (c != first && steps <= degree);
            if (steps != degree) {
                return "vertex " + i + " has " + degree + " triangles, a ring of " + steps;
            }
        }
        return "";
    }

    /** Distances of n random places on the mesh (by area) to the truth, metres, signed. */
    static double[] errors(Mesh m, AnalyticCave truth, int n, long seed) {
        int count = m.triangleCount();
        double[] sum = new double[count + 1];
        for (int i = 0; i < count; i++) {
            sum[i + 1] = sum[i] + area(m, i);
        }
        SplittableRandom r = new SplittableRandom(seed);
        double[] e = new double[n];
        for (int k = 0; k < n; k++) {
            int i = Arrays.binarySearch(sum, r.nextDouble() * sum[count]);
            i = Math.max(0, Math.min(count - 1, i < 0 ? -i - 2 : i));
            double a = r.nextDouble();
            double b = r.nextDouble();
            if (a + b > 1) {
                a = 1 - a;
                b = 1 - b;
            }
            double[] p = new double[3];
            for (int x = 0; x < 3; x++) {
                double p0 = m.xyz[3 * m.triangles[3 * i] + x];
                double p1 = m.xyz[3 * m.triangles[3 * i + 1] + x];
                double p2 = m.xyz[3 * m.triangles[3 * i + 2] + x];
                p[x] = p0 + a * (p1 - p0) + b * (p2 - p0);
            }
            e[k] = truth.distance(p[0] + m.originX, p[1] + m.originY, p[2] + m.originZ);
        }
        return e;
    }

    static double area(Mesh m, int i) {
        double[] p = new double[9];
        for (int k = 0; k < 3; k++) {
            for (int x = 0; x < 3; x++) {
                p[3 * k + x] = m.xyz[3 * m.triangles[3 * i + k] + x];
            }
        }
        double ux = p[3] - p[0];
        double uy = p[4] - p[1];
        double uz = p[5] - p[2];
        double vx = p[6] - p[0];
        double vy = p[7] - p[1];
        double vz = p[8] - p[2];
        double nx = uy * vz - uz * vy;
        double ny = uz * vx - ux * vz;
        double nz = ux * vy - uy * vx;
        return Math.sqrt(nx * nx + ny * ny + nz * nz) / 2;
    }

    static double rms(double[] e) {
        double s = 0;
        for (double v : e) {
            s += v * v;
        }
        return Math.sqrt(s / e.length);
    }

    /** The value below which the fraction q of |e| lies. */
    static double quantile(double[] e, double q) {
        double[] a = Arrays.stream(e).map(Math::abs).sorted().toArray();
        return a[(int) Math.min(a.length - 1, (long) (q * a.length))];
    }
}
