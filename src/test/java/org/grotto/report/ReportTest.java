package org.grotto.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.grotto.base.Faults;
import org.grotto.base.Json;
import org.grotto.base.Progress;
import org.grotto.base.Records;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.CaveInfo.View;
import org.grotto.scene.Subject;
import org.grotto.store.HeapStore;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;

class ReportTest {
    @TempDir
    Path folder = Path.of("");

    private static Store points(Cloud cloud) {
        try (Work work = Work.silent()) {
            return HeapStore.of(cloud, 500, work);
        }
    }

    /** A flat square metre facing up at z = 0, half of it measured, and {@code n} points {@code above} metres over it. */
    private static ReportInput square(int n, double above, boolean stations) {
        int[] x = new int[n];
        int[] y = new int[n];
        int[] z = new int[n];
        float[] spacing = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = 1000 + 37 * i % 8000;
            y[i] = 1000 + 91 * i % 8000;
            z[i] = (int) Math.round(above * 10_000) * (i % 4 == 0 ? -1 : 1);
            spacing[i] = 0.002f + 0.001f * (i % 5);
        }
        Cloud cloud = new Cloud(new Lattice(0, 0, 0, 1e-4), x, y, z, Columns.NONE.with(Columns.SPACING, spacing));
        Mesh mesh = new Mesh(
                0,
                0,
                0,
                new float[] {0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0},
                null,
                null,
                new byte[] {Mesh.MEASURED, Mesh.MEASURED, Mesh.INFERRED, Mesh.INFERRED},
                new int[] {0, 1, 2, 0, 2, 3});
        CaveInfo info = new CaveInfo(
                CaveInfo.FORMAT,
                "cave-1",
                new Text("第<1>窟 & “甲”", "Cave <1> & \u0001"),
                new CaveInfo.Frame("m", "+Z", new double[3], 1e-4, null),
                new Box(0, 0, 0, 1, 1, 0),
                List.of(),
                List.of(
                        new View(
                                "inside",
                                new Text("", ""),
                                "inside",
                                new double[] {0.5, 0, 1},
                                new double[] {0.5, 0.5, 0},
                                60),
                        new View(
                                "dollhouse",
                                new Text("", ""),
                                "dollhouse",
                                new double[] {0.5, -1, 2},
                                new double[] {0.5, 0.5, 0},
                                40)),
                List.of(),
                new CaveInfo.Rights(null, null, null),
                null,
                null);
        return new ReportInput(
                info,
                ReportInput.Cover.EMPTY,
                points(cloud),
                mesh,
                n + 7,
                0.25,
                0,
                0,
                stations
                        ? List.of(
                                new ReportInput.StationRow("A&B", n, 0.0031, 0.0062, 0.0012, false, true, 99),
                                new ReportInput.StationRow("乙", 0, 0, 0, Double.NaN, false, false, 0))
                        : List.of(),
                stations ? registration() : new ReportInput.Registration("not-checked", SAID, List.of(), List.of()),
                List.of(new ReportInput.Removal(new Text("重复点", "twice"), 7)),
                stations
                        ? List.of(
                                new ReportInput.Reflection(new double[] {1, 2, 3}, new double[] {0, 0, 1}, 2.1, 1.4, 5))
                        : List.of(),
                stations ? List.of(new ReportInput.Conflict("moved", new Text("移动", "walked on"), 0.125)) : List.of(),
                stations
                        ? List.of(new ReportInput.Opening(
                                4,
                                1,
                                new double[] {0.5, 0.5, 0},
                                new Box(0, 0, 0, 1, 1, 0),
                                new double[] {0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0},
                                new double[] {0, 0, 1}))
                        : List.of(),
                new TreeMap<>(Map.of("a < b", new Faults.Entry(3, "x > y"))),
                List.of(new Text("警告甲", "warned & so")),
                List.of("images"),
                List.of(new ReportInput.Source("s.e57", 5, "00ff")),
                Map.of("clean", Map.of("k", 1)),
                "0",
                new Subject(Subject.Kind.ROOM, false, true, Map.of("eyes", 2.0), List.of(new Text("四壁", "walls"))));
    }

    private static final Text SAID = new Text("配准", "registration said");

    private static ReportInput.Registration registration() {
        double[][] c = new double[6][6];
        c[0][0] = 1e-6;
        ReportInput.Motion m = new ReportInput.Motion(
                new double[] {0.003, 0.004, 0}, new double[] {0, 0, 0.001}, new double[] {1, 2, 3}, c);
        Text why = new Text("移动甲", "moved & so");
        return new ReportInput.Registration(
                "inconsistent",
                SAID,
                List.of(new ReportInput.PairRow("A&B", "乙", "inconsistent", why, 1234, 0.25, 5.5, 0.5, m)),
                List.of(
                        new ReportInput.PlaceRow("A&B", "consistent", why, null),
                        new ReportInput.PlaceRow("乙", "inconsistent", why, m)));
    }

    private Document page(ReportInput in, Path to, int threads) throws Exception {
        Files.createDirectories(to);
        try (Work work = new Work(threads, 1 << 28, Progress.NONE)) {
            Report.write(in, to, new Threads(work));
        }
        String html = Files.readString(to.resolve("report.html"));
        assertThat(html.substring(html.indexOf("</style>")))
                .doesNotContain("<script")
                .doesNotContain("NaN");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        html.replaceFirst("<!DOCTYPE html>\n", "").getBytes(StandardCharsets.UTF_8)));
    }

    private static double number(String shown) {
        return Double.parseDouble(shown.replace("\u202f", "").replace('−', '-'));
    }

    @Test
    void distancesAndAreasOfASquareAreItsOwn() throws Exception {
        page(square(400, 0.002, true), folder, 2);
        JsonNode r = Json.tree(folder.resolve("report.json"));
        Map<String, Double> f = new TreeMap<>();
        r.get("facts")
                .forEach(x -> f.put(x.get("key").asString(), x.get("value").asDouble()));
        assertThat(f)
                .containsEntry("area", 1.0)
                .containsEntry("area.measured", 0.5)
                .containsEntry("coverage", 50.0);
        // a quarter of the points lie 2 mm under, the others 2 mm over
        assertThat(f.get("distance.mean")).isCloseTo(1, within(1e-9));
        assertThat(f.get("distance.rms")).isCloseTo(2, within(1e-9));
        assertThat(f.get("distance.p95")).isCloseTo(2, within(1e-9));
        assertThat(f.get("spacing.median")).isCloseTo(4, within(1e-9));
        assertThat(r.get("limits")).isEmpty();
        // 400 values that scatter by sqrt(3): their mean is sure to 1.96 sqrt(3) / 20, with 95 in 100
        for (JsonNode x : r.get("facts")) {
            if (x.get("key").asString().equals("distance.mean")) {
                assertThat(x.get("uncertainty").asDouble()).isCloseTo(1.96 * Math.sqrt(3) / 20, within(0.0006));
            }
        }
    }

    @Test
    void pageIsXmlItsLinksStandAndItsNumbersAreTheDatas() throws Exception {
        Document d = page(square(400, 0.002, true), folder, 2);
        Set<String> images = new TreeSet<>();
        for (String[] kind : new String[][] {{"img", "src"}, {"image", "href"}}) {
            NodeList all = d.getElementsByTagName(kind[0]);
            for (int i = 0; i < all.getLength(); i++) {
                images.add(((Element) all.item(i)).getAttribute(kind[1]));
            }
        }
        assertThat(images).allSatisfy(i -> assertThat(folder.resolve(i)).isNotEmptyFile());
        try (Stream<Path> files = Files.list(folder)) {
            List<String> drawn = files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".png"))
                    .toList();
            assertThat(images).as("every picture is shown").containsExactlyInAnyOrderElementsOf(drawn);
        }
        Map<String, JsonNode> facts = new TreeMap<>();
        JsonNode r = Json.tree(folder.resolve("report.json"));
        r.get("facts").forEach(x -> facts.put(x.get("key").asString(), x));
        NodeList rows = d.getElementsByTagName("tr");
        int compared = 0;
        for (int i = 0; i < rows.getLength(); i++) {
            Element row = (Element) rows.item(i);
            JsonNode fact = facts.remove(row.getAttribute("data-fact"));
            if (fact != null) {
                String shown = row.getElementsByTagName("td").item(1).getTextContent();
                assertThat(number(shown))
                        .as(row.getAttribute("data-fact"))
                        .isEqualTo(fact.get("value").asDouble());
                compared++;
            }
        }
        assertThat(facts).as("facts without a row").isEmpty();
        assertThat(compared).isGreaterThan(15);
        String text = d.getDocumentElement().getTextContent();
        assertThat(text).contains("移动甲", "moved & so", "registration said", "1\u202f234", "warned & so", "警告甲");
    }

    @Test
    void sameBytesForAnyNumberOfThreads() throws Exception {
        ReportInput in = square(3000, 0.001, true);
        page(in, folder.resolve("1"), 1);
        for (int threads : new int[] {2, 5}) {
            Path other = folder.resolve("t" + threads);
            page(in, other, threads);
            for (String f : List.of("report.html", "report.json", "inside.png", "spacing.png", "layer-evidence.png")) {
                assertThat(other.resolve(f))
                        .hasSameBinaryContentAs(folder.resolve("1").resolve(f));
            }
        }
    }

    @Test
    void oddPackagesHaveAReportToo() throws Exception {
        for (int n : new int[] {0, 1, 2}) {
            Document d = page(square(n, 0, false), folder.resolve("n" + n), 1);
            assertThat(d.getDocumentElement().getTextContent()).contains("registration said");
        }
    }

    @Test
    void quantilesAndUncertaintyInClosedForm() {
        double[] even = new double[1001];
        for (int i = 0; i <= 1000; i++) {
            even[i] = i / 1000.0;
        }
        assertThat(Statistics.quantile(even, 0.25)).isCloseTo(0.25, within(1e-12));
        assertThat(Statistics.quantile(even, 1)).isEqualTo(1);
        assertThat(Statistics.quantileUncertainty(even, 0.5)).isCloseTo(1.96 * Math.sqrt(0.25 / 1001), within(1e-12));
        assertThat(Statistics.rms(new double[] {3, -4})).isCloseTo(Math.sqrt(12.5), within(1e-12));
    }

    @Test
    void histogramCountsEveryValueOnce() {
        Histogram h = Histogram.of(new double[] {-1, 0, 0.5, 1, 1.5, 2, 3}, "mm", 0, 2, 2);
        assertThat(h.counts()).containsExactly(2, 3);
        assertThat(h.below()).isEqualTo(1);
        assertThat(h.above()).isEqualTo(1);
        assertThat(h.total()).isEqualTo(7);
        assertThat(Histogram.round125(0.3)).isCloseTo(0.5, within(1e-12));
        assertThat(Histogram.round125(10)).isCloseTo(10, within(1e-12));
    }

    @Test
    void ratiosHaveClassesOfEqualRatio() {
        Histogram h = Histogram.ofRatios(new double[] {0, 0.5, 1, 1.5, 9, 10, 30, 100, 101}, "mm", 1, 100, 4);
        // borders at 1, 3.16, 10, 31.6, 100
        assertThat(h.counts()).containsExactly(2, 1, 2, 1);
        assertThat(h.below()).isEqualTo(2);
        assertThat(h.above()).isEqualTo(1);
        assertThat(h.low()).isEqualTo(0);
        assertThat(h.high()).isCloseTo(2, within(1e-12));
        assertThat(Histogram.round125Down(7.2)).isCloseTo(5, within(1e-12));
        assertThat(Histogram.round125Down(3)).isCloseTo(2, within(1e-12));
        assertThat(Histogram.round125Down(1.9)).isCloseTo(1, within(1e-12));
        assertThat(Histogram.round125Down(0.5)).isCloseTo(0.5, within(1e-12));
        String axis = Plot.histogram(h, "x", "y", null);
        assertThat(axis).contains(">1</text>", ">2</text>", ">5</text>", ">20</text>", ">100</text>");
    }

    @Test
    void answersAreTheFactsAndSayWhenToBeWary() throws Exception {
        // points 2 mm off a model whose scans scatter by 1.2 mm: as noise would have it; stations that do not fit
        page(square(400, 0.002, true), folder, 1);
        QualityReport r = Json.read(folder.resolve("report.json"), QualityReport.class);
        List<Reading.Answer> a = Reading.of(r);
        assertThat(a).extracting(x -> x.question().en()).hasSize(7).doesNotHaveDuplicates();
        assertThat(a).allSatisfy(x -> {
            assertThat(x.question().zh()).containsPattern("\\p{IsHan}");
            assertThat(x.answer().zh()).containsPattern("\\p{IsHan}");
            assertThat(x.answer().en()).doesNotContainPattern("\\p{IsHan}");
        });
        assertThat(a.get(0).answer().en()).isEqualTo("Taken for a room: walls.");
        assertThat(a.get(1).answer().en()).contains("within 4.00\u00a0mm for half", "about 8.0\u00a0mm in general");
        // half a square metre of one measured, a quarter more cut away
        assertThat(a.get(2).answer().en())
                .contains("50.00\u00a0%", "0.50\u00a0m²", "0.25\u00a0m²", "about 40.0\u00a0%");
        // an eighth of a square metre of one is contradicted
        assertThat(a.get(3).answer().en()).contains("0.125\u00a0m²", "12.50\u00a0%");
        assertThat(a.get(3).concern()).isTrue();
        assertThat(a.get(5).concern()).isFalse();
        assertThat(a.get(5).answer().en()).as("1.96 times 1.2 mm").contains("95\u00a0% within 2.35\u00a0mm");
        assertThat(a.get(6).concern()).isTrue();
        assertThat(a.get(6).answer().en()).isEqualTo("registration said");
        // the same scans 9 mm off the model
        page(square(400, 0.009, true), folder.resolve("far"), 1);
        QualityReport far = Json.read(folder.resolve("far/report.json"), QualityReport.class);
        assertThat(Reading.of(far).get(5).concern()).isTrue();
    }

    @Test
    void whereNothingEnclosesNothingIsSaidOfWhatNoStationSaw() throws Exception {
        Subject object = new Subject(
                Subject.Kind.OBJECT, false, false, Map.of("eyes", 2.0), List.of(new Text("四周", "seen from around")));
        for (boolean stations : new boolean[] {true, false}) {
            ReportInput in = Records.with(square(400, 0.002, stations), "subject", object);
            Path to = folder.resolve("object" + stations);
            page(in, to, 1);
            String html = Files.readString(to.resolve("report.html"));
            assertThat(html).contains("Taken for an object, which is not sure: seen from around", "From outside.");
            assertThat(html)
                    .doesNotContain("seen by no station", "没有测站看到", "closed surface", "封闭曲面", "coverage.closed");
            QualityReport r = Json.read(to.resolve("report.json"), QualityReport.class);
            assertThat(r.subject()).isEqualTo(Subject.Kind.OBJECT);
            assertThat(r.fact("coverage.closed")).isNull();
            assertThat(r.fact("coverage")).isNotNull();
            assertThat(Reading.of(r).get(0).concern()).isTrue();
        }
    }
}
