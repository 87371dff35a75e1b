package org.grotto.format.las.laz;

import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/**
 * The first layer: which values changed, scanner channel, return numbers, x and y. It fills the {@link Window} that the
 * other layers follow. Each of the four scanner channels has models and a last point of its own; a channel that appears
 * starts from the point before it.
 */
final class XyLayer {
    /** Bits of a change mask; the lowest two say how the return number differs (0, +1, -1, otherwise). */
    static final int RETURNS = 4;

    static final int ANGLE = 8;
    static final int TIME = 16;
    static final int SOURCE = 32;
    private static final int CHANNEL = 64;

    private final boolean decoding;
    private final boolean channelForItems;
    private final @Nullable State[] states = new @Nullable State[4];
    private int current;

    private static final class State {
        final int[] @Nullable [] change = new int[8][];
        final int[] @Nullable [] number = new int[16][];
        final int[] @Nullable [] numberOfReturns = new int[16][];
        final int[] channel;
        final int[] sameTime;
        final IntegerModel dx;
        final IntegerModel dy;
        final Medians mx = new Medians(12);
        final Medians my = new Medians(12);
        int x;
        int y;
        int returns;
        boolean timeChanged;
        char source;
        short angle;
        long time;

        State(boolean decoding) {
            channel = Layer.model(decoding, 3);
            sameTime = Layer.model(decoding, 13);
            dx = new IntegerModel(decoding, 32, 2);
            dy = new IntegerModel(decoding, 32, 22);
        }

        void from(State s) {
            x = s.x;
            y = s.y;
            returns = s.returns;
            source = s.source;
            angle = s.angle;
            time = s.time;
        }
    }

    /**
     * @param channelForItems version 4: colours, wave packets and extra bytes use the scanner channel as context. Version
     *     3 uses it only on a point that changes the channel, and 0 else
     * @param p holds the first point at {@code first}
     */
    XyLayer(boolean decoding, boolean channelForItems, LasPoints p, int first) {
        this.decoding = decoding;
        this.channelForItems = channelForItems;
        current = p.flags[first] >>> 4 & 3;
        State s = new State(decoding);
        s.x = p.x[first];
        s.y = p.y[first];
        s.returns = p.returns[first] & 255;
        s.source = p.source[first];
        s.angle = p.scanAngle[first];
        s.time = p.time == null ? 0 : p.time[first];
        states[current] = s;
    }

    private State state(int channel) {
        State s = states[channel];
        if (s == null) {
            throw new IllegalStateException();
        }
        return s;
    }

    private int[] lazily(int[] @Nullable [] models, int k, int symbols) {
        int[] m = models[k];
        if (m == null) {
            m = Layer.model(decoding, symbols);
            models[k] = m;
        }
        return m;
    }

    private static int kind(State s) {
        int r = s.returns & 15;
        return (r == 1 ? 1 : 0) + (r >= s.returns >>> 4 ? 2 : 0) + (s.timeChanged ? 4 : 0);
    }

    void decode(RangeDecoder d, LasPoints p, int from, int to, Window w) {
        State s = state(current);
        for (int i = from; i < to; i++) {
            int change = d.symbol(lazily(s.change, kind(s), 128));
            if ((change & CHANNEL) != 0) {
                current = (current + d.symbol(s.channel) + 1) & 3;
                State next = states[current];
                if (next == null) {
                    next = new State(true);
                    next.from(s);
                    states[current] = next;
                }
                s = next;
            }
            int r = s.returns & 15;
            int n = s.returns >>> 4;
            if ((change & RETURNS) != 0) {
                n = d.symbol(lazily(s.numberOfReturns, n, 16));
            }
            boolean timeChanged = (change & TIME) != 0;
            switch (change & 3) {
                case 1 -> r = (r + 1) & 15;
                case 2 -> r = (r - 1) & 15;
                case 3 -> r = timeChanged ? d.symbol(lazily(s.number, r, 16)) : (r + d.symbol(s.sameTime) + 2) & 15;
                default -> {}
            }
            int returns = n << 4 | r;
            int c = Contexts.XY[returns] << 1 | (timeChanged ? 1 : 0);
            int single = n == 1 ? 1 : 0;
            int dx = s.dx.decode(d, s.mx.get(c), single);
            s.mx.add(c, dx);
            s.x += dx;
            int kx = s.dx.k();
            int dy = s.dy.decode(d, s.my.get(c), single + Math.min(kx & ~1, 20));
            s.my.add(c, dy);
            s.y += dy;
            p.x[i] = s.x;
            p.y[i] = s.y;
            p.returns[i] = (byte) returns;
            s.returns = returns;
            s.timeChanged = timeChanged;
            note(w, i, change, single + Math.min((kx + s.dy.k()) / 2 & ~1, 18));
        }
    }

    private void note(Window w, int i, int change, int depth) {
        w.change[i] = (byte) change;
        w.channel[i] = (byte) current;
        w.item[i] = (byte) (channelForItems || (change & CHANNEL) != 0 ? current : 0);
        w.depth[i] = (byte) depth;
    }

    void encode(RangeEncoder e, LasPoints p, int from, int to, Window w) {
        State s = state(current);
        long[] times = p.time;
        for (int i = from; i < to; i++) {
            int channel = p.flags[i] >>> 4 & 3;
            State known = states[channel];
            State last = known == null ? s : known;
            int returns = p.returns[i] & 255;
            int n = returns >>> 4;
            int r = returns & 15;
            int lastN = last.returns >>> 4;
            int lastR = last.returns & 15;
            long time = times == null ? 0 : times[i];
            boolean timeChanged = differs(time, last.time);
            int change = (channel != current ? CHANNEL : 0)
                    | (p.source[i] != last.source ? SOURCE : 0)
                    | (timeChanged ? TIME : 0)
                    | (p.scanAngle[i] != last.angle ? ANGLE : 0)
                    | (n != lastN ? RETURNS : 0)
                    | step(lastR, r);
            e.symbol(lazily(s.change, kind(s), 128), change);
            if (channel != current) {
                e.symbol(s.channel, (channel - current + 3) & 3);
                if (known == null) {
                    known = new State(false);
                    known.from(s);
                    states[channel] = known;
                }
                s = known;
                current = channel;
            }
            if (n != lastN) {
                e.symbol(lazily(s.numberOfReturns, lastN, 16), n);
            }
            if ((change & 3) == 3) {
                if (timeChanged) {
                    e.symbol(lazily(s.number, lastR, 16), r);
                } else {
                    e.symbol(s.sameTime, (r - lastR - 2) & 15);
                }
            }
            int c = Contexts.XY[returns] << 1 | (timeChanged ? 1 : 0);
            int single = n == 1 ? 1 : 0;
            int dx = p.x[i] - s.x;
            s.dx.encode(e, s.mx.get(c), dx, single);
            s.mx.add(c, dx);
            int kx = s.dx.k();
            int dy = p.y[i] - s.y;
            s.dy.encode(e, s.my.get(c), dy, single + Math.min(kx & ~1, 20));
            s.my.add(c, dy);
            s.x = p.x[i];
            s.y = p.y[i];
            s.returns = returns;
            s.timeChanged = timeChanged;
            s.source = p.source[i];
            s.angle = p.scanAngle[i];
            s.time = time;
            note(w, i, change, single + Math.min((kx + s.dy.k()) / 2 & ~1, 18));
        }
    }

    private static int step(int lastR, int r) {
        if (r == lastR) {
            return 0;
        }
        return r == ((lastR + 1) & 15) ? 1 : r == ((lastR - 1) & 15) ? 2 : 3;
    }

    /** As doubles, like LASzip, so that its bytes come out; but 0 and -0, which it takes for equal, stay apart. */
    private static boolean differs(long a, long b) {
        return a != b || Double.isNaN(Double.longBitsToDouble(a));
    }
}
