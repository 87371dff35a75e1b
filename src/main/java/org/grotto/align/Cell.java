package org.grotto.align;

/** A cube of space by its numbers along the axes. */
record Cell(long x, long y, long z) implements Comparable<Cell> {
    /** The cube of that side, metres, about a place. */
    static Cell of(double x, double y, double z, double side) {
        return new Cell((long) Math.floor(x / side), (long) Math.floor(y / side), (long) Math.floor(z / side));
    }

    @Override
    public int compareTo(Cell o) {
        int c = Long.compare(x, o.x);
        c = c == 0 ? Long.compare(y, o.y) : c;
        return c == 0 ? Long.compare(z, o.z) : c;
    }
}
