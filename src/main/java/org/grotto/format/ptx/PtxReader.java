package org.grotto.format.ptx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.grotto.format.TextLines;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * PTX: scans one after another, each with its size, the scanner's position and axes, a 4 x 4 matrix (points are rows: p' =
 * p M) and columns x rows lines "x y z [intensity] [r g b]", with intensity and colours in all lines or in some. A line
 * that begins "0 0 0" is a ray without return: it comes as invalid. A matrix that is not rigid (scale, shear) is applied to the points, and the scan
 * then has no pose. Intensities have the range that the values of the whole file tell.
 */
public final class PtxReader implements PointReader {
    private static final double RIGID = 2e-3;

    private final Path path;
    private final List<Part> parts;
    private final List<String> understood;
    private final List<String> lost;
    private final boolean keepGoing;

    /**
     * @param scan its count is that of the lines that are there
     * @param rows as the header says, at least 1
     * @param apply a matrix that is not rigid
     * @param colour the column that is red, or -1
     * @param dark the intensity of lines that have none
     */
    private record Part(
            Scan scan,
            long firstLine,
            long rows,
            double @Nullable [] apply,
            boolean intensity,
            int colour,
            double dark) {}

    private PtxReader(Path path, List<Part> parts, List<String> understood, List<String> lost, boolean keepGoing) {
        this.path = path;
        this.parts = List.copyOf(parts);
        this.understood = List.copyOf(understood);
        this.lost = List.copyOf(lost);
        this.keepGoing = keepGoing;
    }

    /** Opens a file as a sound one. */
    public static PtxReader open(Path path) {
        return open(path, false);
    }

    /**
     * Opens a file; its lines are read once to find where each scan starts, how long it is, and what its values are.
     *
     * @param keepGoing of a file that ends early or has lines that are no points take the others; else it is refused
     */
    public static PtxReader open(Path path, boolean keepGoing) {
        long length;
        try {
            length = Files.size(path);
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
        if (length == 0) {
            throw GrottoException.badInput(path, "is empty (0 bytes); copy it again from its source.");
        }
        try (TextLines in = TextLines.open(path)) {
            PtxSurvey survey = new PtxSurvey(path, in, keepGoing);
            survey.run();
            List<String> understood = new ArrayList<>(survey.said);
            double[] limits = survey.intensity();
            if (limits[0] != 0 || limits[1] != 1) {
                understood.add("intensities from " + number(limits[0]) + " to " + number(limits[1]));
            }
            List<Part> parts = new ArrayList<>();
            for (PtxSurvey.Found f : survey.found) {
                parts.add(part(path, f, parts.size(), limits, understood));
            }
            return new PtxReader(path, parts, understood, survey.lost, keepGoing);
        }
    }

    private static String number(double v) {
        return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : Double.toString(v);
    }

    private static Part part(Path path, PtxSurvey.Found f, int index, double[] limits, List<String> understood) {
        double[] m = f.matrix();
        // rows become columns: R[r][c] = M[c][r]
        double[] r = {m[0], m[4], m[8], m[1], m[5], m[9], m[2], m[6], m[10]};
        boolean rigid = isRotation(r) && Double.isFinite(m[12] + m[13] + m[14]);
        Pose pose = rigid ? Pose.of(r, m[12], m[13], m[14]) : null;
        List<Column> columns = new ArrayList<>(List.of(
                Column.of(Column.ROW, Column.Type.INT32),
                Column.of(Column.COL, Column.Type.INT32),
                Column.of(Column.INVALID, Column.Type.UINT8)));
        if (f.intensity()) {
            columns.addFirst(Column.of(Column.INTENSITY, Column.Type.FLOAT, limits[0], limits[1]));
        }
        int colour = f.colour() ? columns.size() : -1;
        if (f.colour()) {
            columns.add(Column.of(Column.RED, Column.Type.UINT8, 0, 255));
            columns.add(Column.of(Column.GREEN, Column.Type.UINT8, 0, 255));
            columns.add(Column.of(Column.BLUE, Column.Type.UINT8, 0, 255));
        }
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("columns", Long.toString(f.columns()));
        metadata.put("rows", Long.toString(f.rows()));
        metadata.put("scannerPosition", f.position()[0] + " " + f.position()[1] + " " + f.position()[2]);
        if (!rigid) {
            metadata.put("matrix", "not rigid: applied to the points, no pose");
            understood.add(
                    "scan " + (index + 1) + ": a matrix that is no turn and shift (it scales, shears or mirrors);"
                            + " it was applied to the points, and the scan has no pose");
        }
        String file = String.valueOf(path.getFileName());
        int dot = file.lastIndexOf('.');
        String name = (dot > 0 ? file.substring(0, dot) : file) + "-" + (index + 1);
        double[] eye = rigid ? new double[] {0, 0, 0} : new double[] {m[12], m[13], m[14]};
        Scan scan = new Scan(name, null, pose, eye, f.lines(), columns, null, Column.Type.DOUBLE, null, null, metadata);
        return new Part(scan, f.firstLine(), Math.max(1, f.rows()), rigid ? null : m, f.intensity(), colour, limits[0]);
    }

    private static boolean isRotation(double[] r) {
        for (int i = 0; i < 3; i++) {
            for (int j = i; j < 3; j++) {
                double d = r[3 * i] * r[3 * j] + r[3 * i + 1] * r[3 * j + 1] + r[3 * i + 2] * r[3 * j + 2];
                if (!(Math.abs(d - (i == j ? 1 : 0)) < RIGID)) {
                    return false;
                }
            }
        }
        double det = r[0] * (r[4] * r[8] - r[5] * r[7])
                - r[1] * (r[3] * r[8] - r[5] * r[6])
                + r[2] * (r[3] * r[7] - r[4] * r[6]);
        return det > 0;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return "PTX";
    }

    @Override
    public List<Scan> scans() {
        return parts.stream().map(Part::scan).toList();
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public List<String> notKept() {
        return lost;
    }

    @Override
    public List<String> understood() {
        return understood;
    }

    @Override
    public PointCursor points(int index) {
        Part part = parts.get(index);
        TextLines in = TextLines.open(path);
        for (long line = 1; line < part.firstLine; line++) {
            in.next();
        }
        return new Cursor(in, part);
    }

    @Override
    public void close() {}

    private final class Cursor implements PointCursor {
        private final TextLines in;
        private final Part part;
        private long done;

        Cursor(TextLines in, Part part) {
            this.in = in;
            this.part = part;
        }

        @Override
        public boolean next(PointBatch b) {
            int k = 0;
            double[] m = part.apply;
            while (k < b.capacity && done < part.scan.count() && in.next()) {
                int n = in.split();
                if (n == 0) {
                    continue;
                }
                if (!PtxSurvey.isPoint(path, in, n, keepGoing)) {
                    continue; // told when the file was opened
                }
                double x = in.number(0);
                double y = in.number(1);
                double z = in.number(2);
                boolean none = x == 0 && y == 0 && z == 0;
                if (m != null) {
                    b.x[k] = x * m[0] + y * m[4] + z * m[8] + m[12];
                    b.y[k] = x * m[1] + y * m[5] + z * m[9] + m[13];
                    b.z[k] = x * m[2] + y * m[6] + z * m[10] + m[14];
                } else {
                    b.x[k] = x;
                    b.y[k] = y;
                    b.z[k] = z;
                }
                int column = 0;
                if (part.intensity) {
                    b.columns[column++][k] = PtxSurvey.intensity(n) ? in.number(3) : part.dark;
                }
                b.columns[column++][k] = done % part.rows;
                b.columns[column++][k] = done / part.rows;
                b.columns[column][k] = none ? 2 : 0;
                int red = PtxSurvey.red(n);
                for (int c = 0; part.colour >= 0 && c < 3; c++) {
                    b.columns[part.colour + c][k] = red < 0 ? 0 : in.number(red + c);
                }
                done++;
                k++;
            }
            b.size = k;
            return k > 0;
        }

        @Override
        public void close() {
            in.close();
        }
    }
}
