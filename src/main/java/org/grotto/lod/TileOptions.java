package org.grotto.lod;

import org.grotto.base.Declared;
import org.grotto.base.Help;

/** How a mesh is cut into tiles. */
public record TileOptions(
        @Help(value = "A tile holds at most about this many triangles.", unit = "triangles")
        int tileTriangles,

        @Help(value = "The preview, one small file, holds at most this many triangles.", unit = "triangles")
        int previewTriangles,

        @Help(
                "Pictures on tiles are KTX2 (UASTC), which graphics cards keep packed, instead of JPEG and PNG: larger files"
                        + " that take a quarter of the memory in the page.")
        boolean ktx2) {
    public static final TileOptions DEFAULTS = new TileOptions(65_536, 200_000, false);

    public TileOptions {
        Declared.check(
                tileTriangles >= 64 && tileTriangles <= 1_000_000, "tileTriangles", "64 to 1000000", tileTriangles);
        Declared.check(previewTriangles >= 64, "previewTriangles", "at least 64", previewTriangles);
    }
}
