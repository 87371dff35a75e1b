package org.grotto.fuzz;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Jazzer calls, in a process of its own: one target, named by {@code -Dgrotto.fuzz.target}. */
public final class FuzzOne {
    private static @Nullable Attempt attempt;

    private FuzzOne() {}

    public static void fuzzerInitialize() throws IOException {
        attempt = new Attempt(Targets.of(System.getProperty("grotto.fuzz.target", "")));
    }

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Objects.requireNonNull(attempt).of(data);
    }

    public static void fuzzerTearDown() throws IOException {
        Objects.requireNonNull(attempt).close();
    }
}
