package org.grotto.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.github.mreutegg.laszip4j.LASReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.Need;
import org.grotto.base.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's COPC reader on a real scan that PDAL wrote, against laszip4j's reading of the same file. */
class PointsTest {
    private static final int COUNT = 518_862;

    @TempDir
    static Path site;

    private static Browser browser;
    private static double[] sum = new double[3];
    private static double intensity;

    @BeforeAll
    static void start() throws IOException {
        Path laz = Need.data("pdal-bsd/lone-star.copc.laz");
        browser = new Browser();
        Files.createDirectories(site.resolve("points"));
        Files.copy(laz, site.resolve("points/cave.copc.laz"));
        LASReader reader = new LASReader(laz.toFile());
        var h = reader.getHeader();
        for (var p : reader.getPoints()) {
            sum[0] += p.getX() * h.getXScaleFactor() + h.getXOffset();
            sum[1] += p.getY() * h.getYScaleFactor() + h.getYOffset();
            sum[2] += p.getZ() * h.getZScaleFactor() + h.getZOffset();
            intensity += p.getIntensity() & 0xFFFF;
        }
        double[] lo = {h.getMinX(), h.getMinY(), h.getMinZ()};
        double[] hi = {h.getMaxX(), h.getMaxY(), h.getMaxZ()};
        Json.write(
                site.resolve("cave.json"),
                Map.of(
                        "grotto", "cave-package/1",
                        "id", "lone-star",
                        "title", Map.of("zh", "孤星", "en", "Lone star"),
                        "frame", Map.of("unit", "m", "up", "+Z", "origin", lo, "latticeStep", 1e-4),
                        "bounds",
                                Map.of(
                                        "minX", lo[0], "minY", lo[1], "minZ", lo[2], "maxX", hi[0], "maxY", hi[1],
                                        "maxZ", hi[2]),
                        "stations", List.of(),
                        "views", List.of(),
                        "deliverables", List.of(Map.of("kind", "points", "path", "points/cave.copc.laz"))));
        WebExport.write(site);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    /** What the page holds of all points: count, sums of x, y, z and of intensity, in the cave frame. */
    private static final String SUMS = """
            async () => {
              const app = await grotto.ready;
              let n = 0, s = [0, 0, 0], intensity = 0;
              for (const { object } of app.points.nodes.values()) {
                const a = object.geometry.getAttribute('position').array;
                const c = app.stage.toCave(object.position);
                for (let i = 0; i < a.length; i += 3) {
                  for (let k = 0; k < 3; k++) s[k] += c[k] + a[i + k];
                }
                for (const v of object.geometry.getAttribute('intensity').array) intensity += v;
                n += a.length / 3;
              }
              return [n, ...s, intensity];
            }""";

    private static void assertAllPoints(Browser.Tab tab) {
        @SuppressWarnings("unchecked")
        List<Number> sums = (List<Number>) tab.call(SUMS);
        assertThat(sums.get(0).intValue()).isEqualTo(COUNT);
        for (int k = 0; k < 3; k++) { // float about the middle of a node of 40 m: 2 micrometres each, less in the mean
            assertThat(sums.get(k + 1).doubleValue() / COUNT).isCloseTo(sum[k] / COUNT, within(1e-6));
        }
        assertThat(sums.get(4).doubleValue()).isEqualTo(intensity);
    }

    /** Keeps what the page tells: on a slow machine it has gone from the screen before the last point arrives. */
    private static final String KEEP_TOASTS = """
            window.toasts = [];
            addEventListener('DOMContentLoaded', () =>
              new MutationObserver((all) => all.forEach((m) => m.addedNodes.forEach((n) => toasts.push(n.textContent))))
                .observe(document.getElementById('toasts'), { childList: true }));""";

    /** From just outside, near enough that every node is wanted. */
    private static Browser.Tab open(String url) {
        Browser.Tab tab = browser.tab(1000, 700);
        tab.page.addInitScript(KEEP_TOASTS);
        tab.open(url + "#lang=en&view=dollhouse&points=intensity");
        tab.call(
                "async () => { const { stage } = await grotto.ready; stage.renderer.setPixelRatio(2.5); stage.invalidate(); }");
        tab.settle();
        return tab;
    }

    @Test
    void everyPointArrivesByRanges() throws IOException {
        try (PlainServer plain = new PlainServer(site, true);
                Browser.Tab tab = open(plain.url())) {
            assertAllPoints(tab);
            List<String> asked =
                    plain.asked.stream().filter(a -> a.startsWith("/points/")).toList();
            assertThat(asked).hasSizeGreaterThan(5).allMatch(a -> a.contains("bytes="));
            assertThat(tab.page.locator(".toast").count()).isZero();
            assertThat(tab.picture().colours()).isGreaterThan(20);
            assertThat(tab.complaints.stream()
                            .filter(c -> !c.startsWith("warning"))
                            .toList())
                    .isEmpty();
        }
    }

    @Test
    void everyPointArrivesFromOurServer() {
        try (Server server = Server.start(ServeOptions.local(site, 0));
                Browser.Tab tab = open(server.url())) {
            assertAllPoints(tab);
            assertThat(tab.page.locator(".toast").count()).isZero();
        }
    }

    @Test
    void aServerThatIgnoresRangesSendsTheFileOnceAndTheReaderIsToldOnce() throws IOException {
        try (PlainServer plain = new PlainServer(site, false);
                Browser.Tab tab = open(plain.url())) {
            assertAllPoints(tab);
            assertThat(plain.asked.stream()
                            .filter(a -> a.startsWith("/points/"))
                            .toList())
                    .hasSize(1);
            assertThat((List<?>) tab.call("() => toasts"))
                    .singleElement()
                    .asString()
                    .contains("whole point cloud", "2.6 MB");
        }
    }

    @Test
    void aTruncatedFileIsToldAndThePageStands(@TempDir Path broken) throws IOException {
        WebExport.write(broken);
        Files.copy(site.resolve("cave.json"), broken.resolve("cave.json"));
        byte[] whole = Files.readAllBytes(site.resolve("points/cave.copc.laz"));
        Files.createDirectories(broken.resolve("points"));
        for (int keep : new int[] {100, 5_000, whole.length - 40_000}) {
            Files.write(broken.resolve("points/cave.copc.laz"), java.util.Arrays.copyOf(whole, keep));
            try (PlainServer plain = new PlainServer(broken, false);
                    Browser.Tab tab = browser.tab(800, 600)) {
                tab.page.navigate(plain.url() + "#lang=en&view=dollhouse");
                tab.page.locator(".toast.bad").first().waitFor();
                assertThat(tab.page.locator(".toast.bad").first().innerText())
                        .as("a visitor meets no address of the machine")
                        .isIn("The points cannot be shown.", "A part of the points cannot be shown.");
            }
        }
    }
}
