package org.grotto.format.e57;

import org.grotto.base.GrottoException;
import org.grotto.base.Help;

/** How {@link E57Writer} stores what it is given. Nothing here comes from a clock: same input, same bytes. */
public record E57WriteOptions(
        @Help("How positions are stored: AS_GIVEN keeps the input's type; FLOAT, DOUBLE, or SCALED to whole steps.")
        Coordinates coordinates,

        @Help(value = "The step of SCALED positions; they move by half of it at most.", unit = "m")
        double step,

        @Help("Pack scaled positions and integer columns in exactly the bits that their declared limits need; a value"
                + " outside of its limits is then an error.")
        boolean packed,

        @Help("The file's identity; empty: derived from the content.")
        String guid,

        @Help("The date of creation in ISO 8601 (UTC); empty: none is written.")
        String created,

        @Help("The coordinate reference system as well-known text; empty: none.")
        String crs) {

    /** How positions are stored. */
    public enum Coordinates {
        AS_GIVEN,
        FLOAT,
        DOUBLE,
        SCALED
    }

    public static final E57WriteOptions DEFAULTS = new E57WriteOptions(Coordinates.AS_GIVEN, 1e-4, false, "", "", "");

    public E57WriteOptions {
        if (!(step > 0) || !Double.isFinite(step)) {
            throw GrottoException.badRequest(
                    "The step of scaled E57 positions is " + step + " m; give a length above zero, such as 0.0001.");
        }
        if (!created.isEmpty() && Double.isNaN(E57Time.gps(created))) {
            throw GrottoException.badRequest("The date of creation '" + created
                    + "' is no date in ISO 8601; write it like 2026-03-01T12:00:00Z.");
        }
    }

    public E57WriteOptions with(Coordinates kind, double metres) {
        return new E57WriteOptions(kind, metres, packed, guid, created, crs);
    }
}
