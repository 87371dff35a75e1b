package org.grotto.surface;

import org.grotto.base.Declared;
import org.grotto.base.Help;

/** What becomes of surface without evidence; see {@link Trim}. */
public record TrimOptions(
        @Help(value = "Surface further than this from all points of its side is cut away.", unit = "spacings")
        double distance,

        @Help(
                value = "Points further apart than this prove no surface: shadows' fringes, grazing views.",
                unit = "typical spacings")
        double sparse,

        @Help(
                value = "Cut-away pieces of no more than this width are put back, as inferred surface.",
                unit = "spacings")
        double fill,

        @Help(value = "Separate pieces with fewer points than this on them are cut away.", unit = "points")
        double island,

        @Help("Keeps all surface, so that the mesh stays closed; what was not measured is only marked.")
        boolean watertight) {

    public static final TrimOptions DEFAULTS = new TrimOptions(1.65, 3.2, 2, 100, false);

    public TrimOptions {
        Declared.check(distance > 0, "distance", "more than 0 spacings", distance);
        Declared.check(sparse > 1, "sparse", "more than 1 typical spacing", sparse);
        Declared.check(fill >= 0, "fill", "0 or more spacings", fill);
        Declared.check(island >= 0, "island", "0 or more points", island);
    }

    public TrimOptions withWatertight(boolean watertight) {
        return new TrimOptions(distance, sparse, fill, island, watertight);
    }
}
