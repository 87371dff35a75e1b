package org.grotto.format.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.Encoding;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.grotto.format.Scan;
import org.grotto.format.Stated;
import org.grotto.format.TextLines;
import org.jspecify.annotations.Nullable;

/**
 * Points in plain text, one a line. Encoding, separators, decimal points or commas are told from many lines of the file
 * ({@link Dialects}); what the columns are, by the user, by a heading ({@link Heading}) or by their values
 * ({@link Layout}). Where two readings are possible none is taken: the failure names the {@code --columns} of both. A line
 * that is not as the others is refused, or left out and counted. PTS files begin with their number of points; each block
 * with such a number is a scan.
 */
public final class TextReader implements PointReader {
    private final Path path;
    private final Reading reading;
    private final Encoding encoding;
    private final String kind;
    private final Stated stated;
    private final List<Part> parts;
    private final List<String> said;
    private final List<String> lost;

    /** A scan, how its lines are read, and what came of them. */
    private static final class Part {
        private final Scan scan;
        private final Block block;
        private final Table table;
        private TextCursor.@Nullable Tally tally;

        Part(Scan scan, Block block, Table table) {
            this.scan = scan;
            this.block = block;
            this.table = table;
        }
    }

    private TextReader(
            Path path,
            Reading reading,
            Encoding encoding,
            String kind,
            Stated stated,
            List<Part> parts,
            List<String> said,
            List<String> lost) {
        this.path = path;
        this.reading = reading;
        this.encoding = encoding;
        this.kind = kind;
        this.stated = stated;
        this.parts = parts;
        this.said = said;
        this.lost = lost;
    }

    /** Opens a file as it says itself. */
    public static TextReader open(Path path) {
        return open(path, Reading.of(Work.silent()));
    }

    /** Opens a file and looks at some thousand lines of it; one that begins with a count is passed over once. */
    public static TextReader open(Path path, Reading reading) {
        try {
            if (Files.size(path) == 0) {
                throw GrottoException.badInput(path, "is empty (0 bytes); copy it again from its source.");
            }
            return open(path, reading, Encoding.of(path));
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    private static TextReader open(Path path, Reading reading, Encoding encoding) {
        Sample sample = Sample.of(path, encoding, 0, 0, Long.MAX_VALUE);
        List<String> names = reading.columns();
        Trial trial = Dialects.of(path, sample, names.size());
        long first = sample.numbers()[trial.head()];
        boolean counted = sample.count() > 0 && sample.count() < first;
        boolean pts = counted
                || String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(".pts");
        Found found = Found.of(path, sample, trial, names, pts);
        List<Block> blocks =
                counted ? Block.of(path, encoding, trial.dialect(), sample.count()) : List.of(Block.whole(first));
        List<String> said = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        checkCounts(path, blocks, reading.keepGoing(), said, lost);
        List<Part> parts = parts(path, encoding, reading, found, blocks, pts);
        lost.addAll(0, found.table().lost());
        lost.addAll(0, found.passedOver(sample));
        String shown = found.heading().shown();
        said.addFirst("columns " + String.join(" ", found.heading().roles())
                + (shown.isEmpty() ? "" : " (" + shown + ")")
                + trial.dialect().words()
                + (encoding == Encoding.UTF_8 ? "" : "; " + encoding.title())
                + found.table().said()
                + (parts.size() > 1 ? "; " + parts.size() + " scans" : ""));
        String kind = counted
                ? "PTS"
                : found.heading().line() > 0 ? "text with named columns" : "text, " + trial.kinds().length + " columns";
        Heading units = trial.heading() == null ? found.heading() : trial.heading();
        return new TextReader(
                path, reading, encoding, kind, Units.stated(path, units, sample.comments()), parts, said, lost);
    }

    /** Compares what is announced with what is there. */
    private static void checkCounts(
            Path path, List<Block> blocks, boolean keepGoing, List<String> said, List<String> lost) {
        for (Block b : blocks) {
            if (b.announced() < 0 || b.found() == b.announced()) {
                continue;
            }
            String where = "line " + b.count() + " announces " + count(b.announced()) + " points, and "
                    + (b.found() == 0 ? "none" : count(b.found())) + (b.found() == 1 ? " follows" : " follow");
            if (b.found() > b.announced()) {
                said.add(where + "; all are read");
            } else if (keepGoing) {
                lost.add(count(b.announced() - b.found()) + " points: " + where);
            } else {
                throw GrottoException.badInput(
                        path, where + "; it is cut off: copy it again, or take what is there with --keep-going.");
            }
        }
    }

    private static List<Part> parts(
            Path path, Encoding encoding, Reading reading, Found found, List<Block> blocks, boolean pts) {
        String file = String.valueOf(path.getFileName());
        int dot = file.lastIndexOf('.');
        String name = dot > 0 ? file.substring(0, dot) : file;
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            Block b = blocks.get(i);
            Table table = i == 0 ? found.table() : table(path, encoding, reading, found, b, pts);
            Scan scan = new Scan(
                    blocks.size() > 1 ? name + "-" + (i + 1) : name,
                    null,
                    null,
                    null,
                    b.found(),
                    table.columns(),
                    null,
                    Column.Type.DOUBLE,
                    null,
                    null,
                    Map.of());
            parts.add(new Part(scan, b, table));
        }
        return parts;
    }

    /** The table of a further block: that of the file, unless its lines have other columns. */
    private static Table table(Path path, Encoding encoding, Reading reading, Found found, Block block, boolean pts) {
        Cells cells = new Cells(found.trial().dialect());
        try (TextLines in = TextLines.open(path, encoding, block.offset(), block.before())) {
            while (in.offset() < block.end() && in.next()) {
                if (!Sample.isComment(in)) {
                    cells.split(in.bytes(), in.from(), in.to());
                    if (block.found() == 0 || Trial.fits(cells, found.trial().kinds())) {
                        return found.table();
                    }
                    break;
                }
            }
        }
        if (block.found() == 0) {
            return found.table();
        }
        Sample own = Sample.of(path, encoding, block.offset(), block.before(), block.end());
        Trial trial = Dialects.of(path, own, reading.columns().size());
        return Found.of(path, own, trial, reading.columns(), pts).table();
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return kind;
    }

    @Override
    public List<Scan> scans() {
        return parts.stream().map(p -> p.scan).toList();
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public Stated stated() {
        return stated;
    }

    @Override
    public List<String> understood() {
        long points = 0;
        for (Part p : parts) {
            points = points < 0 || p.tally == null ? -1 : points + p.tally.points;
        }
        List<String> all = new ArrayList<>(said);
        if (points >= 0) {
            all.set(0, said.getFirst() + "; " + count(points) + (points == 1 ? " point" : " points"));
        }
        return List.copyOf(all);
    }

    @Override
    public List<String> notKept() {
        List<String> all = new ArrayList<>(lost);
        for (Part p : parts) {
            TextCursor.Tally t = p.tally;
            if (t == null) {
                continue;
            }
            String of = parts.size() > 1 ? " of scan \"" + p.scan.name() + "\"" : "";
            if (t.without > 0) {
                all.add(count(t.without) + " points" + of + " without a coordinate");
            }
            if (t.unfit > 0) {
                all.add(count(t.unfit) + " lines" + of + " that are not as the others, the first line "
                        + count(t.firstUnfit) + ": " + t.firstFault);
            }
            if (t.rounded > 0) {
                all.add("fractions of " + count(t.rounded) + " whole-numbered values" + of);
            }
            for (int c = 0; c < p.scan.columns().size(); c++) {
                if (t.empty(c) > 0) {
                    all.add(count(t.empty(c)) + " empty cells of "
                            + p.scan.columns().get(c).name() + of);
                }
            }
        }
        return all;
    }

    @Override
    public PointCursor points(int index) {
        Part p = Objects.requireNonNull(parts.get(index));
        TextCursor.Tally tally = new TextCursor.Tally(p.scan.columns().size());
        p.tally = tally;
        return new TextCursor(path, encoding, p.table, p.block, reading.keepGoing(), tally);
    }

    @Override
    public void close() {}
}
