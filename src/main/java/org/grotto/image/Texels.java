package org.grotto.image;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.geometry.Texture;
import org.jspecify.annotations.Nullable;

/**
 * A decoded picture with coarser levels, in a file that the system keeps in memory as far as there is room: four bytes a
 * pixel, red green blue alpha. Coarser levels average, in linear light, what charts cover; what lies beside charts takes no
 * part, so nothing bleeds into them. Safe from any thread.
 */
public final class Texels implements AutoCloseable {
    private static final ValueLayout.OfInt RGBA = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final float[] LINEAR = new float[256];
    private static final float[] SHARES = new float[256];

    static {
        for (int i = 0; i < 256; i++) {
            LINEAR[i] = Srgb.linear(i);
            SHARES[i] = i / 255f;
        }
    }

    private final Texture texture;
    /** What a channel's value is worth: light of a colour, or a share of whatever else the picture holds. */
    private final float[] worth;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment data;
    /** By level: where it begins, in pixels; its width and height. */
    private final long[] start;

    private @Nullable String warning;
    private final int[] width;
    private final int[] height;

    private Texels(Texture texture, boolean colour, int w, int h, int levels, Path file) {
        this.texture = texture;
        this.worth = colour ? LINEAR : SHARES;
        start = new long[levels + 1];
        width = new int[levels];
        height = new int[levels];
        for (int l = 0; l < levels; l++) {
            width[l] = Math.max(1, w + (1 << l) - 1 >> l);
            height[l] = Math.max(1, h + (1 << l) - 1 >> l);
            start[l + 1] = start[l] + (long) width[l] * height[l];
        }
        try (FileChannel c = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long bytes = 4 * start[levels];
            // a full disk is told here: once the file is mapped, it would end the process
            ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
            for (long done = 0; done < bytes; ) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - done));
                done += c.write(zeros);
            }
            data = c.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
        } catch (IOException e) {
            arena.close();
            throw GrottoException.io(file, e);
        }
    }

    /**
     * Decodes a picture. Coarser levels hold nothing before {@link #average}.
     *
     * @param colour whether its values are colours in sRGB, which average in linear light; else they are plain numbers
     * @param levels how many there are, the picture itself included
     * @param file where its pixels go; must not exist
     * @throws GrottoException where the bytes are no picture that can be read, or it is too large
     */
    public static Texels of(Texture texture, boolean colour, int levels, Path file) {
        byte[] bytes = texture.read();
        try (PictureFile picture = PictureFile.any(bytes)) {
            Texels t = new Texels(texture, colour, picture.width, picture.height, levels, file);
            try {
                picture.rgba(
                        t.data.asSlice(0, 4L * picture.width * picture.height).asByteBuffer());
            } catch (IOException e) {
                t.close();
                throw e;
            }
            t.warning = picture.warning();
            return t;
        } catch (IOException e) {
            throw new GrottoException(
                    GrottoException.Kind.BAD_INPUT, "\"" + texture.name() + "\" is " + e.getMessage(), e);
        }
    }

    /** What of a damaged file was passed over, or null. */
    public @Nullable String warning() {
        return warning;
    }

    public Texture texture() {
        return texture;
    }

    public int levels() {
        return width.length;
    }

    /** The level whose pixels are about as wide as those of a picture that has {@code scale} pixels for one of this. */
    public int level(double scale) {
        return (int) Math.max(0, Math.min(levels() - 1, Math.round(-Math.log(scale) / Math.log(2))));
    }

    public int width(int level) {
        return width[level];
    }

    public int height(int level) {
        return height[level];
    }

    /** The pixel of a level, 0xAARRGGBB; places outside by the picture's wrap. In coarser levels, alpha 0 is what no chart covers. */
    public int at(int level, int x, int y) {
        int i = wrapped(x, width[level], texture.wrapU());
        int j = wrapped(y, height[level], texture.wrapV());
        return get(start[level] + (long) j * width[level] + i);
    }

    /** Pixel {@code i} of all levels as 0xAARRGGBB. */
    private int get(long i) {
        int p = data.get(RGBA, 4 * i);
        return p >>> 8 | p << 24;
    }

    private void set(long i, int argb) {
        data.set(RGBA, 4 * i, argb << 8 | argb >>> 24);
    }

    private static int wrapped(int i, int n, Texture.Wrap wrap) {
        if (i >= 0 && i < n) {
            return i;
        }
        return switch (wrap) {
            case REPEAT -> Math.floorMod(i, n);
            case CLAMP -> Math.max(0, Math.min(n - 1, i));
            case MIRROR -> {
                int k = Math.floorMod(i, 2 * n);
                yield k < n ? k : 2 * n - 1 - k;
            }
        };
    }

    /**
     * Fills the coarser levels.
     *
     * @param covered a bit a pixel, row by row: what charts use, their rims included
     */
    public void average(long[] covered, Work work) {
        for (int l = 1; l < levels(); l++) {
            int level = l;
            work.blocks(height[l], 32, (from, to) -> {
                for (int y = from; y < to; y++) {
                    for (int x = 0; x < width[level]; x++) {
                        set(start[level] + (long) y * width[level] + x, mean(level - 1, 2 * x, 2 * y, covered));
                    }
                }
            });
        }
    }

    private int mean(int fine, int x, int y, long[] covered) {
        int w = width[fine];
        int h = height[fine];
        float r = 0;
        float g = 0;
        float b = 0;
        int n = 0;
        int any = 0;
        for (int k = 0; k < 4; k++) {
            int i = Math.min(w - 1, x + (k & 1));
            int j = Math.min(h - 1, y + (k >> 1));
            long at = (long) j * w + i;
            int p = get(start[fine] + at);
            any = p;
            boolean in = fine == 0 ? (covered[(int) (at >>> 6)] >>> (at & 63) & 1) != 0 : p >>> 24 != 0;
            if (in) {
                r += worth[p >> 16 & 255];
                g += worth[p >> 8 & 255];
                b += worth[p & 255];
                n++;
            }
        }
        return n == 0 ? any & 0xFFFFFF : 0xFF000000 | coded(r / n) << 16 | coded(g / n) << 8 | coded(b / n);
    }

    private int coded(float v) {
        return worth == LINEAR ? Srgb.coded(v) : Math.round(255 * v);
    }

    /**
     * The colour at a place, between four pixels, of those that charts cover.
     *
     * @param u widths of the picture from its left, {@code v} heights from its top
     * @param rgb takes red, green, blue in linear light, or as shares of 255 where the picture holds no colours, and the
     *     share that alpha leaves
     */
    public void sample(int level, double u, double v, float[] rgb) {
        double x = u * width[level] - 0.5;
        double y = v * height[level] - 0.5;
        int i = (int) Math.floor(x);
        int j = (int) Math.floor(y);
        float fx = (float) (x - i);
        float fy = (float) (y - j);
        float r = 0;
        float g = 0;
        float b = 0;
        float a = 0;
        float sum = 0;
        for (int k = 0; k < 4; k++) {
            float weight = ((k & 1) == 0 ? 1 - fx : fx) * ((k >> 1) == 0 ? 1 - fy : fy);
            if (weight == 0) {
                continue;
            }
            int p = at(level, i + (k & 1), j + (k >> 1));
            if (level == 0) {
                a += weight * (p >>> 24);
            } else if (p >>> 24 == 0) {
                continue;
            } else {
                a += 255 * weight;
            }
            r += weight * worth[p >> 16 & 255];
            g += weight * worth[p >> 8 & 255];
            b += weight * worth[p & 255];
            sum += weight;
        }
        if (sum == 0) { // beside all charts: as it stands
            int p = at(level, fx < 0.5 ? i : i + 1, fy < 0.5 ? j : j + 1);
            r = worth[p >> 16 & 255];
            g = worth[p >> 8 & 255];
            b = worth[p & 255];
            a = 255;
            sum = 1;
        }
        rgb[0] = r / sum;
        rgb[1] = g / sum;
        rgb[2] = b / sum;
        rgb[3] = a / (255 * sum);
    }

    @Override
    public void close() {
        arena.close();
    }
}
