package org.grotto.format.las.laz;

import org.grotto.format.las.point.LasPoints;

/**
 * One layer of a layered (version 3 or 4) chunk: one attribute of all its points, coded by itself. A layer holds the state
 * of one chunk in one direction; windows of the chunk's points are given to it one after the other, the first point (which
 * is stored raw) aside.
 */
abstract class Layer {
    /** Decodes points [from, to) of {@code p}. */
    abstract void decode(RangeDecoder d, LasPoints p, int from, int to, Window w);

    /** The attribute of points [from, to) where the chunk does not store the layer: that of the first point. */
    abstract void repeat(LasPoints p, int from, int to);

    /** Encodes points [from, to) of {@code p}, and sets {@link RangeEncoder#changed} when the layer is needed. */
    abstract void encode(RangeEncoder e, LasPoints p, int from, int to, Window w);

    static int[] model(boolean decoding, int symbols) {
        return decoding ? Model.decoding(symbols) : Model.encoding(symbols);
    }
}
