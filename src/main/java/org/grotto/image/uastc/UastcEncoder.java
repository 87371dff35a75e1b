package org.grotto.image.uastc;

/**
 * Blocks from pixels: each block in the mode, of those that pay, in which it comes back nearest to what it was (least sum
 * of squares over all channels). For one thread; the same pixels give the same block.
 *
 * <p>Every mode lays a line through the colours of a subset: the first one along their principal axis, better ones by
 * least squares of the weights that the line before gave; its ends are rounded together, so that one's error makes good
 * the other's. Two or three lines are tried in the patterns whose lines leave least beside them.
 */
public final class UastcEncoder {
    /** A sum of squares over the block below which nothing better is looked for: half a grey value a channel. */
    private static final int GOOD = 12;

    /** How often the weights that a line gave make a better line. */
    private static final int ROUNDS = 3;

    private static final int[] RGBA = {0, 1, 2, 3};
    private static final int[][] ALONE = {{0}, {1}, {2}, {3}};
    private static final int[][] OTHERS = {{1, 2, 3}, {0, 2, 3}, {0, 1, 3}, {0, 1, 2}};
    private static final int EVERY_PIXEL = 0xFFFF;

    /** By subset of a pattern, which pixels are in it: a bit each. */
    private static final int[][] TWO = masks(Modes.TWO, 2);

    private static final int[][] TWO_OF_MODE_7 = masks(Modes.TWO_OF_MODE_7, 2);
    private static final int[][] THREE = masks(Modes.THREE, 3);
    private static final int[][] ONE = {{EVERY_PIXEL}};

    /** By bits of weights, the weight nearest to each number of 64ths. */
    private static final byte[][] NEAREST = new byte[6][65];

    private final int[] pixels = new int[64];
    private final BlockBits out = new BlockBits();
    private final Hints hints = new Hints();

    /** The best so far, and the one that is tried. */
    private Trial best = new Trial();

    private Trial trial = new Trial();

    /** A line in the making: its ends by channel, and what of the colours lies beside it. */
    private final float[] low = new float[4];

    private final float[] high = new float[4];
    private float beside;
    private final float[] wholeLow = new float[4];
    private final float[] wholeHigh = new float[4];

    private final float[] mean = new float[4];
    private final float[] axis = new float[4];
    private final float[] turned = new float[4];
    private final float[] spread = new float[16];
    private final int[] first = new int[4];
    private final int[] last = new int[4];
    private final int[] firstNumber = new int[4];
    private final int[] lastNumber = new int[4];
    private final int[] weight = new int[16];
    private final float[] lowSum = new float[4];
    private final float[] highSum = new float[4];

    private final Moments moments = new Moments();
    private final int[] part = new int[Moments.MOST];
    private final int[] rest = new int[Moments.MOST];
    /** What each pattern's lines leave beside them, of those looked at last. */
    private final float[] left = new float[30];

    private static final class Trial {
        int mode;
        int pattern;
        int own;
        int error;
        /** Numbers of the ends as they are stored: low and high of each channel, subset by subset. */
        final int[] ends = new int[18];
        /** Numbers of the weights by pixel, and plane where there are two. */
        final int[] weights = new int[32];
    }

    static {
        for (int bits = 1; bits < NEAREST.length; bits++) {
            int[] weights = Modes.WEIGHTS[bits];
            for (int at = 0; at <= 64; at++) {
                int k = 0;
                while (k + 1 < weights.length && Math.abs(weights[k + 1] - at) <= Math.abs(weights[k] - at)) {
                    k++;
                }
                NEAREST[bits][at] = (byte) k;
            }
        }
    }

    private static int[][] masks(byte[][] patterns, int subsets) {
        int[][] out = new int[patterns.length][subsets];
        for (int p = 0; p < patterns.length; p++) {
            for (int i = 0; i < Modes.BLOCK; i++) {
                out[p][patterns[p][i]] |= 1 << i;
            }
        }
        return out;
    }

    private static int[][] masks(int mode) {
        return switch (mode) {
            case 2, 4, 9 -> TWO;
            case 7 -> TWO_OF_MODE_7;
            case 3 -> THREE;
            default -> ONE;
        };
    }

    /** Encodes sixteen pixels, row by row, red green blue alpha; then {@link #lower} and {@link #upper} are the block. */
    public void encode(byte[] rgba) {
        boolean solid = true;
        boolean opaque = true;
        for (int i = 0; i < 64; i++) {
            pixels[i] = rgba[i] & 255;
            solid &= rgba[i] == rgba[i & 3];
            opaque &= (i & 3) != 3 || pixels[i] == 255;
        }
        out.clear();
        if (solid) {
            out.put(Modes.NAME[Modes.SOLID], Modes.NAME_BITS[Modes.SOLID]);
            for (int c = 0; c < 4; c++) {
                out.put(pixels[c], 8);
            }
            hints.solid(pixels, out);
            return;
        }
        best.error = Integer.MAX_VALUE;
        line(EVERY_PIXEL, RGBA, opaque ? 3 : 4);
        System.arraycopy(low, 0, wholeLow, 0, 4);
        System.arraycopy(high, 0, wholeHigh, 0, 4);
        if (opaque) {
            opaque();
        } else {
            seenThrough();
        }
        write(best);
    }

    /** The first eight bytes of the block, the lowest first. */
    public long lower() {
        return out.lower;
    }

    /** The other eight. */
    public long upper() {
        return out.upper;
    }

    private void opaque() {
        one(0);
        one(18);
        one(5);
        if (best.error <= GOOD) {
            return;
        }
        moments.of(pixels, 3);
        several(2, 4, 2);
        several(7, 7, 1);
        several(3, 3, 1);
        if (best.error > GOOD) {
            planes(6, moments.loneliest());
        }
    }

    private void seenThrough() {
        one(10);
        one(12);
        one(14);
        if (best.error <= GOOD) {
            return;
        }
        for (int c = 0; c < 4; c++) {
            planes(11, c);
        }
        planes(13, 3);
        moments.of(pixels, 4);
        several(9, 9, 2);
    }

    /** One line for all pixels. */
    private void one(int mode) {
        begin(mode, 0, 3);
        System.arraycopy(wholeLow, 0, low, 0, 4);
        System.arraycopy(wholeHigh, 0, high, 0, 4);
        trial.error = fit(EVERY_PIXEL, RGBA, Modes.CHANNELS[mode], 0, 0, 1, best.error);
        keep();
    }

    /** One line for all channels but one, which has weights of its own. */
    private void planes(int mode, int own) {
        int n = Modes.CHANNELS[mode];
        begin(mode, 0, own);
        line(EVERY_PIXEL, OTHERS[own], n - 1);
        if (beside >= best.error) {
            return;
        }
        trial.error = fit(EVERY_PIXEL, OTHERS[own], n - 1, 0, 0, 2, best.error);
        if (trial.error >= best.error) {
            return;
        }
        int[] alone = ALONE[own];
        line(EVERY_PIXEL, alone, 1);
        trial.error += fit(EVERY_PIXEL, alone, 1, 0, 1, 2, best.error - trial.error);
        keep();
    }

    /**
     * Several lines, each for a subset, in the patterns whose lines leave least beside them.
     *
     * @param mode and {@code other}: both are tried, once where they are the same
     * @param most patterns that are tried
     */
    private void several(int mode, int other, int most) {
        int[][] masks = masks(mode);
        int n = Modes.CHANNELS[mode];
        int done = -1;
        float doneAt = -1;
        for (int tried = 0; tried < most && best.error > GOOD; tried++) {
            int at = -1;
            float least = best.error;
            for (int p = 0; p < masks.length; p++) {
                float sum = tried == 0 ? besides(masks[p], p) : left[p];
                if (sum < least && (sum > doneAt || sum == doneAt && p > done)) {
                    least = sum;
                    at = p;
                }
            }
            if (at < 0) {
                return;
            }
            done = at;
            doneAt = least;
            pattern(mode, at, masks[at], n);
            if (other != mode) {
                pattern(other, at, masks[at], n);
            }
        }
    }

    private float besides(int[] masks, int p) {
        float sum = 0;
        System.arraycopy(moments.total, 0, rest, 0, moments.count);
        for (int s = 1; s < masks.length; s++) {
            moments.sum(masks[s], part);
            for (int k = 0; k < moments.count; k++) {
                rest[k] -= part[k];
            }
            sum += moments.beside(part, Integer.bitCount(masks[s]));
        }
        sum += moments.beside(rest, Integer.bitCount(masks[0]));
        left[p] = sum;
        return sum;
    }

    private void pattern(int mode, int pattern, int[] masks, int n) {
        begin(mode, pattern, 3);
        int sum = 0;
        for (int s = 0; s < masks.length && sum < best.error; s++) {
            line(masks[s], RGBA, n);
            sum += fit(masks[s], RGBA, n, 2 * n * s, 0, 1, best.error - sum);
        }
        trial.error = sum;
        keep();
    }

    private void begin(int mode, int pattern, int own) {
        trial.mode = mode;
        trial.pattern = pattern;
        trial.own = own;
        trial.error = Integer.MAX_VALUE;
    }

    private void keep() {
        if (trial.error < best.error) {
            Trial t = best;
            best = trial;
            trial = t;
        }
    }

    /** Lays a line through the colours of some pixels, along their principal axis (power iteration). */
    private void line(int mask, int[] channels, int n) {
        int count = Integer.bitCount(mask);
        for (int a = 0; a < n; a++) {
            int c = channels[a];
            int sum = 0;
            for (int m = mask; m != 0; m &= m - 1) {
                sum += pixels[4 * Integer.numberOfTrailingZeros(m) + c];
            }
            mean[a] = (float) sum / count;
        }
        float all = 0;
        int widest = 0;
        for (int a = 0; a < n; a++) {
            for (int b = a; b < n; b++) {
                float sum = 0;
                for (int m = mask; m != 0; m &= m - 1) {
                    int i = 4 * Integer.numberOfTrailingZeros(m);
                    sum += (pixels[i + channels[a]] - mean[a]) * (pixels[i + channels[b]] - mean[b]);
                }
                spread[4 * a + b] = sum;
                spread[4 * b + a] = sum;
            }
            all += spread[5 * a];
            widest = spread[5 * a] > spread[5 * widest] ? a : widest;
        }
        System.arraycopy(spread, 4 * widest, axis, 0, n);
        float along = 0;
        for (int round = 0; round < 4; round++) {
            float length = 0;
            for (int a = 0; a < n; a++) {
                length += axis[a] * axis[a];
            }
            if (length == 0) {
                break;
            }
            float by = 1 / (float) Math.sqrt(length);
            along = 0;
            for (int a = 0; a < n; a++) {
                axis[a] *= by;
            }
            for (int a = 0; a < n; a++) {
                float sum = 0;
                for (int b = 0; b < n; b++) {
                    sum += spread[4 * a + b] * axis[b];
                }
                turned[a] = sum;
                along += sum * axis[a];
            }
            if (round < 3) {
                System.arraycopy(turned, 0, axis, 0, n);
            }
        }
        beside = Math.max(0, all - along);
        float least = 0;
        float most = 0;
        for (int m = mask; m != 0; m &= m - 1) {
            int i = 4 * Integer.numberOfTrailingZeros(m);
            float at = 0;
            for (int a = 0; a < n; a++) {
                at += (pixels[i + channels[a]] - mean[a]) * axis[a];
            }
            least = Math.min(least, at);
            most = Math.max(most, at);
        }
        for (int a = 0; a < n; a++) {
            low[channels[a]] = mean[a] + least * axis[a];
            high[channels[a]] = mean[a] + most * axis[a];
        }
    }

    /**
     * Fits a line that begins as {@link #low} to {@link #high}, and keeps the best of its ends and weights in the trial.
     *
     * @param at where its ends stand among the trial's
     * @param plane of its weights, of {@code planes}
     * @param enough an error from which on it is of no use
     * @return sum of squares
     */
    private int fit(int mask, int[] channels, int n, int at, int plane, int planes, int enough) {
        int mode = trial.mode;
        Modes.Ends ends = Modes.ENDS[mode];
        int bits = Modes.WEIGHT_BITS[mode];
        int least = Integer.MAX_VALUE;
        for (int a = 0; a < n; a++) {
            round(channels[a], ends);
        }
        for (int round = 0; ; round++) {
            int error = weigh(mask, channels, n, bits);
            if (error >= least) {
                return least;
            }
            least = error;
            for (int a = 0; a < n; a++) {
                int c = channels[a];
                trial.ends[at + 2 * c] = firstNumber[c];
                trial.ends[at + 2 * c + 1] = lastNumber[c];
            }
            for (int m = mask; m != 0; m &= m - 1) {
                int i = Integer.numberOfTrailingZeros(m);
                trial.weights[planes * i + plane] = weight[i];
            }
            // a line that comes so far behind never catches up
            if (round == ROUNDS || error == 0 || error > 4L * enough || !better(mask, channels, n, bits, ends)) {
                return least;
            }
        }
    }

    /** Each end to what lies nearest. */
    private void round(int c, Modes.Ends ends) {
        firstNumber[c] = nearest(low[c], ends);
        lastNumber[c] = nearest(high[c], ends);
        first[c] = ends.value[firstNumber[c]];
        last[c] = ends.value[lastNumber[c]];
    }

    private static int nearest(float v, Modes.Ends ends) {
        int w = Math.max(0, Math.min(255, Math.round(v)));
        int below = ends.below[w];
        int above = ends.above[w];
        return v - ends.value[below] <= ends.value[above] - v ? below : above;
    }

    /** Gives each pixel the weight that comes nearest; returns the sum of squares. */
    private int weigh(int mask, int[] channels, int n, int bits) {
        return n == 3 && channels.length == RGBA.length ? weighRgb(mask, bits) : weighAny(mask, channels, n, bits);
    }

    /** {@link #weighAny} of the three channels that most blocks have. */
    private int weighRgb(int mask, int bits) {
        int r = first[0];
        int g = first[1];
        int b = first[2];
        int dr = last[0] - r;
        int dg = last[1] - g;
        int db = last[2] - b;
        int square = dr * dr + dg * dg + db * db;
        int start = dr * r + dg * g + db * b;
        float by = square == 0 ? 0 : 64f / square;
        byte[] nearest = NEAREST[bits];
        int[] weights = Modes.WEIGHTS[bits];
        int error = 0;
        for (int m = mask; m != 0; m &= m - 1) {
            int i = Integer.numberOfTrailingZeros(m);
            int pr = pixels[4 * i];
            int pg = pixels[4 * i + 1];
            int pb = pixels[4 * i + 2];
            float at = (dr * pr + dg * pg + db * pb - start) * by;
            int k = nearest[Math.max(0, Math.min(64, (int) (at + 0.5f)))];
            weight[i] = k;
            int w = weights[k];
            int er = BlockBits.between(r, last[0], w) - pr;
            int eg = BlockBits.between(g, last[1], w) - pg;
            int eb = BlockBits.between(b, last[2], w) - pb;
            error += er * er + eg * eg + eb * eb;
        }
        return error;
    }

    private int weighAny(int mask, int[] channels, int n, int bits) {
        int square = 0;
        int start = 0;
        for (int a = 0; a < n; a++) {
            int c = channels[a];
            int d = last[c] - first[c];
            square += d * d;
            start += d * first[c];
        }
        float by = square == 0 ? 0 : 64f / square;
        byte[] nearest = NEAREST[bits];
        int[] weights = Modes.WEIGHTS[bits];
        int error = 0;
        for (int m = mask; m != 0; m &= m - 1) {
            int i = Integer.numberOfTrailingZeros(m);
            int along = -start;
            for (int a = 0; a < n; a++) {
                int c = channels[a];
                along += (last[c] - first[c]) * pixels[4 * i + c];
            }
            int k = nearest[Math.max(0, Math.min(64, (int) (along * by + 0.5f)))];
            weight[i] = k;
            int w = weights[k];
            for (int a = 0; a < n; a++) {
                int c = channels[a];
                int e = BlockBits.between(first[c], last[c], w) - pixels[4 * i + c];
                error += e * e;
            }
        }
        return error;
    }

    /** The ends that suit the weights best, channel by channel; false where the weights say nothing. */
    private boolean better(int mask, int[] channels, int n, int bits, Modes.Ends ends) {
        int[] weights = Modes.WEIGHTS[bits];
        float ll = 0;
        float lh = 0;
        float hh = 0;
        for (int m = mask; m != 0; m &= m - 1) {
            float h = weights[weight[Integer.numberOfTrailingZeros(m)]] / 64f;
            float l = 1 - h;
            ll += l * l;
            lh += l * h;
            hh += h * h;
        }
        for (int a = 0; a < n; a++) {
            int c = channels[a];
            int sum = 0;
            int weighted = 0;
            for (int m = mask; m != 0; m &= m - 1) {
                int i = Integer.numberOfTrailingZeros(m);
                sum += pixels[4 * i + c];
                weighted += weights[weight[i]] * pixels[4 * i + c];
            }
            highSum[a] = weighted / 64f;
            lowSum[a] = sum - highSum[a];
        }
        float det = ll * hh - lh * lh;
        if (det < 1e-4f) {
            return false;
        }
        for (int a = 0; a < n; a++) {
            int c = channels[a];
            float x = (hh * lowSum[a] - lh * highSum[a]) / det;
            float y = (ll * highSum[a] - lh * lowSum[a]) / det;
            low[c] = Math.max(0, Math.min(255, x));
            high[c] = Math.max(0, Math.min(255, y));
            together(c, ends, x, y, ll, lh, hh);
        }
        return true;
    }

    /** Rounds both ends of a channel so that the sum of squares with given weights is least. */
    private void together(int c, Modes.Ends ends, float x, float y, float ll, float lh, float hh) {
        int fromLow = ends.below[(int) low[c]];
        int toLow = ends.above[(int) Math.ceil(low[c])];
        int fromHigh = ends.below[(int) high[c]];
        int toHigh = ends.above[(int) Math.ceil(high[c])];
        float least = Float.MAX_VALUE;
        for (int k = 0; k < 4; k++) {
            int l = (k & 1) == 0 ? fromLow : toLow;
            int h = (k & 2) == 0 ? fromHigh : toHigh;
            float dl = ends.value[l] - x;
            float dh = ends.value[h] - y;
            float e = ll * dl * dl + 2 * lh * dl * dh + hh * dh * dh;
            if (e < least) {
                least = e;
                firstNumber[c] = l;
                lastNumber[c] = h;
            }
        }
        first[c] = ends.value[firstNumber[c]];
        last[c] = ends.value[lastNumber[c]];
    }

    private void write(Trial t) {
        int mode = t.mode;
        turn(t);
        out.put(Modes.NAME[mode], Modes.NAME_BITS[mode]);
        hints.put(mode, pixels, out);
        out.put(t.pattern, Modes.patternBits(mode));
        if (Modes.CHOOSES[mode]) {
            out.put(t.own, 2);
        }
        Modes.Ends e = Modes.ENDS[mode];
        int n = 2 * Modes.CHANNELS[mode] * Modes.SUBSETS[mode];
        int bundle = e.base == 3 ? 5 : 3;
        for (int i = 0; e.base > 1 && i < n; i += bundle) {
            int count = Math.min(bundle, n - i);
            int sum = 0;
            for (int k = count - 1; k >= 0; k--) {
                sum = sum * e.base + (t.ends[i + k] >> e.bits);
            }
            out.put(sum, BlockBits.wide(e.base, count));
        }
        for (int i = 0; i < n; i++) {
            out.put(t.ends[i] & (1 << e.bits) - 1, e.bits);
        }
        int wide = Modes.WEIGHT_BITS[mode];
        byte[] pattern = Modes.patterns(mode)[t.pattern];
        int begun = 0;
        for (int i = 0; i < Modes.BLOCK; i++) {
            int firstOf = (begun >> pattern[i] & 1) ^ 1;
            begun |= 1 << pattern[i];
            for (int p = 0; p < Modes.PLANES[mode]; p++) {
                out.put(t.weights[Modes.PLANES[mode] * i + p], wide - firstOf);
            }
        }
    }

    /** Turns lines round whose first weight has the highest bit set, which has no room. */
    private static void turn(Trial t) {
        int mode = t.mode;
        int most = (1 << Modes.WEIGHT_BITS[mode]) - 1;
        int planes = Modes.PLANES[mode];
        int channels = Modes.CHANNELS[mode];
        int[] masks = masks(mode)[t.pattern];
        for (int s = 0; s < masks.length; s++) {
            int anchor = Integer.numberOfTrailingZeros(masks[s]);
            for (int p = 0; p < planes; p++) {
                if (t.weights[planes * anchor + p] <= most >> 1) {
                    continue;
                }
                for (int m = masks[s]; m != 0; m &= m - 1) {
                    int i = planes * Integer.numberOfTrailingZeros(m) + p;
                    t.weights[i] = most - t.weights[i];
                }
                for (int c = 0; c < channels; c++) {
                    if (planes == 1 || (c == t.own) == (p == 1)) {
                        int at = 2 * (channels * s + c);
                        int e = t.ends[at];
                        t.ends[at] = t.ends[at + 1];
                        t.ends[at + 1] = e;
                    }
                }
            }
        }
    }
}
