package org.grotto.lod;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What closes the step between neighbouring tiles of different levels: a curtain of triangles along the border, behind the
 * surface seen from the open side.
 *
 * <p>It hangs from the border straight into the rock, as deep as a coarser neighbour's border may lie, and from there runs
 * to the <em>hem</em>: the border of the coarsest level, sunk into the rock. A border of any level becomes the coarsest one
 * by the same map of vertices, so the curtains of all levels end in the same hem, bit for bit. Hence two neighbours and
 * their curtains close each other as chains, whatever their levels, and a closed mesh stays closed in every cut: a line
 * of sight that leaves the room crosses one more front than backs.
 */
final class TileSkirts {
    /** Rounding of positions on a graphics card opens gaps that far; every curtain is at least so deep, in lattice steps. */
    private static final float LEAST_STEPS = 4;

    /** The borders of a tree, all levels: what every curtain needs to know. */
    static final class Hem {
        /** By vertex: how far a border through it can lie from the same border at a coarser level, metres. */
        final float[] depth;
        /** By vertex: which vertex of its border's coarsest level it becomes. */
        final int[] end;
        /** By vertex of a border's coarsest level: how deep the hem lies below it, metres. */
        final float[] sunk;

        /**
         * @param count how many vertices went from borders, finest level first
         * @param gone for each: the vertex, the two that stayed beside it, the one of them that it became
         * @param far for each: how far it lay from the line of what stayed, metres
         */
        Hem(TileVertices v, int count, int[] gone, float[] far) {
            int n = v.size();
            depth = new float[n];
            end = new int[n];
            sunk = new float[n];
            for (int i = 0; i < n; i++) {
                end[i] = i;
            }
            for (int i = count - 1; i >= 0; i--) {
                int p = gone[4 * i];
                depth[p] = far[i] + Math.max(depth[gone[4 * i + 1]], depth[gone[4 * i + 2]]);
                end[p] = end[gone[4 * i + 3]];
            }
            float least = (float) (LEAST_STEPS * v.step);
            for (int i = 0; i < n; i++) {
                sunk[end[i]] = Math.max(sunk[end[i]], depth[i] + 2 * least);
            }
        }
    }

    /** Vertices of the curtain: {@link #source} + displacement in metres; numbered on from the mesh's vertices. */
    int[] source = new int[16];

    float[] move = new float[48];
    int count;
    /** The curtain's triangles. */
    int[] triangles = new int[64];

    int triangleCount;
    private final TileVertices v;

    private TileSkirts(TileVertices v) {
        this.v = v;
    }

    static TileSkirts of(TileVertices v, TileNode node, Hem hem) {
        TileSkirts s = new TileSkirts(v);
        s.build(node, hem);
        return s;
    }

    private void build(TileNode node, Hem hem) {
        int[] border = node.border;
        LocalIds ids = new LocalIds(0, 0);
        int[] at = ids.of(border);
        int[] end = ends(border, hem);
        int[] endAt = ids.of(end);
        float[] out = outward(border, at, ids.count());
        int[] upper = new int[ids.count()];
        int[] lower = new int[ids.count()];
        float least = (float) (LEAST_STEPS * v.step);
        for (int e = 0; e < border.length / 2; e++) {
            if (!node.shared[e]) {
                continue;
            }
            int a = border[2 * e];
            int b = border[2 * e + 1];
            int p = hung(upper, at[2 * e], a, hem.depth[a] + least, out);
            int q = hung(upper, at[2 * e + 1], b, hem.depth[b] + least, out);
            int r = hung(lower, endAt[2 * e], end[2 * e], hem.sunk[end[2 * e]], null);
            int s = hung(lower, endAt[2 * e + 1], end[2 * e + 1], hem.sunk[end[2 * e + 1]], null);
            triangle(b, a, p);
            triangle(b, p, q);
            triangle(q, p, r);
            if (r != s) {
                triangle(q, r, s);
            }
        }
    }

    private static int[] ends(int[] border, Hem hem) {
        int[] end = new int[border.length];
        for (int i = 0; i < end.length; i++) {
            end[i] = hem.end[border[i]];
        }
        return end;
    }

    /** By local number, the sum of unit vectors that point out of the surface, square to the border's edges there. */
    private float[] outward(int[] border, int[] at, int count) {
        float[] out = new float[3 * count];
        for (int e = 0; e < border.length; e += 2) {
            int a = border[e];
            int b = border[e + 1];
            float tx = v.x[b] - v.x[a];
            float ty = v.y[b] - v.y[a];
            float tz = v.z[b] - v.z[a];
            outward(a, tx, ty, tz, out, 3 * at[e]);
            outward(b, tx, ty, tz, out, 3 * at[e + 1]);
        }
        return out;
    }

    private void outward(int p, float tx, float ty, float tz, float[] out, int i) {
        float nx = v.up[3 * p];
        float ny = v.up[3 * p + 1];
        float nz = v.up[3 * p + 2];
        float ox = ty * nz - tz * ny;
        float oy = tz * nx - tx * nz;
        float oz = tx * ny - ty * nx;
        float l = (float) Math.sqrt(ox * ox + oy * oy + oz * oz);
        if (l > 0) {
            out[i] += ox / l;
            out[i + 1] += oy / l;
            out[i + 2] += oz / l;
        }
    }

    /** The curtain's vertex below {@code vertex}; with {@code out} it flares two steps under the neighbour's. */
    private int hung(int[] made, int i, int vertex, float down, float @Nullable [] out) {
        if (made[i] == 0) {
            float aside = out == null ? 0 : (float) (2 * v.step);
            if (count == source.length) {
                source = Arrays.copyOf(source, 2 * count);
                move = Arrays.copyOf(move, 6 * count);
            }
            source[count] = vertex;
            for (int axis = 0; axis < 3; axis++) {
                float flare = out == null ? 0 : aside * Math.clamp(out[3 * i + axis], -1, 1);
                move[3 * count + axis] = flare - down * v.up[3 * vertex + axis];
            }
            made[i] = v.size() + count++ + 1;
        }
        return made[i] - 1;
    }

    private void triangle(int a, int b, int c) {
        if (3 * triangleCount + 3 > triangles.length) {
            triangles = Arrays.copyOf(triangles, 2 * triangles.length);
        }
        triangles[3 * triangleCount] = a;
        triangles[3 * triangleCount + 1] = b;
        triangles[3 * triangleCount + 2] = c;
        triangleCount++;
    }
}
