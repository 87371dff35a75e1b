package org.grotto.clean;

/** How many points were taken out, by reason; a point counts for the first reason that holds. */
public record Removed(long duplicates, long mixedPixels, long isolated, long statistical) {
    static final byte KEPT = 0;
    static final byte DUPLICATE = 1;
    static final byte MIXED = 2;
    static final byte ISOLATED = 3;
    static final byte STATISTICAL = 4;

    public long total() {
        return duplicates + mixedPixels + isolated + statistical;
    }

    static Removed count(byte[] reason) {
        long[] c = new long[5];
        for (byte r : reason) {
            c[r]++;
        }
        return new Removed(c[DUPLICATE], c[MIXED], c[ISOLATED], c[STATISTICAL]);
    }
}
