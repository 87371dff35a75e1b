package org.grotto.geometry;

import org.grotto.base.Work;

/** Vertex normals of a mesh from its triangles. */
public final class VertexNormals {
    private VertexNormals() {}

    /**
     * One unit normal a vertex, interleaved, pointing to where triangles turn counter-clockwise; zero at vertices without
     * a proper triangle. Triangles weigh as in Max (1999), by angle and nearness: exact on a sphere.
     */
    public static float[] of(Mesh mesh, Work work) {
        return of(mesh.xyz, mesh.triangles, work);
    }

    /** Vertices whose sums one task holds, unless the mesh is so large that it would be gone through too often. */
    private static final int RANGE = 1 << 20;

    /** Triangles that are passed over together. */
    private static final int BLOCK = 1 << 12;

    /** As {@link #of(Mesh, Work)} for bare arrays. */
    public static float[] of(float[] p, int[] triangles, Work work) {
        return of(p, triangles, Math.max(RANGE, p.length / 48 + 1), work);
    }

    /** As {@link #of(float[], int[], Work)} with the sums of {@code range} vertices at a time. */
    static float[] of(float[] p, int[] triangles, int range, Work work) {
        int n = p.length / 3;
        int blocks = (triangles.length / 3 + BLOCK - 1) / BLOCK;
        int[] least = new int[blocks];
        int[] most = new int[blocks];
        work.each(blocks, b -> {
            int lo = Integer.MAX_VALUE;
            int hi = -1;
            int end = (int) Math.min(triangles.length, 3L * (b + 1) * BLOCK);
            for (int i = 3 * b * BLOCK; i < end; i++) {
                lo = Math.min(lo, triangles[i]);
                hi = Math.max(hi, triangles[i]);
            }
            least[b] = lo;
            most[b] = hi;
        });
        float[] out = new float[p.length];
        // every vertex's sum goes over its triangles in their order, whatever the ranges: they never show in the result
        work.blocks(n, range, (from, to) -> {
            double[] sum = new double[3 * (to - from)];
            for (int b = 0; b < blocks; b++) {
                if (least[b] < to && most[b] >= from) {
                    int end = (int) Math.min(triangles.length, 3L * (b + 1) * BLOCK);
                    add(p, triangles, 3 * b * BLOCK, end, from, to, sum);
                }
            }
            for (int i = 0; i < sum.length; i += 3) {
                double l = Math.sqrt(sum[i] * sum[i] + sum[i + 1] * sum[i + 1] + sum[i + 2] * sum[i + 2]);
                if (l > 0) {
                    out[3 * from + i] = (float) (sum[i] / l);
                    out[3 * from + i + 1] = (float) (sum[i + 1] / l);
                    out[3 * from + i + 2] = (float) (sum[i + 2] / l);
                }
            }
        });
        return out;
    }

    /** Adds what the triangle corners [first, end) give to the sums of the vertices [from, to). */
    private static void add(float[] p, int[] triangles, int first, int end, int from, int to, double[] sum) {
        for (int t = first; t < end; t += 3) {
            boolean at = triangles[t] >= from && triangles[t] < to;
            boolean bt = triangles[t + 1] >= from && triangles[t + 1] < to;
            boolean ct = triangles[t + 2] >= from && triangles[t + 2] < to;
            if (!at && !bt && !ct) {
                continue;
            }
            int a = 3 * triangles[t];
            int b = 3 * triangles[t + 1];
            int c = 3 * triangles[t + 2];
            double ux = (double) p[b] - p[a];
            double uy = (double) p[b + 1] - p[a + 1];
            double uz = (double) p[b + 2] - p[a + 2];
            double vx = (double) p[c] - p[b];
            double vy = (double) p[c + 1] - p[b + 1];
            double vz = (double) p[c + 2] - p[b + 2];
            double wx = (double) p[a] - p[c];
            double wy = (double) p[a + 1] - p[c + 1];
            double wz = (double) p[a + 2] - p[c + 2];
            double nx = uy * vz - uz * vy;
            double ny = uz * vx - ux * vz;
            double nz = ux * vy - uy * vx;
            double u = ux * ux + uy * uy + uz * uz;
            double v = vx * vx + vy * vy + vz * vz;
            double w = wx * wx + wy * wy + wz * wz;
            if (!(u > 0 && v > 0 && w > 0)) {
                continue;
            }
            if (at) {
                add(sum, a - 3 * from, nx, ny, nz, 1 / (u * w));
            }
            if (bt) {
                add(sum, b - 3 * from, nx, ny, nz, 1 / (u * v));
            }
            if (ct) {
                add(sum, c - 3 * from, nx, ny, nz, 1 / (v * w));
            }
        }
    }

    private static void add(double[] sum, int i, double nx, double ny, double nz, double weight) {
        sum[i] += weight * nx;
        sum[i + 1] += weight * ny;
        sum[i + 2] += weight * nz;
    }
}
