package org.grotto.geometry;

import java.util.Arrays;
import org.grotto.base.Work;

/**
 * How the triangles of a mesh hang together, corners at the same place taken as one. Cost: a sort of all edges, about 40
 * bytes a triangle.
 *
 * @param vertices of the mesh as it is
 * @param places different positions among the vertices that triangles use
 * @param collapsed triangles with two corners at one place; they have no part in the figures below
 * @param edges different ones
 * @param border edges with one triangle only
 * @param branching edges with more than two triangles
 * @param turned edges whose two triangles face opposite sides
 * @param pieces parts that share no place
 * @param volume cubic metres within, positive where triangles face outwards; NaN unless the mesh is closed
 * @param edgeMedian length of an edge that half the edges exceed, metres; NaN without edges
 * @param edge95 length that 5 % of the edges exceed, metres; NaN without edges
 * @param welded the mesh with corners at the same place joined and the collapsed triangles left out; positions are shared
 */
public record Topology(
        int vertices,
        int places,
        int collapsed,
        int edges,
        int border,
        int branching,
        int turned,
        int pieces,
        double volume,
        double edgeMedian,
        double edge95,
        Mesh welded) {

    /** True where every edge has two triangles that face the same side: the mesh bounds a body. */
    public boolean closed() {
        return edges > 0 && border == 0 && branching == 0 && turned == 0;
    }

    public static Topology of(Mesh m, Work work) {
        int[] place = places(m);
        int[] t = new int[m.triangles.length];
        int n = 0;
        for (int k = 0; k < m.triangles.length; k += 3) {
            int a = place[m.triangles[k]];
            int b = place[m.triangles[k + 1]];
            int c = place[m.triangles[k + 2]];
            if (a != b && b != c && c != a) {
                t[n++] = a;
                t[n++] = b;
                t[n++] = c;
            }
        }
        int collapsed = (m.triangles.length - n) / 3;
        t = Arrays.copyOf(t, n);
        long[] half = halfEdges(t);
        Arrays.sort(half);
        float[] length = new float[half.length];
        int edges = 0;
        int border = 0;
        int branching = 0;
        int turned = 0;
        for (int i = 0; i < half.length; ) {
            int j = i;
            int up = 0;
            for (; j < half.length && half[j] >>> 1 == half[i] >>> 1; j++) {
                up += (int) (half[j] & 1);
            }
            border += j - i == 1 ? 1 : 0;
            branching += j - i > 2 ? 1 : 0;
            turned += j - i == 2 && up != 1 ? 1 : 0;
            length[edges++] = (float) distance(m, (int) (half[i] >>> 32), (int) (half[i] >>> 1 & Integer.MAX_VALUE));
            i = j;
        }
        length = Arrays.copyOf(length, edges);
        Arrays.sort(length);
        int[] used = {0};
        int pieces = pieces(t, m.vertexCount(), used);
        boolean closed = edges > 0 && border == 0 && branching == 0 && turned == 0;
        return new Topology(
                m.vertexCount(),
                used[0],
                collapsed,
                edges,
                border,
                branching,
                turned,
                pieces,
                closed ? volume(m, t, work) : Double.NaN,
                edges == 0 ? Double.NaN : length[(edges - 1) / 2],
                edges == 0 ? Double.NaN : length[(int) ((edges - 1) * 0.95)],
                new Mesh(m.originX, m.originY, m.originZ, m.xyz, null, null, null, t));
    }

    /** For each vertex the first one at its position (bit for bit; both zeros are one). */
    public static int[] places(Mesh m) {
        int n = m.vertexCount();
        int bits = Math.max(4, 33 - Integer.numberOfLeadingZeros(Math.max(1, n)));
        int[] table = new int[1 << Math.min(30, bits)];
        int mask = table.length - 1;
        int[] place = new int[n];
        for (int v = 0; v < n; v++) {
            int x = Float.floatToIntBits(m.xyz[3 * v] + 0f);
            int y = Float.floatToIntBits(m.xyz[3 * v + 1] + 0f);
            int z = Float.floatToIntBits(m.xyz[3 * v + 2] + 0f);
            long h =
                    (x * 0x9E3779B97F4A7C15L ^ y * 0xC2B2AE3D27D4EB4FL ^ z * 0x165667B19E3779F9L) * 0x9E3779B97F4A7C15L;
            int at = (int) (h >>> 33) & mask;
            place[v] = v;
            while (table[at] != 0) {
                int o = table[at] - 1;
                if (m.xyz[3 * o] == m.xyz[3 * v]
                        && m.xyz[3 * o + 1] == m.xyz[3 * v + 1]
                        && m.xyz[3 * o + 2] == m.xyz[3 * v + 2]) {
                    place[v] = o;
                    break;
                }
                at = at + 1 & mask;
            }
            if (place[v] == v) {
                table[at] = v + 1;
            }
        }
        return place;
    }

    /** Every triangle's edges as (smaller corner, greater corner, direction), to be sorted. */
    private static long[] halfEdges(int[] t) {
        long[] half = new long[t.length];
        for (int k = 0; k < t.length; k++) {
            long a = t[k];
            long b = t[k % 3 == 2 ? k - 2 : k + 1];
            half[k] = a < b ? a << 32 | b << 1 : b << 32 | a << 1 | 1;
        }
        return half;
    }

    private static double distance(Mesh m, int a, int b) {
        double x = (double) m.xyz[3 * a] - m.xyz[3 * b];
        double y = (double) m.xyz[3 * a + 1] - m.xyz[3 * b + 1];
        double z = (double) m.xyz[3 * a + 2] - m.xyz[3 * b + 2];
        return Math.sqrt(x * x + y * y + z * z);
    }

    /** Parts among the vertices that triangles use; {@code used} becomes the number of these. */
    private static int pieces(int[] t, int vertices, int[] used) {
        boolean[] corner = new boolean[vertices];
        UnionFind parts = new UnionFind(vertices);
        for (int k = 0; k < t.length; k += 3) {
            parts.join(t[k], t[k + 1]);
            parts.join(t[k], t[k + 2]);
            corner[t[k]] = true;
            corner[t[k + 1]] = true;
            corner[t[k + 2]] = true;
        }
        int pieces = 0;
        for (int v = 0; v < vertices; v++) {
            used[0] += corner[v] ? 1 : 0;
            pieces += corner[v] && parts.root(v) == v ? 1 : 0;
        }
        return pieces;
    }

    /** Signed tetrahedra about the first corner (the divergence theorem). */
    private static double volume(Mesh m, int[] t, Work work) {
        double ox = m.xyz[3 * t[0]];
        double oy = m.xyz[3 * t[0] + 1];
        double oz = m.xyz[3 * t[0] + 2];
        return work.sum(t.length / 3, 1 << 14, (from, to) -> {
            double s = 0;
            for (int k = 3 * from; k < 3 * to; k += 3) {
                double ax = m.xyz[3 * t[k]] - ox;
                double ay = m.xyz[3 * t[k] + 1] - oy;
                double az = m.xyz[3 * t[k] + 2] - oz;
                double bx = m.xyz[3 * t[k + 1]] - ox;
                double by = m.xyz[3 * t[k + 1] + 1] - oy;
                double bz = m.xyz[3 * t[k + 1] + 2] - oz;
                double cx = m.xyz[3 * t[k + 2]] - ox;
                double cy = m.xyz[3 * t[k + 2] + 1] - oy;
                double cz = m.xyz[3 * t[k + 2] + 2] - oz;
                s += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
            }
            return s / 6;
        });
    }
}
