package org.grotto.report;

import java.math.BigDecimal;
import org.grotto.base.Text;
import org.jspecify.annotations.Nullable;

/** Writes a page that is XML as well, every text in Chinese and English side by side; a style shows one of them. */
final class Html {
    private final StringBuilder out = new StringBuilder(1 << 16);

    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    Html tag(String tag, String zh, String en) {
        int space = tag.indexOf(' ');
        return raw("<" + tag + ">").text(zh, en).raw("</" + (space < 0 ? tag : tag.substring(0, space)) + ">\n");
    }

    Html text(String zh, String en) {
        return raw(both(zh, en));
    }

    Html cell(String text) {
        return raw("<td>" + escape(text) + "</td>");
    }

    Html cell(Text t) {
        return raw("<td>" + both(t.zh(), t.en()) + "</td>");
    }

    Html number(@Nullable BigDecimal v) {
        return raw("<td class=\"n\">" + Fact.show(v) + "</td>");
    }

    Html number(long v) {
        return number(BigDecimal.valueOf(v));
    }

    /** The head of a table, columns as zh, en, zh, en ...; a name that begins with # heads numbers. */
    Html head(String... names) {
        raw("<thead><tr>");
        for (int i = 0; i < names.length; i += 2) {
            boolean n = names[i].startsWith("#");
            raw(n ? "<th class=\"n\">" : "<th>")
                    .text(n ? names[i].substring(1) : names[i], names[i + 1])
                    .raw("</th>");
        }
        return raw("</tr></thead>\n");
    }

    static String both(String zh, String en) {
        return zh.equals(en)
                ? escape(zh)
                : "<span class=\"zh\" lang=\"zh-Hans\">" + escape(zh) + "</span><span class=\"en\" lang=\"en\">"
                        + escape(en) + "</span>";
    }

    /** Text as XML content or attribute; what XML cannot hold becomes U+FFFD. */
    static String escape(String s) {
        StringBuilder b = new StringBuilder(s.length() + 16);
        s.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> b.append("&lt;");
                case '>' -> b.append("&gt;");
                case '&' -> b.append("&amp;");
                case '"' -> b.append("&quot;");
                default -> {
                    boolean fits = c >= 0x20 && c != 0xFFFE && c != 0xFFFF && !(c >= 0xD800 && c < 0xE000)
                            || c == '\n'
                            || c == '\t';
                    b.appendCodePoint(fits ? c : 0xFFFD);
                }
            }
        });
        return b.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
