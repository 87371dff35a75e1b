package org.grotto.format.las.laz;

/** Codes one colour after another; the same scheme in the pointwise (version 2) and the layered formats. */
final class ColourModel {
    private final int[] used;
    private final int[][] difference = new int[6][];

    ColourModel(boolean decoding) {
        used = Layer.model(decoding, 128);
        for (int k = 0; k < 6; k++) {
            difference[k] = Layer.model(decoding, 256);
        }
    }

    private static int clamp(int v) {
        return v < 0 ? 0 : Math.min(v, 255);
    }

    /** Replaces the colour at {@code last[at..at+2]} by the next one. */
    void decode(RangeDecoder d, int[] last, int at) {
        int r0 = last[at];
        int g0 = last[at + 1];
        int b0 = last[at + 2];
        int s = d.symbol(used);
        int low = r0 & 255;
        int high = r0 >>> 8;
        if ((s & 1) != 0) {
            low = (low + d.symbol(difference[0])) & 255;
        }
        if ((s & 2) != 0) {
            high = (high + d.symbol(difference[1])) & 255;
        }
        int r = high << 8 | low;
        int g = r;
        int b = r;
        if ((s & 64) != 0) {
            int diff = low - (r0 & 255);
            int gl = g0 & 255;
            int bl = b0 & 255;
            int gh = g0 >>> 8;
            int bh = b0 >>> 8;
            if ((s & 4) != 0) {
                gl = (d.symbol(difference[2]) + clamp(diff + gl)) & 255;
            }
            if ((s & 16) != 0) {
                diff = (diff + gl - (g0 & 255)) / 2;
                bl = (d.symbol(difference[4]) + clamp(diff + bl)) & 255;
            }
            diff = high - (r0 >>> 8);
            if ((s & 8) != 0) {
                gh = (d.symbol(difference[3]) + clamp(diff + gh)) & 255;
            }
            if ((s & 32) != 0) {
                diff = (diff + gh - (g0 >>> 8)) / 2;
                bh = (d.symbol(difference[5]) + clamp(diff + bh)) & 255;
            }
            g = gh << 8 | gl;
            b = bh << 8 | bl;
        }
        last[at] = r;
        last[at + 1] = g;
        last[at + 2] = b;
    }

    /** Codes a colour against {@code last[at..at+2]}, which it replaces; false when nothing needed to be said. */
    boolean encode(RangeEncoder e, int[] last, int at, int r, int g, int b) {
        int r0 = last[at];
        int g0 = last[at + 1];
        int b0 = last[at + 2];
        int s = ((r ^ r0) & 0xFF) != 0 ? 1 : 0;
        s |= ((r ^ r0) & 0xFF00) != 0 ? 2 : 0;
        s |= ((g ^ g0) & 0xFF) != 0 ? 4 : 0;
        s |= ((g ^ g0) & 0xFF00) != 0 ? 8 : 0;
        s |= ((b ^ b0) & 0xFF) != 0 ? 16 : 0;
        s |= ((b ^ b0) & 0xFF00) != 0 ? 32 : 0;
        s |= r != g || r != b ? 64 : 0;
        e.symbol(used, s);
        int low = (r & 255) - (r0 & 255);
        int high = (r >>> 8) - (r0 >>> 8);
        if ((s & 1) != 0) {
            e.symbol(difference[0], low & 255);
        }
        if ((s & 2) != 0) {
            e.symbol(difference[1], high & 255);
        }
        if ((s & 64) != 0) {
            if ((s & 4) != 0) {
                e.symbol(difference[2], ((g & 255) - clamp(low + (g0 & 255))) & 255);
            }
            if ((s & 16) != 0) {
                low = (low + (g & 255) - (g0 & 255)) / 2;
                e.symbol(difference[4], ((b & 255) - clamp(low + (b0 & 255))) & 255);
            }
            if ((s & 8) != 0) {
                e.symbol(difference[3], ((g >>> 8) - clamp(high + (g0 >>> 8))) & 255);
            }
            if ((s & 32) != 0) {
                high = (high + (g >>> 8) - (g0 >>> 8)) / 2;
                e.symbol(difference[5], ((b >>> 8) - clamp(high + (b0 >>> 8))) & 255);
            }
        }
        last[at] = r;
        last[at + 1] = g;
        last[at + 2] = b;
        return s != 0;
    }
}
