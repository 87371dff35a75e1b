package org.grotto.format.las;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;

/** Turns raw LAS points into batches: metres, degrees, one column for each field of the point format. */
final class LasColumns {
    /** Bits 0-3: synthetic, key point, withheld, overlap. */
    static final String FLAGS = "classificationFlags";

    static final String CHANNEL = "scannerChannel";
    static final String DIRECTION = "scanDirection";
    static final String EDGE = "edgeOfFlightLine";
    /** Degrees. */
    static final String ANGLE = "scanAngle";

    static final String USER_DATA = "userData";
    static final String WAVE_INDEX = "waveDescriptor";
    static final String WAVE_OFFSET = "waveOffset";
    static final String WAVE_SIZE = "waveSize";
    static final String WAVE_LOCATION = "waveLocation";
    static final String WAVE_X = "waveX";
    static final String WAVE_Y = "waveY";
    static final String WAVE_Z = "waveZ";
    static final double ANGLE_STEP = 0.006;

    private final LasHeader header;
    private final ExtraColumns extra;
    private final List<Column> columns;

    LasColumns(LasHeader header, ExtraColumns extra) {
        this.header = header;
        this.extra = extra;
        this.columns = List.copyOf(unique(list(header.layout(), extra)));
    }

    List<Column> columns() {
        return columns;
    }

    private static List<Column> list(LasLayout layout, ExtraColumns extra) {
        boolean modern = layout.modern();
        int returns = modern ? 15 : 7;
        List<Column> c = new ArrayList<>();
        c.add(Column.of(Column.INTENSITY, Column.Type.UINT16, 0, 65535));
        c.add(Column.of(Column.RETURN, Column.Type.UINT8, 0, returns));
        c.add(Column.of(Column.RETURNS, Column.Type.UINT8, 0, returns));
        c.add(Column.of(Column.CLASSIFICATION, Column.Type.UINT8, 0, modern ? 255 : 31));
        c.add(Column.of(FLAGS, Column.Type.UINT8, 0, returns));
        c.add(Column.of(DIRECTION, Column.Type.UINT8, 0, 1));
        c.add(Column.of(EDGE, Column.Type.UINT8, 0, 1));
        c.add(
                modern
                        ? new Column(ANGLE, Column.Type.SCALED, -196.608, 196.602, ANGLE_STEP, 0, "degrees")
                        : new Column(ANGLE, Column.Type.INT8, -128, 127, 1, 0, "degrees"));
        c.add(Column.of(USER_DATA, Column.Type.UINT8, 0, 255));
        c.add(Column.of(Column.SOURCE, Column.Type.UINT16, 0, 65535));
        if (modern) {
            c.add(Column.of(CHANNEL, Column.Type.UINT8, 0, 3));
        }
        if (layout.hasTime()) {
            c.add(Column.of(Column.TIME, Column.Type.DOUBLE));
        }
        if (layout.hasColour()) {
            c.add(Column.of(Column.RED, Column.Type.UINT16, 0, 65535));
            c.add(Column.of(Column.GREEN, Column.Type.UINT16, 0, 65535));
            c.add(Column.of(Column.BLUE, Column.Type.UINT16, 0, 65535));
        }
        if (layout.hasNir()) {
            c.add(Column.of(Column.NIR, Column.Type.UINT16, 0, 65535));
        }
        if (layout.hasWave()) {
            c.add(Column.of(WAVE_INDEX, Column.Type.UINT8, 0, 255));
            c.add(Column.of(WAVE_OFFSET, Column.Type.UINT64));
            c.add(Column.of(WAVE_SIZE, Column.Type.UINT32));
            c.add(Column.of(WAVE_LOCATION, Column.Type.FLOAT));
            c.add(Column.of(WAVE_X, Column.Type.FLOAT));
            c.add(Column.of(WAVE_Y, Column.Type.FLOAT));
            c.add(Column.of(WAVE_Z, Column.Type.FLOAT));
        }
        extra.fields().forEach(f -> c.add(f.column()));
        return c;
    }

    private static List<Column> unique(List<Column> all) {
        Set<String> seen = new HashSet<>();
        List<Column> out = new ArrayList<>();
        for (Column c : all) {
            String name = c.name();
            for (int k = 2; !seen.add(name); k++) {
                name = c.name() + "#" + k;
            }
            out.add(new Column(name, c.type(), c.min(), c.max(), c.scale(), c.offset(), c.note()));
        }
        return out;
    }

    /** Takes {@code n} entries of {@code p} from {@code from} on into {@code b} from {@code to} on. */
    void fill(LasPoints p, int from, PointBatch b, int to, int n) {
        double[] scale = header.scale();
        double[] offset = header.offset();
        position(p.x, from, b.x, to, n, scale[0], offset[0]);
        position(p.y, from, b.y, to, n, scale[1], offset[1]);
        position(p.z, from, b.z, to, n, scale[2], offset[2]);
        double[][] c = b.columns;
        int k = 0;
        copy(p.intensity, from, c[k++], to, n);
        boolean modern = p.layout.modern();
        k = modern ? modern(p, from, c, k, to, n) : legacy(p, from, c, k, to, n);
        for (int i = 0; i < n; i++) {
            c[k][to + i] = p.userData[from + i] & 255;
        }
        k++;
        copy(p.source, from, c[k++], to, n);
        if (modern) {
            for (int i = 0; i < n; i++) {
                c[k][to + i] = p.flags[from + i] >>> 4 & 3;
            }
            k++;
        }
        if (p.time != null) {
            for (int i = 0; i < n; i++) {
                c[k][to + i] = Double.longBitsToDouble(p.time[from + i]);
            }
            k++;
        }
        if (p.red != null && p.green != null && p.blue != null) {
            copy(p.red, from, c[k++], to, n);
            copy(p.green, from, c[k++], to, n);
            copy(p.blue, from, c[k++], to, n);
        }
        if (p.nir != null) {
            copy(p.nir, from, c[k++], to, n);
        }
        if (p.wave != null) {
            for (int i = 0; i < n; i++) {
                int w = (from + i) * LasLayout.WAVE_BYTES;
                c[k][to + i] = p.wave[w] & 255;
                c[k + 1][to + i] = Bytes.int64(p.wave, w + 1);
                c[k + 2][to + i] = Bytes.uint32(p.wave, w + 9);
                for (int j = 0; j < 4; j++) {
                    c[k + 3 + j][to + i] = Float.intBitsToFloat(Bytes.int32(p.wave, w + 13 + 4 * j));
                }
            }
            k += 7;
        }
        for (ExtraColumns.Field f : extra.fields()) {
            f.get(p, from, c[k++], to, n);
        }
    }

    private static int modern(LasPoints p, int from, double[][] c, int k, int to, int n) {
        for (int i = 0; i < n; i++) {
            int r = p.returns[from + i];
            int f = p.flags[from + i];
            c[k][to + i] = r & 15;
            c[k + 1][to + i] = r >>> 4 & 15;
            c[k + 2][to + i] = p.classification[from + i] & 255;
            c[k + 3][to + i] = f & 15;
            c[k + 4][to + i] = f >>> 6 & 1;
            c[k + 5][to + i] = f >>> 7 & 1;
            c[k + 6][to + i] = p.scanAngle[from + i] * ANGLE_STEP;
        }
        return k + 7;
    }

    private static int legacy(LasPoints p, int from, double[][] c, int k, int to, int n) {
        for (int i = 0; i < n; i++) {
            int r = p.returns[from + i];
            int f = p.classification[from + i];
            c[k][to + i] = r & 7;
            c[k + 1][to + i] = r >>> 3 & 7;
            c[k + 2][to + i] = f & 31;
            c[k + 3][to + i] = f >>> 5 & 7;
            c[k + 4][to + i] = r >>> 6 & 1;
            c[k + 5][to + i] = r >>> 7 & 1;
            c[k + 6][to + i] = p.scanAngle[from + i];
        }
        return k + 7;
    }

    private static void position(int[] raw, int from, double[] out, int to, int n, double scale, double offset) {
        for (int i = 0; i < n; i++) {
            out[to + i] = raw[from + i] * scale + offset;
        }
    }

    private static void copy(char[] raw, int from, double[] out, int to, int n) {
        for (int i = 0; i < n; i++) {
            out[to + i] = raw[from + i];
        }
    }
}
