package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.las.LasReader;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.ColumnType.Kind;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.ScanColumns;
import org.grotto.scene.Station;
import org.grotto.store.Threads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in LAS's own fields, what in extra bytes, and what stays out of both. */
class CopcColumnsTest {
    private static final int N = 6;

    @TempDir
    Path dir;

    private final Work work = new Work(1, 1L << 28, Progress.NONE);

    @AfterEach
    void close() {
        work.close();
    }

    private static Cloud cloud(Columns columns) {
        int[] x = {0, 1, 2, 3, 4, 5};
        return new Cloud(new Lattice(0, 0, 0, 1), x, x.clone(), x.clone(), columns);
    }

    /** By column the values, in the order of the points; and the point format under "format". */
    private Map<String, double[]> written(Columns columns, List<Station> stations) {
        Path file = dir.resolve("c.copc.laz");
        Threads threads = new Threads(work);
        CopcBuilder.write(threads.store(cloud(columns), 1 << 14), stations, file, CopcOptions.DEFAULTS, threads);
        Map<String, double[]> out = new HashMap<>();
        try (LasReader r = LasReader.open(file)) {
            List<Column> list = r.scans().getFirst().columns();
            PointBatch b = new PointBatch(list, 10);
            try (PointReader.PointCursor c = r.points(0)) {
                c.next(b);
            }
            assertThat(b.size).isEqualTo(N);
            for (int k = 0; k < list.size(); k++) {
                double[] v = new double[N];
                for (int i = 0; i < N; i++) {
                    v[(int) b.x[i]] = b.columns[k][i];
                }
                out.put(list.get(k).name(), v);
            }
            out.put("format", new double[] {r.layout().format(), r.layout().extraBytes()});
            out.put("standard", new double[] {r.standardTime() ? 1 : 0});
        }
        return out;
    }

    @Test
    void aBareCloudHasNothingButTheFirstReturnOfOne() {
        Map<String, double[]> w = written(Columns.NONE, List.of());
        assertThat(w.get("format")).containsExactly(6, 0);
        assertThat(w.get("return")).containsOnly(1);
        assertThat(w.get("returns")).containsOnly(1);
        assertThat(w.get("classification")).containsOnly(0);
        assertThat(w.get("time")).containsOnly(0);
        assertThat(w.get("source")).containsOnly(0);
        assertThat(w.get("intensity")).containsOnly(0);
    }

    /** Fields of LAS are not written a second time as extra bytes, and the spacing, which follows from the points, never. */
    @Test
    void whatLasHasAFieldForStandsThereAlone() {
        Columns c = Columns.NONE
                .with(Columns.INTENSITY, new float[] {0, 0.25f, 0.5f, 1, 1.5f, -0.5f})
                .with(Columns.RGB16, new char[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 65533, 65534, 65535
                })
                .with(Columns.STATION, new char[] {0, 1, 2, 3, 65534, Cloud.NO_STATION})
                .with(Columns.SPACING, new float[N])
                .with(ScanColumns.RETURN, new byte[] {1, 2, 0, 15, 16, (byte) 255})
                .with(ScanColumns.RETURNS, new byte[] {3, 2, 0, 15, 17, (byte) 200})
                .with(ScanColumns.CLASSIFICATION, new byte[] {0, 1, 2, 3, (byte) 200, (byte) 255})
                .with(ScanColumns.TIME, new double[] {0, 1.5, -2, 1e9, Double.NaN, 1e-9})
                .with(ScanColumns.NIR, new char[] {0, 9, 99, 999, 9999, 65535});
        Map<String, double[]> w = written(c, List.of());
        assertThat(w.get("format")).as("no extra bytes").containsExactly(8, 0);
        assertThat(w.get("intensity")).containsExactly(0, 16384, 32768, 65535, 65535, 0);
        assertThat(w.get("red")).containsExactly(1, 4, 7, 10, 13, 65533);
        assertThat(w.get("green")).containsExactly(2, 5, 8, 11, 14, 65534);
        assertThat(w.get("blue")).containsExactly(3, 6, 9, 12, 15, 65535);
        assertThat(w.get("source")).containsExactly(1, 2, 3, 4, 65535, 0);
        assertThat(w.get("return")).as("none is 1, LAS ends at 15").containsExactly(1, 2, 1, 15, 15, 15);
        assertThat(w.get("returns")).containsExactly(3, 2, 1, 15, 15, 15);
        assertThat(w.get("classification")).containsExactly(0, 1, 2, 3, 200, 255);
        assertThat(w.get("time")).as("unknown is 0").containsExactly(0, 1.5, -2, 1e9, 0, 1e-9);
        assertThat(w.get("nir")).containsExactly(0, 9, 99, 999, 9999, 65535);
        assertThat(w.keySet()).noneMatch(k -> k.contains("spacing"));
    }

    @Test
    void aReturnWithoutACountIsTheLastOfItsPulse() {
        Map<String, double[]> w =
                written(Columns.NONE.with(ScanColumns.RETURN, new byte[] {1, 2, 3, 0, 4, 5}), List.of());
        assertThat(w.get("return")).containsExactly(1, 2, 3, 1, 4, 5);
        assertThat(w.get("returns")).containsExactly(1, 2, 3, 1, 4, 5);
        w = written(Columns.NONE.with(ScanColumns.RETURNS, new byte[] {1, 2, 3, 0, 4, 5}), List.of());
        assertThat(w.get("return")).containsOnly(1);
        assertThat(w.get("returns")).containsExactly(1, 2, 3, 1, 4, 5);
    }

    /** Near infrared has a field beside colour alone; without colour it is an extra byte, as the grid always is. */
    @Test
    void theGridAndInfraredWithoutColourStandInExtraBytes() {
        Columns c = Columns.NONE
                .with(ScanColumns.NIR, new char[] {0, 9, 99, 999, 9999, 65535})
                .with(ScanColumns.ROW, new char[] {0, 1, 2, 3, 65534, 65535})
                .with(ScanColumns.as(ScanColumns.COL, Kind.INT32), new int[] {-1, 0, 1, 70_000, 1 << 30, 5});
        Map<String, double[]> w = written(c, List.of());
        assertThat(w.get("format")).containsExactly(6, 8);
        assertThat(w.get("nir")).containsExactly(0, 9, 99, 999, 9999, 65535);
        assertThat(w.get("row")).containsExactly(0, 1, 2, 3, 65534, 65535);
        assertThat(w.get("col")).containsExactly(-1, 0, 1, 70_000, 1 << 30, 5);
        assertThat(w.get("return")).containsOnly(1);
    }

    @Test
    void everyKindAndWidthOfColumnComesBack() {
        float[] normals = new float[3 * N];
        for (int i = 0; i < N; i++) {
            normals[3 * i] = (float) Math.cos(i);
            normals[3 * i + 1] = (float) Math.sin(i);
            normals[3 * i + 2] = i / 6f;
        }
        Columns c = Columns.NONE
                .with(ColumnType.choice("a", Kind.UINT8, "x"), new byte[] {0, 1, 127, (byte) 128, (byte) 255, 7})
                .with(ColumnType.choice("b", Kind.UINT16, "x"), new char[] {0, 1, 255, 256, 65535, 7})
                .with(ColumnType.choice("c", Kind.INT32, "x"), new int[] {0, -1, 65536, 1 << 24, Integer.MIN_VALUE, 7})
                .with(ColumnType.choice("d", Kind.INT64, "x"), new long[] {0, -1, 1L << 40, 1L << 52, -(1L << 50), 7})
                .with(ColumnType.number("e", Kind.FLOAT32, "m", "x"), new float[] {0, -1, 0.1f, 1e30f, -1e-30f, 7})
                .with(ColumnType.number("f", Kind.FLOAT64, "m", "x"), new double[] {0, -1, 0.1, 1e300, -1e-300, 7})
                .with(
                        new ColumnType(
                                "g",
                                Kind.UINT16,
                                3,
                                "1",
                                0,
                                9,
                                0,
                                Double.NaN,
                                ColumnType.Between.LINEAR,
                                ColumnType.Weld.FIRST,
                                "x"),
                        new char[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18})
                .with(Columns.NORMAL, normals);
        Map<String, double[]> w = written(c, List.of());
        assertThat(w.get("format")).containsExactly(6, 12 + 1 + 2 + 4 + 8 + 4 + 8 + 6);
        assertThat(w.get("a")).containsExactly(0, 1, 127, 128, 255, 7);
        assertThat(w.get("b")).containsExactly(0, 1, 255, 256, 65535, 7);
        assertThat(w.get("c")).containsExactly(0, -1, 65536, 1 << 24, Integer.MIN_VALUE, 7);
        assertThat(w.get("d")).containsExactly(0, -1, 1L << 40, 1L << 52, -(1L << 50), 7);
        assertThat(w.get("e")).containsExactly(0, -1, 0.1f, 1e30f, -1e-30f, 7);
        assertThat(w.get("f")).containsExactly(0, -1, 0.1, 1e300, -1e-300, 7);
        assertThat(w.get("g-1")).containsExactly(1, 4, 7, 10, 13, 16);
        assertThat(w.get("g-2")).containsExactly(2, 5, 8, 11, 14, 17);
        assertThat(w.get("g-3")).containsExactly(3, 6, 9, 12, 15, 18);
        String[] axes = {Column.NX, Column.NY, Column.NZ};
        for (int i = 0; i < N; i++) {
            for (int a = 0; a < 3; a++) {
                double n = w.get(axes[a])[i];
                assertThat(n).isCloseTo(normals[3 * i + a], within(0.5001 / 16384));
                assertThat(n * 16384).as("whole steps of 1/16384").isEqualTo(Math.rint(n * 16384));
            }
        }
    }

    /** LAS tells 65,535 stations apart, beside none. */
    @Test
    void moreStationsThanLasTellsApartAreRefused() {
        Station s = new Station("s", "f", null, null, 1);
        assertThat(written(Columns.NONE, java.util.Collections.nCopies(65_535, s)))
                .isNotEmpty();
        assertThatThrownBy(() -> written(Columns.NONE, java.util.Collections.nCopies(65_536, s)))
                .hasMessageContaining("65536");
    }

    /** The file says that its times are standard where all stations with a clock say so, and there is one. */
    @Test
    void theEpochIsToldWhereAllClocksAgree() {
        Columns c = Columns.NONE.with(ScanColumns.TIME, new double[N]);
        String standard = LasReader.STANDARD_TIME;
        Object[][] cases = {
            {List.of(), 0},
            {Arrays.asList((String) null), 0},
            {List.of(standard), 1},
            {Arrays.asList(standard, null, standard), 1},
            {List.of(standard, "the scan's start"), 0}
        };
        for (Object[] k : cases) {
            List<?> clocks = (List<?>) k[0];
            List<Station> stations = clocks.stream()
                    .map(s -> new Station("s", "f", null, null, 1, null, (String) s))
                    .toList();
            assertThat(written(c, stations).get("standard"))
                    .as(clocks.toString())
                    .containsExactly((int) k[1]);
        }
    }
}
