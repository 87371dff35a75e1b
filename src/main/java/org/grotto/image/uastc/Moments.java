package org.grotto.image.uastc;

/** Sums of a block's values and of their products, in whole numbers: what lines through any of its pixels leave beside them. */
final class Moments {
    /** Of four channels: four sums, ten products. */
    static final int MOST = 14;

    /** By pixel: values, then products, row by row of the upper triangle. */
    private final int[] of = new int[16 * MOST];

    final int[] total = new int[MOST];
    /** How many there are: 9 of three channels, 14 of four. */
    int count;

    private int channels;
    private final float[] spread = new float[16];
    private final float[] axis = new float[4];
    private final float[] turned = new float[4];

    void of(int[] pixels, int n) {
        channels = n;
        count = n + n * (n + 1) / 2;
        for (int i = 0; i < 16; i++) {
            int k = count * i + n;
            for (int a = 0; a < n; a++) {
                int v = pixels[4 * i + a];
                of[count * i + a] = v;
                for (int b = a; b < n; b++) {
                    of[k++] = v * pixels[4 * i + b];
                }
            }
        }
        sum(0xFFFF, total);
    }

    /** Sums over the pixels whose bits are set. */
    void sum(int mask, int[] out) {
        if (count == 9) {
            three(mask, out);
            return;
        }
        java.util.Arrays.fill(out, 0, count, 0);
        for (int m = mask; m != 0; m &= m - 1) {
            int at = count * Integer.numberOfTrailingZeros(m);
            for (int k = 0; k < count; k++) {
                out[k] += of[at + k];
            }
        }
    }

    private void three(int mask, int[] out) {
        int a = 0;
        int b = 0;
        int c = 0;
        int d = 0;
        int e = 0;
        int f = 0;
        int g = 0;
        int h = 0;
        int j = 0;
        for (int m = mask; m != 0; m &= m - 1) {
            int at = 9 * Integer.numberOfTrailingZeros(m);
            a += of[at];
            b += of[at + 1];
            c += of[at + 2];
            d += of[at + 3];
            e += of[at + 4];
            f += of[at + 5];
            g += of[at + 6];
            h += of[at + 7];
            j += of[at + 8];
        }
        out[0] = a;
        out[1] = b;
        out[2] = c;
        out[3] = d;
        out[4] = e;
        out[5] = f;
        out[6] = g;
        out[7] = h;
        out[8] = j;
    }

    /** The sum of squares that the best line through {@code n} pixels leaves beside it (power iteration). */
    float beside(int[] sums, int n) {
        return channels == 3 ? beside3(sums, n) : beside4(sums, n);
    }

    private static float beside3(int[] s, int n) {
        float by = 1f / n;
        float rr = s[3] - s[0] * by * s[0];
        float rg = s[4] - s[0] * by * s[1];
        float rb = s[5] - s[0] * by * s[2];
        float gg = s[6] - s[1] * by * s[1];
        float gb = s[7] - s[1] * by * s[2];
        float bb = s[8] - s[2] * by * s[2];
        float x;
        float y;
        float z;
        if (rr >= gg && rr >= bb) {
            x = rr;
            y = rg;
            z = rb;
        } else if (gg >= bb) {
            x = rg;
            y = gg;
            z = gb;
        } else {
            x = rb;
            y = gb;
            z = bb;
        }
        float length = x * x + y * y + z * z;
        float along = 0;
        for (int round = 0; round < 3 && length > 0; round++) {
            float tx = rr * x + rg * y + rb * z;
            float ty = rg * x + gg * y + gb * z;
            float tz = rb * x + gb * y + bb * z;
            along = (x * tx + y * ty + z * tz) / length;
            float scale = 1 / (float) Math.sqrt(length);
            x = tx * scale;
            y = ty * scale;
            z = tz * scale;
            length = x * x + y * y + z * z;
        }
        return Math.max(0, rr + gg + bb - along);
    }

    private float beside4(int[] s, int n) {
        float by = 1f / n;
        float all = 0;
        int widest = 0;
        int k = 4;
        for (int a = 0; a < 4; a++) {
            for (int b = a; b < 4; b++) {
                spread[4 * a + b] = s[k++] - s[a] * by * s[b];
                spread[4 * b + a] = spread[4 * a + b];
            }
            all += spread[5 * a];
            widest = spread[5 * a] > spread[5 * widest] ? a : widest;
        }
        System.arraycopy(spread, 4 * widest, axis, 0, 4);
        float along = 0;
        for (int round = 0; round < 3; round++) {
            float length = 0;
            float dot = 0;
            for (int a = 0; a < 4; a++) {
                turned[a] = spread[4 * a] * axis[0]
                        + spread[4 * a + 1] * axis[1]
                        + spread[4 * a + 2] * axis[2]
                        + spread[4 * a + 3] * axis[3];
                length += axis[a] * axis[a];
                dot += turned[a] * axis[a];
            }
            if (!(length > 0)) {
                break;
            }
            along = dot / length;
            float scale = 1 / (float) Math.sqrt(length);
            for (int a = 0; a < 4; a++) {
                axis[a] = turned[a] * scale;
            }
        }
        return Math.max(0, all - along);
    }

    /** The channel of three without which a line through the other two leaves least beside it. */
    int loneliest() {
        float rr = total[3] - total[0] / 16f * total[0];
        float rg = total[4] - total[0] / 16f * total[1];
        float rb = total[5] - total[0] / 16f * total[2];
        float gg = total[6] - total[1] / 16f * total[1];
        float gb = total[7] - total[1] / 16f * total[2];
        float bb = total[8] - total[2] / 16f * total[2];
        float withoutRed = two(gg, bb, gb);
        float withoutGreen = two(rr, bb, rb);
        float withoutBlue = two(rr, gg, rg);
        return withoutRed <= withoutGreen && withoutRed <= withoutBlue ? 0 : withoutGreen <= withoutBlue ? 1 : 2;
    }

    private static float two(float a, float b, float ab) {
        return (a + b) / 2 - (float) Math.sqrt((a - b) * (a - b) / 4 + ab * ab);
    }
}
