package org.grotto.pipeline;

import java.io.IOException;
import java.util.List;
import org.grotto.base.GrottoException;

/** Runs another program to its end, for comparison. */
final class Peer {
    private Peer() {}

    static void run(String... command) {
        try {
            Process p = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int code = p.waitFor();
            if (code != 0) {
                throw GrottoException.missing("The peer ended with code " + code + ": " + List.of(command));
            }
        } catch (IOException e) {
            throw GrottoException.missing("The peer cannot be started: " + command[0] + " (" + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GrottoException.cancelled();
        }
    }
}
