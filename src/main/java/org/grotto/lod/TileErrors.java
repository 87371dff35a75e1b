package org.grotto.lod;

import java.util.Arrays;
import org.grotto.base.Work;

/**
 * How far a tile's surface lies from the finest one, measured both ways.
 *
 * <p>From the finest to the tile's: an upper bound over <em>every point</em> of every finest triangle, see
 * {@link TileBound}. From the tile's to the finest: sampled, closer where it is far (the tile's corners lie on the finest
 * surface).
 */
final class TileErrors {
    private static final int BLOCK = 1 << 14;
    /** Every so manieth vertex is looked at first, for a bound that spares most of the others a search. */
    private static final int SAMPLE = 64;
    /** How often a tile's triangle is quartered at most. */
    private static final int DEEPEST = 6;

    private final TileVertices v;
    private final float[] xyz;
    private final MeshNearest finest;
    /** Per vertex, a finest triangle at it. */
    private final int[] touching;
    /** Metres that float may have moved either of two places by. */
    private final double slack;

    TileErrors(TileTree tree, Work work) {
        this.v = tree.mesh;
        xyz = new float[3 * v.size()];
        work.blocks(v.size(), 1 << 16, (from, to) -> {
            for (int i = from; i < to; i++) {
                xyz[3 * i] = (float) (v.x[i] * v.step);
                xyz[3 * i + 1] = (float) (v.y[i] * v.step);
                xyz[3 * i + 2] = (float) (v.z[i] * v.step);
            }
        });
        double reach = 0;
        for (float f : xyz) {
            reach = Math.max(reach, Math.abs(f));
        }
        // below 2^23 steps float holds all places exactly
        slack = reach < 0x1p23 * v.step ? 0 : 2 * Math.sqrt(3) * Math.ulp((float) reach) / 2;
        finest = new MeshNearest(xyz, v.triangles, work);
        touching = new int[v.size()];
        work.each(tree.nodes.size(), i -> {
            if (tree.nodes.get(i).leaf()) {
                touch(tree.nodes.get(i));
            }
        });
    }

    private void touch(TileNode leaf) {
        for (int i = 3 * leaf.from; i < 3 * leaf.to; i++) {
            int vertex = v.triangles[i];
            if (vertex >= leaf.low) {
                touching[vertex] = i / 3;
            }
        }
    }

    /**
     * The error of {@code node}'s triangles, without its curtain, metres.
     *
     * @param least what it is at least, whatever is measured
     */
    double measure(TileNode node, double least, Work work) {
        if (node.triangles.length == 0) {
            return least;
        }
        MeshNearest tile = tile(node, work);
        int lo = node.low;
        int n = node.high - lo;
        double floor = Math.max(least, v.step / 4);
        double some = most(n / SAMPLE + 1, BLOCK / SAMPLE, work, (from, to) -> {
            TileBound b = new TileBound(tile, floor * floor);
            for (int i = from; i < to && i * SAMPLE < n; i++) {
                int p = 3 * (lo + i * SAMPLE);
                b.point(xyz[p], xyz[p + 1], xyz[p + 2]);
            }
            return b.squared();
        });
        int[] near = new int[n];
        double corners = most(n, BLOCK, work, (from, to) -> {
            TileBound b = new TileBound(tile, some);
            for (int i = from; i < to; i++) {
                int p = 3 * (lo + i);
                near[i] = b.point(xyz[p], xyz[p + 1], xyz[p + 2]);
            }
            return b.squared();
        });
        double there = most(node.to - node.from, BLOCK, work, (from, to) -> {
            TileBound b = new TileBound(tile, Math.max(some, corners));
            triangles(b, near, lo, node.from + from, node.from + to);
            return b.squared();
        });
        int[] triangles = node.triangles;
        int[] close = close(tile, near, lo);
        double back = most(triangles.length / 3, BLOCK, work, (from, to) -> back(triangles, close, from, to, there));
        return Math.max(least, Math.sqrt(back) + slack + rounding(node));
    }

    /** How far writing moves a tile's places at most, metres; 0 where they come back exact. */
    double rounding(TileNode node) {
        int bits = TileContent.coarser(v, node.triangles, 0, node.triangles.length);
        return bits == 0 ? 0 : Math.sqrt(3) * Math.scalb(v.step, bits - 1);
    }

    /** Takes the finest triangles [from, to) in. */
    private void triangles(TileBound b, int[] near, int lo, int from, int to) {
        double[] p = new double[9];
        int[] at = new int[3];
        for (int t = from; t < to; t++) {
            for (int k = 0; k < 3; k++) {
                int vertex = v.triangles[3 * t + k];
                p[3 * k] = xyz[3 * vertex];
                p[3 * k + 1] = xyz[3 * vertex + 1];
                p[3 * k + 2] = xyz[3 * vertex + 2];
                at[k] = vertex >= lo ? near[vertex - lo] : b.point(p[3 * k], p[3 * k + 1], p[3 * k + 2]);
            }
            b.triangle(p, at);
        }
    }

    /** For each tile triangle a finest one at the vertex, of those that found it near, that is next to its middle; or -1. */
    private int[] close(MeshNearest tile, int[] near, int lo) {
        int[] close = new int[tile.size()];
        float[] least = new float[close.length];
        Arrays.fill(close, -1);
        Arrays.fill(least, Float.MAX_VALUE);
        for (int i = 0; i < near.length; i++) {
            int p = 3 * (lo + i);
            float d = tile.fromMiddle(near[i], xyz[p], xyz[p + 1], xyz[p + 2]);
            if (d < least[near[i]]) {
                least[near[i]] = d;
                close[near[i]] = touching[lo + i];
            }
        }
        return close;
    }

    /** The greatest squared distance found from {@code triangles} [from, to) to the finest, or {@code enough}. */
    private double back(int[] triangles, int[] close, int from, int to, double enough) {
        Back back = new Back(finest.new Query(), enough);
        double[] p = new double[9];
        for (int t = from; t < to; t++) {
            for (int k = 0; k < 3; k++) {
                int vertex = 3 * triangles[3 * t + k];
                p[3 * k] = xyz[vertex];
                p[3 * k + 1] = xyz[vertex + 1];
                p[3 * k + 2] = xyz[vertex + 2];
            }
            back.query.triangle = close[t] < 0 ? touching[triangles[3 * t]] : close[t];
            back.triangle(p);
        }
        return back.far;
    }

    /** Samples triangles at their centroids; where one lies half as far as the farthest, climbs to where it lies farthest. */
    private static final class Back {
        private final MeshNearest.Query query;
        private final double[] part = new double[9];
        private final double[] best = new double[9];
        private double far;

        Back(MeshNearest.Query query, double far) {
            this.query = query;
            this.far = far;
        }

        /** Takes a triangle in; overwrites it. */
        void triangle(double[] p) {
            double most = sample(p);
            for (int depth = 0; depth < DEEPEST && most > far / 4; depth++) {
                // the middle quarter has the same centroid
                for (int i = 0; i < 9; i++) {
                    best[i] = (p[(i + 3) % 9] + p[(i + 6) % 9]) / 2;
                }
                for (int corner = 0; corner < 3; corner++) {
                    for (int i = 0; i < 9; i++) {
                        part[i] = (p[i] + p[3 * corner + i % 3]) / 2;
                    }
                    double d = sample(part);
                    if (d > most) {
                        most = d;
                        System.arraycopy(part, 0, best, 0, 9);
                    }
                }
                System.arraycopy(best, 0, p, 0, 9);
            }
        }

        private double sample(double[] p) {
            query.find((p[0] + p[3] + p[6]) / 3, (p[1] + p[4] + p[7]) / 3, (p[2] + p[5] + p[8]) / 3, far / 4);
            if (query.squared > far) {
                far = query.squared * TileBound.SLACK;
            }
            return query.squared;
        }
    }

    /** The largest of all blocks' results. */
    private static double most(int n, int block, Work work, Work.RangeSum task) {
        double[] part = new double[n / block + 1];
        work.blocks(n, block, (from, to) -> part[from / block] = task.run(from, to));
        return Arrays.stream(part).max().orElse(0);
    }

    /** The node's triangles for search; simplifying left them in the finest ones' order, which is Morton's. */
    private MeshNearest tile(TileNode node, Work work) {
        int[] triangles = node.triangles;
        // corners of its own for every triangle: a search then touches one stretch of memory
        float[] at = new float[3 * triangles.length];
        int[] own = new int[triangles.length];
        for (int i = 0; i < triangles.length; i++) {
            int p = 3 * triangles[i];
            at[3 * i] = xyz[p];
            at[3 * i + 1] = xyz[p + 1];
            at[3 * i + 2] = xyz[p + 2];
            own[i] = i;
        }
        return new MeshNearest(at, own, work);
    }
}
