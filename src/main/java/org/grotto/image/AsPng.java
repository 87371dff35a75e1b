package org.grotto.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;

/** Any picture that is read, as PNG: for formats that name few kinds of pictures. */
public final class AsPng {
    private AsPng() {}

    /** @throws IOException where the picture is of no kind that is read, or damaged */
    public static byte[] of(byte[] file) throws IOException {
        try (PictureFile p = PictureFile.any(file)) {
            ByteBuffer rgba = ByteBuffer.allocate(4 * p.width * p.height);
            p.rgba(rgba);
            BufferedImage out = new BufferedImage(p.width, p.height, BufferedImage.TYPE_INT_ARGB);
            byte[] from = rgba.array();
            for (int i = 0; i < from.length; i += 4) {
                out.setRGB(
                        i / 4 % p.width,
                        i / 4 / p.width,
                        (from[i + 3] & 255) << 24
                                | (from[i] & 255) << 16
                                | (from[i + 1] & 255) << 8
                                | from[i + 2] & 255);
            }
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(out, "png", png);
            return png.toByteArray();
        }
    }
}
