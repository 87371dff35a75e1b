package org.grotto.geometry;

import java.util.Arrays;
import org.grotto.base.Work;

/**
 * Exact distances to a mesh: its triangles in Morton order of their centres under a binary tree of boxes, eight to a
 * leaf. Immutable, safe from any thread. Memory: about 7 bytes a triangle beside the mesh.
 */
public final class TriangleTree {
    private static final int LEAF = 8;

    private final Mesh mesh;
    private final int[] order;
    /** Leaves of the tree, rounded up to a power of two. */
    private final int leaves;
    /** For node i (children 2i, 2i + 1; root 1): minimum and maximum of its box, relative to the mesh's origin. */
    private final float[] boxes;

    public TriangleTree(Mesh mesh, Work work) {
        this.mesh = mesh;
        int n = mesh.triangleCount();
        Box b = mesh.bounds();
        double scale = n == 0 ? 0 : 0x1FFFFF / Math.max(1e-9, b.longest() * 1.0001);
        long[] codes = new long[n];
        work.blocks(n, 1 << 14, (from, to) -> {
            for (int t = from; t < to; t++) {
                codes[t] = Morton.encode(
                        code(t, 0, b.minX() - mesh.originX, scale),
                        code(t, 1, b.minY() - mesh.originY, scale),
                        code(t, 2, b.minZ() - mesh.originZ, scale));
            }
        });
        order = Morton.sort(codes, work);
        int wanted = Math.max(1, (n + LEAF - 1) / LEAF);
        leaves = Integer.highestOneBit(Math.max(1, wanted - 1)) << (wanted > 1 ? 1 : 0);
        boxes = new float[12 * leaves];
        work.blocks(leaves, 1 << 10, (from, to) -> {
            for (int i = from; i < to; i++) {
                leafBox(i);
            }
        });
        for (int i = leaves - 1; i >= 1; i--) {
            for (int k = 0; k < 3; k++) {
                boxes[6 * i + k] = Math.min(boxes[12 * i + k], boxes[12 * i + 6 + k]);
                boxes[6 * i + 3 + k] = Math.max(boxes[12 * i + 3 + k], boxes[12 * i + 9 + k]);
            }
        }
    }

    private int code(int t, int axis, double min, double scale) {
        double s = 0;
        for (int k = 0; k < 3; k++) {
            s += mesh.xyz[3 * mesh.triangles[3 * t + k] + axis];
        }
        return (int) Math.max(0, (s / 3 - min) * scale);
    }

    private void leafBox(int i) {
        int at = 6 * (leaves + i);
        Arrays.fill(boxes, at, at + 3, Float.POSITIVE_INFINITY);
        Arrays.fill(boxes, at + 3, at + 6, Float.NEGATIVE_INFINITY);
        for (int j = i * LEAF; j < Math.min(order.length, (i + 1L) * LEAF); j++) {
            for (int k = 0; k < 3; k++) {
                int v = 3 * mesh.triangles[3 * order[j] + k];
                for (int a = 0; a < 3; a++) {
                    boxes[at + a] = Math.min(boxes[at + a], mesh.xyz[v + a]);
                    boxes[at + 3 + a] = Math.max(boxes[at + 3 + a], mesh.xyz[v + a]);
                }
            }
        }
    }

    /** The distance from a point to the nearest triangle, metres, or {@code limit} where none is nearer than that. */
    public double distance(double x, double y, double z, double limit) {
        double[] d = new double[1];
        nearest(x, y, z, limit, d);
        return d[0];
    }

    /**
     * The triangle nearest to a point, or -1 where none is nearer than {@code limit}.
     *
     * @param distance its first entry takes the distance, metres, at most {@code limit}
     */
    public int nearest(double x, double y, double z, double limit, double[] distance) {
        double px = x - mesh.originX;
        double py = y - mesh.originY;
        double pz = z - mesh.originZ;
        double best = limit * limit;
        int found = -1;
        int[] stack = new int[64];
        int top = 0;
        stack[top++] = 1;
        while (top > 0) {
            int i = stack[--top];
            if (toBox(i, px, py, pz) >= best) {
                continue;
            }
            if (i >= leaves) {
                int leaf = i - leaves;
                for (int j = leaf * LEAF; j < Math.min(order.length, (leaf + 1L) * LEAF); j++) {
                    double d = toTriangle(order[j], px, py, pz);
                    if (d < best) {
                        best = d;
                        found = order[j];
                    }
                }
                continue;
            }
            boolean rightFirst = toBox(2 * i + 1, px, py, pz) < toBox(2 * i, px, py, pz);
            stack[top++] = rightFirst ? 2 * i : 2 * i + 1;
            stack[top++] = rightFirst ? 2 * i + 1 : 2 * i;
        }
        distance[0] = Math.sqrt(best);
        return found;
    }

    private double toBox(int i, double x, double y, double z) {
        double dx = Math.max(0, Math.max(boxes[6 * i] - x, x - boxes[6 * i + 3]));
        double dy = Math.max(0, Math.max(boxes[6 * i + 1] - y, y - boxes[6 * i + 4]));
        double dz = Math.max(0, Math.max(boxes[6 * i + 2] - z, z - boxes[6 * i + 5]));
        return dx * dx + dy * dy + dz * dz;
    }

    private double toTriangle(int t, double x, double y, double z) {
        int a = 3 * mesh.triangles[3 * t];
        int b = 3 * mesh.triangles[3 * t + 1];
        int c = 3 * mesh.triangles[3 * t + 2];
        float[] v = mesh.xyz;
        return squaredDistance(x, y, z, v[a], v[a + 1], v[a + 2], v[b], v[b + 1], v[b + 2], v[c], v[c + 1], v[c + 2]);
    }

    /** Squared distance from p to the triangle abc (Ericson, Real-Time Collision Detection, 5.1.5); degenerate ones too. */
    static double squaredDistance(
            double px,
            double py,
            double pz,
            double ax,
            double ay,
            double az,
            double bx,
            double by,
            double bz,
            double cx,
            double cy,
            double cz) {
        double abx = bx - ax;
        double aby = by - ay;
        double abz = bz - az;
        double acx = cx - ax;
        double acy = cy - ay;
        double acz = cz - az;
        double nx = aby * acz - abz * acy;
        double ny = abz * acx - abx * acz;
        double nz = abx * acy - aby * acx;
        double nn = nx * nx + ny * ny + nz * nz;
        double qx = px - ax;
        double qy = py - ay;
        double qz = pz - az;
        if (nn > 0) {
            // barycentric coordinates of the foot on the plane
            double w = ((aby * qz - abz * qy) * nx + (abz * qx - abx * qz) * ny + (abx * qy - aby * qx) * nz) / nn;
            double v = ((qy * acz - qz * acy) * nx + (qz * acx - qx * acz) * ny + (qx * acy - qy * acx) * nz) / nn;
            if (v >= 0 && w >= 0 && v + w <= 1) {
                double d = qx * nx + qy * ny + qz * nz;
                return d * d / nn;
            }
        }
        double ab = toSegment(qx, qy, qz, abx, aby, abz);
        double ac = toSegment(qx, qy, qz, acx, acy, acz);
        double bc = toSegment(px - bx, py - by, pz - bz, cx - bx, cy - by, cz - bz);
        return Math.min(ab, Math.min(ac, bc));
    }

    private static double toSegment(double qx, double qy, double qz, double dx, double dy, double dz) {
        double dd = dx * dx + dy * dy + dz * dz;
        double t = dd > 0 ? Math.min(1, Math.max(0, (qx * dx + qy * dy + qz * dz) / dd)) : 0;
        double ex = qx - t * dx;
        double ey = qy - t * dy;
        double ez = qz - t * dz;
        return ex * ex + ey * ey + ez * ez;
    }
}
