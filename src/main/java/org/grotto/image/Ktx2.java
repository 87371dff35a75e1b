package org.grotto.image;

import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.grotto.image.uastc.UastcDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A picture as a KTX2 file in memory (Khronos KTX 2.0), of which nobody knows who made it: a flat one in UASTC, with or
 * without Zstandard over it. Its size, and that of each level, is known before anything is decoded.
 */
public final class Ktx2 {
    /** Samples that a file of UASTC says it has. */
    public enum Channels {
        RGB(0),
        RGBA(3),
        RRR(4),
        RRRG(5),
        RG(6);

        final int id;

        Channels(int id) {
            this.id = id;
        }
    }

    static final byte[] BEGIN = {(byte) 0xAB, 'K', 'T', 'X', ' ', '2', '0', (byte) 0xBB, '\r', '\n', 0x1A, '\n'};
    static final int HEADER = 80;
    static final int LEVEL = 24;
    static final int NONE = 0;
    static final int BASIS_LZ = 1;
    static final int ZSTANDARD = 2;
    static final int ETC1S = 163;
    static final int UASTC = 166;
    static final int DESCRIPTOR = 44;
    static final int LINEAR = 1;
    static final int SRGB = 2;
    static final int BT709 = 1;

    /** Zstandard packs no more bytes into one: a block of 128 KiB into four. */
    private static final long DENSEST = 1 << 15;

    /**
     * What breaks the specification.
     *
     * @param where the field that is meant
     * @param clause its clause
     */
    public record Broken(String where, String clause, String found) {}

    private final byte[] file;
    private final ByteBuffer in;
    public final int width;
    public final int height;
    /** How many halvings stand in the file, the picture itself included. */
    public final int levels;

    final int scheme;
    /** Where the descriptor of its data stands. */
    final int descriptor;

    private Ktx2(byte[] file, int width, int height, int levels, int scheme, int descriptor) {
        this.file = file;
        this.in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        this.width = width;
        this.height = height;
        this.levels = levels;
        this.scheme = scheme;
        this.descriptor = descriptor;
    }

    /** Whether a file is one by its first bytes, whatever is in it. */
    public static boolean is(byte[] file) {
        return file.length >= BEGIN.length && java.util.Arrays.equals(file, 0, BEGIN.length, BEGIN, 0, BEGIN.length);
    }

    /**
     * Reads the header.
     *
     * @throws IOException with one sentence where it is no such picture, or announces more than it can hold
     */
    public static Ktx2 open(byte[] file) throws IOException {
        List<Broken> broken = new ArrayList<>();
        Ktx2 k = read(file, broken);
        if (k == null) {
            throw new IOException("a KTX2 picture that cannot be read: "
                    + broken.getFirst().where() + " " + broken.getFirst().found());
        }
        return k;
    }

    /** What {@link #open} tells, clause by clause; null where nothing can be decoded. */
    static @Nullable Ktx2 read(byte[] file, List<Broken> broken) {
        int before = broken.size();
        if (!is(file) || file.length < HEADER + LEVEL) {
            broken.add(new Broken("identifier", "KTX 2.0, identifier", "and header are not those of a KTX2 file"));
            return null;
        }
        ByteBuffer b = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int format = b.getInt(12);
        int scheme = b.getInt(44);
        if (format != 0) {
            broken.add(new Broken(
                    "vkFormat",
                    "KHR_texture_basisu, UASTC payloads",
                    "is " + Integer.toUnsignedString(format) + ", and of KTX2 only UASTC is read"));
            return null;
        }
        int descriptor = descriptor(b, broken);
        if (descriptor < 0) {
            return null;
        }
        int model = file[descriptor + 12] & 255;
        if (model == ETC1S || scheme == BASIS_LZ) {
            broken.add(new Broken(
                    "colorModel",
                    "KHR_texture_basisu, UASTC payloads",
                    "is ETC1S, which is not decoded here; of KTX2 only UASTC is read"));
            return null;
        }
        if (model != UASTC) {
            broken.add(new Broken("colorModel", "KTX 2.0, Data Format Descriptor", "is " + model + ", not UASTC"));
        }
        if (scheme != NONE && scheme != ZSTANDARD) {
            broken.add(new Broken(
                    "supercompressionScheme",
                    "KHR_texture_basisu, UASTC payloads",
                    "is " + Integer.toUnsignedString(scheme) + ", neither none nor Zstandard"));
        }
        sizes(b, broken);
        if (broken.size() > before) {
            return null;
        }
        Ktx2 k = new Ktx2(file, b.getInt(20), b.getInt(24), b.getInt(40), scheme, descriptor);
        k.levels(broken);
        return broken.size() > before ? null : k;
    }

    /** Where the descriptor of the data stands, whole; -1 where it does not. */
    private static int descriptor(ByteBuffer b, List<Broken> broken) {
        long at = b.getInt(48) & 0xFFFFFFFFL;
        long length = b.getInt(52) & 0xFFFFFFFFL;
        if (at % 4 != 0
                || at < HEADER
                || length < DESCRIPTOR
                || at + length > b.capacity()
                || b.getInt((int) at) != length) {
            broken.add(new Broken(
                    "dfdByteOffset",
                    "KTX 2.0, Index",
                    "and dfdByteLength, " + at + " and " + length + ", are not those of a descriptor in the file"));
            return -1;
        }
        return (int) at;
    }

    private static void sizes(ByteBuffer b, List<Broken> broken) {
        long w = b.getInt(20) & 0xFFFFFFFFL;
        long h = b.getInt(24) & 0xFFFFFFFFL;
        if (w < 1 || h < 1 || w > PictureFile.LONGEST || h > PictureFile.LONGEST) {
            broken.add(new Broken(
                    "pixelWidth",
                    "KTX 2.0, pixelWidth, pixelHeight, pixelDepth",
                    "and pixelHeight are " + w + " x " + h + "; 1 to " + PictureFile.LONGEST + " is read"));
            return;
        }
        if (b.getInt(28) != 0 || b.getInt(32) != 0 || b.getInt(36) != 1) {
            broken.add(new Broken(
                    "pixelDepth",
                    "KHR_texture_basisu, 2D",
                    "layerCount and faceCount, " + Integer.toUnsignedString(b.getInt(28)) + ", "
                            + Integer.toUnsignedString(b.getInt(32)) + " and "
                            + Integer.toUnsignedString(b.getInt(36))
                            + ", are not 0, 0 and 1, those of a flat picture"));
        }
        int most = 32 - Integer.numberOfLeadingZeros((int) Math.max(w, h));
        long levels = b.getInt(40) & 0xFFFFFFFFL;
        if (levels < 1 || levels > most || HEADER + LEVEL * levels > b.capacity()) {
            broken.add(new Broken(
                    "levelCount", "KTX 2.0, levelCount", "is " + levels + ", but may be 1 to " + most + " here"));
        }
    }

    private void levels(List<Broken> broken) {
        for (int k = 0; k < levels; k++) {
            long at = in.getLong(HEADER + LEVEL * k);
            long length = in.getLong(HEADER + LEVEL * k + 8);
            long plain = in.getLong(HEADER + LEVEL * k + 16);
            long wanted = 16L * across(k) * down(k);
            String where = "levels[" + k + "]";
            if (at < HEADER || length < 1 || at > file.length || length > file.length - at) {
                broken.add(new Broken(
                        where + ".byteOffset",
                        "KTX 2.0, Level Index",
                        "and byteLength, " + at + " and " + length + ", lie outside the file"));
            } else if (plain != wanted || scheme == NONE && length != wanted) {
                broken.add(new Broken(
                        where + ".uncompressedByteLength",
                        "KTX 2.0, Level Index",
                        "is " + plain + ", but its " + across(k) + " x " + down(k) + " blocks take " + wanted));
            } else if (plain > DENSEST * length) {
                broken.add(new Broken(
                        where + ".byteLength", "KTX 2.0, Level Index", "is " + length + ", too little for " + plain));
            }
        }
    }

    /** Blocks side by side at a level. */
    private int across(int level) {
        return (Mips.halved(width, level) + 3) / 4;
    }

    private int down(int level) {
        return (Mips.halved(height, level) + 3) / 4;
    }

    /** Whether its values are sRGB, as the file says. */
    public boolean coded() {
        return (file[descriptor + 14] & 255) == SRGB;
    }

    /** What its samples are, as the file says; null for what there is not. */
    public @Nullable Channels channels() {
        for (Channels c : Channels.values()) {
            if (c.id == (file[descriptor + 31] & 15)) {
                return c;
            }
        }
        return null;
    }

    /**
     * Decodes a level into four bytes a pixel, red green blue alpha, row by row from the top, at the buffer's position.
     *
     * @throws IOException with one sentence where its data are damaged
     */
    public void rgba(int level, ByteBuffer out) throws IOException {
        ByteBuffer blocks = blocks(level).order(ByteOrder.LITTLE_ENDIAN);
        int w = Mips.halved(width, level);
        int h = Mips.halved(height, level);
        UastcDecoder decoder = new UastcDecoder();
        byte[] block = new byte[64];
        byte[] rows = new byte[4 * 4 * w];
        for (int y = 0; y < h; y += 4) {
            int high = Math.min(4, h - y);
            for (int x = 0; x < w; x += 4) {
                if (!decoder.decode(blocks.getLong(), blocks.getLong(), block)) {
                    throw new IOException("a damaged picture (block " + x / 4 + ", " + y / 4 + " of level " + level
                            + " is none of UASTC)");
                }
                int wide = 4 * Math.min(4, w - x);
                for (int r = 0; r < high; r++) {
                    System.arraycopy(block, 16 * r, rows, 4 * (r * w + x), wide);
                }
            }
            out.put(rows, 0, 4 * w * high);
        }
    }

    private ByteBuffer blocks(int level) throws IOException {
        int at = (int) in.getLong(HEADER + LEVEL * level);
        int length = (int) in.getLong(HEADER + LEVEL * level + 8);
        if (scheme == NONE) {
            return ByteBuffer.wrap(file, at, length);
        }
        byte[] plain = new byte[16 * across(level) * down(level)];
        try {
            int n = new ZstdDecompressor().decompress(file, at, length, plain, 0, plain.length);
            if (n != plain.length) {
                throw new IOException(
                        "a damaged picture (level " + level + " holds " + n + " bytes of " + plain.length + ")");
            }
            return ByteBuffer.wrap(plain);
        } catch (RuntimeException e) { // the library answers damage with whatever failed
            throw new IOException("a damaged picture (level " + level + ": " + e.getMessage() + ")", e);
        }
    }
}
