package org.grotto.format.tiles3d;

/** Placements of tiles: 4 x 4, column by column, of double metres. */
final class Matrix {
    static final double[] NONE = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};

    private Matrix() {}

    /** First {@code b}, then {@code a}. */
    static double[] times(double[] a, double[] b) {
        double[] c = new double[16];
        for (int col = 0; col < 4; col++) {
            for (int row = 0; row < 4; row++) {
                for (int k = 0; k < 4; k++) {
                    c[4 * col + row] += a[4 * k + row] * b[4 * col + k];
                }
            }
        }
        return c;
    }

    static double[] shift(double x, double y, double z) {
        double[] m = NONE.clone();
        m[12] = x;
        m[13] = y;
        m[14] = z;
        return m;
    }

    /** A place moved: row {@code axis}. */
    static double place(double[] m, int axis, double x, double y, double z) {
        return m[axis] * x + m[4 + axis] * y + m[8 + axis] * z + m[12 + axis];
    }

    /** The determinant of the upper 3 x 3: less than 0 where left becomes right. */
    static double determinant(double[] m) {
        return m[0] * (m[5] * m[10] - m[9] * m[6])
                - m[4] * (m[1] * m[10] - m[9] * m[2])
                + m[8] * (m[1] * m[6] - m[5] * m[2]);
    }

    /** The matrix that turns normals: the cofactors of the upper 3 x 3, with the sign of its determinant. */
    static double[] normals(double[] m) {
        double[] c = new double[16];
        double sign = determinant(m) < 0 ? -1 : 1;
        for (int col = 0; col < 3; col++) {
            int p = 4 * ((col + 1) % 3);
            int q = 4 * ((col + 2) % 3);
            for (int row = 0; row < 3; row++) {
                int r = (row + 1) % 3;
                int s = (row + 2) % 3;
                c[4 * col + row] = sign * (m[p + r] * m[q + s] - m[q + r] * m[p + s]);
            }
        }
        return c;
    }

    /** A normal turned by {@link #normals}, of unit length, or zeros. */
    static void normal(double[] m, double[] v) {
        double x = m[0] * v[0] + m[4] * v[1] + m[8] * v[2];
        double y = m[1] * v[0] + m[5] * v[1] + m[9] * v[2];
        double z = m[2] * v[0] + m[6] * v[1] + m[10] * v[2];
        double l = Math.sqrt(x * x + y * y + z * z);
        boolean good = l > 0 && l < Double.POSITIVE_INFINITY;
        v[0] = good ? x / l : 0;
        v[1] = good ? y / l : 0;
        v[2] = good ? z / l : 0;
    }
}
