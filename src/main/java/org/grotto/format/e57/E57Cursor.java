package org.grotto.format.e57;

import java.util.Arrays;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader.PointCursor;
import org.jspecify.annotations.Nullable;

/** The points of one scan, in file order; memory is one packet for each field, whatever the number of points. */
final class E57Cursor implements PointCursor {
    /** Records that are looked at for how returns are counted. */
    private static final int LOOKED_AT = 4096;

    private final E57Scan source;
    private final E57Stream[] position = new E57Stream[3];
    private final E57Stream[] columns;
    private final @Nullable E57Salvage salvage;
    private final E57Findings findings;
    private long left;
    /** The number of the next record, and where in the list of lost ones it stands. */
    private long record;

    private int range;
    private long atScanner;

    /** What the values of each column are raised by. */
    private final int[] raises;

    /** @param salvage what can be read of a damaged file; null where it is to be sound */
    E57Cursor(E57Pages pages, E57Scan source, @Nullable E57Salvage salvage, E57Findings findings) {
        this.source = source;
        this.salvage = salvage;
        this.findings = findings;
        this.columns = new E57Stream[source.columns().length];
        this.raises = new int[source.columns().length];
        this.left = salvage == null ? source.prototype().count() : salvage.available();
        if (left > 0) {
            open(pages);
        }
    }

    private void open(E57Pages pages) {
        E57Prototype prototype = source.prototype();
        E57Pages.Window window = pages.window(salvage != null);
        E57SectionHead head = E57SectionHead.read(pages, window, prototype);
        if (salvage == null && !E57Prototype.fits(prototype.fields(), left, head.end() - head.first())) {
            throw E57SectionHead.bad(
                    pages,
                    prototype.fileOffset(),
                    "has " + (head.end() - head.first()) + " bytes of data, too few for the " + left
                            + " points announced");
        }
        int n = prototype.fields().size();
        for (int i = 0; i < 3; i++) {
            position[i] = stream(pages, window, source.position()[i], n, head.first(), head.end());
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i] = stream(pages, window, source.columns()[i], n, head.first(), head.end());
            raises[i] =
                    E57Names.first(prototype.fields().get(source.columns()[i]).name());
        }
        if (countsFromOne(pages, window, head)) {
            Arrays.fill(raises, 0);
            findings.countsFromOne(source);
        }
    }

    /**
     * Whether returns are counted from 1, against the standard, as some converters do: among the first records one is
     * as many as there are, which no count from 0 reaches.
     */
    private boolean countsFromOne(E57Pages pages, E57Pages.Window window, E57SectionHead head) {
        E57Prototype prototype = source.prototype();
        int index = prototype.index("returnIndex");
        int count = prototype.index("returnCount");
        if (index < 0 || count < 0) {
            return false;
        }
        int n = (int) Math.min(left, LOOKED_AT);
        double[] indices = new double[n];
        double[] counts = new double[n];
        int fields = prototype.fields().size();
        stream(pages, window, index, fields, head.first(), head.end()).read(indices, n);
        stream(pages, window, count, fields, head.first(), head.end()).read(counts, n);
        for (int i = 0; i < n; i++) {
            if (counts[i] >= 1 && indices[i] == counts[i]) {
                return true;
            }
        }
        return false;
    }

    private E57Stream stream(E57Pages pages, E57Pages.Window window, int field, int n, long first, long end) {
        return new E57Stream(pages, window, source.prototype().fields().get(field), field, n, first, end);
    }

    @Override
    public boolean next(PointBatch batch) {
        if (batch.columns.length != columns.length || batch.capacity == 0) {
            throw new IllegalArgumentException("the batch was not made with the columns of "
                    + source.scan().name());
        }
        batch.size = 0;
        while (batch.size == 0 && left > 0) {
            int n = (int) Math.min(left, batch.capacity);
            position[0].read(batch.x, n);
            position[1].read(batch.y, n);
            position[2].read(batch.z, n);
            for (int i = 0; i < columns.length; i++) {
                columns[i].read(batch.columns[i], n);
                int raise = raises[i];
                for (int k = 0; raise != 0 && k < n; k++) {
                    batch.columns[i][k] += raise;
                }
            }
            double[] invalid = source.invalid() < 0 ? null : batch.columns[source.invalid()];
            int kept = withoutLost(batch, n);
            kept = withoutScanner(batch, kept, invalid);
            if (source.spherical()) {
                toCartesian(batch, kept, invalid);
            }
            left -= n;
            record += n;
            batch.size = kept;
        }
        if (left == 0) {
            findings.atScanner(source, atScanner);
        }
        return batch.size > 0;
    }

    /** Moves the records that stand on sound pages to the front; returns how many. */
    private int withoutLost(PointBatch b, int n) {
        long[] lost = salvage == null ? new long[0] : salvage.lost();
        int to = 0;
        for (int i = 0; i < n; i++) {
            while (range < lost.length && lost[range + 1] <= record + i) {
                range += 2;
            }
            if (range >= lost.length || lost[range] > record + i) {
                to = move(b, i, to);
            }
        }
        return to;
    }

    /**
     * Leaves out what stands exactly where the scanner does, unmarked: rays without return, of a scan whose frame is the
     * scanner's.
     */
    private int withoutScanner(PointBatch b, int n, double @Nullable [] invalid) {
        if (source.scan().pose() == null && !source.spherical()) {
            return n;
        }
        int to = 0;
        for (int i = 0; i < n; i++) {
            boolean none = b.x[i] == 0 && (source.spherical() || b.y[i] == 0 && b.z[i] == 0);
            if (none && (invalid == null || invalid[i] == 0)) {
                atScanner++;
            } else {
                to = move(b, i, to);
            }
        }
        return to;
    }

    private static int move(PointBatch b, int from, int to) {
        if (from != to) {
            b.x[to] = b.x[from];
            b.y[to] = b.y[from];
            b.z[to] = b.z[from];
            for (double[] c : b.columns) {
                c[to] = c[from];
            }
        }
        return to + 1;
    }

    /**
     * Range, azimuth, elevation in x, y, z become x, y, z. Where only the direction is valid (state 1),
     * the unit vector is given, as a cartesian scan would.
     */
    private static void toCartesian(PointBatch batch, int n, double @Nullable [] invalid) {
        for (int i = 0; i < n; i++) {
            double range = invalid != null && invalid[i] == 1 ? 1 : batch.x[i];
            double azimuth = batch.y[i];
            double elevation = batch.z[i];
            double flat = range * StrictMath.cos(elevation);
            batch.x[i] = flat * StrictMath.cos(azimuth);
            batch.y[i] = flat * StrictMath.sin(azimuth);
            batch.z[i] = range * StrictMath.sin(elevation);
        }
    }

    @Override
    public void close() {
        // the pages belong to the reader
    }
}
