package org.grotto.format.las;

import java.util.ArrayList;
import java.util.List;
import org.grotto.format.Column;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/**
 * The extra bytes of a record as columns: those that an Extra Bytes record describes (LAS 1.4, all types, the deprecated
 * two- and three-member arrays as one column each member), and a few that nobody describes, as plain bytes.
 *
 * @param fields in record order
 * @param undescribed how many bytes are left that no column shows
 */
record ExtraColumns(List<Field> fields, int undescribed) {
    private static final int DESCRIPTOR = 192;
    /** More undescribed bytes than this are not turned into columns. */
    private static final int UNDESCRIBED_AT_MOST = 32;

    private static final int[] SIZE = {0, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8};
    private static final Column.Type[] TYPE = {
        Column.Type.UINT8,
        Column.Type.UINT8,
        Column.Type.INT8,
        Column.Type.UINT16,
        Column.Type.INT16,
        Column.Type.UINT32,
        Column.Type.INT32,
        Column.Type.UINT64,
        Column.Type.INT64,
        Column.Type.FLOAT,
        Column.Type.DOUBLE
    };

    /**
     * One column.
     *
     * @param at first of its bytes among the extra bytes
     * @param type data type 1 to 10 of the LAS specification
     */
    record Field(Column column, int at, int type) {

        /** Values of entries [from, from + n) of {@code p}. */
        void get(LasPoints p, int from, double[] out, int to, int n) {
            double scale = column.scale();
            double offset = column.offset();
            boolean scaled = column.type() == Column.Type.SCALED;
            byte[][] e = p.extra;
            int size = SIZE[type];
            for (int i = 0; i < n; i++) {
                long raw = 0;
                for (int k = 0; k < size; k++) {
                    raw |= (e[at + k][from + i] & 255L) << (8 * k);
                }
                double v = value(raw);
                out[to + i] = scaled ? v * scale + offset : v;
            }
        }

        private double value(long raw) {
            return switch (type) {
                case 2 -> (byte) raw;
                case 4 -> (short) raw;
                case 6 -> (int) raw;
                case 7 -> unsigned(raw);
                case 9 -> Float.intBitsToFloat((int) raw);
                case 10 -> Double.longBitsToDouble(raw);
                default -> raw;
            };
        }
    }

    private static double unsigned(long raw) {
        return raw >= 0 ? raw : ((raw >>> 1) | (raw & 1)) * 2.0;
    }

    static ExtraColumns of(LasLayout layout, @Nullable Vlr vlr) {
        List<Field> fields = new ArrayList<>();
        int at = 0;
        int available = layout.extraBytes();
        if (vlr != null) {
            byte[] b = vlr.data();
            for (int p = 0; p + DESCRIPTOR <= b.length; p += DESCRIPTOR) {
                int type = b[p + 2] & 255;
                int base = type == 0 ? 1 : (type - 1) % 10 + 1;
                int members = type == 0 ? b[p + 3] & 255 : (type - 1) / 10 + 1;
                if (type > 30 || at + (long) SIZE[base] * members > available) {
                    // more is described than there is: by the specification the whole record is then void
                    fields.clear();
                    at = 0;
                    break;
                }
                for (int k = 0; k < members; k++) {
                    fields.add(new Field(column(b, p, type, base, k, members), at, base));
                    at += SIZE[base];
                }
            }
        }
        int rest = available - at;
        if (rest <= UNDESCRIBED_AT_MOST) {
            for (int k = 0; k < rest; k++) {
                fields.add(new Field(Column.of("extraBytes[" + k + "]", Column.Type.UINT8), at + k, 1));
            }
            rest = 0;
        }
        return new ExtraColumns(List.copyOf(fields), rest);
    }

    private static Column column(byte[] b, int p, int type, int base, int k, int members) {
        int options = type == 0 ? 0 : b[p + 3];
        double scale = (options & 8) != 0 ? Bytes.float64(b, p + 112 + 8 * k) : 1;
        double offset = (options & 16) != 0 ? Bytes.float64(b, p + 136 + 8 * k) : 0;
        boolean scaled = (options & 24) != 0 && Double.isFinite(scale) && Double.isFinite(offset) && scale != 0;
        if (!scaled) {
            scale = 1;
            offset = 0;
        }
        double min = (options & 2) != 0 ? any(b, p + 64 + 8 * k, base) * scale + offset : Double.NaN;
        double max = (options & 4) != 0 ? any(b, p + 88 + 8 * k, base) * scale + offset : Double.NaN;
        String name = Bytes.text(b, p + 4, 32);
        if (name.isEmpty()) {
            name = "extraBytes";
        }
        String full = members > 1 ? name + "[" + k + "]" : grotto(name);
        String description = Bytes.text(b, p + 160, 32);
        return new Column(
                full,
                scaled ? Column.Type.SCALED : TYPE[base],
                min,
                max,
                scale,
                offset,
                description.isEmpty() ? null : description);
    }

    private static String grotto(String name) {
        return switch (name) {
            case "NormalX" -> Column.NX;
            case "NormalY" -> Column.NY;
            case "NormalZ" -> Column.NZ;
            default -> name;
        };
    }

    private static double any(byte[] b, int at, int base) {
        return base >= 9 ? Bytes.float64(b, at) : base == 7 ? unsigned(Bytes.int64(b, at)) : Bytes.int64(b, at);
    }
}
