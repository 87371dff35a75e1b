package org.grotto.kiosk.hud;

import java.util.Locale;
import org.grotto.base.Texts;
import org.grotto.kiosk.visit.KioskModel;

/** Everything the panels say; the texts stand in the catalogue's room {@code kiosk}. */
enum Words {
    INSIDE,
    WALK,
    DOLLHOUSE,
    ON_SITE,
    ABOVE,
    MESH,
    POINTS,
    LAYERS,
    LIGHT,
    PICTURE,
    NEXT,
    LANGUAGE,
    FULL_SCREEN,
    AZIMUTH,
    ELEVATION,
    HINT_INSIDE,
    HINT_WALK,
    HINT_DOLLHOUSE,
    HINT_ABOVE,
    HINT_LIGHT;

    /** What a button is called: of a site nothing is inside, and nothing is cut away. */
    static Words of(HudLayout.Button b, KioskModel model) {
        return switch (b) {
            case INSIDE -> model.site ? ON_SITE : INSIDE;
            case DOLLHOUSE -> model.site ? ABOVE : DOLLHOUSE;
            default -> valueOf(b.name());
        };
    }

    /** How to begin, for the way in which the visitor moves. */
    static Words hint(KioskModel model) {
        if (model.tool() == KioskModel.Tool.LIGHT) {
            return HINT_LIGHT;
        }
        return switch (model.go()) {
            case INSIDE -> HINT_INSIDE;
            case WALK -> HINT_WALK;
            case DOLLHOUSE -> model.encloses ? HINT_DOLLHOUSE : HINT_ABOVE;
        };
    }

    String in(boolean chinese) {
        return Texts.of("kiosk." + name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .in(chinese);
    }
}
