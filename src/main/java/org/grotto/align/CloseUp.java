package org.grotto.align;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.PatchFit;
import org.grotto.store.Store;

/**
 * A close-up beside a room's station: small and fine where the other is wide and coarse. Patches spread over the whole room
 * leave a handful on a face, and patches of the room's spacing smooth away what the face is told by. So all of the
 * station's points there are held, each by itself, against the close-up's fine surface.
 */
final class CloseUp {
    /** A close-up is smaller than the other by this factor at least, more than feet are than metres, and its patches are. */
    private static final double SMALLER = 4;

    private static final double FINER = 2;
    private static final int NEAR = 24;
    /** Of more points there, every other, third, ... is taken. */
    private static final int MOST = 40_000;

    private CloseUp() {}

    /** Whether {@code b} is a close-up beside {@code a}. */
    static boolean is(Patches a, Patches b) {
        return SMALLER * b.extent < a.extent && FINER * b.radius < a.radius;
    }

    /**
     * The points of a station on and around a close-up, as patches of no size: each point's own place, the normal of the
     * points around it, and the noise there.
     */
    static Patches points(Store store, Patches a, Patches b) {
        double margin = 0.25 * b.extent + a.radius;
        Box box = box(b).grow(margin);
        Cloud cloud = store.within(box, Set.of(Columns.STATION.name(), Columns.NORMAL.name()));
        int[] own = Gather.members(Objects.requireNonNull(cloud.station()), a.station);
        float[] normals = cloud.normals();
        int every = Math.max(1, (own.length + MOST - 1) / MOST);
        double[] place = new double[3 * (own.length / every + 1)];
        float[] data = new float[Patches.ROW * (own.length / every + 1)];
        double[] sigma = new double[own.length / every + 1];
        double[] radius = new double[sigma.length];
        int n = 0;
        KdTree.Query q = KdTree.of(cloud, own).query();
        PatchFit p = new PatchFit(cloud);
        for (int m = 0; own.length >= NEAR && m < own.length; m += every) {
            int i = own[m];
            int found = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], NEAR, 2 * margin);
            double px = cloud.px(i);
            double py = cloud.py(i);
            double pz = cloud.pz(i);
            if (!p.fit(q, found, 1, px, py, pz)) {
                continue;
            }
            if (a.eye != null) {
                p.face(a.eye[0] + a.origin[0] - px, a.eye[1] + a.origin[1] - py, a.eye[2] + a.origin[2] - pz);
            } else if (normals != null) {
                p.face(normals[3 * i], normals[3 * i + 1], normals[3 * i + 2]);
            }
            place[3 * n] = px - a.origin[0];
            place[3 * n + 1] = py - a.origin[1];
            place[3 * n + 2] = pz - a.origin[2];
            for (int k = 0; k < 3; k++) {
                data[Patches.ROW * n + k] = (float) p.normal[k];
            }
            sigma[n] = p.sigma;
            radius[n++] = p.radius;
        }
        return made(a, Arrays.copyOf(place, 3 * n), Arrays.copyOf(data, Patches.ROW * n), sigma, radius, n);
    }

    private static Patches made(Patches a, double[] place, float[] data, double[] sigma, double[] radius, int n) {
        Arrays.sort(sigma, 0, n);
        Arrays.sort(radius, 0, n);
        // as the station's own noise is told: a fifth of mean squares of 18 degrees of freedom lies below 0.86 of the
        // truth
        double noise = n == 0 ? 0 : sigma[n / 5] / 0.86;
        double apart = n == 0 ? 0 : radius[n / 2] * Math.sqrt(Math.PI / NEAR);
        for (int i = 0; i < n; i++) {
            data[Patches.ROW * i + 6] = (float) noise;
            data[Patches.ROW * i + 7] = (float) apart;
            data[Patches.ROW * i + 8] = 1;
        }
        // relief makes points scatter more than the station does
        return new Patches(
                a.station, place, data, a.origin, a.eye, apart, Math.min(noise, a.noise), noise, apart, true);
    }

    private static Box box(Patches b) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < b.place.length; i++) {
            double v = b.place[i] + b.origin[i % 3];
            low[i % 3] = Math.min(low[i % 3], v);
            high[i % 3] = Math.max(high[i % 3], v);
        }
        return new Box(low[0], low[1], low[2], high[0], high[1], high[2]);
    }
}
