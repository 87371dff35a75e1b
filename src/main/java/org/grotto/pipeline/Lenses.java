package org.grotto.pipeline;

import java.util.Map;
import org.grotto.format.Camera;
import org.grotto.image.PictureSize;
import org.grotto.scene.Lens;
import org.jspecify.annotations.Nullable;

/** The lenses of pictures in scan files. */
final class Lenses {
    private Lenses() {}

    /**
     * A lens in pixels, of what a scan file says in metres and radians.
     *
     * @param metadata of the picture; may hold the coefficients of a distortion
     * @param size of the file, where the scan file does not say the picture's
     * @return null where nobody knows what the pixels look at
     */
    static @Nullable Lens of(Camera c, Map<String, String> metadata, @Nullable PictureSize size) {
        int w = c.width() > 0 || size == null ? c.width() : size.width();
        int h = c.height() > 0 || size == null ? c.height() : size.height();
        double px = c.pixelWidth();
        double py = c.pixelHeight();
        double f = c.focalLength();
        Lens lens = switch (c.kind()) {
            case VISUAL -> null;
            case PINHOLE ->
                new Lens(Lens.Kind.PINHOLE, "e57:pinhole", w, h, f / px, f / py, c.principalX(), c.principalY(), null, null);
            case SPHERICAL ->
                new Lens(Lens.Kind.SPHERICAL, "e57:spherical", w, h, 1 / px, 1 / py, w / 2.0, h / 2.0, null, null);
            case CYLINDRICAL ->
                new Lens(Lens.Kind.CYLINDRICAL, "e57:cylindrical", w, h, 1 / px, f / py, w / 2.0, c.principalY(), null, null);
        };
        return lens != null && lens.usable() ? lens : null;
    }
}
