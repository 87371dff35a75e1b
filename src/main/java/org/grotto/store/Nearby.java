package org.grotto.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.jspecify.annotations.Nullable;

/**
 * Answers for vertices that hang on the nearest points, however far these are. A craft answers with what its halo holds
 * and says in {@link MeshCraft#OPEN} where that may not be all; these few vertices are dealt anew and asked with a wider
 * halo, until none is open or everything was looked at.
 */
public final class Nearby {
    private static final double WIDER = 4;
    private static final int FEW = 1 << 12;

    private Nearby() {}

    /** The store with the columns {@code gives}; {@code craft} gives these and {@link MeshCraft#OPEN}. */
    public static MeshStore add(MeshStore store, List<ColumnType> gives, MeshCraft<Columns> craft, Engine engine) {
        List<ColumnType> all = new ArrayList<>(gives);
        all.add(MeshCraft.OPEN);
        MeshStore out = engine.add(store, all, craft);
        List<Object> arrays = all.stream()
                .map(t -> Objects.requireNonNull(out.whole().columns.array(t.name())))
                .toList();
        widen(store, open(out.whole(), null), all, arrays, craft.within(WIDER * craft.halo()), engine);
        return out.with(MeshCraft.OPEN, null);
    }

    /** Asks for {@code open} until none is left; answers go to the {@code arrays} of all vertices. */
    private static void widen(
            MeshStore store,
            int[] open,
            List<ColumnType> all,
            List<Object> arrays,
            MeshCraft<Columns> first,
            Engine e) {
        int[] left = open;
        for (MeshCraft<Columns> craft = first; left.length > 0; craft = craft.within(WIDER * craft.halo())) {
            MeshStore few = e.mesh(some(store.whole(), left, craft), store.points(), FEW);
            Mesh answered = e.add(few, all, craft).whole();
            Parts.spread(answered.columns, all, left, arrays);
            left = open(answered, left);
        }
    }

    private static Mesh some(Mesh mesh, int[] ids, MeshCraft<?> craft) {
        float[] xyz = new float[3 * ids.length];
        for (int k = 0; k < ids.length; k++) {
            System.arraycopy(mesh.xyz, 3 * ids[k], xyz, 3 * k, 3);
        }
        Columns columns = mesh.columns.only(craft.needs()).pick(ids, ids.length);
        return new Mesh(mesh.originX, mesh.originY, mesh.originZ, xyz, columns, new int[0]);
    }

    /** The open vertices of {@code mesh}, by their entries in {@code ids} where that is given. */
    private static int[] open(Mesh mesh, int @Nullable [] ids) {
        byte[] open = Objects.requireNonNull(mesh.columns.bytes(MeshCraft.OPEN.name()));
        int[] out = new int[64];
        int n = 0;
        for (int v = 0; v < open.length; v++) {
            if (open[v] != 0) {
                if (n == out.length) {
                    out = Arrays.copyOf(out, 2 * n);
                }
                out[n++] = ids == null ? v : ids[v];
            }
        }
        return Arrays.copyOf(out, n);
    }
}
