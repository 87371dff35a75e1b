package org.grotto.kiosk.hud;

import java.util.Locale;
import org.grotto.base.Texts;

/** Everything the panels say; the texts stand in the catalogue's room {@code kiosk}. */
enum Words {
    INSIDE,
    WALK,
    DOLLHOUSE,
    MESH,
    POINTS,
    LAYERS,
    LIGHT,
    NEXT,
    LANGUAGE,
    FULL_SCREEN,
    AZIMUTH,
    ELEVATION,
    HINT_INSIDE,
    HINT_WALK,
    HINT_DOLLHOUSE,
    HINT_LIGHT;

    String in(boolean chinese) {
        return Texts.of("kiosk." + name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .in(chinese);
    }
}
