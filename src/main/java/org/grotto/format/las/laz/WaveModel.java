package org.grotto.format.las.laz;

import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;

/** Codes wave packet references (29 bytes each); the same scheme in the pointwise and the layered formats. */
final class WaveModel {
    private final int[] index;
    private final int[][] offsetKind = new int[4][];
    private final IntegerModel offset;
    private final IntegerModel size;
    private final IntegerModel location;
    private final IntegerModel direction;
    private int kind;
    private int lastStep;

    WaveModel(boolean decoding) {
        index = Layer.model(decoding, 256);
        for (int k = 0; k < 4; k++) {
            offsetKind[k] = Layer.model(decoding, 4);
        }
        offset = new IntegerModel(decoding, 32, 1);
        size = new IntegerModel(decoding, 32, 1);
        location = new IntegerModel(decoding, 32, 1);
        direction = new IntegerModel(decoding, 32, 3);
    }

    /** Replaces the reference at {@code last[at..]} by the next one. */
    void decode(RangeDecoder d, byte[] last, int at) {
        last[at] = (byte) d.symbol(index);
        long lastOffset = Bytes.int64(last, at + 1);
        int lastSize = Bytes.int32(last, at + 9);
        kind = d.symbol(offsetKind[kind]);
        switch (kind) {
            case 0 -> {}
            case 1 -> Bytes.put64(last, at + 1, lastOffset + (lastSize & 0xFFFFFFFFL));
            case 2 -> {
                lastStep = offset.decode(d, lastStep, 0);
                Bytes.put64(last, at + 1, lastOffset + lastStep);
            }
            default -> Bytes.put64(last, at + 1, d.raw64());
        }
        Bytes.put32(last, at + 9, size.decode(d, lastSize, 0));
        Bytes.put32(last, at + 13, location.decode(d, Bytes.int32(last, at + 13), 0));
        for (int k = 0; k < 3; k++) {
            int o = at + 17 + 4 * k;
            Bytes.put32(last, o, direction.decode(d, Bytes.int32(last, o), k));
        }
    }

    /** Codes the reference at {@code b[from..]} against the one at {@code last[at..]}, which it replaces. */
    void encode(RangeEncoder e, byte[] last, int at, byte[] b, int from) {
        e.symbol(index, b[from] & 255);
        long position = Bytes.int64(b, from + 1);
        int lastSize = Bytes.int32(last, at + 9);
        long step = position - Bytes.int64(last, at + 1);
        int before = kind;
        if (step != (int) step) {
            kind = 3;
        } else if (step == 0) {
            kind = 0;
        } else {
            kind = (int) step == lastSize && lastSize > 0 ? 1 : 2;
        }
        e.symbol(offsetKind[before], kind);
        if (kind == 2) {
            offset.encode(e, lastStep, (int) step, 0);
            lastStep = (int) step;
        } else if (kind == 3) {
            e.raw64(position);
        }
        size.encode(e, lastSize, Bytes.int32(b, from + 9), 0);
        location.encode(e, Bytes.int32(last, at + 13), Bytes.int32(b, from + 13), 0);
        for (int k = 0; k < 3; k++) {
            int o = 17 + 4 * k;
            direction.encode(e, Bytes.int32(last, at + o), Bytes.int32(b, from + o), k);
        }
        System.arraycopy(b, from, last, at, LasLayout.WAVE_BYTES);
    }
}
