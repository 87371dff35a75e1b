package org.grotto.kiosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.grotto.Need;
import org.grotto.base.Records;
import org.grotto.format.gltf.Checker;
import org.grotto.format.gltf.TilePicture;
import org.grotto.image.Ktx2Samples;
import org.grotto.image.Srgb;
import org.grotto.kiosk.show.PackageTiles;
import org.grotto.kiosk.visit.KioskOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures on tiles in the kiosk: the right colours at the right places, in every mode, and no word where one is broken. */
class TilePictureKioskTest {
    private static final double GREY = Srgb.decode(128 / 255.0);

    @TempDir
    static Path folder;

    private static BufferedImage grey;

    @BeforeAll
    static void greyRoom() throws IOException {
        String display = System.getenv("DISPLAY");
        Need.require(display != null && !display.isBlank(), "a display (run under xvfb-run -a)");
        grey = shot(null);
    }

    private static TilePicture picture(byte[] image, byte @Nullable [] normal, byte @Nullable [] occlusion) {
        return new TilePicture(PicturedRoom.uv(), image, TilePicture.mediaType(image), normal, occlusion);
    }

    private static TilePicture picture(byte[] image) {
        return picture(image, null, null);
    }

    private static BufferedImage shot(@Nullable TilePicture picture) throws IOException {
        return shot(picture, Map.of());
    }

    /** Before the north wall, which fills most of the picture. */
    private static BufferedImage shot(@Nullable TilePicture picture, Map<String, Object> change) throws IOException {
        Path cave = PicturedRoom.write(folder.resolve("cave"), picture);
        KioskOptions o =
                KioskOptions.of(cave).withSize(480, 270).withPanels(false).withLight(90, 60);
        Path png = folder.resolve("picture.png");
        Kiosk.Picture shot = Kiosk.screenshot(Records.with(o, change), png);
        assertThat(shot.lack()).as("what visitors are told").isNull();
        return ImageIO.read(png.toFile());
    }

    /** Light on a small square of the picture about a place of the room, linear; red, green, blue. */
    private static double[] light(BufferedImage m, double x, double y, double z) {
        double[] f = {-0.5, 3.35, -0.25}; // the view "inside", 62 degrees high
        double[] p = {x - 0.5, y + 1.35, z + 0.1};
        double[] right = unit(new double[] {f[1], -f[0], 0});
        f = unit(f);
        double[] up = {
            right[1] * f[2] - right[2] * f[1], right[2] * f[0] - right[0] * f[2], right[0] * f[1] - right[1] * f[0]
        };
        double s = m.getHeight() / (2 * Math.tan(Math.toRadians(31))) / dot(p, f);
        int px = (int) Math.round(m.getWidth() / 2.0 + s * dot(p, right));
        int py = (int) Math.round(m.getHeight() / 2.0 - s * dot(p, up));
        double[] sum = new double[3];
        for (int i = -2; i <= 2; i++) {
            for (int j = -2; j <= 2; j++) {
                for (int c = 0; c < 3; c++) {
                    double v = Srgb.decode((m.getRGB(px + i, py + j) >> 16 - 8 * c & 255) / 255.0);
                    // bright parts roll off above a half: undone
                    sum[c] += v < 0.5 ? v : 0.5 - 0.5 * Math.log(1 - 2 * (Math.min(v, 0.999) - 0.5));
                }
            }
        }
        return new double[] {sum[0] / 25, sum[1] / 25, sum[2] / 25};
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double[] unit(double[] a) {
        double n = Math.sqrt(dot(a, a));
        return new double[] {a[0] / n, a[1] / n, a[2] / n};
    }

    /** What the stone there reflects, by the grey room under the same light. */
    private static double[] stone(BufferedImage m, double x, double y, double z) {
        double[] a = light(m, x, y, z);
        double[] b = light(grey, x, y, z);
        return new double[] {GREY * a[0] / b[0], GREY * a[1] / b[1], GREY * a[2] / b[2]};
    }

    private static void assertColour(double[] stone, int rgb, String what) {
        for (int c = 0; c < 3; c++) {
            double wanted = Srgb.decode((rgb >> 16 - 8 * c & 255) / 255.0);
            assertThat(stone[c]).as("%s, channel %d", what, c).isCloseTo(wanted, within(0.012 + 0.05 * wanted));
        }
    }

    @Test
    void eachPlaceHasItsColourAndTheLetterIsNotMirrored() throws IOException {
        eachPlace(Checker.file(PicturedRoom.image(512), "png"));
    }

    @Test
    void ktx2IsShownAsOtherPicturesAre() throws IOException {
        eachPlace(Ktx2Samples.file(PicturedRoom.image(512), true));
    }

    private static void eachPlace(byte[] file) throws IOException {
        BufferedImage m = shot(picture(file));
        assertColour(stone(m, -1.2, 2, 0.9), Checker.colour(true, true), "above, left");
        assertColour(stone(m, 1.2, 2, 0.9), Checker.colour(false, true), "above, right");
        assertColour(stone(m, -1.2, 2, -0.9), Checker.colour(true, false), "below, left");
        assertColour(stone(m, 1.2, 2, -0.9), Checker.colour(false, false), "below, right");
        // the letter F: 16 parts across and down
        double w = 4 / 16.0;
        double h = 3 / 16.0;
        assertColour(stone(m, -2 + 6.5 * w, 2, 1.5 - 10 * h), 0, "the stem's foot");
        assertColour(stone(m, -2 + 9.5 * w, 2, 1.5 - 4.5 * h), 0, "the end of the upper arm");
        assertColour(stone(m, -2 + 9.5 * w, 2, 1.5 - 10 * h), Checker.colour(false, false), "right of the foot");
        assertColour(stone(m, -2 + 9.5 * w, 2, 1.5 - 7.4 * h), Checker.colour(false, true), "beyond the lower arm");
    }

    @Test
    void fineStripesAverageAsLightWhereTheyAreSmallerThanPixels() throws IOException {
        int n = 1024;
        BufferedImage fine = new BufferedImage(n, n, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < n; y++) {
            for (int x = 0; x < n; x++) {
                fine.setRGB(x, y, (x + y) % 2 == 0 ? 0xC8C8C8 : 0);
            }
        }
        double[] s = stone(shot(picture(Checker.file(fine, "png"))), -1, 2, 0.5);
        double half = Srgb.decode(200 / 255.0) / 2;
        assertThat(s[1]).isCloseTo(half, within(0.04 * half)); // averaged as bytes it would be 0.13
    }

    @Test
    void normalsBendTheLightTheWayTheirPictureSays() throws IOException {
        byte[] white = PicturedRoom.plain(8, 0x808080);
        BufferedImage flat = shot(picture(white, PicturedRoom.plain(8, 0x8080FF), null), Map.of("lightAzimuth", 0.0));
        BufferedImage none = shot(picture(white), Map.of("lightAzimuth", 0.0));
        BufferedImage right = shot(picture(white, PicturedRoom.plain(8, 0xCC80E6), null), Map.of("lightAzimuth", 0.0));
        BufferedImage left = shot(picture(white, PicturedRoom.plain(8, 0x3380E6), null), Map.of("lightAzimuth", 0.0));
        BufferedImage up = shot(picture(white, PicturedRoom.plain(8, 0x80CCE6), null), Map.of("lightElevation", 80.0));
        BufferedImage down =
                shot(picture(white, PicturedRoom.plain(8, 0x8033E6), null), Map.of("lightElevation", 80.0));
        double n = light(none, 0, 2, 0)[1];
        assertThat(light(flat, 0, 2, 0)[1]).isCloseTo(n, within(0.02 * n));
        assertThat(light(right, 0, 2, 0)[1]).isGreaterThan(1.1 * light(left, 0, 2, 0)[1]);
        assertThat(light(up, 0, 2, 0)[1]).isGreaterThan(1.1 * light(down, 0, 2, 0)[1]);
    }

    @Test
    void occlusionTakesOnlyTheLightFromAround() throws IOException {
        byte[] stone = PicturedRoom.plain(8, 0x808080);
        double open = light(shot(picture(stone)), 0, 2, 0)[1];
        double whole = light(shot(picture(stone, null, PicturedRoom.plain(8, 0xFF0000))), 0, 2, 0)[1];
        double none = light(shot(picture(stone, null, PicturedRoom.plain(8, 0x00FFFF))), 0, 2, 0)[1];
        assertThat(whole).isCloseTo(open, within(0.005));
        assertThat(none).isBetween(0.3 * open, 0.93 * open);
    }

    @Test
    void evidencePaintsOverPicturesOnlyWhereItIsInferred() throws IOException {
        TilePicture p = picture(PicturedRoom.plain(8, 0xC86432));
        BufferedImage mesh = shot(p, Map.of("view", "corner"));
        BufferedImage evidence = shot(p, Map.of("view", "corner", "show", "evidence"));
        int blue = 0;
        int same = 0;
        for (int y = 0; y < mesh.getHeight(); y++) {
            for (int x = 0; x < mesh.getWidth(); x++) {
                int a = mesh.getRGB(x, y);
                int b = evidence.getRGB(x, y);
                same += a == b ? 1 : 0;
                blue += (a & 255) < (a >> 16 & 255) && (b & 255) > (b >> 16 & 255) ? 1 : 0;
            }
        }
        double all = mesh.getWidth() * mesh.getHeight();
        assertThat(blue / all).isBetween(0.08, 0.6);
        assertThat(same / all).isGreaterThan(0.35);
    }

    @Test
    void aPictureThatCannotBeShownLeavesStoneAndOneLineInTheLog() throws IOException {
        byte[] damaged = Checker.file(PicturedRoom.image(64), "png");
        damaged[damaged.length / 2] ^= 0x55;
        byte[] ktx = new byte[64];
        byte[] magic = {(byte) 0xAB, 'K', 'T', 'X', ' ', '2', '0', (byte) 0xBB, '\r', '\n', 0x1A, '\n'};
        System.arraycopy(magic, 0, ktx, 0, magic.length);
        byte[] sound = Checker.file(PicturedRoom.image(512), "png");
        bare(damaged, 1L << 28, "damaged");
        byte[] broken = Ktx2Samples.file(PicturedRoom.image(64), true);
        java.util.Arrays.fill(broken, broken.length / 2, broken.length, (byte) 0x55);
        bare(broken, 1L << 28, "damaged");
        byte[] vast = Ktx2Samples.file(PicturedRoom.image(64), true);
        ByteBuffer.wrap(vast).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(20, 20_000);
        bare(vast, 1L << 28, "20000 x 64");
        bare(ktx, 1L << 28, "those of a KTX2 file");
        bare(announcing(sound, 20_000, 20_000), 1L << 28, "20000 x 20000");
        bare(announcing(sound, 16_000, 16_000), 1L << 28, "16000 x 16000");
        bare(sound, 2 << 20, "a tile's may take 1048576");
    }

    /** A PNG that says it is larger than it is. */
    private static byte[] announcing(byte[] png, int width, int height) {
        byte[] out = png.clone();
        ByteBuffer.wrap(out).putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(out, 12, 17);
        ByteBuffer.wrap(out).putInt(29, (int) crc.getValue());
        return out;
    }

    private static void bare(byte[] image, long memory, String why) throws IOException {
        List<String> told = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord r) {
                told.add(r.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(PackageTiles.class.getName());
        log.addHandler(handler);
        try {
            BufferedImage m = shot(picture(image), Map.of("memoryBytes", memory));
            double[] s = stone(m, -1, 2, 0.5);
            assertColour(s, 0xCDB89B, why);
            assertThat(told).as("the log").hasSize(1);
            assertThat(told.getFirst()).contains("room.glb", why);
        } finally {
            log.removeHandler(handler);
        }
    }
}
