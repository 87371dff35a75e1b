package org.grotto.image;

import java.io.IOException;
import org.grotto.base.GrottoException;

/**
 * What a JPEG or PNG file in memory is, told by its beginning and its end, not by decoding it.
 *
 * @param width and {@code height}: pixels
 * @param png else JPEG
 */
public record PictureSize(int width, int height, boolean png) {
    private static final int END_OF_IMAGE = 0xD9;

    /**
     * Reads the header, and looks for the end: a picture cut off is none.
     *
     * @throws GrottoException of kind BAD_INPUT with one sentence that names no file
     */
    public static PictureSize of(byte[] file) {
        boolean png = file.length > 8 && (file[0] & 255) == 0x89 && file[1] == 'P';
        boolean jpeg = file.length > 2 && (file[0] & 255) == 0xFF && (file[1] & 255) == 0xD8;
        if (!jpeg && !png) {
            throw bad("a picture that is neither JPEG nor PNG");
        }
        try (PictureFile p = PictureFile.measured(file)) {
            if (!(jpeg ? endsJpeg(file) : endsPng(file))) {
                throw bad("a picture that is cut off");
            }
            return new PictureSize(p.width, p.height, !jpeg);
        } catch (IOException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    /** The size of a picture of any kind that the JDK reads, by its header. */
    public static PictureSize any(byte[] file) {
        try (PictureFile p = PictureFile.measured(file)) {
            return new PictureSize(p.width, p.height, false);
        } catch (IOException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private static GrottoException bad(String what) {
        return new GrottoException(GrottoException.Kind.BAD_INPUT, what, null);
    }

    private static boolean endsJpeg(byte[] b) {
        for (int i = b.length - 2; i > 2; i--) {
            if ((b[i] & 255) == 0xFF && (b[i + 1] & 255) == END_OF_IMAGE) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsPng(byte[] b) {
        for (int i = b.length - 4; i > 8; i--) {
            if (b[i] == 'I' && b[i + 1] == 'E' && b[i + 2] == 'N' && b[i + 3] == 'D') {
                return true;
            }
        }
        return false;
    }
}
