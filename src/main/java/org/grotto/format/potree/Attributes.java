package org.grotto.format.potree;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.Remarks;
import org.grotto.format.Rows;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The attributes of a Potree cloud, in the order in which a point has them, and the columns that they become. */
final class Attributes {
    /** Columns: whoever reads holds some thousand numbers of each. */
    private static final int MOST = 256;

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("intensity", Column.INTENSITY),
            Map.entry("classification", Column.CLASSIFICATION),
            Map.entry("return number", Column.RETURN),
            Map.entry("return_number", Column.RETURN),
            Map.entry("number of returns", Column.RETURNS),
            Map.entry("number_of_returns", Column.RETURNS),
            Map.entry("source id", Column.SOURCE),
            Map.entry("source_id", Column.SOURCE),
            Map.entry("point source id", Column.SOURCE),
            Map.entry("gps-time", Column.TIME),
            Map.entry("gps_time", Column.TIME),
            Map.entry("gpstime", Column.TIME),
            Map.entry("scan angle", "scanAngle"),
            Map.entry("scan angle rank", "scanAngle"),
            Map.entry("user data", "userData"),
            Map.entry("scan direction flag", "scanDirection"),
            Map.entry("edge of flight line", "edgeOfFlightLine"),
            Map.entry("classification flags", "classificationFlags"),
            Map.entry("near infrared", Column.NIR),
            Map.entry("normalx", Column.NX),
            Map.entry("normaly", Column.NY),
            Map.entry("normalz", Column.NZ),
            Map.entry("indices", "index"),
            Map.entry("spacing", "spacing"));

    /** How an attribute's bytes mean numbers. */
    enum Kind {
        POSITION,
        COLOUR,
        /** Two bytes, an octahedron unfolded. */
        OCTAHEDRON,
        /** Two bytes, a sphere as seen from the side. */
        SPHERE,
        NORMAL,
        OTHER
    }

    /**
     * One attribute.
     *
     * @param elements numbers of {@code type}
     * @param at its first byte in a row
     */
    record Attribute(
            String name,
            Kind kind,
            Column.Type type,
            int elements,
            int bytes,
            int at,
            double[] scale,
            double[] offset) {}

    final List<Attribute> all = new ArrayList<>();
    final List<Column> columns = new ArrayList<>();
    /** Which attribute each column is of, and which of its numbers. */
    final List<int[]> from = new ArrayList<>();

    private final Path file;
    private final Set<String> named = new HashSet<>();
    /** Bytes of a point. */
    int length;

    private Attributes(Path file) {
        this.file = file;
    }

    /** Of cloud.js: names, or objects from version 1.8 on. */
    static Attributes of1(Path file, JsonNode list) {
        Attributes a = new Attributes(file);
        for (JsonNode n : a.checked(list)) {
            if (n.isString()) {
                a.plain(n.stringValue());
            } else {
                a.described(n, "elements");
            }
        }
        return a.finished();
    }

    /** Of metadata.json. */
    static Attributes of2(Path file, JsonNode list) {
        Attributes a = new Attributes(file);
        for (JsonNode n : a.checked(list)) {
            a.described(n, "numElements");
        }
        return a.finished();
    }

    private JsonNode checked(JsonNode list) {
        if (!list.isArray() || list.isEmpty() || list.size() > MOST) {
            throw GrottoException.badInput(file, "names no list of attributes, so its points cannot be read.");
        }
        return list;
    }

    private Attributes finished() {
        if (all.stream().filter(a -> a.kind == Kind.POSITION).count() != 1) {
            throw GrottoException.badInput(file, "has no attribute with positions, or several; it cannot be read.");
        }
        return this;
    }

    private void plain(String name) {
        switch (name) {
            case "POSITION_CARTESIAN" -> add(name, Kind.POSITION, Column.Type.UINT32, 3);
            case "COLOR_PACKED", "RGBA_PACKED", "RGBA" -> add(name, Kind.COLOUR, Column.Type.UINT8, 4);
            case "RGB_PACKED", "RGB" -> add(name, Kind.COLOUR, Column.Type.UINT8, 3);
            case "NORMAL_SPHEREMAPPED" -> add(name, Kind.SPHERE, Column.Type.UINT8, 2);
            case "NORMAL_OCT16" -> add(name, Kind.OCTAHEDRON, Column.Type.UINT8, 2);
            case "NORMAL", "NORMAL_FLOATS" -> add(name, Kind.NORMAL, Column.Type.FLOAT, 3);
            case "INTENSITY", "SOURCE_ID" -> add(name, Kind.OTHER, Column.Type.UINT16, 1);
            case "CLASSIFICATION", "RETURN_NUMBER", "NUMBER_OF_RETURNS" -> add(name, Kind.OTHER, Column.Type.UINT8, 1);
            case "INDICES" -> add(name, Kind.OTHER, Column.Type.UINT32, 1);
            case "SPACING" -> add(name, Kind.OTHER, Column.Type.FLOAT, 1);
            case "GPS_TIME" -> add(name, Kind.OTHER, Column.Type.DOUBLE, 1);
            default ->
                throw GrottoException.unsupported(
                        file,
                        "has the attribute \"" + Remarks.shown(name)
                                + "\", whose length nobody states, so its points cannot be told apart.");
        }
    }

    private void described(JsonNode n, String elementsKey) {
        String name = n.path("name").asString("");
        Column.Type type = type(n.path("type").asString(""));
        int elements = n.path(elementsKey).asInt(0);
        if (type == null || name.isEmpty() || elements < 1 || elements > MOST) {
            throw GrottoException.badInput(
                    file,
                    "has an attribute \"" + Remarks.shown(name) + "\" of " + elements + " numbers of the type \""
                            + Remarks.shown(n.path("type").asString("")) + "\", which is not known.");
        }
        int size = elements * Rows.size(type);
        if (n.path("size").isNumber() && n.path("size").asInt(-1) != size) {
            throw GrottoException.badInput(
                    file,
                    "says that its attribute \"" + Remarks.shown(name) + "\" has "
                            + Remarks.shown(n.path("size").toString()) + " bytes, but its numbers take " + size + ".");
        }
        Kind kind = switch (name.toLowerCase(Locale.ROOT)) {
            case "position", "position_cartesian" -> Kind.POSITION;
            case "rgb", "rgba", "color_packed", "rgb_packed", "rgba_packed" -> Kind.COLOUR;
            case "normal_oct16" -> Kind.OCTAHEDRON;
            case "normal_spheremapped" -> Kind.SPHERE;
            case "normal", "normal_floats" -> Kind.NORMAL;
            default -> Kind.OTHER;
        };
        int due = kind == Kind.OCTAHEDRON || kind == Kind.SPHERE ? 2 : 3;
        boolean bytes = due == 3 || type == Column.Type.UINT8 || type == Column.Type.INT8;
        if (kind != Kind.OTHER && (elements < due || !bytes || kind != Kind.COLOUR && elements > due)) {
            throw GrottoException.badInput(
                    file,
                    "says that its attribute \"" + Remarks.shown(name) + "\" has " + elements
                            + " numbers, which is another thing than that name means.");
        }
        add(name, kind, type, elements);
        Attribute a = all.getLast();
        for (int e = 0; e < elements && kind == Kind.OTHER; e++) {
            double s = number(n.path("scale"), e, 1);
            a.scale[e] = s == 0 ? 1 : s;
            a.offset[e] = number(n.path("offset"), e, 0);
            if (a.scale[e] != 1 || a.offset[e] != 0) {
                int c = columns.size() - elements + e;
                columns.set(
                        c,
                        new Column(
                                columns.get(c).name(),
                                Column.Type.SCALED,
                                Double.NaN,
                                Double.NaN,
                                a.scale[e],
                                a.offset[e],
                                null));
            }
        }
    }

    private static double number(JsonNode list, int i, double absent) {
        JsonNode n = list.isArray() && i < list.size() ? list.path(i) : null;
        double v = n != null && n.isNumber() ? n.doubleValue() : absent;
        return Double.isFinite(v) ? v : absent;
    }

    private static Column.@Nullable Type type(String name) {
        return switch (name) {
            case "int8" -> Column.Type.INT8;
            case "uint8" -> Column.Type.UINT8;
            case "int16" -> Column.Type.INT16;
            case "uint16" -> Column.Type.UINT16;
            case "int32" -> Column.Type.INT32;
            case "uint32" -> Column.Type.UINT32;
            case "int64" -> Column.Type.INT64;
            case "uint64" -> Column.Type.UINT64;
            case "float" -> Column.Type.FLOAT;
            case "double" -> Column.Type.DOUBLE;
            default -> null;
        };
    }

    private void add(String name, Kind kind, Column.Type type, int elements) {
        int bytes = elements * Rows.size(type);
        double[] ones = new double[elements];
        java.util.Arrays.fill(ones, 1);
        all.add(new Attribute(Remarks.shown(name), kind, type, elements, bytes, length, ones, new double[elements]));
        length += bytes;
        switch (kind) {
            case POSITION -> {}
            case COLOUR -> columns(type, Column.RED, Column.GREEN, Column.BLUE);
            case NORMAL -> columns(type, Column.NX, Column.NY, Column.NZ);
            case OCTAHEDRON, SPHERE -> columns(Column.Type.FLOAT, Column.NX, Column.NY, Column.NZ);
            case OTHER -> {
                String known = NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), Remarks.shown(name));
                String[] names = new String[elements];
                for (int e = 0; e < elements; e++) {
                    names[e] = elements == 1 ? known : known + " " + (e + 1);
                }
                columns(type, names);
            }
        }
    }

    private void columns(Column.Type type, String... names) {
        if (columns.size() + names.length > MOST) {
            throw GrottoException.unsupported(file, "has more than " + MOST + " numbers in each point.");
        }
        for (int e = 0; e < names.length; e++) {
            String name = names[e];
            for (int k = 2; !named.add(name); k++) {
                name = names[e] + "#" + k;
            }
            columns.add(
                    type == Column.Type.UINT8
                            ? Column.of(name, type, 0, 255)
                            : type == Column.Type.UINT16 ? Column.of(name, type, 0, 65535) : Column.of(name, type));
            from.add(new int[] {all.size() - 1, e});
        }
    }

    /** The attribute that has the positions. */
    Attribute position() {
        return all.stream().filter(a -> a.kind == Kind.POSITION).findFirst().orElseThrow();
    }

    /** How columns are taken out of rows, those of an attribute beginning at byte {@code at} of a row. */
    Rows.Field field(int column, int at) {
        Attribute a = all.get(from.get(column)[0]);
        int e = from.get(column)[1];
        return switch (a.kind) {
            case OCTAHEDRON, SPHERE -> normal(a.kind, at, e);
            default -> Rows.field(a.type, at + e * Rows.size(a.type), a.scale[e], a.offset[e]);
        };
    }

    private static Rows.Field normal(Kind kind, int at, int axis) {
        return (rows, length, n, to, into) -> {
            double[] v = new double[3];
            for (int i = 0; i < n; i++) {
                double u = (rows[i * length + at] & 0xFF) / 255.0 * 2 - 1;
                double w = (rows[i * length + at + 1] & 0xFF) / 255.0 * 2 - 1;
                if (kind == Kind.OCTAHEDRON) {
                    octahedron(u, w, v);
                } else {
                    sphere(u, w, v);
                }
                to[into + i] = (float) v[axis];
            }
        };
    }

    /** Meyer and others, 2010: the lower half of the octahedron is folded outwards. */
    private static void octahedron(double u, double w, double[] v) {
        double z = 1 - Math.abs(u) - Math.abs(w);
        double x = z >= 0 ? u : (1 - Math.abs(w)) * Math.copySign(1, u);
        double y = z >= 0 ? w : (1 - Math.abs(u)) * Math.copySign(1, w);
        double l = Math.sqrt(x * x + y * y + z * z);
        v[0] = x / l;
        v[1] = y / l;
        v[2] = z / l;
    }

    /** Lambert's equal areas, as Potree's viewer undoes them; beyond the disc there is no direction. */
    private static void sphere(double u, double w, double[] v) {
        double l = 1 - u * u - w * w;
        double r = 2 * Math.sqrt(Math.max(0, l));
        v[0] = l < 0 ? 0 : u * r;
        v[1] = l < 0 ? 0 : w * r;
        v[2] = l < 0 ? 0 : 2 * l - 1;
    }
}
