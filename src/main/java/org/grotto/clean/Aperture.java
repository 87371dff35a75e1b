package org.grotto.clean;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.sight.RangeMap;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The part of a plane through which stations see the scene a second time, and whether it reflects. Architecture is often
 * symmetric, so likeness alone proves nothing. A plane reflects where
 *
 * <ul>
 *   <li>nearly all that is seen through the part is the mirror image of surface before it, and where nothing is seen at
 *       the image's place, no station looked through that place;
 *   <li>nothing of it is seen on another way;
 *   <li>right behind its rim nothing else is seen, as a reveal would be;
 *   <li>and the surface of the mirror itself is seen: echoes at the plane between those from behind it, all over the part;
 *       or around it surface that lies in the plane or close behind it, and the images are of more than one wall, whose
 *       middle with another wall may lie anywhere: a doorway's plane of symmetry lies inside of its wall, so the wall
 *       around it stands before the plane; or, in still water, a level rim above, and what hangs below is upside down,
 *       and no storey.
 * </ul>
 */
final class Aperture {
    /** An eye closer to the plane is not before it, metres. */
    static final double NEAREST = 0.1;
    /** Half of the thinnest wall with a room on either side, and how far a pane's front lies before its image, metres. */
    private static final double THIN = 0.006;
    /** How far before its wall a mirror hangs, metres. */
    private static final double HUNG = 0.06;
    /** The smallest part that is looked at, square metres. */
    private static final double SMALLEST = 0.2;
    /** Rays that are looked at, at most. */
    private static final int RAYS = 150_000;
    /** Of these, places whose images are sought, at most. */
    private static final int SOUGHT = 40_000;
    /** The same, where the whole plane is looked at first. */
    private static final int GLANCED = 3000;
    /** Still water: the upward part of its normal. */
    private static final double LEVEL = 0.9995;
    /** Rays a cell, about. */
    private static final int A_CELL = 6;

    private static final int SIDE = 200;
    private static final int BESIDE = 3;
    /** Further behind than a wall behind its mirror, metres. */
    private static final double WELL = 0.2;

    private static final byte MATCHED = 1;
    private static final byte OTHER = 2;

    private final MirrorPlane plane;
    private final Glance scene;
    private final Glance.Match match;
    private final Lattice lattice;
    /** Images in the part, at the least. */
    private final int least;

    private final double[] window;
    private final double u0;
    private final double v0;
    private PlaneGrid grid = new PlaneGrid(0, 0, 1, 0, 0);
    /** 0 outside; 1 the part; 2 the part with all cells around in it. */
    private byte[] part = {};
    /** Cells that show images, or lie beside such. */
    private boolean[] images = {};
    /** Cells up to {@value #BESIDE} beside the part. */
    private boolean[] beside = {};

    private boolean[] hull = {};

    // rays through the window
    private double[] u = {};
    private double[] v = {};
    private double[] s = {};
    private double[] x = {};
    private double[] y = {};
    private double[] z = {};
    private char[] station = {};
    /** For places behind: whether their image was found. */
    private byte[] kind = {};
    /** The point of the scene nearest to a place behind, or -1. */
    private int[] here = {};

    private int count;

    /** @param box least and greatest coordinate along both axes: the window that is looked through */
    private Aperture(MirrorPlane plane, double[] box, Glance scene, Lattice lattice, int least) {
        this.plane = plane;
        this.scene = scene;
        this.match = scene.new Match();
        this.lattice = lattice;
        this.least = least;
        this.u0 = box[0];
        this.v0 = box[2];
        this.window = new double[] {box[1] - u0, box[3] - v0};
    }

    MirrorPlane plane() {
        return plane;
    }

    /** The part of a plane that reflects; null where there is none, or nothing proves it. */
    static @Nullable Aperture of(
            MirrorPlane p, Store store, Glance scene, Supplier<List<RangeMap>> maps, Engine engine) {
        double[] all = glanced(p, scene);
        if (all.length == 0) {
            return null;
        }
        Aperture glance = new Aperture(p, all, scene, store.lattice(), 8);
        glance.take();
        glance.seek(GLANCED);
        if (!glance.raster() || !glance.alike() || !glance.alone() || !glance.hinted()) {
            return null;
        }
        int[] b = glance.grid.bounds(glance.part);
        double mu = 0.5 + 0.3 * (b[1] - b[0]) * glance.grid.cell();
        double mv = 0.5 + 0.3 * (b[3] - b[2]) * glance.grid.cell();
        double[] box = {
            glance.u0 + b[0] * glance.grid.cell() - mu,
            glance.u0 + (b[1] + 1) * glance.grid.cell() + mu,
            glance.v0 + b[2] * glance.grid.cell() - mv,
            glance.v0 + (b[3] + 1) * glance.grid.cell() + mv
        };
        double[] at = p.at((box[0] + box[1]) / 2, (box[2] + box[3]) / 2);
        MirrorPlane near = glance.refitted(at);
        double[] moved = near.along(at);
        for (int k = 0; k < 4; k++) {
            box[k] += moved[k / 2] - (box[k / 2 * 2] + box[k / 2 * 2 + 1]) / 2;
        }
        Aperture a = new Aperture(near, box, scene, store.lattice(), 30);
        a.gather(store, engine);
        a.seek(SOUGHT);
        if (!a.raster() || !a.alike() || !a.alone() || !a.surface() || !a.empty(maps.get())) {
            return null;
        }
        a.grow(maps.get());
        return a;
    }

    /** The window that holds what is seen behind a plane, but for a few; empty where that is nothing. */
    private static double[] glanced(MirrorPlane p, Glance scene) {
        double[] us = new double[scene.size()];
        double[] vs = new double[scene.size()];
        double[] uv = new double[2];
        int n = 0;
        for (int i = 0; i < us.length; i++) {
            double s = p.cross(scene.eye(i), scene.cloud.px(i), scene.cloud.py(i), scene.cloud.pz(i), NEAREST, uv);
            if (s < -depth(scene.noise[scene.station[i]])) {
                us[n] = uv[0];
                vs[n++] = uv[1];
            }
        }
        if (n < 10) {
            return new double[0];
        }
        Arrays.sort(us, 0, n);
        Arrays.sort(vs, 0, n);
        int cut = n / 100;
        return new double[] {us[cut] - 0.5, us[n - 1 - cut] + 0.5, vs[cut] - 0.5, vs[n - 1 - cut] + 0.5};
    }

    /** Takes the rays of the scene at a glance. */
    private void take() {
        int n = scene.size();
        reserve(n);
        double[] uv = new double[2];
        count = 0;
        for (int i = 0; i < n; i++) {
            double px = scene.cloud.px(i);
            double py = scene.cloud.py(i);
            double pz = scene.cloud.pz(i);
            double over = plane.cross(scene.eye(i), px, py, pz, NEAREST, uv);
            if (!Double.isNaN(over) && inside(uv)) {
                put(count++, uv[0], uv[1], over, px, py, pz, scene.station[i]);
            }
        }
    }

    private boolean inside(double[] uv) {
        double du = uv[0] - u0;
        double dv = uv[1] - v0;
        return du >= 0 && dv >= 0 && du < window[0] && dv < window[1];
    }

    private void reserve(int n) {
        count = n;
        u = new double[n];
        v = new double[n];
        s = new double[n];
        x = new double[n];
        y = new double[n];
        z = new double[n];
        station = new char[n];
    }

    private void put(int k, double pu, double pv, double over, double px, double py, double pz, int st) {
        u[k] = pu;
        v[k] = pv;
        s[k] = over;
        x[k] = px;
        y[k] = py;
        z[k] = pz;
        station[k] = (char) st;
    }

    /** The plane, fitted to all images in the part. */
    private MirrorPlane refitted(double[] at) {
        MirrorPlane p = plane;
        for (int round = 0; round < 3; round++) {
            MirrorFit fit = new MirrorFit(scene, p, at);
            for (int k = 0; k < count; k++) {
                if (kind[k] == MATCHED
                        && part[grid.of(u[k], v[k])] != 0
                        && tells(k)
                        && match.closely(p, x[k], y[k], z[k], scene.noise[station[k]])
                        && scene.flat(match.index)) {
                    fit.add(x[k], y[k], z[k], scene.noise[station[k]], match);
                }
            }
            MirrorPlane next = fit.solve();
            if (next == null) {
                return p;
            }
            p = next;
        }
        return p;
    }

    /** Whether there may be surface in the plane, in the part or around it, or the plane may be still water. */
    private boolean hinted() {
        if (plane.n()[2] > LEVEL) {
            return true;
        }
        boolean[] ring = grid.widened(part, (int) Math.ceil(0.3 / grid.cell()) + 1);
        int echoes = 0;
        int near = 0;
        int in = 0;
        int all = 0;
        for (int k = 0; k < count; k++) {
            int c = grid.of(u[k], v[k]);
            double w = THIN + 0.002 + 3 * scene.noise[station[k]];
            if (part[c] == 2) {
                echoes += Math.abs(s[k]) <= w ? 1 : 0;
                near += Math.abs(s[k]) > w && Math.abs(s[k]) <= 3 * w ? 1 : 0;
            } else if (ring[c] && Math.abs(s[k]) < 0.5) {
                all++;
                in += s[k] <= w && s[k] >= -HUNG - w ? 1 : 0;
            }
        }
        return echoes >= 2 && echoes > near || in >= 0.2 * all;
    }

    private double depth(int st) {
        return depth(scene.noise[st]);
    }

    /** What lies behind the plane by less may lie in it, metres. */
    private static double depth(double noise) {
        return Math.max(0.003, 5 * noise);
    }

    private void gather(Store store, Engine engine) {
        Set<String> needs = Set.of(Columns.STATION.name());
        long all = 0;
        for (long n : engine.map(store, Craft.of(needs, 0, (region, work) -> {
            Rays r = new Rays(region.cloud());
            long n = 0;
            for (int i = region.from(); i < region.to(); i++) {
                n += r.through(i) ? 1 : 0;
            }
            return n;
        }))) {
            all += n;
        }
        long stride = all / RAYS + 1;
        List<double[]> parts = engine.map(store, Craft.of(needs, 0, (region, work) -> {
            Rays r = new Rays(region.cloud());
            Rows rows = new Rows();
            for (int i = region.firstOfEvery(stride); i < region.to(); i += (int) stride) {
                if (r.through(i)) {
                    rows.add(r.uv[0], r.uv[1], r.s, r.x, r.y, r.z, r.st);
                }
            }
            return rows.trimmed();
        }));
        for (double[] p : parts) {
            count += p.length / 7;
        }
        reserve(count);
        int k = 0;
        for (double[] p : parts) {
            for (int o = 0; o < p.length; o += 7) {
                put(k++, p[o], p[o + 1], p[o + 2], p[o + 3], p[o + 4], p[o + 5], (int) p[o + 6]);
            }
        }
    }

    /** Rays of a region's points through the window. */
    private final class Rays {
        private final Cloud c;
        private final char @Nullable [] of;
        final double[] uv = new double[2];
        double x;
        double y;
        double z;
        double s;
        int st;

        Rays(Cloud c) {
            this.c = c;
            this.of = c.station();
        }

        /** Whether point i's ray meets the window, and the eye is before the plane. */
        boolean through(int i) {
            st = of == null ? Cloud.NO_STATION : of[i];
            if (st >= scene.eyes.length || scene.eyes[st].length == 0) {
                return false;
            }
            x = c.x[i] * lattice.step();
            y = c.y[i] * lattice.step();
            z = c.z[i] * lattice.step();
            s = plane.cross(scene.eyes[st], x, y, z, NEAREST, uv);
            return !Double.isNaN(s) && inside(uv);
        }
    }

    /** Seeks the images of at most so many places behind. */
    private void seek(int sought) {
        kind = new byte[count];
        here = new int[count];
        Arrays.fill(here, -1);
        int behind = 0;
        for (int k = 0; k < count; k++) {
            behind += s[k] < -depth(station[k]) ? 1 : 0;
        }
        int stride = behind / sought + 1;
        int at = 0;
        for (int k = 0; k < count; k++) {
            if (s[k] < -depth(station[k]) && at++ % stride == 0) {
                kind[k] = kind(k);
            }
        }
        double cell = Math.sqrt(window[0] * window[1] / 4 * A_CELL / Math.max(1.0, (double) behind / stride));
        cell = Math.max(Math.max(0.02, Math.max(window[0], window[1]) / SIDE), Math.min(0.4, cell));
        int nu = (int) Math.ceil(window[0] / cell);
        grid = new PlaneGrid(u0, v0, cell, nu, (int) Math.ceil(window[1] / cell));
    }

    private byte kind(int k) {
        return match.mirrors(plane, x[k], y[k], z[k], scene.noise[station[k]]) ? MATCHED : OTHER;
    }

    /** Finds the part that shows images: cells whose neighbourhoods do, hanging together. */
    private boolean raster() {
        int[] good = new int[grid.size()];
        int[] bad = new int[grid.size()];
        for (int k = 0; k < count; k++) {
            if (kind[k] != 0) {
                int c = grid.of(u[k], v[k]);
                good[c] += kind[k] == MATCHED ? 1 : 0;
                bad[c] += kind[k] == OTHER ? 1 : 0;
            }
        }
        boolean[] shows = new boolean[grid.size()];
        images = new boolean[grid.size()];
        for (int c = 0; c < shows.length; c++) {
            int g = grid.around(good, c, 1);
            int o = grid.around(bad, c, 1);
            shows[c] = good[c] >= bad[c]
                    && (g >= 3 && g >= 4 * o
                            || g > 0 && o == 0 && grid.around(good, c, 3) >= 4 && grid.around(bad, c, 3) == 0);
            images[c] = grid.around(good, c, BESIDE) > 0;
        }
        int[] best = grid.heaviest(shows, good);
        long most = 0;
        for (int c : best) {
            most += good[c];
        }
        if (most < least || best.length * grid.cell() * grid.cell() < SMALLEST) {
            return false;
        }
        part = new byte[shows.length];
        for (int c : best) {
            part[c] = 1;
        }
        settle();
        return true;
    }

    /** The point of the scene at a place behind; -1 where none has a patch. */
    private int here(int k) {
        if (here[k] == -1) {
            here[k] = match.near(x[k], y[k], z[k], Double.POSITIVE_INFINITY) ? match.index : -2;
        }
        return here[k];
    }

    private boolean tells(int k) {
        int h = here(k);
        return h >= 0 && Math.abs(scene.dot(h, plane.n())) >= MirrorCandidates.TELLS;
    }

    /** Whether nearly all that is seen through the part, and says where the plane is, has its image. */
    private boolean alike() {
        int good = 0;
        int bad = 0;
        int goodAll = 0;
        int badAll = 0;
        for (int k = 0; k < count; k++) {
            if (kind[k] == 0 || part[grid.of(u[k], v[k])] == 0) {
                continue;
            }
            goodAll += kind[k] == MATCHED ? 1 : 0;
            badAll += kind[k] == OTHER ? 1 : 0;
            if (tells(k)) {
                good += kind[k] == MATCHED ? 1 : 0;
                bad += kind[k] == OTHER ? 1 : 0;
            }
        }
        return good >= least && good >= 4 * bad && goodAll >= 6 * badAll;
    }

    /** Whether nothing of what is seen through the part is seen on another way. */
    private boolean alone() {
        double[] uv = new double[2];
        var query = scene.tree.query();
        int asked = 0;
        int other = 0;
        int stride = Math.max(1, count / 20_000);
        for (int k = 0; k < count; k += stride) {
            if (kind[k] != MATCHED || part[grid.of(u[k], v[k])] == 0 || here(k) < 0) {
                continue;
            }
            int h = here(k);
            double r = scene.radius(h);
            int n = query.nearest(x[k], y[k], z[k], 6, r);
            boolean found = false;
            for (int j = 0; j < n; j++) {
                int i = query.index[j];
                double over = plane.cross(scene.eye(i), scene.cloud.px(i), scene.cloud.py(i), scene.cloud.pz(i), 0, uv);
                if (!Double.isNaN(over) && over > -depth(scene.station[i])) {
                    continue; // in the plane, or before it
                }
                int c = Double.isNaN(over) ? -1 : grid.of(uv[0], uv[1]);
                found |= Double.isNaN(over) || c >= 0 && !images[c];
            }
            asked++;
            other += found ? 1 : 0;
        }
        return asked >= least / 2 && other < 0.15 * asked;
    }

    /** Whether the mirror's own surface is seen, in it or around it. */
    private boolean surface() {
        boolean echoes = echoes();
        boolean rim = !echoes && framed() && varied();
        boolean pool = !echoes && !rim && level() && varied() && upsideDown();
        return echoes || rim || pool;
    }

    /** Whether echoes lie in the plane between those from behind it, all over the part. */
    private boolean echoes() {
        int blocks = 6;
        int[] bounds = grid.bounds(part);
        int[] rays = new int[blocks * blocks];
        int[] on = new int[blocks * blocks];
        int echoes = 0;
        int near = 0;
        int behind = 0;
        double[] offs = new double[count];
        for (int k = 0; k < count; k++) {
            int c = grid.of(u[k], v[k]);
            if (part[c] != 2) {
                continue;
            }
            double w = THIN + 3 * scene.noise[station[k]];
            double a = Math.abs(s[k]);
            int block = grid.block(c, bounds, blocks);
            if (a <= w) {
                offs[echoes++] = s[k];
                on[block]++;
                rays[block]++;
            } else if (a <= 3 * w) {
                near++;
            }
            if (s[k] < -w) {
                behind++;
                rays[block]++;
            }
        }
        int full = 0;
        int hit = 0;
        for (int b = 0; b < rays.length; b++) {
            if (rays[b] >= 30) {
                full++;
                hit += on[b] > 0 ? 1 : 0;
            }
        }
        Arrays.sort(offs, 0, echoes);
        double middle = echoes == 0 ? 1 : offs[echoes / 2];
        return echoes >= 20
                && echoes >= 0.005 * behind
                && echoes > 2 * near
                && hit >= 0.5 * full
                && Math.abs(middle) <= THIN;
    }

    /** Whether, around a good half of the part, surface lies in its plane, or close behind it. */
    private boolean framed() {
        boolean[] ring = grid.widened(part, (int) Math.ceil(Math.max(0.25, 3 * grid.cell()) / grid.cell()));
        double[] m = grid.middle(part);
        double[] sum = new double[part.length];
        double[] squares = new double[part.length];
        int[] n = new int[part.length];
        double[] noise = new double[part.length];
        for (int k = 0; k < count; k++) {
            int c = grid.of(u[k], v[k]);
            if (ring[c] && part[c] == 0 && Math.abs(s[k]) < 0.5) {
                sum[c] += s[k];
                squares[c] += s[k] * s[k];
                noise[c] = Math.max(noise[c], scene.noise[station[k]]);
                n[c]++;
            }
        }
        int[] all = new int[PlaneGrid.SECTORS];
        int[] in = new int[PlaneGrid.SECTORS];
        for (int c = 0; c < n.length; c++) {
            if (n[c] < 3) {
                continue;
            }
            double mean = sum[c] / n[c];
            double spread = Math.sqrt(Math.max(0, squares[c] / n[c] - mean * mean));
            int sector = grid.sector(c, m[0], m[1]);
            all[sector]++;
            boolean level = spread < 0.004 + 2 * noise[c];
            boolean lies = mean <= THIN && mean >= -HUNG;
            in[sector] += level && lies ? 1 : 0;
        }
        int good = 0;
        for (int b = 0; b < PlaneGrid.SECTORS; b++) {
            good += all[b] >= 2 && in[b] >= 0.3 * all[b] ? 1 : 0;
        }
        boolean reveal = revealed(ring);
        return good >= 0.4 * PlaneGrid.SECTORS && !reveal;
    }

    /** Whether at the rim something else stands behind the plane, at many depths, as a reveal does. */
    private boolean revealed(boolean[] ring) {
        int[] at = new int[60];
        int all = 0;
        for (int k = 0; k < count; k++) {
            int c = grid.of(u[k], v[k]);
            double d = -s[k];
            if (!ring[c] || d <= Math.max(0.005, depth(station[k])) || d >= 0.3) {
                continue;
            }
            if (kind[k] == 0) {
                kind[k] = kind(k);
            }
            if (kind[k] == OTHER) {
                at[(int) (d / 0.005)]++;
                all++;
            }
        }
        // a wall behind a mirror lies at one depth, a reveal at all
        int most = 0;
        for (int b = 0; b + 4 <= at.length; b++) {
            most = Math.max(most, at[b] + at[b + 1] + at[b + 2] + at[b + 3]);
        }
        return all - most > 10;
    }

    /**
     * Rays in the part that end at images and say where the plane is, at most so many, evenly: rays stand in the order of
     * space, so that the first of them may all be of one wall.
     */
    private int[] images(int most) {
        int[] all = new int[count];
        int n = 0;
        for (int k = 0; k < count; k++) {
            if (kind[k] == MATCHED && part[grid.of(u[k], v[k])] != 0 && tells(k)) {
                all[n++] = k;
            }
        }
        int[] out = new int[Math.min(n, most)];
        for (int k = 0; k < out.length; k++) {
            out[k] = all[(int) ((long) k * n / out.length)];
        }
        return out;
    }

    /** Whether the images are of more than one wall. */
    private boolean varied() {
        int[] ids = images(1500);
        int n = ids.length;
        int most = 0;
        for (int a = 0; a < n; a += Math.max(1, n / 60)) {
            int h = here(ids[a]);
            int on = 0;
            for (int k : ids) {
                double tolerance = 0.02 + 5 * scene.noise[station[k]];
                on += Math.abs(scene.over(h, x[k], y[k], z[k])) < tolerance ? 1 : 0;
            }
            most = Math.max(most, on);
        }
        return n >= 30 && n - most >= Math.max(20, 0.15 * n);
    }

    /** Whether the plane is level, seen from above, with a level rim of one height around a good half of the part. */
    private boolean level() {
        if (plane.n()[2] <= LEVEL) {
            return false;
        }
        boolean[] ring = grid.widened(part, (int) Math.ceil(Math.max(0.6, 3 * grid.cell()) / grid.cell()));
        double[] m = grid.middle(part);
        int[][] at = new int[PlaneGrid.SECTORS][100];
        for (int k = 0; k < count; k++) {
            if (s[k] <= 0 || s[k] >= 0.5) {
                continue;
            }
            // the foot of the place itself, not of its ray
            double fu = plane.t()[0] * x[k] + plane.t()[1] * y[k] + plane.t()[2] * z[k];
            double fv = plane.b()[0] * x[k] + plane.b()[1] * y[k] + plane.b()[2] * z[k];
            int c = grid.of(fu, fv);
            if (c >= 0 && ring[c] && part[c] == 0) {
                at[grid.sector(c, m[0], m[1])][(int) (s[k] / 0.005)]++;
            }
        }
        int best = 0;
        for (int h = 0; h + 4 <= 100; h++) {
            int sectors = 0;
            for (int[] a : at) {
                int all = 0;
                for (int c : a) {
                    all += c;
                }
                sectors += all >= 10 && a[h] + a[h + 1] + a[h + 2] + a[h + 3] >= 0.35 * all ? 1 : 0;
            }
            best = Math.max(best, sectors);
        }
        return best >= 0.5 * PlaneGrid.SECTORS;
    }

    /** Whether what is below is no storey like the one above: no move straight down makes it of that. */
    private boolean upsideDown() {
        int[] ids = images(400);
        int n = ids.length;
        double deepest = 0;
        for (int k : ids) {
            deepest = Math.max(deepest, -s[k]);
        }
        int most = 0;
        for (double up = 0.5; up < 2 * deepest + 1; up += 0.01) {
            int on = 0;
            for (int k : ids) {
                match.x = x[k] + up * plane.n()[0];
                match.y = y[k] + up * plane.n()[1];
                match.z = z[k] + up * plane.n()[2];
                on += match.near(match.x, match.y, match.z, 0.1) && match.close(scene.noise[station[k]]) ? 1 : 0;
            }
            most = Math.max(most, on);
        }
        return most < 0.8 * n;
    }

    /** Whether no station looked through the places where an image is missing. */
    private boolean empty(List<RangeMap> maps) {
        double[] uv = new double[2];
        int good = 0;
        int through = 0;
        for (int k = 0; k < count; k++) {
            if (kind[k] == 0 || part[grid.of(u[k], v[k])] == 0) {
                continue;
            }
            if (kind[k] == MATCHED) {
                good++;
                continue;
            }
            boolean seen = through(x[k], y[k], z[k], s[k], scene.noise[station[k]], maps, uv);
            through += seen ? 1 : 0;
        }
        return through < 0.05 * good;
    }

    /**
     * Widens the part over what only the mirror shows, like the backs of things: places well behind, beside it and hanging
     * together with it, through whose images no station looked.
     */
    private void grow(List<RangeMap> maps) {
        double[] uv = new double[2];
        int[] may = new int[part.length];
        int[] not = new int[part.length];
        for (int k = 0; k < count; k++) {
            if (kind[k] == 0) {
                continue;
            }
            int c = grid.of(u[k], v[k]);
            boolean good = kind[k] == MATCHED
                    || s[k] < -WELL && !through(x[k], y[k], z[k], s[k], scene.noise[station[k]], maps, uv);
            may[c] += good ? 1 : 0;
            not[c] += good ? 0 : 1;
        }
        int[] queue = new int[part.length];
        int m = 0;
        for (int c = 0; c < part.length; c++) {
            if (part[c] != 0) {
                queue[m++] = c;
            }
        }
        for (int q = 0; q < m; q++) {
            for (int b = 0; b < 9; b++) {
                int c = grid.neighbour(queue[q], b);
                if (c >= 0
                        && part[c] == 0
                        && may[c] > 0
                        && not[c] == 0
                        && grid.around(may, c, 1) >= 8 * grid.around(not, c, 1)) {
                    part[c] = 1;
                    queue[m++] = c;
                }
            }
        }
        settle();
    }

    /** Tells the inner cells of the part, and those beside it. */
    private void settle() {
        grid.settle(part);
        beside = grid.widened(part, BESIDE);
        hull = grid.hull(part);
    }

    /** What it is, without its points. */
    Reflection reflection() {
        int[] b = grid.bounds(part);
        double[] c = plane.at(u0 + grid.cell() * (b[0] + b[1] + 1) / 2, v0 + grid.cell() * (b[2] + b[3] + 1) / 2);
        return new Reflection(
                new double[] {c[0] + lattice.originX(), c[1] + lattice.originY(), c[2] + lattice.originZ()},
                plane.n().clone(),
                grid.cell() * (b[1] - b[0] + 1),
                grid.cell() * (b[3] - b[2] + 1),
                0);
    }

    /**
     * Whether a place that an eye of station {@code st} sees is a reflection: behind the inner part always; beside that,
     * or where the part has gaps, where its image was found, or in a gap could be: what only the mirror shows, like the
     * backs of things.
     *
     * @param uv scratch of two numbers
     */
    boolean reflected(int st, double px, double py, double pz, Glance.Match match, List<RangeMap> maps, double[] uv) {
        double over = plane.cross(scene.eyes[st], px, py, pz, NEAREST, uv);
        if (Double.isNaN(over) || over >= -depth(st)) {
            return false;
        }
        int c = grid.of(uv[0], uv[1]);
        if (c < 0 || !beside[c] && !hull[c]) {
            return false;
        }
        return part[c] == 2
                || match.mirrors(plane, px, py, pz, scene.noise[st])
                || hull[c] && !through(px, py, pz, over, scene.noise[st], maps, uv);
    }

    /** Whether a station looked through the image of a place. */
    private boolean through(
            double px, double py, double pz, double over, double sigma, List<RangeMap> maps, double[] uv) {
        double ix = px - 2 * over * plane.n()[0] + lattice.originX();
        double iy = py - 2 * over * plane.n()[1] + lattice.originY();
        double iz = pz - 2 * over * plane.n()[2] + lattice.originZ();
        for (RangeMap m : maps) {
            double pixel = m.pixelWidth() * m.distance(ix, iy, iz);
            if (m.crossed(ix, iy, iz, 0.02 + 6 * sigma + 2 * pixel, uv)) {
                return true;
            }
        }
        return false;
    }
}
