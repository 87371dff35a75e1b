package org.grotto.simulate;

/** A frieze of hanging lotus petals between two mouldings, worn away in places. */
final class LotusBand implements Height {
    private static final double PITCH = 0.15;
    private static final double WORN = 0.045;

    private final Noise noise;
    private final double half;
    private final double seed;

    /** @param half half the band's height, metres */
    LotusBand(Noise noise, double half, double seed) {
        this.noise = noise;
        this.half = half;
        this.seed = seed;
    }

    @Override
    public double at(double u, double v) {
        double h = 0.008;
        h = Math.max(h, 0.034 * Sdf.step(half - 0.065, half - 0.030, v));
        h = Math.max(h, 0.026 * Sdf.step(half - 0.055, half - 0.020, -v));
        h = Math.max(h, petal(u, v));
        h = Math.max(h, petal(u + PITCH / 2, v + 0.022) - 0.008);
        return h - WORN * Sdf.step(0.18, 0.75, noise.at(u / 0.55 + seed, v / 0.55, 7.7));
    }

    /** A petal: a cushion with a keel. */
    private double petal(double u, double v) {
        double a = u / PITCH;
        a = Math.abs(a - Math.floor(a) - 0.5) * PITCH;
        double b = Math.max(0, half - 0.085 - v - (2 * half - 0.17) * 0.35);
        double x = a / 0.070;
        double y = b / ((2 * half - 0.17) * 0.75);
        double d = x * x + y * y;
        return d >= 1 ? 0 : 0.030 * (1 - d) + 0.003 * Sdf.step(0.012, 0, a) * (1 - d);
    }

    @Override
    public double slope() {
        return 1.5 * 0.034 / 0.035 + WORN * 1.5 / 0.57 * Noise.SLOPE / 0.55;
    }

    @Override
    public double top() {
        return 0.034;
    }

    @Override
    public int pigment(double u, double v) {
        if (v > half - 0.05 || v < 0.04 - half) {
            return Paint.CINNABAR;
        }
        double a = Math.floor(u / PITCH);
        return petal(u, v) > 0.004 ? ((int) a & 1) == 0 ? Paint.AZURITE : Paint.MALACHITE : Paint.OCHRE;
    }
}
