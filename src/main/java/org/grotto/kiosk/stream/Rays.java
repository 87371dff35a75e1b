package org.grotto.kiosk.stream;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;

/**
 * Casts rays against the tiles in memory: first against a tile's box, then against boxes of {@value #BLOCK} triangles
 * that follow each other, then against triangles (Moeller and Trumbore 1997). Some 10 microseconds a ray.
 */
public final class Rays {
    static final int BLOCK = 64;

    private Rays() {}

    /**
     * What a ray met.
     *
     * @param distance metres along the ray
     * @param nx unit normal of the triangle, turned to its open side
     * @param mesh the tile's, or null where nothing was met
     * @param vertex the corner of the triangle that is nearest to the hit, in {@code mesh}
     */
    public record Hit(
            double distance,
            double nx,
            double ny,
            double nz,
            @Nullable PackedMesh mesh,
            int vertex) {}

    /** No triangle nearer than the longest distance asked for. */
    public static final Hit NONE = new Hit(Double.POSITIVE_INFINITY, 0, 0, 0, null, -1);

    static float[] blocks(float[] xyz, int[] triangles) {
        int count = (triangles.length / 3 + BLOCK - 1) / BLOCK;
        float[] out = new float[6 * count];
        for (int b = 0; b < count; b++) {
            for (int a = 0; a < 3; a++) {
                float min = Float.POSITIVE_INFINITY;
                float max = Float.NEGATIVE_INFINITY;
                for (int i = 3 * BLOCK * b; i < Math.min(triangles.length, 3 * BLOCK * (b + 1)); i++) {
                    float v = xyz[3 * triangles[i] + a];
                    min = Math.min(min, v);
                    max = Math.max(max, v);
                }
                out[6 * b + a] = min;
                out[6 * b + 3 + a] = max;
            }
        }
        return out;
    }

    /**
     * The nearest hit of a ray.
     *
     * @param origin metres, relative to the scene's origin
     * @param dir unit direction
     * @param frontOnly whether triangles seen from behind let the ray through
     */
    public static Hit cast(List<Node> shown, double[] origin, double[] dir, double longest, boolean frontOnly) {
        Hit best = NONE;
        double reach = longest;
        for (Node n : shown) {
            PackedMesh mesh = n.packed();
            if (mesh == null || !meets(n.box, origin, dir, reach)) {
                continue;
            }
            int drawn = mesh.stoneCount() + mesh.curtain().downTo(n.reach);
            Hit h = cast(mesh, drawn, origin, dir, reach, frontOnly);
            if (h.distance() < reach) {
                reach = h.distance();
                best = h;
            }
        }
        return best;
    }

    private static boolean meets(Box b, double[] o, double[] d, double reach) {
        return meets(b.minX(), b.minY(), b.minZ(), b.maxX(), b.maxY(), b.maxZ(), o, d, reach);
    }

    private static boolean meets(
            double x0, double y0, double z0, double x1, double y1, double z1, double[] o, double[] d, double reach) {
        double tx0 = (x0 - o[0]) / d[0];
        double tx1 = (x1 - o[0]) / d[0];
        double ty0 = (y0 - o[1]) / d[1];
        double ty1 = (y1 - o[1]) / d[1];
        double tz0 = (z0 - o[2]) / d[2];
        double tz1 = (z1 - o[2]) / d[2];
        // 0 / 0 is NaN where the ray runs in a face's plane; the comparisons below then let it pass as a hit
        double in = Math.max(Math.max(Math.min(tx0, tx1), Math.min(ty0, ty1)), Math.max(Math.min(tz0, tz1), 0));
        double out = Math.min(Math.min(Math.max(tx0, tx1), Math.max(ty0, ty1)), Math.min(Math.max(tz0, tz1), reach));
        return !(in > out);
    }

    private static Hit cast(PackedMesh mesh, int triangles, double[] o, double[] d, double longest, boolean frontOnly) {
        FloatBuffer p = mesh.positions();
        IntBuffer ix = mesh.indices();
        float[] blocks = mesh.blocks();
        double reach = longest;
        Hit best = NONE;
        for (int b = 0; b < blocks.length / 6; b++) {
            int k = 6 * b;
            if (!meets(
                    blocks[k],
                    blocks[k + 1],
                    blocks[k + 2],
                    blocks[k + 3],
                    blocks[k + 4],
                    blocks[k + 5],
                    o,
                    d,
                    reach)) {
                continue;
            }
            int end = Math.min(triangles, BLOCK * (b + 1));
            for (int t = BLOCK * b; t < end; t++) {
                Hit h = triangle(
                        mesh, p, 3 * ix.get(3 * t), 3 * ix.get(3 * t + 1), 3 * ix.get(3 * t + 2), o, d, frontOnly);
                if (h.distance() < reach) {
                    reach = h.distance();
                    best = h;
                }
            }
        }
        return best;
    }

    private static Hit triangle(
            PackedMesh mesh, FloatBuffer p, int a, int b, int c, double[] o, double[] d, boolean frontOnly) {
        double ax = p.get(a);
        double ay = p.get(a + 1);
        double az = p.get(a + 2);
        double ux = p.get(b) - ax;
        double uy = p.get(b + 1) - ay;
        double uz = p.get(b + 2) - az;
        double vx = p.get(c) - ax;
        double vy = p.get(c + 1) - ay;
        double vz = p.get(c + 2) - az;
        double hx = d[1] * vz - d[2] * vy;
        double hy = d[2] * vx - d[0] * vz;
        double hz = d[0] * vy - d[1] * vx;
        double det = ux * hx + uy * hy + uz * hz;
        if (det == 0 || (frontOnly && det < 0)) {
            return NONE;
        }
        double sx = o[0] - ax;
        double sy = o[1] - ay;
        double sz = o[2] - az;
        double u = (sx * hx + sy * hy + sz * hz) / det;
        double qx = sy * uz - sz * uy;
        double qy = sz * ux - sx * uz;
        double qz = sx * uy - sy * ux;
        double v = (d[0] * qx + d[1] * qy + d[2] * qz) / det;
        double t = (vx * qx + vy * qy + vz * qz) / det;
        if (u < 0 || v < 0 || u + v > 1 || t <= 0) {
            return NONE;
        }
        double nx = uy * vz - uz * vy;
        double ny = uz * vx - ux * vz;
        double nz = ux * vy - uy * vx;
        double len = Math.sqrt(nx * nx + ny * ny + nz * nz);
        int corner = 1 - u - v >= Math.max(u, v) ? a : u >= v ? b : c;
        return new Hit(t, nx / len, ny / len, nz / len, mesh, corner / 3);
    }
}
