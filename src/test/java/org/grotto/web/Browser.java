package org.grotto.web;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.grotto.Need;

/** Debian's Chromium with software WebGL, and what a page complained of. */
final class Browser implements AutoCloseable {
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    Browser() {
        Path program = Need.program("chromium");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setHeadless(true)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--use-angle=swiftshader",
                                "--enable-unsafe-swiftshader")));
    }

    /** A fresh page of the given size, with its complaints and requests gathered. */
    Tab tab(int width, int height) {
        return new Tab(chromium.newContext(options(width, height)));
    }

    /** The same on a phone: touched, with two pixels a CSS pixel. */
    Tab phone(int width, int height) {
        return new Tab(chromium.newContext(
                options(width, height).setHasTouch(true).setIsMobile(true).setDeviceScaleFactor(2)));
    }

    private static com.microsoft.playwright.Browser.NewContextOptions options(int width, int height) {
        return new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setLocale("en-GB")
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE);
    }

    /** One page; closing it closes its context. */
    static final class Tab implements AutoCloseable {
        final BrowserContext context;
        final Page page;
        final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
        final List<String> requests = Collections.synchronizedList(new ArrayList<>());

        private Tab(BrowserContext context) {
            this.context = context;
            page = context.newPage();
            page.setDefaultTimeout(90_000);
            page.onConsoleMessage(m -> {
                if (m.type().equals("error") || m.type().equals("warning")) {
                    complaints.add(m.type() + ": " + m.text());
                }
            });
            page.onPageError(e -> complaints.add("uncaught: " + e));
            page.onRequest(r -> requests.add(r.url()));
        }

        /** Opens the viewer and waits until the picture stands. */
        Tab open(String url) {
            page.navigate(url);
            page.waitForFunction("() => window.grotto");
            call("() => grotto.ready.then(() => true)");
            settle();
            return this;
        }

        void settle() {
            call("() => grotto.settled()");
            page.waitForTimeout(150);
        }

        Object call(String script) {
            return page.evaluate(script);
        }

        Object call(String script, Object argument) {
            return page.evaluate(script, argument);
        }

        double number(String script) {
            return ((Number) call(script)).doubleValue();
        }

        Picture picture() throws IOException {
            byte[] png = page.screenshot();
            return new Picture(ImageIO.read(new ByteArrayInputStream(png)));
        }

        void save(Path file) {
            page.screenshot(new Page.ScreenshotOptions().setPath(file));
        }

        @Override
        public void close() {
            context.close();
        }
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
