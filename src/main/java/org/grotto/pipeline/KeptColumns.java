package org.grotto.pipeline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.Scan;
import org.grotto.format.las.LasReader;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.ScanColumns;
import org.jspecify.annotations.Nullable;

/**
 * The columns of scans that go on beside position, normal, colour and intensity ({@link ScanColumns}). The headers of all
 * scans settle which there are; points of scans without one get its none.
 */
final class KeptColumns {
    private static final List<ColumnType> KNOWN = List.of(
            ScanColumns.ROW,
            ScanColumns.COL,
            ScanColumns.RETURN,
            ScanColumns.RETURNS,
            ScanColumns.CLASSIFICATION,
            ScanColumns.TIME,
            ScanColumns.NIR);

    private final List<GrowingColumn> columns = new ArrayList<>();

    /** @param expected points of all scans, 0 where unknown */
    KeptColumns(List<Scan> scans, int expected) {
        for (ColumnType t : KNOWN) {
            if (scans.stream().anyMatch(s -> column(s, t.name()) != null)) {
                columns.add(new GrowingColumn(t, expected));
            }
        }
        if (scans.stream().anyMatch(KeptColumns::rawSaysMore)) {
            boolean narrow = scans.stream().map(KeptColumns::raw).allMatch(KeptColumns::sixteen);
            ColumnType t = narrow
                    ? ScanColumns.as(ScanColumns.RAW_INTENSITY, ColumnType.Kind.UINT16)
                    : ScanColumns.RAW_INTENSITY;
            columns.add(new GrowingColumn(t, expected));
        }
    }

    /** The names of the scan's columns that neither go on from here nor are among {@code used}. */
    List<String> lost(Scan scan, Set<String> used) {
        Set<String> kept = new HashSet<>(used);
        for (GrowingColumn c : columns) {
            Column from = source(scan, c.type());
            if (from != null) {
                kept.add(from.name());
            }
        }
        return scan.columns().stream()
                .map(Column::name)
                .filter(n -> !kept.contains(n))
                .toList();
    }

    /** What the scan's times count from, as far as it says; null where it has none. */
    static @Nullable String clock(Scan scan) {
        if (column(scan, Column.TIME) == null) {
            return null;
        }
        String epoch = scan.metadata().get(LasReader.TIME_KEY);
        String start = scan.metadata().get("acquisitionStart/dateTimeValue"); // E57
        return epoch != null ? epoch : start != null ? "the scan's start, GPS time " + start + " s" : "not told";
    }

    /** Appends the points {@code kept[0..n)} of a batch of {@code scan}. */
    void add(Scan scan, PointBatch b, int[] kept, int n) {
        double[] v = new double[n];
        for (GrowingColumn to : columns) {
            Column from = source(scan, to.type());
            if (from == null) {
                to.addNone(n);
                continue;
            }
            double[] all = b.columns[b.indexOf(from.name())];
            for (int i = 0; i < n; i++) {
                v[i] = all[kept[i]];
            }
            prepare(from, to.type(), v);
            to.add(v, n);
        }
    }

    private static void prepare(Column from, ColumnType to, double[] v) {
        if (ScanColumns.description(to).equals(from.note())) {
            double none = to.none(); // the file is ours: its word for none stays one
            for (int i = 0; i < v.length; i++) {
                v[i] = v[i] == none ? Double.NaN : v[i];
            }
        }
        if (to.name().equals(ScanColumns.NIR.name())) {
            double[] range = Load.range(from);
            double scale = 65535 / (range[1] - range[0]);
            for (int i = 0; i < v.length; i++) {
                v[i] = (v[i] - range[0]) * scale;
            }
        }
    }

    /** The columns of all points added. */
    Columns build() {
        Columns out = Columns.NONE;
        for (GrowingColumn c : columns) {
            out = out.with(c.type(), c.array());
        }
        return out;
    }

    static @Nullable Column column(Scan scan, String name) {
        return scan.columns().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Column source(Scan scan, ColumnType type) {
        return type.name().equals(ScanColumns.RAW_INTENSITY.name()) ? raw(scan) : column(scan, type.name());
    }

    /** What the scan itself calls raw (a file of ours), or else its intensity. */
    private static @Nullable Column raw(Scan scan) {
        Column own = column(scan, ScanColumns.RAW_INTENSITY.name());
        return own != null ? own : column(scan, Column.INTENSITY);
    }

    private static boolean sixteen(@Nullable Column c) {
        return c != null && (c.type() == Column.Type.UINT8 || c.type() == Column.Type.UINT16);
    }

    /** Whether the raw intensity cannot be told from the normalised one: 16 bits that use the whole range can. */
    private static boolean rawSaysMore(Scan scan) {
        Column c = raw(scan);
        return c != null
                && !(c.name().equals(Column.INTENSITY)
                        && c.type() == Column.Type.UINT16
                        && c.min() == 0
                        && c.max() == 65535);
    }
}
