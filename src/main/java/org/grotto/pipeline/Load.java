package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.Picture;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.grotto.format.las.Crs;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Pose;
import org.grotto.geometry.Strays;
import org.grotto.scene.Station;
import org.jspecify.annotations.Nullable;

/** Reads any mix of scan files into one cloud, poses applied, stations kept apart. */
public final class Load {
    private static final int BATCH = 1 << 15;
    private static final int MAX_STATIONS = 0xFFFE;
    private static final int FEWEST = 4;
    private static final int NAMED = 3;

    private final Work work;
    private final List<Station> stations = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final List<Text> warnings = new ArrayList<>();
    private final List<Pictured> pictured = new ArrayList<>();
    private final CloudBuilder builder;
    private final KeptColumns columns;
    private final IntensityScale scale = new IntensityScale();
    /** Files that may be pieces of one scan. */
    private final List<Tiles.File> pieces = new ArrayList<>();

    private Load(Work work, List<Scan> scans, int expected) {
        this.work = work;
        this.builder = new CloudBuilder(expected);
        this.columns = new KeptColumns(scans, expected);
    }

    /** Reads {@code files}; what is no number or marked invalid is counted as a fault and left out. */
    public static Loaded run(List<Path> files, InputOptions frame, Work work) {
        return files(files.stream().map(ScanFile::of).toList(), frame, work);
    }

    /** As {@link #run}, with what is known of single files. */
    static Loaded files(List<ScanFile> scans, InputOptions frame, Work work) {
        List<Path> files = scans.stream().map(ScanFile::path).toList();
        return Inputs.naming(files, null, () -> {
            files.forEach(Inputs::kind); // what is no file is told before anything is read
            List<Text> told = new ArrayList<>();
            List<ScanFile> each = SameFiles.distinct(SameFiles.ordered(scans), told);
            return read(each, each.stream().map(ScanFile::path).toList(), told, frame, work);
        });
    }

    private static Loaded read(List<ScanFile> scans, List<Path> files, List<Text> told, InputOptions frame, Work work) {
        List<PointReader> readers = new ArrayList<>();
        try {
            long total = 0;
            boolean known = true;
            TreeMap<String, String> crs = new TreeMap<>(); // as it is written, by what it is
            List<Frame> frames = new ArrayList<>();
            for (ScanFile f : scans) {
                InputOptions said = f.frame() == null ? frame : f.frame();
                PointReader r = Inputs.points(f.path(), said, work);
                readers.add(r);
                if (r instanceof MeshPoints m) { // in metres, Z up
                    told.addAll(m.told());
                    said = new InputOptions("m", "z");
                }
                Frame own = Frame.of(said, r);
                own.requireLengths();
                frames.add(own);
                String c = own.crs();
                if (c != null) {
                    crs.putIfAbsent(Crs.identity(c), c);
                }
                for (Scan s : r.scans()) {
                    known &= s.count() >= 0;
                    total += Math.max(0, s.count());
                }
            }
            if (total > Integer.MAX_VALUE / 4) {
                throw new GrottoException(
                        GrottoException.Kind.UNSUPPORTED,
                        total + " points; this version keeps them in memory and takes at most 536 million. Thin the"
                                + " scans, or build the cave in parts.",
                        null);
            }
            List<Scan> all = readers.stream().flatMap(r -> r.scans().stream()).toList();
            Load load = new Load(work, all, known ? (int) total : 0);
            load.warnings.addAll(told);
            for (Frame f : frames) {
                load.warnings.addAll(f.told());
                load.dropped.addAll(f.dropped());
            }
            if (crs.size() > 1) {
                throw GrottoException.badRequest("the inputs stand in different coordinate reference systems ("
                        + String.join("; ", crs.values().stream().map(Crs::name).toList())
                        + "); bring them into one before building.");
            }
            try (Progress.Step step = work.progress().begin("reading scans", known ? total : -1, "points")) {
                for (int i = 0; i < readers.size(); i++) {
                    load.file(readers.get(i), scans.get(i), frames.get(i), step);
                }
            }
            load.dropped.addAll(load.scale.close(load.builder, load.stations));
            Cloud cloud = load.withoutStrays();
            load.judgeSize(cloud, files, SizeAdvice.wanted(frame, frames));
            return new Loaded(
                    List.copyOf(files),
                    cloud,
                    List.copyOf(load.stations),
                    readers.stream()
                            .flatMap(r -> r.scans().stream().map(s -> Acquired.of(r, s)))
                            .toList(),
                    List.copyOf(load.pictured),
                    crs.isEmpty() ? null : crs.firstEntry().getValue(),
                    together(load.dropped),
                    List.copyOf(load.warnings),
                    Guess.of(GrottoException.subject(files), frame, frames),
                    !crs.isEmpty() || scans.stream().anyMatch(f -> f.pose() != null),
                    List.copyOf(frames));
        } finally {
            for (PointReader r : readers) {
                r.close();
            }
        }
    }

    /** The lines, with one for what more than {@link #NAMED} files have in common: "a.las, b.las, c.las and 197 more: ...". */
    private static List<String> together(List<String> lines) {
        Map<String, List<String>> files = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(": ");
            files.computeIfAbsent(colon < 0 ? line : line.substring(colon), k -> new ArrayList<>())
                    .add(colon < 0 ? "" : line.substring(0, colon));
        }
        List<String> out = new ArrayList<>();
        files.forEach((what, where) -> {
            if (where.size() > NAMED) {
                out.add(String.join(", ", where.subList(0, NAMED)) + " and " + (where.size() - NAMED) + " more" + what);
            } else {
                where.forEach(w -> out.add(w + what));
            }
        });
        return List.copyOf(out);
    }

    /** The cloud without the points that lie far from everything else, which are counted by file, and pieces of one cloud joined. */
    private Cloud withoutStrays() {
        Strays.Found found = builder.strays();
        tell(found);
        BitSet out = found.out();
        for (int i = out.nextSetBit(0); i >= 0; i = out.nextSetBit(i + 1)) {
            Station s = stations.get(builder.station(i));
            stations.set(builder.station(i), s.withPoints(s.points() - 1));
        }
        Tiles.join(pieces, stations, builder, out, warnings);
        Cloud cloud = builder.build(columns.build(), out);
        return GreyStations.apply(cloud, stations, work.faults(), warnings);
    }

    private void tell(Strays.Found found) {
        Map<String, Long> count = new LinkedHashMap<>();
        Map<String, String> where = new HashMap<>();
        BitSet out = found.out();
        for (int i = out.nextSetBit(0); i >= 0; i = out.nextSetBit(i + 1)) {
            String file = stations.get(builder.station(i)).source();
            count.merge(file, 1L, Long::sum);
            where.putIfAbsent(file, place(i));
        }
        count.forEach((file, n) -> stray(file, n, where.getOrDefault(file, "")));
        if (!found.far().isEmpty()) {
            long all = builder.size() - (long) out.cardinality();
            Strays.Group g = found.far().getFirst();
            warnings.add(Texts.of(
                    "build.places-apart",
                    "count",
                    String.format(Locale.ROOT, "%,d", g.count()),
                    "all",
                    String.format(Locale.ROOT, "%,d", all),
                    "at",
                    place(g.first()),
                    "gap",
                    String.format(Locale.ROOT, "%.4g", g.gap())));
        }
    }

    private void stray(String file, long count, String at) {
        work.faults().add("points far from all others", count, file + ": the first at " + at + " m; left out");
        warnings.add(
                Texts.of("build.strays", "file", file, "count", String.format(Locale.ROOT, "%,d", count), "at", at));
    }

    private String place(int i) {
        double[] p = builder.at(i);
        return String.format(Locale.ROOT, "%.3f %.3f %.3f", p[0], p[1], p[2]);
    }

    /** A few points or one place are no scan; {@code files} are named as the user gave them. */
    private void judgeSize(Cloud cloud, List<Path> files, boolean advise) {
        if (cloud.size == 0) {
            throw bad(files, "no point has a valid position; check the export, or name another scan.");
        }
        Box b = cloud.bounds();
        if (cloud.size > 1 && !(b.longest() > 0)) {
            throw bad(
                    files,
                    String.format(
                            Locale.ROOT,
                            "all %d points lie at one place (%.3f %.3f %.3f); a surface needs an extent. Check the export,"
                                    + " or name another scan.",
                            cloud.size,
                            b.minX(),
                            b.minY(),
                            b.minZ()));
        }
        if (cloud.size < FEWEST) {
            throw bad(
                    files,
                    "there " + (cloud.size == 1 ? "is only one point" : "are only " + cloud.size + " points")
                            + "; a surface needs at least " + FEWEST + ". Check the export, or name another scan.");
        }
        Text advice = SizeAdvice.of(GrottoException.subject(files), b);
        if (advise && advice != null) {
            warnings.add(advice);
        }
    }

    private static GrottoException bad(List<Path> files, String sentence) {
        return new GrottoException(
                GrottoException.Kind.BAD_INPUT, GrottoException.subject(files) + ": " + sentence, null);
    }

    private void file(PointReader reader, ScanFile told, Frame frame, Progress.Step step) {
        if (told.station() != null && reader.scans().size() > 1) {
            throw GrottoException.badRequest(
                    told.path() + ": holds " + reader.scans().size() + " scans, so it cannot be the one station \""
                            + told.station() + "\"; leave the name out.");
        }
        for (int i = 0; i < reader.scans().size(); i++) {
            scan(reader, i, told, frame, step);
        }
        pictures(reader, told, frame);
        String file = String.valueOf(reader.path().getFileName());
        for (String s : reader.notKept()) {
            dropped.add(file + ": " + s);
        }
        for (String s : reader.understood()) {
            warnings.add(Texts.of("build.understood", "file", file, "what", s));
        }
    }

    private void pictures(PointReader reader, ScanFile told, Frame frame) {
        for (int i = 0; i < reader.pictures().size(); i++) {
            Picture p = reader.pictures().get(i);
            String scan = p.scan();
            String station = null;
            for (Scan s : reader.scans()) {
                if (scan != null && scan.equals(s.guid())) {
                    station = told.station() == null ? s.name() : told.station();
                }
            }
            Pose own = p.pose();
            Pose placed = own == null ? null : told.placed(own);
            pictured.add(new Pictured(told.path(), i, station, placed == null ? null : frame.pose(placed)));
        }
    }

    private void scan(PointReader reader, int index, ScanFile told, Frame frame, Progress.Step step) {
        Scan scan = reader.scans().get(index);
        String file = String.valueOf(reader.path().getFileName());
        PointBatch b = new PointBatch(scan.columns(), BATCH);
        int source = b.indexOf("station") >= 0 ? b.indexOf("station") : b.indexOf(Column.SOURCE);
        Pose pose = told.scanner(scan.pose());
        String name = told.station() == null ? scan.name() : told.station();
        int plain = source < 0 || pose != null ? station(scan, file, pose, name, frame) : -1;
        int firstStation = plain < 0 ? stations.size() : plain;
        int first = builder.size();
        ScanIntake intake = new ScanIntake(scan, b, frame, told.placed(scan.pose()), builder);
        Set<String> used = intake.used();
        if (source >= 0 && pose == null) {
            used.add(b.schema.get(source).name());
        }
        List<String> lost = columns.lost(scan, used);
        String where = file + ", scan \"" + scan.name() + "\"";
        if (!lost.isEmpty()) {
            dropped.add(where + ": columns " + String.join(", ", lost) + " (they stay in the input file)");
        }
        Map<Integer, Integer> bySource = new HashMap<>();
        int[] belongs = new int[BATCH];
        long[] counts = new long[MAX_STATIONS];
        try (PointReader.PointCursor cursor = reader.points(index)) {
            while (cursor.next(b)) {
                int n = intake.places();
                for (int k = 0; k < n; k++) {
                    int st = plain;
                    if (st < 0) {
                        int id = (int) b.columns[source][intake.kept[k]];
                        Integer known = bySource.get(id);
                        if (known == null) {
                            known = station(scan, file, null, name + "/" + id, frame);
                            bySource.put(id, known);
                        }
                        st = known;
                    }
                    belongs[k] = st;
                    counts[st]++;
                }
                intake.add(belongs);
                columns.add(scan, b, intake.kept, n);
                step.advance(b.size);
            }
        }
        String colours = intake.colours();
        if (colours != null) {
            dropped.add(where + ": " + colours);
        }
        intake.intensities(work.faults(), scale, where, firstStation, stations.size());
        if (bySource.size() == 1) { // one station alone needs no number
            stations.set(firstStation, stations.get(firstStation).withName(name));
        }
        if (reader.scans().size() == 1 && pose == null && told.equals(ScanFile.of(told.path()))) {
            if (plain >= 0) {
                bySource.put(Tiles.UNNUMBERED, plain);
            }
            pieces.add(new Tiles.File(reader.path(), first, builder.size(), bySource));
        }
        intake.leftOut(work.faults(), file);
        if (intake.outside() != null) {
            stray(file, intake.beyond(), intake.outside());
        }
        for (int i = 0; i < stations.size(); i++) {
            if (counts[i] > 0) {
                Station s = stations.get(i);
                stations.set(i, s.withPoints(s.points() + counts[i]));
            }
        }
    }

    private int station(Scan scan, String file, @Nullable Pose pose, String name, Frame frame) {
        if (stations.size() >= MAX_STATIONS) {
            throw new GrottoException(
                    GrottoException.Kind.UNSUPPORTED, "more than " + MAX_STATIONS + " stations; build in parts.", null);
        }
        Pose p = pose == null ? null : frame.pose(pose);
        stations.add(new Station(name, file, scan.guid(), p, 0, IntensityScale.of(scan), KeptColumns.clock(scan)));
        return stations.size() - 1;
    }

    /** The values that mean none and full: as the file declares, else what its type can hold. */
    static double[] range(Column c) {
        if (Double.isFinite(c.min()) && Double.isFinite(c.max()) && c.max() > c.min()) {
            return new double[] {c.min(), c.max()};
        }
        double max = switch (c.type()) {
            case UINT8, INT8 -> 255;
            case UINT16, INT16 -> 65535;
            case DOUBLE -> c.name().equals(Column.INTENSITY) ? 1 : 255;
            default -> 1;
        };
        return new double[] {0, max};
    }
}
