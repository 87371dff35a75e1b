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
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.sight.RangeMap;
import org.grotto.sight.RangeMaps;
import org.grotto.sight.Sights;
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
 * little: rays pass beside what is thinner than they are apart. So contradicted points count where they fill a patch that
 * is wide for both scans ({@link SeenPatches}: moved; with what hangs on it, {@link SeenBeside}), or where nothing stands beside the point for its own station either
 * (dust). Where two stations contradict each other more than what moved explains, their registration is wrong, or the whole
 * scene changed: neither has a say about the other, their points stay, and the pair is told ({@link Sights#against}).
 *
 * <p>Cost: a look into every other station's range map a point; memory, the range maps, a byte a point and what is
 * contradicted in cells.
 */
final class SeenThrough {
    /** In standard deviations of the own noise: within these, points lie beside each other. */
    private static final double SIGMAS = 5;
    /** In distances between rays: in a window so wide fall points of a surface that is there. */
    private static final double NEIGHBOURS = 1.5;
    /** In distances between rays: beside a point on a surface of at most 80 degrees' incidence lies another one. */
    private static final double BESIDE = 6;
    /** A station that looks past more of another one's points than this share of those it should see is not believed. */
    private static final double MOST = 0.3;
    /** Two stations that look past fewer of each other's points than this share of those they should see are not doubted. */
    private static final double LEAST = 0.001;
    /** Against one place that both show, so many where that cannot be told. */
    private static final double HARDLY = 4;
    /** What hides a place that both should see by less than this part of its distance is that place's surface elsewhere. */
    private static final double NEAR = 0.25;

    /** Counts of a pair: points that the rays pass; that they meet; passed ones behind which both show one place; that do not
     * agree there; and where that place is close behind. */
    private static final int PAST = 0;

    private static final int MET = 1;
    private static final int AGREE = 2;
    private static final int DIFFER = 3;
    private static final int CLOSE = 4;
    private static final int COUNTS = 5;
    /** Of a place at fewer tolerances behind a point nobody can tell whether it is that point's own surface. */
    private static final double TOLD = 3;

    /** Whether any other station looks past the point. */
    private static final ColumnType PASSED = ColumnType.choice("passed", ColumnType.Kind.UINT8, "clean");

    private final Sights sights;
    private final List<RangeMap> maps;
    private final @Nullable RangeMap[] own;

    private SeenThrough(Sights sights, int stations) {
        this.sights = sights;
        this.maps = sights.maps();
        this.own = new RangeMap[stations];
        for (RangeMap m : maps) {
            own[m.station()] = m;
        }
    }

    /**
     * What was found.
     *
     * @param store with contradicted points marked in its {@link Removed#REASON}
     * @param sights of the points that are not
     */
    record Result(Store store, Sights sights) {}

    /**
     * Follows the sight lines.
     *
     * @param noise of each station, metres
     * @param out whether contradicted points are marked
     */
    static Result mark(Store store, List<double @Nullable []> eyes, double[] noise, boolean out, Engine engine) {
        List<RangeMap> maps = RangeMaps.of(store, eyes, engine);
        Sights all = new Sights(maps, noise, new boolean[noise.length][noise.length]);
        if (maps.size() < 2) {
            return new Result(store, all);
        }
        SeenThrough s = new SeenThrough(all, noise.length);
        Set<String> needs = Set.of(Columns.STATION.name());
        Engine.Added<Map<Long, long[]>> asked =
                engine.add(store, List.of(PASSED), Craft.of(needs, 0, (region, work) -> s.passed(region)));
        s.judge(asked.rest());
        if (!out) {
            return new Result(store, all);
        }
        Set<String> again = Set.of(Columns.STATION.name(), PASSED.name());
        Map<Long, long[]> moved =
                moved(engine.map(asked.store(), Craft.of(again, 0, (region, work) -> s.find(region))));
        Store marked = engine.add(
                        asked.store(),
                        Craft.of(again, List.of(Removed.REASON), 0, (region, work) -> s.reasons(region, moved)))
                .without(List.of(PASSED.name()));
        marked = new SeenBeside(all, s.own, engine).mark(marked);
        List<RangeMap> left = RangeMaps.without(maps, marked, Removed.REASON.name(), engine);
        return new Result(marked, new Sights(left, noise, all.against()));
    }

    /** Adds up what regions counted by pair of stations, the first one's points and the second one's rays, and judges each. */
    private void judge(List<Map<Long, long[]>> parts) {
        Map<Long, long[]> counts = new HashMap<>();
        for (Map<Long, long[]> part : parts) {
            part.forEach((pair, n) -> {
                long[] c = counts.computeIfAbsent(pair, k -> new long[COUNTS]);
                for (int k = 0; k < COUNTS; k++) {
                    c[k] += n[k];
                }
            });
        }
        long[] none = new long[COUNTS];
        boolean[][] against = sights.against();
        for (int a = 0; a < against.length; a++) {
            for (int b = 0; b < a; b++) {
                against[a][b] = apart(counts.getOrDefault(pair(a, b), none), counts.getOrDefault(pair(b, a), none));
                against[b][a] = against[a][b];
            }
        }
    }

    /**
     * Whether two stations do not stand to each other as they are said to, rather than that something moved. Behind what
     * moved, both show the same place, the first one from beside it; behind a wall that stands wrong, they do not. Where
     * that place lies too close behind to be told from the wall itself, it counts that what moved contradicts in one scan,
     * a wrong pose in both; but where something moved in both, they agree behind a good part of it, and behind a wall that
     * stands wrong hardly anywhere, in one direction at least.
     *
     * @param one counts of the one's points and the other's rays, {@link #PAST} to {@link #CLOSE}; {@code other}, the other way
     */
    static boolean apart(long[] one, long[] other) {
        if (few(one) && few(other)) {
            return false;
        }
        boolean both = 4 * Math.min(one[PAST], other[PAST]) > Math.max(one[PAST], other[PAST]);
        return apart(one, both) || apart(other, both);
    }

    private static boolean few(long[] c) {
        return c[PAST] <= LEAST * (c[PAST] + c[MET]);
    }

    private static boolean apart(long[] c, boolean both) {
        return c[DIFFER] > c[AGREE] + c[CLOSE]
                || both && c[DIFFER] + c[CLOSE] > HARDLY * c[AGREE]
                || c[PAST] > MOST * (c[PAST] + c[MET]) && 2 * (c[AGREE] + c[CLOSE]) < c[PAST];
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
                if (m == mine || sights.apart(s, m.station())) {
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

        /**
         * What the point's own station says of the place that the ray met behind it: {@link #AGREE} where it shows it, too,
         * {@link #CLOSE} where that says little, {@link #DIFFER} where it looks past that place or has something just before
         * it, {@link #PAST} where it cannot tell.
         */
        int behind(RangeMap m) {
            RangeMap mine = Objects.requireNonNull(own[s]);
            double d = m.distance(x, y, z);
            double f = m.range(x, y, z, uv) / d;
            if (!(f > 0)) {
                return PAST;
            }
            double ex = m.eye(0) + f * (x - m.eye(0));
            double ey = m.eye(1) + f * (y - m.eye(1));
            double ez = m.eye(2) + f * (z - m.eye(2));
            double tolerance = Math.max(sights.tolerance(m.station(), mine, ex, ey, ez), tolerance(m) * f);
            if (mine.echoes(ex, ey, ez, tolerance, uv) > 0) {
                return (f - 1) * d > TOLD * tolerance ? AGREE : CLOSE;
            }
            double there = mine.distance(ex, ey, ez);
            double seen = mine.range(ex, ey, ez, uv);
            return seen > 0 && seen > (1 - NEAR) * there ? DIFFER : PAST;
        }

        private double tolerance(RangeMap m) {
            return sights.tolerance(s, m, x, y, z);
        }

        /** The least group of windows that hold neighbouring rays of both scans. */
        int group(RangeMap m) {
            double mine = NEIGHBOURS * Objects.requireNonNull(own[s]).rayDistance() * r;
            double others = m.rayDistance() * m.distance(x, y, z);
            return SeenPatches.group(Math.max(mine, others) / (m.pixelWidth() * m.distance(x, y, z)));
        }

        long key(RangeMap m, int group) {
            return SeenPatches.key(m, group, x, y, z, uv);
        }

        /** Whether the point hangs in the air for its own station, too. */
        boolean alone() {
            RangeMap mine = Objects.requireNonNull(own[s]);
            double tolerance = Math.max(SIGMAS * sights.noiseOf(s), BESIDE * mine.rayDistance() * r);
            return mine.echoes(x, y, z, tolerance, uv) <= 1;
        }
    }

    private Craft.Both<Map<Long, long[]>> passed(Region region) {
        Ask ask = new Ask(region);
        byte[] passed = new byte[region.count()];
        Map<Long, long[]> counts = new HashMap<>();
        for (int i = region.from(); i < region.to(); i++) {
            if (!ask.about(i)) {
                continue;
            }
            for (RangeMap m : ask.meeting) {
                counts.computeIfAbsent(pair(ask.s, m.station()), k -> new long[COUNTS])[MET]++;
            }
            for (RangeMap m : ask.by) {
                passed[i - region.from()] = 1;
                long[] c = counts.computeIfAbsent(pair(ask.s, m.station()), k -> new long[COUNTS]);
                c[PAST]++;
                int behind = ask.behind(m);
                c[behind] += behind == PAST ? 0 : 1;
            }
        }
        return new Craft.Both<>(Columns.NONE.with(PASSED, passed), counts);
    }

    /** By pair, the keys of the contradicted points of the first station in the view of the second, distinct. */
    private Map<Long, long[]> find(Region region) {
        Ask ask = new Ask(region);
        byte[] passed = Objects.requireNonNull(region.cloud().columns.bytes(PASSED.name()));
        Map<Long, long[]> keys = new HashMap<>();
        Map<Long, Integer> size = new HashMap<>();
        for (int i = region.from(); i < region.to(); i++) {
            if (passed[i] != 0 && ask.about(i) && ask.contradicted()) {
                for (RangeMap m : ask.by) {
                    int group = ask.group(m);
                    add(keys, size, pair(ask.s, m.station()), ask.key(m, group));
                    add(keys, size, pair(ask.s, m.station()), ask.key(m, SeenPatches.next(group)));
                }
            }
        }
        keys.replaceAll((pair, k) -> distinct(k, size.getOrDefault(pair, 0)));
        return keys;
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

    /** By pair, the keys of full patches and around them. */
    private static Map<Long, long[]> moved(List<Map<Long, long[]>> parts) {
        Map<Long, List<long[]>> all = new TreeMap<>();
        for (Map<Long, long[]> part : parts) {
            part.forEach((pair, keys) ->
                    all.computeIfAbsent(pair, k -> new ArrayList<>()).add(keys));
        }
        Map<Long, long[]> out = new HashMap<>();
        all.forEach((pair, keys) -> out.put(pair, SeenPatches.of(joined(keys))));
        return out;
    }

    private static long[] joined(List<long[]> parts) {
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

    private Columns reasons(Region region, Map<Long, long[]> moved) {
        byte[] reason = Outliers.reason(region);
        byte[] passed = Objects.requireNonNull(region.cloud().columns.bytes(PASSED.name()));
        Ask ask = new Ask(region);
        for (int i = region.from(); i < region.to(); i++) {
            int k = i - region.from();
            if (passed[i] == 0 || reason[k] != Removed.KEPT || !ask.about(i) || !ask.contradicted()) {
                continue;
            }
            boolean patch = false;
            for (RangeMap m : ask.by) {
                long[] keys = moved.getOrDefault(pair(ask.s, m.station()), new long[0]);
                int group = ask.group(m);
                patch |= Arrays.binarySearch(keys, ask.key(m, group)) >= 0
                        || Arrays.binarySearch(keys, ask.key(m, SeenPatches.next(group))) >= 0;
            }
            if (patch) {
                reason[k] = Removed.MOVED;
            } else if (ask.alone()) {
                reason[k] = Removed.DUST;
            }
        }
        return Columns.NONE.with(Removed.REASON, reason);
    }
}
