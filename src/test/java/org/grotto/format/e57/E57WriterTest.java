package org.grotto.format.e57;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader.PointCursor;
import org.grotto.format.Scan;
import org.grotto.geometry.Box;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read back: every type, every width, every header entry. */
class E57WriterTest {
    private static final E57WriteOptions PACKED =
            new E57WriteOptions(E57WriteOptions.Coordinates.AS_GIVEN, 1e-4, true, "", "", "");

    @TempDir
    Path folder;

    private static List<String> write(Path file, E57WriteOptions options, Scan scan, Map<String, double[]> values) {
        E57Writer w = new E57Writer(file, options);
        try (w) {
            Columns.write(w, scan, values, 501);
        }
        return w.lost();
    }

    @Test
    void everyTypeAndEveryHeaderEntryComesBack() {
        Map<String, double[]> values = new HashMap<>();
        Scan scan = Samples.everyType(values, 5000);
        for (E57WriteOptions options : List.of(E57WriteOptions.DEFAULTS, PACKED)) {
            Path file = folder.resolve("石窟.e57");
            assertThat(write(file, options, scan, values)).isEmpty();
            try (E57Reader r = E57Reader.open(file)) {
                assertThat(r.notKept()).isEmpty();
                Scan s = r.scans().get(0);
                assertThat(s.name()).isEqualTo(scan.name());
                assertThat(s.guid()).isEqualTo(scan.guid());
                assertThat(s.pose()).isEqualTo(scan.pose());
                assertThat(s.xyzType()).isEqualTo(Column.Type.DOUBLE);
                assertThat(s.metadata()).containsAllEntriesOf(scan.metadata());
                for (int i = 0; i < scan.columns().size(); i++) {
                    Column a = scan.columns().get(i);
                    Column b = s.columns().get(i);
                    assertThat(b.name()).isEqualTo(a.name());
                    assertThat(b.note()).isEqualTo(a.note());
                    assertThat(b.scale()).isEqualTo(a.scale());
                    assertThat(b.offset()).isEqualTo(a.offset());
                    if (a.type() != Column.Type.UINT64) { // E57's integers are signed
                        assertThat(b.type()).as(a.name()).isEqualTo(a.type());
                    }
                }
                Map<String, double[]> back = Columns.read(r, 0);
                assertThat(back.keySet())
                        .isEqualTo(values.keySet().stream().collect(java.util.stream.Collectors.toSet()));
                back.forEach((name, v) -> assertThat(v).as(name).containsExactly(values.get(name)));
            }
        }
    }

    @Test
    void boundsAndLimitsAreThoseOfThePoints() {
        Map<String, double[]> v = new HashMap<>();
        v.put("x", new double[] {1, 2, 1e6, -3});
        v.put("y", new double[] {4, 5, 1e6, 6});
        v.put("z", new double[] {7, 8, 1e6, Double.NaN});
        v.put(Column.INVALID, new double[] {0, 0, 2, 0});
        v.put(Column.INTENSITY, new double[] {10, -20, 30, 5});
        v.put(Column.ROW, new double[] {3, 9, 4, 5});
        v.put(Column.COL, new double[] {1, 1, 2, 2});
        for (String c : new String[] {Column.RED, Column.GREEN, Column.BLUE}) {
            v.put(c, new double[] {0, 7, 8, 100});
        }
        Path file = folder.resolve("a.e57");
        write(
                file,
                E57WriteOptions.DEFAULTS,
                Columns.scan(
                        "a",
                        4,
                        Column.Type.DOUBLE,
                        Column.of(Column.INVALID, Column.Type.UINT8),
                        Column.of(Column.INTENSITY, Column.Type.FLOAT),
                        Column.of(Column.ROW, Column.Type.INT32),
                        Column.of(Column.COL, Column.Type.INT32),
                        Column.of(Column.RED, Column.Type.UINT16),
                        Column.of(Column.GREEN, Column.Type.UINT8),
                        Column.of(Column.BLUE, Column.Type.FLOAT)),
                v);
        try (E57Reader r = E57Reader.open(file)) {
            Scan s = r.scans().get(0);
            assertThat(s.bounds()).isEqualTo(new Box(1, 4, 7, 2, 5, 8));
            assertThat(s.columns().get(1).min()).isEqualTo(-20);
            assertThat(s.columns().get(1).max()).isEqualTo(30);
            assertThat(s.columns().get(4).max()).isEqualTo(65535);
            assertThat(s.columns().get(5).max()).isEqualTo(255);
            assertThat(s.columns().get(6).max()).isEqualTo(100);
            assertThat(s.metadata())
                    .containsEntry("indexBounds/rowMinimum", "3")
                    .containsEntry("indexBounds/rowMaximum", "9")
                    .containsEntry("indexBounds/columnMaximum", "2");
        }
    }

    @Test
    void everyWidthOfIntegersComesBackAndTakesThatWidth() throws IOException {
        int n = 1003;
        SplittableRandom r = new SplittableRandom(3);
        for (int width = 0; width <= 53; width++) {
            long span = width == 0 ? 0 : (1L << width) - 1;
            long min = width == 0 || width > 50 ? 0 : -r.nextLong(1L << width);
            Map<String, double[]> v = new HashMap<>();
            for (String a : new String[] {"x", "y", "z"}) {
                v.put(a, new double[n]);
            }
            v.put("i", r.longs(n, min, min + span + 1).asDoubleStream().toArray());
            v.put(
                    "s",
                    r.longs(n, min, min + span + 1)
                            .mapToDouble(k -> k * 0.5 + 3)
                            .toArray());
            Path file = folder.resolve("w" + width + ".e57");
            Scan scan = Columns.scan(
                    "w",
                    n,
                    Column.Type.FLOAT,
                    Column.of("i", Column.Type.INT64, min, min + span),
                    new Column("s", Column.Type.SCALED, min * 0.5 + 3, (min + span) * 0.5 + 3, 0.5, 3, null));
            assertThat(write(file, PACKED, scan, v)).isEmpty();
            try (E57Reader reader = E57Reader.open(file)) {
                Map<String, double[]> back = Columns.read(reader, 0);
                assertThat(back.get("i")).as("%d bits", width).containsExactly(v.get("i"));
                assertThat(back.get("s")).as("%d bits", width).containsExactly(v.get("s"));
                assertThat(reader.sources.get(0).prototype().fields().get(3).width())
                        .isEqualTo(width);
                assertThat(reader.sources.get(0).prototype().fields().get(4).width())
                        .isEqualTo(width);
            }
            assertThat(Files.size(file)).isLessThan(n * (12 + 2 * width / 8 + 1) + 6 * 1024);
        }
    }

    @Test
    void theCodecAgreesWithPlainShiftingAtEveryWidthAndBitOffset() {
        SplittableRandom r = new SplittableRandom(4);
        for (int width = 1; width <= 64; width++) {
            long mask = -1L >>> (64 - width);
            long[] values = r.longs(67).map(k -> k & mask).toArray();
            byte[] expected = Handmade.pack(width, values);
            byte[] packed = new byte[expected.length + E57Bits.PAD];
            E57Bits.pack(values, 30, width, packed, 0); // in two goes
            E57Bits.pack(Arrays.copyOfRange(values, 30, 67), 37, width, packed, 30 * width);
            assertThat(Arrays.copyOf(packed, expected.length))
                    .as("%d bits", width)
                    .isEqualTo(expected);
            for (long min : new long[] {0, -5, Long.MIN_VALUE}) {
                E57Field f = E57Field.integer("f", min, min + mask);
                if (f.width() != width) {
                    continue; // the largest value would not fit into 64 signed bits
                }
                double[] out = new double[70];
                E57Bits.unpack(packed, width * 5, f, out, 3, 62);
                double[] wanted =
                        Arrays.stream(values).skip(5).mapToDouble(k -> k + min).toArray();
                assertThat(Arrays.copyOfRange(out, 3, 65)).as("%d bits", width).containsExactly(wanted);
            }
        }
    }

    private static Map<String, double[]> far(int n) {
        SplittableRandom r = new SplittableRandom(5);
        Map<String, double[]> v = new HashMap<>();
        v.put("x", r.doubles(n, 499_990, 500_010).toArray());
        v.put("y", r.doubles(n, 4_499_990, 4_500_010).toArray());
        v.put("z", r.doubles(n, 90, 110).toArray());
        return v;
    }

    @Test
    void scaledPositionsMoveByHalfAStepAtMost() {
        int n = 3000;
        Map<String, double[]> v = far(n);
        Box box = new Box(499_990, 4_499_990, 90, 500_010, 4_500_010, 110);
        for (Box declared : new Box[] {null, box}) {
            for (boolean packed : new boolean[] {false, true}) {
                for (double step : new double[] {0.001, 1e-4, 1e-6}) {
                    if (declared == null && step < 1e-3) {
                        continue; // without a box the offset is 0, and 32 bits end at 2,147 km
                    }
                    Scan s = new Scan(
                            "s", null, null, null, n, List.of(), declared, Column.Type.DOUBLE, null, null, Map.of());
                    Path file = folder.resolve("s.e57");
                    E57WriteOptions o =
                            new E57WriteOptions(E57WriteOptions.Coordinates.SCALED, step, packed, "", "", "");
                    if (declared == null) {
                        v.put(
                                "y",
                                Arrays.stream(far(n).get("y"))
                                        .map(y -> y - 4_000_000)
                                        .toArray());
                    } else {
                        v.put("y", far(n).get("y"));
                    }
                    List<String> lost = write(file, o, s, v);
                    assertThat(lost).hasSize(1).allMatch(l -> l.contains("positions are rounded"));
                    try (E57Reader r = E57Reader.open(file)) {
                        assertThat(r.scans().get(0).xyzType()).isEqualTo(Column.Type.SCALED);
                        assertThat(r.scans().get(0).xyzScale()).containsExactly(step, step, step);
                        Map<String, double[]> back = Columns.read(r, 0);
                        for (String a : new String[] {"x", "y", "z"}) {
                            for (int i = 0; i < n; i++) {
                                // 0.0005 mm at the finest step, plus the rounding of 4,500 km in double (1e-9 m)
                                assertThat(Math.abs(back.get(a)[i] - v.get(a)[i]))
                                        .isLessThan(step / 2 + 1e-9);
                            }
                        }
                        // and a copy of them does not move again
                        Path again = folder.resolve("again.e57");
                        assertThat(Columns.copy(file, again, E57WriteOptions.DEFAULTS))
                                .isEmpty();
                        try (E57Reader r2 = E57Reader.open(again)) {
                            Map<String, double[]> second = Columns.read(r2, 0);
                            back.forEach((name, values) ->
                                    assertThat(second.get(name)).containsExactly(values));
                        }
                    }
                }
            }
        }
    }

    @Test
    void floatPositionsAreRoundedAndSaySo() {
        Map<String, double[]> v = far(100);
        Path file = folder.resolve("f.e57");
        List<String> lost = write(
                file,
                E57WriteOptions.DEFAULTS.with(E57WriteOptions.Coordinates.FLOAT, 1),
                Columns.scan("f", 100, Column.Type.DOUBLE),
                v);
        assertThat(lost).hasSize(1);
        double moved = Double.parseDouble(lost.get(0).replaceAll(".* by (\\S+) m .*", "$1"));
        assertThat(moved).isBetween(0.2, 0.25); // floats are 0.5 m apart at 4,500 km
        try (E57Reader r = E57Reader.open(file)) {
            assertThat(Columns.read(r, 0).get("y")[0]).isEqualTo((float) v.get("y")[0]);
        }
    }

    @Test
    void whatATypeCannotHoldIsCounted() {
        Map<String, double[]> v = far(4);
        v.put("i", new double[] {300, -1, 2.5, Double.NaN});
        Path file = folder.resolve("l.e57");
        Column c = Column.of("i", Column.Type.UINT8);
        List<String> lost = write(file, E57WriteOptions.DEFAULTS, Columns.scan("l\u0001", 4, Column.Type.DOUBLE, c), v);
        assertThat(String.join("\n", lost))
                .contains("2 values of i lie outside of 0.0 to 255.0")
                .contains("1 values of i are no number")
                .contains("1 characters of its name");
        try (E57Reader r = E57Reader.open(file)) {
            assertThat(Columns.read(r, 0).get("i")).containsExactly(255, 0, 2, 0);
            assertThat(r.scans().get(0).name()).isEqualTo("l\ufffd");
        }
    }

    @Test
    void aPositionThatStepsCannotHoldIsRefused() {
        for (double bad : new double[] {Double.NaN, 1e12, Double.POSITIVE_INFINITY}) {
            Map<String, double[]> v = far(3);
            v.get("z")[1] = bad;
            assertThatThrownBy(() -> write(
                            folder.resolve("n.e57"),
                            E57WriteOptions.DEFAULTS.with(E57WriteOptions.Coordinates.SCALED, 0.01),
                            Columns.scan("n", 3, Column.Type.DOUBLE),
                            v))
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("The value " + bad + " of cartesianZ cannot be stored");
            // what was begun and not ended is no E57 file
            assertThatThrownBy(() -> E57Reader.open(folder.resolve("n.e57"))).isInstanceOf(GrottoException.class);
        }
    }

    @Test
    void sameInputGivesTheSameBytesAndOtherInputAnotherIdentity() throws IOException {
        Map<String, double[]> values = new HashMap<>();
        Scan full = Samples.everyType(values, 300);
        Scan scan = new Scan(
                "n", null, full.pose(), full.eye(), 300, full.columns(), null, full.xyzType(), null, null, Map.of());
        Path a = folder.resolve("a.e57");
        Path b = folder.resolve("b.e57");
        write(a, E57WriteOptions.DEFAULTS, scan, values);
        try (E57Writer w = new E57Writer(b, E57WriteOptions.DEFAULTS)) {
            Columns.write(w, scan, values, 7); // other batches
        }
        assertThat(b).hasSameBinaryContentAs(a);
        values.get("x")[299] += 1e-9;
        write(b, E57WriteOptions.DEFAULTS, scan, values);
        try (E57Reader x = E57Reader.open(a);
                E57Reader y = E57Reader.open(b)) {
            assertThat(x.metadata().get("guid")).matches("\\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}}");
            assertThat(y.metadata().get("guid")).isNotEqualTo(x.metadata().get("guid"));
            assertThat(y.scans().get(0).guid()).isNotEqualTo(x.scans().get(0).guid());
        }
    }

    @Test
    void fileEntriesAreWritten() {
        Path file = folder.resolve("o.e57");
        new E57Writer(
                        file,
                        new E57WriteOptions(
                                E57WriteOptions.Coordinates.DOUBLE,
                                1,
                                false,
                                "{mine}",
                                "2025-01-02T03:04:05Z",
                                "GEOGCS[\"WGS 84\"]"))
                .close();
        try (E57Reader r = E57Reader.open(file)) {
            assertThat(r.scans()).isEmpty();
            assertThat(r.metadata())
                    .containsEntry("guid", "{mine}")
                    .containsEntry("creationDateTime", "2025-01-02T03:04:05Z")
                    .containsEntry("coordinateMetadata", "GEOGCS[\"WGS 84\"]");
        }
        assertThatThrownBy(() -> new E57WriteOptions(E57WriteOptions.Coordinates.DOUBLE, 0, false, "", "", ""))
                .isInstanceOf(GrottoException.class);
        assertThatThrownBy(() -> new E57WriteOptions(E57WriteOptions.Coordinates.DOUBLE, 1, false, "", "now", ""))
                .isInstanceOf(GrottoException.class);
    }

    @Test
    void anyColumnNameSurvives() {
        String[] names = {
            "Scalar field #1", "归一化", "_x0041_", "", "1st", "a:b", "xml:lang", "nor:normalX", "grotto:z", "a_x_b", "😀"
        };
        Map<String, double[]> v = far(2);
        Column[] columns = new Column[names.length];
        for (int i = 0; i < names.length; i++) {
            columns[i] = Column.of(names[i], Column.Type.DOUBLE);
            v.put(names[i], new double[] {i, -i});
            assertThat(E57Names.unescape(E57Names.escape(names[i]))).isEqualTo(names[i]);
        }
        Path file = folder.resolve("n.e57");
        write(file, E57WriteOptions.DEFAULTS, Columns.scan("n", 2, Column.Type.DOUBLE, columns), v);
        try (E57Reader r = E57Reader.open(file)) {
            assertThat(r.scans().get(0).columns().stream().map(Column::name)).containsExactly(names);
            Columns.read(r, 0).forEach((name, values) -> assertThat(values).containsExactly(v.get(name)));
        }
    }

    @Test
    void columnsOfTheSameNameAreAllKept() {
        Map<String, double[]> v = far(2);
        v.put("a", new double[] {1, 2});
        v.put(Column.RED, new double[] {3, 4});
        Column a = Column.of("a", Column.Type.FLOAT);
        Column red = Column.of(Column.RED, Column.Type.UINT8);
        Path file = folder.resolve("d.e57");
        write(file, E57WriteOptions.DEFAULTS, Columns.scan("d", 2, Column.Type.DOUBLE, a, red, a, red), v);
        try (E57Reader r = E57Reader.open(file)) {
            assertThat(r.scans().get(0).columns().stream().map(Column::name))
                    .containsExactly("a", Column.RED, "a#2", "grotto:red");
            assertThat(Columns.read(r, 0).get("a#2")).containsExactly(1, 2);
        }
    }

    @Test
    void scansOfDifferentColumnsAndCursorsSideBySide() {
        Path file = folder.resolve("m.e57");
        int scans = 5;
        try (E57Writer w = new E57Writer(file, E57WriteOptions.DEFAULTS)) {
            for (int s = 0; s < scans; s++) {
                int n = 20_000 * s;
                Map<String, double[]> v = far(n);
                Column[] c = new Column[s];
                for (int k = 0; k < s; k++) {
                    c[k] = Column.of("c" + k, Column.Type.INT32);
                    v.put("c" + k, IntStream.range(0, n).mapToDouble(i -> i).toArray());
                }
                Columns.write(w, Columns.scan("s" + s, n, Column.Type.FLOAT, c), v, 4096);
            }
        }
        try (E57Reader r = E57Reader.open(file)) {
            List<PointCursor> cursors =
                    IntStream.range(0, scans).mapToObj(r::points).toList();
            long[] seen = new long[scans];
            IntStream.range(0, scans).parallel().forEach(s -> {
                PointBatch batch = new PointBatch(r.scans().get(s).columns(), 999);
                while (cursors.get(s).next(batch)) {
                    for (int i = 0; i < batch.size; i++) {
                        for (double[] column : batch.columns) {
                            assertThat(column[i]).isEqualTo(seen[s]);
                        }
                        seen[s]++;
                    }
                }
                cursors.get(s).close();
            });
            assertThat(seen).containsExactly(0, 20_000, 40_000, 60_000, 80_000);
        }
    }

    @Test
    void misuseIsABugAndSaysSo() {
        E57Writer w = new E57Writer(folder.resolve("b.e57"), E57WriteOptions.DEFAULTS);
        Scan s = Columns.scan("s", 1, Column.Type.FLOAT);
        assertThatThrownBy(w::end).isInstanceOf(IllegalStateException.class);
        w.begin(s);
        assertThatThrownBy(() -> w.begin(s)).isInstanceOf(IllegalStateException.class);
        PointBatch other = new PointBatch(List.of(Column.of("a", Column.Type.FLOAT)), 5);
        assertThatThrownBy(() -> w.write(other)).isInstanceOf(IllegalArgumentException.class);
        w.close();
    }
}
