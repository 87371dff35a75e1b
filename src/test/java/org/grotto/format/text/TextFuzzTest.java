package org.grotto.format.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.Charset;
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

/** Any bytes at all, read strictly and to the end. {@code JAZZER_FUZZ=1} searches for a minute; otherwise seeds are run. */
class TextFuzzTest {

    static Stream<byte[]> seeds() {
        String named = "点号;X [m];\"Y [m]\";Z [m];R;G;B\nP1;1,5;2,5;3,5;200;100;50\nP2;\"1.234,5\";;3;1;2;3\n";
        return Stream.of(
                named.getBytes(StandardCharsets.UTF_8),
                named.getBytes(Charset.forName("GB18030")),
                ("\uFEFF" + named).getBytes(StandardCharsets.UTF_16LE),
                "2\n1 2 3 -5 1 2 3\n4 5 6 7 8 9 10\n1\n1 2 3 4\n".getBytes(StandardCharsets.UTF_8),
                "1,25,2,75,3,13\n4,75,5,25,6,11\n".getBytes(StandardCharsets.UTF_8),
                "# x y z nx ny nz\n1.5D0 2 3 0 0 1\n1 nan 3 0.6 0 0.8\n".getBytes(StandardCharsets.UTF_8),
                "1 2.5 3 4 16711680\n2 2.5 3 4 255\n".getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] data) throws IOException {
        if (data.length == 0) {
            return; // told by whoever opens files
        }
        Path file = Files.createTempFile("fuzz", ".txt");
        try {
            Files.write(file, data);
            survives(file);
        } finally {
            Files.delete(file);
        }
    }

    /** Reads strictly, then with all that can be kept, then with columns; every refusal is one sentence. */
    static void survives(Path file) {
        Work work = Work.silent();
        for (Reading r : List.of(
                Reading.of(work),
                new Reading(work, List.of(), true),
                new Reading(work, List.of("x", "y", "z"), true),
                new Reading(work, List.of("-", "x", "y", "z", "Rf", "Gf", "Bf"), false))) {
            try {
                read(TextReader.open(file, r));
            } catch (GrottoException e) {
                assertThat(e.getMessage())
                        .contains(String.valueOf(file.getFileName()))
                        .doesNotContain("\n");
                assertThat(e.getMessage().length()).isLessThan(1000);
            }
        }
    }

    private static void read(TextReader r) {
        r.stated();
        for (int i = 0; i < r.scans().size(); i++) {
            PointBatch b = new PointBatch(r.scans().get(i).columns(), 16);
            try (PointCursor c = r.points(i)) {
                while (c.next(b)) {
                    assertThat(b.size).isPositive();
                }
            }
        }
        assertThat(r.understood()).isNotEmpty();
        assertThat(r.notKept()).doesNotContainNull();
    }
}
