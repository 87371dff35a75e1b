package org.grotto.lod;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.grotto.format.Column;
import org.grotto.format.las.LasConverter;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.ScanColumns;
import org.jspecify.annotations.Nullable;

/**
 * Where the columns of a store stand in LAS records: in LAS's own fields where it has one, else in extra bytes under their
 * own names, after the normals. Near infrared has a field beside colour only; a return that is not known is written as
 * 1 of 1, a class and a time as 0. The spacing is left out: it follows from the points.
 */
final class CopcColumns {
    private static final Set<String> FIELDS = Set.of(
            Columns.NORMAL.name(),
            Columns.RGB16.name(),
            Columns.INTENSITY.name(),
            Columns.STATION.name(),
            Columns.SPACING.name(),
            ScanColumns.RETURN.name(),
            ScanColumns.RETURNS.name(),
            ScanColumns.CLASSIFICATION.name(),
            ScanColumns.TIME.name());

    /** Component of a column in extra bytes {@code at} and following. */
    private record Extra(ColumnType type, int component, int at) {}

    private final Set<String> needs;
    private final LasLayout layout;
    private final List<Column> described = new ArrayList<>();
    private final List<Extra> extras = new ArrayList<>();

    CopcColumns(List<ColumnType> columns) {
        this.needs = columns.stream().map(ColumnType::name).collect(Collectors.toUnmodifiableSet());
        boolean rgb = needs.contains(Columns.RGB16.name());
        boolean nir = rgb && needs.contains(ScanColumns.NIR.name());
        int at = 0;
        if (needs.contains(Columns.NORMAL.name())) {
            for (String n : List.of(Column.NX, Column.NY, Column.NZ)) {
                described.add(Column.of(n, Column.Type.FLOAT));
            }
            at = 12;
        }
        for (ColumnType t : columns) {
            if (FIELDS.contains(t.name()) || nir && t.name().equals(ScanColumns.NIR.name())) {
                continue;
            }
            for (int c = 0; c < t.width(); c++) {
                String name = t.width() == 1 ? t.name() : t.name() + "-" + (c + 1);
                described.add(
                        new Column(name, type(t.kind()), Double.NaN, Double.NaN, 1, 0, ScanColumns.description(t)));
                extras.add(new Extra(t, c, at));
                at += t.kind().bytes();
            }
        }
        layout = LasLayout.of(nir ? 8 : rgb ? 7 : 6, at);
    }

    private static Column.Type type(ColumnType.Kind kind) {
        return switch (kind) {
            case UINT8 -> Column.Type.UINT8;
            case UINT16 -> Column.Type.UINT16;
            case INT32 -> Column.Type.INT32;
            case INT64 -> Column.Type.INT64;
            case FLOAT32 -> Column.Type.FLOAT;
            case FLOAT64 -> Column.Type.DOUBLE;
        };
    }

    LasLayout layout() {
        return layout;
    }

    /** The payload of the Extra Bytes record, or null where there are none. */
    byte @Nullable [] description() {
        return described.isEmpty() ? null : LasConverter.extraBytes(described);
    }

    /** The columns that are written. */
    Set<String> needs() {
        return needs;
    }

    /** Fills the records of all points of {@code cloud}, all but their positions. */
    void fill(Cloud cloud, LasPoints p) {
        fields(cloud, p);
        scanFields(cloud, p);
        normals(cloud, p);
        for (Extra e : extras) {
            extra(e, Objects.requireNonNull(cloud.columns.array(e.type.name())), p);
        }
    }

    private static void fields(Cloud cloud, LasPoints p) {
        float[] intensity = cloud.intensity();
        if (intensity != null) {
            for (int i = 0; i < p.size; i++) {
                p.intensity[i] = (char) Math.round(65535 * Math.max(0, Math.min(1, intensity[i])));
            }
        }
        char[] station = cloud.station();
        if (station != null) {
            for (int i = 0; i < p.size; i++) {
                p.source[i] = (char) (station[i] + 1); // NO_STATION becomes 0
            }
        }
        char[] rgb = cloud.rgb();
        if (rgb != null && p.red != null && p.green != null && p.blue != null) {
            for (int i = 0; i < p.size; i++) {
                p.red[i] = rgb[3 * i];
                p.green[i] = rgb[3 * i + 1];
                p.blue[i] = rgb[3 * i + 2];
            }
        }
        char[] nir = cloud.columns.chars(ScanColumns.NIR.name());
        if (nir != null && p.nir != null) {
            System.arraycopy(nir, 0, p.nir, 0, p.size);
        }
    }

    private static void scanFields(Cloud cloud, LasPoints p) {
        byte[] number = cloud.columns.bytes(ScanColumns.RETURN.name());
        byte[] count = cloud.columns.bytes(ScanColumns.RETURNS.name());
        for (int i = 0; i < p.size; i++) {
            int r = number == null ? 1 : nibble(number[i]);
            int n = count == null ? r : nibble(count[i]);
            p.returns[i] = (byte) (n << 4 | r);
        }
        byte[] classes = cloud.columns.bytes(ScanColumns.CLASSIFICATION.name());
        if (classes != null) {
            System.arraycopy(classes, 0, p.classification, 0, p.size);
        }
        double[] time = cloud.columns.doubles(ScanColumns.TIME.name());
        if (time != null && p.time != null) {
            for (int i = 0; i < p.size; i++) {
                p.time[i] = Double.isNaN(time[i]) ? 0 : Double.doubleToRawLongBits(time[i]);
            }
        }
    }

    /** Four bits hold up to 15; 0 is none, which LAS does not have. */
    private static int nibble(byte v) {
        return Math.clamp(v & 255, 1, 15);
    }

    private static void normals(Cloud cloud, LasPoints p) {
        float[] normals = cloud.normals();
        if (normals == null) {
            return;
        }
        for (int i = 0; i < p.size; i++) {
            for (int k = 0; k < 3; k++) {
                put(p, 4 * k, 4, i, Float.floatToRawIntBits(Math.round(normals[3 * i + k] * 16384) / 16384f));
            }
        }
    }

    private static void extra(Extra e, Object array, LasPoints p) {
        int w = e.type.width();
        int size = e.type.kind().bytes();
        for (int i = 0; i < p.size; i++) {
            int k = w * i + e.component;
            long bits = switch (e.type.kind()) {
                case UINT8 -> ((byte[]) array)[k];
                case UINT16 -> ((char[]) array)[k];
                case INT32 -> ((int[]) array)[k];
                case INT64 -> ((long[]) array)[k];
                case FLOAT32 -> Float.floatToRawIntBits(((float[]) array)[k]);
                case FLOAT64 -> Double.doubleToRawLongBits(((double[]) array)[k]);
            };
            put(p, e.at, size, i, bits);
        }
    }

    private static void put(LasPoints p, int at, int size, int i, long bits) {
        for (int k = 0; k < size; k++) {
            p.extra[at + k][i] = (byte) (bits >>> 8 * k);
        }
    }
}
