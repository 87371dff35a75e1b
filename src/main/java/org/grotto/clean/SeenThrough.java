package org.grotto.clean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.sight.RangeMap;
import org.grotto.sight.RangeMaps;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Region;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Marks points that stand in space which another station saw through: what moved between two scans, and dust. Sight lines
 * are evidence: where all rays of a station around a place end clearly behind it, nothing stood there then.
 *
 * <p>A point is contradicted where more other stations look past it than have an echo at its place. One such point proves
 * little: rays pass beside what is thinner than they are apart. So contradicted points count where, in the pixels of the
 * station that looks past them, they fill a patch of three by three at about one depth, and with that patch what hangs together with it within
 * two pixels (moved); or where nothing stands beside the point for its own station either (dust). Pixels are as coarse as the
 * coarser one of both scans. Where a station looks past a good part of all that it should see of another one, their
 * registration is wrong, or the whole scene changed: these points stay, and are counted apart.
 *
 * <p>Cost: a look into every other station's range map a point, twice; memory, the range maps and what is contradicted in
 * pixels.
 */
final class SeenThrough {
    /** In standard deviations of both stations' noise: less behind is no contradiction. */
    private static final double SIGMAS = 5;
    /** In pixels: of the nine around a place on an inclined surface, one always lies nearer; this is for its rims. */
    private static final double PIXELS = 1;
    /** In distances between rays: beside a point on a surface of at most 80 degrees' incidence lies another one. */
    private static final double BESIDE = 6;
    /** A station that looks past more of another one's points than this share of those it should see is not believed. */
    private static final double MOST = 0.3;
    /** Places whose distances differ by less than this factor may hang together. */
    private static final double DEPTH = Math.log(1.15);
    /** What hangs together with the middle of a full patch by so many pixels belongs to it. */
    private static final int AROUND = 3;
    /** Halvings of a pixel that are looked at, at most. */
    private static final int COARSEST = 8;

    private final List<RangeMap> maps;
    private final double[] noise;
    private final @Nullable RangeMap[] own;

    private SeenThrough(List<RangeMap> maps, double[] noise) {
        this.maps = maps;
        this.noise = noise;
        this.own = new RangeMap[noise.length];
        for (RangeMap m : maps) {
            own[m.station()] = m;
        }
    }

    /**
     * The store with contradicted points marked in its {@link Removed#REASON}.
     *
     * @param noise of each station, metres
     */
    static Store mark(Store store, List<double @Nullable []> eyes, double[] noise, Engine engine) {
        List<RangeMap> maps = RangeMaps.of(store, eyes, engine);
        if (maps.size() < 2) {
            return store;
        }
        SeenThrough s = new SeenThrough(maps, noise);
        Set<String> needs = Set.of(Columns.STATION.name());
        Found found = Found.of(engine.map(store, Craft.of(needs, 0, (region, work) -> s.find(region))));
        Map<Long, long[]> moved = s.moved(found);
        if (found.past.isEmpty()) {
            return store;
        }
        return engine.add(
                store, Craft.of(needs, List.of(Removed.REASON), 0, (region, work) -> s.reasons(region, found, moved)));
    }

    /**
     * What contradicts, by pair: the first station's points, the second one's rays.
     *
     * @param past how many points the rays pass
     * @param met how many they meet
     * @param pixels of the second station in which it looks past points of the first, ascending; {@link #COARSEST} levels
     *     each, see {@link #levelled}
     */
    private record Found(Map<Long, long[]> pixels, Map<Long, Long> past, Map<Long, Long> met) {
        static Found of(List<Found> parts) {
            Map<Long, List<long[]>> all = new TreeMap<>();
            Found sum = new Found(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
            for (Found p : parts) {
                p.pixels.forEach((pair, keys) ->
                        all.computeIfAbsent(pair, k -> new ArrayList<>()).add(keys));
                p.past.forEach((pair, n) -> sum.past.merge(pair, n, Long::sum));
                p.met.forEach((pair, n) -> sum.met.merge(pair, n, Long::sum));
            }
            all.forEach((pair, keys) -> sum.pixels.put(pair, once(keys)));
            return sum;
        }

        private static long[] once(List<long[]> parts) {
            int n = 0;
            for (long[] p : parts) {
                n = Math.addExact(n, p.length);
            }
            long[] all = new long[n];
            int at = 0;
            for (long[] p : parts) {
                System.arraycopy(p, 0, all, at, p.length);
                at += p.length;
            }
            return distinct(all, n);
        }

        /** Whether too much of the pair is contradicted for one of the two to be right. */
        boolean everywhere(long pair) {
            long past = this.past.getOrDefault(pair, 0L);
            return past > MOST * (past + met.getOrDefault(pair, 0L));
        }
    }

    private static long[] distinct(long[] keys, int n) {
        Arrays.sort(keys, 0, n);
        int m = 0;
        for (int k = 0; k < n; k++) {
            if (m == 0 || keys[m - 1] != keys[k]) {
                keys[m++] = keys[k];
            }
        }
        return Arrays.copyOf(keys, m);
    }

    private static long pair(int points, int rays) {
        return (long) points << 32 | rays;
    }

    /** A pixel of a level, with a step of depth, as one number; a pixel's key has 39 bits. */
    private static long levelled(int level, int depth, long key) {
        return (long) (level << 9 | depth) << 40 | key;
    }

    /** The step of depth, 1 to 510. */
    private static int depth(double range) {
        return (int) Math.max(1, Math.min(510, 256 + Math.floor(Math.log(Math.max(1e-9, range)) / DEPTH)));
    }

    /** What other stations say about one point. */
    private final class Ask {
        private final Region region;
        private final char[] station;
        private final double[] uv = new double[2];
        private double x;
        private double y;
        private double z;
        private double r;
        private int s;
        /** How many stations look past the point, how many that look as closely have an echo there. */
        private int past;

        private int met;
        private double widest;
        /** Which ones look past it. */
        private final List<RangeMap> by = new ArrayList<>();

        private final List<RangeMap> meeting = new ArrayList<>();

        Ask(Region region) {
            this.region = region;
            this.station = Objects.requireNonNull(region.cloud().station());
        }

        /** Asks about point i; false where it is of no station with a known eye. */
        boolean about(int i) {
            Cloud c = region.cloud();
            s = station[i];
            RangeMap mine = s < own.length ? own[s] : null;
            by.clear();
            meeting.clear();
            past = 0;
            met = 0;
            widest = 0;
            if (mine == null) {
                return false;
            }
            x = c.px(i);
            y = c.py(i);
            z = c.pz(i);
            r = mine.distance(x, y, z);
            for (RangeMap m : maps) {
                if (m == mine) {
                    continue;
                }
                double tolerance = tolerance(m);
                if (m.crossed(x, y, z, tolerance, uv)) {
                    past++;
                    widest = Math.max(widest, tolerance);
                    by.add(m);
                } else if (m.echoes(x, y, z, tolerance, uv) > 0) {
                    meeting.add(m);
                }
            }
            for (RangeMap m : meeting) {
                // a coarser look does not see that what it met lies behind
                met += tolerance(m) <= widest ? 1 : 0;
            }
            return true;
        }

        boolean contradicted() {
            return past > met;
        }

        private double tolerance(RangeMap m) {
            double both = Math.sqrt(noise[s] * noise[s] + noise[m.station()] * noise[m.station()]);
            double pixel = m.pixelWidth() * m.distance(x, y, z);
            return Math.max(SIGMAS * both, PIXELS * pixel);
        }

        /** The finest level at which neighbouring points of the own scan fall into neighbouring pixels of the other. */
        int level(RangeMap m) {
            double apart = 1.5 * Objects.requireNonNull(own[s]).rayDistance() * r;
            double pixel = m.pixelWidth() * m.distance(x, y, z);
            int level = 0;
            while (level < COARSEST && pixel * (1 << level) < apart) {
                level++;
            }
            return level;
        }

        long pixel(RangeMap m, int level) {
            return levelled(level, depth(m.distance(x, y, z)), m.pixel(x, y, z, level, uv));
        }

        /** Whether the point hangs in the air for its own station, too. */
        boolean alone() {
            RangeMap mine = Objects.requireNonNull(own[s]);
            double tolerance = Math.max(SIGMAS * noise[s], BESIDE * mine.rayDistance() * r);
            return mine.echoes(x, y, z, tolerance, uv) <= 1;
        }
    }

    private Found find(Region region) {
        Ask ask = new Ask(region);
        Map<Long, long[]> pixels = new HashMap<>();
        Map<Long, Integer> size = new HashMap<>();
        Map<Long, Long> past = new HashMap<>();
        Map<Long, Long> met = new HashMap<>();
        for (int i = region.from(); i < region.to(); i++) {
            if (!ask.about(i)) {
                continue;
            }
            for (RangeMap m : ask.meeting) {
                met.merge(pair(ask.s, m.station()), 1L, Long::sum);
            }
            for (RangeMap m : ask.by) {
                long pair = pair(ask.s, m.station());
                past.merge(pair, 1L, Long::sum);
                if (ask.contradicted()) {
                    int level = ask.level(m);
                    for (int l = level; l <= Math.min(COARSEST, level + 1); l++) {
                        add(pixels, size, pair, ask.pixel(m, l));
                    }
                }
            }
        }
        pixels.replaceAll((pair, keys) -> distinct(keys, size.getOrDefault(pair, 0)));
        return new Found(pixels, past, met);
    }

    private static void add(Map<Long, long[]> pixels, Map<Long, Integer> size, long pair, long key) {
        int n = size.getOrDefault(pair, 0);
        long[] keys = pixels.computeIfAbsent(pair, k -> new long[256]);
        if (n > 0 && keys[n - 1] == key) {
            return;
        }
        if (n == keys.length) {
            keys = distinct(keys, n);
            n = keys.length;
            keys = Arrays.copyOf(keys, Math.max(256, 2 * n));
            pixels.put(pair, keys);
        }
        keys[n] = key;
        size.put(pair, n + 1);
    }

    /** Of the pixels that look past something, those of a full patch of three by three, and around it. */
    private Map<Long, long[]> moved(Found found) {
        Map<Long, long[]> out = new HashMap<>();
        found.pixels.forEach((pair, keys) -> {
            if (!found.everywhere(pair)) {
                out.put(pair, patches(keys));
            }
        });
        return out;
    }

    static long[] patches(long[] keys) {
        byte[] steps = new byte[keys.length];
        int[] front = new int[keys.length];
        int n = 0;
        for (int k = 0; k < keys.length; k++) {
            if (full(keys, k)) {
                steps[k] = 1;
                front[n++] = k;
            }
        }
        for (int at = 0; at < n; at++) {
            int k = front[at];
            for (int b = 0; b < 27 && steps[k] <= AROUND; b++) {
                int next = beside(keys, k, b % 3 - 1, b / 3 % 3 - 1, b / 9 - 1);
                if (next >= 0 && steps[next] == 0) {
                    steps[next] = (byte) (steps[k] + 1);
                    front[n++] = next;
                }
            }
        }
        long[] out = new long[n];
        for (int k = 0; k < n; k++) {
            out[k] = keys[front[k]];
        }
        Arrays.sort(out);
        return out;
    }

    private static boolean full(long[] keys, int k) {
        for (int b = 0; b < 9; b++) {
            boolean any = false;
            for (int d = -1; d <= 1 && !any; d++) {
                any = beside(keys, k, b % 3 - 1, b / 3 - 1, d) >= 0;
            }
            if (!any) {
                return false;
            }
        }
        return true;
    }

    private static int beside(long[] keys, int k, int du, int dv, int depth) {
        long key = RangeMap.beside(keys[k] & (1L << 40) - 1, du, dv);
        return key < 0 ? -1 : Arrays.binarySearch(keys, (keys[k] >>> 40) + depth << 40 | key);
    }

    private Columns reasons(Region region, Found found, Map<Long, long[]> moved) {
        byte[] reason = Outliers.reason(region);
        Ask ask = new Ask(region);
        for (int i = region.from(); i < region.to(); i++) {
            int k = i - region.from();
            if (reason[k] != Removed.KEPT || !ask.about(i) || !ask.contradicted()) {
                continue;
            }
            boolean believed = false;
            boolean patch = false;
            for (RangeMap m : ask.by) {
                long[] pixels = moved.get(pair(ask.s, m.station()));
                if (pixels != null) {
                    believed = true;
                    int level = ask.level(m);
                    for (int l = level; l <= Math.min(COARSEST, level + 1); l++) {
                        patch |= Arrays.binarySearch(pixels, ask.pixel(m, l)) >= 0;
                    }
                }
            }
            if (patch) {
                reason[k] = Removed.MOVED;
            } else if (believed && ask.alone()) {
                reason[k] = Removed.DUST;
            }
        }
        return Columns.NONE.with(Removed.REASON, reason);
    }
}
