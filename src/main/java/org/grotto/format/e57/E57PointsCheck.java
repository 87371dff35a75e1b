package org.grotto.format.e57;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.base.Job;
import org.grotto.format.Findings;
import org.jspecify.annotations.Nullable;

/** The values of a scan's points against the limits and bounds that are stated of them; memory is a packet a field. */
final class E57PointsCheck {
    private static final int BLOCK = 4096;
    private static final String DATA = E57Check.STANDARD + "Data3D";
    private static final String EXPORT = E57Check.EXPORT;

    private final E57Pages pages;
    private final E57Tree.Points points;
    private final Findings f;
    private final String where;
    private final Map<String, double[]> values = new HashMap<>();
    /** Least and greatest value of each field, and of the valid points alone. */
    private final Map<String, double[]> span = new HashMap<>();

    private final Map<String, Long> broken = new HashMap<>();
    private long unmeasured;

    E57PointsCheck(E57Pages pages, E57Tree.Points points, Findings f) {
        this.pages = pages;
        this.points = points;
        this.f = f;
        this.where = points.where() + "/points";
    }

    void run() {
        E57Prototype p = points.prototype();
        long left = p.count();
        if (left == 0) {
            return;
        }
        try {
            E57Pages.Window window = pages.window();
            E57SectionHead head = E57SectionHead.read(pages, window, p);
            int n = p.fields().size();
            List<E57Stream> streams = new ArrayList<>();
            List<E57Field> fields = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                E57Field field = p.fields().get(i);
                if (field.kind() != E57Field.Kind.STRING && !values.containsKey(field.name())) {
                    streams.add(new E57Stream(pages, window, field, i, n, head.first(), head.end()));
                    fields.add(field);
                    values.put(field.name(), new double[BLOCK]);
                    span.put(field.name(), none());
                }
            }
            while (left > 0) {
                Job.current().check();
                int k = (int) Math.min(left, BLOCK);
                for (int i = 0; i < fields.size(); i++) {
                    streams.get(i).read(values(fields.get(i).name()), k);
                }
                for (E57Field field : fields) {
                    limits(field, k);
                }
                rules(k);
                left -= k;
            }
        } catch (GrottoException e) {
            f.refusal(pages.path, E57Check.STANDARD + "data packets", e);
            return;
        }
        tell();
        bounds();
    }

    private static double[] none() {
        return new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    }

    private double[] values(String field) {
        double[] v = values.get(field);
        return v == null ? new double[0] : v;
    }

    private void breaks(String rule, long n) {
        if (n > 0) {
            broken.merge(rule, n, Long::sum);
        }
    }

    /** Values outside of the limits that the prototype states. */
    private void limits(E57Field field, int n) {
        boolean real = field.kind() == E57Field.Kind.SINGLE || field.kind() == E57Field.Kind.DOUBLE;
        // limits stand as text, which many programs round to seven digits
        double slack = real ? 1e-6 * Math.max(Math.abs(field.lowest()), Math.abs(field.highest())) : 0;
        double low = field.smallest() - slack;
        double high = field.largest() + slack;
        double[] v = values(field.name());
        long out = 0;
        for (int i = 0; i < n; i++) {
            out += v[i] < low || v[i] > high ? 1 : 0;
        }
        breaks(
                field.name() + " outside of the limits in the prototype, " + field.smallest() + " to "
                        + field.largest(),
                out);
    }

    /** 0 where the state is not stored. */
    private boolean @Nullable [] flagged(String field, int n) {
        double[] v = values.get(field);
        if (v == null) {
            return null;
        }
        boolean[] flag = new boolean[n];
        for (int i = 0; i < n; i++) {
            flag[i] = v[i] != 0;
        }
        return flag;
    }

    private void rules(int n) {
        boolean[] cartesian = flagged("cartesianInvalidState", n);
        boolean[] spherical = flagged("sphericalInvalidState", n);
        boolean[] colour = flagged("isColorInvalid", n);
        boolean[] intensity = flagged("isIntensityInvalid", n);
        for (Map.Entry<String, double[]> e : values.entrySet()) {
            String name = e.getKey();
            boolean[] invalid = name.startsWith("cartesian") && name.length() == 10
                    ? cartesian
                    : name.startsWith("spherical") && !name.endsWith("State")
                            ? spherical
                            : name.startsWith("color") ? colour : name.equals("intensity") ? intensity : null;
            double[] s = span.computeIfAbsent(name, k -> none());
            double[] v = e.getValue();
            long missing = 0;
            double lo = s[0];
            double hi = s[1];
            for (int i = 0; i < n; i++) {
                if (invalid != null && invalid[i]) {
                    continue;
                }
                missing += Double.isFinite(v[i]) ? 0 : 1;
                lo = Math.min(lo, Double.isFinite(v[i]) ? v[i] : lo);
                hi = Math.max(hi, Double.isFinite(v[i]) ? v[i] : hi);
            }
            s[0] = lo;
            s[1] = hi;
            if (name.startsWith("cartesian") || name.startsWith("spherical")) {
                unmeasured += missing;
            }
        }
        states("cartesianInvalidState", n, 2);
        states("sphericalInvalidState", n, 2);
        states("isColorInvalid", n, 1);
        states("isIntensityInvalid", n, 1);
        states("isTimeStampInvalid", n, 1);
        double[] range = values.get("sphericalRange");
        double[] elevation = values.get("sphericalElevation");
        double[] azimuth = values.get("sphericalAzimuth");
        if (range != null && elevation != null && azimuth != null) {
            long negative = 0;
            long steep = 0;
            for (int i = 0; i < n; i++) {
                boolean valid = spherical == null || !spherical[i];
                negative += valid && range[i] < 0 ? 1 : 0;
                steep += valid && Math.abs(elevation[i]) > Math.PI / 2 + 1e-6 ? 1 : 0;
            }
            breaks("sphericalRange below zero", negative);
            breaks("sphericalElevation beyond a right angle", steep);
        }
        double[] index = values.get("returnIndex");
        double[] count = values.get("returnCount");
        if (index != null && count != null) {
            long beyond = 0;
            for (int i = 0; i < n; i++) {
                beyond += index[i] >= count[i] ? 1 : 0;
            }
            breaks("returnIndex, which counts from 0, not below returnCount", beyond);
        }
    }

    private void states(String name, int n, int most) {
        double[] v = values.get(name);
        if (v == null) {
            return;
        }
        long out = 0;
        for (int i = 0; i < n; i++) {
            out += v[i] < 0 || v[i] > most ? 1 : 0;
        }
        breaks(name + " other than 0 to " + most, out);
    }

    private void tell() {
        String[] rules = broken.keySet().toArray(String[]::new);
        Arrays.sort(rules);
        for (String rule : rules) {
            long n = broken.getOrDefault(rule, 0L);
            f.fault(where, E57Tree.RECORD, n + (n == 1 ? " point has " : " points have ") + rule, EXPORT);
        }
        if (unmeasured > 0) {
            f.note(
                    where,
                    E57Tree.RECORD,
                    unmeasured + " coordinates of points that are not marked as invalid are no numbers",
                    "mark them with cartesianInvalidState");
        }
    }

    private void bounds() {
        E57Node scan = points.scan();
        E57Node box = scan.child("cartesianBounds");
        for (String axis : List.of("X", "Y", "Z")) {
            String low = axis.toLowerCase(Locale.ROOT);
            within(box, low + "Minimum", low + "Maximum", "cartesian" + axis, "cartesianBounds");
        }
        E57Node sphere = scan.child("sphericalBounds");
        within(sphere, "rangeMinimum", "rangeMaximum", "sphericalRange", "sphericalBounds");
        within(sphere, "elevationMinimum", "elevationMaximum", "sphericalElevation", "sphericalBounds");
        E57Node index = scan.child("indexBounds");
        within(index, "rowMinimum", "rowMaximum", "rowIndex", "indexBounds");
        within(index, "columnMinimum", "columnMaximum", "columnIndex", "indexBounds");
        within(index, "returnMinimum", "returnMaximum", "returnIndex", "indexBounds");
        within(scan.child("intensityLimits"), "intensityMinimum", "intensityMaximum", "intensity", "intensityLimits");
        for (String c : List.of("colorRed", "colorGreen", "colorBlue")) {
            within(scan.child("colorLimits"), c + "Minimum", c + "Maximum", c, "colorLimits");
        }
    }

    private void within(@Nullable E57Node limits, String low, String high, String field, String name) {
        double[] s = span.get(field);
        if (limits == null || s == null || s[0] > s[1]) {
            return;
        }
        double lo = limits.childNumber(low);
        double hi = limits.childNumber(high);
        // a float's last bit, or the step of a whole number that was rounded
        double step = points.prototype().fields().stream()
                .filter(x -> x.name().equals(field))
                .mapToDouble(x -> x.kind() == E57Field.Kind.SCALED
                        ? Math.abs(x.scale())
                        : x.kind() == E57Field.Kind.SINGLE
                                ? Math.ulp((float) Math.max(Math.abs(s[0]), Math.abs(s[1])))
                                : 0)
                .max()
                .orElse(0);
        double slack = step + 1e-9 * Math.max(Math.abs(s[0]), Math.abs(s[1]));
        if (s[0] < lo - slack || s[1] > hi + slack) {
            f.fault(
                    points.where() + "/" + name,
                    DATA + ": " + name,
                    field + " of the points runs from " + s[0] + " to " + s[1] + ", beyond " + lo + " to " + hi,
                    "export the file again, or read it by its points alone");
        }
    }
}
