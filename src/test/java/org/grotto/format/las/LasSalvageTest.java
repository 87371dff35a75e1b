package org.grotto.format.las;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasPoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers and chunk tables that lie are corrected and told; what a broken file still holds comes with keepGoing. */
class LasSalvageTest {
    private static final int POINTS = 700;
    private static final int CHUNK = 256;

    @TempDir
    Path folder;

    private record Read(byte[] records, List<String> understood, List<String> notKept) {}

    private Read read(byte[] file, boolean keepGoing) throws Exception {
        return read(Files.write(folder.resolve("broken"), file), keepGoing);
    }

    private static Read read(Path file, boolean keepGoing) {
        try (LasReader r = LasReader.open(file, null, keepGoing)) {
            PointBatch b = new PointBatch(r.scans().getFirst().columns(), 100);
            long n = 0;
            try (PointReader.PointCursor c = r.points(0)) {
                while (c.next(b)) {
                    n += b.size;
                }
            }
            byte[] records = LazPairsTest.records(r);
            assertThat(n).isEqualTo(records.length / r.layout().length());
            return new Read(records, r.understood(), r.notKept());
        }
    }

    private byte[] seed(LasPoints p, int chunk) throws Exception {
        Path f = folder.resolve("seed");
        Synthetic.write(p, f, chunk);
        return Files.readAllBytes(f);
    }

    private static LasPoints points() {
        return Synthetic.points(8, 3, POINTS, Synthetic.Trait.CHANNELS, 3);
    }

    private void refused(byte[] file, String... words) throws Exception {
        Path f = Files.write(folder.resolve("refused"), file);
        assertThatThrownBy(() -> read(f, false))
                .isInstanceOf(GrottoException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    private static int pointsAt(byte[] b) {
        return Bytes.int32(b, 96);
    }

    private static int length(byte[] b) {
        return Bytes.uint16(b, 105);
    }

    @Test
    void theCasesGiveTheirPointsAndAreTold() {
        Read laz = read(Need.data("../cases/files/laz-table-missing-minus1.laz"), false);
        assertThat(laz.records.length).isEqualTo(60_000 * 36);
        assertThat(laz.understood).containsExactly("60000 points, read in sequence: it has no chunk table");
        Read las = read(Need.data("../cases/files/las-vlr-count-2-of-1.las"), false);
        assertThat(las.records.length).isEqualTo(363 * 36);
        assertThat(las.understood).containsExactly("1 variable length record, where the header counts 2");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, Long.MAX_VALUE, 1000})
    void aLayeredFileIsReadWithoutItsTable(long pointer) throws Exception {
        byte[] b = seed(points(), CHUNK);
        Bytes.put64(b, pointsAt(b), pointer);
        Read r = read(b, false);
        assertThat(r.records).isEqualTo(Synthetic.records(points()));
        assertThat(r.understood).singleElement().asString().contains("700 points, read in sequence");
        assertThat(r.notKept).noneMatch(s -> s.contains("points"));
    }

    @Test
    void aTableThatIsZeroedCutOrUntrueIsDoneWithout() throws Exception {
        byte[] good = seed(points(), CHUNK);
        int table = (int) Bytes.int64(good, pointsAt(good));
        byte[] zero = good.clone();
        Arrays.fill(zero, table, zero.length, (byte) 0);
        byte[] untrue = good.clone();
        Arrays.fill(untrue, table + 8, untrue.length, (byte) 0x5A);
        byte[] more = good.clone();
        Bytes.put32(more, table + 4, 2);
        for (byte[] b : List.of(zero, untrue, more, Arrays.copyOf(good, table + 10), Arrays.copyOf(good, table))) {
            Read r = read(b, false);
            assertThat(r.records).isEqualTo(Synthetic.records(points()));
            assertThat(r.understood).isNotEmpty();
        }
    }

    @Test
    void aStreamedFileThatWasCutIsNotAskedForTheTableInItsLastBytes() throws Exception {
        byte[] b = seed(points(), CHUNK);
        Bytes.put64(b, pointsAt(b), -1);
        byte[] cut = Arrays.copyOf(b, pointsAt(b) + 200); // inside the first chunk
        refused(cut, "should end by saying where its chunk table stands");
    }

    @Test
    void ofALayeredFileThatWasStoppedTheWholeChunksAreKept() throws Exception {
        byte[] b = seed(points(), CHUNK);
        int table = (int) Bytes.int64(b, pointsAt(b));
        byte[] cut = Arrays.copyOf(b, table - 20);
        Bytes.put64(cut, pointsAt(b), pointsAt(b));
        Bytes.put64(cut, 247, 0);
        refused(cut, "--keep-going would give 512 points.");
        Read r = read(cut, true);
        assertThat(r.records).isEqualTo(Arrays.copyOf(Synthetic.records(points()), 512 * length(b)));
        assertThat(r.understood)
                .containsExactly("512 points, read in sequence: it has no chunk table; the header counts 0");
        assertThat(r.notKept).contains("the points of the chunk that the file ends in");
        byte[] counted = Arrays.copyOf(b, table - 20);
        refused(counted, "truncated", "--keep-going would give 512 points.");
        assertThat(read(counted, true).notKept)
                .contains("188 points that the header counts and the file does not hold whole");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 300, 699, 701, 1_000_000})
    void aCountThatTheChunksDoNotBearOutIsCorrected(long count) throws Exception {
        byte[] b = seed(points(), CHUNK);
        Bytes.put64(b, 247, count);
        if (count == 0) {
            refused(b, "--keep-going would give 700 points.");
        }
        Read r = read(b, count == 0);
        assertThat(r.records).isEqualTo(Synthetic.records(points()));
        assertThat(r.understood).containsExactly("700 points, where the header counts " + count);
    }

    @Test
    void aDamagedChunkLosesItsOwnPointsAlone() throws Exception {
        byte[] b = seed(points(), CHUNK);
        Arrays.fill(b, pointsAt(b) + 8 + 1000, pointsAt(b) + 8 + 1060, (byte) 0x55);
        refused(b, "corrupt", "--keep-going would give the points of the other chunks.");
        Read r = read(b, true);
        assertThat(r.records)
                .isEqualTo(Arrays.copyOfRange(Synthetic.records(points()), CHUNK * length(b), POINTS * length(b)));
        assertThat(r.notKept).contains("256 points of 1 chunk that is damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pdrf4-1.3", "pdrf5-1.3"})
    void aPointwiseFileIsReadWithoutItsTable(String name) throws Exception {
        byte[] las = read(Need.data("las-laz-pairs-mit/" + name + ".las"), false).records;
        byte[] laz = Files.readAllBytes(Need.data("las-laz-pairs-mit/" + name + ".laz"));
        int table = (int) Bytes.int64(laz, pointsAt(laz));
        byte[] b = laz.clone();
        Bytes.put64(b, pointsAt(b), -1);
        Read r = read(b, false);
        assertThat(r.records).isEqualTo(las);
        assertThat(r.understood).anyMatch(s -> s.contains("read in sequence: it has no chunk table"));
        // stopped in the middle: no count, no table, a chunk without its end
        byte[] cut = Arrays.copyOf(laz, (pointsAt(laz) + table) / 2);
        Bytes.put64(cut, pointsAt(cut), pointsAt(cut));
        Bytes.put32(cut, 107, 0);
        byte[] some = read(cut, true).records;
        assertThat(some.length).isGreaterThan(las.length / 4).isLessThan(las.length);
        assertThat(some).isEqualTo(Arrays.copyOf(las, some.length));
        refused(cut, "--keep-going would give " + some.length / length(cut) + " points.");
    }

    @Test
    void aFileThatWasNeverFinishedIsRefusedAndItsPointsOffered() throws Exception {
        byte[] b = seed(points(), 0);
        Bytes.put64(b, 247, 0);
        refused(b, "stopped before it was done", "--keep-going would give 700 points.");
        Read r = read(b, true);
        assertThat(r.records).isEqualTo(Synthetic.records(points()));
        assertThat(r.understood).containsExactly("700 points, where the header counts 0");
        // half a record at the end, and room that was only reserved
        byte[] half = Arrays.copyOf(Arrays.copyOf(b, b.length - 10), b.length + 5000);
        assertThat(read(half, true).records.length / length(b)).isIn(699, 700);
    }

    @Test
    void ofAFileThatWasCutTheWholeRecordsAreKept() throws Exception {
        byte[] b = seed(points(), 0);
        byte[] cut = Arrays.copyOf(b, b.length - 10 * length(b) - 1);
        refused(cut, "truncated", "--keep-going would give 689 points.");
        Read r = read(cut, true);
        assertThat(r.records).isEqualTo(Arrays.copyOf(Synthetic.records(points()), 689 * length(b)));
        assertThat(r.understood).containsExactly("689 points, where the header counts 700");
        assertThat(r.notKept).contains("11 points that the header counts and the file does not hold");
    }

    @Test
    void pointsThatTheHeaderForgotAreReadAndOtherBytesAreNot() throws Exception {
        byte[] b = seed(points(), 0);
        Bytes.put64(b, 247, 600);
        assertThat(read(b, false).understood).contains("700 points, where the header counts 600");
        byte[] tail = seed(points(), 0);
        int end = tail.length;
        tail = Arrays.copyOf(tail, end + 5 * length(tail));
        Arrays.fill(tail, end, tail.length, (byte) '<');
        assertThat(read(tail, false).records).isEqualTo(Synthetic.records(points()));
        assertThat(read(tail, false).understood).isEmpty();
    }

    @Test
    void theCountThatTheRecordsBearOutIsTaken() throws Exception {
        byte[] b = seed(points(), 0);
        Bytes.put32(b, 107, 650);
        assertThat(read(b, false).understood)
                .containsExactly("700 points, where the header counts 700 in 64 bits and 650 in 32");
        Bytes.put32(b, 107, 700);
        Bytes.put64(b, 247, 1L << 40);
        Read r = read(b, false);
        assertThat(r.records).isEqualTo(Synthetic.records(points()));
        assertThat(r.understood)
                .containsExactly("700 points, where the header counts 1099511627776 in 64 bits and 700 in 32");
    }

    @ParameterizedTest
    @ValueSource(ints = {227, 235, 300, 0, 65535, 376})
    void aHeaderSizeThatLiesIsCorrected(int stated) throws Exception {
        for (int chunk : new int[] {0, CHUNK}) {
            byte[] b = seed(points(), chunk);
            Bytes.put16(b, 94, stated);
            Read r = read(b, false);
            assertThat(r.records).isEqualTo(Synthetic.records(points()));
            boolean told = chunk == 0 && stated > 375; // no record stands behind it, so it may be longer
            if (!told) {
                assertThat(r.understood).contains("a header of 375 bytes, where it states " + stated);
            }
        }
    }

    @Test
    void recordsThatTheHeaderForgotAreReadAndExtendedOnesThatAreNotThereAreNamed() throws Exception {
        byte[] b = seed(points(), CHUNK);
        Bytes.put32(b, 100, 0);
        Read r = read(b, false);
        assertThat(r.records).isEqualTo(Synthetic.records(points()));
        assertThat(r.understood).containsExactly("1 variable length record, where the header counts 0");
        byte[] e = seed(points(), 0);
        Bytes.put64(e, 235, 1L << 50);
        Bytes.put32(e, 243, 3);
        r = read(e, false);
        assertThat(r.records).isEqualTo(Synthetic.records(points()));
        assertThat(r.notKept).anyMatch(s -> s.startsWith("3 extended records"));
    }

    @Test
    void boundsThatAreNotThoseOfThePointsAreTold() throws Exception {
        byte[] b = seed(points(), 0);
        assertThat(read(b, false).understood).isEmpty();
        Bytes.putDouble(b, 179, -1e3);
        Bytes.putDouble(b, 187, -2e3);
        assertThat(read(b, false).understood)
                .singleElement()
                .asString()
                .contains("points from", "beyond the bounds in the header");
        byte[] wide = seed(points(), 0);
        Bytes.putDouble(wide, 179, 1e6);
        assertThat(read(wide, false).understood).singleElement().asString().contains("less than the bounds");
    }
}
