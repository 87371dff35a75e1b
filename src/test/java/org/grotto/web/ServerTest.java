package org.grotto.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Arrays;
import java.util.Random;
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
        "viewer/js/main.js, text/javascript",
        "viewer/style.css, text/css",
        "viewer/vendor/laz-perf/lib/worker/laz-perf.wasm, application/wasm",
        "viewer/vendor/three/build/three.core.js, text/javascript"
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
    @ValueSource(strings = {"", "cave.json", "viewer/js/main.js", "points/cave.copc.laz"})
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
    void compressedCopiesAreUsedOnlyWherePresentAndWanted() throws Exception {
        HttpResponse<byte[]> gz = get("mesh/tileset.json", "Accept-Encoding", "gzip");
        assertThat(header(gz, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(gz, "Vary")).containsIgnoringCase("Accept-Encoding");
        assertThat(header(get("mesh/tileset.json"), "Content-Encoding")).isEmpty();
        assertThat(header(get("cave.json", "Accept-Encoding", "gzip"), "Content-Encoding"))
                .isEmpty();
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
        for (String path : new String[] {"/points/cave.copc.laz", "/viewer/js/main.js"}) {
            String answer = raw("HEAD " + path + " HTTP/1.1");
            assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
            assertThat(answer).containsPattern("Content-Length: [1-9]");
        }
    }

    /** A request as it stands, for paths that a polite client would not send. */
    private static String raw(String line) throws IOException {
        URI uri = URI.create(server.url());
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((line + "\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
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
            assertThat(list.body()).contains("href=\"" + at + "/\"");
            HttpResponse<String> moved = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(many.url() + at)).build(), BodyHandlers.ofString());
            assertThat(moved.statusCode()).isEqualTo(302);
            assertThat(header(moved, "Location")).endsWith(at + "/");
            for (String path : new String[] {"", "cave.json", "viewer/js/main.js", "mesh/a.glb"}) {
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
        assertThat(Files.readAllBytes(site.resolve("viewer/js/main.js")))
                .isEqualTo(get("viewer/js/main.js").body());
        for (String licence : new String[] {"three", "3d-tiles-renderer", "noto-sans-sc", "noto-serif-sc"}) {
            assertThat(site.resolve("viewer/vendor/" + licence + "/LICENSE")).isNotEmptyFile();
        }
    }
}
