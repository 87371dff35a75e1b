package org.grotto.format.gltf;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A picture in four quarters, of which each is told from the others: red and green above, blue and white below. */
public final class Checker {
    private Checker() {}

    /** @param format png or jpg */
    public static byte[] file(int width, int height, String format) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colour(x < width / 2, y < height / 2));
            }
        }
        return file(image, format);
    }

    public static byte[] file(BufferedImage image, String format) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 0xRRGGBB of a quarter. */
    public static int colour(boolean left, boolean above) {
        return above ? left ? 0xC83232 : 0x32C832 : left ? 0x3232C8 : 0xE6E6E6;
    }
}
