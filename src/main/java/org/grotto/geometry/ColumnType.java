package org.grotto.geometry;

/**
 * What a column of a cloud or a mesh holds, beside the positions: one entry a point or vertex.
 *
 * @param name in small letters, words joined by "-"; unique in its cloud or mesh
 * @param kind how an entry is stored
 * @param width numbers an entry: 1, or 3 for a colour or a direction (interleaved)
 * @param unit of the values, as "m", "s"; "1" for shares and counts
 * @param min least value that the column may hold, NaN where nobody says
 * @param max greatest one, NaN where nobody says
 * @param step smallest difference that means something, in the unit; 0 where the kind's own resolution is meant
 * @param none what stands where nothing is known; NaN where something always is, or where floats say it by NaN
 * @param between how a value between two entries is made, where a line between them is cut
 * @param weld what stays of entries that fall together
 * @param source where the values come from: a scan's own name for them, or the craft that made them
 */
public record ColumnType(
        String name,
        Kind kind,
        int width,
        String unit,
        double min,
        double max,
        double step,
        double none,
        Between between,
        Weld weld,
        String source) {

    /** How an entry is stored, and in what array. */
    public enum Kind {
        /** byte[], 0 to 255. */
        UINT8(1),
        /** char[], 0 to 65,535. */
        UINT16(2),
        /** int[]. */
        INT32(4),
        /** long[]. */
        INT64(8),
        /** float[]. */
        FLOAT32(4),
        /** double[]. */
        FLOAT64(8);

        private final int bytes;

        Kind(int bytes) {
            this.bytes = bytes;
        }

        /** Bytes of one number. */
        public int bytes() {
            return bytes;
        }

        /** Whether entries are whole numbers. */
        public boolean whole() {
            return this != FLOAT32 && this != FLOAT64;
        }
    }

    /** How a value between two entries is made. */
    public enum Between {
        /** In proportion. */
        LINEAR,
        /** In proportion, brought to unit length. */
        DIRECTION,
        /** The nearer entry's: identities, classes, colours that must stay what was measured. */
        NEARER
    }

    /** What stays of entries that fall together. */
    public enum Weld {
        FIRST,
        LEAST,
        GREATEST,
        /** Their sum, brought to unit length. */
        SUM
    }

    public ColumnType {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || width < 1) {
            throw new IllegalArgumentException("not a column: " + name + " of width " + width);
        }
    }

    /** This column with another word for nothing. */
    public ColumnType withNone(double value) {
        return new ColumnType(name, kind, width, unit, min, max, step, value, between, weld, source);
    }

    /** Whether a number says that nothing is known. */
    public boolean isNone(double value) {
        return value == none || Double.isNaN(value);
    }

    /** A column of one number an entry, interpolated in proportion. */
    public static ColumnType number(String name, Kind kind, String unit, String source) {
        return new ColumnType(
                name, kind, 1, unit, Double.NaN, Double.NaN, 0, Double.NaN, Between.LINEAR, Weld.FIRST, source);
    }

    /** A column of identities or classes, which are never mixed. */
    public static ColumnType choice(String name, Kind kind, String source) {
        return new ColumnType(
                name, kind, 1, "1", Double.NaN, Double.NaN, 1, Double.NaN, Between.NEARER, Weld.FIRST, source);
    }
}
