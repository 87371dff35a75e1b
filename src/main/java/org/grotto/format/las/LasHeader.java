package org.grotto.format.las;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;

/**
 * The public header block of a LAS 1.0 to 1.5 file (ASPRS LAS 1.4 R16 and 1.5 R00, "Public Header Block"), checked against the file, and
 * corrected where that shows what is true ({@link LasCounts}, {@link Vlr#start}).
 *
 * @param compressed true for LAZ
 * @param headerSize where the variable length records start
 * @param count points: what the records in an uncompressed file bear out; of a compressed one, what the header says
 * @param timeOffset millions of seconds of standard GPS time that the times count from (LAS 1.5); -1 where it says none
 * @param said what was corrected, in words
 * @param lost what the header speaks of and the file does not hold, in words
 * @param bounds as declared, or null where they make no sense
 * @param evlrStart byte offset of the first extended record, 0 for none
 */
record LasHeader(
        int minor,
        int sourceId,
        int encoding,
        String guid,
        String system,
        String software,
        int day,
        int year,
        int headerSize,
        long pointOffset,
        long vlrCount,
        LasLayout layout,
        boolean compressed,
        long count,
        double[] scale,
        double[] offset,
        @Nullable Box bounds,
        long waveStart,
        long evlrStart,
        long evlrCount,
        int timeOffset,
        List<String> said,
        List<String> lost) {

    static final int ENCODING_STANDARD_TIME = 1;
    static final int ENCODING_WKT = 16;
    /** LAS 1.5: times count from {@link #timeOffset} million seconds of GPS time. */
    static final int ENCODING_TIME_OFFSET = 64;

    static final int SIZE_14 = 375;
    private static final int SIZE_15 = 393;
    private static final int[] MIN_SIZE = {227, 227, 227, 235, 375, 393};

    String version() {
        return "1." + minor;
    }

    /** The same header with another number of points. */
    LasHeader withCount(long n) {
        return new LasHeader(
                minor,
                sourceId,
                encoding,
                guid,
                system,
                software,
                day,
                year,
                headerSize,
                pointOffset,
                vlrCount,
                layout,
                compressed,
                n,
                scale,
                offset,
                bounds,
                waveStart,
                evlrStart,
                evlrCount,
                timeOffset,
                said,
                lost);
    }

    static LasHeader read(Source in) {
        return read(in, false);
    }

    /** @param keepGoing take the records that are there, where more or none at all are announced; else refuse */
    static LasHeader read(Source in, boolean keepGoing) {
        long length = in.length();
        if (length == 0) {
            throw GrottoException.badInput(in.path(), "is empty; copy it again.");
        }
        byte[] b = in.read(0, (int) Math.min(length, SIZE_14));
        if (b.length < 4 || b[0] != 'L' || b[1] != 'A' || b[2] != 'S' || b[3] != 'F') {
            throw GrottoException.badInput(
                    in.path(), 0, "a LAS or LAZ file starts with the letters LASF, this one does not.");
        }
        if (b.length < MIN_SIZE[0]) {
            throw GrottoException.badInput(
                    in.path(), "ends after " + length + " bytes, inside its header; copy it again.");
        }
        int major = b[24];
        int minor = b[25];
        if (major != 1 || minor < 0 || minor > 5) {
            throw GrottoException.unsupported(
                    in.path(),
                    "says that it is LAS " + (major & 255) + "." + (minor & 255) + ", but 1.0 to 1.5 can be read.");
        }
        List<String> said = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        long pointOffset = Bytes.uint32(b, 96);
        if (pointOffset < MIN_SIZE[0] || pointOffset > length) {
            throw GrottoException.badInput(
                    in.path(),
                    96,
                    "the points should start between the header (at least " + MIN_SIZE[0] + " bytes) and the end of the"
                            + " file (" + length + " bytes), but are said to start at " + pointOffset + ".");
        }
        int stated = Bytes.uint16(b, 94);
        long vlrCount = Bytes.uint32(b, 100);
        int headerSize = (int) Vlr.start(in, stated, MIN_SIZE[minor], pointOffset, vlrCount);
        if (headerSize != stated) {
            said.add("a header of " + headerSize + " bytes, where it states " + stated);
        }
        Reader r = new Reader(in, b);
        LasLayout layout = r.layout();
        boolean compressed = (b[104] & 0xC0) != 0;
        long wave = minor >= 3 && headerSize >= MIN_SIZE[3] ? Bytes.int64(b, 227) : 0;
        long evlrStart = 0;
        long evlrCount = 0;
        long count = Bytes.uint32(b, 107);
        long other = count;
        if (minor >= 4 && headerSize >= SIZE_14 && b.length >= SIZE_14) {
            evlrStart = Bytes.int64(b, 235);
            evlrCount = Bytes.uint32(b, 243);
            long extended = Bytes.int64(b, 247);
            count = extended != 0 ? extended : count;
            if (evlrCount > 0 && (evlrStart < pointOffset || evlrStart > length - Vlr.HEAD_EXTENDED)) {
                lost.add(evlrCount + " extended records, which the header says start at byte "
                        + Long.toUnsignedString(evlrStart) + " of a file of " + length);
                evlrCount = 0;
            }
        }
        if (!compressed) {
            long end = evlrCount > 0 ? evlrStart : internalWaves(b, wave, pointOffset, length) ? wave : length;
            count = new LasCounts(in, layout, pointOffset, end).of(count, other, keepGoing, said, lost);
        } else if (count < 0) {
            throw GrottoException.badInput(
                    in.path(), 247, Long.toUnsignedString(count) + " points are announced; the header is damaged.");
        }
        return new LasHeader(
                minor,
                Bytes.uint16(b, 4),
                minor >= 1 ? Bytes.uint16(b, 6) : 0,
                r.guid(),
                Bytes.text(b, 26, 32),
                Bytes.text(b, 58, 32),
                Bytes.uint16(b, 90),
                Bytes.uint16(b, 92),
                headerSize,
                pointOffset,
                vlrCount,
                layout,
                compressed,
                count,
                r.scale(),
                r.offset(),
                r.bounds(),
                wave,
                evlrCount > 0 ? evlrStart : 0,
                evlrCount,
                timeOffset(in, minor, headerSize, Bytes.uint16(b, 6)),
                said,
                lost);
    }

    private static int timeOffset(Source in, int minor, int headerSize, int encoding) {
        boolean stated = minor >= 5 && headerSize >= SIZE_15 && (encoding & ENCODING_TIME_OFFSET) != 0;
        return stated && in.length() >= SIZE_15 ? Bytes.uint16(in.read(SIZE_15 - 2, 2), 0) : -1;
    }

    /** Whether waveforms stand behind the points in the same file. */
    private static boolean internalWaves(byte[] b, long wave, long pointOffset, long length) {
        return (Bytes.uint16(b, 6) & 2) != 0 && wave > pointOffset && wave < length;
    }

    private record Reader(Source in, byte[] b) {

        LasLayout layout() {
            int format = b[104] & 0x3F;
            if (format > 10) {
                throw GrottoException.unsupported(
                        in.path(), "has point format " + format + ", but formats 0 to 10 can be read.");
            }
            int recordLength = Bytes.uint16(b, 105);
            if (recordLength < LasLayout.baseLength(format)) {
                throw GrottoException.badInput(
                        in.path(),
                        105,
                        "records of point format " + format + " have at least " + LasLayout.baseLength(format)
                                + " bytes, this file says " + recordLength + ".");
            }
            return new LasLayout(format, recordLength);
        }

        String guid() {
            byte[] none = new byte[16];
            if (Arrays.equals(b, 8, 24, none, 0, 16)) {
                return "";
            }
            return String.format(
                    "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                    Bytes.int32(b, 8),
                    (int) Bytes.uint16(b, 12),
                    (int) Bytes.uint16(b, 14),
                    b[16],
                    b[17],
                    b[18],
                    b[19],
                    b[20],
                    b[21],
                    b[22],
                    b[23]);
        }

        double[] scale() {
            double[] s = {Bytes.float64(b, 131), Bytes.float64(b, 139), Bytes.float64(b, 147)};
            for (int k = 0; k < 3; k++) {
                if (!Double.isFinite(s[k]) || s[k] == 0) {
                    throw GrottoException.badInput(
                            in.path(),
                            131 + 8L * k,
                            "the scale of axis " + "xyz".charAt(k) + " is " + s[k] + ", so there are no positions.");
                }
            }
            return s;
        }

        double[] offset() {
            double[] s = {Bytes.float64(b, 155), Bytes.float64(b, 163), Bytes.float64(b, 171)};
            for (int k = 0; k < 3; k++) {
                if (!Double.isFinite(s[k])) {
                    throw GrottoException.badInput(
                            in.path(),
                            155 + 8L * k,
                            "the offset of axis " + "xyz".charAt(k) + " is " + s[k] + ", so there are no positions.");
                }
            }
            return s;
        }

        @Nullable
        Box bounds() {
            Box box = new Box(
                    Bytes.float64(b, 187),
                    Bytes.float64(b, 203),
                    Bytes.float64(b, 219),
                    Bytes.float64(b, 179),
                    Bytes.float64(b, 195),
                    Bytes.float64(b, 211));
            return box.isEmpty() || !Double.isFinite(box.diagonal()) || !counted(box) ? null : box;
        }

        /** Whether 32 bits can count to the bounds: if not, they are not those of any points of this file. */
        private boolean counted(Box box) {
            double[] s = scale();
            double[] o = offset();
            double[] lo = {box.minX(), box.minY(), box.minZ()};
            double[] hi = {box.maxX(), box.maxY(), box.maxZ()};
            double most = 2147483649.0; // one step beyond, as bounds may be rounded
            for (int k = 0; k < 3; k++) {
                if (!(Math.abs((lo[k] - o[k]) / s[k]) <= most && Math.abs((hi[k] - o[k]) / s[k]) <= most)) {
                    return false;
                }
            }
            return true;
        }
    }
}
