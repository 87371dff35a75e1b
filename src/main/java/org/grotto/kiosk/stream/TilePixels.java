package org.grotto.kiosk.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.grotto.format.gltf.TilePicture;
import org.grotto.image.Mips;
import org.grotto.image.PictureFile;
import org.jspecify.annotations.Nullable;

/** A tile's pictures, measured but not decoded yet: so the tile's memory is lent at once, and nothing is decoded twice. */
public final class TilePixels implements AutoCloseable {
    /** Which picture is meant. */
    public enum Kind {
        COLOUR,
        NORMAL,
        OCCLUSION
    }

    final float[] uv;
    private final List<@Nullable PictureFile> files = new ArrayList<>();
    private final List<@Nullable Mips> mips = new ArrayList<>();

    private TilePixels(float[] uv) {
        this.uv = uv;
    }

    /**
     * Reads the headers.
     *
     * @param most bytes that all may take in memory
     * @throws IOException with one sentence where they would take more, or one is no picture that is shown
     */
    public static TilePixels open(TilePicture picture, long most) throws IOException {
        TilePixels p = new TilePixels(picture.uv());
        try {
            p.add(picture.image(), true);
            p.add(picture.normal(), false);
            p.add(picture.occlusion(), false);
            if (p.bytes() > most) {
                throw new IOException(
                        "pictures of " + p.bytes() + " bytes in memory, but a tile's may take " + most + " here");
            }
            return p;
        } catch (IOException e) {
            p.close();
            throw e;
        }
    }

    private void add(byte @Nullable [] file, boolean coded) throws IOException {
        PictureFile p = file == null ? null : PictureFile.open(file);
        files.add(p);
        mips.add(p == null ? null : new Mips(p.width, p.height, coded));
    }

    /** Of each {@link Kind}, or null. */
    List<@Nullable Mips> mips() {
        return mips;
    }

    private long bytes() {
        long sum = 0;
        for (Mips m : mips) {
            sum += m == null ? 0 : m.bytes();
        }
        return sum;
    }

    /** Decodes all into the tile's memory, with their halvings. */
    void decode(PackedMesh into) throws IOException {
        for (Kind k : Kind.values()) {
            PictureFile file = files.get(k.ordinal());
            Mips m = mips.get(k.ordinal());
            if (file != null && m != null) {
                ByteBuffer pixels = into.pixels(k);
                ByteBuffer next = pixels.duplicate();
                for (int level = 0; level < file.levels(); level++) {
                    file.rgba(level, next);
                }
                m.fill(pixels, file.levels());
            }
        }
    }

    @Override
    public void close() {
        for (PictureFile f : files) {
            if (f != null) {
                f.close();
            }
        }
    }
}
