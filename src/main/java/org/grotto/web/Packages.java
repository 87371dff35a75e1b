package org.grotto.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.grotto.base.GrottoException;

/** What a served folder holds, looked up anew each time: one package, or packages by name. */
record Packages(Path folder) {
    private static final String MARK = "cave.json";

    /** Whether the folder is a package itself. */
    boolean single() {
        return Files.isRegularFile(folder.resolve(MARK));
    }

    /** The names of the packages in the folder, in order; none of them hidden. */
    List<String> names() {
        try (var list = Files.list(folder)) {
            return list.filter(p -> Files.isRegularFile(p.resolve(MARK)))
                    .map(p -> String.valueOf(p.getFileName()))
                    .filter(n -> !n.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw GrottoException.io(folder, e);
        }
    }

    /** Whether {@code name}, as an address says it, is a package of this folder and nothing else. */
    boolean has(String name) {
        if (name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0) {
            return false;
        }
        try {
            Path there = folder.resolve(name);
            return folder.equals(there.getParent())
                    && name.equals(String.valueOf(there.getFileName()))
                    && Files.isRegularFile(there.resolve(MARK));
        } catch (InvalidPathException e) {
            return false; // no file system here has such a name
        }
    }
}
