package org.grotto.format.pcd;

import java.io.EOFException;
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
import org.grotto.format.PackedColour;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.grotto.format.Scan;
import org.grotto.format.Stated;
import org.grotto.format.TextLines;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * PCD 0.6 and 0.7. VIEWPOINT is the pose of the scan: its points are in the scanner's own frame, as the library's viewer
 * takes them. In organised clouds (HEIGHT above 1) points know row and column, and those that are no numbers come as
 * invalid. Nothing is held but a batch, whatever the header declares.
 */
public final class PcdReader implements PointReader {
    /** Packed fields are unpacked side by side. */
    private static final int MAX_COLUMNS = 200;

    private final Path path;
    private final Reading reading;
    private final Encoding encoding;
    private final PcdHeader header;
    private final PcdColumns columns;
    private final boolean organised;
    private final PcdExtent extent;
    private final Scan scan;
    private final List<String> said;
    private final List<String> lost;
    private @Nullable Cursor last;
    private @Nullable String up;

    private PcdReader(
            Path path,
            Reading reading,
            Encoding encoding,
            PcdHeader header,
            PcdColumns columns,
            PcdExtent extent,
            Scan scan,
            List<String> said,
            List<String> lost) {
        this.path = path;
        this.reading = reading;
        this.encoding = encoding;
        this.header = header;
        this.columns = columns;
        this.organised = isOrganised(header);
        this.extent = extent;
        this.scan = scan;
        this.said = said;
        this.lost = lost;
    }

    /** Opens a file and reads its header. */
    public static PcdReader open(Path path) {
        return open(path, Reading.of(Work.silent()));
    }

    /** Opens a file and reads its header; of a damaged packed one with {@code keepGoing}, unpacks it once to see how far. */
    public static PcdReader open(Path path, Reading reading) {
        try {
            long size = Files.size(path);
            if (size == 0) {
                throw GrottoException.badInput(path, "is empty (0 bytes); copy it again from its source.");
            }
            Encoding found = Encoding.of(path);
            Encoding encoding = found.wide() ? found : Encoding.UTF_8;
            PcdHeader header;
            try (TextLines in = TextLines.open(path, encoding, 0, 0)) {
                header = PcdHeader.read(path, in);
            }
            return open(path, reading, encoding, header, size);
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    private static PcdReader open(Path path, Reading reading, Encoding encoding, PcdHeader header, long size)
            throws IOException {
        if (encoding.wide() && header.data() != PcdHeader.Data.ASCII) {
            throw GrottoException.badInput(path, "is UTF-16, which its binary points cannot be; copy it again.");
        }
        PcdColumns columns = PcdColumns.of(header);
        if (columns == null) {
            throw GrottoException.badInput(
                    path, "has no fields x, y and z (found " + TextLines.shorten(names(header)) + ").");
        }
        if (columns.wanted().size() > MAX_COLUMNS) {
            throw GrottoException.unsupported(
                    path, columns.wanted().size() + " fields; this version reads at most " + MAX_COLUMNS + ".");
        }
        List<String> said = new ArrayList<>();
        List<String> lost = new ArrayList<>(columns.lost());
        PcdExtent extent = PcdExtent.of(path, reading, header, columns, size, lost);
        if ((double) header.width() * header.height() != header.points()) {
            said.add("POINTS " + count(header.points()) + ", against WIDTH " + count(header.width()) + " and HEIGHT "
                    + count(header.height()));
        }
        double[] v = header.viewpoint();
        boolean turned = v != null && Math.hypot(Math.hypot(v[3], v[4]), Math.hypot(v[5], v[6])) > 1e-9;
        if (v != null && !turned) {
            said.add("VIEWPOINT without a rotation (a quaternion of zeros)");
        }
        boolean finite = v != null
                && Double.isFinite(v[0] + v[1] + v[2] + v[3] * v[3] + v[4] * v[4] + v[5] * v[5] + v[6] * v[6]);
        if (v != null && !finite) {
            lost.add("VIEWPOINT, which is no position");
        }
        Pose pose = v == null || !finite
                ? null
                : new Pose(
                        turned ? v[3] : 1, turned ? v[4] : 0, turned ? v[5] : 0, turned ? v[6] : 0, v[0], v[1], v[2]);
        pose = pose == null || pose.isIdentity() ? null : pose;
        if (pose != null) {
            said.add("VIEWPOINT as the scanner's pose");
        }
        PcdReader plain = new PcdReader(
                path,
                reading,
                encoding,
                header,
                columns,
                extent,
                scan(path, header, columns, pose, extent),
                said,
                lost);
        PcdColumns ranged = plain.ranged();
        return ranged == columns
                ? plain
                : new PcdReader(
                        path,
                        reading,
                        encoding,
                        header,
                        ranged,
                        extent,
                        scan(path, header, ranged, pose, extent),
                        said,
                        lost);
    }

    private static Scan scan(Path path, PcdHeader header, PcdColumns columns, @Nullable Pose pose, PcdExtent extent) {
        String file = String.valueOf(path.getFileName());
        int dot = file.lastIndexOf('.');
        List<Column> all = new ArrayList<>(columns.columns());
        if (isOrganised(header)) {
            all.add(Column.of(Column.ROW, Column.Type.INT32));
            all.add(Column.of(Column.COL, Column.Type.INT32));
            all.add(Column.of(Column.INVALID, Column.Type.UINT8));
        }
        return new Scan(
                dot > 0 ? file.substring(0, dot) : file,
                null,
                pose,
                pose == null ? null : new double[] {0, 0, 0},
                Math.min(header.points(), extent.points()),
                List.copyOf(all),
                null,
                columns.wanted().getFirst().type(),
                null,
                null,
                Map.of());
    }

    private static boolean isOrganised(PcdHeader header) {
        return header.height() > 1 && (double) header.width() * header.height() == header.points();
    }

    /** Colours in floats with the range of the first points' values; the same where there are none. */
    private PcdColumns ranged() {
        List<Column> all = new ArrayList<>(columns.columns());
        boolean any = false;
        for (Column c : all) {
            any |= isOpenColour(c);
        }
        if (!any) {
            return columns;
        }
        double most = 0;
        PointBatch b = new PointBatch(scan.columns(), 4096);
        try (PointCursor cursor = points(0)) {
            cursor.next(b);
        }
        for (int c = 0; c < all.size(); c++) {
            for (int i = 0; i < b.size && isOpenColour(all.get(c)); i++) {
                most = b.columns[c][i] > most ? b.columns[c][i] : most;
            }
        }
        double full = most <= 1 ? 1 : most <= 255 ? 255 : 65535;
        all.replaceAll(c -> isOpenColour(c) ? Column.of(c.name(), c.type(), 0, full) : c);
        last = null;
        return columns.with(List.copyOf(all));
    }

    private static boolean isOpenColour(Column c) {
        boolean colour = c.name().equals(Column.RED)
                || c.name().equals(Column.GREEN)
                || c.name().equals(Column.BLUE);
        return colour && Double.isNaN(c.max());
    }

    private static String names(PcdHeader header) {
        return String.join(
                " ", header.fields().stream().map(PcdHeader.Field::name).toList());
    }

    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        String data = switch (header.data()) {
            case ASCII -> "text";
            case BINARY -> "binary";
            case COMPRESSED -> "compressed";
        };
        return "PCD" + (header.version().isEmpty() ? "" : " " + header.version()) + ", " + data;
    }

    @Override
    public List<Scan> scans() {
        return List.of(scan);
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public Stated stated() {
        Stated said = Stated.words(header.comments());
        String up = said.up() != null || !organised || scan.pose() != null ? "" : up();
        return up.isEmpty()
                ? said
                : new Stated(
                        said.metres(),
                        said.upMetres(),
                        false,
                        up,
                        false,
                        (said.by().isEmpty() ? "" : said.by() + " and ")
                                + "its grid, a camera's picture whose rows run down,",
                        null);
    }

    /** The axis that is up in the camera's picture that the grid is; "" where it is none, or cannot be read. */
    private String up() {
        if (up == null) {
            Cursor kept = last;
            try (PointCursor cursor = points(0)) {
                up = PcdCamera.up(scan, cursor);
            } catch (GrottoException e) {
                up = ""; // told by whoever reads the points
            }
            last = kept;
        }
        return up;
    }

    @Override
    public List<String> understood() {
        List<String> all = new ArrayList<>(said);
        Cursor c = last;
        if (c != null && c.ended && header.data() == PcdHeader.Data.ASCII && c.read > header.points()) {
            all.add(count(c.read) + " points, where the header announces " + count(header.points()));
        }
        return List.copyOf(all);
    }

    @Override
    public List<String> notKept() {
        List<String> all = new ArrayList<>(lost);
        Cursor c = last;
        if (c != null && c.rows instanceof PcdText text && text.unfit() > 0) {
            all.add(count(text.unfit()) + " lines that are not as the header says, the first line "
                    + count(text.firstUnfit()));
        }
        if (c != null && c.cutOff > 0) {
            all.add(count(c.cutOff) + " points: the file is cut off");
        }
        return List.copyOf(all);
    }

    @Override
    public PointCursor points(int index) {
        Objects.checkIndex(index, 1);
        try {
            PcdRows rows = switch (header.data()) {
                case ASCII -> new PcdText(path, encoding, header, columns, reading.keepGoing());
                case BINARY -> PcdBytes.plain(path, header, columns, extent.points());
                case COMPRESSED ->
                    PcdBytes.packed(path, header, columns, extent.packed(), header.points(), extent.points());
            };
            Cursor c = new Cursor(rows);
            last = c;
            return c;
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    @Override
    public void close() {}

    private final class Cursor implements PointCursor {
        private final PcdRows rows;
        private double[][] values = new double[columns.wanted().size()][0];
        private long read;
        private long cutOff;
        private boolean ended;

        Cursor(PcdRows rows) {
            this.rows = rows;
        }

        @Override
        public boolean next(PointBatch b) {
            if (values[0].length < b.capacity) {
                values = new double[values.length][b.capacity];
            }
            int n = rows(b.capacity);
            System.arraycopy(values[0], 0, b.x, 0, n);
            System.arraycopy(values[1], 0, b.y, 0, n);
            System.arraycopy(values[2], 0, b.z, 0, n);
            int[] from = columns.from();
            for (int c = 0; c < from.length; c++) {
                int channel = columns.channel()[c];
                double[] v = values[from[c]];
                if (channel < 0) {
                    System.arraycopy(v, 0, b.columns[c], 0, n);
                } else {
                    for (int i = 0; i < n; i++) {
                        b.columns[c][i] = PackedColour.channel(v[i], channel);
                    }
                }
            }
            for (int i = 0; organised && i < n; i++) {
                b.columns[from.length][i] = (read + i) / header.width();
                b.columns[from.length + 1][i] = (read + i) % header.width();
                b.columns[from.length + 2][i] = Double.isFinite(b.x[i] + b.y[i] + b.z[i]) ? 0 : 2;
            }
            read += n;
            b.size = n;
            return n > 0;
        }

        private int rows(int most) {
            try {
                int n = rows.next(values, most);
                if (n == 0 && !ended) {
                    ended = true;
                    end();
                }
                return n;
            } catch (EOFException | LzfStream.Broken e) {
                throw GrottoException.badInput(
                        path,
                        "the packed points break off ("
                                + (e.getMessage() == null ? "they end too early" : e.getMessage())
                                + "); copy the file again, or take what is there with --keep-going.");
            } catch (IOException e) {
                throw GrottoException.io(path, e);
            }
        }

        private void end() {
            long missing = header.points() - read - (rows instanceof PcdText t ? t.unfit() : 0);
            if (header.data() != PcdHeader.Data.ASCII || missing <= 0) {
                return;
            }
            if (!reading.keepGoing() || read == 0) {
                throw GrottoException.badInput(
                        path,
                        "announces " + count(header.points()) + " points and holds " + count(read)
                                + "; it is cut off: copy it again"
                                + (read == 0 ? "." : ", or take these with --keep-going."));
            }
            cutOff = missing;
        }

        @Override
        public void close() {
            try {
                rows.close();
            } catch (IOException e) {
                throw GrottoException.io(path, e);
            }
        }
    }
}
