package org.grotto.simulate;

/**
 * A panel of rock whose face is a carved height, standing on a wall: origin o, unit axes u (right), v (up), w (out of
 * the wall). The panel reaches {@code back} into the rock; a round one has the radius {@code halfU}. Slope at most 1.
 */
final class Relief extends Shape {
    private final double[] o;
    private final double[] u;
    private final double[] v;
    private final double[] w;
    private final double halfU;
    private final double halfV;
    private final double back;
    private final boolean round;
    private final Height height;
    private final double scale;

    Relief(double[] o, double[] u, double[] v, double halfU, double halfV, double back, boolean round, Height height) {
        this.o = o;
        this.u = u;
        this.v = v;
        this.w = new double[] {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
        this.halfU = halfU;
        this.halfV = halfV;
        this.back = back;
        this.round = round;
        this.height = height;
        this.scale = 1 / Math.sqrt(1 + height.slope() * height.slope());
    }

    /** The point at (a, b) on the panel's plane, {@code c} out of it. */
    double[] place(double a, double b, double c) {
        return new double[] {
            o[0] + a * u[0] + b * v[0] + c * w[0],
            o[1] + a * u[1] + b * v[1] + c * w[1],
            o[2] + a * u[2] + b * v[2] + c * w[2]
        };
    }

    @Override
    double at(double x, double y, double z, long mask) {
        return value(x, y, z, Double.POSITIVE_INFINITY);
    }

    @Override
    double bound(double x, double y, double z, long mask) {
        return value(x, y, z, 0.012);
    }

    private double value(double x, double y, double z, double far) {
        double dx = x - o[0];
        double dy = y - o[1];
        double dz = z - o[2];
        double a = dx * u[0] + dy * u[1] + dz * u[2];
        double b = dx * v[0] + dy * v[1] + dz * v[2];
        double c = dx * w[0] + dy * w[1] + dz * w[2];
        double rim = round ? Math.sqrt(a * a + b * b) - halfU : Math.max(Math.abs(a) - halfU, Math.abs(b) - halfV);
        double sides = Math.max(rim, -back - c);
        double off = Math.max(sides, c - height.top());
        if (off > far) {
            return off;
        }
        double h = height.at(Sdf.clamp(a, -halfU, halfU), Sdf.clamp(b, -halfV, halfV));
        return Math.max(sides, (c - h) * scale);
    }

    @Override
    void paint(double x, double y, double z, double[] n, Paint paint, double[] out) {
        double dx = x - o[0];
        double dy = y - o[1];
        double dz = z - o[2];
        double a = dx * u[0] + dy * u[1] + dz * u[2];
        double b = dx * v[0] + dy * v[1] + dz * v[2];
        paint.rock(x, y, z, n, out);
        paint.pigment(height.pigment(a, b), x, y, z, out);
    }
}
