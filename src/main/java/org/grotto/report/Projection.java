package org.grotto.report;

import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.image.Camera;

/**
 * A picture drawn with parallel rays, as plans and elevations are: a length that lies in the picture's plane is the same
 * everywhere in it, so that a scale bar holds. Coordinates are metres in the cave's frame.
 *
 * @param right and {@code up}, {@code forward}: unit vectors of the picture and into it
 * @param left and {@code bottom}: where the window begins along right and up, metres
 * @param width of the window, metres; with {@code wide} and {@code high} it says its height
 * @param front where the drawing begins along forward, metres: what lies before is cut away
 * @param wide and {@code high}: the picture in pixels
 */
record Projection(
        double[] right,
        double[] up,
        double[] forward,
        double left,
        double bottom,
        double width,
        double front,
        int wide,
        int high) {

    /** Into the picture along {@code forward}; the top is +Z, and of what is seen from above or below +Y. */
    static double[][] axes(double[] forward) {
        boolean steep = Math.abs(forward[2]) > 0.9;
        double[] top = steep ? new double[] {0, 1, 0} : new double[] {0, 0, 1};
        double[] right = unit(cross(forward, top));
        return new double[][] {right, cross(right, forward), forward};
    }

    /**
     * A window around {@code box}, in its middle, with a margin.
     *
     * @param axes right, up and forward
     * @param least the picture is no flatter than this share of its width, and no taller than {@code most}
     */
    static Projection around(Box box, double[][] axes, double front, int wide, double least, double most) {
        return around(range(box, axes[0]), range(box, axes[1]), axes, front, wide, least, most);
    }

    /** As {@link #around(Box, double[][], double, int, double, double)}, of what reaches from and to along right and up. */
    static Projection around(
            double[] x, double[] y, double[][] axes, double front, int wide, double least, double most) {
        double width = x[1] - x[0];
        double height = y[1] - y[0];
        double margin = 0.04 * Math.max(width, height);
        return window(
                (x[0] + x[1]) / 2,
                (y[0] + y[1]) / 2,
                width + 2 * margin,
                height + 2 * margin,
                axes,
                front,
                wide,
                least,
                most);
    }

    private static Projection window(
            double x,
            double y,
            double width,
            double height,
            double[][] axes,
            double front,
            int wide,
            double least,
            double most) {
        double w = Math.max(Math.max(width, 1e-6), height / most);
        int high = (int)
                Math.max(Math.round(least * wide), Math.min(Math.round(most * wide), Math.ceil(wide * height / w)));
        return new Projection(axes[0], axes[1], axes[2], x - w / 2, y - w * high / wide / 2, w, front, wide, high);
    }

    /** The same middle with a window of this width and height, metres. */
    Projection widened(double w, double h, double least, double most) {
        double[][] axes = {right, up, forward};
        return window(left + width / 2, bottom + height() / 2, w, h, axes, front, wide, least, most);
    }

    /** The least and greatest of a box along a direction, metres. */
    static double[] range(Box b, double[] d) {
        double[] out = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < 8; i++) {
            double at = d[0] * ((i & 1) == 0 ? b.minX() : b.maxX())
                    + d[1] * ((i & 2) == 0 ? b.minY() : b.maxY())
                    + d[2] * ((i & 4) == 0 ? b.minZ() : b.maxZ());
            out[0] = Math.min(out[0], at);
            out[1] = Math.max(out[1], at);
        }
        return out;
    }

    /** The least and greatest of what triangles use along a direction, metres. */
    static double[] range(Mesh m, double[] d) {
        double[] out = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int v : m.triangles) {
            double at = d[0] * m.xyz[3 * v] + d[1] * m.xyz[3 * v + 1] + d[2] * m.xyz[3 * v + 2];
            out[0] = Math.min(out[0], at);
            out[1] = Math.max(out[1], at);
        }
        double origin = d[0] * m.originX + d[1] * m.originY + d[2] * m.originZ;
        return new double[] {origin + out[0], origin + out[1]};
    }

    /** Metres. */
    double height() {
        return width * high / wide;
    }

    /** How far from the picture's left, as a share of its width. */
    double x(double px, double py, double pz) {
        return (right[0] * px + right[1] * py + right[2] * pz - left) / width;
    }

    /** How far from the picture's top, as a share of its width. */
    double y(double px, double py, double pz) {
        return (double) high / wide - (up[0] * px + up[1] * py + up[2] * pz - bottom) / width;
    }

    Camera camera() {
        double x = left + width / 2;
        double y = bottom + height() / 2;
        double[] eye = new double[3];
        for (int k = 0; k < 3; k++) {
            eye[k] = x * right[k] + y * up[k] + front * forward[k];
        }
        return new Camera(eye, right, up, forward, false, height() / 2, 0);
    }

    /** Where the plane at {@link #front} cuts the mesh: ends of lines as x, y, x, y, shares of the picture's width. */
    double[] cut(Mesh m) {
        double[] out = new double[256];
        int n = 0;
        double offset = forward[0] * m.originX + forward[1] * m.originY + forward[2] * m.originZ - front;
        double[] depth = new double[3];
        for (int t = 0; t < m.triangles.length; t += 3) {
            int before = 0;
            for (int c = 0; c < 3; c++) {
                int v = 3 * m.triangles[t + c];
                depth[c] = offset + forward[0] * m.xyz[v] + forward[1] * m.xyz[v + 1] + forward[2] * m.xyz[v + 2];
                before += depth[c] < 0 ? 1 : 0;
            }
            if (before == 0 || before == 3) {
                continue;
            }
            if (n + 4 > out.length) {
                out = java.util.Arrays.copyOf(out, 2 * out.length);
            }
            for (int c = 0; c < 3; c++) {
                int d = (c + 1) % 3;
                if (depth[c] < 0 != depth[d] < 0) {
                    double s = depth[c] / (depth[c] - depth[d]);
                    int a = 3 * m.triangles[t + c];
                    int b = 3 * m.triangles[t + d];
                    double px = m.originX + m.xyz[a] + s * (m.xyz[b] - m.xyz[a]);
                    double py = m.originY + m.xyz[a + 1] + s * (m.xyz[b + 1] - m.xyz[a + 1]);
                    double pz = m.originZ + m.xyz[a + 2] + s * (m.xyz[b + 2] - m.xyz[a + 2]);
                    out[n++] = x(px, py, pz);
                    out[n++] = y(px, py, pz);
                }
            }
        }
        return java.util.Arrays.copyOf(out, n);
    }

    static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    static double[] unit(double[] v) {
        double l = Math.sqrt(dot(v, v));
        return new double[] {v[0] / l, v[1] / l, v[2] / l};
    }
}
