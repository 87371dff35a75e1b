package org.grotto.simulate;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.UnionFind;

/**
 * The connected pieces of a mesh (by shared vertices) and which of them are not there in truth.
 *
 * @param count of all pieces with at least one triangle
 * @param spurious those whose vertices lie on average farther than the bound from the truth
 */
public record Components(int count, List<Piece> spurious) {
    /** A piece: its triangles and its mean distance from the truth, metres. */
    public record Piece(int triangles, double distance) {}

    private static final int VERTICES_EACH = 64;

    public static Components of(Mesh mesh, Truth truth, double bound, Work work) {
        int n = mesh.vertexCount();
        UnionFind parts = new UnionFind(n);
        for (int t = 0; t < mesh.triangles.length; t += 3) {
            parts.join(mesh.triangles[t], mesh.triangles[t + 1]);
            parts.join(mesh.triangles[t], mesh.triangles[t + 2]);
        }
        int[] triangles = new int[n];
        for (int t = 0; t < mesh.triangles.length; t += 3) {
            triangles[parts.root(mesh.triangles[t])]++;
        }
        int[] size = new int[n];
        for (int i = 0; i < n; i++) {
            size[parts.root(i)]++;
        }
        int[] id = new int[n];
        List<int[]> members = new ArrayList<>();
        List<Integer> roots = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (triangles[i] > 0) {
                id[i] = members.size();
                members.add(new int[Math.min(VERTICES_EACH, size[i])]);
                roots.add(i);
            }
        }
        // evenly spread members of each piece
        int[] passed = new int[n];
        int[] taken = new int[n];
        for (int i = 0; i < n; i++) {
            int r = parts.root(i);
            if (triangles[r] == 0) {
                continue;
            }
            int[] m = members.get(id[r]);
            if ((long) passed[r] * m.length >= (long) taken[r] * size[r] && taken[r] < m.length) {
                m[taken[r]++] = i;
            }
            passed[r]++;
        }
        List<Double> mean = work.map(members.size(), c -> {
            Truth.Scratch s = new Truth.Scratch();
            double[] q = new double[3];
            double sum = 0;
            for (int v : members.get(c)) {
                sum += Math.abs(truth.nearest(
                        mesh.originX + mesh.xyz[3 * v],
                        mesh.originY + mesh.xyz[3 * v + 1],
                        mesh.originZ + mesh.xyz[3 * v + 2],
                        q,
                        s));
            }
            return sum / members.get(c).length;
        });
        List<Piece> spurious = new ArrayList<>();
        for (int c = 0; c < mean.size(); c++) {
            if (mean.get(c) > bound) {
                spurious.add(new Piece(triangles[roots.get(c)], mean.get(c)));
            }
        }
        return new Components(members.size(), List.copyOf(spurious));
    }
}
