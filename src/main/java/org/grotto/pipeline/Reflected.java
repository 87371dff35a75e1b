package org.grotto.pipeline;

import java.util.Locale;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.clean.Reflection;

/** Says where reflections were found. */
final class Reflected {
    private Reflected() {}

    /** One plane in a sentence; {@code read} points there were. */
    static Text words(Reflection r, long read, boolean kept) {
        String share = String.format(Locale.ROOT, "%.2g", 100.0 * r.points() / read);
        if (100.0 * r.points() / read >= 10) {
            share = String.format(Locale.ROOT, "%.0f", 100.0 * r.points() / read);
        }
        String width = String.format(Locale.ROOT, "%.1f", r.width());
        String height = String.format(Locale.ROOT, "%.1f", r.height());
        String at = String.format(Locale.ROOT, "%.2f, %.2f, %.2f", r.centre()[0], r.centre()[1], r.centre()[2]);
        return kept
                ? Texts.of("build.reflected-kept", "share", share, "width", width, "height", height, "at", at)
                : Texts.of("build.reflected", "share", share, "width", width, "height", height, "at", at);
    }
}
