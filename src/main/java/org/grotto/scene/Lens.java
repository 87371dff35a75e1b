package org.grotto.scene;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the pixels of a picture look at, in its camera's own frame. A pinhole or fisheye camera looks along -z, x to the right
 * and y up; without distortion column = cx + fx x / (-z), row = cy - fy y / (-z). A sphere or cylinder stands about z: column
 * = cx - fx atan2(y, x), row of a sphere = cy - fy elevation, of a cylinder = cy - fy tan(elevation). Columns and rows count
 * from the picture's upper left corner, so that the first pixel's middle is at 0.5, 0.5.
 *
 * @param model the lens' model as its source names it, as "e57:pinhole", "colmap:OPENCV"
 * @param width of the picture that the numbers hold for, pixels; a file may have fewer
 * @param height pixels
 * @param fx pixels per unit of tangent, or per radian around a sphere or cylinder
 * @param fy as {@code fx}; upwards
 * @param cx pixels from the left
 * @param cy pixels from the top
 * @param parameters of the distortion, by their names in the model; null for none
 * @param rays where places of a distorted picture look; null where the formulas above hold
 */
public record Lens(
        Kind kind,
        String model,
        int width,
        int height,
        double fx,
        double fy,
        double cx,
        double cy,
        @Nullable Map<String, Double> parameters,
        @Nullable Rays rays) {
    /** Nodes along a sphere or cylinder: between two the straight line is off by less than a hundredth of a degree. */
    private static final int ROUND = 128;

    /** The shape of the picture's surface. */
    public enum Kind {
        @JsonProperty("pinhole")
        PINHOLE,
        @JsonProperty("fisheye")
        FISHEYE,
        @JsonProperty("spherical")
        SPHERICAL,
        @JsonProperty("cylindrical")
        CYLINDRICAL
    }

    /**
     * Unit directions of nodes that lie evenly over the picture, edges included: row by row from the top, x y z each. Between
     * nodes directions are mixed.
     *
     * @param columns and {@code rows}: how many nodes
     */
    public record Rays(int columns, int rows, double[] directions) {}

    /** How many nodes lie across the picture, where it is drawn as a mesh of rays. */
    public int columns() {
        return rays != null ? rays.columns : round() ? ROUND + 1 : 2;
    }

    public int rows() {
        return rays != null ? rays.rows : round() ? ROUND / 2 + 1 : 2;
    }

    private boolean round() {
        return kind == Kind.SPHERICAL || kind == Kind.CYLINDRICAL;
    }

    /** Where the node looks, in the camera's frame; of any length. */
    public double[] node(int column, int row) {
        Rays r = rays;
        if (r != null) {
            int i = 3 * (row * r.columns + column);
            return new double[] {r.directions[i], r.directions[i + 1], r.directions[i + 2]};
        }
        return direction(width * (double) column / (columns() - 1), height * (double) row / (rows() - 1));
    }

    /** Where a place of an undistorted picture looks, in the camera's frame; of any length. */
    public double[] direction(double column, double row) {
        double x = (column - cx) / fx;
        double y = (cy - row) / fy;
        return switch (kind) {
            case PINHOLE, FISHEYE -> new double[] {x, y, -1};
            case SPHERICAL -> {
                double c = Math.cos(y);
                yield new double[] {c * Math.cos(x), -c * Math.sin(x), Math.sin(y)};
            }
            case CYLINDRICAL -> new double[] {Math.cos(x), -Math.sin(x), y};
        };
    }

    /** Whether viewers can lay a picture with it over the stone. */
    public boolean usable() {
        boolean numbers = kind != null
                && width > 0
                && height > 0
                && fx > 0
                && fy > 0
                && Double.isFinite(fx + fy + cx + cy)
                && Math.max(width / fx, height / fy) < 1e3;
        Rays r = rays;
        boolean plain = kind != Kind.FISHEYE && (parameters == null || parameters.isEmpty());
        return numbers
                && (plain || r != null)
                && (r == null
                        || r.columns >= 2
                                && r.rows >= 2
                                && r.directions != null
                                && (long) r.columns * r.rows * 3 == r.directions.length);
    }
}
