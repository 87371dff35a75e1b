package org.grotto.format;

import org.jspecify.annotations.Nullable;

/**
 * A column of a point file besides x, y, z. Values travel as double, which holds every type up to 53 bits exactly.
 *
 * @param name one of the constants here, or the file's own name for it
 * @param type how the file stores it; a writer that can, keeps it
 * @param min smallest value the file declares, or NaN
 * @param max largest value the file declares, or NaN: colours and intensities are scaled by it
 * @param scale and {@code offset} for SCALED columns: value = raw * scale + offset; 1 and 0 else
 */
public record Column(
        String name,
        Type type,
        double min,
        double max,
        double scale,
        double offset,
        @Nullable String note) {
    public static final String NX = "nx";
    public static final String NY = "ny";
    public static final String NZ = "nz";
    public static final String RED = "red";
    public static final String GREEN = "green";
    public static final String BLUE = "blue";
    public static final String NIR = "nir";
    public static final String INTENSITY = "intensity";
    /** Seconds; each file has its own epoch. */
    public static final String TIME = "time";

    public static final String ROW = "row";
    public static final String COL = "col";
    /** Number of the return of its pulse, from 1 as in LAS; E57's reader and writer, whose files count from 0, see to it. */
    public static final String RETURN = "return";

    public static final String RETURNS = "returns";
    public static final String CLASSIFICATION = "classification";
    /** LAS point source id: the station's number. */
    public static final String SOURCE = "source";
    /** 0 = valid, 1 = direction only, 2 = invalid; a consumer of positions takes only 0. */
    public static final String INVALID = "invalid";

    /** How values are stored in the file. */
    public enum Type {
        INT8,
        UINT8,
        INT16,
        UINT16,
        INT32,
        UINT32,
        INT64,
        UINT64,
        FLOAT,
        DOUBLE,
        /** Integer of any width with scale and offset. */
        SCALED
    }

    public static Column of(String name, Type type) {
        return new Column(name, type, Double.NaN, Double.NaN, 1, 0, null);
    }

    public static Column of(String name, Type type, double min, double max) {
        return new Column(name, type, min, max, 1, 0, null);
    }
}
