package org.grotto.format.las;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.grotto.Need;
import org.grotto.base.Work;
import org.grotto.format.Finding;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sound file has no fault, and each edit of its bytes is found as the break of the rule that it breaks. */
class LasCheckTest {
    private static final String WKT = "LOCAL_CS[\"cave\",UNIT[\"metre\",1]]";

    @TempDir
    Path dir;

    private static List<Finding> check(Path file) {
        try (Work work = Work.silent()) {
            return new LasFormat().check(file, work);
        }
    }

    private static List<Finding> faults(Path file) {
        return check(file).stream().filter(Finding::fault).toList();
    }

    private static byte[] extraBytes() {
        byte[] d = new byte[192];
        d[2] = 3;
        Bytes.putText(d, 4, 32, "width");
        return Vlr.bytes(Vlr.SPEC, Vlr.EXTRA_BYTES, "", d);
    }

    /** 400 points of format 7 with two extra bytes and a reference system: LAS at 54 bytes a record's head. */
    private Path las() {
        Path file = dir.resolve("a.las");
        LasPoints p = Synthetic.points(7, 2, 400, Synthetic.Trait.PLAIN, 1);
        try (LasOutput out = new LasOutput(
                file,
                p.layout,
                new double[] {0.001, 0.001, 0.001},
                List.of(LasWriter.wktRecord(WKT), extraBytes()),
                false,
                false,
                true,
                100,
                2024)) {
            out.add(LasOutput.Summary.of(p, 0, p.size));
            out.records(Synthetic.records(p));
            out.endPoints();
            out.finish(new double[3]);
        }
        return file;
    }

    private Path laz() {
        Path file = dir.resolve("a.laz");
        Synthetic.write(Synthetic.points(7, 0, 700, Synthetic.Trait.PLAIN, 3), file, 256);
        return file;
    }

    private Path copc() {
        Path file = dir.resolve("a.copc.laz");
        double[] scale = {1e-3, 1e-3, 1e-3};
        CopcInfo info = new CopcInfo(0, 0, 0, 4000, 1, 0, 0, 0, 0);
        LasLayout layout = new LasLayout(7, 36);
        try (CopcWriter w = new CopcWriter(file, layout, scale, new double[3], info, null, WKT, true)) {
            w.node(0, 0, 0, 0, CopcWriter.compress(Synthetic.points(7, 0, 400, Synthetic.Trait.PLAIN, 1)));
            LasPoints p = Synthetic.points(7, 0, 100, Synthetic.Trait.PLAIN, 2);
            for (int i = 0; i < 100; i++) {
                p.x[i] = 1000 + i;
                p.y[i] = 1000 + i;
                p.z[i] = 1000 + i;
            }
            w.node(1, 1, 1, 1, CopcWriter.compress(p));
        }
        return file;
    }

    @Test
    void filesOfOurOwnWritersAreSound() {
        for (Path file : List.of(las(), laz(), copc())) {
            assertThat(faults(file)).as(file.toString()).isEmpty();
        }
    }

    /** @param to the bytes that stand at {@code at} instead */
    private record Edit(int at, byte[] to, String clause) {}

    private static byte[] le(long v, int bytes) {
        byte[] b = new byte[8];
        Bytes.put64(b, 0, v);
        return java.util.Arrays.copyOf(b, bytes);
    }

    private static byte[] real(double v) {
        return le(Double.doubleToRawLongBits(v), 8);
    }

    static Stream<Edit> las15() {
        int wkt = 375 + 54;
        int extra = wkt + WKT.length() + 1 + 54;
        int points = extra + 192;
        return Stream.of(
                new Edit(0, le('l', 1), "File Signature"),
                new Edit(24, le(2, 1), "Version"),
                new Edit(6, le(1, 2), "Global Encoding: WKT"),
                new Edit(6, le(0x8011, 2), "Global Encoding"),
                new Edit(6, le(0x17, 2), "Global Encoding"),
                new Edit(90, le(367, 2), "File Creation Day of Year"),
                new Edit(94, le(376, 2), "Header Size"),
                new Edit(96, le(100, 4), "Offset to Point Data"),
                new Edit(100, le(3, 4), "Number of Variable Length Records"),
                new Edit(105, le(30, 2), "Point Data Record Length"),
                new Edit(107, le(7, 4), "Legacy Number of Point Records"),
                new Edit(111, le(7, 4), "Legacy Number of Points by Return"),
                new Edit(131, real(0), "X, Y, and Z Scale Factors"),
                new Edit(155, real(Double.NaN), "X, Y, and Z Offsets"),
                new Edit(179, real(-1e9), "Max and Min X, Y, and Z"),
                new Edit(211, real(0.5), "Max and Min X, Y, and Z"),
                new Edit(235, le(5, 8), "Start of First Extended Variable Length Record"),
                new Edit(243, le(1, 4), "Start of First Extended Variable Length Record"),
                new Edit(247, le(399, 8), "Number of Point Records"),
                new Edit(247, le(401, 8), "LAS 1.4 R16"),
                new Edit(255, le(1, 8), "Number of Points by Return"),
                new Edit(375, le(0xAABB, 2), "Variable Length Records: Reserved"),
                new Edit(375 + 20, le(60000, 2), "Number of Variable Length Records"),
                new Edit(wkt + 8, le('x', 1), "OGC Coordinate System WKT Record"),
                new Edit(wkt + 11, le(0xff, 1), "OGC Coordinate System WKT Record"),
                new Edit(wkt + WKT.length(), le('x', 1), "OGC Coordinate System WKT Record"),
                new Edit(extra, le(1, 1), "Extra Bytes: reserved"),
                new Edit(extra + 2, le(31, 1), "Extra Bytes: data_type"),
                new Edit(extra + 2, le(5, 1), "Extra Bytes"),
                new Edit(points + 14, le(0x10, 1), "Point Data Record Format 7: Return Number"),
                new Edit(points + 18, le(30_001, 2), "Point Data Record Format 7: Scan Angle"));
    }

    @ParameterizedTest
    @MethodSource("las15")
    void eachRuleOfLasIsHeld(Edit edit) throws IOException {
        held(las(), edit);
    }

    private static void held(Path file, Edit edit) throws IOException {
        byte[] b = Files.readAllBytes(file);
        System.arraycopy(edit.to, 0, b, edit.at, edit.to.length);
        Files.write(file, b);
        List<Finding> found = faults(file);
        assertThat(found)
                .as("byte %d", edit.at)
                .anyMatch(f -> f.clause().contains(edit.clause)
                        && !f.todo().isBlank()
                        && !f.found().isBlank());
        assertThat(found).hasSizeLessThan(5);
    }

    static Stream<Edit> lazEdits() {
        int items = 375 + 54;
        int points = items + 34 + 12;
        return Stream.of(
                new Edit(375 + 2, le('x', 1), "laszip VLR"),
                new Edit(items, le(2, 2), "LAZ"),
                new Edit(items + 34, le(6, 2), "LAZ"),
                new Edit(points, le(-1, 8), "LAZ"),
                new Edit(points + 120, le(0x5577_3311_9922L, 6), "LAZ"));
    }

    @ParameterizedTest
    @MethodSource("lazEdits")
    void eachRuleOfLazIsHeld(Edit edit) throws IOException {
        held(laz(), edit);
    }

    static Stream<Edit> copcEdits() {
        int info = 375 + 54;
        return Stream.of(
                new Edit(info + 24, real(0), "info VLR"),
                new Edit(info + 24, real(10), "octree"),
                new Edit(info + 40, le(12, 8), "info VLR: root_hier_offset"),
                new Edit(info + 48, le(33, 8), "hierarchy VLR"),
                new Edit(info + 56, real(1e9), "gpstime_minimum"),
                new Edit(info + 80, le(1, 1), "info VLR: reserved"));
    }

    @ParameterizedTest
    @MethodSource("copcEdits")
    void eachRuleOfCopcIsHeld(Edit edit) throws IOException {
        held(copc(), edit);
    }

    @Test
    void aNodeTwiceAndOneWithoutParentAreFound() throws IOException {
        Path file = copc();
        byte[] good = Files.readAllBytes(file);
        int page = (int) Bytes.int64(good, 375 + 54 + 40);
        byte[] twice = good.clone();
        System.arraycopy(twice, page, twice, page + 32, 16);
        Files.write(file, twice);
        assertThat(faults(file))
                .anyMatch(f -> f.clause().endsWith("VoxelKey") && f.found().contains("second"));
        byte[] orphan = good.clone();
        Bytes.put32(orphan, page + 32, 2);
        Files.write(file, orphan);
        assertThat(faults(file))
                .anyMatch(f -> f.clause().endsWith("VoxelKey") && f.found().contains("no parent"));
        byte[] more = good.clone();
        Bytes.put32(more, page + 28, 399);
        Files.write(file, more);
        assertThat(faults(file)).anyMatch(f -> f.clause().endsWith("pointCount"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pdal-bsd/1.2-with-color.las",
                "pdal-bsd/autzen_trim.laz",
                "pdal-bsd/extrabytes.las",
                "pdal-bsd/test1_4.las",
                "pdal-bsd/permutations/1.0_1.las",
                "pdal-bsd/permutations/1.2_3.las"
            })
    void filesOfOtherWritersAreSound(String name) {
        assertThat(faults(Need.data(name))).isEmpty();
    }

    /** These octrees are sound, and their texts lack the zero that all versions ask for. */
    @ParameterizedTest
    @ValueSource(strings = {"pdal-bsd/1.2-with-color.copc.laz", "pdal-bsd/lone-star.copc.laz"})
    void octreesOfOtherWritersHaveTheOneFaultThatTheyHave(String name) {
        assertThat(faults(Need.data(name)))
                .singleElement()
                .satisfies(f -> assertThat(f.clause()).endsWith("OGC Coordinate System WKT Record"));
    }

    /** LAS 1.5 (August 2025): times that count from elsewhere come as adjusted standard GPS times, and that is told. */
    @Test
    void timesOfLas15CountFromTheirOffset() throws IOException {
        byte[] old = Files.readAllBytes(las());
        byte[] b = new byte[old.length + 18];
        System.arraycopy(old, 0, b, 0, 375);
        System.arraycopy(old, 375, b, 393, old.length - 375);
        b[25] = 5;
        Bytes.put16(b, 94, 393);
        Bytes.put32(b, 96, (int) Bytes.uint32(old, 96) + 18);
        Bytes.put16(b, 391, 1400);
        Bytes.put16(b, 6, 1 | 16 | 64);
        LasPoints p = Synthetic.points(7, 2, 400, Synthetic.Trait.PLAIN, 1);
        double first = Double.longBitsToDouble(p.time[0]);
        double last = Double.longBitsToDouble(p.time[399]);
        Bytes.putDouble(b, 375, last);
        Bytes.putDouble(b, 383, first);
        Path file = Files.write(dir.resolve("b.las"), b);
        assertThat(faults(file)).isEmpty();
        try (LasReader r = LasReader.open(file)) {
            assertThat(r.format()).isEqualTo("LAS 1.5 point format 7");
            assertThat(r.understood()).anyMatch(s -> s.contains("1400 million seconds"));
            List<String> names = new ArrayList<>();
            r.scans().getFirst().columns().forEach(c -> names.add(c.name()));
            PointBatch batch = new PointBatch(r.scans().getFirst().columns(), 400);
            try (PointReader.PointCursor c = r.points(0)) {
                assertThat(c.next(batch)).isTrue();
            }
            int time = names.indexOf(org.grotto.format.Column.TIME);
            assertThat(batch.columns[time][0]).isEqualTo(first + 4e8);
        }
        Bytes.putDouble(b, 375, last + 1);
        assertThat(faults(Files.write(file, b))).anyMatch(f -> f.clause().endsWith("Max and Min GPS Time"));
        Bytes.put16(b, 6, 16 | 64);
        assertThat(faults(Files.write(file, b))).anyMatch(f -> f.clause().endsWith("Time Offset"));
        b[104] = 2;
        assertThat(faults(Files.write(file, b))).anyMatch(f -> f.clause().endsWith("Point Data Record Format"));
    }
}
