package org.grotto.format.e57;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;

/**
 * A binary section as it stands in the file (ASTM E2807-11, 9.3): a header of 16 bytes, whose first is 0 and whose last eight
 * hold the section's logical length, then the bytes.
 */
record E57Blob(long fileOffset, long length) {
    private static final int HEADER = 16;

    /** The section that an element of type Blob names, or null where it names none that could be in the file. */
    static @Nullable E57Blob of(@Nullable E57Node node, E57Pages pages) {
        if (node == null || !node.type().equals("Blob")) {
            return null;
        }
        double at = node.attribute("fileOffset", -1);
        double length = node.attribute("length", -1);
        boolean fits = at >= 0
                && length > 0
                && length <= pages.logicalLength()
                && pages.canStart((long) at)
                && E57Pages.logical((long) at) + HEADER + (long) length <= pages.logicalLength();
        return fits ? new E57Blob((long) at, (long) length) : null;
    }

    /** Its bytes, each page checked; the header must be that of a section at least as long. */
    InputStream open(E57Pages pages) {
        E57Pages.Window window = pages.window(false);
        byte[] head = new byte[HEADER];
        long start = E57Pages.logical(fileOffset);
        window.read(start, head, 0, HEADER);
        long section = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong(8);
        if (head[0] != 0 || section >= 0 && section < HEADER + length) {
            throw GrottoException.badInput(
                    pages.path,
                    fileOffset,
                    "no binary section of " + length + " bytes starts here; export the file again.");
        }
        return new Bytes(window, start + HEADER, length);
    }

    /** Appends a section; returns its physical offset. */
    static long write(E57Output out, byte[] bytes) {
        out.pad(4);
        long at = E57Pages.physical(out.position());
        ByteBuffer head = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(8, HEADER + (long) bytes.length);
        out.write(head.array(), 0, HEADER);
        out.write(bytes, 0, bytes.length);
        return at;
    }

    /** Logical bytes of the file as a stream. */
    private static final class Bytes extends InputStream {
        private final E57Pages.Window window;
        private long at;
        private long left;

        Bytes(E57Pages.Window window, long at, long left) {
            this.window = window;
            this.at = at;
            this.left = left;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int off, int len) {
            if (left == 0) {
                return -1;
            }
            int n = (int) Math.min(len, left);
            window.read(at, b, off, n);
            at += n;
            left -= n;
            return n;
        }
    }
}
