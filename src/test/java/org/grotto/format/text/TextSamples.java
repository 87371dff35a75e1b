package org.grotto.format.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Points written in any dialect, whose values are known exactly. */
final class TextSamples {
    private TextSamples() {}

    /**
     * @param between what stands between cells
     * @param point decimal point or comma
     * @param group what stands between groups of three digits; empty for nothing
     * @param quotes around each number
     * @param end what stands behind the last cell
     */
    record Style(String between, char point, String group, boolean quotes, String end, Charset charset) {
        static Style of(String between, char point) {
            return new Style(between, point, "", false, "", StandardCharsets.UTF_8);
        }
    }

    /** Coordinate {@code axis} of point {@code i}, a whole number of thousandths: of both signs, some without fractions. */
    static double at(int i, int axis) {
        long r = new Random(31L * i + axis).nextInt(2_000_000) - 700_000;
        return (i % 7 == 0 ? r / 1000 * 1000 : r) / 1000.0;
    }

    /** The lines of {@code n} points with more columns after x y z. */
    static String lines(int n, Style s, IntToDoubleFunction[] more, int[] decimals) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 3 + more.length; a++) {
                double v = a < 3 ? at(i, a) : more[a - 3].applyAsDouble(i);
                out.append(a == 0 ? "" : s.between).append(number(v, a < 3 ? 3 : decimals[a - 3], s));
            }
            out.append(s.end).append('\n');
        }
        return out.toString();
    }

    static String number(double v, int decimals, Style s) {
        String t = String.format(Locale.ROOT, "%,." + decimals + "f", v);
        t = t.replace(",", "\u0001").replace('.', s.point).replace("\u0001", s.group);
        return s.quotes ? "\"" + t + "\"" : t;
    }
}
