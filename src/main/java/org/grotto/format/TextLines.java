package org.grotto.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.grotto.base.GrottoException;

/**
 * The lines of a text file, and the numbers in them, read in one pass with a fixed buffer. Lines end with LF, CR LF or
 * CR; a line may have at most {@link #MAX_LINE} bytes. A byte-order mark is no part of the first line, and UTF-16 is read
 * as what it says ({@link Encoding}).
 */
public final class TextLines implements AutoCloseable {
    public static final int MAX_LINE = 1 << 20;

    private final Path path;
    private final InputStream in;
    private final Charset charset;
    private byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private boolean ended;
    private long number;
    private long consumed;

    private int from;
    private int to;
    /** Starts of the tokens that {@link #split} found, in {@link #bytes}. */
    private int[] tokenFrom = new int[32];

    private int[] tokenTo = new int[32];

    /** The lines of a stream in UTF-8. */
    public TextLines(Path path, InputStream in) {
        this(path, in, StandardCharsets.UTF_8);
    }

    private TextLines(Path path, InputStream in, Charset charset) {
        this.path = path;
        this.in = in;
        this.charset = charset;
    }

    /** The lines of a file from its beginning, in UTF-8, UTF-16 or, line by line where it is no UTF-8, GB 18030. */
    public static TextLines open(Path path) {
        try {
            Encoding e = Encoding.of(path);
            return open(path, e.wide() ? e : Encoding.UTF_8, 0, 0); // what follows a header may be binary
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /**
     * The lines of a file from somewhere in it.
     *
     * @param offset where to begin, as {@link #offset} counts
     * @param lines how many stand before it
     */
    public static TextLines open(Path path, Encoding encoding, long offset, long lines) {
        try {
            InputStream in = encoding.open(path);
            try {
                in.skipNBytes(offset);
            } catch (IOException e) {
                in.close();
                throw e;
            }
            TextLines t = new TextLines(path, in, encoding.ofLines());
            t.consumed = offset;
            t.number = lines;
            return t;
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /** Goes to the next line; false at the end of the file. */
    public boolean next() {
        int scan = position;
        while (true) {
            for (int i = scan; i < limit; i++) {
                byte b = buffer[i];
                if (b == '\n' || b == '\r') {
                    if (b == '\r' && i + 1 == limit && !ended) {
                        break; // the LF of this CR may still come
                    }
                    from = position;
                    to = i;
                    position = b == '\r' && i + 1 < limit && buffer[i + 1] == '\n' ? i + 2 : i + 1;
                    number++;
                    return true;
                }
            }
            if (ended) {
                if (position == limit) {
                    return false;
                }
                from = position;
                to = limit;
                position = limit;
                number++;
                return true;
            }
            scan = limit > position && buffer[limit - 1] == '\r' ? limit - 1 - position : limit - position;
            fill();
            scan += position;
        }
    }

    private void fill() {
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            consumed += position;
            limit -= position;
            position = 0;
        }
        if (limit == buffer.length) {
            if (buffer.length >= MAX_LINE) {
                throw GrottoException.badLine(
                        path, number + 1, "a line of more than " + MAX_LINE + " bytes; this is not a text file.");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        try {
            int n = in.read(buffer, limit, buffer.length - limit);
            if (n < 0) {
                ended = true;
            } else {
                limit += n;
            }
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /** The number of the current line, from 1. */
    public long number() {
        return number;
    }

    /** How many bytes of the text, without a byte-order mark, stand before the end of the current line. */
    public long offset() {
        return consumed + position;
    }

    /** The current line as text. */
    public String text() {
        return decoded(from, to);
    }

    private String decoded(int start, int end) {
        String s = new String(buffer, start, end - start, charset);
        if (s.indexOf('\uFFFD') < 0 || charset != StandardCharsets.UTF_8) {
            return s;
        }
        String other = new String(buffer, start, end - start, Encoding.GB18030.ofLines());
        return other.indexOf('\uFFFD') < 0 ? other : s;
    }

    /** Where the bytes of the current line are, from {@link #from} to {@link #to}; until the next line only. */
    public byte[] bytes() {
        return buffer;
    }

    /** The index of the current line's first byte. */
    public int from() {
        return from;
    }

    /** The index after the current line's last byte. */
    public int to() {
        return to;
    }

    /** The current line as a sentence may quote it. */
    public String shown() {
        return shorten(text());
    }

    /**
     * Splits the current line at blanks, tabs and semicolons, and at commas but those of decimals: the only one between
     * blanks, after a digit and before one ("1,5 2,5"). Returns how many tokens there are.
     */
    public int split() {
        int n = 0;
        int i = from;
        while (i < to) {
            while (i < to && separates(buffer[i])) {
                i++;
            }
            if (i == to) {
                break;
            }
            int start = i;
            while (i < to && !separates(buffer[i])) {
                i++;
            }
            if (i < to && buffer[i] == ',' && isDecimal(start, i)) {
                i++;
                while (i < to && !separates(buffer[i])) {
                    i++;
                }
            }
            if (n == tokenFrom.length) {
                tokenFrom = Arrays.copyOf(tokenFrom, n * 2);
                tokenTo = Arrays.copyOf(tokenTo, n * 2);
            }
            tokenFrom[n] = start;
            tokenTo[n++] = i;
        }
        return n;
    }

    /** Whether the comma at {@code comma} is the mark of the number that begins at {@code start}. */
    private boolean isDecimal(int start, int comma) {
        boolean blank = start == from || buffer[start - 1] != ',';
        if (!blank || !isDigit(buffer[comma - 1]) || comma + 1 == to || !isDigit(buffer[comma + 1])) {
            return false;
        }
        for (int i = start; i < comma; i++) {
            if (buffer[i] == '.') {
                return false;
            }
        }
        for (int i = comma + 1; i < to && (buffer[i] == ',' || !separates(buffer[i])); i++) {
            if (buffer[i] == ',' || buffer[i] == '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean separates(byte b) {
        return b == ' ' || b == '\t' || b == ',' || b == ';';
    }

    /** Token {@code i} of the last {@link #split} as text. */
    public String token(int i) {
        return decoded(tokenFrom[i], tokenTo[i]);
    }

    /** Token {@code i} as a number; throws with the line where it is none. */
    public double number(int i) {
        double v = parsed(i);
        if (Double.isNaN(v) && !Numbers.isNothing(token(i))) {
            throw GrottoException.badLine(
                    path, number, "a number was expected, found \"" + shorten(token(i)) + "\"; correct the line.");
        }
        return v;
    }

    /** True when token {@code i} is a number. */
    public boolean isNumber(int i) {
        return !Double.isNaN(parsed(i)) || Numbers.isNothing(token(i));
    }

    private double parsed(int i) {
        double v = Numbers.parse(buffer, tokenFrom[i], tokenTo[i]);
        return Double.isNaN(v) ? Numbers.parse(buffer, tokenFrom[i], tokenTo[i], ',') : v;
    }

    /** Passes on {@code n} bytes after the current line to binary readers: the rest of the file, buffered part first. */
    public InputStream rest() {
        return new java.io.SequenceInputStream(
                new java.io.ByteArrayInputStream(Arrays.copyOfRange(buffer, position, limit)), in);
    }

    /** What of a broken file is quoted in a sentence: at most 40 characters. */
    public static String shorten(String s) {
        return s.length() <= 40 ? s : s.substring(0, 40) + "...";
    }

    /** The failure for a file that ends before all of it was there. */
    public GrottoException endsEarly(String what) {
        return new GrottoException(
                GrottoException.Kind.BAD_INPUT,
                path + ": ends at line " + number + ", but " + what + "; the file is truncated, copy it again.",
                new EOFException());
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
