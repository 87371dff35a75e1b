package org.grotto.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Topology;
import org.grotto.report.ReportInput.Opening;
import org.grotto.report.ReportInput.Source;
import org.grotto.scene.CaveInfo;

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
            List<Fact> facts,
            boolean closed,
            long openingsTotal,
            List<QualityReport.Hole> openings,
            List<Source> inputs,
            String grotto,
            Map<String, Object> options) {}

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
            Mesh mesh,
            Topology topology,
            List<Opening> openings,
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
                r.facts,
                topology.closed(),
                openings.size(),
                Measures.holes(openings),
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

    private void add(
            String key, String zh, String en, double value, int decimals, String unit, String mzh, String men) {
        facts.add(new Fact(key, new Text(zh, en), Fact.round(value, decimals), unit, null, new Text(mzh, men)));
    }

    private void count(String key, String zh, String en, long n, String mzh, String men) {
        add(key, zh, en, n, 0, "1", mzh, men);
    }

    private void measure(Mesh m, Topology t, int openings, Work work) {
        Box b = m.bounds();
        double[] size = {b.sizeX(), b.sizeY(), b.sizeZ()};
        double[] low = {b.minX(), b.minY(), b.minZ()};
        String[] axis = {"X", "Y", "Z"};
        for (int i = 0; i < 3; i++) {
            String key = axis[i].toLowerCase(java.util.Locale.ROOT);
            String zh = axis[i] + " 向";
            String mzh = "网格顶点坐标的范围；单位与朝上轴见 report.json 的 options。";
            String men = "From the vertices' coordinates; unit and up axis: see options in report.json.";
            add("extent." + key, zh + "范围", "Extent along " + axis[i], size[i], 3, "m", mzh, men);
            add("lowest." + key, zh + "最小坐标", "Lowest " + axis[i], low[i], 3, "m", mzh, men);
        }
        String czh = "计数，精确值。";
        String cen = "Counted; exact.";
        count("triangles", "三角形数", "Triangles", m.triangleCount(), czh, cen);
        count("vertices", "顶点数", "Vertices", t.vertices(), czh, cen);
        count("places", "不同位置的角点", "Corners at different places", t.places(), czh, cen);
        add("area", "表面积", "Area", Measures.areas(m, work)[0], 2, "m²", "全部三角形面积之和。", "Sum of all triangles' areas.");
        if (t.closed()) {
            add(
                    "volume",
                    "封闭体积",
                    "Volume within",
                    t.volume(),
                    3,
                    "m³",
                    "散度定理；法向朝内时为负。",
                    "By the divergence theorem; negative where triangles face inwards.");
        }
        String ezh = "同一位置的角点视为一点后，按边统计。";
        String een = "Over all edges, corners at the same place taken as one.";
        add("edge.median", "边长（中位数）", "Edge length, median", 1000 * t.edgeMedian(), 2, "mm", ezh, een);
        add("edge.p95", "边长（95 % 分位）", "Edge length, 95 % below", 1000 * t.edge95(), 2, "mm", ezh, een);
        count(
                "edges.border",
                "边界边",
                "Border edges",
                t.border(),
                "只属于一个三角形的边；" + ezh,
                "Edges of one triangle only. " + een);
        count(
                "edges.branching",
                "非流形边",
                "Non-manifold edges",
                t.branching(),
                "属于两个以上三角形的边；" + ezh,
                "Edges of more than two triangles. " + een);
        count(
                "edges.turned",
                "朝向不一致的边",
                "Edges with a turned triangle",
                t.turned(),
                "两侧三角形朝向相反的边；" + ezh,
                "Edges whose two triangles face opposite sides. " + een);
        count(
                "triangles.collapsed",
                "退化三角形",
                "Collapsed triangles",
                t.collapsed(),
                "两个角点在同一位置的三角形。",
                "Triangles with two corners at one place.");
        count("pieces", "互不相连的部分", "Pieces", t.pieces(), czh, cen);
        count("openings", "边界线", "Openings", openings, "首尾相接的边界边所成的线。", "Lines that border edges form.");
    }

    private static String page(Document d, Topology t) {
        Html h = new Html();
        Page.top(h, new Text("网格质量报告", "Quality report of a mesh"), d.title(), d.cave(), Report.style());
        section(h, 1, "结论摘要", "In short");
        h.tag("p class=\"say" + (t.closed() ? "\"" : " bad\""), verdict(t, true), verdict(t, false));
        h.tag(
                "p",
                "本数据包由网格制成，没有扫描点云；因此无法说明网格与洞窟的符合程度，也无法区分实测面与推断面。",
                "This package was made of a mesh, without scans. So nothing here tells how well the mesh follows the cave, nor which"
                        + " surface was measured and which inferred.");
        Page.facts(h, d.facts());
        h.raw("</section>\n");
        section(h, 2, "孔洞", "Openings");
        if (d.openingsTotal() == 0) {
            h.tag("p", "网格没有边界线。", "The mesh has no border lines.");
        } else {
            h.tag(
                    "p",
                    "共 " + d.openingsTotal() + " 条边界线，按周长列出最大的 " + d.openings().size() + " 条；开敞网格的外缘也在其中。",
                    d.openingsTotal() + " border lines; the " + d.openings().size()
                            + " longest are listed. The rim of an open mesh is one of them.");
            Page.holes(h, d.openings());
        }
        h.raw("</section>\n");
        section(h, 3, "来源", "Where it comes from");
        Page.sources(h, d.inputs());
        h.raw("<p><a href=\"report.json\">report.json</a> · <a href=\"../run/run.json\">run.json</a></p>\n");
        h.raw("<p>Grotto " + Html.escape(d.grotto()) + "</p>\n</section>\n");
        return h.raw("</main></body></html>\n").toString();
    }

    private static void section(Html h, int n, String zh, String en) {
        h.raw("<section><h2><span class=\"no\">" + n + "</span>").text(zh, en).raw("</h2>\n");
    }

    private static String verdict(Topology t, boolean zh) {
        if (t.closed()) {
            return zh
                    ? "网格封闭，每条边恰属两个朝向一致的三角形。"
                    : "The mesh is closed: every edge has two triangles that face the same side.";
        }
        String b = Fact.show(BigDecimal.valueOf(t.border()));
        String n = Fact.show(BigDecimal.valueOf(t.branching()));
        String u = Fact.show(BigDecimal.valueOf(t.turned()));
        return zh
                ? "网格不封闭：边界边 " + b + " 条，非流形边 " + n + " 条，朝向不一致的边 " + u + " 条。"
                : "The mesh is not closed: " + b + " border edges, " + n + " non-manifold edges, " + u
                        + " edges with a turned triangle.";
    }
}
