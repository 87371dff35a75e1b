package org.grotto.format.las;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.format.las.laz.ChunkDecoder;
import org.grotto.format.las.laz.IntegerModel;
import org.grotto.format.las.laz.LayeredDecoder;
import org.grotto.format.las.laz.LazItems;
import org.grotto.format.las.laz.RangeDecoder;
import org.grotto.format.las.laz.RangeEncoder;
import org.grotto.format.las.point.Bytes;

/**
 * Where the chunks of a LAZ file stand: chunk k is the bytes [start[k], start[k+1]) and the points [first[k],
 * first[k+1]). Where the file's own table is missing or untrue, the chunks are found one after the other
 * ({@link ChunkWalk}).
 *
 * @param said what was not as the file says, in words; empty where all was
 * @param lost what is announced and not there
 */
record ChunkTable(long[] start, long[] first, List<String> said, List<String> lost) {

    int size() {
        return start.length - 1;
    }

    long count() {
        return first[size()];
    }

    /** @param keepGoing take the chunks that are there, where they are not all that the header counts; else refuse */
    static ChunkTable read(Source in, LasHeader h, LazItems items, boolean keepGoing) {
        long begin = h.pointOffset();
        long end = h.evlrStart() > begin ? h.evlrStart() : in.length();
        if (!items.chunked()) {
            if (keepGoing || h.count() == 0 && end - begin > h.layout().length()) {
                GrottoException stopped = GrottoException.badInput(
                        in.path(),
                        begin,
                        h.count() + " points are announced, but compressed ones stand here: the program that wrote the"
                                + " file was stopped before it was done; write it again.");
                return walked(ChunkWalk.run(in, h, items, begin, end), h, stopped, keepGoing, "", false);
            }
            if (!ChunkDecoder.plausible(h.count(), end - begin)) {
                throw tooMany(in, begin, h.count(), end - begin);
            }
            return new ChunkTable(new long[] {begin, end}, new long[] {0, h.count()}, List.of(), List.of());
        }
        if (in.length() - begin < 8) {
            if (h.count() == 0) {
                return new ChunkTable(new long[] {begin}, new long[] {0}, List.of(), List.of());
            }
            throw GrottoException.badInput(
                    in.path(), begin, "the file ends where its points should start; it is truncated, copy it again.");
        }
        long[] table = new long[1];
        GrottoException untrue;
        String why;
        try {
            ChunkTable stored = stored(in, h, items, table);
            if (stored.count() == h.count()) {
                return stored;
            }
            untrue = GrottoException.badInput(
                    in.path(),
                    table[0],
                    "the header announces " + h.count() + " points, but the chunk table has " + stored.size()
                            + " chunks with " + (items.variable() ? "" : "at most ") + stored.count() + " points.");
            why = "";
            if (items.variable() || stored.size() == 0 && end - begin < 32) {
                String said = stored.count() + " points, where the header counts " + h.count();
                return new ChunkTable(stored.start, stored.first, List.of(said), List.of());
            }
        } catch (GrottoException e) {
            untrue = e;
            why = table[0] == 0 ? "it has no chunk table" : "its chunk table is not sound";
        }
        long limit = table[0] > begin + 8 && table[0] < end && why.isEmpty() ? table[0] : end;
        return walked(ChunkWalk.run(in, h, items, begin + 8, limit), h, untrue, keepGoing, why, true);
    }

    /** What was found chunk by chunk, or the refusal. */
    private static ChunkTable walked(
            ChunkWalk.Found w, LasHeader h, GrottoException untrue, boolean keepGoing, String why, boolean tabled) {
        String read = w.count() + " points" + (why.isEmpty() ? "" : ", read in sequence: " + why);
        boolean whole = w.count() > 0 && w.sound() && (w.count() == h.count() || why.isEmpty() && h.count() > 0);
        if (!whole && (!keepGoing || w.count() == 0)) {
            throw w.count() == 0
                    ? untrue
                    : new GrottoException(
                            untrue.kind(),
                            String.valueOf(untrue.getMessage()).replaceAll("[.]$", "") + "; --keep-going would give "
                                    + w.count() + " points.",
                            untrue);
        }
        List<String> said = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        if (w.count() != h.count()) {
            said.add(read + (why.isEmpty() ? ", where" : ";") + " the header counts " + h.count());
        } else if (!why.isEmpty()) {
            said.add(read);
        } else if (tabled) {
            said.add(read + ", read in sequence: its chunk table has other ones");
        }
        if (w.count() < h.count()) {
            lost.add((h.count() - w.count()) + " points that the header counts and the file does not hold whole");
        } else if (!w.sound()) {
            lost.add("the points of the chunk that the file ends in");
        }
        return new ChunkTable(w.start(), w.first(), List.copyOf(said), List.copyOf(lost));
    }

    /** The file's own table; {@code at[0]} becomes where it stands, 0 where the file does not say. */
    private static ChunkTable stored(Source in, LasHeader h, LazItems items, long[] at) {
        long begin = h.pointOffset();
        long length = in.length();
        long table = Bytes.int64(in.read(begin, 8), 0);
        boolean streamed = table == -1 && length - begin >= 16;
        if (streamed) {
            table = Bytes.int64(in.read(length - 8, 8), 0);
        }
        begin += 8;
        if (table == begin - 8 || table == 0 || table == -1) {
            throw GrottoException.badInput(
                    in.path(),
                    h.pointOffset(),
                    "the chunk table is missing: the program that wrote the file was stopped before it was done; write"
                            + " it again.");
        }
        if (streamed && table != -1 && (table < begin || table > length - 8)) {
            throw GrottoException.badInput(
                    in.path(),
                    length - 8,
                    "the file should end by saying where its chunk table stands, and does not; it is truncated, copy it"
                            + " again.");
        }
        if (table < begin || table > length - 8) {
            throw GrottoException.badInput(
                    in.path(),
                    h.pointOffset(),
                    "the chunk table is said to stand at byte " + table + ", but the file has " + length
                            + " bytes; it is truncated, copy it again.");
        }
        at[0] = table;
        byte[] head = in.read(table, 8);
        long chunks = Bytes.uint32(head, 4);
        if (Bytes.int32(head, 0) != 0 || chunks > (table - begin) / h.layout().length()) {
            throw GrottoException.badInput(
                    in.path(),
                    table,
                    "no chunk table stands here: version " + Bytes.uint32(head, 0) + ", " + chunks + " chunks in "
                            + (table - begin) + " bytes.");
        }
        int n = (int) chunks;
        // a size costs at most 12 bytes
        byte[] b = in.read(table + 8, (int) Math.min(length - table - 8, 64 + 24L * n));
        try {
            return decode(in, h, items, begin, table, b, n);
        } catch (RangeDecoder.Corrupt e) {
            throw GrottoException.badInput(in.path(), table, "the chunk table is corrupt: " + e.getMessage() + ".");
        }
    }

    private static ChunkTable decode(Source in, LasHeader h, LazItems items, long begin, long end, byte[] b, int n) {
        long[] start = new long[n + 1];
        long[] first = new long[n + 1];
        start[0] = begin;
        boolean variable = items.variable();
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
        if (!variable && n > 0 && first[n] >= h.count() && first[n - 1] < h.count()) {
            first[n] =
                    h.layout().modern() ? first[n - 1] + last(in, h, start[n - 1], first[n] - first[n - 1]) : h.count();
        }
        for (int k = 0; k < n; k++) {
            if (!ChunkDecoder.plausible(first[k + 1] - first[k], start[k + 1] - start[k])) {
                throw tooMany(in, start[k], first[k + 1] - first[k], start[k + 1] - start[k]);
            }
        }
        return new ChunkTable(start, first, List.of(), List.of());
    }

    /** How many points the last chunk, a layered one, says it holds; {@code most} where that is more or none. */
    private static long last(Source in, LasHeader h, long at, long most) {
        int head = LayeredDecoder.headLength(h.layout());
        long n = in.length() - at < head ? 0 : LayeredDecoder.count(in.read(at, head), h.layout());
        return n > 0 && n < most ? n : most;
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
