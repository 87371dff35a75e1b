package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.mreutegg.laszip4j.LASPoint;
import com.github.mreutegg.laszip4j.LASReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.PointWriter;
import org.grotto.format.Scan;
import org.grotto.format.e57.E57WriteOptions;
import org.grotto.format.e57.E57Writer;
import org.grotto.format.las.LasReader;
import org.grotto.format.las.LasWriteOptions;
import org.grotto.format.las.LasWriter;
import org.grotto.format.las.LazPerf;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType.Kind;
import org.grotto.geometry.ScanColumns;
import org.grotto.lod.CopcBuilder;
import org.grotto.lod.CopcOptions;
import org.grotto.scene.Station;
import org.grotto.store.Threads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What scans say of a point reaches the point cloud of the package, or is named. */
class ScanColumnsTest {
    @TempDir
    Path dir;

    private final Work work = new Work(2, 1L << 30, Progress.NONE);

    @AfterEach
    void close() {
        work.close();
    }

    /** The value of column {@code c} at point {@code i}. */
    private interface Value {
        double of(Column c, int i);
    }

    private static Scan scan(String name, int n, Column.Type xyz, Map<String, String> metadata, Column... columns) {
        return new Scan(name, null, null, null, n, List.of(columns), null, xyz, null, null, metadata);
    }

    private static void write(PointWriter w, Scan scan, Value value) {
        w.begin(scan);
        PointBatch b = new PointBatch(scan.columns(), (int) scan.count());
        b.size = b.capacity;
        for (int i = 0; i < b.size; i++) {
            b.x[i] = i % 50;
            b.y[i] = i / 50;
            b.z[i] = scan.name().length();
            for (int k = 0; k < b.columns.length; k++) {
                b.columns[k][i] = value.of(scan.columns().get(k), i);
            }
        }
        w.write(b);
        w.end();
    }

    private Path e57(String file, Value value, Scan... scans) {
        Path p = dir.resolve(file);
        try (E57Writer w = new E57Writer(p, E57WriteOptions.DEFAULTS)) {
            for (Scan s : scans) {
                write(w, s, value);
            }
        }
        return p;
    }

    private Loaded load(Path... files) {
        return Load.run(List.of(files), InputOptions.DEFAULTS, work);
    }

    private Path copc(Loaded loaded) {
        Path p = dir.resolve("cave.copc.laz");
        CopcBuilder.write(
                new Threads(work).store(loaded.cloud(), 1 << 14),
                loaded.stations(),
                p,
                new CopcOptions(1000, 1e-5, null),
                new Threads(work));
        return p;
    }

    private static double value(Cloud c, String column, int i) {
        return c.columns.value(c.columns.indexOf(column), i, 0);
    }

    @Test
    void whatAReaderDeclaresIsKeptOrNamed() {
        Column[] columns = {
            Column.of(Column.INTENSITY, Column.Type.UINT16, 0, 4095),
            Column.of(Column.ROW, Column.Type.UINT16),
            Column.of(Column.COL, Column.Type.UINT32),
            Column.of(Column.RETURN, Column.Type.UINT8),
            Column.of(Column.RETURNS, Column.Type.UINT8),
            Column.of(Column.TIME, Column.Type.DOUBLE),
            Column.of(Column.CLASSIFICATION, Column.Type.UINT8),
            Column.of(Column.NIR, Column.Type.UINT16),
            Column.of(Column.INVALID, Column.Type.UINT8),
            Column.of(Column.RED, Column.Type.UINT8, 0, 255),
            Column.of(Column.NX, Column.Type.FLOAT),
            Column.of("moisture", Column.Type.FLOAT)
        };
        Path file = e57("all.e57", (c, i) -> 0, scan("a", 200, Column.Type.DOUBLE, Map.of(), columns));
        Loaded loaded = load(file);
        Set<String> declared = new TreeSet<>();
        try (PointReader r = Inputs.points(file, work)) {
            r.scans().getFirst().columns().forEach(c -> declared.add(c.name()));
        }
        assertThat(declared).hasSize(columns.length);
        Set<String> found = new TreeSet<>(List.of(Column.INVALID)); // has done its work
        loaded.cloud().columns.types().forEach(t -> found.add(t.name()));
        found.removeAll(Set.of("station", "raw-intensity"));
        String said = String.join("\n", loaded.dropped());
        Set<String> named = new TreeSet<>();
        declared.stream().filter(n -> said.matches("(?s).*\\b" + n + "\\b.*")).forEach(named::add);
        assertThat(named).containsExactly("moisture", Column.NX, Column.RED);
        found.addAll(named);
        assertThat(found).isEqualTo(declared);
    }

    @Test
    void rowsAndColumnsOfAnE57ReachTheCopcBesideAScanWithout() {
        Column[] grid = {
            Column.of(Column.ROW, Column.Type.UINT32),
            Column.of(Column.COL, Column.Type.UINT16),
            Column.of(Column.INTENSITY, Column.Type.FLOAT, 0, 1)
        };
        Value value = (c, i) -> switch (c.name()) {
            case Column.ROW -> i / 50;
            case Column.COL -> 9000 + i % 50;
            default -> (float) (1 / (3.0 + i));
        };
        Path file = e57(
                "grid.e57",
                value,
                scan("a", 2000, Column.Type.DOUBLE, Map.of(), grid),
                scan("bb", 2000, Column.Type.DOUBLE, Map.of()));
        Loaded loaded = load(file);
        assertThat(Objects.requireNonNull(loaded.cloud().columns.type("row")).kind())
                .isEqualTo(Kind.UINT16);
        Path copc = copc(loaded);
        Loaded back = load(copc);
        Cloud c = back.cloud();
        assertThat(c.size).isEqualTo(4000);
        for (String index : List.of("row", "col")) {
            assertThat(Objects.requireNonNull(c.columns.type(index)).kind())
                    .as("65535 in our own file is none, and no row that would want more bits")
                    .isEqualTo(Kind.UINT16);
        }
        int bare = 0;
        for (int i = 0; i < c.size; i++) {
            int x = (int) Math.rint(c.px(i));
            int y = (int) Math.rint(c.py(i));
            boolean first = Math.rint(c.pz(i)) == 1;
            assertThat(value(c, "row", i)).isEqualTo(first ? y : 65535);
            assertThat(value(c, "col", i)).isEqualTo(first ? 9000 + x : 65535);
            Double raw = value(c, "raw-intensity", i);
            assertThat(raw).isEqualTo(Double.valueOf(first ? (float) (1 / (3.0 + x + 50 * y)) : Double.NaN));
            bare += first ? 0 : 1;
        }
        assertThat(bare).isEqualTo(2000);
        assertThat(back.dropped().toString()).doesNotContain("row").doesNotContain("raw-intensity");
    }

    @Test
    void othersReadTheColumnsOfTheCopc() throws Exception {
        Path file = dir.resolve("g.ptx");
        StringBuilder b = new StringBuilder("30\n20\n0 0 0\n1 0 0\n0 1 0\n0 0 1\n1 0 0 0\n0 1 0 0\n0 0 1 0\n5 6 7 1\n");
        for (int i = 0; i < 600; i++) {
            b.append(i == 7 ? "0 0 0 0.5 0 0 0\n" : i + " 1 2 0.25 128 255 0\n");
        }
        Files.writeString(file, b, StandardCharsets.US_ASCII);
        Loaded loaded = load(file);
        assertThat(loaded.dropped()).isEmpty();
        double origin = loaded.cloud().lattice.originX();
        Path copc = copc(loaded);
        JsonNode r = LazPerf.run("copc", copc);
        assertThat(r.get("count").asInt()).isEqualTo(599);
        assertThat(r.get("eb").toString()).isEqualTo("[\"row:unsigned2\",\"col:unsigned2\",\"raw-intensity:float4\"]");
        Set<Integer> seen = new TreeSet<>();
        try (LasReader las = LasReader.open(copc)) {
            List<String> notes = las.scans().getFirst().columns().stream()
                    .map(Column::note)
                    .filter(Objects::nonNull)
                    .toList();
            assertThat(notes)
                    .contains(
                            "row of the scan; 65535: none",
                            "column of the scan; 65535: none",
                            "as the scan stores it; NaN: none");
        }
        for (LASPoint p : new LASReader(copc.toFile()).getPoints()) {
            int i = (int) Math.rint(p.getX() * 1e-5 + origin - 5); // that reader knows no offsets
            seen.add(i);
            assertThat(p.getGreen() & 0xFFFF).isEqualTo(65535);
            assertThat(p.getRed() & 0xFFFF).as("8 bits, widened").isEqualTo(128 * 257);
        }
        assertThat(seen).hasSize(599).doesNotContain(7);
        Cloud c = load(copc).cloud();
        for (int i = 0; i < c.size; i++) {
            int ray = (int) Math.rint(c.px(i)) - 5;
            assertThat(value(c, "row", i)).isEqualTo(ray % 20);
            assertThat(value(c, "col", i)).isEqualTo(ray / 20);
        }
    }

    @Test
    void fieldsOfALasFileComeBackFromTheCopc() throws Exception {
        Column[] columns = {
            Column.of(Column.INTENSITY, Column.Type.UINT16, 0, 65535),
            Column.of(Column.RETURN, Column.Type.UINT8, 0, 15),
            Column.of(Column.RETURNS, Column.Type.UINT8, 0, 15),
            Column.of(Column.CLASSIFICATION, Column.Type.UINT8, 0, 255),
            Column.of(Column.TIME, Column.Type.DOUBLE),
            Column.of(Column.RED, Column.Type.UINT16, 0, 65535),
            Column.of(Column.GREEN, Column.Type.UINT16, 0, 65535),
            Column.of(Column.BLUE, Column.Type.UINT16, 0, 65535),
            Column.of(Column.NIR, Column.Type.UINT16, 0, 65535)
        };
        Scan s = scan("a", 3000, Column.Type.DOUBLE, Map.of(LasReader.TIME_KEY, LasReader.STANDARD_TIME), columns);
        Value value = (c, i) -> switch (c.name()) {
            case Column.RETURN -> 1 + i % 3;
            case Column.RETURNS -> 3 + i % 4;
            case Column.CLASSIFICATION -> i % 200;
            case Column.TIME -> 1e8 + i / 7.0;
            default -> (i * 37 + c.name().length() * 1000) % 65536;
        };
        Path las = dir.resolve("in.las");
        try (LasWriter w = new LasWriter(las, LasWriteOptions.LAS, List.of(s), work)) {
            write(w, s, value);
        }
        Loaded loaded = load(las);
        assertThat(loaded.stations().getFirst().clock()).isEqualTo(LasReader.STANDARD_TIME);
        assertThat(loaded.cloud().columns.has("raw-intensity"))
                .as("16 bits over the whole range are the raw ones")
                .isFalse();
        Path copc = copc(loaded);
        assertThat(LazPerf.run("copc", copc).get("count").asInt()).isEqualTo(3000);
        try (LasReader r = LasReader.open(copc)) {
            assertThat(r.layout().format()).isEqualTo(8);
            Scan back = r.scans().getFirst();
            assertThat(back.metadata()).containsEntry(LasReader.TIME_KEY, LasReader.STANDARD_TIME);
            PointBatch b = new PointBatch(back.columns(), 4000);
            try (PointReader.PointCursor cursor = r.points(0)) {
                for (int n = 0; cursor.next(b); n += b.size) {
                    for (int i = 0; i < b.size; i++) {
                        int id = (int) (Math.rint(b.x[i]) + 50 * Math.rint(b.y[i]));
                        for (Column c : columns) {
                            assertThat(b.columns[b.indexOf(c.name())][i])
                                    .as(c.name())
                                    .isEqualTo(value.of(c, id));
                        }
                    }
                }
            }
        }
    }

    @Test
    void scansOfOneWallWithDifferentLimitsStayComparable() throws Exception {
        List<Column> a = List.of(Column.of(Column.INTENSITY, Column.Type.UINT16, 0, 1000));
        List<Column> b = List.of(Column.of(Column.INTENSITY, Column.Type.FLOAT, 100, 4100));
        Scan one = scan("a", 100, Column.Type.DOUBLE, Map.of(), a.getFirst());
        Scan two = scan("bb", 100, Column.Type.DOUBLE, Map.of(), b.getFirst());
        // the same reflectances: 0, 0.01, ... 0.98, and last one far above what the scans declare
        Value value = (c, i) -> c.min() + (c.max() - c.min()) * (i == 99 ? 1.5 : i / 100.0);
        Loaded loaded = load(e57("wall.e57", value, one, two));
        Cloud c = loaded.cloud();
        float[] in = Objects.requireNonNull(c.intensity());
        for (int i = 0; i < 100; i++) {
            assertThat(in[i]).isEqualTo(i == 99 ? 1.5f : i / 100f, org.assertj.core.data.Offset.offset(1e-6f));
            assertThat(in[100 + i]).isEqualTo(in[i], org.assertj.core.data.Offset.offset(1e-6f));
            assertThat(value(c, "raw-intensity", i)).isEqualTo(value.of(a.getFirst(), i));
            assertThat(value(c, "raw-intensity", 100 + i)).isEqualTo((float) value.of(b.getFirst(), i));
        }
        assertThat(work.faults()
                        .all()
                        .get("intensity above what its scan declares")
                        .count())
                .isEqualTo(2);
        assertThat(loaded.stations().stream().map(Station::intensity))
                .containsExactly(new Station.Limits(0, 1000, true), new Station.Limits(100, 4100, true));
        int brightest = 0;
        for (LASPoint p : new LASReader(copc(loaded).toFile()).getPoints()) {
            brightest = Math.max(brightest, p.getIntensity() & 0xFFFF);
        }
        assertThat(brightest).as("LAS ends at 16 bits").isEqualTo(65535);
    }

    @Test
    void scansWithoutLimitsShareOneScale() throws Exception {
        Path dim = dir.resolve("a dim.xyz");
        Path bright = dir.resolve("b bright.xyz");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i <= 100; i++) {
            lines.add(i + " 0 1 " + i * 10);
        }
        Files.write(dim, lines);
        Files.write(bright, lines.stream().map(l -> l + "0").toList());
        Loaded loaded = load(dim, bright);
        float[] in = Objects.requireNonNull(loaded.cloud().intensity());
        assertThat(in[100]).isEqualTo(0.1f);
        assertThat(in[101 + 10]).isEqualTo(in[100]);
        assertThat(in[101 + 100]).isEqualTo(1);
        assertThat(loaded.stations())
                .allSatisfy(s -> assertThat(s.intensity()).isEqualTo(new Station.Limits(0, 10_000, false)));
        assertThat(loaded.dropped())
                .anySatisfy(s -> assertThat(s).contains("dim.xyz").contains("0 to 10000 was taken"));
        assertThat(work.faults().all()).isEmpty();
    }

    @Test
    void indicesThatOutgrowSixteenBitsMoveToThirtyTwo() {
        GrowingColumn c = new GrowingColumn(ScanColumns.ROW, 10);
        c.addNone(2);
        double[] v = IntStream.range(0, 70_000).mapToDouble(i -> i).toArray();
        c.add(v, v.length);
        c.add(new double[] {Double.NaN, 3}, 2);
        assertThat(c.type().kind()).isEqualTo(Kind.INT32);
        int[] all = (int[]) c.array();
        assertThat(Arrays.copyOf(all, 3)).containsExactly(-1, -1, 0);
        assertThat(IntStream.range(0, 70_000).allMatch(i -> all[2 + i] == i)).isTrue();
        assertThat(Arrays.copyOfRange(all, 70_002, all.length)).containsExactly(-1, 3);
    }
}
