package org.grotto.format;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of its own coordinates, by its format's specification, its reference system or its comments.
 *
 * @param metres metres in one unit of x and y; NaN where the file does not say
 * @param upMetres the same of z
 * @param degrees true where x and y are longitude and latitude
 * @param up the axis that points up, as "z", "y" or "-x"; null where the file does not say
 * @param turned true where the reader has turned that axis to Z already, as {@code (x, y, z)} to {@code (x, -z, y)} for
 *     "y"
 * @param by who says so, as a sentence names it: "glTF"
 * @param metreCrs the reference system of the same coordinates in metres; null where there is none, or nobody knows it
 */
public record Stated(
        double metres,
        double upMetres,
        boolean degrees,
        @Nullable String up,
        boolean turned,
        String by,
        @Nullable String metreCrs) {
    /** A file that says nothing. */
    public static final Stated NOTHING = new Stated(Double.NaN, Double.NaN, false, null, false, "", null);

    private static final Pattern UNIT = Pattern.compile(
            "(?i)(?<![\\w-])units?\\b(?:\\s*(?:of length|of measure|is|are|[:=]))*\\s*(?:\\bin\\s+)?[\"'\\[(]?"
                    + "(millimet(?:er|re)s?|mm|centimet(?:er|re)s?|cm|decimet(?:er|re)s?|dm|met(?:er|re)s?|m"
                    + "|us[- ]?survey[- ]?f(?:oo|ee)t|us[- ]?ft|ftus|f(?:oo|ee)t|ft|inch(?:es)?)(?![\\w/^-])");
    private static final Pattern OURS = Pattern.compile("^Grotto; metres\\b");
    private static final Pattern UP = Pattern.compile("(?i)(?:(?<![\\w+-])([+-]?[xyz])(?:[-_ ]?axis)?[-_ ]?up(?!\\w)"
            + "|(?<!\\w)up[-_ ]?(?:axis|vector)?\\s*(?:is|[:=])\\s*\"?([+-]?[xyz])(?![\\w.]))");

    /** Says a unit for all three axes. */
    public static Stated unit(double metres, String by) {
        return new Stated(metres, metres, false, null, false, by, null);
    }

    /**
     * What comments say, as "units: mm" or "Y up"; comments that contradict each other say nothing.
     *
     * @param comments of the file, in its order
     */
    public static Stated words(Iterable<String> comments) {
        double metres = Double.NaN;
        String up = null;
        String by = "";
        boolean twoUnits = false;
        boolean twoUps = false;
        for (String c : comments) {
            Matcher u = UNIT.matcher(c);
            double said = OURS.matcher(c).find() ? 1 : u.find() ? metres(u.group(1)) : Double.NaN;
            if (!Double.isNaN(said)) {
                twoUnits |= !Double.isNaN(metres) && metres != said;
                metres = said;
                by = by.isEmpty() ? quoted(c) : by;
            }
            Matcher a = UP.matcher(c);
            if (a.find()) {
                String axis = (a.group(1) == null ? a.group(2) : a.group(1))
                        .toLowerCase(Locale.ROOT)
                        .replace("+", "");
                twoUps |= up != null && !up.equals(axis);
                up = axis;
                by = by.isEmpty() ? quoted(c) : by;
            }
        }
        double m = twoUnits ? Double.NaN : metres;
        return new Stated(m, m, false, twoUps ? null : up, false, by, null);
    }

    private static String quoted(String comment) {
        return "its comment \"" + TextLines.shorten(comment.strip()) + "\"";
    }

    private static double metres(String word) {
        String w = word.toLowerCase(Locale.ROOT);
        if (w.startsWith("us") || w.equals("ftus")) {
            return 1200 / 3937.0;
        }
        return switch (w.substring(0, Math.min(2, w.length()))) {
            case "mi", "mm" -> 0.001;
            case "ce", "cm" -> 0.01;
            case "de", "dm" -> 0.1;
            case "fo", "fe", "ft" -> 0.3048;
            case "in" -> 0.0254;
            default -> 1;
        };
    }
}
