package org.grotto.lod.atlas;

import org.jspecify.annotations.Nullable;

/** The pictures of one tile in the making, one over the other: of colour, and of normals and occlusion where the mesh has any. */
final class Sheets {
    final Canvas colour;
    final @Nullable Canvas normal;
    final @Nullable Canvas occlusion;

    Sheets(Pictures pictures, int width, int height) {
        colour = new Canvas(width, height);
        normal = pictures.anyNormal() ? new Canvas(width, height) : null;
        occlusion = pictures.anyOcclusion() ? new Canvas(width, height) : null;
    }

    /** A pixel of flat stone in full light, until more is known of it. */
    void plain(int x, int y) {
        if (normal != null) {
            normal.paint(x, y, TileAtlas.FLAT);
        }
        if (occlusion != null) {
            occlusion.paint(x, y, 0xFFFFFF);
        }
    }
}
