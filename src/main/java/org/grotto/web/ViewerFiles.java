package org.grotto.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * The viewer page and everything it loads, from the class path. A served package and an exported one show them under the
 * same names: {@code index.html} and {@code viewer/...} beside {@code cave.json}. Some 14 MB, half of it type for
 * Chinese; read once.
 */
final class ViewerFiles {
    private static final String ROOT = "/org/grotto/assets/web/";

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
        return files;
    }
}
