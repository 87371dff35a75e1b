package org.grotto.format.stl;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes at all. {@code JAZZER_FUZZ=1} searches for a minute; otherwise the seeds are run. */
class StlFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.of(
                StlSamples.binary("solid"),
                StlSamples.binary("", 7, 12),
                StlSamples.text().getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] data) throws IOException {
        if (data.length == 0) {
            return; // told by whoever opens files
        }
        Path file = Files.createTempFile("fuzz", ".stl");
        try {
            Files.write(file, data);
            StlTest.survives(file);
        } finally {
            Files.delete(file);
        }
    }
}
