package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Morton;
import org.junit.jupiter.api.Test;

/** The octree against the same rule spelt out slowly: cell by cell, point by point. */
class PointOctreeTest {
    private static final int BITS = 21;

    /** level, then code: the members, ascending. */
    private static Map<String, int[]> slowly(long[] codes, int split) {
        Map<String, int[]> out = new TreeMap<>();
        boolean[] taken = new boolean[codes.length];
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < codes.length; i++) {
            all.add(i);
        }
        List<List<Integer>> level = all.isEmpty() ? List.of() : List.of(all);
        for (int l = 0; !level.isEmpty(); l++) {
            List<List<Integer>> next = new ArrayList<>();
            for (List<Integer> cell : level) {
                boolean inner = cell.size() > split && l < BITS - 1;
                List<Integer> members = new ArrayList<>();
                if (inner) {
                    Map<Long, Integer> best = new TreeMap<>();
                    int side = Math.max(0, BITS - l - 7);
                    for (int i : cell) {
                        if (!taken[i]) {
                            long grid = codes[i] >>> 3 * side;
                            Integer b = best.get(grid);
                            if (b == null || fromCentre(codes[i], side) < fromCentre(codes[b], side)) {
                                best.put(grid, i);
                            }
                        }
                    }
                    members.addAll(best.values());
                    Map<Long, List<Integer>> children = new TreeMap<>();
                    for (int i : cell) {
                        children.computeIfAbsent(codes[i] >>> 3 * (BITS - l - 1), k -> new ArrayList<>())
                                .add(i);
                    }
                    next.addAll(children.values());
                } else {
                    cell.stream().filter(i -> !taken[i]).forEach(members::add);
                }
                members.forEach(i -> taken[i] = true);
                if (!members.isEmpty()) {
                    int[] m = members.stream()
                            .mapToInt(Integer::intValue)
                            .sorted()
                            .toArray();
                    out.put(l + "/" + (codes[cell.getFirst()] >>> 3 * (BITS - l)), m);
                }
            }
            level = next;
        }
        return out;
    }

    /** By the eighth of the grid cell that it lies in, squared; in half eighths. */
    private static int fromCentre(long code, int side) {
        int sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            int at = Morton.decode(code, axis) & (1 << side) - 1;
            int eighth = side >= 3 ? at >>> side - 3 : at << 3 - side;
            sum += (2 * eighth - 7) * (2 * eighth - 7);
        }
        return sum;
    }

    private static Map<String, int[]> nodes(long[] codes, int split, int threads) {
        Map<String, int[]> out = new TreeMap<>();
        try (Work work = new Work(threads, 1L << 28, Progress.NONE)) {
            int level = 0;
            long code = -1;
            for (PointOctree.Node n : PointOctree.nodes(codes, split, work)) {
                assertThat(n.level() > level || n.level() == level && n.code() > code)
                        .as("level by level, in order")
                        .isTrue();
                level = n.level();
                code = n.code();
                assertThat(Morton.encode(n.x(), n.y(), n.z())).isEqualTo(code);
                out.put(level + "/" + code, n.members());
            }
        }
        return out;
    }

    private static void same(long[] codes, int split) {
        Map<String, int[]> wanted = slowly(codes, split);
        Map<String, int[]> found = nodes(codes, split, 2);
        assertThat(found.keySet()).isEqualTo(wanted.keySet());
        wanted.forEach((k, m) -> assertThat(found.get(k)).as(k).isEqualTo(m));
    }

    /** Clouds of several sizes: from the whole cube to single steps, with some points thrice. */
    private static long[] codes(int n, long seed) {
        SplittableRandom r = new SplittableRandom(seed);
        long[] codes = new long[n];
        for (int i = 0; i < n; i++) {
            int bits = r.nextInt(1, 22);
            int[] p = new int[3];
            for (int a = 0; a < 3; a++) {
                int corner = (int) (0x155555L * (a + 1) & 0x1FFFFF);
                p[a] = Math.min(0x1FFFFF, (corner >>> bits << bits) + r.nextInt(1 << bits));
            }
            codes[i] = i % 9 == 8 ? codes[i / 2] : Morton.encode(p[0], p[1], p[2]);
        }
        Arrays.sort(codes);
        return codes;
    }

    @Test
    void eachPointIsWhereTheRulePutsIt() {
        for (int split : new int[] {1, 2, 5, 50, 1000}) {
            for (int n : new int[] {1, 2, 6, 51, 3000}) {
                same(codes(n, n + split), split);
            }
        }
        assertThat(nodes(new long[0], 5, 1)).isEmpty();
    }

    /** Exactly as many as a cell may hold stay in it. */
    @Test
    void aFullCellIsALeaf() {
        long[] five = codes(5, 3);
        assertThat(nodes(five, 5, 1)).hasSize(1);
        assertThat(nodes(five, 4, 1).size()).isGreaterThan(1);
        long[] equal = new long[40];
        assertThat(nodes(equal, 5, 1).values().stream().mapToInt(m -> m.length).sum())
                .as("points that nothing tells apart end on the deepest level")
                .isEqualTo(40);
    }

    /** More than one piece of work, cut anywhere: the same as in one. */
    @Test
    void theCutsOfTheWorkDoNotShow() {
        int n = 290_000;
        SplittableRandom r = new SplittableRandom(8);
        long[] codes = new long[n];
        for (int i = 0; i < n; i++) {
            codes[i] = r.nextLong(Long.MAX_VALUE);
            codes[i] = i % 3 == 0 ? codes[i] : codes[i] >>> 20;
        }
        Arrays.sort(codes);
        same(codes, 60_000);
    }
}
