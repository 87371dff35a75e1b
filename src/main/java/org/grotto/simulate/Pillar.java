package org.grotto.simulate;

/** An octagonal pillar from the floor to the ceiling with a plinth, a bell-shaped base and a stepped capital. */
final class Pillar extends Shape {
    private final double cx;
    private final double cy;
    private final double floor;
    private final double ceiling;
    private final double r;

    /** @param r inradius of the shaft at mid height, metres */
    Pillar(double cx, double cy, double floor, double ceiling, double r) {
        this.cx = cx;
        this.cy = cy;
        this.floor = floor;
        this.ceiling = ceiling;
        this.r = r;
    }

    @Override
    double at(double x, double y, double z, long mask) {
        double px = x - cx;
        double py = y - cy;
        double h = ceiling - floor;
        double t = z - floor;
        double rho = Math.sqrt(px * px + py * py);
        // the shaft tapers by a fortieth; the division keeps the slope at 1
        double shaft = (Sdf.octagon(px, py, r) + (t - h / 2) / 40) / 1.0004;
        double v = Math.max(shaft, Math.abs(t - h / 2) - h / 2 - 0.1);
        v = Sdf.smin(v, ring(rho, t - 0.30, r * 1.22, 0.045), 0.03);
        v = Sdf.smin(v, ring(rho, t - 0.215, r * 1.36, 0.065), 0.012);
        v = Sdf.smin(v, Sdf.box(px, py, t - 0.04, r * 1.65, r * 1.65, 0.12, 0.012), 0.012);
        v = Sdf.smin(v, ring(rho, t - h + 0.47, r * 1.02, 0.028), 0.012);
        v = Sdf.smin(v, Sdf.box(px, py, t - h + 0.30, r * 1.25, r * 1.25, 0.055, 0.02), 0.06);
        v = Sdf.smin(v, Sdf.box(px, py, t - h + 0.17, r * 1.55, r * 1.55, 0.06, 0.015), 0.02);
        return Sdf.smin(v, Sdf.box(px, py, t - h, r * 1.9, r * 1.9, 0.09, 0.012), 0.012);
    }

    /** A ring filled to the axis. */
    private static double ring(double rho, double dz, double big, double small) {
        double a = Math.max(0, rho - big);
        return Math.sqrt(a * a + dz * dz) - small;
    }

    @Override
    double bound(double x, double y, double z, long mask) {
        double far = Math.max(Math.abs(x - cx), Math.abs(y - cy)) - r * 1.9;
        return far > 0.1 ? far : at(x, y, z, mask);
    }

    @Override
    void paint(double x, double y, double z, double[] n, Paint paint, double[] out) {
        paint.rock(x, y, z, n, out);
        double t = z - floor;
        double h = ceiling - floor;
        int which = t > h - 0.10 ? Paint.AZURITE : t > h - 0.22 ? Paint.CINNABAR : t > h - 0.40 ? Paint.MALACHITE : -1;
        if (t < 0.33 && t > 0.15) {
            which = Paint.MALACHITE;
        } else if (which < 0 && t > 0.4) {
            which = Math.abs(Sdf.wave(t / 1.1)) > 0.85 ? Paint.CINNABAR : Paint.GESSO;
        }
        paint.pigment(which, x, y, z, out);
    }
}
