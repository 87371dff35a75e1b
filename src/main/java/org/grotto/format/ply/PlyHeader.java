package org.grotto.format.ply;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grotto.base.GrottoException;
import org.grotto.base.Nearest;
import org.grotto.format.Column;
import org.grotto.format.TextLines;
import org.jspecify.annotations.Nullable;

/**
 * The header of a PLY file (Turk 1994), checked.
 *
 * @param order null for ascii
 * @param dataOffset where the header ends, in bytes
 * @param dataLine the number of the header's last line
 */
record PlyHeader(
        @Nullable ByteOrder order, List<Element> elements, List<String> comments, long dataOffset, long dataLine) {
    private static final int MAX_LINES = 10_000;

    /**
     * A scalar property, or a list where {@code countType} is set.
     *
     * @param countType type of the list's length
     */
    record Property(String name, Column.Type type, Column.@Nullable Type countType) {
        boolean isList() {
            return countType != null;
        }
    }

    record Element(String name, long count, List<Property> properties) {
        boolean hasLists() {
            return properties.stream().anyMatch(Property::isList);
        }

        /** Bytes of a row with every list empty: the least it can take. */
        int minStride() {
            int n = 0;
            for (Property p : properties) {
                n += size(p.countType != null ? p.countType : p.type);
            }
            return n;
        }

        int indexOf(String... names) {
            for (String n : names) {
                for (int i = 0; i < properties.size(); i++) {
                    if (properties.get(i).name.equalsIgnoreCase(n)) {
                        return i;
                    }
                }
            }
            return -1;
        }
    }

    @Nullable
    Element element(String name) {
        for (Element e : elements) {
            if (e.name.equals(name)) {
                return e;
            }
        }
        return null;
    }

    String format() {
        return order == null
                ? "PLY ascii"
                : order == ByteOrder.LITTLE_ENDIAN ? "PLY binary little endian" : "PLY binary big endian";
    }

    static int size(Column.Type t) {
        return switch (t) {
            case INT8, UINT8 -> 1;
            case INT16, UINT16 -> 2;
            case INT32, UINT32, FLOAT -> 4;
            case INT64, UINT64, DOUBLE, SCALED -> 8;
        };
    }

    private static final List<String> WORDS =
            List.of("format", "comment", "obj_info", "element", "property", "end_header");

    static PlyHeader read(Path path, TextLines in, long length) {
        return read(path, in, length, false);
    }

    /** @param keepGoing take a header that announces more than the file has room for */
    static PlyHeader read(Path path, TextLines in, long length, boolean keepGoing) {
        if (length == 0) {
            throw GrottoException.badInput(path, "is empty (0 bytes); copy it again from its source.");
        }
        if (!in.next() || !in.text().strip().equals("ply")) {
            throw GrottoException.badInput(path, 0, "a PLY file starts with the line \"ply\"; this is another format.");
        }
        boolean formatSeen = false;
        ByteOrder order = null;
        List<Element> elements = new ArrayList<>();
        List<String> comments = new ArrayList<>();
        while (true) {
            if (in.number() > MAX_LINES || !in.next()) {
                throw in.endsEarly("the header has no \"end_header\"");
            }
            int n = in.split();
            String key = n == 0 ? "" : in.token(0);
            switch (key) {
                case "end_header" -> {
                    if (!formatSeen) {
                        throw GrottoException.badLine(path, in.number(), "the header has no \"format\" line.");
                    }
                    PlyHeader h = new PlyHeader(order, List.copyOf(elements), comments, in.offset(), in.number());
                    if (!keepGoing) {
                        h.checkAgainst(path, length);
                    }
                    return h;
                }
                case "format" -> {
                    String f = n > 1 ? in.token(1) : "";
                    order = switch (f) {
                        case "ascii" -> null;
                        case "binary_little_endian" -> ByteOrder.LITTLE_ENDIAN;
                        case "binary_big_endian" -> ByteOrder.BIG_ENDIAN;
                        default ->
                            throw GrottoException.badLine(
                                    path,
                                    in.number(),
                                    "format \"" + TextLines.shorten(f)
                                            + "\" is none of ascii, binary_little_endian, binary_big_endian.");
                    };
                    formatSeen = true;
                }
                case "comment", "obj_info", "" -> {
                    if (n > 0) {
                        comments.add(in.text().substring(key.length()).strip());
                    }
                }
                case "element" -> {
                    double count = n == 3 && in.isNumber(2) ? in.number(2) : -1;
                    if (count < 0 || count != Math.rint(count) || count > 1L << 50) {
                        throw GrottoException.badLine(
                                path,
                                in.number(),
                                "\"element NAME COUNT\" was expected, found \"" + in.shown() + "\".");
                    }
                    elements.add(new Element(in.token(1), (long) count, new ArrayList<>()));
                }
                case "property" -> {
                    if (elements.isEmpty()) {
                        throw GrottoException.badLine(path, in.number(), "a property stands before any element.");
                    }
                    boolean list = n > 1 && in.token(1).equals("list");
                    if (n != (list ? 5 : 3)) {
                        throw GrottoException.badLine(
                                path,
                                in.number(),
                                "\"property TYPE NAME\" or \"property list TYPE TYPE NAME\" was expected, found \""
                                        + in.shown() + "\".");
                    }
                    elements.getLast()
                            .properties()
                            .add(
                                    list
                                            ? new Property(
                                                    in.token(4),
                                                    type(path, in, in.token(3)),
                                                    type(path, in, in.token(2)))
                                            : new Property(in.token(2), type(path, in, in.token(1)), null));
                }
                default -> {
                    // a comment without its word, as exporters break theirs over lines; a misspelt word would lose a
                    // column
                    if (!elements.isEmpty() || Nearest.meant(key, WORDS)) {
                        throw GrottoException.badLine(
                                path, in.number(), "the header line \"" + in.shown() + "\" is not PLY.");
                    }
                    comments.add(in.text().strip());
                }
            }
        }
    }

    private void checkAgainst(Path path, long length) {
        // bytes that the declared counts need at the very least; a row of ascii takes two bytes a value
        double least = 0;
        for (Element e : elements) {
            double row = order == null ? 2.0 * e.properties.size() : e.minStride();
            least += row * e.count;
        }
        if (least - 2 > length - dataOffset) {
            throw GrottoException.badInput(
                    path,
                    dataOffset,
                    String.format(
                            Locale.ROOT,
                            "the header declares %s, which takes at least %.0f bytes, but only %d follow; the file is"
                                    + " truncated or its header damaged, copy it again%s.",
                            counts(),
                            least,
                            length - dataOffset,
                            offer(length)));
        }
    }

    /** The most rows of {@code e} that a file of {@code length} bytes can hold. */
    long room(Element e, long length) {
        long row = Math.max(1, order == null ? 2L * e.properties.size() : e.minStride());
        return Math.min(e.count, Math.max(0, length - dataOffset + 2) / row);
    }

    /** What would be kept of a file of records that was cut, where its length says so. */
    private String offer(long length) {
        Element first = elements.isEmpty() ? null : elements.getFirst();
        if (order == null) {
            return element("vertex") == null ? "" : ", or --keep-going would give the points that are whole";
        }
        if (first == null || !first.name.equals("vertex") || first.hasLists() || first.minStride() == 0) {
            return "";
        }
        long n = Math.min(first.count, (length - dataOffset) / first.minStride());
        return n == 0 ? "" : ", or --keep-going would give " + n + (n == 1 ? " point" : " points");
    }

    private String counts() {
        StringBuilder s = new StringBuilder();
        for (Element e : elements) {
            s.append(s.isEmpty() ? "" : ", ")
                    .append(e.count)
                    .append(" of \"")
                    .append(e.name)
                    .append('"');
        }
        return s.toString();
    }

    private static Column.Type type(Path path, TextLines in, String t) {
        return switch (t) {
            case "char", "int8" -> Column.Type.INT8;
            case "uchar", "uint8" -> Column.Type.UINT8;
            case "short", "int16" -> Column.Type.INT16;
            case "ushort", "uint16" -> Column.Type.UINT16;
            case "int", "int32" -> Column.Type.INT32;
            case "uint", "uint32" -> Column.Type.UINT32;
            case "int64", "long", "longlong" -> Column.Type.INT64;
            case "uint64", "ulong", "ulonglong" -> Column.Type.UINT64;
            case "float", "float32" -> Column.Type.FLOAT;
            case "double", "float64" -> Column.Type.DOUBLE;
            default ->
                throw GrottoException.badLine(
                        path,
                        in.number(),
                        "\"" + TextLines.shorten(t) + "\" is not a type of PLY (char ... double, int8 ... float64).");
        };
    }
}
