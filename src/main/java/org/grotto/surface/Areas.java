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
                double a = triangle(m, k);
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

    static double triangle(Mesh m, int k) {
        float[] p = m.xyz;
        int a = 3 * m.triangles[k];
        int b = 3 * m.triangles[k + 1];
        int c = 3 * m.triangles[k + 2];
        double ux = (double) p[b] - p[a];
        double uy = (double) p[b + 1] - p[a + 1];
        double uz = (double) p[b + 2] - p[a + 2];
        double vx = (double) p[c] - p[a];
        double vy = (double) p[c + 1] - p[a + 1];
        double vz = (double) p[c + 2] - p[a + 2];
        double x = uy * vz - uz * vy;
        double y = uz * vx - ux * vz;
        double z = ux * vy - uy * vx;
        return Math.sqrt(x * x + y * y + z * z) / 2;
    }
}
