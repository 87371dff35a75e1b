package org.grotto.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.grotto.base.GrottoException;

/** Runs another program to its end, for comparison. */
final class Peer {
    private Peer() {}

    /**
     * What a peer took, as far as looking every 20 ms tells; 0 where the system does not.
     *
     * @param memory the most it held, MiB
     * @param cpu seconds of all its threads
     */
    record Took(double memory, double cpu) {}

    /** The code that a program ended with, and what it took. */
    record Ran(int code, Took took) {}

    static Took run(String... command) {
        Ran ran = run(List.of(command), ProcessBuilder.Redirect.DISCARD);
        if (ran.code != 0) {
            throw GrottoException.missing("The peer ended with code " + ran.code + ": " + List.of(command));
        }
        return ran.took;
    }

    /** Runs a program, however it ends; what it says goes to {@code said}. */
    static Ran run(List<String> command, ProcessBuilder.Redirect said) {
        double most = 0;
        double cpu = 0;
        try {
            Process p = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said)
                    .start();
            while (!p.waitFor(20, TimeUnit.MILLISECONDS)) {
                double now = Resident.peak(p.pid());
                most = now > most ? now : most;
                cpu = Math.max(cpu, Resident.cpu(p.toHandle()));
            }
            return new Ran(p.exitValue(), new Took(most, cpu));
        } catch (IOException e) {
            throw GrottoException.missing(
                    "The program cannot be started: " + command.getFirst() + " (" + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GrottoException.cancelled();
        }
    }
}
