package org.grotto.simulate;

/**
 * A central pillar in the shape of a stupa: square, two storeys with an arched niche on each of the four faces of both,
 * a plinth, a roof between the storeys and a canopy that widens into the ceiling. Alike on all four sides.
 */
final class Tower extends Shape {
    static final double LOWER = 1.22;
    static final double UPPER = 1.08;
    static final double LOWER_BASE = 1.05;
    static final double UPPER_BASE = 4.95;
    static final double NICHE = 0.68;

    private final double cx;
    private final double cy;
    private final double ceiling;

    Tower(double cx, double cy, double ceiling) {
        this.cx = cx;
        this.cy = cy;
        this.ceiling = ceiling;
    }

    @Override
    double at(double x, double y, double z, long mask) {
        double px = x - cx;
        double py = y - cy;
        double c = (ceiling + 4.55) / 2;
        double v = Sdf.box(px, py, z - 2.3, LOWER, LOWER, 2.4, 0.03);
        v = Math.min(v, Sdf.box(px, py, z - c, UPPER, UPPER, ceiling + 0.1 - c, 0.03));
        v = Sdf.smin(v, Sdf.box(px, py, z - 0.25, 1.55, 1.55, 0.33, 0.03), 0.03);
        v = Sdf.smin(v, Sdf.box(px, py, z - 0.72, 1.38, 1.38, 0.10, 0.03), 0.03);
        v = Sdf.smin(v, Sdf.box(px, py, z - 4.22, 1.34, 1.34, 0.07, 0.02), 0.03);
        v = Sdf.smin(v, Sdf.box(px, py, z - 4.40, 1.56, 1.56, 0.06, 0.02), 0.10);
        v = Sdf.smin(v, Sdf.box(px, py, z - 4.58, 1.30, 1.30, 0.08, 0.02), 0.03);
        v = Sdf.smin(v, Sdf.box(px, py, z - ceiling + 0.55, 1.26, 1.26, 0.07, 0.02), 0.06);
        v = Sdf.smin(v, Sdf.box(px, py, z - ceiling + 0.30, 1.50, 1.50, 0.08, 0.02), 0.12);
        v = Sdf.smin(v, Sdf.box(px, py, z - ceiling + 0.02, 1.80, 1.80, 0.12, 0.02), 0.12);
        // the diagonal mirrors face into face, so one niche serves all four
        double d = Math.max(Math.abs(px), Math.abs(py));
        double u = Math.min(Math.abs(px), Math.abs(py));
        v = Sdf.smax(v, niche(LOWER - d, u, z, LOWER_BASE, 2.55, NICHE), 0.03);
        return Sdf.smax(v, niche(UPPER - d, u, z, UPPER_BASE, 6.30, NICHE * 0.86), 0.03);
    }

    private static double niche(double w, double u, double z, double base, double spring, double half) {
        double side = half - (z > spring ? Math.sqrt(u * u + (z - spring) * (z - spring)) : u);
        double v = Sdf.smin(side, 0.55 - w, 0.30);
        v = Math.min(Sdf.smin(v, z - base, 0.04), w + 0.5);
        return v;
    }

    @Override
    double bound(double x, double y, double z, long mask) {
        double far = Math.max(Math.abs(x - cx), Math.abs(y - cy)) - 1.80;
        return far > 0.15 ? far : at(x, y, z, mask);
    }

    @Override
    void paint(double x, double y, double z, double[] n, Paint paint, double[] out) {
        paint.rock(x, y, z, n, out);
        double d = Math.max(Math.abs(x - cx), Math.abs(y - cy));
        int which = -1;
        if (z > 4.15 && z < 4.66 || z > ceiling - 0.62) {
            which = Math.abs(n[2]) > 0.7 ? Paint.AZURITE : z > 4.33 && z < 4.47 ? Paint.CINNABAR : Paint.MALACHITE;
        } else if (d < UPPER - 0.04 || z < 4.2 && d < LOWER - 0.04 && z > LOWER_BASE) {
            which = Paint.CINNABAR;
        } else if (z > 0.9) {
            which = Paint.OCHRE;
        }
        paint.pigment(which, x, y, z, out);
    }
}
