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
        r.measure(mesh, topology, openings.size(), work);
        Document d = new Document(
                FORMAT,
                info.id(),
                info.title(),
                subject.kind(),
                subject,
                r.facts,
                topology.closed(),
                openings.size(),
                Measures.holes(openings),
                told.faults(),
                told.notKept(),
                told.warnings(),
                sources,
                version,
                options);
        Json.write(folder.resolve("report.json"), d);
        Path page = folder.resolve("report.html");
        try {
            Files.writeString(page, page(d, topology), StandardCharsets.UTF_8);
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

    private void measure(Mesh m, Topology t, int openings, Work work) {
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
        Text edges = Texts.of("report.how.mesh.edge");
        add("edge.median", 1000 * t.edgeMedian(), 2, "mm", edges);
        add("edge.p95", 1000 * t.edge95(), 2, "mm", edges);
        count("edges.border", t.border(), Texts.of("report.how.mesh.edges.border"));
        count("edges.branching", t.branching(), Texts.of("report.how.mesh.edges.branching"));
        count("edges.turned", t.turned(), Texts.of("report.how.mesh.edges.turned"));
        count("triangles.collapsed", t.collapsed(), Texts.of("report.how.mesh.triangles.collapsed"));
        count("pieces", t.pieces(), exact);
        count("openings", openings, Texts.of("report.how.mesh.openings"));
    }

    private static String page(Document d, Topology t) {
        Html h = new Html();
        Page.top(h, Texts.of("report.mesh.title"), d.title(), d.cave(), Report.style());
        section(h, 1, "report.in-short");
        h.tag("p class=\"say" + (t.closed() ? "\"" : " bad\""), verdict(t));
        h.tag("p", d.subjectTold().sentence());
        d.warnings().forEach(w -> h.tag("p class=\"warn\"", w));
        h.tag("p", "report.mesh.no-scans");
        Page.facts(h, d.facts());
        h.raw("</section>\n");
        section(h, 2, "report.openings");
        if (d.openingsTotal() == 0) {
            h.tag("p", "report.mesh.no-openings");
        } else {
            h.tag(
                    "p",
                    "report.mesh.openings-listed",
                    "n",
                    d.openingsTotal(),
                    "listed",
                    d.openings().size());
            Page.holes(h, d.openings());
        }
        h.raw("</section>\n");
        section(h, 3, "report.mesh.read");
        Page.faults(h, d.faults());
        Page.notKept(h, d.notKept());
        h.raw("</section>\n");
        section(h, 4, "report.mesh.source");
        Page.sources(h, d.inputs());
        h.raw("<p><a href=\"report.json\">report.json</a> · <a href=\"../run/run.json\">run.json</a></p>\n");
        h.raw("<p>Grotto " + Html.escape(d.grotto()) + "</p>\n</section>\n");
        return h.raw("</main></body></html>\n").toString();
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
