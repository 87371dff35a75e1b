package org.grotto.format.las.laz;

import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/** The layer of one of the extra bytes: each value by its difference to the last one. */
final class ByteLayer extends Layer {
    private final boolean decoding;
    private final int which;
    private final ItemContext at;
    private final int[] @Nullable [] models = new int[4][];
    private final int[] last = new int[4];

    ByteLayer(boolean decoding, boolean lastFollows, int which, LasPoints p, int first) {
        this.decoding = decoding;
        this.which = which;
        int c = p.flags[first] >>> 4 & 3;
        at = new ItemContext(lastFollows, c);
        last[c] = p.extra[which][first] & 255;
    }

    private int[] step(int context) {
        at.next(context);
        if (at.fresh) {
            last[context] = last[at.origin];
        }
        int[] m = models[at.models];
        if (m == null) {
            m = model(decoding, 256);
            models[at.models] = m;
        }
        return m;
    }

    @Override
    void decode(RangeDecoder d, LasPoints p, int from, int to, Window w) {
        byte[] out = p.extra[which];
        for (int i = from; i < to; i++) {
            int[] m = step(w.item[i]);
            int v = (last[at.last] + d.symbol(m)) & 255;
            last[at.last] = v;
            out[i] = (byte) v;
        }
    }

    @Override
    void repeat(LasPoints p, int from, int to) {
        java.util.Arrays.fill(p.extra[which], from, to, (byte) last[at.last]);
    }

    @Override
    void encode(RangeEncoder e, LasPoints p, int from, int to, Window w) {
        byte[] in = p.extra[which];
        for (int i = from; i < to; i++) {
            int[] m = step(w.item[i]);
            int v = in[i] & 255;
            int l = last[at.last];
            e.symbol(m, (v - l) & 255);
            e.changed |= v != l;
            last[at.last] = v;
        }
    }
}
