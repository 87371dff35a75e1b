package org.grotto.surface;

import org.grotto.geometry.Mesh;

/**
 * A reconstructed surface before trimming: closed, 2-manifold, triangles counter-clockwise seen from the open side.
 *
 * @param mesh positions and triangles only
 * @param depth per vertex, depth of the octree cells it lies between; see {@link #cellSize}
 * @param thinWalls walls whose other side the scan shows close behind
 */
public record Surface(Mesh mesh, byte[] depth, SolverReport report, ThinWalls thinWalls) {
    public Surface {
        if (depth.length != mesh.vertexCount()) {
            throw new IllegalArgumentException("one depth a vertex");
        }
    }

    /**
     * Side in metres of the octree cells that a vertex lies between: about the sample spacing where the scan supports the
     * surface, larger where the surface was filled in.
     */
    public float cellSize(int vertex) {
        return (float) Math.scalb(report.side(), -depth[vertex]);
    }
}
