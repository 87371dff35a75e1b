package org.grotto.lod.atlas;

/** Where on a triangle the point nearest to a place lies. */
final class Foot {
    private Foot() {}

    /**
     * The barycentric weights of the second and third corner (Ericson, Real-Time Collision Detection, 5.1.5).
     *
     * @param weight takes the two, each 0 to 1, together at most 1
     */
    static void of(float[] xyz, int[] triangles, int t, double[] p, double[] weight) {
        int a = 3 * triangles[3 * t];
        int b = 3 * triangles[3 * t + 1];
        int c = 3 * triangles[3 * t + 2];
        double bb = 0;
        double bc = 0;
        double cc = 0;
        double bp = 0;
        double cp = 0;
        for (int k = 0; k < 3; k++) {
            double e = (double) xyz[b + k] - xyz[a + k];
            double g = (double) xyz[c + k] - xyz[a + k];
            double q = p[k] - xyz[a + k];
            bb += e * e;
            bc += e * g;
            cc += g * g;
            bp += e * q;
            cp += g * q;
        }
        double det = bb * cc - bc * bc;
        double v = det > 0 ? (cc * bp - bc * cp) / det : -1;
        double w = det > 0 ? (bb * cp - bc * bp) / det : -1;
        if (v >= 0 && w >= 0 && v + w <= 1) {
            weight[0] = v;
            weight[1] = w;
            return;
        }
        // the nearest of the three sides
        double s = clamped(bp, bb);
        double ab = s * s * bb - 2 * s * bp;
        weight[0] = s;
        weight[1] = 0;
        s = clamped(cp, cc);
        double ac = s * s * cc - 2 * s * cp;
        if (ac < ab) {
            ab = ac;
            weight[0] = 0;
            weight[1] = s;
        }
        // from the second corner to the third
        double ee = bb - 2 * bc + cc;
        s = clamped(cp - bp - bc + bb, ee);
        double far = bb - 2 * bp + s * s * ee - 2 * s * (cp - bp - bc + bb);
        if (far < ab) {
            weight[0] = 1 - s;
            weight[1] = s;
        }
    }

    private static double clamped(double along, double length) {
        return length > 0 ? Math.max(0, Math.min(1, along / length)) : 0;
    }
}
