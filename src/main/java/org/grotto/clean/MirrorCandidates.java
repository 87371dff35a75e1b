package org.grotto.clean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.geometry.CubeCells;
import org.grotto.geometry.PlaneFit;
import org.jspecify.annotations.Nullable;

/**
 * Planes that may reflect: those that pairs of patches vote for, each patch as the other one's mirror image (Mitra, Guibas
 * and Pauly 2006) seen from an eye before the plane, and those that were scanned; each moved to where the images fit
 * best. Floors, walls and halls give many that reflect nothing: {@link Aperture} judges.
 *
 * <p>Cost: a few million pairs, and some hundred searches a candidate, whatever the input.
 */
final class MirrorCandidates {
    private static final int PATCHES = 3500;
    private static final int VOTED = 60;
    private static final int SCANNED = 40;
    /** Patches that mirror each other are at least this far apart, metres. */
    private static final double APART = 0.3;
    /** The cosine of the angle between a normal and the other one's image. */
    private static final double ALIKE = 0.97;
    /** Surface that stands steeper on the plane says nothing of where the plane is. */
    static final double TELLS = 0.25;
    /** Cells of direction along an edge of a cube's face, and metres a cell of distance. */
    private static final int CELLS = 13;

    private static final double DEEP = 0.2;
    private static final double[] GATES = {0.3, 0.3, 0.2, 0.12, 0.08, 0.05, 0.03, 0.03};
    private static final int COARSE = 12;
    /** Places that are looked at first, and if these promise anything. */
    private static final int FEW = 100;

    private static final int SOME = 500;
    /** Fewer images are chance. */
    private static final int LEAST = 6;

    private final Glance scene;
    private final Glance.Match match;
    private final double[] uv = new double[2];

    MirrorCandidates(Glance scene) {
        this.scene = scene;
        this.match = scene.new Match();
    }

    /** Planes: those that were scanned, then those voted for, of either those with the most votes first. */
    static List<MirrorPlane> of(Glance scene) {
        return new MirrorCandidates(scene).run();
    }

    private List<MirrorPlane> run() {
        int[] all = scene.some(i -> true, PATCHES);
        int[] ids =
                Arrays.stream(all).filter(i -> scene.patch(i) && scene.flat(i)).toArray();
        List<MirrorPlane> planes = new ArrayList<>(scanned(ids));
        planes.addAll(voted(ids));
        List<MirrorPlane> out = new ArrayList<>();
        double[] at = new double[3];
        for (MirrorPlane start : planes) {
            MirrorPlane p = fitted(start, at);
            if (p != null && out.stream().noneMatch(o -> o.like(p, at))) {
                out.add(p);
            }
        }
        return out;
    }

    private static long cell(double nx, double ny, double nz, double d) {
        return (long) CubeCells.of(nx, ny, nz, CELLS) << 40 | (long) Math.floor(d / DEEP) + (1L << 30);
    }

    /** Votes: a cell, and the plane, eight bytes and four floats each. */
    static final class Votes {
        private long[] key = new long[1024];
        private float[] plane = new float[4096];
        private int n;

        void add(double nx, double ny, double nz, double d) {
            if (n == key.length) {
                key = Arrays.copyOf(key, 2 * n);
                plane = Arrays.copyOf(plane, 8 * n);
            }
            plane[4 * n] = (float) nx;
            plane[4 * n + 1] = (float) ny;
            plane[4 * n + 2] = (float) nz;
            plane[4 * n + 3] = (float) d;
            key[n++] = cell(nx, ny, nz, d);
        }

        /** The votes by cell, those of one cell in the order they were given. */
        private int[] order() {
            long[] used = Arrays.copyOf(key, n);
            Arrays.sort(used);
            int cells = 0;
            for (int k = 0; k < n; k++) {
                if (cells == 0 || used[cells - 1] != used[k]) {
                    used[cells++] = used[k];
                }
            }
            int[] next = new int[cells + 1];
            int[] in = new int[n];
            for (int k = 0; k < n; k++) {
                in[k] = Arrays.binarySearch(used, 0, cells, key[k]);
                next[in[k] + 1]++;
            }
            for (int c = 0; c < cells; c++) {
                next[c + 1] += next[c];
            }
            int[] order = new int[n];
            for (int k = 0; k < n; k++) {
                order[next[in[k]]++] = k;
            }
            return order;
        }

        /** The fullest cells' means, at most {@code most}, of at least {@code least} votes. */
        List<MirrorPlane> peaks(int most, int least) {
            int[] order = order();
            List<double[]> cells = new ArrayList<>();
            for (int from = 0, to; from < n; from = to) {
                double[] sum = new double[5];
                for (to = from; to < n && key[order[to]] == key[order[from]]; to++) {
                    for (int a = 0; a < 4; a++) {
                        sum[a] += plane[4 * order[to] + a];
                    }
                }
                sum[4] = to - from;
                if (sum[4] >= least) {
                    cells.add(sum);
                }
            }
            cells.sort((a, b) -> Double.compare(b[4], a[4]));
            List<MirrorPlane> out = new ArrayList<>();
            for (double[] c : cells) {
                if (out.size() == most) {
                    break;
                }
                double l = Math.sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]);
                MirrorPlane p = MirrorPlane.of(c[0] / l, c[1] / l, c[2] / l, c[3] / c[4]);
                boolean near = false;
                for (MirrorPlane o : out) {
                    double cos = p.n()[0] * o.n()[0] + p.n()[1] * o.n()[1] + p.n()[2] * o.n()[2];
                    near |= cos > 0.998 && Math.abs(p.d() - o.d()) < DEEP / 2;
                }
                if (!near) {
                    out.add(p);
                }
            }
            return out;
        }
    }

    /** Planes on which many patches lie, their fronts to the eyes. */
    List<MirrorPlane> scanned(int[] ids) {
        Votes votes = new Votes();
        for (int i : ids) {
            double nx = scene.normal(i, 0);
            double ny = scene.normal(i, 1);
            double nz = scene.normal(i, 2);
            votes.add(nx, ny, nz, nx * scene.cloud.px(i) + ny * scene.cloud.py(i) + nz * scene.cloud.pz(i));
        }
        return votes.peaks(SCANNED, 4).stream().map(p -> flush(p, ids)).toList();
    }

    /** The plane, moved onto what was scanned of it: its own surface must not seem to lie behind it. */
    private MirrorPlane flush(MirrorPlane start, int[] ids) {
        MirrorPlane p = start;
        PlaneFit fit = new PlaneFit();
        for (double within : new double[] {0.1, 0.05, 0.02, 0.02}) {
            fit.clear();
            double[] at = p.at(0, 0);
            for (int i : ids) {
                double x = scene.cloud.px(i);
                double y = scene.cloud.py(i);
                double z = scene.cloud.pz(i);
                if (Math.abs(p.over(x, y, z)) < within && scene.dot(i, p.n()) > ALIKE) {
                    fit.add(1, x - at[0], y - at[1], z - at[2]);
                }
            }
            if (!fit.solve()) {
                return p;
            }
            double nx = fit.normalX;
            double ny = fit.normalY;
            double nz = fit.normalZ;
            double sign = Math.signum(nx * p.n()[0] + ny * p.n()[1] + nz * p.n()[2]);
            if (sign == 0) {
                return p;
            }
            double d = nx * (at[0] + fit.meanX) + ny * (at[1] + fit.meanY) + nz * (at[2] + fit.meanZ);
            p = MirrorPlane.of(sign * nx, sign * ny, sign * nz, sign * d);
        }
        return p;
    }

    /** Planes that pairs of patches say they mirror each other in. */
    List<MirrorPlane> voted(int[] ids) {
        int n = ids.length;
        double[] p = new double[6 * n];
        double[][] eye = new double[n][];
        for (int k = 0; k < n; k++) {
            int i = ids[k];
            p[6 * k] = scene.cloud.px(i);
            p[6 * k + 1] = scene.cloud.py(i);
            p[6 * k + 2] = scene.cloud.pz(i);
            for (int a = 0; a < 3; a++) {
                p[6 * k + 3 + a] = scene.normal(i, a);
            }
            eye[k] = scene.eye(i);
        }
        Votes votes = new Votes();
        for (int a = 0; a < n; a++) {
            int i = 6 * a;
            for (int b = a + 1; b < n; b++) {
                int j = 6 * b;
                double ux = p[j] - p[i];
                double uy = p[j + 1] - p[i + 1];
                double uz = p[j + 2] - p[i + 2];
                double l2 = ux * ux + uy * uy + uz * uz;
                double ci = p[i + 3] * ux + p[i + 4] * uy + p[i + 5] * uz;
                double cj = p[j + 3] * ux + p[j + 4] * uy + p[j + 5] * uz;
                if (l2 < APART * APART || ci * ci < TELLS * TELLS * l2 || ci * cj > 0) {
                    continue;
                }
                double nn = p[i + 3] * p[j + 3] + p[i + 4] * p[j + 4] + p[i + 5] * p[j + 5];
                if (nn - 2 * ci * cj / l2 < ALIKE) {
                    continue;
                }
                double mx = (p[i] + p[j]) / 2;
                double my = (p[i + 1] + p[j + 1]) / 2;
                double mz = (p[i + 2] + p[j + 2]) / 2;
                double l = Math.sqrt(l2);
                ux /= l;
                uy /= l;
                uz /= l;
                double d = ux * mx + uy * my + uz * mz;
                // the image is the one that its own eye sees behind the plane
                double ea = ux * eye[a][0] + uy * eye[a][1] + uz * eye[a][2] - d;
                double eb = ux * eye[b][0] + uy * eye[b][1] + uz * eye[b][2] - d;
                if (eb < 0) {
                    votes.add(-ux, -uy, -uz, -d);
                }
                if (ea > 0) {
                    votes.add(ux, uy, uz, d);
                }
            }
        }
        return votes.peaks(VOTED, 4);
    }

    /**
     * Points behind a plane that say where it is, evenly, at most so many: their eyes before it, their surface not square
     * on it. They stand in the order of space, so that the first of them may all be of one thing.
     */
    int[] behind(MirrorPlane p, int most) {
        double[] n = p.n();
        int[] some = scene.some(i -> isBehind(p, i), 4 * most);
        int m = 0;
        for (int i : some) {
            if (scene.patch(i) && Math.abs(scene.dot(i, n)) >= TELLS) {
                some[m++] = i;
            }
        }
        int[] out = new int[Math.min(m, most)];
        for (int k = 0; k < out.length; k++) {
            out[k] = some[(int) ((long) k * m / out.length)];
        }
        return out;
    }

    private boolean isBehind(MirrorPlane p, int i) {
        double[] e = scene.eye(i);
        if (p.over(e[0], e[1], e[2]) < Aperture.NEAREST) {
            return false;
        }
        double s = p.over(scene.cloud.px(i), scene.cloud.py(i), scene.cloud.pz(i));
        return s < -Math.max(0.02, 5 * scene.noise[scene.station[i]]);
    }

    /** Whether point i, mirrored, lies on a surface that faces as its own does, within a gate. */
    private boolean images(MirrorPlane p, int i, double gate) {
        if (!match.image(p, scene.cloud.px(i), scene.cloud.py(i), scene.cloud.pz(i), gate)) {
            return false;
        }
        double[] n = p.n();
        int j = match.index;
        double c = scene.normal(i, 0) * scene.normal(j, 0)
                + scene.normal(i, 1) * scene.normal(j, 1)
                + scene.normal(i, 2) * scene.normal(j, 2)
                - 2 * scene.dot(i, n) * scene.dot(j, n);
        return c > 0.9;
    }

    /**
     * The plane where its images fit best; null where there are few.
     *
     * @param at gets a place in it
     */
    private @Nullable MirrorPlane fitted(MirrorPlane start, double[] at) {
        int[] few = behind(start, FEW);
        int hits = 0;
        for (int i : few) {
            hits += images(start, i, GATES[0]) ? 1 : 0;
        }
        if (hits < LEAST || hits < 0.05 * few.length) {
            return null;
        }
        int[] ids = around(start, behind(start, SOME));
        Arrays.fill(at, 0);
        for (int i : ids) {
            cross(start, i);
            double[] a = start.at(uv[0], uv[1]);
            for (int k = 0; k < 3; k++) {
                at[k] += a[k] / ids.length;
            }
        }
        MirrorPlane p = start;
        for (double gate : GATES) {
            MirrorPlane next = step(p, ids, at, gate);
            if (next == null) {
                return null;
            }
            p = next;
        }
        int good = 0;
        for (int i : ids) {
            good += images(p, i, GATES[0]) && match.close(scene.noise[scene.station[i]]) ? 1 : 0;
        }
        return good < LEAST || good < 0.4 * ids.length ? null : p;
    }

    private double cross(MirrorPlane p, int i) {
        return p.cross(scene.eye(i), scene.cloud.px(i), scene.cloud.py(i), scene.cloud.pz(i), Aperture.NEAREST, uv);
    }

    /** Of the points behind, those seen through the part of the plane that shows mostly images. */
    int[] around(MirrorPlane p, int[] ids) {
        int n = ids.length;
        double[] u = new double[n];
        double[] v = new double[n];
        boolean[] hit = new boolean[n];
        for (int k = 0; k < n; k++) {
            cross(p, ids[k]);
            u[k] = uv[0];
            v[k] = uv[1];
            hit[k] = images(p, ids[k], GATES[0]);
        }
        double[] bu = range(u);
        double[] bv = range(v);
        int[] all = new int[COARSE * COARSE];
        int[] hits = new int[COARSE * COARSE];
        int[] cell = new int[n];
        for (int k = 0; k < n; k++) {
            int iu = (int) Math.floor((u[k] - bu[0]) / (bu[1] - bu[0]) * COARSE);
            int iv = (int) Math.floor((v[k] - bv[0]) / (bv[1] - bv[0]) * COARSE);
            cell[k] = iu < 0 || iv < 0 || iu >= COARSE || iv >= COARSE ? -1 : iv * COARSE + iu;
            if (cell[k] >= 0) {
                all[cell[k]]++;
                hits[cell[k]] += hit[k] ? 1 : 0;
            }
        }
        int best = -1;
        for (int c = 0; c < all.length; c++) {
            if (2 * hits[c] >= all[c] && hits[c] > 0 && (best < 0 || hits[c] > hits[best])) {
                best = c;
            }
        }
        if (best < 0) {
            return new int[0];
        }
        boolean[] in = new boolean[all.length];
        int[] queue = new int[all.length];
        int m = 0;
        queue[m++] = best;
        in[best] = true;
        for (int q = 0; q < m; q++) {
            int cu = queue[q] % COARSE;
            int cv = queue[q] / COARSE;
            for (int b = 0; b < 9; b++) {
                int x = cu + b % 3 - 1;
                int y = cv + b / 3 - 1;
                int c = y * COARSE + x;
                if (x >= 0 && y >= 0 && x < COARSE && y < COARSE && !in[c] && hits[c] > 0 && 2 * hits[c] >= all[c]) {
                    in[c] = true;
                    queue[m++] = c;
                }
            }
        }
        int[] out = new int[n];
        int o = 0;
        for (int k = 0; k < n; k++) {
            if (cell[k] >= 0 && in[cell[k]]) {
                out[o++] = ids[k];
            }
        }
        return Arrays.copyOf(out, o);
    }

    private static double[] range(double[] v) {
        double[] s = v.clone();
        Arrays.sort(s);
        double lo = s.length == 0 ? 0 : s[s.length / 50];
        double hi = s.length == 0 ? 1 : s[s.length - 1 - s.length / 50];
        double pad = 0.01 + 0.02 * (hi - lo);
        return new double[] {lo - pad, hi + pad};
    }

    private @Nullable MirrorPlane step(MirrorPlane p, int[] ids, double[] at, double gate) {
        MirrorFit fit = new MirrorFit(scene, p, at);
        for (int i : ids) {
            if (images(p, i, gate)) {
                fit.add(scene.cloud.px(i), scene.cloud.py(i), scene.cloud.pz(i), scene.noise[scene.station[i]], match);
            }
        }
        return fit.solve();
    }
}
