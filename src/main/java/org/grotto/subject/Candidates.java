package org.grotto.subject;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Mesh;

/**
 * Places on the surface, at most about {@link #MOST}, as the input has them: of points, those whose place a hash picks,
 * whatever their order; of a mesh, evenly by area. Strays are taken out: few points, far from all others, that would
 * stretch the bounds by half.
 */
final class Candidates {
    static final int MOST = 200_000;
    private static final int OF_A_MESH = 40_000;
    /** The bounds are looked at in so many cells along their longest side. */
    private static final int CELLS = 24;
    /** Of all points, fewer than this share are strays where they stand apart. */
    private static final double FEW = 1e-3;
    /** Strays matter where the bounds without them are smaller than this share of those with them. */
    private static final double STRETCHED = 0.67;

    /** Positions relative to {@link #zero}, interleaved, metres. */
    final double[] p;
    /** Normals as given, interleaved; zero where there is none. */
    final float[] normal;
    /** The station of each, {@link Cloud#NO_STATION} where unknown. */
    final char[] station;
    /** What positions are relative to. */
    final double[] zero;
    /** How many points the input has in all; of a mesh, triangles. */
    final long of;
    /** How many candidates were left out as strays. */
    final int strays;

    private Candidates(double[] p, float[] normal, char[] station, double[] zero, long of, int strays) {
        this.p = p;
        this.normal = normal;
        this.station = station;
        this.zero = zero;
        this.of = of;
        this.strays = strays;
    }

    int size() {
        return p.length / 3;
    }

    static Candidates of(Cloud c, Work work) {
        long limit = c.size <= MOST ? Long.MAX_VALUE : (long) ((double) MOST / c.size * Long.MAX_VALUE);
        int block = 1 << 16;
        int blocks = (c.size + block - 1) / block;
        int[][] picked = work.map(blocks, b -> {
                    int[] some = new int[256];
                    int n = 0;
                    for (int i = b * block; i < Math.min(c.size, (b + 1) * block); i++) {
                        if (hash(c.x[i], c.y[i], c.z[i]) >>> 1 <= limit) {
                            some = n == some.length ? Arrays.copyOf(some, 2 * n) : some;
                            some[n++] = i;
                        }
                    }
                    return Arrays.copyOf(some, n);
                })
                .toArray(new int[0][]);
        int[] index = Arrays.stream(picked).flatMapToInt(Arrays::stream).toArray();
        double[] zero = {c.lattice.originX(), c.lattice.originY(), c.lattice.originZ()};
        double step = c.lattice.step();
        double[] p = new double[3 * index.length];
        float[] normal = new float[3 * index.length];
        char[] station = new char[index.length];
        Arrays.fill(station, Cloud.NO_STATION);
        for (int k = 0; k < index.length; k++) {
            int i = index[k];
            p[3 * k] = step * c.x[i];
            p[3 * k + 1] = step * c.y[i];
            p[3 * k + 2] = step * c.z[i];
            if (c.normals() != null) {
                System.arraycopy(c.normals(), 3 * i, normal, 3 * k, 3);
            }
            if (c.station() != null) {
                station[k] = c.station()[i];
            }
        }
        return new Candidates(p, normal, station, zero, c.size, 0).withoutStrays();
    }

    static Candidates of(Mesh m) {
        int t = m.triangleCount();
        double all = 0;
        double[] n = new double[3];
        for (int k = 0; k < t; k++) {
            double a = area(m, k, n);
            all += Double.isFinite(a) ? a : 0;
        }
        int count = all > 0 ? OF_A_MESH : 0;
        double[] p = new double[3 * count];
        float[] normal = new float[3 * count];
        char[] station = new char[count];
        Arrays.fill(station, Cloud.NO_STATION);
        double sum = 0;
        int at = 0;
        for (int k = 0; k < t && at < count; k++) {
            double a = area(m, k, n);
            if (!(a > 0) || !Double.isFinite(a)) {
                continue;
            }
            sum += a;
            while (at < count && (at + 0.5) * all / count <= sum) {
                // the plastic number's sequence: even over triangles and within one
                double u = (at * 0.7548776662466927) % 1;
                double v = (at * 0.5698402909980532) % 1;
                if (u + v > 1) {
                    u = 1 - u;
                    v = 1 - v;
                }
                for (int d = 0; d < 3; d++) {
                    double o = m.xyz[3 * m.triangles[3 * k] + d];
                    p[3 * at + d] = o
                            + u * (m.xyz[3 * m.triangles[3 * k + 1] + d] - o)
                            + v * (m.xyz[3 * m.triangles[3 * k + 2] + d] - o);
                    normal[3 * at + d] = (float) (n[d] / (2 * a));
                }
                at++;
            }
        }
        double[] zero = {m.originX, m.originY, m.originZ};
        return new Candidates(
                        Arrays.copyOf(p, 3 * at), Arrays.copyOf(normal, 3 * at), Arrays.copyOf(station, at), zero, t, 0)
                .withoutStrays();
    }

    /** The area of triangle k; {@code n} takes its normal, twice as long as the area. */
    private static double area(Mesh m, int k, double[] n) {
        int a = 3 * m.triangles[3 * k];
        int b = 3 * m.triangles[3 * k + 1];
        int c = 3 * m.triangles[3 * k + 2];
        float[] v = m.xyz;
        double ux = (double) v[b] - v[a];
        double uy = (double) v[b + 1] - v[a + 1];
        double uz = (double) v[b + 2] - v[a + 2];
        double wx = (double) v[c] - v[a];
        double wy = (double) v[c + 1] - v[a + 1];
        double wz = (double) v[c + 2] - v[a + 2];
        n[0] = uy * wz - uz * wy;
        n[1] = uz * wx - ux * wz;
        n[2] = ux * wy - uy * wx;
        return Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]) / 2;
    }

    /** A hash of a place (splitmix64). */
    static long hash(long x, long y, long z) {
        long h = x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL + z * 0x165667B19E3779F9L;
        h = (h ^ h >>> 30) * 0xBF58476D1CE4E5B9L;
        h = (h ^ h >>> 27) * 0x94D049BB133111EBL;
        return h ^ h >>> 31;
    }

    /** Least x, y, z and greatest x, y, z. */
    double[] bounds() {
        double[] b = {
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NEGATIVE_INFINITY
        };
        for (int k = 0; k < p.length; k++) {
            b[k % 3] = Math.min(b[k % 3], p[k]);
            b[k % 3 + 3] = Math.max(b[k % 3 + 3], p[k]);
        }
        return b;
    }

    static double longest(double[] b) {
        return Math.max(b[3] - b[0], Math.max(b[4] - b[1], b[5] - b[2]));
    }

    private Candidates withoutStrays() {
        Candidates c = this;
        for (int round = 0; round < 16 && c.size() > 50; round++) {
            Candidates less = c.withoutOuter();
            if (less == c) {
                break;
            }
            c = less;
        }
        return c;
    }

    /** Without the small groups of cells that stand apart, where that makes the bounds much smaller. */
    private Candidates withoutOuter() {
        double[] b = bounds();
        double cell = longest(b) / CELLS;
        if (!(cell > 0)) {
            return this;
        }
        Map<Long, Integer> count = new HashMap<>();
        long[] of = new long[size()];
        for (int i = 0; i < of.length; i++) {
            of[i] = key((long) ((p[3 * i] - b[0]) / cell), (long) ((p[3 * i + 1] - b[1]) / cell), (long)
                    ((p[3 * i + 2] - b[2]) / cell));
            count.merge(of[i], 1, Integer::sum);
        }
        Set<Long> apart = new HashSet<>();
        Set<Long> seen = new HashSet<>();
        int few = Math.max(3, (int) (FEW * size()));
        int left = few;
        for (long start : count.keySet().stream().sorted().toList()) {
            if (!seen.add(start)) {
                continue;
            }
            Set<Long> group = new HashSet<>(Set.of(start));
            ArrayDeque<Long> open = new ArrayDeque<>(group);
            int points = 0;
            while (!open.isEmpty()) {
                long k = open.pop();
                points += count.getOrDefault(k, 0);
                for (int d = 0; d < 27; d++) {
                    long q = k + key(d % 3 - 1, d / 3 % 3 - 1, d / 9 - 1);
                    if (count.containsKey(q) && seen.add(q)) {
                        group.add(q);
                        open.push(q);
                    }
                }
            }
            if (points <= left) {
                left -= points;
                apart.addAll(group);
            }
        }
        if (apart.isEmpty()) {
            return this;
        }
        int[] keep = new int[of.length];
        int n = 0;
        for (int i = 0; i < of.length; i++) {
            if (!apart.contains(of[i])) {
                keep[n++] = i;
            }
        }
        Candidates less = pick(Arrays.copyOf(keep, n));
        return longest(less.bounds()) < STRETCHED * longest(b) ? less : this;
    }

    private static long key(long x, long y, long z) {
        return (z * 4096 + y) * 4096 + x;
    }

    private Candidates pick(int[] keep) {
        double[] q = new double[3 * keep.length];
        float[] m = new float[3 * keep.length];
        char[] s = new char[keep.length];
        for (int k = 0; k < keep.length; k++) {
            System.arraycopy(p, 3 * keep[k], q, 3 * k, 3);
            System.arraycopy(normal, 3 * keep[k], m, 3 * k, 3);
            s[k] = station[keep[k]];
        }
        return new Candidates(q, m, s, zero, of, strays + size() - keep.length);
    }
}
