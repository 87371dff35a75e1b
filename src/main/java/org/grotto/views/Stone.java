package org.grotto.views;

import java.util.Arrays;
import org.grotto.base.Work;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.image.Camera;
import org.grotto.image.Glimpse;
import org.grotto.image.Raster;
import org.jspecify.annotations.Nullable;

/**
 * What views are judged on: a coarse mesh of all the surface, and what of it is worth looking at.
 *
 * <p>About the eye, in rooms and on sites, that is figures ({@link Figures}). Of what is looked at from around a triangle's
 * interest grows with how strongly the surface bends there, beside the size of the whole: the angles
 * between neighbours along their edges, by area, are its mean curvature k; {@code k s / (1 + k s)} with s a fiftieth of
 * the diagonal. What bends no more than half of the area does counts nothing, so that neither noise nor rough rock is a
 * figure; stone scanned twice as finely as half of the area is worth more, since surveyors look closely at what matters.
 */
final class Stone {
    private static final double SCALE = 0.02;
    /** By so much what is worth looking at gains where it was scanned closely; a bare wall beside a scanner does not. */
    private static final float CLOSELY = 1.5f;

    final Mesh mesh;
    final Work work;
    final double diagonal;
    /** Of each triangle, 0 to 1. */
    final float[] interest;
    /** By area, of all. */
    final double meanInterest;
    /** Of all triangles, square metres. */
    final double area;
    /** Whether each triangle was measured, at least in part. */
    final boolean[] measured;
    /** Red, green and blue of each triangle, 0 to 1 (sRGB); null where it has no colours. */
    final float @Nullable [] colour;

    /** @param around whether it is looked at from around; else it is what is about the eye: figures count, not what bends */
    Stone(Mesh mesh, boolean around, boolean room, Work work) {
        this.mesh = mesh;
        this.work = work;
        diagonal = mesh.vertexCount() == 0 ? 0 : mesh.bounds().diagonal();
        int n = mesh.triangleCount();
        measured = new boolean[n];
        colour = colours(mesh);
        byte[] evidence = mesh.evidence();
        double[] each = new double[n];
        double[] normal = new double[3 * n];
        for (int t = 0; t < n; t++) {
            double[] c = mesh.cross(t);
            double l = Math.sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]);
            each[t] = l / 2;
            for (int k = 0; l > 0 && k < 3; k++) {
                normal[3 * t + k] = c[k] / l;
            }
            measured[t] = evidence == null;
            for (int k = 0; evidence != null && k < 3; k++) {
                measured[t] |= evidence[mesh.triangles[3 * t + k]] != Mesh.INFERRED;
            }
        }
        float[] bends = bends(each, normal);
        interest = around ? bends : Figures.of(mesh, bends, room);
        closely(each);
        double sum = 0;
        double all = 0;
        for (int t = 0; t < n; t++) {
            sum += each[t] * interest[t];
            all += each[t];
        }
        area = all;
        meanInterest = all > 0 ? sum / all : 0;
    }

    /** Some of the triangles of another, worth what they are worth there. */
    private Stone(Stone all, int[] some, Mesh mesh) {
        this.mesh = mesh;
        work = all.work;
        diagonal = all.diagonal;
        meanInterest = all.meanInterest;
        area = all.area;
        interest = new float[some.length];
        measured = new boolean[some.length];
        colour = null;
        for (int i = 0; i < some.length; i++) {
            interest[i] = all.interest[some[i]];
            measured[i] = all.measured[some[i]];
        }
    }

    private static float @Nullable [] colours(Mesh mesh) {
        byte[] rgb = mesh.rgb();
        if (rgb == null) {
            return null;
        }
        float[] out = new float[3 * mesh.triangleCount()];
        for (int i = 0; i < 3 * out.length; i++) {
            int t = i / 9;
            int k = i % 3;
            out[3 * t + k] += (rgb[3 * mesh.triangles[3 * t + i / 3 % 3] + k] & 255) / (3 * 255f);
        }
        return out;
    }

    /** Only the triangles whose vertices are all kept. */
    Stone only(boolean[] keep) {
        int[] some = some(mesh, keep);
        return new Stone(this, some, part(mesh, some));
    }

    static int[] some(Mesh mesh, boolean[] keep) {
        int n = mesh.triangleCount();
        int[] some = new int[n];
        int m = 0;
        for (int t = 0; t < n; t++) {
            if (keep[mesh.triangles[3 * t]] && keep[mesh.triangles[3 * t + 1]] && keep[mesh.triangles[3 * t + 2]]) {
                some[m++] = t;
            }
        }
        return Arrays.copyOf(some, m);
    }

    static Mesh part(Mesh mesh, int[] some) {
        int[] triangles = new int[3 * some.length];
        for (int i = 0; i < some.length; i++) {
            System.arraycopy(mesh.triangles, 3 * some[i], triangles, 3 * i, 3);
        }
        return new Mesh(mesh.originX, mesh.originY, mesh.originZ, mesh.xyz, mesh.columns, triangles);
    }

    /** What can be seen, four samples a pixel; {@code backs} whether triangles that turn their back hide what is behind. */
    Glimpse look(Camera camera, int width, int height, boolean backs) {
        return Raster.look(mesh, camera, width, height, backs, work);
    }

    private float[] bends(double[] area, double[] normal) {
        int n = area.length;
        int[] t = mesh.triangles;
        long[] edges = new long[3 * n];
        for (int h = 0; h < 3 * n; h++) {
            long a = t[h];
            long b = t[h % 3 == 2 ? h - 2 : h + 1];
            // vertices and the half edge do not fit into one long: sorted by the smaller vertex, then searched
            edges[h] = Math.min(a, b) << 32 | h;
        }
        Arrays.sort(edges);
        double[] bend = new double[n];
        int from = 0;
        while (from < edges.length) {
            int to = from + 1;
            while (to < edges.length && edges[to] >>> 32 == edges[from] >>> 32) {
                to++;
            }
            for (int i = from; i < to; i++) {
                for (int j = i + 1; j < to; j++) {
                    pair((int) edges[i], (int) edges[j], normal, bend);
                }
            }
            from = to;
        }
        float[] out = new float[n];
        for (int i = 0; i < n; i++) {
            double k = area[i] > 0 ? SCALE * diagonal * bend[i] / (4 * area[i]) : 0;
            out[i] = (float) (k / (1 + k));
        }
        float half = half(out, area);
        for (int i = 0; i < n; i++) {
            out[i] = half < 1 ? Math.max(0, (out[i] - half) / (1 - half)) : 0;
        }
        return out;
    }

    /** Two half edges at one vertex: where they are one edge, both triangles bend by the angle times its length. */
    private void pair(int g, int h, double[] normal, double[] bend) {
        int[] t = mesh.triangles;
        int ga = t[g];
        int gb = t[g % 3 == 2 ? g - 2 : g + 1];
        int ha = t[h];
        int hb = t[h % 3 == 2 ? h - 2 : h + 1];
        if (Math.max(ga, gb) != Math.max(ha, hb) || g / 3 == h / 3) {
            return;
        }
        int p = 3 * (g / 3);
        int q = 3 * (h / 3);
        double dot = normal[p] * normal[q] + normal[p + 1] * normal[q + 1] + normal[p + 2] * normal[q + 2];
        double angle = StrictMath.acos(Math.max(-1, Math.min(1, dot)));
        double dx = (double) mesh.xyz[3 * ga] - mesh.xyz[3 * gb];
        double dy = (double) mesh.xyz[3 * ga + 1] - mesh.xyz[3 * gb + 1];
        double dz = (double) mesh.xyz[3 * ga + 2] - mesh.xyz[3 * gb + 2];
        double l = Math.sqrt(dx * dx + dy * dy + dz * dz);
        bend[g / 3] += angle * l;
        bend[h / 3] += angle * l;
    }

    /** The value that half of the area does not exceed. */
    private static float half(float[] value, double[] area) {
        long[] order = new long[value.length];
        double all = 0;
        for (int i = 0; i < order.length; i++) {
            order[i] = (long) Float.floatToIntBits(value[i]) << 32 | i; // no value is negative
            all += area[i];
        }
        Arrays.sort(order);
        double sum = 0;
        for (long o : order) {
            sum += area[(int) o];
            if (2 * sum >= all) {
                return value[(int) o];
            }
        }
        return 0;
    }

    private void closely(double[] area) {
        int spacing = mesh.columns.indexOf(Columns.SPACING.name());
        if (spacing < 0) {
            return;
        }
        float[] each = new float[area.length];
        for (int t = 0; t < each.length; t++) {
            float least = Float.POSITIVE_INFINITY;
            for (int k = 0; k < 3; k++) {
                float s = (float) mesh.columns.value(spacing, mesh.triangles[3 * t + k], 0);
                least = s > 0 && s < least ? s : least;
            }
            each[t] = least;
        }
        float half = half(each, area);
        for (int t = 0; t < each.length; t++) {
            if (2 * each[t] <= half) {
                interest[t] = Math.min(1, CLOSELY * interest[t]);
            }
        }
    }
}
