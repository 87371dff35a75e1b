package org.grotto.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Says what of a KTX2 picture on a mesh breaks the container's specification, or that of KHR_texture_basisu; each clause once. */
public final class Ktx2Check {
    private static final String EXTENSION = "KHR_texture_basisu, ";

    private final byte[] file;
    private final ByteBuffer in;
    private final List<Ktx2.Broken> broken = new ArrayList<>();

    private Ktx2Check(byte[] file) {
        this.file = file;
        this.in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads the whole file, pixels too.
     *
     * @param colour whether it is a picture of colour; else of normals, or of occlusion
     */
    public static List<Ktx2.Broken> of(byte[] file, boolean colour) {
        Ktx2Check c = new Ktx2Check(file);
        Ktx2 k = Ktx2.read(file, c.broken);
        if (k != null) {
            c.header(k);
            c.descriptor(k.descriptor, colour);
            c.keys();
            c.order(k);
            c.pixels(k);
        }
        return c.broken;
    }

    private void wrong(String where, String clause, String found) {
        broken.add(new Ktx2.Broken(where, clause, found));
    }

    private void header(Ktx2 k) {
        if (in.getInt(16) != 1) {
            wrong("typeSize", "KTX 2.0, typeSize", "is " + in.getInt(16) + ", but 1 where there is no vkFormat");
        }
        if (k.width % 4 != 0 || k.height % 4 != 0) {
            wrong(
                    "pixelWidth",
                    EXTENSION + "additional requirements",
                    "and pixelHeight, " + k.width + " x " + k.height + ", are no multiples of 4");
        }
        if (in.getLong(72) != 0 || in.getLong(64) != 0) {
            wrong("sgdByteLength", "KTX 2.0, Index", "and sgdByteOffset are not 0, but this scheme has no global data");
        }
    }

    private void descriptor(int at, boolean colour) {
        int primaries = file[at + 13] & 255;
        int transfer = file[at + 14] & 255;
        if (transfer != (colour ? Ktx2.SRGB : Ktx2.LINEAR)) {
            wrong(
                    "transferFunction",
                    EXTENSION + "additional requirements",
                    "is " + transfer + ", but " + (colour ? "2 (sRGB) of colour" : "1 (linear) of what is no colour"));
        }
        if (primaries != (colour ? Ktx2.BT709 : 0)) {
            wrong(
                    "colorPrimaries",
                    EXTENSION + "additional requirements",
                    "is " + primaries + ", but " + (colour ? "1 (BT709) of colour" : "0 of what is no colour"));
        }
        if ((file[at + 15] & 1) != 0) {
            wrong("flags", EXTENSION + "material textures", "say that colour is multiplied by alpha");
        }
        if (in.getShort(at + 16) != 0x0303 || in.getShort(at + 18) != 0) {
            wrong("texelBlockDimension", "KHR_DF 1.4, KHR_DF_MODEL_UASTC", "is not that of blocks of 4 x 4 pixels");
        }
        int bytes = file[at + 20] & 255;
        if (bytes != 16 && bytes != 0) { // 0: as older specifications had it under a supercompression
            wrong("bytesPlane0", "KHR_DF 1.4, KHR_DF_MODEL_UASTC", "is " + bytes + ", but a block has 16");
        }
        int id = file[at + 31] & 15;
        if (in.getInt(at) != Ktx2.DESCRIPTOR || id != 0 && (id < 3 || id > 6)) {
            wrong("channelType", EXTENSION + "UASTC payloads", "is not that of a single sample of UASTC");
        }
    }

    private void keys() {
        long from = in.getInt(56) & 0xFFFFFFFFL;
        long length = in.getInt(60) & 0xFFFFFFFFL;
        if (length == 0) {
            return;
        }
        String clause = "KTX 2.0, Key/Value Data";
        if (from % 4 != 0 || from < Ktx2.HEADER || from + length > file.length) {
            wrong("kvdByteOffset", clause, "and kvdByteLength, " + from + " and " + length + ", lie outside the file");
            return;
        }
        String last = "";
        int at = (int) from;
        int end = (int) (from + length);
        while (at < end) {
            long n = at + 4 > end ? 0 : in.getInt(at) & 0xFFFFFFFFL;
            int key = at + 4;
            if (n < 2 || n > end - key) {
                wrong("keyAndValueByteLength", clause, "at byte " + at + " is " + n + ", which does not fit");
                return;
            }
            int stop = key;
            while (stop < key + n && file[stop] != 0) {
                stop++;
            }
            if (stop == key + n) {
                wrong("keyAndValue", clause, "at byte " + at + " has no zero after its key");
                return;
            }
            String name = new String(file, key, stop - key, StandardCharsets.UTF_8);
            String value =
                    new String(file, stop + 1, (int) (key + n - stop - 1), StandardCharsets.UTF_8).replace("\0", "");
            if (name.compareTo(last) <= 0 && at > from) {
                wrong(
                        "keyAndValue",
                        clause,
                        "has " + name + " after " + last + ": keys stand in their order, each once");
            }
            told(name, value);
            last = name;
            at = (int) (key + (n + 3) / 4 * 4);
        }
    }

    private void told(String name, String value) {
        if (name.equals("KTXorientation") && !value.equals("rd")) {
            wrong(name, EXTENSION + "additional requirements", "is '" + value + "', but rd where it stands");
        }
        if (name.equals("KTXswizzle") && !value.equals("rgba")) {
            wrong(name, EXTENSION + "additional requirements", "is '" + value + "', but rgba where it stands");
        }
    }

    private void order(Ktx2 k) {
        long before = Long.MAX_VALUE;
        for (int i = 0; i < k.levels; i++) {
            long at = in.getLong(Ktx2.HEADER + Ktx2.LEVEL * i);
            long length = in.getLong(Ktx2.HEADER + Ktx2.LEVEL * i + 8);
            if (at + length > before) {
                wrong("levels[" + i + "]", "KTX 2.0, Mip Level Array", "does not stand before the larger one");
            }
            if (k.scheme == Ktx2.NONE && at % 16 != 0) {
                wrong("levels[" + i + "].byteOffset", "KTX 2.0, mipPadding", "is " + at + ", no multiple of 16");
            }
            before = at;
        }
    }

    private void pixels(Ktx2 k) {
        for (int i = 0; i < k.levels; i++) {
            try {
                k.rgba(i, ByteBuffer.allocate(4 * Mips.halved(k.width, i) * Mips.halved(k.height, i)));
            } catch (IOException e) {
                wrong("levels[" + i + "]", "KHR_DF 1.4, UASTC", "is " + e.getMessage());
            }
        }
    }
}
