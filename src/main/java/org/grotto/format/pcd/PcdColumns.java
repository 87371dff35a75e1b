package org.grotto.format.pcd;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grotto.format.Column;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a PCD file become which columns.
 *
 * @param wanted the fields that are read, each once: those of x, y and z first
 * @param packed which of them is a packed colour; -1 for none
 * @param columns of a point; a packed colour is three
 * @param from for each column the index in {@code wanted}
 * @param channel for each column 0, 1, 2 for a channel of the packed colour, else -1
 * @param lost fields that are not read, in words
 */
record PcdColumns(
        List<PcdHeader.Field> wanted, int packed, List<Column> columns, int[] from, int[] channel, List<String> lost) {

    /** Null where there is no x, y or z. */
    static @Nullable PcdColumns of(PcdHeader header) {
        List<PcdHeader.Field> wanted = new ArrayList<>();
        for (String axis : List.of("x", "y", "z")) {
            PcdHeader.Field f = field(header, axis);
            if (f == null) {
                return null;
            }
            wanted.add(f);
        }
        boolean parts = field(header, Column.RED) != null
                && field(header, Column.GREEN) != null
                && field(header, Column.BLUE) != null;
        List<Column> columns = new ArrayList<>();
        List<Integer> from = new ArrayList<>();
        List<Integer> channel = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        int packed = -1;
        for (PcdHeader.Field f : header.fields()) {
            String name = name(f);
            if (wanted.contains(f) || name.equals("_")) {
                continue;
            }
            if (f.count() != 1) {
                lost.add("field \"" + name + "\", " + f.count() + " values a point");
            } else if (taken(columns, name)) {
                lost.add("field \"" + f.name() + "\", a second " + name);
            } else if (isPacked(f) && !parts) {
                packed = wanted.size();
                for (int c = 0; c < 3; c++) {
                    String colour =
                            List.of(Column.RED, Column.GREEN, Column.BLUE).get(c);
                    columns.add(Column.of(colour, Column.Type.UINT8, 0, 255));
                    from.add(wanted.size());
                    channel.add(c);
                }
                wanted.add(f);
            } else {
                columns.add(column(name, f.type()));
                from.add(wanted.size());
                channel.add(-1);
                wanted.add(f);
            }
        }
        return new PcdColumns(
                List.copyOf(wanted), packed, List.copyOf(columns), ints(from), ints(channel), List.copyOf(lost));
    }

    private static boolean taken(List<Column> columns, String name) {
        boolean colour = name.equals("rgb") || name.equals("rgba");
        return columns.stream()
                .anyMatch(c -> c.name().equals(name) || colour && c.name().equals(Column.RED));
    }

    private static PcdHeader.@Nullable Field field(PcdHeader header, String name) {
        for (PcdHeader.Field f : header.fields()) {
            if (f.count() == 1 && name(f).equals(name)) {
                return f;
            }
        }
        return null;
    }

    private static boolean isPacked(PcdHeader.Field f) {
        boolean four = switch (f.type()) {
            case FLOAT, UINT32, INT32 -> true;
            default -> false;
        };
        return four && (name(f).equals("rgb") || name(f).equals("rgba"));
    }

    private static Column column(String name, Column.Type type) {
        boolean colour = name.equals(Column.RED) || name.equals(Column.GREEN) || name.equals(Column.BLUE);
        return !colour
                ? Column.of(name, type)
                : switch (type) {
                    case UINT8 -> Column.of(name, type, 0, 255);
                    case UINT16 -> Column.of(name, type, 0, 65535);
                    default -> Column.of(name, type);
                };
    }

    private static String name(PcdHeader.Field f) {
        String s = f.name().toLowerCase(Locale.ROOT);
        return switch (s) {
            case "x", "y", "z", "rgb", "rgba" -> s;
            case "normal_x", "normalx", "nx" -> Column.NX;
            case "normal_y", "normaly", "ny" -> Column.NY;
            case "normal_z", "normalz", "nz" -> Column.NZ;
            case "r", "red" -> Column.RED;
            case "g", "green" -> Column.GREEN;
            case "b", "blue" -> Column.BLUE;
            case "i", "intensity", "reflectance", "reflectivity" -> Column.INTENSITY;
            case "gpstime", "time", "timestamp", "t" -> Column.TIME;
            case "classification" -> Column.CLASSIFICATION;
            case "pointsourceid" -> Column.SOURCE;
            case "returnnumber" -> Column.RETURN;
            case "numberofreturns" -> Column.RETURNS;
            default -> f.name();
        };
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The same with a column in another's place. */
    PcdColumns with(List<Column> other) {
        return new PcdColumns(wanted, packed, other, from, channel, lost);
    }
}
