package org.grotto.format.las.laz;

import java.util.Arrays;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/** The layer of wave packet references. */
final class WaveLayer extends Layer {
    private static final int N = LasLayout.WAVE_BYTES;
    private final boolean decoding;
    private final ItemContext at;
    private final @Nullable WaveModel[] models = new @Nullable WaveModel[4];
    private final byte[] last = new byte[4 * N];

    WaveLayer(boolean decoding, boolean lastFollows, LasPoints p, int first) {
        this.decoding = decoding;
        int c = p.flags[first] >>> 4 & 3;
        at = new ItemContext(lastFollows, c);
        if (p.wave != null) {
            System.arraycopy(p.wave, first * N, last, c * N, N);
        }
    }

    private WaveModel step(int context) {
        at.next(context);
        if (at.fresh) {
            System.arraycopy(last, at.origin * N, last, context * N, N);
        }
        WaveModel m = models[at.models];
        if (m == null) {
            m = new WaveModel(decoding);
            models[at.models] = m;
        }
        return m;
    }

    @Override
    void decode(RangeDecoder d, LasPoints p, int from, int to, Window w) {
        if (p.wave == null) {
            return;
        }
        for (int i = from; i < to; i++) {
            WaveModel m = step(w.item[i]);
            m.decode(d, last, at.last * N);
            System.arraycopy(last, at.last * N, p.wave, i * N, N);
        }
    }

    @Override
    void repeat(LasPoints p, int from, int to) {
        if (p.wave == null) {
            return;
        }
        for (int i = from; i < to; i++) {
            System.arraycopy(last, at.last * N, p.wave, i * N, N);
        }
    }

    @Override
    void encode(RangeEncoder e, LasPoints p, int from, int to, Window w) {
        if (p.wave == null) {
            return;
        }
        for (int i = from; i < to; i++) {
            WaveModel m = step(w.item[i]);
            int l = at.last * N;
            e.changed |= !Arrays.equals(last, l, l + N, p.wave, i * N, i * N + N);
            m.encode(e, last, l, p.wave, i * N);
        }
    }
}
