package org.grotto.format;

import java.math.BigDecimal;

/** Numbers as text: the shortest that give the same bits again, without an exponent where that is readable. */
public final class TextNumbers {
    private static final double LEAST = 1e-7;
    private static final double GREATEST = 1e18;

    private TextNumbers() {}

    public static void append(StringBuilder to, double v) {
        if (v == Math.rint(v) && Math.abs(v) < 1L << 53 && (v != 0 || 1 / v > 0)) {
            to.append((long) v);
        } else {
            plain(to, Double.toString(v), Math.abs(v));
        }
    }

    public static void append(StringBuilder to, float v) {
        if (v == Math.rint(v) && Math.abs(v) < 1 << 24 && (v != 0 || 1 / v > 0)) {
            to.append((long) v);
        } else {
            plain(to, Float.toString(v), Math.abs(v));
        }
    }

    private static void plain(StringBuilder to, String s, double size) {
        if (s.indexOf('E') >= 0 && size > LEAST && size < GREATEST) {
            to.append(new BigDecimal(s).toPlainString());
        } else if (Double.isNaN(size)) {
            to.append("nan");
        } else {
            to.append(s);
        }
    }
}
