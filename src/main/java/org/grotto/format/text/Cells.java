package org.grotto.format.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.grotto.format.Numbers;

/** The cells of one line in a dialect. Holds no bytes of its own: a line is looked at while it is there. */
final class Cells {
    /** What a cell holds. */
    enum Kind {
        NUMBER,
        /** A word for none, as "nan". */
        NOTHING,
        EMPTY,
        WORD
    }

    private final Dialect dialect;
    private byte[] line = {};
    private int[] from = new int[32];
    private int[] to = new int[32];
    private int count;
    private int end;

    Cells(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Splits the bytes [start, stop) of {@code bytes}; returns how many cells there are. */
    int split(byte[] bytes, int start, int stop) {
        line = bytes;
        end = stop;
        count = 0;
        switch (dialect.separator()) {
            case BLANK -> runs(start, false);
            case MIXED -> runs(start, true);
            case COMMA_BLANK -> {
                runs(start, false);
                withoutCommas();
            }
            case SECOND_COMMA -> {
                marked(start, ',');
                pairs();
            }
            default -> marked(start, dialect.separator().mark());
        }
        count = dialect.columns() > 0 ? Math.min(count, dialect.columns()) : count;
        return count;
    }

    private void runs(int start, boolean mixed) {
        byte[] b = line;
        boolean quotes = dialect.quotes();
        int i = start;
        while (true) {
            while (i < end && separates(b[i], mixed)) {
                i++;
            }
            if (i == end) {
                return;
            }
            int first = i;
            if (quotes && b[i] == '"') {
                int close = close(i);
                add(i + 1, close);
                i = Math.min(end, close + 1);
                continue;
            }
            while (i < end && !separates(b[i], mixed)) {
                i++;
            }
            add(first, i);
        }
    }

    private static boolean separates(byte b, boolean mixed) {
        return b == ' ' || b == '\t' || mixed && (b == ',' || b == ';' || b == '|');
    }

    /** The index of the quote that ends what begins at {@code open}, or of the line's end. */
    private int close(int open) {
        int i = open + 1;
        while (i < end) {
            if (line[i] == '"') {
                if (i + 1 < end && line[i + 1] == '"') {
                    i++;
                } else {
                    return i;
                }
            }
            i++;
        }
        return end;
    }

    private void marked(int start, char mark) {
        byte[] b = line;
        boolean quotes = dialect.quotes();
        int stop = end;
        while (stop > start && isBlank(b[stop - 1], mark)) {
            stop--;
        }
        int i = start;
        if (i == stop) {
            return;
        }
        while (true) {
            while (i < stop && isBlank(b[i], mark)) {
                i++;
            }
            int first = i;
            int last;
            if (quotes && i < stop && b[i] == '"') {
                last = Math.min(stop, close(i));
                first++;
                i = last;
                while (i < stop && b[i] != mark) {
                    i++;
                }
            } else {
                while (i < stop && b[i] != mark) {
                    i++;
                }
                last = i;
                while (last > first && isBlank(b[last - 1], mark)) {
                    last--;
                }
            }
            add(first, Math.max(first, last));
            if (i >= stop) {
                return;
            }
            i++;
        }
    }

    private static boolean isBlank(byte b, char mark) {
        return b == ' ' || b == '\t' && mark != '\t';
    }

    private void withoutCommas() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int a = from[i];
            int z = to[i];
            a += a < z && line[a] == ',' ? 1 : 0;
            z -= a < z && line[z - 1] == ',' ? 1 : 0;
            if (a < z) {
                from[kept] = a;
                to[kept++] = z;
            }
        }
        count = kept;
    }

    private void pairs() {
        int kept = 0;
        for (int i = 0; i < count; i += 2) {
            from[kept] = from[i];
            to[kept++] = to[Math.min(i + 1, count - 1)];
        }
        count = kept;
    }

    private void add(int first, int last) {
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
        }
        from[count] = first;
        to[count++] = last;
    }

    /** How many cells the last line has. */
    int count() {
        return count;
    }

    boolean isEmpty(int i) {
        return from[i] == to[i];
    }

    /** The cell as a number; NaN where it is none, see {@link #kind}. */
    double number(int i) {
        double v = Numbers.parse(line, from[i], to[i], dialect.point());
        return Double.isNaN(v) && from[i] < to[i] ? unusual(i) : v;
    }

    private double unusual(int i) {
        if (to[i] - from[i] > 64) {
            return Double.NaN;
        }
        double hex = hexadecimal(i);
        return Double.isNaN(hex)
                ? Grouped.number(text(i, StandardCharsets.UTF_8), dialect.point(), dialect.thousands())
                : hex;
    }

    /** A colour as #rrggbb, or as 0xrrggbb or 0xaarrggbb; NaN for anything else. */
    private double hexadecimal(int i) {
        int at = from[i];
        int digits = to[i] - at - 1;
        boolean web = digits == 6 && line[at] == '#';
        boolean code = digits >= 7 && digits <= 9 && line[at] == '0' && (line[at + 1] | 0x20) == 'x';
        if (!web && !code) {
            return Double.NaN;
        }
        long v = 0;
        for (int k = at + (web ? 1 : 2); k < to[i]; k++) {
            int d = Character.digit(line[k], 16);
            if (d < 0) {
                return Double.NaN;
            }
            v = v << 4 | d;
        }
        return v;
    }

    Kind kind(int i) {
        return isEmpty(i)
                ? Kind.EMPTY
                : !Double.isNaN(number(i))
                        ? Kind.NUMBER
                        : Numbers.isNothing(text(i, StandardCharsets.UTF_8)) ? Kind.NOTHING : Kind.WORD;
    }

    /** True where three cells are numbers. */
    boolean holdPoint() {
        int n = 0;
        for (int i = 0; i < count && n < 3; i++) {
            Kind kind = kind(i);
            n += kind == Kind.NUMBER || kind == Kind.NOTHING ? 1 : 0;
        }
        return n == 3;
    }

    /** True for a number that is written with a fraction or an exponent. */
    boolean isPointed(int i) {
        for (int k = from[i]; k < to[i]; k++) {
            byte b = line[k];
            if (b == dialect.point() || b == 'e' || b == 'E' || b == 'd' || b == 'D') {
                return true;
            }
        }
        return false;
    }

    /** The cell's bytes as text, without its quotes. */
    String text(int i, Charset charset) {
        String s = new String(line, from[i], to[i] - from[i], charset);
        return dialect.quotes() ? s.replace("\"\"", "\"") : s;
    }
}
