package org.grotto.format.las;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/** Which columns go into which fields of the records we write, and how their values are scaled. */
final class LasFields {
    private static final Set<String> KNOWN = Set.of(
            Column.INTENSITY,
            Column.RETURN,
            Column.RETURNS,
            Column.CLASSIFICATION,
            LasColumns.FLAGS,
            LasColumns.DIRECTION,
            LasColumns.EDGE,
            LasColumns.ANGLE,
            LasColumns.USER_DATA,
            Column.SOURCE,
            LasColumns.CHANNEL,
            Column.TIME,
            Column.RED,
            Column.GREEN,
            Column.BLUE,
            Column.NIR,
            Column.INVALID);

    private final LasLayout layout;
    private final List<Column> extra = new ArrayList<>();
    private List<Column> scan = List.of();
    private int[] extraFrom = {};

    /** @param all columns of all scans to come */
    LasFields(List<Column> all) {
        boolean colour = false;
        boolean nir = false;
        for (Column c : all) {
            colour |= c.name().equals(Column.RED)
                    || c.name().equals(Column.GREEN)
                    || c.name().equals(Column.BLUE);
            nir |= c.name().equals(Column.NIR);
            if (!KNOWN.contains(c.name())) {
                extra.add(c);
            }
        }
        int format = nir ? 8 : colour ? 7 : 6;
        int room = 65535 - LasLayout.baseLength(format);
        while (ExtraBytesRecord.bytes(extra) > room || extra.size() > 341) {
            extra.removeLast();
        }
        layout = new LasLayout(format, LasLayout.baseLength(format) + ExtraBytesRecord.bytes(extra));
    }

    LasLayout layout() {
        return layout;
    }

    List<Column> extra() {
        return extra;
    }

    /** Prepares for batches with the columns of a scan. */
    void map(List<Column> columns) {
        scan = columns;
        extraFrom = new int[extra.size()];
        for (int k = 0; k < extraFrom.length; k++) {
            extraFrom[k] = indexOf(extra.get(k).name());
        }
    }

    private int indexOf(String name) {
        for (int k = 0; k < scan.size(); k++) {
            if (scan.get(k).name().equals(name)) {
                return k;
            }
        }
        return -1;
    }

    /** What of the scan prepared for is not kept as it is. */
    List<String> losses(boolean severalScans) {
        List<String> list = new ArrayList<>();
        for (Column c : scan) {
            String name = c.name();
            boolean wide = c.type() != Column.Type.UINT16 && c.type() != Column.Type.UINT8;
            if (name.equals(Column.INTENSITY) && wide) {
                list.add("intensity beyond 16 bits");
            } else if (isColour(name) && wide) {
                list.add("colour beyond 16 bits");
            } else if (name.equals(Column.SOURCE) && severalScans) {
                list.add("point source ids (replaced by the number of the scan)");
            } else if (ExtraBytesRecord.isNormal(c) && c.type() == Column.Type.DOUBLE) {
                list.add("normals beyond single precision");
            } else if (!KNOWN.contains(name)
                    && extra.stream().noneMatch(e -> e.name().equals(name))) {
                list.add("column " + name);
            } else if ((isColour(name) && !layout.hasColour()) || (name.equals(Column.NIR) && !layout.hasNir())) {
                list.add("column " + name);
            }
        }
        return list;
    }

    private static boolean isColour(String name) {
        return name.equals(Column.RED) || name.equals(Column.GREEN) || name.equals(Column.BLUE);
    }

    /** Takes points keep[from..from+n) of {@code b}, all but their positions. */
    void fill(PointBatch b, int[] keep, int from, int n, double @Nullable [] rotation, LasPoints to, int source) {
        int at = to.size;
        char[] column = new char[n];
        double[] v = new double[n];
        gather16(b, Column.INTENSITY, keep, from, n, 0, to.intensity, at);
        bytes(b, keep, from, n, v, to);
        if (source >= 0) {
            java.util.Arrays.fill(to.source, at, at + n, (char) source);
        } else {
            clamp(get(b, Column.SOURCE, keep, from, n, 1, v), 65535, column);
            System.arraycopy(column, 0, to.source, at, n);
        }
        double[] angle = get(b, LasColumns.ANGLE, keep, from, n, 0, v);
        for (int j = 0; j < n; j++) {
            to.scanAngle[at + j] =
                    (short) Math.max(-32768, Math.min(32767, Math.round(angle[j] / LasColumns.ANGLE_STEP)));
        }
        if (to.time != null) {
            double[] t = get(b, Column.TIME, keep, from, n, 0, v);
            for (int j = 0; j < n; j++) {
                to.time[at + j] = Double.doubleToRawLongBits(t[j]);
            }
        }
        if (to.red != null && to.green != null && to.blue != null) {
            gather16(b, Column.RED, keep, from, n, 0, to.red, at);
            gather16(b, Column.GREEN, keep, from, n, 0, to.green, at);
            gather16(b, Column.BLUE, keep, from, n, 0, to.blue, at);
        }
        if (to.nir != null) {
            gather16(b, Column.NIR, keep, from, n, 0, to.nir, at);
        }
        extras(b, keep, from, n, rotation, to, v);
    }

    /** The byte-sized fields; a point that says nothing of returns is the first of one. */
    private void bytes(PointBatch b, int[] keep, int from, int n, double[] v, LasPoints to) {
        int at = to.size;
        char[] a = new char[n];
        clamp(get(b, Column.RETURN, keep, from, n, 1, v), 15, a);
        for (int j = 0; j < n; j++) {
            to.returns[at + j] = (byte) a[j];
        }
        clamp(get(b, Column.RETURNS, keep, from, n, 1, v), 15, a);
        for (int j = 0; j < n; j++) {
            to.returns[at + j] |= (byte) (a[j] << 4);
        }
        clamp(get(b, LasColumns.FLAGS, keep, from, n, 0, v), 15, a);
        for (int j = 0; j < n; j++) {
            to.flags[at + j] = (byte) a[j];
        }
        clamp(get(b, LasColumns.CHANNEL, keep, from, n, 0, v), 3, a);
        for (int j = 0; j < n; j++) {
            to.flags[at + j] |= (byte) (a[j] << 4);
        }
        clamp(get(b, LasColumns.DIRECTION, keep, from, n, 0, v), 1, a);
        for (int j = 0; j < n; j++) {
            to.flags[at + j] |= (byte) (a[j] << 6);
        }
        clamp(get(b, LasColumns.EDGE, keep, from, n, 0, v), 1, a);
        for (int j = 0; j < n; j++) {
            to.flags[at + j] |= (byte) (a[j] << 7);
        }
        clamp(get(b, Column.CLASSIFICATION, keep, from, n, 0, v), 255, a);
        for (int j = 0; j < n; j++) {
            to.classification[at + j] = (byte) a[j];
        }
        clamp(get(b, LasColumns.USER_DATA, keep, from, n, 0, v), 255, a);
        for (int j = 0; j < n; j++) {
            to.userData[at + j] = (byte) a[j];
        }
    }

    private void extras(PointBatch b, int[] keep, int from, int n, double @Nullable [] m, LasPoints to, double[] v) {
        int e = 0;
        int nx = indexOf(Column.NX);
        int ny = indexOf(Column.NY);
        int nz = indexOf(Column.NZ);
        boolean turn = m != null && nx >= 0 && ny >= 0 && nz >= 0;
        for (int k = 0; k < extra.size(); k++) {
            Column c = extra.get(k);
            int from0 = extraFrom[k];
            if (from0 < 0) {
                java.util.Arrays.fill(v, 0, n, 0);
            } else if (turn && m != null && ExtraBytesRecord.isNormal(c)) {
                int row = 3 * (c.name().charAt(1) - 'x');
                for (int j = 0; j < n; j++) {
                    int i = keep[from + j];
                    v[j] = m[row] * b.columns[nx][i] + m[row + 1] * b.columns[ny][i] + m[row + 2] * b.columns[nz][i];
                }
            } else {
                double[] col = b.columns[from0];
                for (int j = 0; j < n; j++) {
                    v[j] = col[keep[from + j]];
                }
            }
            ExtraBytesRecord.put(c, v, 0, to.extra, e, to.size, n);
            e += ExtraBytesRecord.size(ExtraBytesRecord.type(c));
        }
    }

    private double[] get(PointBatch b, String name, int[] keep, int from, int n, double missing, double[] v) {
        int k = indexOf(name);
        if (k < 0) {
            java.util.Arrays.fill(v, 0, n, missing);
            return v;
        }
        double[] col = b.columns[k];
        for (int j = 0; j < n; j++) {
            v[j] = col[keep[from + j]];
        }
        return v;
    }

    private static void clamp(double[] v, int max, char[] out) {
        for (int j = 0; j < out.length; j++) {
            out[j] = (char) Math.max(0, Math.min(max, Math.round(v[j])));
        }
    }

    /** An intensity or colour as 16 bits: the declared range of the column, or else that of its type, becomes 0-65535. */
    private void gather16(PointBatch b, String name, int[] keep, int from, int n, double missing, char[] out, int at) {
        int k = indexOf(name);
        if (k < 0) {
            java.util.Arrays.fill(out, at, at + n, (char) missing);
            return;
        }
        Column c = scan.get(k);
        double lo = Double.isNaN(c.min()) ? 0 : c.min();
        double hi = Double.isNaN(c.max()) ? top(c.type()) : c.max();
        if (!(hi > lo)) {
            lo = 0;
            hi = 65535;
        }
        double f = 65535 / (hi - lo);
        double[] col = b.columns[k];
        for (int j = 0; j < n; j++) {
            out[at + j] = (char) Math.max(0, Math.min(65535, Math.round((col[keep[from + j]] - lo) * f)));
        }
    }

    private static double top(Column.Type type) {
        return switch (type) {
            case UINT8 -> 255;
            case FLOAT, DOUBLE -> 1;
            default -> 65535;
        };
    }
}
