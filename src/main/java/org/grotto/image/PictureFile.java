package org.grotto.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Texture;
import org.jspecify.annotations.Nullable;

/**
 * A picture as a JPEG, PNG or KTX2 file in memory, of which nobody knows who made it: its size is known before anything is
 * decoded. Values are taken as they stand, without profiles or gamma, as glTF wants it (2.0, clause 3.8.3).
 */
public final class PictureFile implements AutoCloseable {
    /** No side is longer, pixels. */
    public static final int LONGEST = 16384;

    /** No file holds more pixels a byte: deflate packs at most 1,032 bytes into one, and a byte has at most 8 pixels. */
    private static final long DENSEST = 8 * 1032;

    /** One of these reads it. */
    private final @Nullable ImageReader reader;

    private final @Nullable Ktx2 ktx2;
    public final int width;
    public final int height;

    /** Whether damage that the decoder passes over is an error. */
    private final boolean strict;

    private @Nullable String warning;

    private PictureFile(ImageReader reader, boolean strict, int width, int height) {
        this.strict = strict;
        this.reader = reader;
        this.ktx2 = null;
        this.width = width;
        this.height = height;
    }

    private PictureFile(Ktx2 ktx2) {
        this.strict = true;
        this.reader = null;
        this.ktx2 = ktx2;
        this.width = ktx2.width;
        this.height = ktx2.height;
    }

    /**
     * Reads the header.
     *
     * @throws IOException with one sentence where it is neither JPEG, PNG nor KTX2, damaged, or announces more than it can
     *     hold
     */
    public static PictureFile open(byte[] file) throws IOException {
        return Ktx2.is(file) ? new PictureFile(Ktx2.open(file)) : open(file, reader(file), true, LONGEST);
    }

    /** The same, of any size and of any kind that the JDK reads: to be measured, or to be read smaller. */
    static PictureFile measured(byte[] file) throws IOException {
        Iterator<ImageReader> all =
                ImageIO.getImageReaders(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
        if (!all.hasNext()) {
            throw new IOException("a picture that is neither JPEG, PNG, TIFF, BMP nor GIF");
        }
        return open(file, all.next(), false, Integer.MAX_VALUE);
    }

    /** The same for a user's own file, which may be TIFF, BMP or GIF, too, and slightly damaged, see {@link #warning}. */
    public static PictureFile any(byte[] file) throws IOException {
        if (Ktx2.is(file)) {
            return new PictureFile(Ktx2.open(file));
        }
        Iterator<ImageReader> all =
                ImageIO.getImageReaders(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
        if (!all.hasNext()) {
            throw new IOException("a picture that is neither JPEG, PNG, KTX2, TIFF, BMP nor GIF");
        }
        return open(file, all.next(), false, LONGEST);
    }

    /** Width and height of a picture on a mesh, pixels; null where it cannot be read. */
    public static int @Nullable [] size(Texture t) {
        try (PictureFile p = any(t.read())) {
            return new int[] {p.width, p.height};
        } catch (IOException | GrottoException e) {
            return null;
        }
    }

    private static PictureFile open(byte[] file, ImageReader from, boolean strict, int longest) throws IOException {
        MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
        ImageReader reader = from;
        try {
            reader.setInput(in, true, true);
            int w = reader.getWidth(0);
            int h = reader.getHeight(0);
            if (w < 1 || h < 1 || w > longest || h > longest) {
                throw new IOException("a picture of " + w + " x " + h + " pixels; at most " + longest + " a side");
            }
            if ((long) w * h > DENSEST * file.length) {
                throw new IOException("a picture of " + w + " x " + h + " pixels in " + file.length + " bytes");
            }
            PictureFile p = new PictureFile(reader, strict, w, h);
            reader = null;
            return p;
        } catch (RuntimeException | IIOException e) {
            throw damaged(e);
        } finally {
            if (reader != null) {
                reader.dispose();
            }
        }
    }

    private static ImageReader reader(byte[] file) throws IOException {
        String format = file.length > 2 && (file[0] & 255) == 0xFF && (file[1] & 255) == 0xD8 ? "jpeg" : "png";
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        if (format.equals("png") && !(file.length > 8 && (file[0] & 255) == 0x89 && file[1] == 'P')) {
            throw new IOException("a picture that is neither JPEG, PNG nor KTX2");
        }
        return readers.next();
    }

    /** ImageIO answers damage with whatever failed. */
    private static IOException damaged(Exception e) {
        return new IOException("a damaged picture (" + e.getMessage() + ")", e);
    }

    /**
     * Decodes it into four bytes a pixel, red green blue alpha, row by row from the top, at the buffer's position.
     *
     * <p>Takes about as much memory again while it does.
     */
    public void rgba(ByteBuffer out) throws IOException {
        rgba(0, out);
    }

    /** How many halvings stand in the file, the picture itself included. */
    public int levels() {
        return ktx2 == null ? 1 : ktx2.levels;
    }

    /** Decodes one of {@link #levels} as {@link #rgba(ByteBuffer)} does. */
    public void rgba(int level, ByteBuffer out) throws IOException {
        if (ktx2 != null) {
            ktx2.rgba(level, out);
            return;
        }
        try {
            rgba(decoded(), out);
        } catch (RuntimeException | IIOException e) {
            throw damaged(e);
        }
    }

    /** Every pixel in {@code step} of both ways, decoded. */
    BufferedImage every(int step) throws IOException {
        ImageReader reader = java.util.Objects.requireNonNull(this.reader);
        try {
            if (step == 1) {
                return decoded();
            }
            ImageReadParam p = reader.getDefaultReadParam();
            p.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, p);
        } catch (RuntimeException | IIOException e) {
            throw damaged(e);
        }
    }

    /** Four bytes a pixel, as {@link #rgba(ByteBuffer)}. */
    static void rgba(BufferedImage image, ByteBuffer out) throws IOException {
        try {
            if (image.getType() == BufferedImage.TYPE_3BYTE_BGR && plain(image.getRaster())) {
                bgr(
                        ((DataBufferByte) image.getRaster().getDataBuffer()).getData(),
                        image.getWidth(),
                        image.getHeight(),
                        out);
            } else if (image.getColorModel() instanceof IndexColorModel) {
                indexed(image, out);
            } else {
                samples(image.getRaster(), out);
            }
        } catch (RuntimeException | IIOException e) {
            throw damaged(e);
        }
    }

    /** What the decoder passed over, in its own words, or null. */
    @Nullable
    String warning() {
        return warning;
    }

    /** Decodes it and lets it go again. */
    public void check() throws IOException {
        if (ktx2 != null) {
            for (int k = 0; k < ktx2.levels; k++) {
                ktx2.rgba(k, ByteBuffer.allocate(4 * Mips.halved(width, k) * Mips.halved(height, k)));
            }
            return;
        }
        try {
            decoded();
        } catch (RuntimeException | IIOException e) {
            throw damaged(e);
        }
    }

    /** Pictures cut off are no pictures, though JPEG's decoder only warns and leaves the rest grey. */
    private BufferedImage decoded() throws IOException {
        ImageReader reader = java.util.Objects.requireNonNull(this.reader);
        reader.addIIOReadWarningListener((source, text) -> warning = text);
        BufferedImage image = reader.read(0);
        if (strict && warning != null) {
            throw new IOException("a damaged picture (" + warning + ")");
        }
        if (image.getWidth() != width || image.getHeight() != height) {
            throw new IOException("a picture of another size than it says");
        }
        return image;
    }

    private static boolean plain(Raster r) {
        return r.getParent() == null && r.getDataBuffer().getOffset() == 0;
    }

    private static void bgr(byte[] from, int width, int height, ByteBuffer out) {
        byte[] row = new byte[4 * width];
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < row.length; x += 4, i += 3) {
                row[x] = from[i + 2];
                row[x + 1] = from[i + 1];
                row[x + 2] = from[i];
                row[x + 3] = (byte) 255;
            }
            out.put(row);
        }
    }

    private static void indexed(BufferedImage image, ByteBuffer out) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int c : row) {
                out.put((byte) (c >> 16)).put((byte) (c >> 8)).put((byte) c).put((byte) (c >> 24));
            }
        }
    }

    /** Grey or colour, with or without alpha, of 1 to 16 bits. */
    private static void samples(Raster raster, ByteBuffer out) throws IOException {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        int bits = raster.getSampleModel().getSampleSize(0);
        if (bands < 1 || bands > 4 || bits > 16) {
            throw new IOException("a picture of " + bands + " channels of " + bits + " bits");
        }
        int most = (1 << bits) - 1;
        int[] row = new int[bands * width];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int at = bands * x;
                for (int c = 0; c < 3; c++) {
                    out.put(eight(row[bands < 3 ? at : at + c], most));
                }
                out.put(bands % 2 == 0 ? eight(row[at + bands - 1], most) : (byte) 255);
            }
        }
    }

    private static byte eight(int v, int most) {
        return (byte) ((255 * v + most / 2) / most);
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.dispose();
        }
    }
}
