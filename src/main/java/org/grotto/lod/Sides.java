package org.grotto.lod;

import java.util.Arrays;
import org.grotto.base.Work;
import org.jspecify.annotations.Nullable;

/**
 * The normals of vertices on hard edges, where one is not enough: a few for each such vertex, and which of them each corner
 * of the finest triangles has. A coarser triangle's corner has the one next to the triangle's own normal, so an edge stays
 * hard at every level and nothing is carried through simplification. All other vertices have side 0, their one normal.
 */
final class Sides {
    /** Of one vertex at most. */
    static final int MOST = 256;

    private final float[] shared;
    /** By vertex, where its normals begin; one entry more than vertices. */
    private final int[] start;
    /** Unit length, interleaved. */
    private final float[] normals;
    /** By corner of the finest triangles, the number of its normal at its vertex. */
    private final byte[] corner;

    /** @param shared one normal a vertex, for those with no more */
    Sides(float[] shared, int[] start, float[] normals, byte[] corner) {
        this.shared = shared;
        this.start = start;
        this.normals = normals;
        this.corner = corner;
    }

    /** The same of vertices that are numbered anew. */
    Sides renumbered(float[] newShared, int[] from, int count) {
        int[] at = new int[count + 1];
        for (int v = 0; v < count; v++) {
            at[v + 1] = at[v] + start[from[v] + 1] - start[from[v]];
        }
        float[] moved = new float[3 * at[count]];
        for (int v = 0; v < count; v++) {
            System.arraycopy(normals, 3 * start[from[v]], moved, 3 * at[v], 3 * (at[v + 1] - at[v]));
        }
        return new Sides(newShared, at, moved, corner);
    }

    /** The same of finest triangles in another order. */
    Sides ordered(int[] order, Work work) {
        byte[] out = new byte[corner.length];
        work.blocks(order.length, 1 << 16, (from, to) -> {
            for (int i = from; i < to; i++) {
                System.arraycopy(corner, 3 * order[i], out, 3 * i, 3);
            }
        });
        return new Sides(shared, start, normals, out);
    }

    /** How many vertices lie on hard edges. */
    int hard() {
        int n = 0;
        for (int v = 0; v + 1 < start.length; v++) {
            n += start[v + 1] > start[v] ? 1 : 0;
        }
        return n;
    }

    private boolean hard(int v) {
        return start[v + 1] > start[v];
    }

    /** The sides of a node's corners; null where it touches no hard edge. */
    byte @Nullable [] of(TileVertices v, TileNode node) {
        if (!any(node.triangles)) {
            return null;
        }
        byte[] out = nearest(v, node.triangles);
        if (node.leaf()) {
            System.arraycopy(corner, 3 * node.from, out, 0, out.length);
        }
        return out;
    }

    private boolean any(int[] triangles) {
        for (int p : triangles) {
            if (hard(p)) {
                return true;
            }
        }
        return false;
    }

    /** For each corner, the side that looks as its triangle looks. */
    byte[] nearest(TileVertices v, int[] triangles) {
        byte[] out = new byte[triangles.length];
        double[] n = new double[3];
        for (int t = 0; t < triangles.length; t += 3) {
            int a = triangles[t];
            int b = triangles[t + 1];
            int c = triangles[t + 2];
            if (hard(a) || hard(b) || hard(c)) {
                v.facet(a, b, c, n);
                for (int k = 0; k < 3; k++) {
                    out[t + k] = nearest(triangles[t + k], n);
                }
            }
        }
        return out;
    }

    /** The number of the normal at vertex {@code v} that is next to {@code n}. */
    byte nearest(int v, double[] n) {
        int best = 0;
        double most = -1;
        for (int i = start[v]; i < start[v + 1]; i++) {
            double d = normals[3 * i] * n[0] + normals[3 * i + 1] * n[1] + normals[3 * i + 2] * n[2];
            // where a file's normals point backwards they still tell sides apart; of a sheet's two the front one is
            // meant
            double fit = Math.abs(d) + (d > 0 ? 1e-3 : 0);
            if (fit > most) {
                most = fit;
                best = i - start[v];
            }
        }
        return (byte) best;
    }

    /** Writes the normal of vertex {@code v} on a side of it. */
    void normal(int v, int side, float[] into, int at) {
        int i = start[v] + (side & 255);
        System.arraycopy(hard(v) ? normals : shared, 3 * (hard(v) ? i : v), into, at, 3);
    }

    /** Of {@code triangles}, nine numbers each. */
    float[] ofCorners(int[] triangles, byte[] side) {
        float[] out = new float[3 * triangles.length];
        for (int i = 0; i < triangles.length; i++) {
            normal(triangles[i], side[i], out, 3 * i);
        }
        return out;
    }

    /** Of the finest triangles, nine numbers each. */
    float[] ofFinest(int[] triangles) {
        return ofCorners(triangles, corner);
    }

    /** Puts together the sides of vertices that are found one after the other, in their order. */
    static final class Gathered {
        private final int[] start;
        private float[] normals = new float[96];
        private int done;
        private int count;

        Gathered(int vertices) {
            start = new int[vertices + 1];
        }

        /** Vertex {@code v}, behind all before: of {@code of}, so many normals from number {@code from} on. */
        void add(int v, float[] of, int from, int sides) {
            close(v);
            if (3 * (count + sides) > normals.length) {
                normals = Arrays.copyOf(normals, Math.max(2 * normals.length, 3 * (count + sides)));
            }
            System.arraycopy(of, 3 * from, normals, 3 * count, 3 * sides);
            count += sides;
        }

        private void close(int v) {
            while (done < v) {
                start[++done] = count;
            }
        }

        @Nullable
        Sides sides(float[] shared, byte[] corner) {
            close(start.length - 1);
            return count == 0 ? null : new Sides(shared, start, Arrays.copyOf(normals, 3 * count), corner);
        }
    }
}
