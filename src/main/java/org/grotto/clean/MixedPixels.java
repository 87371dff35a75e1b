package org.grotto.clean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Symmetric;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.HeapStore;
import org.grotto.store.Region;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Mixed pixels: at an edge the laser's spot falls on foreground and background at once, and the range comes out between.
 * Such points hang on the ray with nothing beside them.
 *
 * <p>A station's points are looked at as the station saw them, on its sphere of directions (chunk and halo are patches of
 * the sphere). A point is suspect where neighbouring rays end clearly in front of it and clearly behind it, hardly any
 * ends beside it, no two opposite ones do (so a surface seen at grazing incidence stays: it goes on along one
 * direction), and the neighbours' ranges are no inclined plane on which it lies. A point in front of everything, as all
 * thin relief is, is never suspect. A suspect is spared where another station has points at its place.
 */
final class MixedPixels {
    private static final int NEIGHBOURS = 8;
    private static final int UNITS = 1 << 28;
    private static final Lattice SPHERE = new Lattice(0, 0, 0, 1.0 / UNITS);
    /** Beside: within this many ray distances in range, the slope of a surface seen at 56 degrees. */
    private static final double SLOPE = 1.5;
    /** A step of fewer ray distances is relief as fine as the scan itself, and mixing does little harm there. */
    private static final double STEP = 8;
    /** No surface gives echoes at a steeper slope: 82 degrees. What seems so is a step. */
    private static final double STEEPEST = 7.1;

    private static final ColumnType RANGE = ColumnType.number("range", ColumnType.Kind.FLOAT64, "m", "clean");
    private static final ColumnType POINT = ColumnType.choice("point", ColumnType.Kind.INT64, "clean");
    /** Distance to the neighbouring ray, metres, of a suspect; 0 for all others. */
    private static final ColumnType BESIDE = ColumnType.number("beside", ColumnType.Kind.FLOAT32, "m", "clean");

    private MixedPixels() {}

    /** The store with mixed pixels of all stations with a known eye marked in its {@link Removed#REASON}. */
    static Store mark(Store store, List<double @Nullable []> eyes, double reach, Engine engine) {
        if (store.columns().stream().noneMatch(t -> t.name().equals(Columns.STATION.name()))) {
            return store;
        }
        List<Suspects> all = new ArrayList<>();
        for (int s = 0; s < eyes.size(); s++) {
            double[] eye = eyes.get(s);
            Cloud rays = eye == null ? null : rays(store, s, eye, engine);
            if (rays != null && rays.size > NEIGHBOURS) {
                all.addAll(suspects(engine.store(rays, HeapStore.TARGET), engine));
            }
        }
        if (all.isEmpty()) {
            return store;
        }
        Suspects suspects = Suspects.join(all);
        Store s = engine.add(store, Craft.of(Set.of(), List.of(BESIDE), 0, (region, work) -> suspects.of(region)));
        return engine.add(
                        s,
                        Craft.of(
                                Set.of(Columns.STATION.name(), BESIDE.name(), Removed.REASON.name()),
                                List.of(Removed.REASON),
                                reach,
                                (region, work) -> judged(region, reach, work)))
                .without(List.of(BESIDE.name()));
    }

    /** A station's points as directions on a sphere of {@link #UNITS}, with range and number in the store. */
    private static Cloud rays(Store store, int station, double[] eye, Engine engine) {
        List<Cloud> parts = engine.map(
                store, Craft.of(Set.of(Columns.STATION.name()), 0, (region, work) -> rays(region, station, eye)));
        int n = 0;
        for (Cloud c : parts) {
            n = Math.addExact(n, c.size);
        }
        int[][] d = new int[3][n];
        double[] range = new double[n];
        long[] point = new long[n];
        int at = 0;
        for (Cloud c : parts) {
            System.arraycopy(c.x, 0, d[0], at, c.size);
            System.arraycopy(c.y, 0, d[1], at, c.size);
            System.arraycopy(c.z, 0, d[2], at, c.size);
            System.arraycopy(range(c), 0, range, at, c.size);
            System.arraycopy(point(c), 0, point, at, c.size);
            at += c.size;
        }
        return new Cloud(
                SPHERE, d[0], d[1], d[2], Columns.NONE.with(RANGE, range).with(POINT, point));
    }

    private static Cloud rays(Region region, int station, double[] eye) {
        Cloud cloud = region.cloud();
        char[] of = Objects.requireNonNull(cloud.station());
        int n = 0;
        for (int i = region.from(); i < region.to(); i++) {
            n += of[i] == station ? 1 : 0;
        }
        int[][] d = new int[3][n];
        double[] range = new double[n];
        long[] point = new long[n];
        int k = 0;
        for (int i = region.from(); i < region.to(); i++) {
            if (of[i] != station) {
                continue;
            }
            double x = cloud.px(i) - eye[0];
            double y = cloud.py(i) - eye[1];
            double z = cloud.pz(i) - eye[2];
            double r = Math.sqrt(x * x + y * y + z * z);
            range[k] = r;
            point[k] = region.id(i);
            d[0][k] = r == 0 ? 0 : (int) Math.rint(x / r * UNITS);
            d[1][k] = r == 0 ? 0 : (int) Math.rint(y / r * UNITS);
            d[2][k] = r == 0 ? 0 : (int) Math.rint(z / r * UNITS);
            k++;
        }
        return new Cloud(
                SPHERE, d[0], d[1], d[2], Columns.NONE.with(RANGE, range).with(POINT, point));
    }

    private static double[] range(Cloud rays) {
        return Objects.requireNonNull(rays.columns.doubles(RANGE.name()));
    }

    private static long[] point(Cloud rays) {
        return (long[]) Objects.requireNonNull(rays.columns.array(POINT.name()));
    }

    /** What is suspect among the rays of one station. */
    private static List<Suspects> suspects(Store patches, Engine engine) {
        double step = Spacing.sample(patches, NEIGHBOURS, engine.work()).median();
        double halo = Math.max(4 * step, 8.0 / UNITS);
        long stride = Math.max(1, patches.size() / 20_000);
        double[] residuals = Spacing.join(engine.map(patches, Craft.of(Set.of(RANGE.name()), halo, (region, work) -> {
            RayPlane ray = new RayPlane(region.cloud(), halo, work);
            double[] out = new double[region.count()];
            int m = 0;
            for (int k = region.firstOfEvery(stride); k < region.to(); k += (int) stride) {
                if (ray.look(k) && ray.fit()) {
                    out[m++] = Math.abs(ray.r - ray.predicted);
                }
            }
            return Arrays.copyOf(out, m);
        })));
        double noise = 1.4826 * Quantiles.of(residuals).median();
        return engine.map(patches, Craft.of(Set.of(RANGE.name(), POINT.name()), halo, (region, work) -> {
            RayPlane ray = new RayPlane(region.cloud(), halo, work);
            long[] point = point(region.cloud());
            long[] id = new long[region.count()];
            float[] beside = new float[id.length];
            int m = 0;
            for (int k = region.from(); k < region.to(); k++) {
                if (ray.look(k) && ray.mixed(noise)) {
                    id[m] = point[k];
                    beside[m++] = (float) (ray.r * ray.step);
                }
            }
            return new Suspects(Arrays.copyOf(id, m), Arrays.copyOf(beside, m));
        }));
    }

    /** Suspects by their number in the store, and how far the neighbouring ray is from each, metres. */
    private record Suspects(long[] id, float[] beside) {
        static Suspects join(List<Suspects> parts) {
            int n = 0;
            for (Suspects p : parts) {
                n += p.id.length;
            }
            long[] id = new long[n];
            float[] beside = new float[n];
            int at = 0;
            for (Suspects p : parts) {
                System.arraycopy(p.id, 0, id, at, p.id.length);
                System.arraycopy(p.beside, 0, beside, at, p.id.length);
                at += p.id.length;
            }
            Integer[] order = new Integer[n];
            Arrays.setAll(order, k -> k);
            Arrays.sort(order, Comparator.comparingLong(k -> id[k]));
            long[] sorted = new long[n];
            float[] with = new float[n];
            for (int k = 0; k < n; k++) {
                sorted[k] = id[order[k]];
                with[k] = beside[order[k]];
            }
            return new Suspects(sorted, with);
        }

        /** The column {@link #BESIDE} of a region. */
        Columns of(Region region) {
            float[] out = new float[region.count()];
            if (out.length > 0) {
                long first = region.id(region.from());
                int k = Arrays.binarySearch(id, first);
                for (k = k < 0 ? -k - 1 : k; k < id.length && id[k] - first < out.length; k++) {
                    out[(int) (id[k] - first)] = beside[k];
                }
            }
            return Columns.NONE.with(BESIDE, out);
        }
    }

    /** Spares suspects where another station saw something too. */
    private static Columns judged(Region region, double reach, Work work) {
        Cloud cloud = region.cloud();
        char[] station = Objects.requireNonNull(cloud.station());
        float[] beside = Objects.requireNonNull(cloud.columns.floats(BESIDE.name()));
        byte[] reason = Outliers.reason(region);
        boolean none = true;
        for (int i = region.from(); i < region.to() && none; i++) {
            none = beside[i] == 0;
        }
        if (none) {
            return Columns.NONE.with(Removed.REASON, reason);
        }
        KdTree.Query q = KdTree.of(cloud).query();
        for (int i = region.from(); i < region.to(); i++) {
            if (beside[i] > 0 && reason[i - region.from()] == Removed.KEPT) {
                double near = Math.min(reach, 1.5 * beside[i]);
                int found = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], 24, near);
                int others = 0;
                for (int j = 0; j < found; j++) {
                    int p = q.index[j];
                    others += station[p] != station[i] && beside[p] == 0 ? 1 : 0;
                }
                if (others < 2) {
                    reason[i - region.from()] = Removed.MIXED;
                }
            }
        }
        return Columns.NONE.with(Removed.REASON, reason);
    }

    /** One ray among its neighbours: the plane that their ranges make across it. */
    private static final class RayPlane {
        private final KdTree.Query q;
        private final Cloud sphere;
        private final double[] range;
        private final double halo;
        private final double[] u = new double[NEIGHBOURS];
        private final double[] v = new double[NEIGHBOURS];
        private final double[] rr = new double[NEIGHBOURS];
        private final double[] h = new double[9];
        private final double[] g = new double[3];
        private int n;
        /** Range of the ray, angle to its neighbours. */
        double r;

        double step;
        /** Range that the neighbours' inclined plane has at the ray, and how far they lie off it (RMS). */
        double predicted;

        double rms;
        /** Deviation of the neighbours' ranges from their mean, and the plane's change of range from ray to ray. */
        double spread;

        double slope;

        RayPlane(Cloud sphere, double halo, Work work) {
            this.sphere = sphere;
            this.range = range(sphere);
            this.halo = halo;
            this.q = KdTree.of(sphere).query();
        }

        boolean look(int k) {
            r = range[k];
            int found = q.nearestAt(sphere.x[k], sphere.y[k], sphere.z[k], NEIGHBOURS + 1, halo);
            if (found < 6 || r == 0) {
                return false;
            }
            step = 0;
            for (int j = 1; j <= 4; j++) {
                step += Math.sqrt(q.distance[j]) / 4;
            }
            double dx = sphere.x[k] / (double) UNITS;
            double dy = sphere.y[k] / (double) UNITS;
            double dz = sphere.z[k] / (double) UNITS;
            // two axes across the ray
            boolean steep = Math.abs(dz) > 0.7;
            double ex = steep ? 0 : -dy;
            double ey = steep ? -dz : dx;
            double ez = steep ? dy : 0;
            double e = Math.sqrt(ex * ex + ey * ey + ez * ez);
            ex /= e;
            ey /= e;
            ez /= e;
            double fx = dy * ez - dz * ey;
            double fy = dz * ex - dx * ez;
            double fz = dx * ey - dy * ex;
            n = 0;
            double limit = 2.5 * step;
            for (int j = 0; j < found; j++) {
                int p = q.index[j];
                if (p != k && q.distance[j] <= limit * limit && n < NEIGHBOURS) {
                    double ax = sphere.x[p] / (double) UNITS - dx;
                    double ay = sphere.y[p] / (double) UNITS - dy;
                    double az = sphere.z[p] / (double) UNITS - dz;
                    u[n] = ax * ex + ay * ey + az * ez;
                    v[n] = ax * fx + ay * fy + az * fz;
                    rr[n++] = range[p];
                }
            }
            return n >= 5 && step > 0;
        }

        /** Fits the neighbours' ranges, not the ray's own, by an inclined plane. */
        boolean fit() {
            Arrays.fill(h, 0);
            Arrays.fill(g, 0);
            double mean = 0;
            for (int j = 0; j < n; j++) {
                double a = u[j] / step;
                double b = v[j] / step;
                double c = rr[j] - r;
                h[0] += 1;
                h[3] += a;
                h[4] += a * a;
                h[6] += b;
                h[7] += a * b;
                h[8] += b * b;
                g[0] += c;
                g[1] += a * c;
                g[2] += b * c;
                mean += c / n;
            }
            if (!Symmetric.solve(h, g, 3)) {
                return false;
            }
            predicted = r + g[0];
            double off = 0;
            double var = 0;
            for (int j = 0; j < n; j++) {
                double c = rr[j] - r;
                double e = c - g[0] - g[1] * u[j] / step - g[2] * v[j] / step;
                off += e * e;
                var += (c - mean) * (c - mean);
            }
            slope = Math.sqrt(g[1] * g[1] + g[2] * g[2]);
            rms = Math.sqrt(off / n);
            spread = Math.sqrt(var / n);
            return true;
        }

        boolean mixed(double noise) {
            int beside = 0;
            int front = 0;
            int behind = 0;
            int first = -1;
            int second = -1;
            double nearer = 0;
            double farther = Double.POSITIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                double tolerance = 3 * noise + SLOPE * r * Math.sqrt(u[j] * u[j] + v[j] * v[j]);
                if (rr[j] < r - tolerance) {
                    front++;
                    nearer = Math.max(nearer, rr[j]);
                } else if (rr[j] > r + tolerance) {
                    behind++;
                    farther = Math.min(farther, rr[j]);
                } else {
                    beside++;
                    second = first;
                    first = j;
                }
            }
            if (front == 0 || behind == 0 || beside > 2 || farther - nearer < STEP * r * step) {
                return false;
            }
            if (beside == 2) {
                double dot = u[first] * u[second] + v[first] * v[second];
                double len = Math.sqrt(
                        (u[first] * u[first] + v[first] * v[first]) * (u[second] * u[second] + v[second] * v[second]));
                if (dot < -0.7 * len) {
                    return false;
                }
            }
            return !fit()
                    || rms > 0.35 * spread
                    || slope > STEEPEST * r * step
                    || Math.abs(r - predicted) > 2 * rms + 3 * noise;
        }
    }
}
