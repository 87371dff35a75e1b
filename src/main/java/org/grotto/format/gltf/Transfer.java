package org.grotto.format.gltf;

/**
 * The sRGB transfer curve (IEC 61966-2-1): glTF's COLOR_0 is linear light, a mesh's colours are sRGB. Through 16 bits
 * every 8-bit value comes back as it was; through 8 linear bits, a third of the dark ones would be lost.
 */
final class Transfer {
    private static final char[] LINEAR = new char[256];
    private static final byte[] SRGB = new byte[65536];

    static {
        for (int i = 0; i < 256; i++) {
            LINEAR[i] = (char) Math.rint(65535 * decode(i / 255.0));
        }
        for (int i = 0; i < 65536; i++) {
            SRGB[i] = (byte) Math.rint(255 * encode(i / 65535.0));
        }
    }

    private Transfer() {}

    private static double decode(double s) {
        return s <= 0.04045 ? s / 12.92 : StrictMath.pow((s + 0.055) / 1.055, 2.4);
    }

    private static double encode(double l) {
        return l <= 0.0031308 ? l * 12.92 : 1.055 * StrictMath.pow(l, 1 / 2.4) - 0.055;
    }

    /** 8-bit sRGB to linear light in 0..65535. */
    static char toLinear16(byte srgb) {
        return LINEAR[srgb & 0xFF];
    }

    /** Linear light in [0, 1] to 8-bit sRGB; beyond is clamped, no number is black. */
    static byte toSrgb(double linear) {
        return SRGB[(int) Math.rint(65535 * Math.max(0, Math.min(1, linear)))];
    }
}
