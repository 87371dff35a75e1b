package org.grotto.surface;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshRegion;
import org.grotto.store.MeshStore;
import org.grotto.store.Store;

/**
 * Normals to shade with: those of a mesh's triangles, averaged as far as the noise of the scan makes them waver and no
 * further. No vertex moves.
 *
 * <p>A plane through the points within r of a place, s apart and with noise n, is known to a slope of 2 n s / (sqrt(pi)
 * r^2). At r = the length of an edge that is how much normals waver: neighbours that differ by much more are relief, or the
 * other side of an edge, and take no part (bilateral filtering of normals, Zheng et al. 2011, with the scale from the
 * noise). And it says how wide to average, so that the rest is below {@link #SEEN}: each pass over the vertices around
 * widens the average by 0.86 edges squared an axis.
 */
public final class Shading {
    /** Slopes below this are not seen as grain, radians. */
    private static final double SEEN = 0.03;
    /** Neighbours that differ by this many of the usual wavers count e^-1/2. */
    private static final double TRUSTED = 2;
    /** Where noise is said to be large, normals are still no further off than this, radians. */
    private static final double MOST = 0.5;

    private static final int PASSES = 8;
    /** By which a pass widens the square of the radius over which is averaged, in edges squared. */
    private static final double WIDENS = 1.7;

    /** How much normals waver at a vertex, radians; 0 where nobody knows. */
    private static final ColumnType WAVER = ColumnType.number("shading-waver", ColumnType.Kind.FLOAT32, "rad", "shade");
    /** How many passes a vertex takes part in, the last one in part. */
    private static final ColumnType TIMES = ColumnType.number("shading-times", ColumnType.Kind.FLOAT32, "1", "shade");

    private Shading() {}

    /**
     * The mesh with other normals.
     *
     * @param mesh with normals and {@link VertexSamples}; without them, or where no station's noise is known, it is given
     *     back
     * @param points whose lattice deals the vertices to regions
     */
    public static Mesh apply(Mesh mesh, Noise noise, Store points, ShadeOptions options, Engine engine) {
        if (options.keepGrain()
                || mesh.normals() == null
                || mesh.columns.array(VertexSamples.STATION.name()) == null
                || mesh.columns.array(VertexSamples.SPACING.name()) == null) {
            return mesh;
        }
        Engine.AddedToMesh<Float> wavering = engine.both(
                engine.mesh(mesh, points, MeshStore.TARGET),
                List.of(WAVER, TIMES),
                MeshCraft.onRings(
                        Set.of(VertexSamples.STATION.name(), VertexSamples.SPACING.name()),
                        (r, w) -> wavers(r, noise)));
        MeshStore store = wavering.store();
        float passes = 0;
        for (float times : wavering.rest()) {
            passes = Math.max(passes, times);
        }
        Set<String> needs = Set.of(Columns.NORMAL.name(), WAVER.name(), TIMES.name());
        for (int pass = 0; pass < passes; pass++) {
            double done = pass;
            store = engine.add(
                    store, List.of(Columns.NORMAL), MeshCraft.onRings(needs, (r, w) -> averaged(r, done, w)));
        }
        return store.whole().with(WAVER, null).with(TIMES, null);
    }

    /** {@link #WAVER} and {@link #TIMES}, and the greatest of these. */
    private static Craft.Both<Float> wavers(MeshRegion region, Noise noise) {
        Mesh m = region.mesh();
        int n = region.core();
        char[] station = Objects.requireNonNull(m.columns.chars(VertexSamples.STATION.name()));
        char[] spacing = Objects.requireNonNull(m.columns.chars(VertexSamples.SPACING.name()));
        double[] square = new double[n];
        int[] edges = new int[n];
        int[] t = m.triangles;
        for (int k = 0; k < t.length; k++) {
            int v = t[k];
            int next = t[k % 3 == 2 ? k - 2 : k + 1];
            if (v < n) {
                square[v] += squared(m.xyz, v, next);
                edges[v]++;
            }
        }
        float[] waver = new float[n];
        float[] times = new float[n];
        float passes = 0;
        for (int v = 0; v < n; v++) {
            double metres = noise.likely(station[v]);
            double edge = edges[v] == 0 ? 0 : square[v] / edges[v];
            if (metres > 0 && edge > 0 && spacing[v] != VertexSamples.SPACING.none()) {
                double slope = 2 * metres * spacing[v] * VertexSamples.FINE / (Math.sqrt(Math.PI) * edge);
                waver[v] = (float) Math.min(MOST, slope);
                times[v] = (float) Math.min(PASSES, slope / (SEEN * WIDENS));
                passes = Math.max(passes, times[v]);
            }
        }
        return new Craft.Both<>(Columns.NONE.with(WAVER, waver).with(TIMES, times), passes);
    }

    private static double squared(float[] xyz, int a, int b) {
        double x = (double) xyz[3 * a] - xyz[3 * b];
        double y = (double) xyz[3 * a + 1] - xyz[3 * b + 1];
        double z = (double) xyz[3 * a + 2] - xyz[3 * b + 2];
        return x * x + y * y + z * z;
    }

    /** Each normal with those around it that differ by no more than noise may make them. */
    private static Columns averaged(MeshRegion region, double done, Work work) {
        Mesh m = region.mesh();
        int n = region.core();
        float[] normal = Objects.requireNonNull(m.normals());
        float[] waver = Objects.requireNonNull(m.columns.floats(WAVER.name()));
        float[] times = Objects.requireNonNull(m.columns.floats(TIMES.name()));
        float[] sum = new float[3 * n];
        float[] trust = new float[n];
        for (int v = 0; v < n; v++) {
            double w = TRUSTED * waver[v];
            trust[v] = times[v] > done ? (float) (0.5 / (w * w)) : -1;
        }
        int[] t = m.triangles;
        for (int k = 0; k < t.length; k++) {
            int v = t[k];
            if (v < n && trust[v] > 0) {
                int at = k % 3;
                add(normal, v, t[at == 2 ? k - 2 : k + 1], trust[v], sum);
                add(normal, v, t[at == 0 ? k + 2 : k - 1], trust[v], sum);
            }
        }
        float[] out = Arrays.copyOf(normal, 3 * n);
        for (int v = 0; v < n; v++) {
            if (trust[v] > 0) {
                // two thirds of a triangle's corners are others, each met twice
                double share = 0.5 * Math.min(1, times[v] - done);
                double x = normal[3 * v] + share * sum[3 * v];
                double y = normal[3 * v + 1] + share * sum[3 * v + 1];
                double z = normal[3 * v + 2] + share * sum[3 * v + 2];
                double l = Math.sqrt(x * x + y * y + z * z);
                if (l > 0) {
                    out[3 * v] = (float) (x / l);
                    out[3 * v + 1] = (float) (y / l);
                    out[3 * v + 2] = (float) (z / l);
                }
            }
        }
        return Columns.NONE.with(Columns.NORMAL, out);
    }

    private static void add(float[] normal, int v, int other, float trust, float[] sum) {
        float x = normal[3 * other] - normal[3 * v];
        float y = normal[3 * other + 1] - normal[3 * v + 1];
        float z = normal[3 * other + 2] - normal[3 * v + 2];
        float far = trust * (x * x + y * y + z * z);
        if (far < 8) {
            float w = (float) StrictMath.exp(-far);
            sum[3 * v] += w * normal[3 * other];
            sum[3 * v + 1] += w * normal[3 * other + 1];
            sum[3 * v + 2] += w * normal[3 * other + 2];
        }
    }
}
