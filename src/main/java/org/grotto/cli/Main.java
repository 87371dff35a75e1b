package org.grotto.cli;

/** The command line: the only room that prints or exits. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("grotto 0.1.0");
    }
}
