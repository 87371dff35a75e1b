package org.grotto.kiosk.stream;

import org.grotto.geometry.Box;

/**
 * From where and how the cave is seen: enough to cull boxes and to turn metres of error into pixels.
 *
 * @param ex eye, metres relative to the scene's origin
 * @param planes six inward planes (a, b, c, d), normalised: a x + b y + c z + d >= 0 inside
 * @param dx unit viewing direction
 * @param pixelsPerTangent pixels that a length of 1 takes at distance 1: height / (2 tan(fov / 2))
 * @param nearest surface counts as no nearer than this, metres
 */
public record View(
        double ex,
        double ey,
        double ez,
        double dx,
        double dy,
        double dz,
        double[] planes,
        double pixelsPerTangent,
        double nearest) {

    /** The eye is never taken to be nearer than this to a surface, metres, or as a share of what is seen of something small. */
    private static final double NEAREST = 0.2;

    private static final double NEAREST_SHARE = 0.04;

    /**
     * A perspective view.
     *
     * @param eye and {@code dir}, {@code up}: x, y, z; need not be normalised; {@code up} not along {@code dir}
     * @param fovY vertical field of view, radians
     * @param near and {@code far}: metres along the viewing direction
     */
    public static View perspective(
            double[] eye, double[] dir, double[] up, double fovY, int width, int height, double near, double far) {
        double[] f = unit(dir);
        double[] r = unit(cross(f, up));
        double[] u = cross(r, f);
        double ty = Math.tan(fovY / 2);
        double tx = ty * width / height;
        double[] planes = new double[24];
        plane(planes, 0, f[0], f[1], f[2], eye, near);
        plane(planes, 1, -f[0], -f[1], -f[2], eye, -far);
        for (int side = 0; side < 2; side++) {
            double s = side == 0 ? 1 : -1;
            double cx = 1 / Math.sqrt(1 + tx * tx);
            double cy = 1 / Math.sqrt(1 + ty * ty);
            plane(
                    planes,
                    2 + side,
                    cx * (s * r[0] + tx * f[0]),
                    cx * (s * r[1] + tx * f[1]),
                    cx * (s * r[2] + tx * f[2]),
                    eye,
                    0);
            plane(
                    planes,
                    4 + side,
                    cy * (s * u[0] + ty * f[0]),
                    cy * (s * u[1] + ty * f[1]),
                    cy * (s * u[2] + ty * f[2]),
                    eye,
                    0);
        }
        return new View(
                eye[0],
                eye[1],
                eye[2],
                f[0],
                f[1],
                f[2],
                planes,
                height / (2 * ty),
                Math.min(NEAREST, NEAREST_SHARE * far));
    }

    private static void plane(double[] out, int i, double a, double b, double c, double[] eye, double offset) {
        out[4 * i] = a;
        out[4 * i + 1] = b;
        out[4 * i + 2] = c;
        out[4 * i + 3] = -(a * eye[0] + b * eye[1] + c * eye[2]) - offset;
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    private static double[] unit(double[] a) {
        double n = Math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
        return new double[] {a[0] / n, a[1] / n, a[2] / n};
    }

    /** False only where the box lies wholly outside the view. */
    boolean sees(Box b) {
        for (int i = 0; i < 24; i += 4) {
            double x = planes[i] > 0 ? b.maxX() : b.minX();
            double y = planes[i + 1] > 0 ? b.maxY() : b.minY();
            double z = planes[i + 2] > 0 ? b.maxZ() : b.minZ();
            if (planes[i] * x + planes[i + 1] * y + planes[i + 2] * z + planes[i + 3] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Metres from the eye to the box, 0 inside. */
    double distance(Box b) {
        double x = Math.max(0, Math.max(b.minX() - ex, ex - b.maxX()));
        double y = Math.max(0, Math.max(b.minY() - ey, ey - b.maxY()));
        double z = Math.max(0, Math.max(b.minZ() - ez, ez - b.maxZ()));
        return Math.sqrt(x * x + y * y + z * z);
    }

    /** How many pixels an error of {@code metres} in the nearest point of the box takes. */
    double pixels(double metres, Box b) {
        return metres * pixelsPerTangent / Math.max(nearest, distance(b));
    }

    /** The cosine between the viewing direction and that to the box's centre. */
    double cosine(Box b) {
        double x = (b.minX() + b.maxX()) / 2 - ex;
        double y = (b.minY() + b.maxY()) / 2 - ey;
        double z = (b.minZ() + b.maxZ()) / 2 - ez;
        double n = Math.sqrt(x * x + y * y + z * z);
        return n < 1e-9 ? 1 : (x * dx + y * dy + z * dz) / n;
    }
}
