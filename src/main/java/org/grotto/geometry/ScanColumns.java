package org.grotto.geometry;

import org.grotto.geometry.ColumnType.Kind;

/**
 * Columns that scans bring along and that no craft makes: they go from the files to the points of a package as they are.
 * A cloud has those that at least one of its scans has; {@link ColumnType#none} stands where a point's own scan has none:
 * NaN in columns of floats; 65,535 or -1 for a row or column; 0 for returns, classes and near infrared.
 */
public final class ScanColumns {
    /** Row of the scan's grid; INT32 where a scan has more than 65,535. */
    public static final ColumnType ROW =
            ColumnType.choice("row", Kind.UINT16, "row of the scan").withNone(65535);

    /** Column of the scan's grid; INT32 where a scan has more than 65,535. */
    public static final ColumnType COL =
            ColumnType.choice("col", Kind.UINT16, "column of the scan").withNone(65535);

    /** Number of the return among those of its pulse, from 1. */
    public static final ColumnType RETURN =
            ColumnType.choice("return", Kind.UINT8, "return number").withNone(0);

    /** How many returns the pulse had. */
    public static final ColumnType RETURNS =
            ColumnType.choice("returns", Kind.UINT8, "number of returns").withNone(0);

    /** Class of the point, as LAS counts them; 0 is never classified. */
    public static final ColumnType CLASSIFICATION =
            ColumnType.choice("classification", Kind.UINT8, "class").withNone(0);

    /** Seconds from the epoch of the point's own scan: the station says which. */
    public static final ColumnType TIME = new ColumnType(
            "time",
            Kind.FLOAT64,
            1,
            "s",
            Double.NaN,
            Double.NaN,
            0,
            Double.NaN,
            ColumnType.Between.NEARER,
            ColumnType.Weld.FIRST,
            "time of the scan");

    /** Near infrared, 16 bit. */
    public static final ColumnType NIR =
            ColumnType.number("nir", Kind.UINT16, "1", "near infrared").withNone(0);

    /**
     * Intensity as the scan stores it, UINT16 where all scans store whole numbers of at most 16 bits, else single
     * precision. The station says within what limits.
     */
    public static final ColumnType RAW_INTENSITY =
            ColumnType.number("raw-intensity", Kind.FLOAT32, "1", "as the scan stores it");

    /** 1 where a point's colour is the grey of its intensity, since its station has none. */
    public static final ColumnType GREY =
            ColumnType.choice("grey", Kind.UINT8, "colour made of intensity").withNone(0);

    private ScanColumns() {}

    /** The same column in another kind: rows and columns say none as 65,535 in 16 bits, as -1 in more. */
    public static ColumnType as(ColumnType t, Kind kind) {
        double none = t.none() != 65535 ? t.none() : kind == Kind.UINT16 ? 65535 : -1;
        return new ColumnType(
                t.name(),
                kind,
                t.width(),
                t.unit(),
                t.min(),
                t.max(),
                t.step(),
                none,
                t.between(),
                t.weld(),
                t.source());
    }

    /** One line for files that describe their columns: what it is, its unit, and what stands for none. */
    public static String description(ColumnType t) {
        String unit = t.unit().equals("1") ? "" : ", " + t.unit();
        String word = !t.kind().whole()
                ? "; NaN: none"
                : Double.isNaN(t.none()) || t.none() == 0 ? "" : "; " + (int) t.none() + ": none";
        return t.source() + unit + word;
    }
}
