package org.grotto.format.e57;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.grotto.format.Findings;

/** The binary section of a scan: its header, and its packets one after the other, without their values. */
final class E57SectionCheck {
    private static final String SECTION = E57Check.STANDARD + "CompressedVector binary section header";
    private static final String DATA = E57Check.STANDARD + "data packets";
    private static final String INDEX = E57Check.STANDARD + "index packets";
    private static final String PACKETS = E57Check.STANDARD + "packets of binary sections";
    private static final String COUNT = E57Check.STANDARD + "CompressedVector: recordCount";
    private static final String EXPORT = E57Check.EXPORT;
    private static final int HEAD = 32;
    private static final int INDEX_HEAD = 16;
    private static final int INDEX_ENTRIES = 2048;
    /** Bits behind the last value that a writer may leave in a packet: it fills up to a word. */
    private static final long SLACK = 64;

    private final E57Pages pages;
    private final E57Pages.Window window;
    private final E57Tree.Points points;
    private final Findings f;
    private final byte[] b = new byte[1 << 16];
    private final Set<Long> dataPackets = new HashSet<>();
    /** Of the index: where its packet stands, and where it leads to. */
    private final List<long[]> entries = new ArrayList<>();

    private long packets;

    E57SectionCheck(E57Pages pages, E57Tree.Points points, Findings f) {
        this.pages = pages;
        this.window = pages.window(true);
        this.points = points;
        this.f = f;
    }

    /** Whether the values of the points can be read. */
    boolean run() {
        E57Prototype p = points.prototype();
        long at = p.fileOffset();
        long start = E57Pages.logical(at);
        if (p.count() == 0 && !pages.canStart(at)) {
            return false; // nothing stands anywhere
        }
        if (!pages.canStart(at) || pages.logicalLength() - start < HEAD) {
            f.fault(points.where() + "/points", SECTION, "byte " + at + " is no place for a section", EXPORT);
            return false;
        }
        window.read(start, b, 0, HEAD);
        ByteBuffer h = ByteBuffer.wrap(b, 0, HEAD).order(ByteOrder.LITTLE_ENDIAN);
        String where = "byte " + at;
        if (b[0] != 1) {
            f.fault(
                    where,
                    SECTION + ": sectionId",
                    "a section that begins with " + (b[0] & 255) + ", where 1 is due",
                    EXPORT);
            return false;
        }
        for (int i = 1; i < 8; i++) {
            if (b[i] != 0) {
                f.fault(where, SECTION + ": reserved", "reserved bytes of the section are not zero", EXPORT);
                break;
            }
        }
        long length = h.getLong(8);
        long first = h.getLong(16);
        long index = h.getLong(24);
        if (length < HEAD || length > pages.logicalLength() - start) {
            f.fault(
                    where,
                    SECTION + ": sectionLogicalLength",
                    Long.toUnsignedString(length) + " bytes do not fit in the file",
                    EXPORT);
            return false;
        }
        if (length % 4 != 0) {
            f.fault(where, SECTION + ": sectionLogicalLength", length + " is no multiple of 4", EXPORT);
        }
        long end = start + length;
        boolean empty = p.count() == 0 && first == 0;
        if (empty) {
            return true;
        }
        long from = E57Pages.logical(first);
        if (!pages.canStart(first) || from < start + HEAD || from > end) {
            f.fault(
                    where,
                    SECTION + ": dataPhysicalOffset",
                    "byte " + Long.toUnsignedString(first) + " lies outside of the section",
                    EXPORT);
            return false;
        }
        long[] bytes = new long[p.fields().size()];
        boolean whole = walk(from, end, bytes);
        if (index != 0
                && (!pages.canStart(index) || E57Pages.logical(index) >= end || E57Pages.logical(index) < start)) {
            f.fault(
                    where,
                    SECTION + ": indexPhysicalOffset",
                    "byte " + Long.toUnsignedString(index) + " lies outside of the section",
                    EXPORT);
        }
        indices();
        return whole && counts(bytes);
    }

    /** Whether all packets follow each other. */
    private boolean walk(long from, long end, long[] bytes) {
        long here = from;
        while (here + 4 <= end) {
            window.read(here, b, 0, 4);
            long at = E57Pages.physical(here);
            String where = "byte " + at;
            int length = 1 + (b[2] & 255 | (b[3] & 255) << 8);
            int type = b[0] & 255;
            if (type > 2) {
                f.fault(
                        where,
                        PACKETS + ": packetType",
                        "a packet of type " + type + ", where 0, 1 or 2 is due",
                        EXPORT);
                return false;
            }
            if (length > end - here) {
                f.fault(
                        where,
                        PACKETS + ": packetLogicalLengthMinus1",
                        "the packet has " + length + " bytes, its section only " + (end - here) + " more",
                        EXPORT);
                return false;
            }
            if (length % 4 != 0) {
                f.fault(
                        where,
                        PACKETS + ": packetLogicalLengthMinus1",
                        "the packet has " + length + " bytes, no multiple of 4",
                        EXPORT);
                return false;
            }
            window.read(here, b, 0, length);
            packets++;
            if (type == 1 && !data(at, length, bytes)) {
                return false;
            }
            if (type == 0) {
                index(at, length);
            }
            here += length;
        }
        return true;
    }

    private boolean data(long at, int length, long[] bytes) {
        String where = "byte " + at;
        dataPackets.add(at);
        int streams = length < 6 ? -1 : b[4] & 255 | (b[5] & 255) << 8;
        if (streams == 0 && points.prototype().count() == 0) {
            return true; // so the reference library writes a scan without points
        }
        if (streams != bytes.length) {
            f.fault(
                    where,
                    DATA + ": bytestreamCount",
                    "a packet of " + streams + " bytestreams, where the points have " + bytes.length + " fields",
                    EXPORT);
            return false;
        }
        int sum = 6 + 2 * streams;
        for (int i = 0; i < streams && 6 + 2 * i + 1 < length; i++) {
            int n = b[6 + 2 * i] & 255 | (b[7 + 2 * i] & 255) << 8;
            sum += n;
            bytes[i] += n;
        }
        if (sum > length) {
            f.fault(
                    where,
                    DATA + ": bytestreamBufferLength",
                    "the bytestreams take " + sum + " bytes of a packet of " + length,
                    EXPORT);
            return false;
        }
        if (length - sum > 3) {
            f.note(where, DATA, (length - sum) + " bytes of the packet belong to no field", "");
        }
        return true;
    }

    private void index(long at, int length) {
        String where = "byte " + at;
        if (length < INDEX_HEAD) {
            f.fault(where, INDEX, "has " + length + " bytes, where its header has 16", EXPORT);
            return;
        }
        int n = b[4] & 255 | (b[5] & 255) << 8;
        int level = b[6] & 255;
        if (n > INDEX_ENTRIES || INDEX_HEAD + 16L * n > length) {
            f.fault(where, INDEX + ": entryCount", n + " entries do not fit in " + length + " bytes", EXPORT);
            return;
        }
        if (level > 5) {
            f.fault(where, INDEX + ": indexLevel", "an index of level " + level + ", where 0 to 5 is due", EXPORT);
        }
        ByteBuffer h = ByteBuffer.wrap(b, 0, length).order(ByteOrder.LITTLE_ENDIAN);
        long last = -1;
        for (int i = 0; i < n; i++) {
            long record = h.getLong(INDEX_HEAD + 16 * i);
            long place = h.getLong(INDEX_HEAD + 16 * i + 8);
            if (record <= last || record > Math.max(0, points.prototype().count() - 1)) {
                f.fault(
                        where,
                        INDEX + ": chunkRecordIndex",
                        "entry " + i + " is for record " + record + " of "
                                + points.prototype().count(),
                        EXPORT);
                return;
            }
            last = record;
            if (level == 0) {
                entries.add(new long[] {at, place});
            }
        }
    }

    /** Whether the index leads to data packets, once all are known. */
    private void indices() {
        for (long[] e : entries) {
            if (!dataPackets.contains(e[1])) {
                f.fault(
                        "byte " + e[0],
                        INDEX + ": chunkPhysicalOffset",
                        "the index leads to byte " + Long.toUnsignedString(e[1]) + ", where no data packet starts",
                        EXPORT);
                return;
            }
        }
    }

    /** Whether as many records stand in the packets as are announced. */
    private boolean counts(long[] bytes) {
        long announced = points.prototype().count();
        List<E57Field> fields = points.prototype().fields();
        long least = Long.MAX_VALUE;
        long spare = Long.MAX_VALUE;
        for (int i = 0; i < bytes.length; i++) {
            int width = fields.get(i).width();
            if (width > 0 && fields.get(i).kind() != E57Field.Kind.STRING) {
                long bits = bytes[i] > Long.MAX_VALUE / 8 ? Long.MAX_VALUE : 8 * bytes[i];
                least = Math.min(least, bits / width);
                spare = Math.min(spare, (bits - SLACK * packets) / width);
            }
        }
        if (least == Long.MAX_VALUE) {
            return true;
        }
        if (least < announced) {
            f.fault(
                    points.where() + "/points",
                    COUNT,
                    "announces " + announced + " records, where the packets hold " + least,
                    EXPORT);
            return false;
        }
        if (spare > announced) {
            f.fault(
                    points.where() + "/points",
                    COUNT,
                    "announces " + announced + " records, where the packets hold more than " + spare,
                    EXPORT);
        }
        return true;
    }
}
