package org.grotto.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.grotto.Need;
import org.grotto.base.Json;
import org.grotto.scene.PackagePath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Page and server before packages with holes, later versions and paths that lead out: a picture or a sentence. */
class PackageCasesTest {
    @TempDir
    static Path cave;

    private static Browser browser;
    private static Server server;
    private static byte[] good = {};

    @BeforeAll
    static void start() throws IOException {
        browser = new Browser();
        TestCave.write(cave);
        good = Files.readAllBytes(cave.resolve("cave.json"));
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

    private static void write(Consumer<ObjectNode> change) {
        ObjectNode json = (ObjectNode) Json.mapper().readTree(good);
        change.accept(json);
        Json.write(cave.resolve("cave.json"), json);
        served();
    }

    /** The server looks at a file that it has sent once a second at most: waits until it sends the one that stands there. */
    private static void served() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest ask = HttpRequest.newBuilder(URI.create(server.url() + "cave.json"))
                    .build();
            byte[] wanted = Files.readAllBytes(cave.resolve("cave.json"));
            for (int tries = 0; tries < 100; tries++) {
                byte[] sent = client.send(ask, HttpResponse.BodyHandlers.ofByteArray())
                        .body();
                if (Arrays.equals(sent, wanted)) {
                    return;
                }
                Thread.sleep(100);
            }
            throw new AssertionError("the server still sends an older cave.json");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectNode deliverable(ObjectNode cave, int i) {
        return (ObjectNode) cave.path("deliverables").path(i);
    }

    @Test
    void holesAndLaterVersionsShowThePicture() {
        Map<String, Consumer<ObjectNode>> cases = new LinkedHashMap<>();
        cases.put("minor version, new keys, no layers", c -> {
            c.put("grotto", "cave-package/1.3").putArray("layers");
            c.putObject("moss").put("a", 1);
        });
        cases.put("nulls", c -> {
            c.putNull("title")
                    .putNull("stations")
                    .putNull("rights")
                    .putNull("frame")
                    .putNull("layers");
            c.putArray("views").addNull();
            c.putObject("room").put("azimuthDegrees", 0).putNull("box");
            ((ArrayNode) c.path("deliverables")).addNull();
        });
        cases.put("halves", c -> {
            ((ObjectNode) c.path("title")).putNull("zh");
            ((ArrayNode) c.path("views").path(0).path("eye")).removeAll();
            ((ObjectNode) c.path("views").path(2)).putNull("kind").putNull("name");
            c.putArray("layers")
                    .addNull()
                    .add(Json.mapper()
                            .readTree("{\"id\": \"a\", \"column\": \"a\", \"carrier\": \"vertex\", \"scale\": null}"))
                    .add(Json.mapper().readTree("{\"id\": \"b\", \"column\": \"b\", \"carrier\": \"smell\"}"));
        });
        cases.forEach((name, change) -> {
            write(change);
            try (Browser.Tab tab = browser.tab(500, 400).open(server.url() + "#lang=zh")) {
                assertThat(tab.page.locator("#curtain.failed").count()).as(name).isZero();
                tab.page.locator(".tools button[data-panel=info]").click();
                tab.page.locator(".tools button[data-panel=layers]").click();
                assertThat(tab.complaints.stream().filter(c -> !c.startsWith("warning")))
                        .as(name)
                        .isEmpty();
            }
        });
    }

    @Test
    void whatCannotBeShownIsToldInASentence() {
        Map<Consumer<ObjectNode>, String> cases = new LinkedHashMap<>();
        cases.put(c -> c.put("grotto", "cave-package/2"), "newer version");
        cases.put(c -> c.put("grotto", "photo album"), "no cave package");
        cases.put(c -> c.remove("bounds"), "not complete");
        for (String path :
                List.of("javascript:window.pwned=1", "../mesh/tileset.json", "http://[::1]/x", "a\0b", "%2e%2e/x")) {
            cases.put(c -> deliverable(c, 0).put("path", path), "outside itself");
        }
        cases.forEach((change, words) -> {
            write(change);
            try (Browser.Tab tab = browser.tab(500, 400)) {
                tab.page.navigate(server.url() + "#lang=en");
                tab.page.locator("#curtain.failed").waitFor();
                assertThat(tab.page.locator("#curtain-text").innerText())
                        .contains(words)
                        .doesNotContain("Error", "undefined", "json");
                assertThat(tab.requests).allMatch(r -> r.startsWith(server.url()));
            }
        });
    }

    @Test
    void aFileThatLeadsOutIsNamedWithoutALink() throws IOException {
        write(c -> {
            deliverable(c, 1).put("path", "javascript:window.pwned=1;document.title=`PWNED`//report.html");
            ((ObjectNode) c.path("title")).put("zh", "<img src=x onerror=window.pwned=1>");
        });
        try (Browser.Tab tab = browser.tab(800, 600).open(server.url() + "#lang=zh")) {
            tab.page.locator(".tools button[data-panel=info]").click();
            assertThat(tab.page.locator("#facts").innerText()).contains("report.html");
            assertThat(tab.page.locator("#facts a").allInnerTexts()).containsExactly("tileset.json");
            assertThat(tab.call("() => window.pwned ?? null")).isNull();
            assertThat(tab.page.locator("h1").textContent()).isEqualTo("<img src=x onerror=window.pwned=1>");
        }
    }

    /** A tile elsewhere on the same server, as a sly package could name it: not asked for, and missed in a sentence. */
    @Test
    void tilesThatLeadOutAreNotAskedFor() throws IOException {
        write(c -> {});
        Path tileset = cave.resolve("mesh/tileset.json");
        byte[] told = Files.readAllBytes(tileset);
        try {
            for (String out : List.of("../cave.glb", "%2e%2e/cave.glb", "/cave.glb", "http://127.0.0.1:9/cave.glb")) {
                ObjectNode set = (ObjectNode) Json.mapper().readTree(told);
                ((ObjectNode) set.path("root").path("content")).put("uri", out);
                Json.write(tileset, set);
                try (Browser.Tab tab = browser.tab(400, 300)) {
                    tab.page.navigate(server.url() + "#lang=en");
                    tab.page.getByText("cannot be shown").first().waitFor();
                    assertThat(tab.requests).as(out).noneMatch(r -> r.endsWith("cave.glb"));
                    assertThat(tab.requests).as(out).anyMatch(r -> r.endsWith("tileset.json"));
                }
            }
        } finally {
            Files.write(tileset, told);
        }
    }

    private static Map<String, List<String>> table() throws IOException {
        try (InputStream in = PackagePath.class.getResourceAsStream("paths.json")) {
            return Json.mapper().readValue(Objects.requireNonNull(in), new TypeReference<>() {});
        }
    }

    /** The same table that PackagePathTest goes by. */
    @Test
    void thePageKnowsTheSameRuleForPaths() throws IOException {
        Map<String, List<String>> cases = table();
        try (PlainServer modules = new PlainServer(Need.root().resolve("assets/web/js"), false);
                Browser.Tab tab = browser.tab(300, 300)) {
            tab.page.navigate(modules.url() + "path.js");
            for (String kind : List.of("legal", "refused")) {
                // as JSON text: half a character does not pass as an argument
                Object wrong = tab.call(
                        "async ([cases, expected]) => { const { legal, addressOf } = await import('./path.js');"
                                + " return JSON.parse(cases).filter((p) => legal(p) !== expected"
                                + " || (addressOf(location.href, p) !== null) !== expected); }",
                        List.of(ascii(cases.get(kind)), kind.equals("legal")));
                assertThat((List<?>) wrong).as(kind).isEmpty();
            }
            assertThat(tab.call("async () => (await import('./path.js')).legal(null)"))
                    .isEqualTo(false);
        }
    }

    private static String ascii(List<String> texts) {
        StringBuilder s = new StringBuilder();
        for (char c : Json.mapper().writeValueAsString(texts).toCharArray()) {
            s.append(c < 127 && c >= 32 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return s.toString().replace("\\u000a", " ");
    }

    @Test
    void theServerGivesOutNoOtherPaths() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        List<String> given = new ArrayList<>();
        for (String path : table().get("refused")) {
            if (path.isEmpty()
                    || !java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(path)) {
                continue; // the page itself; and what no address can hold
            }
            String asked = java.net.URLEncoder.encode(path, java.nio.charset.StandardCharsets.UTF_8)
                    .replace("+", "%20");
            HttpResponse<String> r = client.send(
                    HttpRequest.newBuilder(URI.create(server.url() + asked)).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (r.statusCode() < 400 || r.statusCode() >= 500) {
                given.add(path + " " + r.statusCode());
            }
            assertThat(r.body()).doesNotContain("Exception", "java.");
        }
        assertThat(given).isEmpty();
    }
}
