package org.grotto.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grotto.base.Json;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.pipeline.Attach;
import org.grotto.pipeline.BuiltCave;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The page on a package as `build` writes it, and once it has grown. */
class BuiltPackageTest {
    @TempDir
    static Path dir;

    private static Path cave = Path.of("");
    private static Browser browser;
    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        browser = new Browser();
        cave = BuiltCave.copy(dir.resolve("cave"));
        Path plan = Files.writeString(dir.resolve("平面图 1.pdf"), "%PDF-1.7");
        try (Work work = Work.silent()) {
            Attach.run(cave, plan, "drawings", new Text("平面图", "Plan of the cave"), "test", work);
        }
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

    private static JsonNode fact(String... keys) {
        return Json.tree(cave.resolve("quality/report.json"))
                .path("facts")
                .valueStream()
                .filter(f -> List.of(keys).contains(f.path("key").asString()))
                .findFirst()
                .orElseThrow();
    }

    /** The noise, or what it is at most where relief hides it. */
    private static JsonNode noise() {
        return fact("noise", "noise.atMost");
    }

    @Test
    void thePictureStandsWithoutComplaint() throws IOException {
        try (Browser.Tab tab = browser.tab(800, 600).open(server.url() + "#lang=en")) {
            Picture p = tab.picture();
            assertThat(p.lit()).isGreaterThan(0.5);
            assertThat(p.colours()).isGreaterThan(40);
            tab.call("() => grotto.view('dollhouse')");
            tab.settle();
            assertThat(tab.complaints.stream().filter(c -> !c.startsWith("warning")))
                    .isEmpty();
        }
    }

    /** As the surface is: light from one side shows what light from the other leaves dark. */
    @Test
    void pointsAreLitByTheirNormals() throws IOException {
        try (Browser.Tab tab = browser.tab(800, 600).open(server.url() + "#lang=en&show=points")) {
            assertThat(tab.number("() => grotto.pointsShown()")).isGreaterThan(1000);
            tab.call("() => grotto.light({mode: 'rake', azimuth: 0, elevation: 20})");
            tab.settle();
            Picture above = tab.picture();
            tab.call("() => grotto.light({mode: 'rake', azimuth: 180, elevation: 20})");
            tab.settle();
            Picture below = tab.picture();
            assertThat(above.differs(below)).isGreaterThan(10);
        }
    }

    @Test
    void theAccuracyIsWhatTheReportSays() {
        try (Browser.Tab tab = browser.tab(800, 600).open(server.url() + "#lang=en")) {
            tab.page.locator(".tools button[data-panel=info]").click();
            String en = tab.page.locator("#facts").innerText();
            for (JsonNode f : List.of(fact("coverage"), fact("spacing.median"), noise())) {
                String value = f.path("value").decimalValue().toPlainString();
                assertThat(en)
                        .contains(f.path("name").path("en").asString() + ": " + value + " "
                                + f.path("unit").asString());
            }
            tab.page.locator("#language").click();
            assertThat(tab.page.locator("#facts").innerText())
                    .contains(fact("coverage").path("name").path("zh").asString());
        }
    }

    @Test
    void theNoiseOfTheReportIsInTheUncertaintyOfADistance() {
        try (Browser.Tab tab = browser.tab(800, 600).open(server.url() + "#lang=en")) {
            double noise = noise().path("value").asDouble() / 1000;
            double u = tab.number("async () => (await grotto.measure([300, 320], [500, 320])).surface");
            assertThat(u).isGreaterThanOrEqualTo(2 * Math.sqrt(2) * noise);
        }
    }

    @Test
    void whatWasAttachedIsListedWithItsTitleAndOpens() {
        try (Browser.Tab tab = browser.tab(800, 600).open(server.url() + "#lang=en")) {
            tab.page.locator(".tools button[data-panel=info]").click();
            var link = tab.page
                    .locator("#facts a")
                    .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("Plan of the cave"));
            Object type = tab.call(
                    "async (url) => (await fetch(url)).headers.get('content-type')", link.getAttribute("href"));
            assertThat(type).isEqualTo("application/pdf");
            for (var a : tab.page.locator("#facts a").all()) {
                assertThat(tab.call("async (url) => (await fetch(url)).status", a.getAttribute("href")))
                        .isEqualTo(200);
            }
        }
    }
}
