package org.grotto.simulate;

/**
 * Value noise in [-1, 1] with period 32 on a unit lattice, twice continuously differentiable.
 *
 * <p>Its slope is at most {@link #SLOPE}: a multilinear function with values in [-1, 1] has
 * {@code sum u_i (1 - u_i) (dF/du_i)^2 <= 1} (its variance under independent coins of bias u_i), and the quintic fade
 * u(t) has {@code u'^2 <= 3.75^2 u (1 - u)}.
 */
final class Noise {
    /** Bound on the length of the gradient. */
    static final double SLOPE = 3.75;

    private final float[] table = new float[32 * 32 * 32];

    Noise(long seed) {
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) (2 * Hash.unit(Hash.mix(seed, i)) - 1);
        }
    }

    double at(double x, double y, double z) {
        double fx = Math.floor(x);
        double fy = Math.floor(y);
        double fz = Math.floor(z);
        int x0 = (int) fx & 31;
        int y0 = ((int) fy & 31) << 5;
        int z0 = ((int) fz & 31) << 10;
        int x1 = (x0 + 1) & 31;
        int y1 = (y0 + 32) & 0x3FF;
        int z1 = (z0 + 1024) & 0x7FFF;
        double u = fade(x - fx);
        double v = fade(y - fy);
        double w = fade(z - fz);
        float[] t = table;
        double a = lerp(t[z0 | y0 | x0], t[z0 | y0 | x1], u);
        double b = lerp(t[z0 | y1 | x0], t[z0 | y1 | x1], u);
        double c = lerp(t[z1 | y0 | x0], t[z1 | y0 | x1], u);
        double d = lerp(t[z1 | y1 | x0], t[z1 | y1 | x1], u);
        return lerp(lerp(a, b, v), lerp(c, d, v), w);
    }

    private static double fade(double t) {
        return t * t * t * (t * (t * 6 - 15) + 10);
    }

    private static double lerp(double a, double b, double t) {
        return a + (b - a) * t;
    }
}
