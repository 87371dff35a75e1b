package org.grotto.surface;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.grotto.geometry.Columns;
import org.grotto.geometry.VertexNormals;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshStore;

/**
 * A mesh with vertex normals, computed by regions: the same bits as {@link VertexNormals} gives for the whole mesh.
 *
 * @param areas of the mesh, by its evidence where it has any
 */
record MeshNormals(MeshStore store, Areas areas) {
    /** Computes them from the triangles. */
    static MeshNormals of(MeshStore given, Engine engine) {
        Engine.AddedToMesh<Areas> added = engine.both(
                given, List.of(Columns.NORMAL), MeshCraft.onRings(Set.of(Columns.EVIDENCE.name()), (region, work) -> {
                    float[] all = VertexNormals.of(region.mesh(), work);
                    Columns core = Columns.NONE.with(Columns.NORMAL, Arrays.copyOf(all, 3 * region.core()));
                    return new Craft.Both<>(core, Areas.of(region));
                }));
        return new MeshNormals(added.store(), Areas.sum(added.rest()));
    }
}
