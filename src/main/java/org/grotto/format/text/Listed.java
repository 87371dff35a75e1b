package org.grotto.format.text;

import java.nio.charset.Charset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A heading that ends with a list, as long as each line wants: "X, Y, Z, TRACK[] as (IMAGE_ID, POINT2D_IDX)", as COLMAP
 * writes it. The columns before it are those of the table.
 *
 * @param heading of these columns
 * @param name of the list
 */
record Listed(Heading heading, String name) {
    private static final Pattern LIST =
            Pattern.compile("((?:(?!\\[\\]).)*?)[\\s,;|]+([\\p{L}\\p{N}_]+)\\[\\](\\s+as\\b.*)?");
    private static final char[] SEPARATORS = {',', ';', '\t', ' ', '|'};

    /** The last such line above line {@code head} of the sample, a comment or none; null where there is none. */
    static @Nullable Listed of(Sample sample, int head) {
        Charset charset = sample.encoding().ofLines();
        for (int i = head - 1; i >= 0; i--) {
            Listed l = of(new String(sample.lines()[i], charset).strip(), sample.numbers()[i]);
            if (l != null) {
                return l;
            }
        }
        for (int i = sample.comments().size() - 1; i >= 0; i--) {
            long line = sample.commentLines().get(i);
            Listed l = line < sample.numbers()[head] ? of(sample.comments().get(i), line) : null;
            if (l != null) {
                return l;
            }
        }
        return null;
    }

    private static @Nullable Listed of(String line, long number) {
        Matcher m = LIST.matcher(line.indexOf("[]") < 0 ? "" : line);
        if (!m.matches()) {
            return null;
        }
        for (char separator : SEPARATORS) {
            Heading h = Heading.of(Heading.words(m.group(1), separator), number);
            if (h != null) {
                return new Listed(h, m.group(2));
            }
        }
        return null;
    }

    int columns() {
        return heading.names().size();
    }
}
