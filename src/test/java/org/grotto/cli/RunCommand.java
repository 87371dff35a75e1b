package org.grotto.cli;

import java.io.PrintStream;

/** The command line, for tests of other rooms. */
public final class RunCommand {
    private RunCommand() {}

    /** Runs a command; gives its exit code. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        return Main.run(args, out, err);
    }
}
