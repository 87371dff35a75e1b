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

    static Took run(String... command) {
        double most = 0;
        double cpu = 0;
        try {
            Process p = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            while (!p.waitFor(20, TimeUnit.MILLISECONDS)) {
                double now = Resident.peak(p.pid());
                most = now > most ? now : most;
                cpu = Math.max(cpu, Resident.cpu(p.toHandle()));
            }
            int code = p.exitValue();
            if (code != 0) {
                throw GrottoException.missing("The peer ended with code " + code + ": " + List.of(command));
            }
        } catch (IOException e) {
            throw GrottoException.missing("The peer cannot be started: " + command[0] + " (" + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GrottoException.cancelled();
        }
        return new Took(most, cpu);
    }
}
