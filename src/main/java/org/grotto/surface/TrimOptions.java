package org.grotto.surface;

import org.grotto.base.GrottoException;
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

    public static final TrimOptions DEFAULTS = new TrimOptions(1.65, 2.4, 2, 100, false);

    public TrimOptions {
        if (!(distance > 0) || !(sparse > 1) || !(fill >= 0) || !(island >= 0)) {
            throw GrottoException.badRequest("--trim must be positive, --fill and --island not negative, found "
                    + distance + ", " + fill + " and " + island + ".");
        }
    }

    public TrimOptions withWatertight(boolean watertight) {
        return new TrimOptions(distance, sparse, fill, island, watertight);
    }
}
