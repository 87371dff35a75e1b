package org.grotto.format.pcd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.grotto.base.GrottoException;
import org.grotto.format.Reading;

/**
 * How much of a PCD file there is to read.
 *
 * @param packed bytes, of packed points
 * @param points how many can be read; of text, at the most
 */
record PcdExtent(long packed, long points) {
    /**
     * Throws where points are missing, unless they may be.
     *
     * @param lost gets what is missing, in words
     */
    static PcdExtent of(Path path, Reading reading, PcdHeader header, PcdColumns columns, long size, List<String> lost)
            throws IOException {
        long points = header.points();
        long there = size - header.offset();
        switch (header.data()) {
            case ASCII -> {
                return new PcdExtent(0, there / (2L * header.values()) + 1); // a digit and a blank a value
            }
            case BINARY -> {
                long whole = there / header.stride();
                return new PcdExtent(0, whole >= points ? points : cut(path, reading, points, whole, lost));
            }
            case COMPRESSED -> {
                long[] sizes = PcdBytes.sizes(path, header.offset());
                double all = (double) points * header.stride();
                if (sizes.length == 0) {
                    return new PcdExtent(0, points == 0 ? 0 : cut(path, reading, points, 0, lost));
                }
                if (sizes[1] != all) {
                    throw GrottoException.badInput(
                            path,
                            header.offset(),
                            "the packed points are " + sizes[1] + " bytes by their own word and "
                                    + String.format(Locale.ROOT, "%.0f", all) + " by the header; the file is damaged.");
                }
                long packed = Math.min(sizes[0], there - 8);
                boolean suspect = packed < sizes[0] || packed * 132 < all;
                if (!suspect && !reading.keepGoing()) {
                    return new PcdExtent(packed, points);
                }
                long bytes = PcdBytes.unpackable(path, header, packed, sizes[1]);
                long whole = points;
                for (PcdHeader.Field f : columns.wanted()) {
                    whole = Math.min(whole, Math.max(0, bytes - f.offset() * points) / f.size());
                }
                return new PcdExtent(packed, whole >= points ? points : cut(path, reading, points, whole, lost));
            }
        }
        throw new AssertionError();
    }

    private static long cut(Path path, Reading reading, long points, long whole, List<String> lost) {
        if (!reading.keepGoing() || whole == 0) {
            throw GrottoException.badInput(
                    path,
                    "announces " + PcdReader.count(points) + " points and holds " + PcdReader.count(whole)
                            + "; it is cut off: copy it again"
                            + (whole == 0 ? "." : ", or take these with --keep-going."));
        }
        lost.add(PcdReader.count(points - whole) + " points: the file is cut off");
        return whole;
    }
}
