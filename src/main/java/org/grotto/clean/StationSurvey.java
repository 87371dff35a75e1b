package org.grotto.clean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.grotto.geometry.Columns;
import org.grotto.scene.Station;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Region;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Spacing and noise of each station's own points, from places spread evenly over its points in the store's order: as many
 * for a close-up of a thousand points as for a scan of a hundred million. What is found depends on the points alone, not
 * on regions, threads or the other stations. Cost: two passes over the column of stations, and for each place a few boxes
 * of some hundred points.
 */
final class StationSurvey {
    /** Places of a station where the nearest neighbour is looked for, and one in so many where noise is. */
    private static final int PLACES = 1600;

    private static final int DEEP = 4;
    /** Places of all stations, about; no station has less than half of {@link #PLACES} for that. */
    private static final int ALL = 16_000;

    private final Store store;
    private final List<double @Nullable []> eyes;
    private final Engine engine;

    private StationSurvey(Store store, List<double @Nullable []> eyes, Engine engine) {
        this.store = store;
        this.eyes = eyes;
        this.engine = engine;
    }

    /** What each station's points are like; no entries where no points know their station. */
    static List<StationStats> run(Store store, List<Station> stations, List<double @Nullable []> eyes, Engine engine) {
        boolean told = store.columns().stream().anyMatch(t -> t.name().equals(Columns.STATION.name()));
        if (!told || stations.isEmpty()) {
            return List.of();
        }
        StationSurvey survey = new StationSurvey(store, eyes, engine);
        long[] points = new long[stations.size()];
        List<Place> places = survey.places(points);
        List<StationStats> stats = new ArrayList<>();
        List<Found> found = survey.look(places);
        int at = 0;
        for (int s = 0; s < points.length; s++) {
            int from = at;
            while (at < places.size() && places.get(at).station == s) {
                at++;
            }
            stats.add(survey.stats(s, stations.get(s).name(), points[s], found.subList(from, at)));
        }
        return stats;
    }

    /** Noise of all points together, across the surface, for a cloud whose points know no station. */
    static StationStats whole(Store store, Engine engine) {
        StationSurvey survey = new StationSurvey(store, List.of(), engine);
        long n = store.size();
        List<Place> places = new ArrayList<>();
        long stride = stride(n, PLACES);
        for (long m = 0; m * stride < n; m++) {
            long rank = rank(m, stride);
            if (rank < n) {
                places.add(new Place(-1, rank, m % DEEP == 0));
            }
        }
        return survey.stats(-1, "", n, survey.look(places));
    }

    /** A point to look at; {@code deep} where noise is measured. */
    private record Place(int station, long id, boolean deep) {}

    /** What a place says: the distance to the nearest neighbour, and the scales of its window. */
    private record Found(double nearest, double @Nullable [] row) {}

    private static long stride(long points, int places) {
        return Math.max(1, points / places);
    }

    /** The rank of the m-th place: one in each stride, by a hash, so that no pattern of the scan shows. */
    private static long rank(long m, long stride) {
        return m * stride + ((m + 1) * 0x9E3779B97F4A7C15L >>> 33) % stride;
    }

    /** Chooses places, by station and rank; counts each station's points into {@code points}. */
    private List<Place> places(long[] points) {
        Set<String> needs = Set.of(Columns.STATION.name());
        List<TreeMap<Integer, Long>> counts =
                engine.map(store, Craft.of(needs, 0, (region, work) -> count(region, points.length)));
        // of each region, the rank of the first point of each of its stations
        List<TreeMap<Integer, Long>> first = new ArrayList<>();
        for (TreeMap<Integer, Long> part : counts) {
            TreeMap<Integer, Long> ranks = new TreeMap<>();
            part.forEach((s, n) -> {
                ranks.put(s, points[s]);
                points[s] += n;
            });
            first.add(ranks);
        }
        int each = Math.max(PLACES / 2, Math.min(PLACES, ALL / Math.max(1, points.length)));
        List<List<Place>> chosen = engine.map(
                store, Craft.of(needs, 0, (region, work) -> chosen(region, first.get(region.index()), points, each)));
        List<Place> all = new ArrayList<>();
        chosen.forEach(all::addAll);
        all.sort((a, b) -> a.station != b.station ? Integer.compare(a.station, b.station) : Long.compare(a.id, b.id));
        return all;
    }

    private static TreeMap<Integer, Long> count(Region region, int stations) {
        char[] of = Objects.requireNonNull(region.cloud().station());
        TreeMap<Integer, Long> n = new TreeMap<>();
        int from = region.from();
        while (from < region.to()) {
            int to = from + 1;
            while (to < region.to() && of[to] == of[from]) {
                to++;
            }
            if (of[from] < stations) {
                n.merge((int) of[from], (long) to - from, Long::sum);
            }
            from = to;
        }
        return n;
    }

    private static List<Place> chosen(Region region, TreeMap<Integer, Long> first, long[] points, int each) {
        char[] of = Objects.requireNonNull(region.cloud().station());
        long[] next = new long[points.length];
        first.forEach((s, rank) -> next[s] = rank);
        List<Place> out = new ArrayList<>();
        for (int i = region.from(); i < region.to(); i++) {
            int s = of[i];
            if (s >= points.length) {
                continue;
            }
            long stride = stride(points[s], each);
            long rank = next[s]++;
            long m = rank / stride;
            if (rank == rank(m, stride)) {
                out.add(new Place(s, region.id(i), m % DEEP == 0));
            }
        }
        return out;
    }

    private List<Found> look(List<Place> places) {
        Found[] found = new Found[places.size()];
        engine.work().blocks(found.length, 128, (from, to) -> {
            Sounding sounding = new Sounding(store);
            for (int k = from; k < to; k++) {
                Place p = places.get(k);
                sounding.go(p.id, p.station);
                double @Nullable [] eye = p.station < 0 ? null : eyes.get(p.station);
                boolean sheet = p.deep && sounding.window(p.station, eye);
                found[k] = new Found(sounding.nearest, sheet ? row(sounding.sheet) : null);
            }
        });
        return Arrays.asList(found);
    }

    private static double[] row(Sheet sheet) {
        double[] row = new double[NoiseScales.ROW];
        for (int s = 0; s < Sheet.SCALES; s++) {
            row[2 * s] = sheet.squares[s];
            row[2 * s + 1] = sheet.freedom[s];
        }
        row[NoiseScales.ROW - 1] = sheet.steep;
        return row;
    }

    private StationStats stats(int s, String name, long points, List<Found> found) {
        Rows nearest = new Rows();
        Rows rows = new Rows();
        for (Found f : found) {
            if (f.nearest < Double.POSITIVE_INFINITY) {
                nearest.add(f.nearest);
            }
            if (f.row != null) {
                rows.add(f.row);
            }
        }
        NoiseScales noise = NoiseScales.of(rows.trimmed(), points, 0);
        boolean along = s >= 0 && eyes.get(s) != null;
        return new StationStats(
                s, name, points, Quantiles.of(nearest.trimmed()), noise.noise(), noise.bound(), along, noise.windows());
    }
}
