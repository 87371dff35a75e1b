package org.grotto.pipeline;

import java.util.HashMap;
import java.util.Map;
import org.grotto.format.Camera;
import org.grotto.format.cameras.Optics;
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
        Lens bent = c.kind() == Camera.Kind.PINHOLE ? bent(metadata, w, h) : null;
        if (bent != null) {
            return bent;
        }
        Lens lens = switch (c.kind()) {
            case VISUAL -> null;
            case PINHOLE ->
                new Lens(
                        Lens.Kind.PINHOLE,
                        "e57:pinhole",
                        w,
                        h,
                        f / px,
                        f / py,
                        c.principalX(),
                        c.principalY(),
                        null,
                        null);
            case SPHERICAL ->
                new Lens(Lens.Kind.SPHERICAL, "e57:spherical", w, h, 1 / px, 1 / py, w / 2.0, h / 2.0, null, null);
            case CYLINDRICAL ->
                new Lens(
                        Lens.Kind.CYLINDRICAL,
                        "e57:cylindrical",
                        w,
                        h,
                        1 / px,
                        f / py,
                        w / 2.0,
                        c.principalY(),
                        null,
                        null);
        };
        return lens != null && lens.usable() ? lens : null;
    }

    /** OpenCV's coefficients, which scanners' programs add to a picture; null without them. */
    private static @Nullable Lens bent(Map<String, String> metadata, int w, int h) {
        Map<String, Double> v = new HashMap<>();
        metadata.forEach((key, value) -> {
            int at = key.contains(":distortion/") ? key.indexOf(":CV_") : -1;
            if (at >= 0 && value.strip().matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) {
                v.put(key.substring(at + 4), Double.parseDouble(value.strip()));
            }
        });
        double fx = v.getOrDefault("FX", 0.0);
        double fy = v.getOrDefault("FY", fx);
        if (!(fx > 0 && fy > 0 && w > 0 && h > 0)) {
            return null;
        }
        double[] k = new double[6];
        for (int i = 0; i < 6; i++) {
            k[i] = v.getOrDefault("K" + (i + 1), 0.0);
        }
        double cx = v.getOrDefault("CX", w / 2.0 - 0.5);
        double cy = v.getOrDefault("CY", h / 2.0 - 0.5);
        return Optics.openCv(
                        "e57:opencv", w, h, fx, fy, cx, cy, k, v.getOrDefault("P1", 0.0), v.getOrDefault("P2", 0.0))
                .lens(0, 0);
    }
}
