package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.grotto.format.Column;
import org.grotto.format.Picture;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.grotto.format.Stated;
import org.grotto.geometry.Box;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * A file of points as if it had been written in metres with Z up: positions, bounds, steps, poses, normals, and columns
 * whose note says that they are lengths. A scan with a pose is scaled, and its pose turned; one without is turned itself.
 */
final class FramedReader implements PointReader {
    private static final Pattern LENGTH = Pattern.compile("(?:^|, |\\[|\\()m(?:$|;|\\]|\\))");
    private static final Pattern CURVATURE = Pattern.compile("(?:^|, |\\[|\\()1/m(?:$|;|\\]|\\))");

    private final PointReader in;
    private final Frame frame;
    private final List<Scan> scans;

    FramedReader(PointReader in, Frame frame) {
        this.in = in;
        this.frame = frame;
        this.scans = in.scans().stream().map(this::framed).toList();
    }

    private Scan framed(Scan s) {
        double[] own = own(s);
        Pose pose = s.pose();
        double[] step = s.xyzScale();
        double[] offset = s.xyzOffset();
        double[] eye = s.eye();
        Box b = s.bounds();
        return new Scan(
                s.name(),
                s.guid(),
                pose == null ? null : frame.pose(pose),
                eye == null ? null : apply(own, eye[0], eye[1], eye[2]),
                s.count(),
                s.columns().stream().map(this::framed).toList(),
                b == null || b.isEmpty() ? b : box(own, b),
                s.xyzType(),
                step == null ? null : steps(own, step),
                offset == null ? null : apply(own, offset[0], offset[1], offset[2]),
                s.metadata());
    }

    /** The linear part that the scan's own coordinates go through, row by row. */
    private double[] own(Scan s) {
        if (s.pose() == null) {
            return frame.placed(null);
        }
        return new double[] {frame.scale(0), 0, 0, 0, frame.scale(1), 0, 0, 0, frame.scale(2)};
    }

    private static double[] apply(double[] l, double x, double y, double z) {
        return new double[] {
            l[0] * x + l[1] * y + l[2] * z, l[3] * x + l[4] * y + l[5] * z, l[6] * x + l[7] * y + l[8] * z
        };
    }

    /** Steps along the new axes: every new axis is an old one, maybe reversed. */
    private static double[] steps(double[] l, double[] step) {
        double[] out = apply(l, step[0], step[1], step[2]);
        for (int i = 0; i < 3; i++) {
            out[i] = Math.abs(out[i]);
        }
        return out;
    }

    private static Box box(double[] l, Box b) {
        double[] p = apply(l, b.minX(), b.minY(), b.minZ());
        double[] q = apply(l, b.maxX(), b.maxY(), b.maxZ());
        return Box.EMPTY.with(p[0], p[1], p[2]).with(q[0], q[1], q[2]);
    }

    /** What a column's values are multiplied with. */
    private double factor(Column c) {
        String note = c.note();
        return note == null
                ? 1
                : LENGTH.matcher(note).find()
                        ? frame.scale(0)
                        : CURVATURE.matcher(note).find() ? 1 / frame.scale(0) : 1;
    }

    private Column framed(Column c) {
        double f = factor(c);
        return f == 1
                ? c
                : new Column(
                        c.name(),
                        c.type() == Column.Type.FLOAT || c.type() == Column.Type.SCALED ? c.type() : Column.Type.DOUBLE,
                        c.min() * f,
                        c.max() * f,
                        c.scale() * f,
                        c.offset() * f,
                        c.note());
    }

    @Override
    public Path path() {
        return in.path();
    }

    @Override
    public String format() {
        return in.format();
    }

    @Override
    public List<Scan> scans() {
        return scans;
    }

    @Override
    public List<Picture> pictures() {
        return in.pictures().stream()
                .map(p -> {
                    Pose pose = p.pose();
                    return pose == null ? p : p.withPose(frame.pose(pose));
                })
                .toList();
    }

    @Override
    public Map<String, String> metadata() {
        Map<String, String> m = new TreeMap<>(in.metadata());
        String crs = frame.crs();
        if (crs == null) {
            m.remove("crs");
        } else {
            m.put("crs", crs);
        }
        return m;
    }

    @Override
    public Stated stated() {
        return Stated.unit(1, in.stated().by());
    }

    @Override
    public List<String> notKept() {
        List<String> all = new ArrayList<>(in.notKept());
        all.addAll(frame.dropped());
        return all;
    }

    @Override
    public List<String> understood() {
        return in.understood();
    }

    @Override
    public PointCursor points(int index) {
        Scan scan = in.scans().get(index);
        PointCursor cursor = in.points(index);
        double[] own = own(scan);
        double[] factors = scan.columns().stream().mapToDouble(this::factor).toArray();
        @Nullable Pose pose = scan.pose();
        return new PointCursor() {
            @Override
            public boolean next(PointBatch b) {
                boolean any = cursor.next(b);
                places(own, b);
                if (pose == null) {
                    normals(b);
                }
                for (int c = 0; c < factors.length; c++) {
                    for (int i = 0; factors[c] != 1 && i < b.size; i++) {
                        b.columns[c][i] *= factors[c];
                    }
                }
                return any;
            }

            @Override
            public void close() {
                cursor.close();
            }
        };
    }

    /** Nothing: whoever opened the file closes it. */
    @Override
    public void close() {}

    private static void places(double[] l, PointBatch b) {
        for (int i = 0; i < b.size; i++) {
            double x = b.x[i];
            double y = b.y[i];
            double z = b.z[i];
            b.x[i] = l[0] * x + l[1] * y + l[2] * z;
            b.y[i] = l[3] * x + l[4] * y + l[5] * z;
            b.z[i] = l[6] * x + l[7] * y + l[8] * z;
        }
    }

    private void normals(PointBatch b) {
        int nx = b.indexOf(Column.NX);
        int ny = b.indexOf(Column.NY);
        int nz = b.indexOf(Column.NZ);
        if (nx < 0 || ny < 0 || nz < 0) {
            return;
        }
        double[] n = new double[3];
        for (int i = 0; i < b.size; i++) {
            n[0] = b.columns[nx][i];
            n[1] = b.columns[ny][i];
            n[2] = b.columns[nz][i];
            frame.normal(n);
            b.columns[nx][i] = n[0];
            b.columns[ny][i] = n[1];
            b.columns[nz][i] = n[2];
        }
    }
}
