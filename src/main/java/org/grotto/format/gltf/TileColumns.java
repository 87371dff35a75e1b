package org.grotto.format.gltf;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.ColumnType.Kind;
import org.grotto.geometry.Columns;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Columns of vertices as attributes of a glTF primitive: {@code spacing} is {@code _SPACING}. What they mean stands in
 * EXT_structural_metadata, as a property of class {@code vertex} each. glTF has no attributes of whole numbers over 65,535
 * (2.0, clause 3.7.2.1: no UNSIGNED_INT) and none of 64 bits: such columns stay with the points.
 */
public final class TileColumns {
    static final String EXTENSION = "EXT_structural_metadata";
    private static final String VERTEX = "vertex";
    /** Stands for NaN, which glTF forbids (clause 3.6.2.1). */
    static final float NOTHING = -Float.MAX_VALUE;

    private TileColumns() {}

    /** Whether a column can be an attribute. */
    public static boolean carries(ColumnType type) {
        boolean kind = type.kind() == Kind.UINT8 || type.kind() == Kind.UINT16 || type.kind() == Kind.FLOAT32;
        return kind && (type.width() == 1 || type.width() == 3);
    }

    /** The attribute's value where a column knows nothing; NaN where it always knows something. */
    public static double none(ColumnType type) {
        return type.kind() == Kind.FLOAT32 ? NOTHING : type.none();
    }

    static String attribute(ColumnType type) {
        return "_" + property(type.name()).toUpperCase(Locale.ROOT);
    }

    private static String property(String name) {
        return name.replace('-', '_');
    }

    /** The column of an attribute, or null where its name is no column's. */
    static @Nullable String column(String attribute) {
        String name = attribute.startsWith("_") ? attribute.substring(1).toLowerCase(Locale.ROOT) : "";
        return name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*") ? name.replace('_', '-') : null;
    }

    /** Describes columns in the asset and names them in the primitive; nothing where there is none. */
    static void describe(Columns columns, ObjectNode asset, ObjectNode primitive) {
        if (columns.types().stream().noneMatch(TileColumns::described)) {
            return;
        }
        ObjectNode metadata = asset.withObject("/extensions/" + EXTENSION);
        ObjectNode schema = metadata.putObject("schema").put("id", "grotto");
        ObjectNode properties = schema.putObject("classes").putObject(VERTEX).putObject("properties");
        ObjectNode attributes =
                metadata.putArray("propertyAttributes").addObject().put("class", VERTEX);
        ObjectNode of = attributes.putObject("properties");
        for (ColumnType t : columns.types()) {
            if (described(t)) {
                property(t, properties.putObject(property(t.name())));
                of.putObject(property(t.name())).put("attribute", attribute(t));
            }
        }
        primitive
                .withObject("/extensions/" + EXTENSION)
                .putArray("propertyAttributes")
                .add(0);
    }

    private static boolean described(ColumnType t) {
        return carries(t) && !t.name().equals(Columns.RGB8.name()) && !t.name().equals(Columns.NORMAL.name());
    }

    private static void property(ColumnType t, ObjectNode p) {
        p.put("type", t.width() == 3 ? "VEC3" : "SCALAR")
                .put("componentType", t.kind().name());
        numbers(p, "min", t.min(), t.width());
        numbers(p, "max", t.max(), t.width());
        numbers(p, "noData", none(t), t.width());
        p.put("description", t.name() + (t.unit().equals("1") ? "" : ", " + t.unit()) + "; from " + t.source());
        ObjectNode extras = p.putObject("extras").put("unit", t.unit()).put("step", t.step());
        extras.put("between", t.between().name()).put("weld", t.weld().name()).put("source", t.source());
    }

    /** A number, or as many as the type has; whole ones without a point; nothing for NaN. */
    private static void numbers(ObjectNode p, String key, double v, int width) {
        if (!Double.isFinite(v)) {
            return;
        }
        JsonNode number = v == Math.rint(v) && Math.abs(v) < 1e15 ? p.numberNode((long) v) : p.numberNode(v);
        if (width == 1) {
            p.set(key, number);
        } else {
            ArrayNode list = p.putArray(key);
            for (int i = 0; i < width; i++) {
                list.add(number);
            }
        }
    }

    private static double number(JsonNode n) {
        return (n.isArray() ? n.path(0) : n).asDouble(Double.NaN);
    }

    /** The columns of a primitive, but colours and normals; what is no column of ours is passed over. */
    static Columns read(Gltf gltf, JsonNode primitive, int vertices) {
        Columns out = Columns.NONE;
        JsonNode known = gltf.json
                .path("extensions")
                .path(EXTENSION)
                .path("schema")
                .path("classes")
                .path(VERTEX)
                .path("properties");
        Iterator<Map.Entry<String, JsonNode>> all =
                primitive.path("attributes").properties().iterator();
        while (all.hasNext()) {
            Map.Entry<String, JsonNode> e = all.next();
            String name = column(e.getKey());
            if (name == null) {
                continue;
            }
            Accessor a = Accessor.of(gltf, gltf.whole(primitive.path("attributes"), e.getKey()));
            Kind kind = kind(a.type());
            if (kind == null || (a.components() != 1 && a.components() != 3)) {
                continue;
            }
            if (a.count() != vertices) {
                throw gltf.bad(e.getKey() + " has " + a.count() + " elements, but there are " + vertices + " vertices");
            }
            ColumnType type = type(name, kind, a.components(), known.path(property(name)));
            out = out.with(type, values(a, type));
        }
        return out;
    }

    private static @Nullable Kind kind(int componentType) {
        return switch (componentType) {
            case Accessor.UNSIGNED_BYTE -> Kind.UINT8;
            case Accessor.UNSIGNED_SHORT -> Kind.UINT16;
            case Accessor.FLOAT -> Kind.FLOAT32;
            default -> null;
        };
    }

    private static ColumnType type(String name, Kind kind, int width, JsonNode p) {
        JsonNode extras = p.path("extras");
        return new ColumnType(
                name,
                kind,
                width,
                extras.path("unit").asString("1"),
                number(p.path("min")),
                number(p.path("max")),
                extras.path("step").asDouble(0),
                kind == Kind.FLOAT32 ? Double.NaN : number(p.path("noData")),
                one(ColumnType.Between.values(), extras.path("between").asString("")),
                one(ColumnType.Weld.values(), extras.path("weld").asString("")),
                extras.path("source").asString("file"));
    }

    private static <E extends Enum<E>> E one(E[] all, String name) {
        for (E e : all) {
            if (e.name().equals(name)) {
                return e;
            }
        }
        return all[0];
    }

    private static Object values(Accessor a, ColumnType type) {
        Object out = Columns.make(type, a.count());
        for (int i = 0; i < a.count(); i++) {
            for (int c = 0; c < type.width(); c++) {
                int at = i * type.width() + c;
                switch (type.kind()) {
                    case UINT8 -> ((byte[]) out)[at] = (byte) (int) a.raw(i, c);
                    case UINT16 -> ((char[]) out)[at] = (char) (int) a.raw(i, c);
                    default -> {
                        float v = (float) a.raw(i, c);
                        ((float[]) out)[at] = v == NOTHING ? Float.NaN : v;
                    }
                }
            }
        }
        return out;
    }
}
