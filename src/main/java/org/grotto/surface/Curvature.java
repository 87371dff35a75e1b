package org.grotto.surface;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.ColumnType.Kind;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.store.Engine;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshRegion;
import org.grotto.store.MeshStore;
import org.grotto.store.Store;

/**
 * Mean curvature of a mesh: half the divergence of its vertex normals along the surface, which are linear within each
 * triangle (the trace of the tensor in Rusinkiewicz, Estimating Curvatures and Their Derivatives on Triangle Meshes, 2004);
 * at a vertex the mean over the triangles around it, by area. Then {@value #SMOOTHING} times the mean with the vertices
 * around, against the noise of normals. Exact for spheres whose normals are exact; features finer than about three edges
 * are flattened.
 */
public final class Curvature {
    /** 1/m, positive where stone bulges into the open, negative in grooves; NaN where a vertex has no triangle. */
    public static final ColumnType CURVATURE = ColumnType.number("curvature", Kind.FLOAT32, "1/m", "curvature");

    private static final int SMOOTHING = 3;

    private Curvature() {}

    /**
     * The mesh with the column {@link #CURVATURE}.
     *
     * @param mesh with normals
     * @param points around it, whose lattice deals the vertices to regions
     */
    public static Mesh add(Mesh mesh, Store points, Engine engine) {
        MeshStore given = engine.mesh(mesh, points, MeshStore.TARGET);
        List<ColumnType> gives = List.of(CURVATURE);
        MeshStore store =
                engine.add(given, gives, MeshCraft.onRings(Set.of(Columns.NORMAL.name()), Curvature::ofNormals));
        for (int i = 0; i < SMOOTHING; i++) {
            store = engine.add(store, gives, MeshCraft.onRings(Set.of(CURVATURE.name()), Curvature::smoothed));
        }
        return store.whole();
    }

    private static Columns ofNormals(MeshRegion region, Work work) {
        Mesh m = region.mesh();
        float[] n = Objects.requireNonNull(m.normals());
        double[] sum = new double[region.core()];
        double[] weight = new double[region.core()];
        int[] t = m.triangles;
        double[] face = new double[2];
        for (int k = 0; k < t.length; k += 3) {
            spread(m.xyz, n, t[k], t[k + 1], t[k + 2], face);
            for (int c = 0; c < 3; c++) {
                if (t[k + c] < sum.length) {
                    sum[t[k + c]] += face[0] / 2;
                    weight[t[k + c]] += face[1];
                }
            }
        }
        return shares(sum, weight);
    }

    /**
     * Of the triangle abc: the integral over it of the normals' divergence, m, and its area, m²; into {@code out}. A
     * corner's share of the normal falls from it to the opposite edge e, along (N x e) / 2 area, N the triangle's normal.
     */
    private static void spread(float[] xyz, float[] n, int a, int b, int c, double[] out) {
        double ux = (double) xyz[3 * b] - xyz[3 * a];
        double uy = (double) xyz[3 * b + 1] - xyz[3 * a + 1];
        double uz = (double) xyz[3 * b + 2] - xyz[3 * a + 2];
        double vx = (double) xyz[3 * c] - xyz[3 * a];
        double vy = (double) xyz[3 * c + 1] - xyz[3 * a + 1];
        double vz = (double) xyz[3 * c + 2] - xyz[3 * a + 2];
        double x = uy * vz - uz * vy;
        double y = uz * vx - ux * vz;
        double z = ux * vy - uy * vx;
        double length = Math.sqrt(x * x + y * y + z * z);
        out[0] = 0;
        out[1] = length / 2;
        if (length > 0) {
            double sum = flux(n, a, x, y, z, vx - ux, vy - uy, vz - uz)
                    + flux(n, b, x, y, z, -vx, -vy, -vz)
                    + flux(n, c, x, y, z, ux, uy, uz);
            out[0] = sum / (2 * length);
        }
    }

    /** Normal v times (x, y, z) x (ex, ey, ez). */
    private static double flux(float[] n, int v, double x, double y, double z, double ex, double ey, double ez) {
        return n[3 * v] * (y * ez - z * ey) + n[3 * v + 1] * (z * ex - x * ez) + n[3 * v + 2] * (x * ey - y * ex);
    }

    private static Columns smoothed(MeshRegion region, Work work) {
        float[] given = Objects.requireNonNull(region.mesh().columns.floats(CURVATURE.name()));
        double[] sum = new double[region.core()];
        double[] weight = new double[region.core()];
        int[] t = region.mesh().triangles;
        for (int k = 0; k < t.length; k++) {
            int v = t[k];
            for (int c = 0; v < sum.length && c < 3; c++) {
                float value = given[t[k - k % 3 + c]];
                if (!Float.isNaN(value)) {
                    sum[v] += value;
                    weight[v]++;
                }
            }
        }
        return shares(sum, weight);
    }

    private static Columns shares(double[] sum, double[] weight) {
        float[] out = new float[sum.length];
        for (int v = 0; v < out.length; v++) {
            out[v] = weight[v] > 0 ? (float) (sum[v] / weight[v]) : Float.NaN;
        }
        return Columns.NONE.with(CURVATURE, out);
    }
}
