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

    /** As {@link #of(Mesh, Work)} for bare arrays. */
    public static float[] of(float[] p, int[] triangles, Work work) {
        double[] sum = new double[p.length];
        for (int t = 0; t < triangles.length; t += 3) {
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
            add(sum, a, nx, ny, nz, 1 / (u * w));
            add(sum, b, nx, ny, nz, 1 / (u * v));
            add(sum, c, nx, ny, nz, 1 / (v * w));
        }
        float[] out = new float[p.length];
        work.blocks(p.length / 3, 1 << 16, (from, to) -> {
            for (int i = 3 * from; i < 3 * to; i += 3) {
                double l = Math.sqrt(sum[i] * sum[i] + sum[i + 1] * sum[i + 1] + sum[i + 2] * sum[i + 2]);
                if (l > 0) {
                    out[i] = (float) (sum[i] / l);
                    out[i + 1] = (float) (sum[i + 1] / l);
                    out[i + 2] = (float) (sum[i + 2] / l);
                }
            }
        });
        return out;
    }

    private static void add(double[] sum, int i, double nx, double ny, double nz, double weight) {
        sum[i] += weight * nx;
        sum[i + 1] += weight * ny;
        sum[i + 2] += weight * nz;
    }
}
