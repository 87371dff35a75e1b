package org.grotto.pipeline;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.grotto.base.Faults;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.Scan;
import org.grotto.geometry.Pose;
import org.grotto.scene.Station;
import org.jspecify.annotations.Nullable;

/**
 * What the batches of one scan bring to a cloud: places, normals, colours and intensities, each in a pass of its own over
 * those points of a batch that are kept. It counts what is left out, and what lies beyond what the scan declares.
 */
final class ScanIntake {
    /** Metres; no survey of a place on Earth has such coordinates, whole micrometres of doubles end there. */
    private static final double FARTHEST = 1e9;

    private static final int FULL = 65535;
    private static final List<String> NORMAL = List.of(Column.NX, Column.NY, Column.NZ);
    private static final List<String> COLOUR = List.of(Column.RED, Column.GREEN, Column.BLUE);

    /** Rows of the batch that are kept, after {@link #places}. */
    final int[] kept;

    private final Scan scan;
    private final PointBatch b;
    private final CloudBuilder builder;
    private final int first;
    private final int invalid;
    private final int intensity;
    private final int @Nullable [] normal;
    private final int @Nullable [] colour;
    /** From the scan to the cloud's frame, rows, then the shift; and for normals. */
    private final double[] m;

    private final double[] upright;
    private final double[] x;
    private final double[] y;
    private final double[] z;
    private int count;

    private final Station.@Nullable Limits limits;
    private final double low;
    private final double high;
    private double least;
    private double greatest;
    private long above;
    private long below;

    private final double none;
    private final double declared;
    private double full;
    private double most;

    private long marked;
    private long bad;
    private long beyond;
    private @Nullable String outside;

    /**
     * @param b what every batch is read into
     * @param placed where the scan stands, in its file's units
     */
    ScanIntake(Scan scan, PointBatch b, Frame frame, @Nullable Pose placed, CloudBuilder builder) {
        this.scan = scan;
        this.b = b;
        this.builder = builder;
        first = builder.size();
        invalid = b.indexOf(Column.INVALID);
        intensity = b.indexOf(Column.INTENSITY);
        normal = all(b, NORMAL);
        colour = all(b, COLOUR);
        m = frame.placed(placed);
        upright = frame.normals(placed);
        int n = b.x.length;
        kept = new int[n];
        x = new double[n];
        y = new double[n];
        z = new double[n];
        limits = intensity >= 0 ? IntensityScale.declared(scan.columns().get(intensity)) : null;
        low = limits == null ? 0 : limits.min();
        high = limits == null ? 1 : limits.max();
        double[] range =
                colour == null ? new double[2] : Load.range(scan.columns().get(colour[0]));
        none = range[0];
        declared = range[1];
        full = declared;
    }

    /** Where the columns of these names stand, or null where one is missing. */
    private static int @Nullable [] all(PointBatch b, List<String> names) {
        int[] at = names.stream().mapToInt(b::indexOf).toArray();
        for (int i : at) {
            if (i < 0) {
                return null;
            }
        }
        return at;
    }

    /** The names of the columns that end here, apart from the places; more may be added. */
    Set<String> used() {
        Set<String> used = new HashSet<>(List.of(Column.INTENSITY, Column.INVALID));
        if (normal != null) {
            used.addAll(NORMAL);
        }
        if (colour != null) {
            used.addAll(COLOUR);
        }
        return used;
    }

    /** Takes the places of the batch; gives how many of its points are kept. */
    int places() {
        double[] marks = invalid < 0 ? null : b.columns[invalid];
        int n = 0;
        for (int i = 0; i < b.size; i++) {
            if (marks != null && marks[i] != 0) {
                marked++;
                continue;
            }
            double px = m[0] * b.x[i] + m[1] * b.y[i] + m[2] * b.z[i] + m[9];
            double py = m[3] * b.x[i] + m[4] * b.y[i] + m[5] * b.z[i] + m[10];
            double pz = m[6] * b.x[i] + m[7] * b.y[i] + m[8] * b.z[i] + m[11];
            if (!(Math.abs(px) < FARTHEST && Math.abs(py) < FARTHEST && Math.abs(pz) < FARTHEST)) {
                lost(px, py, pz);
                continue;
            }
            kept[n] = i;
            x[n] = px;
            y[n] = py;
            z[n++] = pz;
        }
        count = n;
        return n;
    }

    private void lost(double px, double py, double pz) {
        if (Double.isFinite(px + py + pz)) {
            beyond++;
            outside = outside == null ? String.format(Locale.ROOT, "%.6g %.6g %.6g", px, py, pz) : outside;
        } else {
            bad++;
        }
    }

    /** Adds the points kept, with all that they carry. @param station whose each of them is */
    void add(int[] station) {
        int from = builder.size();
        for (int k = 0; k < count; k++) {
            builder.add(x[k], y[k], z[k], station[k]);
        }
        if (normal != null) {
            normals(from, b.columns[normal[0]], b.columns[normal[1]], b.columns[normal[2]]);
        }
        if (colour != null) {
            colours(from, b.columns[colour[0]], b.columns[colour[1]], b.columns[colour[2]]);
        }
        if (intensity >= 0) {
            intensities(from, b.columns[intensity]);
        }
    }

    private void normals(int from, double[] nx, double[] ny, double[] nz) {
        for (int k = 0; k < count; k++) {
            int i = kept[k];
            double wx = upright[0] * nx[i] + upright[1] * ny[i] + upright[2] * nz[i];
            double wy = upright[3] * nx[i] + upright[4] * ny[i] + upright[5] * nz[i];
            double wz = upright[6] * nx[i] + upright[7] * ny[i] + upright[8] * nz[i];
            double l = Math.sqrt(wx * wx + wy * wy + wz * wz);
            if (l > 0 && l < Double.POSITIVE_INFINITY) {
                builder.normal(from + k, wx / l, wy / l, wz / l);
            } else {
                builder.normal(from + k, 0, 0, 0); // none; to be estimated
            }
        }
    }

    private void colours(int from, double[] red, double[] green, double[] blue) {
        for (int k = 0; k < count; k++) {
            int i = kept[k];
            double value = Math.max(red[i], Math.max(green[i], blue[i]));
            if (value > full) {
                widen(value);
            }
            double scale = FULL / (full - none);
            builder.colour(
                    from + k,
                    sixteen((red[i] - none) * scale),
                    sixteen((green[i] - none) * scale),
                    sixteen((blue[i] - none) * scale));
            most = Math.max(most, value);
        }
    }

    private void widen(double value) {
        double wider = ColourRange.full(colourType(), none, full, value, true);
        builder.scaleColour(first, (full - none) / (wider - none));
        full = wider;
    }

    private Column.Type colourType() {
        return colour == null
                ? Column.Type.UINT8
                : scan.columns().get(colour[0]).type();
    }

    private static int sixteen(double v) {
        return (int) Math.max(0, Math.min(FULL, Math.round(v)));
    }

    private void intensities(int from, double[] given) {
        for (int k = 0; k < count; k++) {
            double v = (given[kept[k]] - low) / (high - low);
            v = Double.isFinite(v) ? v : 0;
            builder.intensity(from + k, v);
            least = Math.min(least, v);
            greatest = Math.max(greatest, v);
            above += v > 1 ? 1 : 0;
            below += v < 0 ? 1 : 0;
        }
    }

    /** After the last batch: brings colours to their true range where the declared one is not it; what is to be said of it. */
    @Nullable
    String colours() {
        if (colour == null) {
            return null;
        }
        if (full != declared) {
            return "colours beyond " + number(declared) + ", which is declared as full: " + number(full) + " was taken";
        }
        Column.Type type = colourType();
        if (type != Column.Type.FLOAT && ColourRange.full(type, none, full, most, true) == 255 && full > 255) {
            builder.scaleColour(first, full / 255);
            return "colours of 8 bit in " + (full == FULL ? "16-bit" : "wider") + " fields were widened";
        }
        return null;
    }

    /** After the last batch: what lies beyond declared limits is a fault; what has none goes to {@code scale}. */
    void intensities(Faults faults, IntensityScale scale, String where, int firstStation, int endStation) {
        if (limits != null) {
            faults.add("intensity above what its scan declares", above, where);
            faults.add("intensity below what its scan declares", below, where);
        } else if (intensity >= 0) {
            IntensityScale.Stretch s = new IntensityScale.Stretch(
                    scan.columns().get(intensity), where, first, builder.size(), firstStation, endStation);
            scale.open(s, least, greatest);
        }
    }

    /** After the last batch: counts what is no point. */
    void leftOut(Faults faults, String file) {
        faults.add("points that the scanner marked as invalid", marked, file);
        faults.add("positions that are no numbers", bad, file);
    }

    /** How many points lie farther off than any place, and where the first of them, or null. */
    long beyond() {
        return beyond;
    }

    @Nullable
    String outside() {
        return outside;
    }

    private static String number(double v) {
        return v == Math.rint(v) ? Long.toString((long) v) : Double.toString(v);
    }
}
