package org.grotto.pipeline;

import java.util.Locale;
import org.grotto.base.Declared;
import org.grotto.base.Help;

/** What a file does not say of its own frame: the unit of its coordinates and the axis that points up. */
public record FrameOptions(
        @Help("unit of the coordinates where a file does not say: m, dm, cm, mm, ft, us-ft or in")
        String unit,

        @Help("axis that points up where a file does not say: z, y, x, -z, -y or -x")
        String up) {

    public static final FrameOptions DEFAULTS = new FrameOptions("m", "z");

    public FrameOptions {
        unit = unit.toLowerCase(Locale.ROOT);
        up = up.toLowerCase(Locale.ROOT).replace("+", "");
        if (!unit.matches("m|dm|cm|mm|ft|us-ft|in")) {
            throw Declared.refused("unit", "one of m, dm, cm, mm, ft, us-ft, in", "\"" + unit + "\"");
        }
        if (!up.matches("-?[xyz]")) {
            throw Declared.refused("up", "one of z, y, x, -z, -y, -x", "\"" + up + "\"");
        }
    }

    /** Metres in one unit. */
    public double metres() {
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

    /** The rotation, row by row, that takes the file's axes to a frame with Z up. */
    public double[] rotation() {
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
