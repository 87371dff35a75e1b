package org.grotto.clean;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.grotto.base.Work;
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
 * Looks at every station by sampled places: at each the signed distance to the surface of every other station that saw
 * it. Each pass is a function of a region, its halo and the moves found so far, so a large misfit is measured again after
 * it has been taken out. A region gives rows only for pairs that meet in it: memory grows with the places of overlap, not
 * with stations squared or regions.
 */
final class Survey {
    /** Places a station is looked at, about. */
    private static final int PLACES = 12_000;

    private static final int OWN = 24;
    private static final int OTHER = 20;
    /** Normals of one surface seen from two stations differ by less: cosine of 26 degrees. */
    private static final double AGREE = 0.9;

    private final Store store;
    private final List<StationStats> own;
    private final List<double @Nullable []> eyes;
    private final double reach;
    private final Engine engine;
    private final int count;

    private Survey(Store store, List<StationStats> own, List<double @Nullable []> eyes, double reach, Engine engine) {
        this.store = store;
        this.own = own;
        this.eyes = eyes;
        this.reach = reach;
        this.engine = engine;
        this.count = own.size();
    }

    /** How the stations agree that {@code own} tells of. */
    static List<PairResidual> run(
            Store store, List<StationStats> own, List<double @Nullable []> eyes, double reach, Engine engine) {
        return own.isEmpty() ? List.of() : new Survey(store, own, eyes, reach, engine).run();
    }

    private static Map<Long, Rows> sum(List<Map<Long, Rows>> parts) {
        Map<Long, Rows> sum = new TreeMap<>();
        for (Map<Long, Rows> part : parts) {
            part.forEach((p, rows) -> sum.computeIfAbsent(p, k -> new Rows()).add(rows));
        }
        return sum;
    }

    private List<PairResidual> run() {
        long[] points = own.stream().mapToLong(StationStats::points).toArray();
        double[] noise = own.stream().mapToDouble(StationStats::noiseOrZero).toArray();
        Map<Long, RigidMove> moves = new HashMap<>();
        Map<Long, Rows> first = pass(points, moves);
        Map<Long, Rows> now = first;
        for (int round = 0; ; round++) {
            boolean again = false;
            for (Map.Entry<Long, Rows> e : now.entrySet()) {
                long p = e.getKey();
                double both = both(noise, p);
                RigidMove old = moves.get(p);
                RigidMove step = RigidMove.fit(e.getValue().trimmed(), both, old);
                if (step != null) {
                    moves.put(p, step);
                    again |= old == null ? step.shift > 2 * both : Math.abs(step.shift - old.shift) > 0.1 * both;
                }
            }
            if (!again || round == 3) {
                break;
            }
            now = pass(points, moves);
        }
        List<PairResidual> out = new ArrayList<>();
        first.forEach((p, rows) ->
                out.add(RigidMove.verdict(first(p), second(p), rows.trimmed(), both(noise, p), moves.get(p))));
        return out;
    }

    private static double both(double[] noise, long pair) {
        int a = first(pair);
        int b = second(pair);
        return Math.sqrt(noise[a] * noise[a] + noise[b] * noise[b]);
    }

    private static long pair(int a, int b) {
        return (long) Math.min(a, b) << 32 | Math.max(a, b);
    }

    private static int first(long pair) {
        return (int) (pair >>> 32);
    }

    private static int second(long pair) {
        return (int) pair;
    }

    private static char[] station(Region region) {
        return Objects.requireNonNull(region.cloud().station());
    }

    private Map<Long, Rows> pass(long[] points, Map<Long, RigidMove> moves) {
        return sum(engine.map(
                store,
                Craft.of(
                        Set.of(Columns.STATION.name()),
                        2 * reach,
                        (region, work) -> new Look(region, moves, work).run(points))));
    }

    /** One region in one pass. */
    private final class Look {
        private final Region region;
        private final Cloud cloud;
        private final char[] station;
        private final Map<Long, RigidMove> moves;
        private final List<Integer> present = new ArrayList<>();
        private final Map<Integer, KdTree.Query> ask = new HashMap<>();
        private final Map<Integer, KdTree> trees = new HashMap<>();
        private final Map<Long, Rows> found = new HashMap<>();
        private final PatchFit own;
        private final PatchFit other;

        Look(Region region, Map<Long, RigidMove> moves, Work work) {
            this.region = region;
            this.cloud = region.cloud();
            this.station = station(region);
            this.moves = moves;
            this.own = new PatchFit(cloud);
            this.other = new PatchFit(cloud);
            int[][] members = Stations.members(station, count);
            for (int s = 0; s < count; s++) {
                if (members[s].length > 0) {
                    KdTree tree = KdTree.of(cloud, members[s]);
                    present.add(s);
                    trees.put(s, tree);
                    ask.put(s, tree.query());
                }
            }
        }

        Map<Long, Rows> run(long[] points) {
            for (int i = region.from(); i < region.to(); i++) {
                int s = station[i];
                if (s >= count || !chosen(region.id(i), points[s])) {
                    continue;
                }
                double px = cloud.px(i);
                double py = cloud.py(i);
                double pz = cloud.pz(i);
                KdTree.Query q = Objects.requireNonNull(ask.get(s));
                int n = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], OWN, reach);
                if (n < OWN || !own.fit(q, n, px, py, pz)) {
                    continue;
                }
                double[] eye = eyes.get(s);
                if (eye != null) {
                    own.face(eye, px, py, pz);
                    distances(s, px, py, pz);
                }
            }
            return found;
        }

        private void distances(int s, double px, double py, double pz) {
            for (int o : present) {
                double[] eye = eyes.get(o);
                if (o != s
                        && eye != null
                        && Objects.requireNonNull(trees.get(o)).size() >= OTHER) {
                    distance(o, eye, px, py, pz, s < o ? 1 : -1, pair(s, o));
                }
            }
        }

        /** Adds the signed distance of a place of one station from the surface of the other, if that one saw it. */
        private void distance(int o, double[] eye2, double px, double py, double pz, int sign, long pair) {
            double mx = px;
            double my = py;
            double mz = pz;
            RigidMove move = moves.get(pair);
            if (move != null) {
                double[] d = move.at(px, py, pz);
                if (d[0] * d[0] + d[1] * d[1] + d[2] * d[2] > reach * reach) {
                    return; // out of the halo: what lies there, another region would see differently
                }
                mx += sign * d[0];
                my += sign * d[1];
                mz += sign * d[2];
            }
            KdTree.Query q = Objects.requireNonNull(ask.get(o));
            int n = q.nearest(mx, my, mz, OTHER, reach);
            if (n < OTHER || !other.fit(q, n, mx, my, mz)) {
                return;
            }
            other.face(eye2, mx, my, mz);
            if (own.nx * other.nx + own.ny * other.ny + own.nz * other.nz < AGREE || other.aside > 0.5 * other.radius) {
                return;
            }
            // the same normal for both directions of a pair, so that its residuals mean the same
            double nx = own.nx + other.nx;
            double ny = own.ny + other.ny;
            double nz = own.nz + other.nz;
            double l = Math.sqrt(nx * nx + ny * ny + nz * nz);
            found.computeIfAbsent(pair, k -> new Rows())
                    .add(px, py, pz, nx / l, ny / l, nz / l, sign * (other.height - own.height));
        }
    }

    /** One in so many, by a hash of the place in the order, so that no pattern of the scan shows. */
    private static boolean chosen(long id, long points) {
        long stride = Math.max(1, points / PLACES);
        return (id * 0x9E3779B97F4A7C15L >>> 33) % stride == 0;
    }
}
