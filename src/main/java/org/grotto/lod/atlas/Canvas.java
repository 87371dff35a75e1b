package org.grotto.lod.atlas;

import java.util.Arrays;
import org.grotto.image.Srgb;

/** A picture in the making: which pixels are painted, and what the others take from them. */
final class Canvas {
    final int width;
    final int height;
    /** 0xRRGGBB; what is painted has the top byte 255, what is not 0. */
    final int[] rgb;

    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.rgb = new int[width * height];
    }

    void paint(int x, int y, int colour) {
        rgb[y * width + x] = 0xFF000000 | colour;
    }

    /**
     * Gives every pixel that is not painted the colour of what lies next to it: halved pictures of what is painted, from
     * the finest that has any (push and pull; Gortler et al. 1996). So nothing foreign comes near a rim at any level.
     */
    void fill() {
        fill(rgb, width, height);
    }

    private static void fill(int[] p, int w, int h) {
        boolean whole = true;
        for (int v : p) {
            whole &= v >>> 24 != 0;
        }
        if (whole || w == 1 && h == 1) {
            return;
        }
        int cw = (w + 1) / 2;
        int ch = (h + 1) / 2;
        int[] coarse = new int[cw * ch];
        for (int y = 0; y < ch; y++) {
            for (int x = 0; x < cw; x++) {
                coarse[y * cw + x] = mean(p, w, h, 2 * x, 2 * y);
            }
        }
        fill(coarse, cw, ch);
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                if (p[y * w + x] >>> 24 == 0) {
                    p[y * w + x] = coarse[(y >> 1) * cw + (x >> 1)];
                }
            }
        }
    }

    private static int mean(int[] p, int w, int h, int x, int y) {
        float r = 0;
        float g = 0;
        float b = 0;
        int n = 0;
        for (int k = 0; k < 4; k++) {
            int i = x + (k & 1);
            int j = y + (k >> 1);
            int v = i < w && j < h ? p[j * w + i] : 0;
            if (v >>> 24 != 0) {
                r += Srgb.linear(v >> 16 & 255);
                g += Srgb.linear(v >> 8 & 255);
                b += Srgb.linear(v & 255);
                n++;
            }
        }
        return n == 0 ? 0 : 0xFF000000 | Srgb.coded(r / n) << 16 | Srgb.coded(g / n) << 8 | Srgb.coded(b / n);
    }

    /** For each pixel the triangle whose rim it lies in, the one it lies deepest in where there are several; -1 for none. */
    static final class Owners {
        final int[] triangle;
        private final float[] outside;
        private final int width;

        Owners(int width, int height) {
            this.width = width;
            triangle = new int[width * height];
            outside = new float[width * height];
            Arrays.fill(triangle, -1);
            Arrays.fill(outside, (float) Flat.RIM);
        }

        /** Claims the pixels of a triangle and its rim. */
        void claim(Flat f, int t) {
            for (int y = f.top(); y <= f.bottom(); y++) {
                for (int x = f.left(); x <= f.right(); x++) {
                    float d = (float) f.outside(x, y);
                    int i = y * width + x;
                    if (d < outside[i]) {
                        outside[i] = d;
                        triangle[i] = t;
                    }
                }
            }
        }
    }
}
