package org.grotto.surface;

/** The sRGB transfer function (IEC 61966-2-1), exactly rounded on both sides, by tables. */
final class ColourTransfer {
    private static final float[] DECODE = new float[65536];
    /** Linear values from which on the next 8-bit code is nearer. */
    private static final double[] ENCODE = new double[255];

    static {
        for (int i = 0; i < 65536; i++) {
            DECODE[i] = (float) linear(i / 65535.0);
        }
        for (int i = 0; i < 255; i++) {
            ENCODE[i] = linear((i + 0.5) / 255);
        }
    }

    private ColourTransfer() {}

    private static double linear(double v) {
        return v <= 0.04045 ? v / 12.92 : StrictMath.pow((v + 0.055) / 1.055, 2.4);
    }

    /** 16-bit sRGB to linear light, 0 to 1. */
    static float decode(char code) {
        return DECODE[code];
    }

    /** 8-bit sRGB to linear light. */
    static float decode8(int code) {
        return DECODE[code * 257];
    }

    /** Linear light to the nearest 8-bit sRGB code. */
    static byte encode(double linear) {
        int lo = 0;
        int hi = 255;
        while (lo < hi) {
            int mid = (lo + hi) >>> 1;
            if (linear >= ENCODE[mid]) {
                lo = mid + 1;
            } else {
                hi = mid;
            }
        }
        return (byte) lo;
    }
}
