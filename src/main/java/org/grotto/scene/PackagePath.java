package org.grotto.scene;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;

/**
 * The rule for a path that a package names: it is relative, has forward slashes, stays inside the package, and means the
 * same file to every system and to every reader of addresses. {@code assets/web/js/path.js} holds the same rule; both are
 * tested with one table.
 */
public final class PackagePath {
    /** Controls, halves of characters, and what is a separator, a drive, a scheme or forbidden somewhere. */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x1f\\x7f\\p{Cs}\\\\:*?\"<>|]");

    /** Some reader would decode it, to a dot or a slash at worst. */
    private static final Pattern ESCAPE = Pattern.compile("%[0-9a-fA-F]{2}");

    /** What Windows takes for a device, whatever its ending. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[1-9]|lpt[1-9])(\\..*)?");

    private PackagePath() {}

    /** Whether a package may name {@code path}. */
    public static boolean legal(@Nullable String path) {
        if (path == null
                || FORBIDDEN.matcher(path).find()
                || ESCAPE.matcher(path).find()) {
            return false;
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty()
                    || part.startsWith(".")
                    || part.endsWith(".")
                    || part.endsWith(" ")
                    || DEVICE.matcher(part).matches()) {
                return false;
            }
        }
        return true;
    }

    /**
     * The file that a package names.
     *
     * @param folder the package
     * @param names the document in it that holds {@code path}, for the sentence
     * @throws GrottoException of kind BAD_INPUT where the path is not legal
     */
    public static Path resolve(Path folder, @Nullable String path, String names) {
        if (path != null && legal(path)) {
            try {
                return folder.resolve(path);
            } catch (InvalidPathException e) {
                // this system has no such name
            }
        }
        throw GrottoException.badInput(
                        folder.resolve(names),
                        "names the file \"" + path + "\", which is no relative path inside the package; correct it, or"
                                + " build the package again.")
                .told("failures.foreign-path");
    }
}
