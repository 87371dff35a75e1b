package org.grotto.format.obj;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.grotto.base.GrottoException;
import org.grotto.format.Numbers;
import org.grotto.format.TextLines;

/**
 * The statements of an OBJ or MTL file, in one pass with one buffer: a line, with those that a backslash at its end adds
 * to it. Comments and names keep their backslashes: they end in a folder's name more often than they go on. Words are what
 * stands between blanks, up to a comment; numbers may have a decimal comma. UTF-16 is read where its mark stands first.
 */
final class ObjLines implements AutoCloseable {
    static final int MAX_LINE = 1 << 24;

    private final Path path;
    private final InputStream in;
    private byte[] buffer = new byte[1 << 17];
    private int position;
    private int limit;
    private boolean ended;
    private long number;
    private int lines = 1;
    /** The statement, without blanks at its ends. */
    private int start;

    private int end;
    /** The current word. */
    private int from;

    private int to;
    private boolean commas;

    private ObjLines(Path path, InputStream in) {
        this.path = path;
        this.in = in;
    }

    static ObjLines open(Path path) {
        try {
            ObjLines lines = new ObjLines(path, bytes(path));
            lines.fill();
            byte[] b = lines.buffer;
            if (lines.limit >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF) {
                lines.position = 3;
            }
            return lines;
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /** The file as it stands, or, where it is marked as UTF-16, in UTF-8. */
    static InputStream bytes(Path path) throws IOException {
        InputStream in = Files.newInputStream(path);
        return marked(path) ? new FromUtf16(in) : in;
    }

    private static boolean marked(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            int a = in.read();
            int b = in.read();
            return a == 0xFF && b == 0xFE || a == 0xFE && b == 0xFF;
        }
    }

    /** UTF-16 with its mark, as UTF-8. */
    private static final class FromUtf16 extends InputStream {
        private final Reader reader;
        private final char[] chars = new char[1 << 13];
        private byte[] bytes = {};
        private int at;

        FromUtf16(InputStream in) {
            this.reader = new InputStreamReader(in, StandardCharsets.UTF_16);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] into, int off, int len) throws IOException {
            if (at == bytes.length) {
                int n = reader.read(chars, 0, chars.length - 1);
                if (n < 0) {
                    return -1;
                }
                if (Character.isHighSurrogate(chars[n - 1])) {
                    int second = reader.read();
                    if (second >= 0) {
                        chars[n++] = (char) second;
                    }
                }
                bytes = new String(chars, 0, n).getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            int n = Math.min(len, bytes.length - at);
            System.arraycopy(bytes, at, into, off, n);
            at += n;
            return n;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /** Goes to the next statement that is not blank and to its first word, its keyword; false at the end of the file. */
    boolean next() {
        while (line()) {
            while (start < end && blank(buffer[start])) {
                start++;
            }
            while (end > start && blank(buffer[end - 1])) {
                end--;
            }
            if (start < end) {
                from = start;
                to = start;
                while (to < end && !blank(buffer[to])) {
                    to++;
                }
                return true;
            }
        }
        return false;
    }

    private boolean line() {
        number += lines;
        lines = 0;
        int scan = position;
        int part = 0; // how far behind the statement's begin its last line begins
        byte first = ' ';
        while (true) {
            byte[] b = buffer;
            int n = limit;
            int i = scan;
            while (i < n && b[i] != '\n' && b[i] != '\r') {
                i++;
            }
            if (i == n || b[i] == '\r' && i + 1 == n && !ended) {
                if (!ended) {
                    scan = i - position;
                    fill();
                    scan += position;
                    continue;
                }
                if (position == limit) {
                    return false;
                }
                start = position;
                end = limit;
                position = limit;
                lines++;
                return true;
            }
            int after = b[i] == '\r' && i + 1 < n && b[i + 1] == '\n' ? i + 2 : i + 1;
            lines++;
            int from = position + part;
            if (i > from && b[i - 1] == '\\') {
                for (int k = from; k < i && first == ' '; k++) {
                    first = blank(b[k]) ? first : b[k];
                }
                if (continues(first, from, i - 1)) {
                    Arrays.fill(b, i - 1, after, (byte) ' ');
                    scan = after;
                    part = after - position;
                    continue;
                }
            }
            start = position;
            end = i;
            position = after;
            return true;
        }
    }

    /**
     * Whether the backslash at {@code at} ends a line that goes on: it is no part of a comment or of a name.
     *
     * @param first what the statement begins with
     * @param from where the line begins
     */
    private boolean continues(byte first, int from, int at) {
        for (int k = from; k < at; k++) {
            if (buffer[k] == '#') {
                return false;
            }
        }
        boolean numbers = first == 'v' || first == 'f' || first == 'l' || first == 'p' || first == '\\';
        return numbers || at == from || blank(buffer[at - 1]);
    }

    private static boolean blank(byte b) {
        return b <= ' ' && b >= 0;
    }

    private void fill() {
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        if (limit == buffer.length) {
            if (buffer.length >= MAX_LINE) {
                throw bad("a line of more than " + MAX_LINE + " bytes; this is not a text file.");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        try {
            int n = in.read(buffer, limit, buffer.length - limit);
            ended = n < 0;
            limit += Math.max(0, n);
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /** Goes to the next word of the statement; false at its end or where a comment begins. */
    boolean word() {
        int i = to;
        while (i < end && blank(buffer[i])) {
            i++;
        }
        if (i == end || buffer[i] == '#') {
            to = i;
            return false;
        }
        from = i;
        while (i < end && !blank(buffer[i])) {
            i++;
        }
        to = i;
        return true;
    }

    byte[] bytes() {
        return buffer;
    }

    /** Where the current word begins in {@link #bytes}. */
    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Whether the current word is {@code ascii}, in whatever case. */
    boolean is(String ascii) {
        if (to - from != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            int c = buffer[from + i];
            if (c != ascii.charAt(i) && Character.toLowerCase(c) != Character.toLowerCase(ascii.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The current word, one character a byte. */
    String raw() {
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** All that follows the current word, one character a byte. */
    String rest() {
        int i = to;
        while (i < end && blank(buffer[i])) {
            i++;
        }
        return new String(buffer, i, end - i, StandardCharsets.ISO_8859_1);
    }

    /** The current word as a number, NaN where it says so; throws where it is none. */
    double value() {
        double v = Numbers.parse(buffer, from, to);
        return Double.isNaN(v) ? odd() : v;
    }

    private double odd() {
        String s = raw();
        if (Numbers.isNothing(s)) {
            return Double.NaN;
        }
        int comma = s.indexOf(',');
        double v = Double.NaN;
        if (comma == s.length() - 1) {
            v = Numbers.parse(buffer, from, to - 1);
        } else if (comma >= 0 && comma == s.lastIndexOf(',') && s.indexOf('.') < 0) {
            byte[] dotted = s.replace(',', '.').getBytes(StandardCharsets.ISO_8859_1);
            v = Numbers.parse(dotted, 0, dotted.length);
            commas = true;
        }
        if (Double.isNaN(v)) {
            throw bad("a number was expected, found \"" + TextLines.shorten(s) + "\"; correct the line.");
        }
        return v;
    }

    /** Whether a number had a decimal comma. */
    boolean commas() {
        return commas;
    }

    /** The number of the statement's first line, from 1. */
    long number() {
        return number;
    }

    GrottoException bad(String sentence) {
        return GrottoException.badLine(path, number, sentence);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }
}
