package org.grotto.surface;

import java.util.Arrays;

/**
 * Takes vertices out of a mesh one by one, each drawn into a neighbour (half-edge collapse), as long as nothing moves
 * further than allowed.
 *
 * <p>What a step does is measured, not estimated: the triangles around the vertex, before and after, are two height fields
 * over one plane, linear between their vertices, so the height between them is greatest at the vertex taken out, or where an edge
 * of before crosses one of after. A place and the one over it are paired, which bounds the distance both ways; steps
 * over the same place add up. The same holds for what vertices carry. Vertices at borders stay, and what stays keeps its
 * place.
 */
final class Collapse {
    private static final int MOST = 10;
    private static final int LEAST = 3;
    /** No triangle around a vertex that goes leans further off their common plane: 45 degrees. */
    private static final double LEAN = 0.7;
    /** A triangle is no thinner than this share of an even one, or than the thinnest it replaces. */
    private static final double EVEN = 0.25;
    /** What a thin triangle costs beside a step as large as may be. */
    private static final double THIN = 0.5;
    /** Shares of the limit that are tried one after another, so that the flattest places go first. */
    private static final double[] SHARES = {0.25, 0.5, 1};

    private static final int SWEEPS = 12;

    private final float[] xyz;
    private final int[] tri;
    private final int n;
    /** Per vertex: how far the surface may move, metres; not to be taken out where negative; the longest edge wanted. */
    private final float[] limit;

    private final float[] longest;
    /** Per vertex, in units of what each may change by. */
    private final float[][] channels;

    private final int[][] choices;
    /** Per triangle: how far its places have moved, metres, and how much of its share the rest has changed by. */
    private final float[] moved;

    private final float[] changed;
    /** Corners of each vertex' triangles, as lists; those of dead triangles are passed over. */
    private final int[] head;

    private final int[] next;
    private final int[] mark;
    private int stamp;

    private final int[] ring = new int[MOST];
    private final int[] star = new int[MOST];
    private final int[] after = new int[MOST];
    private final int[] before = new int[MOST];
    private final double[] px = new double[MOST];
    private final double[] py = new double[MOST];
    private final double[] ph = new double[MOST];
    private final double[] q = new double[3 * MOST];
    private final double[] normal = new double[3 * MOST];
    private int k;
    private double step;
    private double change;

    /**
     * @param n the vertices that may be drawn together: the first ones of {@code xyz}
     * @param tri three vertices a triangle; changed in place, -1 for a triangle that is gone
     * @param moved per triangle, metres; changed in place
     * @param changed per triangle, of 1; changed in place
     */
    Collapse(
            float[] xyz,
            int n,
            int[] tri,
            float[] limit,
            float[] longest,
            float[][] channels,
            int[][] choices,
            float[] moved,
            float[] changed) {
        this.xyz = xyz;
        this.n = n;
        this.tri = tri;
        this.limit = limit;
        this.longest = longest;
        this.channels = channels;
        this.choices = choices;
        this.moved = moved;
        this.changed = changed;
        this.head = new int[limit.length];
        this.next = new int[tri.length];
        this.mark = new int[limit.length];
        Arrays.fill(head, -1);
        for (int c = tri.length - 1; c >= 0; c--) {
            next[c] = head[tri[c]];
            head[tri[c]] = c;
        }
    }

    /**
     * Takes out what may go. A vertex that stands out from its neighbours by more than it may move is not asked again: where
     * stone is rough that is nearly all of the cost, half a microsecond each.
     */
    void run() {
        boolean[] gone = new boolean[n];
        boolean none = true;
        for (int v = 0; v < n; v++) {
            gone[v] = !(limit[v] >= 0) || !free(v) || !flat(v, limit[v]);
            none &= gone[v];
        }
        if (none) {
            return;
        }
        byte[] state = new byte[n]; // 1: to be looked at, 2: beside one that just went
        for (double share : SHARES) {
            Arrays.fill(state, (byte) 1);
            boolean any = true;
            for (int sweep = 0; any && sweep < SWEEPS; sweep++) {
                any = false;
                for (int v = 0; v < n; v++) {
                    if (state[v] == 1 && !gone[v]) {
                        state[v] = 0;
                        if (take(v, share)) {
                            gone[v] = true;
                            any = true;
                            for (int j = 0; j < k; j++) {
                                state[ring[j]] = 2;
                            }
                        }
                    }
                }
                for (int v = 0; v < n; v++) {
                    state[v] = (byte) (state[v] == 2 ? 1 : state[v]);
                }
            }
        }
    }

    /** Whether a vertex lies inside the surface, with nothing around it that others may change. */
    private boolean free(int v) {
        if (!around(v)) {
            return false;
        }
        for (int j = 0; j < k; j++) {
            if (ring[j] >= n) {
                return false;
            }
        }
        return true;
    }

    /** Finds the ring of a vertex in its order; false where it is not closed, or has too many vertices. */
    private boolean around(int v) {
        k = 0;
        for (int c = head[v]; c >= 0; c = next[c]) {
            int t = c / 3;
            if (tri[3 * t] >= 0) {
                if (k == MOST) {
                    return false;
                }
                after[k] = tri[3 * t + (c + 1) % 3];
                before[k] = tri[3 * t + (c + 2) % 3];
                star[k++] = t;
            }
        }
        if (k < LEAST) {
            return false;
        }
        // triangle j lies between ring[j] and ring[j + 1]
        for (int j = 0; j < k; j++) {
            ring[j] = after[j];
            int want = before[j];
            if (j + 1 == k) {
                return want == ring[0];
            }
            int m = j + 1;
            while (m < k && after[m] != want) {
                m++;
            }
            if (m == k) {
                return false;
            }
            swap(after, j + 1, m);
            swap(before, j + 1, m);
            swap(star, j + 1, m);
        }
        return false;
    }

    /** A place of the ring, counted on from its end to its beginning: below twice {@link #k}. */
    private int on(int place) {
        return place < k ? place : place - k;
    }

    private static void swap(int[] a, int i, int j) {
        int t = a[i];
        a[i] = a[j];
        a[j] = t;
    }

    private boolean take(int v, double share) {
        if (!around(v)) {
            return false;
        }
        double most = limit[v];
        double soFar = 0;
        double painted = 0;
        for (int j = 0; j < k; j++) {
            most = limit[ring[j]] >= 0 ? Math.min(most, limit[ring[j]]) : most;
            soFar = Math.max(soFar, moved[star[j]]);
            painted = Math.max(painted, changed[star[j]]);
        }
        double left = share * most - soFar;
        double rest = share - painted;
        if (left < 0 || rest < 0 || !flat(v, left) || !alike(v, rest)) {
            return false;
        }
        double thinnest = EVEN;
        for (int j = 0; j < k; j++) {
            thinnest = Math.min(thinnest, even(0, 0, px[j], py[j], px[on(j + 1)], py[on(j + 1)]));
        }
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        double bestStep = 0;
        double bestChange = 0;
        for (int i = 0; i < k; i++) {
            double worst = shape(i, thinnest, longest[v]);
            if (worst > 0 && simple(i) && measure(v, i, left, rest)) {
                double cost =
                        Math.max(step / Math.max(left, 1e-12), change / Math.max(rest, 1e-12)) + THIN * (1 - worst);
                if (cost < least) {
                    least = cost;
                    best = i;
                    bestStep = step;
                    bestChange = change;
                }
            }
        }
        if (best < 0) {
            return false;
        }
        draw(v, ring[best], (float) (soFar + bestStep), (float) (painted + bestChange));
        return true;
    }

    /** Whether the vertex may lie in the surface that its ring makes at all; sets the ring's places on the common plane. */
    private boolean flat(int v, double left) {
        double ox = xyz[3 * v];
        double oy = xyz[3 * v + 1];
        double oz = xyz[3 * v + 2];
        double nx = 0;
        double ny = 0;
        double nz = 0;
        for (int j = 0; j < k; j++) {
            q[3 * j] = xyz[3 * ring[j]] - ox;
            q[3 * j + 1] = xyz[3 * ring[j] + 1] - oy;
            q[3 * j + 2] = xyz[3 * ring[j] + 2] - oz;
        }
        for (int j = 0; j < k; j++) {
            int a = 3 * j;
            int b = 3 * on(j + 1);
            normal[a] = q[a + 1] * q[b + 2] - q[a + 2] * q[b + 1];
            normal[a + 1] = q[a + 2] * q[b] - q[a] * q[b + 2];
            normal[a + 2] = q[a] * q[b + 1] - q[a + 1] * q[b];
            nx += normal[a];
            ny += normal[a + 1];
            nz += normal[a + 2];
        }
        double l = Math.sqrt(nx * nx + ny * ny + nz * nz);
        if (!(l > 0)) {
            return false;
        }
        nx /= l;
        ny /= l;
        nz /= l;
        for (int j = 0; j < k; j++) {
            int a = 3 * j;
            double dot = normal[a] * nx + normal[a + 1] * ny + normal[a + 2] * nz;
            double square = normal[a] * normal[a] + normal[a + 1] * normal[a + 1] + normal[a + 2] * normal[a + 2];
            if (!(dot > 0) || dot * dot < LEAN * LEAN * square) {
                return false;
            }
        }
        boolean x = Math.abs(nx) < 0.6;
        double ux = x ? 0 : -nz;
        double uy = x ? nz : 0;
        double uz = x ? -ny : nx;
        l = Math.sqrt(ux * ux + uy * uy + uz * uz);
        ux /= l;
        uy /= l;
        uz /= l;
        double wx = ny * uz - nz * uy;
        double wy = nz * ux - nx * uz;
        double wz = nx * uy - ny * ux;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < k; j++) {
            int a = 3 * j;
            px[j] = q[a] * ux + q[a + 1] * uy + q[a + 2] * uz;
            py[j] = q[a] * wx + q[a + 1] * wy + q[a + 2] * wz;
            ph[j] = q[a] * nx + q[a + 1] * ny + q[a + 2] * nz;
            low = Math.min(low, ph[j]);
            high = Math.max(high, ph[j]);
        }
        // what comes to lie over the vertex is a mean of its ring
        return low <= left && high >= -left;
    }

    /** Whether what the vertex carries may lie between what its ring carries. */
    private boolean alike(int v, double rest) {
        for (float[] c : channels) {
            float own = c[v];
            float min = Float.POSITIVE_INFINITY;
            float max = Float.NEGATIVE_INFINITY;
            boolean none = Float.isNaN(own);
            for (int j = 0; j < k; j++) {
                float f = c[ring[j]];
                if (Float.isNaN(f) != none) {
                    return false;
                }
                min = Math.min(min, f);
                max = Math.max(max, f);
            }
            if (min > own + rest || max < own - rest) {
                return false;
            }
        }
        for (int[] c : choices) {
            boolean found = false;
            for (int j = 0; j < k; j++) {
                found |= c[ring[j]] == c[v];
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /** How even the thinnest triangle is that drawing the vertex to {@code ring[i]} makes; 0 where one is not allowed. */
    private double shape(int i, double thinnest, double longest) {
        double worst = 1;
        double ux = px[i];
        double uy = py[i];
        for (int m = 1; m < k - 1; m++) {
            int a = on(i + m);
            int b = on(i + m + 1);
            if (m > 1) {
                double dx = px[a] - ux;
                double dy = py[a] - uy;
                if (dx * dx + dy * dy > longest * longest) {
                    return 0;
                }
            }
            double e = even(ux, uy, px[a], py[a], px[b], py[b]);
            if (!(e >= thinnest) || !(e > 0)) {
                return 0;
            }
            // it may not stand up from the plane either
            double slope = leaning(i, a, b);
            if (slope < LEAN) {
                return 0;
            }
            worst = Math.min(worst, e);
        }
        return worst;
    }

    /** The cosine between a triangle of ring vertices and the plane. */
    private double leaning(int i, int a, int b) {
        double ax = px[a] - px[i];
        double ay = py[a] - py[i];
        double ah = ph[a] - ph[i];
        double bx = px[b] - px[i];
        double by = py[b] - py[i];
        double bh = ph[b] - ph[i];
        double x = ay * bh - ah * by;
        double y = ah * bx - ax * bh;
        double z = ax * by - ay * bx;
        return z / Math.sqrt(x * x + y * y + z * z);
    }

    /** 1 for an even triangle, 0 for one without area, negative for one turned over. */
    private static double even(double ax, double ay, double bx, double by, double cx, double cy) {
        double ux = bx - ax;
        double uy = by - ay;
        double vx = cx - ax;
        double vy = cy - ay;
        double sum = ux * ux + uy * uy + vx * vx + vy * vy + (vx - ux) * (vx - ux) + (vy - uy) * (vy - uy);
        return sum > 0 ? 2 * Math.sqrt(3) * (ux * vy - uy * vx) / sum : 0;
    }

    /** Whether the surface stays one: the two ends of the edge have no neighbours in common but those beside it. */
    private boolean simple(int i) {
        int u = ring[i];
        int left = ring[on(i + 1)];
        int right = ring[on(i + k - 1)];
        stamp++;
        int around = 0;
        for (int c = head[u]; c >= 0; c = next[c]) {
            int t = c / 3;
            if (tri[3 * t] >= 0) {
                int p = tri[3 * t + (c + 1) % 3];
                int q = tri[3 * t + (c + 2) % 3];
                if (k == 3 && p == right && q == left) {
                    return false; // the new triangle's other side stands there already
                }
                mark[p] = stamp;
                mark[q] = stamp;
                around++;
            }
        }
        if (around + k - 4 > MOST) {
            return false;
        }
        for (int m = 2; m < k - 1; m++) {
            if (mark[ring[on(i + m)]] == stamp) {
                return false;
            }
        }
        return true;
    }

    /** Measures what drawing the vertex to {@code ring[i]} changes; false where it is more than is left. */
    private boolean measure(int v, int i, double left, double rest) {
        step = 0;
        change = 0;
        boolean over = false;
        for (int m = 1; m < k - 1; m++) {
            int a = on(i + m);
            int b = on(i + m + 1);
            // the vertex itself
            double all = cross(px[a] - px[i], py[a] - py[i], px[b] - px[i], py[b] - py[i]);
            double wb = cross(px[a] - px[i], py[a] - py[i], -px[i], -py[i]) / all;
            double wa = cross(-px[i], -py[i], px[b] - px[i], py[b] - py[i]) / all;
            double wi = 1 - wa - wb;
            if (wa >= -1e-9 && wb >= -1e-9 && wi >= -1e-9) {
                over = true;
                step = Math.max(step, Math.abs(wi * ph[i] + wa * ph[a] + wb * ph[b]));
                for (float[] c : channels) {
                    double d = wi * c[ring[i]] + wa * c[ring[a]] + wb * c[ring[b]] - c[v];
                    change = Double.isNaN(d)
                            ? change
                            : Math.max(change, Math.abs(d)); // nothing known stays nothing known
                }
                if (step > left || change > rest) {
                    return false;
                }
            }
            // edges from it, where they cross the new one to a
            if (m > 1 && !crossings(v, i, a, left, rest)) {
                return false;
            }
        }
        return over;
    }

    private boolean crossings(int v, int i, int a, double left, double rest) {
        double dx = px[a] - px[i];
        double dy = py[a] - py[i];
        for (int j = 0; j < k; j++) {
            if (j == i || j == a) {
                continue;
            }
            // s along the old edge, t along the new one
            double det = cross(px[j], py[j], dx, dy);
            if (det == 0) {
                continue;
            }
            double s = cross(px[i], py[i], dx, dy) / det;
            double t = cross(px[i], py[i], px[j], py[j]) / det;
            if (s > 0 && s < 1 && t > 0 && t < 1) {
                step = Math.max(step, Math.abs(s * ph[j] - ph[i] - t * (ph[a] - ph[i])));
                for (float[] c : channels) {
                    double own = c[v];
                    double at = c[ring[i]];
                    double d = own + s * (c[ring[j]] - own) - at - t * (c[ring[a]] - at);
                    change = Double.isNaN(d) ? change : Math.max(change, Math.abs(d));
                }
                if (step > left || change > rest) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double cross(double ax, double ay, double bx, double by) {
        return ax * by - ay * bx;
    }

    private void draw(int v, int u, float far, float other) {
        int last = -1;
        for (int c = head[v]; c >= 0; ) {
            int then = next[c];
            int t = c / 3;
            if (tri[3 * t] >= 0) {
                int p = tri[3 * t + (c + 1) % 3];
                int q = tri[3 * t + (c + 2) % 3];
                if (p == u || q == u) {
                    tri[3 * t] = -1;
                    tri[3 * t + 1] = -1;
                    tri[3 * t + 2] = -1;
                } else {
                    tri[c] = u;
                    moved[t] = far;
                    changed[t] = other;
                    next[c] = last;
                    last = c;
                }
            }
            c = then;
        }
        head[v] = -1;
        // those of u before them, without the dead
        int c = head[u];
        head[u] = last;
        while (c >= 0) {
            int then = next[c];
            if (tri[c / 3 * 3] >= 0) {
                next[c] = head[u];
                head[u] = c;
            }
            c = then;
        }
    }
}
