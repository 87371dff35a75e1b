package org.grotto.pipeline;

import java.util.List;
import java.util.Locale;
import org.grotto.base.Declared;
import org.grotto.base.Help;
import org.grotto.base.Work;
import org.grotto.format.Reading;
import org.jspecify.annotations.Nullable;

/**
 * How inputs are to be understood: the unit of coordinates and the axis that points up are left to each file
 * ({@link org.grotto.format.Stated}), or said for all, and {@link Frame} is what comes of it; so are the columns of files
 * that do not name them.
 */
public record InputOptions(
        @Help("unit of the coordinates: auto (as the file says, else m), m, dm, cm, mm, ft, us-ft or in")
        String unit,

        @Help(
                "axis that points up: auto (as the file says, else z, or what an object stands on), z, y, x, -z, -y, -x, or"
                        + " any direction as three numbers with commas between")
        String up,

        @Help("what stands in the columns of text: auto (as names and values say), or their names in order, as "
                + "x,y,z,intensity,red,green,blue,nx,ny,nz; \"-\" for one to leave out")
        String columns,

        @Help("of damaged files take what can still be read, and say what is lost")
        boolean keepGoing,

        @Help(
                value = "of clouds in levels (COPC, EPT, Potree, 3D Tiles) leave those out whose points lie closer"
                        + " together than this, which are not read; 0 for all",
                unit = "m")
        double resolution,

        @Help("what to take of a file: auto (as it is), points (of a mesh its vertices) or mesh (of a range map its "
                + "triangles)")
        String as) {
    private static final String AUTO = "auto";

    public static final InputOptions DEFAULTS = new InputOptions(AUTO, AUTO);

    public InputOptions {
        unit = unit.toLowerCase(Locale.ROOT);
        up = up.toLowerCase(Locale.ROOT).replace("+", "");
        columns = columns.strip();
        if (!unit.matches("auto|m|dm|cm|mm|ft|us-ft|in")) {
            throw Declared.refused("unit", "one of auto, m, dm, cm, mm, ft, us-ft, in", "\"" + unit + "\"");
        }
        as = as.toLowerCase(Locale.ROOT);
        if (!as.matches("auto|points|mesh")) {
            throw Declared.refused("as", "one of auto, points, mesh", "\"" + as + "\"");
        }
        if (!up.matches("auto|-?[xyz]") && direction(up) == null) {
            throw Declared.refused(
                    "up", "one of auto, z, y, x, -z, -y, -x, or a direction as 0.1,-0.2,0.97", "\"" + up + "\"");
        }
        Declared.check(
                resolution >= 0 && resolution < Double.POSITIVE_INFINITY, "resolution", "0 or more metres", resolution);
    }

    /** A unit and an axis, all else left to the files. */
    public InputOptions(String unit, String up) {
        this(unit, up, AUTO, false);
    }

    /** All of it, each file taken as what it is. */
    public InputOptions(String unit, String up, String columns, boolean keepGoing) {
        this(unit, up, columns, keepGoing, 0, AUTO);
    }

    /** What readers are told. */
    public Reading reading(Work work) {
        return new Reading(
                work,
                columns.equalsIgnoreCase(AUTO) ? List.of() : List.of(columns.split("\\s*,\\s*")),
                keepGoing,
                resolution,
                anyUnit() ? Double.NaN : metres());
    }

    /** True where the file's own word on its unit counts. */
    boolean anyUnit() {
        return unit.equals(AUTO);
    }

    /** True where the file's own word on its axes counts. */
    boolean anyUp() {
        return up.equals(AUTO);
    }

    /** Metres in one unit; 1 for auto. */
    public double metres() {
        return metres(unit);
    }

    /** Metres in one of the units of {@code --unit}. */
    static double metres(String unit) {
        return switch (unit) {
            case "dm" -> 0.1;
            case "cm" -> 0.01;
            case "mm" -> 0.001;
            case "ft" -> 0.3048;
            case "us-ft" -> 1200 / 3937.0; // of the survey of the United States
            case "in" -> 0.0254;
            default -> 1;
        };
    }

    /** A direction as three numbers; null where a word is none. */
    private static double @Nullable [] direction(String up) {
        String[] words = up.split("\\s*,\\s*");
        double[] d = new double[3];
        double squares = 0;
        for (int k = 0; k < 3; k++) {
            if (words.length != 3 || !words[k].matches("-?[0-9]*\\.?[0-9]+(e-?[0-9]+)?")) {
                return null;
            }
            d[k] = Double.parseDouble(words[k]);
            squares += d[k] * d[k];
        }
        double l = Math.sqrt(squares);
        return l > 0 && l < Double.POSITIVE_INFINITY ? new double[] {d[0] / l, d[1] / l, d[2] / l} : null;
    }

    /** The least rotation that takes a direction upwards; about X where it points down. */
    private static double[] rotation(double[] d) {
        if (d[2] < -1 + 1e-12) {
            return rotation("-z");
        }
        double k = 1 / (1 + d[2]);
        return new double[] {
            1 - k * d[0] * d[0], -k * d[0] * d[1], -d[0], -k * d[0] * d[1], 1 - k * d[1] * d[1], -d[1], d[0], d[1], d[2]
        };
    }

    /** The rotation, row by row, that takes axes with {@code up} upwards to a frame with Z up. */
    static double[] rotation(String up) {
        double[] direction = direction(up);
        if (direction != null) {
            return rotation(direction);
        }
        return switch (up) {
            case "y" -> new double[] {1, 0, 0, 0, 0, -1, 0, 1, 0};
            case "-y" -> new double[] {1, 0, 0, 0, 0, 1, 0, -1, 0};
            case "x" -> new double[] {0, 1, 0, 0, 0, 1, 1, 0, 0};
            case "-x" -> new double[] {0, 1, 0, 0, 0, -1, -1, 0, 0};
            case "-z" -> new double[] {1, 0, 0, 0, -1, 0, 0, 0, -1};
            default -> new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
        };
    }
}
