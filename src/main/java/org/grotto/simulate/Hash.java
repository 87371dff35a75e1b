package org.grotto.simulate;

/** Counter-based randomness: a value is a function of a seed and a place, so neither order nor threads matter. */
final class Hash {
    private Hash() {}

    /** The SplitMix64 finaliser (Steele, Lea, Flood 2014) of {@code seed} advanced by {@code n}. */
    static long mix(long seed, long n) {
        long z = seed + (n + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number that follows from a text. */
    static long of(String text) {
        long h = text.length();
        for (int i = 0; i < text.length(); i++) {
            h = mix(h, text.charAt(i));
        }
        return h;
    }

    /** The top 53 bits as a number in [0, 1). */
    static double unit(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    /**
     * A standard normal deviate: the inverse normal distribution at {@code unit(bits)}, by Acklam's rational
     * approximation (relative error below 1.2e-9).
     */
    static double normal(long bits) {
        double p = ((bits >>> 11) + 0.5) * 0x1p-53;
        if (p < 0.02425) {
            return tail(StrictMath.sqrt(-2 * StrictMath.log(p)));
        }
        if (p > 1 - 0.02425) {
            return -tail(StrictMath.sqrt(-2 * StrictMath.log(1 - p)));
        }
        double q = p - 0.5;
        double r = q * q;
        return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
                                                        + 1.383577518672690e+02)
                                                * r
                                        - 3.066479806614716e+01)
                                * r
                        + 2.506628277459239)
                * q
                / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
                                                        + 6.680131188771972e+01)
                                                * r
                                        - 1.328068155288572e+01)
                                * r
                        + 1);
    }

    private static double tail(double q) {
        return (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q
                                                        - 2.549732539343734)
                                                * q
                                        + 4.374664141464968)
                                * q
                        + 2.938163982698783)
                / ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q
                                        + 3.754408661907416)
                                * q
                        + 1);
    }
}
