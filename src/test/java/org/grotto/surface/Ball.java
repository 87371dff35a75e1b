package org.grotto.surface;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;

/** Round rooms in closed form: meshes that face inward and points on them. For tests. */
public final class Ball {
    public static final Lattice LATTICE = new Lattice(10, 20, 30, 1e-6);

    public final List<float[]> vertices = new ArrayList<>();
    public final List<int[]> triangles = new ArrayList<>();

    /** Adds an icosahedron divided {@code rounds} times, on a ball about (x, y, z) relative to the lattice's origin. */
    public Ball add(double x, double y, double z, double radius, int rounds) {
        double g = (1 + Math.sqrt(5)) / 2;
        double[][] v = {
            {-1, g, 0},
            {1, g, 0},
            {-1, -g, 0},
            {1, -g, 0},
            {0, -1, g},
            {0, 1, g},
            {0, -1, -g},
            {0, 1, -g},
            {g, 0, -1},
            {g, 0, 1},
            {-g, 0, -1},
            {-g, 0, 1}
        };
        int[][] t = {
            {0, 11, 5}, {0, 5, 1}, {0, 1, 7}, {0, 7, 10}, {0, 10, 11}, {1, 5, 9}, {5, 11, 4}, {11, 10, 2}, {10, 7, 6},
            {7, 1, 8}, {3, 9, 4}, {3, 4, 2}, {3, 2, 6}, {3, 6, 8}, {3, 8, 9}, {4, 9, 5}, {2, 4, 11}, {6, 2, 10},
            {8, 6, 7}, {9, 8, 1}
        };
        List<double[]> p = new ArrayList<>();
        for (double[] a : v) {
            p.add(unit(a));
        }
        List<int[]> f = new ArrayList<>(List.of(t));
        for (int r = 0; r < rounds; r++) {
            Map<Long, Integer> middle = new HashMap<>();
            List<int[]> next = new ArrayList<>();
            for (int[] k : f) {
                int a = mid(p, middle, k[0], k[1]);
                int b = mid(p, middle, k[1], k[2]);
                int c = mid(p, middle, k[2], k[0]);
                next.add(new int[] {k[0], a, c});
                next.add(new int[] {k[1], b, a});
                next.add(new int[] {k[2], c, b});
                next.add(new int[] {a, b, c});
            }
            f = next;
        }
        int base = vertices.size();
        for (double[] a : p) {
            vertices.add(
                    new float[] {(float) (x + radius * a[0]), (float) (y + radius * a[1]), (float) (z + radius * a[2])
                    });
        }
        for (int[] k : f) {
            triangles.add(new int[] {base + k[0], base + k[2], base + k[1]}); // facing inward
        }
        return this;
    }

    private static int mid(List<double[]> p, Map<Long, Integer> middle, int a, int b) {
        return middle.computeIfAbsent((long) Math.min(a, b) << 32 | Math.max(a, b), k -> {
            double[] u = p.get(a);
            double[] w = p.get(b);
            p.add(unit(new double[] {u[0] + w[0], u[1] + w[1], u[2] + w[2]}));
            return p.size() - 1;
        });
    }

    private static double[] unit(double[] a) {
        double l = Math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
        return new double[] {a[0] / l, a[1] / l, a[2] / l};
    }

    Mesh mesh() {
        float[] xyz = new float[3 * vertices.size()];
        for (int i = 0; i < vertices.size(); i++) {
            System.arraycopy(vertices.get(i), 0, xyz, 3 * i, 3);
        }
        int[] t = new int[3 * triangles.size()];
        for (int i = 0; i < triangles.size(); i++) {
            System.arraycopy(triangles.get(i), 0, t, 3 * i, 3);
        }
        return new Mesh(LATTICE.originX(), LATTICE.originY(), LATTICE.originZ(), xyz, null, null, null, t);
    }

    /**
     * Points spread evenly (Fibonacci) on a ball about the origin, normals inward, station 0.
     *
     * @param keep given height z / radius and azimuth, positive where there are points
     */
    public static Cloud points(int n, double radius, DoubleBinaryOperator keep) {
        double[][] p = new double[n][];
        int m = 0;
        for (int i = 0; i < n; i++) {
            double z = 1 - 2 * (i + 0.5) / n;
            double r = Math.sqrt(1 - z * z);
            double a = i * 2.399963229728653;
            a -= 2 * Math.PI * Math.floor(a / (2 * Math.PI));
            if (keep.applyAsDouble(z, a) > 0) {
                p[m++] = new double[] {r * Math.cos(a), r * Math.sin(a), z};
            }
        }
        int[][] c = new int[3][m];
        float[] normals = new float[3 * m];
        for (int i = 0; i < m; i++) {
            c[0][i] = LATTICE.ix(LATTICE.originX() + radius * p[i][0]);
            c[1][i] = LATTICE.iy(LATTICE.originY() + radius * p[i][1]);
            c[2][i] = LATTICE.iz(LATTICE.originZ() + radius * p[i][2]);
            for (int a = 0; a < 3; a++) {
                normals[3 * i + a] = (float) -p[i][a];
            }
        }
        return new Cloud(LATTICE, c[0], c[1], c[2], normals, null, null, new char[m]);
    }
}
