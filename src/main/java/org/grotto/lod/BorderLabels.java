package org.grotto.lod;

import java.util.Arrays;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Morton;

/**
 * Which nodes meet at each border edge of a level: the borders of all nodes that stand side by side, matched edge by edge.
 */
final class BorderLabels {
    /** The label of an edge that more than two surfaces meet at, or that two surfaces cross in the same direction. */
    static final long KNOT = -1;

    /** Per undirected edge: its two vertices, the smaller first. Sorted by (smaller, larger). */
    final int[] low;

    final int[] high;
    /** Per undirected edge: the two nodes (smaller index first; twice the same where the mesh ends), or {@link #KNOT}. */
    final long[] label;

    private BorderLabels(int[] low, int[] high, long[] label) {
        this.low = low;
        this.high = high;
        this.label = label;
    }

    static int first(long label) {
        return (int) (label >>> 32);
    }

    static int second(long label) {
        return (int) label;
    }

    /** Matches the borders of {@code nodes} and sets their {@link TileNode#shared}. */
    static BorderLabels of(List<TileNode> nodes, Work work) {
        int total = 0;
        for (TileNode n : nodes) {
            total += n.border.length / 2;
            n.shared = new boolean[n.border.length / 2];
        }
        long[] keys = new long[total];
        int[] owner = new int[total];
        int[] edge = new int[total];
        int k = 0;
        for (int i = 0; i < nodes.size(); i++) {
            k = edges(nodes.get(i).border, i, keys, owner, edge, k);
        }
        int[] order = Morton.sort(keys, work);
        BorderLabels all = new BorderLabels(new int[total], new int[total], new long[total]);
        int n = 0;
        for (int i = 0; i < total; ) {
            int j = i + 1;
            while (j < total && keys[order[j]] == keys[order[i]]) {
                j++;
            }
            shared(nodes, order, owner, edge, i, j);
            all.low[n] = (int) (keys[order[i]] >>> 32);
            all.high[n] = (int) keys[order[i]];
            all.label[n++] = label(nodes, order, owner, edge, i, j);
            i = j;
        }
        return new BorderLabels(Arrays.copyOf(all.low, n), Arrays.copyOf(all.high, n), Arrays.copyOf(all.label, n));
    }

    private static int edges(int[] border, int node, long[] keys, int[] owner, int[] edge, int from) {
        int k = from;
        for (int e = 0; e < border.length / 2; e++) {
            int a = border[2 * e];
            int b = border[2 * e + 1];
            keys[k] = a < b ? (long) a << 32 | b : (long) b << 32 | a;
            owner[k] = node;
            edge[k++] = e;
        }
        return k;
    }

    private static void shared(List<TileNode> nodes, int[] order, int[] owner, int[] edge, int i, int j) {
        boolean alone = true;
        for (int m = i; m < j; m++) {
            alone &= owner[order[m]] == owner[order[i]];
        }
        for (int m = i; m < j; m++) {
            nodes.get(owner[order[m]]).shared[edge[order[m]]] = !alone;
        }
    }

    private static long label(List<TileNode> nodes, int[] order, int[] owner, int[] edge, int i, int j) {
        TileNode p = nodes.get(owner[order[i]]);
        if (j - i == 1) {
            return (long) p.index << 32 | p.index;
        }
        TileNode q = nodes.get(owner[order[j - 1]]);
        boolean opposite = p.border[2 * edge[order[i]]] == q.border[2 * edge[order[j - 1]] + 1];
        if (j - i > 2 || p == q || !opposite) {
            return KNOT;
        }
        return p.index < q.index ? (long) p.index << 32 | q.index : (long) q.index << 32 | p.index;
    }
}
