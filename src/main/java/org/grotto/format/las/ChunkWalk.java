package org.grotto.format.las;

import java.util.Arrays;
import org.grotto.format.las.laz.ChunkDecoder;
import org.grotto.format.las.laz.LayeredDecoder;
import org.grotto.format.las.laz.LazItems;
import org.grotto.format.las.laz.PointwiseDecoder;
import org.grotto.format.las.laz.RangeDecoder;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;

/**
 * Finds the chunks of a LAZ file one after the other, without its table. Layered chunks say their own sizes, so that only
 * their heads are read; pointwise ones (point formats 0 to 5) end where their last point is decoded, which costs one
 * decoding of all. Of a chunk that the file breaks off in, a layered one is left out, of a pointwise one those points stay
 * that are made of bytes that are there.
 */
final class ChunkWalk {
    private static final long HELD = Integer.MAX_VALUE - 64;

    /**
     * @param start and {@code first} as in {@link ChunkTable}
     * @param sound whether nothing but the chunk table stands behind the last chunk
     */
    record Found(long[] start, long[] first, boolean sound) {
        long count() {
            return first[first.length - 1];
        }
    }

    private final Source in;
    private final LasLayout layout;
    private final LazItems items;
    private final long end;
    private long[] start = new long[64];
    private long[] first = new long[64];
    private int n;
    private boolean sound;

    private ChunkWalk(Source in, LasHeader h, LazItems items, long begin, long end) {
        this.in = in;
        this.layout = h.layout();
        this.items = items;
        this.end = end;
        start[0] = begin;
    }

    /** Walks from byte {@code begin} on, where the first chunk starts, to {@code end} at most. */
    static Found run(Source in, LasHeader h, LazItems items, long begin, long end) {
        ChunkWalk w = new ChunkWalk(in, h, items, begin, end);
        if (h.layout().modern()) {
            w.layered();
            w.sound = w.endsAt(w.start[w.n]);
        } else if (!items.variable() || !items.chunked()) {
            w.pointwise(h.count());
        }
        return new Found(Arrays.copyOf(w.start, w.n + 1), Arrays.copyOf(w.first, w.n + 1), w.sound);
    }

    private void add(long bytes, long points) {
        if (n + 2 > start.length) {
            start = Arrays.copyOf(start, 2 * start.length);
            first = Arrays.copyOf(first, 2 * first.length);
        }
        start[n + 1] = start[n] + bytes;
        first[n + 1] = first[n] + points;
        n++;
    }

    /** True at the end of the data, and where a table of as many chunks as were found begins. */
    private boolean endsAt(long at) {
        if (at == end) {
            return true;
        }
        if (end - at < 8) {
            return false;
        }
        byte[] b = in.read(at, 8);
        return Bytes.int32(b, 0) == 0 && (Bytes.uint32(b, 4) == n || Bytes.uint32(b, 4) == 0);
    }

    private void layered() {
        int head = LayeredDecoder.headLength(layout);
        while (end - start[n] >= head) {
            byte[] b = in.read(start[n], head);
            long points = LayeredDecoder.count(b, layout);
            long bytes = LayeredDecoder.bytes(b, layout);
            boolean full = n == 0 || items.variable() || first[n] - first[n - 1] == items.chunkSize();
            if (points == 0
                    || bytes > end - start[n]
                    || !full
                    || !items.variable() && points > items.chunkSize()
                    || !ChunkDecoder.plausible(points, bytes)) {
                return;
            }
            add(bytes, points);
        }
    }

    /** @param count points of the file, where its header says; else 0 */
    private void pointwise(long count) {
        LasPoints p = new LasPoints(layout, 1);
        long size = items.chunked() ? items.chunkSize() : Long.MAX_VALUE;
        while (end - start[n] >= layout.length() && (count == 0 || first[n] < count)) {
            long due = count == 0 ? size : Math.min(size, count - first[n]);
            // no coder makes two bytes of one, but a few at the chunk's end
            double most = 2.0 * layout.length() * due + 64;
            int held = (int) Math.min(Math.min(end - start[n], HELD), most);
            byte[] b = in.read(start[n], held);
            boolean toEnd = start[n] + held == end;
            long points = 0;
            int at = 0;
            try {
                PointwiseDecoder d = new PointwiseDecoder(b, 0, held, layout, items, due);
                while (points < due && d.next(p, 0, 1) == 1 && d.position() <= held) {
                    points++;
                    at = d.position();
                    if (toEnd && at == held) {
                        break; // more points may be made of these bytes, but nobody knows
                    }
                }
            } catch (RangeDecoder.Corrupt e) {
                // what came before stays
            }
            if (points == 0) {
                return;
            }
            add(at, points);
            if (points < due) {
                sound = at == held && toEnd;
                return;
            }
            if (endsAt(start[n])) {
                sound = true;
                return;
            }
        }
    }
}
