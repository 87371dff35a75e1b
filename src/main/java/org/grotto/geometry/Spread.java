package org.grotto.geometry;

/**
 * Places spread evenly over the area of a mesh, whatever its triangles are.
 *
 * @param places x y z of each, metres from the mesh's origin
 * @param triangles on which each lies
 * @param area of all triangles, square metres; where it is 0 there are no places
 */
public record Spread(double[] places, int[] triangles, double area) {
    /** {@code count} places. Cost: one pass over the triangles; 8 bytes a triangle while it runs. */
    public static Spread of(Mesh m, int count) {
        double[] upTo = new double[m.triangleCount() + 1];
        for (int i = 0; i + 1 < upTo.length; i++) {
            upTo[i + 1] = upTo[i] + m.area(i);
        }
        double all = upTo[upTo.length - 1];
        int n = all > 0 ? count : 0;
        double[] p = new double[3 * n];
        int[] triangle = new int[n];
        int t = 0;
        for (int i = 0; i < n; i++) {
            double here = (i + 0.5) / count * all;
            while (upTo[t + 1] < here) {
                t++;
            }
            triangle[i] = t;
            // the plastic number's sequence fills a triangle as evenly as a square (Roberts 2018)
            double u = (0.5 + i * 0.7548776662466927) % 1;
            double v = (0.5 + i * 0.5698402909980532) % 1;
            boolean over = u + v > 1;
            double a = over ? 1 - u : u;
            double b = over ? 1 - v : v;
            for (int k = 0; k < 3; k++) {
                float q0 = m.xyz[3 * m.triangles[3 * t] + k];
                float q1 = m.xyz[3 * m.triangles[3 * t + 1] + k];
                float q2 = m.xyz[3 * m.triangles[3 * t + 2] + k];
                p[3 * i + k] = q0 + a * ((double) q1 - q0) + b * ((double) q2 - q0);
            }
        }
        return new Spread(p, triangle, all);
    }
}
