package org.grotto.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aayushatharva.brotli4j.decoder.Decoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's manners, asked over the wire. */
class ServerTest {
    @TempDir
    static Path folder;

    private static final byte[] POINTS = new byte[100_000];
    private static Server server;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        new Random(7).nextBytes(POINTS);
        Path cave = Files.createDirectories(folder.resolve("第12窟"));
        Json.write(cave.resolve("cave.json"), TestCave.info());
        Files.createDirectories(cave.resolve("points"));
        Files.write(cave.resolve("points/cave.copc.laz"), POINTS);
        Files.createDirectories(cave.resolve("mesh"));
        Files.writeString(cave.resolve("mesh/a.glb"), "glTF");
        Files.writeString(cave.resolve("mesh/tile.glb"), "glTF 2 of a wall ".repeat(500));
        Files.createDirectories(cave.resolve("quality"));
        Files.writeString(cave.resolve("quality/report.html"), "<!doctype html><script>steal()</script>");
        Files.writeString(cave.resolve("mesh/tileset.json"), "{\"plain\": true}");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(cave.resolve("mesh/tileset.json.gz")))) {
            out.write("{\"plain\": true}".getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(cave.resolve(".secret"), "hidden");
        Files.writeString(folder.resolve("outside.txt"), "outside");
        Files.createSymbolicLink(cave.resolve("link.txt"), folder.resolve("outside.txt"));
        server = Server.start(ServeOptions.local(cave, 0));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder b = HttpRequest.newBuilder(URI.create(server.url() + path));
        if (headers.length > 0) {
            b.headers(headers);
        }
        return CLIENT.send(b.build(), BodyHandlers.ofByteArray());
    }

    @Test
    void aRequestThatFailsStandsInTheLogAsItWasAsked() throws Exception {
        java.util.logging.Logger log = java.util.logging.Logger.getLogger("org.grotto.web.Gate");
        java.util.List<String> lines = new java.util.concurrent.CopyOnWriteArrayList<>();
        java.util.logging.Handler handler = new java.util.logging.Handler() {
            @Override
            public void publish(java.util.logging.LogRecord r) {
                lines.add(r.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(handler);
        try {
            get("cave.json");
            get("not%20here?x=1");
        } finally {
            log.removeHandler(handler);
        }
        assertThat(lines).containsExactly("404 GET /not%20here?x=1");
    }

    private static String header(HttpResponse<?> r, String name) {
        return r.headers().firstValue(name).orElse("");
    }

    @Test
    void onlyThisMachineIsServedUnlessAskedOtherwise() {
        assertThat(server.url()).matches("http://127\\.0\\.0\\.1:\\d+/");
    }

    @ParameterizedTest
    @CsvSource({
        "'', text/html",
        "index.html, text/html",
        "cave.json, application/json",
        "mesh/a.glb, model/gltf-binary",
        "points/cave.copc.laz, application/vnd.laszip",
        "viewer/page.js, text/javascript",
        "viewer/style.css, text/css",
        "viewer/vendor/laz-perf/lib/worker/laz-perf.wasm, application/wasm",
        "viewer/laz-worker.js, text/javascript"
    })
    void filesComeWithTheirTypes(String path, String type) throws Exception {
        HttpResponse<byte[]> r = get(path);
        assertThat(r.statusCode()).isEqualTo(200);
        assertThat(header(r, "Content-Type")).startsWith(type);
        assertThat(header(r, "ETag")).isNotEmpty();
        assertThat(header(r, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(r.body()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0-9, 0, 10", "99990-, 99990, 100000", "-5, 99995, 100000", "500-1000000, 500, 100000"})
    void aRangeComesAsAskedFor(String range, int from, int to) throws Exception {
        HttpResponse<byte[]> r = get("points/cave.copc.laz", "Range", "bytes=" + range);
        assertThat(r.statusCode()).isEqualTo(206);
        assertThat(header(r, "Content-Range")).isEqualTo("bytes " + from + "-" + (to - 1) + "/100000");
        assertThat(r.body()).isEqualTo(Arrays.copyOfRange(POINTS, from, to));
    }

    @Test
    void severalRangesComeAsParts() throws Exception {
        HttpResponse<byte[]> r = get("points/cave.copc.laz", "Range", "bytes=0-3,1000-1003");
        assertThat(r.statusCode()).isEqualTo(206);
        assertThat(header(r, "Content-Type")).startsWith("multipart/byteranges");
        String body = new String(r.body(), StandardCharsets.ISO_8859_1);
        assertThat(body).contains("bytes 0-3/100000").contains("bytes 1000-1003/100000");
        assertThat(body).contains(new String(POINTS, 1000, 4, StandardCharsets.ISO_8859_1));
    }

    @Test
    void aRangeBeyondTheEndIsRefused() throws Exception {
        HttpResponse<byte[]> r = get("points/cave.copc.laz", "Range", "bytes=100000-100010");
        assertThat(r.statusCode()).isEqualTo(416);
        assertThat(header(r, "Content-Range")).isEqualTo("bytes */100000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cave.json", "viewer/page.js", "points/cave.copc.laz"})
    void whatIsKnownIsNotSentAgain(String path) throws Exception {
        String etag = header(get(path), "ETag");
        HttpResponse<byte[]> again = get(path, "If-None-Match", etag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void aRangeOfAFileThatChangedIsTheWholeFile() throws Exception {
        HttpResponse<byte[]> r = get("points/cave.copc.laz", "Range", "bytes=0-9", "If-Range", "\"older\"");
        assertThat(r.statusCode()).isEqualTo(200);
        assertThat(r.body()).isEqualTo(POINTS);
    }

    @Test
    void aPartOfTheSameFileIsSentOnAfterABreak() throws Exception {
        String date = header(get("points/cave.copc.laz"), "Last-Modified");
        HttpResponse<byte[]> r = get("points/cave.copc.laz", "Range", "bytes=50000-", "If-Range", date);
        assertThat(r.statusCode()).isEqualTo(206);
        assertThat(r.body()).isEqualTo(Arrays.copyOfRange(POINTS, 50_000, 100_000));
        String etag = header(r, "ETag");
        assertThat(get("points/cave.copc.laz", "Range", "bytes=7-8", "If-Range", etag)
                        .statusCode())
                .isEqualTo(206);
    }

    @Test
    void compressedCopiesThatStandBesideAFileAreUsed() throws Exception {
        HttpResponse<byte[]> gz = get("mesh/tileset.json", "Accept-Encoding", "gzip");
        assertThat(header(gz, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(gz, "Vary")).containsIgnoringCase("Accept-Encoding");
        assertThat(unzipped(gz.body())).isEqualTo("{\"plain\": true}".getBytes(StandardCharsets.UTF_8));
        assertThat(header(get("mesh/tileset.json"), "Content-Encoding")).isEmpty();
    }

    private static byte[] unzipped(byte[] gzip) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cave.json", "mesh/tile.glb"})
    void jsonAndTilesLeaveCompressedWhereTheAskerTakesIt(String path) throws Exception {
        HttpResponse<byte[]> plain = get(path);
        HttpResponse<byte[]> gz = get(path, "Accept-Encoding", "gzip, br");
        assertThat(header(plain, "Content-Encoding")).isEmpty();
        assertThat(header(gz, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(gz, "Vary")).containsIgnoringCase("Accept-Encoding");
        assertThat(gz.body()).hasSizeLessThan(plain.body().length);
        assertThat(unzipped(gz.body())).isEqualTo(plain.body());
        assertThat(get(path, "Accept-Encoding", "gzip", "If-None-Match", header(gz, "ETag"))
                        .statusCode())
                .isEqualTo(304);
        HttpResponse<byte[]> part = get(path, "Accept-Encoding", "gzip", "Range", "bytes=2-5");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(header(part, "Content-Encoding")).isEmpty();
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(plain.body(), 2, 6));
    }

    @Test
    void pointsLeaveAsTheyAre() throws Exception {
        HttpResponse<byte[]> r = get("points/cave.copc.laz", "Accept-Encoding", "gzip, br");
        assertThat(header(r, "Content-Encoding")).isEmpty();
        assertThat(header(r, "Content-Length")).isEqualTo("100000");
    }

    @Test
    void thePagesOwnFilesLeaveInTheShortestFormThatTheAskerTakes() throws Exception {
        byte[] plain = get("viewer/page.js").body();
        HttpResponse<byte[]> gzip = get("viewer/page.js", "Accept-Encoding", "gzip");
        HttpResponse<byte[]> brotli = get("viewer/page.js", "Accept-Encoding", "gzip, deflate, br, zstd");
        assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(brotli, "Content-Encoding")).isEqualTo("br");
        assertThat(unzipped(gzip.body())).isEqualTo(plain);
        assertThat(Decoder.decompress(brotli.body()).getDecompressedData()).isEqualTo(plain);
        assertThat(brotli.body().length).isLessThan(gzip.body().length);
        assertThat(gzip.body().length).isLessThan(plain.length / 3);
        assertThat(header(get("viewer/page.js", "Accept-Encoding", "br;q=0, gzip"), "Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(List.of(header(gzip, "ETag"), header(brotli, "ETag"), header(get("viewer/page.js"), "ETag")))
                .doesNotHaveDuplicates();
        assertThat(header(get("viewer/icon.svg", "Accept-Encoding", "br"), "Content-Encoding"))
                .as("too short to gain")
                .isEmpty();
    }

    @Test
    void whatIsNamedByItsBytesIsKeptForEver() throws Exception {
        String page = new String(get("").body(), StandardCharsets.UTF_8);
        Matcher named = Pattern.compile("(?:src|href)=\"(viewer/[^\"]+)\"").matcher(page);
        int count = 0;
        while (named.find()) {
            HttpResponse<byte[]> r = get(named.group(1));
            assertThat(r.statusCode()).isEqualTo(200);
            assertThat(header(r, "Cache-Control")).contains("immutable");
            count++;
        }
        assertThat(count).isEqualTo(5);
        String css = new String(get("viewer/vendor/noto-serif-sc/index.css").body(), StandardCharsets.UTF_8);
        Matcher font = Pattern.compile("url\\(\\./(files/[^)]+)\\)").matcher(css);
        assertThat(font.find()).isTrue();
        assertThat(header(get("viewer/vendor/noto-serif-sc/" + font.group(1)), "Cache-Control"))
                .contains("immutable");
        // of other bytes than the name says, or without such a name, browsers ask again
        for (String path :
                new String[] {"", "cave.json", "viewer/page.js", "viewer/page.js?v=000000000000000000000000"}) {
            assertThat(header(get(path), "Cache-Control")).as(path).isEqualTo("no-cache");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing.json",
                "mesh/",
                "mesh",
                "points",
                ".secret",
                "mesh/../.secret",
                "viewer/",
                "viewer/js/",
                "viewer/../../../pom.xml",
                "link.txt",
                "cave.json/",
                "%2e%2e/outside.txt",
                "..%2foutside.txt",
                "%2e%2e%2foutside.txt",
                "..%5coutside.txt",
                "mesh/%00"
            })
    void whatIsNotThereOrNotMeantToBeSeenIsNotServed(String path) throws Exception {
        assertThat(raw("GET /" + path + " HTTP/1.1"))
                .matches("HTTP/1\\.1 (400|404) [\\s\\S]*")
                .doesNotContain("outside\n", "hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../outside.txt", "/mesh/../../outside.txt", "//etc/passwd", "/viewer/../../outside.txt"})
    void noWayLeadsOut(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1");
        assertThat(answer).matches("HTTP/1\\.1 (400|404) [\\s\\S]*").doesNotContain("outside", "root:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void nothingCanBeWritten(String method) throws Exception {
        assertThat(raw(method + " /cave.json HTTP/1.1"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET, HEAD");
    }

    @Test
    void headTellsTheSizeAndSendsNothing() throws Exception {
        for (String path : new String[] {"/points/cave.copc.laz", "/viewer/page.js"}) {
            String answer = raw("HEAD " + path + " HTTP/1.1");
            assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
            assertThat(answer).containsPattern("Content-Length: [1-9]");
        }
    }

    /** A page of another site whose name was made to lead to this machine would read what is served as its own. */
    @ParameterizedTest
    @CsvSource({
        "evil.example, 421",
        "localhost.evil.example, 421",
        "127.0.0.1.evil.example, 421",
        "xlocalhost, 421",
        "localhost, 200",
        "LOCALHOST, 200",
        "127.0.0.1, 200",
        "192.168.1.7, 200",
        "[::1], 200",
        "a.localhost, 200"
    })
    void onlyRequestsThatMeanThisMachineAreAnswered(String host, int status) throws Exception {
        int port = URI.create(server.url()).getPort();
        for (String name : new String[] {host, host + ":" + port}) {
            for (String path : new String[] {"/", "/cave.json", "/viewer/page.js"}) {
                assertThat(said(server, "GET " + path + " HTTP/1.1\r\nHost: " + name))
                        .startsWith("HTTP/1.1 " + status + " ");
            }
        }
        assertThat(said(server, "GET /cave.json HTTP/1.1")).startsWith("HTTP/1.1 400 ");
        assertThat(said(server, "GET http://evil.example/cave.json HTTP/1.1\r\nHost: localhost"))
                .matches("HTTP/1\\.1 4[\\s\\S]*");
    }

    /** Behind a proxy visitors ask by a name that the machine does not know itself. */
    @Test
    void aNameThatTheServerWasToldIsAnswered() throws Exception {
        try (Server named =
                Server.start(new ServeOptions(folder.resolve("第12窟"), "127.0.0.1", 0, null, "caves.example.org"))) {
            assertThat(said(named, "GET /cave.json HTTP/1.1\r\nHost: Caves.example.org:8443"))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(said(named, "GET /cave.json HTTP/1.1\r\nHost: www.caves.example.org"))
                    .startsWith("HTTP/1.1 421 ")
                    .contains("--name");
        }
        for (String wrong : new String[] {"https://caves.example.org", "a b", "", "a:80"}) {
            assertThatThrownBy(() -> new ServeOptions(folder, "127.0.0.1", 0, null, wrong))
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("--name");
        }
    }

    @Test
    void everyDocumentSaysWhatItMayRun() throws Exception {
        String own = header(get(""), "Content-Security-Policy");
        assertThat(own).contains("script-src 'self' 'wasm-unsafe-eval';").doesNotContain("'unsafe-eval'", "http:");
        assertThat(own.replaceAll("style-src [^;]*;", "")).doesNotContain("'unsafe-inline'");
        assertThat(new String(get("").body(), StandardCharsets.UTF_8))
                .as("for other servers")
                .contains("<meta http-equiv=\"Content-Security-Policy\" content=\"" + own + "\">");
        String packages = header(get("quality/report.html"), "Content-Security-Policy");
        assertThat(packages).contains("default-src 'none'").doesNotContain("script-src");
        try (Server many = Server.start(ServeOptions.local(folder, 0))) {
            assertThat(header(CLIENT.send(request(many, ""), BodyHandlers.ofString()), "Content-Security-Policy"))
                    .isEqualTo(own);
        }
    }

    private static HttpRequest request(Server of, String path, String... headers) {
        HttpRequest.Builder b = HttpRequest.newBuilder(URI.create(of.url() + path));
        if (headers.length > 0) {
            b.headers(headers);
        }
        return b.build();
    }

    @Test
    void pagesOfOtherOriginsReadNothingUnlessAsked() throws Exception {
        String other = "https://viewer.example.org";
        HttpResponse<byte[]> closed = get("cave.json", "Origin", other);
        assertThat(header(closed, "Access-Control-Allow-Origin")).isEmpty();
        assertThat(header(closed, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        Path cave = folder.resolve("第12窟");
        try (Server open = Server.start(new ServeOptions(cave, "127.0.0.1", 0, other, null))) {
            HttpResponse<byte[]> r = CLIENT.send(
                    request(open, "points/cave.copc.laz", "Origin", other, "Range", "bytes=0-9"),
                    BodyHandlers.ofByteArray());
            assertThat(r.statusCode()).isEqualTo(206);
            assertThat(header(r, "Access-Control-Allow-Origin")).isEqualTo(other);
            assertThat(header(r, "Access-Control-Expose-Headers")).contains("Content-Range");
            assertThat(header(r, "Access-Control-Allow-Credentials")).isNotEqualTo("true");
            assertThat(header(r, "Vary")).contains("Origin");
            String asked = "OPTIONS /points/cave.copc.laz HTTP/1.1\r\nHost: localhost\r\nOrigin: " + other
                    + "\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: range";
            assertThat(said(open, asked)).matches("HTTP/1\\.1 20[04] [\\s\\S]*").containsIgnoringCase("range");
            for (String foreign : new String[] {"https://evil.example", other + ".evil.example", "null"}) {
                HttpResponse<byte[]> refused =
                        CLIENT.send(request(open, "cave.json", "Origin", foreign), BodyHandlers.ofByteArray());
                assertThat(header(refused, "Access-Control-Allow-Origin"))
                        .as(foreign)
                        .isEmpty();
            }
        }
        for (String wrong : new String[] {"viewer.example.org", "https://a.example/path", "javascript:1", ""}) {
            assertThatThrownBy(() -> new ServeOptions(cave, "127.0.0.1", 0, wrong, null))
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("--cors");
        }
    }

    /** Who asks a byte at a time, or asks and does not read, is let go, and others are served meanwhile. */
    @Test
    void slowConnectionsAreClosed() throws Exception {
        Path cave = folder.resolve("第12窟");
        Path large = cave.resolve("points/large.laz");
        try (var file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(64L << 20);
        }
        try (Server hasty = Server.start(ServeOptions.local(cave, 0), Duration.ofMillis(400))) {
            URI uri = URI.create(hasty.url());
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Socket s = new Socket(uri.getHost(), uri.getPort());
                s.setSoTimeout(20_000);
                s.getOutputStream()
                        .write("GET /cave.json HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
                                .getBytes(StandardCharsets.US_ASCII));
                slow.add(s);
            }
            Socket deaf = new Socket(uri.getHost(), uri.getPort());
            deaf.setSoTimeout(20_000);
            deaf.getOutputStream()
                    .write("GET /points/large.laz HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            int dropped = 0;
            for (int round = 0; round < 100 && dropped < slow.size(); round++) {
                dropped = 0;
                for (Socket s : slow) {
                    try {
                        s.getOutputStream().write('x');
                    } catch (IOException e) {
                        dropped++;
                    }
                }
                HttpResponse<byte[]> other = CLIENT.send(request(hasty, "cave.json"), BodyHandlers.ofByteArray());
                assertThat(other.statusCode()).isEqualTo(200);
                Thread.sleep(100);
            }
            assertThat(dropped).isEqualTo(slow.size());
            for (int i = 0; i < 300 && hasty.connections() > 0; i++) { // who reads before that is not deaf
                Thread.sleep(100);
            }
            assertThat(hasty.connections()).isZero();
            long got = 0;
            try {
                byte[] buffer = new byte[1 << 16];
                for (int n = deaf.getInputStream().read(buffer);
                        n >= 0;
                        n = deaf.getInputStream().read(buffer)) {
                    got += n;
                }
            } catch (java.net.SocketException e) {
                // a reset is an end, too
            }
            assertThat(got).isLessThan(64L << 20);
            deaf.close();
            for (Socket s : slow) {
                s.close();
            }
        } finally {
            Files.delete(large);
        }
    }

    @Test
    void packagesAreFoundWhereverTheyAreAddedAndHoweverTheyAreNamed(@TempDir Path shelf) throws Exception {
        Path first = Files.createDirectories(shelf.resolve("one"));
        Json.write(first.resolve("cave.json"), TestCave.info());
        try (Server many = Server.start(ServeOptions.local(shelf, 0))) {
            String[] names = {
                "100% stone",
                "%41",
                "%2e%2e",
                "a%2fb",
                "a;b",
                "a;b=c;d",
                "a#b",
                "a?b=c",
                "two  blanks",
                "第12窟",
                "a&b<c>\"d'",
                "a+b",
                "javascript:alert(1)",
                "back\\slash",
                "viewer2",
                "ä",
                "[x]",
                "{{web.page}}"
            };
            for (String name : names) {
                Path p = Files.createDirectories(shelf.resolve(name));
                Json.write(p.resolve("cave.json"), TestCave.info());
                Files.createDirectories(p.resolve("mesh"));
                Files.writeString(p.resolve("mesh/a.glb"), name);
            }
            String list =
                    CLIENT.send(request(many, ""), BodyHandlers.ofString()).body();
            Matcher links = Pattern.compile("<a href=\"([^\"]+)\"").matcher(list);
            List<String> found = new ArrayList<>();
            URI base = URI.create(many.url());
            while (links.find()) {
                URI there = base.resolve(links.group(1).replace("&amp;", "&"));
                assertThat(there.getScheme()).isEqualTo("http");
                HttpResponse<String> page =
                        CLIENT.send(HttpRequest.newBuilder(there).build(), BodyHandlers.ofString());
                assertThat(page.statusCode()).as("%s", there).isEqualTo(200);
                HttpResponse<String> tile = CLIENT.send(
                        HttpRequest.newBuilder(there.resolve("mesh/a.glb")).build(), BodyHandlers.ofString());
                if (tile.statusCode() == 200) {
                    found.add(tile.body());
                }
                String unslashed = there.getRawPath().replaceAll("/$", "");
                HttpResponse<String> moved = CLIENT.send(
                        HttpRequest.newBuilder(base.resolve(unslashed)).build(), BodyHandlers.ofString());
                assertThat(moved.statusCode()).isEqualTo(302);
                assertThat(base.resolve(header(moved, "Location"))).isEqualTo(there);
            }
            assertThat(found).containsExactlyInAnyOrder(names);
            Files.delete(first.resolve("cave.json"));
            assertThat(CLIENT.send(request(many, "one/"), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    /** A request as it stands, for paths that a polite client would not send. */
    private static String raw(String line) throws IOException {
        return said(server, line + "\r\nHost: localhost");
    }

    private static String said(Server server, String head) throws IOException {
        URI uri = URI.create(server.url());
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            }
        }
    }

    @Test
    void aFolderOfPackagesIsListedAndServedByName() throws Exception {
        try (Server many = Server.start(ServeOptions.local(folder, 0))) {
            HttpResponse<String> list =
                    CLIENT.send(HttpRequest.newBuilder(URI.create(many.url())).build(), BodyHandlers.ofString());
            assertThat(list.body()).contains("第十二窟（试样）").contains("Cave 12 (specimen)");
            String at = "%E7%AC%AC12%E7%AA%9F";
            assertThat(list.body()).contains("href=\"./" + at + "/\"");
            HttpResponse<String> moved = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(many.url() + at)).build(), BodyHandlers.ofString());
            assertThat(moved.statusCode()).isEqualTo(302);
            assertThat(header(moved, "Location")).endsWith(at + "/");
            for (String path : new String[] {"", "cave.json", "viewer/page.js", "mesh/a.glb"}) {
                HttpResponse<String> r = CLIENT.send(
                        HttpRequest.newBuilder(URI.create(many.url() + at + "/" + path))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(r.statusCode()).as(path).isEqualTo(200);
            }
            HttpResponse<String> beside = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(many.url() + "outside.txt"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(beside.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aFolderWithoutPackagesIsRefusedInWords(@TempDir Path empty) {
        assertThatThrownBy(() -> Server.start(ServeOptions.local(empty, 0)))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("cave.json");
        assertThatThrownBy(() -> Server.start(ServeOptions.local(empty.resolve("none"), 0)))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("no such file or folder");
    }

    @Test
    void aTakenPortIsToldInWords() {
        int port = URI.create(server.url()).getPort();
        assertThatThrownBy(() -> Server.start(ServeOptions.local(folder, port)))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining(String.valueOf(port))
                .hasMessageContaining("--port 0");
    }

    @Test
    void theExportedPageIsTheServedOne(@TempDir Path site) throws Exception {
        WebExport.write(site);
        assertThat(Files.readAllBytes(site.resolve("index.html"))).isEqualTo(get("").body());
        byte[] script = get("viewer/page.js").body();
        assertThat(Files.readAllBytes(site.resolve("viewer/page.js"))).isEqualTo(script);
        assertThat(unzipped(Files.readAllBytes(site.resolve("viewer/page.js.gz"))))
                .isEqualTo(script);
        assertThat(Decoder.decompress(Files.readAllBytes(site.resolve("viewer/page.js.br")))
                        .getDecompressedData())
                .isEqualTo(script);
        assertThat(Files.size(site.resolve("viewer/page.js.br"))).isLessThan(220_000);
        try (var files = Files.walk(site)) {
            assertThat(files.map(p -> p.getFileName().toString()).filter(n -> n.endsWith(".woff2.gz")))
                    .isEmpty();
        }
        for (String licence : new String[] {"three", "3d-tiles-renderer", "noto-sans-sc", "noto-serif-sc"}) {
            assertThat(site.resolve("viewer/vendor/" + licence + "/LICENSE")).isNotEmptyFile();
        }
    }
}
