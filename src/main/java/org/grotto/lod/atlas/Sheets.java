package org.grotto.lod.atlas;

import org.jspecify.annotations.Nullable;

/** The pictures of one tile in the making, one over the other: of colour, and of normals, occlusion and holes where the mesh has any. */
final class Sheets {
    final Canvas colour;
    final @Nullable Canvas normal;
    final @Nullable Canvas occlusion;
    /** How opaque a pixel is, in all three channels; below 128 is a hole. */
    final @Nullable Canvas opaque;

    private boolean holes;

    Sheets(Pictures pictures, int width, int height) {
        colour = new Canvas(width, height);
        normal = pictures.anyNormal() ? new Canvas(width, height) : null;
        occlusion = pictures.anyOcclusion() ? new Canvas(width, height) : null;
        opaque = pictures.anyHoles() ? new Canvas(width, height) : null;
    }

    /** Paints how opaque a pixel is, where anything has holes. */
    void opaque(int x, int y, int alpha) {
        if (opaque != null) {
            opaque.paint(x, y, alpha << 16 | alpha << 8 | alpha);
            holes |= alpha < 128;
        }
    }

    /** Whether any pixel is a hole. */
    boolean holes() {
        return holes;
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
