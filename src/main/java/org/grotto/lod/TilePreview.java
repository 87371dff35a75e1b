package org.grotto.lod;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.jspecify.annotations.Nullable;

/** The whole cave in one small mesh: the finest level that is not far too large, simplified as one. */
final class TilePreview {
    private TilePreview() {}

    static Mesh of(TileTree tree, int limit, Work work) {
        TileVertices v = tree.mesh;
        List<TileNode> cut = List.of(tree.root);
        for (int depth = 0; ; depth++) {
            List<TileNode> finer = finer(cut, depth);
            long triangles =
                    finer.stream().mapToLong(n -> n.triangles.length / 3).sum();
            if (finer.equals(cut) && finer.stream().allMatch(TileNode::leaf) || triangles > 4L * limit) {
                break;
            }
            cut = finer;
        }
        int size = cut.stream().mapToInt(n -> n.triangles.length).sum();
        int[] triangles = new int[size];
        int k = 0;
        for (TileNode n : cut) {
            System.arraycopy(n.triangles, 0, triangles, k, n.triangles.length);
            k += n.triangles.length;
        }
        triangles = SimplifyInside.to(v, new LocalIds(0, v.size()), triangles, new int[0], limit);
        return mesh(v, triangles);
    }

    /** All nodes of depth {@code depth} at most are exchanged for their children: whole levels, which close. */
    private static List<TileNode> finer(List<TileNode> cut, int depth) {
        List<TileNode> out = new ArrayList<>();
        for (TileNode n : cut) {
            if (n.leaf() || n.depth > depth) {
                out.add(n);
            } else {
                out.addAll(n.children);
            }
        }
        return out;
    }

    private static Mesh mesh(TileVertices v, int[] triangles) {
        Sides sides = v.sides;
        byte[] side = sides == null ? null : sides.nearest(v, triangles);
        int[] id = new int[v.size()];
        int[] from = new int[Math.min(v.size(), triangles.length)];
        int n = 0;
        for (int i = 0; i < triangles.length; i++) {
            int p = triangles[i];
            if (id[p] == 0) {
                from[n] = p;
                id[p] = ++n;
            }
            triangles[i] = id[p] - 1;
        }
        if (sides == null || side == null) {
            return mesh(v, from, n, null, null, triangles);
        }
        Wedges w = Wedges.of(triangles, triangles.length, null, side, n, new int[0]);
        int[] split = new int[w.vertex.length];
        for (int i = 0; i < split.length; i++) {
            split[i] = from[w.vertex[i]];
        }
        return mesh(v, split, split.length, sides, w.side, w.triangles);
    }

    private static Mesh mesh(
            TileVertices v, int[] from, int n, @Nullable Sides sides, byte @Nullable [] side, int[] triangles) {
        float[] xyz = new float[3 * n];
        float[] normals = new float[3 * n];
        for (int i = 0; i < n; i++) {
            for (int axis = 0; axis < 3; axis++) {
                xyz[3 * i + axis] = v.at(from[i], axis);
            }
            if (sides == null || side == null) {
                System.arraycopy(v.normals, 3 * from[i], normals, 3 * i, 3);
            } else {
                sides.normal(from[i], side[i], normals, 3 * i);
            }
        }
        Columns columns = v.columns.pick(from, n).with(Columns.NORMAL, normals);
        return new Mesh(v.originX, v.originY, v.originZ, xyz, columns, triangles);
    }
}
