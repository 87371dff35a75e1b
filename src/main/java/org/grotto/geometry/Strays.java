package org.grotto.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the few points that lie so far from all others that they are no part of what was scanned: the origin of a survey
 * among points of a national grid, an echo from a mountain, a number without a meaning.
 *
 * <p>The bounds of all points are cut into 64 x 64 x 64 cells; cells that hold points and touch are one group. A group is
 * solid where it has extent, at least {@link #SURFACE} points, and either more than a thousandth of all points or sources
 * that measured nothing of the other solid ones. The solid groups are the bulk; where they hold less than nine tenths of
 * what has extent, nobody can tell strays from a sparse scan, and none are. Of the other groups those go whose gap to the
 * bulk's bounds, along one axis, is at least as wide as these are long. What is left has smaller bounds and is looked at
 * again, so that strays at any distance are found. Solid groups that are as far from the largest one stay, and are told.
 * Nothing depends on the order of the points.
 *
 * <p>Cost: two passes over the positions where nothing is far; three more for each scale of distances at which something
 * is. Memory: 2 MB.
 */
public final class Strays {
    /** Fewer points than this make no surface: ten rows of ten. */
    static final int SURFACE = 100;

    private static final int GRID = 64;
    private static final int CELLS = GRID * GRID * GRID;
    private static final int ROUNDS = 64;

    private final double[][] p;
    private final int n;
    private final char @Nullable [] source;
    private final BitSet out = new BitSet();
    private final double[] low = new double[3];
    private final double[] high = new double[3];

    private Strays(double[] x, double[] y, double[] z, int n, char @Nullable [] source) {
        this.p = new double[][] {x, y, z};
        this.n = n;
        this.source = source;
    }

    /**
     * A group of points away from the others.
     *
     * @param count how many they are
     * @param first index of the first of them
     * @param gap to the largest group, axis by axis the widest, metres; at least
     */
    public record Group(long count, int first, double gap) {}

    /**
     * @param out which points are strays
     * @param gone the groups they made, the farthest first
     * @param far groups that are as far, and stay
     */
    public record Found(BitSet out, List<Group> gone, List<Group> far) {}

    /**
     * Looks at the first {@code n} of the given positions, metres, all finite.
     *
     * @param source what each point comes from (its station), or null
     */
    public static Found of(double[] x, double[] y, double[] z, int n, char @Nullable [] source) {
        return new Strays(x, y, z, n, source).find();
    }

    private Found find() {
        List<Group> gone = new ArrayList<>();
        for (int round = 0; ; round++) {
            bounds();
            List<Group> far = new ArrayList<>();
            int before = gone.size();
            double side = 0;
            for (int a = 0; a < 3; a++) {
                side = Math.max(side, high[a] - low[a]);
            }
            if (side > 0) {
                new Look(side / GRID).run(gone, far);
            }
            if (gone.size() == before || round == ROUNDS) {
                return new Found(out, gone, far);
            }
        }
    }

    private void bounds() {
        boolean any = !out.isEmpty();
        for (int a = 0; a < 3; a++) {
            double[] v = p[a];
            double lo = Double.POSITIVE_INFINITY;
            double hi = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                if (any && out.get(i)) {
                    continue;
                }
                lo = Math.min(lo, v[i]);
                hi = Math.max(hi, v[i]);
            }
            low[a] = lo;
            high[a] = hi;
        }
    }

    /** One look at cells of one size. */
    private final class Look {
        private final double cell;
        private final int[] group = new int[CELLS];
        private int groups;
        /** Per group: least and greatest cell of each axis; of 0: of all solid ones. */
        private int[] box = new int[6 * 16];

        Look(double cell) {
            this.cell = cell;
        }

        private int cell(int i) {
            int at = 0;
            for (int a = 0; a < 3; a++) {
                at = at * GRID + Math.min(GRID - 1, (int) ((p[a][i] - low[a]) / cell));
            }
            return at;
        }

        void run(List<Group> gone, List<Group> far) {
            boolean any = !out.isEmpty();
            for (int i = 0; i < n; i++) {
                if (!any || !out.get(i)) {
                    group[cell(i)] = -1;
                }
            }
            label();
            if (groups > 1) {
                judge(gone, far);
            }
        }

        /** Numbers the groups from 1. */
        private void label() {
            int[] queue = new int[256];
            for (int c = 0; c < CELLS; c++) {
                if (group[c] != -1) {
                    continue;
                }
                int g = ++groups;
                if (6 * g + 6 > box.length) {
                    box = Arrays.copyOf(box, 2 * box.length);
                }
                Arrays.fill(box, 6 * g, 6 * g + 3, GRID);
                Arrays.fill(box, 6 * g + 3, 6 * g + 6, -1);
                int size = 0;
                queue[size++] = c;
                group[c] = g;
                while (size > 0) {
                    int at = queue[--size];
                    int[] k = {at / (GRID * GRID), at / GRID % GRID, at % GRID};
                    for (int a = 0; a < 3; a++) {
                        box[6 * g + a] = Math.min(box[6 * g + a], k[a]);
                        box[6 * g + 3 + a] = Math.max(box[6 * g + 3 + a], k[a]);
                    }
                    for (int x = Math.max(0, k[0] - 1); x <= Math.min(GRID - 1, k[0] + 1); x++) {
                        for (int y = Math.max(0, k[1] - 1); y <= Math.min(GRID - 1, k[1] + 1); y++) {
                            for (int z = Math.max(0, k[2] - 1); z <= Math.min(GRID - 1, k[2] + 1); z++) {
                                int next = (x * GRID + y) * GRID + z;
                                if (group[next] == -1) {
                                    group[next] = g;
                                    if (size == queue.length) {
                                        queue = Arrays.copyOf(queue, 2 * size);
                                    }
                                    queue[size++] = next;
                                }
                            }
                        }
                    }
                }
            }
        }

        private void judge(List<Group> gone, List<Group> far) {
            long[] count = new long[groups + 1];
            int[] first = new int[groups + 1];
            boolean[] spread = new boolean[groups + 1];
            boolean any = !out.isEmpty();
            for (int i = 0; i < n; i++) {
                if (any && out.get(i)) {
                    continue;
                }
                int g = group[cell(i)];
                if (count[g]++ == 0) {
                    first[g] = i;
                }
                for (int a = 0; a < 3 && !spread[g]; a++) {
                    spread[g] = Math.abs(p[a][i] - p[a][first[g]]) > 1e-6;
                }
            }
            long total = 0;
            for (int g = 1; g <= groups; g++) {
                total += spread[g] ? count[g] : 0;
            }
            boolean[] solid = new boolean[groups + 1];
            for (int g = 1; g <= groups; g++) {
                solid[g] = spread[g] && count[g] >= SURFACE && count[g] > total / 1000;
            }
            boolean[] shared = shared(solid);
            long held = 0;
            int main = 0;
            Arrays.fill(box, 0, 3, GRID);
            Arrays.fill(box, 3, 6, -1);
            for (int g = 1; g <= groups; g++) {
                solid[g] |= spread[g] && count[g] >= SURFACE && !shared[g];
                if (solid[g]) {
                    held += count[g];
                    main = main == 0 || count[g] > count[main] ? g : main;
                    for (int a = 0; a < 3; a++) {
                        box[a] = Math.min(box[a], box[6 * g + a]);
                        box[3 + a] = Math.max(box[3 + a], box[6 * g + 3 + a]);
                    }
                }
            }
            if (main == 0 || held < total - total / 10) {
                return;
            }
            boolean[] leaves = new boolean[groups + 1];
            List<Group> going = new ArrayList<>();
            for (int g = 1; g <= groups; g++) {
                int from = solid[g] ? main : 0;
                int gap = gap(g, from);
                if (gap >= longest(from)) {
                    leaves[g] = !solid[g];
                    (leaves[g] ? going : far).add(new Group(count[g], first[g], gap * cell));
                }
            }
            if (going.isEmpty()) {
                return;
            }
            for (int i = 0; i < n; i++) {
                if ((!any || !out.get(i)) && leaves[group[cell(i)]]) {
                    out.set(i);
                }
            }
            going.sort((a, b) -> Double.compare(b.gap, a.gap));
            gone.addAll(going);
        }

        /** Which groups have a source that also measured a solid one. */
        private boolean[] shared(boolean[] solid) {
            boolean[] shared = new boolean[groups + 1];
            char[] s = source;
            if (s == null) {
                Arrays.fill(shared, true);
                return shared;
            }
            boolean any = !out.isEmpty();
            boolean[] here = new boolean[1 << 16];
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < n; i++) {
                    if (any && out.get(i)) {
                        continue;
                    }
                    int g = group[cell(i)];
                    if (pass == 0 && solid[g]) {
                        here[s[i]] = true;
                    } else if (pass == 1 && here[s[i]]) {
                        shared[g] = true;
                    }
                }
            }
            return shared;
        }

        private int longest(int g) {
            int l = 0;
            for (int a = 0; a < 3; a++) {
                l = Math.max(l, box[6 * g + 3 + a] - box[6 * g + a] + 1);
            }
            return l;
        }

        /** Empty cells between the boxes of two groups along the axis where they are most. */
        private int gap(int g, int h) {
            int gap = 0;
            for (int a = 0; a < 3; a++) {
                gap = Math.max(gap, box[6 * g + a] - box[6 * h + 3 + a] - 1);
                gap = Math.max(gap, box[6 * h + a] - box[6 * g + 3 + a] - 1);
            }
            return gap;
        }
    }
}
