package org.grotto.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Work;
import org.jspecify.annotations.Nullable;

/**
 * Every file of a package with its size and SHA-256, in order of path: {@code run/files.json}, and
 * {@code run/files-N.json} of a package at revision N. The list itself, earlier and later ones, and hidden files are not in
 * it; {@code cave.json} is, as it stands at that revision.
 */
public record FileList(String format, List<Entry> files) {
    /** The value of {@link #format}. */
    public static final String FORMAT = "file-list/1";

    /** A file, by its path inside the package. */
    public record Entry(String path, long bytes, String sha256) {}

    /** Where the list of a package at {@code revision} stands in it. */
    static String path(int revision) {
        return revision <= 1 ? "run/files.json" : "run/files-" + revision + ".json";
    }

    /** The list of a package as it is found. */
    static FileList of(Path folder, Work work) {
        return of(folder, present(folder), work);
    }

    private static FileList of(Path folder, Iterable<String> paths, Work work) {
        List<String> names = new ArrayList<>();
        paths.forEach(names::add);
        List<RunRecord.Input> hashes =
                RunRecord.hash(names.stream().map(folder::resolve).toList(), work);
        List<Entry> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            all.add(new Entry(names.get(i), hashes.get(i).bytes(), hashes.get(i).sha256()));
        }
        return new FileList(FORMAT, all);
    }

    /** The files of a package that a list names, by their paths, sorted. */
    static TreeSet<String> present(Path folder) {
        TreeSet<String> all = new TreeSet<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(Files::isRegularFile).forEach(p -> {
                String path = folder.relativize(p).toString().replace('\\', '/');
                boolean hidden = path.startsWith(".") || path.contains("/.");
                if (!hidden && !path.matches("run/files(-[0-9]+)?\\.json")) {
                    all.add(path);
                }
            });
        } catch (UncheckedIOException e) {
            throw GrottoException.io(folder, new IOException(e.getMessage(), e));
        } catch (IOException e) {
            throw GrottoException.io(folder, e);
        }
        return all;
    }

    /** Writes the list of a package that has just been built. */
    static void write(Path folder, Work work) {
        Json.write(folder.resolve(path(1)), of(folder, work));
    }

    /** The list of a package at {@code revision}, or null where it has none: older versions wrote none. */
    static @Nullable FileList read(Path folder, int revision) {
        Path file = folder.resolve(path(revision));
        if (!Files.isRegularFile(file)) {
            return null;
        }
        FileList list = Json.lenient(file, FileList.class);
        if (list.files == null || list.files.stream().anyMatch(e -> e == null || e.path == null || e.sha256 == null)) {
            throw GrottoException.badInput(
                    file, "lists a file without its path or hash; copy the package again, or build it again.");
        }
        return list;
    }

    /** This list with the files of {@code paths} as they are found. */
    FileList with(Path folder, List<String> paths, Work work) {
        TreeMap<String, Entry> all = new TreeMap<>();
        files.forEach(e -> all.put(e.path(), e));
        of(folder, paths, work).files().forEach(e -> all.put(e.path(), e));
        return new FileList(FORMAT, List.copyOf(all.values()));
    }

    /** This list with another entry of a path. */
    FileList with(Entry entry) {
        TreeMap<String, Entry> all = new TreeMap<>();
        files.forEach(e -> all.put(e.path(), e));
        all.put(entry.path(), entry);
        return new FileList(FORMAT, List.copyOf(all.values()));
    }
}
