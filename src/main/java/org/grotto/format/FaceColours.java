package org.grotto.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Material;
import org.grotto.image.Srgb;
import org.jspecify.annotations.Nullable;

/** Colours of triangles as materials without pictures, so that borders between them stay sharp. */
public final class FaceColours {
    /** Of more colours than that somebody photographed the faces; given to vertices they run into each other as they should. */
    private static final int MOST = 512;

    private FaceColours() {}

    /**
     * Charts of one material a colour; white where a triangle has none.
     *
     * @param ofTriangles three numbers a triangle, NaN for none; those at the end may be missing
     * @param scale what makes 0 to 255 of them, sRGB
     * @return null where there are too many colours
     */
    public static @Nullable Charts charts(float[] ofTriangles, int triangles, double scale) {
        char[] material = new char[triangles];
        List<Material> materials = new ArrayList<>();
        Map<Integer, Integer> known = new HashMap<>();
        for (int t = 0; t < triangles; t++) {
            int rgb = 0;
            for (int a = 0; a < 3; a++) {
                float v = 3 * t + 2 < ofTriangles.length ? ofTriangles[3 * t + a] : Float.NaN;
                int part = Float.isNaN(v) ? 255 : (int) Math.max(0, Math.min(255, Math.round(v * scale)));
                rgb = rgb << 8 | part;
            }
            Integer number = known.get(rgb);
            if (number == null) {
                number = materials.size();
                if (number == MOST) {
                    return null;
                }
                known.put(rgb, number);
                materials.add(Material.of(
                        String.format(Locale.ROOT, "%06x", rgb),
                        Srgb.linear(rgb >> 16),
                        Srgb.linear(rgb >> 8 & 255),
                        Srgb.linear(rgb & 255)));
            }
            material[t] = (char) (int) number;
        }
        return new Charts(new float[6 * triangles], material, materials);
    }
}
