package org.grotto.format.text;

import java.nio.charset.StandardCharsets;
import org.grotto.format.Numbers;

/** Numbers as people write them: digits in groups of three, a true minus sign. */
final class Grouped {
    /** One group that may as well be a fraction: "1,234" in a text with decimal points. */
    static final int WEAK = 1;
    /** Groups for certain: "1,234.5", "1,234,567", "1 234". */
    static final int SURE = 2;

    private Grouped() {}

    /** Whether digits stand in groups, where fractions begin with {@code point}: 0 for no. */
    static int groups(String cell, char point) {
        String s = plain(cell);
        int i = s.startsWith("-") || s.startsWith("+") ? 1 : 0;
        int first = digits(s, i);
        if (first == 0 || first > 3) {
            return 0;
        }
        i += first;
        int groups = 0;
        char mark = 0;
        while (i < s.length() && isMark(s.charAt(i), point) && (mark == 0 || mark == s.charAt(i))) {
            if (digits(s, i + 1) != 3) {
                return 0;
            }
            mark = s.charAt(i);
            i += 4;
            groups++;
        }
        if (groups == 0) {
            return 0;
        }
        boolean fraction = i < s.length() && s.charAt(i) == point;
        if (fraction) {
            i += 1 + digits(s, i + 1);
        }
        if (i < s.length()) {
            return 0;
        }
        return fraction || groups > 1 || mark == ' ' || mark == '\'' ? SURE : WEAK;
    }

    /** The number, with its groups joined where {@code grouped}; NaN where it is none. */
    static double number(String cell, char point, boolean grouped) {
        String s = plain(cell);
        if (grouped && groups(s, point) > 0) {
            s = s.replace(point == '.' ? "," : ".", "").replace(" ", "").replace("'", "");
        }
        byte[] b = s.getBytes(StandardCharsets.ISO_8859_1);
        return Numbers.parse(b, 0, b.length, point);
    }

    private static String plain(String cell) {
        return cell.strip()
                .replace('\u00A0', ' ')
                .replace('\u202F', ' ')
                .replace('\u2009', ' ')
                .replace('\u2019', '\'')
                .replace('\u2212', '-')
                .strip();
    }

    private static boolean isMark(char c, char point) {
        return c == (point == '.' ? ',' : '.') || c == ' ' || c == '\'';
    }

    private static int digits(String s, int from) {
        int n = 0;
        while (from + n < s.length() && s.charAt(from + n) >= '0' && s.charAt(from + n) <= '9') {
            n++;
        }
        return n;
    }
}
