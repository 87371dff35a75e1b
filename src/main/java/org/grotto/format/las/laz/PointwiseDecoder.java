package org.grotto.format.las.laz;

import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/** Decodes one chunk of the pointwise format (items of version 1 or 2, point formats 0 to 5): one run for all. */
public final class PointwiseDecoder implements ChunkDecoder {
    private final byte[] in;
    private final int start;
    private final int limit;
    private final LasLayout layout;
    private final LazItems items;
    private final long count;
    private long done;

    private @Nullable RangeDecoder d;
    private @Nullable Point10 point;
    private @Nullable TimeModel time;
    private @Nullable TimeModel1 time1;
    private @Nullable ColourModel colour;
    private @Nullable IntegerModel colour1;
    private int[] colourUsed1 = {};
    private @Nullable WaveModel wave;
    private int[][] byteModels = {};
    private @Nullable IntegerModel byteModel1;

    private long lastTime;
    private final int[] lastColour = new int[3];
    private final byte[] lastWave = new byte[LasLayout.WAVE_BYTES];
    private final int[] lastExtra;

    /** @param count how many points the chunk holds */
    public PointwiseDecoder(byte[] in, int from, int to, LasLayout layout, LazItems items, long count) {
        this.in = in;
        this.start = from;
        this.limit = to;
        this.layout = layout;
        this.items = items;
        this.count = count;
        this.lastExtra = new int[layout.extraBytes()];
        if (to - from < layout.length()) {
            throw new RangeDecoder.Corrupt(
                    "the chunk has " + (to - from) + " bytes, but its first point alone needs " + layout.length());
        }
    }

    /**
     * Where the bytes end that the points so far were decoded from: behind the last point of a chunk, where the next one
     * begins. Beyond the end of the bytes given once points were made of what is not there.
     */
    public int position() {
        return d == null ? start : d.position();
    }

    @Override
    public void finish() {
        if (d != null && items.chunked()) {
            d.finish();
        }
    }

    @Override
    public int next(LasPoints p, int from, int max) {
        int to = from + (int) Math.min(max, count - done);
        int at = from;
        if (done == 0 && to > from) {
            p.fromRecords(in, start, from, 1);
            begin(p, from);
            at++;
        }
        RangeDecoder decoder = d;
        Point10 xyz = point;
        if (decoder != null && xyz != null) {
            for (int i = at; i < to; i++) {
                xyz.decode(decoder, p, i);
                rest(decoder, p, i);
            }
        }
        done += to - from;
        return to - from;
    }

    private void begin(LasPoints p, int i) {
        d = new RangeDecoder(in, start + layout.length(), limit);
        point = items.pointVersion() == 1 ? new Point10.Version1(p, i) : new Point10.Version2(p, i);
        if (p.time != null) {
            lastTime = p.time[i];
            if (items.timeVersion() == 1) {
                time1 = new TimeModel1(lastTime);
            } else {
                time = new TimeModel(true, true, lastTime);
            }
        }
        if (p.red != null && p.green != null && p.blue != null) {
            lastColour[0] = p.red[i];
            lastColour[1] = p.green[i];
            lastColour[2] = p.blue[i];
            if (items.colourVersion() == 1) {
                colour1 = new IntegerModel(true, 8, 6);
                colourUsed1 = Model.decoding(64);
            } else {
                colour = new ColourModel(true);
            }
        }
        if (p.wave != null) {
            System.arraycopy(p.wave, i * LasLayout.WAVE_BYTES, lastWave, 0, LasLayout.WAVE_BYTES);
            wave = new WaveModel(true);
        }
        for (int k = 0; k < lastExtra.length; k++) {
            lastExtra[k] = p.extra[k][i] & 255;
        }
        if (lastExtra.length > 0 && items.extraVersion() == 1) {
            byteModel1 = new IntegerModel(true, 8, lastExtra.length);
        } else {
            byteModels = new int[lastExtra.length][];
            for (int k = 0; k < lastExtra.length; k++) {
                byteModels[k] = Model.decoding(256);
            }
        }
    }

    private void rest(RangeDecoder decoder, LasPoints p, int i) {
        if (p.time != null) {
            if (time != null) {
                lastTime = time.decode(decoder);
            } else if (time1 != null) {
                lastTime = time1.decode(decoder);
            }
            p.time[i] = lastTime;
        }
        if (p.red != null && p.green != null && p.blue != null) {
            if (colour != null) {
                colour.decode(decoder, lastColour, 0);
            } else if (colour1 != null) {
                colour1(decoder, colour1);
            }
            p.red[i] = (char) lastColour[0];
            p.green[i] = (char) lastColour[1];
            p.blue[i] = (char) lastColour[2];
        }
        if (p.wave != null && wave != null) {
            wave.decode(decoder, lastWave, 0);
            System.arraycopy(lastWave, 0, p.wave, i * LasLayout.WAVE_BYTES, LasLayout.WAVE_BYTES);
        }
        for (int k = 0; k < lastExtra.length; k++) {
            int v = byteModel1 != null
                    ? byteModel1.decode(decoder, lastExtra[k], k)
                    : (lastExtra[k] + decoder.symbol(byteModels[k])) & 255;
            lastExtra[k] = v & 255;
            p.extra[k][i] = (byte) v;
        }
    }

    private void colour1(RangeDecoder decoder, IntegerModel m) {
        int s = decoder.symbol(colourUsed1);
        for (int k = 0; k < 3; k++) {
            int c = lastColour[k];
            int low = c & 255;
            int high = c >>> 8;
            if ((s & 1 << 2 * k) != 0) {
                low = m.decode(decoder, low, 2 * k) & 255;
            }
            if ((s & 2 << 2 * k) != 0) {
                high = m.decode(decoder, high, 2 * k + 1) & 255;
            }
            lastColour[k] = high << 8 | low;
        }
    }

    /** GPS times in version 1: one sequence, multiples up to 511 of the last difference. */
    private static final class TimeModel1 {
        private static final int MAX = 512;
        private final int[] multiple = Model.decoding(MAX);
        private final int[] afterZero = Model.decoding(3);
        private final IntegerModel integers = new IntegerModel(true, 32, 6);
        private long last;
        private int difference;
        private int extremes;

        TimeModel1(long first) {
            last = first;
        }

        long decode(RangeDecoder d) {
            if (difference == 0) {
                int s = d.symbol(afterZero);
                if (s == 1) {
                    difference = integers.decode(d, 0, 0);
                    last += difference;
                } else if (s == 2) {
                    last = d.raw64();
                }
                return last;
            }
            int s = d.symbol(multiple);
            if (s == MAX - 1) {
                return last;
            }
            if (s == MAX - 2) {
                last = d.raw64();
                return last;
            }
            int step;
            if (s == 1) {
                step = integers.decode(d, difference, 1);
                difference = step;
                extremes = 0;
            } else if (s == 0) {
                step = extreme(integers.decode(d, difference / 4, 2));
            } else {
                step = integers.decode(d, s * difference, s < 10 ? 3 : s < 50 ? 4 : 5);
                if (s == MAX - 3) {
                    step = extreme(step);
                }
            }
            last += step;
            return last;
        }

        private int extreme(int step) {
            if (++extremes > 3) {
                difference = step;
                extremes = 0;
            }
            return step;
        }
    }
}
