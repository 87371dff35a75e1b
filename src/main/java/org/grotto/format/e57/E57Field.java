package org.grotto.format.e57;

import org.grotto.format.Column;

/**
 * One field of a scan's points, a leaf of its prototype, in one bytestream of the binary section.
 *
 * @param name E57 name with prefix; leaves of nested structures have a path with slashes
 * @param min smallest raw integer; raw values are stored as the difference to it
 * @param max largest raw integer
 * @param scale and {@code offset}: value = raw * scale + offset for SCALED
 * @param lowest declared limit of a float field, or NaN
 * @param highest declared limit of a float field, or NaN
 */
record E57Field(
        String name, Kind kind, long min, long max, double scale, double offset, double lowest, double highest) {

    enum Kind {
        SINGLE,
        DOUBLE,
        INTEGER,
        SCALED,
        STRING
    }

    static E57Field floating(String name, boolean single) {
        return new E57Field(name, single ? Kind.SINGLE : Kind.DOUBLE, 0, 0, 1, 0, Double.NaN, Double.NaN);
    }

    static E57Field integer(String name, long min, long max) {
        return new E57Field(name, Kind.INTEGER, min, max, 1, 0, Double.NaN, Double.NaN);
    }

    static E57Field scaled(String name, long min, long max, double scale, double offset) {
        return new E57Field(name, Kind.SCALED, min, max, scale, offset, Double.NaN, Double.NaN);
    }

    /** Bits a value takes, 0 to 64; for a string the least it can take. */
    int width() {
        return switch (kind) {
            case SINGLE -> 32;
            case DOUBLE -> 64;
            case INTEGER, SCALED -> Long.SIZE - Long.numberOfLeadingZeros(max - min);
            case STRING -> 8;
        };
    }

    /** The value of a raw integer; the same expression as in libE57Format, so that the bits agree. */
    double value(long raw) {
        return kind == Kind.SCALED ? raw * scale + offset : raw;
    }

    /** Declared smallest value, or NaN where none is declared or the whole range of the type, which says nothing. */
    double smallest() {
        return declared() ? integral() ? Math.min(value(min), value(max)) : lowest : Double.NaN;
    }

    /** Declared largest value, or NaN. */
    double largest() {
        return declared() ? integral() ? Math.max(value(min), value(max)) : highest : Double.NaN;
    }

    private boolean declared() {
        return integral() ? width() < 64 : Math.abs(lowest) < Float.MAX_VALUE && Math.abs(highest) < Float.MAX_VALUE;
    }

    private boolean integral() {
        return kind == Kind.INTEGER || kind == Kind.SCALED;
    }

    /** The smallest type that holds every value the field can have. */
    Column.Type type() {
        return switch (kind) {
            case SINGLE -> Column.Type.FLOAT;
            case DOUBLE, STRING -> Column.Type.DOUBLE;
            case SCALED -> Column.Type.SCALED;
            case INTEGER -> {
                if (min >= 0) {
                    yield max <= 0xffL
                            ? Column.Type.UINT8
                            : max <= 0xffffL
                                    ? Column.Type.UINT16
                                    : max <= 0xffff_ffffL ? Column.Type.UINT32 : Column.Type.INT64;
                }
                yield min >= Byte.MIN_VALUE && max <= Byte.MAX_VALUE
                        ? Column.Type.INT8
                        : min >= Short.MIN_VALUE && max <= Short.MAX_VALUE
                                ? Column.Type.INT16
                                : min >= Integer.MIN_VALUE && max <= Integer.MAX_VALUE
                                        ? Column.Type.INT32
                                        : Column.Type.INT64;
            }
        };
    }
}
