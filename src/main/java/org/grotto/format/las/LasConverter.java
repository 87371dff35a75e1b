package org.grotto.format.las;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.Scan;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;
import org.grotto.geometry.Box;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * Turns batches of any scans into blocks of raw LAS points: point format 6, 7 with colour, 8 with near infrared. Columns
 * that the format has no field for become extra bytes that keep their type. Poses are applied, several scans are told
 * apart by their point source id (the scan's index plus one), points without a valid position are left out; {@link #lost}
 * says so.
 */
public final class LasConverter {
    /** Points in a block, the last one aside. */
    public static final int BLOCK = 50_000;

    private final Path file;
    private final double step;
    private final Consumer<LasPoints> sink;
    private final LasFields fields;
    private final TreeMap<String, Long> lost = new TreeMap<>();
    private double[] scale = {1, 1, 1};
    private double[] offset = {0, 0, 0};
    /** True until the first point decides on the offset, where no scan says where its points are. */
    private boolean offsetOpen;

    private final boolean standardTime;
    private boolean severalScans;
    private int scanIndex = -1;
    private @Nullable Pose pose;
    private @Nullable LasPoints current;
    private long kept;
    private long notANumber;
    private long marked;

    /**
     * @param file for messages
     * @param step metres between raw positions where the scans do not share a grid of their own
     * @param scans the scans to come, at least one: their columns together make the record
     * @param sink gets each block as it fills; the block is then the sink's
     */
    public LasConverter(Path file, double step, List<Scan> scans, Consumer<LasPoints> sink) {
        this.file = file;
        this.step = step;
        this.sink = sink;
        this.severalScans = scans.size() > 1;
        this.standardTime =
                LasReader.STANDARD_TIME.equals(scans.getFirst().metadata().get(LasReader.TIME_KEY));
        Map<String, Column> columns = new LinkedHashMap<>();
        for (Scan s : scans) {
            s.columns().forEach(c -> columns.putIfAbsent(c.name(), c));
        }
        this.fields = new LasFields(List.copyOf(columns.values()));
        grid(scans);
    }

    public LasLayout layout() {
        return fields.layout();
    }

    /** Metres = raw * scale + offset, {x, y, z}. */
    public double[] scale() {
        return scale.clone();
    }

    /** Settled once a point has been seen. */
    public double[] offset() {
        return offset.clone();
    }

    /** True where the first scan says that its times are adjusted standard GPS times. */
    public boolean standardTime() {
        return standardTime;
    }

    /** The Extra Bytes record that describes the extra bytes of {@link #layout}, or null where there are none. */
    byte @Nullable [] extraBytesRecord() {
        return fields.extra().isEmpty() ? null : ExtraBytesRecord.record(fields.extra());
    }

    /** The payload of that record. */
    public byte @Nullable [] extraBytesPayload() {
        return fields.extra().isEmpty() ? null : extraBytes(fields.extra());
    }

    /** The payload of the Extra Bytes record that describes {@code columns}. */
    public static byte[] extraBytes(List<Column> columns) {
        byte[] r = ExtraBytesRecord.record(columns);
        return java.util.Arrays.copyOfRange(r, Vlr.HEAD, r.length);
    }

    /** The next scan; batches with its columns follow. */
    public void begin(Scan scan) {
        scanIndex++;
        severalScans = severalScans || scanIndex > 0;
        pose = scan.pose() == null || scan.pose().isIdentity() ? null : scan.pose();
        if (pose != null) {
            note("pose of a scan (applied to its points: LAS has no place for it)", 1);
        }
        fields.map(scan.columns());
        for (String s : fields.losses(severalScans)) {
            note(s, 1);
        }
    }

    /** The scans' own grid where they share one and it holds them; else whole metres near the middle and the step. */
    private void grid(List<Scan> scans) {
        double[] s = scans.getFirst().xyzScale();
        double[] o = scans.getFirst().xyzOffset() == null
                ? new double[3]
                : scans.getFirst().xyzOffset();
        boolean shared = s != null && o != null;
        Box all = Box.EMPTY;
        for (Scan c : scans) {
            shared = shared
                    && (c.pose() == null || c.pose().isIdentity())
                    && java.util.Arrays.equals(c.xyzScale(), s)
                    && java.util.Arrays.equals(c.xyzOffset() == null ? new double[3] : c.xyzOffset(), o);
            if (c.bounds() != null && !c.bounds().isEmpty()) {
                all = all.union(placed(c.bounds(), c.pose()));
            }
        }
        if (shared && s != null && o != null && (all.isEmpty() || holds(s, o, all))) {
            scale = new double[] {Math.abs(s[0]), Math.abs(s[1]), Math.abs(s[2])}; // the same places, counted upwards
            offset = o.clone();
            return;
        }
        scale = new double[] {step, step, step};
        coarsen(all);
        offsetOpen = all.isEmpty();
        if (!offsetOpen) {
            offset = new double[] {
                Math.rint((all.minX() + all.maxX()) / 2),
                Math.rint((all.minY() + all.maxY()) / 2),
                Math.rint((all.minZ() + all.maxZ()) / 2)
            };
        }
    }

    /** Steps ten times as long, axis by axis, until 32 bits hold what {@code all} spans. */
    private void coarsen(Box all) {
        double[] size = all.isEmpty() ? new double[3] : new double[] {all.sizeX(), all.sizeY(), all.sizeZ()};
        for (int k = 0; k < 3; k++) {
            while (size[k] / 2 + 2 > scale[k] * (Integer.MAX_VALUE - 2.0) && size[k] < Double.POSITIVE_INFINITY) {
                scale[k] *= 10;
            }
            scale[k] = scale[k] == step ? step : Double.parseDouble(String.format(Locale.ROOT, "%.6g", scale[k]));
            if (scale[k] != step) {
                note(
                        "positions along " + "xyz".charAt(k) + " finer than " + scale[k] + " m: the points span "
                                + String.format(Locale.ROOT, "%.6g", size[k]) + " m, and LAS counts steps in 32 bits",
                        1);
            }
        }
    }

    private static boolean holds(double[] s, double[] o, Box b) {
        double[] lo = {b.minX(), b.minY(), b.minZ()};
        double[] hi = {b.maxX(), b.maxY(), b.maxZ()};
        for (int k = 0; k < 3; k++) {
            if (!(Math.abs((lo[k] - o[k]) / s[k]) < Integer.MAX_VALUE
                    && Math.abs((hi[k] - o[k]) / s[k]) < Integer.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    private static Box placed(Box b, @Nullable Pose p) {
        if (p == null || p.isIdentity()) {
            return b;
        }
        double[] m = p.matrix();
        Box all = Box.EMPTY;
        for (int c = 0; c < 8; c++) {
            double x = (c & 1) == 0 ? b.minX() : b.maxX();
            double y = (c & 2) == 0 ? b.minY() : b.maxY();
            double z = (c & 4) == 0 ? b.minZ() : b.maxZ();
            all = all.with(
                    m[0] * x + m[1] * y + m[2] * z + p.tx(),
                    m[3] * x + m[4] * y + m[5] * z + p.ty(),
                    m[6] * x + m[7] * y + m[8] * z + p.tz());
        }
        return all;
    }

    public void write(PointBatch batch) {
        Pose p = pose;
        double[] m = p == null ? null : p.matrix();
        int invalid = batch.indexOf(Column.INVALID);
        int[] keep = new int[batch.size];
        int n = 0;
        for (int i = 0; i < batch.size; i++) {
            if (invalid >= 0 && batch.columns[invalid][i] != 0) {
                marked++;
            } else if (!Double.isFinite(batch.x[i] + batch.y[i] + batch.z[i])) {
                notANumber++;
            } else {
                keep[n++] = i;
            }
        }
        kept += n;
        for (int done = 0; done < n; ) {
            LasPoints to = current();
            int k = Math.min(n - done, to.capacity - to.size);
            positions(batch, keep, done, k, m, p, to);
            fields.fill(batch, keep, done, k, m, to, severalScans ? scanIndex + 1 : -1);
            to.size += k;
            done += k;
            if (to.size == to.capacity) {
                current = null;
                sink.accept(to);
            }
        }
    }

    private void positions(
            PointBatch b, int[] keep, int from, int n, double @Nullable [] m, @Nullable Pose p, LasPoints to) {
        for (int j = 0; j < n; j++) {
            int i = keep[from + j];
            double x = b.x[i];
            double y = b.y[i];
            double z = b.z[i];
            if (m != null && p != null) {
                double u = m[0] * x + m[1] * y + m[2] * z + p.tx();
                double v = m[3] * x + m[4] * y + m[5] * z + p.ty();
                z = m[6] * x + m[7] * y + m[8] * z + p.tz();
                x = u;
                y = v;
            }
            if (offsetOpen) {
                offsetOpen = false;
                offset = new double[] {Math.rint(x), Math.rint(y), Math.rint(z)};
            }
            to.x[to.size + j] = raw(x, 0);
            to.y[to.size + j] = raw(y, 1);
            to.z[to.size + j] = raw(z, 2);
        }
    }

    private int raw(double v, int axis) {
        double r = Math.rint((v - offset[axis]) / scale[axis]);
        if (!(r >= Integer.MIN_VALUE && r <= Integer.MAX_VALUE)) {
            throw GrottoException.badRequest(file + ": a point at " + "xyz".charAt(axis) + " = " + v
                    + " m does not fit into LAS with a step of " + scale[axis] + " m around " + offset[axis]
                    + " m; the bounds of its scan, as far as declared, do not hold it.");
        }
        return (int) r;
    }

    private LasPoints current() {
        LasPoints p = current;
        if (p == null) {
            p = new LasPoints(fields.layout(), LasPoints.modest(fields.layout(), BLOCK));
            current = p;
        }
        return p;
    }

    /** Hands the last, shorter block to the sink. */
    public void finish() {
        LasPoints p = current;
        current = null;
        if (p != null && p.size > 0) {
            sink.accept(p);
        }
    }

    /** How many points of all batches became LAS points. */
    public long kept() {
        return kept;
    }

    void note(String what, long n) {
        lost.merge(what, n, Long::sum);
    }

    /** What of the scans LAS could not keep, in words. */
    public List<String> lost() {
        List<String> list = new ArrayList<>();
        if (notANumber > 0) {
            list.add(points(notANumber) + " whose position is no number (LAS has no place for them)");
        }
        if (marked > 0) {
            list.add(points(marked) + " whose position the scanner marked as invalid (LAS has no place for them)");
        }
        lost.forEach((what, n) -> list.add(n == 1 ? what : n + " x " + what));
        return list;
    }

    private static String points(long n) {
        return n == 1 ? "1 point" : n + " points";
    }
}
