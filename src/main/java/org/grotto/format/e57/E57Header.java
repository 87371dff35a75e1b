package org.grotto.format.e57;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.grotto.base.GrottoException;

/**
 * The first 48 bytes of an E57 file.
 *
 * @param xmlOffset physical offset of the XML section
 * @param xmlLength its logical length in bytes
 */
record E57Header(int major, int minor, long fileLength, long xmlOffset, long xmlLength) {
    static final int BYTES = 48;
    static final byte[] SIGNATURE = "ASTM-E57".getBytes(StandardCharsets.US_ASCII);
    /** Thousands of scans with pictures need a tenth of it. */
    static final long MAX_XML = 64L << 20;

    /** Reads and checks the header, and limits {@code pages} to the length that it states. */
    static E57Header read(E57Pages pages) {
        Path path = pages.path;
        byte[] b = pages.head(BYTES);
        if (b.length == 0) {
            throw GrottoException.badInput(path, "is empty (0 bytes); copy it again.");
        }
        for (int i = 0; i < SIGNATURE.length; i++) {
            if (i >= b.length || b[i] != SIGNATURE[i]) {
                throw notE57(path, b);
            }
        }
        if (b.length < BYTES) {
            throw GrottoException.badInput(
                    path,
                    "is truncated: an E57 file starts with a header of 48 bytes, but this one has " + b.length
                            + " in all; copy it again.");
        }
        if (pages.length() >= E57Pages.PAGE && !pages.keepGoing()) {
            pages.checkFirst();
        }
        ByteBuffer h = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN);
        E57Header header = new E57Header(h.getInt(8), h.getInt(12), h.getLong(16), h.getLong(24), h.getLong(32));
        if (header.major != 1) {
            throw GrottoException.unsupported(
                    path,
                    "is E57 version " + Integer.toUnsignedString(header.major) + "."
                            + Integer.toUnsignedString(header.minor)
                            + ", but only version 1 is known; export it as E57 1.0.");
        }
        if (h.getLong(40) != E57Pages.PAGE) {
            throw GrottoException.badInput(
                    path,
                    40,
                    "the header states pages of " + Long.toUnsignedString(h.getLong(40))
                            + " bytes, but E57 has pages of 1,024; the header is damaged.");
        }
        header.checkLengths(pages);
        pages.limit(header.fileLength);
        return header;
    }

    private void checkLengths(E57Pages pages) {
        Path path = pages.path;
        if (fileLength < E57Pages.PAGE || fileLength % E57Pages.PAGE != 0) {
            throw GrottoException.badInput(
                    path,
                    16,
                    "the header states a file length of " + Long.toUnsignedString(fileLength)
                            + " bytes, which is no multiple of the page size of 1,024; the header is damaged.");
        }
        if (fileLength > pages.length()) {
            throw GrottoException.badInput(
                    path,
                    "is truncated: the header states " + fileLength + " bytes, but the file has " + pages.length()
                            + "; copy it again.");
        }
        long start = E57Pages.logical(xmlOffset);
        if (xmlOffset < BYTES || xmlOffset >= fileLength || xmlOffset % E57Pages.PAGE >= E57Pages.PAYLOAD) {
            throw GrottoException.badInput(
                    path,
                    24,
                    "the header states that the XML section starts at byte " + Long.toUnsignedString(xmlOffset)
                            + ", where it cannot; the file was not completed or is damaged.");
        }
        if (xmlLength <= 0 || xmlLength > fileLength / E57Pages.PAGE * E57Pages.PAYLOAD - start) {
            throw GrottoException.badInput(
                    path,
                    32,
                    "the header states an XML section of " + Long.toUnsignedString(xmlLength)
                            + " bytes, which does not fit into the file; the file was not completed or is damaged.");
        }
        if (xmlLength > MAX_XML) {
            throw GrottoException.unsupported(
                    path,
                    "has an XML section of " + xmlLength + " bytes; more than " + MAX_XML
                            + " are not read. Split the file into fewer scans each.");
        }
    }

    private static GrottoException notE57(Path path, byte[] b) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < Math.min(8, b.length); i++) {
            int c = b[i] & 0xff;
            s.append(c >= 32 && c < 127 ? String.valueOf((char) c) : String.format("\\x%02x", c));
        }
        String hint = s.indexOf("<e57Root") == 0 || s.indexOf("<?xml") == 0
                ? "it is the XML part of one, without its binary part; export the file again."
                : "check what it is, or export it as E57.";
        return GrottoException.badInput(
                path, "is no E57 file: it starts with \"" + s + "\" instead of \"ASTM-E57\"; " + hint);
    }
}
