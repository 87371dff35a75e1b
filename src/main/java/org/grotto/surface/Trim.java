package org.grotto.surface;

import java.util.List;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.UnionFind;
import org.grotto.geometry.VertexNormals;
import org.jspecify.annotations.Nullable;

/**
 * Cuts away reconstructed surface that the scan gives no evidence of, and says of what stays how well it is measured.
 *
 * <p>Evidence is the distance to the nearest point of the same side in units of the local spacing, and lines of sight: a
 * vertex that no points lie near and that rays went past on all sides is false. The cut runs along a smoothed line;
 * pieces cut out that are only a few spacings wide are put back as inferred surface; separate pieces that hardly any
 * points lie on are dropped.
 */
public final class Trim {
    private static final int SMOOTHING = 2;

    private final Mesh mesh;
    private final TrimOptions options;
    private final Work work;

    private Trim(Mesh mesh, TrimOptions options, Work work) {
        this.mesh = mesh;
        this.options = options;
        this.work = work;
    }

    /**
     * What trimming gives.
     *
     * @param mesh with evidence, with vertex normals, without colour
     * @param areaGiven of the closed surface, square metres
     * @param areaKept of what is left
     * @param areaMeasured of that, the part with points on it
     * @param islands separate pieces dropped
     * @param filled pieces put back as inferred surface
     * @param crossed vertices that lay in space that rays crossed
     */
    public record Result(
            Mesh mesh, double areaGiven, double areaKept, double areaMeasured, int islands, int filled, int crossed) {}

    /**
     * Trims.
     *
     * @param closed triangles counter-clockwise seen from the open side
     * @param cloud with normals
     * @param spacing of each point, metres, or null to measure it here
     * @param eyes where each station stood, null where unknown
     */
    public static Result apply(
            Mesh closed,
            Cloud cloud,
            float @Nullable [] spacing,
            List<double @Nullable []> eyes,
            TrimOptions options,
            Work work) {
        return apply(closed, cloud, KdTree.of(cloud, work), spacing, eyes, options, work);
    }

    /** As {@link #apply(Mesh, Cloud, float[], List, TrimOptions, Work)} with a tree over all points of {@code cloud}. */
    public static Result apply(
            Mesh closed,
            Cloud cloud,
            KdTree tree,
            float @Nullable [] spacing,
            List<double @Nullable []> eyes,
            TrimOptions options,
            Work work) {
        try (Progress.Step step = work.progress().begin("trimming", closed.triangleCount(), "triangles")) {
            Result r = new Trim(closed, options, work).run(cloud, tree, spacing, eyes);
            step.advance(closed.triangleCount());
            return r;
        }
    }

    private Result run(Cloud cloud, KdTree tree, float @Nullable [] given, List<double @Nullable []> eyes) {
        float[] spacing = given != null ? atLeastStep(given, cloud) : Evidence.pointSpacing(cloud, tree, work);
        double whole = area(mesh)[0];
        Cut cut = cut(cloud, tree, spacing, eyes);
        int[] islands = new int[1];
        Mesh kept = options.watertight() ? cut.mesh : dropIslands(cut.mesh, tree, spacing, islands);
        Mesh m = new Mesh(
                kept.originX,
                kept.originY,
                kept.originZ,
                kept.xyz,
                kept.normals() != null ? kept.normals() : VertexNormals.of(kept, work),
                null,
                kept.evidence(),
                kept.triangles);
        double[] area = area(m);
        return new Result(m, whole, area[0], area[1], islands[0], cut.filled, cut.crossed);
    }

    /** What is left between the cut lines (all of it where the mesh is to stay closed), with evidence alone. */
    private record Cut(Mesh mesh, int filled, int crossed) {}

    private Cut cut(Cloud cloud, KdTree tree, float[] spacing, List<double @Nullable []> eyes) {
        int n = mesh.vertexCount();
        float typical = (float) Evidence.typicalSpacing(spacing);
        float cap = (float) (options.sparse() * typical);
        float[] normals = VertexNormals.of(mesh, work);
        Evidence evidence =
                Evidence.of(mesh, normals, cloud, tree, spacing, eyes, options.distance(), typical, cap, work);
        byte[] value = new byte[n];
        int crossed = 0;
        for (int v = 0; v < n; v++) {
            value[v] = evidence.value(v, options.distance());
            crossed += evidence.crossed()[v] ? 1 : 0;
        }
        if (options.watertight()) {
            Mesh all =
                    new Mesh(mesh.originX, mesh.originY, mesh.originZ, mesh.xyz, normals, null, value, mesh.triangles);
            return new Cut(all, 0, crossed);
        }
        float[] height = smooth(evidence);
        int filled = fill(height, evidence);
        return new Cut(TrimCut.below(mesh, height, options.distance(), value), filled, crossed);
    }

    private static float[] atLeastStep(float[] spacing, Cloud cloud) {
        float step = (float) cloud.lattice.step();
        float[] s = spacing.clone();
        for (int i = 0; i < s.length; i++) {
            s[i] = Math.max(s[i], step);
        }
        return s;
    }

    /** Distances with what rays crossed set beyond the limit, averaged with their neighbours. */
    private float[] smooth(Evidence e) {
        int n = mesh.vertexCount();
        float[] h = new float[n];
        float most = (float) (2 * options.distance());
        for (int v = 0; v < n; v++) {
            h[v] = Math.min(e.crossed()[v] ? most : e.distance()[v], most);
        }
        int[] t = mesh.triangles;
        for (int round = 0; round < SMOOTHING; round++) {
            float[] sum = new float[n];
            byte[] count = new byte[n];
            for (int k = 0; k < t.length; k += 3) {
                for (int c = 0; c < 3; c++) {
                    int a = t[k + c];
                    if (count[a] < 120) {
                        sum[a] += h[t[k + (c + 1) % 3]];
                        count[a]++;
                    }
                }
            }
            for (int v = 0; v < n; v++) {
                if (count[v] > 0) {
                    h[v] = 0.5f * h[v] + 0.5f * sum[v] / count[v];
                }
            }
        }
        return h;
    }

    /** Lowers the value over narrow pieces beyond the limit that have surface all around and no ray through them. */
    private int fill(float[] height, Evidence e) {
        int n = mesh.vertexCount();
        int[] t = mesh.triangles;
        float limit = (float) options.distance();
        UnionFind parts = new UnionFind(n);
        for (int k = 0; k < t.length; k += 3) {
            for (int c = 0; c < 3; c++) {
                int a = t[k + c];
                int b = t[k + (c + 1) % 3];
                if (a < b && height[a] > limit && height[b] > limit) {
                    parts.join(a, b);
                }
            }
        }
        double[] area = new double[n]; // in squared spacings
        boolean[] bordered = new boolean[n];
        boolean[] bad = new boolean[n];
        for (int k = 0; k < t.length; k += 3) {
            int beyond = 0;
            double a = -1;
            for (int c = 0; c < 3; c++) {
                beyond += height[t[k + c]] > limit ? 1 : 0;
            }
            if (beyond == 0) {
                continue;
            }
            for (int c = 0; c < 3; c++) {
                int v = t[k + c];
                if (height[v] > limit) {
                    a = a < 0 ? triangleArea(mesh, k) / 3 : a;
                    int r = parts.root(v);
                    double s = Math.max(e.spacing()[v], 1e-9);
                    area[r] += a / (s * s);
                    bordered[r] |= beyond < 3;
                    bad[r] |= e.crossed()[v];
                }
            }
        }
        double most = Math.PI / 4 * options.fill() * options.fill();
        int filled = 0;
        boolean[] back = new boolean[n];
        for (int v = 0; v < n; v++) {
            if (height[v] > limit && parts.root(v) == v && bordered[v] && !bad[v] && area[v] <= most) {
                back[v] = true;
                filled++;
            }
        }
        for (int v = 0; v < n; v++) {
            if (height[v] > limit && back[parts.root(v)]) {
                height[v] = limit;
            }
        }
        return filled;
    }

    private static double triangleArea(Mesh m, int k) {
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

    /** All area, and the part of it that is measured. */
    private static double[] area(Mesh m) {
        double all = 0;
        double measured = 0;
        for (int k = 0; k < m.triangles.length; k += 3) {
            double a = triangleArea(m, k);
            all += a;
            if (m.evidence() != null) {
                int e = 0;
                for (int c = 0; c < 3; c++) {
                    e += m.evidence()[m.triangles[k + c]] & 255;
                }
                measured += a * e / 765;
            }
        }
        return new double[] {all, measured};
    }

    /** Drops separate pieces that bear fewer points than asked, judged by measured area over squared spacing. */
    private Mesh dropIslands(Mesh m, KdTree tree, float[] spacing, int[] dropped) {
        int n = m.vertexCount();
        int[] t = m.triangles;
        byte[] evidence = java.util.Objects.requireNonNull(m.evidence());
        UnionFind parts = new UnionFind(n);
        for (int k = 0; k < t.length; k += 3) {
            parts.join(t[k], t[k + 1]);
            parts.join(t[k], t[k + 2]);
        }
        // big pieces need no counting: a triangle is hardly larger than the square of the spacing
        double[] points = new double[n];
        KdTree.Query q = tree.query();
        for (int k = 0; k < t.length; k += 3) {
            int r = parts.root(t[k]);
            if (points[r] >= options.island()) {
                continue;
            }
            int e = (evidence[t[k]] & 255) + (evidence[t[k + 1]] & 255) + (evidence[t[k + 2]] & 255);
            if (e > 0) {
                int v = 3 * t[k];
                q.nearest(m.originX + m.xyz[v], m.originY + m.xyz[v + 1], m.originZ + m.xyz[v + 2], 1);
                double s = spacing[q.index[0]];
                points[r] += triangleArea(m, k) / (s * s) * e / 765;
            }
        }
        boolean[] dropping = new boolean[n];
        int kept = 0;
        int[] place = new int[n];
        java.util.Arrays.fill(place, -1);
        for (int k = 0; k < t.length; k += 3) {
            int r = parts.root(t[k]);
            if (points[r] >= options.island()) {
                kept += 3;
                for (int c = 0; c < 3; c++) {
                    place[t[k + c]] = 0;
                }
            } else if (!dropping[r]) {
                dropping[r] = true;
                dropped[0]++;
            }
        }
        if (kept == t.length) {
            return m;
        }
        int vertices = 0;
        for (int v = 0; v < n; v++) {
            if (place[v] == 0) {
                place[v] = vertices++;
            }
        }
        float[] xyz = new float[3 * vertices];
        byte[] ev = new byte[vertices];
        for (int v = 0; v < n; v++) {
            if (place[v] >= 0) {
                System.arraycopy(m.xyz, 3 * v, xyz, 3 * place[v], 3);
                ev[place[v]] = evidence[v];
            }
        }
        int[] tri = new int[kept];
        int at = 0;
        for (int i = 0; i < t.length; i++) {
            if (place[t[i]] >= 0) { // a piece goes with all its corners
                tri[at++] = place[t[i]];
            }
        }
        return new Mesh(m.originX, m.originY, m.originZ, xyz, null, null, ev, tri);
    }
}
