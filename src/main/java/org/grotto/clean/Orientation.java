package org.grotto.clean;

import java.util.Arrays;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.KdTree;
import org.grotto.store.Chunks;

/**
 * Signs of normals where no station tells them: carried from neighbour to neighbour along the edges on which normals
 * agree best, a minimum spanning forest (Hoppe et al. 1992) by Kruskal's method, edges in order of (disagreement, point,
 * neighbour), so the result is one. Each connected part is then turned as a whole: to its points of known station if it
 * has any, else by {@link OpenSide}. Memory: 80 bytes a point.
 */
final class Orientation {
    private static final int NEIGHBOURS = 8;
    private static final int CLASSES = 1024;
    /** Parts smaller than this ask the open side from three of their points only. */
    private static final int SMALL_PART = 50;

    private final Chunks chunks;
    private final Cloud cloud;
    private final float[] normals;
    /** The parent in the union-find forest, or minus the size at a root. */
    private final int[] parent;
    /** Whether a point's sign differs from its parent's. */
    private final boolean[] odd;

    private Orientation(Chunks chunks, float[] normals) {
        this.chunks = chunks;
        this.cloud = chunks.cloud();
        this.normals = normals;
        this.parent = new int[cloud.size];
        this.odd = new boolean[cloud.size];
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
        o.span(reach, work);
        return o.turn(known, side, work);
    }

    private void span(double reach, Work work) {
        int n = cloud.size;
        if (n > Integer.MAX_VALUE / NEIGHBOURS) {
            throw org.grotto.base.GrottoException.badRequest(
                    "Normals of " + n
                            + " points without stations are more than one run can orient; name the stations, or thin the cloud.");
        }
        int[] target = new int[n * NEIGHBOURS];
        short[] cost = new short[n * NEIGHBOURS];
        Arrays.fill(target, -1);
        chunks.map(
                reach,
                (chunk, all) -> {
                    KdTree.Query q = KdTree.of(cloud, all, work).query();
                    for (int i = chunk.from(); i < chunk.to(); i++) {
                        int found = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], NEIGHBOURS + 1, reach);
                        int slot = i * NEIGHBOURS;
                        for (int j = 0; j < found && slot < (i + 1) * NEIGHBOURS; j++) {
                            if (q.index[j] != i) {
                                target[slot] = q.index[j];
                                cost[slot++] = (short) cost(i, q.index[j]);
                            }
                        }
                    }
                    return 0;
                },
                work);
        int[] start = new int[CLASSES + 1];
        for (int e = 0; e < target.length; e++) {
            start[target[e] < 0 ? CLASSES : cost[e] + 1]++;
        }
        start[CLASSES] = 0; // edges that are not there are not counted, the last class needs no end
        for (int c = 1; c < CLASSES; c++) {
            start[c] += start[c - 1];
        }
        int edges = 0;
        for (int t : target) {
            edges += t >= 0 ? 1 : 0;
        }
        int[] order = new int[edges];
        for (int e = 0; e < target.length; e++) {
            if (target[e] >= 0) {
                order[start[cost[e]]++] = e;
            }
        }
        for (int e : order) {
            join(e / NEIGHBOURS, target[e]);
        }
    }

    /**
     * Disagreement of two neighbours, 0 to {@value #CLASSES} - 1: of their normals, or of the edge with their planes, so
     * that nothing is carried across from one sheet to a parallel one.
     */
    private int cost(int i, int j) {
        double dx = (double) cloud.x[j] - cloud.x[i];
        double dy = (double) cloud.y[j] - cloud.y[i];
        double dz = (double) cloud.z[j] - cloud.z[i];
        double d = dx * dx + dy * dy + dz * dz;
        double a = dx * normals[3 * i] + dy * normals[3 * i + 1] + dz * normals[3 * i + 2];
        double b = dx * normals[3 * j] + dy * normals[3 * j + 1] + dz * normals[3 * j + 2];
        double across = d > 0 ? Math.max(a * a, b * b) / d : 0;
        double c = Math.max(1 - Math.abs(dot(i, j)), across);
        return (int) Math.max(0, Math.min(CLASSES - 2, c * (CLASSES - 1)));
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

    private void join(int i, int j) {
        int a = find(i);
        int b = find(j);
        if (a == b) {
            return;
        }
        boolean differ = odd[i] ^ odd[j] ^ (dot(i, j) < 0);
        if (parent[a] > parent[b] || (parent[a] == parent[b] && a > b)) {
            int t = a;
            a = b;
            b = t;
        }
        parent[a] += parent[b];
        parent[b] = a;
        odd[b] = differ;
    }

    private String turn(boolean[] known, CleanOptions.Side side, Work work) {
        int n = cloud.size;
        double[] votes = new double[n];
        boolean[] told = new boolean[n];
        boolean anyUntold = false;
        for (int i = 0; i < n; i++) {
            if (known[i]) {
                int r = find(i);
                told[r] = true;
                votes[r] += odd[i] ? -1 : 1;
            }
        }
        for (int i = 0; i < n && !anyUntold; i++) {
            anyUntold = !told[find(i)];
        }
        String words = "towards the stations";
        if (anyUntold) {
            OpenSide open = new OpenSide(cloud, work);
            CleanOptions.Side chosen = side == CleanOptions.Side.AUTO ? open.choose() : side;
            words = (chosen == CleanOptions.Side.INSIDE ? "into the room" : "away from the object")
                    + (side == CleanOptions.Side.AUTO ? ", " + open.reason() : ", as asked");
            ask(open, chosen, told, votes, work);
        }
        for (int i = 0; i < n; i++) {
            int r = find(i);
            if (!known[i] && odd[i] == votes[r] >= 0) {
                normals[3 * i] = -normals[3 * i];
                normals[3 * i + 1] = -normals[3 * i + 1];
                normals[3 * i + 2] = -normals[3 * i + 2];
            }
        }
        return words;
    }

    /** Lets points spread over each part vote. */
    private void ask(OpenSide open, CleanOptions.Side side, boolean[] told, double[] votes, Work work) {
        int n = cloud.size;
        int[] seen = new int[n];
        int[] voters = new int[1024];
        int m = 0;
        for (int i = 0; i < n; i++) {
            int r = find(i);
            if (told[r]) {
                continue;
            }
            int size = -parent[r];
            int stride = size < SMALL_PART ? Math.max(1, size / 3) : Math.max(1, size / 2000);
            if (seen[r]++ % stride == 0) {
                if (m == voters.length) {
                    voters = Arrays.copyOf(voters, 2 * m);
                }
                voters[m++] = i;
            }
        }
        int[] v = voters;
        double[] vote = new double[m];
        work.blocks(m, 256, (from, to) -> {
            for (int k = from; k < to; k++) {
                int i = v[k];
                vote[k] = open.vote(side, i, normals[3 * i], normals[3 * i + 1], normals[3 * i + 2]);
            }
        });
        for (int k = 0; k < m; k++) {
            votes[find(v[k])] += odd[v[k]] ? -vote[k] : vote[k];
        }
    }
}
