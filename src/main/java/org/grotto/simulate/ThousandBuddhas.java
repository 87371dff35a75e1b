package org.grotto.simulate;

/** Rows of small seated figures in arched recesses: the pattern that fills the walls of many cave temples. */
final class ThousandBuddhas implements Height {
    private static final double WIDE = 0.19;
    private static final double HIGH = 0.235;
    private static final double WORN = 0.06;

    private final Noise noise;
    private final double seed;

    ThousandBuddhas(Noise noise, double seed) {
        this.noise = noise;
        this.seed = seed;
    }

    private static double within(double t, double pitch) {
        double a = t / pitch;
        return (a - Math.floor(a) - 0.5) * pitch;
    }

    @Override
    public double at(double u, double v) {
        double a = Math.abs(within(u, WIDE));
        double b = within(v, HIGH);
        double arch = b > 0.03 ? Math.sqrt(a * a + (b - 0.03) * (b - 0.03)) : a;
        double in = Math.min(0.076 - arch, b + 0.098);
        double h = 0.024 * Sdf.step(0.012, -0.012, in);
        h = Math.max(h, cushion(a, b + 0.074, 0.070, 0.026, 0.026));
        h = Math.max(h, cushion(a, b + 0.022, 0.043, 0.052, 0.028));
        h = Math.max(h, cushion(a, b - 0.040, 0.026, 0.031, 0.031));
        h = Math.max(h, cushion(a, b - 0.068, 0.013, 0.014, 0.027));
        double halo = (Math.sqrt(a * a + (b - 0.04) * (b - 0.04)) - 0.047) / 0.008;
        h = Math.max(h, halo * halo < 1 ? 0.007 * (1 - halo * halo) : 0);
        return h - WORN * Sdf.step(0.12, 0.72, noise.at(u / 0.7 + seed, v / 0.7, 5.1));
    }

    private static double cushion(double a, double b, double ra, double rb, double height) {
        double x = a / ra;
        double y = b / rb;
        double d = x * x + y * y;
        return d >= 1 ? 0 : height * (1 - d);
    }

    @Override
    public double slope() {
        return 2 * 0.027 / 0.013 + WORN * 1.5 / 0.60 * Noise.SLOPE / 0.7;
    }

    @Override
    public double top() {
        return 0.032;
    }

    @Override
    public int pigment(double u, double v) {
        double a = Math.abs(within(u, WIDE));
        double b = within(v, HIGH);
        int i = (int) Math.floor(u / WIDE) + 2 * (int) Math.floor(v / HIGH);
        if (cushion(a, b - 0.040, 0.026, 0.031, 1) > 0.05) {
            return b > 0.058 ? Paint.HAIR : Paint.SKIN;
        }
        if (cushion(a, b + 0.022, 0.043, 0.052, 1) > 0 || cushion(a, b + 0.074, 0.070, 0.026, 1) > 0) {
            return new int[] {Paint.CINNABAR, Paint.MALACHITE, Paint.OCHRE, Paint.AZURITE}[i & 3];
        }
        double arch = b > 0.03 ? Math.sqrt(a * a + (b - 0.03) * (b - 0.03)) : a;
        return arch > 0.078 || b < -0.1 ? Paint.OCHRE : (i & 1) == 0 ? Paint.AZURITE : Paint.CINNABAR;
    }
}
