package org.grotto.image;

/** The sRGB transfer (IEC 61966-2-1) by table, and OKLab colours (B. Ottosson 2020). */
public final class Srgb {
    private static final int FINE = 1 << 14;
    private static final float[] LINEAR = new float[256];
    private static final byte[] CODED = new byte[FINE + 1];

    static {
        for (int i = 0; i < 256; i++) {
            LINEAR[i] = (float) decode(i / 255.0);
        }
        for (int i = 0; i <= FINE; i++) {
            CODED[i] = (byte) Math.round(255 * encode((double) i / FINE));
        }
    }

    private Srgb() {}

    /** Linear light, 0 to 1, of an 8 bit value. */
    public static float linear(int coded) {
        return LINEAR[coded & 255];
    }

    /** The 8 bit value of linear light, clamped. */
    public static int coded(float linear) {
        return CODED[Math.max(0, Math.min(FINE, Math.round(linear * FINE)))] & 255;
    }

    static double decode(double v) {
        return v <= 0.04045 ? v / 12.92 : StrictMath.pow((v + 0.055) / 1.055, 2.4);
    }

    static double encode(double v) {
        return v <= 0.0031308 ? 12.92 * v : 1.055 * StrictMath.pow(v, 1 / 2.4) - 0.055;
    }

    /** 0xRRGGBB of an OKLab colour, clamped into the gamut. */
    static int ofOklab(double lightness, double a, double b) {
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        int red = to8(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
        int green = to8(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
        int blue = to8(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
        return red << 16 | green << 8 | blue;
    }

    /** Lightness, a, b of 0xRRGGBB. */
    static double[] oklab(int rgb) {
        double r = decode((rgb >> 16 & 255) / 255.0);
        double g = decode((rgb >> 8 & 255) / 255.0);
        double b = decode((rgb & 255) / 255.0);
        double l = StrictMath.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = StrictMath.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = StrictMath.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        return new double[] {
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        };
    }

    private static double cube(double v) {
        return v * v * v;
    }

    private static int to8(double linear) {
        return (int) Math.round(255 * encode(Math.max(0, Math.min(1, linear))));
    }
}
