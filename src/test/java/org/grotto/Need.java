package org.grotto;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** What a test needs from outside the project. Absent: skipped aloud, or a failure where GROTTO_REQUIRE_ALL=1. */
public final class Need {
    private Need() {}

    /** The project's folder. */
    public static Path root() {
        return Path.of(System.getProperty("grotto.root", ".")).toAbsolutePath().normalize();
    }

    /** A file or folder of the shared test data, which stands beside the checkout. */
    public static Path data(String relative) {
        Path p = dataFolder().resolve(relative);
        require(Files.exists(p), "test data " + relative + " (expected at " + p + ")");
        return p;
    }

    private static Path dataFolder() {
        String set = System.getenv("GROTTO_TEST_DATA");
        return set != null ? Path.of(set) : root().resolveSibling("shared").resolve("data");
    }

    /** A program on the PATH. */
    public static Path program(String name) {
        for (String dir : System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1)) {
            Path p = Path.of(dir).resolve(name);
            if (Files.isExecutable(p)) {
                return p;
            }
        }
        require(false, "the program '" + name + "' on the PATH");
        throw new AssertionError();
    }

    /** Goes on only where {@code present}. */
    public static void require(boolean present, String what) {
        if (!present && "1".equals(System.getenv("GROTTO_REQUIRE_ALL"))) {
            throw new AssertionError("This test needs " + what + ", and GROTTO_REQUIRE_ALL=1.");
        }
        if (!present) {
            System.err.println("SKIPPED: this test needs " + what);
        }
        assumeTrue(present, "needs " + what);
    }
}
