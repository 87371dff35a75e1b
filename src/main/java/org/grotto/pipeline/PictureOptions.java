package org.grotto.pipeline;

import java.util.Locale;
import org.grotto.base.Declared;
import org.grotto.base.Help;

/** Which pictures a package carries, besides those on a mesh. */
public record PictureOptions(
        @Help(
                "pictures carried in the package: none, small (those of scan files as they are, those beside a camera set "
                        + "with a long side of at most 2048 pixels) or whole (all as they are)")
        String pictures) {
    public static final PictureOptions DEFAULTS = new PictureOptions("small");

    public PictureOptions {
        pictures = pictures.toLowerCase(Locale.ROOT);
        if (!pictures.matches("none|small|whole")) {
            throw Declared.refused("pictures", "none, small or whole", "\"" + pictures + "\"");
        }
    }

    boolean none() {
        return pictures.equals("none");
    }

    boolean whole() {
        return pictures.equals("whole");
    }
}
