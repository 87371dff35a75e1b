package org.grotto.report;

import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.TriangleTree;

/** Signed distances from a sample of the points to the mesh: exact to the triangle, positive on the open side. */
final class Distances {
    private Distances() {}

    /**
     * @param most how many points; fewer where the cloud has fewer
     * @return metres, in the cloud's order; empty where the mesh or the cloud is
     */
    static double[] of(Cloud cloud, Mesh mesh, int most, Work work) {
        int n = Math.min(most, cloud.size);
        if (n == 0 || mesh.triangleCount() == 0) {
            return new double[0];
        }
        TriangleTree tree = new TriangleTree(mesh, work);
        double[] out = new double[n];
        double limit = 2 * mesh.bounds().grow(1).union(cloud.bounds()).diagonal();
        try (Progress.Step step = work.progress().begin("measuring distances", n, "points")) {
            work.blocks(n, 1024, (from, to) -> {
                double[] d = new double[1];
                for (int k = from; k < to; k++) {
                    int i = place(k, n, cloud.size);
                    double x = cloud.px(i);
                    double y = cloud.py(i);
                    double z = cloud.pz(i);
                    int t = tree.nearest(x, y, z, limit, d);
                    out[k] = t < 0 ? limit : inFront(mesh, t, x, y, z) ? d[0] : -d[0];
                }
                step.advance(to - from);
            });
        }
        return out;
    }

    /** One point out of each of n equal stretches of the order, where in it by a fixed hash (splitmix64). */
    static int place(int k, int n, int size) {
        long z = (k + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        long u = (z ^ z >>> 31) >>> 40;
        long from = (long) k * size / n;
        long to = (k + 1L) * size / n;
        return (int) (from + (u * (to - from) >> 24));
    }

    /** On which side of the nearest triangle's plane. */
    private static boolean inFront(Mesh m, int t, double x, double y, double z) {
        int a = 3 * m.triangles[3 * t];
        int b = 3 * m.triangles[3 * t + 1];
        int c = 3 * m.triangles[3 * t + 2];
        float[] v = m.xyz;
        double ux = (double) v[b] - v[a];
        double uy = (double) v[b + 1] - v[a + 1];
        double uz = (double) v[b + 2] - v[a + 2];
        double wx = (double) v[c] - v[a];
        double wy = (double) v[c + 1] - v[a + 1];
        double wz = (double) v[c + 2] - v[a + 2];
        double nx = uy * wz - uz * wy;
        double ny = uz * wx - ux * wz;
        double nz = ux * wy - uy * wx;
        double px = x - m.originX - v[a];
        double py = y - m.originY - v[a + 1];
        double pz = z - m.originZ - v[a + 2];
        return px * nx + py * ny + pz * nz >= 0;
    }
}
