package org.grotto.format.pcd;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader.PointCursor;
import org.grotto.format.Reading;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes at all. {@code JAZZER_FUZZ=1} searches for a minute; otherwise the seeds are run. */
class PcdFuzzTest {

    static Stream<byte[]> seeds() {
        String here = "0 0 0 1 0 0 0";
        String plain = PcdSamples.header(PcdSamples.FIELDS, PcdSamples.SIZES, PcdSamples.TYPES, 5, 4, here, "binary");
        return Stream.of(
                PcdSamples.file(plain, PcdSamples.mixed(20, false)),
                PcdSamples.file(
                        plain.replace("DATA binary", "DATA binary_compressed"),
                        PcdSamples.packed(PcdSamples.mixed(20, true))),
                (PcdSamples.header("x y z rgb", "4 4 4 4", "F F F F", 2, 1, "1 2 3 0.5 0.5 0.5 0.5", "ascii")
                                + "1 2 3 4.2e6\nnan 1 2 0\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] data) throws IOException {
        if (data.length == 0) {
            return; // told by whoever opens files
        }
        Path file = Files.createTempFile("fuzz", ".pcd");
        try {
            Files.write(file, data);
            for (boolean keepGoing : new boolean[] {false, true}) {
                try {
                    read(PcdReader.open(file, new Reading(Work.silent(), List.of(), keepGoing)));
                } catch (GrottoException e) {
                    assertThat(e.getMessage())
                            .contains(String.valueOf(file.getFileName()))
                            .doesNotContain("\n");
                    assertThat(e.getMessage().length()).isLessThan(700);
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void read(PcdReader r) {
        r.stated();
        PointBatch b = new PointBatch(r.scans().getFirst().columns(), 16);
        try (PointCursor c = r.points(0)) {
            while (c.next(b)) {
                assertThat(b.size).isPositive();
            }
        }
        assertThat(r.understood()).doesNotContainNull();
        assertThat(r.notKept()).doesNotContainNull();
    }
}
