package org.grotto.base;

/** Whether the process was told to stop (Ctrl-C, a closed terminal, kill); long work asks this between its pieces. */
public final class Stop {
    private static volatile boolean requested;

    private Stop() {}

    /** True from the moment on at which the process is ending. */
    public static boolean requested() {
        return requested;
    }

    /** Ends the caller's work where the process is to stop. */
    public static void check() {
        if (requested) {
            throw GrottoException.cancelled();
        }
    }

    static void request() {
        requested = true;
    }
}
