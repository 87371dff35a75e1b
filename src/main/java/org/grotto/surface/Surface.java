package org.grotto.surface;

import org.grotto.geometry.Mesh;

/**
 * A reconstructed surface before trimming: closed, 2-manifold, triangles counter-clockwise seen from the open side.
 *
 * @param mesh positions and triangles only
 * @param cellSize per vertex, side in metres of the octree cells it lies between: about the sample spacing where the scan
 *     supports the surface, larger where the surface was filled in
 * @param density per vertex, samples per square metre in the smallest octree cell around it that holds any; falls off
 *     with the distance from the scan
 */
public record Surface(Mesh mesh, float[] cellSize, float[] density, SolverReport report) {
    public Surface {
        if (cellSize.length != mesh.vertexCount() || density.length != mesh.vertexCount()) {
            throw new IllegalArgumentException("one cell size and one density a vertex");
        }
    }
}
