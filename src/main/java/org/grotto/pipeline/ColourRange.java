package org.grotto.pipeline;

/** The value that means full colour, where what is declared and what is found differ. */
final class ColourRange {
    private static final double EIGHT = 255;
    private static final double SIXTEEN = 65535;

    private ColourRange() {}

    /**
     * The value of full colour: 255 or 65535 where values exceed what is declared, as floats do that are not from 0 to 1;
     * 255 where whole numbers up to it are all that a wider field holds.
     *
     * @param low the value declared for none
     * @param high the value declared for full
     * @param greatest the greatest value found
     * @param whole whether all values found are whole numbers
     */
    static double full(double low, double high, double greatest, boolean whole) {
        if (greatest > high) {
            return greatest <= EIGHT ? EIGHT : greatest <= SIXTEEN ? SIXTEEN : high;
        }
        return low == 0 && high > EIGHT && greatest > 0 && greatest <= EIGHT && whole ? EIGHT : high;
    }
}
