package org.grotto.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.PathIterator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.grotto.pipeline.BuiltCave;
import org.junit.jupiter.api.Test;

/** The font inside a report, read back by Java's own reader of fonts. */
class LettersTest {
    private static final FontRenderContext PLAIN = new FontRenderContext(null, true, true);
    private static final Pattern FACE = Pattern.compile("data:font/woff;base64,([A-Za-z0-9+/=]+)");

    private static byte[] whole() throws IOException {
        try (InputStream in = LettersTest.class.getResourceAsStream(
                "/org/grotto/assets/fonts/400Regular/NotoSansSC_400Regular.ttf")) {
            assertThat(in).as("the font is built in").isNotNull();
            return in.readAllBytes();
        }
    }

    private static Font font(byte[] sfnt) throws Exception {
        return Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(sfnt))
                .deriveFont(1000f);
    }

    private static byte[] woff(String page) {
        Matcher m = FACE.matcher(page);
        assertThat(m.find()).as("a font in the page").isTrue();
        return Base64.getDecoder().decode(m.group(1));
    }

    /** The TrueType file that a WOFF holds; its sizes and sums are asked on the way. */
    private static byte[] sfnt(byte[] woff) throws DataFormatException {
        ByteBuffer in = ByteBuffer.wrap(woff);
        assertThat(in.getInt(0)).isEqualTo(0x774F4646);
        assertThat(in.getInt(8)).isEqualTo(woff.length);
        int count = in.getShort(12);
        ByteBuffer out = ByteBuffer.allocate(in.getInt(16));
        out.putInt(0, in.getInt(4)).putShort(4, (short) count);
        int power = Integer.highestOneBit(count);
        out.putShort(6, (short) (16 * power)).putShort(8, (short) Integer.numberOfTrailingZeros(power));
        out.putShort(10, (short) (16 * (count - power)));
        int at = 12 + 16 * count;
        for (int i = 0; i < count; i++) {
            int entry = 44 + 20 * i;
            int length = in.getInt(entry + 12);
            byte[] table = new byte[length];
            if (in.getInt(entry + 8) == length) {
                in.get(in.getInt(entry + 4), table);
            } else {
                Inflater inflater = new Inflater();
                inflater.setInput(woff, in.getInt(entry + 4), in.getInt(entry + 8));
                assertThat(inflater.inflate(table)).isEqualTo(length);
                inflater.end();
            }
            out.putInt(12 + 16 * i, in.getInt(entry)).putInt(16 + 16 * i, in.getInt(entry + 16));
            out.putInt(20 + 16 * i, at).putInt(24 + 16 * i, length);
            out.put(at, table);
            at += length + 3 & ~3;
        }
        assertThat(at).isEqualTo(out.capacity());
        int sum = 0;
        for (int i = 0; i < out.capacity(); i += 4) {
            sum += out.getInt(i);
        }
        assertThat(sum).as("what every font adds up to").isEqualTo(0xB1B0AFBA);
        return out.array();
    }

    /** An outline as its numbers. */
    private static List<Double> drawn(Font font, int letter) {
        List<Double> out = new ArrayList<>();
        var glyphs = font.createGlyphVector(PLAIN, Character.toString(letter));
        out.add((double) glyphs.getGlyphMetrics(0).getAdvanceX());
        double[] at = new double[6];
        for (PathIterator p = glyphs.getOutline().getPathIterator(null); !p.isDone(); p.next()) {
            out.add((double) p.currentSegment(at));
            for (double v : at) {
                out.add(v);
            }
        }
        return out;
    }

    @Test
    void lettersAreDrawnAsInTheWholeFontOthersNotAtAll() throws Exception {
        byte[] all = whole();
        FontSubset subset = new FontSubset(all);
        String text = "石窟测站，“É”…≤\uD840\uDC0B"; // É is put together of two glyphs, the last stands beyond 16 bits
        byte[] woff = subset.woff(subset.glyphs(text.codePoints()));
        Font some = font(sfnt(woff));
        Font full = font(all);
        text.codePoints().filter(full::canDisplay).forEach(c -> {
            assertThat(some.canDisplay(c)).as(Character.toString(c)).isTrue();
            assertThat(drawn(some, c)).as(Character.toString(c)).isEqualTo(drawn(full, c));
        });
        assertThat(text.codePoints().filter(full::canDisplay).count()).isGreaterThanOrEqualTo(10);
        assertThat("佛é".codePoints().anyMatch(some::canDisplay)).isFalse();
        assertThat(woff.length).isLessThan(8000);
        assertThat(subset.woff(subset.glyphs(text.codePoints()))).isEqualTo(woff);
    }

    @Test
    void theFontHoldsEveryChineseLetterOfTheReport() throws Exception {
        String page = Files.readString(BuiltCave.folder().resolve("quality/report.html"), StandardCharsets.UTF_8);
        byte[] woff = woff(page);
        Font font = font(sfnt(woff));
        List<String> missing = page.codePoints()
                .filter(c -> Character.isIdeographic(c) || c >= 0x3000 && c < 0x3040 || c >= 0xFF00 && c < 0xFF60)
                .distinct()
                .filter(c -> !font.canDisplay(c))
                .mapToObj(Character::toString)
                .toList();
        assertThat(missing).isEmpty();
        assertThat(page.codePoints().filter(Character::isIdeographic).distinct().count())
                .isGreaterThan(300);
        assertThat(woff.length).as("bytes of some 500 letters").isLessThan(150_000);
    }

    @Test
    void aPageWithoutChineseIsWholeToo() throws Exception {
        String page = Letters.with("<style></style><p>plain</p>");
        assertThat(font(sfnt(woff(page))).canDisplay('石')).isFalse();
        assertThat(Letters.with("<p>no style</p>")).isEqualTo("<p>no style</p>");
    }
}
