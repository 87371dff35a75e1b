package org.grotto.format;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.grotto.base.GrottoException;
import org.grotto.base.Job;
import org.grotto.base.Work;
import org.grotto.format.PointReader.PointCursor;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the points of {@link Pieces} in their order. Small pieces are decoded some at once, side by side, and held
 * decoded; larger ones flow through. A damaged piece is refused, or with {@code keepGoing} left out whole and counted.
 */
public final class PiecesCursor implements PointCursor {
    /** Numbers of a piece that is decoded whole, and of all that are held at once. */
    private static final long SMALL = 3_000_000;

    private static final long HELD = 24_000_000;

    private final Pieces pieces;
    private final List<Column> columns;
    private final Work work;
    private final Lost lost;
    private final int row;
    private final Queue<PointBatch> ready = new ArrayDeque<>();
    private int at;
    private int next;
    private @Nullable PointCursor open;

    /** What damaged pieces cost, told by the reader; of one cursor after the other. */
    public static final class Lost {
        private final boolean keepGoing;
        private final Remarks remarks = new Remarks();
        private long points;
        private int pieces;

        /** @param keepGoing leave damaged pieces out; else their failure is thrown */
        public Lost(boolean keepGoing) {
            this.keepGoing = keepGoing;
        }

        private synchronized void clear() {
            remarks.clear();
            points = 0;
            pieces = 0;
        }

        private synchronized void add(String name, long n) {
            pieces++;
            points += Math.max(0, n);
            remarks.lost("missing or damaged", name);
        }

        /** In words, as {@link PointReader#notKept} has them. */
        public synchronized List<String> notKept() {
            return pieces == 0
                    ? List.of()
                    : List.of(
                            points + " points of " + pieces + (pieces == 1 ? " piece" : " pieces") + " of the cloud",
                            String.join("; ", remarks.notKept()));
        }
    }

    public PiecesCursor(Pieces pieces, List<Column> columns, Work work, Lost lost) {
        this.pieces = pieces;
        this.columns = columns;
        this.work = work;
        this.lost = lost;
        this.row = 3 + columns.size();
        lost.clear();
    }

    @Override
    public boolean next(PointBatch batch) {
        batch.size = 0;
        while (batch.size == 0) {
            PointCursor c = open;
            if (c != null) {
                if (c.next(batch)) {
                    return true;
                }
                close();
            } else if (ready.isEmpty() && !fetch()) {
                return false;
            } else {
                copy(batch);
            }
        }
        return true;
    }

    /** Fills what is left of the batch from the pieces that are ready. */
    private void copy(PointBatch batch) {
        for (PointBatch p = ready.peek(); p != null && batch.size < batch.capacity; p = ready.peek()) {
            int n = Math.min(p.size - at, batch.capacity - batch.size);
            System.arraycopy(p.x, at, batch.x, batch.size, n);
            System.arraycopy(p.y, at, batch.y, batch.size, n);
            System.arraycopy(p.z, at, batch.z, batch.size, n);
            for (int c = 0; c < p.columns.length; c++) {
                System.arraycopy(p.columns[c], at, batch.columns[c], batch.size, n);
            }
            batch.size += n;
            at += n;
            if (at == p.size) {
                ready.remove();
                at = 0;
            }
        }
    }

    private boolean small(int i) {
        return i < pieces.size() && pieces.points(i) >= 0 && pieces.points(i) * row <= SMALL;
    }

    /** Makes some more points ready, or opens a large piece; false at the end. */
    private boolean fetch() {
        Job.current().check();
        if (next >= pieces.size()) {
            return false;
        }
        if (!small(next)) {
            large(next++);
            return true;
        }
        int n = 0;
        long held = 0;
        while (n < 2 * work.threads() && small(next + n) && held <= HELD) {
            held += pieces.points(next + n) * row;
            n++;
        }
        PointBatch[] group = new PointBatch[n];
        int first = next;
        work.each(n, k -> group[k] = whole(first + k));
        next += n;
        for (PointBatch b : group) {
            if (b.size > 0) {
                ready.add(b);
            }
        }
        return true;
    }

    private PointBatch whole(int i) {
        try (PointCursor c = pieces.open(i)) {
            PointBatch all = new PointBatch(columns, (int) Math.max(1, pieces.points(i)));
            PointBatch some = all;
            int n = 0;
            while (c.next(some)) {
                if (n + (long) some.size > pieces.points(i)) {
                    throw new IllegalStateException(pieces.name(i) + " gives more points than it says");
                }
                if (some != all) {
                    append(all, n, some);
                }
                n += some.size;
                if (n < all.capacity) {
                    some = some == all ? new PointBatch(columns, Math.min(all.capacity - n, 1 << 14)) : some;
                } else {
                    some = some == all ? new PointBatch(columns, 1) : some;
                }
            }
            all.size = n;
            return all;
        } catch (GrottoException e) {
            left(i, e);
            return new PointBatch(columns, 0);
        }
    }

    private static void append(PointBatch to, int at, PointBatch from) {
        System.arraycopy(from.x, 0, to.x, at, from.size);
        System.arraycopy(from.y, 0, to.y, at, from.size);
        System.arraycopy(from.z, 0, to.z, at, from.size);
        for (int c = 0; c < to.columns.length; c++) {
            System.arraycopy(from.columns[c], 0, to.columns[c], at, from.size);
        }
    }

    private void large(int i) {
        if (lost.keepGoing) {
            PointBatch b = new PointBatch(columns, 1 << 12);
            try (PointCursor c = pieces.open(i)) {
                while (c.next(b)) {} // the points before a fault come out before it shows
            } catch (GrottoException e) {
                left(i, e);
                return;
            }
        }
        open = pieces.open(i);
    }

    private void left(int i, GrottoException e) {
        boolean bad = e.kind() == GrottoException.Kind.BAD_INPUT || e.kind() == GrottoException.Kind.IO;
        if (!lost.keepGoing || !bad) {
            throw e;
        }
        lost.add(pieces.name(i), pieces.points(i));
    }

    @Override
    public void close() {
        PointCursor c = open;
        open = null;
        if (c != null) {
            c.close();
        }
    }
}
