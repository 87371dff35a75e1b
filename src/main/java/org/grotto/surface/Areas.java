package org.grotto.surface;

import java.util.List;
import java.util.Set;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.store.Engine;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshRegion;
import org.grotto.store.MeshStore;

/**
 * Area of a mesh, square metres, summed region by region.
 *
 * @param measured the part of {@code all} that evidence bears out
 */
record Areas(double all, double measured) {
    static Areas of(MeshStore store, Engine engine) {
        return sum(engine.map(store, MeshCraft.onRings(Set.of(Columns.EVIDENCE.name()), (region, work) -> of(region))));
    }

    static Areas sum(List<Areas> parts) {
        double all = 0;
        double measured = 0;
        for (Areas part : parts) {
            all += part.all;
            measured += part.measured;
        }
        return new Areas(all, measured);
    }

    /** Of the triangles that a region owns. */
    static Areas of(MeshRegion region) {
        Mesh m = region.mesh();
        double all = 0;
        double measured = 0;
        for (int k = 0; k < m.triangles.length; k += 3) {
            if (region.owns(k)) {
                double a = m.area(k / 3);
                all += a;
                measured += a * evidence(m, k);
            }
        }
        return new Areas(all, measured);
    }

    /** The mean evidence of a triangle's corners, 0 to 1; 0 where the mesh has none. */
    static double evidence(Mesh m, int k) {
        byte[] evidence = m.evidence();
        if (evidence == null) {
            return 0;
        }
        int e = 0;
        for (int c = 0; c < 3; c++) {
            e += evidence[m.triangles[k + c]] & 255;
        }
        return e / 765.0;
    }
}
