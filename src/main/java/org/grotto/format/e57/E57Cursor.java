package org.grotto.format.e57;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.grotto.base.GrottoException;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader.PointCursor;
import org.jspecify.annotations.Nullable;

/** The points of one scan, in file order; memory is one packet for each field, whatever the number of points. */
final class E57Cursor implements PointCursor {
    private static final int SECTION_HEADER = 32;

    private final E57Scan source;
    private final E57Stream[] position = new E57Stream[3];
    private final E57Stream[] columns;
    private long left;

    E57Cursor(E57Pages pages, E57Scan source) {
        this.source = source;
        this.columns = new E57Stream[source.columns().length];
        this.left = source.prototype().count();
        if (left > 0) {
            open(pages);
        }
    }

    private void open(E57Pages pages) {
        E57Prototype prototype = source.prototype();
        E57Pages.Window window = pages.window();
        long physical = prototype.fileOffset();
        long start = E57Pages.logical(physical);
        long available = pages.logicalLength() - start;
        if (available < SECTION_HEADER) {
            throw bad(pages, physical, "has no room for its header before the file ends");
        }
        byte[] b = new byte[SECTION_HEADER];
        window.read(start, b, 0, SECTION_HEADER);
        ByteBuffer h = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN);
        if (b[0] != 1) {
            throw bad(pages, physical, "starts with " + (b[0] & 0xff) + " instead of 1");
        }
        long length = h.getLong(8);
        long data = h.getLong(16);
        if (length < SECTION_HEADER || length > available) {
            throw bad(
                    pages,
                    physical,
                    "states a length of " + Long.toUnsignedString(length) + " bytes, but " + available + " are left");
        }
        long first = E57Pages.logical(data);
        if (!pages.canStart(data) || first < start + SECTION_HEADER || first > start + length) {
            throw bad(
                    pages,
                    physical,
                    "states that its data start at byte " + Long.toUnsignedString(data) + ", outside of itself");
        }
        if (!E57Prototype.fits(prototype.fields(), left, start + length - first)) {
            throw bad(
                    pages,
                    physical,
                    "has " + (start + length - first) + " bytes of data, too few for the " + left
                            + " points announced");
        }
        int n = prototype.fields().size();
        for (int i = 0; i < 3; i++) {
            position[i] = stream(pages, window, source.position()[i], n, first, start + length);
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i] = stream(pages, window, source.columns()[i], n, first, start + length);
        }
    }

    private E57Stream stream(E57Pages pages, E57Pages.Window window, int field, int n, long first, long end) {
        return new E57Stream(pages, window, source.prototype().fields().get(field), field, n, first, end);
    }

    private static GrottoException bad(E57Pages pages, long at, String what) {
        return GrottoException.badInput(
                pages.path, at, "the section of points that starts here " + what + "; export the file again.");
    }

    @Override
    public boolean next(PointBatch batch) {
        if (batch.columns.length != columns.length || batch.capacity == 0) {
            throw new IllegalArgumentException("the batch was not made with the columns of "
                    + source.scan().name());
        }
        batch.size = 0;
        int n = (int) Math.min(left, batch.capacity);
        if (n == 0) {
            return false;
        }
        position[0].read(batch.x, n);
        position[1].read(batch.y, n);
        position[2].read(batch.z, n);
        for (int i = 0; i < columns.length; i++) {
            columns[i].read(batch.columns[i], n);
            int first = E57Names.first(
                    source.prototype().fields().get(source.columns()[i]).name());
            for (int k = 0; first != 0 && k < n; k++) {
                batch.columns[i][k] += first;
            }
        }
        if (source.spherical()) {
            toCartesian(batch, n, source.invalid() < 0 ? null : batch.columns[source.invalid()]);
        }
        left -= n;
        batch.size = n;
        return true;
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
