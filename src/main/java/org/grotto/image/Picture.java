package org.grotto.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.grotto.base.GrottoException;

/**
 * A picture: 0xRRGGBB in sRGB, row by row from the top left. The array is owned by it.
 *
 * @param covered how many samples of the picture, four a pixel, show the mesh
 */
public record Picture(int width, int height, int[] rgb, long covered) {

    /** Writes it as PNG, 8 bit RGB, packed as tightly as the JDK can. */
    public void png(Path file) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, rgb, 0, width);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
            try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
                writer.setOutput(out);
                ImageWriteParam p = writer.getDefaultWriteParam();
                p.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                p.setCompressionQuality(0);
                writer.write(null, new IIOImage(image, null, null), p);
            }
            Files.write(file, bytes.toByteArray());
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        } finally {
            writer.dispose();
        }
    }
}
