package org.grotto.format.text;

/**
 * How a text writes lines of numbers.
 *
 * @param point what stands before fractions, '.' or ','
 * @param quotes cells may stand in double quotes
 * @param thousands digits may be grouped: "1.234,5", "1 234,5"
 */
record Dialect(Separator separator, char point, boolean quotes, boolean thousands) {
    Dialect(Separator separator, char point) {
        this(separator, point, false, false);
    }

    Dialect withQuotes(boolean is) {
        return new Dialect(separator, point, is, thousands);
    }

    Dialect withThousands() {
        return new Dialect(separator, point, quotes, true);
    }

    /** What of it is worth a word: "; decimal comma; separated by semicolons". */
    String words() {
        boolean usual = point == '.'
                && (separator == Separator.BLANK || separator == Separator.COMMA || separator == Separator.TAB);
        return (point == ',' ? "; decimal comma" : "")
                + (thousands ? "; digits in groups of thousands" : "")
                + (usual ? "" : "; separated by " + separator.words());
    }
}
