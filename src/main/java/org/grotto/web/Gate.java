package org.grotto.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands before the package's files: lets only reading through, refuses hidden names, answers the viewer's own files
 * from memory and lists the packages where there are several.
 */
final class Gate extends Handler.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final int LONGEST_LOGGED = 300;

    private final Path folder;
    private final List<String> packages;
    private final Map<String, String> etags = new ConcurrentHashMap<>();

    /** @param packages names of the packages below {@code folder}; empty where it is one itself */
    Gate(Handler files, Path folder, List<String> packages) {
        super(files);
        this.folder = folder;
        this.packages = packages;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        String method = request.getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
            return true;
        }
        String raw = request.getHttpURI().getCanonicalPath();
        String path = raw == null ? "/" : URIUtil.decodePath(raw);
        if (!decent(path)) {
            Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            return true;
        }
        String inside = path.substring(1);
        if (!packages.isEmpty()) {
            if (inside.isEmpty()) {
                byte[] page = PackageList.page(folder, packages);
                return bytes(request, response, callback, page, "text/html;charset=utf-8", etag(page));
            }
            int slash = inside.indexOf('/');
            String name = slash < 0 ? inside : inside.substring(0, slash);
            if (!packages.contains(name) && !name.equals("viewer")) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
                return true;
            }
            if (slash < 0) {
                // without the slash the page would look for its files one folder too high
                Response.sendRedirect(request, response, callback, URIUtil.encodePath("/" + name + "/"));
                return true;
            }
            inside = name.equals("viewer") ? inside : inside.substring(slash + 1);
        }
        if (inside.isEmpty()) {
            inside = "index.html";
        }
        byte[] own = ViewerFiles.all().get(inside);
        if (own != null) {
            String end = inside.substring(inside.lastIndexOf('.') + 1);
            String type = Server.TYPES.getOrDefault(end, "text/plain;charset=utf-8"); // the licences
            return bytes(request, response, callback, own, type, etags.computeIfAbsent(inside, f -> etag(own)));
        }
        if (!PackagePath.legal(inside)) {
            Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            return true;
        }
        Path file = folder.resolve(path.substring(1));
        if (Files.isDirectory(file) || !super.handle(current(request, file), response, callback)) {
            Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
        }
        return true;
    }

    /** No hidden names, no way up, nothing that a file system could read as a second separator or an end. */
    private static boolean decent(String path) {
        if (!path.startsWith("/") || path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0 || path.indexOf(';') >= 0) {
            return false;
        }
        for (String segment : path.split("/", -1)) {
            if (segment.startsWith(".")) {
                return false;
            }
        }
        return true;
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

    private static boolean bytes(
            Request request, Response response, Callback callback, byte[] body, String type, String etag) {
        response.getHeaders().put(HttpHeader.ETAG, etag);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
        for (HttpField asked : request.getHeaders().getFields(HttpHeader.IF_NONE_MATCH)) {
            if (asked.getValueList().contains(etag) || asked.contains("*")) {
                response.setStatus(HttpStatus.NOT_MODIFIED_304);
                response.write(true, null, callback);
                return true;
            }
        }
        if (type != null) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        }
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        boolean head = request.getMethod().equals("HEAD");
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
        return true;
    }

    private static String etag(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every JDK has it
        }
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
        log(status, request);
        String line = status + " " + HttpStatus.getMessage(status) + "\n";
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        boolean head = request.getMethod().equals("HEAD");
        response.write(true, head ? null : ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }
}
