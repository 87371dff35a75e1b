package org.grotto.lod.atlas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tile's triangles laid flat: grown from triangle to triangle while normals agree, each patch seen along its mean
 * normal. Where two triangles of a patch would fall on one place, the later begins another patch.
 */
final class PlanePatches {
    /** Cosine up to which a triangle joins a patch. */
    private static final double JOINS = 0.64;
    /** Cosine from which on one is too oblique to its patch's plane. */
    private static final double OBLIQUE = 0.4;

    private static final int TURNS = 12;

    private final float[] xyz;
    private final int[] triangles;
    private final double pitch;
    private final double[] normal;
    /** By side of a triangle: the triangle beyond, or -1. */
    private final int[] beyond;
    /** By triangle: 0 free, else the last round that looked at it; -1 placed. */
    private final int[] seen;

    private final List<Patch> out = new ArrayList<>();

    private PlanePatches(float[] xyz, int[] triangles, double pitch) {
        this.xyz = xyz;
        this.triangles = triangles;
        this.pitch = pitch;
        this.normal = new double[triangles.length];
        this.beyond = new int[triangles.length];
        this.seen = new int[triangles.length / 3];
    }

    /**
     * @param xyz by vertex, metres
     * @param pitch metres a pixel
     */
    static List<Patch> of(float[] xyz, int[] triangles, double pitch) {
        PlanePatches p = new PlanePatches(xyz, triangles, pitch);
        p.normals();
        p.neighbours();
        int round = 0;
        for (int t = 0; t < p.seen.length; t++) {
            while (p.seen[t] >= 0) {
                p.grow(t, ++round);
            }
        }
        return p.out;
    }

    private void normals() {
        for (int t = 0; t < seen.length; t++) {
            int a = 3 * triangles[3 * t];
            int b = 3 * triangles[3 * t + 1];
            int c = 3 * triangles[3 * t + 2];
            double ux = (double) xyz[b] - xyz[a];
            double uy = (double) xyz[b + 1] - xyz[a + 1];
            double uz = (double) xyz[b + 2] - xyz[a + 2];
            double vx = (double) xyz[c] - xyz[a];
            double vy = (double) xyz[c + 1] - xyz[a + 1];
            double vz = (double) xyz[c + 2] - xyz[a + 2];
            normal[3 * t] = uy * vz - uz * vy;
            normal[3 * t + 1] = uz * vx - ux * vz;
            normal[3 * t + 2] = ux * vy - uy * vx;
        }
    }

    private void neighbours() {
        Arrays.fill(beyond, -1);
        int size = Integer.highestOneBit(Math.max(16, triangles.length)) << 2;
        int[] table = new int[size];
        for (int s = 0; s < triangles.length; s++) {
            int a = triangles[s];
            int b = triangles[next(s)];
            long key = (long) Math.min(a, b) << 32 | Math.max(a, b);
            long h = key * 0x9E3779B97F4A7C15L;
            int slot = (int) (h >>> 40) & size - 1;
            while (table[slot] != 0 && !same(table[slot] - 1, a, b)) {
                slot = slot + 1 & size - 1;
            }
            int other = table[slot] - 1;
            if (other < 0) {
                table[slot] = s + 1;
            } else if (beyond[other] < 0) { // a third triangle at an edge has no neighbour
                beyond[other] = s / 3;
                beyond[s] = other / 3;
            }
        }
    }

    private static int next(int side) {
        return side % 3 == 2 ? side - 2 : side + 1;
    }

    private boolean same(int side, int a, int b) {
        int p = triangles[side];
        int q = triangles[next(side)];
        return p == a && q == b || p == b && q == a;
    }

    private double length(int t) {
        return Math.sqrt(normal[3 * t] * normal[3 * t]
                + normal[3 * t + 1] * normal[3 * t + 1]
                + normal[3 * t + 2] * normal[3 * t + 2]);
    }

    /** The cosine between a triangle's normal and {@code n}; 1 for one without area. */
    private double cosine(int t, double[] n) {
        double l = length(t) * Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        return l > 0 ? (normal[3 * t] * n[0] + normal[3 * t + 1] * n[1] + normal[3 * t + 2] * n[2]) / l : 1;
    }

    private void grow(int seed, int round) {
        int[] member = new int[64];
        int count = 0;
        double[] mean = {normal[3 * seed], normal[3 * seed + 1], normal[3 * seed + 2]};
        double[] first = mean.clone();
        member[count++] = seed;
        seen[seed] = round;
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < 3; k++) {
                int t = beyond[3 * member[i] + k];
                if (t < 0 || seen[t] < 0 || seen[t] == round || cosine(t, mean) < JOINS || cosine(t, first) < OBLIQUE) {
                    continue;
                }
                seen[t] = round;
                if (count == member.length) {
                    member = Arrays.copyOf(member, 2 * count);
                }
                member[count++] = t;
                for (int a = 0; a < 3; a++) {
                    mean[a] += normal[3 * t + a];
                }
            }
        }
        lay(Arrays.copyOf(member, count), cosine(seed, mean) < OBLIQUE ? first : mean);
    }

    /** Lays the members flat, in their order; what is oblique or falls on others stays free. */
    private void lay(int[] member, double[] n) {
        double[][] axes = axes(member, n);
        int count = 0;
        double[] at = new double[6 * member.length];
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int t : member) {
            if (count > 0 && cosine(t, n) < OBLIQUE) {
                continue;
            }
            for (int k = 0; k < 3; k++) {
                int v = 3 * triangles[3 * t + k];
                for (int a = 0; a < 2; a++) {
                    double p = (xyz[v] * axes[a][0] + xyz[v + 1] * axes[a][1] + xyz[v + 2] * axes[a][2]) / pitch;
                    at[6 * count + 2 * k + a] = p;
                    low[a] = Math.min(low[a], p);
                    high[a] = Math.max(high[a], p);
                }
            }
            member[count++] = t;
        }
        int w = (int) Math.min(1 << 15, high[0] - low[0] + 4);
        int h = (int) Math.min(1 << 15, high[1] - low[1] + 4);
        long[] taken = new long[(int) (((long) w * h + 63) / 64)];
        Flat f = new Flat();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            f.set(at, 6 * i, 1 - low[0], 1 - low[1]);
            if (i > 0 && !free(f, taken, w, h)) {
                continue;
            }
            take(f, taken, w, h);
            member[kept] = member[i];
            System.arraycopy(at, 6 * i, at, 6 * kept, 6);
            seen[member[kept++]] = -1;
        }
        SourcePatches.split(Arrays.copyOf(member, kept), Arrays.copyOf(at, 6 * kept), -1, out);
    }

    private static boolean free(Flat f, long[] taken, int w, int h) {
        for (int y = Math.max(0, f.top()); y <= Math.min(h - 1, f.bottom()); y++) {
            for (int x = Math.max(0, f.left()); x <= Math.min(w - 1, f.right()); x++) {
                long i = (long) y * w + x;
                if ((taken[(int) (i >>> 6)] >>> (i & 63) & 1) != 0 && f.outside(x, y) < -1e-3) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void take(Flat f, long[] taken, int w, int h) {
        for (int y = Math.max(0, f.top()); y <= Math.min(h - 1, f.bottom()); y++) {
            for (int x = Math.max(0, f.left()); x <= Math.min(w - 1, f.right()); x++) {
                if (f.outside(x, y) < -1e-3) {
                    long i = (long) y * w + x;
                    taken[(int) (i >>> 6)] |= 1L << (i & 63);
                }
            }
        }
    }

    /** Two axes across {@code n}, turned so that the members' rectangle is small. */
    private double[][] axes(int[] member, double[] n) {
        double l = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        double[] z = l > 0 ? new double[] {n[0] / l, n[1] / l, n[2] / l} : new double[] {0, 0, 1};
        double[] other = Math.abs(z[2]) < 0.9 ? new double[] {0, 0, 1} : new double[] {1, 0, 0};
        double[] u = unit(cross(other, z));
        double[] v = cross(z, u);
        double best = Double.POSITIVE_INFINITY;
        double[][] out = {u, v};
        for (int i = 0; i < TURNS; i++) {
            double c = Math.cos(i * Math.PI / 2 / TURNS);
            double s = Math.sin(i * Math.PI / 2 / TURNS);
            double[] p = new double[3];
            double[] q = new double[3];
            for (int a = 0; a < 3; a++) {
                p[a] = c * u[a] + s * v[a];
                q[a] = c * v[a] - s * u[a];
            }
            double area = width(member, p) * width(member, q);
            if (area < best * 0.98) {
                best = area;
                out = new double[][] {p, q};
            }
        }
        return out;
    }

    private double width(int[] member, double[] axis) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int t : member) {
            for (int k = 0; k < 3; k++) {
                int v = 3 * triangles[3 * t + k];
                double p = xyz[v] * axis[0] + xyz[v + 1] * axis[1] + xyz[v + 2] * axis[2];
                low = Math.min(low, p);
                high = Math.max(high, p);
            }
        }
        return high - low + pitch;
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    private static double[] unit(double[] a) {
        double l = Math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
        return new double[] {a[0] / l, a[1] / l, a[2] / l};
    }
}
