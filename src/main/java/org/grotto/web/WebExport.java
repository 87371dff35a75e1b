package org.grotto.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.grotto.base.GrottoException;

/**
 * Makes a cave package a web site: {@code index.html} and {@code viewer/} beside {@code cave.json}. Any server of plain
 * files then shows it, also one that knows no byte ranges; nothing runs on the server and nothing is loaded from
 * elsewhere. Beside the page's own files stand compressed ones ({@code .br}, {@code .gz}), which many servers send
 * instead; never beside the package's own, which another program may change.
 */
public final class WebExport {
    /** By file and coding; made once, in some two seconds. */
    private static final class Packed {
        static final Map<String, Map<String, byte[]>> ALL = new TreeMap<>();

        static {
            ViewerFiles.all().forEach((name, file) -> ALL.put(name, Compressed.of(file)));
        }
    }

    private WebExport() {}

    /**
     * Writes the page into {@code packageFolder}, replacing an earlier one; the same bytes each time.
     *
     * @throws GrottoException of kind IO where the folder cannot be written
     */
    public static void write(Path packageFolder) {
        for (Map.Entry<String, byte[]> file : ViewerFiles.all().entrySet()) {
            Path to = packageFolder.resolve(file.getKey());
            try {
                Files.createDirectories(to.getParent());
                Files.write(to, file.getValue());
                Map<String, byte[]> compressed = Packed.ALL.getOrDefault(file.getKey(), Map.of());
                for (Map.Entry<String, String> coding : Compressed.ENDS.entrySet()) {
                    Path beside = to.resolveSibling(to.getFileName() + coding.getValue());
                    byte[] bytes = compressed.get(coding.getKey());
                    if (bytes == null) {
                        Files.deleteIfExists(beside); // of an earlier page
                    } else {
                        Files.write(beside, bytes);
                    }
                }
            } catch (IOException e) {
                throw GrottoException.io(to, e);
            }
        }
    }
}
