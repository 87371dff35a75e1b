package org.grotto.lod;

import org.grotto.geometry.Mesh;

/** Closed rooms in closed form, for tests: a cube of quads blown up to a bumpy ball, seen from inside. */
public final class TestCaves {
    private TestCaves() {}

    /**
     * A room of about {@code 2 radius} metres with bumps of several sizes; triangles face its middle.
     *
     * @param n quads along a cube's edge: 12 n^2 triangles
     */
    public static Mesh ball(int n, double radius, double bump, double originX, double originY, double originZ) {
        int side = n + 1;
        int[] id = new int[side * side * side];
        int count = 0;
        float[] xyz = new float[3 * (6 * n * n + 2)];
        byte[] rgb = new byte[xyz.length];
        byte[] evidence = new byte[xyz.length / 3];
        for (int k = 0; k < side; k++) {
            for (int j = 0; j < side; j++) {
                for (int i = 0; i < side; i++) {
                    if (i > 0 && i < n && j > 0 && j < n && k > 0 && k < n) {
                        continue;
                    }
                    double x = StrictMath.tan((2.0 * i / n - 1) * Math.PI / 4);
                    double y = StrictMath.tan((2.0 * j / n - 1) * Math.PI / 4);
                    double z = StrictMath.tan((2.0 * k / n - 1) * Math.PI / 4);
                    double l = Math.sqrt(x * x + y * y + z * z);
                    x /= l;
                    y /= l;
                    z /= l;
                    double b = StrictMath.sin(7 * x + 1) * StrictMath.sin(6 * y) * StrictMath.sin(8 * z + 2)
                            + 0.3 * StrictMath.sin(31 * x) * StrictMath.sin(29 * y + z) * StrictMath.cos(33 * z)
                            + 0.1 * StrictMath.sin(97 * x + 3 * y) * StrictMath.sin(101 * y) * StrictMath.cos(89 * z);
                    double r = radius * (1 + bump * b);
                    xyz[3 * count] = (float) (r * x);
                    xyz[3 * count + 1] = (float) (1.3 * r * y);
                    xyz[3 * count + 2] = (float) (0.7 * r * z);
                    rgb[3 * count] = (byte) (128 + 100 * StrictMath.sin(5 * x));
                    rgb[3 * count + 1] = (byte) (128 + 100 * StrictMath.sin(5 * y));
                    rgb[3 * count + 2] = (byte) (100 + 50 * b);
                    evidence[count] = z > 0.8 ? Mesh.INFERRED : Mesh.MEASURED;
                    id[(k * side + j) * side + i] = count++;
                }
            }
        }
        int[] triangles = new int[36 * n * n];
        int t = 0;
        for (int face = 0; face < 6; face++) {
            int axis = face / 2;
            boolean high = face % 2 == 1;
            for (int u = 0; u < n; u++) {
                for (int w = 0; w < n; w++) {
                    int a = corner(id, side, axis, high, u, w);
                    int b = corner(id, side, axis, high, u + 1, w);
                    int c = corner(id, side, axis, high, u + 1, w + 1);
                    int d = corner(id, side, axis, high, u, w + 1);
                    int[] quad = high ? new int[] {a, c, b, a, d, c} : new int[] {a, b, c, a, c, d};
                    System.arraycopy(quad, 0, triangles, t, 6);
                    t += 6;
                }
            }
        }
        return new Mesh(originX, originY, originZ, xyz, null, rgb, evidence, triangles);
    }

    private static int corner(int[] id, int side, int axis, boolean high, int u, int w) {
        int h = high ? side - 1 : 0;
        int[] p = new int[3];
        p[axis] = h;
        p[(axis + 1) % 3] = u;
        p[(axis + 2) % 3] = w;
        return id[(p[2] * side + p[1]) * side + p[0]];
    }
}
