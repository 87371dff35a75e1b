package org.grotto.format;

/** Red, green and blue in one number: 0xRRGGBB as a whole number, or as the bits of a float. */
public final class PackedColour {
    private PackedColour() {}

    /** A channel, 0 to 255: 0 red, 1 green, 2 blue; NaN for NaN. */
    public static double channel(double packed, int channel) {
        if (Double.isNaN(packed)) {
            return packed;
        }
        boolean whole = packed == Math.rint(packed) && packed >= 0 && packed <= 0xFFFFFFFFL;
        int bits = whole ? (int) (long) packed : Float.floatToRawIntBits((float) packed);
        return bits >> (16 - 8 * channel) & 255;
    }
}
