package org.grotto.clean;

import java.util.Arrays;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.KdTree;
import org.grotto.store.Chunks;

/**
 * Signs of normals where no station tells them. Two neighbours agree as if an arc of a circle ran from one to the other,
 * so that its normals mirror each other (König and Gumhold 2009): this holds on a smooth wall, round a sharp edge, and
 * between the two faces of a thin plate or a narrow slit.
 *
 * <p>What is smooth beyond doubt is joined first, into patches, along a minimum spanning forest (Hoppe et al. 1992) by
 * Kruskal's method. Patches are then joined by the sum of the votes of all pairs of neighbours along their common border,
 * the surest first (Borůvka's method); a single doubtful pair, at which a spanning tree of points would turn a whole
 * pillar, is outvoted. The open side has a vote, too: points all over the cloud are asked which of their sides is free
 * ({@link OpenSide}), which outweighs borders for large patches and counts nothing for small ones. Points of known station
 * are on the right side from the start. All in fixed order, so the result is one. Memory: up to 300 bytes a point.
 */
final class Orientation {
    private static final int NEIGHBOURS = 12;
    private static final int CLASSES = 1024;
    /** Neighbours of less doubt than this are on one smooth patch. */
    private static final int SURE = 30;
    /** About how many points, spread evenly, are asked which side is open. */
    private static final int VOTERS = 40_000;
    /** What a point's view of the open counts, against two neighbours that mirror each other. */
    private static final double SEEN = 0.05;

    private final Chunks chunks;
    private final Cloud cloud;
    private final float[] normals;
    /** The node after the last point: what points to the open side. */
    private final int open;
    /** The parent in the union-find forest, or minus the size at a root. */
    private final int[] parent;
    /** Whether a point's sign differs from its parent's. */
    private final boolean[] odd;

    private Orientation(Chunks chunks, float[] normals) {
        this.chunks = chunks;
        this.cloud = chunks.cloud();
        this.normals = normals;
        this.open = cloud.size;
        this.parent = new int[cloud.size + 1];
        this.odd = new boolean[cloud.size + 1];
        Arrays.fill(parent, -1);
    }

    /**
     * Turns {@code normals} in place.
     *
     * @param known points whose normal has its sign already
     * @return in words, how the parts without known points were turned
     */
    static String run(
            Chunks chunks, float[] normals, boolean[] known, CleanOptions.Side side, double reach, Work work) {
        Orientation o = new Orientation(chunks, normals);
        boolean anyKnown = false;
        for (int i = 0; i < known.length; i++) {
            if (known[i] || o.none(i)) {
                o.join(i, o.open, false);
                anyKnown |= !o.none(i);
            }
        }
        int n = o.cloud.size;
        if (n > Integer.MAX_VALUE / NEIGHBOURS) {
            throw GrottoException.badRequest(
                    "Normals of " + n
                            + " points without stations are more than one run can orient; name the stations, or thin the cloud.");
        }
        int[] target = new int[n * NEIGHBOURS];
        short[] cost = new short[n * NEIGHBOURS];
        o.pairs(target, cost, reach, work);
        o.grow(target, cost);
        if (anyKnown) {
            o.settle(target, cost, new int[0], new double[0]);
        }
        String words = o.told() ? "towards the stations" : o.look(target, cost, side, work);
        o.turn(known);
        return words;
    }

    /** Whether point i has no normal: it needs no sign, and tells none. */
    private boolean none(int i) {
        return normals[3 * i] == 0 && normals[3 * i + 1] == 0 && normals[3 * i + 2] == 0;
    }

    /** The nearest neighbours of every point, -1 where there are fewer, and the doubt about each. */
    private void pairs(int[] target, short[] cost, double reach, Work work) {
        Arrays.fill(target, -1);
        chunks.map(
                reach,
                (chunk, all) -> {
                    KdTree.Query q = KdTree.of(cloud, all, work).query();
                    for (int i = chunk.from(); i < chunk.to(); i++) {
                        int found = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], NEIGHBOURS + 1, reach);
                        int slot = i * NEIGHBOURS;
                        for (int j = 0; j < found && slot < (i + 1) * NEIGHBOURS; j++) {
                            if (q.index[j] != i && !none(i) && !none(q.index[j])) {
                                target[slot] = q.index[j];
                                cost[slot++] = (short) cost(i, q.index[j]);
                            }
                        }
                    }
                    return 0;
                },
                work);
    }

    /** Joins what is smooth, the surest pairs first. */
    private void grow(int[] target, short[] cost) {
        int[] start = new int[SURE + 1];
        for (int e = 0; e < target.length; e++) {
            if (target[e] >= 0 && cost[e] < SURE) {
                start[cost[e] + 1]++;
            }
        }
        for (int c = 0; c < SURE; c++) {
            start[c + 1] += start[c];
        }
        int[] order = new int[start[SURE]];
        for (int e = 0; e < target.length; e++) {
            if (target[e] >= 0 && cost[e] < SURE) {
                order[start[cost[e]]++] = e;
            }
        }
        for (int e : order) {
            int i = e / NEIGHBOURS;
            join(i, target[e], mirrored(i, target[e]) < 0);
        }
    }

    /**
     * Joins patches by the votes along their borders and by what some points see, until none that touch are apart.
     *
     * @param voters points that were asked which side is open
     * @param views what they answered: positive where the normal points there
     */
    private void settle(int[] target, short[] cost, int[] voters, double[] views) {
        int[] pairs = new int[target.length];
        int n = 0;
        for (int e = 0; e < target.length; e++) {
            if (target[e] >= 0) {
                pairs[n++] = e;
            }
        }
        int asked = voters.length;
        int[] voter = voters.clone();
        double[] view = views.clone();
        for (; ; ) {
            n = apart(pairs, n, target);
            int still = 0;
            int o = find(open);
            for (int k = 0; k < asked; k++) {
                if (find(voter[k]) != o) {
                    voter[still] = voter[k];
                    view[still++] = view[k];
                }
            }
            asked = still;
            if (n + asked == 0) {
                return;
            }
            Borders borders = new Borders(n + asked);
            for (int k = 0; k < n; k++) {
                borders.see(find(pairs[k] / NEIGHBOURS), find(target[pairs[k]]));
            }
            for (int k = 0; k < asked; k++) {
                borders.see(find(voter[k]), o);
            }
            borders.sort();
            for (int k = 0; k < n; k++) {
                int i = pairs[k] / NEIGHBOURS;
                int j = target[pairs[k]];
                double sure = 1 - cost[pairs[k]] / (CLASSES - 1.0);
                double vote = mirrored(i, j) * sure * sure;
                borders.vote(find(i), find(j), odd[i] ^ odd[j] ? -vote : vote);
            }
            for (int k = 0; k < asked; k++) {
                borders.vote(find(voter[k]), o, odd[voter[k]] ^ odd[open] ? -view[k] : view[k]);
            }
            for (int p : borders.surest(parent.length, o)) {
                join(borders.low(p), borders.high(p), borders.sum(p) < 0);
            }
        }
    }

    /** Keeps the pairs whose points are not in one patch; afterwards both points hang on their patch directly. */
    private int apart(int[] pairs, int n, int[] target) {
        int kept = 0;
        for (int k = 0; k < n; k++) {
            if (find(pairs[k] / NEIGHBOURS) != find(target[pairs[k]])) {
                pairs[kept++] = pairs[k];
            }
        }
        return kept;
    }

    /**
     * Doubt about two neighbours, 0 to {@value #CLASSES} - 1: how far they are from mirroring each other, or how far the
     * way from one to the other leads out of their planes, most where these are parallel: then it is noise or a step.
     */
    private int cost(int i, int j) {
        double dx = (double) cloud.x[j] - cloud.x[i];
        double dy = (double) cloud.y[j] - cloud.y[i];
        double dz = (double) cloud.z[j] - cloud.z[i];
        double d = dx * dx + dy * dy + dz * dz;
        double a = dx * normals[3 * i] + dy * normals[3 * i + 1] + dz * normals[3 * i + 2];
        double b = dx * normals[3 * j] + dy * normals[3 * j + 1] + dz * normals[3 * j + 2];
        double across = d > 0 ? Math.max(a * a, b * b) / d : 0;
        double c = Math.max(1 - Math.abs(mirrored(i, j)), across * (0.5 + Math.abs(dot(i, j))));
        return (int) Math.max(0, Math.min(CLASSES - 2, c * (CLASSES - 1)));
    }

    /** The cosine between j's normal and the mirror image of i's in the plane half way between them. */
    private double mirrored(int i, int j) {
        double dx = (double) cloud.x[j] - cloud.x[i];
        double dy = (double) cloud.y[j] - cloud.y[i];
        double dz = (double) cloud.z[j] - cloud.z[i];
        double d = dx * dx + dy * dy + dz * dz;
        double a = dx * normals[3 * i] + dy * normals[3 * i + 1] + dz * normals[3 * i + 2];
        double b = dx * normals[3 * j] + dy * normals[3 * j + 1] + dz * normals[3 * j + 2];
        return d > 0 ? dot(i, j) - 2 * a * b / d : dot(i, j);
    }

    private double dot(int i, int j) {
        return (double) normals[3 * i] * normals[3 * j]
                + (double) normals[3 * i + 1] * normals[3 * j + 1]
                + (double) normals[3 * i + 2] * normals[3 * j + 2];
    }

    /** The root of i's part; afterwards i hangs on it directly, {@link #odd} tells its sign against the root. */
    private int find(int i) {
        int root = i;
        boolean sign = false;
        while (parent[root] >= 0) {
            sign ^= odd[root];
            root = parent[root];
        }
        while (parent[i] >= 0) {
            int next = parent[i];
            boolean s = odd[i];
            parent[i] = root;
            odd[i] = sign;
            sign ^= s;
            i = next;
        }
        return root;
    }

    private void join(int i, int j, boolean opposite) {
        int a = find(i);
        int b = find(j);
        if (a == b) {
            return;
        }
        boolean differ = odd[i] ^ odd[j] ^ opposite;
        if (parent[a] > parent[b] || (parent[a] == parent[b] && a > b)) {
            int t = a;
            a = b;
            b = t;
        }
        parent[a] += parent[b];
        parent[b] = a;
        odd[b] = differ;
    }

    /** Whether every point is joined to what is known. */
    private boolean told() {
        int o = find(open);
        for (int i = 0; i < open; i++) {
            if (find(i) != o) {
                return false;
            }
        }
        return true;
    }

    /** Asks points all over the cloud, then some of each part that none were asked of, which side is open. */
    private String look(int[] target, short[] cost, CleanOptions.Side side, Work work) {
        OpenSide sides = new OpenSide(cloud, work);
        CleanOptions.Side chosen = side == CleanOptions.Side.AUTO ? sides.choose() : side;
        int stride = Math.max(1, cloud.size / VOTERS);
        int[] voters = new int[(cloud.size + stride - 1) / stride];
        for (int k = 0; k < voters.length; k++) {
            voters[k] = k * stride;
        }
        settle(target, cost, voters, ask(sides, chosen, voters, SEEN * stride, work));
        int[] few = ofEachPart();
        settle(new int[0], cost, few, ask(sides, chosen, few, 1, work));
        return (chosen == CleanOptions.Side.INSIDE ? "into the room" : "away from the object")
                + (side == CleanOptions.Side.AUTO ? ", " + sides.reason() : ", as asked");
    }

    private double[] ask(OpenSide sides, CleanOptions.Side side, int[] voters, double weight, Work work) {
        double[] view = new double[voters.length];
        work.blocks(voters.length, 256, (from, to) -> {
            for (int k = from; k < to; k++) {
                int i = voters[k];
                view[k] = weight * sides.vote(side, i, normals[3 * i], normals[3 * i + 1], normals[3 * i + 2]);
            }
        });
        return view;
    }

    /** Some three points of each part whose side is not told yet. */
    private int[] ofEachPart() {
        int[] seen = new int[parent.length];
        int[] voters = new int[64];
        int m = 0;
        int o = find(open);
        for (int i = 0; i < open; i++) {
            int r = find(i);
            if (r != o && seen[r]++ % Math.max(1, -parent[r] / 3) == 0) {
                if (m == voters.length) {
                    voters = Arrays.copyOf(voters, 2 * m);
                }
                voters[m++] = i;
            }
        }
        return Arrays.copyOf(voters, m);
    }

    private void turn(boolean[] known) {
        int o = find(open);
        boolean from = odd[open];
        for (int i = 0; i < open; i++) {
            if (!known[i] && find(i) == o && (odd[i] ^ from)) {
                normals[3 * i] = -normals[3 * i];
                normals[3 * i + 1] = -normals[3 * i + 1];
                normals[3 * i + 2] = -normals[3 * i + 2];
            }
        }
    }
}
