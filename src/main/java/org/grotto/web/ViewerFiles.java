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
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grotto.base.Json;
import org.grotto.base.Text;
import org.grotto.base.Texts;

/**
 * The viewer page and everything it loads, from the class path. A served package and an exported one show them under the
 * same names: {@code index.html} and {@code viewer/...} beside {@code cave.json}. Some 14 MB, half of it type for
 * Chinese; read once. The page's texts are made of the catalogue.
 */
final class ViewerFiles {
    private static final String ROOT = "/org/grotto/assets/web/";

    /** The rooms of the catalogue that the page speaks from. */
    private static final List<String> TEXTS = List.of("web", "failures", "layers", "views");

    /** A text in the page itself, in both languages, for where no script runs. */
    private static final Pattern PLACE = Pattern.compile("\\{\\{([\\w.-]+)\\}\\}");

    /** By path as the page asks for it, "index.html" or "viewer/js/main.js". */
    private static final TreeMap<String, byte[]> FILES = read();

    private ViewerFiles() {}

    /** All files, by path, in order of path. Not to be changed. */
    static TreeMap<String, byte[]> all() {
        return FILES;
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
        files.computeIfPresent("index.html", (name, html) -> filled(html));
        files.put("viewer/js/texts.js", texts());
        return files;
    }

    private static byte[] filled(byte[] html) {
        return PLACE.matcher(new String(html, StandardCharsets.UTF_8))
                .replaceAll(m -> {
                    Text t = Texts.of(m.group(1));
                    return Matcher.quoteReplacement(t.en() + " " + t.zh());
                })
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The catalogue as a module, which any server of plain files can send. */
    private static byte[] texts() {
        TreeMap<String, Text> all = new TreeMap<>();
        TEXTS.forEach(room -> all.putAll(Texts.room(room)));
        return ("export default " + Json.text(all).strip() + ";\n").getBytes(StandardCharsets.UTF_8);
    }
}
