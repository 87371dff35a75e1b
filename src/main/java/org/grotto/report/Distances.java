package org.grotto.report;

import java.util.Set;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.TriangleTree;
import org.grotto.store.Engine;
import org.grotto.store.Sample;
import org.grotto.store.Store;

/** Signed distances from a sample of the points to the mesh: exact to the triangle, positive on the open side. */
final class Distances {
    private Distances() {}

    /**
     * @param most how many points; fewer where there are fewer
     * @return metres, in the store's order; empty where there is no mesh or no point
     */
    static double[] of(Store points, Mesh mesh, int most, Engine engine) {
        int n = (int) Math.min(most, points.size());
        if (n == 0 || mesh.triangleCount() == 0) {
            return new double[0];
        }
        Work work = engine.work();
        Cloud sample = Sample.of(points, n, k -> place(k, n, points.size()), Set.of(), engine);
        TriangleTree tree = new TriangleTree(mesh, work);
        double[] out = new double[n];
        double limit = 2 * mesh.bounds().grow(1).union(points.bounds()).diagonal();
        try (Progress.Step step = work.progress().begin("measuring distances", n, "points")) {
            work.blocks(n, 1024, (from, to) -> {
                double[] d = new double[1];
                for (int k = from; k < to; k++) {
                    double x = sample.px(k);
                    double y = sample.py(k);
                    double z = sample.pz(k);
                    int t = tree.nearest(x, y, z, limit, d);
                    out[k] = t < 0 ? limit : inFront(mesh, t, x, y, z) ? d[0] : -d[0];
                }
                step.advance(to - from);
            });
        }
        return out;
    }

    /** One point out of each of n equal stretches of the order, where in it by a fixed hash (splitmix64). */
    static long place(long k, int n, long size) {
        long z = (k + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        long u = (z ^ z >>> 31) >>> 40;
        long from = k * size / n;
        long to = (k + 1) * size / n;
        return from + (u * (to - from) >> 24);
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
