package org.grotto.format.ept;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.Remarks;
import org.grotto.format.Rows;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What stands in a row of an EPT cloud: its dimensions in their order, with types, scales and offsets.
 *
 * @param length bytes of a row
 * @param xyz of the dimensions X, Y, Z in a row
 * @param columns of all others
 * @param fields how x, y, z and then the columns are taken out of a row
 */
record EptSchema(int length, Dimension[] xyz, List<Column> columns, Rows.Field[] fields) {
    private static final int MOST = 256;

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("Intensity", Column.INTENSITY),
            Map.entry("ReturnNumber", Column.RETURN),
            Map.entry("NumberOfReturns", Column.RETURNS),
            Map.entry("Classification", Column.CLASSIFICATION),
            Map.entry("PointSourceId", Column.SOURCE),
            Map.entry("GpsTime", Column.TIME),
            Map.entry("Red", Column.RED),
            Map.entry("Green", Column.GREEN),
            Map.entry("Blue", Column.BLUE),
            Map.entry("Infrared", Column.NIR),
            Map.entry("NormalX", Column.NX),
            Map.entry("NormalY", Column.NY),
            Map.entry("NormalZ", Column.NZ),
            Map.entry("ScanDirectionFlag", "scanDirection"),
            Map.entry("EdgeOfFlightLine", "edgeOfFlightLine"),
            Map.entry("ScanAngleRank", "scanAngle"),
            Map.entry("ScanAngle", "scanAngle"),
            Map.entry("UserData", "userData"),
            Map.entry("ScanChannel", "scannerChannel"),
            Map.entry("ClassFlags", "classificationFlags"));

    /** One number of a row. */
    record Dimension(String name, Column.Type type, int at, double scale, double offset) {
        boolean scaled() {
            return scale != 1 || offset != 0;
        }

        Rows.Field field() {
            return Rows.field(type, at, scale, offset);
        }
    }

    static EptSchema of(Path file, JsonNode list) {
        if (!list.isArray() || list.isEmpty() || list.size() > MOST) {
            throw GrottoException.badInput(
                    file, "has no \"schema\" of 1 to " + MOST + " dimensions, so its points cannot be read.");
        }
        List<Dimension> all = new ArrayList<>();
        int at = 0;
        for (JsonNode d : list) {
            Dimension one = dimension(file, d, at);
            all.add(one);
            at += Rows.size(one.type);
        }
        Dimension[] xyz = new Dimension[3];
        List<Column> columns = new ArrayList<>();
        List<Rows.Field> fields = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Dimension d : all) {
            int axis = List.of("X", "Y", "Z").indexOf(d.name);
            if (axis >= 0) {
                if (xyz[axis] != null) {
                    throw GrottoException.badInput(file, "names the dimension " + d.name + " twice in its schema.");
                }
                xyz[axis] = d;
                continue;
            }
            columns.add(column(d, seen));
            fields.add(d.field());
        }
        for (int k = 2; k >= 0; k--) {
            if (xyz[k] == null) {
                throw GrottoException.badInput(
                        file, "has no dimension " + "XYZ".charAt(k) + " in its schema, so its points stand nowhere.");
            }
            fields.addFirst(xyz[k].field());
        }
        return new EptSchema(at, xyz, List.copyOf(columns), fields.toArray(new Rows.Field[0]));
    }

    private static Dimension dimension(Path file, JsonNode d, int at) {
        String name = d.path("name").asString("");
        int size = d.path("size").asInt(0);
        Column.Type type = type(d.path("type").asString(""), size);
        if (name.isEmpty() || type == null) {
            throw GrottoException.badInput(
                    file,
                    "has a dimension \"" + Remarks.shown(name) + "\" of type \""
                            + Remarks.shown(d.path("type").asString("")) + "\" and size " + size
                            + " in its schema; signed and unsigned of 1, 2, 4, 8 bytes and float of 4, 8 are known.");
        }
        double scale = d.path("scale").isNumber() ? d.path("scale").doubleValue() : 1;
        double offset = d.path("offset").isNumber() ? d.path("offset").doubleValue() : 0;
        if (scale == 0 || !Double.isFinite(scale + offset)) {
            throw GrottoException.badInput(
                    file, "scales the dimension " + Remarks.shown(name) + " by " + scale + ", offset " + offset + ".");
        }
        return new Dimension(Remarks.shown(name), type, at, scale, offset);
    }

    private static Column.@Nullable Type type(String kind, int size) {
        return switch (kind + size) {
            case "signed1" -> Column.Type.INT8;
            case "signed2" -> Column.Type.INT16;
            case "signed4" -> Column.Type.INT32;
            case "signed8" -> Column.Type.INT64;
            case "unsigned1" -> Column.Type.UINT8;
            case "unsigned2" -> Column.Type.UINT16;
            case "unsigned4" -> Column.Type.UINT32;
            case "unsigned8" -> Column.Type.UINT64;
            case "float4" -> Column.Type.FLOAT;
            case "float8" -> Column.Type.DOUBLE;
            default -> null;
        };
    }

    private static Column column(Dimension d, Set<String> seen) {
        String known = NAMES.getOrDefault(d.name, d.name);
        String name = known;
        for (int k = 2; !seen.add(name); k++) {
            name = known + "#" + k;
        }
        if (d.scaled()) {
            return new Column(name, Column.Type.SCALED, Double.NaN, Double.NaN, d.scale, d.offset, null);
        }
        return switch (d.type) {
            case UINT8 -> Column.of(name, d.type, 0, 255);
            case UINT16 -> Column.of(name, d.type, 0, 65535);
            default -> Column.of(name, d.type);
        };
    }
}
