package org.grotto.geometry;

import java.util.Arrays;

/**
 * Cuts polygons into triangles. Convex ones become fans around their first corner. Others lose one ear after another
 * (Meisters 1975), seen along their own normal (Newell), so that the triangles cover what the polygon covers; corners that
 * come twice (the bridges to holes) are allowed. Whether another corner lies in an ear is asked of a grid of the corners
 * that turn inward, so the cost is about n log n and at most {@link #MOST_TESTS}; what crosses itself, or costs more, is
 * fanned from there on. Keeps its buffers: for one thread.
 */
public final class EarClipping {
    private static final int MOST_TESTS = 40_000_000;
    private static final int BRUTE = 24;

    private double[] x = new double[16];
    private double[] y = new double[16];
    private int[] before = new int[16];
    private int[] after = new int[16];
    private boolean[] gone = new boolean[16];
    private int[] inward = new int[16];
    private int inwards;
    /** Where each cell's corners begin in {@link #cells}; empty where all are asked. */
    private int[] starts = {};

    private int[] cells = {};
    private int side;
    private double lowX;
    private double lowY;
    private double perX;
    private double perY;
    private int tests;

    /**
     * Cuts one polygon.
     *
     * @param xyz places by vertex, interleaved, finite
     * @param polygon the vertices of its {@code n} corners, in order
     * @param n at least 3
     * @param out gets {@code 3 (n - 2)} corners, numbers from 0 to n - 1, that turn as the polygon does
     * @return false where the polygon crosses itself, so that the triangles cover something else
     */
    public boolean cut(double[] xyz, int[] polygon, int n, int[] out) {
        room(n);
        if (n == 3 || !project(xyz, polygon, n)) {
            return fan(n, out);
        }
        if (convex(n)) {
            return fan(n, out);
        }
        for (int i = 0; i < n; i++) {
            before[i] = i == 0 ? n - 1 : i - 1;
            after[i] = i == n - 1 ? 0 : i + 1;
            gone[i] = false;
        }
        inwards = 0;
        for (int i = 0; i < n; i++) {
            if (turn(before[i], i, after[i]) <= 0) {
                inward[inwards++] = i;
            }
        }
        grid(n);
        tests = 0;
        return clip(n, out);
    }

    private static boolean fan(int n, int[] out) {
        for (int i = 2; i < n; i++) {
            out[3 * i - 6] = 0;
            out[3 * i - 5] = i - 1;
            out[3 * i - 4] = i;
        }
        return true;
    }

    private void room(int n) {
        if (x.length < n) {
            int size = Math.max(n, 2 * x.length);
            x = new double[size];
            y = new double[size];
            before = new int[size];
            after = new int[size];
            gone = new boolean[size];
            inward = new int[size];
        }
    }

    /** Lays the corners on the plane whose axis is nearest to their normal, turning left; false where they have no area. */
    private boolean project(double[] p, int[] polygon, int n) {
        int first = 3 * polygon[0];
        double nx = 0;
        double ny = 0;
        double nz = 0;
        for (int i = 0; i < n; i++) {
            int a = 3 * polygon[i];
            int b = 3 * polygon[i + 1 == n ? 0 : i + 1];
            double ax = p[a] - p[first];
            double ay = p[a + 1] - p[first + 1];
            double az = p[a + 2] - p[first + 2];
            double bx = p[b] - p[first];
            double by = p[b + 1] - p[first + 1];
            double bz = p[b + 2] - p[first + 2];
            nx += ay * bz - az * by;
            ny += az * bx - ax * bz;
            nz += ax * by - ay * bx;
        }
        double mx = Math.abs(nx);
        double my = Math.abs(ny);
        double mz = Math.abs(nz);
        int axis = mz >= mx && mz >= my ? 2 : my >= mx ? 1 : 0;
        double most = axis == 2 ? nz : axis == 1 ? ny : nx;
        if (!(Math.abs(most) > 0) || Double.isInfinite(most)) {
            return false;
        }
        int u = (axis + (most > 0 ? 1 : 2)) % 3;
        int v = (axis + (most > 0 ? 2 : 1)) % 3;
        for (int i = 0; i < n; i++) {
            x[i] = p[3 * polygon[i] + u] - p[first + u];
            y[i] = p[3 * polygon[i] + v] - p[first + v];
        }
        return true;
    }

    /** Twice the area of a triangle; positive where it turns left. */
    private double turn(int a, int b, int c) {
        return (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]);
    }

    /** Whether it turns left at each corner and around the first one, which no star does. */
    private boolean convex(int n) {
        for (int i = 0; i < n; i++) {
            int j = i + 1 == n ? 0 : i + 1;
            int k = j + 1 == n ? 0 : j + 1;
            if (!(turn(i, j, k) > 0) || i > 0 && i < n - 1 && !(turn(0, i, j) > 0)) {
                return false;
            }
        }
        return true;
    }

    private void grid(int n) {
        side = inwards <= BRUTE ? 0 : (int) Math.min(512, Math.ceil(Math.sqrt(inwards)));
        if (side == 0) {
            return;
        }
        double highX = x[0];
        double highY = y[0];
        lowX = x[0];
        lowY = y[0];
        for (int i = 1; i < n; i++) {
            lowX = Math.min(lowX, x[i]);
            lowY = Math.min(lowY, y[i]);
            highX = Math.max(highX, x[i]);
            highY = Math.max(highY, y[i]);
        }
        perX = highX > lowX ? side / (highX - lowX) : 0;
        perY = highY > lowY ? side / (highY - lowY) : 0;
        starts = new int[side * side + 1];
        cells = new int[inwards];
        for (int i = 0; i < inwards; i++) {
            starts[cell(inward[i]) + 1]++;
        }
        for (int i = 0; i < side * side; i++) {
            starts[i + 1] += starts[i];
        }
        int[] next = Arrays.copyOf(starts, side * side);
        for (int i = 0; i < inwards; i++) {
            cells[next[cell(inward[i])]++] = inward[i];
        }
    }

    private int column(double at) {
        return (int) Math.max(0, Math.min(side - 1, (at - lowX) * perX));
    }

    private int row(double at) {
        return (int) Math.max(0, Math.min(side - 1, (at - lowY) * perY));
    }

    private int cell(int i) {
        return row(y[i]) * side + column(x[i]);
    }

    private boolean clip(int n, int[] out) {
        int left = n;
        int at = 0;
        int ear = 0;
        int tried = 0;
        boolean flat = false;
        while (left > 3) {
            int a = before[ear];
            int c = after[ear];
            double t = turn(a, ear, c);
            tests++;
            if (t > 0 ? free(a, ear, c) : flat && t == 0) {
                out[at++] = a;
                out[at++] = ear;
                out[at++] = c;
                after[a] = c;
                before[c] = a;
                gone[ear] = true;
                left--;
                tried = 0;
                flat = false;
                ear = after[c]; // not the next one: that would make fans of needles
            } else {
                ear = c;
                tried++;
                if (tried > left && !flat) {
                    flat = true; // only corners on a straight line are left to cut
                    tried = 0;
                }
                if (tried > left || tests > MOST_TESTS) {
                    break;
                }
            }
        }
        int first = ear;
        for (int b = after[first]; after[b] != first; b = after[b]) {
            out[at++] = first;
            out[at++] = b;
            out[at++] = after[b];
        }
        return left == 3 && turn(first, after[first], before[first]) >= -1e-9 * area(n);
    }

    /** Twice the polygon's area. */
    private double area(int n) {
        double sum = 0;
        for (int i = 2; i < n; i++) {
            sum += turn(0, i - 1, i);
        }
        return sum;
    }

    /** Whether no other corner lies in the triangle or on its border. */
    private boolean free(int a, int b, int c) {
        if (side == 0) {
            tests += inwards;
            for (int i = 0; i < inwards; i++) {
                if (inside(inward[i], a, b, c)) {
                    return false;
                }
            }
            return true;
        }
        int x0 = column(Math.min(x[a], Math.min(x[b], x[c])));
        int x1 = column(Math.max(x[a], Math.max(x[b], x[c])));
        int y0 = row(Math.min(y[a], Math.min(y[b], y[c])));
        int y1 = row(Math.max(y[a], Math.max(y[b], y[c])));
        for (int r = y0; r <= y1; r++) {
            int to = starts[r * side + x1 + 1];
            for (int k = starts[r * side + x0]; k < to; k++) {
                tests++;
                if (inside(cells[k], a, b, c)) {
                    return false;
                }
            }
            tests++;
        }
        return true;
    }

    private boolean inside(int i, int a, int b, int c) {
        if (gone[i] || i == a || i == b || i == c || same(i, a) || same(i, b) || same(i, c)) {
            return false;
        }
        return turn(a, b, i) >= 0 && turn(b, c, i) >= 0 && turn(c, a, i) >= 0 && turn(before[i], i, after[i]) <= 0;
    }

    private boolean same(int i, int j) {
        return x[i] == x[j] && y[i] == y[j];
    }
}
