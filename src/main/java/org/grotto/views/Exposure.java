package org.grotto.views;

import org.grotto.geometry.Mesh;
import org.grotto.image.Srgb;
import org.jspecify.annotations.Nullable;

/**
 * How long a photographer would open the shutter: black stone is shown as bright as dark stone is, so that its carving is
 * seen, and white stone as bright as light stone, so that it does not burn out. What lies between is shown as it is.
 */
public final class Exposure {
    /** Share of the light that dark stone throws back, and light stone. */
    private static final double DARK = 0.15;

    private static final double LIGHT = 0.5;
    /** Black is still black: the light of nothing is multiplied by more. */
    private static final double MOST = 4;

    private Exposure() {}

    /** By which the light of a mesh's own colours is to be multiplied; null where it is shown as it is, or has none. */
    public static @Nullable Double of(Mesh mesh) {
        byte[] rgb = mesh.rgb();
        if (rgb == null) {
            return null;
        }
        double sum = 0;
        double all = 0;
        for (int t = 0; t < mesh.triangleCount(); t++) {
            double area = mesh.area(t);
            all += area;
            for (int k = 0; k < 3; k++) {
                int v = 3 * mesh.triangles[3 * t + k];
                sum += area
                        / 3
                        * (0.2126 * Srgb.linear(rgb[v] & 255)
                                + 0.7152 * Srgb.linear(rgb[v + 1] & 255)
                                + 0.0722 * Srgb.linear(rgb[v + 2] & 255));
            }
        }
        double bright = all > 0 ? sum / all : DARK;
        double shown = Math.max(DARK, Math.min(LIGHT, bright));
        double exposure = Math.rint(100 * Math.min(MOST, shown / bright)) / 100;
        return exposure == 1 ? null : exposure;
    }
}
