package org.grotto.pipeline;

import org.grotto.format.Column;

/** The value that means full colour, where what is declared and what is found differ. */
final class ColourRange {
    private static final double EIGHT = 255;
    private static final double SIXTEEN = 65535;

    private ColourRange() {}

    /**
     * The value of full colour: 255 or 65535 where values exceed what is declared and the type says no less, as floats do
     * that are not from 0 to 1; 255 where whole numbers up to it are all that a wider field holds.
     *
     * @param low the value declared for none
     * @param high the value declared for full
     * @param greatest the greatest value found
     * @param whole whether all values found are whole numbers
     */
    static double full(Column.Type type, double low, double high, double greatest, boolean whole) {
        if (greatest > high) {
            // what is declared as 8 bits and has no type of its own is a text's: there a value beyond is a fault
            boolean open = type != Column.Type.UINT8 && (type != Column.Type.DOUBLE || high <= 1);
            return !open || greatest > SIXTEEN ? high : greatest <= EIGHT ? EIGHT : SIXTEEN;
        }
        return low == 0 && high > EIGHT && greatest > 0 && greatest <= EIGHT && whole ? EIGHT : high;
    }
}
