package org.grotto.format.e57;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.PointReader.PointCursor;
import org.grotto.format.PointWriter;
import org.grotto.format.Scan;

/** Whole scans in memory, for tests: a name to its values, "x", "y", "z" among them. */
final class Columns {
    private Columns() {}

    static Map<String, double[]> read(PointReader reader, int index) {
        try (PointCursor cursor = reader.points(index)) {
            return read(cursor, reader.scans().get(index), 1000);
        }
    }

    static Map<String, double[]> read(PointCursor cursor, Scan scan, int batchSize) {
        List<Column> schema = scan.columns();
        PointBatch batch = new PointBatch(schema, batchSize);
        int n = (int) scan.count();
        double[][] all = new double[3 + schema.size()][n];
        int at = 0;
        while (cursor.next(batch)) {
            System.arraycopy(batch.x, 0, all[0], at, batch.size);
            System.arraycopy(batch.y, 0, all[1], at, batch.size);
            System.arraycopy(batch.z, 0, all[2], at, batch.size);
            for (int c = 0; c < schema.size(); c++) {
                System.arraycopy(batch.columns[c], 0, all[3 + c], at, batch.size);
            }
            at += batch.size;
        }
        if (at != n || batch.size != 0) {
            throw new AssertionError(at + " points of " + n);
        }
        Map<String, double[]> m = new LinkedHashMap<>();
        m.put("x", all[0]);
        m.put("y", all[1]);
        m.put("z", all[2]);
        for (int c = 0; c < schema.size(); c++) {
            m.put(schema.get(c).name(), all[3 + c]);
        }
        return m;
    }

    /** Writes a scan in batches of {@code batchSize}. */
    static void write(PointWriter writer, Scan scan, Map<String, double[]> values, int batchSize) {
        writer.begin(scan);
        PointBatch batch = new PointBatch(scan.columns(), batchSize);
        int n = values.get("x").length;
        for (int at = 0; at < n; at += batchSize) {
            batch.size = Math.min(batchSize, n - at);
            System.arraycopy(values.get("x"), at, batch.x, 0, batch.size);
            System.arraycopy(values.get("y"), at, batch.y, 0, batch.size);
            System.arraycopy(values.get("z"), at, batch.z, 0, batch.size);
            for (int c = 0; c < scan.columns().size(); c++) {
                double[] v = values.get(scan.columns().get(c).name());
                System.arraycopy(v, at, batch.columns[c], 0, batch.size);
            }
            writer.write(batch);
        }
        writer.end();
    }

    /** Copies all scans of a file. */
    static List<String> copy(Path from, Path to, E57WriteOptions options) {
        try (E57Reader reader = E57Reader.open(from)) {
            E57Writer writer = new E57Writer(to, options);
            try (writer) {
                for (int i = 0; i < reader.scans().size(); i++) {
                    write(writer, reader.scans().get(i), read(reader, i), 777);
                }
            }
            return writer.lost();
        }
    }

    static Scan scan(String name, long count, Column.Type xyz, Column... columns) {
        return new Scan(name, null, null, null, count, List.of(columns), null, xyz, null, null, Map.of());
    }

    /** FNV-1a over the little-endian bytes of the doubles. */
    static long hash(double[] v) {
        long h = 0xcbf29ce484222325L;
        for (double d : v) {
            long b = Double.doubleToRawLongBits(d);
            for (int k = 0; k < 8; k++) {
                h = (h ^ (b >>> 8 * k & 0xff)) * 0x100000001b3L;
            }
        }
        return h;
    }

    static boolean same(double[] a, double[] b) {
        return Arrays.equals(a, b);
    }
}
