package org.grotto.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grotto.base.Faults;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Topology;
import org.grotto.report.ReportInput.Opening;
import org.grotto.report.ReportInput.Source;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The report of a package that was made of a mesh, without scans: size, how the triangles hang together, openings. It says
 * that nothing in it tells how well the mesh follows the cave. Writes {@code report.html} and {@code report.json}.
 */
public final class MeshReport {
    private final List<Fact> facts = new ArrayList<>();

    private MeshReport() {}

    /** The content of {@code report.json}. */
    public record Document(
            String format,
            String cave,
            Text title,
            Subject.Kind subject,
            Subject subjectTold,
            ReportInput.Cover cover,
            List<Fact> facts,
            boolean closed,
            long openingsTotal,
            List<QualityReport.Hole> openings,
            Map<String, Faults.Entry> faults,
            List<String> notKept,
            List<Text> warnings,
            List<Source> inputs,
            String grotto,
            Map<String, Object> options) {}

    /**
     * What was said of the input.
     *
     * @param notKept what the file holds that the mesh does not
     */
    public record Told(Map<String, Faults.Entry> faults, List<String> notKept, List<Text> warnings) {}

    /** The value of {@link Document#format}. */
    public static final String FORMAT = "mesh-report/1";

    /**
     * @param topology of {@code mesh}
     * @param openings border lines, longest first
     * @param folder an existing one
     * @return the page's path
     */
    public static Path write(
            CaveInfo info,
            ReportInput.Cover cover,
            Subject subject,
            Mesh mesh,
            Topology topology,
            List<Opening> openings,
            Told told,
            List<Source> sources,
            Map<String, Object> options,
            String version,
            Path folder,
            Work work) {
        MeshReport r = new MeshReport();
        Sides sides = Sides.of(info, subject.kind(), mesh);
        r.measure(mesh, topology, openings, sides, work);
        Document d = new Document(
                FORMAT,
                info.id(),
                info.title(),
                subject.kind(),
                subject,
                cover,
                r.facts,
                topology.closed(),
                openings.size(),
                Measures.holes(openings, sides),
                told.faults(),
                told.notKept(),
                told.warnings(),
                sources,
                version,
                options);
        Json.write(folder.resolve("report.json"), d);
        Gallery gallery =
                mesh.triangleCount() > 0 ? Report.gallery(info, subject.kind(), mesh, openings, folder, work) : null;
        Path page = folder.resolve("report.html");
        try {
            Files.writeString(page, page(d, topology, mesh, info, gallery), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw GrottoException.io(page, e);
        }
        return page;
    }

    private void add(String key, double value, int decimals, String unit, Text how) {
        facts.add(new Fact(key, Texts.of("report.mesh.fact." + key), Fact.round(value, decimals), unit, null, how));
    }

    private void count(String key, long n, Text how) {
        add(key, n, 0, "1", how);
    }

    private void measure(Mesh m, Topology t, List<Opening> openings, Sides sides, Work work) {
        Box b = m.bounds();
        double[] size = {b.sizeX(), b.sizeY(), b.sizeZ()};
        double[] low = {b.minX(), b.minY(), b.minZ()};
        String[] extent = {"extent.x", "extent.y", "extent.z"};
        String[] lowest = {"lowest.x", "lowest.y", "lowest.z"};
        Text range = Texts.of("report.how.mesh.extent");
        for (int i = 0; i < 3; i++) {
            add(extent[i], size[i], 3, "m", range);
            add(lowest[i], low[i], 3, "m", range);
        }
        Text exact = Texts.of("report.how.exact");
        count("triangles", m.triangleCount(), exact);
        count("vertices", t.vertices(), exact);
        count("places", t.places(), exact);
        add("area", Measures.areas(m, work)[0], 2, "m²", Texts.of("report.how.mesh.area"));
        if (t.closed()) {
            add("volume", t.volume(), 3, "m³", Texts.of("report.how.mesh.volume"));
        }
        pictures(m);
        Text edges = Texts.of("report.how.mesh.edge");
        add("edge.median", 1000 * t.edgeMedian(), 2, "mm", edges);
        add("edge.p95", 1000 * t.edge95(), 2, "mm", edges);
        count("edges.border", t.border(), Texts.of("report.how.mesh.edges.border"));
        count("edges.branching", t.branching(), Texts.of("report.how.mesh.edges.branching"));
        count("edges.turned", t.turned(), Texts.of("report.how.mesh.edges.turned"));
        count("triangles.collapsed", t.collapsed(), Texts.of("report.how.mesh.triangles.collapsed"));
        count("pieces", t.pieces(), exact);
        count("openings", openings.size(), Texts.of("report.how.mesh.openings"));
        double open = openings.stream()
                .filter(o -> !sides.edge(o))
                .mapToDouble(Opening::area)
                .sum();
        facts.add(new Fact(
                "openings.area",
                Texts.of("report.fact.openings.area"),
                Fact.round(open, 4),
                "m²",
                null,
                Texts.of("report.how.openings.area")));
    }

    /** How many pictures lie on the mesh, how large they are, and how wide their pixels are on it. */
    private void pictures(Mesh m) {
        PictureFacts p = PictureFacts.of(m);
        if (p != null) {
            count("pictures", p.count(), Texts.of("report.how.mesh.pictures", "sizes", p.sizes()));
            Text how = Texts.of("report.how.mesh.texel");
            add("texel.median", 1000 * p.median(), 3, "mm", how);
            add("texel.p95", 1000 * p.p95(), 3, "mm", how);
        }
    }

    private static String page(Document d, Topology t, Mesh mesh, CaveInfo info, @Nullable Gallery gallery) {
        Html h = new Html();
        Text kind = Texts.of("report.mesh.title");
        Page.top(h, kind, d.title(), Report.style());
        Text colour = Texts.of(mesh.rgb() != null ? "report.mesh.colours" : "report.mesh.colours-none");
        boolean room = d.subject().encloses();
        Text first = Texts.of(room ? "report.view-inside" : "report.view-before", "colour", colour);
        Text data = Texts.of("report.cover.mesh", "triangles", Fact.show(BigDecimal.valueOf(mesh.triangleCount())));
        Cover.write(h, kind, info, d.subject(), d.cover(), data, d.grotto(), gallery == null ? null : first);
        int n = 0;
        section(h, ++n, "report.in-short");
        h.tag("p class=\"say" + (t.closed() ? "\"" : " bad\""), verdict(t));
        h.tag("p", d.subjectTold().sentence());
        d.warnings().forEach(w -> h.tag("p class=\"warn\"", w));
        h.tag("p", "report.mesh.no-scans");
        Page.facts(h, d.facts());
        h.raw("</section>\n");
        if (gallery != null) {
            section(h, ++n, "report.plan");
            h.tag("p", "report.scale-means");
            new Drawings(h, info, gallery.sheets()).planAndElevations();
            h.raw("</section>\n");
        }
        section(h, ++n, "report.openings");
        Page.openings(h, info, gallery, d.openingsTotal(), d.openings());
        h.raw("</section>\n");
        section(h, ++n, "report.mesh.read");
        Page.faults(h, d.faults());
        Page.notKept(h, d.notKept());
        h.raw("</section>\n");
        section(h, ++n, "report.mesh.source");
        Page.sources(h, d.inputs());
        h.raw("<p><a href=\"report.json\">report.json</a> · <a href=\"../run/run.json\">run.json</a></p>\n");
        h.raw("<p>Grotto " + Html.escape(d.grotto()) + "</p>\n</section>\n");
        return Page.bottom(h);
    }

    private static void section(Html h, int n, String key) {
        h.raw("<section><h2><span class=\"no\">" + n + "</span>").text(key).raw("</h2>\n");
    }

    private static Text verdict(Topology t) {
        return t.closed()
                ? Texts.of("report.mesh.closed")
                : Texts.of(
                        "report.mesh.open",
                        "border",
                        Fact.show(BigDecimal.valueOf(t.border())),
                        "branching",
                        Fact.show(BigDecimal.valueOf(t.branching())),
                        "turned",
                        Fact.show(BigDecimal.valueOf(t.turned())));
    }
}
