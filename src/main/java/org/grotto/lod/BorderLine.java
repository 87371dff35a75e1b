package org.grotto.lod;

import java.util.PriorityQueue;

/**
 * One border polyline of one level and its simplification: half of its inner vertices stay, those whose loss would move
 * the line most (Ramer 1972, Douglas and Peucker 1973, by priority). A function of the line alone, so both sides of the
 * border get the same. Deviation along the surface weighs a quarter of deviation across it: it opens no step in depth.
 */
final class BorderLine {
    /** No more than this many neighbouring vertices go at once: their triangles become long. */
    private static final int MAX_RUN = 3;

    private static final double ACROSS = 16;

    /** The line's vertices; a ring has the first again at its end. */
    final int[] line;
    /** Per vertex of the line, whether it stays. */
    final boolean[] kept;
    /**
     * Per vertex of the line that goes: how far it lies from what stays, metres, along the normals there. Aside in the
     * surface it may lie much further, and no step in depth opens.
     */
    final float[] far;

    private BorderLine(int[] line) {
        this.line = line;
        this.kept = new boolean[line.length];
        this.far = new float[line.length];
    }

    /** A stretch between two vertices that stay, and the vertex in it that should stay next. */
    private record Stretch(int from, int to, int worst, double metric) {}

    /** @param must vertices that have to stay, by vertex */
    static BorderLine simplify(int[] line, TileVertices v, byte[] must) {
        BorderLine b = new BorderLine(line);
        int n = line.length;
        int wanted = (n - 2) / 2;
        b.kept[0] = true;
        b.kept[n - 1] = true;
        int count = 0;
        for (int i = 1; i < n - 1; i++) {
            if (must[line[i]] != 0) {
                b.kept[i] = true;
                count++;
            }
        }
        if (line[0] == line[n - 1]) {
            wanted = Math.max(wanted, Math.min(2, n - 2));
            int far = b.farthest(v);
            count += b.kept[far] ? 0 : 1;
            b.kept[far] = true;
        }
        PriorityQueue<Stretch> queue = new PriorityQueue<>(
                (p, q) -> p.metric != q.metric ? Double.compare(q.metric, p.metric) : Integer.compare(p.from, q.from));
        for (int i = 0, j; i < n - 1; i = j) {
            j = i + 1;
            while (!b.kept[j]) {
                j++;
            }
            b.measure(v, i, j, queue);
        }
        while (!queue.isEmpty() && (count < wanted || queue.peek().metric == Double.POSITIVE_INFINITY)) {
            Stretch s = queue.remove();
            b.kept[s.worst] = true;
            count++;
            b.measure(v, s.from, s.worst, queue);
            b.measure(v, s.worst, s.to, queue);
        }
        return b;
    }

    private int farthest(TileVertices v) {
        int far = line.length / 2;
        double best = -1;
        for (int i = 1; i < line.length - 1; i++) {
            double dx = (double) v.x[line[i]] - v.x[line[0]];
            double dy = (double) v.y[line[i]] - v.y[line[0]];
            double dz = (double) v.z[line[i]] - v.z[line[0]];
            double d = dx * dx + dy * dy + dz * dz;
            if (d > best) {
                best = d;
                far = i;
            }
        }
        return far;
    }

    private void measure(TileVertices v, int from, int to, PriorityQueue<Stretch> queue) {
        int a = line[from];
        int b = line[to];
        double ux = (double) v.x[b] - v.x[a];
        double uy = (double) v.y[b] - v.y[a];
        double uz = (double) v.z[b] - v.z[a];
        double uu = ux * ux + uy * uy + uz * uz;
        int worst = (from + to) / 2;
        double most = 0;
        // across means square to the surface here at large, not to one rough vertex
        double nx = 0;
        double ny = 0;
        double nz = 0;
        for (int i = from; i <= to; i++) {
            nx += v.up[3 * line[i]];
            ny += v.up[3 * line[i] + 1];
            nz += v.up[3 * line[i] + 2];
        }
        double l = Math.sqrt(nx * nx + ny * ny + nz * nz);
        double unit = l > 0 ? 1 / l : 0;
        for (int i = from + 1; i < to; i++) {
            int p = line[i];
            double dx = (double) v.x[p] - v.x[a];
            double dy = (double) v.y[p] - v.y[a];
            double dz = (double) v.z[p] - v.z[a];
            double t = uu > 0 ? Math.clamp((dx * ux + dy * uy + dz * uz) / uu, 0, 1) : 0;
            dx -= t * ux;
            dy -= t * uy;
            dz -= t * uz;
            double h = (dx * nx + dy * ny + dz * nz) * unit;
            double rest = Math.max(0, dx * dx + dy * dy + dz * dz - h * h);
            double off = Math.abs(h);
            for (int k : new int[] {a, b, p}) {
                off = Math.max(off, Math.abs(dx * v.up[3 * k] + dy * v.up[3 * k + 1] + dz * v.up[3 * k + 2]));
            }
            far[i] = (float) (off * v.step);
            double metric = ACROSS * h * h + rest;
            if (metric > most) {
                most = metric;
                worst = i;
            }
        }
        if (to - from > 1) {
            queue.add(new Stretch(from, to, worst, to - from - 1 > MAX_RUN ? Double.POSITIVE_INFINITY : most));
        }
    }

    /** Writes into {@code into}, by vertex, which staying vertex each vertex that goes becomes: the nearer along the line. */
    void map(TileVertices v, int[] into) {
        for (int i = 0, j; i < line.length - 1; i = j) {
            j = i + 1;
            while (!kept[j]) {
                j++;
            }
            double length = 0;
            for (int k = i; k < j; k++) {
                length += distance(v, line[k], line[k + 1]);
            }
            double s = 0;
            for (int k = i + 1; k < j; k++) {
                s += distance(v, line[k - 1], line[k]);
                into[line[k]] = s * 2 <= length ? line[i] : line[j];
            }
        }
    }

    private static double distance(TileVertices v, int a, int b) {
        double dx = (double) v.x[a] - v.x[b];
        double dy = (double) v.y[a] - v.y[b];
        double dz = (double) v.z[a] - v.z[b];
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
}
