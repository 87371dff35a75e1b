package org.grotto.views;

import org.grotto.geometry.Mesh;
import org.jspecify.annotations.Nullable;

/**
 * From how far away, and at what, one looks so that all of a mesh stands in the picture. The picture is taken as 4 : 3: on a
 * wider screen there is air at the sides, on a narrower one viewers step back.
 *
 * @param eye metres
 * @param target metres
 * @param fovDegrees vertical
 */
record Fit(double[] eye, double[] target, double fovDegrees) {
    static final double FOV = 35;
    /** Width over height of the picture that is framed for. */
    static final double ASPECT = 4.0 / 3;
    /** What is framed takes so much of the picture's width, or of its height. */
    private static final double WIDE = 0.86;

    private static final double HIGH = 0.76;
    /** The bar of buttons covers the foot of the picture: the middle of what is framed stands so much higher, of half the height. */
    private static final double LIFT = 0.06;

    private static final int ROUNDS = 12;

    /**
     * Frames the vertices of a mesh.
     *
     * @param towards direction from the mesh to the eye
     * @param keep which vertices count; null for all
     */
    static Fit of(Mesh mesh, double[] towards, boolean @Nullable [] keep) {
        double l = Math.sqrt(towards[0] * towards[0] + towards[1] * towards[1] + towards[2] * towards[2]);
        double[] f = {-towards[0] / l, -towards[1] / l, -towards[2] / l};
        double flat = Math.hypot(f[0], f[1]);
        double[] r = flat > 0 ? new double[] {f[1] / flat, -f[0] / flat, 0} : new double[] {1, 0, 0};
        double[] u = {
            r[1] * f[2] - r[2] * f[1], r[2] * f[0] - r[0] * f[2], r[0] * f[1] - r[1] * f[0],
        };
        int n = mesh.vertexCount();
        float[] p = new float[3 * n];
        int m = 0;
        double[] low = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        double[][] axes = {r, u, f};
        for (int v = 0; v < n; v++) {
            if (keep != null && !keep[v]) {
                continue;
            }
            for (int a = 0; a < 3; a++) {
                double x = mesh.xyz[3 * v] * axes[a][0]
                        + mesh.xyz[3 * v + 1] * axes[a][1]
                        + mesh.xyz[3 * v + 2] * axes[a][2];
                low[a] = Math.min(low[a], x);
                high[a] = Math.max(high[a], x);
                p[3 * m + a] = (float) x;
            }
            m++;
        }
        double ty = StrictMath.tan(StrictMath.toRadians(FOV / 2));
        double tx = ty * ASPECT;
        // the pivot lies in the middle of what is framed; the eye looks past it by (a, b) at first
        double[] at = {(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2};
        double front = at[2] - low[2];
        double size = Math.max(Math.max(high[0] - low[0], high[1] - low[1]), high[2] - low[2]);
        double d = front + Math.max(size, 1e-6) / ty;
        for (int i = 0; i < ROUNDS; i++) {
            double x0 = Double.MAX_VALUE;
            double x1 = -Double.MAX_VALUE;
            double y0 = Double.MAX_VALUE;
            double y1 = -Double.MAX_VALUE;
            for (int v = 0; v < m; v++) {
                double depth = d + p[3 * v + 2] - at[2];
                double x = (p[3 * v] - at[0]) / depth;
                double y = (p[3 * v + 1] - at[1]) / depth;
                x0 = Math.min(x0, x);
                x1 = Math.max(x1, x);
                y0 = Math.min(y0, y);
                y1 = Math.max(y1, y);
            }
            at[0] += (x0 + x1) / 2 * d;
            at[1] += (y0 + y1) / 2 * d;
            double over = Math.max((x1 - x0) / (2 * tx * WIDE), (y1 - y0) / (2 * ty * HIGH));
            // what is nearest grows fastest when one comes nearer: half the way each time, and never into it
            d = Math.max(front * 1.02 + 1e-9, front + (d - front) * (i < ROUNDS / 2 ? over : 0.5 + 0.5 * over));
        }
        at[1] -= LIFT * ty * d;
        double[] target = new double[3];
        double[] eye = new double[3];
        for (int k = 0; k < 3; k++) {
            target[k] = mesh.origin(k) + at[0] * r[k] + at[1] * u[k] + at[2] * f[k];
            eye[k] = target[k] - d * f[k];
        }
        return new Fit(eye, target, FOV);
    }
}
