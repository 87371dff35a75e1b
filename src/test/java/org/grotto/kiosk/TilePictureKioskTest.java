package org.grotto.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.grotto.Need;
import org.grotto.base.Records;
import org.grotto.format.gltf.Checker;
import org.grotto.format.gltf.TilePicture;
import org.grotto.image.Srgb;
import org.grotto.kiosk.visit.KioskOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures on tiles in the kiosk: the right colours at the right places, in every mode, and no word where one is broken. */
class TilePictureKioskTest {
    @TempDir
    Path folder;

    private static final byte[] FLAT = PicturedRoom.plain(16, 0x8080FF);

    @BeforeAll
    static void display() {
        String display = System.getenv("DISPLAY");
        Need.require(display != null && !display.isBlank(), "a display (run under xvfb-run -a)");
    }

    private static TilePicture picture(byte[] image) {
        return new TilePicture(PicturedRoom.uv(), image, TilePicture.PNG);
    }

    private static TilePicture picture(byte[] image, byte @Nullable [] normal, byte @Nullable [] occlusion) {
        return new TilePicture(PicturedRoom.uv(), image, TilePicture.PNG, normal, occlusion);
    }

    /** The north wall's middle fills the picture's middle; light from straight ahead of it. */
    private BufferedImage shot(@Nullable TilePicture picture, String show) throws IOException {
        return shot(picture, show, 1L << 28);
    }

    private BufferedImage shot(@Nullable TilePicture picture, String show, long bytes) throws IOException {
        Path cave = PicturedRoom.write(folder.resolve("cave"), picture);
        KioskOptions o = KioskOptions.of(cave)
                .withSize(480, 270)
                .withPanels(false)
                .withView("corner")
                .withLight(90, 60)
                .withBudget(4_000_000, bytes)
                .withShow(show);
        Path png = folder.resolve("picture.png");
        Kiosk.Picture shot = Kiosk.screenshot(o, png);
        assertThat(shot.lack()).as("nothing is told").isNull();
        return ImageIO.read(png.toFile());
    }

    @Test
    void look() throws IOException {
        BufferedImage a = shot(picture(Checker.file(PicturedRoom.image(512), "png")), "mesh");
        ImageIO.write(a, "png", new java.io.File("/tmp/v-a.png"));
        BufferedImage b = shot(null, "mesh");
        ImageIO.write(b, "png", new java.io.File("/tmp/v-b.png"));
    }
}
