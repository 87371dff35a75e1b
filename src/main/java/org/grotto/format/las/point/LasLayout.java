package org.grotto.format.las.point;

/**
 * What stands where in a point record.
 *
 * @param format point data record format, 0 to 10
 * @param length bytes of a record; what exceeds the format's own size is extra bytes
 */
public record LasLayout(int format, int length) {
    private static final int[] BASE = {20, 28, 26, 34, 57, 63, 30, 36, 38, 59, 67};
    public static final int WAVE_BYTES = 29;

    public LasLayout {
        if (format < 0 || format > 10) {
            throw new IllegalArgumentException("point format " + format);
        }
        if (length < BASE[format] || length > 65535) {
            throw new IllegalArgumentException("point format " + format + " with records of " + length + " bytes");
        }
    }

    /** Records of {@code format} with {@code extraBytes} behind. */
    public static LasLayout of(int format, int extraBytes) {
        return new LasLayout(format, BASE[format] + extraBytes);
    }

    /** The size of a record of {@code format} without extra bytes. */
    public static int baseLength(int format) {
        return BASE[format];
    }

    /** True for formats 6 to 10, whose records start with the 30 bytes of LAS 1.4. */
    public boolean modern() {
        return format >= 6;
    }

    public boolean hasTime() {
        return format != 0 && format != 2;
    }

    public boolean hasColour() {
        return format == 2 || format == 3 || format == 5 || format == 7 || format == 8 || format == 10;
    }

    public boolean hasNir() {
        return format == 8 || format == 10;
    }

    public boolean hasWave() {
        return format == 4 || format == 5 || format == 9 || format == 10;
    }

    public int extraBytes() {
        return length - BASE[format];
    }

    int timeAt() {
        return modern() ? 22 : 20;
    }

    int colourAt() {
        return modern() ? 30 : format == 2 ? 20 : 28;
    }

    int waveAt() {
        return BASE[format] - WAVE_BYTES;
    }

    int extraAt() {
        return BASE[format];
    }
}
