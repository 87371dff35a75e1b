package org.grotto.surface;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;

/**
 * Sampling density at each sample: a kernel over the ball in which a surface of that density shows ten to forty samples.
 * From it follow the surface that the sample stands for (so that overlapping and close stations do not outweigh), the
 * depth at which its normal is spread, and the depth of the leaf cell around it.
 *
 * <p>One descent through the implicit octree of the sorted samples; every node carries the sample ranges of its 27
 * neighbours, so that no search structure is needed.
 */
final class Density {
    /** A node is divided while each child's 27 cells hold this many samples. */
    private static final int ENOUGH = 27;

    private static final int DEEPEST = 19;

    /** Cosine between the normals of two sides of one wall, at most. */
    private static final float OPPOSED = -0.5f;
    /** Samples around must see the other side in at least this share: a few bad normals make no wall. */
    private static final double SHARE = 0.15;
    /** To be told as a thin wall less is enough: the other side just comes into sight. */
    private static final double TOLD = 0.02;
    /** How many cells lie between two sides where spacing allows, and how many levels finer they are for it at most. */
    private static final double CELLS = 2;

    private static final double DEEPER = 1;
    /** Sides nearer than this many times the noise, or this part of the spacing, are not told apart. */
    private static final double NOISES = 3;

    private static final double SPACINGS = 0.15;

    private final Samples s;
    private final int maxDepth;
    private final Noise noise;
    private final PoissonOptions options;

    private Density(Samples s, int maxDepth, Noise noise, PoissonOptions options) {
        this.s = s;
        this.maxDepth = maxDepth;
        this.noise = noise;
        this.options = options;
    }

    /** Fills area, splat depth and leaf depth of every sample; no leaf is deeper than {@code maxDepth}. */
    static void estimate(Samples s, int maxDepth, Noise noise, PoissonOptions options, Work work) {
        Density d = new Density(s, maxDepth, noise, options);
        int[] root = new int[54];
        root[2 * 13] = 0;
        root[2 * 13 + 1] = s.n;
        List<int[]> tasks = new ArrayList<>();
        int split = s.n > 50_000 ? 4 : 0;
        d.descend(0, 0L, root, new Scratch(), split, tasks);
        work.each(tasks.size(), i -> {
            int[] t = tasks.get(i);
            long node = (long) t[55] << 32 | t[54] & 0xFFFFFFFFL;
            d.descend(t[56], node, t, new Scratch(), -1, tasks);
        });
    }

    /** Buffers of one descent: per depth the 27 ranges cut into octants, and one child's ranges. */
    private static final class Scratch {
        final int[][] cut = new int[DEEPEST + 2][27 * 9];
        final int[][] child = new int[DEEPEST + 2][54];
    }

    /** Handles all samples of a node; ranges holds [from, to) of its 27 neighbours, itself at 13. */
    private void descend(int depth, long node, int[] ranges, Scratch w, int taskDepth, List<int[]> tasks) {
        if (depth == taskDepth) {
            int[] t = java.util.Arrays.copyOf(ranges, 57);
            t[54] = (int) node;
            t[55] = (int) (node >>> 32);
            t[56] = depth;
            tasks.add(t);
            return;
        }
        int[] cut = w.cut[depth];
        int shift = 3 * (Samples.CODE_BITS - depth - 1);
        for (int k = 0; k < 27; k++) {
            int from = ranges[2 * k];
            int to = ranges[2 * k + 1];
            int at = from;
            cut[9 * k] = from;
            for (int c = 1; c < 8; c++) {
                at = from == to ? from : octantEnd(at, to, shift, c);
                cut[9 * k + c] = at;
            }
            cut[9 * k + 8] = to;
        }
        int[] child = w.child[depth];
        for (int c = 0; c < 8; c++) {
            if (cut[9 * 13 + c] == cut[9 * 13 + c + 1]) {
                continue;
            }
            long count = 0;
            for (int k = 0; k < 27; k++) {
                int px = (c & 1) + k % 3 - 1;
                int py = (c >> 1 & 1) + k / 3 % 3 - 1;
                int pz = (c >> 2) + k / 9 - 1;
                int parent = (px >> 1) + 1 + 3 * ((py >> 1) + 1) + 9 * ((pz >> 1) + 1);
                int at = 9 * parent + (px & 1 | (py & 1) << 1 | (pz & 1) << 2);
                child[2 * k] = cut[at];
                child[2 * k + 1] = cut[at + 1];
                count += cut[at + 1] - cut[at];
            }
            if (count >= ENOUGH && depth < DEEPEST) {
                descend(depth + 1, node << 3 | c, child, w, taskDepth, tasks);
            } else {
                measure(depth, child[26], child[27], ranges);
            }
        }
    }

    /**
     * How many levels finer cells must be so that the two sides of a thin wall, seen from both, do not fall together.
     *
     * @param gap between the sides, over the root cube's
     */
    private double deeper(int i, double splat, double gap, double density) {
        double apart = noise.metres(station(i)) / s.cube.side();
        if (gap < SPACINGS / Math.sqrt(density) || gap < NOISES * apart) {
            return 0;
        }
        double wanted = StrictMath.log(CELLS / gap) / StrictMath.log(2);
        return Math.max(0, Math.min(DEEPER, wanted - splat));
    }

    private int station(int i) {
        return i < s.station.length ? s.station[i] : Cloud.NO_STATION;
    }

    private double samplesPerNode(int i, double density) {
        double told = options.samplesPerNode();
        if (!Double.isNaN(told)) {
            return told;
        }
        return noise.samplesPerNode(station(i), s.cube.side() / Math.sqrt(density));
    }

    private int octantEnd(int from, int to, int shift, int octant) {
        if (to - from > 48) {
            int lo = from;
            int hi = to;
            while (lo < hi) {
                int mid = (lo + hi) >>> 1;
                if ((s.code[mid] >>> shift & 7) < octant) {
                    lo = mid + 1;
                } else {
                    hi = mid;
                }
            }
            return lo;
        }
        int at = from;
        while (at < to && (s.code[at] >>> shift & 7) < octant) {
            at++;
        }
        return at;
    }

    /** Samples [from, to), by a kernel of radius one cell of {@code depth} over the samples of the 27 ranges. */
    private void measure(int depth, int from, int to, int[] ranges) {
        double radius = s.cube.cell(depth) / s.cube.side();
        float scale = (float) (1.0 / (1L << RootCube.BITS - depth));
        boolean crowded = to - from > 1000;
        for (int i = from; i < to; i++) {
            double sum = 0;
            double behind = 0;
            double deep = 0;
            double weight = 0;
            float nx = s.normal[3 * i];
            float ny = s.normal[3 * i + 1];
            float nz = s.normal[3 * i + 2];
            if (crowded) { // thousands of points in one place: they are one sample
                sum = to - from;
            } else {
                int xi = s.x[i];
                int yi = s.y[i];
                int zi = s.z[i];
                for (int k = 0; k < 27; k++) {
                    int end = ranges[2 * k + 1];
                    for (int j = ranges[2 * k]; j < end; j++) {
                        float dx = (s.x[j] - xi) * scale;
                        float dy = (s.y[j] - yi) * scale;
                        float dz = (s.z[j] - zi) * scale;
                        float rest = 1 - (dx * dx + dy * dy + dz * dz);
                        if (rest > 0) {
                            sum += rest;
                            if (nx * s.normal[3 * j] + ny * s.normal[3 * j + 1] + nz * s.normal[3 * j + 2] < OPPOSED) {
                                double along = nx * dx + ny * dy + nz * dz;
                                behind += rest * Math.abs(along);
                                deep += rest * along;
                                weight += rest;
                            }
                        }
                    }
                }
            }
            // the kernel's integral over a plane is pi r^2 / 2; the sample itself counts half, for it is there for sure
            double density = (sum - 0.5) / (Math.PI / 2 * radius * radius);
            double splat = StrictMath.log(density / samplesPerNode(i, density)) / (2 * StrictMath.log(2));
            if (weight > SHARE * sum) {
                splat += deeper(i, splat, behind / weight * radius, density);
            }
            // before it lies the other side of a narrow gap, behind it that of a wall
            if (weight > TOLD * sum && deep < -0.5 * behind) {
                s.behind[i] = (byte) Math.max(1, Math.rint(100 * weight / sum));
            }
            splat = Math.max(2, Math.min(maxDepth, splat));
            int leaf = (int) Math.max(2, Math.min(maxDepth, Math.rint(splat + options.refine())));
            s.area[i] = (float) (1 / density);
            s.splat[i] = (float) Math.min(leaf, splat);
            s.leaf[i] = (byte) leaf;
        }
    }
}
