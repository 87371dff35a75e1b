package org.grotto.format.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.format.TextLines;
import org.jspecify.annotations.Nullable;

/** Which dialect a text is written in: the one that makes most of its lines alike. Where two do, none is chosen. */
final class Dialects {
    /** Fractions that would begin with a zero one time in ten; none in so many means that they are whole numbers. */
    private static final int CERTAIN = 100;

    private Dialects() {}

    /**
     * The one reading of the sample; throws where there is none, or more than one.
     *
     * @param columns how many the user names, or 0
     */
    static Trial of(Path path, Sample sample, int columns) {
        List<Trial> all = trials(sample);
        if (all.isEmpty()) {
            throw none(path, sample);
        }
        if (columns > 0) {
            List<Trial> right =
                    all.stream().filter(t -> t.kinds().length == columns).toList();
            if (right.isEmpty()) {
                Trial t = best(all);
                throw GrottoException.badRequest(path + ": --columns names " + columns + " columns, but there are "
                        + t.kinds().length + " in line " + sample.numbers()[t.head()] + " (\"" + quoted(sample, t)
                        + "\"); name each, with \"-\" for those to leave out.");
            }
            return best(right);
        }
        Trial t = best(all);
        return t.heading() == null ? theOne(path, sample, t, all) : t;
    }

    private static List<Trial> trials(Sample sample) {
        boolean[] there = new boolean[128];
        for (byte[] line : sample.lines()) {
            for (byte b : line) {
                there[b & 127] |= b >= 0;
            }
        }
        List<Trial> all = new ArrayList<>();
        for (Separator s : Separator.values()) {
            for (char point : new char[] {'.', ','}) {
                Trial t = possible(s, point, there)
                        ? Trial.of(sample, new Dialect(s, point).withQuotes(there['"']))
                        : null;
                if (t != null && (point == '.' || hasFractions(sample, t))) {
                    all.add(t);
                }
            }
        }
        return all;
    }

    private static boolean hasFractions(Sample sample, Trial t) {
        return Arrays.stream(Values.of(sample, t).pointed()).sum() > 0;
    }

    /** Whether a text with these characters may be written so. */
    private static boolean possible(Separator s, char point, boolean[] there) {
        boolean decimal = point == '.' || there[','];
        return switch (s) {
            case TAB, SEMICOLON, PIPE -> there[s.mark()] && decimal;
            case COMMA -> there[','] && (point == '.' || there['"']);
            case COMMA_BLANK, SECOND_COMMA -> there[','] && point == ',';
            case BLANK -> decimal;
            case MIXED -> point == '.' && (there[','] || there[';'] || there['|']);
        };
    }

    /** The one with most lines alike; of equals, with a heading, then without strange columns, then the first. */
    private static Trial best(List<Trial> all) {
        Trial best = all.getFirst();
        for (Trial t : all) {
            best = better(t, best) ? t : best;
        }
        return best;
    }

    private static boolean better(Trial a, Trial b) {
        if (a.fit() != b.fit()) {
            return a.fit() > b.fit();
        }
        boolean named = a.heading() != null;
        if (named != (b.heading() != null)) {
            return named;
        }
        return a.strange() < b.strange();
    }

    private static Trial theOne(Path path, Sample sample, Trial t, List<Trial> all) {
        for (Trial o : all) {
            Separator s = o.dialect().separator();
            boolean rival = t.dialect().separator() == Separator.COMMA
                    && (s == Separator.SECOND_COMMA || s == Separator.COMMA_BLANK)
                    && o.fit() == t.fit()
                    && o.kinds().length < t.kinds().length;
            int decimal = !rival ? -1 : s == Separator.SECOND_COMMA ? secondCommas(sample, t) : innerCommas(sample, o);
            if (decimal > 0) {
                return o;
            }
            if (decimal == 0) {
                throw GrottoException.badRequest(path + ": line " + sample.numbers()[t.head()] + " (\""
                        + quoted(sample, t) + "\") holds " + t.kinds().length + " whole numbers between commas, or "
                        + o.kinds().length + " numbers with decimal commas; say which: --columns "
                        + Layout.offered(Values.of(sample, t)) + " or --columns "
                        + Layout.offered(Values.of(sample, o)) + ".");
            }
        }
        return t;
    }

    /** Whether commas without a blank beside them are decimal: 1 where most coordinates have one, else 0, nobody knows. */
    private static int innerCommas(Sample sample, Trial t) {
        Cells cells = new Cells(t.dialect());
        int with = 0;
        int all = 0;
        for (int i = t.head(); i < sample.lines().length; i++) {
            byte[] line = sample.lines()[i];
            cells.split(line, 0, line.length);
            for (int k = 0; k < Math.min(3, cells.count()); k++) {
                with += cells.isPointed(k) ? 1 : 0;
                all++;
            }
        }
        return 2 * with > all ? 1 : 0;
    }

    /**
     * Whether every second number is a fraction: 1 where it has leading zeros, as whole numbers have not; -1 where none of
     * many has, or they are neither cut to one length nor without zeros at their ends; 0 where nobody knows.
     */
    private static int secondCommas(Sample sample, Trial t) {
        Cells cells = new Cells(t.dialect());
        int width = t.kinds().length;
        int[] length = new int[width];
        boolean fixed = true;
        boolean shortest = true;
        int fractions = 0;
        for (int i = t.head(); i < sample.lines().length; i++) {
            byte[] line = sample.lines()[i];
            if (cells.split(line, 0, line.length) != width) {
                continue;
            }
            for (int k = 1; k < width; k += 2) {
                String s = cells.text(k, sample.encoding().ofLines());
                if (s.length() > 1 && s.charAt(0) == '0') {
                    return 1;
                }
                fixed &= length[k] == 0 || length[k] == s.length();
                length[k] = s.length();
                shortest &= s.length() == 1 || !s.endsWith("0");
                fractions += s.length() > 1 ? 1 : 0;
            }
        }
        return !fixed && !shortest || fractions >= CERTAIN ? -1 : 0;
    }

    private static String quoted(Sample sample, @Nullable Trial t) {
        int line = t == null ? 0 : t.head();
        return TextLines.shorten(
                new String(sample.lines()[line], sample.encoding().ofLines()).strip());
    }

    private static GrottoException none(Path path, Sample sample) {
        String first = sample.lines().length == 0 ? "" : " (it begins \"" + quoted(sample, null) + "\")";
        return GrottoException.badInput(
                path, "holds no line with three numbers" + first + "; this is no file of points in text.");
    }
}
