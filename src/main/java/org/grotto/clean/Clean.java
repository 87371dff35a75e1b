package org.grotto.clean;

import java.util.List;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.KdTree;
import org.grotto.scene.Station;
import org.grotto.store.Chunks;
import org.jspecify.annotations.Nullable;

/**
 * Makes points fit for use: takes out duplicates, mixed pixels and outliers, gives normals, measures spacing, noise and
 * how well stations agree. No point is moved. Every step is a function of a chunk, its halo and a few numbers about the
 * whole; the result does not depend on the chunks or the number of threads.
 */
public final class Clean {
    private final List<Station> stations;
    private final List<double @Nullable []> eyes;
    private final CleanOptions options;
    private final Work work;

    private Clean(List<Station> stations, CleanOptions options, Work work) {
        this.stations = stations;
        this.eyes = Stations.eyes(stations);
        this.options = options;
        this.work = work;
    }

    /**
     * Cleans {@code raw}.
     *
     * @param stations what {@link Cloud#station} counts; a station with a pose stood at its translation
     */
    public static Cleaned run(Cloud raw, List<Station> stations, CleanOptions options, Work work) {
        return new Clean(stations, options, work).run(raw);
    }

    private Cleaned run(Cloud raw) {
        byte[] reason = new byte[raw.size];
        Cloud kept;
        double reach;
        try (Progress.Step step = work.progress().begin("removing duplicates and outliers", raw.size, "points")) {
            Chunks all = Chunks.of(raw, options.chunk(), work);
            Duplicates.mark(all, reason);
            Cloud single = keep(all.cloud(), reason);
            step.advance(raw.size / 4);
            Chunks chunks = Chunks.of(single, options.chunk(), work);
            byte[] why = new byte[single.size];
            Quantiles kth = Spacing.sample(chunks, options.neighbours(), work);
            reach = Spacing.reach(kth);
            if (options.mixedPixels()) {
                MixedPixels.mark(chunks, eyes, why, reach, work);
            }
            step.advance(raw.size / 4);
            if (single.size > options.neighbours()) {
                new Outliers(chunks, options, kth, work).mark(why);
            }
            step.advance(raw.size - 2 * (raw.size / 4));
            kept = keep(chunks.cloud(), why);
            reason = merge(reason, why);
        }
        Removed removed = Removed.count(reason);
        fault(removed);
        return measure(raw.size, kept, removed, reach);
    }

    private Cleaned measure(long input, Cloud kept, Removed removed, double reach) {
        Chunks chunks = Chunks.of(kept, options.chunk(), work);
        Survey.Result survey;
        try (Progress.Step step = work.progress().begin("comparing stations", kept.size, "points")) {
            survey = Survey.run(chunks, stations, eyes, reach, work);
            step.advance(kept.size);
        }
        Cloud cloud = chunks.cloud();
        float[] spacing = new float[cloud.size];
        boolean given = cloud.normals != null && !options.newNormals();
        float[] normals = given && cloud.normals != null ? cloud.normals.clone() : new float[3 * cloud.size];
        String orientation;
        long flipped;
        try (Progress.Step step = work.progress().begin("estimating normals", cloud.size, "points")) {
            double[] noise =
                    survey.stations().stream().mapToDouble(StationStats::noise).toArray();
            double other = noise.length == 0
                    ? sampleNoise(chunks, reach)
                    : java.util.Arrays.stream(noise).max().orElse(0);
            new Normals(chunks, options.neighbours(), reach, noise, other, eyes, work).run(spacing, normals);
            step.advance(cloud.size / 2);
            boolean[] known = new boolean[cloud.size];
            flipped = given ? turnToStations(cloud, normals) : 0;
            boolean all = known(cloud, given, normals, known);
            orientation = all
                    ? (given && !anyEye(cloud) ? "as given" : "towards the stations")
                    : Orientation.run(chunks, normals, known, options.side(), reach, work);
            step.advance(cloud.size - cloud.size / 2);
        }
        if (flipped > 0) {
            work.faults()
                    .add("normal away from its station", flipped, "the scans' own normals were turned to the station");
        }
        CleanReport report = new CleanReport(
                input,
                cloud.size,
                removed,
                Quantiles.of(sampled(spacing)),
                survey.stations(),
                survey.pairs(),
                given ? "from the scans" : "from neighbours",
                orientation,
                flipped);
        return new Cleaned(cloud.withNormals(normals), spacing, report);
    }

    private void fault(Removed removed) {
        work.faults().add("duplicate point", removed.duplicates(), "same place as another point; the first was kept");
    }

    private static Cloud keep(Cloud cloud, byte[] reason) {
        int n = 0;
        for (byte r : reason) {
            n += r == Removed.KEPT ? 1 : 0;
        }
        if (n == cloud.size) {
            return cloud;
        }
        int[] index = new int[n];
        n = 0;
        for (int i = 0; i < reason.length; i++) {
            if (reason[i] == Removed.KEPT) {
                index[n++] = i;
            }
        }
        return cloud.pick(index);
    }

    /** Puts the reasons of the second round, given for what the first one left, into the first one's. */
    private static byte[] merge(byte[] first, byte[] second) {
        int k = 0;
        for (int i = 0; i < first.length; i++) {
            if (first[i] == Removed.KEPT) {
                first[i] = second[k++];
            }
        }
        return first;
    }

    private double @Nullable [] eye(Cloud cloud, int i) {
        int s = cloud.station == null ? Cloud.NO_STATION : cloud.station[i];
        return s < eyes.size() ? eyes.get(s) : null;
    }

    private boolean anyEye(Cloud cloud) {
        for (int i = 0; i < cloud.size; i++) {
            if (eye(cloud, i) != null) {
                return true;
            }
        }
        return false;
    }

    private long turnToStations(Cloud cloud, float[] normals) {
        return (long) work.sum(cloud.size, 1 << 16, (from, to) -> {
            long flipped = 0;
            for (int i = from; i < to; i++) {
                double[] e = eye(cloud, i);
                if (e == null) {
                    continue;
                }
                double d = normals[3 * i] * (e[0] - cloud.px(i))
                        + normals[3 * i + 1] * (e[1] - cloud.py(i))
                        + normals[3 * i + 2] * (e[2] - cloud.pz(i));
                if (d < 0) {
                    flipped++;
                    for (int a = 0; a < 3; a++) {
                        normals[3 * i + a] = -normals[3 * i + a];
                    }
                }
            }
            return flipped;
        });
    }

    /** Which normals have their sign: those of known stations, and those the scans gave. */
    private boolean known(Cloud cloud, boolean given, float[] normals, boolean[] known) {
        boolean all = true;
        for (int i = 0; i < cloud.size; i++) {
            boolean none = normals[3 * i] == 0 && normals[3 * i + 1] == 0 && normals[3 * i + 2] == 0;
            known[i] = none || given || eye(cloud, i) != null;
            all &= known[i];
        }
        return all;
    }

    /** Noise of a cloud without stations: the median of what curved patches leave, at about 4,000 places. */
    private double sampleNoise(Chunks chunks, double reach) {
        Cloud cloud = chunks.cloud();
        int stride = Math.max(1, cloud.size / 4000);
        double[] sigma = Spacing.join(chunks.map(
                reach,
                (chunk, all) -> {
                    KdTree.Query q = KdTree.of(cloud, all, work).query();
                    PatchFit patch = new PatchFit(cloud);
                    Survey.Rows rows = new Survey.Rows();
                    for (int i = (chunk.from() + stride - 1) / stride * stride; i < chunk.to(); i += stride) {
                        int found = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], 24, reach);
                        if (patch.fit(q, found, cloud.px(i), cloud.py(i), cloud.pz(i))) {
                            rows.add(patch.sigma);
                        }
                    }
                    return rows.trimmed();
                },
                work));
        return Quantiles.of(sigma).median();
    }

    private static double[] sampled(float[] spacing) {
        int stride = Math.max(1, spacing.length / 200_000);
        double[] d = new double[(spacing.length + stride - 1) / stride];
        for (int k = 0; k < d.length; k++) {
            d[k] = spacing[k * stride];
        }
        return d;
    }
}
