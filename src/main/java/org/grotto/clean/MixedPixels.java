package org.grotto.clean;

import java.util.Arrays;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Symmetric;
import org.grotto.store.Chunks;
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
    /** Beside: within this many ray distances in range, the slope of a surface seen at 56 degrees. */
    private static final double SLOPE = 1.5;
    /** A step of fewer ray distances is relief as fine as the scan itself, and mixing does little harm there. */
    private static final double STEP = 8;
    /** No surface gives echoes at a steeper slope: 82 degrees. What seems so is a step. */
    private static final double STEEPEST = 7.1;

    private final Cloud cloud;
    private final Work work;

    private MixedPixels(Cloud cloud, Work work) {
        this.cloud = cloud;
        this.work = work;
    }

    /** Marks mixed pixels of all stations with a known eye in {@code reason}, where nothing stands yet. */
    static void mark(Chunks chunks, List<double @Nullable []> eyes, byte[] reason, double reach, Work work) {
        Cloud cloud = chunks.cloud();
        if (cloud.station() == null) {
            return;
        }
        float[] beside = new float[cloud.size];
        boolean any = false;
        int[][] byStation = Stations.members(cloud.station(), eyes.size());
        for (int s = 0; s < eyes.size(); s++) {
            double[] eye = eyes.get(s);
            if (eye != null && byStation[s].length > NEIGHBOURS) {
                new MixedPixels(cloud, work).suspect(byStation[s], eye, beside);
                any = true;
            }
        }
        if (any) {
            judge(chunks, beside, reason, reach, work);
        }
    }

    /** Writes the distance to the neighbouring ray, metres, of each suspect into {@code beside}. */
    private void suspect(int[] members, double[] eye, float[] beside) {
        int n = members.length;
        int[][] d = new int[3][n];
        double[] range = new double[n];
        work.blocks(n, 1 << 14, (from, to) -> {
            for (int k = from; k < to; k++) {
                int i = members[k];
                double x = cloud.px(i) - eye[0];
                double y = cloud.py(i) - eye[1];
                double z = cloud.pz(i) - eye[2];
                double r = Math.sqrt(x * x + y * y + z * z);
                range[k] = r;
                d[0][k] = r == 0 ? 0 : (int) Math.rint(x / r * UNITS);
                d[1][k] = r == 0 ? 0 : (int) Math.rint(y / r * UNITS);
                d[2][k] = r == 0 ? 0 : (int) Math.rint(z / r * UNITS);
            }
        });
        Cloud sphere = new Cloud(new Lattice(0, 0, 0, 1.0 / UNITS), d[0], d[1], d[2], null, null, null, null);
        Chunks patches = Chunks.of(sphere, 250_000, work);
        double step = Spacing.sample(patches, NEIGHBOURS, work).median();
        double halo = Math.max(4 * step, 8.0 / UNITS);
        int stride = Math.max(1, n / 20_000);
        double[] residuals = Spacing.join(patches.map(
                halo,
                (chunk, all) -> {
                    Rays rays = new Rays(patches, all, range, halo, work);
                    double[] out = new double[chunk.size()];
                    int m = 0;
                    for (int k = (chunk.from() + stride - 1) / stride * stride; k < chunk.to(); k += stride) {
                        if (rays.look(k) && rays.fit()) {
                            out[m++] = Math.abs(rays.r - rays.predicted);
                        }
                    }
                    return Arrays.copyOf(out, m);
                },
                work));
        double noise = 1.4826 * Quantiles.of(residuals).median();
        patches.map(
                halo,
                (chunk, all) -> {
                    Rays rays = new Rays(patches, all, range, halo, work);
                    for (int k = chunk.from(); k < chunk.to(); k++) {
                        if (rays.look(k) && rays.mixed(noise)) {
                            beside[members[patches.order()[k]]] = (float) (rays.r * rays.step);
                        }
                    }
                    return 0;
                },
                work);
    }

    /** Spares suspects where another station saw something too. */
    private static void judge(Chunks chunks, float[] beside, byte[] reason, double reach, Work work) {
        Cloud cloud = chunks.cloud();
        char[] station = cloud.station();
        if (station == null) {
            return;
        }
        chunks.map(
                reach,
                (chunk, all) -> {
                    boolean none = true;
                    for (int i = chunk.from(); i < chunk.to() && none; i++) {
                        none = beside[i] == 0;
                    }
                    if (none) {
                        return 0;
                    }
                    KdTree.Query q = KdTree.of(cloud, all, work).query();
                    for (int i = chunk.from(); i < chunk.to(); i++) {
                        if (beside[i] > 0 && reason[i] == Removed.KEPT) {
                            double near = Math.min(reach, 1.5 * beside[i]);
                            int found = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], 24, near);
                            int others = 0;
                            for (int j = 0; j < found; j++) {
                                int p = q.index[j];
                                others += station[p] != station[i] && beside[p] == 0 ? 1 : 0;
                            }
                            if (others < 2) {
                                reason[i] = Removed.MIXED;
                            }
                        }
                    }
                    return 0;
                },
                work);
    }

    /** One ray among its neighbours, in the plane of the two axes across it. */
    private static final class Rays {
        private final KdTree.Query q;
        private final Cloud sphere;
        private final int[] order;
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

        Rays(Chunks patches, int[] all, double[] range, double halo, Work work) {
            this.sphere = patches.cloud();
            this.order = patches.order();
            this.range = range;
            this.halo = halo;
            this.q = KdTree.of(sphere, all, work).query();
        }

        boolean look(int k) {
            r = range[order[k]];
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
                    rr[n++] = range[order[p]];
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
