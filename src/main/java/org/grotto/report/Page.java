package org.grotto.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grotto.base.Faults;
import org.grotto.base.Json;
import org.grotto.base.Text;
import org.grotto.image.ColourMap;
import org.grotto.image.VertexColours;

/** The report as a page: one file, two languages, no script. */
final class Page {
    private final QualityReport r;
    private final boolean pictures;
    private final boolean coloured;
    private final Html h = new Html();
    private int section;

    private Page(QualityReport r, boolean pictures, boolean coloured) {
        this.r = r;
        this.pictures = pictures;
        this.coloured = coloured;
    }

    static String of(QualityReport r, boolean pictures, boolean coloured, String style) {
        Page p = new Page(r, pictures, coloured);
        top(p.h, new Text("三维模型质量报告", "Quality report of a three-dimensional model"), r.title(), r.cave(), style);
        p.summary();
        p.look();
        p.spacing();
        p.coverage();
        p.noise();
        p.pairs();
        p.accuracy();
        p.openings();
        p.cleaning();
        p.provenance();
        p.h.raw("</main></body></html>\n");
        return p.h.toString();
    }

    /** The page's head, up to where its sections begin. */
    static void top(Html h, Text kind, Text name, String cave, String style) {
        String title = name.zh().equals(name.en()) ? name.zh() : name.zh() + " · " + name.en();
        h.raw(
                        "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"zh-Hans\"><head><meta charset=\"utf-8\"/>")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")
                .raw("<title>" + Html.escape(title) + "</title>\n<style>\n" + style + "</style></head>\n<body>\n")
                .raw(
                        "<input type=\"radio\" name=\"language\" id=\"zh\" checked=\"checked\"/><label for=\"zh\">中文</label>")
                .raw(
                        "<input type=\"radio\" name=\"language\" id=\"en\"/><label for=\"en\">English</label>\n<main>\n<header>")
                .tag("p class=\"kind\"", kind.zh(), kind.en())
                .tag("h1", name.zh(), name.en())
                .raw("<p class=\"id\">" + Html.escape(cave) + "</p></header>\n");
    }

    private void begin(String zh, String en) {
        section++;
        h.raw("<section>")
                .raw("<h2><span class=\"no\">" + section + "</span>")
                .text(zh, en)
                .raw("</h2>\n");
    }

    private void end() {
        h.raw("</section>\n");
    }

    private void summary() {
        begin("结论摘要", "In short");
        Fact x = r.fact("extent.x");
        Fact y = r.fact("extent.y");
        Fact z = r.fact("extent.z");
        h.raw("<div class=\"key\">");
        if (x != null && y != null && z != null) {
            key(
                    Fact.show(dm(x.value())) + " × " + Fact.show(dm(y.value())) + " × " + Fact.show(dm(z.value())),
                    "m",
                    "范围 X × Y × Z",
                    "extent X × Y × Z");
        }
        key("area", "模型表面积", "area of the model");
        key("coverage.closed", "实测面占比（空缺处计入）", "measured share, open places counted");
        key("points", "保留点数", "points kept");
        key("spacing.median", "点间距，一半的点以内", "point spacing, half within");
        key("spacing.p95", "点间距，95 % 的点以内", "point spacing, 95 % within");
        key("noise", "单点噪声（标准差）", "noise of a point (standard deviation)");
        key("distance.median", "点到模型距离，一半的点以内", "points to model, half within");
        key("distance.p95", "点到模型距离，95 % 的点以内", "points to model, 95 % within");
        h.raw("</div>\n");
        for (Text w : r.warnings()) {
            h.tag("p class=\"warn\"", w.zh(), w.en());
        }
        reading();
        h.tag(
                "p class=\"note\"",
                "业主未设定限值，因此本报告不作合格与否的判断；上述经验参照只供阅读，是否满足用途请自行判定。"
                        + "“点到模型距离”说明模型与扫描点云的符合程度，不是相对于外部控制点的绝对精度；后者需以独立检查点测定。",
                "The owner set no limits, so this report does not say pass or fail; the rules of thumb above are for orientation,"
                        + " and whether the model serves a purpose is for the reader to judge. “Points to model” tells how well"
                        + " the model follows the scans. It is not accuracy against outside control, which takes independent"
                        + " check points.");
        facts(r.facts().stream()
                .filter(f -> f.key().startsWith("extent") || f.key().equals("triangles"))
                .toList());
        end();
    }

    private void reading() {
        h.raw("<dl class=\"reading\">\n");
        for (Reading.Answer a : Reading.of(r)) {
            h.raw("<div>")
                    .tag("dt", a.question().zh(), a.question().en())
                    .tag(
                            a.concern() ? "dd class=\"bad\"" : "dd",
                            a.answer().zh(),
                            a.answer().en())
                    .raw("</div>\n");
        }
        h.raw("</dl>\n");
    }

    private static BigDecimal dm(@org.jspecify.annotations.Nullable BigDecimal v) {
        return v == null ? BigDecimal.ZERO : v.setScale(2, java.math.RoundingMode.HALF_EVEN);
    }

    private void key(String fact, String zh, String en) {
        Fact f = r.fact(fact);
        if (f != null && f.value() != null) {
            key(Fact.show(f.value()), f.unit().equals("1") ? "" : f.unit(), zh, en);
        }
    }

    private void key(String value, String unit, String zh, String en) {
        h.raw("<div><span class=\"v\"><b>" + Html.escape(value) + "</b>"
                        + (unit.isEmpty() ? "" : " <i>" + Html.escape(unit) + "</i>") + "</span><br/>")
                .text(zh, en)
                .raw("</div>\n");
    }

    private void look() {
        if (!pictures) {
            return;
        }
        begin("模型外观", "What it looks like");
        String zh = coloured ? "颜色取自扫描数据，灯光为绘图时所加。" : "扫描数据不含颜色，以灰色绘出。";
        String en = coloured
                ? "Colours are the scans'; the light is the drawing's."
                : "The scans bring no colour; drawn in grey.";
        String openZh = "深灰处没有测站看到。";
        String openEn = " Dark grey: seen by no station.";
        picture("inside.png", Pictures.WIDTH, "窟内视图。" + zh + openZh, "Inside. " + en + openEn);
        picture(
                "dollhouse.png",
                Pictures.HOUSE,
                "外观剖视：近侧的壁面与窟顶不绘出，可见内部；白色缺口处没有测站看到。" + zh,
                "Doll's house: near walls and ceiling are left out; white gaps were seen by no station. " + en);
        end();
    }

    private void picture(String file, int width, String zh, String en) {
        String kind = width < Pictures.WIDTH ? " class=\"house\"" : "";
        h.raw("<figure" + kind + "><img src=\"" + file + "\" width=\"" + width + "\" height=\"" + Pictures.HEIGHT
                        + "\" alt=\"" + Html.escape(zh + " / " + en) + "\"/><figcaption>")
                .text(zh, en)
                .raw("</figcaption></figure>\n");
    }

    private void plot(String zhSvg, String enSvg, String zh, String en) {
        h.raw("<figure><div class=\"zh\">" + zhSvg + "</div><div class=\"en\">" + enSvg + "</div>");
        if (!zh.isEmpty()) {
            h.raw("<figcaption>").text(zh, en).raw("</figcaption>");
        }
        h.raw("</figure>\n");
    }

    private void spacing() {
        Histogram s = r.histograms().get("spacing");
        if (s == null) {
            return;
        }
        begin("点间距", "Point spacing");
        h.tag(
                "p",
                "点间距决定模型能表现多细的形态：小于约两倍点间距的细部，扫描未曾记录。",
                "Spacing decides what detail the model can show: what is finer than about twice the spacing was never recorded.");
        ColourMap map = ColourMap.STRAW_TO_INDIGO;
        if (pictures) {
            picture(
                    "spacing.png",
                    Pictures.HOUSE,
                    "局部点间距分布图；灰色为推断面，其上没有点。",
                    "Local point spacing; grey is inferred surface, which has no points.");
            plot(
                    Plot.scale(map, s, "局部点间距 / mm（对数刻度）"),
                    Plot.scale(map, s, "local point spacing / mm (logarithmic scale)"),
                    "",
                    "");
        }
        plot(
                Plot.histogram(s, "局部点间距 / mm（对数刻度）", "占全部点 / %", map),
                Plot.histogram(s, "local point spacing / mm (logarithmic scale)", "of all points / %", map),
                "点间距直方图：每个峰对应一种扫描密度，例如整窟扫描与近景扫描；越靠左越细。" + out(s, true),
                "Histogram of point spacing. Each hump is one density of scanning, the whole cave's or a close-up's; further"
                        + " left is finer. " + out(s, false));
        facts("spacing.p05", "spacing.median", "spacing.p95", "lattice");
        end();
    }

    private static String out(Histogram s, boolean zh) {
        String n = Fact.show(BigDecimal.valueOf(s.total()));
        String o = Fact.show(BigDecimal.valueOf(s.below() + s.above()));
        return zh ? "共 " + n + " 个值，其中 " + o + " 个超出图幅。" : n + " values, " + o + " of them outside the plot.";
    }

    private void coverage() {
        begin("覆盖率：实测面与推断面", "Coverage: measured and inferred");
        if (r.fact("coverage") == null) {
            h.tag(
                    "p",
                    "模型未带证据信息，无法区分实测面与推断面。",
                    "The mesh carries no evidence, so measured and inferred surface cannot be told apart.");
        } else {
            h.tag(
                    "p",
                    "实测面附近有扫描点；推断面由重建算法补出，形状合理而未经测量，不宜用于量测或断代研究。",
                    "Measured surface has scan points near it. Inferred surface was filled in by the reconstruction: plausible, not"
                            + " measured, and not to be drawn conclusions from.");
            if (pictures) {
                picture(
                        "coverage.png",
                        Pictures.HOUSE,
                        "实测面与推断面分布图。",
                        "Where the surface is measured and where it is inferred.");
                h.raw("<p class=\"legend\">")
                        .raw(swatch(VertexColours.MEASURED))
                        .text("实测面", "measured")
                        .raw(swatch(VertexColours.INFERRED))
                        .text("推断面", "inferred")
                        .raw("</p>\n");
            }
        }
        facts("area", "area.measured", "area.inferred", "coverage", "area.cutAway", "coverage.closed");
        end();
    }

    private static String swatch(int rgb) {
        return "<span class=\"swatch\" style=\"background:#" + String.format(java.util.Locale.ROOT, "%06x", rgb)
                + "\"></span>";
    }

    private void noise() {
        begin("测站与噪声", "Stations and noise");
        if (r.stations().isEmpty()) {
            h.tag(
                    "p",
                    "扫描数据不含测站信息，无法按站统计。",
                    "The scans do not say which station saw what, so nothing can be told by station.");
            end();
            return;
        }
        h.tag(
                "p",
                "噪声：同一测站的点在表面上下散布的标准差，愈小愈好；在“取样处”个位置量得。点间距为该站自己的点之间的距离，其他测站不计在内。",
                "Noise is the standard deviation by which the points of one station scatter about the surface: the smaller the"
                        + " better; it was measured at as many places as the last column says. Spacing is between the station's own"
                        + " points, without the other stations'.");
        List<String> names = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        h.raw("<table>")
                .head(
                        "测站",
                        "Station",
                        "#点数",
                        "Points",
                        "#点间距中位数 / mm",
                        "Spacing, median / mm",
                        "#点间距 95 % / mm",
                        "Spacing, 95 % / mm",
                        "#噪声 1σ / mm",
                        "Noise 1 σ / mm",
                        "#取样处",
                        "Places")
                .raw("<tbody>");
        for (QualityReport.Station s : r.stations()) {
            h.raw("<tr>")
                    .cell(s.name())
                    .number(s.points())
                    .number(s.spacingMedianMm())
                    .number(s.spacing95Mm())
                    .number(s.noiseMm())
                    .number(s.noiseSamples())
                    .raw("</tr>\n");
            names.add(s.name());
            values.add(s.noiseMm() == null ? Double.NaN : s.noiseMm().doubleValue());
        }
        h.raw("</tbody></table>\n");
        double[] v = values.stream().mapToDouble(Double::doubleValue).toArray();
        if (v.length <= 40) {
            plot(
                    Plot.bars(names, v, d -> Fact.show(Fact.round(d, 2)), "噪声（1σ）/ mm"),
                    Plot.bars(names, v, d -> Fact.show(Fact.round(d, 2)), "noise (1 σ) / mm"),
                    "各测站点云噪声。",
                    "Noise of each station's points.");
        }
        facts("noise");
        end();
    }

    private void pairs() {
        begin("测站配准残差", "How stations agree");
        if (r.stationPairs().isEmpty()) {
            h.tag("p", "没有可供比较的测站对。", "There are no two stations to compare.");
            end();
            return;
        }
        h.tag(
                "p",
                "两站都扫到的表面上，逐处量取 b 站表面到 a 站表面的有符号距离：中位数为整体错开多少，均方根与 95 % 为其散布。“偏移”是使两站吻合所需刚体移动的法向均方根；"
                        + "大于“噪声可解释值”即为重影墙面：同一面墙在模型中出现两层或变糊。各站的点未因此移动。",
                "On surface that two stations saw, the signed distance from b's surface to a's was measured place by place: the median says"
                        + " how far they stand apart as a whole, RMS and 95 % how much that varies. “Shift” is the RMS"
                        + " along the normals of the rigid move that makes them fit; above what noise explains the wall is"
                        + " doubled: it stands twice in the model, or blurred. No point was moved for it.");
        h.raw("<table class=\"pairs\">")
                .head(
                        "测站 a",
                        "Station a",
                        "测站 b",
                        "Station b",
                        "#取样处",
                        "Places",
                        "#中位数 / mm",
                        "Median / mm",
                        "#均方根 / mm",
                        "RMS / mm",
                        "#95 % / mm",
                        "95 % / mm",
                        "#偏移 / mm",
                        "Shift / mm",
                        "#噪声可解释值 / mm",
                        "Noise explains / mm",
                        "判定",
                        "Verdict")
                .raw("<tbody>");
        boolean bad = false;
        for (QualityReport.Pair p : r.stationPairs()) {
            boolean doubled = p.verdict() == ReportInput.Verdict.DOUBLED_WALL;
            bad |= doubled;
            h.raw(doubled ? "<tr class=\"bad\">" : "<tr>")
                    .cell(p.a())
                    .cell(p.b())
                    .number(p.samples())
                    .number(p.medianMm())
                    .number(p.rmsMm())
                    .number(p.p95Mm())
                    .number(p.shiftMm())
                    .number(p.noiseExplainsMm())
                    .raw("<td>");
            switch (p.verdict()) {
                case CONSISTENT -> h.text("一致", "agrees");
                case DOUBLED_WALL -> h.text("重影墙面", "doubled wall");
                case TOO_SMALL -> h.text("重叠不足", "overlap too small");
            }
            h.raw("</td></tr>\n");
        }
        h.raw("</tbody></table>\n");
        if (bad) {
            h.tag(
                    "p class=\"say bad\"",
                    "处理办法：在配准软件中重新配准标出的测站，核对标靶与公共面后导出，再重新建模；在此之前，请勿在这些测站的重叠区量测。",
                    "What to do: register the marked stations again in the registration software, check targets and common surface,"
                            + " export, and build again; until then do not measure where those stations overlap.");
        }
        facts("pairs.judged", "pairs.doubled");
        end();
    }

    private void accuracy() {
        Histogram d = r.histograms().get("distance");
        if (d == null) {
            return;
        }
        begin("模型与扫描的符合程度", "How the model follows the scans");
        h.tag(
                "p",
                "每个取样点到模型表面的距离。集中于零、左右对称，说明模型既不偏向洞内也不偏向岩体；宽度与点云噪声相当即为良好。",
                "The distance of every sampled point to the model's surface. Gathered about zero and even on both sides, it says"
                        + " that the model leans neither into the room nor into the rock; as wide as the points' noise, it is good.");
        plot(
                Plot.histogram(d, "点到模型的有符号距离 / mm（洞内一侧为正）", "占取样点 / %", null),
                Plot.histogram(
                        d, "signed distance from point to model / mm (open side positive)", "of the sample / %", null),
                "距离直方图：" + out(d, true),
                "Histogram of distances: " + out(d, false));
        facts("distance.mean", "distance.rms", "distance.median", "distance.p95");
        end();
    }

    private void openings() {
        begin("孔洞", "Openings");
        String n = Fact.show(BigDecimal.valueOf(r.openingsTotal()));
        if (r.openingsTotal() == 0) {
            h.tag("p", "模型封闭，没有孔洞。", "The mesh is closed; it has no openings.");
        } else {
            h.tag(
                    "p",
                    "模型共有 " + n + " 条边界线，下表按周长列出最大的 " + r.openings().size() + " 条；洞口本身的外缘也在其中。面积为最合适平面上的投影。",
                    "The mesh has " + n + " border lines; the " + r.openings().size()
                            + " longest are listed. The rim of an open cave is one of them. Areas are of the flat patch that fits best.");
            holes(h, r.openings());
        }
        facts("openings");
        end();
    }

    static void holes(Html h, List<QualityReport.Hole> openings) {
        h.raw("<table>")
                .head(
                        "#序号",
                        "No.",
                        "#周长 / m",
                        "Perimeter / m",
                        "#面积 / m²",
                        "Area / m²",
                        "#中心 X / m",
                        "Centre X / m",
                        "#Y / m",
                        "Y / m",
                        "#Z / m",
                        "Z / m",
                        "#最长边 / m",
                        "Longest side / m")
                .raw("<tbody>");
        for (QualityReport.Hole o : openings) {
            h.raw("<tr>")
                    .number(o.number())
                    .number(o.perimeterM())
                    .number(o.areaM2())
                    .number(o.x())
                    .number(o.y())
                    .number(o.z())
                    .number(o.longestSideM())
                    .raw("</tr>\n");
        }
        h.raw("</tbody></table>\n");
    }

    private void cleaning() {
        begin("剔除的点、数据缺陷与未保留的内容", "Points removed, faults, what was not kept");
        h.raw("<table>")
                .head("剔除原因", "Removed because", "#点数", "Points", "#占读入点 / %", "Of points read / %")
                .raw("<tbody>");
        for (QualityReport.Removed x : r.removed()) {
            h.raw("<tr>")
                    .cell(x.reason())
                    .number(x.points())
                    .number(x.percent())
                    .raw("</tr>\n");
        }
        h.raw("</tbody></table>\n");
        facts("points.read", "points");
        if (r.faults().isEmpty()) {
            h.tag("p", "未登记到数据缺陷。", "No faults in the data were counted.");
        } else {
            h.raw("<table>")
                    .head("数据缺陷", "Fault in the data", "#次数", "Times", "例", "Example")
                    .raw("<tbody>");
            for (Map.Entry<String, Faults.Entry> e : r.faults().entrySet()) {
                String name = e.getKey();
                String example = e.getValue().example();
                h.raw("<tr>")
                        .cell(new Text(FaultWords.chinese(name), name))
                        .number(e.getValue().count())
                        .cell(new Text(FaultWords.chinese(example), example))
                        .raw("</tr>\n");
            }
            h.raw("</tbody></table>\n");
        }
        if (r.notKept().isEmpty()) {
            h.tag("p", "未登记到其他未保留的内容。", "Nothing else was noted as left out.");
        } else {
            h.tag("p", "扫描文件中未保留到成果的内容（按程序原文列出，英文）：", "What the scan files hold and the package does not:");
            h.raw("<ul>");
            for (String s : r.notKept()) {
                h.raw("<li>" + Html.escape(s) + "</li>");
            }
            h.raw("</ul>\n");
        }
        end();
    }

    static void sources(Html h, List<ReportInput.Source> inputs) {
        h.raw("<table class=\"files\">")
                .head("输入文件", "Input file", "#字节", "Bytes", "SHA-256", "SHA-256")
                .raw("<tbody>");
        for (ReportInput.Source s : inputs) {
            h.raw("<tr>")
                    .cell(s.file())
                    .number(s.bytes())
                    .raw("<td class=\"hash\">" + Html.escape(s.sha256()) + "</td></tr>\n");
        }
        h.raw("</tbody></table>\n");
    }

    private void provenance() {
        begin("来源与可重复性", "Where it comes from");
        sources(h, r.inputs());
        h.tag(
                "p",
                "由 Grotto " + r.grotto() + " 生成。相同的输入与选项得到逐字节相同的报告。全部数值另见 report.json；运行时间与机器见 ../run/run.json。",
                "Made by Grotto " + r.grotto()
                        + ". The same inputs and options give this report again, byte for byte. All numbers"
                        + " stand in report.json too; run times and machine in ../run/run.json.");
        h.raw("<p><a href=\"report.json\">report.json</a> · <a href=\"../run/run.json\">run.json</a></p>\n");
        h.tag("h3", "处理选项", "Options");
        h.raw("<pre>" + Html.escape(Json.text(r.options()).strip()) + "</pre>\n");
        end();
    }

    private void facts(String... keys) {
        List<Fact> some = new ArrayList<>();
        for (String k : keys) {
            Fact f = r.fact(k);
            if (f != null) {
                some.add(f);
            }
        }
        facts(some);
    }

    private void facts(List<Fact> facts) {
        facts(h, facts);
    }

    static void facts(Html h, List<Fact> facts) {
        if (facts.isEmpty()) {
            return;
        }
        boolean unsure = facts.stream().anyMatch(f -> f.uncertainty() != null);
        List<String> head = new ArrayList<>(List.of("量", "Quantity", "#数值", "Value", "单位", "Unit"));
        if (unsure) {
            head.addAll(List.of("#不确定度", "Uncertainty"));
        }
        head.addAll(List.of("如何测得", "How it was measured"));
        h.raw("<table class=\"facts\">").head(head.toArray(new String[0])).raw("<tbody>");
        for (int i = 0; i < facts.size(); i++) {
            Fact f = facts.get(i);
            h.raw("<tr data-fact=\"" + Html.escape(f.key()) + "\">")
                    .cell(f.name())
                    .number(f.value())
                    .cell(f.unit().equals("1") ? "" : f.unit());
            if (unsure) {
                h.raw("<td class=\"n\">" + (f.uncertainty() == null ? "–" : "± " + Fact.show(f.uncertainty()))
                        + "</td>");
            }
            if (i == 0 || !facts.get(i - 1).method().equals(f.method())) {
                int same = 1; // the same words are said once
                while (i + same < facts.size() && facts.get(i + same).method().equals(f.method())) {
                    same++;
                }
                h.raw(same > 1 ? "<td class=\"how\" rowspan=\"" + same + "\">" : "<td class=\"how\">")
                        .text(f.method().zh(), f.method().en())
                        .raw("</td>");
            }
            h.raw("</tr>\n");
        }
        h.raw("</tbody></table>\n");
    }
}
