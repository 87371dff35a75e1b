package org.grotto.format.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.text.Trial.Kind;

/**
 * How the cells of a line become a point.
 *
 * @param dialect of the lines
 * @param width how many cells a line has
 * @param numbers which cells hold numbers
 * @param xyz the cells of x, y and z
 * @param columns what stands beside them
 * @param at the cell of each column
 * @param part 0, 1, 2 for red, green and blue of a packed colour, else -1
 * @param limited for each column, whether values beyond its limits show that it was taken for another
 * @param roles what was taken for what, in the file's order
 * @param said what else was understood, in words that begin with "; "
 * @param lost columns that are not handed on, in words
 */
record Table(
        Dialect dialect,
        int width,
        boolean[] numbers,
        int[] xyz,
        List<Column> columns,
        int[] at,
        int[] part,
        boolean[] limited,
        List<String> roles,
        String said,
        List<String> lost) {

    /** Gathers the parts of a table. */
    private static final class Maker {
        private final Path path;
        private final Values v;
        private final Heading heading;
        private final boolean counted;
        private final List<Column> columns = new ArrayList<>();
        private final List<Integer> at = new ArrayList<>();
        private final List<Integer> part = new ArrayList<>();
        private final List<String> lost = new ArrayList<>();
        private String said = "";

        Maker(Path path, Values v, Heading heading, boolean counted) {
            this.path = path;
            this.v = v;
            this.heading = heading;
            this.counted = counted;
        }

        private void add(Column c, int cell, int channel) {
            columns.add(c);
            at.add(cell);
            part.add(channel);
        }

        Table make(Dialect dialect) {
            int width = v.kinds().length;
            int[] xyz = new int[3];
            boolean[] numbers = new boolean[width];
            Colours colours = Colours.of(path, v, heading);
            said = colours.said();
            for (int k = 0; k < width; k++) {
                String role = heading.roles().get(k);
                int axis = role.length() == 1 ? "xyz".indexOf(role) : -1;
                if (axis >= 0) {
                    xyz[axis] = k;
                    numbers[k] = true;
                    requireNumbers(k);
                } else if (v.kinds()[k] == Kind.NUMBERS && !role.equals(Name.SKIP)) {
                    numbers[k] = true;
                    column(role, k, colours);
                } else {
                    lost.add(left(k, role));
                }
            }
            return new Table(
                    dialect,
                    width,
                    numbers,
                    xyz,
                    List.copyOf(columns),
                    ints(at),
                    ints(part),
                    limited(colours),
                    heading.roles(),
                    said,
                    List.copyOf(lost));
        }

        private void requireNumbers(int k) {
            if (v.kinds()[k] != Kind.NUMBERS) {
                throw GrottoException.badInput(
                        path,
                        "column " + (k + 1) + " is named " + heading.roles().get(k)
                                + ", but there are no numbers in it; say what the columns are with --columns.");
            }
        }

        private void column(String role, int k, Colours colours) {
            switch (role) {
                case Name.PACKED -> {
                    if (colours.any()) {
                        add(Column.of("packed rgb", Column.Type.DOUBLE), k, -1);
                    } else {
                        add(Column.of(Column.RED, Column.Type.UINT8, 0, 255), k, 0);
                        add(Column.of(Column.GREEN, Column.Type.UINT8, 0, 255), k, 1);
                        add(Column.of(Column.BLUE, Column.Type.UINT8, 0, 255), k, 2);
                    }
                }
                case Column.RED, Column.GREEN, Column.BLUE -> add(colours.column(role, v, k), k, -1);
                case Column.INTENSITY -> add(intensity(k), k, -1);
                default -> add(Column.of(role, Column.Type.DOUBLE), k, -1);
            }
        }

        /** Limits where values tell them: shares of one, and in PTS the scanner's own 12 bits and whole numbers. */
        private Column intensity(int k) {
            double least = v.least(k);
            double most = v.most(k);
            boolean whole = v.isWhole(k);
            boolean small = Math.max(-least, most) < Integer.MAX_VALUE;
            Column.Type type = whole && small && v.empty()[k] == 0 ? Column.Type.INT32 : Column.Type.DOUBLE;
            if (!whole && least >= 0 && most <= 1) {
                return Column.of(Column.INTENSITY, type, 0, 1);
            }
            if (!counted || least < -2048 || most > 65535 || most <= 1 && least >= 0 || least < 0 && most > 2047) {
                return Column.of(Column.INTENSITY, type);
            }
            if (least >= 0 && most > 255 && most < 4096) {
                return Column.of(Column.INTENSITY, type); // of 12 bits, or dark of 16
            }
            double low = least < 0 ? -2048 : 0;
            double high = least < 0 ? 2047 : most <= 255 ? 255 : 65535;
            said += String.format(Locale.ROOT, "; intensity %.0f to %.0f", low, high);
            return Column.of(Column.INTENSITY, type, low, high);
        }

        private String left(int k, String role) {
            String own = heading.names().get(k).own();
            String name = "column " + (k + 1) + (own.isEmpty() || own.equals(Name.SKIP) ? "" : " \"" + own + "\"");
            return switch (v.kinds()[k]) {
                case WORDS -> name + " (words, as names of points)";
                case EMPTY -> name + " (empty)";
                case NUMBERS -> name + (own.equals(Name.SKIP) && heading.line() == 0 ? "" : " (" + role(role) + ")");
            };
        }

        private static String role(String role) {
            return role.equals(Name.SKIP) ? "numbers of points, or of lines" : role;
        }

        private boolean[] limited(Colours colours) {
            boolean[] limited = new boolean[columns.size()];
            for (int c = 0; c < limited.length; c++) {
                boolean channel = Colours.isChannel(columns.get(c).name()) && part.get(c) < 0;
                limited[c] = channel && colours.any() && !colours.beyond();
            }
            return limited;
        }

        private static int[] ints(List<Integer> list) {
            return list.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /**
     * The table of a heading, whose roles are settled.
     *
     * @param v the numbers that tell what range a colour or an intensity has
     * @param counted as in PTS
     */
    static Table of(Path path, Dialect dialect, Heading heading, Values v, boolean counted) {
        return new Maker(path, v, heading, counted).make(dialect);
    }
}
