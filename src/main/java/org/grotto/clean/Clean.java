package org.grotto.clean;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.scene.Station;
import org.grotto.sight.Sights;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Region;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.jspecify.annotations.Nullable;

/**
 * Makes points fit for use: takes out duplicates, mixed pixels, outliers, reflections and what other
 * stations saw through, gives normals, measures spacing and noise. No point is moved. Every step is a function of a region,
 * its halo and a few numbers about the whole; the result does not depend on the regions or the number of threads.
 */
public final class Clean {
    private static final int SAMPLED = 200_000;
    /** In {@link Orientation#KNOWN}: the scan itself gave the normal. */
    private static final byte GIVEN = 2;

    private final List<Station> stations;
    private final List<double @Nullable []> eyes;
    private final CleanOptions options;
    private final Engine engine;
    private final Work work;

    private Clean(List<Station> stations, CleanOptions options, Engine engine) {
        this.stations = stations;
        this.eyes = Stations.eyes(stations);
        this.options = options;
        this.engine = engine;
        this.work = engine.work();
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
        Engine engine = new Threads(work);
        return run(engine.store(raw.get(), options.chunk()), stations, options, engine);
    }

    /** Cleans the points of a store. */
    public static Cleaned run(Store raw, List<Station> stations, CleanOptions options, Engine engine) {
        Clean clean = new Clean(stations, options, engine);
        Kept kept = clean.kept(raw);
        clean.fault(kept.removed);
        return clean.measure(kept);
    }

    /** What is left, and why the others are not. */
    private record Kept(long input, Store store, Removed removed, double reach, Aside aside) {}

    private Kept kept(Store all) {
        long n = all.size();
        try (Progress.Step step = work.progress().begin("removing duplicates and outliers", n, "points")) {
            Store marked = engine.add(all, new Duplicates());
            Removed removed = Removed.NONE.plus(marked, engine);
            Store store = marked.keep(Removed.REASON.name(), work);
            step.advance(n / 4);
            Spacing.Sheets sheets = Spacing.sheets(store, options.neighbours(), work);
            double reach = Spacing.reach(sheets.kth());
            marked = store;
            if (options.mixedPixels()) {
                marked = MixedPixels.mark(marked, eyes, reach, engine);
            }
            step.advance(n / 4);
            if (store.size() > options.neighbours()) {
                marked = new Outliers(options, sheets, engine).mark(marked);
            }
            removed = removed.plus(marked, engine);
            Aside aside = new Aside(all.columns(), engine);
            aside.add(marked);
            step.advance(n - 2 * (n / 4));
            return new Kept(n, marked.keep(Removed.REASON.name(), work), removed, reach, aside);
        }
    }

    private Cleaned measure(Kept kept) {
        Store store = kept.store;
        double reach = kept.reach;
        List<StationStats> own;
        try (Progress.Step step = work.progress().begin("measuring noise", store.size(), "points")) {
            own = StationSurvey.run(store, stations, eyes, engine);
            step.advance(store.size());
        }
        double[] noise = own.stream().mapToDouble(StationStats::smoothing).toArray();
        Removed removed = kept.removed;
        List<Reflection> reflections;
        try (Progress.Step step = work.progress().begin("looking for reflections", store.size(), "points")) {
            Reflections.Found found = Reflections.mark(store, eyes, noise, engine);
            reflections = found.planes();
            if (!reflections.isEmpty() && !options.keepReflections()) {
                removed = removed.plus(found.store(), engine);
                kept.aside.add(found.store());
                store = found.store().keep(Removed.REASON.name(), work);
            }
            step.advance(kept.store.size());
        }
        Sights sights;
        try (Progress.Step step = work.progress().begin("following sight lines", store.size(), "points")) {
            SeenThrough.Result seen = SeenThrough.mark(store, eyes, noise, options.contradicted(), engine);
            sights = seen.sights();
            removed = removed.plus(Removed.NONE.plus(seen.store(), engine));
            kept.aside.add(seen.store());
            step.advance(store.size());
            store = seen.store().keep(Removed.REASON.name(), work);
        }
        Counted counted = options.newNormals() ? new Counted(0, 0) : counted(store);
        boolean given = counted.good > 0; // normals of length zero, or that are no numbers, are none
        String orientation;
        long flipped;
        try (Progress.Step step = work.progress().begin("estimating normals", store.size(), "points")) {
            double other = noise.length == 0
                    ? StationSurvey.whole(store, engine).smoothing()
                    : Arrays.stream(noise).max().orElse(0);
            boolean sides = given && !GivenSides.unknown(store, reach, eyes, engine);
            if (given && !sides) {
                work.faults()
                        .add(
                                "normals without a side",
                                counted.good,
                                "neighbours' normals point to opposite sides; their sides were told anew");
            }
            store = engine.add(store, known(given, sides));
            store = engine.add(store, new Normals(options.neighbours(), reach, noise, other, eyes, !given));
            step.advance(store.size() / 2);
            Told told = told(store);
            flipped = told.flipped;
            if (flipped > 0) {
                store = engine.add(store, turnedToStations());
            }
            if (told.all) {
                orientation = given && !told.anyEye ? "as given" : "towards the stations";
                store = store.without(List.of(Orientation.KNOWN.name()));
            } else {
                Orientation.Turned turned = Orientation.run(store, options.side(), reach, engine);
                store = turned.store();
                orientation = turned.words();
            }
            step.advance(store.size() - store.size() / 2);
        }
        if (counted.none > 0) {
            work.faults()
                    .add(
                            "points without a normal",
                            counted.none,
                            "length zero or no number, where others have one or the file has room for one; estimated");
        }
        if (flipped > 0) {
            work.faults()
                    .add("normal away from its station", flipped, "the scans' own normals were turned to the station");
        }
        CleanReport report = new CleanReport(
                kept.input,
                store.size(),
                removed,
                reflections,
                Quantiles.of(sampledSpacing(store)),
                own,
                !given
                        ? "from neighbours"
                        : counted.none == 0
                                ? "from the scans"
                                : String.format(
                                        Locale.ROOT,
                                        "from the scans; %,d of %,d points had none, theirs from neighbours",
                                        counted.none,
                                        counted.good + counted.none),
                orientation,
                flipped);
        return new Cleaned(store, kept.aside.store(options.chunk()), sights, report);
    }

    private static boolean has(Store store, String column) {
        return store.columns().stream().anyMatch(t -> t.name().equals(column));
    }

    private void fault(Removed removed) {
        work.faults().add("duplicate point", removed.duplicates(), "same place as another point; the first was kept");
    }

    private double @Nullable [] eye(Cloud cloud, int i) {
        int s = cloud.station() == null ? Cloud.NO_STATION : cloud.station()[i];
        return s < eyes.size() ? eyes.get(s) : null;
    }

    /**
     * What is known of the signs of normals.
     *
     * @param all whether every normal has its sign: its station is known, or the scans gave it, or there is no normal
     * @param flipped given normals that point away from their station
     */
    private record Told(boolean all, boolean anyEye, long flipped) {}

    /** Points whose normals are given, and those where one could stand and does not. */
    private record Counted(long good, long none) {}

    private Counted counted(Store store) {
        if (!has(store, Columns.NORMAL.name())) {
            return new Counted(0, 0);
        }
        long good = 0;
        for (long part : engine.map(store, Craft.of(Set.of(Columns.NORMAL.name()), 0, (region, w) -> {
            float[] normals = Objects.requireNonNull(region.cloud().normals());
            long n = 0;
            for (int i = region.from(); i < region.to(); i++) {
                n += Normals.stands(normals, i) ? 1 : 0;
            }
            return n;
        }))) {
            good += part;
        }
        return new Counted(good, store.size() - good);
    }

    private Told told(Store store) {
        Told sum = new Told(true, false, 0);
        Set<String> needs = Set.of(Columns.NORMAL.name(), Columns.STATION.name(), Orientation.KNOWN.name());
        for (Told part : engine.map(store, Craft.of(needs, 0, (region, w) -> told(region)))) {
            sum = new Told(sum.all && part.all, sum.anyEye || part.anyEye, sum.flipped + part.flipped);
        }
        return sum;
    }

    private Told told(Region region) {
        Cloud cloud = region.cloud();
        float[] normals = Objects.requireNonNull(cloud.normals());
        byte[] known = Objects.requireNonNull(cloud.columns.bytes(Orientation.KNOWN.name()));
        boolean all = true;
        boolean any = false;
        long flipped = 0;
        for (int i = region.from(); i < region.to(); i++) {
            double[] e = eye(cloud, i);
            any |= e != null;
            boolean none = normals[3 * i] == 0 && normals[3 * i + 1] == 0 && normals[3 * i + 2] == 0;
            all &= none || known[i] != 0;
            flipped += known[i] == GIVEN && e != null && away(cloud, normals, i, e) ? 1 : 0;
        }
        return new Told(all, any, flipped);
    }

    private static boolean away(Cloud cloud, float[] normals, int i, double[] eye) {
        return normals[3 * i] * (eye[0] - cloud.px(i))
                        + normals[3 * i + 1] * (eye[1] - cloud.py(i))
                        + normals[3 * i + 2] * (eye[2] - cloud.pz(i))
                < 0;
    }

    /**
     * Which points' normals will have their sign: those of known stations, and those that the scans gave with it.
     *
     * @param sides whether what the scans gave has its sign
     */
    private Craft.ForColumns known(boolean given, boolean sides) {
        Set<String> needs = Set.of(Columns.NORMAL.name(), Columns.STATION.name());
        return Craft.of(needs, List.of(Orientation.KNOWN), 0, (region, w) -> {
            Cloud cloud = region.cloud();
            float[] normals = given ? cloud.normals() : null;
            byte[] known = new byte[region.count()];
            for (int k = 0; k < known.length; k++) {
                int i = region.from() + k;
                boolean placed = eye(cloud, i) != null;
                boolean stands = normals != null && Normals.stands(normals, i) && (sides || placed);
                known[k] = stands ? GIVEN : (byte) (placed ? 1 : 0);
            }
            return Columns.NONE.with(Orientation.KNOWN, known);
        });
    }

    private Craft.ForColumns turnedToStations() {
        Set<String> needs = Set.of(Columns.NORMAL.name(), Columns.STATION.name());
        return Craft.of(needs, List.of(Columns.NORMAL), 0, (region, w) -> {
            Cloud cloud = region.cloud();
            float[] given = Objects.requireNonNull(cloud.normals());
            float[] n = Arrays.copyOfRange(given, 3 * region.from(), 3 * region.to());
            for (int i = region.from(); i < region.to(); i++) {
                double[] e = eye(cloud, i);
                if (e != null && away(cloud, given, i, e)) {
                    for (int k = 3 * (i - region.from()); k < 3 * (i - region.from() + 1); k++) {
                        n[k] = -n[k];
                    }
                }
            }
            return Columns.NONE.with(Columns.NORMAL, n);
        });
    }

    private double[] sampledSpacing(Store store) {
        long stride = Math.max(1, store.size() / SAMPLED);
        return Spacing.join(engine.map(store, Craft.of(Set.of(Columns.SPACING.name()), 0, (region, w) -> {
            float[] spacing = Objects.requireNonNull(region.cloud().columns.floats(Columns.SPACING.name()));
            Rows rows = new Rows();
            for (int i = region.firstOfEvery(stride); i < region.to(); i += (int) stride) {
                rows.add(spacing[i]);
            }
            return rows.trimmed();
        })));
    }
}
