package org.grotto.format.las.laz;

import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/** The layer of z: predicted by the last z of the same channel at the same distance from the last return. */
final class ZLayer extends Layer {
    private final boolean decoding;
    private final @Nullable IntegerModel[] models = new @Nullable IntegerModel[4];
    private final int[] last = new int[4 * 8];
    private int before;

    ZLayer(boolean decoding, LasPoints p, int first) {
        this.decoding = decoding;
        before = p.z[first];
        start(p.flags[first] >>> 4 & 3);
    }

    private IntegerModel start(int channel) {
        IntegerModel m = new IntegerModel(decoding, 32, 20);
        models[channel] = m;
        java.util.Arrays.fill(last, channel * 8, channel * 8 + 8, before);
        return m;
    }

    @Override
    void decode(RangeDecoder d, LasPoints p, int from, int to, Window w) {
        for (int i = from; i < to; i++) {
            int channel = w.channel[i];
            IntegerModel m = models[channel];
            if (m == null) {
                m = start(channel);
            }
            int slot = channel * 8 + Contexts.Z[p.returns[i] & 255];
            before = m.decode(d, last[slot], w.depth[i]);
            last[slot] = before;
            p.z[i] = before;
        }
    }

    @Override
    void repeat(LasPoints p, int from, int to) {
        java.util.Arrays.fill(p.z, from, to, before);
    }

    @Override
    void encode(RangeEncoder e, LasPoints p, int from, int to, Window w) {
        for (int i = from; i < to; i++) {
            int channel = w.channel[i];
            IntegerModel m = models[channel];
            if (m == null) {
                m = start(channel);
            }
            int slot = channel * 8 + Contexts.Z[p.returns[i] & 255];
            before = p.z[i];
            m.encode(e, last[slot], before, w.depth[i]);
            last[slot] = before;
        }
        e.changed = true; // z is always stored
    }
}
