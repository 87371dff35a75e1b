package org.grotto.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;

/** Measures a package: every number of the report, rounded once, here. */
final class Measures {
    /** Points whose distance to the mesh is measured, at most. */
    static final int SAMPLE = 300_000;

    private static final int CLASSES = 40;

    private final ReportInput in;
    private final Work work;
    private final List<Fact> facts = new ArrayList<>();
    private final Map<String, Histogram> histograms = new LinkedHashMap<>();

    private Measures(ReportInput in, Work work) {
        this.in = in;
        this.work = work;
    }

    static QualityReport of(ReportInput in, Work work) {
        return new Measures(in, work).run();
    }

    private QualityReport run() {
        extent();
        surface();
        points();
        noise();
        accuracy();
        agreement();
        return new QualityReport(
                QualityReport.FORMAT,
                in.info().id(),
                in.info().title(),
                List.copyOf(facts),
                stations(),
                pairs(),
                removed(),
                in.openings().size(),
                holes(in.openings()),
                histograms,
                in.faults(),
                in.dropped(),
                in.warnings(),
                in.sources(),
                in.version(),
                in.options(),
                List.of());
    }

    private void add(
            String key,
            String zh,
            String en,
            double value,
            int decimals,
            String unit,
            double sure,
            String mzh,
            String men) {
        facts.add(new Fact(
                key,
                new Text(zh, en),
                Fact.round(value, decimals),
                unit,
                Fact.roundUncertainty(sure),
                new Text(mzh, men)));
    }

    private void extent() {
        Box b = in.cloud().size > 0 ? in.cloud().bounds() : in.mesh().bounds();
        if (b.isEmpty()) {
            return;
        }
        double[] side = {b.sizeX(), b.sizeY(), b.sizeZ()};
        String[] axis = {"x", "y", "z"};
        String[] zh = {"东西向（X）范围", "南北向（Y）范围", "高度（Z）范围"};
        String[] en = {"Extent along X", "Extent along Y", "Height (Z)"};
        for (int i = 0; i < 3; i++) {
            add(
                    "extent." + axis[i],
                    in.info().frame().crs() == null && i < 2
                            ? axis[i].toUpperCase(java.util.Locale.ROOT) + " 向范围"
                            : zh[i],
                    en[i],
                    side[i],
                    3,
                    "m",
                    Double.NaN,
                    "清理后点云在该坐标轴上最大值与最小值之差；由单个极端点决定，其不确定度不小于单点噪声。",
                    "Largest minus smallest coordinate of the cleaned points; it hangs on single extreme points, so it is no"
                            + " surer than one point's noise.");
        }
    }

    private void surface() {
        double[] a = areas(in.mesh(), work);
        add(
                "triangles",
                "三角形数",
                "Triangles",
                in.mesh().triangleCount(),
                0,
                "1",
                Double.NaN,
                "计数，精确值。",
                "Counted; exact.");
        add(
                "area",
                "模型表面积",
                "Area of the model",
                a[0],
                2,
                "m²",
                Double.NaN,
                "全部三角形面积之和；表面越粗糙、三角形越小，所得面积越大，不确定度未评定。",
                "Sum of all triangles' areas; it grows with roughness and resolution, its uncertainty is not known.");
        if (in.mesh().evidence != null) {
            add(
                    "area.measured",
                    "实测面",
                    "Measured surface",
                    a[1],
                    2,
                    "m²",
                    Double.NaN,
                    "附近有扫描点支持的表面，按顶点证据值加权求和。",
                    "Surface with scan points near it: area weighted by the evidence of its vertices.");
            add(
                    "area.inferred",
                    "推断面",
                    "Inferred surface",
                    a[0] - a[1],
                    2,
                    "m²",
                    Double.NaN,
                    "附近没有扫描点、由重建算法补出的表面，即总面积减去实测面。",
                    "Surface that reconstruction filled in where no scan points lie: all area minus the measured.");
            add(
                    "coverage",
                    "覆盖率（实测面占比）",
                    "Coverage (measured share)",
                    100 * a[1] / a[0],
                    2,
                    "%",
                    Double.NaN,
                    "实测面除以模型总面积；模型上没有的部分（孔洞、未扫描处）不在其中。",
                    "Measured over all area of the model; what the model lacks (openings, places never scanned) is not in"
                            + " it.");
        }
        add(
                "area.cutAway",
                "裁除的无依据面",
                "Surface cut away",
                in.areaCutAway(),
                2,
                "m²",
                Double.NaN,
                "重建得到的封闭曲面与最终模型的面积之差：既无扫描点支持又不宜补出的部分已裁除，模型在此处空缺。",
                "Area of the closed reconstruction minus the model's: what no points bear out was cut away, and the model is"
                        + " open there.");
        if (in.mesh().evidence != null && a[0] + in.areaCutAway() > 0) {
            add(
                    "coverage.closed",
                    "实测面占封闭曲面之比",
                    "Measured share of the closed surface",
                    100 * a[1] / (a[0] + in.areaCutAway()),
                    1,
                    "%",
                    Double.NaN,
                    "实测面除以重建得到的封闭曲面的面积；未扫描处计入分母，故低于上面的覆盖率。裁除部分的面积只是估计。",
                    "Measured surface over the whole closed reconstruction; places never scanned count, so it is lower than"
                            + " the coverage. The area of what was cut away is an estimate.");
        }
    }

    private void points() {
        add("points.read", "读入点数", "Points read", in.pointsRead(), 0, "1", Double.NaN, "计数，精确值。", "Counted; exact.");
        add(
                "points",
                "保留点数",
                "Points kept",
                in.cloud().size,
                0,
                "1",
                Double.NaN,
                "清理后的点数，精确值。",
                "Points left after cleaning; exact.");
        if (in.cloud().size == 0) {
            return;
        }
        double[] s = Statistics.sorted(in.spacing());
        for (int i = 0; i < s.length; i++) {
            s[i] *= 1000;
        }
        double step = in.info().frame().latticeStep() * 1000;
        String mzh = "每点到其邻点的局部点间距（全部测站合并，全部保留点参与统计）；由坐标直接算得，只受坐标格网所限。";
        String men =
                "Local distance between neighbouring points, all stations together, over all kept points; computed from"
                        + " the coordinates, so it is as sure as their grid.";
        spacing("spacing.p05", "点间距（最密的 5 %）", "Point spacing, densest 5 % below", s, 0.05, mzh, men);
        spacing("spacing.median", "点间距（中位数）", "Point spacing, median", s, 0.5, mzh, men);
        spacing("spacing.p95", "点间距（最稀的 5 % 在此以上）", "Point spacing, 95 % below", s, 0.95, mzh, men);
        double low = Histogram.round125Down(Statistics.quantile(s, 0.005));
        double high = Math.max(2 * low, Histogram.round125(Statistics.quantile(s, 0.995)));
        histograms.put("spacing", Histogram.ofRatios(s, "mm", low, high, CLASSES));
        add(
                "lattice",
                "坐标格网步长",
                "Grid step of coordinates",
                step,
                4,
                "mm",
                Double.NaN,
                "点坐标取整到的格网步长，精确值。",
                "The grid that coordinates were rounded to; exact.");
    }

    private void spacing(String key, String zh, String en, double[] sorted, double q, String mzh, String men) {
        add(key, zh, en, Statistics.quantile(sorted, q), 2, "mm", Double.NaN, mzh, men);
    }

    private void noise() {
        double sum = 0;
        double weight = 0;
        for (ReportInput.StationRow s : in.stations()) {
            if (s.noise() > 0) {
                sum += s.noise() * s.noise() * s.points();
                weight += s.points();
            }
        }
        if (weight > 0) {
            add(
                    "noise",
                    "单站点云噪声（1σ）",
                    "Noise of one station's points (1 σ)",
                    1000 * Math.sqrt(sum / weight),
                    2,
                    "mm",
                    Double.NaN,
                    "以二次曲面拟合同一测站的 24 个邻点，取残差标准差，各站按点数加权；小于点间距的表面粗糙也含在内，故为上限。",
                    "What a curved patch through 24 neighbouring points of one station leaves, stations weighted by their"
                            + " points; roughness finer than the spacing is in it, so it is an upper bound.");
        }
    }

    private void accuracy() {
        double[] d = Distances.of(in.cloud(), in.mesh(), SAMPLE, work);
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
        String mzh = "按固定种子均匀抽取的 " + Fact.show(BigDecimal.valueOf(d.length)) + " 个点到最近三角形的精确有符号距离（洞内一侧为正）；按点抽取，点密处权重大；";
        String men = "Exact signed distance to the nearest triangle (positive on the open side) of "
                + Fact.show(BigDecimal.valueOf(d.length))
                + " points drawn evenly by a fixed seed, so that densely scanned places weigh more; ";
        String zhMean = mzh + "不确定度为均值标准误的 1.96 倍。";
        String enMean = men + "uncertainty: 1.96 standard errors of the mean.";
        String zhOrder = mzh + "不确定度为 95 % 置信区间的半宽（次序统计量）。";
        String enOrder = men + "uncertainty: half the 95 % interval by order statistics.";
        add(
                "distance.mean",
                "点到模型距离均值",
                "Points to model, mean",
                mean,
                3,
                "mm",
                1.96 * spread / Math.sqrt(d.length),
                zhMean,
                enMean);
        add(
                "distance.rms",
                "点到模型距离均方根",
                "Points to model, RMS",
                rms,
                3,
                "mm",
                Double.NaN,
                mzh + "少数远点影响很大，不确定度未评定。",
                men + "a few far points weigh much, so no uncertainty is given.");
        add(
                "distance.median",
                "点到模型距离绝对值中位数",
                "Points to model, median of absolute values",
                Statistics.quantile(a, 0.5),
                3,
                "mm",
                Statistics.quantileUncertainty(a, 0.5),
                zhOrder,
                enOrder);
        add(
                "distance.p95",
                "点到模型距离绝对值 95 % 分位",
                "Points to model, 95 % of absolute values below",
                Statistics.quantile(a, 0.95),
                3,
                "mm",
                Statistics.quantileUncertainty(a, 0.95),
                zhOrder,
                enOrder);
        double reach = Histogram.round125(Statistics.quantile(a, 0.98));
        histograms.put("distance", Histogram.of(d, "mm", -reach, reach, CLASSES));
    }

    private void agreement() {
        int doubled = 0;
        int judged = 0;
        for (ReportInput.PairRow p : in.pairs()) {
            doubled += p.verdict() == ReportInput.Verdict.DOUBLED_WALL ? 1 : 0;
            judged += p.verdict() == ReportInput.Verdict.TOO_SMALL ? 0 : 1;
        }
        String mzh = "计数；各对测站在共同表面上的偏移超过其噪声所能解释者，计为重影墙面。";
        String men = "Counted; a pair whose shift on common surface is more than noise explains is a doubled wall.";
        add("pairs.judged", "可判定的测站对", "Pairs of stations judged", judged, 0, "1", Double.NaN, mzh, men);
        add("pairs.doubled", "出现重影墙面的测站对", "Pairs with doubled walls", doubled, 0, "1", Double.NaN, mzh, men);
        add(
                "openings",
                "孔洞数",
                "Openings of the model",
                in.openings().size(),
                0,
                "1",
                Double.NaN,
                "模型的边界线条数，精确值；开敞洞口的外缘也算一条。",
                "Border lines of the mesh, counted; the rim of an open cave is one.");
    }

    private List<QualityReport.Station> stations() {
        return in.stations().stream()
                .map(s -> new QualityReport.Station(
                        s.name(),
                        s.points(),
                        mm(s.spacingMedian()),
                        mm(s.spacingP95()),
                        s.noise() > 0 ? mm(s.noise()) : null,
                        s.samples()))
                .toList();
    }

    private List<QualityReport.Pair> pairs() {
        return in.pairs().stream()
                .map(p -> {
                    boolean said = p.samples() > 0;
                    boolean judged = said && p.verdict() != ReportInput.Verdict.TOO_SMALL;
                    return new QualityReport.Pair(
                            p.a(),
                            p.b(),
                            p.samples(),
                            said ? Fact.round(1000 * p.median(), 2) : null,
                            said ? Fact.round(1000 * p.rms(), 2) : null,
                            said ? Fact.round(1000 * p.p95(), 2) : null,
                            judged ? Fact.round(p.shiftMm(), 2) : null,
                            judged ? Fact.round(p.thresholdMm(), 2) : null,
                            p.verdict());
                })
                .toList();
    }

    private List<QualityReport.Removed> removed() {
        return in.removed().stream()
                .map(r -> new QualityReport.Removed(
                        r.reason(), r.points(), Fact.round(100.0 * r.points() / in.pointsRead(), 3)))
                .toList();
    }

    /** The longest openings. */
    static List<QualityReport.Hole> holes(List<ReportInput.Opening> openings) {
        List<QualityReport.Hole> out = new ArrayList<>();
        for (ReportInput.Opening h : openings) {
            if (out.size() == 20) {
                break;
            }
            out.add(new QualityReport.Hole(
                    out.size() + 1,
                    number(h.perimeter(), 3),
                    number(h.area(), 4),
                    number(h.centre()[0], 3),
                    number(h.centre()[1], 3),
                    number(h.centre()[2], 3),
                    number(h.bounds().longest(), 3)));
        }
        return out;
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
        byte[] e = m.evidence;
        double all = work.sum(n, 1 << 16, (from, to) -> {
            double s = 0;
            for (int t = from; t < to; t++) {
                s += area(m, t);
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
                        s += area(m, t) * sum / 765;
                    }
                    return s;
                });
        return new double[] {all, measured};
    }

    private static double area(Mesh m, int t) {
        int a = 3 * m.triangles[3 * t];
        int b = 3 * m.triangles[3 * t + 1];
        int c = 3 * m.triangles[3 * t + 2];
        float[] v = m.xyz;
        double ux = (double) v[b] - v[a];
        double uy = (double) v[b + 1] - v[a + 1];
        double uz = (double) v[b + 2] - v[a + 2];
        double wx = (double) v[c] - v[a];
        double wy = (double) v[c + 1] - v[a + 1];
        double wz = (double) v[c + 2] - v[a + 2];
        double x = uy * wz - uz * wy;
        double y = uz * wx - ux * wz;
        double z = ux * wy - uy * wx;
        return Math.sqrt(x * x + y * y + z * z) / 2;
    }
}
