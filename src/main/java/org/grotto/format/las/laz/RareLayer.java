package org.grotto.format.las.laz;

import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/** The layers of scan angle, point source and time: coded only at the points whose change mask says so. */
final class RareLayer extends Layer {
    /** Which attribute. */
    enum Of {
        ANGLE,
        SOURCE,
        TIME
    }

    private final boolean decoding;
    private final Of of;
    private final int bit;
    private final @Nullable IntegerModel[] models = new @Nullable IntegerModel[4];
    private final @Nullable TimeModel[] times = new @Nullable TimeModel[4];
    private final long[] last = new long[4];
    private final boolean[] known = new boolean[4];
    private long before;

    RareLayer(boolean decoding, Of of, LasPoints p, int first) {
        this.decoding = decoding;
        this.of = of;
        this.bit = switch (of) {
            case ANGLE -> XyLayer.ANGLE;
            case SOURCE -> XyLayer.SOURCE;
            case TIME -> XyLayer.TIME;
        };
        before = value(p, first);
        start(p.flags[first] >>> 4 & 3);
    }

    private void start(int channel) {
        known[channel] = true;
        last[channel] = before;
        if (of == Of.TIME) {
            times[channel] = new TimeModel(decoding, false, before);
        } else {
            models[channel] = new IntegerModel(decoding, 16, 2);
        }
    }

    private long value(LasPoints p, int i) {
        return switch (of) {
            case ANGLE -> p.scanAngle[i];
            case SOURCE -> p.source[i];
            case TIME -> p.time == null ? 0 : p.time[i];
        };
    }

    private void put(LasPoints p, int i, long v) {
        switch (of) {
            case ANGLE -> p.scanAngle[i] = (short) v;
            case SOURCE -> p.source[i] = (char) v;
            case TIME -> {
                if (p.time != null) {
                    p.time[i] = v;
                }
            }
        }
    }

    private int context(int change) {
        return of == Of.ANGLE && (change & XyLayer.TIME) != 0 ? 1 : 0;
    }

    @Override
    void decode(RangeDecoder d, LasPoints p, int from, int to, Window w) {
        for (int i = from; i < to; i++) {
            int channel = w.channel[i];
            if (!known[channel]) {
                start(channel);
            }
            long v = last[channel];
            if ((w.change[i] & bit) != 0) {
                TimeModel t = times[channel];
                IntegerModel m = models[channel];
                if (t != null) {
                    v = t.decode(d);
                } else if (m != null) {
                    int decoded = m.decode(d, (int) v, context(w.change[i]));
                    v = of == Of.ANGLE ? (short) decoded : (char) decoded;
                }
                last[channel] = v;
            }
            before = v;
            put(p, i, v);
        }
    }

    @Override
    void repeat(LasPoints p, int from, int to) {
        for (int i = from; i < to; i++) {
            put(p, i, before);
        }
    }

    @Override
    void encode(RangeEncoder e, LasPoints p, int from, int to, Window w) {
        for (int i = from; i < to; i++) {
            int channel = w.channel[i];
            if (!known[channel]) {
                start(channel);
            }
            long v = value(p, i);
            if ((w.change[i] & bit) != 0) {
                e.changed = true;
                TimeModel t = times[channel];
                IntegerModel m = models[channel];
                if (t != null) {
                    t.encode(e, v);
                } else if (m != null) {
                    m.encode(e, (int) last[channel], (int) v, context(w.change[i]));
                }
            }
            last[channel] = v;
            before = v;
        }
    }
}
