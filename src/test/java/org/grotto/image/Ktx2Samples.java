package org.grotto.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.grotto.base.Progress;
import org.grotto.base.Work;

/** KTX2 pictures made for tests. */
public final class Ktx2Samples {
    /** By mode of a block: its name and the bits of it; the last is none. */
    private static final int[] NAMES = {
        0x1, 0x35, 0x1D, 0x3, 0x13, 0xB, 0x1B, 0x7, 0x17, 0xF, 0x2, 0x0, 0x6, 0x1F, 0xD, 0x5, 0x15, 0x25, 0x9
    };

    private static final int[] BITS = {4, 6, 5, 5, 5, 5, 5, 5, 5, 5, 3, 2, 3, 5, 5, 7, 6, 6, 4};
    /** Where the pattern begins, and how many there are; 0 for modes without. */
    private static final int[][] PATTERNS = new int[19][];

    static {
        PATTERNS[2] = new int[] {20, 5, 30};
        PATTERNS[3] = new int[] {20, 4, 11};
        PATTERNS[4] = new int[] {20, 5, 30};
        PATTERNS[7] = new int[] {20, 5, 19};
        PATTERNS[9] = new int[] {28, 5, 30};
        PATTERNS[16] = new int[] {29, 5, 30};
    }

    private Ktx2Samples() {}

    /** Slopes, edges and grain; alpha with edges where {@code holes}. */
    public static byte[] picture(int width, int height, boolean holes, long seed) {
        SplittableRandom r = new SplittableRandom(seed);
        byte[] out = new byte[4 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = 4 * (y * width + x);
                boolean edge = (x - 40) * (x - 40) + (y - 30) * (y - 30) < 500 || 3 * x > 2 * y + 60;
                double wave = 30 * Math.sin(0.3 * x + 0.1 * y);
                int grain = r.nextInt(-6, 7);
                out[at] = value((edge ? 190 : 90) + wave + grain);
                out[at + 1] = value((edge ? 120 : 100) + 0.5 * y + grain);
                out[at + 2] = value((edge ? 60 : 140) + 0.3 * x - wave + r.nextInt(-6, 7));
                out[at + 3] = holes && (x / 7 + y / 9) % 3 == 0 ? 0 : (byte) 255;
            }
        }
        return out;
    }

    private static byte value(double v) {
        return (byte) Math.max(0, Math.min(255, (int) v));
    }

    /** A file in which a picture is coded. */
    public static byte[] file(byte[] rgba, int width, int height, boolean coded, Ktx2.Channels channels) {
        try (Work work = new Work(1, 1L << 28, Progress.NONE)) {
            return Ktx2Writer.encode(rgba, width, height, coded, channels, work);
        }
    }

    /** An opaque picture as a file: of colour, where {@code coded}. */
    public static byte[] file(BufferedImage image, boolean coded) {
        int w = image.getWidth();
        int h = image.getHeight();
        byte[] rgba = new byte[4 * w * h];
        for (int i = 0; i < w * h; i++) {
            int p = image.getRGB(i % w, i / w);
            rgba[4 * i] = (byte) (p >> 16);
            rgba[4 * i + 1] = (byte) (p >> 8);
            rgba[4 * i + 2] = (byte) p;
            rgba[4 * i + 3] = -1;
        }
        return file(rgba, w, h, coded, Ktx2.Channels.RGB);
    }

    /** The picture in a file of KTX2, with alpha where it says so. */
    public static BufferedImage image(byte[] file) {
        try {
            Ktx2 k = Ktx2.open(file);
            ByteBuffer rgba = ByteBuffer.allocate(4 * k.width * k.height);
            k.rgba(0, rgba);
            boolean holes = k.channels() == Ktx2.Channels.RGBA;
            BufferedImage out = new BufferedImage(
                    k.width, k.height, holes ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < k.width * k.height; i++) {
                out.setRGB(i % k.width, i / k.width, Integer.rotateRight(rgba.getInt(4 * i), 8));
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of {@code side} x {@code side} made blocks in all nineteen modes, without supercompression. */
    public static byte[] blocks(int side, long seed) {
        SplittableRandom r = new SplittableRandom(seed);
        int blocks = side * side;
        byte[] head = file(picture(256, 256, true, 1), 256, 256, true, Ktx2.Channels.RGBA);
        ByteBuffer b = ByteBuffer.allocate(208 + 16 * blocks).order(ByteOrder.LITTLE_ENDIAN);
        b.put(head, 0, 80);
        b.putInt(20, 4 * side).putInt(24, 4 * side);
        b.putInt(40, 1).putInt(44, 0).putInt(48, 104).putInt(56, 0).putInt(60, 0);
        b.putLong(80, 208).putLong(88, 16L * blocks).putLong(96, 16L * blocks);
        b.put(104, head, ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(48), 44);
        for (int k = 0; k < blocks; k++) {
            int mode = k % 19;
            long low = r.nextLong() & -1L << BITS[mode] | NAMES[mode];
            int[] p = PATTERNS[mode];
            if (p != null) {
                low &= ~((1L << p[1]) - 1 << p[0]);
                low |= r.nextLong(p[2]) << p[0];
            }
            b.putLong(208 + 16 * k, low).putLong(216 + 16 * k, r.nextLong());
        }
        return b.array();
    }
}
