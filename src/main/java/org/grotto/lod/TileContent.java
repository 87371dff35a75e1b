package org.grotto.lod;

import java.util.Arrays;
import org.grotto.format.gltf.Curtain;
import org.grotto.format.gltf.TileWriter;
import org.grotto.geometry.Box;
import org.grotto.geometry.Columns;
import org.jspecify.annotations.Nullable;

/** One tile's mesh with its skirts, vertices numbered from 0, ready to be written. */
final class TileContent {
    /** Lattice positions, interleaved. */
    final int[] xyz;

    final float[] normals;
    final Columns columns;
    final int[] triangles;
    /** The skirts among these, the last ones. */
    final Curtain curtain;
    /** Places in the tile's picture, two numbers a vertex; null without one. */
    final float @Nullable [] uv;

    private TileContent(
            int[] xyz, float[] normals, Columns columns, int[] triangles, Curtain curtain, float @Nullable [] uv) {
        this.curtain = curtain;
        this.uv = uv;
        this.xyz = xyz;
        this.normals = normals;
        this.columns = columns;
        this.triangles = triangles;
    }

    /**
     * By how many bits places have to be rounded to fit a tile that holds the corners {@code [from, to)} of the finest
     * triangles: 0 where they come back exact.
     */
    static int coarser(TileVertices v, int[] triangles, int from, int to) {
        return coarser(v, triangles, from, to, 0);
    }

    /** @param loose bits that places may lose and still count as exact */
    static int coarser(TileVertices v, int[] triangles, int from, int to, int loose) {
        int bits = 0;
        int all = 0;
        for (int[] p : new int[][] {v.x, v.y, v.z}) {
            int least = Integer.MAX_VALUE;
            int most = Integer.MIN_VALUE;
            int any = 0;
            for (int i = from; i < to; i++) {
                int q = p[triangles[i]];
                least = Math.min(least, q);
                most = Math.max(most, q);
                any |= q;
            }
            long width = from < to ? ((long) most - least) * 5 / 4 : 0; // and a curtain around
            bits = Math.max(bits, TileWriter.bits(width));
            all |= any;
        }
        return Integer.numberOfTrailingZeros(all) + loose >= bits ? 0 : bits;
    }

    /** @param corners places of the node's corners in its picture, two numbers each, or null without one */
    static TileContent of(TileVertices v, TileNode node, TileSkirts.Hem hem, float @Nullable [] corners) {
        TileSkirts skirts = TileSkirts.of(v, node, hem);
        LocalIds ids = new LocalIds(node.low, node.high);
        int[] own = ids.of(node.triangles);
        ids.of(node.border);
        int n = ids.count();
        int[] from = Arrays.copyOf(ids.vertices(), n + skirts.count);
        System.arraycopy(skirts.source, 0, from, n, skirts.count);
        int[] xyz = positions(v, from);
        sink(xyz, 3 * n, skirts, v.step);
        int[] triangles = Arrays.copyOf(own, own.length + 3 * skirts.triangleCount);
        append(skirts, v.size(), ids, n, triangles, own.length);
        Curtain curtain = new Curtain(node.depth, skirts.strips);
        byte[] sides = v.sides == null ? null : v.sides.of(v, node);
        if (corners == null && sides == null) {
            return new TileContent(xyz, normals(v, from), v.columns.pick(from, from.length), triangles, curtain, null);
        }
        Wedges w = Wedges.of(triangles, own.length, corners, sides, from.length, hangs(skirts, ids, n));
        int[] split = new int[w.vertex.length];
        int[] at = new int[3 * split.length];
        for (int i = 0; i < split.length; i++) {
            split[i] = from[w.vertex[i]];
            System.arraycopy(xyz, 3 * w.vertex[i], at, 3 * i, 3);
        }
        float[] normals = normals(v, split);
        for (int i = 0; sides != null && v.sides != null && i < split.length; i++) {
            v.sides.normal(split[i], w.side[i], normals, 3 * i);
        }
        Columns columns = v.columns.pick(split, split.length);
        return new TileContent(at, normals, columns, w.triangles, curtain, corners == null ? null : w.uv);
    }

    /** For each vertex of the curtain the tile's own one that it hangs from, or -1. */
    private static int[] hangs(TileSkirts skirts, LocalIds ids, int n) {
        int[] out = new int[skirts.count];
        for (int i = 0; i < out.length; i++) {
            int id = ids.of(skirts.source[i]);
            out[i] = id < n ? id : -1;
        }
        return out;
    }

    private static void sink(int[] xyz, int from, TileSkirts skirts, double step) {
        for (int i = 0; i < 3 * skirts.count; i++) {
            xyz[from + i] = (int) Math.rint(xyz[from + i] + (double) skirts.move[i] / step);
        }
    }

    /** Adds the curtain's triangles; its own vertices come after the {@code n} of the mesh. */
    private static void append(TileSkirts skirts, int mesh, LocalIds ids, int n, int[] triangles, int at) {
        for (int i = 0; i < 3 * skirts.triangleCount; i++) {
            int id = skirts.triangles[i];
            triangles[at + i] = id >= mesh ? n + id - mesh : ids.of(id);
        }
    }

    private static int[] positions(TileVertices v, int[] from) {
        int[] out = new int[3 * from.length];
        for (int i = 0; i < from.length; i++) {
            out[3 * i] = v.x[from[i]];
            out[3 * i + 1] = v.y[from[i]];
            out[3 * i + 2] = v.z[from[i]];
        }
        return out;
    }

    private static float[] normals(TileVertices v, int[] from) {
        float[] out = new float[3 * from.length];
        for (int i = 0; i < from.length; i++) {
            out[3 * i] = v.normals[3 * from[i]];
            out[3 * i + 1] = v.normals[3 * from[i] + 1];
            out[3 * i + 2] = v.normals[3 * from[i] + 2];
        }
        return out;
    }

    /** The box around all vertices, world frame, metres, a step wider than need be. */
    Box bounds(TileVertices v) {
        int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        int[] high = {Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE};
        for (int i = 0; i < xyz.length; i += 3) {
            for (int axis = 0; axis < 3; axis++) {
                low[axis] = Math.min(low[axis], xyz[i + axis]);
                high[axis] = Math.max(high[axis], xyz[i + axis]);
            }
        }
        double s = v.step;
        double r = 1;
        for (int axis = 0; axis < 3; axis++) {
            r = Math.max(r, Math.scalb(1.0, TileWriter.bits((long) high[axis] - low[axis])));
        }
        return new Box(
                v.originX + s * (low[0] - r),
                v.originY + s * (low[1] - r),
                v.originZ + s * (low[2] - r),
                v.originX + s * (high[0] + r),
                v.originY + s * (high[1] + r),
                v.originZ + s * (high[2] + r));
    }
}
