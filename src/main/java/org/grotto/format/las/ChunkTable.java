package org.grotto.format.las;

import org.grotto.base.GrottoException;
import org.grotto.format.las.laz.ChunkDecoder;
import org.grotto.format.las.laz.IntegerModel;
import org.grotto.format.las.laz.LazItems;
import org.grotto.format.las.laz.RangeDecoder;
import org.grotto.format.las.laz.RangeEncoder;
import org.grotto.format.las.point.Bytes;

/**
 * Where the chunks of a LAZ file stand: chunk k is the bytes [start[k], start[k+1]) and the points [first[k],
 * first[k+1]).
 */
record ChunkTable(long[] start, long[] first) {

    int size() {
        return start.length - 1;
    }

    static ChunkTable read(Source in, LasHeader h, LazItems items) {
        long begin = h.pointOffset();
        long length = in.length();
        if (!items.chunked()) {
            long end = h.evlrStart() > begin ? h.evlrStart() : length;
            if (!ChunkDecoder.plausible(h.count(), end - begin)) {
                throw tooMany(in, begin, h.count(), end - begin);
            }
            return new ChunkTable(new long[] {begin, end}, new long[] {0, h.count()});
        }
        if (length - begin < 8) {
            throw GrottoException.badInput(
                    in.path(), begin, "the file ends where its points should start; it is truncated, copy it again.");
        }
        long at = Bytes.int64(in.read(begin, 8), 0);
        if (at == -1 && length - begin >= 16) {
            at = Bytes.int64(in.read(length - 8, 8), 0);
        }
        begin += 8;
        if (at == begin - 8 || at == 0 || at == -1) {
            throw GrottoException.badInput(
                    in.path(),
                    h.pointOffset(),
                    "the chunk table is missing: the program that wrote the file was stopped before it was done; write"
                            + " it again.");
        }
        if (at < begin || at > length - 8) {
            throw GrottoException.badInput(
                    in.path(),
                    h.pointOffset(),
                    "the chunk table is said to stand at byte " + at + ", but the file has " + length
                            + " bytes; it is truncated, copy it again.");
        }
        byte[] head = in.read(at, 8);
        long chunks = Bytes.uint32(head, 4);
        if (Bytes.int32(head, 0) != 0 || chunks > (at - begin) / h.layout().length()) {
            throw GrottoException.badInput(
                    in.path(),
                    at,
                    "no chunk table stands here: version " + Bytes.uint32(head, 0) + ", " + chunks + " chunks in "
                            + (at - begin) + " bytes.");
        }
        int n = (int) chunks;
        // a size costs at most 12 bytes
        byte[] b = in.read(at + 8, (int) Math.min(length - at - 8, 64 + 24L * n));
        try {
            return decode(in, h, items, begin, at, b, n);
        } catch (RangeDecoder.Corrupt e) {
            throw GrottoException.badInput(in.path(), at, "the chunk table is corrupt: " + e.getMessage() + ".");
        }
    }

    private static ChunkTable decode(Source in, LasHeader h, LazItems items, long begin, long end, byte[] b, int n) {
        long[] start = new long[n + 1];
        long[] first = new long[n + 1];
        start[0] = begin;
        boolean variable = items.chunkSize() == LazItems.VARIABLE;
        if (n > 0) {
            RangeDecoder d = new RangeDecoder(b, 0, b.length);
            IntegerModel m = new IntegerModel(true, 32, 2);
            int points = 0;
            int bytes = 0;
            for (int k = 0; k < n; k++) {
                if (variable) {
                    points = m.decode(d, points, 0);
                }
                bytes = m.decode(d, bytes, 1);
                start[k + 1] = start[k] + (bytes & 0xFFFFFFFFL);
                first[k + 1] = first[k] + (variable ? points & 0xFFFFFFFFL : items.chunkSize());
                if (start[k + 1] - start[k] < h.layout().length() || start[k + 1] > end) {
                    throw GrottoException.badInput(
                            in.path(),
                            end,
                            "the chunk table says that chunk " + (k + 1) + " has " + (bytes & 0xFFFFFFFFL)
                                    + " bytes, which cannot be.");
                }
            }
        }
        boolean fits = variable ? first[n] == h.count() : first[n] >= h.count() && (n == 0 || first[n - 1] < h.count());
        if (!fits) {
            throw GrottoException.badInput(
                    in.path(),
                    end,
                    "the header announces " + h.count() + " points, but the chunk table has " + n + " chunks with "
                            + (variable ? "" : "at most ") + first[n] + " points.");
        }
        first[n] = h.count();
        for (int k = 0; k < n; k++) {
            if (!ChunkDecoder.plausible(first[k + 1] - first[k], start[k + 1] - start[k])) {
                throw tooMany(in, start[k], first[k + 1] - first[k], start[k + 1] - start[k]);
            }
        }
        return new ChunkTable(start, first);
    }

    private static GrottoException tooMany(Source in, long at, long points, long bytes) {
        return GrottoException.badInput(
                in.path(), at, points + " points are said to stand here in " + bytes + " bytes, which cannot be.");
    }

    /** The table as it stands in a file; {@code points} is null where all chunks but the last have the same size. */
    static byte[] bytes(int[] bytes, int @org.jspecify.annotations.Nullable [] points, int n) {
        byte[] head = new byte[8];
        Bytes.put32(head, 4, n);
        if (n == 0) {
            return head;
        }
        RangeEncoder e = new RangeEncoder(16 + 8 * n);
        IntegerModel m = new IntegerModel(false, 32, 2);
        int lastPoints = 0;
        int lastBytes = 0;
        for (int k = 0; k < n; k++) {
            if (points != null) {
                m.encode(e, lastPoints, points[k], 0);
                lastPoints = points[k];
            }
            m.encode(e, lastBytes, bytes[k], 1);
            lastBytes = bytes[k];
        }
        e.finish();
        byte[] out = new byte[8 + e.size()];
        System.arraycopy(head, 0, out, 0, 8);
        System.arraycopy(e.bytes(), 0, out, 8, e.size());
        return out;
    }
}
