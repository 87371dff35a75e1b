package org.grotto.lod;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/** Finds the polylines of a level's borders: from one vertex where more than two nodes meet, or a kind ends, to the next. */
final class BorderLines {
    private final BorderLabels edges;
    private final LongPredicate wanted;
    /** Per vertex of the mesh: how many border edges end there (3 for more), and two of them. */
    private final int[] slot;

    private final int[] degree;
    private final int[] one;
    private final int[] two;

    /**
     * @param wanted which labels' lines are looked for
     * @param slot scratch, one int a vertex, all zero; left all zero
     */
    private BorderLines(BorderLabels edges, LongPredicate wanted, int[] slot) {
        this.edges = edges;
        this.wanted = wanted;
        this.slot = slot;
        int n = edges.low.length;
        degree = new int[2 * n + 1];
        one = new int[2 * n + 1];
        two = new int[2 * n + 1];
        int used = 0;
        for (int e = 0; e < n; e++) {
            for (int v : new int[] {edges.low[e], edges.high[e]}) {
                if (slot[v] == 0) {
                    slot[v] = ++used;
                }
                int s = slot[v];
                if (degree[s] == 0) {
                    one[s] = e;
                } else if (degree[s] == 1) {
                    two[s] = e;
                }
                degree[s] = Math.min(3, degree[s] + 1);
            }
        }
    }

    static List<int[]> find(BorderLabels edges, LongPredicate wanted, int[] slot) {
        BorderLines lines = new BorderLines(edges, wanted, slot);
        List<int[]> out = lines.walk();
        for (int e = 0; e < edges.low.length; e++) {
            slot[edges.low[e]] = 0;
            slot[edges.high[e]] = 0;
        }
        return out;
    }

    private List<int[]> walk() {
        List<int[]> out = new ArrayList<>();
        boolean[] seen = new boolean[edges.low.length];
        for (int e = 0; e < seen.length; e++) {
            if (seen[e] || !wanted.test(edges.label[e])) {
                continue;
            }
            seen[e] = true;
            int[] ahead = follow(edges.high[e], e, edges.low[e], seen);
            boolean ring = ahead[ahead.length - 1] == edges.low[e] && inner(edges.low[e]);
            int[] back = ring ? new int[] {edges.low[e]} : follow(edges.low[e], e, -1, seen);
            int[] line = new int[ahead.length + back.length];
            for (int i = 0; i < back.length; i++) {
                line[i] = back[back.length - 1 - i];
            }
            System.arraycopy(ahead, 0, line, back.length, ahead.length);
            out.add(line);
        }
        return out;
    }

    private boolean inner(int v) {
        int s = slot[v];
        return degree[s] == 2 && edges.label[one[s]] == edges.label[two[s]];
    }

    /** The vertices from {@code v} on, away from {@code edge}, up to one that is not inside a line, or {@code stop}. */
    private int[] follow(int v, int edge, int stop, boolean[] seen) {
        int[] line = new int[16];
        int n = 0;
        int at = v;
        int e = edge;
        line[n++] = at;
        while (inner(at) && at != stop) {
            int s = slot[at];
            e = one[s] == e ? two[s] : one[s];
            seen[e] = true;
            at = edges.low[e] == at ? edges.high[e] : edges.low[e];
            line = n == line.length ? Arrays.copyOf(line, 2 * n) : line;
            line[n++] = at;
        }
        return Arrays.copyOf(line, n);
    }
}
