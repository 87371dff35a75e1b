package org.grotto.lod;

import org.grotto.base.GrottoException;
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
        if (nodePoints < 1000 || nodePoints > 10_000_000) {
            throw GrottoException.badRequest(
                    "A node's points must be between 1,000 and 10,000,000, found " + nodePoints + ".");
        }
        if (!(step > 0) || !Double.isFinite(step)) {
            throw GrottoException.badRequest("The step of positions must be greater than 0, found " + step + " m.");
        }
    }

    public CopcOptions withCrs(@Nullable String wkt) {
        return new CopcOptions(nodePoints, step, wkt);
    }
}
