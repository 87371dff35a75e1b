package org.grotto.image;

import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.grotto.base.Work;
import org.grotto.image.uastc.UastcEncoder;

/**
 * Writes a picture as KTX2 in UASTC under Zstandard, with all its halvings, as KHR_texture_basisu wants it. The same pixels
 * give the same bytes for any number of threads.
 */
public final class Ktx2Writer {
    /** Rows of blocks that one thread encodes at a time. */
    private static final int ROWS = 8;

    private Ktx2Writer() {}

    /**
     * @param rgba red green blue alpha, four bytes a pixel, row by row from the top
     * @param width and {@code height}: multiples of four, so that the extension takes it
     * @param coded whether its values are sRGB: then it is a picture of colour, averaged as light
     * @param channels what of the pixels matters
     */
    public static byte[] encode(byte[] rgba, int width, int height, boolean coded, Ktx2.Channels channels, Work work) {
        if (width < 4 || height < 4 || (width | height) % 4 != 0) {
            throw new IllegalArgumentException(width + " x " + height + " pixels are no whole blocks");
        }
        Mips mips = new Mips(width, height, coded);
        ByteBuffer all = ByteBuffer.wrap(java.util.Arrays.copyOf(rgba, Math.toIntExact(mips.bytes())));
        mips.fill(all, 1, work);
        byte[][] levels = new byte[mips.levels()][];
        for (int k = 0; k < levels.length; k++) {
            levels[k] = blocks(all.array(), mips, k, work);
        }
        int[] plain = new int[levels.length];
        work.each(levels.length, k -> {
            plain[k] = levels[k].length;
            levels[k] = packed(levels[k]);
        });
        return file(levels, plain, mips, channels);
    }

    private static byte[] blocks(byte[] all, Mips mips, int level, Work work) {
        int w = Mips.halved(mips.width(), level);
        int h = Mips.halved(mips.height(), level);
        int from = mips.start(level);
        int across = (w + 3) / 4;
        int down = (h + 3) / 4;
        ByteBuffer out = ByteBuffer.allocate(16 * across * down).order(ByteOrder.LITTLE_ENDIAN);
        work.blocks(down, ROWS, (first, end) -> {
            UastcEncoder encoder = new UastcEncoder();
            byte[] block = new byte[64];
            for (int y = first; y < end; y++) {
                for (int x = 0; x < across; x++) {
                    for (int i = 0; i < 16; i++) { // beyond the border its last pixels go on
                        int px = Math.min(w - 1, 4 * x + (i & 3));
                        int py = Math.min(h - 1, 4 * y + (i >> 2));
                        System.arraycopy(all, from + 4 * (py * w + px), block, 4 * i, 4);
                    }
                    encoder.encode(block);
                    out.putLong(16 * (y * across + x), encoder.lower());
                    out.putLong(16 * (y * across + x) + 8, encoder.upper());
                }
            }
        });
        return out.array();
    }

    private static byte[] packed(byte[] plain) {
        ZstdCompressor zstd = new ZstdCompressor();
        byte[] out = new byte[zstd.maxCompressedLength(plain.length)];
        return java.util.Arrays.copyOf(out, zstd.compress(plain, 0, plain.length, out, 0, out.length));
    }

    private static byte[] file(byte[][] levels, int[] plain, Mips mips, Ktx2.Channels channels) {
        byte[] told = told();
        int descriptor = Ktx2.HEADER + Ktx2.LEVEL * levels.length;
        int keys = descriptor + Ktx2.DESCRIPTOR;
        long end = (long) keys + told.length;
        for (byte[] l : levels) {
            end += l.length;
        }
        ByteBuffer b = ByteBuffer.allocate(Math.toIntExact(end)).order(ByteOrder.LITTLE_ENDIAN);
        b.put(Ktx2.BEGIN);
        b.putInt(0).putInt(1); // no format of Vulkan's, bytes
        b.putInt(mips.width()).putInt(mips.height()).putInt(0);
        b.putInt(0).putInt(1).putInt(levels.length).putInt(Ktx2.ZSTANDARD);
        b.putInt(descriptor).putInt(Ktx2.DESCRIPTOR).putInt(keys).putInt(told.length);
        b.putLong(0).putLong(0); // nothing that all levels share
        long at = end;
        for (int k = 0; k < levels.length; k++) {
            at -= levels[k].length;
            b.putLong(at).putLong(levels[k].length).putLong(plain[k]);
        }
        descriptor(b, mips.coded(), channels);
        b.put(told);
        for (int k = levels.length - 1; k >= 0; k--) { // the smallest first
            b.put(levels[k]);
        }
        return b.array();
    }

    /** Khronos Data Format Specification, chapter 5, "KHR_DF_MODEL_UASTC". */
    private static void descriptor(ByteBuffer b, boolean coded, Ktx2.Channels channels) {
        b.putInt(Ktx2.DESCRIPTOR).putInt(0);
        b.putShort((short) 2).putShort((short) (Ktx2.DESCRIPTOR - 4));
        b.put((byte) Ktx2.UASTC).put((byte) (coded ? Ktx2.BT709 : 0));
        b.put((byte) (coded ? Ktx2.SRGB : Ktx2.LINEAR)).put((byte) 0);
        b.putInt(3 << 8 | 3); // blocks of 4 x 4 pixels
        b.putLong(16); // bytes of one
        b.putShort((short) 0).put((byte) 127).put((byte) channels.id).putInt(0);
        b.putInt(0).putInt(-1);
    }

    /** Keys and their values, in the order of the keys. */
    private static byte[] told() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String pair : new String[] {"KTXorientation\0rd\0", "KTXwriter\0Grotto\0"}) {
            byte[] text = pair.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(text.length)
                    .array());
            out.writeBytes(java.util.Arrays.copyOf(text, (text.length + 3) / 4 * 4));
        }
        return out.toByteArray();
    }
}
