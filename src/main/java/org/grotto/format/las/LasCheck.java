package org.grotto.format.las;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Finding;
import org.grotto.format.Findings;
import org.grotto.format.las.laz.LazItems;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;

/**
 * What of a file breaks the ASPRS LAS specification of its version (1.0 to 1.3; 1.4 R16; 1.5 R00), LAZ or COPC 1.0; clauses
 * are named by the specification's own headings. Header and records as they stand, uncorrected; then all points, blocks in
 * parallel.
 */
final class LasCheck {
    static final String WRITE = "write the file again with a program that keeps to the specification";
    static final String COPY = "copy the file again from its source";
    private static final int[] HEADER = {227, 227, 227, 235, 375, 393};
    private static final int[] LEAST_FORMAT = {0, 0, 0, 0, 0, 6};
    private static final int[] MOST_FORMAT = {1, 1, 3, 5, 10, 10};
    /** Bits of the global encoding that a version reserves. */
    private static final int[] RESERVED = {0xFFFF, 0xFFFF, 0xFFFE, 0xFFF0, 0xFFE0, 0xFFA0};

    private final Source in;
    private final Findings f = new Findings();
    private final byte[] b;
    private int minor;
    private String spec = "LAS";

    private LasCheck(Source in) {
        this.in = in;
        this.b = in.read(0, (int) Math.min(in.length(), HEADER[5]));
    }

    static List<Finding> of(Path file, Work work) {
        try (Source in = Source.open(file)) {
            LasCheck c = new LasCheck(in);
            if (c.header()) {
                c.content(file, work);
            }
            return c.f.all();
        }
    }

    private String block(String field) {
        return spec + ", Public Header Block: " + field;
    }

    private void fault(int at, String field, String found) {
        f.fault("byte " + at, block(field), found, WRITE);
    }

    private void note(int at, String field, String found, String todo) {
        f.note("byte " + at, block(field), found, todo);
    }

    /** The header as it stands; false where nothing else can be found by it. */
    private boolean header() {
        if (b.length < HEADER[0] || !new String(b, 0, 4, java.nio.charset.StandardCharsets.ISO_8859_1).equals("LASF")) {
            f.fault(
                    "byte 0",
                    "LAS, Public Header Block: File Signature",
                    b.length < HEADER[0]
                            ? "the file has " + b.length + " bytes, where its header has at least " + HEADER[0]
                            : "the file does not begin with LASF",
                    COPY);
            return false;
        }
        int major = b[24];
        minor = b[25];
        if (major != 1 || minor < 0 || minor > 5) {
            f.fault(
                    "byte 24",
                    "LAS, Public Header Block: Version",
                    "version " + (major & 255) + "." + (minor & 255) + ", where 1.0 to 1.5 exist",
                    WRITE);
            return false;
        }
        spec = "LAS 1." + minor + (minor == 4 ? " R16" : minor == 5 ? " R00" : "");
        if (b.length < HEADER[minor]) {
            fault(94, "Header Size", "the file has " + b.length + " bytes, its header " + HEADER[minor]);
            return false;
        }
        encoding();
        sizes();
        dates();
        grid();
        return true;
    }

    private int format() {
        return b[104] & 0x3F;
    }

    private void encoding() {
        int bits = Bytes.uint16(b, 6);
        int reserved = bits & RESERVED[minor];
        if (reserved != 0) {
            String found = String.format(Locale.ROOT, "reserved bits are set: 0x%04x", reserved);
            fault(6, minor < 2 ? "Reserved" : "Global Encoding", found);
        }
        if (minor < 3) {
            return;
        }
        if ((bits & 6) == 6) {
            fault(6, "Global Encoding", "bits 1 and 2, waveforms inside and outside of the file, exclude each other");
        }
        boolean wkt = (bits & LasHeader.ENCODING_WKT) != 0;
        if (minor >= 4 && format() >= 6 && !wkt) {
            fault(6, "Global Encoding: WKT", "the bit is not set, which point formats 6 to 10 require");
        }
        if (minor == 5) {
            boolean offset = (bits & LasHeader.ENCODING_TIME_OFFSET) != 0;
            int timeOffset = Bytes.uint16(b, 391);
            if (offset && (bits & LasHeader.ENCODING_STANDARD_TIME) == 0) {
                fault(6, "Time Offset", "the Time Offset Flag is set, and the GPS Time Type bit is not");
            }
            if (!offset && timeOffset != 0) {
                fault(391, "Time Offset", "is " + timeOffset + ", where the Time Offset Flag is not set");
            }
        }
    }

    private void sizes() {
        int size = Bytes.uint16(b, 94);
        if (size < HEADER[minor] || size > HEADER[minor] && minor >= 4) {
            fault(94, "Header Size", "is " + size + ", where this version has " + HEADER[minor]);
        } else if (size > HEADER[minor]) {
            note(
                    94,
                    "Header Size",
                    "is " + size + ", where this version has " + HEADER[minor],
                    "readers skip the rest");
        }
        int format = format();
        if (format < LEAST_FORMAT[minor] || format > MOST_FORMAT[minor]) {
            fault(
                    104,
                    "Point Data Record Format",
                    "is " + format + ", where this version has " + LEAST_FORMAT[minor] + " to " + MOST_FORMAT[minor]);
        }
        int length = Bytes.uint16(b, 105);
        if (format <= 10 && length < LasLayout.baseLength(format)) {
            fault(
                    105,
                    "Point Data Record Length",
                    "is " + length + ", where format " + format + " takes " + LasLayout.baseLength(format));
        }
        legacy(format);
    }

    /** The counts in 32 bits that LAS 1.4 keeps beside those in 64. */
    private void legacy(int format) {
        if (minor < 4) {
            return;
        }
        long old = Bytes.uint32(b, 107);
        long count = Bytes.int64(b, 247);
        boolean before = minor == 4 && format >= 6 && old == count; // legal until LAS 1.4 R14, and widespread
        if (before && old != 0) {
            note(
                    107,
                    "Legacy Number of Point Records",
                    "is " + old + ", where formats 6 to 10 require 0 since LAS 1.4 R14",
                    "");
            return;
        }
        if (format >= 6 && old != 0) {
            fault(107, "Legacy Number of Point Records", "is " + old + ", where formats 6 to 10 require 0");
        } else if (format < 6 && old != 0 && old != count) {
            fault(
                    107,
                    "Legacy Number of Point Records",
                    "is " + old + ", where the Number of Point Records is " + Long.toUnsignedString(count));
        }
        for (int k = 0; k < 5; k++) {
            long one = Bytes.uint32(b, 111 + 4 * k);
            if (format >= 6 && one != 0) {
                fault(
                        111 + 4 * k,
                        "Legacy Number of Points by Return",
                        "is " + one + ", where formats 6 to 10 require 0");
                return;
            }
            if (format < 6 && old != 0 && one != Bytes.int64(b, 255 + 8 * k)) {
                fault(
                        111 + 4 * k,
                        "Legacy Number of Points by Return",
                        "is " + one + " for return " + (k + 1) + ", where the Number of Points by Return is "
                                + Long.toUnsignedString(Bytes.int64(b, 255 + 8 * k)));
                return;
            }
        }
    }

    private void dates() {
        int day = Bytes.uint16(b, 90);
        int year = Bytes.uint16(b, 92);
        if (day > 366) {
            fault(90, "File Creation Day of Year", "is " + day + ", where 1 to 366 are due");
        }
        if (year != 0 && (year < 1980 || year > 2200)) {
            note(92, "File Creation Year", "is " + year, "");
        }
    }

    private void grid() {
        for (int k = 0; k < 3; k++) {
            char axis = "XYZ".charAt(k);
            double scale = Bytes.float64(b, 131 + 8 * k);
            if (!Double.isFinite(scale) || scale == 0) {
                fault(131 + 8 * k, "X, Y, and Z Scale Factors", "the scale of " + axis + " is " + scale);
            } else if (scale < 0) {
                note(131 + 8 * k, "X, Y, and Z Scale Factors", "the scale of " + axis + " is negative: " + scale, "");
            }
            double offset = Bytes.float64(b, 155 + 8 * k);
            if (!Double.isFinite(offset)) {
                fault(155 + 8 * k, "X, Y, and Z Offsets", "the offset of " + axis + " is " + offset);
            }
            double max = Bytes.float64(b, 179 + 16 * k);
            double min = Bytes.float64(b, 187 + 16 * k);
            if (!(min <= max) || !Double.isFinite(max - min)) {
                if (count() == 0 && minor < 4) {
                    note(
                            179 + 16 * k,
                            "Max and Min X, Y, and Z",
                            "of no points, " + axis + " runs " + min + " to " + max,
                            "");
                } else {
                    fault(179 + 16 * k, "Max and Min X, Y, and Z", axis + " runs from " + min + " to " + max);
                }
            }
        }
    }

    private long count() {
        long old = Bytes.uint32(b, 107);
        return minor >= 4 && Bytes.int64(b, 247) != 0 ? Bytes.int64(b, 247) : old;
    }

    /** Records, then points. */
    private void content(Path file, Work work) {
        LasRecordsCheck records = new LasRecordsCheck(in, b, minor, spec, f);
        records.check();
        boolean compressed = (b[104] & 0xC0) != 0;
        LasHeader header;
        try {
            header = LasHeader.read(in, false);
            for (String s : header.said()) {
                if (s.contains("point") && !s.contains("in 64 bits")) {
                    fault(minor >= 4 ? 247 : 107, "Number of Point Records", "the file holds " + s);
                }
            }
            if (compressed) {
                laz(header, records.all());
            }
        } catch (GrottoException e) {
            f.refusal(file, spec + (compressed ? " and LAZ" : ""), e);
            return;
        }
        try (LasReader reader = LasReader.open(file, work)) {
            new LasPointsCheck(reader, b, minor, spec, records.all(), in.length(), f).run(work);
        } catch (GrottoException e) {
            f.refusal(file, spec + (compressed ? " and LAZ" : ""), e);
            return;
        }
        if (Vlr.find(records.all(), Vlr.COPC, 1) != null) {
            new CopcCheck(in, header, records.all(), f).run(work);
        }
    }

    /** The LASzip record and the chunk table. */
    private void laz(LasHeader header, List<Vlr> vlrs) {
        Vlr v = Vlr.find(vlrs, Vlr.LASZIP, Vlr.LASZIP_ID);
        if (v == null) {
            f.fault("byte 104", "LAZ, laszip VLR", "the points are compressed, but no record says how", WRITE);
            return;
        }
        LazItems items = LazItems.parse(in.path(), v.data(), v.at(), header.layout());
        ChunkTable table = ChunkTable.read(in, header, items, false);
        for (String s : table.said()) {
            f.fault("byte " + header.pointOffset(), "LAZ, chunk table", s, WRITE);
        }
    }
}
