package org.grotto.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.EtagUtils;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;
import org.grotto.scene.PackagePath;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands before the package's files: lets only reading through, and only under a name of this machine; refuses hidden
 * names, answers the viewer's own files from memory and lists the packages where there are several.
 */
final class Gate extends Handler.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final int LONGEST_LOGGED = 300;
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+]");

    /** Of documents that a package brings along, its report above all: they are read, and run nothing. */
    private static final String PACKAGE_POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'"
            + " data:; font-src 'self' data:; base-uri 'none'; form-action 'none'";

    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Packages packages;
    private final ServeOptions options;

    /** Of the viewer's files by name; the type for Chinese, most of them, when it is asked for. */
    private static final Map<String, Sent> SENT = new ConcurrentHashMap<>();

    static {
        ViewerFiles.all().forEach((name, file) -> {
            if (!name.endsWith(".woff2")) {
                SENT.put(name, Sent.of(file));
            }
        });
    }

    /** One of the viewer's files, with its codings. */
    private record Sent(byte[] file, String version, SequencedMap<String, byte[]> codings) {
        static Sent of(byte[] file) {
            return new Sent(file, ViewerFiles.version(file), Compressed.of(file));
        }
    }

    Gate(Handler files, Packages packages, ServeOptions options) {
        super(files);
        this.packages = packages;
        this.options = options;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        response.getHeaders().put("Content-Security-Policy", PACKAGE_POLICY);
        if (options.cors() == null) {
            response.getHeaders().put("Cross-Origin-Resource-Policy", "same-origin");
        }
        if (!ours(Request.getServerName(request))) {
            return refused(request, response, callback, HttpStatus.MISDIRECTED_REQUEST_421);
        }
        String method = request.getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            return refused(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
        }
        String path = request.getHttpURI().getCanonicalPath();
        String inside = path == null ? "" : path.substring(1);
        if (!packages.single()) {
            if (inside.isEmpty()) {
                Sent page = Sent.of(PackageList.page(packages));
                return bytes(request, response, callback, page, "text/html;charset=utf-8");
            }
            int slash = inside.indexOf('/');
            String name = decoded(slash < 0 ? inside : inside.substring(0, slash));
            if (!name.equals("viewer") && !packages.has(name)) {
                return refused(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
            if (slash < 0) {
                // without the slash the page would look for its files one folder too high
                Response.sendRedirect(request, response, callback, URIUtil.encodePath("/" + name + "/"));
                return true;
            }
            inside = name.equals("viewer") ? inside : inside.substring(slash + 1);
        }
        inside = inside.isEmpty() ? "index.html" : decoded(inside);
        byte[] own = ViewerFiles.all().get(inside);
        if (own != null) {
            String end = inside.substring(inside.lastIndexOf('.') + 1);
            String type = Server.TYPES.getOrDefault(end, "text/plain;charset=utf-8"); // the licences
            return bytes(request, response, callback, SENT.computeIfAbsent(inside, f -> Sent.of(own)), type);
        }
        if (!PackagePath.legal(inside)) {
            return refused(request, response, callback, HttpStatus.NOT_FOUND_404);
        }
        Path file = packages.folder().resolve(decoded(path.substring(1)));
        if (Files.isDirectory(file) || !super.handle(current(request, file), response, callback)) {
            return refused(request, response, callback, HttpStatus.NOT_FOUND_404);
        }
        return true;
    }

    private static boolean refused(Request request, Response response, Callback callback, int status) {
        Response.writeError(request, response, callback, status);
        return true;
    }

    /**
     * Whether a request means this machine: by its address, a name of its own, or what the server was started for. Another
     * site's page can make its own name lead here, and would then read what is served as its own; the browser still says
     * that name.
     */
    private boolean ours(@Nullable String name) {
        if (name == null) {
            return false;
        }
        String plain = name.toLowerCase(Locale.ROOT);
        return ADDRESS.matcher(plain).matches()
                || plain.equals("localhost")
                || plain.endsWith(".localhost")
                || plain.equals(options.host().toLowerCase(Locale.ROOT))
                || options.name() != null && plain.equals(options.name().toLowerCase(Locale.ROOT))
                || Arrays.asList(Machine.NAME, Machine.NAME + ".local").contains(plain);
    }

    /** Asked for once, and late: where names are looked up in a network, that can take seconds. */
    private static final class Machine {
        static final String NAME = name();

        private static String name() {
            try {
                return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            } catch (UnknownHostException e) {
                return "localhost";
            }
        }
    }

    /** A path, or a part of one, in plain characters; "" where it is none. */
    private static String decoded(String path) {
        String plain = URIUtil.decodePath(path);
        return plain == null || plain.indexOf('\0') >= 0 ? "" : plain;
    }

    /**
     * A part is sent only of the file that the asker has begun with (RFC 9110, 13.1.5), told by its date or its ETag. Jetty
     * calls its ETags weak; made of size and time to the nanosecond, they are as good as strong here, and Chrome asks
     * with them.
     */
    private static Request current(Request request, Path file) throws IOException {
        String has = request.getHeaders().get(HttpHeader.IF_RANGE);
        if (has == null) {
            return request;
        }
        if (Files.exists(file)
                && (has.equals(EtagUtils.computeWeakEtag(file))
                        || date(has) == Files.getLastModifiedTime(file).to(TimeUnit.SECONDS))) {
            return request;
        }
        HttpFields whole = HttpFields.build(request.getHeaders()).remove(HttpHeader.RANGE);
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return whole;
            }
        };
    }

    /** Seconds since 1970, or -1 where {@code text} is no date (an ETag, say). */
    private static long date(String text) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toEpochSecond();
        } catch (DateTimeParseException e) {
            return -1;
        }
    }

    private static boolean bytes(Request request, Response response, Callback callback, Sent sent, String type) {
        HttpFields.Mutable headers = response.getHeaders();
        List<String> taken = request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING); // none with q=0
        String coding = sent.codings().keySet().stream()
                .filter(taken::contains)
                .findFirst()
                .orElse("");
        String etag = '"' + sent.version() + (coding.isEmpty() ? "" : "-" + coding) + '"';
        headers.put(HttpHeader.ETAG, etag);
        boolean named = ("v=" + sent.version()).equals(request.getHttpURI().getQuery());
        headers.put(HttpHeader.CACHE_CONTROL, named ? FOR_EVER : "no-cache");
        if (!sent.codings().isEmpty()) {
            headers.put(HttpHeader.VARY, "Accept-Encoding");
        }
        if (type.startsWith("text/html")) {
            headers.put("Content-Security-Policy", ViewerFiles.CONTENT_POLICY);
        } else {
            headers.remove("Content-Security-Policy"); // a worker would run under it
        }
        for (HttpField asked : request.getHeaders().getFields(HttpHeader.IF_NONE_MATCH)) {
            if (asked.getValueList().contains(etag) || asked.contains("*")) {
                response.setStatus(HttpStatus.NOT_MODIFIED_304);
                response.write(true, null, callback);
                return true;
            }
        }
        byte[] body = sent.codings().getOrDefault(coding, sent.file());
        if (!coding.isEmpty()) {
            headers.put(HttpHeader.CONTENT_ENCODING, coding);
        }
        headers.put(HttpHeader.CONTENT_TYPE, type);
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        boolean head = request.getMethod().equals("HEAD");
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
        return true;
    }

    /** Requests that failed stand in the log, faults of the server's own with their stack. */
    private static void log(int status, Request request) {
        String asked = request.getMethod() + " " + request.getHttpURI().getPathQuery();
        String line = asked.substring(0, Math.min(asked.length(), LONGEST_LOGGED));
        if (status >= HttpStatus.INTERNAL_SERVER_ERROR_500) {
            LOG.error("{} {}", status, line, (Throwable) request.getAttribute(ErrorHandler.ERROR_EXCEPTION));
        } else {
            LOG.info("{} {}", status, line);
        }
    }

    /** An error as one plain line. */
    static boolean plainError(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        if (status == HttpStatus.NOT_MODIFIED_304) {
            response.write(true, null, callback);
            return true;
        }
        log(status, request);
        String more = status == HttpStatus.MISDIRECTED_REQUEST_421
                ? ": this server does not know itself by that name; start it with --name NAME"
                : "";
        String line = status + " " + HttpStatus.getMessage(status) + more + "\n";
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        boolean head = request.getMethod().equals("HEAD");
        response.write(true, head ? null : ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }
}
