package org.grotto.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Pictures of every usual layout come out as four bytes a pixel; damaged ones are refused. */
class PictureFileTest {
    private static byte[] file(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    private static byte[] rgba(byte[] file) throws IOException {
        try (PictureFile p = PictureFile.open(file)) {
            ByteBuffer out = ByteBuffer.allocate(4 * p.width * p.height);
            p.rgba(out);
            assertThat(out.hasRemaining()).isFalse();
            return out.array();
        }
    }

    private static BufferedImage ramp(int type) {
        BufferedImage image = new BufferedImage(5, 3, type);
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 5; x++) {
                image.setRGB(
                        x,
                        y,
                        (type == BufferedImage.TYPE_4BYTE_ABGR ? 60 * x + 10 : 255) << 24
                                | 50 * x << 16
                                | 80 * y << 8
                                | 7);
            }
        }
        return image;
    }

    @Test
    void coloursAndAlphaAreAsStored() throws IOException {
        for (int type :
                new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_4BYTE_ABGR}) {
            byte[] got = rgba(file(ramp(type), "png"));
            for (int i = 0; i < 15; i++) {
                assertThat(got[4 * i] & 255).isEqualTo(50 * (i % 5));
                assertThat(got[4 * i + 1] & 255).isEqualTo(80 * (i / 5));
                assertThat(got[4 * i + 2] & 255).isEqualTo(7);
                assertThat(got[4 * i + 3] & 255)
                        .isEqualTo(type == BufferedImage.TYPE_4BYTE_ABGR ? 60 * (i % 5) + 10 : 255);
            }
        }
    }

    @Test
    void greyPalettesAndSixteenBits() throws IOException {
        BufferedImage grey = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage wide = new BufferedImage(4, 1, BufferedImage.TYPE_USHORT_GRAY);
        byte[] ramp = {0, 85, (byte) 170, (byte) 255};
        BufferedImage few =
                new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(2, 4, ramp, ramp, ramp));
        for (int x = 0; x < 4; x++) {
            grey.getRaster().setSample(x, 0, 0, 85 * x);
            wide.getRaster().setSample(x, 0, 0, 65535 * x / 3);
            few.getRaster().setSample(x, 0, 0, x);
        }
        for (BufferedImage image : new BufferedImage[] {grey, wide, few}) {
            byte[] got = rgba(file(image, "png"));
            for (int x = 0; x < 4; x++) {
                assertThat(Arrays.copyOfRange(got, 4 * x, 4 * x + 4)).containsExactly(85 * x, 85 * x, 85 * x, 255);
            }
        }
        assertThat(rgba(file(grey, "jpg"))[13] & 255).isCloseTo(255, within(6));
    }

    @Test
    void cutOffAndChangedFilesAreRefusedOrRead() throws IOException {
        BufferedImage noise = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        SplittableRandom r = new SplittableRandom(3);
        for (int i = 0; i < 64 * 48; i++) {
            noise.setRGB(i % 64, i / 64, r.nextInt(1 << 24));
        }
        for (String format : new String[] {"png", "jpg"}) {
            byte[] sound = file(noise, format);
            assertThat(rgba(sound)).hasSize(4 * 64 * 48);
            for (int part = 1; part < 8; part++) {
                byte[] cut = Arrays.copyOf(sound, sound.length * part / 8);
                assertThatThrownBy(() -> rgba(cut)).isInstanceOf(IOException.class);
            }
            int refused = 0;
            for (int round = 0; round < 2000; round++) {
                byte[] bad = sound.clone();
                for (int k = 0; k < 3; k++) {
                    bad[r.nextInt(round % 2 == 0 ? bad.length : Math.min(bad.length, 700))] = (byte) r.nextInt(256);
                }
                try {
                    rgba(bad);
                } catch (IOException e) {
                    refused++;
                }
            }
            assertThat(refused).as(format).isGreaterThan(200);
        }
        assertThatThrownBy(() -> PictureFile.open(new byte[0])).hasMessageContaining("neither JPEG, PNG nor KTX2");
        assertThatThrownBy(() -> PictureFile.open(new byte[] {(byte) 0xFF, (byte) 0xD8, 1}))
                .isInstanceOf(IOException.class);
    }
}
