package org.grotto.simulate;

/**
 * The living rock around the open space: the union of air parts (chambers, niches, passages) with rounded lips, made
 * rough by noise of three sizes and cut by fissures. Slope at most 1.
 */
final class Walls extends Shape {
    /** A part of the open space: positive inside, slope at most 1. */
    interface Air {
        double at(double x, double y, double z);

        /** What its rock was painted with, or -1. */
        default int pigment() {
            return -1;
        }
    }

    /**
     * A crack: a wavy sheet with unit normal n at offset d, within {@code reach} of a point, {@code width} wide at the
     * wall's face and {@code depth} deep, metres.
     */
    record Fissure(
            double nx,
            double ny,
            double nz,
            double cx,
            double cy,
            double cz,
            double reach,
            double width,
            double depth) {
        double sheet(double x, double y, double z) {
            return (x - cx) * nx + (y - cy) * ny + (z - cz) * nz;
        }
    }

    private static final double LIP = 0.05;
    private static final double A1 = 0.014;
    private static final double C1 = 0.47;
    private static final double A2 = 0.0055;
    private static final double C2 = 0.135;
    private static final double A3 = 0.0011;
    private static final double C3 = 0.036;
    private static final double SHEET1 = 0.035;
    private static final double SHEET2 = 0.006;
    /** The most that noise moves the wall, metres. */
    static final double AMPLITUDE = A1 + A2 + A3;

    private static final double LIPSCHITZ1 = 1 + Noise.SLOPE * A1 / C1;
    private static final double LIPSCHITZ = 1 + Noise.SLOPE * (A1 / C1 + A2 / C2 + A3 / C3);
    private static final double FISSURE_LIPSCHITZ = 1 + Noise.SLOPE * (SHEET1 / C1 + SHEET2 / C2) + 0.3;

    private final Air[] parts;
    private final Fissure[] fissures;
    private final Noise noise;

    Walls(Air[] parts, Fissure[] fissures, Noise noise) {
        this.parts = parts;
        this.fissures = fissures;
        this.noise = noise;
    }

    private double air(double x, double y, double z, long mask) {
        double v = Double.NEGATIVE_INFINITY;
        for (long m = parts.length == 64 ? mask : mask & ((1L << parts.length) - 1); m != 0; m &= m - 1) {
            double a = parts[Long.numberOfTrailingZeros(m)].at(x, y, z);
            v = v == Double.NEGATIVE_INFINITY ? a : Sdf.smax(v, a, LIP);
        }
        return v;
    }

    @Override
    double at(double x, double y, double z, long mask) {
        return rough(air(x, y, z, mask), coarse(x, y, z), x, y, z);
    }

    private double coarse(double x, double y, double z) {
        return noise.at(
                (0.80 * x + 0.60 * y) / C1,
                (-0.48 * x + 0.64 * y + 0.60 * z) / C1,
                (0.36 * x - 0.48 * y + 0.80 * z) / C1);
    }

    private double middle(double x, double y, double z) {
        return noise.at(
                (0.60 * x - 0.80 * z) / C2 + 7.3,
                (0.64 * x + 0.60 * y + 0.48 * z) / C2,
                (0.48 * x - 0.80 * y + 0.36 * z) / C2);
    }

    private double rough(double air, double n1, double x, double y, double z) {
        double n2 = middle(x, y, z);
        double n3 = noise.at(z / C3 + 11.7, x / C3, y / C3);
        double f = (air - A1 * n1 - A2 * n2 - A3 * n3) / LIPSCHITZ;
        for (Fissure c : fissures) {
            double dx = x - c.cx;
            double dy = y - c.cy;
            double dz = z - c.cz;
            double half = c.width / 2;
            double slope = half / c.depth;
            double end = (c.reach - Math.sqrt(dx * dx + dy * dy + dz * dz)) * 0.1;
            double open = Math.min(half, end) + Math.min(air, 0.02) * slope;
            if (open > f * FISSURE_LIPSCHITZ) {
                double sheet = Math.abs(c.sheet(x, y, z) - SHEET1 * n1 - SHEET2 * n2);
                f = Math.max(f, (open - sheet) / FISSURE_LIPSCHITZ);
            }
        }
        return f;
    }

    @Override
    double bound(double x, double y, double z, long mask) {
        // the finer noise is looked at only where its amplitude can matter
        double a = air(x, y, z, mask);
        if (a > AMPLITUDE + 0.03) {
            return a - AMPLITUDE;
        }
        double n1 = coarse(x, y, z);
        double v = (a - A1 * n1 - A2 - A3) / LIPSCHITZ1;
        if (v > 0.006) {
            return v;
        }
        return rough(a, n1, x, y, z);
    }

    @Override
    long prune(double x, double y, double z, double r, long mask) {
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < parts.length; i++) {
            if ((mask >>> i & 1) != 0) {
                best = Math.max(best, parts[i].at(x, y, z));
            }
        }
        long out = 0;
        for (int i = 0; i < parts.length; i++) {
            if ((mask >>> i & 1) != 0 && parts[i].at(x, y, z) + 2 * r + 3 * LIP >= best) {
                out |= 1L << i;
            }
        }
        return out;
    }

    @Override
    void paint(double x, double y, double z, double[] n, Paint paint, double[] out) {
        paint.rock(x, y, z, n, out);
        int where = 0;
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].at(x, y, z) > parts[where].at(x, y, z) + 0.02) {
                where = i;
            }
        }
        paint.pigment(parts[where].pigment(), x, y, z, out);
        double wet = wetness(x, y, z);
        paint.wet(wet, out);
    }

    /** 0 dry to 1 wet: what seeps out of fissures runs down below them. */
    private double wetness(double x, double y, double z) {
        double wet = 0;
        for (Fissure c : fissures) {
            double dx = x - c.cx;
            double dy = y - c.cy;
            double dz = z - c.cz;
            double reach = Math.sqrt(dx * dx + dy * dy + dz * dz);
            if (reach < c.reach * 1.3) {
                double sheet = Math.abs(c.sheet(x, y, z) - SHEET1 * coarse(x, y, z) - SHEET2 * middle(x, y, z));
                double spread = 0.02 + 0.12 * Sdf.step(0.3, -0.8, dz);
                wet = Math.max(wet, Sdf.step(spread, 0, sheet) * Sdf.step(c.reach * 1.3, c.reach * 0.7, reach));
            }
        }
        return wet * Sdf.clamp(0.75 + 0.6 * middle(x, y, z), 0, 1);
    }
}
