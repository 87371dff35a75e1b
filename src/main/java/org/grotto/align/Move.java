package org.grotto.align;

/**
 * A rigid move, {@code x' = R x + t}, metres.
 *
 * @param r the rotation, row by row; not copied: treat it as constant
 * @param t the translation; not copied
 */
record Move(double[] r, double[] t) {
    static final Move NONE = new Move(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]);

    void apply(double x, double y, double z, double[] out) {
        out[0] = r[0] * x + r[1] * y + r[2] * z + t[0];
        out[1] = r[3] * x + r[4] * y + r[5] * z + t[1];
        out[2] = r[6] * x + r[7] * y + r[8] * z + t[2];
    }

    /** Turns a direction. */
    void turn(double x, double y, double z, double[] out) {
        out[0] = r[0] * x + r[1] * y + r[2] * z;
        out[1] = r[3] * x + r[4] * y + r[5] * z;
        out[2] = r[6] * x + r[7] * y + r[8] * z;
    }

    Move inverse() {
        double[] q = {r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]};
        double[] u = new double[3];
        for (int i = 0; i < 3; i++) {
            u[i] = -(q[3 * i] * t[0] + q[3 * i + 1] * t[1] + q[3 * i + 2] * t[2]);
        }
        return new Move(q, u);
    }

    /** The move that acts as {@code first} and then as this one. */
    Move after(Move first) {
        double[] q = new double[9];
        double[] u = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                q[3 * i + j] = r[3 * i] * first.r[j] + r[3 * i + 1] * first.r[3 + j] + r[3 * i + 2] * first.r[6 + j];
            }
        }
        apply(first.t[0], first.t[1], first.t[2], u);
        return new Move(q, u);
    }

    /** Turns by the rotation vector (wx, wy, wz), rad, about {@code c}, then shifts by (vx, vy, vz). */
    static Move about(double[] c, double vx, double vy, double vz, double wx, double wy, double wz) {
        double[] q = rotation(wx, wy, wz);
        double[] u = {vx + c[0], vy + c[1], vz + c[2]};
        for (int i = 0; i < 3; i++) {
            u[i] -= q[3 * i] * c[0] + q[3 * i + 1] * c[1] + q[3 * i + 2] * c[2];
        }
        return new Move(q, u);
    }

    /** The rotation by a vector, rad (Rodrigues). */
    static double[] rotation(double wx, double wy, double wz) {
        double a = Math.sqrt(wx * wx + wy * wy + wz * wz);
        double s = a < 1e-9 ? 1 : StrictMath.sin(a) / a;
        double k = a < 1e-9 ? 0.5 : (1 - StrictMath.cos(a)) / (a * a);
        double[] q = {0, -s * wz, s * wy, s * wz, 0, -s * wx, -s * wy, s * wx, 0};
        double[] w = {wx, wy, wz};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                q[3 * i + j] += k * (w[i] * w[j] - (i == j ? a * a : 0)) + (i == j ? 1 : 0);
            }
        }
        return q;
    }

    /** The rotation as a vector, rad, at most pi long. */
    double[] turn() {
        double c = Math.max(-1, Math.min(1, (r[0] + r[4] + r[8] - 1) / 2));
        double a = StrictMath.acos(c);
        double[] v = {r[7] - r[5], r[2] - r[6], r[3] - r[1]};
        double s = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]) / 2;
        if (s > 1e-6) {
            a = StrictMath.atan2(s, c);
            return new double[] {a * v[0] / (2 * s), a * v[1] / (2 * s), a * v[2] / (2 * s)};
        }
        if (c > 0) {
            return new double[] {v[0] / 2, v[1] / 2, v[2] / 2};
        }
        // half a turn: the axis is the longest column of R + 1
        int best = r[0] >= r[4] && r[0] >= r[8] ? 0 : r[4] >= r[8] ? 1 : 2;
        double[] axis = {r[best], r[3 + best], r[6 + best]};
        axis[best] += 1;
        double l = Math.sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
        return new double[] {a * axis[0] / l, a * axis[1] / l, a * axis[2] / l};
    }

    /** By how much it shifts the point {@code c}. */
    double[] shift(double[] c) {
        double[] o = new double[3];
        apply(c[0], c[1], c[2], o);
        return new double[] {o[0] - c[0], o[1] - c[1], o[2] - c[2]};
    }

    /** The angle of its rotation, rad. */
    double angle() {
        double[] w = turn();
        return Math.sqrt(w[0] * w[0] + w[1] * w[1] + w[2] * w[2]);
    }
}
