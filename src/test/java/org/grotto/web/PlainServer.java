package org.grotto.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server of plain files such as any institute has; it may ignore byte ranges and always send whole files. */
final class PlainServer implements AutoCloseable {
    private final HttpServer server;
    private final Path root;
    private final boolean ranges;
    /** What was asked for, as "PATH RANGE". */
    final List<String> asked = new CopyOnWriteArrayList<>();

    PlainServer(Path root, boolean ranges) throws IOException {
        this.root = root.toRealPath();
        this.ranges = ranges;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void answer(HttpExchange x) throws IOException {
        try (x) {
            String path = x.getRequestURI().getPath().substring(1);
            Path file = root.resolve(path.isEmpty() ? "index.html" : path).normalize();
            String range = x.getRequestHeaders().getFirst("Range");
            asked.add("/" + path + " " + range);
            if (!file.startsWith(root) || !Files.isRegularFile(file)) {
                x.sendResponseHeaders(404, -1);
                return;
            }
            byte[] body = Files.readAllBytes(file);
            x.getResponseHeaders().set("Content-Type", type(file.toString()));
            if (ranges && range != null && range.matches("bytes=\\d+-\\d+")) {
                String[] ends = range.substring(6).split("-");
                int from = Integer.parseInt(ends[0]);
                int to = Math.min(Integer.parseInt(ends[1]), body.length - 1);
                x.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + to + "/" + body.length);
                x.sendResponseHeaders(206, to - from + 1L);
                x.getResponseBody().write(body, from, to - from + 1);
            } else {
                x.sendResponseHeaders(200, body.length);
                x.getResponseBody().write(body);
            }
        }
    }

    /** The few types that python3 -m http.server knows, too. */
    private static String type(String name) {
        return name.endsWith(".html")
                ? "text/html"
                : name.endsWith(".js")
                        ? "text/javascript"
                        : name.endsWith(".css")
                                ? "text/css"
                                : name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
