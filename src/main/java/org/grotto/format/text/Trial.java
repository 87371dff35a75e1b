package org.grotto.format.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grotto.format.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * What a sample is when it is read in one dialect.
 *
 * @param head the index of the first line of numbers
 * @param kinds of the columns
 * @param fit how many lines are as most are
 * @param heading the names above the numbers, if any are
 * @param list what follows in each line behind the columns; null for nothing
 * @param broken a cell of digits and separators where names are expected; null for none
 * @param odd a line above the numbers that names x, y or z but not these columns, with its number; null for none
 */
record Trial(
        Dialect dialect,
        int head,
        Kind[] kinds,
        int fit,
        @Nullable Heading heading,
        @Nullable String list,
        @Nullable String broken,
        @Nullable Odd odd) {
    private static final Charset WESTERN = Charset.forName("windows-1252");

    /** What a column holds. */
    enum Kind {
        NUMBERS,
        WORDS,
        EMPTY
    }

    /** A heading that does not go with what stands below. */
    record Odd(long line, int names, boolean unknown) {}

    /** Null where the sample is no table of points in that dialect. */
    static @Nullable Trial of(Sample sample, Dialect dialect) {
        Cells cells = new Cells(dialect);
        int head = -1;
        int first = 0;
        boolean grouped = false;
        Map<Integer, Integer> widths = new HashMap<>();
        for (int i = 0; i < sample.lines().length; i++) {
            byte[] line = sample.lines()[i];
            int n = cells.split(line, 0, line.length);
            int numbers = 0;
            for (int k = 0; k < n; k++) {
                Cells.Kind kind = cells.kind(k);
                numbers += kind == Cells.Kind.NUMBER || kind == Cells.Kind.NOTHING ? 1 : 0;
                if (kind == Cells.Kind.WORD && !dialect.thousands()) {
                    int groups = Grouped.groups(cells.text(k, StandardCharsets.UTF_8), dialect.point());
                    grouped |= groups == Grouped.SURE;
                    numbers += groups > 0 ? 1 : 0;
                }
            }
            if (head < 0 && numbers >= 3) {
                head = i;
                first = n;
            }
            if (head >= 0) {
                widths.merge(n, 1, Integer::sum);
            }
        }
        if (grouped) {
            return of(sample, dialect.withThousands());
        }
        Listed list = head < 0 ? null : Listed.of(sample, head);
        if (list != null && !widths.keySet().equals(Set.of(list.columns() + 1))) {
            return of(sample, dialect.withList(list.columns()), head, list.columns(), list);
        }
        int width = first;
        for (Map.Entry<Integer, Integer> e : widths.entrySet()) {
            int most = widths.getOrDefault(width, 0);
            if (e.getValue() > most || e.getValue() == most && width != first && e.getKey() < width) {
                width = e.getKey();
            }
        }
        return head < 0 ? null : of(sample, dialect, head, width, null);
    }

    private static @Nullable Trial of(Sample sample, Dialect dialect, int head, int width, @Nullable Listed list) {
        Cells cells = new Cells(dialect);
        int[] numbers = new int[width];
        int[] words = new int[width];
        for (int i = head; i < sample.lines().length; i++) {
            byte[] line = sample.lines()[i];
            if (cells.split(line, 0, line.length) != width) {
                continue;
            }
            for (int k = 0; k < width; k++) {
                switch (cells.kind(k)) {
                    case NUMBER, NOTHING -> numbers[k]++;
                    case WORD -> words[k]++;
                    case EMPTY -> {}
                }
            }
        }
        Kind[] kinds = new Kind[width];
        int count = 0;
        for (int k = 0; k < width; k++) {
            kinds[k] = numbers[k] + words[k] == 0
                    ? Kind.EMPTY
                    : numbers[k] * 10L >= numbers[k] + words[k] ? Kind.NUMBERS : Kind.WORDS;
            count += kinds[k] == Kind.NUMBERS ? 1 : 0;
        }
        if (count < 3) {
            return null;
        }
        List<Odd> odd = new ArrayList<>();
        Heading heading = list != null
                ? list.heading()
                : heading(sample, sample.encoding().ofLines(), dialect, head, kinds, odd);
        if (heading == null && sample.encoding() == Encoding.GB18030) {
            heading = heading(sample, WESTERN, dialect, head, kinds, odd); // neither is told from the other by bytes
        }
        boolean blankEnd = kinds[width - 1] == Kind.EMPTY
                && (heading == null || heading.names().size() < width);
        int own = heading != null ? heading.names().size() : blankEnd ? width - 1 : width;
        Kind[] used = new Kind[own];
        for (int k = 0; k < own; k++) {
            used[k] = k < width ? kinds[k] : Kind.EMPTY;
        }
        return new Trial(
                dialect,
                head,
                used,
                fits(sample, cells, head, used),
                heading,
                list == null ? null : list.name(),
                broken(sample, cells, head, used),
                odd.isEmpty() ? null : odd.getFirst());
    }

    /** Whether a separator stands between digits, and no letter anywhere. */
    private static boolean separates(String s) {
        int first = -1;
        int last = -1;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (Character.isLetter(c)) {
                return false;
            }
            boolean digit = c >= '0' && c <= '9';
            first = digit && first < 0 ? i : first;
            last = digit ? i : last;
        }
        for (int i = first + 1; i < last; i++) {
            if (",;|\t".indexOf(s.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** What no point is named: digits with separators between them. */
    private static @Nullable String broken(Sample sample, Cells cells, int head, Kind[] kinds) {
        byte[] line = sample.lines()[head];
        int n = Math.min(kinds.length, cells.split(line, 0, line.length));
        for (int k = 0; k < n; k++) {
            String s = cells.text(k, StandardCharsets.UTF_8);
            if (kinds[k] == Kind.WORDS && separates(s)) {
                return s;
            }
        }
        return null;
    }

    private static int fits(Sample sample, Cells cells, int head, Kind[] kinds) {
        int fit = 0;
        for (int i = head; i < sample.lines().length; i++) {
            byte[] line = sample.lines()[i];
            cells.split(line, 0, line.length);
            fit += fits(cells, kinds) ? 1 : 0;
        }
        return fit;
    }

    /** True for a line with these columns; an empty cell behind the last does not count. */
    static boolean fits(Cells cells, Kind[] kinds) {
        int n = cells.count();
        boolean all = n == kinds.length || n == kinds.length + 1 && cells.isEmpty(n - 1);
        for (int k = 0; all && k < kinds.length; k++) {
            all = kinds[k] != Kind.NUMBERS || cells.kind(k) != Cells.Kind.WORD;
        }
        return all;
    }

    /** The columns that hold something else than numbers between those that do. */
    int strange() {
        int n = broken == null ? 0 : 1;
        for (int k = 1; k < kinds.length; k++) {
            n += kinds[k] == Kind.NUMBERS ? 0 : 1;
        }
        return n;
    }

    private static @Nullable Heading heading(
            Sample sample, Charset charset, Dialect dialect, int head, Kind[] kinds, List<Odd> odd) {
        String units = null;
        for (int i = head - 1; i >= 0; i--) {
            String line = new String(sample.lines()[i], charset).strip();
            if (units == null && isUnits(line, dialect)) {
                units = line;
                continue;
            }
            Heading h = heading(line, sample.numbers()[i], dialect, kinds, units, odd, false);
            if (h != null) {
                return h;
            }
        }
        for (int i = sample.comments().size() - 1; i >= 0; i--) {
            long line = sample.commentLines().get(i);
            if (line < sample.numbers()[head]) {
                Heading h = heading(sample.comments().get(i), line, dialect, kinds, units, odd, true);
                if (h != null) {
                    return h;
                }
            }
        }
        return null;
    }

    private static boolean isUnits(String line, Dialect dialect) {
        char mark = dialect.separator().mark();
        int units = 0;
        for (Name n : Heading.words(line, mark == 0 ? ' ' : mark)) {
            if (!n.own().isEmpty() && !Name.isUnit(n.own()) && !n.own().equals("-")) {
                return false;
            }
            units += Name.isUnit(n.own()) ? 1 : 0;
        }
        return units >= 3;
    }

    private static @Nullable Heading heading(
            String line, long number, Dialect d, Kind[] kinds, @Nullable String units, List<Odd> odd, boolean comment) {
        char mark = d.separator().mark();
        int named = 0;
        int found = 0;
        for (char separator : new char[] {mark == 0 ? ' ' : mark, ',', ';', '\t', ' ', '|'}) {
            List<Name> names = Heading.words(line, separator);
            if (names.size() == kinds.length + 1 && names.getLast().own().isEmpty()) {
                names.removeLast(); // a separator behind the last name only
            }
            if (names.size() == kinds.length - 1 && kinds[kinds.length - 1] != Kind.EMPTY && isRowName(kinds, line)) {
                names.add(0, Name.of("")); // of the rows, as R writes them
            }
            boolean all = names.size() == kinds.length
                    || names.size() == kinds.length - 1 && kinds[kinds.length - 1] == Kind.EMPTY;
            if (all && units != null) {
                names = with(names, Heading.words(units, mark == 0 ? ' ' : mark));
            }
            Heading h = all ? Heading.of(names, number) : null;
            if (h != null) {
                return h;
            }
            if (Heading.axes(names) > found || found == 0 && all && !comment) {
                found = Math.max(2, Heading.axes(names));
                named = names.size();
            }
        }
        if (found >= (comment ? 3 : 2)) {
            odd.add(new Odd(number, named, named == kinds.length));
        }
        return null;
    }

    private static boolean isRowName(Kind[] kinds, String line) {
        return kinds[0] == Kind.WORDS || line.startsWith("\"");
    }

    private static List<Name> with(List<Name> names, List<Name> units) {
        if (names.size() != units.size()) {
            return names;
        }
        List<Name> out = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String unit = Name.bare(units.get(i).own());
            String own = names.get(i).own();
            out.add(unit.isEmpty() ? names.get(i) : Name.of(own + " [" + unit + "]"));
        }
        return out;
    }
}
