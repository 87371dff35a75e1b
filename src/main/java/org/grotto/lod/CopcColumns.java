package org.grotto.lod;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.format.Column;
import org.grotto.format.las.LasConverter;
import org.grotto.format.las.LasLayout;
import org.grotto.format.las.LasPoints;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.ScanColumns;
import org.jspecify.annotations.Nullable;

/**
 * Where the columns of a cloud stand in LAS records: in LAS's own fields where it has one, else in extra bytes under their
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
    private record Extra(ColumnType type, Object array, int component, int at) {}

    private final Cloud cloud;
    private final LasLayout layout;
    private final List<Column> described = new ArrayList<>();
    private final List<Extra> extras = new ArrayList<>();

    CopcColumns(Cloud cloud) {
        this.cloud = cloud;
        boolean nir = cloud.rgb() != null && cloud.columns.chars(ScanColumns.NIR.name()) != null;
        int at = 0;
        if (cloud.normals() != null) {
            for (String n : List.of(Column.NX, Column.NY, Column.NZ)) {
                described.add(Column.of(n, Column.Type.FLOAT));
            }
            at = 12;
        }
        for (ColumnType t : cloud.columns.types()) {
            if (FIELDS.contains(t.name()) || nir && t.name().equals(ScanColumns.NIR.name())) {
                continue;
            }
            Object array = Objects.requireNonNull(cloud.columns.array(t.name()));
            for (int c = 0; c < t.width(); c++) {
                String name = t.width() == 1 ? t.name() : t.name() + "-" + (c + 1);
                described.add(
                        new Column(name, type(t.kind()), Double.NaN, Double.NaN, 1, 0, ScanColumns.description(t)));
                extras.add(new Extra(t, array, c, at));
                at += t.kind().bytes();
            }
        }
        layout = LasLayout.of(nir ? 8 : cloud.rgb() != null ? 7 : 6, at);
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

    /** Fills the points [from, to), all but their positions. */
    void fill(LasPoints p, int from, int to) {
        fields(p, from, to);
        scanFields(p, from, to);
        normals(p, from, to);
        for (Extra e : extras) {
            extra(e, p, from, to);
        }
    }

    private void fields(LasPoints p, int from, int to) {
        float[] intensity = cloud.intensity();
        if (intensity != null) {
            for (int i = from; i < to; i++) {
                p.intensity[i] = (char) Math.round(65535 * Math.max(0, Math.min(1, intensity[i])));
            }
        }
        char[] station = cloud.station();
        if (station != null) {
            for (int i = from; i < to; i++) {
                p.source[i] = (char) (station[i] + 1); // NO_STATION becomes 0
            }
        }
        char[] rgb = cloud.rgb();
        if (rgb != null && p.red != null && p.green != null && p.blue != null) {
            for (int i = from; i < to; i++) {
                p.red[i] = rgb[3 * i];
                p.green[i] = rgb[3 * i + 1];
                p.blue[i] = rgb[3 * i + 2];
            }
        }
        char[] nir = cloud.columns.chars(ScanColumns.NIR.name());
        if (nir != null && p.nir != null) {
            System.arraycopy(nir, from, p.nir, from, to - from);
        }
    }

    private void scanFields(LasPoints p, int from, int to) {
        byte[] number = cloud.columns.bytes(ScanColumns.RETURN.name());
        byte[] count = cloud.columns.bytes(ScanColumns.RETURNS.name());
        for (int i = from; i < to; i++) {
            int r = number == null ? 1 : nibble(number[i]);
            int n = count == null ? r : nibble(count[i]);
            p.returns[i] = (byte) (n << 4 | r);
        }
        byte[] classes = cloud.columns.bytes(ScanColumns.CLASSIFICATION.name());
        if (classes != null) {
            System.arraycopy(classes, from, p.classification, from, to - from);
        }
        double[] time = cloud.columns.doubles(ScanColumns.TIME.name());
        if (time != null && p.time != null) {
            for (int i = from; i < to; i++) {
                p.time[i] = Double.isNaN(time[i]) ? 0 : Double.doubleToRawLongBits(time[i]);
            }
        }
    }

    /** Four bits hold up to 15; 0 is none, which LAS does not have. */
    private static int nibble(byte v) {
        return Math.clamp(v & 255, 1, 15);
    }

    private void normals(LasPoints p, int from, int to) {
        float[] normals = cloud.normals();
        if (normals == null) {
            return;
        }
        for (int i = from; i < to; i++) {
            for (int k = 0; k < 3; k++) {
                put(p, 4 * k, 4, i, Float.floatToRawIntBits(Math.round(normals[3 * i + k] * 16384) / 16384f));
            }
        }
    }

    private static void extra(Extra e, LasPoints p, int from, int to) {
        Object array = e.array;
        int w = e.type.width();
        int size = e.type.kind().bytes();
        for (int i = from; i < to; i++) {
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
