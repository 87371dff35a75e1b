package org.grotto.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.grotto.format.gltf.Checker;
import org.grotto.format.gltf.TilePicture;
import org.grotto.image.Ktx2Samples;
import org.grotto.image.Srgb;
import org.grotto.kiosk.PicturedRoom;
import org.grotto.kiosk.TestRoom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures on tiles in the page: the right colours at the right places, in every look, and no word where one is broken. */
class TilePicturePageTest {
    private static final double GREY = Srgb.decode(128 / 255.0);

    @TempDir
    static Path folder;

    private static Browser browser;
    private static Seen grey;
    private static int count;

    /** A picture of the page, and where the places lie in it that were asked for. */
    private record Seen(Picture picture, List<double[]> at) {}

    /** Places beside the room's middle, metres: on the north wall, left and right, above and below, in the middle. */
    private static final double[][] PLACES = {
        {-1.2, 2, 0.9},
        {1.2, 2, 0.9},
        {-1.2, 2, -0.9},
        {1.2, 2, -0.9},
        {0, 2, -0.1},
        // of the letter F: the stem's foot, the end of the upper arm, right of the foot
        {-0.375, 2, -0.375},
        {0.375, 2, 0.65625},
        {0.375, 2, -0.375}
    };

    @BeforeAll
    static void start() throws IOException {
        browser = new Browser();
        grey = seen(null, "");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private static TilePicture picture(byte[] image, byte @Nullable [] normal, byte @Nullable [] occlusion) {
        return new TilePicture(PicturedRoom.uv(), image, TilePicture.mediaType(image), normal, occlusion);
    }

    private static TilePicture picture(byte[] image) {
        return picture(image, null, null);
    }

    private static Seen seen(@Nullable TilePicture picture, String script) throws IOException {
        return seen(picture, script, "");
    }

    /** @param lacking a pattern of extensions that the graphics card has not */
    @SuppressWarnings("unchecked")
    private static Seen seen(@Nullable TilePicture picture, String script, String lacking) throws IOException {
        Path cave = PicturedRoom.write(folder.resolve("cave" + count++), picture);
        try (Server server = Server.start(ServeOptions.local(cave, 0));
                Browser.Tab tab = browser.tab(1000, 700)) {
            if (!lacking.isEmpty()) {
                tab.context.addInitScript("const has = WebGL2RenderingContext.prototype.getExtension;"
                        + "WebGL2RenderingContext.prototype.getExtension = function (name) {"
                        + " return /" + lacking + "/.test(name) ? null : has.call(this, name); }");
            }
            tab.open(server.url() + "#lang=en&view=inside");
            if (!script.isEmpty()) {
                tab.call(script);
                tab.settle();
            }
            List<double[]> at = new java.util.ArrayList<>();
            for (double[] p : PLACES) {
                Map<String, Number> xy = (Map<String, Number>) tab.call(
                        "p => grotto.project(p)",
                        List.of(TestRoom.MIDDLE[0] + p[0], TestRoom.MIDDLE[1] + p[1], TestRoom.MIDDLE[2] + p[2]));
                at.add(new double[] {xy.get("x").doubleValue(), xy.get("y").doubleValue()});
            }
            assertThat(tab.complaints.stream().filter(c -> !c.startsWith("warning")))
                    .isEmpty();
            assertThat(tab.page.locator("body").innerText()).doesNotContain("picture", "could not", "cannot");
            return new Seen(tab.picture(), at);
        }
    }

    /** Linear light at a place; bright parts' soft shoulder undone. */
    private static double[] light(Seen s, int place) {
        double[] c = s.picture.around(s.at.get(place)[0], s.at.get(place)[1], 2);
        for (int k = 0; k < 3; k++) {
            double v = Srgb.decode(c[k] / 255);
            c[k] = v < 0.7 ? v : 0.7 - 0.3 * Math.log((1 - Math.min(v, 0.999)) / 0.3);
        }
        return c;
    }

    private static double[] stone(Seen s, int place) {
        double[] a = light(s, place);
        double[] b = light(grey, place);
        return new double[] {GREY * a[0] / b[0], GREY * a[1] / b[1], GREY * a[2] / b[2]};
    }

    private static void assertColour(double[] stone, int rgb, String what) {
        for (int c = 0; c < 3; c++) {
            double wanted = Srgb.decode((rgb >> 16 - 8 * c & 255) / 255.0);
            assertThat(stone[c]).as("%s, channel %d", what, c).isCloseTo(wanted, within(0.012 + 0.06 * wanted));
        }
    }

    @Test
    void eachPlaceHasItsColourAndTheLetterIsNotMirrored() throws IOException {
        eachPlace(Checker.file(PicturedRoom.image(512), "jpg"), "");
    }

    @Test
    void ktx2IsShownAsOtherPicturesAreWhateverTheCardTakes() throws IOException {
        byte[] file = Ktx2Samples.file(PicturedRoom.image(512), true);
        for (String lacking : new String[] {"none", "astc", "astc|bptc"}) {
            eachPlace(file, lacking);
        }
    }

    private static void eachPlace(byte[] file, String lacking) throws IOException {
        Seen s = seen(picture(file), "", lacking);
        for (int q = 0; q < 4; q++) {
            assertColour(stone(s, q), Checker.colour(q % 2 == 0, q < 2), "quarter " + q);
        }
        assertColour(stone(s, 5), 0, "the stem's foot");
        assertColour(stone(s, 6), 0, "the end of the upper arm");
        assertColour(stone(s, 7), Checker.colour(false, false), "right of the foot");
    }

    @Test
    void ktx2WithNormalsAndOcclusionIsShown() throws IOException {
        BufferedImage flat = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        BufferedImage open = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 64; i++) {
            flat.setRGB(i % 64, i / 64, 0x8080FF);
            open.setRGB(i % 64, i / 64, 0xFFFFFF);
        }
        byte[] colour = Ktx2Samples.file(PicturedRoom.image(512), true);
        Seen s = seen(picture(colour, Ktx2Samples.file(flat, false), Ktx2Samples.file(open, false)), "");
        for (int q = 0; q < 4; q++) {
            assertColour(stone(s, q), Checker.colour(q % 2 == 0, q < 2), "quarter " + q);
        }
    }

    @Test
    void fineStripesAverageAsLight() throws IOException {
        int n = 2048;
        BufferedImage fine = new BufferedImage(n, n, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < n; y++) {
            for (int x = 0; x < n; x++) {
                fine.setRGB(x, y, (x + y) % 2 == 0 ? 0xC8C8C8 : 0);
            }
        }
        double[] s = stone(seen(picture(Checker.file(fine, "png")), ""), 0);
        double half = Srgb.decode(200 / 255.0) / 2;
        assertThat(s[1]).isCloseTo(half, within(0.06 * half)); // averaged as bytes it would be 0.13
    }

    /** A picture of four quarters: left and right above, left and right below. */
    private static byte[] quarters(int... rgb) {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 64; i++) {
            image.setRGB(i % 64, i / 64, rgb[i / 64 / 32 * 2 + i % 64 / 32]);
        }
        return Checker.file(image, "png");
    }

    @Test
    void reliefForgetsThePictureAndKeepsItsBumps() throws IOException {
        byte[] red = PicturedRoom.plain(8, 0xC83232);
        byte[] leftAndRight = quarters(0x3380E6, 0xCC80E6, 0x8080FF, 0x8080FF);
        String rake =
                "() => grotto.light({mode: 'rake', azimuth: 90, elevation: 30}).then(() => grotto.look('relief'))";
        Seen s = seen(picture(red, leftAndRight, null), rake);
        for (int place = 0; place < 4; place++) {
            double[] c = light(s, place);
            assertThat(c[0]).as("neutral").isCloseTo(c[2], within(0.02));
        }
        double ratio = light(s, 1)[1] / light(s, 0)[1];
        assertThat(Math.abs(Math.log(ratio)))
                .as("left and right differ: %s", ratio)
                .isGreaterThan(0.1);
    }

    @Test
    void whatIsBentUpGetsMoreOfTheSky() throws IOException {
        byte[] grey = PicturedRoom.plain(8, 0x808080);
        double[] s = new double[4];
        Seen bent = seen(picture(grey, quarters(0x80CCE6, 0x8033E6, 0x8033E6, 0x80CCE6), null), "");
        for (int place = 0; place < 4; place++) {
            s[place] = stone(bent, place)[1];
        }
        assertThat(s[0]).as("above: left up, right down").isGreaterThan(1.02 * s[1]);
        assertThat(s[3]).as("below: right up, left down").isGreaterThan(1.02 * s[2]);
    }

    @Test
    void occlusionTakesLightButNotAll() throws IOException {
        byte[] grey = PicturedRoom.plain(8, 0x808080);
        Seen s = seen(picture(grey, null, quarters(0xFF0000, 0x00FFFF, 0xFF0000, 0x00FFFF)), "");
        assertThat(stone(s, 0)[1]).isCloseTo(GREY, within(0.01));
        assertThat(stone(s, 2)[1]).isCloseTo(GREY, within(0.01));
        assertThat(stone(s, 1)[1]).isBetween(0.1 * GREY, 0.93 * GREY);
    }

    @Test
    void aPictureThatCannotBeShownLeavesStone() throws IOException {
        byte[] damaged = Checker.file(PicturedRoom.image(64), "png");
        damaged[damaged.length / 2] ^= 0x55;
        byte[] ktx = new byte[64];
        byte[] magic = {(byte) 0xAB, 'K', 'T', 'X', ' ', '2', '0', (byte) 0xBB, '\r', '\n', 0x1A, '\n'};
        System.arraycopy(magic, 0, ktx, 0, magic.length);
        byte[] huge = Checker.file(PicturedRoom.image(64), "png");
        ByteBuffer.wrap(huge).putInt(16, 16_000).putInt(20, 16_000);
        CRC32 crc = new CRC32();
        crc.update(huge, 12, 17);
        ByteBuffer.wrap(huge).putInt(29, (int) crc.getValue());
        byte[] broken = Ktx2Samples.file(PicturedRoom.image(64), true);
        java.util.Arrays.fill(broken, broken.length / 2, broken.length, (byte) 0x55);
        byte[] vast = Ktx2Samples.file(PicturedRoom.image(64), true);
        ByteBuffer.wrap(vast)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(20, 16_000)
                .putInt(24, 16_000);
        for (byte[] bad : List.of(damaged, ktx, huge, broken, vast)) {
            double[] s = light(seen(picture(bad), ""), 0);
            double[] g = light(grey, 0);
            double[] sand = {0.55, 0.5, 0.44};
            for (int k = 0; k < 3; k++) {
                double wanted = sand[k];
                assertThat(GREY * s[k] / g[k]).as("channel %d", k).isCloseTo(wanted, within(0.06 * wanted));
            }
        }
    }
}
