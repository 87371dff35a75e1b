package org.grotto.format.las;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/** Delivers a file's points in order: a window after the other, or, with threads, a group of blocks at once. */
final class LasCursor implements PointReader.PointCursor {
    private final LasReader reader;
    private final LasColumns columns;
    private final @Nullable Work work;
    private final LasFindings findings;
    private final LasFindings.Span span = new LasFindings.Span();
    private final int window;
    private int nextBlock;
    private LasReader.@Nullable Block block;
    private final ArrayDeque<LasPoints> ready = new ArrayDeque<>();
    private final List<LasPoints> spare = new ArrayList<>();
    private int at;

    LasCursor(LasReader reader, LasColumns columns, @Nullable Work work, LasFindings findings) {
        this.reader = reader;
        this.columns = columns;
        this.work = work;
        this.findings = findings;
        this.window = LasPoints.modest(reader.layout(), work == null ? 16_384 : 65_536);
    }

    @Override
    public boolean next(PointBatch batch) {
        int n = 0;
        while (n < batch.capacity) {
            LasPoints p = ready.peek();
            if (p == null) {
                if (!fetch()) {
                    break;
                }
                continue;
            }
            int k = Math.min(p.size - at, batch.capacity - n);
            columns.fill(p, at, batch, n, k);
            span.add(p, at, k);
            n += k;
            at += k;
            if (at == p.size) {
                spare.add(ready.remove());
                at = 0;
            }
        }
        batch.size = n;
        if (n < batch.capacity) {
            findings.span(span);
        }
        return n > 0;
    }

    private LasPoints points() {
        return spare.isEmpty() ? new LasPoints(reader.layout(), window) : spare.removeLast();
    }

    private boolean small(int b) {
        return b < reader.blocks() && reader.blockStart(b + 1) - reader.blockStart(b) <= window;
    }

    /** Makes some more points ready; false at the end. */
    private boolean fetch() {
        Work w = work;
        if (block == null && w != null && w.threads() > 1 && small(nextBlock)) {
            int n = 0;
            while (n < 2 * w.threads() && small(nextBlock + n)) {
                n++;
            }
            LasPoints[] group = new LasPoints[n];
            for (int k = 0; k < n; k++) {
                group[k] = points();
            }
            int first = nextBlock;
            w.each(n, k -> {
                LasReader.Block b = reader.block(first + k);
                group[k].size = b.next(group[k], 0, window);
            });
            nextBlock += n;
            for (LasPoints p : group) {
                if (p.size > 0) {
                    ready.add(p);
                } else {
                    spare.add(p);
                }
            }
            return true;
        }
        if (block == null) {
            if (nextBlock >= reader.blocks()) {
                return false;
            }
            block = reader.block(nextBlock++);
        }
        LasPoints p = points();
        p.size = block.next(p, 0, window);
        if (p.size == 0) {
            block = null;
            spare.add(p);
        } else {
            ready.add(p);
        }
        return true;
    }

    @Override
    public void close() {}
}
