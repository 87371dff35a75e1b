package org.grotto.format;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A point file that is open for reading. Opening reads and checks the header only. Every failure is a
 * {@link org.grotto.base.GrottoException} with file, offset, what was found and what to do; nothing is allocated from a
 * size in the file that has not been checked against the file's length.
 */
public interface PointReader extends AutoCloseable {
    Path path();

    /** Format and version as a user would say it: "E57 1.0", "LAZ 1.4 point format 7", "PLY binary little endian". */
    String format();

    /** The scans in file order; plain formats have one. */
    List<Scan> scans();

    /** What the file says about itself as a whole (CRS, generating software, dates, VLRs), sorted by key. */
    Map<String, String> metadata();

    /** The pictures in file order; what of them is damaged shows when their bytes are read. */
    default List<Picture> pictures() {
        return List.of();
    }

    /**
     * Parts of the file that this reader saw and does not hand on (extensions, what is damaged): named, for the
     * run record; complete when the points have been read.
     */
    List<String> notKept();

    /**
     * What the reader took the file for where it does not say itself, or says something untrue, in words: its columns, a
     * decimal comma, counts corrected; complete when the points have been read.
     */
    default List<String> understood() {
        return List.of();
    }

    /** What the file says of the unit and the axes of its coordinates. */
    default Stated stated() {
        return Stated.NOTHING;
    }

    /** Starts reading the points of scan {@code index}; several cursors may be open at once. */
    PointCursor points(int index);

    @Override
    void close();

    /** Delivers points in file order. */
    interface PointCursor extends AutoCloseable {
        /**
         * Fills {@code batch} (made with the scan's columns) from its start; returns false, with size 0, at the end.
         */
        boolean next(PointBatch batch);

        @Override
        void close();
    }
}
