package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.grotto.scene.Station;

/** A title made of what files are called, where nobody gave one. */
final class FileTitle {
    private static final int SHORTEST = 2;

    /** What programs call a file, whatever it shows. */
    private static final Set<String> FILES =
            Set.of("scene", "model", "untitled", "texturedmesh", "odm textured model", "odm textured model geo");
    /** What people call the folder that such files lie in. */
    private static final Set<String> FOLDERS = Set.of(
            "models",
            "source",
            "export",
            "output",
            "assets",
            "public",
            "data",
            "gltf",
            "glb",
            "obj",
            "downloads",
            "tmp");

    private FileTitle() {}

    /** The same; where its one file is called as anything is, of the nearest folder around it that is not. */
    static String of(List<String> files, List<Station> stations, Path file) {
        String name = of(files, stations);
        Path folder = file.toAbsolutePath().getParent();
        while (files.size() == 1 && in(FILES, name) && folder != null && folder.getFileName() != null) {
            String about = presentable(folder.getFileName().toString());
            if (!in(FILES, about) && !in(FOLDERS, about) && letters(about) >= SHORTEST) {
                return about;
            }
            folder = folder.getParent();
        }
        return name;
    }

    private static boolean in(Set<String> names, String name) {
        return names.contains(name.toLowerCase(Locale.ROOT));
    }

    private static long letters(String name) {
        return name.codePoints().filter(Character::isLetter).count();
    }

    /** What the names of {@code files} have in common; else what their one scan is called; else the first one's name. */
    static String of(List<String> files, List<Station> stations) {
        String common = stem(files.getFirst());
        for (String f : files) {
            while (!stem(f).startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        // "wall_1" and "wall_12" are of one wall, not of a first one
        String name = files.size() == 1 ? common : common.replaceFirst("[\\s\\d._-]+$", "");
        if (letters(name) < SHORTEST) {
            name = stations.size() == 1 && files.size() > 1
                    ? stations.getFirst().name()
                    : stem(files.getFirst());
        }
        return presentable(name);
    }

    private static String stem(String file) {
        int slash = file.lastIndexOf('/');
        if (slash > 0) {
            return file.substring(0, slash).replaceFirst("\\.(zip|gz)$", ""); // all clouds in folders are called "ept"
        }
        int dot = file.lastIndexOf('.');
        String stem = dot > 0 ? file.substring(0, dot) : file;
        return stem.endsWith(".copc") && stem.length() > 5 ? stem.substring(0, stem.length() - 5) : stem;
    }

    /** Words with blanks between them, also those joined as in northWallScan; the first with a capital where all are small. */
    private static String presentable(String name) {
        String words = name.replaceAll("[_\\s]+", " ").strip();
        if (words.isEmpty()) {
            return name;
        }
        boolean joined = words.matches("\\p{Ll}{2,}\\p{Lu}[\\p{L}\\d]*");
        if (joined) {
            words = words.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})", " ");
        }
        return joined || words.equals(words.toLowerCase(Locale.ROOT))
                ? words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1)
                : words;
    }
}
