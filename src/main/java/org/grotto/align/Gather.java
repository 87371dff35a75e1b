package org.grotto.align;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.PatchFit;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Region;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Takes of each station a bounded number of patches, spread evenly over its surface: a point is taken with a probability in
 * proportion to the square of its station's own spacing there ({@link OwnSpacing}), by a hash of its number, so neither the nearness of the scanner nor a pattern of
 * the scan shows. Cost: a tree of each region's points a station, and one fit of a patch; memory 56 bytes a patch.
 */
final class Gather {
    /** Patches of a station, and of all stations together, at most about. */
    private static final int EACH = 40_000;

    private static final int ALL = 1_200_000;
    private static final int NEAR = 24;
    private static final int MOST = 600;
    /** Points that a patch needs, twice as many as it has numbers. */
    private static final int FEWEST = 12;
    /** A patch is known to a point's own scatter all over. */
    private static final double LOOSE = 1;
    /** Classes of spacing: eight to the octave from 2^-30 m. */
    private static final int CLASSES = 512;

    private final Store store;
    private final List<double @Nullable []> eyes;
    private final Engine engine;
    private final int count;
    private final double halo;
    private final boolean[] present;

    /** @param spacing a large value (95 %) of each station's own spacing, metres; 0 where nobody knows */
    Gather(Store store, List<double @Nullable []> eyes, double[] spacing, Engine engine) {
        this.store = store;
        this.eyes = eyes;
        this.engine = engine;
        this.count = eyes.size();
        this.present = new boolean[count];
        Box b = store.bounds();
        double most = Arrays.stream(spacing).max().orElse(0);
        this.halo = b.isEmpty() ? 0 : Math.min(6 * most, 0.1 * b.longest());
    }

    /** The patches of every station; a station without points has none. */
    Patches[] run() {
        long[][] spread = new long[count][CLASSES];
        Set<String> needs = Set.of(Columns.STATION.name(), Columns.SPACING.name(), Store.MORTON.name());
        for (long[][] part : engine.map(store, Craft.of(needs, 0, (region, work) -> spread(region)))) {
            for (int s = 0; s < count; s++) {
                for (int c = 0; c < CLASSES; c++) {
                    spread[s][c] += part[s][c];
                }
            }
        }
        int target = Math.min(EACH, Math.max(2_000, ALL / Math.max(1, count)));
        double[] step = new double[count];
        for (int s = 0; s < count; s++) {
            step[s] = step(spread[s], target);
            present[s] = Arrays.stream(spread[s]).anyMatch(n -> n > 0);
        }
        Set<String> seen =
                Set.of(Columns.STATION.name(), Columns.SPACING.name(), Columns.NORMAL.name(), Store.MORTON.name());
        List<Rows[]> parts = engine.map(store, Craft.of(seen, halo, (region, work) -> patches(region, step)));
        Box b = store.bounds();
        double[] origin = b.isEmpty()
                ? new double[3]
                : new double[] {(b.minX() + b.maxX()) / 2, (b.minY() + b.maxY()) / 2, (b.minZ() + b.maxZ()) / 2};
        return engine.work().map(count, s -> joined(s, parts, origin, step[s])).toArray(new Patches[0]);
    }

    /** Which stations have points at all, after a run. */
    boolean[] present() {
        return present.clone();
    }

    private long[][] spread(Region region) {
        long[][] n = new long[count][CLASSES];
        char[] station = Objects.requireNonNull(region.cloud().station());
        float[] spacing = OwnSpacing.of(region, count);
        for (int i = region.from(); i < region.to(); i++) {
            if (station[i] < count) {
                n[station[i]][spacingClass(spacing[i - region.from()])]++;
            }
        }
        return n;
    }

    private static int spacingClass(float spacing) {
        int bits = Float.floatToRawIntBits(Math.max(spacing, 1e-9f)) >>> 20; // exponent and three bits of the rest
        return Math.max(0, Math.min(CLASSES - 1, bits - ((127 - 30) << 3)));
    }

    private static double spacingOf(int c) {
        return Float.intBitsToFloat((c + ((127 - 30) << 3)) << 20);
    }

    /** The step at which about {@code target} points are taken; 0 where all are. */
    private static double step(long[] spread, int target) {
        long all = Arrays.stream(spread).sum();
        if (all <= target) {
            return 0;
        }
        double low = 1e-9;
        double high = 1e6;
        for (int k = 0; k < 80; k++) {
            double t = Math.sqrt(low * high);
            double n = 0;
            for (int c = 0; c < CLASSES; c++) {
                double s = spacingOf(c) / t;
                n += spread[c] * Math.min(1, s * s);
            }
            if (n > target) {
                low = t;
            } else {
                high = t;
            }
        }
        return Math.sqrt(low * high);
    }

    /** What a region gives of a station: numbers of patches one after the other. */
    private static final class Rows {
        static final int WIDE = 3 + Patches.ROW;
        double[] data = new double[WIDE * 64];
        int size;

        void add(PatchFit p, double px, double py, double pz) {
            if (size + WIDE > data.length) {
                data = Arrays.copyOf(data, 2 * data.length);
            }
            data[size++] = px + p.foot[0];
            data[size++] = py + p.foot[1];
            data[size++] = pz + p.foot[2];
            for (int a = 0; a < 3; a++) {
                data[size++] = p.normal[a];
            }
            for (int a = 0; a < 3; a++) {
                data[size++] = p.bend[a];
            }
            data[size++] = p.sigma;
            data[size++] = p.radius;
            data[size++] = p.count;
        }
    }

    private Rows[] patches(Region region, double[] step) {
        Rows[] out = new Rows[count];
        Cloud cloud = region.cloud();
        char[] station = Objects.requireNonNull(cloud.station());
        float[] spacing = OwnSpacing.of(region, count);
        float[] normals = cloud.normals();
        List<List<Integer>> chosen = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            chosen.add(new ArrayList<>());
        }
        for (int i = region.from(); i < region.to(); i++) {
            int s = station[i];
            if (s < count && taken(region.id(i), spacingOf(spacingClass(spacing[i - region.from()])), step[s])) {
                chosen.get(s).add(i);
            }
        }
        for (int s = 0; s < count; s++) {
            if (!chosen.get(s).isEmpty()) {
                int[] own = members(station, s);
                out[s] = own.length < FEWEST
                        ? new Rows()
                        : fitted(cloud, KdTree.of(cloud, own).query(), chosen.get(s), step[s], eyes.get(s), normals);
            }
        }
        return out;
    }

    /** The points of a station. */
    static int[] members(char[] station, int s) {
        int n = 0;
        for (char c : station) {
            n += c == s ? 1 : 0;
        }
        int[] own = new int[n];
        n = 0;
        for (int i = 0; i < station.length; i++) {
            if (station[i] == s) {
                own[n++] = i;
            }
        }
        return own;
    }

    private Rows fitted(
            Cloud cloud,
            KdTree.Query q,
            List<Integer> chosen,
            double step,
            double @Nullable [] eye,
            float @Nullable [] normals) {
        Rows rows = new Rows();
        PatchFit p = new PatchFit(cloud);
        for (int i : chosen) {
            int found = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], NEAR, halo);
            double far = found == 0 ? 0 : Math.sqrt(q.distance[found - 1]);
            // where only some points are taken a patch still reaches to the next one
            double want = Math.min(0.7 * step, halo) / Math.max(far, 1e-9);
            int k = want > 1 && found == NEAR ? (int) Math.min(MOST, NEAR * want * want) : NEAR;
            double px = cloud.px(i);
            double py = cloud.py(i);
            double pz = cloud.pz(i);
            boolean good = false;
            // noise as large as the spacing makes a heap of the nearest ones, and a raster on a floor far off a row or
            // two:
            // then more are taken
            for (int times = 1; !good && k <= MOST; times *= 4, k *= 4) {
                if (times > 1 || k > NEAR) {
                    found = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], k, halo);
                }
                // where the place lies at the rim, what goes on beyond it nobody knows
                good = p.fit(q, found, Math.max(1, found / 48), px, py, pz)
                        && p.count >= FEWEST
                        && p.aside <= 0.5 * p.radius;
                if (good && p.loose() > LOOSE) {
                    good = false;
                    break; // more rows would reach round edges
                }
                if (found < k) {
                    break;
                }
            }
            if (!good) {
                continue;
            }
            if (eye != null) {
                p.face(eye[0] - px, eye[1] - py, eye[2] - pz);
            } else if (normals != null) {
                p.face(normals[3 * i], normals[3 * i + 1], normals[3 * i + 2]);
            }
            rows.add(p, px, py, pz);
        }
        return rows;
    }

    private static boolean taken(long id, double spacing, double step) {
        if (step == 0) {
            return true;
        }
        double u = (id * 0x9E3779B97F4A7C15L >>> 11) * 0x1p-53;
        double s = spacing / step;
        return u < s * s;
    }

    private Patches joined(int s, List<Rows[]> parts, double[] origin, double step) {
        int n = 0;
        for (Rows[] part : parts) {
            n += part[s] == null ? 0 : part[s].size / Rows.WIDE;
        }
        double[] place = new double[3 * n];
        float[] data = new float[Patches.ROW * n];
        double[] sigma = new double[n];
        double[] radius = new double[n];
        int at = 0;
        for (Rows[] part : parts) {
            Rows rows = part[s];
            for (int k = 0; rows != null && k < rows.size; k += Rows.WIDE, at++) {
                for (int a = 0; a < 3; a++) {
                    place[3 * at + a] = rows.data[k + a] - origin[a];
                }
                for (int a = 0; a < Patches.ROW; a++) {
                    data[Patches.ROW * at + a] = (float) rows.data[k + 3 + a];
                }
                sigma[at] = rows.data[k + 9];
                radius[at] = rows.data[k + 10];
            }
        }
        Arrays.sort(sigma);
        Arrays.sort(radius);
        double middle = n == 0 ? 0 : sigma[n / 2];
        double typical = n == 0 ? 0 : radius[n / 2];
        double own = typical * Math.sqrt(Math.PI / NEAR);
        // a fifth of mean squares of 18 degrees of freedom lies below 0.86 of the truth
        double low = n == 0 ? 0 : sigma[n / 5] / 0.86;
        double[] eye = eyes.get(s);
        double[] e = eye == null ? null : new double[] {eye[0] - origin[0], eye[1] - origin[1], eye[2] - origin[2]};
        return new Patches(s, place, data, origin, e, Math.max(step, own), low, middle, typical, false);
    }
}
