package org.grotto.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.format.Picture;
import org.grotto.geometry.Pose;
import org.grotto.image.PictureSize;
import org.grotto.scene.Lens;
import org.grotto.scene.Photo;
import org.grotto.scene.Photos;
import org.jspecify.annotations.Nullable;

/** The folder {@code pictures} of a package while it is written: files, and the list of them with lenses and places. */
final class PhotoFolder {
    /** A picture of more bytes is left out: it is read whole. */
    private static final long MOST_BYTES = 1L << 30;

    private final Path folder;
    private final List<Lens> lenses = new ArrayList<>();
    private final List<Photo> photos = new ArrayList<>();

    PhotoFolder(Path packageFolder) {
        this.folder = packageFolder;
    }

    Photos photos() {
        return new Photos(Photos.FORMAT, List.copyOf(lenses), List.copyOf(photos));
    }

    /** The place of a lens in the list, each once. */
    Integer lens(Lens lens) {
        int at = lenses.indexOf(lens);
        if (at < 0) {
            at = lenses.size();
            lenses.add(lens);
        }
        return at;
    }

    /**
     * Adds a picture of a scan file as it stands there.
     *
     * @param carry whether its bytes are copied
     * @throws GrottoException of kind BAD_INPUT where they are damaged: nothing is added
     */
    void add(Picture p, String source, @Nullable String station, @Nullable Pose pose, boolean carry)
            throws IOException {
        byte[] bytes = carry ? bytes(p.bytes(), p.size()) : null;
        PictureSize size = bytes == null ? null : PictureSize.of(bytes);
        Picture.Source cut = p.mask();
        byte[] mask = cut == null || !carry ? null : bytes(cut, p.maskSize());
        Lens lens = Lenses.of(p.camera(), p.metadata(), size);
        add(p.name(), source, station, pose, lens, bytes, size, mask, p.metadata());
    }

    /** Adds a picture; without bytes it is told of and not carried. */
    void add(
            String name,
            String source,
            @Nullable String station,
            @Nullable Pose pose,
            @Nullable Lens lens,
            byte @Nullable [] bytes,
            @Nullable PictureSize size,
            byte @Nullable [] mask,
            Map<String, String> metadata)
            throws IOException {
        String stem = String.format(Locale.ROOT, "pictures/%05d", photos.size() + 1);
        String path = null;
        String cut = null;
        if (bytes != null && size != null) {
            Files.createDirectories(folder.resolve("pictures"));
            path = stem + (size.png() ? ".png" : ".jpg");
            Files.write(folder.resolve(path), bytes);
            if (mask != null) {
                cut = stem + "-mask.png";
                Files.write(folder.resolve(cut), mask);
            }
        }
        photos.add(new Photo(
                name,
                source,
                station,
                pose,
                lens == null ? null : lens(lens),
                path,
                size == null || path == null ? null : size.png() ? "image/png" : "image/jpeg",
                bytes == null ? 0 : bytes.length,
                size == null ? 0 : size.width(),
                size == null ? 0 : size.height(),
                cut,
                metadata.isEmpty() ? null : metadata));
    }

    private static byte[] bytes(Picture.Source source, long size) throws IOException {
        if (size > MOST_BYTES) {
            throw new GrottoException(
                    GrottoException.Kind.BAD_INPUT,
                    "it has " + size + " bytes, and pictures of more than " + MOST_BYTES + " are not carried",
                    null);
        }
        try (InputStream in = source.open()) {
            return in.readNBytes((int) size);
        }
    }
}
