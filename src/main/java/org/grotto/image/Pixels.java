package org.grotto.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** The rows of a decoded image as 0xAARRGGBB in sRGB; the usual layouts without a detour. */
final class Pixels {
    private final BufferedImage image;
    private final byte[] bytes;
    private final int type;

    private Pixels(BufferedImage image) {
        this.image = image;
        boolean plain = image.getRaster().getDataBuffer() instanceof DataBufferByte d
                && d.getNumBanks() == 1
                && d.getOffset() == 0
                && image.getRaster().getParent() == null;
        int kind = image.getType();
        boolean known = kind == BufferedImage.TYPE_3BYTE_BGR || kind == BufferedImage.TYPE_4BYTE_ABGR;
        this.type = plain && known ? kind : BufferedImage.TYPE_CUSTOM;
        this.bytes = type == BufferedImage.TYPE_CUSTOM
                ? new byte[0]
                : ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    static Pixels of(BufferedImage image) {
        return new Pixels(image);
    }

    /** Row {@code y}, from the top. */
    void row(int y, int[] out) {
        int w = image.getWidth();
        switch (type) {
            case BufferedImage.TYPE_3BYTE_BGR -> {
                for (int x = 0, i = 3 * w * y; x < w; x++, i += 3) {
                    out[x] = 0xFF000000 | (bytes[i + 2] & 255) << 16 | (bytes[i + 1] & 255) << 8 | bytes[i] & 255;
                }
            }
            case BufferedImage.TYPE_4BYTE_ABGR -> {
                for (int x = 0, i = 4 * w * y; x < w; x++, i += 4) {
                    out[x] = bytes[i] << 24
                            | (bytes[i + 3] & 255) << 16
                            | (bytes[i + 2] & 255) << 8
                            | bytes[i + 1] & 255;
                }
            }
            default -> grey(y, w, out);
        }
    }

    /** Grey pictures hold sRGB values as they are; Java's own conversion would take them for linear light. */
    private void grey(int y, int w, int[] out) {
        int bands = image.getRaster().getNumBands();
        int bits = image.getSampleModel().getSampleSize(0);
        if (image.getColorModel() instanceof java.awt.image.ComponentColorModel && bands <= 2 && (bits == 8 || bits == 16)) {
            int[] v = image.getRaster().getPixels(0, y, w, 1, (int[]) null);
            for (int x = 0; x < w; x++) {
                int g = v[bands * x] >> bits - 8;
                int a = bands == 2 ? v[bands * x + 1] >> bits - 8 : 255;
                out[x] = a << 24 | g << 16 | g << 8 | g;
            }
        } else {
            image.getRGB(0, y, w, 1, out, 0, w);
        }
    }
}
