package org.grotto.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.base.Texts;

/** The files of a build in an order of their own, each once: neither the order of arguments nor a copy decides anything. */
final class SameFiles {
    private SameFiles() {}

    /** By name, numbers in names by their value, then by folder. */
    static List<ScanFile> ordered(List<ScanFile> files) {
        Comparator<ScanFile> byName =
                Comparator.comparing(f -> String.valueOf(f.path().getFileName()), SameFiles::names);
        return files.stream()
                .sorted(byName.thenComparing(
                        f -> f.path().toAbsolutePath().normalize().toString()))
                .toList();
    }

    /** As {@link #ordered}, of paths. */
    static List<Path> orderedPaths(List<Path> files) {
        return ordered(files.stream().map(ScanFile::of).toList()).stream()
                .map(ScanFile::path)
                .toList();
    }

    /** "scan 2" before "scan 10". */
    private static int names(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int p = i;
            int q = j;
            while (p < a.length() && digit(a.charAt(p))) {
                p++;
            }
            while (q < b.length() && digit(b.charAt(q))) {
                q++;
            }
            if (p > i && q > j) {
                String m = a.substring(i, p).replaceFirst("^0+", "");
                String n = b.substring(j, q).replaceFirst("^0+", "");
                int c = m.length() != n.length() ? Integer.compare(m.length(), n.length()) : m.compareTo(n);
                if (c != 0) {
                    return c;
                }
                i = p;
                j = q;
            } else if (a.charAt(i) != b.charAt(j)) {
                return Character.compare(a.charAt(i), b.charAt(j));
            } else {
                i++;
                j++;
            }
        }
        int c = Integer.compare(a.length() - i, b.length() - j);
        return c != 0 ? c : a.compareTo(b);
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    /**
     * The files without those that hold the same bytes as one before them and are placed alike; what was left out is told.
     * Only files of one length are read, up to their first difference.
     */
    static List<ScanFile> distinct(List<ScanFile> files, List<Text> told) {
        List<ScanFile> kept = new ArrayList<>();
        for (ScanFile f : files) {
            ScanFile same = null;
            for (ScanFile k : kept) {
                same = same == null && alike(f, k) ? k : same;
            }
            if (same == null) {
                kept.add(f);
            } else {
                told.add(Texts.of(
                        "build.same-file",
                        "file",
                        String.valueOf(f.path().getFileName()),
                        "other",
                        String.valueOf(same.path().getFileName())));
            }
        }
        return kept;
    }

    private static boolean alike(ScanFile a, ScanFile b) {
        if (!Objects.equals(a.frame(), b.frame())
                || !Objects.equals(a.pose(), b.pose())
                || !java.util.Arrays.equals(a.position(), b.position())) {
            return false;
        }
        try {
            return Files.size(a.path()) == Files.size(b.path()) && Files.mismatch(a.path(), b.path()) < 0;
        } catch (IOException e) {
            throw GrottoException.io(a.path(), e);
        }
    }
}
