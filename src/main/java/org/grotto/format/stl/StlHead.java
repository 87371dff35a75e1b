package org.grotto.format.stl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.grotto.format.FileHead;

/**
 * What the first bytes of an STL file say. Binary files often begin with "solid", as text does: a file whose size is just
 * that of the triangles it announces is binary, whatever it begins with.
 *
 * @param triangles as a binary file announces them; 0 for text
 * @param name the binary header, or what stands behind "solid"
 * @param size bytes of the file
 */
record StlHead(boolean binary, long triangles, String name, long size) {
    static final int HEADER = 84;
    static final int TRIANGLE = 50;

    static StlHead of(FileHead head) {
        String text = head.text();
        long n = text.length() < HEADER
                ? 0
                : Integer.toUnsignedLong(ByteBuffer.wrap(head.bytes())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt(HEADER - 4));
        String begin = text.stripLeading().toLowerCase(Locale.ROOT);
        boolean fits = text.length() >= HEADER && head.size() == bytes(n);
        if (!fits && begin.startsWith("solid") && text.chars().noneMatch(StlHead::noText)) {
            String line = text.stripLeading().lines().findFirst().orElse("");
            return new StlHead(false, 0, line.substring("solid".length()).strip(), head.size());
        }
        return new StlHead(true, n, printed(text.substring(0, Math.min(text.length(), HEADER - 4))), head.size());
    }

    private static boolean noText(int c) {
        return c < ' ' && !Character.isWhitespace(c);
    }

    private static String printed(String header) {
        return header.replaceAll("[^\\x20-\\x7e]+", " ").strip();
    }

    /** How long a binary file of {@code triangles} is. */
    static long bytes(long triangles) {
        return HEADER + TRIANGLE * triangles;
    }

    boolean fits() {
        return size == bytes(triangles);
    }

    /** How many whole triangles a binary file has room for, whatever it announces. */
    long whole() {
        return Math.max(0, (size - HEADER) / TRIANGLE);
    }
}
