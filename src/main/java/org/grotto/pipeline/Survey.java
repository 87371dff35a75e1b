package org.grotto.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;

/**
 * What the points of a file really are, seen in one pass before they are written: where they lie, and between which values
 * their colours and intensities are. What headers declare of either may be untrue, or may be what the type can hold. Costs
 * one reading of the file.
 */
final class Survey {
    private static final int BATCH = 1 << 15;

    private final List<Scan> scans = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    /** The values of some columns. */
    private static final class Values {
        private double least = Double.POSITIVE_INFINITY;
        private double greatest = Double.NEGATIVE_INFINITY;
        private boolean whole = true;

        void add(double v) {
            if (Double.isFinite(v)) {
                least = Math.min(least, v);
                greatest = Math.max(greatest, v);
                whole &= v == Math.rint(v);
            }
        }
    }

    private static final double SIXTEEN_BITS = 65535;

    private record Seen(Scan scan, Box box, Values colour, Values intensity) {}

    private Survey() {}

    static Survey of(PointReader in, Work work) {
        Survey s = new Survey();
        List<Seen> all = new ArrayList<>();
        long total = 0;
        for (Scan scan : in.scans()) {
            total = total < 0 || scan.count() < 0 ? -1 : total + scan.count();
        }
        try (Progress.Step step = work.progress().begin("looking at points", total, "points")) {
            for (int i = 0; i < in.scans().size(); i++) {
                all.add(look(in, i, step));
            }
        }
        Values shared = new Values(); // intensities without limits of their own have one scale in the whole file
        for (Seen seen : all) {
            Column c = KeptColumns.column(seen.scan, Column.INTENSITY);
            if (c != null && IntensityScale.declared(c) == null && seen.intensity.least <= seen.intensity.greatest) {
                shared.add(seen.intensity.least);
                shared.add(seen.intensity.greatest);
            }
        }
        for (int i = 0; i < all.size(); i++) {
            s.scans.add(s.corrected(all.get(i), all.size() > 1 ? "scan " + (i + 1) + ": " : "", shared));
        }
        return s;
    }

    /** The scans with the bounds that their valid points have in the scan's own frame, and the ranges of their values. */
    List<Scan> scans() {
        return scans;
    }

    /** What was declared otherwise, in words. */
    List<String> said() {
        return said;
    }

    private static Seen look(PointReader in, int index, Progress.Step step) {
        Scan scan = in.scans().get(index);
        PointBatch b = new PointBatch(scan.columns(), BATCH);
        int invalid = b.indexOf(Column.INVALID);
        int[] rgb = {b.indexOf(Column.RED), b.indexOf(Column.GREEN), b.indexOf(Column.BLUE)};
        int intensity = b.indexOf(Column.INTENSITY);
        double[] lo = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] hi = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        Values colour = new Values();
        Values bright = new Values();
        try (PointReader.PointCursor c = in.points(index)) {
            while (c.next(b)) {
                for (int i = 0; i < b.size; i++) {
                    if (invalid >= 0 && b.columns[invalid][i] != 0 || !Double.isFinite(b.x[i] + b.y[i] + b.z[i])) {
                        continue;
                    }
                    lo[0] = Math.min(lo[0], b.x[i]);
                    lo[1] = Math.min(lo[1], b.y[i]);
                    lo[2] = Math.min(lo[2], b.z[i]);
                    hi[0] = Math.max(hi[0], b.x[i]);
                    hi[1] = Math.max(hi[1], b.y[i]);
                    hi[2] = Math.max(hi[2], b.z[i]);
                    for (int k : rgb) {
                        if (k >= 0) {
                            colour.add(b.columns[k][i]);
                        }
                    }
                    if (intensity >= 0) {
                        bright.add(b.columns[intensity][i]);
                    }
                }
                step.advance(b.size);
            }
        }
        Box box = lo[0] > hi[0] ? Box.EMPTY : new Box(lo[0], lo[1], lo[2], hi[0], hi[1], hi[2]);
        return new Seen(scan, box, colour, bright);
    }

    private Scan corrected(Seen seen, String where, Values shared) {
        Scan s = seen.scan;
        List<Column> columns = new ArrayList<>();
        boolean told = false;
        for (Column c : s.columns()) {
            boolean colour = c.name().equals(Column.RED)
                    || c.name().equals(Column.GREEN)
                    || c.name().equals(Column.BLUE);
            Column now = colour
                    ? colour(c, seen.colour)
                    : c.name().equals(Column.INTENSITY) ? intensity(c, seen, shared) : c;
            columns.add(now);
            if (!now.equals(c) && (!colour || !told)) {
                told |= colour;
                double[] was = Load.range(c);
                said.add(String.format(
                        Locale.ROOT,
                        "%s%s taken as from %s to %s, as their values say%s",
                        where,
                        colour ? "colours" : "intensities",
                        number(now.min()),
                        number(now.max()),
                        Double.isFinite(c.max())
                                ? "; " + number(was[0]) + " to " + number(was[1])
                                        + " is what the file or its type declares"
                                : ""));
            }
        }
        Box b = s.bounds();
        if (b != null && !b.isEmpty() && !seen.box.isEmpty() && !holds(b, seen.box)) {
            said.add(where + "bounds taken from the points: those that are declared do not hold them");
        }
        return new Scan(
                s.name(),
                s.guid(),
                s.pose(),
                s.eye(),
                s.count(),
                columns,
                seen.box,
                s.xyzType(),
                s.xyzScale(),
                s.xyzOffset(),
                s.metadata());
    }

    private static String number(double v) {
        return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : Double.toString(v);
    }

    private static boolean holds(Box declared, Box seen) {
        double slack = 1e-3 + 1e-6 * seen.longest();
        return seen.minX() >= declared.minX() - slack
                && seen.minY() >= declared.minY() - slack
                && seen.minZ() >= declared.minZ() - slack
                && seen.maxX() <= declared.maxX() + slack
                && seen.maxY() <= declared.maxY() + slack
                && seen.maxZ() <= declared.maxZ() + slack;
    }

    /** The column with the range that its values tell: one that holds them, and 8 bits where a wider one is hardly used. */
    private static Column colour(Column c, Values v) {
        double[] declared = Load.range(c);
        double full = ColourRange.full(c.type(), declared[0], declared[1], v.greatest, v.whole);
        return full == declared[1] ? c : ranged(c, Math.min(0, declared[0]), full);
    }

    private static @Nullable Column same(Column c, double min, double max) {
        return c.min() == min && c.max() == max ? c : null;
    }

    private static Column intensity(Column c, Seen seen, Values shared) {
        Values v = seen.intensity;
        if (v.least > v.greatest) {
            return c;
        }
        if (IntensityScale.declared(c) != null) {
            boolean held = v.least >= c.min() && v.greatest <= c.max();
            return held ? c : ranged(c, Math.min(c.min(), v.least), Math.max(c.max(), v.greatest));
        }
        if (c.type() == Column.Type.UINT8 || c.type() == Column.Type.UINT16) {
            return c;
        }
        boolean whole =
                c.type() != Column.Type.FLOAT && c.type() != Column.Type.DOUBLE && c.type() != Column.Type.SCALED;
        if (whole && shared.least >= 0 && shared.greatest <= SIXTEEN_BITS) {
            return ranged(c, 0, SIXTEEN_BITS); // they are what they are
        }
        double full = whole ? 0 : 1;
        return ranged(c, Math.min(0, shared.least), Math.max(full, shared.greatest));
    }

    private static Column ranged(Column c, double min, double max) {
        Column same = same(c, min, max);
        return same != null ? same : new Column(c.name(), c.type(), min, max, c.scale(), c.offset(), c.note());
    }
}
