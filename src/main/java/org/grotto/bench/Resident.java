package org.grotto.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has taken: the most memory, all of it (heap, code, buffers, mapped files), and CPU. Linux tells it. */
final class Resident {
    private Resident() {}

    /** The most so far of a process, MiB (VmHWM); NaN where the system does not tell or the process has ended. */
    static double peak(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
                }
            }
        } catch (IOException | NumberFormatException e) {
            return Double.NaN;
        }
        return Double.NaN;
    }

    /** Seconds of all threads of a process so far; 0 where the system does not tell. */
    static double cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().map(d -> d.toNanos() * 1e-9).orElse(0.0);
    }
}
