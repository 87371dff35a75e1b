package org.grotto.lod;

import java.util.Arrays;
import java.util.List;
import org.grotto.format.gltf.TileMesh;

/**
 * A small picture of tiles from inside: which pixels some front face covers. Rays against triangles by signs of triple
 * products, so shared edges leave no pixel out and nothing has to be clipped.
 */
final class CutPicture {
    final int size;
    final double[] eye;
    /** Right, up and forward, unit, interleaved; up to half the picture's width at distance {@link #focal} pixels. */
    final double[] axes;

    final double focal;

    CutPicture(int size, double[] eye, double[] axes, double fovDegrees) {
        this.size = size;
        this.eye = eye;
        this.axes = axes;
        this.focal = size / 2.0 / Math.tan(Math.toRadians(fovDegrees) / 2);
    }

    /** A camera at {@code eye} that looks along (dx, dy, dz). */
    static CutPicture looking(int size, double[] eye, double dx, double dy, double dz, double fovDegrees) {
        double l = Math.sqrt(dx * dx + dy * dy + dz * dz);
        double[] f = {dx / l, dy / l, dz / l};
        double[] h = Math.abs(f[2]) < 0.9 ? new double[] {0, 0, 1} : new double[] {1, 0, 0};
        double[] r = {f[1] * h[2] - f[2] * h[1], f[2] * h[0] - f[0] * h[2], f[0] * h[1] - f[1] * h[0]};
        double m = Math.sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2]);
        r[0] /= m;
        r[1] /= m;
        r[2] /= m;
        double[] u = {r[1] * f[2] - r[2] * f[1], r[2] * f[0] - r[0] * f[2], r[0] * f[1] - r[1] * f[0]};
        return new CutPicture(
                size, eye, new double[] {r[0], r[1], r[2], u[0], u[1], u[2], f[0], f[1], f[2]}, fovDegrees);
    }

    /** How many pixels no front face covers. */
    int uncovered(List<TileMesh> tiles) {
        return (int) java.util.stream.IntStream.range(0, size * size)
                .filter(covered(tiles)::notAt)
                .count();
    }

    record Coverage(boolean[] pixels) {
        boolean notAt(int i) {
            return !pixels[i];
        }
    }

    Coverage covered(List<TileMesh> tiles) {
        boolean[] out = new boolean[size * size];
        for (TileMesh t : tiles) {
            // camera space: x right, y up, z forward, from whole-number positions exact in double
            double[] c = new double[t.positions.length];
            for (int i = 0; i < c.length; i += 3) {
                double x = t.originX + t.positions[i] - eye[0];
                double y = t.originY + t.positions[i + 1] - eye[1];
                double z = t.originZ + t.positions[i + 2] - eye[2];
                for (int k = 0; k < 3; k++) {
                    c[i + k] = axes[3 * k] * x + axes[3 * k + 1] * y + axes[3 * k + 2] * z;
                }
            }
            for (int i = 0; i < t.indices.length; i += 3) {
                triangle(c, 3 * t.indices[i], 3 * t.indices[i + 1], 3 * t.indices[i + 2], out);
            }
        }
        return new Coverage(out);
    }

    private void triangle(double[] c, int a, int b, int d, boolean[] out) {
        double ax = c[a];
        double ay = c[a + 1];
        double az = c[a + 2];
        double bx = c[b];
        double by = c[b + 1];
        double bz = c[b + 2];
        double dx = c[d];
        double dy = c[d + 1];
        double dz = c[d + 2];
        if (az <= 0 && bz <= 0 && dz <= 0) {
            return;
        }
        // right-handed x right, y up, z forward is mirrored, so front faces have a positive triple product
        double[] e = {
            ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx,
            by * dz - bz * dy, bz * dx - bx * dz, bx * dy - by * dx,
            dy * az - dz * ay, dz * ax - dx * az, dx * ay - dy * ax
        };
        double det = dx * e[0] + dy * e[1] + dz * e[2];
        if (!(det > 0)) {
            return;
        }
        int x0 = 0;
        int x1 = size - 1;
        int y0 = 0;
        int y1 = size - 1;
        double near = 1e-6;
        if (az > near && bz > near && dz > near) {
            double half = size / 2.0;
            double px = focal * ax / az;
            double qx = focal * bx / bz;
            double rx = focal * dx / dz;
            double py = focal * ay / az;
            double qy = focal * by / bz;
            double ry = focal * dy / dz;
            x0 = (int) Math.max(x0, Math.floor(half + Math.min(px, Math.min(qx, rx)) - 0.5));
            x1 = (int) Math.min(x1, Math.ceil(half + Math.max(px, Math.max(qx, rx)) - 0.5));
            y0 = (int) Math.max(y0, Math.floor(half + Math.min(py, Math.min(qy, ry)) - 0.5));
            y1 = (int) Math.min(y1, Math.ceil(half + Math.max(py, Math.max(qy, ry)) - 0.5));
        }
        for (int y = y0; y <= y1; y++) {
            double v = (y + 0.5 - size / 2.0) / focal;
            for (int x = x0; x <= x1; x++) {
                double u = (x + 0.5 - size / 2.0) / focal;
                if (u * e[0] + v * e[1] + e[2] >= 0
                        && u * e[3] + v * e[4] + e[5] >= 0
                        && u * e[6] + v * e[7] + e[8] >= 0) {
                    out[y * size + x] = true;
                }
            }
        }
    }

    /** The rows as text, for a failing test's message. */
    static String text(Coverage c, int size) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < c.pixels.length; i++) {
            if (!c.pixels[i]) {
                s.append(" (").append(i % size).append(',').append(i / size).append(')');
            }
        }
        return s.toString();
    }

    static double[] of(double... v) {
        return Arrays.copyOf(v, v.length);
    }
}
