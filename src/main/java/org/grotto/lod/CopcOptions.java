package org.grotto.lod;

import org.grotto.base.Declared;
import org.grotto.base.Help;
import org.jspecify.annotations.Nullable;

/** How a cloud becomes a COPC file. */
public record CopcOptions(
        @Help(value = "An octree cell that holds more points than this is split.", unit = "points")
        int nodePoints,

        @Help(
                value = "Step of stored positions where the input is not LAS; never finer than the input's own.",
                unit = "m")
        double step,

        @Help("Coordinate reference system as WKT, written into the file.") @Nullable
        String crs) {
    public static final CopcOptions DEFAULTS = new CopcOptions(60_000, 1e-5, null);

    public CopcOptions {
        Declared.check(nodePoints >= 1000 && nodePoints <= 10_000_000, "nodePoints", "1000 to 10000000", nodePoints);
        Declared.check(step > 0 && Double.isFinite(step), "step", "more than 0 metres", step);
    }

    public CopcOptions withCrs(@Nullable String wkt) {
        return new CopcOptions(nodePoints, step, wkt);
    }
}
