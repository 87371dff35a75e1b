package org.grotto.format;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Decimal text to double without garbage: exact for up to 15 digits and a power of ten up to 22 (Clinger 1990, the fast
 * path); everything else goes through the JDK. Exponents begin with e, or with d or q as Fortran prints them.
 */
public final class Numbers {
    private static final double[] POWER = new double[23];

    static {
        double p = 1;
        for (int i = 0; i < POWER.length; i++) {
            POWER[i] = p;
            p *= 10;
        }
    }

    private Numbers() {}

    /** The number in {@code b[from, to)}, or NaN where there is none (or where it says "nan"). */
    public static double parse(byte[] b, int from, int to) {
        return parse(b, from, to, '.');
    }

    /**
     * As {@link #parse(byte[], int, int)}.
     *
     * @param mark what stands between whole numbers and fractions: a point or a comma
     */
    public static double parse(byte[] b, int from, int to, char mark) {
        int i = from;
        boolean negative = false;
        if (i < to && (b[i] == '-' || b[i] == '+')) {
            negative = b[i] == '-';
            i++;
        }
        long digits = 0;
        int count = 0;
        int point = 0;
        boolean seenPoint = false;
        boolean any = false;
        for (; i < to; i++) {
            int c = b[i];
            if (c >= '0' && c <= '9') {
                any = true;
                if (count > 0 || c != '0') {
                    count++;
                    if (count > 18) {
                        return slow(b, from, to, mark);
                    }
                    digits = digits * 10 + (c - '0');
                }
                if (seenPoint) {
                    point++;
                }
            } else if (c == mark && !seenPoint) {
                seenPoint = true;
            } else {
                break;
            }
        }
        if (!any) {
            return slow(b, from, to, mark);
        }
        int exponent = -point;
        if (i < to && isExponent(b[i])) {
            i++;
            boolean minus = false;
            if (i < to && (b[i] == '-' || b[i] == '+')) {
                minus = b[i] == '-';
                i++;
            }
            int e = 0;
            int start = i;
            while (i < to && b[i] >= '0' && b[i] <= '9' && e < 10000) {
                e = e * 10 + (b[i++] - '0');
            }
            if (i == start) {
                return Double.NaN;
            }
            exponent += minus ? -e : e;
        }
        if (i != to) {
            return slow(b, from, to, mark);
        }
        if (count <= 15 && exponent >= -22 && exponent <= 22) {
            double v = exponent < 0 ? digits / POWER[-exponent] : digits * POWER[exponent];
            return negative ? -v : v;
        }
        return slow(b, from, to, mark);
    }

    private static boolean isExponent(byte c) {
        return switch (c) {
            case 'e', 'E', 'd', 'D', 'q', 'Q' -> true;
            default -> false;
        };
    }

    /** Whether a word stands for no number, as C libraries print it: "nan", "-nan(ind)", "1.#QNAN". */
    public static boolean isNothing(String word) {
        String w = word.toLowerCase(Locale.ROOT).replaceFirst("^[+-]", "");
        return w.equals("nan") || w.startsWith("nan(") || w.startsWith("1.#");
    }

    private static double infinite(String s) {
        String w = s.toLowerCase(Locale.ROOT).replaceFirst("^[+-]", "");
        boolean is = w.equals("inf") || w.equals("infinity") || w.equals("1.#inf");
        return is ? s.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY : 0;
    }

    private static double slow(byte[] b, int from, int to, char mark) {
        if (to - from == 0 || to - from > 400) {
            return Double.NaN;
        }
        double infinite = infinite(new String(b, from, Math.min(to - from, 10), StandardCharsets.ISO_8859_1));
        if (infinite != 0) {
            return infinite;
        }
        char last = (char) b[to - 1];
        if (last == 'd' || last == 'D' || last == 'f' || last == 'F' || b[to - 1] <= ' ' || b[from] <= ' ') {
            return Double.NaN; // Java's own suffixes are no numbers to anybody else
        }
        String s = new String(b, from, to - from, StandardCharsets.ISO_8859_1);
        if (s.indexOf('x') >= 0 || s.indexOf('X') >= 0) {
            return Double.NaN; // hexadecimal floats likewise
        }
        if (mark != '.') {
            if (s.indexOf('.') >= 0) {
                return Double.NaN;
            }
            s = s.replace(mark, '.');
        }
        for (char c : new char[] {'d', 'D', 'q', 'Q'}) {
            s = s.replace(c, 'e');
        }
        try {
            return Double.parseDouble(s);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
