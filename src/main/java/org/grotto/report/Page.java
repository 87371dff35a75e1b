package org.grotto.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.grotto.base.Faults;
import org.grotto.base.Json;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.image.ColourMap;
import org.grotto.image.VertexColours;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Layer;
import org.grotto.scene.Palette;
import org.jspecify.annotations.Nullable;

/** The report as a page: one file, two languages, no script. */
final class Page {
    private final QualityReport r;
    private final CaveInfo info;
    private final @Nullable Gallery gallery;
    private final boolean coloured;
    private final Html h = new Html();
    /** Units of a picture of the doll's house. */
    private static final int HOUSE = 450;

    private int section;

    private Page(QualityReport r, CaveInfo info, @Nullable Gallery gallery, boolean coloured) {
        this.r = r;
        this.info = info;
        this.gallery = gallery;
        this.coloured = coloured;
    }

    static String of(
            QualityReport r,
            CaveInfo info,
            @Nullable Gallery gallery,
            boolean coloured,
            List<Layer> layers,
            String style) {
        Page p = new Page(r, info, gallery, coloured);
        Text title = Texts.of("report.title");
        top(p.h, title, r.title(), style);
        p.cover(title);
        p.summary();
        p.drawings();
        p.spacing();
        p.coverage();
        p.openings();
        p.layers(layers);
        p.noise();
        p.pairs();
        p.accuracy();
        p.conflicts();
        p.cleaning();
        p.provenance();
        return bottom(p.h);
    }

    /** The page's head, up to where its cover begins. */
    static void top(Html h, Text kind, Text name, String style) {
        String title = name.zh().equals(name.en()) ? name.zh() : name.zh() + " · " + name.en();
        h.raw("<!DOCTYPE html>\n"
                        + "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"zh-Hans\"><head><meta"
                        + " charset=\"utf-8\"/>")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")
                .raw("<title>" + Html.escape(title) + "</title>\n<style>\n" + style)
                .raw(running("zh", name.zh(), kind.zh()))
                .raw(running("en", name.en(), kind.en()))
                .raw("</style></head>\n<body>\n")
                .raw("<input type=\"radio\" name=\"language\" id=\"zh\" checked=\"checked\"/><label for=\"zh\">"
                        + Texts.of("report.language-zh").zh() + "</label>")
                .raw("<input type=\"radio\" name=\"language\" id=\"en\"/><label for=\"en\">"
                        + Texts.of("report.language-en").en() + "</label>\n<main>\n");
    }

    /** The whole page, with its end. */
    static String bottom(Html h) {
        return Letters.with(h.raw("</main></body></html>\n").toString());
    }

    /** The running title of printed pages in one language. */
    private static String running(String language, String name, String kind) {
        return "@page " + language + " { @top-left { content: " + quoted(name) + "; } @top-right { content: "
                + quoted(kind) + "; } }\n";
    }

    /** As a string of CSS inside a page that is XML. */
    private static String quoted(String words) {
        StringBuilder b = new StringBuilder("\"");
        words.codePoints().forEach(c -> {
            if (c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&') {
                b.append(String.format(Locale.ROOT, "\\%06x", Math.max(c, 0x20)));
            } else {
                b.appendCodePoint(c);
            }
        });
        return b.append('"').toString();
    }

    private void cover(Text kind) {
        long known = info.stations().stream().filter(s -> s.pose() != null).count();
        Fact read = r.fact("points.read");
        Text data = Texts.of(
                "report.cover.scans",
                "files",
                r.inputs().size(),
                "stations",
                info.stations().size(),
                "known",
                known,
                "points",
                Fact.show(read == null ? null : read.value()));
        Cover.write(h, kind, info, r.subject(), r.cover(), data, r.grotto(), gallery == null ? null : firstView());
    }

    private Text firstView() {
        Text colour = Texts.of(coloured ? "report.colours-scanned" : "report.colours-none");
        return Texts.of(r.subject().encloses() ? "report.view-inside" : "report.view-before", "colour", colour);
    }

    private void drawings() {
        if (gallery == null) {
            extents();
            return;
        }
        begin("report.plan");
        h.tag("p", "report.scale-means");
        new Drawings(h, info, gallery.sheets()).planAndElevations();
        Text colour = Texts.of(coloured ? "report.colours-scanned" : "report.colours-none");
        String key = r.subject().encloses() ? "report.view-dollhouse" : "report.view-outside";
        house("dollhouse.png", Texts.of(key, "colour", colour));
        extents();
        end();
    }

    private void extents() {
        facts("extent.x", "extent.y", "extent.z", "triangles");
    }

    private void begin(String key) {
        section++;
        h.raw("<section>")
                .raw("<h2><span class=\"no\">" + section + "</span>")
                .text(key)
                .raw("</h2>\n");
    }

    private void end() {
        h.raw("</section>\n");
    }

    private void summary() {
        begin("report.in-short");
        Fact x = r.fact("extent.x");
        Fact y = r.fact("extent.y");
        Fact z = r.fact("extent.z");
        h.raw("<div class=\"key\">");
        if (x != null && y != null && z != null) {
            key(
                    Fact.show(dm(x.value())) + " × " + Fact.show(dm(y.value())) + " × " + Fact.show(dm(z.value())),
                    "m",
                    "report.extent");
        }
        key("area", "report.key-area");
        key("coverage.closed", "report.key-closed");
        key("points", "report.key-points");
        key("spacing.median", "report.key-half-spacing");
        key("spacing.p95", "report.key-spacing");
        key("noise", "report.key-noise");
        key("noise.atMost", "report.key-noise-at-most");
        key("distance.median", "report.key-half-distance");
        key("distance.p95", "report.key-distance");
        key("distance.rms", "report.key-distance-rms");
        h.raw("</div>\n");
        for (Text w : r.warnings()) {
            h.tag("p class=\"warn\"", w);
        }
        reading();
        h.tag("p class=\"note\"", "report.no-verdict");
        end();
    }

    private void reading() {
        h.raw("<dl class=\"reading\">\n");
        for (Reading.Answer a : Reading.of(r)) {
            h.raw("<div>")
                    .tag("dt", a.question())
                    .tag(a.concern() ? "dd class=\"bad\"" : "dd", a.answer())
                    .raw("</div>\n");
        }
        h.raw("</dl>\n");
    }

    private static BigDecimal dm(@Nullable BigDecimal v) {
        return v == null ? BigDecimal.ZERO : v.setScale(2, java.math.RoundingMode.HALF_EVEN);
    }

    private void key(String fact, String name) {
        Fact f = r.fact(fact);
        if (f != null && f.value() != null) {
            key(Fact.show(f.value()), f.unit().equals("1") ? "" : f.unit(), name);
        }
    }

    private void key(String value, String unit, String name) {
        h.raw("<div><span class=\"v\"><b>" + Html.escape(value) + "</b>"
                        + (unit.isEmpty() ? "" : " <i>" + Html.escape(unit) + "</i>") + "</span><br/>")
                .text(name)
                .raw("</div>\n");
    }

    /** A picture of the doll's house, with its scale bar. */
    private void house(String file, Text caption) {
        if (gallery != null) {
            Chart c = new Chart(gallery.pictures().house(file), HOUSE, false);
            h.raw("<figure class=\"house\">" + c.oblique() + "<figcaption>")
                    .text(caption)
                    .raw("</figcaption></figure>\n");
        }
    }

    /** A drawing whose letters are Chinese or English. */
    private interface Lettered {
        String in(boolean chinese);
    }

    private void plot(Lettered svg, @Nullable Text caption) {
        h.raw("<figure><div class=\"zh\">" + svg.in(true) + "</div><div class=\"en\">" + svg.in(false) + "</div>");
        if (caption != null) {
            h.raw("<figcaption>").text(caption).raw("</figcaption>");
        }
        h.raw("</figure>\n");
    }

    private void spacing() {
        Histogram s = r.histograms().get("spacing");
        if (s == null) {
            return;
        }
        begin("report.spacing");
        h.tag("p", "report.spacing-means");
        ColourMap map = ColourMap.STRAW_TO_INDIGO;
        Text axis = Texts.of("report.spacing-axis");
        Text share = Texts.of("report.of-all-points");
        if (gallery != null) {
            house("spacing.png", Texts.of("report.spacing-map"));
            plot(zh -> Plot.scale(map, s, axis.in(zh)), null);
        }
        plot(
                zh -> Plot.histogram(s, axis.in(zh), share.in(zh), map),
                Texts.of("report.spacing-histogram", "count", out(s)));
        facts("spacing.p05", "spacing.median", "spacing.p95", "lattice");
        end();
    }

    private static Text out(Histogram s) {
        return Texts.of(
                "report.outside-plot",
                "n",
                Fact.show(BigDecimal.valueOf(s.total())),
                "outside",
                Fact.show(BigDecimal.valueOf(s.below() + s.above())));
    }

    private void coverage() {
        begin("report.coverage");
        if (r.fact("coverage") == null) {
            h.tag("p", "report.no-evidence");
        } else {
            h.tag("p", "report.coverage-means");
        }
        facts(
                "area",
                "area.measured",
                "area.inferred",
                "coverage",
                "area.cutAway",
                "coverage.closed",
                "area.thin",
                "area.thin.lost");
        end();
    }

    /** A picture of each layer with its legend. */
    private void layers(List<Layer> layers) {
        if (gallery == null || layers.isEmpty()) {
            return;
        }
        begin("report.layers");
        h.raw("<div class=\"two\">\n");
        for (Layer layer : layers) {
            String unit = layer.unit().equals("1") ? "" : " (" + layer.unit() + ")";
            Text caption = new Text(
                    layer.title().zh() + " · " + layer.quantity().zh() + unit,
                    layer.title().en() + " · " + layer.quantity().en() + unit);
            h.raw("<div class=\"layer\">");
            house(Pictures.name(layer) + ".png", caption);
            if (layer.scale() != null) {
                h.raw("<p class=\"scale\"><span>"
                        + Html.escape(shown(layer, layer.scale().from()))
                        + "</span><i style=\"background:linear-gradient(to right," + colours(layer.scale())
                        + ")\"></i><span>"
                        + Html.escape(shown(layer, layer.scale().to())) + "</span></p>\n");
            }
            List<Layer.Band> classes = layer.classes() == null ? List.of() : layer.classes();
            if (!classes.isEmpty()) {
                h.raw("<p class=\"legend\">");
                @Nullable Pattern[] patterns = Pattern.of(layer);
                boolean marks = Pattern.marks(layer);
                for (int i = 0; i < patterns.length; i++) {
                    h.raw("<span class=\"class\">" + swatch(classes.get(i), marks ? patterns[i] : null))
                            .text(classes.get(i).title())
                            .raw("</span> ");
                }
                h.raw("</p>\n");
                if (!marks) {
                    h.tag("p class=\"note\"", "report.colour-only");
                }
            }
            h.raw("</div>\n");
        }
        h.raw("</div>\n");
        end();
    }

    private static String shown(Layer layer, double value) {
        return String.format(Locale.ROOT, "%." + Math.max(0, Math.min(6, layer.decimals())) + "f", value);
    }

    private static String colours(Layer.Scale scale) {
        return scale.colours().stream()
                .map(c -> String.format(Locale.ROOT, "#%06x", Palette.rgb(c)))
                .collect(Collectors.joining(","));
    }

    private static String swatch(Layer.Band b, @Nullable Pattern p) {
        int rgb = b.colour() == null ? VertexColours.NONE : Palette.rgb(b.colour());
        String colour = String.format(Locale.ROOT, "#%06x", rgb);
        return "<span class=\"swatch\" style=\"background:" + (p == null ? colour : p.background(colour))
                + "\"></span>";
    }

    private void noise() {
        begin("report.stations");
        if (r.stations().isEmpty()) {
            h.tag("p", "report.no-stations");
            end();
            return;
        }
        h.tag("p", "report.stations-means");
        List<String> names = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        List<String> words = new ArrayList<>();
        h.raw("<table>")
                .head(
                        "#report.number",
                        "report.station",
                        "#report.points",
                        "#report.spacing-median",
                        "#report.spacing-95",
                        "#report.noise-mm",
                        "#report.places")
                .raw("<tbody>");
        for (QualityReport.Station s : r.stations()) {
            h.raw("<tr>")
                    .number(names.size() + 1L)
                    .cell(s.name())
                    .number(s.points())
                    .number(s.spacingMedianMm())
                    .number(s.spacing95Mm())
                    .raw("<td class=\"n\">" + noise(s) + "</td>")
                    .number(s.noiseSamples())
                    .raw("</tr>\n");
            names.add(s.name());
            values.add(s.noiseMm() == null ? Double.NaN : s.noiseMm().doubleValue());
            words.add(noise(s));
        }
        h.raw("</tbody></table>\n");
        double[] v = values.stream().mapToDouble(Double::doubleValue).toArray();
        if (v.length <= 40) {
            Text axis = Texts.of("report.noise-axis");
            plot(zh -> Plot.bars(names, v, words, axis.in(zh)), Texts.of("report.noise-of-stations"));
        }
        facts("noise");
        end();
    }

    /** A station's noise; a bound bears its sign. */
    private static String noise(QualityReport.Station s) {
        return (Boolean.TRUE.equals(s.noiseAtMost()) ? "≤ " : "") + Fact.show(s.noiseMm());
    }

    private void pairs() {
        begin("report.pairs");
        QualityReport.Registration g = r.registration();
        boolean wrong = g.verdict().equals("inconsistent");
        h.tag(wrong ? "p class=\"say bad\"" : "p", g.said());
        if (g.pairs().isEmpty()) {
            h.tag("p", "report.no-pairs");
            end();
            return;
        }
        h.tag("p", "report.pairs-means");
        h.raw("<table class=\"pairs\">")
                .head(
                        "report.station-a",
                        "report.station-b",
                        "#report.places",
                        "#report.contradicts-percent",
                        "#report.wall-mm",
                        "#report.wall-error-mm",
                        "#report.shift-mm",
                        "#report.rotation-mrad",
                        "report.verdict")
                .raw("<tbody>");
        for (QualityReport.Pair p : g.pairs()) {
            h.raw(p.verdict().equals("inconsistent") ? "<tr class=\"bad\">" : "<tr>")
                    .cell(p.a())
                    .cell(p.b())
                    .number(p.samples())
                    .number(p.contradictsPercent())
                    .number(p.wallMm())
                    .number(p.wallErrorMm())
                    .number(length(p.shift(), 1))
                    .number(length(p.rotation(), 2))
                    .cell(p.reason())
                    .raw("</tr>\n");
        }
        h.raw("</tbody></table>\n");
        if (g.stations().stream().anyMatch(s -> s.verdict().equals("inconsistent"))) {
            h.raw("<table class=\"pairs\">")
                    .head("report.station", "#report.shift-mm", "#report.rotation-mrad", "report.verdict")
                    .raw("<tbody>");
            for (QualityReport.Place p : g.stations()) {
                h.raw(p.verdict().equals("inconsistent") ? "<tr class=\"bad\">" : "<tr>")
                        .cell(p.name())
                        .number(length(p.shift(), 1))
                        .number(length(p.rotation(), 2))
                        .cell(p.reason())
                        .raw("</tr>\n");
            }
            h.raw("</tbody></table>\n");
        }
        if (wrong) {
            h.tag("p class=\"say bad\"", "report.pairs-advice");
        }
        facts("pairs.judged", "pairs.doubled");
        end();
    }

    /** The length of a vector in thousandths. */
    private static @Nullable BigDecimal length(double @Nullable [] v, int decimals) {
        return v == null ? null : Fact.round(1000 * Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]), decimals);
    }

    private void accuracy() {
        Histogram d = r.histograms().get("distance");
        if (d == null) {
            return;
        }
        begin("report.fit");
        h.tag("p", "report.fit-means").tag("p", "report.fit-figures");
        Text axis = Texts.of("report.distance-axis");
        Text share = Texts.of("report.of-sample");
        plot(
                zh -> Plot.histogram(d, axis.in(zh), share.in(zh), null),
                Texts.of("report.distance-histogram", "count", out(d)));
        facts("distance.mean", "distance.rms", "distance.median", "distance.p95");
        end();
    }

    private void openings() {
        begin("report.openings");
        openings(h, info, gallery, r.openingsTotal(), r.openings());
        facts("openings", "openings.area");
        end();
    }

    /** How many openings there are, where they are, and what the largest look like. */
    static void openings(
            Html h, CaveInfo info, @Nullable Gallery gallery, long total, List<QualityReport.Hole> listed) {
        if (total == 0) {
            h.tag("p", "report.no-openings");
            return;
        }
        h.tag("p", "report.openings-listed", "n", Fact.show(BigDecimal.valueOf(total)), "listed", listed.size());
        if (gallery != null) {
            new Drawings(h, info, gallery.sheets()).openings(listed);
        }
        holes(h, listed);
    }

    static void holes(Html h, List<QualityReport.Hole> openings) {
        h.raw("<table>")
                .head(
                        "#report.number",
                        "report.place",
                        "#report.area",
                        "#report.perimeter",
                        "#report.centre-x",
                        "#report.centre-y",
                        "#report.centre-z",
                        "#report.longest-side")
                .raw("<tbody>");
        for (QualityReport.Hole o : openings) {
            h.raw("<tr>")
                    .number(o.number())
                    .cell(o.place())
                    .number(o.areaM2())
                    .number(o.perimeterM())
                    .number(o.x())
                    .number(o.y())
                    .number(o.z())
                    .number(o.longestSideM())
                    .raw("</tr>\n");
        }
        h.raw("</tbody></table>\n");
    }

    private void conflicts() {
        List<QualityReport.Conflict> rows =
                r.conflicts().stream().filter(QualityReport.Conflict::tells).toList();
        if (rows.isEmpty()) {
            return;
        }
        begin("report.conflicts");
        h.tag("p", "report.conflicts-means");
        h.raw("<table>")
                .head("report.reason", "#report.area", "#report.share-of-surface")
                .raw("<tbody>");
        for (QualityReport.Conflict c : rows) {
            h.raw("<tr>")
                    .cell(c.reason())
                    .number(c.areaM2())
                    .number(c.percent())
                    .raw("</tr>\n");
        }
        h.raw("</tbody></table>\n");
        facts("area.conflicting");
        end();
    }

    private void cleaning() {
        begin("report.cleaning");
        h.raw("<table>")
                .head("report.reason", "#report.points", "#report.share-of-read")
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
        faults(h, r.faults());
        notKept(h, r.notKept());
        end();
    }

    /** What was wrong in the data, counted. */
    static void faults(Html h, Map<String, Faults.Entry> faults) {
        if (faults.isEmpty()) {
            h.tag("p", "report.no-faults");
        } else {
            h.raw("<table>")
                    .head("report.fault", "#report.times", "report.example")
                    .raw("<tbody>");
            for (Map.Entry<String, Faults.Entry> e : faults.entrySet()) {
                String name = e.getKey();
                String example = e.getValue().example();
                h.raw("<tr>")
                        .cell(FaultWords.of(name))
                        .number(e.getValue().count())
                        .cell(FaultWords.of(example))
                        .raw("</tr>\n");
            }
            h.raw("</tbody></table>\n");
        }
    }

    /** What the input holds and the package does not. */
    static void notKept(Html h, List<String> notKept) {
        if (notKept.isEmpty()) {
            h.tag("p", "report.nothing-else");
        } else {
            h.tag("p", "report.not-kept");
            h.raw("<ul>");
            for (String s : notKept) {
                h.raw("<li>" + Html.escape(s) + "</li>");
            }
            h.raw("</ul>\n");
        }
    }

    static void sources(Html h, List<ReportInput.Source> inputs) {
        h.raw("<table class=\"files\">")
                .head("report.input-file", "#report.bytes", "report.sha-256")
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
        begin("report.provenance");
        sources(h, r.inputs());
        h.tag("p", "report.provenance-means", "version", r.grotto());
        h.raw("<p><a href=\"report.json\">report.json</a> · <a href=\"../run/run.json\">run.json</a></p>\n");
        h.tag("h3", "report.options");
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
        List<String> head = new ArrayList<>(List.of("report.quantity", "#report.value", "report.unit"));
        if (unsure) {
            head.add("#report.uncertainty");
        }
        head.add("report.method");
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
                        .text(f.method())
                        .raw("</td>");
            }
            h.raw("</tr>\n");
        }
        h.raw("</tbody></table>\n");
    }
}
