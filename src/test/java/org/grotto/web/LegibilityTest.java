package org.grotto.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grotto.Need;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who can read and use the page: axe-core's rules, and the contrast of every text with the very pixels behind it. */
class LegibilityTest {
    /** WCAG 2.2, 1.4.3, for text of any size. */
    private static final double ENOUGH = 4.5;

    @TempDir
    static Path shelf;

    private static Browser browser;
    private static Server server;
    private static String axe;

    @BeforeAll
    static void start() throws IOException {
        Path script = Need.root().resolve("target/axe/package/axe.min.js");
        Need.require(Files.exists(script), script + ", which ./mvnw generate-test-resources fetches");
        axe = Files.readString(script) + "; true";
        browser = new Browser();
        TestCave.write(shelf.resolve("cave"));
        server = Server.start(ServeOptions.local(shelf, 0));
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

    private static Browser.Tab tab(String screen) {
        return screen.equals("phone") ? browser.phone(390, 844) : browser.tab(1280, 800);
    }

    private static final String RULES = """
            async () => (await axe.run(document, {resultTypes: ['violations']})).violations
              .map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 90)).join(' | ')}`)""";

    @ParameterizedTest
    @CsvSource({"zh, desktop", "en, desktop", "zh, phone", "en, phone"})
    void axeFindsNothing(String language, String screen) {
        try (Browser.Tab tab = tab(screen)) {
            tab.open(server.url() + "cave/#lang=" + language);
            tab.call(axe);
            assertThat((List<?>) tab.call(RULES)).isEmpty();
            tab.call("() => { for (const l of ['points', 'stations', 'bounds']) grotto.layer(l, true); }");
            tab.call("() => grotto.look('evidence')");
            for (String panel : List.of("views", "measure", "light", "layers", "info")) {
                tab.page.locator(".tools button[data-panel=" + panel + "]").click();
                if (panel.equals("measure")) {
                    tab.call("() => grotto.measure([150, 300], [250, 380])");
                } else if (panel.equals("light")) {
                    tab.page.locator("#light-modes button[data-value=rake]").click();
                }
                assertThat((List<?>) tab.call(RULES)).as(panel).isEmpty();
            }
        }
    }

    @Test
    void axeFindsNothingInTheListOfPackages() {
        try (Browser.Tab tab = tab("desktop")) {
            tab.page.navigate(server.url());
            tab.call(axe);
            assertThat((List<?>) tab.call(RULES)).isEmpty();
        }
    }

    /** Each line of text on the page that is not in a closed panel: its box in CSS pixels, its colour, its words. */
    private static final String LINES = """
            () => {
              const lines = [];
              const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              for (let n = walk.nextNode(); n; n = walk.nextNode()) {
                const e = n.parentElement;
                if (!n.data.trim() || e.closest('#curtain, noscript, script, [hidden], #toasts')) continue;
                if (!e.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
                const style = getComputedStyle(e);
                const range = document.createRange();
                range.selectNodeContents(n);
                for (const r of range.getClientRects()) {
                  const x0 = Math.max(r.left, 0), x1 = Math.min(r.right, innerWidth);
                  const y0 = Math.max(r.top, 0), y1 = Math.min(r.bottom, innerHeight);
                  if (x1 - x0 < 2 || y1 - y0 < 2 || !e.contains(document.elementFromPoint((x0 + x1) / 2, (y0 + y1) / 2)) && e.closest('.panel')) continue;
                  lines.push({box: [x0, y0, x1, y1], colour: e.closest('svg') ? style.fill : style.color, words: n.data.trim()});
                }
              }
              return lines;
            }""";

    /** Glyphs vanish, what is painted behind and around them stays. */
    private static final String WITHOUT_GLYPHS = "() => { const s = new CSSStyleSheet();"
            + " s.replaceSync('* { -webkit-text-fill-color: transparent !important; transition: none !important }"
            + " svg text { fill: transparent !important }');"
            + " document.adoptedStyleSheets = [...document.adoptedStyleSheets, s]; }";

    @ParameterizedTest
    @CsvSource({
        "zh, desktop, bright", "en, desktop, dark", "en, desktop, white",
        "zh, phone, white", "en, phone, bright", "zh, phone, dark"
    })
    void everyTextStandsOutFromThePixelsBehindIt(String language, String screen, String stone) throws IOException {
        try (Browser.Tab tab = tab(screen)) {
            tab.open(server.url() + "cave/#lang=" + language + "&view=dollhouse&show=mesh,stations,bounds");
            double brightness = stone.equals("dark") ? 0.2 : 2;
            tab.call("b => grotto.light({brightness: b, ambient: b})", brightness);
            tab.call("() => grotto.view('inside')");
            tab.settle();
            assertReadable(tab, stone, List.of("#title", "#status"));
            tab.call("() => grotto.view('dollhouse')");
            tab.page.keyboard().press("m");
            tab.call(
                    "([x, y]) => grotto.measure([x, y], [x + 40, y + 30])",
                    screen.equals("phone") ? List.of(160, 330) : List.of(620, 380));
            tab.settle();
            assertReadable(tab, stone, List.of("#title", ".measure-text", ".station-text"));
        }
    }

    private static void assertReadable(Browser.Tab tab, String stone, List<String> must) throws IOException {
        if (stone.equals("white")) { // brighter than any stone
            tab.call("() => { document.querySelector('canvas').style.filter = 'brightness(30)'; }");
        }
        @SuppressWarnings("unchecked")
        List<Map<String, Object>> lines = (List<Map<String, Object>>) tab.call(LINES);
        for (String selector : must) {
            assertThat(lines.stream().map(l -> (String) l.get("words")))
                    .as(selector)
                    .contains(tab.page.locator(selector).first().textContent().strip());
        }
        tab.call(WITHOUT_GLYPHS);
        tab.page.waitForTimeout(100);
        Picture behind = tab.picture();
        tab.call("() => { document.adoptedStyleSheets = []; document.querySelector('canvas').style.filter = ''; }");
        double scale = behind.image().getWidth() / tab.number("() => innerWidth");
        List<String> faint = new ArrayList<>();
        for (Map<String, Object> line : lines) {
            @SuppressWarnings("unchecked")
            List<Number> box = (List<Number>) line.get("box");
            double least = leastContrast(behind, box, scale, (String) line.get("colour"));
            if (least < ENOUGH) {
                faint.add(String.format("%.1f %s", least, line.get("words")));
            }
        }
        assertThat(faint).isEmpty();
    }

    /** Of a text's colour to the pixels in its box. */
    private static double leastContrast(Picture behind, List<Number> box, double scale, String colour) {
        double[] rgb = java.util.regex.Pattern.compile("[\\d.]+")
                .matcher(colour)
                .results()
                .mapToDouble(m -> Double.parseDouble(m.group()))
                .toArray();
        assertThat(rgb).as("an opaque colour: %s", colour).hasSize(3);
        double text = luminance(rgb[0], rgb[1], rgb[2]);
        double least = Double.POSITIVE_INFINITY;
        for (int y = (int) (box.get(1).doubleValue() * scale) + 1;
                y < box.get(3).doubleValue() * scale - 1;
                y++) {
            for (int x = (int) (box.get(0).doubleValue() * scale) + 1;
                    x < box.get(2).doubleValue() * scale - 1;
                    x++) {
                int c = behind.image().getRGB(x, y);
                double ground = luminance((c >> 16) & 255, (c >> 8) & 255, c & 255);
                double ratio = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
                least = Math.min(least, ratio);
            }
        }
        return least;
    }

    /** Relative luminance, as WCAG 2.2 defines it, of channels 0 to 255. */
    private static double luminance(double r, double g, double b) {
        return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    }

    private static double linear(double channel) {
        double c = channel / 255;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
