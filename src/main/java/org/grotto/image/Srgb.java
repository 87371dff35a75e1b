package org.grotto.image;

/**
 * The sRGB transfer (IEC 61966-2-1), the only one in Grotto: exact by formula, fast by tables. Linear light is 0 to 1;
 * {@code linear16} is linear light in 0..65535, through which every 8-bit value comes back as it was (through 8 linear
 * bits, a third of the dark ones would be lost).
 */
public final class Srgb {
    private static final int FINE = 1 << 14;
    private static final float[] LINEAR = new float[256];
    private static final char[] LINEAR_16 = new char[256];
    private static final byte[] CODED = new byte[FINE + 1];

    static {
        for (int i = 0; i < 256; i++) {
            double linear = decode(i / 255.0);
            LINEAR[i] = (float) linear;
            LINEAR_16[i] = (char) Math.rint(65535 * linear);
        }
        for (int i = 0; i <= FINE; i++) {
            CODED[i] = (byte) Math.round(255 * encode((double) i / FINE));
        }
    }

    /** Tables for 16 bits, made when they are first asked for. */
    private static final class Sixteen {
        static final float[] LINEAR = new float[65536];
        static final byte[] CODED = new byte[65536];
        /** Linear values from which on the next 8-bit code is nearer. */
        static final double[] BORDER = new double[255];

        static {
            for (int i = 0; i < 65536; i++) {
                LINEAR[i] = (float) decode(i / 65535.0);
                CODED[i] = (byte) Math.rint(255 * encode(i / 65535.0));
            }
            for (int i = 0; i < 255; i++) {
                BORDER[i] = decode((i + 0.5) / 255);
            }
        }
    }

    private Srgb() {}

    /** Linear light of sRGB, both 0 to 1. */
    public static double decode(double v) {
        return v <= 0.04045 ? v / 12.92 : StrictMath.pow((v + 0.055) / 1.055, 2.4);
    }

    /** sRGB of linear light, both 0 to 1. */
    public static double encode(double v) {
        return v <= 0.0031308 ? 12.92 * v : 1.055 * StrictMath.pow(v, 1 / 2.4) - 0.055;
    }

    /** Linear light of an 8-bit value. */
    public static float linear(int coded) {
        return LINEAR[coded & 255];
    }

    /** Linear light of a 16-bit value. */
    public static float linearWide(char coded) {
        return Sixteen.LINEAR[coded];
    }

    /** Linear light in 0..65535 of an 8-bit value. */
    public static char linear16(byte coded) {
        return LINEAR_16[coded & 255];
    }

    /** The 8-bit value of linear light, clamped; by 16,385 steps, so a dark one may be off by one. For pictures. */
    public static int coded(float linear) {
        return CODED[Math.max(0, Math.min(FINE, Math.round(linear * FINE)))] & 255;
    }

    /** The 8-bit value of linear light, clamped, by 65,536 steps: undoes {@link #linear16}; what is no number is black. */
    public static byte coded16(double linear) {
        return Sixteen.CODED[(int) Math.rint(65535 * Math.max(0, Math.min(1, linear)))];
    }

    /** The 8-bit value nearest to linear light, clamped, exactly rounded; what is no number is black. */
    public static byte nearest(double linear) {
        int lo = 0;
        int hi = 255;
        while (lo < hi) {
            int mid = (lo + hi) >>> 1;
            if (linear >= Sixteen.BORDER[mid]) {
                lo = mid + 1;
            } else {
                hi = mid;
            }
        }
        return (byte) lo;
    }
}
