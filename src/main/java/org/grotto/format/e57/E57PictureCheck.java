package org.grotto.format.e57;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.grotto.format.Findings;
import org.jspecify.annotations.Nullable;

/** The pictures of one representation: their binary sections, and whether they are of the type and size that they say. */
final class E57PictureCheck {
    private static final String BLOB = E57Check.STANDARD + "Blob binary section";
    private static final int HEAD = 16;
    /** Bytes of a picture in which its size is looked for. */
    private static final int BEGINNING = 1 << 20;

    private final E57Pages pages;
    private final Findings f;

    E57PictureCheck(E57Pages pages, Findings f) {
        this.pages = pages;
        this.f = f;
    }

    void check(E57Node r, String path) {
        String clause = E57Check.STANDARD + r.name.substring(0, 1).toUpperCase(Locale.ROOT) + r.name.substring(1);
        E57Node jpeg = r.child("jpegImage");
        E57Node png = r.child("pngImage");
        if ((jpeg == null) == (png == null)) {
            f.fault(
                    path,
                    clause,
                    jpeg == null ? "has neither a jpegImage nor a pngImage" : "has both a jpegImage and a pngImage",
                    E57Check.EXPORT);
        }
        double width = r.childNumber("imageWidth");
        double height = r.childNumber("imageHeight");
        if (!(width > 0) || !(height > 0)) {
            f.fault(path, clause + ": imageWidth, imageHeight", "are missing or not positive", E57Check.EXPORT);
        }
        picture(jpeg, path + "/jpegImage", clause, true, width, height);
        picture(png, path + "/pngImage", clause, false, width, height);
        picture(r.child("imageMask"), path + "/imageMask", clause, false, width, height);
        boolean pinhole = r.name.startsWith("pinhole");
        boolean cylinder = r.name.startsWith("cylindrical");
        if (pinhole) {
            positive(r, path, clause, "focalLength");
        }
        if (cylinder) {
            positive(r, path, clause, "radius");
        }
        if (!r.name.startsWith("visual")) {
            positive(r, path, clause, "pixelWidth");
            positive(r, path, clause, "pixelHeight");
        }
    }

    private void positive(E57Node r, String path, String clause, String name) {
        if (!(r.childNumber(name) > 0)) {
            f.fault(path + "/" + name, clause + ": " + name, "is missing or not positive", E57Check.EXPORT);
        }
    }

    private void picture(
            @Nullable E57Node blob, String path, String clause, boolean jpeg, double width, double height) {
        if (blob == null) {
            return;
        }
        byte[] b = beginning(blob, path);
        if (b == null) {
            return;
        }
        boolean isJpeg = b.length > 2 && b[0] == (byte) 0xff && b[1] == (byte) 0xd8;
        boolean isPng = b.length > 24 && b[0] == (byte) 0x89 && b[1] == 'P' && b[2] == 'N' && b[3] == 'G';
        if (jpeg ? !isJpeg : !isPng) {
            f.fault(
                    path,
                    clause,
                    "is " + (isJpeg ? "a JPEG" : isPng ? "a PNG" : "no picture that begins as one"),
                    "write it as " + (jpeg ? "JPEG" : "PNG"));
            return;
        }
        int[] size = jpeg
                ? jpegSize(b)
                : new int[] {ByteBuffer.wrap(b).getInt(16), ByteBuffer.wrap(b).getInt(20)};
        if (size != null && width > 0 && height > 0 && (size[0] != width || size[1] != height)) {
            f.fault(
                    path,
                    clause + ": imageWidth, imageHeight",
                    "has " + size[0] + " x " + size[1] + " pixels, where " + (long) width + " x " + (long) height
                            + " are stated",
                    E57Check.EXPORT);
        }
    }

    /** The first bytes of a binary part, or null where it is none. */
    private byte @Nullable [] beginning(E57Node blob, String path) {
        long at = (long) blob.attribute("fileOffset", -1);
        long length = (long) blob.attribute("length", -1);
        long start = E57Pages.logical(at);
        if (!pages.canStart(at) || length < 0 || length > pages.logicalLength() - start - HEAD) {
            f.fault(
                    path,
                    E57Check.STANDARD + "Blob",
                    length + " bytes from byte " + at + " on do not lie in the file",
                    E57Check.EXPORT);
            return null;
        }
        E57Pages.Window window = pages.window(true);
        byte[] head = new byte[HEAD];
        window.read(start, head, 0, HEAD);
        long section = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong(8);
        if (head[0] != 0) {
            f.fault(
                    "byte " + at,
                    BLOB + ": sectionId",
                    "a binary part that begins with " + (head[0] & 255) + ", where 0 is due",
                    E57Check.EXPORT);
            return null;
        }
        if (section < length) {
            f.fault(
                    "byte " + at,
                    BLOB + ": sectionLogicalLength",
                    section + " bytes do not hold the " + length + " of the picture",
                    E57Check.EXPORT);
        }
        byte[] b = new byte[(int) Math.min(length, BEGINNING)];
        window.read(start + HEAD, b, 0, b.length);
        return b;
    }

    /** Width and height by the first frame's header, or null where it is not found. */
    private static int @Nullable [] jpegSize(byte[] b) {
        int at = 2;
        while (at + 9 < b.length && b[at] == (byte) 0xff) {
            int marker = b[at + 1] & 255;
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame) {
                return new int[] {(b[at + 7] & 255) << 8 | b[at + 8] & 255, (b[at + 5] & 255) << 8 | b[at + 6] & 255};
            }
            at += marker == 0xff ? 1 : 2 + ((b[at + 2] & 255) << 8 | b[at + 3] & 255);
        }
        return null;
    }
}
