package org.grotto.scene;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;

/**
 * The version of the package format, {@code cave-package/MAJOR} or {@code cave-package/MAJOR.MINOR}: a minor one adds what
 * older readers may pass over, a major one changes what they rely on.
 */
public final class PackageFormat {
    private static final Pattern FORM = Pattern.compile("cave-package/([0-9]{1,9})(\\.[0-9]{1,9})*");
    private static final int MAJOR = 1;

    private PackageFormat() {}

    /** Whether this version reads packages that say {@code found}. */
    public static boolean readable(@Nullable String found) {
        Matcher m = FORM.matcher(found == null ? "" : found);
        return m.matches() && Integer.parseInt(m.group(1)) == MAJOR;
    }

    /** Refuses what this version cannot read: a newer major version, or what is no package. */
    public static void check(Path json, @Nullable String found) {
        if (readable(found)) {
            return;
        }
        if (found == null || !FORM.matcher(found).matches()) {
            throw GrottoException.badInput(
                            json,
                            "says \"grotto\": \"" + found + "\" where a cave package says " + CaveInfo.FORMAT
                                    + "; name a package that `grotto build` has written.")
                    .told("failures.no-package");
        }
        throw GrottoException.unsupported(
                        json,
                        "says \"grotto\": \"" + found + "\", and this version reads " + CaveInfo.FORMAT
                                + "; update Grotto, or build the package again with this version.")
                .told("failures.newer-package");
    }
}
