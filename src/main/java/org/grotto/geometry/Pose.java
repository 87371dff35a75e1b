package org.grotto.geometry;

/**
 * Where a scanner stood: takes a point from its own frame to the common one, {@code p' = R p + t}.
 *
 * @param qw unit quaternion, scalar part; E57's order is w, x, y, z
 * @param tx translation in metres
 */
public record Pose(double qw, double qx, double qy, double qz, double tx, double ty, double tz) {
    public static final Pose IDENTITY = new Pose(1, 0, 0, 0, 0, 0, 0);

    public Pose {
        double n = Math.sqrt(qw * qw + qx * qx + qy * qy + qz * qz);
        if (!(n > 1e-12) || !Double.isFinite(n + tx + ty + tz)) {
            throw new IllegalArgumentException("not a pose: quaternion " + qw + " " + qx + " " + qy + " " + qz
                    + ", translation " + tx + " " + ty + " " + tz);
        }
        if (Math.abs(n - 1) > 1e-12) {
            qw /= n;
            qx /= n;
            qy /= n;
            qz /= n;
        }
    }

    /** The 3x3 rotation, row by row. */
    public double[] matrix() {
        return new double[] {
            1 - 2 * (qy * qy + qz * qz),
            2 * (qx * qy - qw * qz),
            2 * (qx * qz + qw * qy),
            2 * (qx * qy + qw * qz),
            1 - 2 * (qx * qx + qz * qz),
            2 * (qy * qz - qw * qx),
            2 * (qx * qz - qw * qy),
            2 * (qy * qz + qw * qx),
            1 - 2 * (qx * qx + qy * qy)
        };
    }

    /** From a rotation given row by row (orthonormal, right-handed) and a translation. */
    public static Pose of(double[] m, double tx, double ty, double tz) {
        double trace = m[0] + m[4] + m[8];
        if (trace > 0) {
            double s = 2 * Math.sqrt(1 + trace);
            return new Pose(s / 4, (m[7] - m[5]) / s, (m[2] - m[6]) / s, (m[3] - m[1]) / s, tx, ty, tz);
        }
        if (m[0] >= m[4] && m[0] >= m[8]) {
            double s = 2 * Math.sqrt(1 + m[0] - m[4] - m[8]);
            return new Pose((m[7] - m[5]) / s, s / 4, (m[1] + m[3]) / s, (m[2] + m[6]) / s, tx, ty, tz);
        }
        if (m[4] >= m[8]) {
            double s = 2 * Math.sqrt(1 - m[0] + m[4] - m[8]);
            return new Pose((m[2] - m[6]) / s, (m[1] + m[3]) / s, s / 4, (m[5] + m[7]) / s, tx, ty, tz);
        }
        double s = 2 * Math.sqrt(1 - m[0] - m[4] + m[8]);
        return new Pose((m[3] - m[1]) / s, (m[2] + m[6]) / s, (m[5] + m[7]) / s, s / 4, tx, ty, tz);
    }

    /** The pose that acts as {@code first} and then as this one. */
    public Pose after(Pose first) {
        double[] r = matrix();
        return new Pose(
                qw * first.qw - qx * first.qx - qy * first.qy - qz * first.qz,
                qw * first.qx + qx * first.qw + qy * first.qz - qz * first.qy,
                qw * first.qy - qx * first.qz + qy * first.qw + qz * first.qx,
                qw * first.qz + qx * first.qy - qy * first.qx + qz * first.qw,
                r[0] * first.tx + r[1] * first.ty + r[2] * first.tz + tx,
                r[3] * first.tx + r[4] * first.ty + r[5] * first.tz + ty,
                r[6] * first.tx + r[7] * first.ty + r[8] * first.tz + tz);
    }

    /** True when it does nothing. */
    public boolean isIdentity() {
        return qx == 0 && qy == 0 && qz == 0 && tx == 0 && ty == 0 && tz == 0;
    }
}
