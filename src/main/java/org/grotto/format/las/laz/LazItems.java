package org.grotto.format.las.laz;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;

/**
 * The LASzip record: how the points are compressed. Versions are 0 for items that the point format lacks.
 *
 * @param chunked false for the oldest files, which are one run from the first point to the last
 * @param chunkSize points in a chunk, {@link #VARIABLE} where the chunk table says it for each
 */
public record LazItems(
        boolean chunked, long chunkSize, int pointVersion, int timeVersion, int colourVersion, int extraVersion) {
    public static final long VARIABLE = 0xFFFFFFFFL;

    private static final int LAYERED = 3;

    private static final int BYTE = 0;
    private static final int POINT10 = 6;
    private static final int GPSTIME11 = 7;
    private static final int RGB12 = 8;
    private static final int WAVEPACKET13 = 9;
    private static final int POINT14 = 10;
    private static final int RGB14 = 11;
    private static final int RGBNIR14 = 12;
    private static final int WAVEPACKET14 = 13;
    private static final int BYTE14 = 14;

    /** True where chunks have any number of points, which the chunk table says. */
    public boolean variable() {
        return chunkSize == VARIABLE;
    }

    public boolean version4() {
        return pointVersion == 4;
    }

    /** Item type and size, in file order, that records of {@code layout} are made of. */
    private static List<int[]> expected(LasLayout layout) {
        List<int[]> items = new ArrayList<>();
        boolean modern = layout.modern();
        items.add(modern ? new int[] {POINT14, 30} : new int[] {POINT10, 20});
        if (!modern && layout.hasTime()) {
            items.add(new int[] {GPSTIME11, 8});
        }
        if (layout.hasNir()) {
            items.add(new int[] {RGBNIR14, 8});
        } else if (layout.hasColour()) {
            items.add(new int[] {modern ? RGB14 : RGB12, 6});
        }
        if (layout.hasWave()) {
            items.add(new int[] {modern ? WAVEPACKET14 : WAVEPACKET13, LasLayout.WAVE_BYTES});
        }
        if (layout.extraBytes() > 0) {
            items.add(new int[] {modern ? BYTE14 : BYTE, layout.extraBytes()});
        }
        return items;
    }

    /**
     * Reads a record.
     *
     * @param b its payload
     * @param start where it stands in the file
     */
    public static LazItems parse(Path file, byte[] b, long start, LasLayout layout) {
        if (b.length < 34) {
            throw GrottoException.badInput(
                    file, start, "the LASzip record has " + b.length + " bytes, but at least 34 are needed.");
        }
        int compressor = Bytes.uint16(b, 0);
        int coder = Bytes.uint16(b, 2);
        if (compressor < 1 || compressor > LAYERED || coder != 0) {
            throw GrottoException.badInput(
                    file,
                    start,
                    "the LASzip record names compressor " + compressor + " and coder " + coder
                            + ", but only compressors 1 to 3 and coder 0 exist.");
        }
        List<int[]> expected = expected(layout);
        int n = Bytes.uint16(b, 32);
        if (n != expected.size() || b.length < 34 + 6 * n) {
            throw GrottoException.badInput(
                    file,
                    start + 32,
                    "the LASzip record lists " + n + " items, but point format " + layout.format() + " with records of "
                            + layout.length() + " bytes has " + expected.size() + ".");
        }
        int[] version = new int[15];
        for (int k = 0; k < n; k++) {
            int at = 34 + 6 * k;
            int type = Bytes.uint16(b, at);
            int size = Bytes.uint16(b, at + 2);
            int[] e = expected.get(k);
            if (type != e[0] || size != e[1]) {
                throw GrottoException.badInput(
                        file,
                        start + at,
                        "item " + (k + 1) + " of the LASzip record is of type " + type + " with " + size
                                + " bytes, but type " + e[0] + " with " + e[1] + " bytes is due.");
            }
            int v = Bytes.uint16(b, at + 4);
            boolean known = type >= POINT14
                    ? v >= 2 && v <= 4 && (v == 4) == (Bytes.uint16(b, 38) == 4)
                    : type == WAVEPACKET13 ? v == 1 : v == 1 || v == 2;
            if (!known) {
                throw GrottoException.unsupported(
                        file, "item " + (k + 1) + " of the LASzip record has version " + v + ", which is not known.");
            }
            version[type] = v;
        }
        if ((compressor == LAYERED) != layout.modern()) {
            throw GrottoException.badInput(
                    file,
                    start,
                    "point format " + layout.format() + " does not go with compressor " + compressor + ".");
        }
        long chunkSize = Bytes.uint32(b, 12);
        boolean chunked = compressor != 1;
        return new LazItems(
                chunked,
                chunkSize == 0 ? VARIABLE : chunkSize, // as LASzip reads it
                version[POINT10] + version[POINT14],
                version[GPSTIME11],
                version[RGB12] + version[RGB14] + version[RGBNIR14],
                version[BYTE] + version[BYTE14]);
    }

    /** The LASzip record's payload for chunks that we write. */
    public static byte[] bytes(LasLayout layout, long chunkSize) {
        List<int[]> items = expected(layout);
        byte[] b = new byte[34 + 6 * items.size()];
        Bytes.put16(b, 0, LAYERED);
        b[4] = 3; // the LASzip version whose coding this is
        b[5] = 4;
        Bytes.put16(b, 6, 3);
        Bytes.put32(b, 12, (int) chunkSize);
        Bytes.put64(b, 16, -1);
        Bytes.put64(b, 24, -1);
        Bytes.put16(b, 32, items.size());
        for (int k = 0; k < items.size(); k++) {
            Bytes.put16(b, 34 + 6 * k, items.get(k)[0]);
            Bytes.put16(b, 36 + 6 * k, items.get(k)[1]);
            Bytes.put16(b, 38 + 6 * k, 3);
        }
        return b;
    }
}
