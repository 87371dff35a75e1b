package org.grotto.lod;

import org.grotto.base.GrottoException;
import org.grotto.base.Help;

/** How a mesh is cut into tiles. */
public record TileOptions(
        @Help(value = "A tile holds at most about this many triangles.", unit = "triangles")
        int tileTriangles,

        @Help(value = "The preview, one small file, holds at most this many triangles.", unit = "triangles")
        int previewTriangles) {
    public static final TileOptions DEFAULTS = new TileOptions(65_536, 200_000);

    public TileOptions {
        if (tileTriangles < 64 || tileTriangles > 1_000_000) {
            throw GrottoException.badRequest("A tile must hold 64 to 1000000 triangles, found " + tileTriangles + ".");
        }
        if (previewTriangles < 64) {
            throw GrottoException.badRequest("A preview needs at least 64 triangles, found " + previewTriangles + ".");
        }
    }
}
