package org.grotto.format.las;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;

/**
 * A reference system as well-known text (OGC 01-009, "version 1", and ISO 19162), as the tree that its brackets make: as
 * far as units of length go. What is no such text gives null.
 *
 * @param word keyword, or the text of a value: a number as it stands, a string with its quotes
 * @param parts what stands in its brackets; null for a value
 */
record Wkt(String word, @Nullable List<Wkt> parts) {
    private static final int DEEPEST = 40;
    private static final int LONGEST = 1 << 20;

    static @Nullable Wkt parse(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        try {
            Parser p = new Parser(text);
            Wkt w = p.node(0);
            return w.parts == null ? null : w;
        } catch (GrottoException e) {
            return null;
        }
    }

    private static final class Parser {
        private final String s;
        private int at;

        Parser(String s) {
            this.s = s;
        }

        Wkt node(int depth) {
            String word = word();
            if (at == s.length() || s.charAt(at) != '[' && s.charAt(at) != '(') {
                return new Wkt(word, null);
            }
            if (depth == DEEPEST) {
                throw GrottoException.badRequest("too deep");
            }
            List<Wkt> parts = new ArrayList<>();
            do {
                at++;
                parts.add(node(depth + 1));
            } while (at < s.length() && s.charAt(at) == ',');
            if (at == s.length() || s.charAt(at) != ']' && s.charAt(at) != ')') {
                throw GrottoException.badRequest("not closed");
            }
            at++;
            blanks();
            return new Wkt(word, parts);
        }

        private String word() {
            blanks();
            int from = at;
            if (at < s.length() && s.charAt(at) == '"') {
                int end = s.indexOf('"', at + 1);
                while (end >= 0 && end + 1 < s.length() && s.charAt(end + 1) == '"') {
                    end = s.indexOf('"', end + 2); // a doubled quote is one
                }
                if (end < 0) {
                    throw GrottoException.badRequest("not closed");
                }
                at = end + 1;
            } else {
                while (at < s.length() && "[](),".indexOf(s.charAt(at)) < 0) {
                    at++;
                }
            }
            String w = s.substring(from, at).strip();
            blanks();
            if (w.isEmpty()) {
                throw GrottoException.badRequest("empty");
            }
            return w;
        }

        private void blanks() {
            while (at < s.length() && Character.isWhitespace(s.charAt(at))) {
                at++;
            }
        }
    }

    boolean is(String... words) {
        for (String w : words) {
            if (parts != null && word.equalsIgnoreCase(w)) {
                return true;
            }
        }
        return false;
    }

    /** The first part named so, at this level, or null. */
    @Nullable
    Wkt part(String... words) {
        for (Wkt p : parts == null ? List.<Wkt>of() : parts) {
            if (p.is(words)) {
                return p;
            }
        }
        return null;
    }

    /** The first tree named so, this one included, going down. */
    @Nullable
    Wkt find(String... words) {
        if (is(words)) {
            return this;
        }
        for (Wkt p : parts == null ? List.<Wkt>of() : parts) {
            Wkt found = p.find(words);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Metres in one unit of this system's axes; NaN where it does not say. */
    double metres() {
        Wkt unit = part("UNIT", "LENGTHUNIT");
        if (unit == null) {
            Wkt axis = part("AXIS");
            unit = axis == null ? null : axis.part("UNIT", "LENGTHUNIT");
        }
        double v = unit == null || unit.parts == null || unit.parts.size() < 2 ? Double.NaN : unit.number(1);
        return v > 0 && v < 1e6 ? v : Double.NaN;
    }

    private double number(int part) {
        try {
            return parts == null ? Double.NaN : Double.parseDouble(parts.get(part).word);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /**
     * Version 1 of the same system with metres for all lengths: units, false easting and northing are turned, what names a
     * register's entry goes, since the entry has the other unit. Null where this is no version 1, or says no unit.
     */
    @Nullable
    Wkt inMetres() {
        if (parts == null) {
            return this;
        }
        if (is("COMPD_CS")) {
            List<Wkt> out = new ArrayList<>();
            for (Wkt p : parts) {
                if (!p.is("AUTHORITY")) {
                    Wkt q = p.inMetres();
                    if (q == null) {
                        return null;
                    }
                    out.add(q);
                }
            }
            return new Wkt(word, List.copyOf(out)).renamed();
        }
        if (!is("PROJCS", "VERT_CS")) {
            return null;
        }
        double m = metres();
        if (Double.isNaN(m)) {
            return null;
        }
        List<Wkt> out = new ArrayList<>();
        for (Wkt p : parts) {
            if (p.is("UNIT")) {
                out.add(new Wkt("UNIT", List.of(new Wkt("\"metre\"", null), new Wkt("1", null), register("9001"))));
            } else if (p.is("PARAMETER")
                    && p.parts != null
                    && p.parts.size() == 2
                    && p.parts.getFirst().length()) {
                double v = p.number(1) * m;
                Wkt number = new Wkt(v == Math.rint(v) ? Long.toString((long) v) : Double.toString(v), null);
                out.add(new Wkt(p.word, List.of(p.parts.getFirst(), number)));
            } else if (!p.is("AUTHORITY", "EXTENSION")) {
                out.add(p);
            }
        }
        Wkt made = new Wkt(word, List.copyOf(out));
        return m == 1 ? this : made.renamed();
    }

    private boolean length() {
        String w = word.toLowerCase(Locale.ROOT);
        return w.equals("\"false_easting\"") || w.equals("\"false_northing\"");
    }

    private static Wkt register(String code) {
        return new Wkt("AUTHORITY", List.of(new Wkt("\"EPSG\"", null), new Wkt("\"" + code + "\"", null)));
    }

    private Wkt renamed() {
        List<Wkt> out = new ArrayList<>(parts == null ? List.of() : parts);
        UnaryOperator<String> name = n -> n.endsWith("\"") ? n.substring(0, n.length() - 1) + " in metres\"" : n;
        out.set(0, new Wkt(name.apply(out.getFirst().word), out.getFirst().parts));
        return new Wkt(word, List.copyOf(out));
    }

    @Override
    public String toString() {
        return parts == null
                ? word
                : word + "["
                        + String.join(",", parts.stream().map(Wkt::toString).toList()) + "]";
    }
}
