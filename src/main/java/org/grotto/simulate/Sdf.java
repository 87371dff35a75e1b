package org.grotto.simulate;

/**
 * Distance-like functions of position, each with slope at most 1 (so its absolute value never exceeds the distance to
 * its zero set), negative inside. Plain arithmetic and square roots only: the same bits everywhere.
 */
final class Sdf {
    private Sdf() {}

    /** The smaller of two, the edge between them rounded over a width {@code k}; equal to min where they differ by k. */
    static double smin(double a, double b, double k) {
        double d = k - Math.abs(a - b);
        double m = Math.min(a, b);
        return d <= 0 ? m : m - d * d / (4 * k);
    }

    static double smax(double a, double b, double k) {
        return -smin(-a, -b, k);
    }

    /** 0 up to e0, 1 from e1, between them a cubic; slope at most 1.5 / (e1 - e0). */
    static double step(double e0, double e1, double v) {
        double t = Math.min(1, Math.max(0, (v - e0) / (e1 - e0)));
        return t * t * (3 - 2 * t);
    }

    static double clamp(double v, double lo, double hi) {
        return v < lo ? lo : Math.min(v, hi);
    }

    /** Ellipsoid about the origin, underestimated: its slope is min(r) / max(r) to 1. */
    static double ellipsoid(double x, double y, double z, double rx, double ry, double rz) {
        double a = x / rx;
        double b = y / ry;
        double c = z / rz;
        return (Math.sqrt(a * a + b * b + c * c) - 1) * Math.min(rx, Math.min(ry, rz));
    }

    /** Box about the origin with edges rounded by r, exact. */
    static double box(double x, double y, double z, double hx, double hy, double hz, double r) {
        double qx = Math.abs(x) - hx + r;
        double qy = Math.abs(y) - hy + r;
        double qz = Math.abs(z) - hz + r;
        double ox = Math.max(qx, 0);
        double oy = Math.max(qy, 0);
        double oz = Math.max(qz, 0);
        return Math.sqrt(ox * ox + oy * oy + oz * oz) + Math.min(0, Math.max(qx, Math.max(qy, qz))) - r;
    }

    /** Distance in the plane to the segment from (0, 0) to (dx, dy). */
    static double segment(double x, double y, double dx, double dy) {
        double t = clamp((x * dx + y * dy) / (dx * dx + dy * dy), 0, 1);
        double ex = x - t * dx;
        double ey = y - t * dy;
        return Math.sqrt(ex * ex + ey * ey);
    }

    /** Signed distance in the plane to a regular octagon of inradius r. */
    static double octagon(double x, double y, double r) {
        double ax = Math.abs(x);
        double ay = Math.abs(y);
        return Math.max(Math.max(ax, ay), (ax + ay) * 0.7071067811865476) - r;
    }

    /** A periodic wave in [-1, 1] made of parabolas, period 1, slope at most 8, continuous slope. */
    static double wave(double t) {
        double u = t - Math.floor(t);
        return u < 0.5 ? 16 * u * (0.5 - u) : -16 * (u - 0.5) * (1 - u);
    }
}
