package org.grotto.surface;

import java.util.Arrays;

/**
 * Cuts loops into triangles of least total area (Klincsek 1980). No cut joins two vertices on the same face of the cell:
 * the cell beyond could make the same cut, and four triangles would share it. A loop that cannot be cut so gets a vertex
 * in its middle.
 */
final class Polygons {
    private final float[] xyz;
    private int[] triangles = new int[3 << 10];
    private int n;
    private float[] middles = new float[0];
    private int[] corners = new int[0];
    private int m;
    private double[] cost = new double[64];
    private int[] apex = new int[64];

    Polygons(float[] xyz) {
        this.xyz = xyz;
    }

    /** Ends it: what was allocated in advance is given back. */
    void trim() {
        triangles = Arrays.copyOf(triangles, n);
    }

    int triangleInts() {
        return n;
    }

    int middleCount() {
        return m;
    }

    /** Middles were numbered -1, -2, ...; they become first + firstMiddle, ... */
    void copyTo(int[] out, int at, float[] middlesOut, int[] cornersOut, int firstMiddle, int first) {
        for (int i = 0; i < n; i++) {
            int v = triangles[i];
            out[at + i] = v >= 0 ? v : first + firstMiddle - 1 - v;
        }
        System.arraycopy(middles, 0, middlesOut, 3 * firstMiddle, 3 * m);
        System.arraycopy(corners, 0, cornersOut, firstMiddle, m);
    }

    /** A loop of {@code k} vertices and, for each, the faces of the cell it lies on. */
    void add(int[] loop, int[] faces, int k) {
        if (k < 3) {
            throw new IllegalStateException("a loop of " + k);
        }
        if (k == 3) {
            triangle(loop[0], loop[1], loop[2]);
            return;
        }
        if (k == 4) {
            boolean cut02 = (faces[0] & faces[2]) == 0;
            boolean cut13 = (faces[1] & faces[3]) == 0;
            if (cut02 || cut13) {
                double a02 = cut02 ? area(loop[0], loop[1], loop[2]) + area(loop[0], loop[2], loop[3]) : 1e300;
                double a13 = cut13 ? area(loop[0], loop[1], loop[3]) + area(loop[1], loop[2], loop[3]) : 1e300;
                if (a02 <= a13) {
                    triangle(loop[0], loop[1], loop[2]);
                    triangle(loop[0], loop[2], loop[3]);
                } else {
                    triangle(loop[0], loop[1], loop[3]);
                    triangle(loop[1], loop[2], loop[3]);
                }
                return;
            }
        }
        if (k > 48 || !cut(loop, faces, k)) {
            fan(loop, k);
        }
    }

    /** cost[i k + j] is the least area of the part from vertex i to vertex j, apex its triangle's third vertex. */
    private boolean cut(int[] loop, int[] faces, int k) {
        if (cost.length < k * k) {
            cost = new double[k * k];
            apex = new int[k * k];
        }
        for (int i = 0; i + 1 < k; i++) {
            cost[i * k + i + 1] = 0;
        }
        for (int span = 2; span < k; span++) {
            for (int i = 0; i + span < k; i++) {
                int j = i + span;
                double best = Double.POSITIVE_INFINITY;
                boolean side = i == 0 && j == k - 1;
                if (side || (faces[i] & faces[j]) == 0) {
                    for (int a = i + 1; a < j; a++) {
                        double c = cost[i * k + a] + cost[a * k + j];
                        if (c < best) {
                            c += area(loop[i], loop[a], loop[j]);
                            if (c < best) {
                                best = c;
                                apex[i * k + j] = a;
                            }
                        }
                    }
                }
                cost[i * k + j] = best;
            }
        }
        if (cost[k - 1] == Double.POSITIVE_INFINITY) {
            return false;
        }
        emit(loop, k, 0, k - 1);
        return true;
    }

    private void emit(int[] loop, int k, int i, int j) {
        if (j - i < 2) {
            return;
        }
        int a = apex[i * k + j];
        emit(loop, k, i, a);
        triangle(loop[i], loop[a], loop[j]);
        emit(loop, k, a, j);
    }

    private void fan(int[] loop, int k) {
        if (3 * m == middles.length) {
            middles = Arrays.copyOf(middles, Math.max(12, 6 * m));
            corners = Arrays.copyOf(corners, Math.max(4, 2 * m));
        }
        double x = 0;
        double y = 0;
        double z = 0;
        for (int i = 0; i < k; i++) {
            x += xyz[3 * loop[i]];
            y += xyz[3 * loop[i] + 1];
            z += xyz[3 * loop[i] + 2];
        }
        middles[3 * m] = (float) (x / k);
        middles[3 * m + 1] = (float) (y / k);
        middles[3 * m + 2] = (float) (z / k);
        corners[m] = loop[0];
        m++;
        for (int i = 0; i < k; i++) {
            triangle(loop[i], loop[(i + 1) % k], -m);
        }
    }

    private void triangle(int a, int b, int c) {
        if (n + 3 > triangles.length) {
            triangles = Arrays.copyOf(triangles, 2 * triangles.length);
        }
        triangles[n++] = a;
        triangles[n++] = b;
        triangles[n++] = c;
    }

    private double area(int a, int b, int c) {
        double ux = xyz[3 * b] - xyz[3 * a];
        double uy = xyz[3 * b + 1] - xyz[3 * a + 1];
        double uz = xyz[3 * b + 2] - xyz[3 * a + 2];
        double vx = xyz[3 * c] - xyz[3 * a];
        double vy = xyz[3 * c + 1] - xyz[3 * a + 1];
        double vz = xyz[3 * c + 2] - xyz[3 * a + 2];
        double nx = uy * vz - uz * vy;
        double ny = uz * vx - ux * vz;
        double nz = ux * vy - uy * vx;
        return Math.sqrt(nx * nx + ny * ny + nz * nz);
    }
}
