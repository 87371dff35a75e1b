package org.grotto.pipeline;

import java.util.Locale;
import org.grotto.base.Declared;
import org.grotto.base.Help;

/**
 * The unit of coordinates and the axis that points up: left to each file ({@link org.grotto.format.Stated}), or said for
 * all. {@link Frame} is what comes of it.
 */
public record FrameOptions(
        @Help("unit of the coordinates: auto (as the file says, else m), m, dm, cm, mm, ft, us-ft or in")
        String unit,

        @Help("axis that points up: auto (as the file says, else z), z, y, x, -z, -y or -x")
        String up) {
    private static final String AUTO = "auto";

    public static final FrameOptions DEFAULTS = new FrameOptions(AUTO, AUTO);

    public FrameOptions {
        unit = unit.toLowerCase(Locale.ROOT);
        up = up.toLowerCase(Locale.ROOT).replace("+", "");
        if (!unit.matches("auto|m|dm|cm|mm|ft|us-ft|in")) {
            throw Declared.refused("unit", "one of auto, m, dm, cm, mm, ft, us-ft, in", "\"" + unit + "\"");
        }
        if (!up.matches("auto|-?[xyz]")) {
            throw Declared.refused("up", "one of auto, z, y, x, -z, -y, -x", "\"" + up + "\"");
        }
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

    /** The rotation, row by row, that takes axes with {@code up} upwards to a frame with Z up. */
    static double[] rotation(String up) {
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
