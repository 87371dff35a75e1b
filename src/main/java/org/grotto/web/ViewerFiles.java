package org.grotto.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grotto.base.Text;
import org.grotto.base.Texts;

/**
 * The viewer page and everything it loads, from the class path. A served package and an exported one show them under the
 * same names: {@code index.html} and {@code viewer/...} beside {@code cave.json}. Some 12 MB, nearly all of it type for
 * Chinese; read once. What page and style sheets name is named with its {@link #version}, so that browsers may keep it.
 */
final class ViewerFiles {
    private static final String ROOT = "/org/grotto/assets/web/";

    /** A text in the page itself, in both languages, for where no script runs. */
    private static final Pattern PLACE = Pattern.compile("\\{\\{([\\w.-]+)\\}\\}");

    /** What index.html takes from the viewer. */
    private static final Pattern TAKEN = Pattern.compile("(?<=(?:href|src)=\")viewer/[^\"?]+(?=\")");

    /** What a font's style sheet names. */
    private static final Pattern FONT = Pattern.compile("(?<=url\\(\\./)files/[^)?]+(?=\\))");

    private static final Pattern POLICY =
            Pattern.compile("http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"");

    /** By path as the page asks for it, "index.html" or "viewer/page.js". */
    private static final TreeMap<String, byte[]> FILES = read();

    /** What the page's own documents may load and run: Content-Security-Policy, as index.html says itself. */
    static final String CONTENT_POLICY = policy();

    private ViewerFiles() {}

    /** All files, by path, in order of path. Not to be changed. */
    static TreeMap<String, byte[]> all() {
        return FILES;
    }

    /** A name for the very bytes of a file: 24 hexadecimal digits of their SHA-256. */
    static String version(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every JDK has it
        }
    }

    private static TreeMap<String, byte[]> read() {
        var url = ViewerFiles.class.getResource(ROOT + "index.html");
        if (url == null) {
            throw new IllegalStateException("the viewer page is not on the class path: " + ROOT + "index.html");
        }
        try {
            URI index = url.toURI();
            if (!index.getScheme().equals("jar")) {
                return below(Path.of(index).resolveSibling(""));
            }
            String jar = index.toString().substring(0, index.toString().indexOf('!'));
            try (FileSystem zip = FileSystems.newFileSystem(URI.create(jar), java.util.Map.of())) {
                return below(zip.getPath(ROOT));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TreeMap<String, byte[]> below(Path root) throws IOException {
        TreeMap<String, byte[]> files = new TreeMap<>();
        try (var walk = Files.walk(root)) {
            for (Path p : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
                String name = root.relativize(p).toString().replace('\\', '/');
                try (InputStream in = Files.newInputStream(p)) {
                    files.put(name.equals("index.html") ? name : "viewer/" + name, in.readAllBytes());
                }
            }
        }
        if (!files.containsKey("viewer/page.js")) {
            throw new IllegalStateException("the page's script was not made; ./mvnw process-resources makes it");
        }
        for (String name : files.keySet()) {
            if (name.endsWith("/index.css")) {
                String folder = name.substring(0, name.lastIndexOf('/') + 1);
                files.computeIfPresent(name, (n, css) -> edited(css, text -> versioned(files, folder, FONT, text)));
            }
        }
        files.computeIfPresent(
                "index.html", (n, html) -> edited(html, text -> versioned(files, "", TAKEN, filled(text))));
        return files;
    }

    private static byte[] edited(byte[] file, UnaryOperator<String> edit) {
        return edit.apply(new String(file, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private static String filled(String html) {
        return PLACE.matcher(html).replaceAll(m -> {
            Text t = Texts.of(m.group(1));
            return Matcher.quoteReplacement(t.en() + " " + t.zh());
        });
    }

    /** {@code text} with its references below {@code folder} made to name the bytes they mean. */
    private static String versioned(TreeMap<String, byte[]> files, String folder, Pattern reference, String text) {
        return reference.matcher(text).replaceAll(m -> {
            byte[] file = files.get(folder + m.group());
            if (file == null) {
                throw new IllegalStateException("the page takes what is not there: " + folder + m.group());
            }
            return m.group() + "?v=" + version(file);
        });
    }

    private static String policy() {
        Matcher m = POLICY.matcher(new String(FILES.get("index.html"), StandardCharsets.UTF_8));
        if (!m.find()) {
            throw new IllegalStateException("index.html has no content policy");
        }
        return m.group(1);
    }
}
