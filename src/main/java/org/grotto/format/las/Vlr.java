package org.grotto.format.las;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
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

    /** The records between header and points, then the extended ones behind the points. */
    static List<Vlr> readAll(Source in, LasHeader h) {
        List<Vlr> all = new ArrayList<>();
        long at = h.headerSize();
        for (long k = 0; k < h.vlrCount(); k++) {
            at = read(in, at, h.pointOffset(), HEAD, k, all);
        }
        at = h.evlrStart();
        for (long k = 0; k < h.evlrCount(); k++) {
            at = read(in, at, in.length(), HEAD_EXTENDED, k, all);
        }
        return all;
    }

    private static long read(Source in, long at, long end, int head, long k, List<Vlr> to) {
        if (end - at < head) {
            throw GrottoException.badInput(
                    in.path(), at, "variable length record " + (k + 1) + " does not fit before byte " + end + ".");
        }
        byte[] b = in.read(at, head);
        long length = head == HEAD ? Bytes.uint16(b, 20) : Bytes.int64(b, 20);
        if (length < 0 || length > end - at - head) {
            throw GrottoException.badInput(
                    in.path(),
                    at + 20,
                    "variable length record " + (k + 1) + " (" + Bytes.text(b, 2, 16) + ") says it has "
                            + Long.toUnsignedString(length) + " bytes, but it must end before byte " + end + ".");
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
