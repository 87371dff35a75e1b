package org.grotto.format.pcd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.TextLines;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the points of a PCD file.
 *
 * @param version as the file writes it
 * @param fields in the order of the file
 * @param width columns of the grid, or all points
 * @param height rows of the grid; 1 for points without one
 * @param points how many are announced
 * @param viewpoint position and quaternion (w x y z) of the scanner; null where the file does not say
 * @param data how the points are stored
 * @param offset where they begin
 * @param lines how many lines stand before them
 * @param comments without their signs
 */
record PcdHeader(
        String version,
        List<Field> fields,
        long width,
        long height,
        long points,
        double @Nullable [] viewpoint,
        Data data,
        long offset,
        long lines,
        List<String> comments) {
    private static final int MAX_FIELDS = 1000;
    private static final int MAX_BYTES = 1 << 20;

    /** How the points of a file are stored. */
    enum Data {
        ASCII,
        BINARY,
        COMPRESSED
    }

    /**
     * One field of a point.
     *
     * @param count how many values it has
     * @param offset of its first value among the bytes of a point
     * @param first of its first value among all values of a point
     */
    record Field(String name, Column.Type type, int count, int offset, int first) {
        int size() {
            return bytes(type);
        }
    }

    static int bytes(Column.Type t) {
        return switch (t) {
            case INT8, UINT8 -> 1;
            case INT16, UINT16 -> 2;
            case INT32, UINT32, FLOAT -> 4;
            default -> 8;
        };
    }

    /** How many bytes a point has. */
    int stride() {
        Field last = fields.getLast();
        return last.offset + last.count * last.size();
    }

    /** How many values a point has. */
    int values() {
        Field last = fields.getLast();
        return last.first + last.count;
    }

    static PcdHeader read(Path path, TextLines in) {
        String version = "";
        String[] names = {};
        String[] sizes = {};
        String[] types = {};
        String[] counts = {};
        long width = -1;
        long height = 1;
        long points = -1;
        double[] viewpoint = null;
        List<String> comments = new ArrayList<>();
        while (true) {
            if (!in.next()) {
                throw in.endsEarly("a PCD header ends with DATA");
            }
            String line = in.text().strip();
            if (line.isEmpty() || line.startsWith("#")) {
                if (comments.size() < MAX_FIELDS && !line.isEmpty()) {
                    comments.add(line.substring(1).strip());
                }
                continue;
            }
            String[] words = line.split("[\\s]+");
            String[] rest = java.util.Arrays.copyOfRange(words, 1, words.length);
            switch (words[0].toUpperCase(Locale.ROOT)) {
                case "VERSION" ->
                    version = rest.length == 0 ? "" : TextLines.shorten(rest[0].replaceFirst("^\\.", "0."));
                case "FIELDS", "COLUMNS" -> names = rest;
                case "SIZE" -> sizes = rest;
                case "TYPE" -> types = rest;
                case "COUNT" -> counts = rest;
                case "WIDTH" -> width = whole(path, in, rest);
                case "HEIGHT" -> height = whole(path, in, rest);
                case "POINTS" -> points = whole(path, in, rest);
                case "VIEWPOINT" -> viewpoint = viewpoint(path, in, rest);
                case "DATA" -> {
                    List<Field> fields = fields(path, in, names, sizes, types, counts);
                    double grid = (double) width * height;
                    long all = points >= 0 ? points : width >= 0 && grid < 1e15 ? width * height : -1;
                    if (all < 0) {
                        throw GrottoException.badLine(
                                path,
                                in.number(),
                                "neither POINTS nor WIDTH and HEIGHT say how many points there are.");
                    }
                    return new PcdHeader(
                            version,
                            fields,
                            width < 0 ? all : width,
                            height,
                            all,
                            viewpoint,
                            data(path, in, rest),
                            in.offset(),
                            in.number(),
                            List.copyOf(comments));
                }
                default -> {} // further words are allowed
            }
        }
    }

    private static Data data(Path path, TextLines in, String[] rest) {
        String s = rest.length == 0 ? "" : rest[0].toLowerCase(Locale.ROOT);
        return switch (s) {
            case "ascii" -> Data.ASCII;
            case "binary" -> Data.BINARY;
            case "binary_compressed" -> Data.COMPRESSED;
            default ->
                throw GrottoException.badLine(
                        path,
                        in.number(),
                        "DATA is \"" + TextLines.shorten(s) + "\"; ascii, binary or binary_compressed was expected.");
        };
    }

    private static long whole(Path path, TextLines in, String[] rest) {
        if (rest.length != 1 || !rest[0].matches("[0-9]{1,15}")) {
            throw GrottoException.badLine(
                    path,
                    in.number(),
                    "one whole number was expected in \"" + in.shown().strip() + "\".");
        }
        return Long.parseLong(rest[0]);
    }

    private static double[] viewpoint(Path path, TextLines in, String[] rest) {
        double[] v = new double[rest.length];
        int n = in.split();
        for (int i = 0; i < v.length; i++) {
            v[i] = i + 1 < n ? in.number(i + 1) : Double.NaN;
        }
        if (v.length != 7 || n != 8) {
            throw GrottoException.badLine(
                    path, in.number(), "VIEWPOINT has " + rest.length + " numbers; a position and a quaternion are 7.");
        }
        return v;
    }

    private static List<Field> fields(
            Path path, TextLines in, String[] names, String[] sizes, String[] types, String[] counts) {
        int n = names.length;
        if (n == 0
                || n > MAX_FIELDS
                || sizes.length != n
                || types.length != n
                || counts.length != 0 && counts.length != n) {
            throw GrottoException.badLine(
                    path,
                    in.number(),
                    "the header has " + n + " FIELDS, " + sizes.length + " of SIZE, " + types.length + " of TYPE and "
                            + counts.length + " of COUNT; these must be one a field, and at most " + MAX_FIELDS + ".");
        }
        List<Field> fields = new ArrayList<>();
        int offset = 0;
        int first = 0;
        for (int i = 0; i < n; i++) {
            int count = counts.length == 0 ? 1 : counts[i].matches("[0-9]{1,6}") ? Integer.parseInt(counts[i]) : -1;
            Column.Type type = type(types[i] + sizes[i]);
            long end = offset + (long) Math.max(0, count) * (type == null ? 0 : bytes(type));
            if (type == null || count < 0 || end > MAX_BYTES) {
                throw GrottoException.badLine(
                        path,
                        in.number(),
                        "field \"" + TextLines.shorten(names[i]) + "\" is of TYPE " + TextLines.shorten(types[i])
                                + ", SIZE " + TextLines.shorten(sizes[i]) + ", COUNT "
                                + (counts.length == 0 ? "1" : TextLines.shorten(counts[i]))
                                + ", which is none that PCD has, or too large.");
            }
            fields.add(new Field(names[i], type, count, offset, first));
            offset = (int) end;
            first += count;
        }
        if (offset == 0) {
            throw GrottoException.badLine(path, in.number(), "its points have no fields.");
        }
        return List.copyOf(fields);
    }

    private static Column.@Nullable Type type(String s) {
        return switch (s.toUpperCase(Locale.ROOT)) {
            case "F4" -> Column.Type.FLOAT;
            case "F8" -> Column.Type.DOUBLE;
            case "U1" -> Column.Type.UINT8;
            case "U2" -> Column.Type.UINT16;
            case "U4" -> Column.Type.UINT32;
            case "U8" -> Column.Type.UINT64;
            case "I1" -> Column.Type.INT8;
            case "I2" -> Column.Type.INT16;
            case "I4" -> Column.Type.INT32;
            case "I8" -> Column.Type.INT64;
            default -> null;
        };
    }
}
