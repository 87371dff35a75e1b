package org.grotto.report;

import java.util.List;
import java.util.Locale;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.format.las.Crs;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Subject;
import org.jspecify.annotations.Nullable;

/** The report's first page: what it is of, who made it, when and with what. What nobody said is told as not given. */
final class Cover {

    private Cover() {}

    /**
     * @param data what it was made from, in words
     * @param picture whether inside.png is there, and its words
     */
    static void write(
            Html h,
            Text kind,
            CaveInfo info,
            Subject.Kind subject,
            ReportInput.Cover c,
            Text data,
            String version,
            @Nullable Text picture) {
        h.raw("<header>")
                .tag("p class=\"kind\"", kind)
                .tag("h1", info.title())
                .raw("<p class=\"id\">" + Html.escape(info.id()) + "</p>\n");
        if (picture != null) {
            h.raw("<figure><img src=\"inside.png\" width=\"" + Pictures.WIDTH + "\" height=\"" + Pictures.HEIGHT
                            + "\" alt=\"" + Html.escape(picture.zh() + " / " + picture.en()) + "\"/><figcaption>")
                    .text(picture)
                    .raw("</figcaption></figure>\n");
        }
        h.raw("<dl class=\"cover\">\n");
        row(h, Texts.of("report.cover.subject"), subject.title());
        row(h, Texts.of("report.cover.owner"), same(info.rights().owner()));
        row(h, Texts.of("report.cover.people"), people(c.people()));
        row(h, Texts.of("report.cover.scanned"), scanned(c));
        c.dates().forEach((what, when) -> {
            if (!what.equals("scanned")) {
                row(h, new Text(what, what), same(when));
            }
        });
        row(h, Texts.of("report.cover.instruments"), same(String.join(", ", c.instruments())));
        row(h, Texts.of("report.cover.data"), data);
        if (c.pictures() != null) {
            row(h, Texts.of("report.cover.pictures"), c.pictures());
        }
        row(h, Texts.of("report.cover.frame"), frame(info.frame().crs()));
        row(h, Texts.of("report.cover.licence"), same(info.rights().licence()));
        if (same(info.rights().note()) != null) {
            row(h, Texts.of("report.cover.note"), same(info.rights().note()));
        }
        row(h, Texts.of("report.cover.made"), same("Grotto " + version));
        h.raw("</dl></header>\n");
    }

    private static void row(Html h, Text label, @Nullable Text value) {
        h.raw("<div>").tag("dt", label);
        if (value == null) {
            h.tag("dd class=\"none\"", "report.cover.not-given");
        } else {
            h.tag("dd", value);
        }
        h.raw("</div>\n");
    }

    /** Words of the user's, the same in both languages; null where there are none. */
    private static @Nullable Text same(@Nullable String words) {
        return words == null || words.isBlank() ? null : new Text(words.strip(), words.strip());
    }

    private static @Nullable Text people(List<ReportInput.Person> people) {
        return people.stream()
                .map(p -> p.role() == null
                        ? new Text(p.name(), p.name())
                        : Texts.of("report.cover.person", "name", p.name(), "role", p.role()))
                .reduce((one, other) -> Texts.of("report.cover.and", "one", one, "other", other))
                .orElse(null);
    }

    /** In the user's words, or else as the scans say. */
    private static @Nullable Text scanned(ReportInput.Cover c) {
        String given = c.dates().get("scanned");
        if (given != null && !given.isBlank()) {
            return same(given);
        }
        ReportInput.Days d = c.scanned();
        if (d != null) {
            return Texts.of(
                    d.from().equals(d.to()) ? "report.cover.scanned-on" : "report.cover.scanned-between",
                    "from",
                    d.from(),
                    "to",
                    d.to(),
                    "told",
                    d.told(),
                    "all",
                    d.all());
        }
        ReportInput.Days f = c.files();
        return f == null ? null : Texts.of("report.cover.scanned-not", "to", f.to());
    }

    private static Text frame(@Nullable String crs) {
        return crs == null
                ? Texts.of("report.cover.frame-own")
                : Texts.of("report.cover.frame-crs", "name", Crs.name(crs));
    }

    /** Whether a reference system's second axis is grid north: it is a projected one. */
    static boolean north(@Nullable String crs) {
        return crs != null && crs.toUpperCase(Locale.ROOT).contains("PROJC");
    }
}
