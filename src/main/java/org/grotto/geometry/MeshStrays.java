package org.grotto.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the few triangles of a mesh that lie so far from all others that they are no part of what was measured, as
 * {@link Strays} does for points. Here a triangle fills all cells of its bounds, so that coarse walls around something fine
 * are no strays.
 *
 * <p>The bounds are cut into 64 x 64 x 64 cells; filled cells that touch are one group. A group is solid with at least
 * {@link Strays#SURFACE} corners, or where its triangles close (at least {@link #CLOSED} of them: a plain box is a
 * building). Where the solid groups hold less than nine tenths of all corners, there are no strays. Of the others those go
 * whose gap to the solid ones' bounds is at least as wide as these are long; what is left is looked at again. Solid groups
 * as far from the largest stay, and are told. Nothing depends on the order of triangles.
 *
 * <p>Cost: three passes over the triangles for each scale of distances at which something is far, one where nothing is.
 * Memory: 4 bytes a triangle and 2 MB.
 */
public final class MeshStrays {
    /** Triangles of the least thing that closes and is a thing. */
    static final int CLOSED = 8;

    private static final int GRID = 64;
    private static final int SIDE = GRID + 1;
    private static final int ROUNDS = 64;

    private final Mesh m;
    private final BitSet out = new BitSet();
    private final double[] low = new double[3];
    private final double[] high = new double[3];
    private double cell;
    private int[] group = {};
    /** Of each group, least and greatest cell of each axis. */
    private int[][] boxes = {};

    private MeshStrays(Mesh m) {
        this.m = m;
    }

    /**
     * A group of triangles away from the others.
     *
     * @param count how many they are
     * @param first the first of them
     * @param gap to the others, axis by axis the widest, metres; at least
     */
    public record Part(long count, int first, double gap) {}

    /**
     * @param out which triangles are strays
     * @param gone the groups they made, the farthest first
     * @param far groups that are as far, and stay
     */
    public record Found(BitSet out, List<Part> gone, List<Part> far) {}

    /** Looks at the triangles of {@code m}, whose corners are all finite. */
    public static Found of(Mesh m) {
        return new MeshStrays(m).find();
    }

    private Found find() {
        List<Part> gone = new ArrayList<>();
        for (int round = 0; ; round++) {
            List<Part> far = new ArrayList<>();
            int before = gone.size();
            bounds();
            if (cell > 0) {
                int groups = label(filled());
                if (groups > 1) {
                    judge(groups, gone, far);
                }
            }
            if (gone.size() == before || round == ROUNDS) {
                return new Found(out, gone, far);
            }
        }
    }

    private void bounds() {
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < m.triangles.length; i++) {
            if (!out.get(i / 3)) {
                for (int a = 0; a < 3; a++) {
                    double v = m.xyz[3 * m.triangles[i] + a];
                    low[a] = Math.min(low[a], v);
                    high[a] = Math.max(high[a], v);
                }
            }
        }
        cell = Math.max(high[0] - low[0], Math.max(high[1] - low[1], high[2] - low[2])) / GRID;
    }

    private int cell(int vertex, int axis) {
        return Math.min(GRID - 1, (int) ((m.xyz[3 * vertex + axis] - low[axis]) / cell));
    }

    /** Which cells triangles' bounds reach: corners of boxes are counted, then summed along each axis. */
    private boolean[] filled() {
        int[] sum = new int[SIDE * SIDE * SIDE];
        for (int t = 0; t < m.triangles.length / 3; t++) {
            if (out.get(t)) {
                continue;
            }
            int[] from = new int[3];
            int[] to = new int[3];
            for (int a = 0; a < 3; a++) {
                int p = cell(m.triangles[3 * t], a);
                int q = cell(m.triangles[3 * t + 1], a);
                int r = cell(m.triangles[3 * t + 2], a);
                from[a] = Math.min(p, Math.min(q, r));
                to[a] = Math.max(p, Math.max(q, r)) + 1;
            }
            for (int k = 0; k < 8; k++) {
                int x = (k & 1) == 0 ? from[0] : to[0];
                int y = (k & 2) == 0 ? from[1] : to[1];
                int z = (k & 4) == 0 ? from[2] : to[2];
                sum[(x * SIDE + y) * SIDE + z] += Integer.bitCount(k) % 2 == 0 ? 1 : -1;
            }
        }
        for (int step : new int[] {1, SIDE, SIDE * SIDE}) {
            for (int c = step; c < sum.length; c++) {
                if (c / step % SIDE != 0) {
                    sum[c] += sum[c - step];
                }
            }
        }
        boolean[] filled = new boolean[GRID * GRID * GRID];
        for (int c = 0; c < filled.length; c++) {
            filled[c] = sum[(c / (GRID * GRID) * SIDE + c / GRID % GRID) * SIDE + c % GRID] != 0;
        }
        return filled;
    }

    /** Numbers the groups of touching cells from 1; returns how many there are. */
    private int label(boolean[] filled) {
        group = new int[filled.length];
        List<int[]> found = new ArrayList<>();
        found.add(new int[6]);
        int[] queue = new int[256];
        for (int c = 0; c < filled.length; c++) {
            if (!filled[c] || group[c] != 0) {
                continue;
            }
            int[] box = {GRID, GRID, GRID, -1, -1, -1};
            int size = 0;
            queue[size++] = c;
            group[c] = found.size();
            while (size > 0) {
                int at = queue[--size];
                int[] k = {at / (GRID * GRID), at / GRID % GRID, at % GRID};
                for (int a = 0; a < 3; a++) {
                    box[a] = Math.min(box[a], k[a]);
                    box[3 + a] = Math.max(box[3 + a], k[a]);
                }
                for (int x = Math.max(0, k[0] - 1); x <= Math.min(GRID - 1, k[0] + 1); x++) {
                    for (int y = Math.max(0, k[1] - 1); y <= Math.min(GRID - 1, k[1] + 1); y++) {
                        for (int z = Math.max(0, k[2] - 1); z <= Math.min(GRID - 1, k[2] + 1); z++) {
                            int next = (x * GRID + y) * GRID + z;
                            if (filled[next] && group[next] == 0) {
                                group[next] = found.size();
                                if (size == queue.length) {
                                    queue = Arrays.copyOf(queue, 2 * size);
                                }
                                queue[size++] = next;
                            }
                        }
                    }
                }
            }
            found.add(box);
        }
        boxes = found.toArray(int[][]::new);
        return boxes.length - 1;
    }

    private int groupOf(int triangle) {
        int v = m.triangles[3 * triangle];
        return group[(cell(v, 0) * GRID + cell(v, 1)) * GRID + cell(v, 2)];
    }

    private void judge(int groups, List<Part> gone, List<Part> far) {
        int[] of = new int[m.triangles.length / 3];
        long[] count = new long[groups + 1];
        int[] first = new int[groups + 1];
        for (int t = 0; t < of.length; t++) {
            of[t] = out.get(t) ? 0 : groupOf(t);
            if (of[t] > 0 && count[of[t]]++ == 0) {
                first[of[t]] = t;
            }
        }
        long[] corners = new long[groups + 1];
        BitSet seen = new BitSet(m.vertexCount());
        long total = 0;
        for (int i = 0; i < m.triangles.length; i++) {
            if (of[i / 3] > 0 && !seen.get(m.triangles[i])) {
                seen.set(m.triangles[i]);
                corners[of[i / 3]]++;
                total++;
            }
        }
        boolean[] solid = new boolean[groups + 1];
        long held = 0;
        int main = 0;
        int[] bulk = {GRID, GRID, GRID, -1, -1, -1};
        for (int g = 1; g <= groups; g++) {
            solid[g] = corners[g] >= Strays.SURFACE || count[g] >= CLOSED && closed(of, g);
            if (solid[g]) {
                held += corners[g];
                main = main == 0 || corners[g] > corners[main] ? g : main;
                for (int a = 0; a < 3; a++) {
                    bulk[a] = Math.min(bulk[a], boxes[g][a]);
                    bulk[3 + a] = Math.max(bulk[3 + a], boxes[g][3 + a]);
                }
            }
        }
        if (main == 0 || held < total - total / 10) {
            return;
        }
        boolean[] leaves = new boolean[groups + 1];
        List<Part> going = new ArrayList<>();
        for (int g = 1; g <= groups; g++) {
            int[] from = solid[g] ? boxes[main] : bulk;
            int gap = gap(boxes[g], from);
            if (gap >= longest(from)) {
                leaves[g] = !solid[g];
                (leaves[g] ? going : far).add(new Part(count[g], first[g], gap * cell));
            }
        }
        for (int t = 0; t < of.length; t++) {
            if (leaves[of[t]]) {
                out.set(t);
            }
        }
        going.sort(Comparator.comparingDouble(Part::gap).reversed());
        gone.addAll(going);
    }

    /** Whether every edge of a small group lies between two triangles, corners in one place being one. */
    private boolean closed(int[] of, int g) {
        Map<String, Integer> id = new HashMap<>();
        Map<Long, Integer> edges = new HashMap<>();
        for (int t = 0; t < of.length; t++) {
            if (of[t] != g) {
                continue;
            }
            int[] c = new int[3];
            for (int k = 0; k < 3; k++) {
                int p = 3 * m.triangles[3 * t + k];
                c[k] = id.computeIfAbsent(m.xyz[p] + " " + m.xyz[p + 1] + " " + m.xyz[p + 2], s -> id.size());
            }
            for (int k = 0; k < 3; k++) {
                int a = Math.min(c[k], c[(k + 1) % 3]);
                int b = Math.max(c[k], c[(k + 1) % 3]);
                edges.merge(((long) a << 32) + b, 1, Integer::sum);
            }
        }
        return edges.values().stream().allMatch(n -> n == 2);
    }

    private static int longest(int[] box) {
        int l = 0;
        for (int a = 0; a < 3; a++) {
            l = Math.max(l, box[3 + a] - box[a] + 1);
        }
        return l;
    }

    /** Empty cells between two boxes along the axis where they are most. */
    private static int gap(int[] p, int[] q) {
        int gap = 0;
        for (int a = 0; a < 3; a++) {
            gap = Math.max(gap, Math.max(p[a] - q[3 + a] - 1, q[a] - p[3 + a] - 1));
        }
        return gap;
    }
}
