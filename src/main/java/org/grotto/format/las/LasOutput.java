package org.grotto.format.las;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/**
 * A LAS 1.4 file in the making: records, points as they come, then chunk table, extended records and the header, whose
 * bounds and counts are those of the points given.
 */
final class LasOutput implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final LasLayout layout;
    private final double[] scale;
    private final boolean compressed;
    private final boolean variable;
    private final boolean standardTime;
    private final long pointOffset;
    private final int vlrCount;
    private final boolean wkt;
    private final int day;
    private final int year;

    private long at;
    private long count;
    private final long[] byReturn = new long[15];
    private final int[] min = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    private final int[] max = {Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE};
    private int[] chunkBytes = new int[256];
    private int[] chunkPoints = new int[256];
    private int chunks;
    private final List<byte[]> extended = new ArrayList<>();

    /**
     * @param vlrs whole records, in order; the LASzip record among them where {@code compressed}
     * @param variable chunks of any size (COPC) instead of equal ones
     * @param standardTime times are adjusted standard GPS times, not GPS week times
     */
    LasOutput(
            Path file,
            LasLayout layout,
            double[] scale,
            List<byte[]> vlrs,
            boolean compressed,
            boolean variable,
            boolean standardTime,
            int day,
            int year) {
        this.file = file;
        this.layout = layout;
        this.scale = scale.clone();
        this.compressed = compressed;
        this.variable = variable;
        this.standardTime = standardTime;
        this.vlrCount = vlrs.size();
        this.wkt = vlrs.stream().anyMatch(v -> Bytes.uint16(v, 18) == Vlr.WKT);
        this.day = day;
        this.year = year;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
        write(new byte[LasHeader.SIZE_14]);
        for (byte[] v : vlrs) {
            write(v);
        }
        pointOffset = at;
        if (compressed) {
            write(new byte[8]);
        }
    }

    private void write(byte[] b) {
        write(at, b);
        at += b.length;
    }

    private void write(long where, byte[] b) {
        ByteBuffer buffer = ByteBuffer.wrap(b);
        try {
            long p = where;
            while (buffer.hasRemaining()) {
                p += channel.write(buffer, p);
            }
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    /** Writes bytes over what was written before. */
    void patch(long where, byte[] b) {
        write(where, b);
    }

    /** What the header says about points; {@link #add} for points that are in the file. */
    record Summary(long count, int[] min, int[] max, long[] byReturn) {
        static Summary of(LasPoints p, int from, int to) {
            int[] lo = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
            int[] hi = {Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE};
            int[][] axes = {p.x, p.y, p.z};
            for (int k = 0; k < 3; k++) {
                int[] v = axes[k];
                int a = Integer.MAX_VALUE;
                int b = Integer.MIN_VALUE;
                for (int i = from; i < to; i++) {
                    a = Math.min(a, v[i]);
                    b = Math.max(b, v[i]);
                }
                lo[k] = a;
                hi[k] = b;
            }
            long[] r = new long[16];
            for (int i = from; i < to; i++) {
                r[p.returns[i] & 15]++;
            }
            return new Summary(to - from, lo, hi, Arrays.copyOfRange(r, 1, 16));
        }
    }

    void add(Summary s) {
        count += s.count;
        for (int k = 0; k < 3; k++) {
            min[k] = Math.min(min[k], s.min[k]);
            max[k] = Math.max(max[k], s.max[k]);
        }
        for (int k = 0; k < 15; k++) {
            byReturn[k] += s.byReturn[k];
        }
    }

    void records(byte[] b) {
        write(b);
    }

    /** Writes a compressed chunk; returns where it starts. */
    long chunk(byte[] b, int points) {
        if (chunks == chunkBytes.length) {
            chunkBytes = Arrays.copyOf(chunkBytes, chunks * 2);
            chunkPoints = Arrays.copyOf(chunkPoints, chunks * 2);
        }
        chunkBytes[chunks] = b.length;
        chunkPoints[chunks++] = points;
        long start = at;
        write(b);
        return start;
    }

    /** Where the next byte goes. */
    long position() {
        return at;
    }

    /** Ends the points: writes the chunk table. Extended records may follow. */
    void endPoints() {
        if (compressed) {
            byte[] where = new byte[8];
            Bytes.put64(where, 0, at);
            write(pointOffset, where);
            write(ChunkTable.bytes(chunkBytes, variable ? chunkPoints : null, chunks));
        }
    }

    /** Adds an extended record behind the points; returns where its payload starts. */
    long extended(String user, int id, String description, byte[] payload) {
        byte[] head = Vlr.extendedHead(user, id, description, payload.length);
        extended.add(head);
        if (extended.size() == 1) {
            firstExtended = at;
        }
        write(head);
        long start = at;
        write(payload);
        return start;
    }

    private long firstExtended;

    /** Bounds in metres {min x, y, z, max x, y, z} of all points so far, or null without any. */
    private double @Nullable [] bounds(double[] offset) {
        if (count == 0) {
            return null;
        }
        double[] b = new double[6];
        for (int k = 0; k < 3; k++) {
            double lo = min[k] * scale[k] + offset[k];
            double hi = max[k] * scale[k] + offset[k];
            b[k] = Math.min(lo, hi);
            b[k + 3] = Math.max(lo, hi);
        }
        return b;
    }

    /** Writes the header; metres = raw * scale + {@code offset}. */
    void finish(double[] offset) {
        byte[] h = new byte[LasHeader.SIZE_14];
        Bytes.putText(h, 0, 4, "LASF");
        Bytes.put16(
                h,
                6,
                (standardTime ? LasHeader.ENCODING_STANDARD_TIME : 0)
                        | (wkt || layout.modern() ? LasHeader.ENCODING_WKT : 0));
        h[24] = 1;
        h[25] = 4;
        Bytes.putText(h, 26, 32, "Grotto");
        Bytes.putText(h, 58, 32, "Grotto");
        Bytes.put16(h, 90, day);
        Bytes.put16(h, 92, year);
        Bytes.put16(h, 94, LasHeader.SIZE_14);
        Bytes.put32(h, 96, (int) pointOffset);
        Bytes.put32(h, 100, vlrCount);
        h[104] = (byte) (layout.format() | (compressed ? 0x80 : 0));
        Bytes.put16(h, 105, layout.length());
        double[] b = bounds(offset);
        for (int k = 0; k < 3; k++) {
            Bytes.putDouble(h, 131 + 8 * k, scale[k]);
            Bytes.putDouble(h, 155 + 8 * k, offset[k]);
            Bytes.putDouble(h, 179 + 16 * k, b == null ? 0 : b[k + 3]);
            Bytes.putDouble(h, 187 + 16 * k, b == null ? 0 : b[k]);
        }
        Bytes.put64(h, 235, firstExtended);
        Bytes.put32(h, 243, extended.size());
        Bytes.put64(h, 247, count);
        for (int k = 0; k < 15; k++) {
            Bytes.put64(h, 255 + 8 * k, byReturn[k]);
        }
        write(0, h);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }
}
