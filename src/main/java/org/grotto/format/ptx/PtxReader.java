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
 * p M) and columns x rows lines "x y z intensity [r g b]". The line "0 0 0 0.5" is a ray without return: it comes as
 * invalid. A matrix that is not rigid (scale, shear) is applied to the points, and the scan then has no pose.
 */
public final class PtxReader implements PointReader {
    private static final double RIGID = 2e-3;

    private final Path path;
    private final List<Part> parts;

    private record Part(Scan scan, long firstLine, long rows, double @Nullable [] apply, boolean colour) {}

    private PtxReader(Path path, List<Part> parts) {
        this.path = path;
        this.parts = parts;
    }

    /** Opens a file; its lines are counted once to find where each scan starts. */
    public static PtxReader open(Path path) {
        List<Part> parts = new ArrayList<>();
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
            while (in.next()) {
                if (in.split() == 0) {
                    continue;
                }
                parts.add(part(path, in, length, parts.size()));
            }
        }
        if (parts.isEmpty()) {
            throw GrottoException.badInput(path, "holds no scan.");
        }
        return new PtxReader(path, parts);
    }

    private static double[] numbers(Path path, TextLines in, int count, boolean advance) {
        if (advance && !in.next()) {
            throw in.endsEarly("a PTX header needs ten lines");
        }
        int n = in.split();
        if (n != count) {
            throw GrottoException.badLine(
                    path, in.number(), "a PTX header has " + count + " numbers here, found " + n + ".");
        }
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = in.number(i);
        }
        return v;
    }

    private static Part part(Path path, TextLines in, long length, int index) {
        double cols = numbers(path, in, 1, false)[0];
        double rows = numbers(path, in, 1, true)[0];
        if (!(cols >= 0 && rows >= 0 && cols == Math.rint(cols) && rows == Math.rint(rows))
                || cols * rows * 8 > length + 8) { // "0 0 0 0" and a line feed
            throw GrottoException.badLine(
                    path,
                    in.number(),
                    "a scan of " + cols + " x " + rows + " points does not fit a file of " + length + " bytes.");
        }
        double[] position = numbers(path, in, 3, true);
        for (int i = 0; i < 3; i++) {
            numbers(path, in, 3, true);
        }
        double[] m = new double[16];
        for (int i = 0; i < 4; i++) {
            System.arraycopy(numbers(path, in, 4, true), 0, m, 4 * i, 4);
        }
        // rows become columns: R[r][c] = M[c][r]
        double[] r = {m[0], m[4], m[8], m[1], m[5], m[9], m[2], m[6], m[10]};
        boolean rigid = isRotation(r) && Double.isFinite(m[12] + m[13] + m[14]);
        Pose pose = rigid ? Pose.of(r, m[12], m[13], m[14]) : null;
        long first = in.number() + 1;
        long n = (long) (cols * rows);
        boolean colour = false;
        for (long i = 0; i < n; i++) {
            if (!in.next()) {
                throw in.endsEarly("scan " + (index + 1) + " declares " + n + " points, found " + i);
            }
            if (i == 0) {
                colour = in.split() >= 7;
            }
        }
        List<Column> columns = new ArrayList<>(List.of(
                Column.of(Column.INTENSITY, Column.Type.FLOAT, 0, 1),
                Column.of(Column.ROW, Column.Type.INT32),
                Column.of(Column.COL, Column.Type.INT32),
                Column.of(Column.INVALID, Column.Type.UINT8)));
        if (colour) {
            columns.add(Column.of(Column.RED, Column.Type.UINT8, 0, 255));
            columns.add(Column.of(Column.GREEN, Column.Type.UINT8, 0, 255));
            columns.add(Column.of(Column.BLUE, Column.Type.UINT8, 0, 255));
        }
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("columns", Long.toString((long) cols));
        metadata.put("rows", Long.toString((long) rows));
        metadata.put("scannerPosition", position[0] + " " + position[1] + " " + position[2]);
        if (!rigid) {
            metadata.put("matrix", "not rigid: applied to the points, no pose");
        }
        String file = String.valueOf(path.getFileName());
        int dot = file.lastIndexOf('.');
        String name = (dot > 0 ? file.substring(0, dot) : file) + "-" + (index + 1);
        double[] eye = rigid ? new double[] {0, 0, 0} : new double[] {m[12], m[13], m[14]};
        Scan scan = new Scan(name, null, pose, eye, n, columns, null, Column.Type.DOUBLE, null, null, metadata);
        return new Part(scan, first, (long) rows, rigid ? null : m, colour);
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
        return List.of();
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
            int want = part.colour ? 7 : 4;
            double[] m = part.apply;
            while (k < b.capacity && done < part.scan.count() && in.next()) {
                int n = in.split();
                if (n < want) {
                    throw GrottoException.badLine(path, in.number(), want + " numbers were expected, found " + n + ".");
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
                b.columns[0][k] = in.number(3);
                long column = done / part.rows;
                b.columns[1][k] = done % part.rows;
                b.columns[2][k] = column;
                b.columns[3][k] = none ? 2 : 0;
                for (int c = 4; c < want; c++) {
                    b.columns[c][k] = in.number(c);
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
