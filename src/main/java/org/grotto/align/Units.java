package org.grotto.align;

/** The factors by which one takes a length in one unit for the same number of another. */
public final class Units {
    /** Millimetres, inches, centimetres, decimetres and feet taken for metres; millimetres for inches. */
    static final double[] FACTORS = {1000, 1 / 0.0254, 100, 10, 1 / 0.3048, 25.4};

    private Units() {}

    /**
     * The unit whose number is {@code factor} times that of the other unit: {@code mm}, {@code cm}, {@code dm}, {@code in} or
     * {@code ft} of metres, empty where it is none of these.
     */
    public static String of(double factor) {
        String[] names = {"mm", "in", "cm", "dm", "ft"};
        for (int i = 0; i < names.length; i++) {
            if (Math.abs(factor / FACTORS[i] - 1) < 0.02) {
                return names[i];
            }
        }
        return "";
    }
}
