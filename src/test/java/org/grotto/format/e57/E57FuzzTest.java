package org.grotto.format.e57;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes at all. {@code JAZZER_FUZZ=1} searches for a minute; otherwise the seeds are run. */
class E57FuzzTest {

    static Stream<byte[]> seeds() throws IOException {
        return E57HostileTest.seeds().stream();
    }

    /** As they are, and with every page's checksum made right. */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] data) throws IOException {
        Path file = Files.createTempFile("fuzz", ".e57");
        try {
            Files.write(file, data);
            E57HostileTest.survives(file);
            Files.write(file, Handmade.seal(data.clone()));
            E57HostileTest.survives(file);
        } finally {
            Files.delete(file);
        }
    }
}
