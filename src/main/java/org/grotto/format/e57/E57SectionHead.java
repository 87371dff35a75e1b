package org.grotto.format.e57;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.grotto.base.GrottoException;

/**
 * Where the packets of a scan's points stand.
 *
 * @param first logical offset of the first packet
 * @param end logical offset behind the section
 */
record E57SectionHead(long first, long end) {
    private static final int BYTES = 32;

    static E57SectionHead read(E57Pages pages, E57Pages.Window window, E57Prototype prototype) {
        long physical = prototype.fileOffset();
        long start = E57Pages.logical(physical);
        long available = pages.logicalLength() - start;
        if (available < BYTES) {
            throw bad(pages, physical, "has no room for its header before the file ends");
        }
        byte[] b = new byte[BYTES];
        window.read(start, b, 0, BYTES);
        ByteBuffer h = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN);
        if (b[0] != 1) {
            throw bad(pages, physical, "starts with " + (b[0] & 0xff) + " instead of 1");
        }
        long length = h.getLong(8);
        long data = h.getLong(16);
        if (length < BYTES || length > available) {
            throw bad(
                    pages,
                    physical,
                    "states a length of " + Long.toUnsignedString(length) + " bytes, but " + available + " are left");
        }
        long first = E57Pages.logical(data);
        if (!pages.canStart(data) || first < start + BYTES || first > start + length) {
            throw bad(
                    pages,
                    physical,
                    "states that its data start at byte " + Long.toUnsignedString(data) + ", outside of itself");
        }
        return new E57SectionHead(first, start + length);
    }

    static GrottoException bad(E57Pages pages, long at, String what) {
        return GrottoException.badInput(
                pages.path,
                at,
                "the section of points that starts here " + what + "; export the file again" + pages.offer() + ".");
    }
}
