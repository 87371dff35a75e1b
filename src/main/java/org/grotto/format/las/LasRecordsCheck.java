package org.grotto.format.las;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.grotto.format.Findings;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;

/** The variable length records, short and extended, as they stand: counts, lengths, and those that LAS itself defines. */
final class LasRecordsCheck {
    private static final String WRITE = LasCheck.WRITE;
    private static final int DESCRIPTOR = 192;
    private static final int[] SIZE = {0, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8};
    /** What LAS 1.0 has in front of each record, and 0 since. */
    private static final int SIGNATURE = 0xAABB;

    private final Source in;
    private final byte[] b;
    private final int minor;
    private final String spec;
    private final Findings f;
    private final List<Vlr> all = new ArrayList<>();

    LasRecordsCheck(Source in, byte[] header, int minor, String spec, Findings f) {
        this.in = in;
        this.b = header;
        this.minor = minor;
        this.spec = spec;
        this.f = f;
    }

    /** Those that could be read. */
    List<Vlr> all() {
        return all;
    }

    void check() {
        long points = Bytes.uint32(b, 96);
        long count = Bytes.uint32(b, 100);
        long at = Bytes.uint16(b, 94);
        String block = spec + ", Public Header Block: ";
        if (points > in.length() || points < at) {
            f.fault(
                    "byte 96",
                    block + "Offset to Point Data",
                    "is " + points + ", outside of header and file, which has " + in.length() + " bytes",
                    WRITE);
            return;
        }
        long k = 0;
        while (k < count && at >= 0) {
            long next = record(at, points, Vlr.HEAD);
            if (next < 0) {
                f.fault(
                        "byte " + at,
                        block + "Number of Variable Length Records",
                        "counts " + count + ", where " + k + " fit before the points at byte " + points,
                        WRITE);
            }
            at = next;
            k += next < 0 ? 0 : 1;
        }
        if (at >= 0 && at < points) {
            boolean mark = minor == 0 && points - at == 2;
            if (!mark) {
                f.note(
                        "byte " + at,
                        block + "Offset to Point Data",
                        (points - at) + " bytes between the records and the points belong to neither",
                        "readers skip them");
            }
        }
        extended(block);
        known();
    }

    private void extended(String block) {
        if (minor < 4) {
            return;
        }
        long at = Bytes.int64(b, 235);
        long count = Bytes.uint32(b, 243);
        long points = Bytes.uint32(b, 96);
        if (count == 0) {
            if (at != 0) {
                f.fault(
                        "byte 235",
                        block + "Start of First Extended Variable Length Record",
                        "is " + Long.toUnsignedString(at) + ", where there are none",
                        WRITE);
            }
            return;
        }
        if (at < points || at > in.length() - Vlr.HEAD_EXTENDED) {
            f.fault(
                    "byte 235",
                    block + "Start of First Extended Variable Length Record",
                    "is " + Long.toUnsignedString(at) + ", which is not behind the points in a file of " + in.length()
                            + " bytes",
                    WRITE);
            return;
        }
        for (long k = 0; k < count; k++) {
            long next = record(at, in.length(), Vlr.HEAD_EXTENDED);
            if (next < 0) {
                f.fault(
                        "byte " + at,
                        block + "Number of Extended Variable Length Records",
                        "counts " + count + ", where " + k + " fit in the file",
                        WRITE);
                return;
            }
            at = next;
        }
    }

    /** Reads one; where it ends, or -1 where none fits. */
    private long record(long at, long end, int head) {
        if (end - at < head) {
            return -1;
        }
        byte[] h = in.read(at, head);
        long length = head == Vlr.HEAD ? Bytes.uint16(h, 20) : Bytes.int64(h, 20);
        if (length < 0 || length > end - at - head) {
            return -1;
        }
        int reserved = Bytes.uint16(h, 0);
        String clause = spec + (head == Vlr.HEAD ? ", Variable Length Records" : ", Extended Variable Length Records");
        String user = Bytes.text(h, 2, 16);
        if (reserved != 0 && reserved != SIGNATURE && minor > 0) {
            f.note("byte " + at, clause + ": Reserved", "is " + reserved + ", where 0 is due", "");
        } else if (reserved != 0 && minor >= 4) {
            f.fault("byte " + at, clause + ": Reserved", "is the signature of LAS 1.0, where 0 is due", WRITE);
        }
        if (user.isEmpty()) {
            f.note("byte " + (at + 2), clause + ": User ID", "is empty", "readers ignore the record");
        }
        long most = 16 << 20;
        byte[] data = length > most ? new byte[0] : in.read(at + head, (int) length);
        all.add(new Vlr(user, Bytes.uint16(h, 18), Bytes.text(h, head - 32, 32), at + head, length, data));
        return at + head + length;
    }

    private void known() {
        boolean wktBit = minor >= 4 && (Bytes.uint16(b, 6) & LasHeader.ENCODING_WKT) != 0;
        List<Vlr> wkt = all.stream().filter(v -> v.is(Vlr.PROJECTION, Vlr.WKT)).toList();
        List<Vlr> keys =
                all.stream().filter(v -> v.is(Vlr.PROJECTION, Vlr.GEO_KEYS)).toList();
        String crs = spec + ", Coordinate Reference System";
        if (minor >= 4 && wkt.size() > 1 || keys.size() > 1) {
            Vlr second = wkt.size() > 1 ? wkt.get(1) : keys.get(1);
            f.fault(
                    "byte " + second.at(),
                    crs,
                    "a second record of the reference system",
                    "mark the first as superseded");
        }
        if (wktBit && wkt.isEmpty() && !keys.isEmpty()) {
            f.fault(
                    "byte " + keys.getFirst().at(),
                    crs,
                    "the reference system stands in GeoTIFF keys, where the WKT bit announces well-known text",
                    WRITE);
        } else if (!wktBit && !wkt.isEmpty() && keys.isEmpty() && minor >= 4) {
            f.fault(
                    "byte " + wkt.getFirst().at(),
                    crs,
                    "the reference system stands in well-known text, where the WKT bit is not set",
                    WRITE);
        }
        if (minor >= 4 && wkt.isEmpty() && keys.isEmpty()) {
            f.note("", crs, "the file names no reference system", "readers take the coordinates for local ones");
        }
        wkt.forEach(this::wkt);
        keys.forEach(this::keys);
        List<Vlr> extra =
                all.stream().filter(v -> v.is(Vlr.SPEC, Vlr.EXTRA_BYTES)).toList();
        if (extra.size() > 1) {
            f.fault("byte " + extra.get(1).at(), spec + ", Extra Bytes", "a second record of extra bytes", WRITE);
        }
        extra(extra.isEmpty() ? null : extra.getFirst());
        waves();
    }

    private void wkt(Vlr v) {
        String clause = spec + ", OGC Coordinate System WKT Record";
        String where = "byte " + v.at();
        byte[] d = v.data();
        int end = 0;
        while (end < d.length && d[end] != 0) {
            end++;
        }
        if (end == d.length) {
            f.fault(where, clause, "the text does not end with a zero", WRITE);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(d, 0, end))
                    .toString();
        } catch (CharacterCodingException e) {
            f.fault(where, clause, "the text is not UTF-8", WRITE);
            return;
        }
        if (text.isBlank()) {
            f.note(where, clause, "the text is empty", "readers take the coordinates for local ones");
        } else if (Wkt.parse(text.strip()) == null) {
            f.fault(where, clause, "the text cannot be understood as well-known text", WRITE);
        }
    }

    private void keys(Vlr v) {
        String clause = spec + ", GeoKeyDirectoryTag Record";
        byte[] d = v.data();
        if (d.length < 8 || Bytes.uint16(d, 0) != 1) {
            f.fault("byte " + v.at(), clause, "no directory of version 1", WRITE);
            return;
        }
        int n = Bytes.uint16(d, 6);
        if (8 + 8L * n > d.length) {
            f.fault("byte " + (v.at() + 6), clause, n + " keys do not fit in " + d.length + " bytes", WRITE);
            return;
        }
        Vlr numbers = Vlr.find(all, Vlr.PROJECTION, Vlr.GEO_KEYS + 1);
        Vlr text = Vlr.find(all, Vlr.PROJECTION, Vlr.GEO_TEXT);
        for (int k = 0; k < n; k++) {
            int at = 8 + 8 * k;
            int location = Bytes.uint16(d, at + 2);
            long last = Bytes.uint16(d, at + 4) + (long) Bytes.uint16(d, at + 6);
            boolean there = location == 0
                    || location == Vlr.GEO_KEYS && 2 * last <= d.length
                    || location == Vlr.GEO_KEYS + 1 && numbers != null && 8 * last <= numbers.length()
                    || location == Vlr.GEO_TEXT && text != null && last <= text.length();
            if (!there) {
                f.fault(
                        "byte " + (v.at() + at),
                        clause,
                        "key " + (int) Bytes.uint16(d, at) + " has its value in record " + location
                                + ", which has none there",
                        WRITE);
            }
        }
    }

    private void extra(@org.jspecify.annotations.Nullable Vlr v) {
        int format = b[104] & 0x3F;
        int length = Bytes.uint16(b, 105);
        if (format > 10 || length < LasLayout.baseLength(format)) {
            return;
        }
        int available = length - LasLayout.baseLength(format);
        String clause = spec + ", Extra Bytes";
        if (v == null) {
            if (available > 0) {
                f.note("byte 105", clause, available + " bytes of each point that no record describes", "");
            }
            return;
        }
        byte[] d = v.data();
        if (d.length % DESCRIPTOR != 0) {
            f.fault("byte " + v.at(), clause, d.length + " bytes are no whole number of descriptors of 192", WRITE);
        }
        long sum = 0;
        Set<String> names = new HashSet<>();
        for (int p = 0; p + DESCRIPTOR <= d.length; p += DESCRIPTOR) {
            String where = "byte " + (v.at() + p);
            int type = d[p + 2] & 255;
            String name = Bytes.text(d, p + 4, 32);
            if (type > 30) {
                f.fault(where, clause + ": data_type", "is " + type + ", which is reserved", WRITE);
                return;
            }
            if (type > 10) {
                f.note(where, clause + ": data_type", "is " + type + ", an array, deprecated since LAS 1.4 R14", "");
            }
            if (d[p] != 0 || d[p + 1] != 0) {
                f.fault(where, clause + ": reserved", "is not zero", WRITE);
            }
            if (type != 0 && (d[p + 3] & 0xE0) != 0) {
                f.note(where, clause + ": options", "bits that mean nothing are set", "");
            }
            if (type != 0 && name.isEmpty()) {
                f.note(where, clause + ": name", "is empty", "readers cannot tell the values apart");
            } else if (type != 0 && !names.add(name)) {
                f.fault(where, clause + ": name", "'" + name + "' is that of another descriptor, too", WRITE);
            }
            sum += type == 0 ? d[p + 3] & 255 : SIZE[(type - 1) % 10 + 1] * ((type - 1) / 10 + 1L);
        }
        if (sum > available) {
            f.fault(
                    "byte " + v.at(),
                    clause,
                    "describes " + sum + " bytes, where each point has " + available + ": the record is void",
                    WRITE);
        } else if (sum < available) {
            f.note("byte " + v.at(), clause, "leaves " + (available - sum) + " bytes of each point undescribed", "");
        }
    }

    private void waves() {
        for (Vlr v : all) {
            if (v.user().equals(Vlr.SPEC) && v.id() > 99 && v.id() < 355) {
                String clause = spec + ", Waveform Packet Descriptor";
                if (v.length() < 26) {
                    f.fault("byte " + v.at(), clause, "has " + v.length() + " bytes, where 26 are due", WRITE);
                } else if (v.data()[0] < 2 || v.data()[0] > 32) {
                    f.fault("byte " + v.at(), clause + ": Bits per Sample", "is " + v.data()[0], WRITE);
                } else if (v.data()[1] != 0) {
                    f.note("byte " + (v.at() + 1), clause + ": Waveform Compression Type", "is " + v.data()[1], "");
                }
            }
        }
    }
}
