package org.grotto.lod;

import java.util.Arrays;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;

/** One tile's mesh with its skirts, vertices numbered from 0, ready to be written. */
final class TileContent {
    /** Lattice positions, interleaved. */
    final int[] xyz;

    final float[] normals;
    final byte @Nullable [] rgb;
    final byte @Nullable [] evidence;
    final int[] triangles;

    private TileContent(
            int[] xyz, float[] normals, byte @Nullable [] rgb, byte @Nullable [] evidence, int[] triangles) {
        this.xyz = xyz;
        this.normals = normals;
        this.rgb = rgb;
        this.evidence = evidence;
        this.triangles = triangles;
    }

    static TileContent of(TileVertices v, TileNode node, TileSkirts.Hem hem) {
        TileSkirts skirts = TileSkirts.of(v, node, hem);
        int[] ids = node.triangles.clone();
        Arrays.sort(ids);
        int n = 0;
        for (int i = 0; i < ids.length; i++) {
            if (i == 0 || ids[i] != ids[n - 1]) {
                ids[n++] = ids[i];
            }
        }
        int all = n + skirts.count;
        int[] xyz = new int[3 * all];
        float[] normals = new float[3 * all];
        byte[] rgb = v.rgb == null ? null : new byte[3 * all];
        byte[] evidence = v.evidence == null ? null : new byte[all];
        for (int i = 0; i < all; i++) {
            int s = i - n;
            int id = s < 0 ? ids[i] : skirts.source[s];
            xyz[3 * i] = v.x[id];
            xyz[3 * i + 1] = v.y[id];
            xyz[3 * i + 2] = v.z[id];
            if (s >= 0) {
                for (int axis = 0; axis < 3; axis++) {
                    xyz[3 * i + axis] += (int) Math.rint(skirts.move[3 * s + axis] / v.step);
                }
            }
            System.arraycopy(v.normals, 3 * id, normals, 3 * i, 3);
            if (rgb != null && v.rgb != null) {
                System.arraycopy(v.rgb, 3 * id, rgb, 3 * i, 3);
            }
            if (evidence != null && v.evidence != null) {
                evidence[i] = v.evidence[id];
            }
        }
        int[] triangles = Arrays.copyOf(node.triangles, node.triangles.length + 3 * skirts.triangleCount);
        System.arraycopy(skirts.triangles, 0, triangles, node.triangles.length, 3 * skirts.triangleCount);
        for (int i = 0; i < triangles.length; i++) {
            int id = triangles[i];
            triangles[i] = id >= v.size() ? n + id - v.size() : Arrays.binarySearch(ids, 0, n, id);
        }
        return new TileContent(xyz, normals, rgb, evidence, triangles);
    }

    /** The box around all vertices, world frame, metres, a step wider than need be. */
    Box bounds(TileVertices v) {
        Box b = Box.EMPTY;
        for (int i = 0; i < xyz.length; i += 3) {
            b = b.with(xyz[i], xyz[i + 1], xyz[i + 2]);
        }
        double s = v.step;
        return new Box(
                v.originX + s * (b.minX() - 1),
                v.originY + s * (b.minY() - 1),
                v.originZ + s * (b.minZ() - 1),
                v.originX + s * (b.maxX() + 1),
                v.originY + s * (b.maxY() + 1),
                v.originZ + s * (b.maxZ() + 1));
    }
}
