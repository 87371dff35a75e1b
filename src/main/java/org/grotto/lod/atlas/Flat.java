package org.grotto.lod.atlas;

/** One triangle in a picture, in pixels; pixel (i, j) has its middle at (i + 0.5, j + 0.5). Used again and again. */
final class Flat {
    /** How far beside a triangle its rim reaches, pixels: what four pixels around a place need. */
    static final double RIM = 1;

    private final double[] nx = new double[3];
    private final double[] ny = new double[3];
    private final double[] far = new double[3];
    private double x0;
    private double y0;
    private double x1;
    private double y1;

    /** The corners at {@code at} of {@code p}: x y, interleaved; moved by {@code dx}, {@code dy}. */
    Flat set(double[] p, int at, double dx, double dy) {
        x0 = Double.POSITIVE_INFINITY;
        y0 = x0;
        x1 = Double.NEGATIVE_INFINITY;
        y1 = x1;
        for (int k = 0; k < 3; k++) {
            double x = p[at + 2 * k] + dx;
            double y = p[at + 2 * k + 1] + dy;
            x0 = Math.min(x0, x);
            y0 = Math.min(y0, y);
            x1 = Math.max(x1, x);
            y1 = Math.max(y1, y);
        }
        double area = area(p, at);
        double turn = area < 0 ? -1 : 1;
        for (int k = 0; k < 3; k++) {
            double ax = p[at + 2 * k] + dx;
            double ay = p[at + 2 * k + 1] + dy;
            double ex = p[at + 2 * ((k + 1) % 3)] + dx - ax;
            double ey = p[at + 2 * ((k + 1) % 3) + 1] + dy - ay;
            double l = Math.sqrt(ex * ex + ey * ey);
            // outwards; an edge without length bounds nothing
            nx[k] = l > 0 ? turn * ey / l : 0;
            ny[k] = l > 0 ? -turn * ex / l : 0;
            far[k] = l > 0 ? nx[k] * ax + ny[k] * ay : Double.POSITIVE_INFINITY;
        }
        return this;
    }

    /** Twice the signed area, square pixels. */
    static double area(double[] p, int at) {
        return (p[at + 2] - p[at]) * (p[at + 5] - p[at + 1]) - (p[at + 4] - p[at]) * (p[at + 3] - p[at + 1]);
    }

    /** The first column whose pixels the triangle or its rim may touch; see {@link #right}, {@link #top}, {@link #bottom}. */
    int left() {
        return (int) Math.floor(x0 - RIM);
    }

    int right() {
        return (int) Math.floor(x1 + RIM);
    }

    int top() {
        return (int) Math.floor(y0 - RIM);
    }

    int bottom() {
        return (int) Math.floor(y1 + RIM);
    }

    /** How far pixel (i, j)'s middle lies outside, by the edge it lies farthest beyond; negative inside. */
    double outside(int i, int j) {
        double x = i + 0.5;
        double y = j + 0.5;
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < 3; k++) {
            most = Math.max(most, nx[k] * x + ny[k] * y - far[k]);
        }
        return most;
    }
}
