package org.grotto.lod;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.grotto.base.Work;
import org.jspecify.annotations.Nullable;

/** Finds where a mesh without normals is folded between flat sides, see {@link Creases}; vertex by vertex. */
final class Folds {
    /** An edge that bends by less is round. */
    private static final double BENDS = Math.cos(Math.toRadians(30));

    private static final double SAME = Math.cos(Math.toRadians(10));
    /** Radians by which two triangles of one plane may bend. */
    private static final double FLAT = Math.toRadians(0.5);

    private static final double ROUGH = Math.toRadians(5);
    /** A triangle that is so much of the whole surface is a side of its own. */
    private static final double PART = 1 / 50.0;
    /** At an edge with more triangles than this, all of them are one. */
    private static final int MANY = 16;

    private static final int BLOCK = 1 << 13;

    private final TileVertices v;
    private final @Nullable BitSet only;
    private final byte[] corner;
    /** By vertex, where its corners begin in {@link #at}. */
    private final int[] start;

    private final int[] at;
    private final double large;

    /**
     * @param only which vertices are looked at, or null for all
     * @param corner takes the sides of the corners of what is found
     */
    Folds(TileVertices v, @Nullable BitSet only, byte[] corner, Work work) {
        this.v = v;
        this.only = only;
        this.corner = corner;
        start = new int[v.size() + 1];
        for (int p : v.triangles) {
            start[p + 1]++;
        }
        for (int i = 0; i < v.size(); i++) {
            start[i + 1] += start[i];
        }
        at = new int[v.triangles.length];
        int[] next = Arrays.copyOf(start, v.size());
        for (int c = 0; c < v.triangles.length; c++) {
            at[next[v.triangles[c]]++] = c;
        }
        large = PART
                * work.sum(v.triangles.length / 3, 1 << 14, (from, to) -> {
                    double sum = 0;
                    double[] n = new double[3];
                    for (int t = from; t < to; t++) {
                        sum += facet(t, n);
                    }
                    return sum;
                });
    }

    /** What was found in a block of vertices: the vertices, and three numbers a side. */
    static final class Found {
        int[] vertex = new int[16];
        int[] start = new int[17];
        float[] normals = new float[128];
        int count;

        void add(int v, float[] sides) {
            if (count == vertex.length) {
                vertex = Arrays.copyOf(vertex, 2 * count);
                start = Arrays.copyOf(start, 2 * count + 1);
            }
            int from = 3 * start[count];
            if (from + sides.length > normals.length) {
                normals = Arrays.copyOf(normals, Math.max(2 * normals.length, from + sides.length));
            }
            System.arraycopy(sides, 0, normals, from, sides.length);
            vertex[count] = v;
            start[++count] = (from + sides.length) / 3;
        }
    }

    /** All of them, in the order of their vertices. */
    List<Found> all(Work work) {
        int blocks = (v.size() + BLOCK - 1) / BLOCK;
        return work.map(blocks, b -> {
            Found found = new Found();
            int end = Math.min(v.size(), (b + 1) * BLOCK);
            for (int p = b * BLOCK; p < end; p++) {
                if (only == null || only.get(p)) {
                    vertex(p, found);
                }
            }
            return found;
        });
    }

    /** The unit normal of triangle {@code t}; returns its area in steps. */
    private double facet(int t, double[] n) {
        return v.facet(v.triangles[3 * t], v.triangles[3 * t + 1], v.triangles[3 * t + 2], n);
    }

    private void vertex(int p, Found found) {
        int k = start[p + 1] - start[p];
        if (k < 2) {
            return;
        }
        double[] n = new double[3 * k];
        double[] one = new double[3];
        boolean bends = false;
        for (int i = 0; i < k; i++) {
            facet(at[start[p] + i] / 3, one);
            System.arraycopy(one, 0, n, 3 * i, 3);
            // within half the angle of the first, all are within the angle of each other
            bends |= dot(n, 0, i) < Math.sqrt((1 + BENDS) / 2);
        }
        if (bends) {
            parted(p, k, n, found);
        }
    }

    private static double dot(double[] n, int i, int j) {
        return n[3 * i] * n[3 * j] + n[3 * i + 1] * n[3 * j + 1] + n[3 * i + 2] * n[3 * j + 2];
    }

    /** Joins the triangles around {@code p} across all edges but hard ones. */
    private void parted(int p, int k, double[] n, Found found) {
        // the edges at p: the other end, whether it comes behind p, the triangle
        long[] edge = new long[2 * k];
        for (int i = 0; i < k; i++) {
            int c = at[start[p] + i];
            int t = c - c % 3;
            edge[2 * i] = (long) v.triangles[t + (c + 1) % 3] << 32 | 2L * i;
            edge[2 * i + 1] = (long) v.triangles[t + (c + 2) % 3] << 32 | 2L * i + 1;
        }
        Arrays.sort(edge);
        int[] group = new int[k];
        for (int i = 0; i < k; i++) {
            group[i] = i;
        }
        byte[] flat = new byte[k];
        boolean[] hard = new boolean[k];
        for (int from = 0, to; from < edge.length; from = to) {
            to = from + 1;
            while (to < edge.length && edge[to] >>> 32 == edge[from] >>> 32) {
                to++;
            }
            for (int i = from; i < to; i++) {
                for (int j = i + 1; j < (to - from > MANY ? Math.min(to, i + 2) : to); j++) {
                    int a = (int) edge[i] >>> 1;
                    int b = (int) edge[j] >>> 1;
                    boolean turns = (edge[i] & 1) != (edge[j] & 1);
                    double bend = dot(n, a, b);
                    if (to - from > MANY || turns && bend >= BENDS) {
                        join(group, a, b);
                    } else if (turns && flat(p, a, flat) && flat(p, b, flat)) {
                        hard[a] = true;
                        hard[b] = true;
                    } else if (turns && (to - from == 2 || bend > 0)) {
                        join(group, a, b);
                    }
                }
            }
        }
        sides(p, k, n, group, hard, found);
    }

    private static void join(int[] group, int a, int b) {
        int x = root(group, a);
        int y = root(group, b);
        group[Math.max(x, y)] = Math.min(x, y);
    }

    private static int root(int[] group, int a) {
        int r = a;
        while (group[r] != r) {
            r = group[r];
        }
        return r;
    }

    /** Numbers the groups that a hard edge borders; others go to the one that looks most as they do. */
    private void sides(int p, int k, double[] n, int[] group, boolean[] hard, Found found) {
        int[] number = new int[k];
        Arrays.fill(number, -1);
        int count = 0;
        for (int i = 0; i < k; i++) {
            int r = root(group, i);
            if (hard[i] && number[r] < 0 && count < Sides.MOST) {
                number[r] = count++;
            }
        }
        if (count < 2) {
            return;
        }
        double[] sum = new double[3 * count];
        for (int i = 0; i < k; i++) {
            int s = number[root(group, i)];
            double w = s < 0 ? 0 : angle(at[start[p] + i]);
            for (int a = 0; a < 3 && s >= 0; a++) {
                sum[3 * s + a] += w * n[3 * i + a];
            }
        }
        float[] unit = unit(sum, count);
        int[] to = new int[count];
        int left = 0;
        for (int s = 0; s < count; s++) {
            to[s] = -1;
            for (int o = 0; o < s && to[s] < 0; o++) {
                double d = unit[3 * s] * unit[3 * o]
                        + unit[3 * s + 1] * unit[3 * o + 1]
                        + unit[3 * s + 2] * unit[3 * o + 2];
                to[s] = d > SAME ? to[o] : -1;
            }
            if (to[s] < 0) {
                to[s] = left;
                System.arraycopy(unit, 3 * s, unit, 3 * left++, 3);
            }
        }
        if (left < 2) {
            return;
        }
        for (int i = 0; i < k; i++) {
            int s = number[root(group, i)];
            corner[at[start[p] + i]] = (byte) (s < 0 ? next(unit, left, n, i) : to[s]);
        }
        found.add(p, Arrays.copyOf(unit, 3 * left));
    }

    private static int next(float[] unit, int count, double[] n, int i) {
        int best = 0;
        double most = -2;
        for (int s = 0; s < count; s++) {
            double d = unit[3 * s] * n[3 * i] + unit[3 * s + 1] * n[3 * i + 1] + unit[3 * s + 2] * n[3 * i + 2];
            if (d > most) {
                most = d;
                best = s;
            }
        }
        return best;
    }

    static float[] unit(double[] sum, int count) {
        float[] out = new float[3 * count];
        for (int s = 0; s < 3 * count; s += 3) {
            double l = Math.sqrt(sum[s] * sum[s] + sum[s + 1] * sum[s + 1] + sum[s + 2] * sum[s + 2]);
            for (int a = 0; a < 3; a++) {
                out[s + a] = l > 0 ? (float) (sum[s + a] / l) : a == 2 ? 1 : 0;
            }
        }
        return out;
    }

    /** The angle of a corner. */
    private double angle(int c) {
        int t = c - c % 3;
        int o = v.triangles[c];
        int a = v.triangles[t + (c + 1) % 3];
        int b = v.triangles[t + (c + 2) % 3];
        double ux = (double) v.x[a] - v.x[o];
        double uy = (double) v.y[a] - v.y[o];
        double uz = (double) v.z[a] - v.z[o];
        double wx = (double) v.x[b] - v.x[o];
        double wy = (double) v.y[b] - v.y[o];
        double wz = (double) v.z[b] - v.z[o];
        double l = Math.sqrt((ux * ux + uy * uy + uz * uz) * (wx * wx + wy * wy + wz * wz));
        return l > 0 ? Math.acos(Math.max(-1, Math.min(1, (ux * wx + uy * wy + uz * wz) / l))) : 0;
    }

    /** Whether the {@code i}th triangle around {@code p} is a flat side or part of one; {@code known} keeps the answers. */
    private boolean flat(int p, int i, byte[] known) {
        if (known[i] == 0) {
            known[i] = (byte) (flat(at[start[p] + i] / 3) ? 1 : 2);
        }
        return known[i] == 1;
    }

    private boolean flat(int t) {
        double[] n = new double[3];
        double area = facet(t, n);
        if (area >= large) {
            return true;
        }
        double[] m = new double[3];
        for (int k = 0; k < 3; k++) {
            int a = v.triangles[3 * t + k];
            int b = v.triangles[3 * t + (k + 1) % 3];
            // triangles with b, a in this order, looked for where fewer meet
            boolean few = start[a + 1] - start[a] <= start[b + 1] - start[b];
            int o = few ? a : b;
            for (int i = start[o]; i < start[o + 1]; i++) {
                int c = at[i];
                int u = c - c % 3;
                int other = v.triangles[u + (few ? c + 2 : c + 1) % 3];
                if (other != (few ? b : a)) {
                    continue;
                }
                double beside = facet(u / 3, m);
                double rounding = 2 / height(t, area) + 2 / height(u / 3, beside);
                double most = Math.min(ROUGH, FLAT + rounding);
                if (beside > 0 && n[0] * m[0] + n[1] * m[1] + n[2] * m[2] > Math.cos(most)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The least height of a triangle, steps. */
    private double height(int t, double area) {
        double longest = 0;
        for (int k = 0; k < 3; k++) {
            int a = v.triangles[3 * t + k];
            int b = v.triangles[3 * t + (k + 1) % 3];
            double x = (double) v.x[a] - v.x[b];
            double y = (double) v.y[a] - v.y[b];
            double z = (double) v.z[a] - v.z[b];
            longest = Math.max(longest, x * x + y * y + z * z);
        }
        return 2 * area / Math.sqrt(longest);
    }
}
