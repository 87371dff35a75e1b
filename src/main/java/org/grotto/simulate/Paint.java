package org.grotto.simulate;

/**
 * What the stone looks like: sandstone in strata, remnants of mineral pigments, soot towards the ceiling, dark wet
 * patches. Values in 0..1 with the sRGB transfer.
 */
final class Paint {
    static final int AZURITE = 0;
    static final int MALACHITE = 1;
    static final int CINNABAR = 2;
    static final int OCHRE = 3;
    static final int GESSO = 4;
    static final int SKIN = 5;
    static final int HAIR = 6;

    private static final double[][] PIGMENTS = {
        {0.20, 0.36, 0.56},
        {0.27, 0.50, 0.40},
        {0.62, 0.22, 0.15},
        {0.78, 0.56, 0.24},
        {0.86, 0.81, 0.71},
        {0.80, 0.62, 0.40},
        {0.16, 0.25, 0.42}
    };
    /** How much of each pigment has stayed: larger is more. */
    private static final double[] KEPT = {0.10, 0.05, 0.05, 0.15, 0.10, 0.30, 0.30};

    private final Noise noise;
    private final double sootFrom;
    private final double sootTo;

    Paint(Noise noise, double sootFrom, double sootTo) {
        this.noise = noise;
        this.sootFrom = sootFrom;
        this.sootTo = sootTo;
    }

    /** Bare sandstone with its strata, grime in the hollows and soot above. Sets wetness to 0. */
    void rock(double x, double y, double z, double[] n, double[] out) {
        double a = noise.at(x / 0.8, y / 0.8, z / 0.5);
        double b = noise.at(x / 0.17 + 3.1, y / 0.17, z / 0.11);
        double c = noise.at(x / 0.013, y / 0.013 + 5.7, z / 0.013);
        double d = noise.at(x / 0.045 + 1.3, z / 0.045, y / 0.045);
        double strata = Sdf.wave((z + 0.05 * a + 0.008 * b) / 0.31) * 0.5 + Sdf.wave((z + 0.03 * a) / 0.083) * 0.25;
        double v = 1 + 0.075 * strata + 0.05 * b + 0.035 * c + 0.03 * d;
        double warm = 0.03 * strata + 0.04 * a;
        out[0] = (0.735 + warm) * v;
        out[1] = (0.605 + 0.3 * warm) * v;
        out[2] = (0.460 - 0.6 * warm) * v;
        out[3] = 0;
        double soot = Sdf.step(sootFrom, sootTo, z + 0.25 * a + 0.08 * b) * (0.55 + 0.25 * Math.max(0, -n[2]));
        mix(out, 0.17, 0.145, 0.13, soot * (0.8 + 0.2 * b));
        double dust = Sdf.step(0.55, 0.95, n[2]) * 0.4;
        mix(out, 0.70, 0.62, 0.51, dust);
    }

    /** Lays what is left of a pigment over the stone. */
    void pigment(int which, double x, double y, double z, double[] out) {
        if (which < 0) {
            return;
        }
        double[] p = PIGMENTS[which];
        double m = 0.55 * noise.at(x / 0.16 + 9.1, y / 0.16, z / 0.16 + which)
                + 0.35 * noise.at(z / 0.052, x / 0.052 + which, y / 0.052)
                + 0.18 * noise.at(y / 0.012, z / 0.012, x / 0.012);
        double cover = Sdf.step(-0.28, 0.16, m + KEPT[which]);
        double shade = 1 + 0.10 * noise.at(x / 0.03, z / 0.03 + 2.2, y / 0.03);
        mix(out, p[0] * shade, p[1] * shade, p[2] * shade, 0.80 * cover);
    }

    /** Darkens by wetness and records it. */
    void wet(double wet, double[] out) {
        out[3] = wet;
        double k = 1 - 0.52 * wet;
        out[0] *= k;
        out[1] *= k * (1 + 0.02 * wet);
        out[2] *= k * (1 + 0.05 * wet);
    }

    private static void mix(double[] out, double r, double g, double b, double t) {
        out[0] += (r - out[0]) * t;
        out[1] += (g - out[1]) * t;
        out[2] += (b - out[2]) * t;
    }
}
