package org.grotto.format;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.grotto.geometry.Pose;

/**
 * Scans joined in their common frame, for writers whose format has neither scans nor poses: one list of columns, and each
 * scan's points and normals turned by its pose.
 */
public final class CommonFrame {
    /** So many header entries are named. */
    private static final int NAMED = 8;

    private final List<String> lost;
    private double[] matrix = Pose.IDENTITY.matrix();
    private Pose pose = Pose.IDENTITY;
    private int scan = -1;

    /** @param lost gets what scans hold that is not kept */
    public CommonFrame(List<String> lost) {
        this.lost = lost;
    }

    /** The columns of all scans, each name once. */
    public static List<Column> columns(List<Scan> scans) {
        List<Column> all = new ArrayList<>();
        for (Scan s : scans) {
            for (Column c : s.columns()) {
                if (all.stream().noneMatch(o -> o.name().equals(c.name()))) {
                    all.add(c);
                }
            }
        }
        return all;
    }

    public void begin(Scan s) {
        scan++;
        Pose p = s.pose();
        pose = p == null ? Pose.IDENTITY : p;
        matrix = pose.matrix();
        if (p != null && !p.isIdentity()) {
            lost.add("the pose of scan \"" + s.name() + "\" (its points were moved to the common frame)");
        }
        if (!s.metadata().isEmpty()) {
            List<String> keys = new ArrayList<>(new TreeSet<>(s.metadata().keySet()));
            String more = keys.size() > NAMED ? " and " + (keys.size() - NAMED) + " more" : "";
            lost.add("header entries of scan \"" + s.name() + "\": "
                    + String.join(", ", keys.subList(0, Math.min(NAMED, keys.size()))) + more);
        }
    }

    /** The scan begun, counted from 0. */
    public int scan() {
        return scan;
    }

    /** Whether the points stay where they are. */
    public boolean still() {
        return pose.isIdentity();
    }

    /** A point's place along axis 0, 1 or 2; to the bit where it stays. */
    public double place(PointBatch b, int i, int axis) {
        if (pose.isIdentity()) {
            return axis == 0 ? b.x[i] : axis == 1 ? b.y[i] : b.z[i];
        }
        double t = axis == 0 ? pose.tx() : axis == 1 ? pose.ty() : pose.tz();
        return matrix[3 * axis] * b.x[i] + matrix[3 * axis + 1] * b.y[i] + matrix[3 * axis + 2] * b.z[i] + t;
    }

    /** A column's value; normals turn with the pose. */
    public double value(PointBatch b, int c, int i) {
        int row = switch (b.schema.get(c).name()) {
            case Column.NX -> 0;
            case Column.NY -> 3;
            case Column.NZ -> 6;
            default -> -1;
        };
        if (pose.isIdentity() || row < 0) {
            return b.columns[c][i];
        }
        int nx = b.indexOf(Column.NX);
        int ny = b.indexOf(Column.NY);
        int nz = b.indexOf(Column.NZ);
        if (nx < 0 || ny < 0 || nz < 0) {
            return b.columns[c][i];
        }
        return matrix[row] * b.columns[nx][i] + matrix[row + 1] * b.columns[ny][i] + matrix[row + 2] * b.columns[nz][i];
    }
}
