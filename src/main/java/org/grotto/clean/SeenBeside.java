package org.grotto.clean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.PlaneFit;
import org.grotto.sight.RangeMap;
import org.grotto.sight.Sights;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Region;
import org.grotto.store.Sample;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * What hangs on points that moved and lies too near to stone for range maps, whose pixels are wider than rays are apart:
 * feet on a floor, a back before a wall. Beside points that moved it is asked closely: a point goes with them where the
 * pixel of another station that it falls into holds nothing as near, and the point lies before the plane of that station's
 * own points around it, or has none of them around; and where no more stations show the place than miss it.
 *
 * <p>Cost: nothing where nothing moved; else three passes that look at what is near.
 */
final class SeenBeside {
    /** In distances between rays at the point: so far from what moved something may hang on it, step by step. */
    private static final double REACH = 8;

    private static final double STEP = 2.5;
    /** Of another station's points, in distances between its rays: so near they show what it saw there. */
    private static final double AROUND = 4;

    private static final int PLANE = 6;
    private static final int ASKED = 24;
    /** In standard deviations of both stations' noise, and of the points about their plane: within these, on it. */
    private static final double SIGMAS = 5;

    private static final double ROUGH = 3;

    private final Sights sights;
    private final @Nullable RangeMap[] own;
    private final Engine engine;

    SeenBeside(Sights sights, @Nullable RangeMap[] own, Engine engine) {
        this.sights = sights;
        this.own = own;
        this.engine = engine;
    }

    /** Marks, in a store with {@link Removed#REASON}, what hangs on the points that moved. */
    Store mark(Store store) {
        Cloud moved = gather(store, (region, i) -> reason(region, i) == Removed.MOVED).cloud;
        if (moved.size == 0) {
            return store;
        }
        KdTree seeds = KdTree.of(moved);
        Some maybe = gather(store, new Doubtful(moved, seeds));
        if (maybe.cloud.size == 0) {
            return store;
        }
        KdTree doubtful = KdTree.of(maybe.cloud);
        Cloud others = gather(store, new Witness(maybe.cloud, doubtful)).cloud;
        boolean[] goes = grown(maybe.cloud, doubtful, moved, seeds, against(maybe.cloud, others));
        long[] ids = new long[goes.length];
        int n = 0;
        for (int k = 0; k < goes.length; k++) {
            if (goes[k]) {
                ids[n++] = maybe.id[k];
            }
        }
        long[] gone = Arrays.copyOf(ids, n);
        Arrays.sort(gone);
        Set<String> needs = Set.of(Removed.REASON.name());
        return engine.add(store, Craft.of(needs, List.of(Removed.REASON), 0, (region, work) -> {
            byte[] reason = Outliers.reason(region);
            for (int i = region.from(); i < region.to(); i++) {
                if (Arrays.binarySearch(gone, region.id(i)) >= 0) {
                    reason[i - region.from()] = Removed.MOVED;
                }
            }
            return Columns.NONE.with(Removed.REASON, reason);
        }));
    }

    // --- gathering

    private interface Wanted {
        boolean test(Region region, int i);
    }

    /** Points and their numbers in the store. */
    private record Some(Cloud cloud, long[] id) {}

    private Some gather(Store store, Wanted wanted) {
        Set<String> needs = Set.of(Columns.STATION.name(), Removed.REASON.name());
        List<long[]> parts = engine.map(store, Craft.of(needs, 0, (region, work) -> {
            long[] id = new long[region.count()];
            int n = 0;
            for (int i = region.from(); i < region.to(); i++) {
                if (wanted.test(region, i)) {
                    id[n++] = region.id(i);
                }
            }
            return Arrays.copyOf(id, n);
        }));
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
        Arrays.sort(all);
        Set<String> told = Set.of(Columns.STATION.name());
        return new Some(Sample.of(store, n, k -> k < all.length ? all[(int) k] : Long.MAX_VALUE, told, engine), all);
    }

    private static byte reason(Region region, int i) {
        return Objects.requireNonNull(region.cloud().columns.bytes(Removed.REASON.name()))[i];
    }

    private static boolean kept(Region region, int i) {
        return reason(region, i) == Removed.KEPT;
    }

    private @Nullable RangeMap map(Cloud c, int i) {
        int s = Objects.requireNonNull(c.station())[i];
        return s < own.length ? own[s] : null;
    }

    /** How far apart a station's rays are at a place, metres. */
    private static double apart(RangeMap m, double x, double y, double z) {
        return m.rayDistance() * m.distance(x, y, z);
    }

    /** Points beside those of their station that moved, of which another station's pixel holds nothing as near. */
    private final class Doubtful implements Wanted {
        private final Cloud moved;
        private final KdTree seeds;
        private final Box box;

        Doubtful(Cloud moved, KdTree seeds) {
            this.moved = moved;
            this.seeds = seeds;
            this.box = moved.bounds();
        }

        @Override
        public boolean test(Region region, int i) {
            Cloud c = region.cloud();
            RangeMap mine = map(c, i);
            if (mine == null || !kept(region, i)) {
                return false;
            }
            double x = c.px(i);
            double y = c.py(i);
            double z = c.pz(i);
            if (!box.grow(REACH * apart(mine, x, y, z)).contains(x, y, z)
                    || !beside(seeds.query(), moved, mine, x, y, z, REACH)) {
                return false;
            }
            double[] uv = new double[2];
            for (RangeMap m : sights.maps()) {
                if (says(m, mine) && passes(m, mine, x, y, z, uv)) {
                    return true;
                }
            }
            return false;
        }
    }

    private boolean says(RangeMap m, RangeMap mine) {
        return m != mine && !sights.apart(m.station(), mine.station());
    }

    private boolean passes(RangeMap m, RangeMap mine, double x, double y, double z, double[] uv) {
        return m.range(x, y, z, uv) > m.distance(x, y, z) + noise(m, mine);
    }

    private double noise(RangeMap m, RangeMap mine) {
        double a = sights.noiseOf(m.station());
        double b = sights.noiseOf(mine.station());
        return SIGMAS * Math.sqrt(a * a + b * b);
    }

    /** Whether any point of the station lies within so many of its distances between rays. */
    private static boolean beside(KdTree.Query q, Cloud of, RangeMap mine, double x, double y, double z, double rays) {
        int n = q.nearest(x, y, z, ASKED, rays * apart(mine, x, y, z));
        char[] station = Objects.requireNonNull(of.station());
        for (int k = 0; k < n; k++) {
            if (station[q.index[k]] == mine.station()) {
                return true;
            }
        }
        return false;
    }

    /** Points around the doubtful ones: what their stations saw there. */
    private final class Witness implements Wanted {
        private final KdTree doubtful;
        private final Box box;

        Witness(Cloud maybe, KdTree doubtful) {
            this.doubtful = doubtful;
            this.box = maybe.bounds();
        }

        @Override
        public boolean test(Region region, int i) {
            Cloud c = region.cloud();
            RangeMap mine = map(c, i);
            if (mine == null || !kept(region, i)) {
                return false;
            }
            double x = c.px(i);
            double y = c.py(i);
            double z = c.pz(i);
            double reach = AROUND * apart(mine, x, y, z) * 2;
            return box.grow(reach).contains(x, y, z) && doubtful.query().nearest(x, y, z, 1, reach) > 0;
        }
    }

    // --- judging

    /** Which doubtful points more stations miss than show. */
    private boolean[] against(Cloud maybe, Cloud others) {
        List<Cloud> of = new ArrayList<>();
        List<KdTree> trees = new ArrayList<>();
        List<RangeMap> by = new ArrayList<>();
        char[] station = Objects.requireNonNull(others.station());
        for (RangeMap m : sights.maps()) {
            int[] index = new int[others.size];
            int n = 0;
            for (int i = 0; i < station.length; i++) {
                if (station[i] == m.station()) {
                    index[n++] = i;
                }
            }
            if (n > 0) {
                of.add(others.pick(Arrays.copyOf(index, n)));
                trees.add(KdTree.of(of.getLast()));
                by.add(m);
            }
        }
        boolean[] out = new boolean[maybe.size];
        engine.work().blocks(maybe.size, 256, (from, to) -> {
            Close close = new Close();
            for (int i = from; i < to; i++) {
                RangeMap mine = Objects.requireNonNull(map(maybe, i));
                int misses = 0;
                for (int k = 0; k < by.size(); k++) {
                    if (says(by.get(k), mine)) {
                        misses += close.look(
                                maybe.px(i),
                                maybe.py(i),
                                maybe.pz(i),
                                mine,
                                by.get(k),
                                of.get(k),
                                trees.get(k).query());
                    }
                }
                for (RangeMap m : sights.maps()) {
                    if (!by.contains(m) && says(m, mine)) {
                        misses += passes(m, mine, maybe.px(i), maybe.py(i), maybe.pz(i), close.uv) ? 1 : 0;
                    }
                }
                out[i] = misses > 0;
            }
        });
        return out;
    }

    private final class Close {
        private final PlaneFit plane = new PlaneFit();
        private final double[] uv = new double[2];

        /** 1 where station m looks past the place, -1 where it shows it, 0 where it does not tell. */
        int look(double x, double y, double z, RangeMap mine, RangeMap m, Cloud c, KdTree.Query q) {
            boolean passes = passes(m, mine, x, y, z, uv);
            int n = q.nearest(x, y, z, PLANE, AROUND * apart(m, x, y, z));
            plane.clear();
            for (int k = 0; k < n; k++) {
                int p = q.index[k];
                plane.add(1, c.px(p) - x, c.py(p) - y, c.pz(p) - z);
            }
            if (!plane.solve()) {
                return passes && n == 0 ? 1 : 0;
            }
            double off = -(plane.normalX * plane.meanX + plane.normalY * plane.meanY + plane.normalZ * plane.meanZ);
            double side =
                    plane.normalX * (m.eye(0) - x) + plane.normalY * (m.eye(1) - y) + plane.normalZ * (m.eye(2) - z);
            boolean on = Math.abs(off) <= Math.max(noise(m, mine), ROUGH * Math.sqrt(Math.max(0, plane.least)));
            return on ? -1 : passes && off * side > 0 ? 1 : 0;
        }
    }

    /** What hangs together with the points that moved, in steps from one point of their station to the next. */
    private boolean[] grown(Cloud maybe, KdTree tree, Cloud moved, KdTree seeds, boolean[] against) {
        boolean[] goes = new boolean[maybe.size];
        int[] front = new int[maybe.size];
        int n = 0;
        KdTree.Query seed = seeds.query();
        for (int i = 0; i < maybe.size; i++) {
            RangeMap mine = Objects.requireNonNull(map(maybe, i));
            if (against[i] && beside(seed, moved, mine, maybe.px(i), maybe.py(i), maybe.pz(i), STEP)) {
                goes[i] = true;
                front[n++] = i;
            }
        }
        KdTree.Query q = tree.query();
        char[] station = Objects.requireNonNull(maybe.station());
        for (int at = 0; at < n; at++) {
            int i = front[at];
            RangeMap mine = Objects.requireNonNull(map(maybe, i));
            double step = STEP * apart(mine, maybe.px(i), maybe.py(i), maybe.pz(i));
            int found = q.nearest(maybe.px(i), maybe.py(i), maybe.pz(i), ASKED, step);
            for (int k = 0; k < found; k++) {
                int o = q.index[k];
                if (!goes[o] && against[o] && station[o] == station[i]) {
                    goes[o] = true;
                    front[n++] = o;
                }
            }
        }
        return goes;
    }
}
