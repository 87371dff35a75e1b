package org.grotto.clean;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.PlaneFit;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The whole scene at a glance: at most {@value #MOST} of its points, evenly in space, each with its eye and the small
 * patch of surface around it. Metres beside the lattice's origin. Patches are made when asked for, by one thread; after
 * {@link #finish} any number of threads may ask, each with its own {@link Match}.
 *
 * <p>Memory: 6 MB whatever the input.
 */
final class Glance {
    private static final int MOST = 100_000;
    private static final int LOOKED_AT = 500_000;
    /** Neighbours that make a patch. */
    private static final int PATCH = 10;
    /** Edge of a cell that keeps one point, at the least, metres; nothing that reflects is as small. */
    private static final double FINEST = 0.01;

    final Cloud cloud;
    final char[] station;
    final double[][] eyes;
    final double[] noise;
    final KdTree tree;
    private final KdTree.Query query;
    private final PlaneFit fit = new PlaneFit();
    private final byte[] made;
    /** Nine numbers a patch: normal to the eye, mean, RMS off the plane, radius, flatness (least by middle variance). */
    private final float[] patch;

    private static final int ROW = 9;

    private Glance(Cloud cloud, char[] station, double[][] eyes, double[] noise) {
        this.cloud = cloud;
        this.station = station;
        this.eyes = eyes;
        this.noise = noise;
        this.tree = KdTree.of(cloud);
        this.query = tree.query();
        this.made = new byte[cloud.size];
        this.patch = new float[ROW * cloud.size];
    }

    /** The scene of a store; null where no station's eye is known. */
    static @Nullable Glance of(Store store, List<double @Nullable []> known, double[] noise, Engine engine) {
        boolean told = store.columns().stream().anyMatch(t -> t.name().equals(Columns.STATION.name()));
        if (!told || known.stream().allMatch(Objects::isNull)) {
            return null;
        }
        Lattice l = store.lattice();
        double[][] eyes = new double[known.size()][];
        for (int s = 0; s < eyes.length; s++) {
            double[] e = known.get(s);
            eyes[s] = e == null
                    ? new double[0]
                    : new double[] {e[0] - l.originX(), e[1] - l.originY(), e[2] - l.originZ()};
        }
        long stride = Math.max(1, store.size() / LOOKED_AT);
        List<Cloud> parts = engine.map(store, Craft.of(Set.of(Columns.STATION.name()), 0, (region, work) -> {
            int first = region.firstOfEvery(stride);
            int n = first >= region.to() ? 0 : (int) ((region.to() - 1 - first) / stride + 1);
            int[] pick = new int[n];
            for (int k = 0; k < n; k++) {
                pick[k] = (int) (first + k * stride);
            }
            return region.cloud().pick(pick);
        }));
        double loudest = 0;
        for (double s : noise) {
            loudest = Math.max(loudest, s);
        }
        double cell = Math.max(FINEST, 4 * loudest);
        while (true) {
            Glance g = thinned(parts, eyes, noise, cell, l);
            if (g != null) {
                return g;
            }
            cell *= 1.3;
        }
    }

    /** One point a cell; null where these are too many. */
    private static @Nullable Glance thinned(
            List<Cloud> parts, double[][] eyes, double[] noise, double cell, Lattice l) {
        long edge = Math.max(1, (long) (cell / l.step()));
        long[] seen = new long[1 << 18]; // a table of keys plus 1; at most 40 % of it are taken
        int[] x = new int[MOST];
        int[] y = new int[MOST];
        int[] z = new int[MOST];
        char[] st = new char[MOST];
        int n = 0;
        for (Cloud c : parts) {
            char[] station = Objects.requireNonNull(c.station());
            for (int i = 0; i < c.size; i++) {
                if (station[i] >= eyes.length || eyes[station[i]].length == 0) {
                    continue;
                }
                long key = (Math.floorDiv(c.x[i], edge) & 0x1FFFFF) << 42
                        | (Math.floorDiv(c.y[i], edge) & 0x1FFFFF) << 21
                        | Math.floorDiv(c.z[i], edge) & 0x1FFFFF;
                int at = (int) (key * 0x9E3779B97F4A7C15L >>> 46);
                while (seen[at] != 0 && seen[at] != key + 1) {
                    at = at + 1 & seen.length - 1;
                }
                if (seen[at] != 0) {
                    continue;
                }
                seen[at] = key + 1;
                if (n == MOST) {
                    return null;
                }
                x[n] = c.x[i];
                y[n] = c.y[i];
                z[n] = c.z[i];
                st[n++] = station[i];
            }
        }
        int[][] a = {x, y, z};
        for (int k = 0; k < 3; k++) {
            a[k] = Arrays.copyOf(a[k], n);
        }
        Cloud cloud = new Cloud(new Lattice(0, 0, 0, l.step()), a[0], a[1], a[2], Columns.NONE);
        return new Glance(cloud, Arrays.copyOf(st, n), eyes, noise);
    }

    int size() {
        return cloud.size;
    }

    double[] eye(int i) {
        return eyes[station[i]];
    }

    /** Makes all patches, so that threads may ask. */
    void finish() {
        for (int i = 0; i < cloud.size; i++) {
            patch(i);
        }
    }

    /** Makes the patch of point i; false where its neighbours lie on a line. */
    boolean patch(int i) {
        if (made[i] != 0) {
            return made[i] == 1;
        }
        int n = query.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], PATCH + 1, Double.POSITIVE_INFINITY);
        fit.clear();
        double step = cloud.lattice.step();
        double cx = cloud.x[i] * step;
        double cy = cloud.y[i] * step;
        double cz = cloud.z[i] * step;
        for (int k = 0; k < n; k++) {
            int j = query.index[k];
            fit.add(1, cloud.x[j] * step - cx, cloud.y[j] * step - cy, cloud.z[j] * step - cz);
        }
        if (n <= PATCH / 2 || !fit.solve() || !(fit.middle > 0)) {
            made[i] = 2;
            return false;
        }
        double[] e = eye(i);
        double to = fit.normalX * (e[0] - cx) + fit.normalY * (e[1] - cy) + fit.normalZ * (e[2] - cz);
        double sign = to < 0 ? -1 : 1;
        int o = ROW * i;
        patch[o] = (float) (sign * fit.normalX);
        patch[o + 1] = (float) (sign * fit.normalY);
        patch[o + 2] = (float) (sign * fit.normalZ);
        patch[o + 3] = (float) (fit.meanX);
        patch[o + 4] = (float) (fit.meanY);
        patch[o + 5] = (float) (fit.meanZ);
        patch[o + 6] = (float) Math.sqrt(Math.max(0, fit.least));
        patch[o + 7] = (float) Math.sqrt(query.distance[n - 1]);
        patch[o + 8] = (float) (fit.least / fit.middle);
        made[i] = 1;
        return true;
    }

    double normal(int i, int axis) {
        return patch[ROW * i + axis];
    }

    /** The cosine between a patch's normal and a direction. */
    double dot(int i, double[] n) {
        return patch[ROW * i] * n[0] + patch[ROW * i + 1] * n[1] + patch[ROW * i + 2] * n[2];
    }

    /** Height of a place over the plane of patch i, metres. */
    double over(int i, double x, double y, double z) {
        int o = ROW * i;
        return patch[o] * (x - cloud.px(i) - patch[o + 3])
                + patch[o + 1] * (y - cloud.py(i) - patch[o + 4])
                + patch[o + 2] * (z - cloud.pz(i) - patch[o + 5]);
    }

    double radius(int i) {
        return patch[ROW * i + 7];
    }

    double rms(int i) {
        return patch[ROW * i + 6];
    }

    boolean flat(int i) {
        return patch[ROW * i + 8] < 0.1;
    }

    /** One thread's search for what a place may be the mirror image of. */
    final class Match {
        private final KdTree.Query q = tree.query();
        /** The point nearest to the image. */
        int index;
        /** The image's height over its patch. */
        double off;

        double x;
        double y;
        double z;

        /** Finds the surface at the mirror image of a place; false where there is none near. */
        boolean image(MirrorPlane p, double px, double py, double pz, double gate) {
            double s = 2 * p.over(px, py, pz);
            x = px - s * p.n()[0];
            y = py - s * p.n()[1];
            z = pz - s * p.n()[2];
            return near(x, y, z, gate);
        }

        boolean near(double px, double py, double pz, double gate) {
            if (q.nearest(px, py, pz, 1) == 0) {
                return false;
            }
            index = q.index[0];
            if (!patch(index)) {
                return false;
            }
            double reach = 1.5 * radius(index) + gate;
            off = over(index, px, py, pz);
            return q.distance[0] <= reach * reach && Math.abs(off) <= gate;
        }

        /** Whether there is surface at the image, as near as noise and the patch's own shape tell. */
        boolean closely(MirrorPlane p, double px, double py, double pz, double sigma) {
            if (!image(p, px, py, pz, Double.POSITIVE_INFINITY)) {
                return false;
            }
            return close(sigma);
        }

        /** As {@link #closely}, and the surface there faces as that at the place itself does, mirrored. */
        boolean mirrors(MirrorPlane p, double px, double py, double pz, double sigma) {
            if (!near(px, py, pz, Double.POSITIVE_INFINITY)) {
                return false;
            }
            int here = index;
            if (!closely(p, px, py, pz, sigma)) {
                return false;
            }
            double mine = dot(here, p.n());
            return Math.abs(mine) < MirrorCandidates.TELLS || mine * dot(index, p.n()) <= 0;
        }

        /** Whether the last place found lies on surface. */
        boolean close(double sigma) {
            double r = radius(index);
            double tolerance = 0.002 + 6 * sigma + Math.min(2.5 * rms(index), 0.3 * r);
            double far = 1.5 * r + tolerance;
            double dx = x - cloud.px(index);
            double dy = y - cloud.py(index);
            double dz = z - cloud.pz(index);
            return Math.abs(off) <= tolerance && dx * dx + dy * dy + dz * dz <= far * far;
        }
    }

    /** Points, strided, that the given test takes: at most {@code most}. */
    int[] some(IntPredicate test, int most) {
        int[] all = new int[cloud.size];
        int n = 0;
        for (int i = 0; i < cloud.size; i++) {
            if (test.test(i)) {
                all[n++] = i;
            }
        }
        int stride = Math.max(1, (n + most - 1) / most);
        int[] out = new int[(n + stride - 1) / stride];
        for (int k = 0; k < out.length; k++) {
            out[k] = all[k * stride];
        }
        return out;
    }
}
