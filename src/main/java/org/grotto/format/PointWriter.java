package org.grotto.format;

import java.util.List;

/**
 * A point file being written. Scans are written one after another: {@link #begin}, batches, {@link #end}. The file given
 * to it is a temporary one (see {@link org.grotto.base.Outputs}): it need not clean up after a failure.
 */
public interface PointWriter extends AutoCloseable {
    /** Starts a scan. Formats without scans accept one or join them, applying poses; {@link #lost} then says so. */
    void begin(Scan scan);

    /** Points with the schema of the scan begun, positions in the scan's own frame. */
    void write(PointBatch batch);

    void end();

    /** Whether this format holds pictures. */
    default boolean keepsPictures() {
        return false;
    }

    /**
     * Adds a picture, its bytes as they are; after the last scan.
     *
     * @throws org.grotto.base.GrottoException where its bytes cannot be read; the file goes on without it
     */
    default void picture(Picture picture) {
        throw new UnsupportedOperationException();
    }

    /** How many points the file holds; complete after the last {@link #end}. */
    long written();

    /** What of the input this format could not keep, in words; complete after the last {@link #end}. */
    List<String> lost();

    /** Completes the file. */
    @Override
    void close();
}
