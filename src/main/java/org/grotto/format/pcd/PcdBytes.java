package org.grotto.format.pcd;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.grotto.format.Column;

/** Points in bytes, little endian: one after another, or packed, field after field. */
final class PcdBytes {
    private static final int BUFFER = 1 << 14;

    private PcdBytes() {}

    /** Points one after another, from {@code offset} on. */
    static PcdRows plain(Path path, PcdHeader header, PcdColumns columns, long points) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        InputStream in = new Region(channel, header.offset(), Long.MAX_VALUE);
        int stride = header.stride();
        return new PcdRows() {
            private long left = points;
            private byte[] row = {};

            @Override
            public int next(double[][] into, int most) throws IOException {
                int n = (int) Math.min(Math.min(most, left), Math.max(1, (1 << 18) / stride));
                if (row.length < n * stride) {
                    row = new byte[n * stride];
                }
                if (in.readNBytes(row, 0, n * stride) < n * stride) {
                    throw new EOFException();
                }
                ByteBuffer b = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
                for (int f = 0; f < into.length; f++) {
                    PcdHeader.Field field = columns.wanted().get(f);
                    values(b, field.offset(), stride, n, into[f], type(field, f == columns.packed()));
                }
                left -= n;
                return n;
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    /**
     * Packed points, field after field: one unpacker a field, each with its own place.
     *
     * @param length of the packed bytes
     * @param all how many points the fields hold
     * @param points how many to read
     */
    static PcdRows packed(Path path, PcdHeader header, PcdColumns columns, long length, long all, long points)
            throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        List<InputStream> streams = new ArrayList<>();
        for (PcdHeader.Field f : columns.wanted()) {
            streams.add(new Skipped(new LzfStream(new Region(channel, header.offset() + 8, length)), f.offset() * all));
        }
        return new PcdRows() {
            private long left = points;
            private byte[] row = {};

            @Override
            public int next(double[][] into, int most) throws IOException {
                int n = (int) Math.min(Math.min(most, left), 1 << 15);
                if (row.length < 8 * n) {
                    row = new byte[8 * n];
                }
                ByteBuffer b = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
                for (int f = 0; f < into.length; f++) {
                    PcdHeader.Field field = columns.wanted().get(f);
                    int bytes = n * field.size();
                    if (streams.get(f).readNBytes(row, 0, bytes) < bytes) {
                        throw new EOFException();
                    }
                    values(b, 0, field.size(), n, into[f], type(field, f == columns.packed()));
                }
                left -= n;
                return n;
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    /** How many bytes can be unpacked before the packed ones end or break, {@code most} at the most. */
    static long unpackable(Path path, PcdHeader header, long length, long most) throws IOException {
        byte[] b = new byte[BUFFER];
        long n = 0;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
                LzfStream in = new LzfStream(new Region(channel, header.offset() + 8, length))) {
            while (n < most) {
                int r = in.read(b);
                if (r < 0) {
                    break;
                }
                n += r;
            }
        } catch (LzfStream.Broken e) {
            return n;
        }
        return Math.min(n, most);
    }

    /** The sizes before packed points: packed and unpacked; none where the file ends before them. */
    static long[] sizes(Path path, long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
                InputStream in = new Region(channel, offset, 8)) {
            ByteBuffer b = ByteBuffer.wrap(in.readNBytes(8)).order(ByteOrder.LITTLE_ENDIAN);
            return b.capacity() < 8
                    ? new long[0]
                    : new long[] {Integer.toUnsignedLong(b.getInt(0)), Integer.toUnsignedLong(b.getInt(4))};
        }
    }

    private static Column.Type type(PcdHeader.Field f, boolean packed) {
        return packed ? Column.Type.UINT32 : f.type();
    }

    private static void values(ByteBuffer b, int from, int stride, int n, double[] to, Column.Type type) {
        int at = from;
        for (int i = 0; i < n; i++, at += stride) {
            to[i] = switch (type) {
                case INT8 -> b.get(at);
                case UINT8 -> b.get(at) & 255;
                case INT16 -> b.getShort(at);
                case UINT16 -> b.getChar(at);
                case INT32 -> b.getInt(at);
                case UINT32 -> b.getInt(at) & 0xFFFFFFFFL;
                case FLOAT -> b.getFloat(at);
                case DOUBLE -> b.getDouble(at);
                case UINT64 -> unsigned(b.getLong(at));
                case INT64, SCALED -> b.getLong(at);
            };
        }
    }

    private static double unsigned(long v) {
        return v >= 0 ? v : (v >>> 1) * 2.0 + (v & 1);
    }

    /** Passes over its first bytes when it is first read. */
    private static final class Skipped extends InputStream {
        private final InputStream in;
        private long skip;

        Skipped(InputStream in, long skip) {
            this.in = in;
            this.skip = skip;
        }

        @Override
        public int read() throws IOException {
            begin();
            return in.read();
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            begin();
            return in.read(to, from, length);
        }

        private void begin() throws IOException {
            byte[] b = skip > 0 ? new byte[BUFFER] : new byte[0];
            while (skip > 0) {
                int n = in.read(b, 0, (int) Math.min(b.length, skip));
                if (n < 0) {
                    throw new EOFException();
                }
                skip -= n;
            }
        }
    }

    /** Some bytes of a file; the file is another's to close. */
    private static final class Region extends InputStream {
        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        private long position;
        private long left;

        Region(FileChannel channel, long position, long length) {
            this.channel = channel;
            this.position = position;
            this.left = length;
            buffer.limit(0);
        }

        private boolean fill() throws IOException {
            if (!buffer.hasRemaining()) {
                buffer.clear();
                buffer.limit((int) Math.min(buffer.capacity(), left));
                int n = left == 0 ? -1 : channel.read(buffer, position);
                buffer.flip();
                if (n <= 0) {
                    return false;
                }
                position += n;
                left -= n;
            }
            return true;
        }

        @Override
        public int read() throws IOException {
            return fill() ? buffer.get() & 255 : -1;
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            if (!fill()) {
                return length == 0 ? 0 : -1;
            }
            int n = Math.min(length, buffer.remaining());
            buffer.get(to, from, n);
            return n;
        }
    }
}
