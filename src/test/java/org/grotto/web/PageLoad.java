package org.grotto.web;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.grotto.Need;

/**
 * How soon packages are seen in the page, over lines of 1.6, 10 and 100 Mbit/s with 50 ms: bytes and requests, and how many
 * of them came one after the other, until the first picture and until the picture stands; a table in Markdown. Each
 * figure is of one visit with an empty cache; the browser draws in software, and shares the machine with the server.
 */
public final class PageLoad {
    private static final double[] LINES = Arrays.stream(
                    System.getProperty("page.lines", "1.6,10,100").split(","))
            .mapToDouble(Double::parseDouble)
            .toArray();
    private static final double LATENCY = 50;
    private static final double LONGEST = 600_000;

    private PageLoad() {}

    private record Screen(String name, int width, int height, boolean phone) {}

    private static final List<Screen> SCREENS =
            List.of(new Screen("desktop", 1600, 900, false), new Screen("phone", 390, 844, true));

    /** One request: seconds of the browser's clock, bytes on the wire with headers. */
    private static final class Request {
        final String url;
        final double from;
        double to = Double.POSITIVE_INFINITY;
        double bytes;

        Request(String url, double from) {
            this.url = url;
            this.from = from;
        }
    }

    /** @param args packages */
    public static void main(String[] args) {
        Need.require(args.length > 0, "a package's folder");
        System.out.println("| package | screen | Mbit/s | first picture | MB | requests | one after another"
                + " | picture stands | MB | requests |");
        System.out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (String folder : args) {
            try (Browser browser = new Browser();
                    Server server = Server.start(ServeOptions.local(Path.of(folder), 0))) {
                try (Browser.Tab warm = browser.tab(400, 300)) {
                    warm.open(server.url());
                }
                for (Screen screen : SCREENS) {
                    for (double line : LINES) {
                        visit(browser, server, Path.of(folder).getFileName().toString(), screen, line);
                    }
                }
            }
        }
    }

    private static void visit(Browser browser, Server server, String name, Screen screen, double line) {
        try (Browser.Tab tab = screen.phone()
                ? browser.phone(screen.width(), screen.height())
                : browser.tab(screen.width(), screen.height())) {
            tab.page.setDefaultTimeout(LONGEST);
            CDPSession wire = tab.context.newCDPSession(tab.page);
            Map<String, Request> requests = new TreeMap<>();
            wire.on("Network.requestWillBeSent", e -> {
                String url = e.getAsJsonObject("request").get("url").getAsString();
                if (url.startsWith("http")) {
                    requests.put(
                            e.get("requestId").getAsString(),
                            new Request(url, e.get("timestamp").getAsDouble()));
                }
            });
            wire.on(
                    "Network.loadingFinished",
                    e -> end(requests, e, e.get("encodedDataLength").getAsDouble()));
            wire.on("Network.loadingFailed", e -> end(requests, e, 0));
            wire.send("Network.enable");
            JsonObject limits = new JsonObject();
            limits.addProperty("offline", false);
            limits.addProperty("latency", LATENCY);
            limits.addProperty("downloadThroughput", line * 1e6 / 8);
            limits.addProperty("uploadThroughput", line * 1e6 / 8);
            wire.send("Network.emulateNetworkConditions", limits);
            tab.page.navigate(server.url() + "#lang=en");
            tab.page.waitForFunction("() => window.grotto");
            double first = tab.number("() => grotto.ready.then("
                            + "() => performance.getEntriesByName('first-picture')[0].startTime)")
                    / 1000;
            double stands = tab.number("() => grotto.settled().then(() => performance.now())") / 1000;
            List<Request> all = new ArrayList<>(requests.values());
            double start = all.stream().mapToDouble(r -> r.from).min().orElseThrow();
            List<Request> early =
                    all.stream().filter(r -> r.to <= start + first).toList();
            List<Request> late =
                    all.stream().filter(r -> r.to <= start + stands).toList();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %.1f s | %.2f | %d | %d | %.1f s | %.1f | %d |%n",
                    name,
                    screen.name(),
                    line == Math.rint(line) ? String.valueOf((int) line) : String.valueOf(line),
                    first,
                    bytes(early) / 1e6,
                    early.size(),
                    chain(early.stream().filter(PageLoad::waitedFor).toList()),
                    stands,
                    bytes(late) / 1e6,
                    late.size());
            if (Boolean.getBoolean("page.requests")) {
                for (Request r : early) {
                    System.out.printf(
                            Locale.ROOT, "%7.2f %7.2f %9.0f %s%n", r.from - start, r.to - start, r.bytes, r.url);
                }
            }
        }
    }

    private static void end(Map<String, Request> requests, JsonObject event, double bytes) {
        Request r = requests.get(event.get("requestId").getAsString());
        if (r != null) {
            r.to = event.get("timestamp").getAsDouble();
            r.bytes = bytes;
        }
    }

    /** The picture waits for neither the report nor the tab's icon. */
    private static boolean waitedFor(Request r) {
        return !r.url.contains("/icon.svg") && !r.url.endsWith("/report.json");
    }

    private static double bytes(List<Request> requests) {
        return requests.stream().mapToDouble(r -> r.bytes).sum();
    }

    /** The longest row of requests of which each began after the one before it had ended. */
    private static int chain(List<Request> requests) {
        List<Request> inOrder = new ArrayList<>(requests);
        inOrder.sort(Comparator.comparingDouble(r -> r.from));
        int[] depth = new int[inOrder.size()];
        int most = 0;
        for (int i = 0; i < depth.length; i++) {
            for (int j = 0; j < i; j++) {
                if (inOrder.get(j).to <= inOrder.get(i).from) {
                    depth[i] = Math.max(depth[i], depth[j]);
                }
            }
            most = Math.max(most, ++depth[i]);
        }
        return most;
    }
}
