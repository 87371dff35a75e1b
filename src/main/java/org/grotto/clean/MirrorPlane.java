package org.grotto.clean;

/**
 * A plane with its front: {@code n . x = d}, and two axes in it, the first level (nearly so, along x, where the plane is nearly level). Metres beside the lattice's origin.
 *
 * @param n unit, to the front
 * @param t first axis
 * @param b second axis, up where the plane stands
 */
record MirrorPlane(double[] n, double d, double[] t, double[] b) {
    static MirrorPlane of(double nx, double ny, double nz, double d) {
        double l = Math.sqrt(nx * nx + ny * ny + nz * nz);
        double[] n = {nx / l, ny / l, nz / l};
        double h = Math.sqrt(n[0] * n[0] + n[1] * n[1]);
        double w = Math.sqrt(1 - n[0] * n[0]);
        // of a nearly level plane no tilt may turn the axes
        double[] t = h < 0.3
                ? new double[] {(1 - n[0] * n[0]) / w, -n[0] * n[1] / w, -n[0] * n[2] / w}
                : new double[] {-n[1] / h, n[0] / h, 0};
        double[] b = {n[1] * t[2] - n[2] * t[1], n[2] * t[0] - n[0] * t[2], n[0] * t[1] - n[1] * t[0]};
        return new MirrorPlane(n, d / l, t, b);
    }

    /** Height over the plane, metres, positive in front. */
    double over(double x, double y, double z) {
        return n[0] * x + n[1] * y + n[2] * z - d;
    }

    /** Whether the two are the same as far as can be told at a place. */
    boolean like(MirrorPlane o, double[] at) {
        double c = n[0] * o.n[0] + n[1] * o.n[1] + n[2] * o.n[2];
        return c > 0.9998 && Math.abs(over(at[0], at[1], at[2]) - o.over(at[0], at[1], at[2])) < 0.02;
    }

    /**
     * Where the line from an eye to a place meets the plane, along both axes, to {@code uv}.
     *
     * @return the place's height over the plane; NaN where the eye is not in front, or looks away
     */
    double cross(double[] e, double x, double y, double z, double nearest, double[] uv) {
        double se = over(e[0], e[1], e[2]);
        double s = over(x, y, z);
        if (!(se > nearest) || !(s < se)) {
            return Double.NaN;
        }
        double f = se / (se - s);
        double ax = e[0] + f * (x - e[0]);
        double ay = e[1] + f * (y - e[1]);
        double az = e[2] + f * (z - e[2]);
        uv[0] = t[0] * ax + t[1] * ay + t[2] * az;
        uv[1] = b[0] * ax + b[1] * ay + b[2] * az;
        return s;
    }

    /** A place's coordinates along both axes. */
    double[] along(double[] p) {
        return new double[] {t[0] * p[0] + t[1] * p[1] + t[2] * p[2], b[0] * p[0] + b[1] * p[1] + b[2] * p[2]};
    }

    /** The place on the plane at two coordinates of its axes. */
    double[] at(double u, double v) {
        return new double[] {
            d * n[0] + u * t[0] + v * b[0], d * n[1] + u * t[1] + v * b[1], d * n[2] + u * t[2] + v * b[2]
        };
    }
}
