package org.grotto.format.las.laz;

import java.util.ArrayList;
import java.util.List;
import org.grotto.format.las.laz.RangeDecoder.Corrupt;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/** Decodes one layered chunk (LAZ items of version 3 or 4, point formats 6 to 10), in windows. */
public final class LayeredDecoder implements ChunkDecoder {
    private final byte[] in;
    private final int start;
    private final LasLayout layout;
    private final boolean version4;
    private final int count;
    private final int[] sizes;
    private final int data;
    private int done;

    private final List<Layer> layers = new ArrayList<>();
    private final List<@Nullable RangeDecoder> decoders = new ArrayList<>();
    private @Nullable XyLayer xy;
    private @Nullable RangeDecoder xyDecoder;
    private @Nullable Window window;

    /** Reads the head of the chunk in bytes [from, to) of {@code in}, which must hold {@code count} points. */
    public LayeredDecoder(byte[] in, int from, int to, LasLayout layout, boolean version4, int count) {
        this.in = in;
        this.start = from;
        this.layout = layout;
        this.version4 = version4;
        this.count = count;
        int layerCount = layerCount(layout);
        long head = layout.length() + 4L + 4L * layerCount;
        if (to - from < head) {
            throw new Corrupt("the chunk has " + (to - from) + " bytes, but its head alone needs " + head);
        }
        if (!ChunkDecoder.plausible(count, to - from)) {
            throw new Corrupt("no chunk of " + (to - from) + " bytes holds " + count + " points");
        }
        long stated = Bytes.uint32(in, from + layout.length());
        if (stated != count) {
            throw new Corrupt("the chunk says that it holds " + stated + " points, the file says " + count);
        }
        sizes = new int[layerCount];
        int p = from + layout.length() + 4;
        data = p + 4 * layerCount;
        long total = 0;
        for (int k = 0; k < layerCount; k++, p += 4) {
            long size = Bytes.uint32(in, p);
            total += size;
            if (total > to - data) {
                throw new Corrupt("the chunk's layers need at least " + total + " bytes, but only " + (to - data)
                        + " follow its head");
            }
            sizes[k] = (int) size;
        }
    }

    /** Bytes of a chunk's head: its first point, its count, the sizes of its layers. */
    public static int headLength(LasLayout layout) {
        return layout.length() + 4 + 4 * layerCount(layout);
    }

    /** The points of a chunk, as its head says. */
    public static long count(byte[] head, LasLayout layout) {
        return Bytes.uint32(head, layout.length());
    }

    /** Bytes of a whole chunk, as its head says. */
    public static long bytes(byte[] head, LasLayout layout) {
        long total = headLength(layout);
        for (int k = 0; k < layerCount(layout); k++) {
            total += Bytes.uint32(head, layout.length() + 4 + 4 * k);
        }
        return total;
    }

    /** How many layers a chunk has. */
    public static int layerCount(LasLayout layout) {
        return 9
                + (layout.hasColour() ? 1 : 0)
                + (layout.hasNir() ? 1 : 0)
                + (layout.hasWave() ? 1 : 0)
                + layout.extraBytes();
    }

    @Override
    public void finish() {
        RangeDecoder first = xyDecoder;
        if (first != null) {
            first.finish();
        }
        for (RangeDecoder d : decoders) {
            if (d != null) {
                d.finish();
            }
        }
    }

    @Override
    public int next(LasPoints p, int from, int max) {
        int to = from + Math.min(max, count - done);
        int at = from;
        if (done == 0 && to > from) {
            p.fromRecords(in, start, from, 1);
            if (count > 1) {
                begin(p, from);
            }
            at++;
        }
        XyLayer first = xy;
        RangeDecoder firstDecoder = xyDecoder;
        if (at < to && first != null && firstDecoder != null) {
            Window w = window;
            if (w == null || w.change.length < p.capacity) {
                w = new Window(p.capacity);
                window = w;
            }
            first.decode(firstDecoder, p, at, to, w);
            for (int k = 0; k < layers.size(); k++) {
                RangeDecoder d = decoders.get(k);
                Layer layer = layers.get(k);
                if (d != null) {
                    layer.decode(d, p, at, to, w);
                } else if (layer instanceof SymbolLayer s && s.of() == SymbolLayer.Of.FLAGS) {
                    s.repeat(p, at, to, w);
                } else {
                    layer.repeat(p, at, to);
                }
            }
        }
        done += to - from;
        return to - from;
    }

    private void begin(LasPoints p, int first) {
        int offset = data;
        if (sizes[0] == 0) {
            throw new Corrupt("the chunk holds " + count + " points but no x and y");
        }
        xy = new XyLayer(true, version4, p, first);
        xyDecoder = new RangeDecoder(in, offset, offset + sizes[0]);
        offset += sizes[0];
        layers.addAll(layers(true, layout, version4, p, first));
        for (int k = 1; k < sizes.length; k++) {
            decoders.add(sizes[k] == 0 ? null : new RangeDecoder(in, offset, offset + sizes[k]));
            offset += sizes[k];
        }
    }

    /** All layers but the first, in their order in the file. */
    static List<Layer> layers(boolean decoding, LasLayout layout, boolean version4, LasPoints p, int first) {
        List<Layer> all = new ArrayList<>();
        all.add(new ZLayer(decoding, p, first));
        all.add(new SymbolLayer(decoding, SymbolLayer.Of.CLASSIFICATION, p, first));
        all.add(new SymbolLayer(decoding, SymbolLayer.Of.FLAGS, p, first));
        all.add(new IntensityLayer(decoding, p, first));
        all.add(new RareLayer(decoding, RareLayer.Of.ANGLE, p, first));
        all.add(new SymbolLayer(decoding, SymbolLayer.Of.USER_DATA, p, first));
        all.add(new RareLayer(decoding, RareLayer.Of.SOURCE, p, first));
        all.add(new RareLayer(decoding, RareLayer.Of.TIME, p, first));
        if (layout.hasColour()) {
            all.add(new ColourLayer(decoding, version4, p, first));
        }
        if (layout.hasNir()) {
            all.add(new NirLayer(decoding, version4, p, first));
        }
        if (layout.hasWave()) {
            all.add(new WaveLayer(decoding, version4, p, first));
        }
        for (int k = 0; k < layout.extraBytes(); k++) {
            all.add(new ByteLayer(decoding, version4, k, p, first));
        }
        return all;
    }
}
