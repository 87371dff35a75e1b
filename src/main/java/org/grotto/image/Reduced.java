package org.grotto.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A picture decoded no larger than asked for.
 *
 * @param pixels red green blue alpha, four bytes a pixel, row by row from the top; a direct buffer at its start
 */
public record Reduced(int width, int height, ByteBuffer pixels) {
    /** More pixels than this are not decoded at once: of larger pictures every second one, or third, is taken. */
    private static final long MOST = 72_000_000;

    /**
     * Decodes a JPEG or PNG file; where a side is longer than {@code longest}, it is made smaller, each new pixel the mean
     * of those that it takes the place of.
     *
     * @throws IOException with one sentence where it is none, or damaged
     */
    public static Reduced of(byte[] file, int longest) throws IOException {
        try (PictureFile p = PictureFile.measured(file)) {
            int step = 1;
            while ((long) (p.width / step) * (p.height / step) > MOST) {
                step++;
            }
            BufferedImage image = p.every(step);
            ByteBuffer whole = buffer(image.getWidth(), image.getHeight());
            PictureFile.rgba(image, whole);
            whole.flip();
            return new Reduced(image.getWidth(), image.getHeight(), whole).to(longest);
        }
    }

    private static ByteBuffer buffer(int w, int h) {
        return ByteBuffer.allocateDirect(4 * w * h).order(ByteOrder.nativeOrder());
    }

    private Reduced to(int longest) {
        int side = Math.max(width, height);
        if (side <= longest) {
            return this;
        }
        int w = Math.max(1, (int) Math.round((double) width * longest / side));
        int h = Math.max(1, (int) Math.round((double) height * longest / side));
        ByteBuffer out = buffer(w, h);
        for (int y = 0; y < h; y++) {
            int y0 = (int) ((long) y * height / h);
            int y1 = Math.max(y0 + 1, (int) ((long) (y + 1) * height / h));
            for (int x = 0; x < w; x++) {
                int x0 = (int) ((long) x * width / w);
                int x1 = Math.max(x0 + 1, (int) ((long) (x + 1) * width / w));
                mean(x0, x1, y0, y1, out);
            }
        }
        return new Reduced(w, h, out.flip());
    }

    private void mean(int x0, int x1, int y0, int y1, ByteBuffer out) {
        int n = (x1 - x0) * (y1 - y0);
        int r = 0;
        int g = 0;
        int b = 0;
        int a = 0;
        for (int y = y0; y < y1; y++) {
            for (int i = 4 * (y * width + x0); i < 4 * (y * width + x1); i += 4) {
                r += pixels.get(i) & 255;
                g += pixels.get(i + 1) & 255;
                b += pixels.get(i + 2) & 255;
                a += pixels.get(i + 3) & 255;
            }
        }
        out.put((byte) ((r + n / 2) / n)).put((byte) ((g + n / 2) / n)).put((byte) ((b + n / 2) / n));
        out.put((byte) ((a + n / 2) / n));
    }

    /** The same, seen through where {@code mask}, stretched over it, is black. */
    public Reduced masked(Reduced mask) {
        ByteBuffer out = buffer(width, height);
        for (int y = 0; y < height; y++) {
            int row = (int) ((long) y * mask.height / height) * mask.width;
            for (int x = 0; x < width; x++) {
                int i = 4 * (y * width + x);
                int m = 4 * (row + (int) ((long) x * mask.width / width));
                boolean black = (mask.pixels.get(m) | mask.pixels.get(m + 1) | mask.pixels.get(m + 2)) == 0;
                out.put(pixels.get(i)).put(pixels.get(i + 1)).put(pixels.get(i + 2));
                out.put(black ? 0 : pixels.get(i + 3));
            }
        }
        return new Reduced(width, height, out.flip());
    }

    /** As a JPEG file. */
    public byte[] jpeg(float quality) {
        int[] rgb = new int[width * height];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (pixels.get(4 * i) & 255) << 16 | (pixels.get(4 * i + 1) & 255) << 8 | pixels.get(4 * i + 2) & 255;
        }
        return Jpeg.encode(rgb, width, height, quality);
    }
}
