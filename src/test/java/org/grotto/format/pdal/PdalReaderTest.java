package org.grotto.format.pdal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.grotto.base.GrottoException;
import org.grotto.base.GrottoException.Kind;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.las.LasReader;
import org.grotto.pipeline.Convert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PDAL behind the reader's interface: a stand-in program that reads, crashes, hangs, miscounts; the real one if found. */
class PdalReaderTest {
    @TempDir
    Path dir;

    private final Work work = new Work(1, 1 << 28, Progress.NONE);
    private final Function<Path, PointReader> las = p -> LasReader.open(p, work);
    private Path input = Path.of("");
    private Path translated = Path.of("");

    @BeforeEach
    void aForeignFileAndItsTranslation() throws IOException {
        input = Files.writeString(dir.resolve("Höhle 1.pcd"), "not ours");
        Path xyz = Files.writeString(dir.resolve("a.xyz"), "1 2 3\n4 5 6\n7 8 9.5\n");
        translated = dir.resolve("a.las");
        Convert.run(xyz, translated, work);
    }

    @AfterEach
    void end() {
        work.close();
    }

    /** A program that announces {@code points}, then runs {@code then} with $out as the LAS file asked for. */
    private PdalHome program(int points, String then, int seconds) throws IOException {
        Path p = Files.writeString(dir.resolve("pdal"), """
                #!/bin/sh
                if [ "$1" = info ]; then
                  [ "$2" = --summary ] && [ -f "$3" ] || exit 9
                  echo '{"filename": "x", "summary": {"num_points": %d, "dimensions": "X, Y, Z"}}'
                  exit 0
                fi
                [ "$1 $2 $3" = "pipeline --nostream --stdin" ] || exit 9
                out=$(sed -n 's/.*"filename" *: *"\\([^"]*\\)".*/\\1/p')
                %s
                """.formatted(points, then));
        Files.setPosixFilePermissions(p, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new PdalHome(p, null, Duration.ofSeconds(seconds));
    }

    private String copy() {
        return "cp '" + translated + "' \"$out\"";
    }

    private static long scratchFolders() {
        String[] names = new File(System.getProperty("java.io.tmpdir")).list((d, n) -> n.startsWith("grotto-pdal-"));
        return names == null ? 0 : names.length;
    }

    /** As of text, PTX or SBET: what there is, is read. */
    @Test
    void whatPdalCannotCountBeforehandIsRead() throws IOException {
        PdalHome home = program(3, copy(), 60);
        Path p = java.util.Objects.requireNonNull(home.program());
        Files.writeString(
                p,
                Files.readString(p)
                        .replace("echo '{", "echo \"PDAL: No summary data available for '$3'.\" >&2; exit 1; echo '{"));
        try (PointReader r = PdalReader.open(input, home, las)) {
            assertThat(r.scans().getFirst().count()).isEqualTo(3);
        }
    }

    /** As PDAL does that streams: asked for the finest step, it takes 1, and every place is rounded to whole metres. */
    @Test
    void placesThatWereRoundedAreRefused() throws IOException {
        byte[] b = Files.readAllBytes(translated);
        ByteBuffer header = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN);
        header.putDouble(131, 1).putDouble(139, 1).putDouble(147, 1);
        Files.write(translated, b);
        assertThatThrownBy(() -> PdalReader.open(input, program(3, copy(), 60), las))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("rounds places to steps of 1.0");
    }

    @Test
    void whatTheProgramTranslatesIsReadUnderTheFilesOwnName() throws IOException {
        try (PointReader r = PdalReader.open(input, program(3, copy(), 60), las)) {
            assertThat(r.path()).isEqualTo(input);
            PointBatch b = new PointBatch(r.scans().getFirst().columns(), 10);
            try (PointReader.PointCursor c = r.points(0)) {
                assertThat(c.next(b)).isTrue();
                assertThat(b.size).isEqualTo(3);
                assertThat(b.x[2]).isCloseTo(7, within(1e-9));
                assertThat(b.y[2]).isCloseTo(8, within(1e-9));
                assertThat(b.z[2]).isCloseTo(9.5, within(1e-9));
            }
        }
    }

    private void refused(PdalHome home, Kind kind, String... said) {
        long before = scratchFolders();
        assertThatThrownBy(() -> PdalReader.open(input, home, las).close())
                .isInstanceOfSatisfying(
                        GrottoException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining("Höhle 1.pcd")
                .hasMessageContainingAll(said);
        assertThat(scratchFolders()).isEqualTo(before);
    }

    @Test
    void anotherCountThanAnnouncedIsADamagedFile() throws IOException {
        refused(program(4, copy(), 60), Kind.BAD_INPUT, "announces 4 points", "delivered 3");
    }

    @Test
    void itsErrorLineIsQuoted() throws IOException {
        refused(
                program(3, "echo 'PDAL: readers.pcd: bad header' >&2; exit 1", 60),
                Kind.BAD_INPUT,
                "refused it (exit code 1): readers.pcd: bad header");
    }

    @Test
    void aCrashIsSaid() throws IOException {
        refused(program(3, "kill -ABRT $$", 60), Kind.BAD_INPUT, "crashed (exit code 134)");
    }

    @Test
    void aHangIsEnded() throws IOException {
        refused(program(3, "exec sleep 600", 1), Kind.BAD_INPUT, "has not finished after 1 s");
    }

    @Test
    void successWithoutAFileIsNoSuccess() throws IOException {
        refused(program(3, "exit 0", 60), Kind.BAD_INPUT, "without writing");
    }

    @Test
    void withoutPdalTheLinesThatInstallItAreSaid() {
        PdalHome none = PdalHome.find(Map.of("PATH", dir.toString()));
        if (none.program() == null && none.library() == null) {
            refused(none, Kind.MISSING, "E57, LAS, LAZ", "conda install -c conda-forge pdal");
        }
    }

    @Test
    void itIsFoundOnThePathInCondaAndByName() throws IOException {
        Path p = program(3, copy(), 1).program();
        String folder = dir.toString();
        assertThat(PdalHome.find(Map.of("PATH", folder)).program()).isEqualTo(p);
        assertThat(PdalHome.find(Map.of("GROTTO_PDAL", folder + "/pdal")).program())
                .isEqualTo(p);
        Path conda = Files.createDirectories(dir.resolve("conda/bin")).resolve("pdal");
        Files.copy(dir.resolve("pdal"), conda, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(PdalHome.find(Map.of("CONDA_PREFIX", dir.resolve("conda").toString()))
                        .program())
                .isEqualTo(conda);
        assertThatThrownBy(() -> PdalHome.find(Map.of("GROTTO_PDAL", folder + "/none")))
                .hasMessageContaining("GROTTO_PDAL");
    }

    @Test
    void theWorkerWithoutPdalsLibraryIsSaidToMissIt() {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        boolean bundled = PdalHome.class.getClassLoader().getResource("io/pdal/Pipeline.class") != null;
        assertThat(bundled).as("the signatures are not packaged").isFalse();
        refused(new PdalHome(null, classes, Duration.ofSeconds(60)), Kind.MISSING, "pdal-java", "conda install");
    }

    @Test
    void theRealOneReadsWhatWeReadOurselves() {
        PdalHome home = PdalHome.find(System.getenv());
        org.junit.jupiter.api.Assumptions.assumeTrue(home.program() != null, "PDAL is installed");
        try (PointReader r = PdalReader.open(translated, home, las)) {
            assertThat(r.scans().getFirst().count()).isEqualTo(3);
        }
    }
}
