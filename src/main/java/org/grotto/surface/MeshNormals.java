package org.grotto.surface;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.grotto.geometry.Columns;
import org.grotto.geometry.VertexNormals;
import org.grotto.store.Engine;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshStore;

/** Vertex normals by regions: the same bits as {@link VertexNormals} gives for the whole mesh. */
final class MeshNormals {
    private MeshNormals() {}

    /** The mesh with normals computed from its triangles. */
    static MeshStore add(MeshStore store, Engine engine) {
        return engine.add(store, List.of(Columns.NORMAL), MeshCraft.onRings(Set.of(), (region, work) -> {
            float[] all = VertexNormals.of(region.mesh(), work);
            return Columns.NONE.with(Columns.NORMAL, Arrays.copyOf(all, 3 * region.core()));
        }));
    }
}
