package org.grotto.format.las.laz;

import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/** The layers of classification, flags and user data: each value a symbol in a context made of the value before it. */
final class SymbolLayer extends Layer {
    /** Which attribute. */
    enum Of {
        CLASSIFICATION,
        FLAGS,
        USER_DATA
    }

    private final boolean decoding;
    private final Of of;
    private final int symbols;
    private final int[] @Nullable [] models = new int[4 * 64][];
    private final int[] last = {-1, -1, -1, -1};
    private int before;

    SymbolLayer(boolean decoding, Of of, LasPoints p, int first) {
        this.decoding = decoding;
        this.of = of;
        this.symbols = of == Of.FLAGS ? 64 : 256;
        before = value(p, first);
        last[p.flags[first] >>> 4 & 3] = before;
    }

    Of of() {
        return of;
    }

    /** Classification flags in bits 0-3, scan direction in 4, edge in 5: the channel between them is coded elsewhere. */
    private static int packed(int flags) {
        return flags & 15 | (flags >>> 2 & 0x30);
    }

    private static byte unpacked(int packed, int channel) {
        return (byte) (packed & 15 | (packed & 0x30) << 2 | channel << 4);
    }

    private int value(LasPoints p, int i) {
        return switch (of) {
            case CLASSIFICATION -> p.classification[i] & 255;
            case FLAGS -> packed(p.flags[i]);
            case USER_DATA -> p.userData[i] & 255;
        };
    }

    private int[] model(int channel, int lastValue, byte returns) {
        int k = channel * 64
                + switch (of) {
                    case CLASSIFICATION -> (lastValue & 31) << 1 | (Contexts.KIND[returns & 255] == 3 ? 1 : 0);
                    case FLAGS -> lastValue;
                    case USER_DATA -> lastValue >>> 2;
                };
        int[] m = models[k];
        if (m == null) {
            m = model(decoding, symbols);
            models[k] = m;
        }
        return m;
    }

    @Override
    void decode(RangeDecoder d, LasPoints p, int from, int to, Window w) {
        for (int i = from; i < to; i++) {
            int channel = w.channel[i];
            int l = last[channel] < 0 ? before : last[channel];
            before = d.symbol(model(channel, l, p.returns[i]));
            last[channel] = before;
            switch (of) {
                case CLASSIFICATION -> p.classification[i] = (byte) before;
                case FLAGS -> p.flags[i] = unpacked(before, channel);
                case USER_DATA -> p.userData[i] = (byte) before;
            }
        }
    }

    @Override
    void repeat(LasPoints p, int from, int to) {
        switch (of) {
            case CLASSIFICATION -> java.util.Arrays.fill(p.classification, from, to, (byte) before);
            case FLAGS -> throw new IllegalStateException(); // the channel differs from point to point
            case USER_DATA -> java.util.Arrays.fill(p.userData, from, to, (byte) before);
        }
    }

    /** The flags of a chunk that does not store them: those of the first point, each with its own channel. */
    void repeat(LasPoints p, int from, int to, Window w) {
        for (int i = from; i < to; i++) {
            p.flags[i] = unpacked(before, w.channel[i]);
        }
    }

    @Override
    void encode(RangeEncoder e, LasPoints p, int from, int to, Window w) {
        for (int i = from; i < to; i++) {
            int channel = w.channel[i];
            int l = last[channel] < 0 ? before : last[channel];
            int v = value(p, i);
            e.symbol(model(channel, l, p.returns[i]), v);
            e.changed |= v != l;
            before = v;
            last[channel] = v;
        }
    }
}
