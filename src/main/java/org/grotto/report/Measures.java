package org.grotto.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.store.Engine;
import org.jspecify.annotations.Nullable;

/** Measures a package: every number of the report, rounded once, here. */
final class Measures {
    /** Points whose distance to the mesh is measured, at most. */
    static final int SAMPLE = 300_000;

    private static final int CLASSES = 40;
    /** Less of the surface in thin walls is not told. */
    private static final double THIN = 0.002;

    private final ReportInput in;
    private final Engine engine;
    private final Work work;
    private final List<Fact> facts = new ArrayList<>();
    private final Map<String, Histogram> histograms = new LinkedHashMap<>();

    private Measures(ReportInput in, Engine engine) {
        this.in = in;
        this.engine = engine;
        this.work = engine.work();
    }

    static QualityReport of(ReportInput in, Engine engine) {
        return new Measures(in, engine).run();
    }

    private QualityReport run() {
        Sides sides = Sides.of(in.info(), in.subject().kind(), in.mesh());
        extent();
        surface();
        points();
        noise();
        accuracy();
        agreement();
        openings(sides);
        return new QualityReport(
                QualityReport.FORMAT,
                in.info().id(),
                in.info().title(),
                in.subject().kind(),
                in.subject(),
                in.cover(),
                List.copyOf(facts),
                stations(),
                registration(),
                removed(),
                reflections(),
                conflicts(),
                in.openings().size(),
                holes(in.openings(), sides),
                histograms,
                in.faults(),
                in.dropped(),
                in.warnings(),
                in.sources(),
                in.version(),
                in.options(),
                List.of());
    }

    private void add(String key, double value, int decimals, String unit, double sure, Text how) {
        add(key, Texts.of("report.fact." + key), value, decimals, unit, sure, how);
    }

    private void add(String key, Text name, double value, int decimals, String unit, double sure, Text how) {
        facts.add(new Fact(key, name, Fact.round(value, decimals), unit, Fact.roundUncertainty(sure), how));
    }

    private void extent() {
        Box b = in.points().size() > 0 ? in.points().bounds() : in.mesh().bounds();
        if (b.isEmpty()) {
            return;
        }
        double[] side = {b.sizeX(), b.sizeY(), b.sizeZ()};
        String[] key = {"extent.x", "extent.y", "extent.z"};
        for (int i = 0; i < 3; i++) {
            add(key[i], side[i], 3, "m", Double.NaN, Texts.of("report.how.extent"));
        }
    }

    private void surface() {
        double[] a = areas(in.mesh(), work);
        add("triangles", in.mesh().triangleCount(), 0, "1", Double.NaN, Texts.of("report.how.exact"));
        add("area", a[0], 2, "m²", Double.NaN, Texts.of("report.how.area"));
        if (in.mesh().evidence() != null) {
            add("area.measured", a[1], 2, "m²", Double.NaN, Texts.of("report.how.area.measured"));
            add("area.inferred", a[0] - a[1], 2, "m²", Double.NaN, Texts.of("report.how.area.inferred"));
            add("coverage", 100 * a[1] / a[0], 2, "%", Double.NaN, Texts.of("report.how.coverage"));
        }
        double conflicting =
                in.conflicts().stream().mapToDouble(ReportInput.Conflict::area).sum();
        if (conflicting > 0) {
            add("area.conflicting", conflicting, 3, "m²", Double.NaN, Texts.of("report.how.area.conflicting"));
        }
        if (in.thinWalls() > THIN * a[0]) {
            add("area.thin", in.thinWalls(), 3, "m²", Double.NaN, Texts.of("report.how.area.thin"));
            add("area.thin.lost", in.thinWallsLost(), 3, "m²", Double.NaN, Texts.of("report.how.area.thin.lost"));
        }
        if (!in.subject().kind().encloses()) {
            return; // the closed reconstruction is nothing that could have been seen
        }
        add("area.cutAway", in.areaCutAway(), 2, "m²", Double.NaN, Texts.of("report.how.area.cutAway"));
        if (in.mesh().evidence() != null && a[0] + in.areaCutAway() > 0) {
            add(
                    "coverage.closed",
                    100 * a[1] / (a[0] + in.areaCutAway()),
                    1,
                    "%",
                    Double.NaN,
                    Texts.of("report.how.coverage.closed"));
        }
    }

    private void points() {
        add("points.read", in.pointsRead(), 0, "1", Double.NaN, Texts.of("report.how.exact"));
        add("points", in.points().size(), 0, "1", Double.NaN, Texts.of("report.how.points"));
        if (in.points().size() == 0) {
            return;
        }
        Spacings s = Spacings.of(in.points(), engine);
        double step = in.info().frame().latticeStep() * 1000;
        spacing("spacing.p05", s.p05());
        spacing("spacing.median", s.median());
        spacing("spacing.p95", s.p95());
        double low = Histogram.round125Down(s.least());
        double high = Math.max(2 * low, Histogram.round125(s.greatest()));
        histograms.put("spacing", Spacings.histogram(in.points(), low, high, CLASSES, engine));
        add("lattice", step, 4, "mm", Double.NaN, Texts.of("report.how.lattice"));
    }

    private void spacing(String key, double millimetres) {
        add(key, millimetres, 2, "mm", Double.NaN, Texts.of("report.how.spacing"));
    }

    private void noise() {
        double sum = 0;
        double weight = 0;
        boolean atMost = false;
        for (ReportInput.StationRow s : in.stations()) {
            if (s.noise() > 0) {
                atMost |= s.noiseAtMost();
                sum += s.noise() * s.noise() * s.points();
                weight += s.points();
            }
        }
        if (weight > 0) {
            // a bound has a key of its own, so that nobody reads it as a measured value
            String key = atMost ? "noise.atMost" : "noise";
            BigDecimal value = noise(Math.sqrt(sum / weight), atMost);
            Text name = Texts.of("report.fact." + key);
            facts.add(new Fact(key, name, value, "mm", null, Texts.of("report.how." + key)));
        }
    }

    /** Noise in mm; a bound is rounded up, so that it stays one. */
    private static BigDecimal noise(double metres, boolean atMost) {
        BigDecimal near = number(1000 * metres, 3);
        return atMost && near.doubleValue() < 1000 * metres ? near.add(new BigDecimal("0.001")) : near;
    }

    private void accuracy() {
        double[] d = Distances.of(in.points(), in.mesh(), SAMPLE, engine);
        if (d.length == 0) {
            return;
        }
        for (int i = 0; i < d.length; i++) {
            d[i] *= 1000;
        }
        double[] a = Statistics.sortedAbsolute(d);
        double mean = Statistics.mean(d);
        double rms = Statistics.rms(d);
        double spread = Math.sqrt(Math.max(0, rms * rms - mean * mean));
        String n = Fact.show(BigDecimal.valueOf(d.length));
        Text order = Texts.of("report.how.distance.order", "n", n);
        add(
                "distance.mean",
                mean,
                3,
                "mm",
                1.96 * spread / Math.sqrt(d.length),
                Texts.of("report.how.distance.mean", "n", n));
        add("distance.rms", rms, 3, "mm", Double.NaN, Texts.of("report.how.distance.rms", "n", n));
        add("distance.median", Statistics.quantile(a, 0.5), 3, "mm", Statistics.quantileUncertainty(a, 0.5), order);
        add("distance.p95", Statistics.quantile(a, 0.95), 3, "mm", Statistics.quantileUncertainty(a, 0.95), order);
        double reach = Histogram.round125(Statistics.quantile(a, 0.98));
        histograms.put("distance", Histogram.of(d, "mm", -reach, reach, CLASSES));
    }

    private void agreement() {
        int doubled = 0;
        int judged = 0;
        for (ReportInput.PairRow p : in.registration().pairs()) {
            doubled += p.verdict().equals("inconsistent") ? 1 : 0;
            judged += p.verdict().equals("not-checked") ? 0 : 1;
        }
        Text how = Texts.of("report.how.pairs");
        add("pairs.judged", judged, 0, "1", Double.NaN, how);
        add("pairs.doubled", doubled, 0, "1", Double.NaN, how);
    }

    private void openings(Sides sides) {
        add("openings", in.openings().size(), 0, "1", Double.NaN, Texts.of("report.how.openings"));
        double area = in.openings().stream()
                .filter(o -> !sides.edge(o))
                .mapToDouble(ReportInput.Opening::area)
                .sum();
        add("openings.area", area, 4, "m²", Double.NaN, Texts.of("report.how.openings.area"));
    }

    private List<QualityReport.Station> stations() {
        return in.stations().stream()
                .map(s -> new QualityReport.Station(
                        s.name(),
                        s.points(),
                        s.spacingMedian() > 0 ? mm(s.spacingMedian()) : null,
                        s.spacingP95() > 0 ? mm(s.spacingP95()) : null,
                        s.noise() >= 0 ? noise(s.noise(), s.noiseAtMost()) : null,
                        s.noise() >= 0 ? s.noiseAtMost() : null,
                        s.noise() >= 0 ? !s.noiseAlongBeam() : null,
                        s.samples()))
                .toList();
    }

    private QualityReport.Registration registration() {
        ReportInput.Registration g = in.registration();
        return new QualityReport.Registration(
                g.verdict(),
                g.said(),
                g.pairs().stream().map(Measures::pair).toList(),
                g.stations().stream().map(Measures::place).toList());
    }

    private static QualityReport.Pair pair(ReportInput.PairRow p) {
        ReportInput.Motion m = p.motion();
        return new QualityReport.Pair(
                p.a(),
                p.b(),
                p.verdict(),
                p.reason(),
                p.samples(),
                p.samples() == 0 ? null : Fact.round(100 * p.against(), 1),
                Fact.round(p.wallMm(), 3),
                Fact.round(p.wallErrorMm(), 3),
                m == null ? null : m.shift(),
                m == null ? null : m.rotation(),
                m == null ? null : m.about(),
                m == null ? null : m.covariance());
    }

    private static QualityReport.Place place(ReportInput.PlaceRow p) {
        ReportInput.Motion m = p.motion();
        return new QualityReport.Place(
                p.name(),
                p.verdict(),
                p.reason(),
                m == null ? null : m.shift(),
                m == null ? null : m.rotation(),
                m == null ? null : m.about(),
                m == null ? null : m.covariance());
    }

    private List<QualityReport.Removed> removed() {
        return in.removed().stream()
                .map(r -> new QualityReport.Removed(
                        r.reason(), r.points(), Fact.round(100.0 * r.points() / in.pointsRead(), 3)))
                .toList();
    }

    private @Nullable List<QualityReport.Reflection> reflections() {
        return in.reflections().isEmpty()
                ? null
                : in.reflections().stream()
                        .map(m -> new QualityReport.Reflection(
                                numbers(m.centre(), 3),
                                numbers(m.normal(), 5),
                                number(m.width(), 2),
                                number(m.height(), 2),
                                m.points(),
                                Fact.round(100.0 * m.points() / in.pointsRead(), 3)))
                        .toList();
    }

    private static BigDecimal[] numbers(double[] v, int decimals) {
        return Arrays.stream(v).mapToObj(x -> number(x, decimals)).toArray(BigDecimal[]::new);
    }

    private List<QualityReport.Conflict> conflicts() {
        double all = areas(in.mesh(), work)[0];
        return in.conflicts().stream()
                .map(c -> new QualityReport.Conflict(
                        c.key(), c.reason(), number(c.area(), 4), Fact.round(100 * c.area() / all, 3)))
                .toList();
    }

    /** The largest openings. */
    static List<QualityReport.Hole> holes(List<ReportInput.Opening> openings, Sides sides) {
        List<QualityReport.Hole> out = new ArrayList<>();
        for (ReportInput.Opening h : Sheets.listed(openings)) {
            out.add(new QualityReport.Hole(
                    out.size() + 1,
                    number(h.perimeter(), 3),
                    area(h.area()),
                    number(h.centre()[0], 3),
                    number(h.centre()[1], 3),
                    number(h.centre()[2], 3),
                    number(h.bounds().longest(), 3),
                    sides.place(h)));
        }
        return out;
    }

    /** Square metres, with decimals that a rim can bear. */
    private static BigDecimal area(double v) {
        return number(v, v < 1 ? 4 : v < 100 ? 2 : 1);
    }

    private static BigDecimal mm(double metres) {
        return number(1000 * metres, 2);
    }

    private static BigDecimal number(double v, int decimals) {
        return Objects.requireNonNull(Fact.round(v, decimals), "a length that is no number");
    }

    /** All area and the measured part of it, square metres. */
    static double[] areas(Mesh m, Work work) {
        int n = m.triangleCount();
        byte[] e = m.evidence();
        double all = work.sum(n, 1 << 16, (from, to) -> {
            double s = 0;
            for (int t = from; t < to; t++) {
                s += m.area(t);
            }
            return s;
        });
        double measured = e == null
                ? Double.NaN
                : work.sum(n, 1 << 16, (from, to) -> {
                    double s = 0;
                    for (int t = from; t < to; t++) {
                        int sum = (e[m.triangles[3 * t]] & 255)
                                + (e[m.triangles[3 * t + 1]] & 255)
                                + (e[m.triangles[3 * t + 2]] & 255);
                        s += m.area(t) * sum / 765;
                    }
                    return s;
                });
        return new double[] {all, measured};
    }
}
