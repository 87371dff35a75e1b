package org.grotto.simulate;

/**
 * A round lotus of two rings of petals with its seed pod, set in coffers: the middle of a ceiling. Or, as a halo, rings
 * of petals and flames without coffers, sinking into the wall outside its rim.
 */
final class Rosette implements Height {
    private static final double WORN = 0.05;

    private final Noise noise;
    private final double radius;
    private final double coffer;
    private final double tile;
    private final double seed;

    /**
     * @param radius of the outer ring, metres
     * @param coffer pitch of the coffers around it, metres; 0 for none
     * @param tile pitch at which the whole repeats, each in a coffer of its own, metres; 0 for once
     */
    Rosette(Noise noise, double radius, double coffer, double tile, double seed) {
        this.noise = noise;
        this.radius = radius;
        this.coffer = coffer;
        this.tile = tile;
        this.seed = seed;
    }

    @Override
    public double at(double u, double v) {
        double worn = WORN * Sdf.step(0.25, 0.80, noise.at(u / 0.6 + seed, v / 0.6, 3.3));
        return figure(fold(u), fold(v)) - worn;
    }

    private double fold(double t) {
        return tile > 0 ? t - tile * Math.floor(t / tile + 0.5) : t;
    }

    private double figure(double u, double v) {
        double rho = Math.sqrt(u * u + v * v);
        double h;
        if (tile > 0) {
            h = 0.045 * Sdf.step(0.13, 0.07, tile / 2 - Math.max(Math.abs(u), Math.abs(v)));
        } else if (coffer > 0) {
            double a = rib(u) * 0.5 + 0.5;
            double b = rib(v) * 0.5 + 0.5;
            h = 0.045 * Math.max(Sdf.step(0.80, 1.0, a), Sdf.step(0.80, 1.0, b));
            h *= Sdf.step(radius * 1.04, radius * 1.12, rho);
        } else {
            h = -0.08 * Sdf.step(radius * 1.0, radius * 1.25, rho);
        }
        h = Math.max(h, ring(rho, radius - 0.035, 0.030, 0.032));
        h = Math.max(h, ring(rho, radius * 0.56, 0.022, 0.026));
        h = Math.max(h, petals(u, v, radius * 0.76, radius * 0.17, radius * 0.100, 0.026));
        double a = u * 0.9238795325112867 + v * 0.3826834323650898;
        double b = v * 0.9238795325112867 - u * 0.3826834323650898;
        h = Math.max(h, petals(a, b, radius * 0.38, radius * 0.15, radius * 0.060, 0.024));
        return Math.max(h, 0.036 * Sdf.step(radius * 0.24, radius * 0.10, rho));
    }

    /** A wave that is 1 on the ribs of the coffers. */
    private double rib(double t) {
        return Sdf.wave(t / coffer + 0.25);
    }

    private static double ring(double rho, double at, double half, double height) {
        double d = (rho - at) / half;
        return d * d >= 1 ? -1 : height * (1 - d * d);
    }

    /** Sixteen cushions around the middle. */
    private static double petals(double u, double v, double at, double out, double side, double height) {
        double a = Math.max(Math.abs(u), Math.abs(v));
        double b = Math.min(Math.abs(u), Math.abs(v));
        double r = 2 * Math.max(0, b * 0.9238795325112867 - a * 0.3826834323650898);
        a += r * 0.3826834323650898;
        b -= r * 0.9238795325112867;
        r = 2 * Math.max(0, b * 0.9807852804032304 - a * 0.19509032201612825);
        a += r * 0.19509032201612825;
        b -= r * 0.9807852804032304;
        double x = (a - at) / out;
        double y = b / side;
        double d = x * x + y * y;
        return d >= 1 ? -1 : height * (1 - d);
    }

    @Override
    public double slope() {
        double petals = 2 * 0.026 / (radius * 0.060);
        double rings = 2 * 0.032 / 0.030;
        double pod = 0.036 * 1.5 / (radius * 0.14);
        double rim = 0.08 * 1.5 / (radius * 0.25);
        double ribs =
                tile > 0 ? 0.045 * 1.5 / 0.06 : coffer > 0 ? 0.045 * (7.5 * 2.6 / coffer + 1.5 / (radius * 0.08)) : 0;
        return Math.max(Math.max(petals, rings), Math.max(Math.max(pod, rim), ribs))
                + WORN * 1.5 / 0.55 * Noise.SLOPE / 0.6;
    }

    @Override
    public double top() {
        return 0.046;
    }

    @Override
    public int pigment(double u, double v) {
        return tint(fold(u), fold(v));
    }

    private int tint(double u, double v) {
        double rho = Math.sqrt(u * u + v * v) / radius;
        if (tile > 0 && rho > 1.02) {
            return tile / 2 - Math.max(Math.abs(u), Math.abs(v)) < 0.10 ? Paint.CINNABAR : Paint.AZURITE;
        }
        if (rho > 1.02) {
            return coffer > 0 ? (rib(u) > 0.7 || rib(v) > 0.7 ? Paint.CINNABAR : Paint.AZURITE) : -1;
        }
        if (rho > 0.91) {
            return Paint.CINNABAR;
        }
        if (rho > 0.60) {
            return petals(u, v, radius * 0.76, radius * 0.17, radius * 0.100, 0.026) > 0
                    ? Paint.MALACHITE
                    : Paint.OCHRE;
        }
        return rho > 0.52 ? Paint.CINNABAR : rho > 0.24 ? Paint.AZURITE : Paint.OCHRE;
    }
}
