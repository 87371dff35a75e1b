package org.grotto.format.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of a table's columns with one role each: "x", "y" and "z" are there once. Where east and north are named, they
 * decide; a plain X is x, whatever a survey's convention.
 *
 * @param names in the file's order
 * @param roles the same, settled: "x", "y", "z", {@link Name#SKIP}, a column's name
 * @param line where the names stand, from 1; 0 where they do not stand in the file
 * @param given the user gave them
 */
record Heading(List<Name> names, List<String> roles, long line, boolean given) {
    /** The names that values suggest; null where x, y or z is missing. */
    static @Nullable Heading suggested(List<String> names) {
        return of(names.stream().map(Name::of).toList(), 0);
    }

    /** The names that the user gives. */
    static @Nullable Heading given(List<String> names) {
        Heading h = suggested(names);
        return h == null ? null : new Heading(h.names, h.roles, 0, true);
    }

    /** Settles the roles; null where x, y or z is missing. */
    static @Nullable Heading of(List<Name> names, long line) {
        int east = find(names, Name.EAST);
        int north = find(names, Name.NORTH);
        int x = find(names, "x");
        int y = find(names, "y");
        if (east >= 0 && north >= 0) {
            x = east;
            y = north;
        } else if (x < 0 || y < 0) {
            x = east >= 0 ? east : find(names, Name.LETTER_E);
            y = north >= 0 ? north : find(names, Name.LETTER_N);
        }
        int z = find(names, "z");
        z = z >= 0 ? z : find(names, Name.UP);
        if (x < 0 || y < 0 || z < 0) {
            return null;
        }
        List<String> roles = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Name n = names.get(i);
            String role = i == x ? "x" : i == y ? "y" : i == z ? "z" : Name.isAxis(n.role()) ? n.own() : n.role();
            roles.add(role.equals(Name.SKIP) ? role : unique(role, roles, i == x || i == y || i == z));
        }
        return new Heading(List.copyOf(names), List.copyOf(roles), line, false);
    }

    private static String unique(String role, List<String> taken, boolean axis) {
        String s = !axis && (role.equals("x") || role.equals("y") || role.equals("z")) ? role + "_2" : role;
        for (int k = 2; taken.contains(s); k++) {
            s = role + "_" + k;
        }
        return s;
    }

    private static int find(List<Name> names, String role) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).role().equals(role)) {
                return i;
            }
        }
        return -1;
    }

    /** How many of x, y and z the words name. */
    static int axes(List<Name> names) {
        int x = Math.max(Math.max(find(names, "x"), find(names, Name.EAST)), find(names, Name.LETTER_E));
        int y = Math.max(Math.max(find(names, "y"), find(names, Name.NORTH)), find(names, Name.LETTER_N));
        int z = Math.max(find(names, "z"), find(names, Name.UP));
        return (x < 0 ? 0 : 1) + (y < 0 ? 0 : 1) + (z < 0 ? 0 : 1);
    }

    /** Where x, y and z come from, where they are not named so: "x Easting, y Northing"; else nothing. */
    String shown() {
        List<String> own = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String role = roles.get(i);
            if (Name.isAxis(names.get(i).role())
                    && Name.isAxis(role)
                    && !names.get(i).role().equals(role)) {
                own.add(role + " is " + names.get(i).own());
            }
        }
        return String.join(", ", own);
    }

    /** Words of a line in the ways that headings are written; each {@code separator} gives one. */
    static List<Name> words(String line, char separator) {
        List<Name> out = new ArrayList<>();
        StringBuilder s = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        String text = line.strip();
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : separator;
            boolean ends = c == separator || separator == ' ' && c == '\t';
            if (c == '"' && i < text.length()) {
                quoted = !quoted;
                any = true;
            } else if (ends && (!quoted || i == text.length())) {
                boolean bracket =
                        separator == ' ' && !out.isEmpty() && s.length() > 0 && "[(\uFF08".indexOf(s.charAt(0)) >= 0;
                if (bracket) {
                    out.set(out.size() - 1, Name.of(out.getLast().own() + " " + s));
                } else if (separator != ' ' || any || !s.isEmpty()) {
                    out.add(Name.of(s.toString()));
                }
                s.setLength(0);
                any = false;
            } else {
                s.append(c);
            }
        }
        return out;
    }
}
