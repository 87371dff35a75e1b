package org.grotto.format.las.laz;

import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/** The layer of red, green and blue: which of the six bytes changed, then each by its difference to a guess. */
final class ColourLayer extends Layer {
    private final ItemContext at;
    private final @Nullable ColourModel[] models = new @Nullable ColourModel[4];
    private final boolean decoding;
    private final int[] last = new int[4 * 3];

    ColourLayer(boolean decoding, boolean lastFollows, LasPoints p, int first) {
        this.decoding = decoding;
        int c = p.flags[first] >>> 4 & 3;
        at = new ItemContext(lastFollows, c);
        if (p.red != null && p.green != null && p.blue != null) {
            last[3 * c] = p.red[first];
            last[3 * c + 1] = p.green[first];
            last[3 * c + 2] = p.blue[first];
        }
    }

    private ColourModel step(int context) {
        at.next(context);
        if (at.fresh) {
            System.arraycopy(last, 3 * at.origin, last, 3 * context, 3);
        }
        ColourModel m = models[at.models];
        if (m == null) {
            m = new ColourModel(decoding);
            models[at.models] = m;
        }
        return m;
    }

    @Override
    void decode(RangeDecoder d, LasPoints p, int from, int to, Window w) {
        if (p.red == null || p.green == null || p.blue == null) {
            return;
        }
        for (int i = from; i < to; i++) {
            ColourModel m = step(w.item[i]);
            int l = 3 * at.last;
            m.decode(d, last, l);
            p.red[i] = (char) last[l];
            p.green[i] = (char) last[l + 1];
            p.blue[i] = (char) last[l + 2];
        }
    }

    @Override
    void repeat(LasPoints p, int from, int to) {
        if (p.red == null || p.green == null || p.blue == null) {
            return;
        }
        java.util.Arrays.fill(p.red, from, to, (char) last[3 * at.last]);
        java.util.Arrays.fill(p.green, from, to, (char) last[3 * at.last + 1]);
        java.util.Arrays.fill(p.blue, from, to, (char) last[3 * at.last + 2]);
    }

    @Override
    void encode(RangeEncoder e, LasPoints p, int from, int to, Window w) {
        if (p.red == null || p.green == null || p.blue == null) {
            return;
        }
        for (int i = from; i < to; i++) {
            ColourModel m = step(w.item[i]);
            e.changed |= m.encode(e, last, 3 * at.last, p.red[i], p.green[i], p.blue[i]);
        }
    }
}
