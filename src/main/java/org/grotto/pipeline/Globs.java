package org.grotto.pipeline;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;

/** File names with wild cards, as {@code scans/*.e57} or {@code scans/**}{@code /*.e57}, from a folder. */
final class Globs {
    private Globs() {}

    /** The files that fit, in the order of their names; a pattern without wild cards is the file itself. */
    static List<Path> files(Path folder, String pattern) {
        int wild = first(pattern);
        if (wild < 0) {
            return List.of(folder.resolve(pattern).normalize());
        }
        int cut = pattern.lastIndexOf('/', wild);
        Path start = folder.resolve(pattern.substring(0, Math.max(0, cut))).normalize();
        String rest = pattern.substring(cut + 1);
        PathMatcher fits = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        int depth = rest.contains("**")
                ? Integer.MAX_VALUE
                : (int) rest.chars().filter(c -> c == '/').count() + 1;
        try (Stream<Path> all = Files.walk(start, depth)) {
            return all.filter(f -> fits.matches(start.relativize(f)) && Files.isRegularFile(f))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw GrottoException.io(start, e);
        }
    }

    private static int first(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if ("*?[{".indexOf(pattern.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
