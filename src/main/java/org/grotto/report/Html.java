package org.grotto.report;

import java.math.BigDecimal;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.jspecify.annotations.Nullable;

/** Writes a page that is XML as well, every text in Chinese and English side by side; a style shows one of them. */
final class Html {
    private final StringBuilder out = new StringBuilder(1 << 16);

    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    Html tag(String tag, Text t) {
        int space = tag.indexOf(' ');
        return raw("<" + tag + ">").text(t).raw("</" + (space < 0 ? tag : tag.substring(0, space)) + ">\n");
    }

    /** A tag around the catalogue's text of {@code key}. */
    Html tag(String tag, String key, Object... namesAndValues) {
        return tag(tag, Texts.of(key, namesAndValues));
    }

    Html text(Text t) {
        return raw(both(t));
    }

    Html text(String key) {
        return text(Texts.of(key));
    }

    Html cell(String text) {
        return raw("<td>" + escape(text) + "</td>");
    }

    Html cell(Text t) {
        return raw("<td>" + both(t) + "</td>");
    }

    Html number(@Nullable BigDecimal v) {
        return raw("<td class=\"n\">" + Fact.show(v) + "</td>");
    }

    Html number(long v) {
        return number(BigDecimal.valueOf(v));
    }

    /** The head of a table, a column each key; # before a key heads numbers. */
    Html head(String... keys) {
        raw("<thead><tr>");
        for (String key : keys) {
            boolean n = key.startsWith("#");
            raw(n ? "<th class=\"n\">" : "<th>")
                    .text(n ? key.substring(1) : key)
                    .raw("</th>");
        }
        return raw("</tr></thead>\n");
    }

    private static String both(Text t) {
        return t.zh().equals(t.en())
                ? escape(t.zh())
                : "<span class=\"zh\" lang=\"zh-Hans\">" + escape(t.zh()) + "</span><span class=\"en\" lang=\"en\">"
                        + escape(t.en()) + "</span>";
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
