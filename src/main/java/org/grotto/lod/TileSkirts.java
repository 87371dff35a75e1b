package org.grotto.lod;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What hides the step between neighbouring tiles of different levels: two strips of triangles along the border, both
 * behind the surface seen from the open side.
 *
 * <p>The <em>flange</em> runs from the border outward, under the neighbour, and a little into the rock, as far as this
 * border can lie from a finer neighbour's. The <em>skirt</em> hangs straight into the rock, as deep as this border can lie
 * from a coarser neighbour's. A coarse tile's flange meets a fine tile's skirt, so nothing shows between them.
 */
final class TileSkirts {
    /** A flange falls by this much a metre outward. */
    private static final float SLOPE = 0.5f;

    /** Room for what lies between the vertices that were measured. */
    private static final float SPARE = 1.5f;

    /** Rounding of positions on a graphics card opens gaps that far; every skirt is at least so deep, in lattice steps. */
    private static final float LEAST_STEPS = 4;

    /** Vertices of the strips: {@link #source} + displacement in metres; numbered on from the mesh's vertices. */
    int[] source = new int[16];

    float[] move = new float[48];
    int count;
    /** The strips' triangles. */
    int[] triangles = new int[64];

    int triangleCount;
    private final TileVertices v;

    private TileSkirts(TileVertices v) {
        this.v = v;
    }

    /** Only the flange: what belongs to the tile's shape when its error is measured. */
    static TileSkirts flange(TileVertices v, TileNode node) {
        TileSkirts s = new TileSkirts(v);
        s.build(node, null);
        return s;
    }

    /** @param depth by vertex, metres: how far the border here can lie from a coarser one */
    static TileSkirts all(TileVertices v, TileNode node, float[] depth) {
        TileSkirts s = new TileSkirts(v);
        s.build(node, null);
        s.build(node, depth);
        return s;
    }

    /** Vertex index of strip vertex {@code i}. */
    int id(int i) {
        return v.size() + i;
    }

    private void build(TileNode node, float @Nullable [] depth) {
        int[] border = node.border;
        int m = border.length / 2;
        int[] ids = border.clone();
        Arrays.sort(ids);
        int n = 0;
        for (int i = 0; i < ids.length; i++) {
            if (i == 0 || ids[i] != ids[n - 1]) {
                ids[n++] = ids[i];
            }
        }
        float[] out = new float[3 * n];
        float[] across = new float[n];
        float[] along = new float[n];
        for (int e = 0; e < m; e++) {
            int a = Arrays.binarySearch(ids, 0, n, border[2 * e]);
            int b = Arrays.binarySearch(ids, 0, n, border[2 * e + 1]);
            outward(border[2 * e], border[2 * e + 1], out, a, b);
            if (node.reach.length > 0) {
                across[a] = Math.max(across[a], node.reach[2 * e]);
                along[a] = Math.max(along[a], node.reach[2 * e + 1]);
            }
        }
        int[] made = new int[n];
        for (int e = 0; e < m; e++) {
            if (!node.shared[e]) {
                continue;
            }
            int a = Arrays.binarySearch(ids, 0, n, border[2 * e]);
            int b = Arrays.binarySearch(ids, 0, n, border[2 * e + 1]);
            if (depth == null && across[a] + along[a] + across[b] + along[b] == 0) {
                continue;
            }
            int p = depth == null ? flangeVertex(made, a, ids[a], out, across, along) : hung(made, a, ids[a], depth);
            int q = depth == null ? flangeVertex(made, b, ids[b], out, across, along) : hung(made, b, ids[b], depth);
            triangle(ids[b], ids[a], p);
            triangle(ids[b], p, q);
        }
    }

    /** Adds the unit vector that points out of the surface, square to edge a-b, at both its ends. */
    private void outward(int a, int b, float[] out, int ia, int ib) {
        float tx = v.x[b] - v.x[a];
        float ty = v.y[b] - v.y[a];
        float tz = v.z[b] - v.z[a];
        for (int end = 0; end < 2; end++) {
            int p = 3 * (end == 0 ? a : b);
            int i = 3 * (end == 0 ? ia : ib);
            float nx = v.up[p];
            float ny = v.up[p + 1];
            float nz = v.up[p + 2];
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
    }

    private int flangeVertex(int[] made, int i, int vertex, float[] out, float[] across, float[] along) {
        if (made[i] == 0) {
            float l = (float) Math.sqrt(
                    out[3 * i] * out[3 * i] + out[3 * i + 1] * out[3 * i + 1] + out[3 * i + 2] * out[3 * i + 2]);
            float least = (float) (LEAST_STEPS * v.step);
            float far = SPARE * along[i] + least;
            float down = SPARE * across[i] + SLOPE * far;
            float s = l > 1e-3f ? far / l : 0;
            made[i] = 1
                    + vertex(
                            vertex,
                            s * out[3 * i] - down * v.up[3 * vertex],
                            s * out[3 * i + 1] - down * v.up[3 * vertex + 1],
                            s * out[3 * i + 2] - down * v.up[3 * vertex + 2]);
        }
        return made[i] - 1;
    }

    private int hung(int[] made, int i, int vertex, float[] depth) {
        if (made[i] == 0) {
            float down = SPARE * depth[vertex] + (float) (LEAST_STEPS * v.step);
            made[i] = 1
                    + vertex(
                            vertex,
                            -down * v.up[3 * vertex],
                            -down * v.up[3 * vertex + 1],
                            -down * v.up[3 * vertex + 2]);
        }
        return made[i] - 1;
    }

    private int vertex(int from, float dx, float dy, float dz) {
        if (count == source.length) {
            source = Arrays.copyOf(source, 2 * count);
            move = Arrays.copyOf(move, 6 * count);
        }
        source[count] = from;
        move[3 * count] = dx;
        move[3 * count + 1] = dy;
        move[3 * count + 2] = dz;
        return id(count++);
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
