package org.grotto.lod;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.Progress;
import org.grotto.base.Work;

/**
 * Fills a tree's inner nodes from the deepest level up: children's triangles together, the borders between the level's
 * nodes simplified line by line, once for both sides, then each node's inside with its border locked.
 *
 * <p>All sides of a border that is simplified at a level are nodes of that level; a border towards a finer or finest node
 * that merely stands beside stays as it is. So every level, and every level's neighbourhood with the leaves, is closed
 * where the mesh is closed: each step is a map of vertices to vertices, and borders cancel as chains.
 */
final class TileLevels {
    /** A parent has about this part of its children's triangles: a surface's share when its edges double. */
    private static final int REDUCTION = 4;

    private final TileVertices v;
    private final TileTree tree;
    private final int limit;
    private final Work work;
    private final TileErrors errors;
    /** By vertex: 0 or a reason why it has to stay at the level being made. */
    private final byte[] must;
    /** By vertex: what it becomes at the level being made. */
    private final int[] into;

    private final int[] scratch;
    /** What went, level by level, see {@link TileSkirts.Hem}. */
    private int[] gone = new int[64];

    private float[] goneFar = new float[16];
    private byte[] goneAt = new byte[16];
    private int goneCount;

    private TileLevels(TileTree tree, int limit, Work work) {
        this.v = tree.mesh;
        this.tree = tree;
        this.limit = limit;
        this.work = work;
        this.errors = new TileErrors(tree, work);
        this.must = new byte[v.size()];
        this.into = new int[v.size()];
        for (int i = 0; i < into.length; i++) {
            into[i] = i;
        }
        this.scratch = new int[v.size()];
    }

    /**
     * Fills all nodes of {@code tree}.
     *
     * @return what became of the borders
     */
    static TileSkirts.Hem fill(TileTree tree, int limit, Work work) {
        return new TileLevels(tree, limit, work).run();
    }

    private TileSkirts.Hem run() {
        List<TileNode> standing = new ArrayList<>();
        int deepest = 0;
        for (TileNode n : tree.nodes) {
            deepest = Math.max(deepest, n.depth);
            if (n.leaf()) {
                standing.add(n);
            }
        }
        work.each(standing.size(), i -> {
            TileNode n = standing.get(i);
            n.triangles = Arrays.copyOfRange(v.triangles, 3 * n.from, 3 * n.to);
            n.border = BorderEdges.of(v.triangles, n.from, n.to, new LocalIds(n.low, n.high));
            n.error = errors.rounding(n);
        });
        BorderLabels.of(standing, work);
        List<TileNode> all = standing;
        try (Progress.Step step =
                work.progress().begin("building levels of detail", v.triangles.length / 3, "triangles")) {
            for (int depth = deepest - 1; depth >= 0; depth--) {
                List<TileNode> now = new ArrayList<>();
                for (TileNode n : tree.nodes) {
                    if (!n.leaf() && n.depth == depth) {
                        now.add(n);
                    }
                }
                if (!now.isEmpty()) {
                    all = level(all, now, step);
                }
            }
        }
        return new TileSkirts.Hem(v, goneCount, gone, goneFar, goneAt);
    }

    /** Makes the nodes {@code now}; returns who stands side by side then. */
    private List<TileNode> level(List<TileNode> before, List<TileNode> now, Progress.Step step) {
        boolean[] made = new boolean[tree.nodes.size()];
        boolean[] replaced = new boolean[tree.nodes.size()];
        for (TileNode n : now) {
            made[n.index] = true;
            n.children.forEach(c -> replaced[c.index] = true);
        }
        List<TileNode> standing = new ArrayList<>();
        for (TileNode n : before) {
            if (!replaced[n.index]) {
                standing.add(n);
            }
        }
        standing.addAll(now);
        standing.sort((a, b) -> Integer.compare(a.index, b.index));
        work.each(now.size(), i -> join(now.get(i)));
        BorderLabels labels = BorderLabels.of(standing, work);
        List<int[]> lines = BorderLines.find(
                labels,
                label -> label != BorderLabels.KNOT
                        && made[BorderLabels.first(label)]
                        && made[BorderLabels.second(label)],
                scratch);
        List<BorderLine> thin = simplified(lines);
        for (int round = 0; round < 2; round++) {
            int[] flips = new int[now.size()];
            work.each(now.size(), i -> flips[i] = keepWhatFlips(now.get(i)));
            if (Arrays.stream(flips).sum() == 0) {
                break;
            }
            forget(thin);
            thin = simplified(lines);
        }
        record(thin, now.getFirst().depth);
        work.each(now.size(), i -> {
            TileNode n = now.get(i);
            n.triangles = mapped(n.triangles);
            int[] border = n.border;
            for (int k = 0; k < border.length; k++) {
                border[k] = into[border[k]];
            }
            n.border = BorderEdges.cancelled(border);
        });
        BorderLabels.of(standing, work);
        work.each(now.size(), i -> {
            TileNode n = now.get(i);
            int children = n.triangles.length / 3;
            n.triangles = SimplifyInside.to(
                    v, new LocalIds(n.low, n.high), n.triangles, n.border, Math.min(limit, children / REDUCTION));
            double least = 0;
            for (TileNode c : n.children) {
                least = Math.max(least, c.error);
            }
            n.error = errors.measure(n, least, work);
            step.advance(children);
        });
        forget(thin);
        for (int[] line : lines) {
            for (int p : line) {
                must[p] = 0;
            }
        }
        return standing;
    }

    private static void join(TileNode n) {
        int size = 0;
        int edges = 0;
        for (TileNode c : n.children) {
            size += c.triangles.length;
            edges += c.border.length;
        }
        int[] triangles = new int[size];
        int[] border = new int[edges];
        size = 0;
        edges = 0;
        for (TileNode c : n.children) {
            System.arraycopy(c.triangles, 0, triangles, size, c.triangles.length);
            System.arraycopy(c.border, 0, border, edges, c.border.length);
            size += c.triangles.length;
            edges += c.border.length;
        }
        n.triangles = triangles;
        n.border = BorderEdges.cancelled(border);
    }

    private List<BorderLine> simplified(List<int[]> lines) {
        return work.map(lines.size(), i -> {
            BorderLine line = BorderLine.simplify(lines.get(i), v, must);
            line.map(v, into);
            return line;
        });
    }

    private void forget(List<BorderLine> lines) {
        for (BorderLine line : lines) {
            for (int p : line.line) {
                into[p] = p;
            }
        }
    }

    /** Marks the vertices whose going would turn a triangle of {@code n} over; returns how many triangles would. */
    private int keepWhatFlips(TileNode n) {
        int flips = 0;
        int[] t = n.triangles;
        for (int i = 0; i < t.length; i += 3) {
            int a = into[t[i]];
            int b = into[t[i + 1]];
            int c = into[t[i + 2]];
            if (a == t[i] && b == t[i + 1] && c == t[i + 2] || a == b || b == c || c == a) {
                continue;
            }
            if (against(t[i], t[i + 1], t[i + 2], a, b, c)) {
                flips++;
                for (int k = 0; k < 3; k++) {
                    if (into[t[i + k]] != t[i + k]) {
                        must[t[i + k]] = 1;
                    }
                }
            }
        }
        return flips;
    }

    private boolean against(int a, int b, int c, int p, int q, int r) {
        double[] m = normal(a, b, c);
        double[] n = normal(p, q, r);
        return m[0] * n[0] + m[1] * n[1] + m[2] * n[2] < 0;
    }

    private double[] normal(int a, int b, int c) {
        double ux = v.x[b] - v.x[a];
        double uy = v.y[b] - v.y[a];
        double uz = v.z[b] - v.z[a];
        double wx = v.x[c] - v.x[a];
        double wy = v.y[c] - v.y[a];
        double wz = v.z[c] - v.z[a];
        return new double[] {uy * wz - uz * wy, uz * wx - ux * wz, ux * wy - uy * wx};
    }

    private int[] mapped(int[] triangles) {
        int[] out = new int[triangles.length];
        int k = 0;
        for (int i = 0; i < triangles.length; i += 3) {
            int a = into[triangles[i]];
            int b = into[triangles[i + 1]];
            int c = into[triangles[i + 2]];
            if (a != b && b != c && c != a) {
                out[k++] = a;
                out[k++] = b;
                out[k++] = c;
            }
        }
        return Arrays.copyOf(out, k);
    }

    /** Notes which vertices went, what they became, and how far they lay from the line that stayed. */
    private void record(List<BorderLine> lines, int depth) {
        for (BorderLine line : lines) {
            int[] p = line.line;
            for (int i = 0, j; i < p.length - 1; i = j) {
                j = i + 1;
                while (!line.kept[j]) {
                    j++;
                }
                for (int k = i + 1; k < j; k++) {
                    if (goneCount == goneFar.length) {
                        goneFar = Arrays.copyOf(goneFar, 2 * goneCount);
                        goneAt = Arrays.copyOf(goneAt, 2 * goneCount);
                        gone = Arrays.copyOf(gone, 8 * goneCount);
                    }
                    gone[4 * goneCount] = p[k];
                    gone[4 * goneCount + 1] = p[i];
                    gone[4 * goneCount + 2] = p[j];
                    gone[4 * goneCount + 3] = into[p[k]];
                    goneAt[goneCount] = (byte) depth;
                    goneFar[goneCount++] = line.far[k];
                }
            }
        }
    }
}
