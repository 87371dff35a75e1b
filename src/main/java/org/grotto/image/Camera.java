package org.grotto.image;

/**
 * Where a picture is taken from. Camera axes are x right, y up, z forward (depth).
 *
 * @param eye metres
 * @param right and {@code up}, {@code forward}: unit vectors in the world's frame
 * @param perspective false for parallel rays
 * @param half half the picture's height: the tangent of half the field of view, or metres where rays are parallel
 * @param near nothing nearer than this is drawn, metres
 */
public record Camera(
        double[] eye, double[] right, double[] up, double[] forward, boolean perspective, double half, double near) {

    /** An eye that looks at {@code target}, up being +Z wherever that can be told; {@code fovDegrees} is vertical. */
    public static Camera perspective(double[] eye, double[] target, double fovDegrees, double near) {
        return of(eye, target, true, StrictMath.tan(StrictMath.toRadians(fovDegrees / 2)), near);
    }

    /** Parallel rays, a picture {@code height} metres high. */
    public static Camera orthographic(double[] eye, double[] target, double height, double near) {
        return of(eye, target, false, height / 2, near);
    }

    private static Camera of(double[] eye, double[] target, boolean perspective, double half, double near) {
        double[] f = unit(target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]);
        if (Double.isNaN(f[0])) {
            f = new double[] {0, 1, 0};
        }
        // looking straight up or down, north is up
        double[] u = Math.abs(f[2]) > 0.9999 ? new double[] {0, 1, 0} : new double[] {0, 0, 1};
        double[] r = unit(f[1] * u[2] - f[2] * u[1], f[2] * u[0] - f[0] * u[2], f[0] * u[1] - f[1] * u[0]);
        double[] up = {r[1] * f[2] - r[2] * f[1], r[2] * f[0] - r[0] * f[2], r[0] * f[1] - r[1] * f[0]};
        return new Camera(eye.clone(), r, up, f, perspective, half, near);
    }

    private static double[] unit(double x, double y, double z) {
        double l = Math.sqrt(x * x + y * y + z * z);
        return new double[] {x / l, y / l, z / l};
    }
}
