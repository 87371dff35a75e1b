package org.grotto.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/**
 * The letters of a page that a machine may lack: Chinese with its marks. The page carries those that it uses (Noto Sans SC,
 * SIL Open Font License), inside itself, since browsers take no fonts from files beside a page that is a file.
 */
final class Letters {
    /** How the page's style names them. */
    static final String FAMILY = "Report Han";

    private static final String FILE = "/org/grotto/assets/fonts/400Regular/NotoSansSC_400Regular.ttf";

    private Letters() {}

    /** {@code page} with what it needs at the end of its first style. */
    static String with(String page) {
        byte[] all = font();
        int style = page.indexOf("</style>");
        if (all.length == 0 || style < 0) {
            return page; // a program built without the font: what the machine has stands in
        }
        FontSubset font = new FontSubset(all);
        byte[] woff = font.woff(font.glyphs(page.codePoints().filter(Letters::chinese)));
        String face = "@font-face { font-family: \"" + FAMILY + "\"; src: url(data:font/woff;base64,"
                + Base64.getEncoder().encodeToString(woff) + ") format(\"woff\"); }\n";
        return page.substring(0, style) + face + page.substring(style);
    }

    /**
     * East Asian scripts with their marks; quotes, dashes and dots that Chinese sets wide. Signs (−, ≤, ≈) belong to the
     * numbers beside them and come from their font.
     */
    private static boolean chinese(int c) {
        return c >= 0x2E80 || c >= 0x2010 && c <= 0x2027;
    }

    private static byte[] font() {
        try (InputStream in = Letters.class.getResourceAsStream(FILE)) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
