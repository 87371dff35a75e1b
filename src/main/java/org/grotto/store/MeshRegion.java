package org.grotto.store;

import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Mesh;

/**
 * What a craft sees of a mesh: the vertices of one region, its core; after them, where it asked for the ring, the other
 * corners of their triangles; and the points around, all as arrays of its own. Both parts keep the order of the whole
 * mesh, as do the triangles and the points.
 *
 * @param index of the region in its store
 * @param mesh core first, then the ring; the triangles that have a corner in the core
 * @param core how many vertices the core has
 * @param ids each vertex's number in the whole mesh
 * @param faces each triangle's number in the whole mesh
 * @param cloud the points inside {@code looked}
 * @param looked the box that the points were taken from, metres
 * @param all whether there are no other points
 */
public record MeshRegion(int index, Mesh mesh, int core, int[] ids, int[] faces, Cloud cloud, Box looked, boolean all) {
    /** Takes from what is lost by rounding where a point's distance is compared with that of the box. */
    private static final double SURE = 1 - 1e-9;

    /** A vertex's position, metres. */
    public double x(int v) {
        return mesh.originX + mesh.xyz[3 * v];
    }

    public double y(int v) {
        return mesh.originY + mesh.xyz[3 * v + 1];
    }

    public double z(int v) {
        return mesh.originZ + mesh.xyz[3 * v + 2];
    }

    /** All points nearer to vertex {@code v} than this many metres are here; infinite where there are no others. */
    public double reach(int v) {
        if (all) {
            return Double.POSITIVE_INFINITY;
        }
        double rx = Math.min(x(v) - looked.minX(), looked.maxX() - x(v));
        double ry = Math.min(y(v) - looked.minY(), looked.maxY() - y(v));
        double rz = Math.min(z(v) - looked.minZ(), looked.maxZ() - z(v));
        return SURE * Math.min(rx, Math.min(ry, rz));
    }

    /** Whether triangle {@code k / 3} is this region's: each belongs to that of its first corner. */
    public boolean owns(int k) {
        return mesh.triangles[k] < core;
    }
}
