package org.grotto.format.las.laz;

import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/** The layer of intensity: predicted by the last one of the same kind of return. */
final class IntensityLayer extends Layer {
    private final boolean decoding;
    private final @Nullable IntegerModel[] models = new @Nullable IntegerModel[4];
    private final char[] last = new char[4 * 8];
    private final char[] lastOfChannel = new char[4];
    private char before;

    IntensityLayer(boolean decoding, LasPoints p, int first) {
        this.decoding = decoding;
        before = p.intensity[first];
        start(p.flags[first] >>> 4 & 3);
    }

    private IntegerModel start(int channel) {
        IntegerModel m = new IntegerModel(decoding, 16, 4);
        models[channel] = m;
        java.util.Arrays.fill(last, channel * 8, channel * 8 + 8, before);
        lastOfChannel[channel] = before;
        return m;
    }

    private static int slot(int channel, int kind, int change) {
        return channel * 8 + (kind << 1) + ((change & XyLayer.TIME) != 0 ? 1 : 0);
    }

    @Override
    void decode(RangeDecoder d, LasPoints p, int from, int to, Window w) {
        for (int i = from; i < to; i++) {
            int channel = w.channel[i];
            IntegerModel m = models[channel];
            if (m == null) {
                m = start(channel);
            }
            int kind = Contexts.KIND[p.returns[i] & 255];
            int slot = slot(channel, kind, w.change[i]);
            before = (char) m.decode(d, last[slot], kind);
            last[slot] = before;
            p.intensity[i] = before;
        }
    }

    @Override
    void repeat(LasPoints p, int from, int to) {
        java.util.Arrays.fill(p.intensity, from, to, before);
    }

    @Override
    void encode(RangeEncoder e, LasPoints p, int from, int to, Window w) {
        for (int i = from; i < to; i++) {
            int channel = w.channel[i];
            IntegerModel m = models[channel];
            if (m == null) {
                m = start(channel);
            }
            int kind = Contexts.KIND[p.returns[i] & 255];
            int slot = slot(channel, kind, w.change[i]);
            before = p.intensity[i];
            e.changed |= before != lastOfChannel[channel];
            lastOfChannel[channel] = before;
            m.encode(e, last[slot], before, kind);
            last[slot] = before;
        }
    }
}
