package org.grotto.clean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.KdTree;
import org.grotto.scene.Station;
import org.grotto.store.Chunks;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every station by sampled places: spacing and noise of its own points, and at each place the signed distance to
 * the surface of every other station that saw it. Each pass is a function of a chunk, its halo and the moves found so far,
 * so a large misfit is measured again after it has been taken out; the trees are made in the first one and kept.
 */
final class Survey {
    /** Places a station is looked at, about. */
    private static final int PLACES = 12_000;

    private static final int OWN = 24;
    private static final int OTHER = 20;
    /** Normals of one surface seen from two stations differ by less: cosine of 26 degrees. */
    private static final double AGREE = 0.9;

    /** What was found. */
    record Result(List<StationStats> stations, List<PairResidual> pairs) {}

    private final Chunks chunks;
    private final Cloud cloud;
    private final char[] station;
    private final List<Station> stations;
    private final List<double @Nullable []> eyes;
    private final double reach;
    private final Work work;
    private final int count;

    private Survey(
            Chunks chunks,
            char[] station,
            List<Station> stations,
            List<double @Nullable []> eyes,
            double reach,
            Work work) {
        this.chunks = chunks;
        this.cloud = chunks.cloud();
        this.station = station;
        this.stations = stations;
        this.eyes = eyes;
        this.reach = reach;
        this.work = work;
        this.count = stations.size();
    }

    static Result run(Chunks chunks, List<Station> stations, List<double @Nullable []> eyes, double reach, Work work) {
        char[] station = chunks.cloud().station();
        if (station == null || stations.isEmpty()) {
            return new Result(List.of(), List.of());
        }
        return new Survey(chunks, station, stations, eyes, reach, work).run();
    }

    /** Growing rows of doubles. */
    static final class Rows {
        double[] data = new double[64];
        int size;

        void add(double... row) {
            if (size + row.length > data.length) {
                data = Arrays.copyOf(data, 2 * data.length + row.length);
            }
            System.arraycopy(row, 0, data, size, row.length);
            size += row.length;
        }

        void add(Rows other) {
            if (size + other.size > data.length) {
                data = Arrays.copyOf(data, 2 * (size + other.size));
            }
            System.arraycopy(other.data, 0, data, size, other.size);
            size += other.size;
        }

        double[] trimmed() {
            return Arrays.copyOf(data, size);
        }
    }

    private Result run() {
        long[] points = new long[count];
        for (char s : station) {
            if (s < count) {
                points[s]++;
            }
        }
        RigidMove[] moves = new RigidMove[count * (count - 1) / 2];
        List<Region> regions = chunks.map(2 * reach, (chunk, all) -> look(chunk, all, points), work);
        Rows[] own = sum(regions.stream().map(Region::own).toList(), 2 * count);
        List<StationStats> stats = new ArrayList<>();
        double[] noise = new double[count];
        for (int s = 0; s < count; s++) {
            double[] sigma = own[2 * s].trimmed();
            Arrays.sort(sigma);
            // the median of a mean square of 18 degrees of freedom lies 3.7 % below its mean
            noise[s] = Quantiles.at(sigma, 0.5) / Math.sqrt(0.963);
            stats.add(new StationStats(
                    s,
                    stations.get(s).name(),
                    points[s],
                    Quantiles.of(own[2 * s + 1].trimmed()),
                    noise[s],
                    sigma.length));
        }
        Rows[] first = pass(regions, moves);
        Rows[] now = first;
        for (int round = 0; ; round++) {
            boolean again = false;
            for (int a = 0; a < count; a++) {
                for (int b = a + 1; b < count; b++) {
                    int p = pair(a, b);
                    RigidMove step = RigidMove.fit(now[p].trimmed(), both(noise, a, b), moves[p]);
                    if (step != null) {
                        RigidMove old = moves[p];
                        moves[p] = step;
                        again |= old == null
                                ? step.shift > 2 * both(noise, a, b)
                                : Math.abs(step.shift - old.shift) > 0.1 * both(noise, a, b);
                    }
                }
            }
            if (!again || round == 3) {
                break;
            }
            now = pass(regions, moves);
        }
        List<PairResidual> out = new ArrayList<>();
        for (int a = 0; a < count; a++) {
            for (int b = a + 1; b < count; b++) {
                double[] rows = first[pair(a, b)].trimmed();
                if (rows.length > 0) {
                    out.add(RigidMove.verdict(a, b, rows, both(noise, a, b), moves[pair(a, b)]));
                }
            }
        }
        return new Result(stats, out);
    }

    private static double both(double[] noise, int a, int b) {
        return Math.sqrt(noise[a] * noise[a] + noise[b] * noise[b]);
    }

    private int pair(int a, int b) {
        return a * (2 * count - a - 1) / 2 + b - a - 1;
    }

    /**
     * What stays the same from pass to pass about a chunk and its halo.
     *
     * @param trees one a station
     * @param places {@link #PLACE} numbers each: point, plane's unit normal, its height over the point
     * @param own [2s] noise of station s, [2s + 1] its spacing
     */
    private record Region(KdTree[] trees, double[] places, Rows[] own) {}

    private static final int PLACE = 5;

    /** Places of overlap, seven numbers each, by pair. */
    private Rows[] pass(List<Region> regions, @Nullable RigidMove[] moves) {
        return sum(work.map(regions.size(), i -> distances(regions.get(i), moves)), count * (count - 1) / 2);
    }

    private static Rows[] sum(List<Rows[]> parts, int rows) {
        Rows[] sum = rows(rows);
        for (Rows[] part : parts) {
            for (int i = 0; i < sum.length; i++) {
                sum[i].add(part[i]);
            }
        }
        return sum;
    }

    private static Rows[] rows(int n) {
        Rows[] r = new Rows[n];
        for (int i = 0; i < n; i++) {
            r[i] = new Rows();
        }
        return r;
    }

    private Region look(Chunks.Chunk chunk, int[] all, long[] points) {
        Rows[] out = rows(2 * count);
        Rows places = new Rows();
        int[][] members = Stations.members(station, all, count);
        KdTree[] trees = new KdTree[count];
        KdTree.Query[] ask = new KdTree.Query[count];
        for (int s = 0; s < count; s++) {
            trees[s] = KdTree.of(cloud, members[s], work);
            ask[s] = trees[s].query();
        }
        PatchFit own = new PatchFit(cloud);
        for (int i = chunk.from(); i < chunk.to(); i++) {
            int s = station[i];
            if (s >= count || !chosen(i, points[s])) {
                continue;
            }
            double px = cloud.px(i);
            double py = cloud.py(i);
            double pz = cloud.pz(i);
            int found = ask[s].nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], OWN, reach);
            if (found < OWN || !own.fit(ask[s], found, px, py, pz)) {
                continue;
            }
            out[2 * s].add(own.sigma);
            out[2 * s + 1].add(Spacing.of(own.radius, found));
            double[] eye = eyes.get(s);
            if (eye != null) {
                own.face(eye, px, py, pz);
                places.add(i, own.nx, own.ny, own.nz, own.height);
            }
        }
        return new Region(trees, places.trimmed(), out);
    }

    private Rows[] distances(Region region, @Nullable RigidMove[] moves) {
        Rows[] out = rows(count * (count - 1) / 2);
        KdTree.Query[] ask = new KdTree.Query[count];
        for (int s = 0; s < count; s++) {
            ask[s] = region.trees[s].query();
        }
        PatchFit other = new PatchFit(cloud);
        for (int at = 0; at < region.places.length; at += PLACE) {
            int s = station[(int) region.places[at]];
            for (int o = 0; o < count; o++) {
                double[] eye = eyes.get(o);
                if (o != s && eye != null && region.trees[o].size() >= OTHER) {
                    int p = pair(Math.min(s, o), Math.max(s, o));
                    distance(ask[o], eye, region.places, at, other, s < o ? 1 : -1, moves[p], out[p]);
                }
            }
        }
        return out;
    }

    /** Adds the signed distance of a place of one station from the surface of the other, if that one saw it. */
    private void distance(
            KdTree.Query q,
            double[] eye2,
            double[] places,
            int at,
            PatchFit other,
            int sign,
            @Nullable RigidMove move,
            Rows out) {
        int i = (int) places[at];
        double ownX = places[at + 1];
        double ownY = places[at + 2];
        double ownZ = places[at + 3];
        double px = cloud.px(i);
        double py = cloud.py(i);
        double pz = cloud.pz(i);
        double mx = px;
        double my = py;
        double mz = pz;
        if (move != null) {
            double[] d = move.at(px, py, pz);
            mx += sign * d[0];
            my += sign * d[1];
            mz += sign * d[2];
        }
        int found = q.nearest(mx, my, mz, OTHER, reach);
        if (found < OTHER || !other.fit(q, found, mx, my, mz)) {
            return;
        }
        other.face(eye2, mx, my, mz);
        if (ownX * other.nx + ownY * other.ny + ownZ * other.nz < AGREE || other.aside > 0.5 * other.radius) {
            return;
        }
        // the same normal for both directions of a pair, so that its residuals mean the same
        double nx = ownX + other.nx;
        double ny = ownY + other.ny;
        double nz = ownZ + other.nz;
        double n = Math.sqrt(nx * nx + ny * ny + nz * nz);
        out.add(px, py, pz, nx / n, ny / n, nz / n, sign * (other.height - places[at + 4]));
    }

    /** One in so many, by a hash of the place in the order, so that no pattern of the scan shows. */
    private static boolean chosen(int i, long points) {
        long stride = Math.max(1, points / PLACES);
        return (i * 0x9E3779B97F4A7C15L >>> 33) % stride == 0;
    }
}
