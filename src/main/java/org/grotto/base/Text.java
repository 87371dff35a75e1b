package org.grotto.base;

/** A text in Chinese and English. */
public record Text(String zh, String en) {
    /** The text in one of the two languages. */
    public String in(boolean chinese) {
        return chinese ? zh : en;
    }
}
