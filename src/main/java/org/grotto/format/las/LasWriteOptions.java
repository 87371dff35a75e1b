package org.grotto.format.las;

import org.grotto.base.GrottoException;
import org.grotto.base.Help;
import org.jspecify.annotations.Nullable;

/** How a LAS or LAZ file is written. */
public record LasWriteOptions(
        @Help("Write LAZ (compressed without loss) instead of LAS.")
        boolean compress,

        @Help(value = "Step of stored positions where the scans do not give one.", unit = "m")
        double step,

        @Help("Coordinate reference system as WKT, written into the file.") @Nullable
        String crs,

        @Help("Day of the year in the header, 0 for none.") int day,
        @Help("Year in the header, 0 for none.") int year) {
    public static final LasWriteOptions LAS = new LasWriteOptions(false, 1e-5, null, 0, 0);
    public static final LasWriteOptions DEFAULTS = new LasWriteOptions(true, 1e-5, null, 0, 0);

    public LasWriteOptions {
        if (!(step > 0) || !Double.isFinite(step)) {
            throw GrottoException.badRequest("The step of positions must be greater than 0, found " + step + " m.");
        }
        if (day < 0 || day > 366 || year < 0 || year > 65535) {
            throw GrottoException.badRequest("Day " + day + " of year " + year + " is no date.");
        }
    }

    public LasWriteOptions withCrs(@Nullable String wkt) {
        return new LasWriteOptions(compress, step, wkt, day, year);
    }
}
