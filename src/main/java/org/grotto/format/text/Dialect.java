package org.grotto.format.text;

/**
 * How a text writes lines of numbers.
 *
 * @param point what stands before fractions, '.' or ','
 * @param quotes cells may stand in double quotes
 * @param thousands digits may be grouped: "1.234,5", "1 234,5"
 * @param columns after how many cells a line is not looked at, since a list follows; 0 for none
 */
record Dialect(Separator separator, char point, boolean quotes, boolean thousands, int columns) {
    Dialect(Separator separator, char point) {
        this(separator, point, false, false, 0);
    }

    Dialect withQuotes(boolean is) {
        return new Dialect(separator, point, is, thousands, columns);
    }

    Dialect withThousands() {
        return new Dialect(separator, point, quotes, true, columns);
    }

    Dialect withList(int after) {
        return new Dialect(separator, point, quotes, thousands, after);
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
