package org.grotto.lod;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.format.gltf.Curtain;
import org.jspecify.annotations.Nullable;

/**
 * What closes the step between neighbouring tiles of different levels: a curtain of triangles along the border, behind the
 * surface seen from the open side.
 *
 * <p>It hangs in strips, one a level: from the tile's own border to the border of its own level, sunk into the rock and two
 * steps aside under the neighbour, from there to the next coarser level's, and so on. So it need be drawn no further than
 * to the level of the coarsest neighbour, whose own first strip it crosses there; each border is sunk as deep as any finer
 * one can lie off it, and no deeper. (Curtains that all run to the coarsest level, metres away, stand in the next room where
 * walls are thin.)
 *
 * <p>The last strip ends in the <em>hem</em>: the border of the coarsest level, sunk. A border of any level becomes the
 * coarsest one by the same map of vertices, so the curtains of all levels, drawn whole, end in the same hem, bit for bit.
 * Hence two neighbours and their curtains close each other as chains, whatever their levels, and a closed mesh stays closed
 * in every cut: a line of sight that leaves the room crosses one more front than backs.
 */
final class TileSkirts {
    /** Rounding of positions on a graphics card opens gaps that far; every strip is at least twice so deep, in lattice steps. */
    private static final float LEAST_STEPS = 4;

    /** The borders of a tree, all levels: what every curtain needs to know. */
    static final class Hem {
        private static final byte STAYS = -1;

        /** By vertex: at which level it went from its border, and what it became there. */
        private final byte[] went;

        private final int[] next;
        /** By vertex: its last entry below, or -1. */
        private final int[] head;
        /** From which level on finer borders lie how far off at most, metres; and the entry of a finer level. */
        private byte[] level = new byte[64];

        private float[] off = new float[64];
        private int[] finer = new int[64];
        private int count;
        private final float least;

        /**
         * @param count how many vertices went from borders, finest level first
         * @param gone for each: the vertex, the two that stayed beside it, the one of them that it became
         * @param far for each: how far it lay from the line of what stayed, metres
         * @param at for each: the level at which it went
         */
        Hem(TileVertices v, int count, int[] gone, float[] far, byte[] at) {
            int n = v.size();
            least = (float) (LEAST_STEPS * v.step);
            went = new byte[n];
            next = new int[n];
            head = new int[n];
            Arrays.fill(went, STAYS);
            Arrays.fill(head, -1);
            float[] from = new float[n];
            float[] more = new float[n];
            for (int i = 0, end; i < count; i = end) {
                end = i;
                while (end < count && at[end] == at[i]) {
                    int p = gone[4 * end];
                    int into = gone[4 * end + 3];
                    went[p] = at[i];
                    next[p] = into;
                    from[into] = Math.max(from[into], off(p));
                    for (int k = 1; k < 3; k++) {
                        int q = gone[4 * end + k];
                        more[q] = Math.max(more[q], far[end]);
                    }
                    end++;
                }
                for (int j = i; j < end; j++) {
                    for (int k = 1; k < 3; k++) {
                        int q = gone[4 * j + k];
                        if (more[q] > 0 || from[q] > 0) {
                            note(q, at[i], Math.max(from[q], off(q)) + more[q]);
                            more[q] = 0;
                            from[q] = 0;
                        }
                    }
                }
            }
        }

        private float off(int vertex) {
            return head[vertex] < 0 ? 0 : off[head[vertex]];
        }

        private void note(int vertex, byte at, float depth) {
            float far = (float) Math.ceil(depth / least) * least;
            if (far <= off(vertex)) {
                return;
            }
            if (count == off.length) {
                level = Arrays.copyOf(level, 2 * count);
                off = Arrays.copyOf(off, 2 * count);
                finer = Arrays.copyOf(finer, 2 * count);
            }
            level[count] = at;
            off[count] = far;
            finer[count] = head[vertex];
            head[vertex] = count++;
        }

        /** Which vertex a border's vertex is at a level. */
        int end(int vertex, int at) {
            int p = vertex;
            while (went[p] >= at) {
                p = next[p];
            }
            return p;
        }

        /** How deep a level's border is sunk at a vertex of it, metres: finer ones lie no further off. */
        float sunk(int vertex, int at) {
            int e = head[vertex];
            while (e >= 0 && level[e] < at) {
                e = finer[e];
            }
            return (e < 0 ? 0 : off[e]) + 2 * least;
        }
    }

    /** Vertices of the curtain: {@link #source} + displacement in metres; numbered on from the mesh's vertices. */
    int[] source = new int[16];

    float[] move = new float[48];
    int count;
    /** The curtain's triangles, strip after strip. */
    int[] triangles = new int[64];

    int triangleCount;
    /** To which levels' borders the strips hang, and how many triangles each has; 0 is the hem. */
    final List<Curtain.Strip> strips = new ArrayList<>();

    private final TileVertices v;
    private final LocalIds ids = new LocalIds(0, 0);
    /** By local number of a border's vertex: the last one made below it + 1, and how deep. */
    private int[] made = new int[64];

    private float[] depth = new float[64];

    private TileSkirts(TileVertices v) {
        this.v = v;
    }

    static TileSkirts of(TileVertices v, TileNode node, Hem hem) {
        TileSkirts s = new TileSkirts(v);
        s.build(node, hem);
        return s;
    }

    /** Strips of a finest tile begin at the next level: what meets it at its own is the same. */
    private void build(TileNode node, Hem hem) {
        int[] border = shared(node);
        int[] above = border;
        for (int level = Math.max(1, node.leaf() ? node.depth - 1 : node.depth); level > 0; level--) {
            above = strip(border, above, level, hem, true);
        }
        Arrays.fill(made, 0);
        strip(border, above, 0, hem, false);
    }

    private static int[] shared(TileNode node) {
        int[] out = new int[node.border.length];
        int n = 0;
        for (int e = 0; e < out.length / 2; e++) {
            if (node.shared[e]) {
                out[n++] = node.border[2 * e];
                out[n++] = node.border[2 * e + 1];
            }
        }
        return Arrays.copyOf(out, n);
    }

    /** Hangs a strip from {@code above}, by edge; returns what the next one hangs from. */
    private int[] strip(int[] border, int[] above, int level, Hem hem, boolean aside) {
        int[] end = new int[border.length];
        for (int i = 0; i < end.length; i++) {
            end[i] = hem.end(border[i], level);
        }
        int[] at = ids.of(end);
        if (made.length < ids.count()) {
            made = Arrays.copyOf(made, 2 * ids.count());
            depth = Arrays.copyOf(depth, 2 * ids.count());
        }
        float[] out = outward(end, at, ids.count());
        int[] below = new int[border.length];
        for (int i = 0; i < end.length; i++) {
            float down = hem.sunk(end[i], level);
            below[i] = aside ? hung(at[i], end[i], down, out) : hung(at[i], end[i], down + hem.least, null);
        }
        int before = triangleCount;
        for (int e = 0; e < border.length; e += 2) {
            int a = above[e];
            int b = above[e + 1];
            int p = below[e];
            int q = below[e + 1];
            if (a != b && a != p) {
                triangle(b, a, p);
            }
            if (b != q && p != q) {
                triangle(b, p, q);
            }
        }
        if (triangleCount > before) {
            strips.add(new Curtain.Strip(level, triangleCount - before));
        }
        return below;
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

    /** The curtain's vertex below one of a border; with {@code out} it flares two steps under the neighbour's. */
    private int hung(int i, int vertex, float down, float @Nullable [] out) {
        if (made[i] == 0 || depth[i] != down) {
            float aside = (float) (2 * v.step);
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
            depth[i] = down;
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
