package org.grotto.format.las;

import java.util.ArrayList;
import java.util.List;
import org.grotto.format.las.point.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A variable length record: what a LAS file keeps beside its points.
 *
 * @param at byte offset of the payload
 * @param data the payload; empty for extended records of more than 16 MB, whose {@code length} is kept
 */
record Vlr(String user, int id, String description, long at, long length, byte[] data) {
    static final int HEAD = 54;
    static final int HEAD_EXTENDED = 60;
    private static final long READ_AT_MOST = 16 << 20;
    /** Bytes of the header of LAS 1.0. */
    private static final int LEAST_HEADER = 227;

    static final String PROJECTION = "LASF_Projection";
    static final String SPEC = "LASF_Spec";
    static final String LASZIP = "laszip encoded";
    static final String COPC = "copc";
    static final int WKT = 2112;
    static final int GEO_KEYS = 34735;
    static final int GEO_TEXT = 34737;
    static final int EXTRA_BYTES = 4;
    static final int LASZIP_ID = 22204;

    boolean is(String user, int id) {
        return this.id == id && this.user.equals(user);
    }

    static @Nullable Vlr find(List<Vlr> all, String user, int id) {
        for (Vlr v : all) {
            if (v.is(user, id)) {
                return v;
            }
        }
        return null;
    }

    /**
     * Where the records between header and points start: where the header says, unless none stands there and one stands
     * behind a header of the version's size.
     *
     * @param stated the size that the header says it has
     * @param due the size that headers of this version have
     */
    static long start(Source in, int stated, int due, long pointOffset, long count) {
        boolean possible = stated >= LEAST_HEADER && stated <= pointOffset;
        if (possible && (count == 0 ? stated >= Math.min(due, pointOffset) : stands(in, stated, pointOffset))) {
            return stated;
        }
        if (due <= pointOffset && (!possible || count == 0 || stands(in, due, pointOffset))) {
            return due;
        }
        return possible ? stated : pointOffset;
    }

    /** Whether a record that fits before {@code end} stands at {@code at}, with a name in plain letters. */
    private static boolean stands(Source in, long at, long end) {
        if (end - at < HEAD) {
            return false;
        }
        byte[] b = in.read(at, HEAD);
        int k = 2;
        while (k < 18 && b[k] >= 32 && b[k] < 127) {
            k++;
        }
        boolean named = k > 2;
        for (; k < 18; k++) {
            named &= b[k] == 0;
        }
        return named && Bytes.uint16(b, 20) <= end - at - HEAD;
    }

    /**
     * The records between header and points, then the extended ones behind the points. Those that do not fit there are
     * left out, those that the header forgot are read, and {@link LasHeader#said} and {@link LasHeader#lost} tell.
     */
    static List<Vlr> readAll(Source in, LasHeader h) {
        List<Vlr> all = new ArrayList<>();
        long at = h.headerSize();
        while (all.size() < h.vlrCount() || stands(in, at, h.pointOffset())) {
            long next = read(in, at, h.pointOffset(), HEAD, all);
            if (next < 0) {
                break;
            }
            at = next;
        }
        if (all.size() != h.vlrCount()) {
            h.said()
                    .add(all.size() + (all.size() == 1 ? " variable length record" : " variable length records")
                            + ", where the header counts " + h.vlrCount());
        }
        at = h.evlrStart();
        for (long k = 0; k < h.evlrCount(); k++) {
            at = read(in, at, in.length(), HEAD_EXTENDED, all);
            if (at < 0) {
                h.lost()
                        .add((h.evlrCount() - k) + " of " + h.evlrCount()
                                + " extended records, which do not fit in the file");
                break;
            }
        }
        return all;
    }

    /** Reads a record; returns where it ends, or -1 where none fits before {@code end}. */
    private static long read(Source in, long at, long end, int head, List<Vlr> to) {
        if (end - at < head) {
            return -1;
        }
        byte[] b = in.read(at, head);
        long length = head == HEAD ? Bytes.uint16(b, 20) : Bytes.int64(b, 20);
        if (length < 0 || length > end - at - head) {
            return -1;
        }
        byte[] data = length > READ_AT_MOST ? new byte[0] : in.read(at + head, (int) length);
        to.add(new Vlr(
                Bytes.text(b, 2, 16), Bytes.uint16(b, 18), Bytes.text(b, head - 32, 32), at + head, length, data));
        return at + head + length;
    }

    /** The record as it stands in a file, header and payload, in the short form. */
    static byte[] bytes(String user, int id, String description, byte[] data) {
        byte[] b = new byte[HEAD + data.length];
        Bytes.putText(b, 2, 16, user);
        Bytes.put16(b, 18, id);
        Bytes.put16(b, 20, data.length);
        Bytes.putText(b, 22, 32, description);
        System.arraycopy(data, 0, b, HEAD, data.length);
        return b;
    }

    /** The 60 bytes before the payload of an extended record. */
    static byte[] extendedHead(String user, int id, String description, long length) {
        byte[] b = new byte[HEAD_EXTENDED];
        Bytes.putText(b, 2, 16, user);
        Bytes.put16(b, 18, id);
        Bytes.put64(b, 20, length);
        Bytes.putText(b, 28, 32, description);
        return b;
    }
}
