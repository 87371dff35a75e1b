package org.grotto.format;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.grotto.base.GrottoException;
import org.grotto.format.PointReader.PointCursor;

/** Points as rows of little-endian numbers, one row a point. */
public final class Rows {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BYTES = 1 << 20;

    private Rows() {}

    /** Takes numbers out of {@code n} rows: those of one column. */
    @FunctionalInterface
    public interface Field {
        /**
         * @param rows the bytes, row {@code i} from {@code i * length} on
         * @param to gets the values from entry {@code at} on
         */
        void take(byte[] rows, int length, int n, double[] to, int at);
    }

    /** How many bytes a number takes; SCALED is no type of rows. */
    public static int size(Column.Type type) {
        return switch (type) {
            case INT8, UINT8 -> 1;
            case INT16, UINT16 -> 2;
            case INT32, UINT32, FLOAT -> 4;
            case INT64, UINT64, DOUBLE -> 8;
            case SCALED -> throw new IllegalArgumentException("scaled");
        };
    }

    /** The number at byte {@code from} of each row: value = raw * scale + offset. Whole numbers of 64 bits are rounded. */
    public static Field field(Column.Type type, int from, double scale, double offset) {
        if (scale != 1 || offset != 0) {
            Field raw = field(type, from, 1, 0);
            return (rows, length, n, to, at) -> {
                raw.take(rows, length, n, to, at);
                for (int i = at; i < at + n; i++) {
                    to[i] = to[i] * scale + offset;
                }
            };
        }
        return switch (type) {
            case INT8 ->
                (rows, length, n, to, at) -> {
                    for (int i = 0; i < n; i++) {
                        to[at + i] = rows[i * length + from];
                    }
                };
            case UINT8 ->
                (rows, length, n, to, at) -> {
                    for (int i = 0; i < n; i++) {
                        to[at + i] = rows[i * length + from] & 0xFF;
                    }
                };
            case INT16 ->
                (rows, length, n, to, at) -> {
                    for (int i = 0; i < n; i++) {
                        to[at + i] = (short) SHORT.get(rows, i * length + from);
                    }
                };
            case UINT16 ->
                (rows, length, n, to, at) -> {
                    for (int i = 0; i < n; i++) {
                        to[at + i] = (short) SHORT.get(rows, i * length + from) & 0xFFFF;
                    }
                };
            case INT32 ->
                (rows, length, n, to, at) -> {
                    for (int i = 0; i < n; i++) {
                        to[at + i] = (int) INT.get(rows, i * length + from);
                    }
                };
            case UINT32 ->
                (rows, length, n, to, at) -> {
                    for (int i = 0; i < n; i++) {
                        to[at + i] = (int) INT.get(rows, i * length + from) & 0xFFFFFFFFL;
                    }
                };
            case INT64 ->
                (rows, length, n, to, at) -> {
                    for (int i = 0; i < n; i++) {
                        to[at + i] = (long) LONG.get(rows, i * length + from);
                    }
                };
            case UINT64 ->
                (rows, length, n, to, at) -> {
                    for (int i = 0; i < n; i++) {
                        long v = (long) LONG.get(rows, i * length + from);
                        to[at + i] = v >= 0 ? v : 2.0 * (v >>> 1);
                    }
                };
            case FLOAT ->
                (rows, length, n, to, at) -> {
                    for (int i = 0; i < n; i++) {
                        to[at + i] = (float) FLOAT.get(rows, i * length + from);
                    }
                };
            case DOUBLE ->
                (rows, length, n, to, at) -> {
                    for (int i = 0; i < n; i++) {
                        to[at + i] = (double) DOUBLE.get(rows, i * length + from);
                    }
                };
            case SCALED -> throw new IllegalArgumentException("scaled");
        };
    }

    /** Opens the bytes of rows. */
    @FunctionalInterface
    public interface Opening {
        InputStream open() throws IOException;
    }

    /**
     * A cursor over rows; memory does not depend on their number.
     *
     * @param file that sentences name
     * @param length bytes of a row
     * @param count how many rows there are; fewer or more are a fault
     * @param fields x, y, z, then the columns
     */
    public static PointCursor cursor(Path file, Opening bytes, int length, long count, Field[] fields) {
        try {
            return new Cursor(file, bytes.open(), length, count, fields);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static GrottoException unreadable(Path file, IOException e) {
        return e instanceof java.nio.file.FileSystemException
                ? GrottoException.io(file, e)
                : GrottoException.badInput(
                        file,
                        "cannot be unpacked (" + Remarks.shown(String.valueOf(e.getMessage())) + "); copy it again.",
                        e);
    }

    private static final class Cursor implements PointCursor {
        private final Path file;
        private final InputStream in;
        private final int length;
        private final long count;
        private final Field[] fields;
        private byte[] rows = {};
        private long read;
        private boolean ended;

        Cursor(Path file, InputStream in, int length, long count, Field[] fields) {
            this.file = file;
            this.in = in;
            this.length = length;
            this.count = count;
            this.fields = fields;
        }

        @Override
        public boolean next(PointBatch b) {
            b.size = 0;
            try {
                while (b.size < b.capacity && read < count) {
                    long most = Math.min(count - read, Math.max(1, BYTES / length));
                    int n = (int) Math.min(most, b.capacity - b.size);
                    if (rows.length < n * length) {
                        rows = new byte[n * length];
                    }
                    int got = in.readNBytes(rows, 0, n * length);
                    if (got < n * length) {
                        throw GrottoException.badInput(
                                file,
                                "ends after " + (read + got / length) + " of its " + count
                                        + " points; it is cut off, copy it again.");
                    }
                    fields[0].take(rows, length, n, b.x, b.size);
                    fields[1].take(rows, length, n, b.y, b.size);
                    fields[2].take(rows, length, n, b.z, b.size);
                    for (int c = 3; c < fields.length; c++) {
                        fields[c].take(rows, length, n, b.columns[c - 3], b.size);
                    }
                    b.size += n;
                    read += n;
                }
                if (read == count && !ended) {
                    ended = true;
                    if (in.read() >= 0) {
                        throw GrottoException.badInput(
                                file, "holds more than the " + count + " points it should; copy it again.");
                    }
                }
            } catch (IOException e) {
                throw unreadable(file, e);
            }
            return b.size > 0;
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw GrottoException.io(file, e);
            }
        }
    }
}
