package org.grotto.format.las;

import java.util.List;
import org.grotto.format.Column;
import org.grotto.format.las.point.Bytes;

/** The Extra Bytes record (LASF_Spec 4) that describes columns we append to point records. */
final class ExtraBytesRecord {
    private static final int DESCRIPTOR = 192;

    private ExtraBytesRecord() {}

    /** The LAS data type that keeps all values of {@code c}. Normals are floats: 24 bits are finer than any scanner. */
    static int type(Column c) {
        if (isNormal(c)) {
            return 9;
        }
        return switch (c.type()) {
            case UINT8 -> 1;
            case INT8 -> 2;
            case UINT16 -> 3;
            case INT16 -> 4;
            case UINT32 -> 5;
            case INT32 -> 6;
            case UINT64 -> 7;
            case INT64, SCALED -> 8;
            case FLOAT -> 9;
            case DOUBLE -> 10;
        };
    }

    static boolean isNormal(Column c) {
        return c.name().equals(Column.NX)
                || c.name().equals(Column.NY)
                || c.name().equals(Column.NZ);
    }

    static int size(int type) {
        return switch (type) {
            case 1, 2 -> 1;
            case 3, 4 -> 2;
            case 5, 6, 9 -> 4;
            default -> 8;
        };
    }

    static int bytes(List<Column> columns) {
        int n = 0;
        for (Column c : columns) {
            n += size(type(c));
        }
        return n;
    }

    static byte[] record(List<Column> columns) {
        byte[] b = new byte[DESCRIPTOR * columns.size()];
        int at = 0;
        for (Column c : columns) {
            b[at + 2] = (byte) type(c);
            if (c.type() == Column.Type.SCALED && !isNormal(c)) {
                b[at + 3] = 8 | 16;
                Bytes.putDouble(b, at + 112, c.scale());
                Bytes.putDouble(b, at + 136, c.offset());
            }
            Bytes.putText(b, at + 4, 32, name(c));
            Bytes.putText(b, at + 160, 32, c.note() == null ? "" : c.note());
            at += DESCRIPTOR;
        }
        return Vlr.bytes(Vlr.SPEC, Vlr.EXTRA_BYTES, "Extra Bytes", b);
    }

    private static String name(Column c) {
        return switch (c.name()) {
            case Column.NX -> "NormalX";
            case Column.NY -> "NormalY";
            case Column.NZ -> "NormalZ";
            default -> c.name();
        };
    }

    /** Puts the bytes of values v[from..from+n) of a column of {@code type} into extra bytes {@code at} and following. */
    static void put(Column c, double[] v, int from, byte[][] extra, int at, int to, int n) {
        int type = type(c);
        int size = size(type);
        boolean scaled = c.type() == Column.Type.SCALED && type == 8;
        for (int i = 0; i < n; i++) {
            double d = v[from + i];
            long raw = switch (type) {
                case 9 -> Float.floatToRawIntBits((float) d);
                case 10 -> Double.doubleToRawLongBits(d);
                case 7 -> d >= 0x1p63 ? (long) (d - 0x1p63) ^ Long.MIN_VALUE : Math.round(d);
                default -> Math.round(scaled ? (d - c.offset()) / c.scale() : d);
            };
            for (int k = 0; k < size; k++) {
                extra[at + k][to + i] = (byte) (raw >>> (8 * k));
            }
        }
    }
}
