package org.grotto.format.text;

/** What stands between the cells of a line. */
enum Separator {
    TAB("tabs"),
    SEMICOLON("semicolons"),
    PIPE("bars"),
    COMMA("commas"),
    /** Commas with a blank beside them; one without is part of a number: "1,5, 2,5". */
    COMMA_BLANK("commas and blanks"),
    /** Any run of blanks and tabs. */
    BLANK("blanks"),
    /** Any run of blanks, tabs, commas, semicolons and bars. */
    MIXED("blanks, commas or semicolons"),
    /** Every second comma, the others being those of decimals: "1,5,2,5". */
    SECOND_COMMA("every second comma");

    private final String words;

    Separator(String words) {
        this.words = words;
    }

    /** As a sentence names it. */
    String words() {
        return words;
    }

    /** The one character between cells, 0 where there is no such one. */
    char mark() {
        return switch (this) {
            case TAB -> '\t';
            case SEMICOLON -> ';';
            case PIPE -> '|';
            case COMMA -> ',';
            default -> 0;
        };
    }
}
