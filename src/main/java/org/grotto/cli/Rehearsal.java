package org.grotto.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A small cave scanned, built and validated, for Java to learn from: the launchers run it once after they have built Grotto
 * and keep what Java learned of it (JEP 514, JEP 515), so that every later start is quicker. Says nothing; what it writes is
 * gone when it ends.
 */
public final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        System.exit(run());
    }

    /** Rehearses; returns the first exit code that is not 0. */
    static int run() {
        try {
            Path dir = Files.createTempDirectory("grotto-rehearsal-");
            try {
                return in(dir);
            } finally {
                remove(dir);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int in(Path dir) {
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream());
        String scans = dir.resolve("scans").toString();
        String cave = dir.resolve("cave").toString();
        for (List<String> words : List.of(
                List.of("simulate", "--cave", "great", "--points", "100000", "--no-close-ups", "-o", scans),
                List.of("build", scans + "/great.e57", "-o", cave),
                List.of("validate", cave))) {
            int code = Main.run(words.toArray(String[]::new), silent, silent);
            if (code != 0) {
                return code;
            }
        }
        return 0;
    }

    private static void remove(Path dir) throws IOException {
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(p);
            }
        }
    }
}
