package org.grotto.format.las.laz;

import java.util.List;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;

/** Encodes points of formats 6 to 10 as one layered chunk, byte for byte as LASzip does. */
public final class LayeredEncoder {
    private LayeredEncoder() {}

    /** The chunk that holds entries [from, to) of {@code p}, at least one. */
    public static byte[] encode(LasPoints p, int from, int to, boolean version4) {
        LasLayout layout = p.layout;
        int n = to - from;
        Window w = new Window(to);
        RangeEncoder xy = new RangeEncoder(n * 4);
        XyLayer first = new XyLayer(false, version4, p, from);
        first.encode(xy, p, from + 1, to, w);
        xy.finish();
        List<Layer> layers = LayeredDecoder.layers(false, layout, version4, p, from);
        RangeEncoder[] encoders = new RangeEncoder[layers.size()];
        long size = layout.length() + 4L + 4L * (layers.size() + 1) + xy.size();
        for (int k = 0; k < encoders.length; k++) {
            RangeEncoder e = new RangeEncoder(k == 0 ? n * 2 : n / 4);
            layers.get(k).encode(e, p, from + 1, to, w);
            if (k == 0 || e.changed) {
                e.finish();
                size += e.size();
                encoders[k] = e;
            } else {
                encoders[k] = EMPTY;
            }
        }
        byte[] out = new byte[Math.toIntExact(size)];
        p.toRecords(from, from + 1, out, 0);
        int at = layout.length();
        Bytes.put32(out, at, n);
        Bytes.put32(out, at + 4, xy.size());
        at += 8;
        for (RangeEncoder e : encoders) {
            Bytes.put32(out, at, e.size());
            at += 4;
        }
        System.arraycopy(xy.bytes(), 0, out, at, xy.size());
        at += xy.size();
        for (RangeEncoder e : encoders) {
            System.arraycopy(e.bytes(), 0, out, at, e.size());
            at += e.size();
        }
        return out;
    }

    private static final RangeEncoder EMPTY = new RangeEncoder(0);
}
