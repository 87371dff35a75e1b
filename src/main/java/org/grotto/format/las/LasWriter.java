package org.grotto.format.las;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointWriter;
import org.grotto.format.Scan;
import org.grotto.geometry.Box;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * Writes LAS 1.4 or LAZ (layered chunks of 50,000 points, compressed in parallel, the same bytes on any number of
 * threads): point format 6, 7 with colour, 8 with near infrared. Columns that the format has no field for become extra
 * bytes that keep their type. Scans are joined: poses are applied, and several scans are told apart by their point source
 * id, which is the scan's index plus one. Points without a valid position are left out. {@link #lost} says so.
 */
public final class LasWriter implements PointWriter {
    private static final int CHUNK = 50_000;

    private final Path file;
    private final LasWriteOptions options;
    private final List<Scan> expected;
    private final Work work;
    private final TreeMap<String, Long> lost = new TreeMap<>();

    private @Nullable LasOutput out;
    private @Nullable LasFields fields;
    private double[] scale = {1, 1, 1};
    private double[] offset = {0, 0, 0};
    /** True until the first point decides on the offset, where no scan says where its points are. */
    private boolean offsetOpen;

    private boolean severalScans;
    private int scanIndex = -1;
    private @Nullable Pose pose;
    private @Nullable LasPoints current;
    private final List<LasPoints> full = new ArrayList<>();
    private final List<LasPoints> spare = new ArrayList<>();

    /**
     * @param expected the scans that will be written, in order: their columns together make the record. Empty: the first
     *     scan decides, and what later ones have beyond it is lost
     */
    public LasWriter(Path file, LasWriteOptions options, List<Scan> expected, Work work) {
        this.file = file;
        this.options = options;
        this.expected = List.copyOf(expected);
        this.work = work;
    }

    @Override
    public void begin(Scan scan) {
        scanIndex++;
        severalScans = severalScans || expected.size() > 1 || scanIndex > 0;
        pose = scan.pose() == null || scan.pose().isIdentity() ? null : scan.pose();
        if (pose != null) {
            note("pose of a scan (applied to its points: LAS has no place for it)", 1);
        }
        if (fields == null) {
            start(expected.isEmpty() ? List.of(scan) : expected);
        }
        LasFields f = java.util.Objects.requireNonNull(fields);
        f.map(scan.columns());
        for (String s : f.losses(severalScans)) {
            note(s, 1);
        }
    }

    private void start(List<Scan> scans) {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (Scan s : scans) {
            s.columns().forEach(c -> columns.putIfAbsent(c.name(), c));
        }
        LasFields f = new LasFields(List.copyOf(columns.values()));
        fields = f;
        grid(scans);
        List<byte[]> vlrs = new ArrayList<>();
        if (options.compress()) {
            vlrs.add(Vlr.bytes(Vlr.LASZIP, Vlr.LASZIP_ID, "LASzip by Grotto", LazItems.bytes(f.layout(), CHUNK)));
        }
        if (!f.extra().isEmpty()) {
            vlrs.add(ExtraBytesRecord.record(f.extra()));
        }
        String crs = options.crs();
        if (crs != null && isWkt(crs)) {
            vlrs.add(wktRecord(crs));
        } else if (crs != null) {
            note("coordinate reference system \"" + crs + "\" (LAS takes WKT)", 1);
        }
        out = new LasOutput(
                file, f.layout(), scale, offset, vlrs, options.compress(), false, options.day(), options.year());
    }

    static boolean isWkt(String crs) {
        return crs.matches("(?s)\\s*[A-Za-z_]+\\s*\\[.*") && crs.getBytes(StandardCharsets.UTF_8).length < 65_534;
    }

    static byte[] wktRecord(String crs) {
        byte[] text = crs.getBytes(StandardCharsets.UTF_8);
        return Vlr.bytes(Vlr.PROJECTION, Vlr.WKT, "OGC WKT", java.util.Arrays.copyOf(text, text.length + 1));
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
            scale = s.clone();
            offset = o.clone();
            return;
        }
        scale = new double[] {options.step(), options.step(), options.step()};
        offsetOpen = all.isEmpty();
        if (!offsetOpen) {
            offset = new double[] {
                Math.rint((all.minX() + all.maxX()) / 2),
                Math.rint((all.minY() + all.maxY()) / 2),
                Math.rint((all.minZ() + all.maxZ()) / 2)
            };
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

    @Override
    public void write(PointBatch batch) {
        LasFields f = fields;
        if (f == null || out == null) {
            throw new IllegalStateException("write before begin");
        }
        Pose p = pose;
        double[] m = p == null ? null : p.matrix();
        int invalid = batch.indexOf(Column.INVALID);
        int[] keep = new int[batch.size];
        int n = 0;
        for (int i = 0; i < batch.size; i++) {
            boolean ok = (invalid < 0 || batch.columns[invalid][i] == 0)
                    && Double.isFinite(batch.x[i] + batch.y[i] + batch.z[i]);
            if (ok) {
                keep[n++] = i;
            }
        }
        if (n < batch.size) {
            note("points without a valid position", batch.size - n);
        }
        for (int done = 0; done < n; ) {
            LasPoints to = current();
            int k = Math.min(n - done, to.capacity - to.size);
            positions(batch, keep, done, k, m, p, to);
            f.fill(batch, keep, done, k, m, to, severalScans ? scanIndex + 1 : -1);
            to.size += k;
            done += k;
            if (to.size == to.capacity) {
                full.add(to);
                current = null;
                if (full.size() >= 2 * work.threads()) {
                    flush();
                }
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
                java.util.Objects.requireNonNull(out).offset(offset);
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
                    + " m; choose a coarser step.");
        }
        return (int) r;
    }

    private LasPoints current() {
        LasPoints p = current;
        if (p == null) {
            LasFields f = java.util.Objects.requireNonNull(fields);
            p = spare.isEmpty() ? new LasPoints(f.layout(), CHUNK) : spare.removeLast();
            p.size = 0;
            current = p;
        }
        return p;
    }

    private void flush() {
        LasOutput o = java.util.Objects.requireNonNull(out);
        boolean compress = options.compress();
        List<LasOutput.Summary> summaries =
                work.map(full.size(), k -> LasOutput.Summary.of(full.get(k), 0, full.get(k).size));
        List<byte[]> data = work.map(full.size(), k -> {
            LasPoints p = full.get(k);
            if (compress) {
                return LayeredEncoder.encode(p, 0, p.size, false);
            }
            byte[] b = new byte[p.size * p.layout.length()];
            p.toRecords(0, p.size, b, 0);
            return b;
        });
        for (int k = 0; k < data.size(); k++) {
            o.add(summaries.get(k));
            if (compress) {
                o.chunk(data.get(k), full.get(k).size);
            } else {
                o.records(data.get(k));
            }
        }
        spare.addAll(full);
        full.clear();
    }

    private void note(String what, long n) {
        lost.merge(what, n, Long::sum);
    }

    @Override
    public void end() {}

    @Override
    public List<String> lost() {
        List<String> list = new ArrayList<>();
        lost.forEach((what, n) -> list.add(n == 1 ? what : n + " x " + what));
        return list;
    }

    @Override
    public void close() {
        if (fields == null) {
            start(expected.isEmpty() ? List.of(EMPTY) : expected);
        }
        LasPoints p = current;
        if (p != null && p.size > 0) {
            full.add(p);
        }
        current = null;
        try (LasOutput o = java.util.Objects.requireNonNull(out)) {
            flush();
            o.endPoints();
            o.finish();
        }
    }

    private static final Scan EMPTY =
            new Scan("", null, null, null, 0, List.of(), null, Column.Type.DOUBLE, null, null, Map.of());
}
