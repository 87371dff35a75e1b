package org.grotto.kiosk.stream;

import java.nio.ByteBuffer;
import org.grotto.image.Srgb;

/**
 * A picture of four bytes a pixel with all its halvings, one after the other, the largest first, rows from the top.
 *
 * @param coded whether red, green and blue are sRGB: then they are averaged as light
 */
public record Mips(int width, int height, boolean coded) {
    public int levels() {
        return 32 - Integer.numberOfLeadingZeros(Math.max(width, height));
    }

    private static int halved(int side, int level) {
        return Math.max(1, side >> level);
    }

    /** Bytes of each level. */
    public int[] sizes() {
        int[] out = new int[levels()];
        for (int k = 0; k < out.length; k++) {
            out[k] = 4 * halved(width, k) * halved(height, k);
        }
        return out;
    }

    /** Bytes of all levels: a third more than those of the first. */
    public long bytes() {
        long sum = 0;
        for (int k = 0; k < levels(); k++) {
            sum += 4L * halved(width, k) * halved(height, k);
        }
        return sum;
    }

    /** Makes all levels of the first, which stands at the beginning of {@code all}. */
    void fill(ByteBuffer all) {
        int from = 0;
        for (int k = 1; k < levels(); k++) {
            int w = halved(width, k - 1);
            int h = halved(height, k - 1);
            int to = from + 4 * w * h;
            level(all, from, w, h, to);
            from = to;
        }
    }

    private void level(ByteBuffer all, int from, int w, int h, int to) {
        int half = Math.max(1, w / 2);
        byte[] above = new byte[4 * w];
        byte[] below = new byte[4 * w];
        byte[] out = new byte[4 * half];
        for (int y = 0; y < Math.max(1, h / 2); y++) {
            all.get(from + 4 * w * Math.min(2 * y, h - 1), above);
            all.get(from + 4 * w * Math.min(2 * y + 1, h - 1), below);
            for (int x = 0; x < half; x++) {
                int a = 4 * Math.min(2 * x, w - 1);
                int b = 4 * Math.min(2 * x + 1, w - 1);
                for (int c = 0; c < 4; c++) {
                    out[4 * x + c] = coded && c < 3
                            ? light(above[a + c], above[b + c], below[a + c], below[b + c])
                            : mean(above[a + c], above[b + c], below[a + c], below[b + c]);
                }
            }
            all.put(to + 4 * half * y, out);
        }
    }

    private static byte light(byte a, byte b, byte c, byte d) {
        return a == b && a == c && a == d
                ? a
                : (byte) Srgb.coded((Srgb.linear(a) + Srgb.linear(b) + Srgb.linear(c) + Srgb.linear(d)) / 4);
    }

    private static byte mean(byte a, byte b, byte c, byte d) {
        return (byte) (((a & 255) + (b & 255) + (c & 255) + (d & 255) + 2) / 4);
    }
}
