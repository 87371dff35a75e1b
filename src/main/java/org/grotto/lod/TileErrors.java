package org.grotto.lod;

import java.util.Arrays;
import org.grotto.base.Work;
import org.grotto.geometry.Morton;

/**
 * How far a tile's surface lies from the finest one, measured both ways.
 *
 * <p>From the finest to the tile's: an upper bound over <em>every point</em> of every finest triangle. The distance to one
 * tile triangle is convex, so over a finest triangle it is largest at a corner; where the corners have different nearest
 * triangles, the least of the bounds they give counts, and the triangle is quartered while that adds more than a
 * twentieth. From the tile's to the finest: sampled at centroids (the tile's corners lie on the finest surface).
 */
final class TileErrors {
    private static final int BLOCK = 1 << 14;
    private static final int DEEPEST = 3;
    /** Squares within this factor of the greatest one found are not looked at closer. */
    private static final double SLACK = 1.1;

    private final TileVertices v;
    private final float[] xyz;
    private final MeshNearest finest;
    /** Per vertex, a finest triangle at it. */
    private final int[] touching;
    /** Per finest triangle, how many vertices it and those before it use; vertices are numbered by first use. */
    private final int[] used;

    TileErrors(TileVertices v, Work work) {
        this.v = v;
        xyz = new float[3 * v.size()];
        work.blocks(v.size(), 1 << 16, (from, to) -> {
            for (int i = from; i < to; i++) {
                for (int axis = 0; axis < 3; axis++) {
                    xyz[3 * i + axis] = v.at(i, axis);
                }
            }
        });
        finest = new MeshNearest(xyz, v.triangles);
        touching = new int[v.size()];
        used = new int[v.triangles.length / 3];
        int count = 0;
        for (int i = 0; i < v.triangles.length; i++) {
            touching[v.triangles[i]] = i / 3;
            count = Math.max(count, v.triangles[i] + 1);
            used[i / 3] = count;
        }
    }

    /** The error of {@code node}'s triangles, without its curtain, metres. */
    double measure(TileNode node, Work work) {
        if (node.triangles.length == 0) {
            return 0;
        }
        MeshNearest tile = tile(node, work);
        int lo = node.from == 0 ? 0 : used[node.from - 1];
        int[] near = new int[used[node.to - 1] - lo];
        double corners = most(near.length, work, (from, to) -> {
            MeshNearest.Query q = tile.new Query();
            double most = 0;
            for (int i = from; i < to; i++) {
                int p = 3 * (lo + i);
                q.find(xyz[p], xyz[p + 1], xyz[p + 2]);
                near[i] = q.triangle;
                most = Math.max(most, q.squared);
            }
            return most;
        });
        double there = most(node.to - node.from, work, (from, to) -> {
            Between b = new Between(tile, corners);
            double[] p = new double[9];
            int[] n = new int[3];
            for (int t = node.from + from; t < node.from + to; t++) {
                for (int k = 0; k < 3; k++) {
                    int vertex = v.triangles[3 * t + k];
                    for (int axis = 0; axis < 3; axis++) {
                        p[3 * k + axis] = xyz[3 * vertex + axis];
                    }
                    n[k] = vertex >= lo ? near[vertex - lo] : b.find(p[3 * k], p[3 * k + 1], p[3 * k + 2]);
                }
                b.bound(p, n, 0);
            }
            return b.most * SLACK;
        });
        int[] triangles = node.triangles;
        double back = most(triangles.length / 3, work, (from, to) -> {
            MeshNearest.Query q = finest.new Query();
            double far = 0;
            for (int t = from; t < to; t++) {
                int a = 3 * triangles[3 * t];
                int b = 3 * triangles[3 * t + 1];
                int c = 3 * triangles[3 * t + 2];
                q.triangle = touching[a / 3];
                q.find(
                        ((double) xyz[a] + xyz[b] + xyz[c]) / 3,
                        ((double) xyz[a + 1] + xyz[b + 1] + xyz[c + 1]) / 3,
                        ((double) xyz[a + 2] + xyz[b + 2] + xyz[c + 2]) / 3);
                far = Math.max(far, q.squared);
            }
            return far;
        });
        return Math.sqrt(Math.max(there, back));
    }

    /** The largest of all blocks' results. */
    private static double most(int n, Work work, Work.RangeSum task) {
        double[] part = new double[n / BLOCK + 1];
        work.blocks(n, BLOCK, (from, to) -> part[from / BLOCK] = task.run(from, to));
        return Arrays.stream(part).max().orElse(0);
    }

    /** The node's triangles in Morton order, for search. */
    private MeshNearest tile(TileNode node, Work work) {
        int[] triangles = node.triangles;
        int all = triangles.length;
        // corners of its own for every triangle: a search then touches one stretch of memory
        float[] at = new float[3 * all];
        for (int i = 0; i < all; i++) {
            System.arraycopy(xyz, 3 * triangles[i], at, 3 * i, 3);
        }
        float[] low = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
        float longest = 0;
        for (int axis = 0; axis < 3; axis++) {
            float high = -Float.MAX_VALUE;
            for (int i = axis; i < at.length; i += 3) {
                low[axis] = Math.min(low[axis], at[i]);
                high = Math.max(high, at[i]);
            }
            longest = Math.max(longest, high - low[axis]);
        }
        long[] codes = new long[all / 3];
        float scale = longest > 0 ? 1023 / longest : 0;
        for (int t = 0; t < codes.length; t++) {
            int[] cell = new int[3];
            for (int axis = 0; axis < 3; axis++) {
                float sum = at[9 * t + axis] + at[9 * t + 3 + axis] + at[9 * t + 6 + axis];
                cell[axis] = Math.clamp((int) ((sum / 3 - low[axis]) * scale), 0, 1023);
            }
            codes[t] = Morton.encode(cell[0], cell[1], cell[2]);
        }
        int[] order = Morton.sort(codes, work);
        float[] sorted = new float[at.length];
        int[] own = new int[all];
        for (int t = 0; t < order.length; t++) {
            System.arraycopy(at, 9 * order[t], sorted, 9 * t, 9);
            own[3 * t] = 3 * t;
            own[3 * t + 1] = 3 * t + 1;
            own[3 * t + 2] = 3 * t + 2;
        }
        return new MeshNearest(sorted, own);
    }

    /** Bounds the distance to a tile over whole triangles. */
    private static final class Between {
        /** The greatest squared distance bound so far. */
        double most;

        private final MeshNearest tile;
        private final MeshNearest.Query query;

        Between(MeshNearest tile, double most) {
            this.tile = tile;
            this.query = tile.new Query();
            this.most = most;
        }

        int find(double x, double y, double z) {
            query.find(x, y, z);
            most = Math.max(most, query.squared);
            return query.triangle;
        }

        /** @param near the tile triangle nearest to each corner of {@code p} */
        void bound(double[] p, int[] near, int depth) {
            if (near[0] == near[1] && near[1] == near[2]) {
                return;
            }
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < 3 && least > most * SLACK; k++) {
                double far = 0;
                for (int c = 0; c < 9; c += 3) {
                    far = Math.max(far, tile.squared(near[k], p[c], p[c + 1], p[c + 2]));
                }
                least = Math.min(least, far);
            }
            if (least <= most * SLACK) {
                return;
            }
            if (depth == DEEPEST) {
                most = least;
                return;
            }
            double[] m = new double[9];
            int[] n = new int[3];
            for (int k = 0; k < 3; k++) {
                for (int axis = 0; axis < 3; axis++) {
                    m[3 * k + axis] = (p[3 * k + axis] + p[3 * ((k + 1) % 3) + axis]) / 2;
                }
                query.triangle = near[k];
                n[k] = find(m[3 * k], m[3 * k + 1], m[3 * k + 2]);
            }
            bound(m, n, depth + 1);
            for (int k = 0; k < 3; k++) {
                int before = (k + 2) % 3;
                double[] s = new double[9];
                System.arraycopy(p, 3 * k, s, 0, 3);
                System.arraycopy(m, 3 * k, s, 3, 3);
                System.arraycopy(m, 3 * before, s, 6, 3);
                bound(s, new int[] {near[k], n[k], n[before]}, depth + 1);
            }
        }
    }
}
