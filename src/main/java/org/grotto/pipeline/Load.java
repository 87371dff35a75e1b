package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
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
    /** Metres; no survey of a place on Earth has such coordinates, whole micrometres of doubles end there. */
    private static final double FARTHEST = 1e9;

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
        int nx = b.indexOf(Column.NX);
        int ny = b.indexOf(Column.NY);
        int nz = b.indexOf(Column.NZ);
        boolean hasNormals = nx >= 0 && ny >= 0 && nz >= 0;
        int red = b.indexOf(Column.RED);
        int green = b.indexOf(Column.GREEN);
        int blue = b.indexOf(Column.BLUE);
        boolean hasColour = red >= 0 && green >= 0 && blue >= 0;
        int in = b.indexOf(Column.INTENSITY);
        int invalid = b.indexOf(Column.INVALID);
        int source = b.indexOf("station") >= 0 ? b.indexOf("station") : b.indexOf(Column.SOURCE);
        double[] colourRange = hasColour ? range(scan.columns().get(red)) : new double[2];
        double declaredFull = colourRange[1];
        Column.Type colourType = hasColour ? scan.columns().get(red).type() : Column.Type.UINT8;
        Station.Limits limits = in >= 0 ? IntensityScale.declared(scan.columns().get(in)) : null;
        double low = limits == null ? 0 : limits.min();
        double high = limits == null ? 1 : limits.max();
        Pose pose = told.scanner(scan.pose());
        double[] m = frame.placed(told.placed(scan.pose()));
        double[] upright = frame.normals(told.placed(scan.pose()));
        String name = told.station() == null ? scan.name() : told.station();
        Map<Integer, Integer> bySource = new HashMap<>();
        int plain = source < 0 || pose != null ? station(scan, file, pose, name, frame) : -1;
        Set<String> used = new HashSet<>(List.of(Column.INTENSITY, Column.INVALID));
        if (hasNormals) {
            used.addAll(List.of(Column.NX, Column.NY, Column.NZ));
        }
        if (hasColour) {
            used.addAll(List.of(Column.RED, Column.GREEN, Column.BLUE));
        }
        if (source >= 0 && pose == null) {
            used.add(b.schema.get(source).name());
        }
        List<String> lost = columns.lost(scan, used);
        String where = file + ", scan \"" + scan.name() + "\"";
        if (!lost.isEmpty()) {
            dropped.add(where + ": columns " + String.join(", ", lost) + " (they stay in the input file)");
        }
        int firstStation = plain < 0 ? stations.size() : plain;
        int first = builder.size();
        int[] kept = new int[BATCH];
        long above = 0;
        long below = 0;
        long bad = 0;
        long beyond = 0;
        String outside = null;
        long marked = 0;
        double leastIntensity = 0;
        double greatestIntensity = 0;
        double greatestColour = 0;
        long[] counts = new long[MAX_STATIONS];
        try (PointReader.PointCursor cursor = reader.points(index)) {
            while (cursor.next(b)) {
                int n = 0;
                for (int i = 0; i < b.size; i++) {
                    if (invalid >= 0 && b.columns[invalid][i] != 0) {
                        marked++;
                        continue;
                    }
                    double x = m[0] * b.x[i] + m[1] * b.y[i] + m[2] * b.z[i] + m[9];
                    double y = m[3] * b.x[i] + m[4] * b.y[i] + m[5] * b.z[i] + m[10];
                    double z = m[6] * b.x[i] + m[7] * b.y[i] + m[8] * b.z[i] + m[11];
                    if (!(Math.abs(x) < FARTHEST && Math.abs(y) < FARTHEST && Math.abs(z) < FARTHEST)) {
                        if (Double.isFinite(x + y + z)) {
                            beyond++;
                            outside = outside == null ? String.format(Locale.ROOT, "%.6g %.6g %.6g", x, y, z) : outside;
                        } else {
                            bad++;
                        }
                        continue;
                    }
                    int st = plain;
                    if (st < 0) {
                        int id = (int) b.columns[source][i];
                        Integer known = bySource.get(id);
                        if (known == null) {
                            known = station(scan, file, null, name + "/" + id, frame);
                            bySource.put(id, known);
                        }
                        st = known;
                    }
                    counts[st]++;
                    kept[n++] = i;
                    int k = builder.add(x, y, z, st);
                    if (hasNormals) {
                        double vx = b.columns[nx][i];
                        double vy = b.columns[ny][i];
                        double vz = b.columns[nz][i];
                        double wx = upright[0] * vx + upright[1] * vy + upright[2] * vz;
                        double wy = upright[3] * vx + upright[4] * vy + upright[5] * vz;
                        double wz = upright[6] * vx + upright[7] * vy + upright[8] * vz;
                        double l = Math.sqrt(wx * wx + wy * wy + wz * wz);
                        if (l > 0 && l < Double.POSITIVE_INFINITY) {
                            builder.normal(k, wx / l, wy / l, wz / l);
                        } else {
                            builder.normal(k, 0, 0, 0); // none; to be estimated
                        }
                    }
                    if (hasColour) {
                        double most = Math.max(b.columns[red][i], Math.max(b.columns[green][i], b.columns[blue][i]));
                        if (most > colourRange[1]) {
                            double full = ColourRange.full(colourType, colourRange[0], colourRange[1], most, true);
                            builder.scaleColour(first, (colourRange[1] - colourRange[0]) / (full - colourRange[0]));
                            colourRange[1] = full;
                        }
                        double scale = 65535 / (colourRange[1] - colourRange[0]);
                        builder.colour(
                                k,
                                sixteen((b.columns[red][i] - colourRange[0]) * scale),
                                sixteen((b.columns[green][i] - colourRange[0]) * scale),
                                sixteen((b.columns[blue][i] - colourRange[0]) * scale));
                        greatestColour = Math.max(greatestColour, most);
                    }
                    if (in >= 0) {
                        double v = (b.columns[in][i] - low) / (high - low);
                        v = Double.isFinite(v) ? v : 0;
                        builder.intensity(k, v);
                        leastIntensity = Math.min(leastIntensity, v);
                        greatestIntensity = Math.max(greatestIntensity, v);
                        above += v > 1 ? 1 : 0;
                        below += v < 0 ? 1 : 0;
                    }
                }
                columns.add(scan, b, kept, n);
                step.advance(b.size);
            }
        }
        if (hasColour && colourRange[1] != declaredFull) {
            dropped.add(where + ": colours beyond " + number(declaredFull) + ", which is declared as full: "
                    + number(colourRange[1]) + " was taken");
        } else if (hasColour
                && colourType != Column.Type.FLOAT
                && ColourRange.full(colourType, colourRange[0], colourRange[1], greatestColour, true) == 255
                && colourRange[1] > 255) {
            builder.scaleColour(first, colourRange[1] / 255);
            dropped.add(where + ": colours of 8 bit in " + (colourRange[1] == 65535 ? "16-bit" : "wider")
                    + " fields were widened");
        }
        if (limits != null) {
            work.faults().add("intensity above what its scan declares", above, where);
            work.faults().add("intensity below what its scan declares", below, where);
        } else if (in >= 0) {
            IntensityScale.Stretch s = new IntensityScale.Stretch(
                    scan.columns().get(in), where, first, builder.size(), firstStation, stations.size());
            scale.open(s, leastIntensity, greatestIntensity);
        }
        if (bySource.size() == 1) { // one station alone needs no number
            stations.set(firstStation, stations.get(firstStation).withName(name));
        }
        if (reader.scans().size() == 1 && pose == null && told.equals(ScanFile.of(told.path()))) {
            if (plain >= 0) {
                bySource.put(Tiles.UNNUMBERED, plain);
            }
            pieces.add(new Tiles.File(reader.path(), first, builder.size(), bySource));
        }
        work.faults().add("points that the scanner marked as invalid", marked, file);
        work.faults().add("positions that are no numbers", bad, file);
        if (outside != null) {
            stray(file, beyond, outside);
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

    private static String number(double v) {
        return v == Math.rint(v) ? Long.toString((long) v) : Double.toString(v);
    }

    private static int sixteen(double v) {
        return (int) Math.max(0, Math.min(65535, Math.round(v)));
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
