package org.grotto.clean;

import java.util.List;
import java.util.function.Supplier;
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
        return run(() -> raw, stations, options, work);
    }

    /** As {@link #run(Cloud, List, CleanOptions, Work)}; the points are asked for once and let go when they are sorted. */
    public static Cleaned run(Supplier<Cloud> raw, List<Station> stations, CleanOptions options, Work work) {
        Clean clean = new Clean(stations, options, work);
        Kept kept = clean.kept(Chunks.of(raw.get(), options.chunk(), work));
        clean.fault(kept.removed);
        return clean.measure(kept);
    }

    /** What is left, and why the others are not. */
    private record Kept(int input, Chunks chunks, Removed removed, double reach) {}

    private Kept kept(Chunks all) {
        int n = all.cloud().size;
        try (Progress.Step step = work.progress().begin("removing duplicates and outliers", n, "points")) {
            byte[] reason = new byte[n];
            Duplicates.mark(all, reason);
            Chunks chunks = keep(all, reason);
            step.advance(n / 4);
            byte[] why = new byte[chunks.cloud().size];
            Quantiles kth = Spacing.sample(chunks, options.neighbours(), work);
            double reach = Spacing.reach(kth);
            if (options.mixedPixels()) {
                MixedPixels.mark(chunks, eyes, why, reach, work);
            }
            step.advance(n / 4);
            if (why.length > options.neighbours()) {
                new Outliers(chunks, options, kth, work).mark(why);
            }
            step.advance(n - 2 * (n / 4));
            return new Kept(n, keep(chunks, why), Removed.count(merge(reason, why)), reach);
        }
    }

    private Cleaned measure(Kept kept) {
        Chunks chunks = kept.chunks;
        double reach = kept.reach;
        Survey.Result survey;
        try (Progress.Step step = work.progress().begin("comparing stations", chunks.cloud().size, "points")) {
            survey = Survey.run(chunks, stations, eyes, reach, work);
            step.advance(chunks.cloud().size);
        }
        Cloud cloud = chunks.cloud();
        float[] spacing = new float[cloud.size];
        boolean given = cloud.normals() != null && !options.newNormals();
        float[] normals = given && cloud.normals() != null ? cloud.normals().clone() : new float[3 * cloud.size];
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
                kept.input,
                cloud.size,
                kept.removed,
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

    /** The points without a reason to go; the same chunks where none has one. */
    private Chunks keep(Chunks chunks, byte[] reason) {
        int n = 0;
        for (byte r : reason) {
            n += r == Removed.KEPT ? 1 : 0;
        }
        return n == reason.length ? chunks : Chunks.of(picked(chunks.cloud(), reason, n), options.chunk(), work);
    }

    private static Cloud picked(Cloud cloud, byte[] reason, int kept) {
        int[] index = new int[kept];
        int n = 0;
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
        int s = cloud.station() == null ? Cloud.NO_STATION : cloud.station()[i];
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
