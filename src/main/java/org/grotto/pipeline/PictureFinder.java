package org.grotto.pipeline;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pictures of a camera set near its file: in its folder and those in it, and in the two folders above with theirs,
 * by their names, whatever their letters' case, accents' form, or the ending that the set leaves out. Paths of other machines
 * count by their last parts.
 */
final class PictureFinder {
    private static final String PICTURES = ".*\\.(jpe?g|png|tiff?)";
    /** A disk is not searched: no more files than this are looked at. */
    private static final int MOST = 100_000;

    private static final int DEEP = 4;

    private final Map<String, List<Path>> byName = new HashMap<>();
    private final Map<String, List<Path>> byStem = new HashMap<>();
    private int seen;

    PictureFinder(Path set) {
        Path folder = set.toAbsolutePath().normalize().getParent();
        for (int up = 0; up < 3 && folder != null && folder.getParent() != null; up++) {
            walk(folder, DEEP);
            folder = folder.getParent();
        }
    }

    private void walk(Path folder, int depth) {
        try {
            Files.walkFileTree(
                    folder, EnumSet.noneOf(java.nio.file.FileVisitOption.class), depth, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
                            boolean hidden = !dir.equals(folder)
                                    && String.valueOf(dir.getFileName()).startsWith(".");
                            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                            String name = plain(String.valueOf(file.getFileName()));
                            if (a.isRegularFile() && name.matches(PICTURES)) {
                                add(byName, name, file);
                                add(byStem, stem(name), file);
                            }
                            return ++seen > MOST ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            // what cannot be listed holds none
        }
    }

    private static void add(Map<String, List<Path>> map, String name, Path file) {
        List<Path> all = map.computeIfAbsent(name, n -> new ArrayList<>());
        if (!all.contains(file)) {
            all.add(file);
        }
    }

    private static String plain(String s) {
        return Normalizer.normalize(s, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** The file that is meant: of several of one name, the one whose folders agree the furthest; null where none is there. */
    @Nullable
    Path find(String named) {
        String[] parts = plain(named.replace('\\', '/')).split("/");
        String name = parts.length == 0 ? "" : parts[parts.length - 1];
        List<Path> all = byName.get(name);
        if (all == null) {
            all = byStem.get(name.matches(PICTURES) ? stem(name) : name);
        }
        Path best = null;
        int most = -1;
        for (Path p : all == null ? List.<Path>of() : all) {
            int same = 0;
            Path at = p.getParent();
            for (int i = parts.length - 2;
                    i >= 0
                            && at != null
                            && at.getFileName() != null
                            && plain(at.getFileName().toString()).equals(parts[i]);
                    i--) {
                same++;
                at = at.getParent();
            }
            if (same > most || same == most && best != null && p.toString().compareTo(best.toString()) < 0) {
                most = same;
                best = p;
            }
        }
        return best;
    }
}
