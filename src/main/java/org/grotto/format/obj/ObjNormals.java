package org.grotto.format.obj;

import java.util.Arrays;
import org.grotto.format.Remarks;
import org.grotto.geometry.Columns;
import org.grotto.geometry.FlatShading;
import org.grotto.geometry.Mesh;

/**
 * The normals of an OBJ file, which its faces name corner by corner. Those of one vertex that lie within 10 degrees of the
 * first are one, their mean; a vertex on a hard edge stands once for each other, at the end, so that all others keep their
 * numbers. Normals that are only those of the triangles say nothing and split nothing.
 */
final class ObjNormals {
    private static final double SAME = Math.cos(Math.toRadians(10));

    private final float[] vn;
    /** By vertex: where it stands first, then again and again. */
    private int[] from;

    private double[] sum;
    /** By vertex, the normal it was made for; -1 for none. */
    private int[] first;
    /** By vertex, the next that stands at its place; 0 for none. */
    private int[] next;

    private int count;

    private ObjNormals(float[] vn, int n) {
        this.vn = vn;
        this.from = new int[n];
        this.sum = new double[3 * n];
        this.first = new int[n];
        this.next = new int[n];
        this.count = n;
        for (int i = 0; i < n; i++) {
            from[i] = i;
            first[i] = -1;
        }
    }

    /**
     * @param m with vertices and triangles; its triangles are renumbered
     * @param of by corner, its normal, perhaps one that there is not; -1 for none
     * @param vn {@code normals} of them, three numbers each
     */
    static Mesh lay(Mesh m, int[] of, float[] vn, int normals, Remarks remarks) {
        boolean any = false;
        for (int c = 0; c < of.length; c++) {
            of[c] = of[c] < normals && of[c] >= 0 && !FlatShading.none(vn, of[c]) ? of[c] : -1;
            any |= of[c] >= 0;
        }
        if (!any) {
            remarks.lost("normals that no face uses");
            return m;
        }
        if (!FlatShading.tells(FlatShading.count(m.xyz, m.triangles, vn, of, 0, m.triangleCount()))) {
            remarks.understood("normals are those of the triangles, so they say nothing of edges");
            return m;
        }
        ObjNormals n = new ObjNormals(vn, m.vertexCount());
        for (int c = 0; c < of.length; c++) {
            if (of[c] >= 0) {
                m.triangles[c] = n.vertex(m.triangles[c], of[c]);
            }
        }
        return n.mesh(m, remarks);
    }

    private int vertex(int v, int normal) {
        int at = v;
        if (first[v] < 0) {
            first[v] = normal;
        }
        while (first[at] != normal && FlatShading.cosine(vn, first[at], normal) < SAME) {
            if (next[at] == 0) {
                int made = add(from[v], normal);
                next[at] = made;
            }
            at = next[at];
        }
        double l = FlatShading.length(vn, normal);
        for (int a = 0; a < 3; a++) {
            sum[3 * at + a] += vn[3 * normal + a] / l;
        }
        return at;
    }

    private int add(int v, int normal) {
        if (count == from.length) {
            int size = count + Math.max(1024, count / 2);
            from = Arrays.copyOf(from, size);
            sum = Arrays.copyOf(sum, 3 * size);
            first = Arrays.copyOf(first, size);
            next = Arrays.copyOf(next, size);
        }
        from[count] = v;
        first[count] = normal;
        return count++;
    }

    private Mesh mesh(Mesh m, Remarks remarks) {
        int n = m.vertexCount();
        float[] unit = new float[3 * count];
        for (int i = 0; i < unit.length; i += 3) {
            double l = Math.sqrt(sum[i] * sum[i] + sum[i + 1] * sum[i + 1] + sum[i + 2] * sum[i + 2]);
            for (int a = 0; a < 3 && l > 0; a++) {
                unit[i + a] = (float) (sum[i + a] / l);
            }
        }
        if (count == n) {
            return m.with(Columns.NORMAL, unit);
        }
        remarks.understood((count - n) + " vertices more, for the normals of hard edges");
        float[] xyz = Arrays.copyOf(m.xyz, 3 * count);
        for (int i = n; i < count; i++) {
            System.arraycopy(m.xyz, 3 * from[i], xyz, 3 * i, 3);
        }
        Columns columns = m.columns.pick(from, count).with(Columns.NORMAL, unit);
        return new Mesh(m.originX, m.originY, m.originZ, xyz, columns, m.triangles);
    }
}
