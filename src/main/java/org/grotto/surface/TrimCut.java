package org.grotto.surface;

import java.util.Arrays;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;

/**
 * Cuts a mesh along a line of equal value: what lies above the limit goes, triangles on the line are divided, so the
 * border is smooth and a manifold stays one.
 */
final class TrimCut {
    /** Cuts stay this share of an edge away from its ends, so that no slivers arise. */
    private static final double MARGIN = 0.15;

    private TrimCut() {}

    /** The mesh where {@code value <= limit}; evidence and its other columns go along, normals and colour do not. */
    static Mesh below(Mesh mesh, float[] value, double limit, byte[] evidence) {
        int[] t = mesh.triangles;
        long[] edges = crossing(t, value, limit);
        int n = mesh.vertexCount();
        int[] place = new int[n];
        Arrays.fill(place, -1);
        long corners = 0;
        for (int k = 0; k < t.length; k += 3) {
            int inside = 0;
            for (int c = 0; c < 3; c++) {
                if (value[t[k + c]] <= limit) {
                    place[t[k + c]] = 0;
                    inside++;
                }
            }
            corners += inside == 2 ? 6 : inside > 0 ? 3 : 0; // with two inside a four-sided piece is left
        }
        int kept = 0;
        for (int v = 0; v < n; v++) {
            if (place[v] == 0) {
                place[v] = kept++;
            }
        }
        float[] xyz = new float[3 * (kept + edges.length)];
        byte[] ev = new byte[kept + edges.length];
        for (int v = 0; v < n; v++) {
            if (place[v] >= 0) {
                System.arraycopy(mesh.xyz, 3 * v, xyz, 3 * place[v], 3);
                ev[place[v]] = evidence[v];
            }
        }
        double[] share = new double[edges.length];
        for (int e = 0; e < edges.length; e++) {
            int a = (int) (edges[e] >>> 32);
            int b = (int) edges[e];
            double f = (limit - value[a]) / ((double) value[b] - value[a]);
            f = Math.max(MARGIN, Math.min(1 - MARGIN, f));
            share[e] = f;
            for (int c = 0; c < 3; c++) {
                xyz[3 * (kept + e) + c] =
                        (float) (mesh.xyz[3 * a + c] + f * ((double) mesh.xyz[3 * b + c] - mesh.xyz[3 * a + c]));
            }
            ev[kept + e] = Mesh.INFERRED;
        }
        int[] triangles = triangles(t, value, limit, edges, place, kept, Math.toIntExact(corners));
        Columns rest = mesh.columns
                .without(Columns.NORMAL.name())
                .without(Columns.RGB8.name())
                .without(Columns.EVIDENCE.name());
        Columns columns = Columns.NONE.with(Columns.EVIDENCE, ev);
        if (!rest.types().isEmpty()) {
            Columns cut = CutColumns.of(rest, kept(place, kept), edges, share);
            for (ColumnType c : cut.types()) {
                columns = columns.with(c, cut.array(c.name()));
            }
        }
        return new Mesh(mesh.originX, mesh.originY, mesh.originZ, xyz, columns, triangles);
    }

    private static int[] kept(int[] place, int n) {
        int[] kept = new int[n];
        for (int v = 0; v < place.length; v++) {
            if (place[v] >= 0) {
                kept[place[v]] = v;
            }
        }
        return kept;
    }

    private static int[] triangles(
            int[] t, float[] value, double limit, long[] edges, int[] place, int kept, int corners) {
        int[] out = new int[corners];
        int m = 0;
        int[] corner = new int[4];
        for (int k = 0; k < t.length; k += 3) {
            int found = 0;
            for (int c = 0; c < 3; c++) {
                int a = t[k + c];
                int b = t[k + (c + 1) % 3];
                boolean keepA = value[a] <= limit;
                if (keepA) {
                    corner[found++] = place[a];
                }
                if (keepA != value[b] <= limit) {
                    corner[found++] = kept + Arrays.binarySearch(edges, key(a, b));
                }
            }
            if (found < 3) {
                continue;
            }
            out[m++] = corner[0];
            out[m++] = corner[1];
            out[m++] = corner[2];
            if (found == 4) {
                out[m++] = corner[0];
                out[m++] = corner[2];
                out[m++] = corner[3];
            }
        }
        return out;
    }

    private static long key(int a, int b) {
        return (long) Math.min(a, b) << 32 | Math.max(a, b);
    }

    /** The edges that the line crosses, each once, sorted. */
    private static long[] crossing(int[] t, float[] value, double limit) {
        long[] e = new long[1024];
        int n = 0;
        for (int k = 0; k < t.length; k += 3) {
            for (int c = 0; c < 3; c++) {
                int a = t[k + c];
                int b = t[k + (c + 1) % 3];
                if (value[a] <= limit != value[b] <= limit) {
                    if (n == e.length) {
                        e = Arrays.copyOf(e, 2 * n);
                    }
                    e[n++] = key(a, b);
                }
            }
        }
        Arrays.sort(e, 0, n);
        int m = 0;
        for (int i = 0; i < n; i++) {
            if (m == 0 || e[i] != e[m - 1]) {
                e[m++] = e[i];
            }
        }
        return Arrays.copyOf(e, m);
    }
}
