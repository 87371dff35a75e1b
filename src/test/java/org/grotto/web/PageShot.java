package org.grotto.web;

import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.Need;

/** Pictures of packages in the page, as a visitor first sees them, to be looked at. */
public final class PageShot {
    private PageShot() {}

    /** @param args a package's folder and the PNG to write, again and again; {@code -Dlang} the language, {@code -Dphone} a phone's screen */
    public static void main(String[] args) throws Exception {
        Need.require(args.length >= 2, "a package's folder and a PNG file");
        String language = System.getProperty("lang", "zh");
        for (int i = 0; i + 1 < args.length; i += 2) {
            try (Browser browser = new Browser();
                    Server server = Server.start(ServeOptions.local(Path.of(args[i]), 0));
                    Browser.Tab tab = Boolean.getBoolean("phone") ? browser.phone(390, 844) : browser.tab(1600, 900)) {
                tab.open(server.url() + "#lang=" + language);
                Files.write(Path.of(args[i + 1]), tab.page.screenshot());
                tab.complaints.forEach(System.out::println);
            }
        }
    }
}
