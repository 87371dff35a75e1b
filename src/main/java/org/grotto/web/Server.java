package org.grotto.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.gzip.GzipEncoderConfig;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.grotto.base.GrottoException;
import org.slf4j.LoggerFactory;

/**
 * Serves a cave package, or a folder of them, with the viewer page: files by byte ranges, ETag and 304, compressed where
 * that shortens them. It only reads (GET and HEAD), lists no folders, and hides names that
 * begin with a dot and links that lead out of the folder.
 *
 * <p>One package: the page is at {@code /}, the package's files beside it ({@code /cave.json}), the page's own under
 * {@code /viewer/}. Several: a list is at {@code /}, each package as above below {@code /NAME/}. The same names as
 * {@link WebExport} gives, so a package behaves alike here and on any other server.
 */
public final class Server implements AutoCloseable {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    /** Media types by file name's end, where Jetty knows none or an older one. */
    static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("glb", "model/gltf-binary"),
            Map.entry("gltf", "model/gltf+json"),
            Map.entry("json", "application/json"),
            Map.entry("geojson", "application/geo+json"),
            Map.entry("js", "text/javascript"),
            Map.entry("css", "text/css"),
            Map.entry("html", "text/html;charset=utf-8"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("las", "application/vnd.las"),
            Map.entry("laz", "application/vnd.laszip"),
            Map.entry("e57", "model/e57"),
            Map.entry("ply", "application/octet-stream"),
            Map.entry("ktx2", "image/ktx2"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("woff2", "font/woff2"));

    /** How long a connection may be silent, and a request's head may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MOST_CONNECTIONS = 1000;

    private final org.eclipse.jetty.server.Server jetty;
    private final ServerConnector connector;
    private final String host;

    private Server(org.eclipse.jetty.server.Server jetty, ServerConnector connector, String host) {
        this.jetty = jetty;
        this.connector = connector;
        this.host = host;
    }

    /**
     * Starts to serve; returns when requests are answered.
     *
     * @throws GrottoException of kind BAD_INPUT where the folder holds no package, of kind IO where there is no such
     *     folder, or the port is taken
     */
    public static Server start(ServeOptions options) {
        return start(options, PATIENCE);
    }

    /** @param patience how long a connection may be silent, and a request's head may take */
    static Server start(ServeOptions options, Duration patience) {
        JETTY.setLevel(Level.WARNING);
        Path folder = realFolder(options.folder());
        Packages packages = new Packages(folder);
        if (!packages.single() && packages.names().isEmpty()) {
            throw GrottoException.badInput(
                    folder, "holds no cave.json, nor does a folder in it; name a cave package, or build one first.");
        }

        QueuedThreadPool threads = new QueuedThreadPool(24, 4);
        threads.setName("grotto-web");
        threads.setDaemon(true);
        var jetty = new org.eclipse.jetty.server.Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // folders are named as people like; the gate looks at every name, decoded
        UriCompliance names = UriCompliance.DEFAULT.with(
                "names", Violation.AMBIGUOUS_PATH_ENCODING, Violation.SUSPICIOUS_PATH_CHARACTERS);
        http.setUriCompliance(names);
        http.setRedirectUriCompliance(names);
        ServerConnector connector = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(patience.toMillis());
        connector.addBean(new Patience(patience, connector.getScheduler()));
        jetty.addConnector(connector);
        jetty.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        jetty.setErrorHandler(Gate::plainError);
        ContextHandler files = new ContextHandler(resources(folder), "/");
        files.setBaseResource(ResourceFactory.of(files).newResource(folder));
        files.setAliasChecks(List.of()); // Jetty would follow links; a link may lead anywhere
        TYPES.forEach(files.getMimeTypes()::addMimeMapping);
        Gate gate = new Gate(packed(files), packages, options);
        jetty.setHandler(options.cors() == null ? gate : shared(gate, options.cors()));
        try {
            jetty.start();
        } catch (Exception e) {
            stop(jetty);
            throw new GrottoException(
                    GrottoException.Kind.IO,
                    "Cannot listen at " + options.host() + ":" + options.port() + " (" + e.getMessage()
                            + "); name another port, or --port 0 for any free one.",
                    e);
        }
        Server server = new Server(jetty, connector, options.host());
        LOG.info("serves {} at {}: {}", folder, server.url(), packages.single() ? "one package" : packages.names());
        return server;
    }

    /** Where the page is, "http://127.0.0.1:8080/". */
    public String url() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return "http://" + name + ":" + connector.getLocalPort() + "/";
    }

    /** How many connections are open now. */
    int connections() {
        return connector.getConnectedEndPoints().size();
    }

    @Override
    public void close() {
        stop(jetty);
        LOG.info("ends");
    }

    private static void stop(org.eclipse.jetty.server.Server jetty) {
        try {
            jetty.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the web server does not stop", e);
        }
    }

    /** JSON and tiles leave compressed (tiles lose a fifth), points do not; by ranges all files leave as they are. */
    private static Handler packed(Handler files) {
        GzipCompression gzip = new GzipCompression();
        GzipEncoderConfig quick = new GzipEncoderConfig();
        quick.setCompressionLevel(3);
        gzip.setDefaultEncoderConfig(quick);
        CompressionHandler packed = new CompressionHandler(files);
        packed.putCompression(gzip);
        packed.putConfiguration(
                "/*",
                CompressionConfig.builder()
                        .compressIncludeMethod("GET")
                        .compressIncludeMimeType("application/json")
                        .compressIncludeMimeType("application/geo+json")
                        .compressIncludeMimeType("model/gltf-binary")
                        .compressIncludeMimeType("model/gltf+json")
                        .compressIncludeMimeType("text/html")
                        .compressIncludeMimeType("text/plain")
                        .compressIncludeMimeType("image/svg+xml")
                        .build());
        return new Handler.Wrapper(packed) {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                boolean part = request.getHeaders().contains(HttpHeader.RANGE);
                return part ? files.handle(request, response, callback) : super.handle(request, response, callback);
            }
        };
    }

    /** Pages of {@code origin} may read, too; they send no cookies and write nothing. */
    private static Handler shared(Handler gate, String origin) {
        CrossOriginHandler shared = new CrossOriginHandler();
        shared.setAllowedOriginPatterns(Set.of(origin.equals("*") ? "*" : Pattern.quote(origin)));
        shared.setAllowCredentials(false);
        shared.setAllowedMethods(Set.of("GET", "HEAD"));
        shared.setAllowedHeaders(Set.of("Range", "If-Range", "If-None-Match", "If-Modified-Since"));
        shared.setExposedHeaders(Set.of("Accept-Ranges", "Content-Length", "Content-Range", "ETag"));
        shared.setHandler(gate);
        return shared;
    }

    private static ResourceHandler resources(Path folder) {
        ResourceHandler handler = new ResourceHandler();
        handler.setBaseResource(ResourceFactory.of(handler).newResource(folder));
        handler.setDirAllowed(false);
        handler.setWelcomeFiles(List.of());
        handler.setEtags(true);
        handler.setAcceptRanges(true);
        handler.setUseFileMapping(false); // a mapped file could not be replaced on Windows
        handler.setPrecompressedFormats(CompressedContentFormat.BR, CompressedContentFormat.GZIP);
        handler.setCacheControl("no-cache"); // kept, but asked for again: a new build shows at once
        return handler;
    }

    private static Path realFolder(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw GrottoException.badInput(
                    folder, "is not a folder; name a cave package, or a folder of cave packages.");
        }
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw GrottoException.io(folder, e);
        }
    }
}
