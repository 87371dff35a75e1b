package org.grotto.format.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.format.Column;
import org.grotto.format.text.Trial.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What columns without names are, by their values: a point's name or number, x y z, then intensity, colour and normal in
 * any order that goes with the numbers. All readings that do are found; it is for others to refuse two.
 *
 * @param names of all columns, as {@code --columns} has them
 * @param other a second reading that goes with the numbers as well, or null
 * @param why what the two differ in, in words
 */
record Layout(List<String> names, @Nullable List<String> other, String why) {
    private static final String[] COLOUR = {Column.RED, Column.GREEN, Column.BLUE};
    private static final String[] NORMAL = {Column.NX, Column.NY, Column.NZ};
    /** Lines that a coordinate does not count by chance. */
    private static final int MANY = 50;

    private static final String[] ORDERS = {
        "i", "p", "c", "n", "ip", "pi", "ic", "ci", "in", "ni", "pn", "np", "ipn", "pin", "nip", "npi", "pni", "inp",
        "cn", "nc", "icn", "cin", "cni", "inc", "nci", "nic"
    };

    /**
     * @param counted the file begins with its number of points, as PTS does: intensity stands before the colour
     */
    static Layout of(Values v, boolean counted) {
        String[] names = new String[v.kinds().length];
        List<Integer> numbers = numbers(v, names);
        int n = numbers.size();
        if (n < 3) {
            return new Layout(List.of(names), null, "");
        }
        Layout plain = layout(v, names, numbers, counted, -1);
        if (n == 3 || !v.counts(numbers.getFirst())) {
            return counted ? plain : doubted(v, names, numbers, plain);
        }
        Layout numbered = layout(v, names, numbers.subList(1, n), counted, numbers.getFirst());
        boolean evenPlain = even(v, numbers.subList(0, 3));
        boolean evenNumbered = even(v, numbers.subList(1, 4));
        if (evenPlain != evenNumbered) {
            return evenNumbered ? numbered : plain;
        }
        if (counted || plain.isKnown() != numbered.isKnown()) {
            return counted || plain.isKnown() ? plain : numbered;
        }
        boolean fractions = v.pointed()[numbers.get(1)] + v.pointed()[numbers.get(2)] > 0;
        if (v.rows() >= MANY && fractions && v.pointed()[numbers.getFirst()] == 0) {
            return numbered;
        }
        return v.values()[numbers.getFirst()][0] != 1
                ? plain
                : new Layout(plain.names, numbered.names, "a coordinate first, or a point's number");
    }

    /**
     * The plain reading, or both, where it leaves columns without a meaning and begins with whole numbers, and three columns
     * of fractions stand behind those: numbers of scan lines, times, and the like.
     */
    private static Layout doubted(Values v, String[] names, List<Integer> numbers, Layout plain) {
        boolean whole = false;
        for (int k : numbers.subList(0, 3)) {
            whole |= v.pointed()[k] == 0;
        }
        if (plain.isKnown() || !whole || v.rows() < MANY || even(v, numbers.subList(0, 3))) {
            return plain;
        }
        for (int i = 1; i + 3 <= numbers.size(); i++) {
            List<Integer> behind = numbers.subList(i, numbers.size());
            if (v.pointed()[behind.getFirst()] > 0 && even(v, behind.subList(0, 3))) {
                List<String> other = layout(v, names, behind, false, -1).names;
                return new Layout(plain.names, other, "coordinates from the first on, or behind other numbers");
            }
        }
        return plain;
    }

    /** True where three columns are written alike: all numbers with fractions, or none. */
    private static boolean even(Values v, List<Integer> columns) {
        int some = 0;
        for (int k : columns) {
            int pointed = v.pointed()[k];
            some += pointed == v.rows() ? 1 : pointed == 0 ? 0 : 10;
        }
        return some == 0 || some == 3;
    }

    /** False where columns are left without a meaning. */
    private boolean isKnown() {
        return names.stream().noneMatch(s -> s.startsWith("column"));
    }

    /** A reading to offer, whatever else may go with the numbers. */
    static String offered(Values v) {
        return String.join(",", of(v, false).names());
    }

    /** The columns that hold numbers and come after those that only name a point; the others are named "-". */
    private static List<Integer> numbers(Values v, String[] names) {
        Arrays.fill(names, Name.SKIP);
        List<Integer> all = new ArrayList<>();
        for (int k = 0; k < names.length; k++) {
            if (v.kinds()[k] == Kind.NUMBERS) {
                all.add(k);
            } else if (all.size() < 3) {
                all.clear(); // what stands before words are numbers of points
            }
        }
        return all;
    }

    private static Layout layout(Values v, String[] into, List<Integer> numbers, boolean counted, int number) {
        String[] names = into.clone();
        if (number >= 0) {
            names[number] = Name.SKIP;
        }
        for (int a = 0; a < 3; a++) {
            names[numbers.get(a)] = "xyz".substring(a, a + 1);
        }
        int[] rest = new int[numbers.size() - 3];
        boolean together = true;
        for (int i = 0; i < rest.length; i++) {
            rest[i] = numbers.get(i + 3);
            together &= rest[i] == rest[0] + i;
        }
        List<List<String>> found = new ArrayList<>();
        List<String> orders = new ArrayList<>();
        for (int strict = 1; strict >= 0 && found.isEmpty() && together; strict--) {
            for (String order : ORDERS) {
                if (length(order) == rest.length && goes(v, order, rest[0], strict > 0)) {
                    found.add(named(names, order, rest[0]));
                    orders.add(order);
                }
            }
        }
        if (counted && orders.contains("ic")) {
            return new Layout(found.get(orders.indexOf("ic")), null, "");
        }
        if (found.size() > 1) {
            return new Layout(found.get(0), found.get(1), words(orders.get(0)) + ", or " + words(orders.get(1)));
        }
        if (found.size() == 1) {
            return new Layout(found.getFirst(), null, "");
        }
        for (int k : rest) {
            names[k] = "column" + (k + 1);
        }
        return new Layout(List.of(names), null, "");
    }

    private static int length(String order) {
        int n = 0;
        for (char c : order.toCharArray()) {
            n += c == 'c' || c == 'n' ? 3 : 1;
        }
        return n;
    }

    private static boolean goes(Values v, String order, int from, boolean strict) {
        int k = from;
        for (char c : order.toCharArray()) {
            boolean is = switch (c) {
                case 'c' -> v.colour(k, strict) >= 0 && v.normals(k) < 1;
                case 'n' -> v.normals(k) >= 0;
                case 'p' -> v.packed(k);
                default -> !v.packed(k);
            };
            if (!is) {
                return false;
            }
            k += c == 'c' || c == 'n' ? 3 : 1;
        }
        return true;
    }

    private static List<String> named(String[] names, String order, int from) {
        String[] s = names.clone();
        int k = from;
        for (char c : order.toCharArray()) {
            switch (c) {
                case 'c' -> System.arraycopy(COLOUR, 0, s, k, 3);
                case 'n' -> System.arraycopy(NORMAL, 0, s, k, 3);
                case 'p' -> s[k] = Name.PACKED;
                default -> s[k] = Column.INTENSITY;
            }
            k += c == 'c' || c == 'n' ? 3 : 1;
        }
        return List.of(s);
    }

    private static String words(String order) {
        List<String> s = new ArrayList<>();
        for (char c : order.toCharArray()) {
            s.add(
                    switch (c) {
                        case 'c' -> "a colour";
                        case 'n' -> "a normal";
                        case 'p' -> "a packed colour";
                        default -> "an intensity";
                    });
        }
        return String.join(" and ", s);
    }
}
