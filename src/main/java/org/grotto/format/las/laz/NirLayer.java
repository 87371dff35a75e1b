package org.grotto.format.las.laz;

import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/** The layer of near infrared: which of its two bytes changed, then each by its difference. */
final class NirLayer extends Layer {
    private final boolean decoding;
    private final ItemContext at;
    private final int[] @Nullable [] models = new int[4 * 3][];
    private final int[] last = new int[4];

    NirLayer(boolean decoding, boolean lastFollows, LasPoints p, int first) {
        this.decoding = decoding;
        int c = p.flags[first] >>> 4 & 3;
        at = new ItemContext(lastFollows, c);
        last[c] = p.nir == null ? 0 : p.nir[first];
    }

    private int[] model(int k) {
        int m = at.models * 3 + k;
        int[] found = models[m];
        if (found == null) {
            found = model(decoding, k == 0 ? 4 : 256);
            models[m] = found;
        }
        return found;
    }

    private void step(int context) {
        at.next(context);
        if (at.fresh) {
            last[context] = last[at.origin];
        }
    }

    @Override
    void decode(RangeDecoder d, LasPoints p, int from, int to, Window w) {
        if (p.nir == null) {
            return;
        }
        for (int i = from; i < to; i++) {
            step(w.item[i]);
            int v = last[at.last];
            int s = d.symbol(model(0));
            int low = v & 255;
            int high = v >>> 8;
            if ((s & 1) != 0) {
                low = (low + d.symbol(model(1))) & 255;
            }
            if ((s & 2) != 0) {
                high = (high + d.symbol(model(2))) & 255;
            }
            v = high << 8 | low;
            last[at.last] = v;
            p.nir[i] = (char) v;
        }
    }

    @Override
    void repeat(LasPoints p, int from, int to) {
        if (p.nir != null) {
            java.util.Arrays.fill(p.nir, from, to, (char) last[at.last]);
        }
    }

    @Override
    void encode(RangeEncoder e, LasPoints p, int from, int to, Window w) {
        if (p.nir == null) {
            return;
        }
        for (int i = from; i < to; i++) {
            step(w.item[i]);
            int l = last[at.last];
            int v = p.nir[i];
            int s = (((v ^ l) & 0xFF) != 0 ? 1 : 0) | (((v ^ l) & 0xFF00) != 0 ? 2 : 0);
            e.symbol(model(0), s);
            if ((s & 1) != 0) {
                e.symbol(model(1), (v - l) & 255);
            }
            if ((s & 2) != 0) {
                e.symbol(model(2), ((v >>> 8) - (l >>> 8)) & 255);
            }
            e.changed |= s != 0;
            last[at.last] = v;
        }
    }
}
