package org.grotto.image;

import java.nio.ByteBuffer;
import org.grotto.base.Work;

/**
 * A picture of four bytes a pixel with all its halvings, one after the other, the largest first, rows from the top.
 *
 * @param coded whether red, green and blue are sRGB: then they are averaged as light
 */
public record Mips(int width, int height, boolean coded) {
    public int levels() {
        return 32 - Integer.numberOfLeadingZeros(Math.max(width, height));
    }

    /** Pixels of a side at a level. */
    public static int halved(int side, int level) {
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

    /** Where a level begins, bytes. */
    public int start(int level) {
        int at = 0;
        for (int k = 0; k < level; k++) {
            at += 4 * halved(width, k) * halved(height, k);
        }
        return at;
    }

    /**
     * Makes all levels after the first {@code known} ones, which stand at the beginning of {@code all}.
     *
     * @param known at least 1
     */
    public void fill(ByteBuffer all, int known) {
        for (int k = known; k < levels(); k++) {
            rows(all, k, 0, halved(height, k));
        }
    }

    /** The same on many threads. */
    public void fill(ByteBuffer all, int known, Work work) {
        for (int k = known; k < levels(); k++) {
            int level = k;
            work.blocks(halved(height, k), 64, (from, to) -> rows(all, level, from, to));
        }
    }

    /** Makes rows of a level of those before it. */
    private void rows(ByteBuffer all, int level, int first, int end) {
        int w = halved(width, level - 1);
        int h = halved(height, level - 1);
        int from = start(level - 1);
        int to = start(level);
        int half = halved(width, level);
        byte[] above = new byte[4 * w];
        byte[] below = new byte[4 * w];
        byte[] out = new byte[4 * half];
        for (int y = first; y < end; y++) {
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
