package org.grotto.kiosk.hud;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;

/** The one typeface of the panels: Noto Sans SC (SIL Open Font License), Chinese and Latin in one file. */
final class Typeface {
    private static final String FILE = "/org/grotto/assets/fonts/400Regular/NotoSansSC_400Regular.ttf";

    private final Font base;

    private Typeface(Font base) {
        this.base = base;
    }

    /** Loads the font, some 10 MB; the system's own sans-serif stands in where the file was not built in. */
    static Typeface load() {
        try (InputStream in = Typeface.class.getResourceAsStream(FILE)) {
            if (in != null) {
                return new Typeface(Font.createFont(Font.TRUETYPE_FONT, in));
            }
        } catch (IOException | FontFormatException e) {
            // a font that cannot be read is as good as none
        }
        return new Typeface(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    }

    Font size(double pixels) {
        return base.deriveFont((float) pixels);
    }

    boolean shows(String text) {
        return base.canDisplayUpTo(text) < 0;
    }
}
