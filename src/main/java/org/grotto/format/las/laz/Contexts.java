package org.grotto.format.las.laz;

/** The contexts that return numbers select, from the LAZ specification's tables (formats 6 to 10). */
final class Contexts {
    private Contexts() {}

    /** By number of returns times 16 plus return number: one of six, for x and y. */
    private static final String MAP = "0123453445555555"
            + "1013333333333333"
            + "2124444444433333"
            + "3345444444444444"
            + "4344544444444444"
            + "5344454444444444"
            + "3344445444444444"
            + "4344444544444444"
            + "4344444454444444"
            + "5344444445444444"
            + "5344444444544444"
            + "5334444444455444"
            + "5334444444455544"
            + "5334444444445554"
            + "5334444444444555"
            + "5334444444444455";

    /** Legacy formats: number of returns (3 bits) times 8 plus return number (3 bits). */
    private static final int[][] LEGACY = {
        {15, 14, 13, 12, 11, 10, 9, 8},
        {14, 0, 1, 3, 6, 10, 10, 9},
        {13, 1, 2, 4, 7, 11, 11, 10},
        {12, 3, 4, 5, 8, 12, 12, 11},
        {11, 6, 7, 8, 9, 13, 13, 12},
        {10, 10, 11, 12, 13, 14, 14, 13},
        {9, 10, 11, 12, 13, 14, 15, 14},
        {8, 9, 10, 11, 12, 13, 14, 15}
    };

    /** Indexed by byte 14 of a modern record: return number in the low half, number of returns in the high one. */
    static final byte[] XY = new byte[256];

    /** The same, for z: how many returns lie between this and the last, at most 7. */
    static final byte[] Z = new byte[256];

    /** Bit 1: a first return; bit 0: a last one. */
    static final byte[] KIND = new byte[256];

    /** Indexed by the low six bits of byte 14 of a legacy record (return number lowest). */
    static final byte[] LEGACY_XY = new byte[64];

    static final byte[] LEGACY_Z = new byte[64];

    static {
        for (int b = 0; b < 256; b++) {
            int r = b & 15;
            int n = b >>> 4;
            XY[b] = (byte) (MAP.charAt(n * 16 + r) - '0');
            Z[b] = (byte) Math.min(7, Math.abs(n - r));
            KIND[b] = (byte) ((r == 1 ? 2 : 0) + (r >= n ? 1 : 0));
        }
        for (int b = 0; b < 64; b++) {
            int r = b & 7;
            int n = b >>> 3;
            LEGACY_XY[b] = (byte) LEGACY[n][r];
            LEGACY_Z[b] = (byte) Math.abs(n - r);
        }
    }
}
