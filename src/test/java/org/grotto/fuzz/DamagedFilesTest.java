package org.grotto.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reader, for two seconds each, on its seeds and on what a seeded hand makes of them: read, or refused in a sentence,
 * in bounded time and memory. {@code -Dgrotto.fuzz.seconds=N} takes longer; {@link Fuzz} lets coverage lead.
 */
class DamagedFilesTest {
    private static final double SECONDS = Double.parseDouble(System.getProperty("grotto.fuzz.seconds", "2"));

    static Stream<Target> targets() {
        return Targets.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void areReadOrRefused(Target target) throws IOException {
        List<byte[]> seeds = target.seeds().get();
        byte[][] words = Targets.words(target).stream().map(String::getBytes).toArray(byte[][]::new);
        try (Attempt attempt = new Attempt(target)) {
            int read = 0;
            for (byte[] seed : seeds) {
                read += attempt.of(seed) ? 1 : 0;
            }
            assertThat(read).as("seeds that are read").isPositive();
            long end = System.nanoTime() + (long) (SECONDS * 1e9);
            int refused = 0;
            for (int i = 0; System.nanoTime() < end; i++) {
                byte[] bad = Mutation.of(
                        seeds, words, new Random(31L * i + target.name().hashCode()));
                try {
                    refused += attempt.of(bad) ? 0 : 1;
                } catch (AssertionError e) {
                    throw new AssertionError("damage " + i + ": " + e.getMessage(), e);
                }
            }
            // what makes no sense in materials is told, and costs no mesh; validate tells all
            if (!target.name().equals("mtl") && !target.name().startsWith("validate")) {
                assertThat(refused).as("damage that is seen").isPositive();
            }
        }
    }
}
