package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;

/** Borders of tiles: as chains, as lines, and what is left of a line, against plain counting and closed forms. */
class BorderTest {
    /** Directed edges by how often they are left when opposite ones have cancelled. */
    private static Map<List<Integer>, Integer> chain(int[] edges) {
        Map<List<Integer>, Integer> sum = new TreeMap<>(BorderTest::compare);
        for (int i = 0; i < edges.length; i += 2) {
            int a = edges[i];
            int b = edges[i + 1];
            if (a != b) {
                sum.merge(List.of(Math.min(a, b), Math.max(a, b)), a < b ? 1 : -1, Integer::sum);
            }
        }
        Map<List<Integer>, Integer> out = new TreeMap<>(BorderTest::compare);
        sum.forEach((e, n) -> {
            if (n != 0) {
                out.put(n > 0 ? e : List.of(e.get(1), e.get(0)), Math.abs(n));
            }
        });
        return out;
    }

    private static int compare(List<Integer> a, List<Integer> b) {
        return a.get(0).equals(b.get(0)) ? a.get(1) - b.get(1) : a.get(0) - b.get(0);
    }

    /** Directed edges as they stand, counted. */
    private static Map<List<Integer>, Integer> counted(int[] edges) {
        Map<List<Integer>, Integer> out = new TreeMap<>(BorderTest::compare);
        for (int i = 0; i < edges.length; i += 2) {
            out.merge(List.of(edges[i], edges[i + 1]), 1, Integer::sum);
        }
        return out;
    }

    private static int[] edges(int[] triangles, int from, int to) {
        int[] out = new int[6 * (to - from)];
        for (int t = from; t < to; t++) {
            for (int k = 0; k < 3; k++) {
                out[6 * (t - from) + 2 * k] = triangles[3 * t + k];
                out[6 * (t - from) + 2 * k + 1] = triangles[3 * t + (k + 1) % 3];
            }
        }
        return out;
    }

    private static int[] triangles(Random r, int n, int vertices) {
        int[] t = new int[3 * n];
        for (int i = 0; i < t.length; i += 3) {
            do {
                for (int k = 0; k < 3; k++) {
                    t[i + k] = r.nextInt(vertices);
                }
            } while (t[i] == t[i + 1] || t[i + 1] == t[i + 2] || t[i + 2] == t[i]);
        }
        return t;
    }

    @Test
    void whatDoesNotCancelIsTheBorderOfAnyTriangles() {
        Random r = new Random(5);
        for (int round = 0; round < 60; round++) {
            int n = 1 + r.nextInt(200);
            int[] t = triangles(r, n, 3 + r.nextInt(60));
            int from = r.nextInt(n);
            int to = from + 1 + r.nextInt(n - from);
            int[] border = BorderEdges.of(t, from, to, new LocalIds(0, round % 2 == 0 ? 0 : 30));
            assertThat(counted(border)).isEqualTo(chain(edges(t, from, to)));
        }
        assertThat(BorderEdges.of(new int[0], 0, 0, new LocalIds(0, 0))).isEmpty();
    }

    @Test
    void cancellingLeavesTheRestInItsOrder() {
        Random r = new Random(6);
        for (int round = 0; round < 60; round++) {
            int[] e = r.ints(2L * (1 + r.nextInt(300)), 0, 2 + r.nextInt(40)).toArray();
            int[] left = BorderEdges.cancelled(e);
            assertThat(counted(left)).isEqualTo(chain(e));
        }
        assertThat(BorderEdges.cancelled(new int[] {1, 2, 5, 5, 2, 1, 3, 4, 0, 1}))
                .containsExactly(3, 4, 0, 1);
        assertThat(BorderEdges.cancelled(new int[] {7, 0, 0, 7})).isEmpty();
        assertThat(BorderEdges.cancelled(new int[] {2, 1, 2, 1, 1, 2})).containsExactly(2, 1);
    }

    @Test
    void numbersFollowTheFirstAsking() {
        Random r = new Random(7);
        for (int round = 0; round < 40; round++) {
            int low = r.nextInt(1000);
            int high = low + r.nextInt(500);
            LocalIds ids = new LocalIds(low, high);
            Map<Integer, Integer> known = new LinkedHashMap<>();
            for (int step = 0; step < 40; step++) {
                int[] ask = r.ints(r.nextInt(60), 0, 3000).toArray();
                int[] wanted = new int[ask.length];
                for (int i = 0; i < ask.length; i++) {
                    known.putIfAbsent(ask[i], known.size());
                    wanted[i] = known.get(ask[i]);
                }
                assertThat(ids.of(ask)).isEqualTo(wanted);
                int one = r.nextInt(3000);
                known.putIfAbsent(one, known.size());
                assertThat(ids.of(one)).isEqualTo(known.get(one));
            }
            assertThat(ids.count()).isEqualTo(known.size());
            assertThat(ids.vertices())
                    .isEqualTo(
                            known.keySet().stream().mapToInt(Integer::intValue).toArray());
        }
    }

    private static TileNode node(int index, int... border) {
        TileNode n = new TileNode(index, 1, index, 0, 0);
        n.border = border;
        return n;
    }

    /** Labels of edges, by their two vertices. */
    private static Map<List<Integer>, Long> labels(BorderLabels l) {
        Map<List<Integer>, Long> out = new HashMap<>();
        for (int i = 0; i < l.low.length; i++) {
            assertThat(l.low[i]).isLessThan(l.high[i]);
            if (i > 0) {
                assertThat(l.low[i - 1] < l.low[i] || l.low[i - 1] == l.low[i] && l.high[i - 1] < l.high[i])
                        .as("sorted, each edge once")
                        .isTrue();
            }
            out.put(List.of(l.low[i], l.high[i]), l.label[i]);
        }
        return out;
    }

    @Test
    void anEdgeIsNamedByTheTwoNodesThatMeetThere() {
        TileNode a = node(3, 1, 2, 2, 9, 9, 1, 30, 31);
        TileNode b = node(8, 2, 1, 7, 6, 20, 21, 31, 30);
        TileNode c = node(5, 7, 6, 40, 41, 40, 41, 30, 31);
        Map<List<Integer>, Long> l;
        try (Work work = Work.silent()) {
            l = labels(BorderLabels.of(List.of(a, b, c), work));
        }
        assertThat(l).hasSize(7);
        assertThat(l.get(List.of(1, 2))).as("two, opposite").isEqualTo(3L << 32 | 8);
        assertThat(BorderLabels.first(l.get(List.of(1, 2)))).isEqualTo(3);
        assertThat(BorderLabels.second(l.get(List.of(1, 2)))).isEqualTo(8);
        assertThat(l.get(List.of(2, 9))).as("the mesh ends").isEqualTo(3L << 32 | 3);
        assertThat(l.get(List.of(1, 9))).isEqualTo(3L << 32 | 3);
        assertThat(l.get(List.of(20, 21))).isEqualTo(8L << 32 | 8);
        assertThat(l.get(List.of(6, 7))).as("two, the same way").isEqualTo(BorderLabels.KNOT);
        assertThat(l.get(List.of(40, 41))).as("one, twice").isEqualTo(BorderLabels.KNOT);
        assertThat(l.get(List.of(30, 31))).as("three").isEqualTo(BorderLabels.KNOT);
        assertThat(a.shared).containsExactly(true, false, false, true);
        assertThat(b.shared).containsExactly(true, true, false, true);
        assertThat(c.shared).containsExactly(true, false, false, true);
    }

    /** Border edges as a path of vertices; the second node has them the other way round. */
    private static void path(List<Integer> of, List<Integer> opposite, int... vertices) {
        for (int i = 0; i + 1 < vertices.length; i++) {
            of.addAll(List.of(vertices[i], vertices[i + 1]));
            opposite.addAll(List.of(vertices[i + 1], vertices[i]));
        }
    }

    private static int[] ints(List<Integer> l) {
        return l.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Integer> normal(int[] line) {
        List<Integer> l = new ArrayList<>(Arrays.stream(line).boxed().toList());
        if (l.getFirst().equals(l.getLast())) {
            l.removeLast();
            int at = l.indexOf(l.stream().min(Integer::compare).orElseThrow());
            java.util.Collections.rotate(l, -at);
            if (l.get(1) > l.getLast()) {
                java.util.Collections.reverse(l.subList(1, l.size()));
            }
            l.add(l.getFirst());
        } else if (l.getFirst() > l.getLast()) {
            java.util.Collections.reverse(l);
        }
        return l;
    }

    /** Three nodes: two lines from corner to corner, a third between two others, a ring, and edges nobody asks for. */
    @Test
    void linesRunFromCornerToCornerAndRingsClose() {
        List<Integer> a = new ArrayList<>();
        List<Integer> b = new ArrayList<>();
        List<Integer> c = new ArrayList<>();
        List<Integer> d = new ArrayList<>();
        List<Integer> none = new ArrayList<>();
        path(a, b, 10, 4, 17, 3, 11);
        path(b, c, 10, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 11);
        path(c, a, 10, 61, 11);
        path(a, d, 80, 85, 81, 84, 82, 80);
        path(c, none, 90, 91, 92);
        int[] slot = new int[100];
        List<int[]> lines;
        try (Work work = Work.silent()) {
            BorderLabels labels = BorderLabels.of(
                    List.of(node(0, ints(a)), node(1, ints(b)), node(2, ints(c)), node(3, ints(d))), work);
            lines = BorderLines.find(
                    labels, l -> BorderLabels.first(l) != BorderLabels.second(l) && l != BorderLabels.KNOT, slot);
        }
        Set<List<Integer>> found = new HashSet<>();
        lines.forEach(l -> found.add(normal(l)));
        assertThat(lines).hasSize(4);
        List<Integer> longest = new ArrayList<>(List.of(10));
        for (int i = 40; i < 60; i++) {
            longest.add(i);
        }
        longest.add(11);
        assertThat(found)
                .containsExactlyInAnyOrder(
                        List.of(10, 4, 17, 3, 11), longest, List.of(10, 61, 11), List.of(80, 82, 84, 81, 85, 80));
        assertThat(slot).as("left as it was").containsOnly(0);
    }

    /** A line ends where the nodes beside it change, even between two edges. */
    @Test
    void aLineEndsWhereItsNodesChange() {
        List<Integer> a = new ArrayList<>();
        List<Integer> b = new ArrayList<>();
        List<Integer> c = new ArrayList<>();
        path(a, b, 1, 2, 3);
        path(a, c, 3, 4, 5);
        List<int[]> lines;
        try (Work work = Work.silent()) {
            BorderLabels labels = BorderLabels.of(List.of(node(0, ints(a)), node(1, ints(b)), node(2, ints(c))), work);
            lines = BorderLines.find(labels, l -> BorderLabels.second(l) == 2, new int[9]);
            assertThat(lines).hasSize(1);
            assertThat(normal(lines.getFirst())).containsExactly(3, 4, 5);
            assertThat(BorderLines.find(labels, l -> true, new int[9])).hasSize(2);
        }
    }

    /** Three turns of space: none, y to z to x, and askew. */
    private static final double[][] TURNS = {
        {1, 0, 0, 0, 1, 0, 0, 0, 1},
        {0, 0, 1, 1, 0, 0, 0, 1, 0},
        {2 / 3.0, -1 / 3.0, 2 / 3.0, 2 / 3.0, 2 / 3.0, -1 / 3.0, -1 / 3.0, 2 / 3.0, 2 / 3.0}
    };

    /** A strip whose upper edge is the line; all normals up. */
    private static TileVertices strip(double[][] line) {
        return strip(line, TURNS[0]);
    }

    /** The same, turned. */
    private static TileVertices strip(double[][] line, double[] r) {
        int n = line.length;
        float[] xyz = new float[6 * n];
        int[] t = new int[6 * (n - 1)];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < 3; k++) {
                double[] p = line[i];
                xyz[3 * i + k] = (float) (r[3 * k] * p[0] + r[3 * k + 1] * p[1] + r[3 * k + 2] * p[2]);
                xyz[3 * (n + i) + k] = (float) (r[3 * k] * p[0] + r[3 * k + 1] * (p[1] - 3) + r[3 * k + 2] * p[2]);
            }
            if (i + 1 < n) {
                int[] quad = {i, n + i, i + 1, i + 1, n + i, n + i + 1};
                System.arraycopy(quad, 0, t, 6 * i, 6);
            }
        }
        try (Work work = Work.silent()) {
            return TileVertices.of(new Mesh(0, 0, 0, xyz, null, null, null, t), work);
        }
    }

    private static int[] range(int n) {
        int[] line = new int[n];
        for (int i = 0; i < n; i++) {
            line[i] = i;
        }
        return line;
    }

    private static List<Integer> kept(BorderLine b) {
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < b.kept.length; i++) {
            if (b.kept[i]) {
                out.add(i);
            }
        }
        return out;
    }

    @Test
    void halfOfALineStaysAndItsPeaksDo() {
        double[][] line = new double[13][];
        for (int i = 0; i < 13; i++) {
            line[i] = new double[] {i, 0, 0};
        }
        line[3] = new double[] {3, 0, 0.5};
        line[7] = new double[] {7, 0.75, 0};
        TileVertices v = strip(line);
        BorderLine b = BorderLine.simplify(range(13), v, new byte[v.size()]);
        List<Integer> kept = kept(b);
        assertThat(kept).hasSize(2 + 5).contains(0, 3, 7, 12);
        for (int i = 1; i < kept.size(); i++) {
            assertThat(kept.get(i) - kept.get(i - 1))
                    .as("at most three go at once")
                    .isLessThanOrEqualTo(4);
        }
        int beside = 0;
        for (int i = 0; i < 13; i++) {
            double away = b.kept[i] ? 0 : away(line, kept, i);
            if (away > 1e-3) {
                // what lies off across opens a step, what lies off aside, in the surface, none
                assertThat((double) b.far[i]).isBetween(i < 5 ? 0.9 * away : 0, i < 5 ? away + 1e-5 : 0.1 * away);
                beside += i < 5 ? 0 : 1;
            }
        }
        assertThat(beside).isPositive();
    }

    /** How far vertex {@code i} lies from the segment between the kept ones around it. */
    private static double away(double[][] line, List<Integer> kept, int i) {
        int from = kept.stream().filter(k -> k < i).max(Integer::compare).orElseThrow();
        int to = kept.stream().filter(k -> k > i).min(Integer::compare).orElseThrow();
        double least = Double.POSITIVE_INFINITY;
        for (int s = 0; s <= 20_000; s++) {
            double t = s / 20_000.0;
            double sum = 0;
            for (int k = 0; k < 3; k++) {
                double d = line[from][k] + t * (line[to][k] - line[from][k]) - line[i][k];
                sum += d * d;
            }
            least = Math.min(least, Math.sqrt(sum));
        }
        return least;
    }

    /** Four times as far along the surface is worth as much as once across it. */
    @Test
    void depthCountsFourTimesAsMuchAsTheWayAlongTheSurface() {
        for (double[] turn : TURNS) {
            for (double aside : new double[] {0.3, 0.5}) {
                double[][] line = {
                    {0, 0, 0}, {0.5, aside, 0}, {1, 0, 0}, {1.5, 0, 0}, {2, 0, 0.1}, {2.5, 0, 0}, {3, 0, 0}
                };
                TileVertices v = strip(line, turn);
                byte[] must = new byte[v.size()];
                must[3] = 1;
                BorderLine b = BorderLine.simplify(range(7), v, must);
                // two of five stay: the one that must, and one more
                assertThat(kept(b)).hasSize(4).contains(3);
                assertThat(b.kept[aside > 0.4 ? 1 : 4]).as("aside " + aside).isTrue();
            }
        }
    }

    @Test
    void whatHasToStayStays() {
        double[][] line = new double[9][];
        for (int i = 0; i < 9; i++) {
            line[i] = new double[] {i, 0, i == 4 ? 0.5 : 0};
        }
        TileVertices v = strip(line);
        byte[] must = new byte[v.size()];
        must[1] = 1;
        must[2] = 1;
        must[6] = 1;
        assertThat(kept(BorderLine.simplify(range(9), v, must))).containsExactly(0, 1, 2, 6, 8);
        byte[] ends = new byte[v.size()];
        ends[0] = 1;
        ends[8] = 1;
        assertThat(kept(BorderLine.simplify(range(9), v, ends)))
                .as("ends stay anyhow, and count for no other")
                .hasSize(2 + 3)
                .contains(0, 4, 8);
        Arrays.fill(must, (byte) 1);
        assertThat(kept(BorderLine.simplify(range(9), v, must))).hasSize(9);
        assertThat(kept(BorderLine.simplify(new int[] {0, 1}, v, new byte[v.size()])))
                .containsExactly(0, 1);
        assertThat(kept(BorderLine.simplify(new int[] {0, 1, 2}, v, new byte[v.size()])))
                .containsExactly(0, 2);
    }

    /** A ring keeps its beginning, what lies farthest from it, and at least one more: it stays a surface's border. */
    @Test
    void aRingStaysARing() {
        for (int n = 4; n <= 12; n++) {
            double[][] circle = new double[n][];
            for (int i = 0; i < n; i++) {
                double a = 2 * Math.PI * i / n;
                circle[i] = new double[] {Math.cos(a), 10 + Math.sin(a), 0.001 * i};
            }
            TileVertices v = strip(circle);
            int[] ring = Arrays.copyOf(range(n), n + 1);
            ring[n] = 0;
            BorderLine b = BorderLine.simplify(ring, v, new byte[v.size()]);
            assertThat(b.kept[0] && b.kept[n]).isTrue();
            assertThat(kept(b).size()).isEqualTo(2 + Math.max(2, (n - 1) / 2));
            int far = n / 2;
            assertThat(b.kept[far] || n % 2 == 1 && b.kept[far + 1]).isTrue();
        }
    }

    /** What goes becomes the kept vertex that is nearer along the line, the first where both are as near. */
    @Test
    void whatGoesBecomesTheNearerOne() {
        double[] at = {0, 1, 3, 4, 6, 7, 7.5};
        double[][] line = new double[7][];
        for (int i = 0; i < 7; i++) {
            line[i] = new double[] {at[i], 0, 0};
        }
        TileVertices v = strip(line);
        byte[] must = new byte[v.size()];
        must[4] = 1;
        must[5] = 1;
        BorderLine b = BorderLine.simplify(range(7), v, must);
        assertThat(kept(b)).containsExactly(0, 4, 5, 6);
        int[] into = new int[v.size()];
        Arrays.fill(into, -1);
        b.map(v, into);
        assertThat(Arrays.copyOf(into, 7)).containsExactly(-1, 0, 0, 4, -1, -1, -1);
        double[][] even = {{0, 0, 0}, {3, 0, 0}, {4, 0, 0}, {6, 0, 0}};
        TileVertices w = strip(even);
        byte[] none = new byte[w.size()];
        BorderLine two = BorderLine.simplify(range(4), w, none);
        assertThat(kept(two)).hasSize(3);
        int[] to = {-1, -1, -1, -1, -1, -1, -1, -1};
        two.map(w, to);
        assertThat(two.kept[1] ? to[2] : to[1]).isEqualTo(two.kept[1] ? 1 : 0);
    }
}
