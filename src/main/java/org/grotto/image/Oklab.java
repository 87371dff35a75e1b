package org.grotto.image;

/** OKLab colours (B. Ottosson 2020), in which equal steps look equal. */
final class Oklab {
    private Oklab() {}

    /** 0xRRGGBB of an OKLab colour, clamped into the gamut. */
    static int rgb(double lightness, double a, double b) {
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        int red = to8(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
        int green = to8(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
        int blue = to8(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
        return red << 16 | green << 8 | blue;
    }

    /** Lightness, a, b of 0xRRGGBB. */
    static double[] of(int rgb) {
        double r = Srgb.decode((rgb >> 16 & 255) / 255.0);
        double g = Srgb.decode((rgb >> 8 & 255) / 255.0);
        double b = Srgb.decode((rgb & 255) / 255.0);
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
        return (int) Math.round(255 * Srgb.encode(Math.max(0, Math.min(1, linear))));
    }
}
