package org.grotto.image;

import org.grotto.geometry.Mesh;

/** Takes a mesh's vertices to a picture of given size in samples. */
final class RasterView {
    private final float[] xyz;
    private final double[] r;
    private final double[] u;
    private final double[] f;
    private final double ex;
    private final double ey;
    private final double ez;
    private final boolean perspective;
    /** Samples per unit of x / depth, or per metre. */
    final double scale;

    final double midX;
    final double midY;
    final double near;

    RasterView(Mesh mesh, Camera c, int w, int h) {
        xyz = mesh.xyz;
        r = c.right();
        u = c.up();
        f = c.forward();
        ex = c.eye()[0] - mesh.originX;
        ey = c.eye()[1] - mesh.originY;
        ez = c.eye()[2] - mesh.originZ;
        perspective = c.perspective();
        scale = h / 2.0 / c.half();
        midX = w / 2.0;
        midY = h / 2.0;
        near = c.near();
    }

    boolean perspective() {
        return perspective;
    }

    void toCamera(int v, double[] out) {
        double x = xyz[3 * v] - ex;
        double y = xyz[3 * v + 1] - ey;
        double z = xyz[3 * v + 2] - ez;
        out[0] = x * r[0] + y * r[1] + z * r[2];
        out[1] = x * u[0] + y * u[1] + z * u[2];
        out[2] = x * f[0] + y * f[1] + z * f[2];
    }

    int screenX(double[] p, int sub) {
        return limit((midX + scale * (perspective ? p[0] / p[2] : p[0])) * sub);
    }

    int screenY(double[] p, int sub) {
        return limit((midY - scale * (perspective ? p[1] / p[2] : p[1])) * sub);
    }

    /** Far outside is as good as very far outside: products of two differences stay within a long. */
    private static int limit(double s) {
        return (int) Math.max(-(1 << 29), Math.min(1 << 29, Math.rint(s)));
    }

    float nearness(double depth) {
        return (float) (perspective ? 1 / depth : -depth);
    }

    /** The corners, in camera axes, of what lies beyond the near plane: 0, 3 or 4 of them. */
    int clip(int a, int b, int c, double[] out) {
        double[][] p = new double[3][3];
        toCamera(a, p[0]);
        toCamera(b, p[1]);
        toCamera(c, p[2]);
        int n = 0;
        for (int i = 0; i < 3; i++) {
            double[] s = p[i];
            double[] e = p[(i + 1) % 3];
            if (s[2] >= near) {
                System.arraycopy(s, 0, out, 3 * n++, 3);
            }
            if (s[2] >= near != e[2] >= near) {
                // from the same end whichever triangle asks, so that neighbours share the point
                double[] q = s[2] < e[2] ? s : e;
                double[] o = q == s ? e : s;
                double t = (near - q[2]) / (o[2] - q[2]);
                for (int k = 0; k < 2; k++) {
                    out[3 * n + k] = q[k] + t * (o[k] - q[k]);
                }
                out[3 * n++ + 2] = near;
            }
        }
        return n;
    }
}
