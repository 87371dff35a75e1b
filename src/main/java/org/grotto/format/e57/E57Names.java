package org.grotto.format.e57;

import java.util.Map;
import org.grotto.format.Column;
import org.jspecify.annotations.Nullable;

/** How columns are called in E57 and here, and how any name becomes an XML name that libE57Format accepts, and back. */
final class E57Names {
    static final String NAMESPACE = "http://www.astm.org/COMMIT/E57/2010-e57-v1.0";
    static final String NORMALS_PREFIX = "nor";
    static final String NORMALS_URI = "http://www.libe57.org/E57_NOR_surface_normals.txt";
    /** Our own extension: columns and metadata that E57 has no name for. */
    static final String OWN_PREFIX = "grotto";

    static final String OWN_URI = "urn:x-grotto:e57:1";
    /** What {@link Column#note} of an extension's column starts with; the extension's URI follows. */
    static final String NOTE = "E57 extension ";

    private static final Map<String, String> TO_COLUMN = Map.ofEntries(
            Map.entry("colorRed", Column.RED),
            Map.entry("colorGreen", Column.GREEN),
            Map.entry("colorBlue", Column.BLUE),
            Map.entry("intensity", Column.INTENSITY),
            Map.entry("timeStamp", Column.TIME),
            Map.entry("rowIndex", Column.ROW),
            Map.entry("columnIndex", Column.COL),
            Map.entry("returnIndex", Column.RETURN),
            Map.entry("returnCount", Column.RETURNS),
            Map.entry("cartesianInvalidState", Column.INVALID),
            Map.entry("normalX", Column.NX),
            Map.entry("normalY", Column.NY),
            Map.entry("normalZ", Column.NZ));

    /** Fields of the standard that have no constant in {@link Column}: their names stand for themselves. */
    private static final java.util.Set<String> OTHER_STANDARD = java.util.Set.of(
            "isColorInvalid",
            "isIntensityInvalid",
            "isTimeStampInvalid",
            "sphericalRange",
            "sphericalAzimuth",
            "sphericalElevation",
            "sphericalInvalidState");

    private static final Map<String, String> TO_E57 = invert();

    private E57Names() {}

    private static Map<String, String> invert() {
        Map<String, String> m = new java.util.HashMap<>();
        TO_COLUMN.forEach((e57, column) -> m.put(column, e57.startsWith("normal") ? NORMALS_PREFIX + ":" + e57 : e57));
        OTHER_STANDARD.forEach(n -> m.put(n, n));
        return m;
    }

    /** The column's name for a field called {@code field} in a namespace {@code uri} (null where it has none). */
    static String column(String field, @Nullable String uri) {
        int colon = field.indexOf(':');
        String local = field.substring(colon + 1);
        if (OWN_URI.equals(uri)) {
            return unescape(local);
        }
        // extensions for normals differ in their prefix and URI, not in these names
        return colon < 0 || local.startsWith("normal") ? TO_COLUMN.getOrDefault(local, field) : field;
    }

    /** What a field's values are raised by to be the column's: the standard counts returns from 0, we from 1. */
    static int first(String field) {
        return field.equals("returnIndex") ? 1 : 0;
    }

    /** The standard's or the normals extension's name of a column, or null where neither has one. */
    static @Nullable String standard(String column) {
        return TO_E57.get(column);
    }

    /** Whether an element may bear this name as it stands: ASCII letters, digits, '_', '.', '-'. */
    static boolean isPlain(String local) {
        if (local.isEmpty() || !(Character.isLetter(local.charAt(0)) || local.charAt(0) == '_')) {
            return false;
        }
        for (int i = 0; i < local.length(); i++) {
            if (!plain(local.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean plain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '-';
    }

    /** Any text as an XML name: what may not stand there becomes _xHHHH_, by UTF-16 unit. */
    static String escape(String name) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean first = i == 0 && !letter && c != '_';
            if (!plain(c) || first || c == '_' && escaped(name, i)) {
                s.append(String.format("_x%04X_", (int) c));
            } else {
                s.append(c);
            }
        }
        return s.isEmpty() ? "_x_" : s.toString();
    }

    static String unescape(String local) {
        if (local.equals("_x_")) {
            return "";
        }
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < local.length(); i++) {
            if (escaped(local, i)) {
                s.append((char) Integer.parseInt(local.substring(i + 2, i + 6), 16));
                i += 6;
            } else {
                s.append(local.charAt(i));
            }
        }
        return s.toString();
    }

    /** Whether _xHHHH_ stands at {@code i}. */
    private static boolean escaped(String s, int i) {
        if (i + 7 > s.length() || s.charAt(i) != '_' || s.charAt(i + 1) != 'x' || s.charAt(i + 6) != '_') {
            return false;
        }
        for (int k = i + 2; k < i + 6; k++) {
            char c = s.charAt(k);
            if (!(c >= '0' && c <= '9' || c >= 'A' && c <= 'F')) {
                return false;
            }
        }
        return true;
    }
}
