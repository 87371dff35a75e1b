package org.grotto.surface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;

/** The openings of a mesh, listed so that nothing is hidden. */
public final class Holes {
    private Holes() {}

    /**
     * All border lines, longest first. The outer border of an open surface is one of them. Two lines that touch in a
     * vertex may come as one or as two.
     */
    public static List<Hole> list(Mesh mesh) {
        long[] border = border(mesh);
        // each border edge (from, to), its triangle on the left; sorted by from
        Arrays.sort(border);
        boolean[] used = new boolean[border.length];
        List<Hole> holes = new ArrayList<>();
        for (int e = 0; e < border.length; e++) {
            if (!used[e]) {
                holes.add(follow(mesh, border, used, e));
            }
        }
        holes.sort(Comparator.comparingDouble((Hole h) -> -h.perimeter())
                .thenComparingDouble(h -> h.centre()[0])
                .thenComparingDouble(h -> h.centre()[1])
                .thenComparingDouble(h -> h.centre()[2]));
        return holes;
    }

    /** Half-edges without a counterpart, as from &lt;&lt; 32 | to. */
    private static long[] border(Mesh mesh) {
        int[] t = mesh.triangles;
        int n = mesh.vertexCount();
        // at an inner vertex every neighbour comes once as the next corner and once as the one before
        long[] balance = new long[n];
        for (int k = 0; k < t.length; k += 3) {
            for (int c = 0; c < 3; c++) {
                balance[t[k + c]] += mix(t[k + (c + 1) % 3]) - mix(t[k + (c + 2) % 3]);
            }
        }
        long[] half = new long[1024];
        int m = 0;
        for (int k = 0; k < t.length; k += 3) {
            for (int c = 0; c < 3; c++) {
                int a = t[k + c];
                int b = t[k + (c + 1) % 3];
                if (balance[a] != 0 && balance[b] != 0) {
                    if (m == half.length) {
                        half = Arrays.copyOf(half, 2 * m);
                    }
                    half[m++] = (long) a << 32 | b;
                }
            }
        }
        half = Arrays.copyOf(half, m);
        long[] sorted = half.clone();
        Arrays.sort(sorted);
        int out = 0;
        for (long h : half) {
            if (Arrays.binarySearch(sorted, h << 32 | h >>> 32) < 0) {
                half[out++] = h;
            }
        }
        return Arrays.copyOf(half, out);
    }

    /** Spreads vertex numbers over 64 bits, so that different neighbours do not cancel (splitmix64). */
    private static long mix(long v) {
        long z = (v + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private static Hole follow(Mesh mesh, long[] border, boolean[] used, int first) {
        int start = (int) (border[first] >>> 32);
        int e = first;
        int edges = 0;
        int[] rim = new int[8];
        double length = 0;
        double[] centre = new double[3];
        double[] area = new double[3];
        Box box = Box.EMPTY;
        double[] p = new double[3];
        double[] q = new double[3];
        double[] o = new double[3];
        point(mesh, start, o);
        while (e >= 0) {
            used[e] = true;
            int a = (int) (border[e] >>> 32);
            int b = (int) border[e];
            point(mesh, a, p);
            point(mesh, b, q);
            box = box.with(p[0], p[1], p[2]);
            double l = 0;
            for (int c = 0; c < 3; c++) {
                l += (q[c] - p[c]) * (q[c] - p[c]);
            }
            l = Math.sqrt(l);
            length += l;
            if (edges == rim.length) {
                rim = Arrays.copyOf(rim, 2 * edges);
            }
            rim[edges++] = a;
            for (int c = 0; c < 3; c++) {
                centre[c] += l * (p[c] + q[c]) / 2;
                int c1 = (c + 1) % 3;
                int c2 = (c + 2) % 3;
                area[c] += ((p[c1] - o[c1]) * (q[c2] - o[c2]) - (p[c2] - o[c2]) * (q[c1] - o[c1])) / 2;
            }
            e = b == start ? -1 : next(border, used, b);
        }
        for (int c = 0; c < 3; c++) {
            centre[c] = length > 0 ? centre[c] / length : o[c];
        }
        return new Hole(
                edges,
                length,
                Math.sqrt(area[0] * area[0] + area[1] * area[1] + area[2] * area[2]),
                centre,
                box,
                Arrays.copyOf(rim, edges));
    }

    /** The first unused border edge that leaves a vertex, or -1. */
    private static int next(long[] border, boolean[] used, int from) {
        int at = Arrays.binarySearch(border, (long) from << 32);
        for (int i = at < 0 ? -at - 1 : at; i < border.length && (int) (border[i] >>> 32) == from; i++) {
            if (!used[i]) {
                return i;
            }
        }
        return -1;
    }

    private static void point(Mesh m, int v, double[] out) {
        out[0] = m.originX + m.xyz[3 * v];
        out[1] = m.originY + m.xyz[3 * v + 1];
        out[2] = m.originZ + m.xyz[3 * v + 2];
    }
}
