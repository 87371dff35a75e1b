package org.grotto.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.base.Json;
import org.grotto.base.Records;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Room;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The viewer page in a real browser, over a cave made by formula: judged by its pixels and its numbers. */
class ViewerTest {
    @TempDir
    static Path cave;

    private static Browser browser;
    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        browser = new Browser();
        TestCave.write(cave);
        server = Server.start(ServeOptions.local(cave, 0));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    private static Browser.Tab open(String hash) {
        return browser.tab(1000, 700).open(server.url() + hash);
    }

    private static void assertQuiet(Browser.Tab tab, String url) {
        assertThat(tab.complaints.stream().filter(c -> !c.startsWith("warning")).toList())
                .isEmpty();
        assertThat(tab.requests)
                .allMatch(r ->
                        r.startsWith(url) || r.startsWith("blob:" + url.replaceAll("/$", "")) || r.startsWith("data:"));
    }

    @Test
    void thePageStandsInsideTheCaveWithoutComplaintAndAsksNobodyElse() throws IOException {
        try (Browser.Tab tab = open("#lang=en")) {
            Picture p = tab.picture();
            assertThat(p.lit()).isGreaterThan(0.97); // closed all around: no background anywhere
            assertThat(p.colours()).isGreaterThan(60);
            assertThat(tab.page.title()).startsWith("Cave 12 (specimen)");
            assertThat(tab.page.locator("h1").textContent()).isEqualTo("Cave 12 (specimen)");
            assertQuiet(tab, server.url());
        }
    }

    /** Tiles but the coarsest are asked for once it has been drawn: the first picture waits for four requests in a row. */
    @Test
    void finerTilesComeAfterTheFirstPicture() {
        try (Browser.Tab tab = open("#lang=en")) {
            List<?> late = (List<?>) tab.call("""
                    () => {
                      const drawn = performance.getEntriesByName('first-picture')[0].startTime;
                      return performance.getEntriesByType('resource').filter((r) => r.name.endsWith('.glb'))
                        .map((r) => r.startTime > drawn);
                    }""");
            assertThat(late).hasSizeGreaterThan(3);
            assertThat(late.stream().filter(Boolean.FALSE::equals)).hasSize(1);
        }
    }

    @Test
    void chineseAndEnglishAreSwitchedWholly() {
        try (Browser.Tab tab = open("#lang=en")) {
            assertThat(tab.call("() => document.documentElement.lang")).isEqualTo("en");
            tab.page.locator("#language").click();
            assertThat(tab.call("() => document.documentElement.lang")).isEqualTo("zh-Hans");
            assertThat(tab.page.locator("h1").textContent()).isEqualTo("第十二窟（试样）");
            for (String panel : List.of("views", "measure", "light", "layers", "info")) {
                tab.page.locator(".tools button[data-panel=" + panel + "]").click();
                String text = tab.page.locator("#" + panel).innerText();
                // names, file names, licences, units and keys stay as they are
                String plain = text.replaceAll(
                        "S1|S2|Test Institute|CC BY 4.0|cave-package/1|test-cave|tileset\\.json|report\\.html|MB|Esc|[WASDML]\\b|\\bm\\b|\\+Z|Cave 12|mm",
                        "");
                assertThat(plain).as(panel).doesNotContainPattern("[A-Za-z]{3,}");
            }
            tab.page.locator("#language").click();
            tab.page.locator(".tools button[data-panel=layers]").click();
            assertThat(tab.page.locator("#layers").innerText()).doesNotContainPattern("\\p{IsHan}");
        }
    }

    @Test
    void nobodyMeetsAKeyWhereATextIsMissing() {
        try (Browser.Tab tab = open("#lang=zh")) {
            tab.page.evaluate("() => { document.querySelector('[data-t]').dataset.t = 'noSuchText' }");
            for (boolean chinese : new boolean[] {false, true}) {
                tab.page.locator("#language").click();
                assertThat(tab.call("() => document.querySelector('[data-t]').textContent"))
                        .isEqualTo(Texts.of("failures.no-text").in(chinese));
            }
            assertThat(tab.complaints).anyMatch(c -> c.contains("noSuchText"));
        }
    }

    @Test
    void theDollsHouseShowsTheInsideFromOutside() throws IOException {
        try (Browser.Tab tab = open("#lang=en&view=dollhouse")) {
            Picture p = tab.picture();
            assertThat(p.lit()).isBetween(0.3, 0.95); // the cave before its background
            assertThat(p.colours()).isGreaterThan(60);
            // the figure's halo on the far wall is seen through the near one: its green and red are there
            @SuppressWarnings("unchecked")
            Map<String, Number> at = (Map<String, Number>)
                    tab.call("p => grotto.project(p)", List.of(haloPoint(0)[0], haloPoint(0)[1], haloPoint(0)[2]));
            double[] c = p.around(at.get("x").doubleValue(), at.get("y").doubleValue(), 2);
            assertThat(c[1]).as("green of %s", List.of(c[0], c[1], c[2])).isGreaterThan(c[0] + 10);
            assertQuiet(tab, server.url());
        }
    }

    /** The true surface at the painted green ring, radius 0.37 m about the head. */
    private static double[] haloPoint(double turn) {
        double x = 0.37 * Math.cos(turn);
        double z = 0.18 + 0.37 * Math.sin(turn);
        return TestCave.at(x, 3.4, z);
    }

    @Test
    void measuredAndInferredLookDifferent() throws IOException {
        try (Browser.Tab tab =
                open("#lang=en&kind=inside&eye=" + at(0.8, 0, 1.8) + "&to=" + at(-1.5, -1.2, 0.05) + "&fov=60")) {
            Picture stone = tab.picture();
            tab.call("() => grotto.look('evidence')");
            tab.settle();
            Picture evidence = tab.picture();
            assertThat(stone.differs(evidence)).isGreaterThan(8);
            double[] guess = evidence.around(500, 350, 8); // straight ahead: in the scanner's shadow
            assertThat(guess[2]).isGreaterThan(1.2 * guess[0]); // blue
            double[] before = stone.around(500, 180, 8);
            double[] sure = evidence.around(500, 180, 8);
            for (int k = 0; k < 3; k++) {
                assertThat(sure[k]).as("measured stone keeps its colour").isCloseTo(before[k], within(3.0));
            }
            tab.page.locator(".tools button[data-panel=layers]").click();
            assertThat(tab.page.locator("#layer-legend").textContent())
                    .contains("Measured by the scanner", "Inferred from its surroundings", "Open: seen by no station");
            assertThat(tab.call("() => grotto.readLayer(500, 350)")).isEqualTo("Inferred from its surroundings");
            assertThat(tab.call("() => grotto.readLayer(500, 180)")).isEqualTo("Measured by the scanner");
            assertThat(tab.call("() => grotto.readLayer(3, 3)")).isNotEqualTo("");
        }
    }

    private static String at(double x, double y, double z) {
        return (TestCave.OX + x) + "," + (TestCave.OY + y) + "," + (TestCave.OZ + z);
    }

    @Test
    void rakingLightBringsOutWhatHeadOnLightHides() throws IOException {
        try (Browser.Tab tab = open("#lang=en&view=inscription&look=relief")) {
            tab.call("() => grotto.light({mode: 'rake', azimuth: 0, elevation: 85})");
            tab.settle();
            double flat = contrast(tab.picture());
            tab.call("() => grotto.light({mode: 'rake', azimuth: 0, elevation: 12})");
            tab.settle();
            Picture above = tab.picture();
            tab.call("() => grotto.light({mode: 'rake', azimuth: 180, elevation: 12})");
            tab.settle();
            Picture below = tab.picture();
            assertThat(contrast(above)).isGreaterThan(3 * flat);
            assertThat(above.differs(below)).isGreaterThan(10);
        }
    }

    /** Spread of brightness about its local mean, as a share of the mean. */
    private static double contrast(Picture p) {
        double sum = 0;
        int n = 0;
        for (int y = 240; y < 460; y += 3) {
            for (int x = 350; x < 700; x += 3) {
                double[] near = p.around(x, y, 1);
                double[] wide = p.around(x, y, 12);
                sum += Math.abs(near[1] - wide[1]) / Math.max(8, wide[1]);
                n++;
            }
        }
        return sum / n;
    }

    @Test
    void aDistanceIsTrueWithinItsStatedUncertaintyAlsoFromFarAway() {
        try (Browser.Tab tab = open("#lang=en&view=dollhouse")) {
            // spots on even ground, seen through the near walls; the picture itself may show a coarser tile
            double[][][] pairs = {
                {TestCave.at(-3.5, -1.2, 0.6), TestCave.at(-3.5, 1.4, -0.7)},
                {TestCave.at(-1.5, -0.6, -1.9), TestCave.at(1.6, 1.2, -1.9)},
                {TestCave.at(-3.5, 0.2, -0.2), TestCave.at(-0.4, 0.4, -1.9)},
            };
            for (double[][] pair : pairs) {
                double[] a = pair[0];
                double[] b = pair[1];
                Map<String, Object> m = measure(tab, a, b);
                double truth =
                        Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
                double distance = ((Number) m.get("distance")).doubleValue();
                double all = ((Number) m.get("uncertainty")).doubleValue();
                double u = ((Number) m.get("surface")).doubleValue(); // without the pixel: these aims are exact
                // the coarse tile is wrong by decimetres; the floor's finest ones by a seventh of a millimetre
                boolean onFloor = a[2] < TestCave.OZ + 0.2 && b[2] < TestCave.OZ + 0.2;
                assertThat(u).isBetween(1e-4, onFloor ? 6e-4 : 0.03);
                assertThat(distance).as("%s against %s", m.get("value"), truth).isCloseTo(truth, within(u));
                assertThat(all).isGreaterThan(u);
                assertThat((String) m.get("value")).matches("\\d+(\\.\\d+)? ± \\d+(\\.\\d+)? mm");
            }
        }
    }

    /** The noise that the quality report found counts for every distance. */
    @Test
    void theReportsNoiseIsInTheUncertainty(@TempDir Path made) throws IOException {
        TestCave.write(made);
        java.nio.file.Files.writeString(
                made.resolve("quality/report.json"),
                "{\"facts\": [{\"key\": \"points\", \"value\": 7, \"unit\": \"1\"},"
                        + " {\"key\": \"noise\", \"value\": 2.5, \"unit\": \"mm\"}]}");
        try (Server its = Server.start(ServeOptions.local(made, 0));
                Browser.Tab tab = browser.tab(1000, 700).open(its.url() + "#lang=en&view=dollhouse")) {
            Map<String, Object> m = measure(tab, TestCave.at(-1.5, -0.6, -1.9), TestCave.at(1.6, 1.2, -1.9));
            // two ends, k = 2; surface error and step are small beside it
            double u = ((Number) m.get("surface")).doubleValue();
            assertThat(u).isCloseTo(2 * Math.sqrt(2) * 0.0025, within(1e-4));
        }
    }

    /** Where the package says where its walls stand, nothing at or before the near ones is drawn or can be picked. */
    @Test
    void theDollsHouseIsCutInsideItsNearWalls(@TempDir Path made) throws IOException {
        TestCave.write(made);
        CaveInfo i = TestCave.info();
        double[] at = {TestCave.OX, TestCave.OY, TestCave.OZ};
        double a = Math.toRadians(10);
        double u = Math.cos(a) * at[0] + Math.sin(a) * at[1];
        double v = Math.cos(a) * at[1] - Math.sin(a) * at[0];
        Room room = new Room(10, new Box(u - 2.4, v - 2.1, at[2], u + 2.4, v + 2.8, at[2] + 3));
        CaveInfo with = Records.with(i, "room", room);
        Json.write(made.resolve("cave.json"), with);
        double[] towards = {6.5, -9.5, 5.9};
        double l = Math.sqrt(towards[0] * towards[0] + towards[1] * towards[1] + towards[2] * towards[2]);
        Box keep = room.keep(new double[] {towards[0] / l, towards[1] / l, towards[2] / l}, 1);
        assertThat(keep.maxX()).isLessThan(u + 2.4);
        try (Server its = Server.start(ServeOptions.local(made, 0));
                Browser.Tab tab = browser.tab(1000, 700).open(its.url() + "#lang=en&view=dollhouse")) {
            int hits = 0;
            for (int x = 300; x <= 700; x += 50) {
                for (int y = 150; y <= 600; y += 50) {
                    Object hit = tab.call("async ([x, y]) => (await grotto.pick(x, y))?.cave ?? null", List.of(x, y));
                    if (hit instanceof List<?> p) {
                        double px = ((Number) p.get(0)).doubleValue();
                        double py = ((Number) p.get(1)).doubleValue();
                        double pz = ((Number) p.get(2)).doubleValue();
                        double tx = Math.cos(a) * px + Math.sin(a) * py;
                        double ty = Math.cos(a) * py - Math.sin(a) * px;
                        assertThat(keep.grow(1e-6).contains(tx, ty, pz))
                                .as("%s %s", x, y)
                                .isTrue();
                        hits++;
                    }
                }
            }
            assertThat(hits).isGreaterThan(20);
            Picture cut = tab.picture();
            assertThat(cut.lit()).isBetween(0.15, 0.9);
            assertQuiet(tab, its.url());
        }
    }

    /** The package as the level-of-detail craft writes it: meshopt, quantised positions, 16-bit colour. */
    @Test
    void ourOwnCompressedTilesAreShownAndMeasured(@TempDir Path made) throws IOException {
        org.grotto.lod.MeshTiles.write(
                TestCave.mesh(),
                made.resolve("mesh"),
                new org.grotto.lod.TileOptions(8_000, 10_000, false),
                new Work(2, 1L << 30, org.grotto.base.Progress.NONE));
        Json.write(made.resolve("cave.json"), TestCave.info());
        try (Server its = Server.start(ServeOptions.local(made, 0));
                Browser.Tab tab = browser.tab(1000, 700).open(its.url() + "#lang=en")) {
            Picture inside = tab.picture();
            assertThat(inside.lit()).isGreaterThan(0.97);
            assertThat(inside.colours()).isGreaterThan(60);
            tab.call("() => grotto.view('dollhouse')");
            tab.settle();
            double[] a = TestCave.floorVertex(40, 52);
            double[] b = TestCave.floorVertex(121, 98);
            Map<String, Object> m = measure(tab, a, b);
            double u = ((Number) m.get("surface")).doubleValue();
            assertThat(u).isBetween(1e-6, 3e-4);
            assertThat(((Number) m.get("distance")).doubleValue()).isCloseTo(distance(a, b), within(u));
            assertThat(tab.complaints.stream().filter(c -> c.startsWith("error") || c.startsWith("uncaught")))
                    .allMatch(c -> c.contains("404")); // no quality report in this package
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> measure(Browser.Tab tab, double[] a, double[] b) {
        return (Map<String, Object>) tab.call("""
                async ([a, b]) => {
                  const p = await grotto.project(a), q = await grotto.project(b);
                  return grotto.measure([p.x, p.y], [q.x, q.y]);
                }""", List.of(List.of(a[0], a[1], a[2]), List.of(b[0], b[1], b[2])));
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    @Test
    void twoClicksMeasureAndTheListRemembers() {
        try (Browser.Tab tab = open("#lang=en")) {
            tab.page.keyboard().press("m");
            assertThat(tab.page.locator("#measure-hint").innerText()).startsWith("Click the first point");
            tab.page.mouse().click(560, 300);
            tab.page.waitForFunction("() => document.querySelector('#measure-hint').textContent.includes('second')");
            tab.page.mouse().click(760, 330);
            tab.page.locator(".entry").waitFor();
            assertThat(tab.page.locator(".entry strong").innerText()).matches("\\d+(\\.\\d+)? ± \\d+(\\.\\d+)? mm");
            assertThat(tab.page.locator(".measure-text").textContent())
                    .isEqualTo(tab.page.locator(".entry strong").innerText());
            assertThat(tab.page.locator("#measure-holds").innerText()).contains("noise is not known");
            tab.page
                    .locator(".entry button", new com.microsoft.playwright.Page.LocatorOptions().setHasText("Delete"))
                    .click();
            assertThat(tab.page.locator(".entry").count()).isZero();
            assertQuiet(tab, server.url());
        }
    }

    @Test
    void measurementsStayOnReloadAndGoWithTheLink() {
        try (Browser.Tab tab = open("#lang=en&view=dollhouse")) {
            tab.page.keyboard().press("m");
            Map<String, Object> m = measure(tab, TestCave.at(-1.5, -0.6, -1.9), TestCave.at(1.6, 1.2, -1.9));
            measure(tab, TestCave.at(-3.5, -1.2, 0.6), TestCave.at(-3.5, 1.4, -0.7));
            String said = tab.page.locator("#measure-list").innerText();
            assertThat(said).contains((String) m.get("value"), "Horizontal: ", "Height difference: ", "A: ", "B: ");
            assertThat(said.lines().filter(l -> l.contains(" ± "))).hasSize(2 * 5);
            tab.page.waitForTimeout(600);
            String link = tab.page.url();
            tab.page.reload();
            tab.call("() => grotto.settled()");
            tab.page.keyboard().press("m");
            assertThat(tab.page.locator("#measure-list").innerText()).isEqualTo(said);
            try (Browser.Tab other = browser.tab(900, 600).open(link)) {
                other.page.keyboard().press("m");
                assertThat(other.page.locator("#measure-list").innerText()).isEqualTo(said);
                assertThat(other.page.locator(".measure-text").count()).isEqualTo(2);
                other.page.locator("#measure-clear").click();
                other.page.waitForFunction("() => !location.href.includes('measured')");
            }
        }
    }

    @Test
    void thePointersPlaceIsReadOut() {
        try (Browser.Tab tab = open("#lang=en")) {
            tab.page.keyboard().press("m");
            tab.page.mouse().move(560, 300);
            tab.page.waitForFunction("() => document.querySelector('#measure-here').textContent");
            String here = tab.page.locator("#measure-here").innerText();
            assertThat(here).matches("-?[\\d.]+, -?[\\d.]+, -?[\\d.]+ m ± [\\d.]+ mm");
            double x = Double.parseDouble(here.split(",")[0]);
            @SuppressWarnings("unchecked")
            List<Number> finest = (List<Number>) tab.call("async () => (await grotto.pick(560, 300)).cave");
            double error = Double.parseDouble(here.replaceAll(".* ± (.*) mm", "$1")) / 1000;
            assertThat(x).isCloseTo(finest.get(0).doubleValue(), within(2 * error + 0.01));
        }
    }

    @Test
    void aDoubleClickOnTheFloorStepsThereAtEyeHeight() {
        try (Browser.Tab tab =
                open("#lang=en&kind=inside&eye=" + at(0, -1.5, 1.6) + "&to=" + at(0, 1.2, 0) + "&fov=60")) {
            tab.page.mouse().dblclick(500, 350);
            tab.settle();
            @SuppressWarnings("unchecked")
            List<Number> eye = (List<Number>) tab.call("async () => (await grotto.state()).camera.eye");
            assertThat(eye.get(1).doubleValue() - TestCave.OY).isCloseTo(1.2, within(0.1));
            double floor = TestCave.at(0, 1.2, -1.9)[2];
            assertThat(eye.get(2).doubleValue() - floor).isCloseTo(1.6, within(0.05));
        }
    }

    @Test
    void dragLooksAroundAndWheelZooms() throws IOException {
        try (Browser.Tab tab = open("#lang=en")) {
            Picture before = tab.picture();
            tab.page.mouse().move(500, 350);
            tab.page.mouse().down();
            tab.page.mouse().move(700, 380);
            tab.page.waitForTimeout(120);
            tab.page.mouse().up();
            tab.settle();
            assertThat(tab.picture().differs(before)).isGreaterThan(3);
            double fov = tab.number("async () => (await grotto.state()).camera.fovDegrees");
            tab.page.mouse().wheel(0, -300);
            tab.settle();
            assertThat(tab.number("async () => (await grotto.state()).camera.fovDegrees"))
                    .isLessThan(fov - 5);
        }
    }

    @Test
    void aLinkLeadsBackToTheSamePicture() throws IOException {
        try (Browser.Tab tab = open("#lang=zh&view=S1")) {
            tab.call("() => grotto.look('relief')");
            tab.call("() => grotto.light({mode: 'rake', azimuth: 70, elevation: 20})");
            tab.page.mouse().move(500, 350);
            tab.page.mouse().wheel(0, -200);
            tab.settle();
            tab.page.waitForTimeout(600);
            String link = tab.page.url();
            assertThat(link)
                    .contains("light=rake,70,20")
                    .contains("look=relief")
                    .contains("lang=zh");
            Picture first = tab.picture();
            try (Browser.Tab other = browser.tab(1000, 700).open(link)) {
                assertThat(other.picture().differs(first)).isLessThan(1);
                assertThat(other.page.locator("h1").textContent()).isEqualTo("第十二窟（试样）");
            }
        }
    }

    @Test
    void aPhoneShowsTheCaveAndItsTools() throws IOException {
        try (Browser.Tab tab = browser.tab(390, 844).open(server.url() + "#lang=zh")) {
            assertThat(tab.picture().lit()).isGreaterThan(0.9);
            tab.page.locator(".tools button[data-panel=light]").click();
            tab.page.locator("#light-modes button[data-value=rake]").click();
            assertThat(tab.page.locator("#pad").isVisible()).isTrue();
            assertThat(tab.number("() => document.documentElement.scrollWidth")).isEqualTo(390);
            for (var box : tab.page.locator(".tools button, header button").all()) {
                if (box.isVisible()) {
                    assertThat(box.boundingBox().height).isGreaterThanOrEqualTo(44);
                }
            }
        }
    }

    @Test
    void anyServerOfPlainFilesShowsTheExportedPackage(@TempDir Path site) throws IOException {
        copy(cave, site.resolve("caves/12"));
        WebExport.write(site.resolve("caves/12"));
        try (PlainServer plain = new PlainServer(site, false);
                Browser.Tab tab = browser.tab(1000, 700).open(plain.url() + "caves/12/index.html#lang=en")) {
            assertThat(tab.picture().lit()).isGreaterThan(0.97);
            assertQuiet(tab, plain.url());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var walk = Files.walk(from)) {
            for (Path p : walk.toList()) {
                Path q = to.resolve(from.relativize(p).toString());
                if (Files.isDirectory(p)) {
                    Files.createDirectories(q);
                } else {
                    Files.copy(p, q);
                }
            }
        }
    }

    @Test
    void whatIsMissingIsToldInASentence(@TempDir Path site) throws IOException {
        WebExport.write(site);
        try (PlainServer plain = new PlainServer(site, true);
                Browser.Tab tab = browser.tab(800, 600)) {
            tab.page.navigate(plain.url() + "#lang=en");
            tab.page.locator("#curtain.failed").waitFor();
            assertThat(tab.page.locator("#curtain-text").innerText()).isEqualTo("There is no cave package here.");
            Files.writeString(site.resolve("cave.json"), "{\"grotto\": 12");
            tab.page.reload();
            tab.page.locator("#curtain.failed").waitFor();
            assertThat(tab.page.locator("#curtain-text").innerText()).isEqualTo("The cave package is damaged.");
            Json.write(site.resolve("cave.json"), TestCave.info());
            tab.page.reload();
            tab.page.locator("#curtain.failed").waitFor();
            assertThat(tab.page.locator("#curtain-text").innerText()).isEqualTo("The surface cannot be shown.");
        }
    }
}
