package org.grotto.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KdTreeTest {
    private static final Lattice LATTICE = new Lattice(100, -7, 3, 1e-3);

    private static Cloud cloud(int n, int range, long seed) {
        Random r = new Random(seed);
        int[][] c = new int[3][n];
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                c[a][i] = r.nextInt(-range, range + 1);
            }
        }
        return new Cloud(LATTICE, c[0], c[1], c[2], null, null, null, null);
    }

    private static double d2(Cloud c, int i, double qx, double qy, double qz) {
        double dx = c.x[i] - qx;
        double dy = c.y[i] - qy;
        double dz = c.z[i] - qz;
        return dx * dx + dy * dy + dz * dz;
    }

    /** All indices by (distance, index), in lattice units. */
    private static int[] bruteForce(Cloud c, int[] subset, double qx, double qy, double qz) {
        return Arrays.stream(subset)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> d2(c, i, qx, qy, qz))
                        .thenComparing(i -> i))
                .mapToInt(i -> i)
                .toArray();
    }

    /** A small range makes many equal distances and equal points, so ties are common. */
    @ParameterizedTest
    @ValueSource(ints = {3, 40, 100_000, 1_000_000_000})
    void nearestEqualsBruteForceWithItsTies(int range) {
        Cloud c = cloud(700, range, range);
        int[] all = IntStream.range(0, c.size).toArray();
        KdTree.Query q = KdTree.of(c).query();
        Random r = new Random(1);
        for (int t = 0; t < 200; t++) {
            int i = r.nextInt(c.size);
            int k = 1 + r.nextInt(20);
            int found = q.nearestAt(c.x[i], c.y[i], c.z[i], k, Double.POSITIVE_INFINITY);
            int[] want = Arrays.copyOf(bruteForce(c, all, c.x[i], c.y[i], c.z[i]), k);
            assertThat(Arrays.copyOf(q.index, found)).isEqualTo(want);
            assertThat(Math.sqrt(q.distance[k - 1]))
                    .isCloseTo(
                            Math.sqrt(d2(c, want[k - 1], c.x[i], c.y[i], c.z[i])) * 1e-3,
                            org.assertj.core.data.Offset.offset(1e-6));
        }
    }

    /** A question profits from the answer before it, near or far, of as many points or of others, and is never wrong for it. */
    @ParameterizedTest
    @ValueSource(ints = {2, 60, 1_000_000_000})
    void whatWasAskedBeforeChangesNoAnswer(int range) {
        Cloud c = cloud(900, range, range);
        int[] all = IntStream.range(0, c.size).toArray();
        KdTree.Query q = KdTree.of(c).query();
        Random r = new Random(2);
        double[] at = new double[3];
        for (int t = 0; t < 400; t++) {
            double stride = t % 50 == 0 ? range : range * 0.02; // along a way, with a leap now and then
            for (int a = 0; a < 3; a++) {
                at[a] = Math.clamp(Math.rint(at[a] + stride * r.nextGaussian()), -2.0 * range, 2.0 * range);
            }
            int k = t % 40 == 0 ? 3 : t % 90 == 0 ? 1000 : 9;
            double radius = t % 7 == 0 ? 0.3e-3 * range : Double.POSITIVE_INFINITY;
            int found = q.nearestAt((int) at[0], (int) at[1], (int) at[2], k, radius);
            int[] want = Arrays.stream(bruteForce(c, all, at[0], at[1], at[2]))
                    .filter(i -> d2(c, i, at[0], at[1], at[2]) <= radius / 1e-3 * (radius / 1e-3))
                    .limit(k)
                    .toArray();
            assertThat(Arrays.copyOf(q.index, found)).isEqualTo(want);
        }
    }

    /** All others fall into one of the cells that points are sorted by. */
    @Test
    void oneFarPointHidesNoneOfTheOthers() {
        Cloud near = cloud(2000, 30, 11);
        near.x[7] = Integer.MAX_VALUE;
        near.z[7] = Integer.MIN_VALUE;
        int[] all = IntStream.range(0, near.size).toArray();
        KdTree.Query q = KdTree.of(near).query();
        for (int i = 0; i < 50; i++) {
            int found = q.nearestAt(near.x[i], near.y[i], near.z[i], 12, Double.POSITIVE_INFINITY);
            assertThat(Arrays.copyOf(q.index, found))
                    .isEqualTo(Arrays.copyOf(bruteForce(near, all, near.x[i], near.y[i], near.z[i]), 12));
            int x = near.x[i];
            int y = near.y[i];
            int z = near.z[i];
            assertThat(q.countAt(x, y, z, 5.0001e-3, Integer.MAX_VALUE)).isEqualTo((int)
                    IntStream.of(all).filter(j -> d2(near, j, x, y, z) <= 25).count());
        }
    }

    @Test
    void subsetAnswersWithTheIndicesOfTheCloud() {
        Cloud c = cloud(3000, 50, 5);
        int[] subset = IntStream.range(0, c.size).filter(i -> i % 7 == 2).toArray();
        KdTree.Query q = KdTree.of(c, subset).query();
        for (int i = 0; i < 50; i++) {
            int found = q.nearestAt(c.x[i], c.y[i], c.z[i], 9, 1);
            assertThat(Arrays.copyOf(q.index, found))
                    .isEqualTo(Arrays.copyOf(bruteForce(c, subset, c.x[i], c.y[i], c.z[i]), 9));
        }
    }

    @Test
    void radiusFindsAllWithinInOrderOfIndex() {
        Cloud c = cloud(4000, 60, 9);
        KdTree.Query q = KdTree.of(c).query();
        for (int i = 0; i < 60; i++) {
            double radius = 0.00051234 + 0.0011 * i;
            double r2 = radius / 1e-3 * (radius / 1e-3);
            int fi = i;
            int[] want = IntStream.range(0, c.size)
                    .filter(j -> d2(c, j, c.x[fi], c.y[fi], c.z[fi]) <= r2)
                    .toArray();
            int found = q.within(c.px(i), c.py(i), c.pz(i), radius);
            assertThat(Arrays.copyOf(q.index, found)).isEqualTo(want);
            assertThat(q.countAt(c.x[i], c.y[i], c.z[i], radius, Integer.MAX_VALUE))
                    .isEqualTo(want.length);
            assertThat(q.countAt(c.x[i], c.y[i], c.z[i], radius, 3)).isEqualTo(Math.min(3, want.length));
            int near = q.nearestAt(c.x[i], c.y[i], c.z[i], 5, radius);
            assertThat(near).isEqualTo(Math.min(5, want.length));
        }
    }

    @Test
    void emptyOneAndEqualPoints() {
        assertThat(KdTree.of(cloud(0, 5, 1)).query().nearest(0, 0, 0, 3)).isZero();
        assertThat(KdTree.of(cloud(0, 5, 1)).query().within(0, 0, 0, 3)).isZero();
        KdTree.Query one = KdTree.of(cloud(1, 0, 1)).query();
        assertThat(one.nearest(100, -7, 3, 5)).isEqualTo(1);
        assertThat(one.distance[0]).isZero();
        KdTree.Query equal = KdTree.of(cloud(100_000, 0, 1)).query();
        assertThat(equal.nearestAt(0, 0, 0, 4, 0)).isEqualTo(4);
        assertThat(Arrays.copyOf(equal.index, 4)).containsExactly(0, 1, 2, 3);
        assertThat(equal.nearest(Double.NaN, 0, 0, 4)).isZero();
    }

    @Test
    void floatPositionsKeepTheirOrder() {
        Random r = new Random(4);
        float[] xyz = new float[3 * 2000];
        for (int i = 0; i < xyz.length; i++) {
            xyz[i] = (float) (r.nextGaussian() * 8);
        }
        KdTree.Query q = KdTree.of(xyz).query();
        for (int i = 0; i < 200; i++) {
            double px = r.nextGaussian() * 8;
            double py = r.nextGaussian() * 8;
            double pz = r.nextGaussian() * 8;
            double best = Double.POSITIVE_INFINITY;
            int at = -1;
            for (int j = 0; j < 2000; j++) {
                double d = Math.pow(xyz[3 * j] - px, 2)
                        + Math.pow(xyz[3 * j + 1] - py, 2)
                        + Math.pow(xyz[3 * j + 2] - pz, 2);
                if (d < best) {
                    best = d;
                    at = j;
                }
            }
            q.nearest(px, py, pz, 1);
            assertThat(q.index[0]).isEqualTo(at);
        }
    }

    /**
     * Questions along a cloud's own order, where points around a place are looked at together, against a tree that was asked
     * nothing before: sheets, bodies, grids full of ties, dense patches beside sparse ones, short radii, k that changes.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void questionsThatFollowEachOtherAreAnsweredAsEachByItself(int kind) {
        Random r = new Random(kind);
        int n = 12_000;
        int[][] c = new int[3][n];
        Integer[] order = new Integer[n];
        for (int i = 0; i < n; i++) {
            double u = r.nextDouble();
            double v = r.nextDouble();
            double w = r.nextDouble();
            double dense = kind == 3 && i % 2 == 0 ? 0.02 : 1;
            boolean grid = kind == 2 || kind == 5;
            c[0][i] = (int) (grid ? 7 * (i % 110) : 500_000 * u * dense);
            c[1][i] = (int) (grid ? 7 * (i / 110) : 500_000 * v * dense);
            c[2][i] = (int) (kind == 1 ? 500_000 * w : grid ? i % 3 / 2 : 3000 * Math.sin(7 * u) + 500 * w);
            order[i] = i;
        }
        Cloud cloud = new Cloud(LATTICE, c[0], c[1], c[2], null, null, null, null);
        int coarse = kind == 1 ? 40_000 : kind == 2 || kind == 5 ? 40 : 15_000;
        Arrays.sort(
                order,
                Comparator.comparingLong(i ->
                        Morton.encode(c[0][i] / coarse, c[1][i] / coarse, Math.max(0, c[2][i] + 4000) / coarse)));
        KdTree tree = KdTree.of(cloud);
        KdTree.Query q = tree.query();
        for (int t = 0; t < n; t++) {
            int i = order[t];
            int k = kind == 4 ? 1 + t / 500 % 40 : kind == 5 ? 9 : 13;
            double radius = t / 3000 % 2 == 0 ? Double.POSITIVE_INFINITY : kind == 2 || kind == 5 ? 0.015 : 12;
            KdTree.Query fresh = tree.query();
            double off = t % 4 == 0 ? 0.37 : 0;
            int found;
            int want;
            if (off == 0) {
                found = q.nearestAt(c[0][i], c[1][i], c[2][i], k, radius);
                want = fresh.nearestAt(c[0][i], c[1][i], c[2][i], k, radius);
            } else {
                found = q.nearest(cloud.px(i) + off, cloud.py(i), cloud.pz(i), k, radius);
                want = fresh.nearest(cloud.px(i) + off, cloud.py(i), cloud.pz(i), k, radius);
            }
            assertThat(found).isEqualTo(want);
            assertThat(Arrays.copyOf(q.index, found)).isEqualTo(Arrays.copyOf(fresh.index, want));
            assertThat(Arrays.copyOf(q.distance, found)).isEqualTo(Arrays.copyOf(fresh.distance, want));
        }
    }
}
