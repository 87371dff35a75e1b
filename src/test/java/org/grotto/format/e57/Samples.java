package org.grotto.format.e57;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.grotto.format.Column;
import org.grotto.format.Scan;
import org.grotto.geometry.Pose;

/** Invented scans for tests, seeded. */
final class Samples {
    private Samples() {}

    /** A scan with a pose, metadata, and a column of every type and meaning; its values go to {@code values}. */
    static Scan everyType(Map<String, double[]> values, int n) {
        List<Column> columns = new ArrayList<>();
        SplittableRandom r = new SplittableRandom(7);
        for (String a : new String[] {"x", "y", "z"}) {
            values.put(a, r.doubles(n, -10, 10).toArray());
        }
        add(columns, values, Column.of(Column.INTENSITY, Column.Type.FLOAT, 0, 1), n, i -> (float) r.nextDouble());
        for (String c : new String[] {Column.RED, Column.GREEN}) {
            add(columns, values, Column.of(c, Column.Type.UINT8, 0, 255), n, i -> r.nextInt(256));
        }
        add(columns, values, Column.of(Column.BLUE, Column.Type.UINT16), n, i -> r.nextInt(65536));
        add(columns, values, Column.of(Column.ROW, Column.Type.UINT16), n, i -> i / 100);
        add(columns, values, Column.of(Column.COL, Column.Type.UINT32), n, i -> i % 100);
        add(columns, values, Column.of(Column.RETURN, Column.Type.UINT8), n, i -> 1);
        add(columns, values, Column.of(Column.RETURNS, Column.Type.UINT8), n, i -> 1);
        add(columns, values, Column.of(Column.TIME, Column.Type.DOUBLE), n, i -> 1e9 + i / 1000.0);
        add(columns, values, Column.of(Column.INVALID, Column.Type.UINT8), n, i -> i % 7 == 0 ? 2 : 0);
        for (String c : new String[] {Column.NX, Column.NY, Column.NZ}) {
            add(columns, values, Column.of(c, Column.Type.FLOAT), n, i -> (float) r.nextDouble(-1, 1));
        }
        for (Column.Type t : Column.Type.values()) {
            Column c = t == Column.Type.SCALED
                    ? new Column("scaled 比例", t, Double.NaN, Double.NaN, 0.25, 3, null)
                    : Column.of("type " + t, t);
            add(columns, values, c, n, i -> value(t, r));
        }
        add(
                columns,
                values,
                new Column("las:source", Column.Type.INT32, Double.NaN, Double.NaN, 1, 0, E57Names.NOTE + "http://las"),
                n,
                i -> -i);
        return new Scan(
                "北壁 & <Höhle> \"1\"",
                "{11111111-2222-3333-4444-555555555555}",
                new Pose(0.5, 0.5, -0.5, 0.5, 100, 200.25, -3),
                new double[3],
                n,
                List.copyOf(columns),
                null,
                Column.Type.DOUBLE,
                null,
                null,
                Map.of(
                        "sensorVendor", "Größe",
                        "temperature", "12.5",
                        "acquisitionStart", "2024-05-06T07:08:09Z",
                        "originalGuids/0", "a",
                        "originalGuids/1", "b",
                        "las:projectId", "x\ny\r\tz]]>"));
    }

    private static double value(Column.Type t, SplittableRandom r) {
        return switch (t) {
            case INT8 -> r.nextInt(-128, 128);
            case UINT8 -> r.nextInt(256);
            case INT16 -> r.nextInt(-32768, 32768);
            case UINT16 -> r.nextInt(65536);
            case INT32 -> r.nextInt();
            case UINT32 -> r.nextLong(1L << 32);
            case INT64 -> r.nextLong() >> 11;
            case UINT64 -> r.nextLong() >>> 11;
            case FLOAT -> (float) r.nextDouble(-1e9, 1e9);
            case DOUBLE -> r.nextDouble(-1e9, 1e9);
            case SCALED -> r.nextInt() * 0.25 + 3;
        };
    }

    private interface Value {
        double at(int i);
    }

    private static void add(List<Column> columns, Map<String, double[]> values, Column c, int n, Value v) {
        columns.add(c);
        double[] a = new double[n];
        for (int i = 0; i < n; i++) {
            a[i] = v.at(i);
        }
        values.put(c.name(), a);
    }

    static Scan empty(Scan s) {
        return new Scan(
                "empty", null, null, null, 0, s.columns(), null, s.xyzType(), s.xyzScale(), s.xyzOffset(), Map.of());
    }

    static Map<String, double[]> none(Map<String, double[]> values) {
        Map<String, double[]> m = new HashMap<>();
        values.keySet().forEach(k -> m.put(k, new double[0]));
        return m;
    }
}
