package org.grotto.pipeline;

import java.util.List;
import java.util.Locale;
import org.grotto.scene.Station;

/** A title made of what files are called, where nobody gave one. */
final class FileTitle {
    private static final int SHORTEST = 2;

    private FileTitle() {}

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
        if (name.codePoints().filter(Character::isLetter).count() < SHORTEST) {
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

    /** Words with blanks between them, the first with a capital where all are small. */
    private static String presentable(String name) {
        String words = name.replaceAll("[_\\s]+", " ").strip();
        if (words.isEmpty()) {
            return name;
        }
        return words.equals(words.toLowerCase(Locale.ROOT))
                ? words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1)
                : words;
    }
}
